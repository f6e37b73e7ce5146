package grid

import (
	"math"
	"strconv"
)

// readSheet reads one worksheet; nil stands for one without text.
func (w *workbook) readSheet(s sheetRef, index int) (*Grid, error) {
	data, err := w.a.read(s.part)
	if err != nil {
		return nil, err
	}
	b := newBuilder(&Grid{File: w.m.file, Sheet: s.name, Index: index, Hidden: s.hidden}, w.m)
	row, col := -1, -1
	for x := newXMLReader(data); ; {
		ev, err := x.next()
		if err != nil {
			return nil, w.a.broken(s.part, err)
		}
		if ev == xmlEOF {
			return b.finish()
		}
		if ev != xmlStart {
			continue
		}
		switch string(x.name) {
		case "row":
			row, col = x.num("r", row+2)-1, -1
			if row < 0 {
				row = 0
			}
			err = w.m.tick()
		case "c":
			if ref, ok := x.attr("r"); ok {
				// A place beyond any worksheet is damage or an attack, not
				// something to be guessed at.
				if r, c, ok := parseAddress(ref); ok {
					row, col = r, c
				} else {
					return nil, w.a.broken(s.part, &addressError{string(ref)})
				}
			} else {
				row, col = max(row, 0), col+1
			}
			err = w.readCell(b, x, row, col)
		case "mergeCell":
			ref, _ := x.attr("ref")
			if span, ok := parseRange(ref); ok {
				err = b.merge(span)
			}
		}
		if err != nil {
			return nil, w.a.xmlError(s.part, err)
		}
	}
}

type addressError struct{ ref string }

func (e *addressError) Error() string {
	return "no such place on a worksheet: " + strconv.QuoteToASCII(e.ref)
}

// readCell reads the cell whose start tag was just read.
func (w *workbook) readCell(b *builder, x *xmlReader, row, col int) error {
	kind := x.str("t")
	style := x.num("s", 0)
	var text string
	formula, valued := false, false
	w.buf = w.buf[:0]
	var source []byte // of the formula
	inValue, inFormula := false, false
	for depth := len(x.open); len(x.open) >= depth; {
		ev, err := x.next()
		if err != nil {
			return err
		}
		switch ev {
		case xmlStart:
			switch string(x.name) {
			case "v":
				inValue, valued = true, true
			case "is":
				if text, err = w.richText(x); err != nil {
					return err
				}
				valued = true
			case "f":
				formula, inFormula = true, true
			}
		case xmlEnd:
			inValue, inFormula = false, false
		case xmlText:
			if inValue {
				w.buf = x.appendText(w.buf)
			}
			if inFormula {
				source = x.appendText(source)
			}
		}
	}
	c := Cell{Row: row, Col: col, Text: text}
	if len(w.buf) == 0 {
		switch {
		case !formula || c.Text != "":
		case typedAsText(source):
			c.Text = "=" + unescape(source)
		case !valued && len(b.g.Uncomputed) < 1000:
			b.g.Uncomputed = append(b.g.Uncomputed, Address(row, col))
		}
		return b.put(c)
	}
	w.value(&c, kind, style, b.g.Sheet)
	return b.put(c)
}

// typedAsText reports whether a formula without a computed value is what a
// person typed as a target, such as =116人 or =100%, which programs that write
// workbooks store as a formula: it names no cell and calls no function.
func typedAsText(formula []byte) bool {
	letters := false // a run of Latin letters, which with a digit behind it names a cell
	for _, b := range formula {
		switch {
		case b == '(' || b == '!' || b == '$' || b == ':' || b == '[':
			return false
		case b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z':
			letters = true
		case b >= '0' && b <= '9' && letters:
			return false
		default:
			letters = false
		}
	}
	return len(formula) > 0
}

// value turns the stored value in w.buf into what the cell shows.
func (w *workbook) value(c *Cell, kind string, style int, sheet string) {
	switch kind {
	case "s":
		if n, err := strconv.Atoi(string(w.buf)); err == nil && n >= 0 && n < len(w.strings) {
			c.Text = w.strings[n]
		}
	case "str":
		c.Text = unescape(w.buf)
	case "inlineStr":
		if c.Text == "" {
			c.Text = unescape(w.buf)
		}
	case "b":
		c.Text = "FALSE"
		if string(w.buf) == "1" || string(w.buf) == "true" {
			c.Text = "TRUE"
		}
	case "e":
		c.Text = string(w.buf)
	case "d":
		w.isoDate(c, style)
	default:
		n, err := strconv.ParseFloat(string(w.buf), 64)
		if err != nil || math.IsInf(n, 0) || math.IsNaN(n) {
			c.Text = unescape(w.buf)
			return
		}
		w.number(c, n, style, sheet)
	}
}

// number shows n by the cell's number format.
func (w *workbook) number(c *Cell, n float64, style int, sheet string) {
	f := w.styles.format(style)
	c.Number, c.IsNumber, c.IsDate = n, true, f.date
	text, ok := f.show(n, w.date4)
	if !ok {
		text, ok = w.fallback(sheet, Address(c.Row, c.Col))
	}
	if !ok {
		text = general(n)
	}
	c.Text = text
}
