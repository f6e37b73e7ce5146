package grid

import (
	"strings"
	"unicode"
)

// document is a .docx package's main part while it is read. Word tables are
// rows of cells on a grid of columns; a cell says how many columns it takes
// and whether it goes on with the cell above.
type document struct {
	m       *meter
	x       *xmlReader
	grids   []*Grid
	outside *paragraphs // of the body
	depth   int         // tables within each other
	next    int         // ordinal of the next table
}

// readDOCX reads the tables of a document whose main part is called main.
func readDOCX(m *meter, a *archive, main string) ([]*Grid, error) {
	data, err := a.read(main)
	if err != nil {
		return nil, err
	}
	grids, err := readWordXML(m, data)
	if err != nil {
		return nil, a.xmlError(main, err)
	}
	return grids, nil
}

// readWordXML reads the tables of WordprocessingML: the main part of a .docx,
// or the single XML file of Word 2003.
func readWordXML(m *meter, data []byte) ([]*Grid, error) {
	d := &document{m: m, x: newXMLReader(data), outside: &paragraphs{}}
	if err := d.block(d.outside, 0, false); err != nil {
		return nil, err
	}
	if len(d.grids) > 0 {
		d.grids[len(d.grids)-1].Tail = d.outside.take()
	} else {
		d.grids = prose(m.file, d.outside.take())
	}
	return d.grids, nil
}

// paragraphs collects the lines of a cell or of the body.
type paragraphs struct {
	lines []string
	open  []byte // the paragraph that is being read
	used  bool   // it has begun
}

func (p *paragraphs) end() {
	if p.used {
		p.lines = append(p.lines, string(p.open))
	}
	p.open, p.used = p.open[:0], false
}

// text joins the lines, without the empty ones at the end, which Word cells have.
func (p *paragraphs) text() string {
	p.end()
	n := len(p.lines)
	for n > 0 && blank(p.lines[n-1]) {
		n--
	}
	return strings.Join(p.lines[:n], "\n")
}

// take returns the lines with content, trimmed, and forgets them.
func (p *paragraphs) take() []string {
	p.end()
	var out []string
	for _, l := range p.lines {
		if l = strings.TrimFunc(l, unicode.IsSpace); l != "" {
			out = append(out, l)
		}
	}
	p.lines = nil
	return out
}

// element reads the element whose start tag was just read as block content.
func (d *document) element(p *paragraphs) error {
	depth := len(d.x.open)
	inText, err := d.start(p)
	if err != nil || len(d.x.open) < depth {
		return err
	}
	return d.block(p, depth, inText)
}

// block reads block content (paragraphs, tables, and what wraps them) until the
// elements nest less than depth.
func (d *document) block(p *paragraphs, depth int, inText bool) error {
	for {
		ev, err := d.x.next()
		if err != nil {
			return err
		}
		if err := d.m.tick(); err != nil {
			return err
		}
		switch ev {
		case xmlEOF:
			return nil
		case xmlText:
			if inText {
				p.open = d.x.appendText(p.open)
			}
		case xmlEnd:
			inText = false
			if string(d.x.name) == "p" {
				p.used = true
				p.end()
			}
			if len(d.x.open) < depth {
				return nil
			}
		case xmlStart:
			if inText, err = d.start(p); err != nil {
				return err
			}
		}
	}
}

// start handles one start tag within block content.
func (d *document) start(p *paragraphs) (inText bool, err error) {
	switch string(d.x.name) {
	case "t":
		p.used = true
		return true, nil
	case "tab", "ptab":
		// A tab stop's definition (w:tabs/w:tab) has a position.
		if _, def := d.x.attr("pos"); !def {
			p.open = append(p.open, '\t')
		}
	case "br", "cr":
		p.open = append(p.open, '\n')
	case "noBreakHyphen":
		p.open = append(p.open, '-')
	case "sym":
		p.open = append(p.open, symbol(d.x)...)
	case "tbl":
		p.end()
		return false, d.table(p)
	case "txbxContent":
		// A text box stands within a paragraph and has paragraphs of its own.
		box := &paragraphs{}
		if err := d.block(box, len(d.x.open), false); err != nil {
			return false, err
		}
		p.end()
		p.lines = append(p.lines, box.take()...)
	case "del", "moveFrom", "Fallback", "instrText", "delText", "delInstrText", "sectPr", "rPr", "pPr", "tblPr", "sdtPr", "rt":
		// Deleted or moved away; or the same content for old programs; or
		// properties, among which tracked changes keep former ones; or a hint
		// at how a word is spoken.
		return false, d.x.skipElement()
	}
	return false, nil
}

// symbol reads a character of a symbol font; only ticks and boxes are known.
func symbol(x *xmlReader) string {
	switch strings.ToUpper(x.str("char")) {
	case "F0FE", "F052", "00FE", "2611":
		return "☑"
	case "F0A8", "F06F", "F0A3", "00A8", "2610":
		return "□"
	case "F0FC", "00FC":
		return "√"
	}
	return ""
}
