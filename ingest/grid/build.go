package grid

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// Merged ranges are often drawn over whole rows or columns. A range that
// reaches further than this beyond the last text is cut there instead of
// blowing up the grid.
const (
	spareRows = 2048
	spareCols = 64
)

// builder collects the cells of one grid in any order and lays them out.
type builder struct {
	g      *Grid
	m      *meter
	cells  []Cell
	merges []Span
	sorted bool
}

func newBuilder(g *Grid, m *meter) *builder { return &builder{g: g, m: m, sorted: true} }

// put adds a cell. Cells without text are kept only if they span.
func (b *builder) put(c Cell) error {
	c.RowSpan, c.ColSpan = max(c.RowSpan, 1), max(c.ColSpan, 1)
	if c.Text == "" && c.RowSpan == 1 && c.ColSpan == 1 {
		return b.m.tick()
	}
	if err := b.m.add(b.g.Sheet, c.Row, c.Col, len(c.Text)); err != nil {
		return err
	}
	if n := len(b.cells); n > 0 && order(b.cells[n-1], c) >= 0 {
		b.sorted = false
	}
	b.cells = append(b.cells, c)
	return nil
}

// merge adds a merged range.
func (b *builder) merge(s Span) error {
	if s.Row < 0 || s.Col < 0 || s.RowSpan < 1 || s.ColSpan < 1 || s.RowSpan == 1 && s.ColSpan == 1 {
		return nil
	}
	if len(b.merges) >= b.m.opt.MaxCells {
		return b.m.tooLarge(b.g.Sheet, "", fmt.Sprintf("合并单元格超过 %s 处", grouped(b.m.opt.MaxCells)))
	}
	b.merges = append(b.merges, s)
	return b.m.tick()
}

// finish lays the cells out; nil stands for a grid without any text.
func (b *builder) finish() (*Grid, error) {
	b.sort()
	b.join()
	rows, cols := b.extent()
	if rows == 0 {
		return nil, nil
	}
	if err := b.m.addArea(b.g.Sheet, rows, cols); err != nil {
		return nil, err
	}
	g := b.g
	g.Rows, g.Cols = rows, cols
	g.cover = make([]int32, rows*cols)
	for i := range g.cover {
		g.cover[i] = -1
	}
	if err := b.lay(); err != nil {
		return nil, err
	}
	b.compact()
	return g, nil
}

func order(a, b Cell) int {
	return cmp.Or(cmp.Compare(a.Row, b.Row), cmp.Compare(a.Col, b.Col))
}

func (b *builder) sort() {
	if !b.sorted {
		slices.SortStableFunc(b.cells, order)
		b.cells = slices.CompactFunc(b.cells, func(x, y Cell) bool { return order(x, y) == 0 })
		b.sorted = true
	}
}

// join gives the merged ranges to their top left cells, making blank ones
// where there are none.
func (b *builder) join() {
	n := len(b.cells)
	for _, s := range b.merges {
		at := Cell{Row: s.Row, Col: s.Col, RowSpan: s.RowSpan, ColSpan: s.ColSpan}
		i, found := slices.BinarySearchFunc(b.cells[:n], at, order)
		switch {
		case !found:
			b.cells, b.sorted = append(b.cells, at), false
		case b.cells[i].RowSpan == 1 && b.cells[i].ColSpan == 1:
			b.cells[i].RowSpan, b.cells[i].ColSpan = s.RowSpan, s.ColSpan
		}
	}
	b.sort()
}

// extent returns the rows and columns up to the last cell with text, and to the
// end of merged cells with text unless they reach absurdly far.
func (b *builder) extent() (rows, cols int) {
	for _, c := range b.cells {
		if !blank(c.Text) {
			rows, cols = max(rows, c.Row+1), max(cols, c.Col+1)
		}
	}
	maxRows, maxCols := min(rows+spareRows, b.m.opt.MaxRows), min(cols+spareCols, b.m.opt.MaxCols)
	lastRow, lastCol := rows, cols
	for _, c := range b.cells {
		if blank(c.Text) {
			continue
		}
		// Row and RowSpan stay below 2^31 each, so the sums can't overflow.
		if end := c.Row + c.RowSpan; end <= maxRows {
			rows = max(rows, end)
		}
		if end := c.Col + c.ColSpan; end <= maxCols {
			cols = max(cols, end)
		}
	}
	return max(rows, lastRow), max(cols, lastCol)
}

// lay marks the places of each cell in cover. Merged cells come first: what
// stands under them is not shown. Of two that overlap the first one counts.
func (b *builder) lay() error {
	g := b.g
	steps := 4*len(g.cover) + 1<<20 // ranges that all overlap could take far more
	for i := range b.cells {
		c := &b.cells[i]
		if c.Row >= g.Rows || c.Col >= g.Cols {
			continue
		}
		c.RowSpan, c.ColSpan = min(c.RowSpan, g.Rows-c.Row), min(c.ColSpan, g.Cols-c.Col)
		if c.RowSpan == 1 && c.ColSpan == 1 {
			continue
		}
		free, looked := b.free(c)
		if steps -= looked; steps < 0 {
			return b.m.tooLarge(g.Sheet, Address(c.Row, c.Col), "互相重叠的合并单元格太多")
		}
		if !free {
			c.RowSpan, c.ColSpan = 1, 1
			continue
		}
		for r := c.Row; r < c.Row+c.RowSpan; r++ {
			for k := c.Col; k < c.Col+c.ColSpan; k++ {
				g.cover[r*g.Cols+k] = int32(i)
			}
		}
		if err := b.m.tick(); err != nil {
			return err
		}
	}
	for i, c := range b.cells {
		if c.Row >= g.Rows || c.Col >= g.Cols || c.RowSpan > 1 || c.ColSpan > 1 || c.Text == "" {
			continue
		}
		if at := &g.cover[c.Row*g.Cols+c.Col]; *at < 0 {
			*at = int32(i)
		}
	}
	return nil
}

// free reports whether no place of c is taken, and how many it looked at. The
// top row tells: cells are laid in row-major order, so one that reaches into a
// lower row of c began above or beside it and reaches into its top row too.
func (b *builder) free(c *Cell) (ok bool, looked int) {
	for k := c.Col; k < c.Col+c.ColSpan; k++ {
		if looked++; b.g.cover[c.Row*b.g.Cols+k] >= 0 {
			return false, looked
		}
	}
	return true, looked
}

// compact moves the cells that are shown into the grid.
func (b *builder) compact() {
	g := b.g
	to := make([]int32, len(b.cells))
	kept := b.cells[:0]
	for i, c := range b.cells {
		to[i] = -1
		if c.Row < g.Rows && c.Col < g.Cols && g.cover[c.Row*g.Cols+c.Col] == int32(i) {
			to[i] = int32(len(kept))
			kept = append(kept, c)
		}
	}
	clear(b.cells[len(kept):])
	g.Cells = slices.Clip(kept)
	for i, k := range g.cover {
		if k >= 0 {
			g.cover[i] = to[k]
		}
	}
}

// blank reports whether s shows nothing.
func blank(s string) bool {
	return s == "" || strings.IndexFunc(s, func(r rune) bool { return !unicode.IsSpace(r) }) < 0
}

// prose is what a document without tables holds: one Grid without cells whose
// Heading is the text, or nothing if there is no text either.
func prose(file string, lines []string) []*Grid {
	for _, l := range lines {
		if !blank(l) {
			return []*Grid{{File: file, Heading: lines}}
		}
	}
	return nil
}
