package grid

import (
	"bytes"

	"github.com/xuri/excelize/v2"
)

// fallbackBytes is how much a workbook may unpack to for the fallback:
// excelize holds it as a tree of about ten times that size.
const fallbackBytes = 16 << 20

// fallback is the workbook as excelize reads it, for number formats that are
// rare: fractions, Chinese numerals, other calendars.
type fallback struct {
	file *excelize.File // nil if it could not be opened
}

// fallback returns the text of one cell as excelize shows it.
func (w *workbook) fallback(sheet, cell string) (string, bool) {
	if w.old == nil {
		w.old = &fallback{}
		if w.m.unpack <= fallbackBytes {
			f, err := excelize.OpenReader(bytes.NewReader(w.data), excelize.Options{
				UnzipSizeLimit: fallbackBytes, UnzipXMLSizeLimit: fallbackBytes,
				ShortDatePattern: "yyyy/m/d", CultureInfo: excelize.CultureNameZhCN,
			})
			if err == nil {
				w.old.file = f
			}
		}
	}
	if w.old.file == nil || w.m.alive() != nil {
		return "", false
	}
	text, err := w.old.file.GetCellValue(sheet, cell)
	return text, err == nil && text != ""
}
