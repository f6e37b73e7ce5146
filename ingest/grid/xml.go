package grid

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"unicode/utf8"
)

// errDoctype stops a document type declaration: office files have none, and it
// is the door to entities that unfold without end.
var errDoctype = errors.New("document type declarations are not read")

const maxXMLDepth = 4096 // elements within each other

// event is what the xmlReader stands on.
type event uint8

const (
	xmlEOF event = iota
	xmlStart
	xmlEnd
	xmlText
)

// xmlReader walks through an XML document in memory. It reads the subset that
// office files use, several times as fast as encoding/xml, which took most of
// the time of reading a workbook: names without their prefix, attributes on
// demand, the predefined entities, and no document types. Start and end tags
// are checked against each other, so that a truncated document is an error.
type xmlReader struct {
	data  []byte
	pos   int
	name  []byte   // local name of the start or end tag
	attrs []byte   // the start tag behind its name
	raw   []byte   // the text, before entities are resolved
	cdata bool     // raw is taken as it is
	open  [][]byte // full names of the open elements
	close bool     // the start tag closed itself; its end comes next
}

func newXMLReader(data []byte) *xmlReader {
	return &xmlReader{data: bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))}
}

// next moves on to the next tag or text.
func (x *xmlReader) next() (event, error) {
	if x.close {
		x.close = false
		return xmlEnd, x.pop(x.open[len(x.open)-1])
	}
	for x.pos < len(x.data) {
		rest := x.data[x.pos:]
		if rest[0] != '<' {
			n := bytes.IndexByte(rest, '<')
			if n < 0 {
				n = len(rest)
			}
			x.raw, x.cdata = rest[:n], false
			x.pos += n
			if len(x.open) > 0 {
				return xmlText, nil
			}
			continue // between the declaration and the root
		}
		switch {
		case len(rest) < 2:
			return x.fail("a lone <")
		case rest[1] == '?':
			if !x.skip("?>") {
				return x.fail("an unclosed declaration")
			}
		case rest[1] == '!':
			switch {
			case bytes.HasPrefix(rest, []byte("<!--")):
				if !x.skip("-->") {
					return x.fail("an unclosed comment")
				}
			case bytes.HasPrefix(rest, []byte("<![CDATA[")):
				start := x.pos + len("<![CDATA[")
				if !x.skip("]]>") || x.pos-3 < start {
					return x.fail("an unclosed section")
				}
				x.raw, x.cdata = x.data[start:x.pos-3], true
				if len(x.open) > 0 {
					return xmlText, nil
				}
			default:
				return xmlEOF, errDoctype
			}
		case rest[1] == '/':
			n := bytes.IndexByte(rest, '>')
			if n < 0 {
				return x.fail("an unclosed tag")
			}
			x.pos += n + 1
			return xmlEnd, x.pop(bytes.TrimRight(rest[2:n], " \t\r\n"))
		default:
			return x.start(rest)
		}
	}
	if len(x.open) > 0 {
		return x.fail("the end of the document within <" + string(x.open[len(x.open)-1]) + ">")
	}
	return xmlEOF, nil
}

// start reads a start tag.
func (x *xmlReader) start(rest []byte) (event, error) {
	end := 1
	for quote := byte(0); ; end++ {
		if end >= len(rest) {
			return x.fail("an unclosed tag")
		}
		c := rest[end]
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			}
			continue
		case c == '"' || c == '\'':
			quote = c
			continue
		case c == '<':
			return x.fail("a < within a tag")
		case c != '>':
			continue
		}
		break
	}
	tag := rest[1:end]
	x.pos += end + 1
	if n := len(tag); n > 0 && tag[n-1] == '/' {
		tag, x.close = tag[:n-1], true
	}
	n := bytes.IndexAny(tag, " \t\r\n")
	if n < 0 {
		n = len(tag)
	}
	if n == 0 {
		return x.fail("a tag without a name")
	}
	if len(x.open) >= maxXMLDepth {
		return x.fail("too many elements within each other")
	}
	x.open = append(x.open, tag[:n])
	x.name, x.attrs = local(tag[:n]), tag[n:]
	return xmlStart, nil
}

func (x *xmlReader) pop(full []byte) error {
	n := len(x.open)
	if n == 0 || !bytes.Equal(x.open[n-1], full) {
		_, err := x.fail("</" + string(full) + "> out of place")
		return err
	}
	x.open = x.open[:n-1]
	x.name = local(full)
	return nil
}

func (x *xmlReader) skip(mark string) bool {
	n := bytes.Index(x.data[x.pos:], []byte(mark))
	if n < 0 {
		return false
	}
	x.pos += n + len(mark)
	return true
}

func (x *xmlReader) fail(what string) (event, error) {
	return xmlEOF, fmt.Errorf("xml at byte %d: %s", x.pos, what)
}

// skipElement moves behind the end of the element whose start was just read.
func (x *xmlReader) skipElement() error {
	for depth := len(x.open); len(x.open) >= depth; {
		if _, err := x.next(); err != nil {
			return err
		}
	}
	return nil
}

// attr returns the value of the first attribute of the start tag with this
// local name, before entities are resolved.
func (x *xmlReader) attr(name string) ([]byte, bool) {
	rest := x.attrs
	for {
		rest = bytes.TrimLeft(rest, " \t\r\n")
		eq := bytes.IndexByte(rest, '=')
		if eq <= 0 {
			return nil, false
		}
		key := bytes.TrimRight(rest[:eq], " \t\r\n")
		rest = bytes.TrimLeft(rest[eq+1:], " \t\r\n")
		if len(rest) == 0 || rest[0] != '"' && rest[0] != '\'' {
			return nil, false
		}
		end := bytes.IndexByte(rest[1:], rest[0])
		if end < 0 {
			return nil, false
		}
		if string(local(key)) == name {
			return rest[1 : 1+end], true
		}
		rest = rest[end+2:]
	}
}

// str returns an attribute with its entities resolved, "" if there is none.
func (x *xmlReader) str(name string) string {
	v, _ := x.attr(name)
	return string(resolve(nil, v))
}

// num returns a whole number from an attribute, or standard if there is none.
// Numbers beyond 2^30 are cut to it, so that sums of two can't overflow.
func (x *xmlReader) num(name string, standard int) int {
	v, ok := x.attr(name)
	if !ok {
		return standard
	}
	n, err := strconv.ParseInt(string(bytes.TrimSpace(v)), 10, 64)
	if err != nil && !errors.Is(err, strconv.ErrRange) {
		return standard
	}
	return int(max(-1<<30, min(n, 1<<30)))
}

// flag reads a boolean attribute of any spelling; off and false are false.
func (x *xmlReader) flag(name string, standard bool) bool {
	v, ok := x.attr(name)
	if !ok {
		return standard
	}
	switch string(v) {
	case "0", "false", "off", "none":
		return false
	}
	return true
}

// appendText adds the current text to buf.
func (x *xmlReader) appendText(buf []byte) []byte {
	if x.cdata {
		return append(buf, x.raw...)
	}
	return resolve(buf, x.raw)
}

// local cuts the namespace prefix off a name.
func local(name []byte) []byte {
	if i := bytes.IndexByte(name, ':'); i >= 0 {
		return name[i+1:]
	}
	return name
}

// resolve appends s to buf with entities resolved and \r\n read as \n. Unknown
// entities stay as they are written.
func resolve(buf, s []byte) []byte {
	for {
		i := bytes.IndexAny(s, "&\r")
		if i < 0 {
			return append(buf, s...)
		}
		buf = append(buf, s[:i]...)
		if s[i] == '\r' {
			if i+1 >= len(s) || s[i+1] != '\n' {
				buf = append(buf, '\n')
			}
			s = s[i+1:]
			continue
		}
		end := bytes.IndexByte(s[i:min(len(s), i+12)], ';')
		if end < 0 {
			buf = append(buf, '&')
			s = s[i+1:]
			continue
		}
		if r, ok := entity(s[i+1 : i+end]); ok {
			buf = utf8.AppendRune(buf, r)
		} else {
			buf = append(buf, s[i:i+end+1]...)
		}
		s = s[i+end+1:]
	}
}

func entity(name []byte) (rune, bool) {
	switch string(name) {
	case "lt":
		return '<', true
	case "gt":
		return '>', true
	case "amp":
		return '&', true
	case "quot":
		return '"', true
	case "apos":
		return '\'', true
	}
	if len(name) < 2 || name[0] != '#' {
		return 0, false
	}
	digits, base := name[1:], 10
	if digits[0] == 'x' || digits[0] == 'X' {
		digits, base = digits[1:], 16
	}
	n, err := strconv.ParseUint(string(digits), base, 21)
	if err != nil || !utf8.ValidRune(rune(n)) {
		return 0, false
	}
	return rune(n), true
}
