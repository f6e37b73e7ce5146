package grid

import (
	"fmt"
	"strings"
	"unicode"
)

const maxTableDepth = 16 // tables within each other

// table reads the table whose start tag was just read; p takes its text, which
// is part of the cell that holds it.
func (d *document) table(p *paragraphs) error {
	if d.depth++; d.depth > maxTableDepth {
		return d.m.tooLarge("", "", fmt.Sprintf("表格嵌套超过 %d 层", maxTableDepth))
	}
	defer func() { d.depth-- }()
	if d.next >= d.m.opt.MaxSheets {
		return d.m.tooLarge("", "", fmt.Sprintf("表格超过 %s 个", grouped(d.m.opt.MaxSheets)))
	}
	g := &Grid{File: d.m.file, Index: d.next}
	d.next++
	if d.depth == 1 {
		g.Heading = d.outside.take()
	} else {
		g.Heading = (&paragraphs{lines: p.lines}).take() // the cell's text so far
	}
	slot := len(d.grids)
	d.grids = append(d.grids, g) // before the tables within it
	t := &wordTable{d: d, b: newBuilder(g, d.m), open: map[int]int{}, seen: map[int]int{}}
	if err := t.read(len(d.x.open)); err != nil {
		return err
	}
	for _, c := range t.cells {
		if err := t.b.put(c); err != nil {
			return err
		}
	}
	done, err := t.b.finish()
	if err != nil {
		return err
	}
	if done == nil { // nothing in it, and so nothing in the tables within it
		if d.depth == 1 && len(d.outside.lines) == 0 {
			d.outside.lines = g.Heading
		}
		d.grids = append(d.grids[:slot], d.grids[slot+1:]...)
		d.next--
		return nil
	}
	if p != d.outside {
		for _, c := range done.Cells {
			if !blank(c.Text) {
				p.lines = append(p.lines, strings.TrimFunc(c.Text, unicode.IsSpace))
			}
		}
	}
	return nil
}

// wordTable is one table while it is read.
type wordTable struct {
	d        *document
	b        *builder
	cells    []Cell
	row, col int
	open     map[int]int // column → index of the cell above that may go on
	seen     map[int]int // the same for the row that is being read
}

// read reads rows until the elements nest less than depth.
func (t *wordTable) read(depth int) error {
	x := t.d.x
	t.row = -1
	for {
		ev, err := x.next()
		if err != nil {
			return err
		}
		if ev == xmlEOF || ev == xmlEnd && len(x.open) < depth {
			return nil
		}
		if ev != xmlStart {
			continue
		}
		switch string(x.name) {
		case "tr":
			t.row, t.col = t.row+1, 0
			t.open, t.seen = t.seen, map[int]int{}
		case "gridBefore":
			t.col = max(0, min(x.num("val", 0), t.d.m.opt.MaxCols))
		case "tc":
			if err := t.cell(len(x.open)); err != nil {
				return err
			}
		case "del":
			// A mark in w:trPr: the whole row was deleted.
			if len(x.open) >= 2 && string(local(x.open[len(x.open)-2])) == "trPr" {
				if err := t.dropRow(); err != nil {
					return err
				}
			}
		case "tblPr", "tblGrid", "tblPrEx", "sdtPr":
			if err := x.skipElement(); err != nil {
				return err
			}
		}
	}
}

// dropRow skips the rest of a deleted row; the rows below go on with the cells
// above it.
func (t *wordTable) dropRow() error {
	x := t.d.x
	for i := len(x.open) - 1; i >= 0; i-- {
		if string(local(x.open[i])) != "tr" {
			continue
		}
		for len(x.open) > i {
			if _, err := x.next(); err != nil {
				return err
			}
		}
		break
	}
	t.row--
	t.seen = t.open
	return nil
}

// cell reads one cell.
func (t *wordTable) cell(depth int) error {
	x := t.d.x
	c := Cell{Row: max(t.row, 0), Col: t.col, RowSpan: 1, ColSpan: 1}
	body := &paragraphs{}
	vertical, follows := "", false
	first := len(t.d.grids)
	for done := false; !done; {
		ev, err := x.next()
		if err != nil {
			return err
		}
		switch {
		case ev == xmlEOF || ev == xmlEnd && len(x.open) < depth:
			done = true
		case ev == xmlStart && string(x.name) == "tcPr":
			vertical, follows, err = t.properties(&c, len(x.open))
		case ev == xmlStart:
			// The element is part of the cell's content: read it with the rest.
			err = t.d.element(body)
		}
		if err != nil {
			return err
		}
	}
	for _, g := range t.d.grids[min(first, len(t.d.grids)):] {
		if g.Inside == "" {
			g.Inside = Address(c.Row, c.Col)
		}
	}
	t.col += c.ColSpan
	if t.col > t.d.m.opt.MaxCols {
		return t.d.m.tooLarge("", "", fmt.Sprintf("超过 %s 列", grouped(t.d.m.opt.MaxCols)))
	}
	if follows && len(t.cells) > 0 { // hMerge: goes on with the cell to the left
		if last := &t.cells[len(t.cells)-1]; last.Row == c.Row {
			last.ColSpan += c.ColSpan
			return nil
		}
	}
	if vertical == "continue" {
		// A cell that goes on with nothing, or with one of another width,
		// starts on its own.
		if i, ok := t.open[c.Col]; ok && t.cells[i].ColSpan == c.ColSpan {
			t.cells[i].RowSpan = c.Row - t.cells[i].Row + 1
			t.seen[c.Col] = i
			return nil
		}
	}
	c.Text = body.text()
	t.cells = append(t.cells, c)
	if vertical != "" {
		t.seen[c.Col] = len(t.cells) - 1
	}
	if len(t.cells) > t.d.m.opt.MaxCells {
		return t.d.m.tooLarge("", "", fmt.Sprintf("超过 %s 个单元格", grouped(t.d.m.opt.MaxCells)))
	}
	return t.d.m.tick()
}

// properties reads a cell's spans.
func (t *wordTable) properties(c *Cell, depth int) (vertical string, follows bool, err error) {
	x := t.d.x
	for {
		ev, err := x.next()
		if err != nil {
			return "", false, err
		}
		if ev == xmlEOF || ev == xmlEnd && len(x.open) < depth {
			return vertical, follows, nil
		}
		if ev != xmlStart {
			continue
		}
		switch string(x.name) {
		case "gridSpan":
			c.ColSpan = max(1, min(x.num("val", 1), t.d.m.opt.MaxCols))
		case "vMerge", "vmerge": // Word 2003 writes it small
			if vertical = x.str("val"); vertical != "restart" {
				vertical = "continue"
			}
		case "hMerge", "hmerge":
			follows = x.str("val") != "restart"
		case "tcPrChange":
			if err := x.skipElement(); err != nil {
				return "", false, err
			}
		}
	}
}
