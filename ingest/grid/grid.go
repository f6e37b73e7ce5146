// Package grid turns a file (.xlsx, .docx, .html, .csv, .tsv, and old formats
// through a converter) into Grids: sheets of cells with spans and addresses.
// It knows nothing of forms. Start from Open.
package grid

// Cell is one cell; a merged one stands at its top left corner.
type Cell struct {
	Row, Col         int     // from 0
	RowSpan, ColSpan int     // at least 1
	Text             string  // as shown, line breaks kept as \n
	Number           float64 // the stored number, if IsNumber
	IsNumber         bool
	IsDate           bool // the cell's number format is a date
}

// Grid is one sheet or one table. Cells are in row-major order.
type Grid struct {
	File    string
	Sheet   string // sheet name; "" where there is none (docx, html, csv)
	Index   int    // ordinal of the sheet or table in the file, from 0
	Rows    int
	Cols    int
	Cells   []Cell
	Heading []string // paragraphs before the table (docx, html): title, year, unit of money
	cover   []int32  // Rows × Cols → index into Cells, −1 where there is none
}

// At returns the cell that covers row and col (0-based), which for a merged
// cell is the one at its top left corner.
func (g *Grid) At(row, col int) (Cell, bool) {
	if row < 0 || col < 0 || row >= g.Rows || col >= g.Cols || g.cover == nil {
		return Cell{}, false
	}
	i := g.cover[row*g.Cols+col]
	if i < 0 {
		return Cell{}, false
	}
	return g.Cells[i], true
}
