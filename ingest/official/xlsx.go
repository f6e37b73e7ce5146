package official

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"math"
	"regexp"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"yardstick/ingest/grid"
)

// sheetName is the name of the form's sheet.
const sheetName = "绩效目标申报表"

// made is the time that stands in documents: none that would differ from one
// export to the next.
const made = "2020-01-01T00:00:00Z"

// Fonts of official documents. Where they are missing, programs take the next
// serif typeface for Chinese.
const (
	fontText  = "仿宋"
	fontTitle = "宋体"
)

// book writes cells of a workbook and keeps the first error.
type book struct {
	*excelize.File
	sheet  string
	styles map[string]int
	err    error
}

func newBook(sheet string) *book {
	f := excelize.NewFile()
	b := &book{File: f, sheet: sheet, styles: map[string]int{}}
	b.keep(f.SetSheetName("Sheet1", sheet))
	return b
}

func (b *book) keep(err error) {
	if b.err == nil {
		b.err = err
	}
}

// style returns the style of the given name, made at its first use.
func (b *book) style(name string, s *excelize.Style) int {
	if id, ok := b.styles[name]; ok {
		return id
	}
	id, err := b.NewStyle(s)
	b.keep(err)
	b.styles[name] = id
	return id
}

// merge merges and styles a range of cells.
func (b *book) merge(row, col, rows, cols, style int) (cell string) {
	cell = grid.Address(row, col)
	end := grid.Address(row+rows-1, col+cols-1)
	if rows > 1 || cols > 1 {
		b.keep(b.MergeCell(b.sheet, cell, end))
	}
	b.keep(b.SetCellStyle(b.sheet, cell, end, style))
	return cell
}

// coded finds what a workbook takes for the code of a character: _x000D_.
var coded = regexp.MustCompile(`_(x[0-9A-Fa-f]{4}_)`)

// text writes a text as it is: never a formula, never a number, and _x000D_
// stays those seven characters, which excelize does not see to.
func (b *book) text(cell, text string) {
	b.keep(b.SetCellStr(b.sheet, cell, coded.ReplaceAllString(text, "_x005F_$1")))
}

// bytes closes the workbook and returns it, packed the same way every time.
func (b *book) bytes(title string) ([]byte, error) {
	defer b.Close()
	b.keep(b.SetDocProps(&excelize.DocProperties{Creator: Author, LastModifiedBy: Author, Created: made, Modified: made, Title: title}))
	if b.err != nil {
		return nil, b.err
	}
	var buf bytes.Buffer
	if _, err := b.WriteTo(&buf); err != nil {
		return nil, err
	}
	return repack(buf.Bytes())
}

// repack writes a package's parts in the order of their names, the list of
// content types first, without times.
func repack(data []byte) ([]byte, error) {
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, err
	}
	parts := make([]packed, 0, len(r.File))
	for _, f := range r.File {
		rc, err := f.Open()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.Name, err)
		}
		text, err := io.ReadAll(rc)
		rc.Close()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.Name, err)
		}
		parts = append(parts, packed{f.Name, text})
	}
	return pack(parts)
}

// packed is one part of a package.
type packed struct {
	name string
	data []byte
}

// pack writes a package.
func pack(parts []packed) ([]byte, error) {
	rank := func(p packed) string {
		if p.name == "[Content_Types].xml" {
			return ""
		}
		return p.name
	}
	slices.SortStableFunc(parts, func(a, b packed) int { return bytes.Compare([]byte(rank(a)), []byte(rank(b))) })
	var buf bytes.Buffer
	w := zip.NewWriter(&buf)
	for _, p := range parts {
		f, err := w.CreateHeader(&zip.FileHeader{Name: p.name, Method: zip.Deflate})
		if err != nil {
			return nil, err
		}
		if _, err := f.Write(p.data); err != nil {
			return nil, err
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return buf.Bytes(), nil
}

// writeSheet writes a form's table as a workbook.
func writeSheet(s *sheet) ([]byte, error) {
	b := newBook(sheetName)
	for c, w := range widths {
		col := strings.TrimRight(grid.Address(0, c), "1")
		b.keep(b.SetColWidth(b.sheet, col, col, w))
	}
	top := 0
	for _, t := range []struct {
		text  string
		style int
		high  float64
	}{{s.title, b.titleStyle(), 36}, {s.year, b.underTitle("center"), 20}, {s.mark, b.underTitle("right"), 18}} {
		if t.text == "" {
			continue
		}
		cell := b.merge(top, 0, 1, columns, t.style)
		b.text(cell, t.text)
		b.keep(b.SetRowHeight(b.sheet, top+1, t.high))
		top++
	}
	row := b.rows(s, top)
	for i := range s.boxes {
		x := &s.boxes[i]
		first, after := row[x.row], row[x.row+x.rows]
		cell := b.merge(first, x.col, after-first, x.cols, b.boxStyle(x.look))
		if x.numeric {
			b.keep(b.SetCellFloat(b.sheet, cell, x.amount, -1, 64))
		} else if x.text != "" {
			b.text(cell, x.text)
		}
	}
	header := row[s.header] + 1
	b.printed(fmt.Sprintf("$%d:$%d", header, header), row[s.rows], columns)
	return b.bytes(s.title + " " + s.name)
}

// rows sets the heights of the table's rows below row top and returns where
// each begins, and where the last ends. A row higher than a workbook allows
// takes several, over which its cells are merged; lines of indicators don't, as
// each must stay one row.
func (b *book) rows(s *sheet, top int) []int {
	at := make([]int, s.rows+1)
	for r, h := range s.heights() {
		at[r] = top
		n := 1
		if r < s.header {
			n = int(math.Ceil(h / maxRow))
		}
		for range n {
			top++
			b.keep(b.SetRowHeight(b.sheet, top, math.Min(math.Ceil(h/float64(n)), maxRow)))
		}
	}
	at[s.rows] = top
	return at
}

// printed sets the page: A4 upright, as wide as the page, the rows repeated at
// the top of every page, page numbers at the foot.
func (b *book) printed(repeat string, rows, cols int) {
	size, orientation, fit, tall := 9, "portrait", 1, 0
	b.keep(b.SetPageLayout(b.sheet, &excelize.PageLayoutOptions{Size: &size, Orientation: &orientation, FitToWidth: &fit, FitToHeight: &tall}))
	yes, gaps, side, foot := true, 0.75, 0.6, 0.3
	b.keep(b.SetSheetProps(b.sheet, &excelize.SheetPropsOptions{FitToPage: &yes}))
	b.keep(b.SetPageMargins(b.sheet, &excelize.PageLayoutMarginsOptions{Top: &gaps, Bottom: &gaps, Left: &side, Right: &side,
		Header: &foot, Footer: &foot, Horizontally: &yes}))
	b.keep(b.SetHeaderFooter(b.sheet, &excelize.HeaderFooterOptions{OddFooter: "&C第 &P 页，共 &N 页"}))
	name := "'" + b.sheet + "'!"
	if repeat != "" {
		b.keep(b.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: name + repeat, Scope: b.sheet}))
	}
	last := strings.TrimRight(grid.Address(0, cols-1), "1")
	b.keep(b.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Area",
		RefersTo: fmt.Sprintf("%s$A$1:$%s$%d", name, last, rows), Scope: b.sheet}))
	grids := false
	b.keep(b.SetSheetView(b.sheet, 0, &excelize.ViewOptions{ShowGridLines: &grids}))
}

func (b *book) titleStyle() int {
	return b.style("title", &excelize.Style{Font: &excelize.Font{Family: fontTitle, Size: 18, Bold: true},
		Alignment: &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true}})
}

func (b *book) underTitle(side string) int {
	return b.style("under "+side, &excelize.Style{Font: &excelize.Font{Family: fontText, Size: 11},
		Alignment: &excelize.Alignment{Horizontal: side, Vertical: "center"}})
}

// boxStyle is the style of a cell of a form.
func (b *book) boxStyle(l look) int {
	s := &excelize.Style{
		Font:      &excelize.Font{Family: fontText, Size: 11},
		Alignment: &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true},
		Border:    borders(),
	}
	switch l {
	case value:
		s.Alignment.Horizontal = "left"
	case label:
		s.Font.Family = fontTitle
	case head:
		s.Font.Family, s.Font.Bold = fontTitle, true
		s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"F2F2F2"}}
	}
	return b.style(fmt.Sprint("box ", l), s)
}

// borders are thin lines around a cell.
func borders() []excelize.Border {
	var out []excelize.Border
	for _, side := range []string{"left", "right", "top", "bottom"} {
		out = append(out, excelize.Border{Type: side, Color: "000000", Style: 1})
	}
	return out
}
