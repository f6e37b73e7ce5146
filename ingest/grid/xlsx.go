package grid

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"strconv"

	"yardstick"
)

// workbook is an .xlsx package while it is read.
type workbook struct {
	a       *archive
	m       *meter
	data    []byte // the file, for the fallback
	sheets  []sheetRef
	strings []string
	styles  styles
	date4   bool // dates count from 1904
	old     *fallback
	buf     []byte
}

type sheetRef struct {
	name, part string
	hidden     bool
}

// readXLSX reads all worksheets of a workbook whose main part is called main.
//
// It reads the XML itself because excelize needs several times as long for the
// same forms (BenchmarkXLSX, BenchmarkExcelize): it decodes all parts by
// reflection. Number formats that it does not know are left to excelize.
func readXLSX(m *meter, a *archive, main string, data []byte) ([]*Grid, error) {
	w := &workbook{a: a, m: m, data: data}
	rels, err := a.relations(main)
	if err != nil {
		return nil, err
	}
	if err := w.readMain(main, rels); err != nil {
		return nil, err
	}
	for _, r := range rels {
		switch r.kind {
		case "sharedStrings":
			err = w.readStrings(r.target)
		case "styles":
			err = w.readStyles(r.target)
		}
		if err != nil && !errors.Is(err, errNoPart) {
			return nil, err
		}
	}
	var grids []*Grid
	for i, s := range w.sheets {
		if s.part == "" {
			continue
		}
		g, err := w.readSheet(s, i)
		if errors.Is(err, errNoPart) {
			return nil, &Problem{Code: yardstick.FileBroken, File: m.file, Sheet: s.name, Err: err,
				Msg: fmt.Sprintf("%s 已损坏：缺少工作表“%s”的内容。请在表格软件里打开另存后再导入。", base(m.file), s.name)}
		}
		if err != nil {
			return nil, err
		}
		if g != nil {
			grids = append(grids, g)
		}
	}
	return grids, nil
}

// readMain reads the list of sheets.
func (w *workbook) readMain(main string, rels map[string]relation) error {
	return w.walk(main, func(x *xmlReader) error {
		switch string(x.name) {
		case "workbookPr":
			w.date4 = x.flag("date1904", false)
		case "sheet":
			if len(w.sheets) >= w.m.opt.MaxSheets {
				return w.m.tooLarge("", "", fmt.Sprintf("工作表超过 %s 个", grouped(w.m.opt.MaxSheets)))
			}
			s := sheetRef{name: x.str("name")}
			if state, ok := x.attr("state"); ok {
				s.hidden = string(state) != "visible"
			}
			// A chart sheet has no cells; a sheet without any relation is damage
			// that the lack of content will show.
			if r := rels[x.str("id")]; r.kind == "worksheet" {
				s.part = r.target
			}
			w.sheets = append(w.sheets, s)
		}
		return nil
	})
}

// walk reads a part and calls start for each start tag.
func (w *workbook) walk(part string, start func(x *xmlReader) error) error {
	data, err := w.a.read(part)
	if err != nil {
		return err
	}
	for x := newXMLReader(data); ; {
		ev, err := x.next()
		switch {
		case err != nil:
			return w.a.broken(part, err)
		case ev == xmlEOF:
			return nil
		case ev == xmlStart:
			if err := start(x); err != nil {
				return w.a.xmlError(part, err)
			}
		}
		if err := w.m.tick(); err != nil {
			return err
		}
	}
}

// readStrings reads the texts that cells refer to by their number.
func (w *workbook) readStrings(part string) error {
	return w.walk(part, func(x *xmlReader) error {
		if string(x.name) != "si" {
			return nil
		}
		s, err := w.richText(x)
		if err != nil {
			return err
		}
		w.strings = append(w.strings, s)
		if len(w.strings) > 2*w.m.opt.MaxCells {
			return w.m.tooLarge("", "", fmt.Sprintf("文字超过 %s 条", grouped(2*w.m.opt.MaxCells)))
		}
		return w.m.addText("", len(s))
	})
}

// richText returns the text of the element whose start was just read: the
// texts of all runs, without phonetic hints.
func (w *workbook) richText(x *xmlReader) (string, error) {
	w.buf = w.buf[:0]
	inText := false
	for depth := len(x.open); len(x.open) >= depth; {
		ev, err := x.next()
		if err != nil {
			return "", err
		}
		switch ev {
		case xmlStart:
			switch string(x.name) {
			case "t":
				inText = true
			case "rPh":
				if err := x.skipElement(); err != nil {
					return "", err
				}
			}
		case xmlEnd:
			inText = false
		case xmlText:
			if inText {
				w.buf = x.appendText(w.buf)
			}
		}
	}
	return unescape(w.buf), nil
}

var escaped = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

// unescape resolves _x000D_ and the like, by which OOXML writes characters
// that XML can't hold, and makes line ends \n.
func unescape(b []byte) string {
	if bytes.Contains(b, []byte("_x")) {
		b = escaped.ReplaceAllFunc(b, func(m []byte) []byte {
			n, err := strconv.ParseUint(string(m[2:6]), 16, 32)
			if err != nil || n >= 0xD800 && n < 0xE000 {
				return m
			}
			return []byte(string(rune(n)))
		})
	}
	if bytes.IndexByte(b, '\r') >= 0 {
		b = bytes.ReplaceAll(b, []byte("\r\n"), []byte("\n"))
		b = bytes.ReplaceAll(b, []byte("\r"), []byte("\n"))
	}
	return string(b)
}
