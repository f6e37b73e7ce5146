package official

import (
	"math"
	"strings"

	"github.com/xuri/excelize/v2"

	"yardstick/ingest/grid"
)

// listBook writes rows of texts and numbers below each other.
type listBook struct {
	*book
	widths []float64
	row    int
	repeat string // rows at the top of every page
}

// item is a cell of a list.
type item struct {
	text   string
	number any // an int or a float64 in place of the text
	cols   int // columns that it takes; 0 means one
	rows   int // rows that it is merged over; 0 means one, −1 that the cell above reaches here
	look   string
}

func cellOf(text string) item         { return item{text: text} }
func centred(text string) item        { return item{text: text, look: "middle"} }
func over(cols int, text string) item { return item{text: text, cols: cols} }

// columns sets the widths.
func (b *listBook) columns() {
	for c, w := range b.widths {
		name := strings.TrimRight(grid.Address(0, c), "1")
		b.keep(b.SetColWidth(b.sheet, name, name, w))
	}
}

// title writes the lines above everything.
func (b *listBook) title(text, mark, under string) {
	for _, t := range []struct {
		text  string
		style int
		high  float64
	}{{text, b.titleStyle(), 32}, {under, b.underTitle("center"), 18}, {mark, b.underTitle("right"), 17}} {
		if t.text == "" {
			continue
		}
		b.row++
		cell := b.merge(b.row-1, 0, 1, len(b.widths), t.style)
		b.text(cell, cleaned(t.text))
		b.keep(b.SetRowHeight(b.sheet, b.row, t.high))
	}
}

// span writes one text over the whole width.
func (b *listBook) span(text, look string) {
	b.cells(item{text: text, cols: len(b.widths), look: look})
}

// heads writes the names of columns.
func (b *listBook) heads(items ...item) {
	for i := range items {
		items[i].look = "head"
	}
	b.cells(items...)
}

// cells writes one row, as high as its texts need.
func (b *listBook) cells(items ...item) {
	r, c, high := b.row, 0, 1
	b.row++
	for _, x := range items {
		cols := max(x.cols, 1)
		if x.rows < 0 {
			c += cols
			continue
		}
		w := 0.0
		for _, width := range b.widths[c : c+cols] {
			w += width
		}
		cell := b.merge(r, c, max(x.rows, 1), cols, b.listStyle(x.look))
		switch n := x.number.(type) {
		case int:
			b.keep(b.SetCellInt(b.sheet, cell, int64(n)))
		case float64:
			b.keep(b.SetCellFloat(b.sheet, cell, n, -1, 64))
		default:
			if text := cleaned(x.text); text != "" {
				b.text(cell, text)
				high = max(high, wrapped(text, w*1.08)) // 10 points, narrower than the columns' measure
			}
		}
		c += cols
	}
	b.keep(b.SetRowHeight(b.sheet, r+1, math.Min(maxRow, float64(high)*13.5+6)))
}

// listStyle is the style of a cell of a list.
func (b *listBook) listStyle(look string) int {
	s := &excelize.Style{Font: &excelize.Font{Family: fontText, Size: 10},
		Alignment: &excelize.Alignment{Horizontal: "left", Vertical: "center", WrapText: true}, Border: borders()}
	switch look {
	case "head", "name":
		s.Font.Family, s.Alignment.Horizontal = fontTitle, "center"
		s.Font.Bold = look == "head"
		s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"F2F2F2"}}
	case "middle", "strong":
		s.Alignment.Horizontal = "center"
		s.Font.Bold = look == "strong"
	case "money":
		s.Alignment.Horizontal, s.NumFmt = "right", 4 // #,##0.00
	case "heading":
		s.Font.Family, s.Font.Bold, s.Font.Size, s.Border = fontTitle, true, 11, nil
	case "note", "sign":
		s.Border = nil
	}
	return b.style("list "+look, s)
}
