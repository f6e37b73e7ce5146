package grid

import (
	"bytes"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/simplifiedchinese"
)

var utf8Mark = []byte("\xef\xbb\xbf")

// decodeText finds the encoding of a text from its bytes and returns it as
// UTF-8 without a byte order mark. declared is what the text says about itself
// ("" if nothing); it counts only where the bytes leave a choice, because
// exports often claim the wrong one. ok is false if it isn't text.
func decodeText(data []byte, declared string) (text []byte, ok bool) {
	switch {
	case bytes.HasPrefix(data, utf8Mark):
		data = data[len(utf8Mark):]
		return bytes.ToValidUTF8(data, []byte("\uFFFD")), printable(data)
	case bytes.HasPrefix(data, []byte{0xff, 0xfe}):
		text = fromUTF16(data[2:], 0)
		return text, printable(text)
	case bytes.HasPrefix(data, []byte{0xfe, 0xff}):
		text = fromUTF16(data[2:], 1)
		return text, printable(text)
	case bytes.IndexByte(data, 0) >= 0:
		low, ok := utf16Order(data)
		if !ok {
			return nil, false
		}
		text = fromUTF16(data, low)
		return text, printable(text)
	case utf8.Valid(data):
		return data, printable(data)
	}
	if e := otherEncoding(declared); e != nil {
		if text, err := e.NewDecoder().Bytes(data); err == nil && !tooDamaged(text) {
			return text, printable(text)
		}
	}
	chinese, err := simplifiedchinese.GB18030.NewDecoder().Bytes(data)
	if err == nil && damage(chinese) < utf8Damage(data) {
		return chinese, !tooDamaged(chinese) && printable(chinese)
	}
	// UTF-8 with a few broken characters, cut off by a program that counted bytes.
	text = bytes.ToValidUTF8(data, []byte("\uFFFD"))
	return text, !tooDamaged(text) && printable(text)
}

// otherEncoding returns a declared encoding that the bytes can't tell from
// GB18030, such as Big5, and nil for all others.
func otherEncoding(declared string) encoding.Encoding {
	e, err := htmlindex.Get(declared)
	if err != nil {
		return nil
	}
	switch name, _ := htmlindex.Name(e); name {
	case "big5", "shift_jis", "euc-jp", "euc-kr":
		return e
	}
	return nil
}

// damage counts characters that could not be decoded.
func damage(text []byte) int { return bytes.Count(text, []byte("\uFFFD")) }

func tooDamaged(text []byte) bool { return damage(text)*50 > utf8.RuneCount(text) }

// utf8Damage counts the bytes that are not UTF-8.
func utf8Damage(data []byte) (n int) {
	for len(data) > 0 {
		r, size := utf8.DecodeRune(data)
		if r == utf8.RuneError && size == 1 {
			n++
		}
		data = data[size:]
	}
	return n
}

// printable reports whether text has next to no control characters.
func printable(text []byte) bool {
	text = text[:min(len(text), 1<<16)]
	n := 0
	for _, c := range text {
		if c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x1a && c != 0x1b {
			n++
		}
	}
	return n*200 <= len(text)
}

// utf16Order tells the byte order of UTF-16 without a mark by the line ends,
// separators and digits in it. low is the offset of the low byte in a unit.
func utf16Order(data []byte) (low int, ok bool) {
	var found [2]int
	data = data[:min(len(data), 1<<16)&^1]
	for i := 0; i+1 < len(data); i += 2 {
		for k := range found {
			c := data[i+k]
			if data[i+1-k] == 0 && (c >= ' ' && c < 0x7f || c == '\t' || c == '\n' || c == '\r') {
				found[k]++
			}
		}
	}
	switch {
	case found[0] > 4*found[1] && found[0]*100 >= len(data):
		return 0, true
	case found[1] > 4*found[0] && found[1]*100 >= len(data):
		return 1, true
	}
	return 0, false
}

// utf16Part turns an XML part in UTF-16 into UTF-8 and leaves others as they are.
func utf16Part(data []byte) []byte {
	switch {
	case bytes.HasPrefix(data, []byte{0xff, 0xfe}):
		return fromUTF16(data[2:], 0)
	case bytes.HasPrefix(data, []byte{0xfe, 0xff}):
		return fromUTF16(data[2:], 1)
	}
	return data
}

// fromUTF16 decodes UTF-16 whose low byte of a unit is at offset low (0 or 1).
func fromUTF16(data []byte, low int) []byte {
	out := make([]byte, 0, len(data))
	for i := 0; i+1 < len(data); i += 2 {
		r := rune(data[i+low]) | rune(data[i+1-low])<<8
		if utf16.IsSurrogate(r) && i+3 < len(data) {
			if pair := utf16.DecodeRune(r, rune(data[i+2+low])|rune(data[i+3-low])<<8); pair != utf8.RuneError {
				r, i = pair, i+2
			}
		}
		out = utf8.AppendRune(out, r)
	}
	return out
}
