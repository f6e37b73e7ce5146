package tables

import (
	"encoding/binary"
	"unicode/utf8"
)

// validText reports whether b is UTF-8 without NUL. It is utf8.Valid with a
// fast path for the three-byte characters that most of an extract consists of.
func validText(b []byte) bool {
	const high = 0x8080808080808080
	const ones = 0x0101010101010101
	for len(b) >= 8 {
		w := binary.LittleEndian.Uint64(b)
		if w&high == 0 {
			if (w-ones)&^w&high != 0 {
				return false // a zero byte
			}
			b = b[8:]
			continue
		}
		if c := b[0]; c < utf8.RuneSelf {
			if c == 0 {
				return false
			}
			b = b[1:]
			continue
		}
		// E1–EC and EE–EF need no further check of the second byte.
		if w&0x0000c0c0f0 == 0x8080e0 && b[0] != 0xe0 && b[0] != 0xed {
			b = b[3:]
			continue
		}
		r, n := utf8.DecodeRune(b)
		if r == utf8.RuneError && n <= 1 {
			return false
		}
		b = b[n:]
	}
	for _, c := range b {
		if c == 0 {
			return false
		}
	}
	return utf8.Valid(b)
}
