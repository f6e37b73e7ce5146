package forms_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"yardstick"
	"yardstick/ingest/forms"
	"yardstick/ingest/grid"
)

// root returns the module's root folder.
func root(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for d := dir; ; d = filepath.Dir(d) {
		if _, err := os.Stat(filepath.Join(d, "go.mod")); err == nil {
			return d
		}
		if d == filepath.Dir(d) {
			t.Fatal("no go.mod above " + dir)
		}
	}
}

// folders are the two sets of forms: published ones, shared beside the
// repository, and those made for it.
func folders(t testing.TB) map[string]string {
	return map[string]string{
		"shared": filepath.Join(root(t), "..", "shared", "data", "forms"),
		"made":   filepath.Join(root(t), "testdata", "forms"),
	}
}

// TestNothingLost checks that every row with content between a form's first and
// last indicator is a line, a rejection, a total, a repeated header or counted
// as unused. The rows are counted from the Grid, not by the reader.
func TestNothingLost(t *testing.T) {
	for set, dir := range folders(t) {
		t.Run(set, func(t *testing.T) {
			for file, gs := range openAll(t, dir) {
				res := forms.ReadFile(gs)
				checkTally(t, res)
				for i := range res.Forms {
					checkRows(t, file, gs, &res.Forms[i], res.Rejected)
				}
			}
		})
	}
}

func checkRows(t *testing.T, file string, gs []*grid.Grid, f *yardstick.Form, rejected []yardstick.Issue) {
	t.Helper()
	found := map[int]bool{}
	lo, hi := 1<<30, -1
	for _, l := range f.Lines {
		r, _, ok := grid.ParseAddress(l.Cell)
		if !ok {
			t.Errorf("%s: line %q has no cell", file, l.Name.Value)
			return
		}
		found[r] = true
		lo, hi = min(lo, r), max(hi, r)
	}
	for _, i := range rejected {
		if r, _, ok := grid.ParseAddress(i.Cell); ok && i.Sheet == f.Sheet {
			found[r] = true
		}
	}
	for _, g := range gs {
		if g.Sheet != f.Sheet || len(f.Lines) == 0 || !holds(g, f.Lines[0]) {
			continue
		}
		missing := 0
		for _, l := range f.Lines {
			// Rows that the name's merged cell covers belong to the line.
			if r, c, ok := grid.ParseAddress(l.Cell); ok {
				if cell, ok := g.At(r, c); ok {
					for i := range cell.RowSpan {
						found[r+i] = true
					}
				}
			}
		}
		for r := lo; r <= hi; r++ {
			if text := rowText(g, r); text != "" && !found[r] && !strings.Contains(text, "一级指标") {
				missing++
			}
		}
		if missing > f.Rows.Unused {
			t.Errorf("%s %q: %d rows between %d and %d are neither lines nor rejected, only %d counted as unused",
				file, f.Project.Value, missing, lo+1, hi+1, f.Rows.Unused)
		}
		return
	}
}

func holds(g *grid.Grid, l yardstick.Line) bool {
	r, c, ok := grid.ParseAddress(l.Cell)
	return ok && strings.Contains(strings.Join(strings.Fields(g.Text(r, c)), ""), strings.Join(strings.Fields(l.Name.Value), "")) || g.Index == 0
}

// rowText joins the texts of the cells that begin in row r.
func rowText(g *grid.Grid, r int) string {
	var b strings.Builder
	for i := range g.Cells {
		if c := &g.Cells[i]; c.Row == r {
			b.WriteString(strings.TrimSpace(c.Text))
		}
	}
	return b.String()
}
