package forms

import (
	"strings"
	"unicode"
)

// maxWord is the longest text in bytes that is looked up as a header word or a
// label: forms have none longer, and prose must not be folded for nothing.
const maxWord = 130

// fold returns s as words are compared: half-width, without blanks, line
// breaks and invisible characters, Latin letters in lower case.
func fold(s string) string {
	if folded(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range s {
		switch {
		case r >= '！' && r <= '～':
			r -= '！' - '!'
		case r == '﹙':
			r = '('
		case r == '﹚':
			r = ')'
		case r == '【' || r == '〔' || r == '〖':
			r = '['
		case r == '】' || r == '〕' || r == '〗':
			r = ']'
		case r == '︰' || r == '∶':
			r = ':'
		case unicode.IsSpace(r) || unicode.IsControl(r) || r == '\u200b' || r == '\ufeff' || r == '\u200c' || r == '\u200d':
			continue
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// folded reports whether fold would change nothing, for the usual case of
// Chinese characters, digits and plain signs.
func folded(s string) bool {
	for i := 0; i < len(s); {
		switch c := s[i]; {
		case c >= 0xe4 && c <= 0xe9 && i+2 < len(s) && s[i+1]&s[i+2]&0xc0 == 0x80:
			i += 3 // a Chinese character
		case c > ' ' && c < 0x7f && (c < 'A' || c > 'Z'):
			i++
		default:
			return false
		}
	}
	return true
}

// bare returns a folded header word or label without what says nothing about
// its meaning: bracketed remarks ((A), (10分), (万元)), ordinals in front
// (一、 1. (二)), the years and months that it was made for, and punctuation.
func bare(s string) string {
	s = trimOrdinal(s)
	s = dropBrackets(s)
	s = trimPeriod(s)
	if !strings.ContainsAny(s, marks) {
		return s
	}
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(marks, r) {
			return -1
		}
		return r
	}, s)
}

// marks are the signs that bare drops.
const marks = "、,.;:*★☆#/\\|-—_~·•“”\"'‘’。，；："

// dropBrackets removes bracketed parts, unless nothing would be left.
func dropBrackets(s string) string {
	if !strings.ContainsAny(s, "([{<《") {
		return s
	}
	var b strings.Builder
	depth := 0
	for _, r := range s {
		switch r {
		case '(', '[', '{', '<', '《':
			depth++
		case ')', ']', '}', '>', '》':
			if depth > 0 {
				depth--
			}
		default:
			if depth == 0 {
				b.WriteRune(r)
			}
		}
	}
	if b.Len() == 0 {
		return strings.Trim(s, "()[]{}<>《》")
	}
	return b.String()
}

// trimOrdinal removes one ordinal in front: 一、 (一) 1. 1、 (1) ①.
func trimOrdinal(s string) string {
	t := strings.TrimLeft(s, "(")
	n := 0
	for n < len(t) {
		r := t[n:]
		if r[0] >= '0' && r[0] <= '9' {
			n++
			continue
		}
		if c := firstRune(r); strings.ContainsRune("一二三四五六七八九十①②③④⑤⑥⑦⑧⑨⑩", c) {
			n += len(string(c))
			continue
		}
		break
	}
	if n == 0 || n == len(t) {
		return s
	}
	rest := t[n:]
	switch c := firstRune(rest); {
	case strings.ContainsRune("、.．)，,:", c):
		rest = strings.TrimLeft(rest[len(string(c)):], "、.．")
	case strings.ContainsRune("①②③④⑤⑥⑦⑧⑨⑩", firstRune(t)):
	default:
		return s
	}
	if rest == "" {
		return s
	}
	return rest
}

// trimPeriod removes a year or months in front of a word: 2023年指标值,
// 1-7月执行情况, 2023年1—7月完成值, 截至7月底…
func trimPeriod(s string) string {
	t := strings.TrimLeft(s, "截至止到")
	n := 0
	unit := false
	for n < len(t) {
		c := firstRune(t[n:])
		if (c >= '0' && c <= '9') || strings.ContainsRune("-—–~至到.一二三四五六七八九十〇x*", c) {
			n += len(string(c))
			continue
		}
		if n > 0 && strings.ContainsRune("年月日度底末份季", c) {
			n += len(string(c))
			unit = true
			continue
		}
		break
	}
	if !unit || n >= len(t) {
		return s
	}
	return t[n:]
}

func firstRune(s string) rune {
	for _, r := range s {
		return r
	}
	return 0
}

// runes returns how many characters s has.
func runes(s string) int {
	n := 0
	for range s {
		n++
	}
	return n
}

// squeeze returns the text of a cell as one line: outer blanks removed, line
// breaks removed between Chinese characters and turned into a blank elsewhere.
func squeeze(s string) string {
	s = strings.TrimFunc(s, blank)
	if !strings.ContainsAny(s, "\n\r\t") {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	var last rune
	pending := false
	for _, r := range s {
		if r == '\n' || r == '\r' || r == '\t' {
			pending = true
			continue
		}
		if pending && last < 0x80 && r < 0x80 && last != ' ' && r != ' ' {
			b.WriteByte(' ')
		}
		pending = false
		b.WriteRune(r)
		last = r
	}
	return b.String()
}

// blank reports whether r shows nothing at the edge of a cell.
func blank(r rune) bool {
	return unicode.IsSpace(r) || r == '\u3000' || r == '\u200b' || r == '\ufeff' || r == 0
}
