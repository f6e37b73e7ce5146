// Package catalog reads a bureau's own table of indicators (xlsx, docx, csv,
// html) into entries of the library. Tables of this kind have no official
// layout: the head is found by the words of its columns (headings.csv), classes
// may stand once for many rows, and most columns may be missing. What is not
// stated is inferred, and said to be. Start from Read.
package catalog

import (
	"context"
	_ "embed"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"

	"yardstick"
	"yardstick/indicators"
	"yardstick/indicators/library"
	"yardstick/ingest/grid"
)

// Row is one indicator as the table has it.
type Row struct {
	Entry library.Entry   // ID is "" where the table has no such column
	Given map[string]bool // columns of the library that the table has, whether the cell is empty or not; not what was inferred
	Sheet string
	Cell  string // of the name
}

// Table is what was read from one file. Rows read = Rows + Rejected + Blank.
type Table struct {
	Rows     []Row
	Rejected []yardstick.Issue
	Left     []library.Entry // id and name of what is not in Rows, though the table has it
	Warnings []yardstick.Issue
	Columns  []string // recognised and not, in order: “heading → column”, “heading（不用）”
	Read     int      // rows below the head that have text
	Blank    int      // of these without a name: headings of sections, notes
}

// Codes of the issues of this package.
const (
	codeNoTable yardstick.Code = "library.no_table"
	codeField   yardstick.Code = "library.field"
	codeTwice   yardstick.Code = "library.twice"
	codeGuess   yardstick.Code = "library.inferred"
)

//go:embed headings.csv
var headingsCSV string

// heading is a column of the library and how well the heading names it: of two
// headings for one column the one with the lower rank is taken (四级指标 before 三级指标
// before 绩效指标, which often stands over all three).
type heading struct {
	column string
	rank   int
}

// headings is heading (normalised) → column of the library.
func headings() (map[string]heading, error) {
	rows, err := csv.NewReader(strings.NewReader(headingsCSV)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("headings.csv: %w", err)
	}
	out := make(map[string]heading)
	for i, r := range rows[1:] {
		if r[0] != "target" && library.Label(r[0]) == "" {
			return nil, fmt.Errorf("headings.csv:%d: no column %q", i+2, r[0])
		}
		for rank, h := range strings.Fields(r[1]) {
			out[headKey(h)] = heading{r[0], rank + 1}
		}
	}
	for _, c := range library.Columns() {
		for _, h := range []string{c, library.Label(c)} {
			if known, ok := out[headKey(h)]; !ok || known.column != c {
				out[headKey(h)] = heading{c, 0}
			}
		}
	}
	return out, nil
}

// headKey is a heading without blanks, brackets' content and stars.
func headKey(s string) string {
	s = strings.ToLower(strings.Join(strings.Fields(s), ""))
	s = strings.NewReplacer("（", "(", "）", ")", "*", "", "：", "", ":", "").Replace(s)
	if i := strings.IndexByte(s, '('); i > 0 {
		s = s[:i]
	}
	return s
}

// Read reads every table of indicators in a file. sectors are the functional
// classes that the library knows. The error is Invalid if the file can't be
// opened or holds no such table.
func Read(ctx context.Context, name string, data []byte, sectors []string) (*Table, error) {
	grids, err := grid.Read(ctx, name, data, grid.Options{})
	if err != nil {
		return nil, err
	}
	known, err := headings()
	if err != nil {
		return nil, err
	}
	t := &Table{}
	seen := make(map[string]string) // sector and name → cell
	found := false
	for _, g := range grids {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		head, ok := findHead(g, known)
		if !ok {
			continue
		}
		found = true
		t.readGrid(g, head, sectors, seen)
	}
	if !found {
		return nil, &yardstick.Error{Kind: yardstick.Invalid, Op: "catalog.Read",
			Msg: name + " 里没有指标表：要有一行表头，写着指标名称（或三级指标），以及一级指标、二级指标、指标解释、计算公式、计量单位中的至少一个。"}
	}
	return t, nil
}

// header is where the columns stand.
type header struct {
	row     int
	columns map[string]int // column of the library → column of the grid
	second  int            // column of names that is used where that of "name" is empty (三级指标 beside 四级指标); −1: none
}

// maxHeadRow is how far down the head may stand.
const maxHeadRow = 15

// findHead finds the first row that names the indicator and at least one more
// column.
func findHead(g *grid.Grid, known map[string]heading) (header, bool) {
	for row := range min(g.Rows, maxHeadRow) {
		h := header{row: row, columns: make(map[string]int), second: -1}
		ranks := make(map[string]int)
		for col := range g.Cols {
			c, ok := g.At(row, col)
			if !ok || c.Col != col { // a merged heading counts once
				continue
			}
			head, ok := known[headKey(c.Text)]
			if !ok {
				continue
			}
			at, taken := h.columns[head.column]
			switch {
			case !taken:
				h.columns[head.column], ranks[head.column] = col, head.rank
			case head.rank < ranks[head.column]:
				h.columns[head.column], ranks[head.column] = col, head.rank
				if head.column == "name" {
					h.second = at
				}
			case head.column == "name" && h.second < 0:
				h.second = col
			}
		}
		if _, ok := h.columns["name"]; ok && len(h.columns) >= 2 {
			return h, true
		}
	}
	return header{}, false
}

func (t *Table) readGrid(g *grid.Grid, h header, sectors []string, seen map[string]string) {
	used := make(map[int]string)
	for column, col := range h.columns {
		used[col] = column
	}
	for col := range g.Cols {
		text := strings.Join(strings.Fields(g.Text(h.row, col)), "")
		if column := used[col]; column == "target" {
			t.Columns = append(t.Columns, text+" → 用来判断性质和单位")
		} else if column != "" {
			t.Columns = append(t.Columns, text+" → "+library.Label(column))
		} else if c, ok := g.At(h.row, col); ok && c.Col == col && text != "" {
			t.Columns = append(t.Columns, text+"（不用）")
		}
	}
	carried := make(map[string]string) // classes that stand once for many rows
	b := body{Table: t, g: g, h: h, sectors: sectors, seen: seen, carried: carried, inferred: make(map[string]int)}
	if _, ok := h.columns["sector"]; !ok {
		if s := sectorNamed(g.Sheet, sectors); s != "" {
			carried["sector"] = s
			t.Warnings = append(t.Warnings, yardstick.Issue{File: g.File, Sheet: g.Sheet, Cell: grid.Address(h.row, 0), Code: codeGuess,
				Message: "没有功能分类一列，按工作表的名称收作“" + s + "”。", Raw: g.Sheet})
		}
	}
	for row := h.row + 1; row < g.Rows; row++ {
		b.read(row)
	}
	for _, column := range library.Columns() {
		if n := b.inferred[column]; n > 0 {
			t.Warnings = append(t.Warnings, yardstick.Issue{File: g.File, Sheet: g.Sheet, Cell: grid.Address(h.row, h.columns["name"]), Code: codeGuess,
				Message: fmt.Sprintf("没有“%s”一列，%d 行是从名称、单位和指标值推断的。", library.Label(column), n)})
		}
	}
}

// body is what the rows of one grid are read with.
type body struct {
	*Table
	g        *grid.Grid
	h        header
	sectors  []string
	seen     map[string]string // functional class and name → cell
	carried  map[string]string
	inferred map[string]int // rows by column that the table does not have
}

// text is a cell of a row by column; of a name, that of the next coarser column
// where the finest is empty.
func (b *body) text(row int, column string) string {
	v := ""
	if col, ok := b.h.columns[column]; ok {
		v = strings.TrimSpace(b.g.Text(row, col))
	}
	if column == "name" && v == "" && b.h.second >= 0 {
		v = strings.TrimSpace(b.g.Text(row, b.h.second))
	}
	return v
}

// read reads one row below the head.
func (b *body) read(row int) {
	text := func(column string) string { return b.text(row, column) }
	if blankRow(b.g, row) || headKey(text("name")) == headKey(b.g.Text(b.h.row, b.h.columns["name"])) {
		return
	}
	b.Read++
	if text("id") != "" { // a row of our own export says everything itself
		clear(b.carried)
	}
	carry(b.carried, text)
	r := Row{Given: make(map[string]bool), Sheet: b.g.Sheet, Cell: grid.Address(row, b.h.columns["name"])}
	for column := range b.h.columns {
		r.Given[column] = column != "target"
	}
	issue := func(column string, code yardstick.Code, msg string) yardstick.Issue {
		cell := r.Cell
		if col, ok := b.h.columns[column]; ok {
			cell = grid.Address(row, col)
		}
		return yardstick.Issue{File: b.g.File, Sheet: b.g.Sheet, Cell: cell, Code: code, Message: msg, Raw: text(column)}
	}
	refuse := func(column string, code yardstick.Code, msg string) {
		b.Rejected = append(b.Rejected, issue(column, code, msg))
		b.Left = append(b.Left, library.Entry{ID: text("id"), Name: r.Entry.Name})
	}
	if slices.Contains(b.g.Uncomputed, r.Cell) {
		refuse("name", codeField, "名称是公式，文件里没有存它的结果。用表格软件打开、保存后再导入。")
		return
	}
	switch kind, why := nameKind(text); kind {
	case section:
		b.carryClass(cutNumber(text("name")))
		b.Blank++
		b.Left = append(b.Left, library.Entry{ID: text("id")})
		return
	case unusable:
		refuse("name", codeField, why)
		return
	}
	warnings, problem := r.fill(text, b.carried, b.sectors)
	if problem != nil {
		refuse(problem.column, codeField, problem.message)
		return
	}
	key := r.Entry.Sector + "|" + indicators.NormalName(r.Entry.Name)
	if other, twice := b.seen[key]; twice {
		refuse("name", codeTwice, "“"+r.Entry.Name+"”在 "+other+" 已经有了，没有再收。")
		return
	}
	b.seen[key] = r.Cell
	for _, w := range warnings {
		if _, ok := b.h.columns[w.column]; ok {
			b.Warnings = append(b.Warnings, issue(w.column, codeGuess, w.message))
		} else {
			b.inferred[w.column]++
		}
		if w.column != "level1" && w.column != "level2" { // the classes are what was written, in one frame
			delete(r.Given, w.column)
		}
	}
	for _, column := range []string{"unit", "direction", "temporal_type", "comparison"} { // what an indicator can't do without is filled in
		r.Given[column] = r.Given[column] && text(column) != ""
	}
	b.Rows = append(b.Rows, r)
}

// carryClass keeps a class that stands as a heading in the column of names.
func (b *body) carryClass(name string) {
	if l1, ok := indicators.CanonicalLevel1(name); ok {
		b.carried["level1"] = l1
		delete(b.carried, "level2")
	} else if l2, ok := indicators.CanonicalLevel2(name); ok {
		b.carried["level2"] = l2
	}
}

func blankRow(g *grid.Grid, row int) bool {
	for col := range g.Cols {
		if strings.TrimSpace(g.Text(row, col)) != "" {
			return false
		}
	}
	return true
}

// carry keeps the classes that stand once for many rows. A new level 1 ends
// the level 2 above.
func carry(carried map[string]string, text func(string) string) {
	if v := text("sector"); v != "" {
		carried["sector"] = v
	}
	if v := text("level1"); v != "" {
		if v != carried["level1"] {
			delete(carried, "level2")
		}
		carried["level1"] = v
	}
	if v := text("level2"); v != "" {
		carried["level2"] = v
	}
}
