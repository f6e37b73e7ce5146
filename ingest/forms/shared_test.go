package forms_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"yardstick/ingest/grid"
)

// openAll reads every file of a folder that is a form.
func openAll(t testing.TB, dir string) map[string][]*grid.Grid {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Skipf("forms folder is not there: %v", err)
	}
	out := map[string][]*grid.Grid{}
	for _, e := range entries {
		switch strings.ToLower(filepath.Ext(e.Name())) {
		case ".xlsx", ".docx", ".html", ".htm", ".csv", ".tsv":
		default:
			continue
		}
		gs, err := grid.Open(context.Background(), filepath.Join(dir, e.Name()), grid.Options{})
		if err != nil {
			t.Logf("%s: %v", e.Name(), err)
		}
		out[e.Name()] = gs
	}
	return out
}
