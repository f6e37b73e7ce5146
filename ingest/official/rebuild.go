package official

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"yardstick/ingest/grid"
)

// rebuild makes a workbook with the values and merged cells of tables, one
// sheet each, and returns the sheets' names in the tables' order.
func rebuild(grids []*grid.Grid) (data []byte, names []string, err error) {
	used := map[string]bool{}
	var b *book
	for i, g := range grids {
		name := sheetOf(g, i, len(grids), used)
		names = append(names, name)
		if b == nil {
			b = newBook(name)
		} else {
			_, err := b.NewSheet(name)
			b.keep(err)
			b.sheet = name
		}
		b.copyGrid(g)
	}
	if b == nil {
		b = newBook("表")
	}
	data, err = b.bytes("")
	return data, names, err
}

// sheetOf names the sheet of a table as workbooks allow.
func sheetOf(g *grid.Grid, i, n int, used map[string]bool) string {
	name := strings.Map(func(r rune) rune {
		if strings.ContainsRune(`:\/?*[]'`, r) || !allowed(r) || r == '\n' || r == '\t' || r == utf8.RuneError {
			return -1
		}
		return r
	}, g.Sheet)
	if name = strings.TrimSpace(name); name == "" {
		name = "表"
		if n > 1 {
			name = fmt.Sprintf("表%d", i+1)
		}
	}
	if r := []rune(name); len(r) > 24 {
		name = string(r[:24])
	}
	for n, plain := 2, name; used[strings.ToLower(name)]; n++ {
		name = fmt.Sprintf("%s %d", plain, n)
	}
	used[strings.ToLower(name)] = true
	return name
}

// most of what a column is made wide.
const maxWidth = 48

// copyGrid writes a table's cells: numbers as the text that was shown, because
// that is what the form's readers see.
func (b *book) copyGrid(g *grid.Grid) {
	style := b.boxStyle(value)
	wide := make([]int, g.Cols)
	for i := range g.Cells {
		c := &g.Cells[i]
		cell := b.merge(c.Row, c.Col, c.RowSpan, c.ColSpan, style)
		if c.Text != "" {
			b.text(cell, cleaned(c.Text))
		}
		if c.ColSpan == 1 {
			wide[c.Col] = max(wide[c.Col], textWidth(c.Text)+2)
		}
	}
	for c, w := range wide[:min(len(wide), 256)] {
		name := strings.TrimRight(grid.Address(0, c), "1")
		b.keep(b.SetColWidth(b.sheet, name, name, float64(min(max(w, 8), maxWidth))))
	}
}
