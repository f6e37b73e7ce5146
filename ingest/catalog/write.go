package catalog

import (
	"encoding/csv"
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"

	"yardstick/indicators/library"
)

// The formats that Write knows.
const (
	CSV  = "csv"  // UTF-8 with byte order mark, so that spreadsheets open it
	XLSX = "xlsx" // one sheet 指标库, head frozen
)

// Write writes entries as a table under the Chinese headings that Read knows,
// all columns, one row each: what it writes reads back as it was.
func Write(to io.Writer, format string, entries []library.Entry) error {
	head := make([]string, 0, len(library.Columns()))
	for _, c := range library.Columns() {
		head = append(head, library.Label(c))
	}
	row := func(e library.Entry) []string {
		out := make([]string, 0, len(head))
		for _, c := range library.Columns() {
			out = append(out, e.Get(c))
		}
		return out
	}
	switch format {
	case CSV:
		return writeCSV(to, head, entries, row)
	case XLSX:
		return writeXLSX(to, head, entries, row)
	}
	return fmt.Errorf("write library: no format %q, want csv or xlsx", format)
}

func writeCSV(to io.Writer, head []string, entries []library.Entry, row func(library.Entry) []string) error {
	if _, err := io.WriteString(to, "\ufeff"); err != nil {
		return fmt.Errorf("write library: %w", err)
	}
	w := csv.NewWriter(to)
	if err := w.Write(head); err != nil {
		return fmt.Errorf("write library: %w", err)
	}
	for _, e := range entries {
		if err := w.Write(row(e)); err != nil {
			return fmt.Errorf("write library: %w", err)
		}
	}
	w.Flush()
	return w.Error()
}

// widths are the widths of the columns of a workbook, in characters; the rest
// are 14.
var widths = map[string]float64{"name": 28, "aliases": 30, "meaning": 48, "formula": 40, "project_types": 22, "data_source": 24, "scoring": 24, "evidence": 24, "note": 36}

func writeXLSX(to io.Writer, head []string, entries []library.Entry, row func(library.Entry) []string) (err error) {
	const sheet = "指标库"
	book := excelize.NewFile()
	defer func() {
		if e := book.Close(); err == nil {
			err = e
		}
	}()
	if err := book.SetSheetName(book.GetSheetName(0), sheet); err != nil {
		return fmt.Errorf("write library: %w", err)
	}
	w, err := book.NewStreamWriter(sheet)
	if err != nil {
		return fmt.Errorf("write library: %w", err)
	}
	for i, c := range library.Columns() {
		width, ok := widths[c]
		if !ok {
			width = 14
		}
		if err := w.SetColWidth(i+1, i+1, width); err != nil {
			return fmt.Errorf("write library: %w", err)
		}
	}
	if err := w.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, XSplit: 2, TopLeftCell: "C2", ActivePane: "bottomRight"}); err != nil {
		return fmt.Errorf("write library: %w", err)
	}
	put := func(n int, cells []string) error {
		values := make([]any, len(cells))
		for i, c := range cells {
			values[i] = c
		}
		return w.SetRow(fmt.Sprintf("A%d", n), values)
	}
	if err := put(1, head); err != nil {
		return fmt.Errorf("write library: %w", err)
	}
	for i, e := range entries {
		if err := put(i+2, row(e)); err != nil {
			return fmt.Errorf("write library: %w", err)
		}
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("write library: %w", err)
	}
	if err := book.Write(to); err != nil {
		return fmt.Errorf("write library: %w", err)
	}
	return nil
}
