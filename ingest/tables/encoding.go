package tables

import (
	"bytes"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// encodings are the encodings of text that a mapping may name.
var encodings = []string{"utf-8", "gb18030", "gbk", "utf-16le", "utf-16be"}

// sniffBytes is how much of a text file is looked at to find out how it is
// written.
const sniffBytes = 64 << 10

// sniffEncoding finds out the encoding of text from its beginning: a
// byte-order mark, zero bytes at every other place, UTF-8, else GB18030. "" means that it is none
// of these.
func sniffEncoding(head []byte) string {
	switch {
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		return "utf-8"
	case bytes.HasPrefix(head, []byte("\xff\xfe")):
		return "utf-16le"
	case bytes.HasPrefix(head, []byte("\xfe\xff")):
		return "utf-16be"
	}
	var zero [2]int
	for i, c := range head {
		if c == 0 {
			zero[i&1]++
		}
	}
	// Delimiters, digits and line ends have a zero byte in UTF-16; a tenth of
	// all characters is far below what tables have.
	switch half := len(head) / 2; {
	case zero[1] > half/10 && zero[0] < zero[1]/10+1:
		return "utf-16le"
	case zero[0] > half/10 && zero[1] < zero[0]/10+1:
		return "utf-16be"
	case zero[0]+zero[1] > half/10:
		return ""
	}
	whole := head
	for i := 0; i < utf8.UTFMax && len(whole) > 0 && !utf8.Valid(whole); i++ {
		whole = whole[:len(whole)-1] // a character cut off at the end
	}
	// Single broken characters cost their rows, not the file: count them.
	if broken := brokenUTF8(whole); broken == 0 || broken*50 < wide(whole) {
		return "utf-8"
	}
	text, _, _ := transform.Bytes(simplifiedchinese.GB18030.NewDecoder(), head)
	if n := bytes.Count(text, []byte("\uFFFD")); n*20 > len(head) {
		return ""
	}
	return "gb18030"
}

// brokenUTF8 counts bytes that are not part of a UTF-8 character.
func brokenUTF8(b []byte) int {
	n := 0
	for len(b) > 0 {
		r, size := utf8.DecodeRune(b)
		if r == utf8.RuneError && size == 1 {
			n++
		}
		b = b[size:]
	}
	return n
}

// wide counts whole characters beyond ASCII.
func wide(b []byte) int {
	n := 0
	for len(b) > 0 {
		r, size := utf8.DecodeRune(b)
		if r >= utf8.RuneSelf && size > 1 {
			n++
		}
		b = b[size:]
	}
	return n
}

// toUTF8 returns r as UTF-8 without a byte-order mark.
func toUTF8(r io.Reader, encoding string) io.Reader {
	switch encoding {
	case "gb18030", "gbk":
		return transform.NewReader(r, simplifiedchinese.GB18030.NewDecoder())
	case "utf-16le":
		return transform.NewReader(r, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder())
	case "utf-16be":
		return transform.NewReader(r, unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewDecoder())
	}
	return r // the mark is taken off the first header
}

// sniffDelimiter finds out the delimiter from the beginning of a text in
// UTF-8: the one that most evenly occurs in its lines, outside quotes.
func sniffDelimiter(head []byte) byte {
	best, score := byte(','), 0
	for _, d := range []byte{',', '\t', ';', '|'} {
		if s := evenness(head, d); s > score {
			best, score = d, s
		}
	}
	return best
}

// evenness is the number of delimiters in the first line times the number of
// following lines that have as many.
func evenness(head []byte, d byte) int {
	first, same, n, lines, quoted := -1, 0, 0, 0, false
	for _, c := range head {
		switch {
		case c == '"':
			quoted = !quoted
		case c == d && !quoted:
			n++
		case c == '\n' && !quoted:
			if first < 0 {
				first = n
			} else if n == first {
				same++
			}
			n = 0
			if lines++; lines == 50 {
				return first * (1 + same)
			}
		}
	}
	if first < 0 {
		first = n
	}
	return first * (1 + same)
}
