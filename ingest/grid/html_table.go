package grid

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// The largest spans that browsers take (HTML standard, 4.9.11).
const (
	maxColSpan = 1000
	maxRowSpan = 65534
)

// htmlTable is one table while it is read: cells go to the next place in their
// row that no cell from above reaches into.
type htmlTable struct {
	b        *builder
	cells    []Cell
	row, col int
	until    []int // column → first row that no cell from above reaches into
	flow     flow  // of the open cell; outside of cells that of a caption
	cell     Cell
	attrs    map[string]string
	open     bool
	caption  []byte
	group    int // index in cells where the open row group starts
}

// nextRow begins a row.
func (t *htmlTable) nextRow() { t.row, t.col = t.row+1, 0 }

// startCell begins a cell at the next free place.
func (t *htmlTable) startCell(attrs map[string]string) error {
	m := t.b.m
	if t.row < 0 {
		t.nextRow() // a cell without a row
	}
	for t.col < len(t.until) && t.until[t.col] > t.row {
		t.col++
	}
	cols, rows := span(attrs["colspan"], maxColSpan), span(attrs["rowspan"], maxRowSpan)
	if cols == 0 {
		cols = 1
	}
	end := t.row + rows
	if rows == 0 { // to the end of the row group
		rows, end = maxRowSpan, math.MaxInt
	}
	if t.col+cols > m.opt.MaxCols {
		return m.tooLarge("", "", fmt.Sprintf("超过 %s 列", grouped(m.opt.MaxCols)))
	}
	if len(t.cells) >= m.opt.MaxCells {
		return m.tooLarge("", Address(t.row, t.col), fmt.Sprintf("超过 %s 个单元格", grouped(m.opt.MaxCells)))
	}
	// Where a wide cell runs into one from above the two would overlap; it
	// stops there.
	for k := 1; k < cols; k++ {
		if t.col+k < len(t.until) && t.until[t.col+k] > t.row {
			cols = k
		}
	}
	for len(t.until) < t.col+cols {
		t.until = append(t.until, 0)
	}
	for k := range cols {
		t.until[t.col+k] = end
	}
	t.caption = t.flow.buf
	t.flow = flow{}
	t.cell = Cell{Row: t.row, Col: t.col, RowSpan: rows, ColSpan: cols}
	t.attrs, t.open = attrs, true
	t.col += cols
	return nil
}

// span reads a span attribute; what is no number is 1.
func span(s string, most int) int {
	n, err := strconv.ParseUint(strings.TrimSpace(s), 10, 31)
	if err != nil {
		return 1
	}
	return min(int(n), most)
}

// endCell closes the open cell, if there is one.
func (t *htmlTable) endCell() {
	if !t.open {
		return
	}
	t.cell.Text = strings.Trim(string(t.flow.buf), "\n")
	number(&t.cell, t.attrs)
	t.cells = append(t.cells, t.cell)
	t.flow, t.caption = flow{buf: t.caption}, nil
	t.open = false
}

// endGroup ends a row group: no cell reaches beyond it.
func (t *htmlTable) endGroup() {
	rows := max(t.row, 0)
	if t.group < len(t.cells) {
		rows = max(rows, t.cells[len(t.cells)-1].Row+1)
	}
	for i := t.group; i < len(t.cells); i++ {
		c := &t.cells[i]
		c.RowSpan = max(1, min(c.RowSpan, rows-c.Row))
	}
	for i := range t.until {
		t.until[i] = min(t.until[i], rows)
	}
	t.group = len(t.cells)
}
