package grid

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// readCSV reads text with separated fields, already in UTF-8.
func readCSV(m *meter, text []byte) ([]*Grid, error) {
	sep, text := separator(text, extension(m.file))
	b := newBuilder(&Grid{File: m.file}, m)
	p := csvParser{rest: text, sep: sep}
	for row := 0; len(p.rest) > 0; row++ {
		for col, last := 0, false; !last; col++ {
			var field string
			field, last = p.field()
			if err := b.put(Cell{Row: row, Col: col, Text: field}); err != nil {
				return nil, err
			}
		}
	}
	g, err := b.finish()
	if err != nil || g == nil {
		return nil, err
	}
	return []*Grid{g}, nil
}

var separators = [...]byte{',', '\t', ';', '|'}

// separator finds the character between fields: the one that Excel's "sep="
// line names, else the one that cuts most of the first rows into the same
// number of fields.
func separator(text []byte, ext string) (sep byte, rest []byte) {
	if line, rest, ok := bytes.Cut(text, []byte("\n")); ok {
		if line = bytes.TrimRight(line, "\r"); len(line) == 5 && bytes.EqualFold(line[:4], []byte("sep=")) {
			return line[4], rest
		}
	}
	sep = ','
	if ext == ".tsv" || ext == ".tab" {
		sep = '\t'
	}
	best := evenness(text, sep)
	for _, s := range separators {
		if e := evenness(text, s); e > best {
			sep, best = s, e
		}
	}
	return sep, text
}

// evenness is the share of the first rows with the most frequent number of
// fields, plus a little for more fields; 0 if that number is one.
func evenness(text []byte, sep byte) float64 {
	p := csvParser{rest: text[:min(len(text), 1<<16)], sep: sep}
	counts := map[int]int{}
	rows := 0
	for ; rows < 100 && len(p.rest) > 0; rows++ {
		n := 1
		p.odd = false
		for filled := false; ; n++ {
			field, last := p.field()
			filled = filled || field != ""
			if last {
				if !filled && n == 1 {
					rows--
					n = 0 // a blank line says nothing
				}
				break
			}
		}
		// With the wrong separator quotes end up in the wrong places.
		if n > 0 && !p.odd {
			counts[n]++
		}
	}
	best := 0.0
	for n, k := range counts {
		if n > 1 {
			best = max(best, float64(k)/float64(rows)+float64(min(n, 50))/1000)
		}
	}
	return best
}

// csvParser cuts text into fields. It follows RFC 4180 and takes what people's
// exports make of it: a quote within a field, or one that is never closed, is
// a character like others.
type csvParser struct {
	rest     []byte
	sep      byte
	unclosed bool // no quote ends a field from here on
	odd      bool // a quote stood where RFC 4180 has none, within a quoted field
}

// field returns the next field, and whether it is the last of its row.
func (p *csvParser) field() (text string, last bool) {
	if len(p.rest) > 0 && p.rest[0] == '"' && !p.unclosed {
		if text, last, ok := p.quoted(); ok {
			return text, last
		}
		p.unclosed = true
	}
	n := 0
	for n < len(p.rest) && p.rest[n] != p.sep && p.rest[n] != '\n' && p.rest[n] != '\r' {
		n++
	}
	text = string(p.rest[:n])
	// Excel writes ="0012" to keep a number's leading zeros.
	if len(text) > 3 && strings.HasPrefix(text, `="`) && text[len(text)-1] == '"' {
		text = strings.ReplaceAll(text[2:len(text)-1], `""`, `"`)
	}
	return text, p.step(n)
}

// quoted reads a field in quotes; not ok if they aren't closed.
func (p *csvParser) quoted() (text string, last, ok bool) {
	var buf []byte
	s := p.rest[1:]
	for {
		n := bytes.IndexByte(s, '"')
		if n < 0 {
			return "", false, false
		}
		buf = append(buf, s[:n]...)
		s = s[n+1:]
		switch {
		case len(s) == 0 || s[0] == p.sep || s[0] == '\n' || s[0] == '\r':
			last = p.step(len(p.rest) - len(s))
			return lineEnds(buf), last, true
		case s[0] == '"':
			s = s[1:]
		default:
			p.odd = true
		}
		buf = append(buf, '"')
	}
}

// step moves behind the field of n bytes and the separator or line end after it.
func (p *csvParser) step(n int) (last bool) {
	p.rest = p.rest[n:]
	if len(p.rest) == 0 {
		return true
	}
	c := p.rest[0]
	p.rest = p.rest[1:]
	if c == '\r' && len(p.rest) > 0 && p.rest[0] == '\n' {
		p.rest = p.rest[1:]
	}
	return c != p.sep
}

// lineEnds makes all line ends \n.
func lineEnds(b []byte) string {
	if bytes.IndexByte(b, '\r') >= 0 {
		b = bytes.ReplaceAll(b, []byte("\r\n"), []byte("\n"))
		b = bytes.ReplaceAll(b, []byte("\r"), []byte("\n"))
	}
	if !utf8.Valid(b) {
		b = bytes.ToValidUTF8(b, []byte("\uFFFD"))
	}
	return string(b)
}
