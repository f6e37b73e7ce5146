package naming

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"yardstick/indicators"
)

// Key is the form of a name under which names are compared exactly and a
// person's decisions are kept: indicators.NormalName (widths, brackets, blanks,
// numbering and marks, a trailing unit in brackets, pinyin in brackets,
// traditional characters of the small table) without years (2023年度) and without
// punctuation, of the first maxName characters. What belongs to a project stays.
// Key(Key(s)) is Key(s).
func Key(text string) string {
	s := key(limit(text))
	for { // every round that changes s makes it shorter, or the letters smaller
		t := key(s)
		if t == s {
			return s
		}
		s = t
	}
}

// maxName is how many characters of a name are read; the longest names of
// indicators on the published forms have about 60.
const maxName = 256

func limit(text string) string {
	if len(text) <= maxName {
		return text
	}
	n := 0
	for i := range text {
		if n == maxName {
			return text[:i]
		}
		n++
	}
	return text
}

func key(text string) string {
	n := indicators.NormalName(text)
	if t := dropYears(n); t != "" {
		n = t
	}
	var b strings.Builder
	b.Grow(len(n))
	for _, r := range n {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '%' || r == '‰' {
			b.WriteRune(r)
		}
	}
	return limit(b.String())
}

// dropYears removes 2023年, 2023年度 and 2022-2024年; a year without 年 is a number.
func dropYears(t string) string {
	var b strings.Builder
	for i := 0; i < len(t); {
		if n := yearsAt(t, i); n > 0 {
			i += n
			continue
		}
		_, n := utf8.DecodeRuneInString(t[i:])
		b.WriteString(t[i : i+n])
		i += n
	}
	return b.String()
}

// yearsAt is the length of 2023年, 2023年度 or 2022-2024年 at i; 0 if there is none.
func yearsAt(t string, i int) int {
	if !yearAt(t, i) {
		return 0
	}
	j := i + 4
	if j < len(t) && t[j] == '-' && yearAt(t, j+1) {
		j += 5
	}
	for _, w := range [...]string{"年度", "年"} {
		if strings.HasPrefix(t[j:], w) {
			return j + len(w) - i
		}
	}
	return 0
}

// yearAt reports whether a year from 1990 to 2059 stands alone at i.
func yearAt(t string, i int) bool {
	if i+4 > len(t) || i > 0 && digit(t[i-1]) || i+4 < len(t) && digit(t[i+4]) {
		return false
	}
	y := 0
	for _, c := range []byte(t[i : i+4]) {
		if !digit(c) {
			return false
		}
		y = 10*y + int(c-'0')
	}
	return y >= 1990 && y < 2060
}

func digit(c byte) bool { return c >= '0' && c <= '9' }
