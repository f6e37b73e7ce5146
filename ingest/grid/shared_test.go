package grid_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"yardstick/ingest/grid"
)

// sharedForms lists the real forms with this extension; they are not part of
// the repository.
func sharedForms(t testing.TB, ext string) []string {
	t.Helper()
	root, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(root, "go.mod")); err == nil {
			break
		}
		if root == filepath.Dir(root) {
			t.Fatal("no go.mod above the working directory")
		}
		root = filepath.Dir(root)
	}
	files, err := filepath.Glob(filepath.Join(root, "..", "shared", "data", "forms", "*"+ext))
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Skip("../shared/data/forms is not there")
	}
	return files
}

// TestSharedXLSX compares every cell and merged range of the real workbooks
// with what excelize makes of them.
func TestSharedXLSX(t *testing.T) {
	for _, path := range sharedForms(t, ".xlsx") {
		t.Run(filepath.Base(path), func(t *testing.T) {
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			compareWithExcelize(t, filepath.Base(path), data)
		})
	}
}

// compareWithExcelize checks texts, merged ranges and extents.
func compareWithExcelize(t *testing.T, name string, data []byte) {
	t.Helper()
	got, err := grid.Read(context.Background(), name, data, grid.Options{})
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(strings.NewReader(string(data)), excelize.Options{ShortDatePattern: "yyyy/m/d", CultureInfo: excelize.CultureNameZhCN})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	next := 0
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		merged, err := f.GetMergeCells(sheet)
		if err != nil {
			t.Fatal(err)
		}
		want := map[string]string{}
		for r, row := range rows {
			for c, text := range row {
				if strings.TrimSpace(text) != "" {
					want[grid.Address(r, c)] = strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n"))
				}
			}
		}
		for r := range got[min(next, len(got)-1)].Rows { // what was typed as =100% without a computed value, which excelize leaves empty
			for c := range got[min(next, len(got)-1)].Cols {
				at := grid.Address(r, c)
				formula, err := f.GetCellFormula(sheet, at)
				if err == nil && want[at] == "" && formula != "" && !strings.ContainsAny(formula, "(:!$") {
					want[at] = "=" + formula
				}
			}
		}
		if len(want) == 0 {
			continue
		}
		g := got[next]
		next++
		for _, m := range merged {
			r, c, _ := grid.ParseAddress(m.GetStartAxis())
			r2, c2, _ := grid.ParseAddress(m.GetEndAxis())
			for i := r; i <= r2; i++ {
				for k := c; k <= c2; k++ {
					if i != r || k != c {
						delete(want, grid.Address(i, k)) // not shown
					}
				}
			}
			if r2 >= g.Rows || c2 >= g.Cols {
				if want[m.GetStartAxis()] != "" {
					t.Errorf("%s!%s lies outside of %d × %d", sheet, m[0], g.Rows, g.Cols)
				}
				continue
			}
			cell, ok := g.At(r2, c2)
			if !ok || cell.Row != r || cell.Col != c || cell.RowSpan != r2-r+1 || cell.ColSpan != c2-c+1 {
				t.Errorf("%s!%s is not one cell: %+v", sheet, m[0], cell)
			}
		}
		have := map[string]string{}
		for _, c := range g.Cells {
			if text := strings.TrimSpace(c.Text); text != "" {
				at := grid.Address(c.Row, c.Col)
				// What was typed as =116人 is a formula without a result to excelize.
				if formula, err := f.GetCellFormula(sheet, at); err == nil && formula != "" && want[at] == "" && text == "="+formula {
					continue
				}
				have[at] = text
			}
		}
		if g.Sheet != sheet {
			t.Errorf("got sheet %q, want %q", g.Sheet, sheet)
		}
		if diff := cmp.Diff(want, have); diff != "" {
			t.Errorf("%s (-excelize +grid):\n%s", sheet, diff)
		}
	}
	if next != len(got) {
		t.Errorf("got %d sheets, want %d", len(got), next)
	}
}
