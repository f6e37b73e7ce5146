package main

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "yardstick"

// floors is the package map of docs/architecture.md: a package imports only
// packages of ours on floors below its own.
var floors = map[string]int{
	"indicators": 1, "indicators/library": 1, "indicators/naming": 1, "indicators/scoring": 1,
	"": 2, "analysis/recommend": 2, "analysis/catalog": 2, "analysis/target": 2, "analysis/goal": 2, "analysis/review": 2, "search": 2, "search/relevance": 2,
	"ingest/grid": 3, "ingest/forms": 3, "ingest/tables": 3, "ingest/catalog": 3, "ingest/official": 3, "ingest": 3, "store": 3, "journal": 3,
	"workspace": 4,
	"web":       5, "web/api": 5, "web/client": 5, "web/pages": 5, "web/intake": 5, "web/fault": 5, "web/internal/fake": 5,
	"cmd/yardstick": 6,
}

// sameFloor are the imports allowed within a floor.
var sameFloor = map[string][]string{
	"indicators/library": {"indicators"},
	"indicators/naming":  {"indicators", "indicators/library"},
	"indicators/scoring": {"indicators"},
	"analysis/recommend": {"analysis/target"},
	"analysis/review":    {"", "analysis/target", "analysis/goal"},
	"search/relevance":   {"search"},
	"ingest/forms":       {"ingest/grid"},
	"ingest/tables":      {"ingest/grid"},
	"ingest/catalog":     {"ingest/grid"},
	"ingest/official":    {"ingest/grid"},
	"ingest":             {"ingest/grid", "ingest/forms", "ingest/tables"},
	"web":                {"web/api", "web/pages", "web/intake", "web/fault"},
	"web/api":            {"web/intake", "web/fault"},
	"web/pages":          {"web/intake", "web/fault"},
	"web/client":         {"web/fault"},
	"web/intake":         {"web/fault"},
}

// banned are direct imports that a package must not have (prefixes).
var banned = map[string][]string{
	"indicators":         {"github.com/", "golang.org/", "gonum.org/", "net/http", "database/sql", "log", "os"},
	"indicators/library": {"github.com/", "golang.org/", "gonum.org/", "net/http", "database/sql", "log", "os"},
	"indicators/naming":  {"github.com/", "golang.org/", "gonum.org/", "net", "database/sql", "log", "os"},
	"indicators/scoring": {"github.com/", "golang.org/", "gonum.org/", "net/http", "database/sql", "log", "os"},
	"":                   {"database/sql", "net/http", "os", "log"},
	"analysis/recommend": {"database/sql", "net/http", "os", "log", "time", "math/rand", "github.com/duckdb", "github.com/blevesearch", "yardstick/store", "yardstick/search"},
	"analysis/catalog":   {"database/sql", "net/http", "os", "log", "time", "math/rand", "github.com/duckdb", "github.com/blevesearch", "yardstick/store", "yardstick/search"},
	"analysis/target":    {"database/sql", "net/http", "os", "log", "time", "math/rand", "github.com/duckdb", "github.com/blevesearch", "yardstick/store", "yardstick/search"},
	"analysis/goal":      {"database/sql", "net/http", "os", "log", "time", "math/rand", "github.com/duckdb", "github.com/blevesearch", "yardstick/store", "yardstick/search"},
	"analysis/review":    {"database/sql", "net/http", "os", "log", "time", "math/rand", "github.com/duckdb", "github.com/blevesearch", "yardstick/store", "yardstick/search"},
	"search":             {"github.com/duckdb", "database/sql", "net/http"},
	"ingest":             {"yardstick/store", "yardstick/analysis", "github.com/duckdb", "database/sql", "net/http"},
	"ingest/grid":        {"github.com/duckdb", "database/sql", "net/http"},
	"ingest/forms":       {"github.com/duckdb", "database/sql", "net/http", "os"},
	"ingest/tables":      {"yardstick/store", "github.com/duckdb", "database/sql", "net/http"},
	"ingest/official":    {"yardstick/store", "yardstick/analysis", "github.com/duckdb", "database/sql", "net/http", "os"},
	"journal":            {"yardstick/store", "yardstick/analysis", "github.com/duckdb", "database/sql", "net/http", "gonum.org/"},
	"store":              {"gonum.org/", "net/http", "yardstick/analysis", "yardstick/search"},
	"workspace":          {"net/http", "flag", "github.com/spf13", "database/sql", "github.com/duckdb"},
	"web":                {"yardstick/store", "yardstick/search", "yardstick/analysis", "database/sql", "github.com/duckdb", "github.com/blevesearch", "gonum.org/"},
	"web/api":            {"yardstick/store", "yardstick/search", "yardstick/analysis", "database/sql", "github.com/duckdb", "github.com/blevesearch", "gonum.org/"},
	"web/pages":          {"yardstick/store", "yardstick/search", "yardstick/analysis", "database/sql", "github.com/duckdb", "github.com/blevesearch", "gonum.org/"},
	"web/client":         {"yardstick/store", "yardstick/search", "yardstick/analysis", "database/sql", "github.com/duckdb", "github.com/blevesearch", "gonum.org/"},
}

// list runs go list with a template over patterns.
func list(t *testing.T, format string, patterns ...string) []string {
	t.Helper()
	cmd := exec.Command("go", append([]string{"list", "-tags=duckdb_arrow", "-f", format}, patterns...)...)
	cmd.Dir = "../.."
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	return strings.Fields(string(out))
}

// short is a package's path within the module.
func short(path string) string {
	return strings.TrimPrefix(strings.TrimPrefix(path, module), "/")
}

// TestLayers keeps the package map of docs/architecture.md true.
func TestLayers(t *testing.T) {
	for _, path := range list(t, "{{.ImportPath}}", "./...") {
		pkg := short(path)
		floor, ok := floors[pkg]
		if !ok {
			t.Errorf("%s is not on the package map; put it into docs/architecture.md and this test", path)
			continue
		}
		for _, imp := range list(t, `{{join .Imports "\n"}}`, path) {
			for _, ban := range banned[pkg] {
				if imp == ban || strings.HasPrefix(imp, strings.TrimSuffix(ban, "/")+"/") {
					t.Errorf("%s must not import %s", path, imp)
				}
			}
			if imp != module && !strings.HasPrefix(imp, module+"/") {
				continue
			}
			other := short(imp)
			if floors[other] > floor || floors[other] == floor && !slices.Contains(sameFloor[pkg], other) {
				t.Errorf("%s (floor %d) must not import %s (floor %d)", path, floor, imp, floors[other])
			}
		}
	}
}

// TestHeavyDependencies keeps the driver and the search library out of
// everything that has no business with them, transitively.
func TestHeavyDependencies(t *testing.T) {
	for pkg, bans := range map[string][]string{
		"indicators/library": {"github.com/duckdb", "github.com/blevesearch", "github.com/apache/arrow-go"},
		"ingest":             {"github.com/duckdb", "github.com/blevesearch"},
		"analysis/recommend": {"github.com/duckdb", "github.com/blevesearch"},
		"analysis/catalog":   {"github.com/duckdb", "github.com/blevesearch"},
		"search":             {"github.com/duckdb"},
		"store":              {"github.com/blevesearch"},
	} {
		for _, dep := range list(t, `{{join .Deps "\n"}}`, "./"+pkg) {
			for _, ban := range bans {
				if strings.HasPrefix(dep, ban) {
					t.Errorf("%s reaches %s", pkg, dep)
				}
			}
		}
	}
}
