package forms

import "yardstick/ingest/grid"

// turned reads a table that stands on its side: 一级指标, 二级指标, 三级指标 and 指标值
// are rows, and each column is an indicator. It reports whether there is one.
func (r *reader) turned(v view) bool {
	for row := v.r0; row < v.r1; row++ {
		slots := v.row(row)
		if len(slots) < 3 {
			continue
		}
		for _, s := range slots[:2] {
			if e, exact := v.columnOf(s); exact && s.own && (e.role == level1 || e.role == level2) && v.downward(row, s) >= 3 {
				return r.turn(v, row, s)
			}
		}
	}
	return false
}

// downward counts the header words below each other from slot s of row r on.
func (v view) downward(r int, s slot) int {
	n := 0
	for ; r < v.r1; r++ {
		x, ok := v.at(r, s.c0)
		if !ok {
			break
		}
		if e, _ := v.columnOf(x); e.role == unknown {
			break
		}
		n++
	}
	return n
}

// turn reads the rows from row on with rows and columns exchanged.
func (r *reader) turn(v view, row int, s slot) bool {
	g := *v.g
	t := grid.Grid{File: g.File, Sheet: g.Sheet, Index: g.Index, Rows: g.Cols, Cols: g.Rows}
	t.Cells = make([]grid.Cell, len(g.Cells))
	for i, c := range g.Cells {
		c.Row, c.Col, c.RowSpan, c.ColSpan = c.Col, c.Row, c.ColSpan, c.RowSpan
		t.Cells[i] = c
	}
	ts := newSheet(&t)
	ts.swapped = true
	end := row + v.downward(row, s)
	tv := view{ts, s.c0, t.Rows, row, end}
	h, ok := tv.findHeader(s.c0, s.c0)
	if !ok {
		return false
	}
	b := block{h: h}
	b.scan()
	head := v
	head.r1 = row
	foot := v
	foot.r0 = end
	d := draft{head: head, foot: foot, blocks: []block{b}}
	r.draft(&d, 0)
	return true
}
