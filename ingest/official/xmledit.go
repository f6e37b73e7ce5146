package official

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
)

// Annotated copies change a few places of a few parts of a package; everything
// else stays byte for byte. So parts are edited as text, at offsets that an XML
// tokenizer finds, and never written from a parsed form.

// tag is a start or end tag of a part.
type tag struct {
	name, prefix string // c of x:c, and x
	closing      bool   // an end tag; a self-closing tag is both, start first
	start, end   int    // offsets in the part
	attr         []xml.Attr
	depth        int // elements around it
}

// empty reports whether the tag closes itself.
func (t *tag) empty(data []byte) bool { return t.end >= 2 && data[t.end-2] == '/' }

// get returns an attribute by its local name.
func (t *tag) get(name string) (string, bool) {
	for _, a := range t.attr {
		if a.Name.Local == name {
			return a.Value, true
		}
	}
	return "", false
}

// full is the tag's name as written.
func (t *tag) full() string {
	if t.prefix == "" {
		return t.name
	}
	return t.prefix + ":" + t.name
}

// errPart says that a part is not what the edit expects.
var errPart = errors.New("unexpected content of a part")

// maxDepth bounds how deep elements may nest.
const maxDepth = 256

// walk calls visit for every tag of a part, and text for the texts between.
func walk(data []byte, visit func(t *tag) error, text func(s []byte)) error {
	d := xml.NewDecoder(bytes.NewReader(data))
	depth := 0
	for {
		start := int(d.InputOffset())
		tok, err := d.RawToken()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		t := tag{start: start, end: int(d.InputOffset())}
		switch x := tok.(type) {
		case xml.StartElement:
			t.name, t.prefix, t.attr, t.depth = x.Name.Local, x.Name.Space, x.Attr, depth
			if depth++; depth > maxDepth {
				return fmt.Errorf("%w: elements nest too deep", errPart)
			}
		case xml.EndElement:
			depth--
			t.name, t.prefix, t.closing, t.depth = x.Name.Local, x.Name.Space, true, depth
		case xml.CharData:
			if text != nil {
				text(x)
			}
			continue
		default:
			continue
		}
		if err := visit(&t); err != nil {
			return err
		}
	}
}

// edit replaces data[from:to] by text.
type edit struct {
	from, to int
	text     string
}

// apply makes the edits; of several at one place the first given comes first.
func apply(data []byte, edits []edit) ([]byte, error) {
	slices.SortStableFunc(edits, func(a, b edit) int { return a.from - b.from })
	var out bytes.Buffer
	out.Grow(len(data) + 256*len(edits))
	last := 0
	for _, e := range edits {
		if e.from < last || e.to < e.from || e.to > len(data) {
			return nil, fmt.Errorf("%w: edits overlap", errPart)
		}
		out.Write(data[last:e.from])
		out.WriteString(e.text)
		last = e.to
	}
	out.Write(data[last:])
	return out.Bytes(), nil
}

// setAttr returns a start tag's text with an attribute set.
func setAttr(tagText, name, value string) string {
	set := " " + name + `="` + escape(value) + `"`
	if at := attrPattern(name).FindStringIndex(tagText); at != nil {
		return tagText[:at[0]] + set + tagText[at[1]:]
	}
	n := strings.IndexAny(tagText, " \t\r\n/>")
	if n < 0 {
		return tagText
	}
	return tagText[:n] + set + tagText[n:]
}

func attrPattern(name string) *regexp.Regexp {
	return regexp.MustCompile(`\s` + regexp.QuoteMeta(name) + `\s*=\s*("[^"]*"|'[^']*')`)
}

// inside returns the edit that adds text at the end of the element whose start
// tag is open and whose end tag is close.
func inside(data []byte, open, end *tag, text string) edit {
	if open.empty(data) {
		body := strings.TrimSuffix(string(data[open.start:open.end]), "/>")
		return edit{open.start, open.end, body + ">" + text + "</" + open.full() + ">"}
	}
	return edit{end.start, end.start, text}
}
