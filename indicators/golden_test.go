package indicators_test

import (
	"bufio"
	"encoding/json"
	"errors"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yardstick/indicators"
)

var update = flag.Bool("update", false, "rewrite the golden files")

const golden = "testdata/values.golden"

// describe writes a parse on one line: kind, canonical spelling, bounds, unit
// with dimension, reason, damage.
func describe(v indicators.Value) string {
	low, high := "", ""
	if v.Numeric() {
		low, high = strconv.FormatFloat(v.Low, 'g', -1, 64), strconv.FormatFloat(v.High, 'g', -1, 64)
	}
	return strings.Join([]string{string(v.Kind), strings.ReplaceAll(v.String(), "\n", "⏎"), low, high, v.Unit.Name, string(v.Unit.Dimension), v.Reason, v.Damage}, "\t")
}

// TestGoldenValues re-parses every line of the golden file, which holds every
// distinct target and actual string of the published forms collected in
// ../shared/data/real-forms.jsonl (the sources are named there).
func TestGoldenValues(t *testing.T) {
	if *update {
		rewrite(t)
	}
	for _, line := range goldenLines(t) {
		raw, want, _ := strings.Cut(line, "\t")
		raw, err := strconv.Unquote(raw)
		if err != nil {
			t.Fatalf("%s: %v", golden, err)
		}
		v := indicators.Parse(raw)
		if diff := cmp.Diff(want, describe(v)); diff != "" {
			t.Errorf("Parse(%q) (-want +got):\n%s\nIf the change is meant, run: go test ./indicators -run Golden -update", raw, diff)
		}
		if again := indicators.Parse(v.String()); !again.Equal(v) {
			t.Errorf("Parse(%q).String() = %q, which parses as %s, want %s", raw, v, describe(again), describe(v))
		}
	}
}

// TestGoldenComplete checks that no string of the collection is missing.
func TestGoldenComplete(t *testing.T) {
	have := map[string]bool{}
	for _, line := range goldenLines(t) {
		raw, _, _ := strings.Cut(line, "\t")
		raw, _ = strconv.Unquote(raw)
		have[raw] = true
	}
	for _, s := range collected(t) {
		if !have[s] {
			t.Errorf("%s lacks %q; run: go test ./indicators -run Golden -update", golden, s)
		}
	}
}

func goldenLines(t *testing.T) []string {
	t.Helper()
	f, err := os.Open(golden)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var lines []string
	for sc := bufio.NewScanner(f); sc.Scan(); {
		if !strings.HasPrefix(sc.Text(), "#") {
			lines = append(lines, sc.Text())
		}
	}
	return lines
}

// collected returns the distinct target and actual strings of the collection.
func collected(t *testing.T) []string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "shared", "data", "real-forms.jsonl"))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("../shared/data/real-forms.jsonl is not here: the collection of published forms is not part of the repository")
	}
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for line := range strings.Lines(string(data)) {
		var form struct {
			Indicators []struct{ Target, Actual *string }
		}
		if err := json.Unmarshal([]byte(line), &form); err != nil {
			t.Fatal(err)
		}
		for _, i := range form.Indicators {
			for _, s := range []*string{i.Target, i.Actual} {
				if s != nil {
					all = append(all, *s)
				}
			}
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func rewrite(t *testing.T) {
	t.Helper()
	var b strings.Builder
	b.WriteString("# Every distinct target and actual value of the collected published forms, with its parse.\n")
	b.WriteString("# raw\tkind\tcanonical\tlow\thigh\tunit\tdimension\treason\tdamage\n")
	for _, s := range collected(t) {
		b.WriteString(strconv.Quote(s) + "\t" + describe(indicators.Parse(s)) + "\n")
	}
	if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}
