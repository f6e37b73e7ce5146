package tables

import (
	"errors"
	"io"
	"os"

	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/xuri/excelize/v2"

	"yardstick"
)

// Limits against workbooks that unpack to more than memory holds; parts above
// the second go to a temporary file.
const (
	unzipLimit = 1 << 30
	partLimit  = 16 << 20
)

// workbook reads one sheet as it is shown: a cell formatted as a percentage
// reads 95%.
type workbook struct {
	name      string
	file      io.Closer
	book      *excelize.File
	rows      *excelize.Rows
	title     string
	headerRow int
	mem       memory.Allocator
	row       int
	width     int
	pick      []int
	out       []textBuilder
}

func openWorkbook(f *os.File, name string, layout Layout, mem memory.Allocator) (reader, error) {
	book, err := excelize.OpenReader(f, excelize.Options{UnzipSizeLimit: unzipLimit, UnzipXMLSizeLimit: partLimit})
	switch {
	case errors.Is(err, excelize.ErrWorkbookFileFormat):
		return nil, unusable(yardstick.FileBroken, err, "%s 是压缩包，里面不是 .xlsx 工作簿。解压后导入里面的表格。", name)
	case err != nil:
		return nil, unusable(yardstick.FileBroken, err, "%s 打不开：已损坏，或解开后大过 1 GiB。大量数据用 .csv 导入。", name)
	}
	sheets := book.GetSheetList()
	title := layout.Sheet
	if title == "" && len(sheets) > 0 {
		title = sheets[0]
	}
	rows, err := book.Rows(title)
	if err != nil {
		book.Close()
		if near := nearest(title, sheets); near != "" {
			return nil, unusable(yardstick.FileBroken, err, "%s 没有名为“%s”的工作表，相近的是“%s”。", name, title, near)
		}
		return nil, unusable(yardstick.FileBroken, err, "%s 没有名为“%s”的工作表。", name, title)
	}
	return &workbook{name: name, file: f, book: book, rows: rows, title: title, headerRow: layout.HeaderRow, mem: mem}, nil
}

func (w *workbook) sheet() string { return w.title }

func (w *workbook) close() error {
	return errors.Join(w.rows.Close(), w.book.Close(), w.file.Close())
}

// read returns the next row without the blank cells at its end, and io.EOF
// after the last.
func (w *workbook) read() ([]string, error) {
	if !w.rows.Next() {
		if err := w.rows.Error(); err != nil {
			return nil, unusable(yardstick.FileBroken, err, "%s 已损坏，读到第 %d 行就断了。", w.name, w.row+1)
		}
		return nil, io.EOF
	}
	w.row++
	cells, err := w.rows.Columns()
	if err != nil {
		return nil, unusable(yardstick.FileBroken, err, "%s 已损坏，读到第 %d 行就断了。", w.name, w.row)
	}
	for len(cells) > 0 && cells[len(cells)-1] == "" {
		cells = cells[:len(cells)-1]
	}
	return cells, nil
}

func (w *workbook) header() ([]string, error) {
	for {
		cells, err := w.read()
		if err == io.EOF {
			return nil, unusable(yardstick.FileEmpty, nil, "%s 的工作表“%s”没有表头。", w.name, w.title)
		}
		if err != nil {
			return nil, err
		}
		if len(cells) > 0 && w.row >= w.headerRow {
			w.width = len(cells)
			return headers(w.name, cells)
		}
	}
}

func (w *workbook) choose(cols []int) {
	w.pick = cols
	w.out = make([]textBuilder, len(cols))
}

func (w *workbook) next() (*chunk, error) {
	const rows = 1 << 13
	for i := range w.out {
		w.out[i].reserve(w.mem, rows, rows*16)
	}
	c := &chunk{}
	for len(c.row)+len(c.bad) < rows {
		cells, err := w.read()
		if err == io.EOF {
			break
		}
		if err != nil {
			w.drop()
			return nil, err
		}
		if len(cells) == 0 {
			continue
		}
		if reject := w.check(cells); reject != "" {
			c.bad = append(c.bad, badRow{row: w.row, col: -1, code: yardstick.RowColumns, msg: reject, raw: shorten(cells[0], 100)})
			continue
		}
		for i, col := range w.pick {
			s := ""
			if col < len(cells) {
				s = cells[col]
			}
			w.out[i].addString(s)
		}
		c.row = append(c.row, int32(w.row))
	}
	if len(c.row) == 0 && len(c.bad) == 0 {
		w.drop()
		return nil, io.EOF
	}
	c.rows = len(c.row)
	c.cols = make([]*array.String, len(w.out))
	for i := range w.out {
		c.cols[i] = w.out[i].finish()
	}
	return c, nil
}

// check says why a row is not one of the table, or nothing.
func (w *workbook) check(cells []string) string {
	if len(cells) > w.width {
		return rowTooWide(w.width, len(cells))
	}
	for _, s := range cells {
		if !validText([]byte(s)) {
			return "有认不出的字符"
		}
	}
	return ""
}

func (w *workbook) drop() {
	for i := range w.out {
		w.out[i].drop()
	}
}
