package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// tracked lists the files git tracks or would, relative to the module root.
func tracked(t *testing.T, patterns ...string) []string {
	t.Helper()
	cmd := exec.Command("git", append([]string{"ls-files", "--cached", "--others", "--exclude-standard", "--"}, patterns...)...)
	cmd.Dir = "../.."
	out, err := cmd.Output()
	if err != nil {
		t.Skipf("not a git checkout: %v", err)
	}
	return strings.Fields(string(out))
}

func TestFileSizes(t *testing.T) {
	for _, name := range tracked(t, "*.go") {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		data, err := os.ReadFile(filepath.Join("../..", name))
		if err != nil {
			continue // deleted but not yet committed
		}
		if n := bytes.Count(data, []byte("\n")); n > 600 {
			t.Errorf("%s has %d lines, want at most 600: find the second thing in it", name, n)
		}
	}
}

func TestPackageComments(t *testing.T) {
	for _, line := range strings.Split(strings.TrimSpace(string(goListDocs(t))), "\n") {
		path, doc, _ := strings.Cut(line, "|")
		if !strings.HasPrefix(doc, "Package ") && !strings.HasPrefix(doc, "Command ") {
			t.Errorf("%s has no package comment", path)
		}
	}
}

func goListDocs(t *testing.T) []byte {
	t.Helper()
	cmd := exec.Command("go", "list", "-tags=duckdb_arrow", "-f", "{{.ImportPath}}|{{.Doc}}", "./...")
	cmd.Dir = "../.."
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	return out
}

func TestNoReplace(t *testing.T) {
	mod, err := os.ReadFile("../../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	if regexp.MustCompile(`(?m)^replace\b`).Match(mod) {
		t.Error("go.mod has a replace line")
	}
}

// TestNoForeignAddresses keeps pages and assets free of anything that would
// leave the network of a bureau.
func TestNoForeignAddresses(t *testing.T) {
	re := regexp.MustCompile(`(?i)(src|href|url)\s*[=(]\s*["']?https?://`)
	for _, name := range tracked(t, "web/*.tmpl", "web/*.html", "web/*.css", "web/*.js", "web/*.ts") {
		data, err := os.ReadFile(filepath.Join("../..", name))
		if err != nil {
			continue
		}
		if m := re.Find(data); m != nil {
			t.Errorf("%s refers to another host: %s", name, m)
		}
	}
}
