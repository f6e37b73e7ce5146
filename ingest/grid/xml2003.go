package grid

import (
	"errors"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"

	"yardstick"
)

var xmlEncoding = regexp.MustCompile(`^\s*<\?xml[^>]*encoding\s*=\s*["']([A-Za-z0-9_-]+)`)

// readXML reads the XML that Office 2003 writes, which many systems still
// export under the name .xls or .doc.
func readXML(m *meter, text []byte) ([]*Grid, error) {
	x := newXMLReader(text)
	ev, err := x.next()
	if err != nil {
		return nil, brokenXML(m, err)
	}
	if ev == xmlStart {
		switch string(x.name) {
		case "Workbook":
			s := &xmlWorkbook{m: m, x: x, formats: map[string]*numFmt{}}
			if err := s.read(); err != nil {
				return nil, brokenXML(m, err)
			}
			return s.grids, nil
		case "wordDocument", "package": // Word 2003, and a .docx in one file
			grids, err := readWordXML(m, text)
			if err != nil {
				return nil, brokenXML(m, err)
			}
			return grids, nil
		case "html":
			return readHTML(m, text)
		}
	}
	return nil, problem(yardstick.FileUnsupported, m.file, " 是 XML 数据，但不是表格或文档。请在原系统里另导出为 .xlsx 或 .csv。", nil)
}

func brokenXML(m *meter, err error) error {
	var p *Problem
	if errors.As(err, &p) || m.alive() != nil {
		return err
	}
	return brokenPart(m.file, "xml", err)
}

// xmlWorkbook is an Excel 2003 XML workbook while it is read.
type xmlWorkbook struct {
	m       *meter
	x       *xmlReader
	grids   []*Grid
	formats map[string]*numFmt // style → number format
	style   string             // the style that is being read
}

// namedFormats are the formats that this dialect has names for.
var namedFormats = map[string]string{
	"General": "", "General Number": "", "Fixed": "0.00", "Standard": "#,##0.00", "Currency": `"¥"#,##0.00`,
	"Percent": "0.00%", "Scientific": "0.00E+00", "Short Date": "yyyy/m/d", "Medium Date": "d-mmm-yy",
	"Long Date": `yyyy"年"m"月"d"日"`, "General Date": "yyyy/m/d h:mm", "Short Time": "h:mm", "Medium Time": "h:mm AM/PM", "Long Time": "h:mm:ss",
}

func (s *xmlWorkbook) read() error {
	x := s.x
	for ordinal := 0; ; {
		ev, err := x.next()
		if err != nil {
			return err
		}
		if ev == xmlEOF {
			return nil
		}
		if ev != xmlStart {
			continue
		}
		switch string(x.name) {
		case "Style":
			s.style = x.str("ID")
		case "NumberFormat":
			code := x.str("Format")
			if named, ok := namedFormats[code]; ok {
				code = named
			}
			s.formats[s.style] = parseNumFmt(code)
		case "Worksheet":
			g := &Grid{File: s.m.file, Sheet: x.str("Name"), Index: ordinal}
			if ordinal++; ordinal > s.m.opt.MaxSheets {
				return s.m.tooLarge("", "", "工作表超过 "+grouped(s.m.opt.MaxSheets)+" 个")
			}
			if err := s.sheet(g, len(x.open)); err != nil {
				return err
			}
		}
		if err := s.m.tick(); err != nil {
			return err
		}
	}
}

// sheet reads one worksheet up to its end.
func (s *xmlWorkbook) sheet(g *Grid, depth int) error {
	x := s.x
	b := newBuilder(g, s.m)
	row, col := -1, -1
	for {
		ev, err := x.next()
		if err != nil {
			return err
		}
		if ev == xmlEOF || ev == xmlEnd && len(x.open) < depth {
			break
		}
		if ev != xmlStart {
			continue
		}
		switch string(x.name) {
		case "Row":
			row, col = max(0, x.num("Index", row+2)-1), -1
		case "Cell":
			c := Cell{Row: max(row, 0), Col: max(0, x.num("Index", col+2)-1)}
			c.ColSpan, c.RowSpan = max(0, x.num("MergeAcross", 0))+1, max(0, x.num("MergeDown", 0))+1
			col = c.Col + c.ColSpan - 1
			if err := s.cell(&c, x.str("StyleID"), len(x.open)); err != nil {
				return err
			}
			err = b.put(c)
		case "Visible":
			if ev, err := x.next(); err != nil || ev == xmlText && string(x.raw) != "SheetVisible" {
				g.Hidden = true
			}
		}
		if err != nil {
			return err
		}
	}
	done, err := b.finish()
	if done != nil {
		s.grids = append(s.grids, done)
	}
	return err
}

// cell reads the content of a cell up to its end.
func (s *xmlWorkbook) cell(c *Cell, style string, depth int) error {
	x := s.x
	kind := ""
	var buf []byte
	inData := 0 // depth of the open Data element; texts in rich text nest deeper
	for {
		ev, err := x.next()
		if err != nil {
			return err
		}
		switch {
		case ev == xmlEOF || ev == xmlEnd && len(x.open) < depth:
			c.Text = unescape(buf)
			s.typed(c, kind, style)
			return nil
		case ev == xmlStart && string(x.name) == "Data":
			kind, inData = x.str("Type"), len(x.open)
		case ev == xmlStart && string(x.name) == "Comment":
			if err := x.skipElement(); err != nil {
				return err
			}
		case ev == xmlText && inData > 0 && len(x.open) >= inData:
			buf = x.appendText(buf)
		}
	}
}

// typed shows numbers and dates by the cell's style.
func (s *xmlWorkbook) typed(c *Cell, kind, style string) {
	f := s.formats[style]
	switch kind {
	case "Number":
		n, err := strconv.ParseFloat(strings.TrimSpace(c.Text), 64)
		if err != nil || math.IsInf(n, 0) || math.IsNaN(n) {
			return
		}
		c.Number, c.IsNumber = n, true
	case "DateTime":
		t, err := time.Parse("2006-01-02T15:04:05", c.Text)
		if err != nil {
			return
		}
		c.Number, c.IsNumber, c.IsDate = timeSerial(t, false), true, true
		if f == nil || !f.date {
			f = parseNumFmt("yyyy/m/d")
		}
	default:
		return
	}
	if f == nil {
		f = parseNumFmt("")
	}
	c.IsDate = c.IsDate || f.date
	if text, ok := f.show(c.Number, false); ok {
		c.Text = text
	} else {
		c.Text = general(c.Number)
	}
}
