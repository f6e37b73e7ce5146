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

// headings is heading (normalised) → column of the library.
func headings() (map[string]string, error) {
	rows, err := csv.NewReader(strings.NewReader(headingsCSV)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("headings.csv: %w", err)
	}
	out := make(map[string]string)
	for i, r := range rows[1:] {
		if r[0] != "target" && library.Label(r[0]) == "" {
			return nil, fmt.Errorf("headings.csv:%d: no column %q", i+2, r[0])
		}
		for _, h := range strings.Fields(r[1]) {
			out[headKey(h)] = r[0]
		}
	}
	for _, c := range library.Columns() {
		out[headKey(c)], out[headKey(library.Label(c))] = c, c
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
}

// maxHeadRow is how far down the head may stand.
const maxHeadRow = 15

// findHead finds the first row that names the indicator and at least one more
// column.
func findHead(g *grid.Grid, known map[string]string) (header, bool) {
	for row := range min(g.Rows, maxHeadRow) {
		h := header{row: row, columns: make(map[string]int)}
		for col := range g.Cols {
			c, ok := g.At(row, col)
			if !ok || c.Col != col { // a merged heading counts once
				continue
			}
			column, ok := known[headKey(c.Text)]
			if _, taken := h.columns[column]; ok && !taken {
				h.columns[column] = col
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
	for row := h.row + 1; row < g.Rows; row++ {
		text := func(column string) string {
			if col, ok := h.columns[column]; ok {
				return strings.TrimSpace(g.Text(row, col))
			}
			return ""
		}
		if blankRow(g, row) || headKey(text("name")) == headKey(g.Text(h.row, h.columns["name"])) {
			continue
		}
		t.Read++
		carry(carried, text)
		if indicators.IsTemplate(text("name")) {
			t.Blank++
			t.Left = append(t.Left, library.Entry{ID: text("id")})
			continue
		}
		r := Row{Given: make(map[string]bool), Sheet: g.Sheet, Cell: grid.Address(row, h.columns["name"])}
		for column := range h.columns {
			r.Given[column] = column != "target"
		}
		issue := func(column string, code yardstick.Code, msg string) yardstick.Issue {
			cell := r.Cell
			if col, ok := h.columns[column]; ok {
				cell = grid.Address(row, col)
			}
			return yardstick.Issue{File: g.File, Sheet: g.Sheet, Cell: cell, Code: code, Message: msg, Raw: text(column)}
		}
		refuse := func(column string, code yardstick.Code, msg string) {
			t.Rejected = append(t.Rejected, issue(column, code, msg))
			t.Left = append(t.Left, library.Entry{ID: r.Entry.ID, Name: r.Entry.Name})
		}
		warnings, problem := r.fill(text, carried, sectors)
		if problem != nil {
			refuse(problem.column, codeField, problem.message)
			continue
		}
		key := r.Entry.Sector + "|" + indicators.NormalName(r.Entry.Name)
		if other, twice := seen[key]; twice {
			refuse("name", codeTwice, "“"+r.Entry.Name+"”在 "+other+" 已经有了，没有再收。")
			continue
		}
		seen[key] = r.Cell
		for _, w := range warnings {
			t.Warnings = append(t.Warnings, issue(w.column, codeGuess, w.message))
			delete(r.Given, w.column)
		}
		for _, column := range []string{"temporal_type", "comparison"} { // always filled in, without a word
			r.Given[column] = r.Given[column] && text(column) != ""
		}
		t.Rows = append(t.Rows, r)
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
