package indicators

import (
	"strings"
	"unicode/utf8"
)

// fold brings s into the form that the grammar reads: full width to half
// width, one sign for each operator, dash, wave and bracket, no blanks. A blank
// between two digits stays, as one space, because it may part two numbers.
// Values that need nothing of this come back as they are, without a copy.
func fold(s string) string {
	if clean(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	var last byte // last byte written
	gap := false  // a blank was skipped since
	for _, r := range s {
		if blank(r) {
			gap = true
			continue
		}
		out := foldRune(r)
		if gap && isDigit(last) && out >= '0' && out <= '9' {
			b.WriteByte(' ')
		}
		gap = false
		switch out {
		case '㎡':
			b.WriteString("m²")
		case '㎥':
			b.WriteString("m³")
		case '㎞':
			b.WriteString("km")
		case '㎏':
			b.WriteString("kg")
		default:
			b.WriteRune(out)
		}
		last = 0
		if out < utf8.RuneSelf {
			last = byte(out)
		}
	}
	return b.String()
}

// clean reports whether fold would change nothing.
func clean(s string) bool {
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case c >= 0xE4 && c <= 0xE9: // CJK ideographs, nearly all of them
			if i+2 >= len(s) || s[i+1]&0xC0 != 0x80 || s[i+2]&0xC0 != 0x80 {
				return false // cut in the middle of a character
			}
			i += 3
		case c < utf8.RuneSelf:
			if c <= ' ' || c == 0x7F || c == '[' || c == ']' {
				return false
			}
			i++
		default:
			r, n := utf8.DecodeRuneInString(s[i:])
			if r == utf8.RuneError || blank(r) || foldRune(r) != r || r >= 0x3380 && r <= 0x33FF {
				return false
			}
			i += n
		}
	}
	return true
}

// blank reports whether r carries no meaning: blanks, line breaks, zero-width
// characters, the byte order mark.
func blank(r rune) bool {
	switch {
	case r <= ' ', r == 0x7F, r == 0xA0, r == 0x3000, r == 0xFEFF, r == 0x00AD, r == 0x202F, r == 0x205F, r == 0x1680:
		return true
	case r >= 0x2000 && r <= 0x200F, r == 0x2028, r == 0x2029, r >= 0x2060 && r <= 0x2064:
		return true
	}
	return false
}

// foldRune maps one character to the one that the grammar knows.
func foldRune(r rune) rune {
	if r >= 0xFF01 && r <= 0xFF5E {
		return foldRune(r - 0xFEE0)
	}
	switch r {
	case '≧', '⩾', '⪰', '≽':
		return '≥'
	case '≦', '⩽', '⪯', '≼':
		return '≤'
	case '═', '﹦', '⁼':
		return '='
	case '﹥', '〉', '›':
		return '>'
	case '﹤', '〈', '‹':
		return '<'
	case '–', '—', '−', '‐', '‑', '‒', '―', '─', '━', '﹣':
		return '-'
	case '〜', '∼', '˜', '﹋':
		return '~'
	case '﹪', '٪':
		return '%'
	case '∶', '︰', '﹕':
		return ':'
	case '﹔':
		return ';'
	case '﹐', '﹑':
		return ','
	case '﹙', '〔', '[':
		return '('
	case '﹚', '〕', ']':
		return ')'
	case '•', '・', '‧', '∙', '⋅':
		return '·'
	case '∗', '﹡', '✱':
		return '*'
	case '∕', '⁄':
		return '/'
	case '〇':
		return '零'
	}
	return r
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }
