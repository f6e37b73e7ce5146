// Package grid turns a file (.xlsx, .docx, .html, .csv, .tsv, and old formats
// through a converter) into Grids: sheets of cells with spans and addresses.
// The content decides the format, not the extension. It knows nothing of
// forms. Start from Open.
package grid

import "context"

// Cell is one cell; a merged one stands at its top left corner.
type Cell struct {
	Row, Col         int     // from 0
	RowSpan, ColSpan int     // at least 1
	Text             string  // as shown, line breaks kept as \n
	Number           float64 // the stored number, if IsNumber: 0.95 where Text is "95%"
	IsNumber         bool
	IsDate           bool // the cell's number format is a date or a time
}

// Grid is one sheet or one table. Cells are in row-major order; those without
// text are among them only if they are merged. Rows and Cols end with the last
// cell that has text.
type Grid struct {
	File    string
	Sheet   string // sheet name; "" where there is none (docx, html, csv)
	Index   int    // ordinal of the sheet or table in the file, from 0
	Rows    int
	Cols    int
	Cells   []Cell
	Heading []string // paragraphs before the table (docx, html): title, year, unit of money
	Tail    []string // paragraphs after the file's last table
	Hidden  bool     // the sheet is hidden in the workbook; hidden rows are read like others
	Inside  string   // address of the cell of the enclosing table that holds this one
	// Uncomputed lists cells with a formula whose result the file does not
	// hold; their Text is "". Programs that write workbooks without
	// calculating them leave such cells.
	Uncomputed []string

	cover []int32 // Rows × Cols → index into Cells, −1 where there is none
}

// At returns the cell that covers row and col (0-based), which for a merged
// cell is the one at its top left corner.
func (g *Grid) At(row, col int) (Cell, bool) {
	if i := g.index(row, col); i >= 0 {
		return g.Cells[i], true
	}
	return Cell{}, false
}

// Text returns the text of the cell that covers row and col (0-based), and ""
// where there is none. All places of a merged cell have its text.
func (g *Grid) Text(row, col int) string {
	if i := g.index(row, col); i >= 0 {
		return g.Cells[i].Text
	}
	return ""
}

// Span is a range of merged cells for New: its top left corner (0-based) and
// its size.
type Span struct {
	Row, Col, RowSpan, ColSpan int
}

// New makes a Grid from rows of texts and merged ranges, for tests and for
// made-up forms. Rows may differ in length. Overlapping or empty ranges are
// treated as in a file: the first one counts.
func New(file, sheet string, rows [][]string, merges ...Span) *Grid {
	b := newBuilder(&Grid{File: file, Sheet: sheet}, newMeter(context.Background(), file, Options{}))
	for r, row := range rows {
		for c, text := range row {
			b.put(Cell{Row: r, Col: c, RowSpan: 1, ColSpan: 1, Text: text})
		}
	}
	for _, m := range merges {
		b.merge(m)
	}
	g, err := b.finish()
	if err != nil || g == nil {
		return &Grid{File: file, Sheet: sheet}
	}
	return g
}

// index returns the position in Cells of the cell that covers row and col, or −1.
func (g *Grid) index(row, col int) int {
	if row < 0 || col < 0 || row >= g.Rows || col >= g.Cols || g.cover == nil {
		return -1
	}
	return int(g.cover[row*g.Cols+col])
}
