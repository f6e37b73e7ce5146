package grid

import (
	"bytes"
	"unicode/utf16"
	"unicode/utf8"
)

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
