package forms_test

import (
	"path/filepath"
	"testing"

	"yardstick/ingest/grid"
)

// TestExports reads the same forms as they look after an export that loses
// merged cells: left blank, filled with the merged cell's text, or with blank
// columns between. 95 % must still be read: layouts that nobody has seen differ
// in such ways.
func TestExports(t *testing.T) {
	for name, change := range map[string]func(*grid.Grid) [][]string{
		"blank": blankMerged, "filled": filledMerged,
		"blank columns": func(g *grid.Grid) [][]string {
			rows := blankMerged(g)
			for r, row := range rows {
				var wide []string
				for c, text := range row {
					if wide = append(wide, text); c%3 == 2 {
						wide = append(wide, "")
					}
				}
				rows[r] = wide
			}
			return rows
		},
	} {
		for set, dir := range folders(t) {
			t.Run(name+" "+set, func(t *testing.T) {
				expected := readExpected(t, filepath.Join(dir, "expected.jsonl"))
				a := compareWith(t, dir, expected, func(gs []*grid.Grid) []*grid.Grid {
					var out []*grid.Grid
					for _, g := range gs {
						plain := grid.New(g.File, g.Sheet, change(g))
						plain.Heading, plain.Index = g.Heading, g.Index
						out = append(out, plain)
					}
					return out
				})
				t.Logf("forms %d/%d, lines right %d/%d, extra lines %d, budgets %d/%d", a.found, a.forms, a.right, a.lines, a.extra, a.budgetsRight, a.budgets)
				if share(a.found, a.forms) < 0.95 || share(a.right, a.lines) < 0.95 || share(a.budgetsRight, a.budgets) < 0.95 {
					t.Errorf("below 95 %%:\n%v", a.wrong)
				}
			})
		}
	}
}

// blankMerged returns a Grid's texts, merged cells at their corner only.
func blankMerged(g *grid.Grid) [][]string {
	rows := make([][]string, g.Rows)
	for r := range rows {
		rows[r] = make([]string, g.Cols)
	}
	for i := range g.Cells {
		c := &g.Cells[i]
		rows[c.Row][c.Col] = c.Text
	}
	return rows
}

// filledMerged returns a Grid's texts, a merged cell's text in all its places.
func filledMerged(g *grid.Grid) [][]string {
	rows := make([][]string, g.Rows)
	for r := range rows {
		rows[r] = make([]string, g.Cols)
		for c := range rows[r] {
			rows[r][c] = g.Text(r, c)
		}
	}
	return rows
}
