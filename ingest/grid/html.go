package grid

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

var charset = regexp.MustCompile(`(?i)charset\s*=\s*["']?\s*([a-z0-9_-]+)`)

// htmlCharset returns the encoding that a page declares, "" for none.
func htmlCharset(data []byte) string {
	m := charset.FindSubmatch(data[:min(len(data), 4096)])
	if m == nil {
		return ""
	}
	return string(m[1])
}

// page is an HTML document while it is read. It goes through the tokens once
// and keeps only the open tables: a tree would cost a multiple of the file, and
// pages that nest without end are cheap to make.
type page struct {
	m       *meter
	grids   []*Grid
	tables  []*htmlTable // open ones, the innermost last
	outside flow
	next    int
	skip    atom.Atom // the element whose content is left out: script, style …
}

// readHTML reads the tables of a page that is already in UTF-8.
func readHTML(m *meter, text []byte) ([]*Grid, error) {
	p := &page{m: m}
	z := html.NewTokenizer(bytes.NewReader(text))
	for {
		kind := z.Next()
		if err := m.tick(); err != nil {
			return nil, err
		}
		var err error
		switch kind {
		case html.ErrorToken: // the end; the tokenizer takes everything else
			return p.finish()
		case html.TextToken:
			if p.skip == 0 {
				p.flow().text(z.Text())
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			err = p.start(z, kind == html.SelfClosingTagToken)
		case html.EndTagToken:
			name, _ := z.TagName()
			err = p.end(atom.Lookup(name))
		}
		if err != nil {
			return nil, err
		}
	}
}

func (p *page) finish() ([]*Grid, error) {
	for len(p.tables) > 0 {
		if err := p.closeTable(); err != nil {
			return nil, err
		}
	}
	p.grids = slices.DeleteFunc(p.grids, func(g *Grid) bool { return g.Rows == 0 })
	for i, g := range p.grids {
		g.Index = i
	}
	if n := len(p.grids); n > 0 {
		p.grids[n-1].Tail = p.outside.take()
		return p.grids, nil
	}
	return prose(p.m.file, p.outside.take()), nil
}

// flow returns where text goes: the innermost open cell, or the page.
func (p *page) flow() *flow {
	if n := len(p.tables); n > 0 {
		return &p.tables[n-1].flow
	}
	return &p.outside
}

func (p *page) start(z *html.Tokenizer, closed bool) error {
	name, more := z.TagName()
	tag := atom.Lookup(name)
	if p.skip != 0 {
		return nil
	}
	t := p.table()
	switch tag {
	case atom.Script, atom.Style, atom.Title, atom.Textarea, atom.Select, atom.Noscript, atom.Template:
		if !closed {
			p.skip = tag
		}
	case atom.Table:
		return p.openTable()
	case atom.Tr:
		if t != nil {
			t.endCell()
			t.nextRow()
		}
	case atom.Td, atom.Th:
		if t != nil {
			t.endCell()
			return t.startCell(attributes(z, more))
		}
	case atom.Thead, atom.Tbody, atom.Tfoot:
		if t != nil {
			t.endCell()
			t.endGroup()
		}
	case atom.Br:
		p.flow().line()
	case atom.Input:
		a := attributes(z, more)
		if kind := strings.ToLower(a["type"]); kind == "" || kind == "text" {
			p.flow().text([]byte(a["value"]))
		}
	case atom.P, atom.Div, atom.Li, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Center, atom.Caption, atom.Dd, atom.Dt, atom.Hr, atom.Section:
		p.flow().paragraph()
	}
	return nil
}

func (p *page) end(tag atom.Atom) error {
	if p.skip != 0 {
		if tag == p.skip {
			p.skip = 0
		}
		return nil
	}
	t := p.table()
	switch tag {
	case atom.Table:
		if t != nil {
			return p.closeTable()
		}
	case atom.Td, atom.Th, atom.Tr:
		if t != nil {
			t.endCell()
		}
	case atom.Thead, atom.Tbody, atom.Tfoot:
		if t != nil {
			t.endCell()
			t.endGroup()
		}
	case atom.P, atom.Div, atom.Li, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Center, atom.Caption, atom.Dd, atom.Dt, atom.Section:
		p.flow().paragraph()
	}
	return nil
}

func attributes(z *html.Tokenizer, more bool) map[string]string {
	a := map[string]string{}
	for more {
		var k, v []byte
		k, v, more = z.TagAttr()
		if len(a) < 64 {
			a[string(k)] = string(v)
		}
	}
	return a
}

func (p *page) table() *htmlTable {
	if n := len(p.tables); n > 0 {
		return p.tables[n-1]
	}
	return nil
}

func (p *page) openTable() error {
	if len(p.tables) >= maxTableDepth {
		return p.m.tooLarge("", "", fmt.Sprintf("表格嵌套超过 %d 层", maxTableDepth))
	}
	if p.next++; p.next > p.m.opt.MaxSheets {
		return p.m.tooLarge("", "", fmt.Sprintf("表格超过 %s 个", grouped(p.m.opt.MaxSheets)))
	}
	g := &Grid{File: p.m.file, Index: p.next - 1}
	if outer := p.table(); outer == nil {
		g.Heading = p.outside.take()
	} else {
		g.Heading = outer.flow.lines()
		if outer.open {
			g.Inside = Address(outer.cell.Row, outer.cell.Col)
		}
	}
	p.grids = append(p.grids, g)
	p.tables = append(p.tables, &htmlTable{b: newBuilder(g, p.m), row: -1})
	return nil
}

// closeTable lays out the innermost table; its text becomes part of the cell
// that holds it.
func (p *page) closeTable() error {
	t := p.table()
	t.endCell()
	t.row++
	t.endGroup()
	p.tables = p.tables[:len(p.tables)-1]
	for _, c := range t.cells {
		if err := t.b.put(c); err != nil {
			return err
		}
	}
	g, err := t.b.finish()
	if err != nil {
		return err
	}
	outer := p.flow()
	outer.paragraph()
	if g == nil {
		if len(p.tables) == 0 {
			outer.restore(t.b.g.Heading)
		}
		return nil
	}
	g.Heading = append(g.Heading, t.flow.take()...) // a caption
	if len(p.tables) > 0 {
		for _, c := range g.Cells {
			outer.buf = append(append(outer.buf, strings.TrimFunc(c.Text, unicode.IsSpace)...), '\n')
		}
	}
	return p.m.addText("", len(outer.buf))
}

// number reads the x:num attribute that Excel leaves in its pages: the stored
// number, or nothing if the text is it.
func number(c *Cell, a map[string]string) {
	v, ok := a["x:num"]
	if !ok {
		return
	}
	if v == "" {
		v = strings.TrimSpace(c.Text)
	}
	if n, err := strconv.ParseFloat(v, 64); err == nil {
		c.Number, c.IsNumber = n, true
	}
}

// flow is text as a browser breaks it into lines: blanks collapse, and those
// with a line break between two Chinese characters vanish.
type flow struct {
	buf   []byte
	space bool // a blank is due
	brk   bool // with a line break in it
}

func (f *flow) text(s []byte) {
	for len(s) > 0 {
		r, n := utf8.DecodeRune(s)
		switch r {
		case '\n', '\r':
			f.space, f.brk = true, true
		case ' ', '\t', '\f':
			f.space = true
		default:
			if r == 0xa0 {
				r = ' '
			}
			if f.space && len(f.buf) > 0 {
				last, _ := utf8.DecodeLastRune(f.buf)
				if last != '\n' && (!f.brk || !wide(last) || !wide(r)) {
					f.buf = append(f.buf, ' ')
				}
			}
			f.buf = utf8.AppendRune(f.buf, r)
			f.space, f.brk = false, false
		}
		s = s[n:]
	}
}

func wide(r rune) bool {
	return r >= 0x3000 && r < 0xa000 || r >= 0xff01 && r <= 0xff60 || r >= 0x20000 && r < 0x32000
}

func (f *flow) line() { f.buf, f.space, f.brk = append(f.buf, '\n'), false, false }

// paragraph starts a new line unless this one is empty.
func (f *flow) paragraph() {
	if n := len(f.buf); n > 0 && f.buf[n-1] != '\n' {
		f.buf = append(f.buf, '\n')
	}
	f.space, f.brk = false, false
}

// lines returns the lines with content, trimmed.
func (f *flow) lines() []string {
	var out []string
	for l := range strings.SplitSeq(string(f.buf), "\n") {
		if l = strings.TrimFunc(l, unicode.IsSpace); l != "" {
			out = append(out, l)
		}
	}
	return out
}

// take returns the lines and forgets them.
func (f *flow) take() []string {
	out := f.lines()
	f.buf, f.space, f.brk = nil, false, false
	return out
}

// restore puts lines back in front.
func (f *flow) restore(lines []string) {
	if len(lines) > 0 {
		f.buf = append([]byte(strings.Join(lines, "\n")+"\n"), f.buf...)
	}
}
