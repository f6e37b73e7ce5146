package forms

import (
	"cmp"
	"slices"
	"sort"

	"yardstick/ingest/grid"
)

// sheet is a Grid with what the reader asks of it again and again: the cells
// with content of each row, and their folded text.
type sheet struct {
	g    *grid.Grid
	rows [][]slot
	keys []string // folded text of each cell, "" if it is too long for a word
	// simple holds the texts of a mirror site's copy without readings and in
	// simplified characters; nil for all other sheets.
	simple []string
	// known remembers what the vocabulary says of each cell's text: a cell is
	// asked about many times.
	known []meanings
	// swapped says that rows and columns were exchanged.
	swapped bool
}

// meanings are what a cell's text means as header word, label and budget word.
type meanings struct {
	column, label, budget             entry
	exact, isLabel, isBudget          bool
	columnDone, labelDone, budgetDone bool
}

// columnOf returns the meaning of a cell as a header word.
func (s *sheet) columnOf(x slot) (e entry, exact bool) {
	m := &s.known[x.cell]
	if !m.columnDone {
		m.column, m.exact = words().columnRole(s.keys[x.cell])
		m.columnDone = true
	}
	return m.column, m.exact
}

// labelAt returns the field that a cell names.
func (s *sheet) labelAt(x slot) (entry, bool) {
	m := &s.known[x.cell]
	if !m.labelDone {
		m.label, m.isLabel = words().labelOf(s.keys[x.cell])
		m.labelDone = true
	}
	return m.label, m.isLabel
}

// budgetAt returns the budget column or row that a cell names.
func (s *sheet) budgetAt(x slot) (entry, bool) {
	m := &s.known[x.cell]
	if !m.budgetDone {
		m.budget, m.isBudget = words().budgetOf(s.keys[x.cell])
		m.budgetDone = true
	}
	return m.budget, m.isBudget
}

// slot is a cell with content as it stands in one row.
type slot struct {
	cell   int  // index into g.Cells
	c0, c1 int  // columns covered: c0 up to, not including, c1
	own    bool // the cell begins in this row, it is not merged from above
}

// view is a rectangle of a sheet: rows r0 up to r1, columns c0 up to c1.
type view struct {
	*sheet
	r0, r1, c0, c1 int
}

// newSheet prepares g. Work and space are linear in the cells that spans cover.
func newSheet(g *grid.Grid) *sheet {
	s := &sheet{g: g, keys: make([]string, len(g.Cells)), known: make([]meanings, len(g.Cells)), rows: make([][]slot, g.Rows)}
	if s.mirrored() {
		s.simple = make([]string, len(g.Cells))
		for i := range g.Cells {
			s.simple[i] = unmirror(g.Cells[i].Text)
		}
	}
	for i := range g.Cells {
		c := &g.Cells[i]
		if s.simple != nil {
			s.keys[i] = fold(s.simple[i])
		} else if len(c.Text) <= 2*maxWord {
			if k := fold(c.Text); len(k) <= maxWord {
				s.keys[i] = k
			}
		}
		if squeeze(c.Text) == "" || c.Row < 0 || c.Col < 0 {
			continue
		}
		c1 := min(c.Col+max(c.ColSpan, 1), g.Cols)
		for r := c.Row; r < min(c.Row+max(c.RowSpan, 1), g.Rows); r++ {
			s.rows[r] = append(s.rows[r], slot{cell: i, c0: c.Col, c1: c1, own: r == c.Row})
		}
	}
	byColumn := func(a, b slot) int { return cmp.Compare(a.c0, b.c0) }
	for _, row := range s.rows {
		if !slices.IsSortedFunc(row, byColumn) {
			slices.SortStableFunc(row, byColumn)
		}
	}
	return s
}

// all returns the whole sheet as a view.
func (s *sheet) all() view { return view{s, 0, s.g.Rows, 0, s.g.Cols} }

// coverRows is how many rows of a sheet without a form are searched for fields.
const coverRows = 60

// top returns the first rows of the sheet.
func (s *sheet) top() view { return view{s, 0, min(s.g.Rows, coverRows), 0, s.g.Cols} }

// row returns the slots of row r within the view's columns.
func (v view) row(r int) []slot {
	if r < 0 || r >= len(v.rows) {
		return nil
	}
	row := v.rows[r]
	for len(row) > 0 && row[0].c1 <= v.c0 {
		row = row[1:]
	}
	for len(row) > 0 && row[len(row)-1].c0 >= v.c1 {
		row = row[:len(row)-1]
	}
	return row
}

// blankRow reports whether no cell with content begins in row r.
func (v view) blankRow(r int) bool {
	for _, s := range v.row(r) {
		if s.own {
			return false
		}
	}
	return true
}

// uniform reports whether row r repeats one text in three or more cells, as some
// exports do for a merged cell.
func (v view) uniform(r int) bool {
	row := v.row(r)
	if len(row) < 3 {
		return false
	}
	k := v.key(row[0])
	for _, s := range row {
		if !s.own || k == "" || v.key(s) != k {
			return false
		}
	}
	return true
}

// at returns the slot that covers row r and column c.
func (v view) at(r, c int) (slot, bool) {
	if r < 0 || r >= len(v.rows) {
		return slot{}, false
	}
	row := v.rows[r]
	i := sort.Search(len(row), func(i int) bool { return row[i].c0 > c }) - 1
	if i < 0 || row[i].c1 <= c {
		return slot{}, false
	}
	return row[i], true
}

// text returns the text of a slot's cell as one line.
func (s *sheet) text(x slot) string { return squeeze(s.full(x)) }

// full returns the text of a slot's cell with its line breaks.
func (s *sheet) full(x slot) string {
	if s.simple != nil {
		return s.simple[x.cell]
	}
	return s.g.Cells[x.cell].Text
}

// key returns the folded text of a slot's cell.
func (s *sheet) key(x slot) string { return s.keys[x.cell] }

// address returns the A1 address of a slot's cell.
func (s *sheet) address(x slot) string {
	c := &s.g.Cells[x.cell]
	if s.swapped {
		return grid.Address(c.Col, c.Row)
	}
	return grid.Address(c.Row, c.Col)
}
