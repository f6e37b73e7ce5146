package naming

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"yardstick/indicators"
)

// cleaned is a name without what belongs to one form: brackets with remarks,
// years, amounts, a place or unit at its head.
type cleaned struct {
	text    []rune
	removed []string // what was taken off, as it stood, in the order of removal
	digits  bool     // numbers were among it
}

// clean takes off what is not of the concept. known tells whether a pair of
// characters occurs in the library; a place is cut only if it does not, and nil
// cuts none.
func clean(text string, known func(a, b rune) bool) cleaned {
	var c cleaned
	n := c.cutYears(indicators.NormalName(limit(text)))
	n = c.cutBrackets(n)
	n = c.cutNumbers(n)
	c.text = make([]rune, 0, len(n)/2+2)
	for _, r := range n {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			c.text = append(c.text, r)
		}
	}
	if known != nil {
		for range 3 { // 云南省临沧市永德县
			k := placeHead(c.text, known)
			if k == 0 {
				break
			}
			c.removed = append(c.removed, string(c.text[:k]))
			c.text = c.text[k:]
		}
	}
	return c
}

func (c *cleaned) cutYears(t string) string {
	if !strings.Contains(t, "年") {
		return t
	}
	for i := 0; i < len(t); i++ {
		if n := yearsAt(t, i); n > 0 && n < len(t) {
			c.removed = append(c.removed, t[i:i+n])
			t = t[:i] + t[i+n:]
			i--
		}
	}
	return t
}

// cutBrackets takes off remarks in brackets, unless too little would be left.
func (c *cleaned) cutBrackets(t string) string {
	for {
		open := strings.IndexByte(t, '(')
		if open < 0 {
			return t
		}
		n := strings.IndexByte(t[open:], ')')
		if n < 0 {
			return t
		}
		rest := t[:open] + t[open+n+1:]
		if utf8.RuneCountInString(rest) < 2 {
			return t
		}
		if n > 1 {
			c.removed = append(c.removed, t[open:open+n+1])
		}
		t = rest
	}
}

// cutNumbers takes off amounts: 1条, 120平米, 2.5公里, 第2批. A number that belongs to
// a word of Latin letters (pm2.5, 5g) stays.
func (c *cleaned) cutNumbers(t string) string {
	if !strings.ContainsAny(t, "0123456789") {
		return t
	}
	out := make([]byte, 0, len(t))
	latin := false // the run of letters and digits at hand began with a Latin letter
	for i := 0; i < len(t); {
		r, size := utf8.DecodeRuneInString(t[i:])
		number := r >= '0' && r <= '9'
		if !number || latin {
			latin = latinLetter(r) || latin && (number || r == '.')
			out = append(out, t[i:i+size]...)
			i += size
			continue
		}
		j := i
		for j < len(t) && (digit(t[j]) || t[j] == '.' || t[j] == '-') {
			j++
		}
		n := unitLength(t[j:])
		switch {
		case n == 0 && j < len(t) && latinLetter(rune(t[j])), // 5g
			n == 0 && j-i >= 3 && j < len(t) && !strings.ContainsAny(t[i:j], ".-"): // a number that is a name: 12345热线
			out = append(out, t[i:j]...)
			i, latin = j, true
			continue
		}
		out = bytes.TrimSuffix(out, []byte("第"))
		c.removed = append(c.removed, t[i:j+n])
		c.digits = true
		i = j + n
	}
	if len(out) == 0 {
		return t
	}
	return string(out)
}

func latinLetter(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }

// unitLength is the length in bytes of the unit that t begins with, 0 if none.
func unitLength(t string) int {
	best, n := 0, 0
	for i, r := range t {
		if n == 4 || !unicode.IsLetter(r) && r != '%' {
			break
		}
		n++
		end := i + utf8.RuneLen(r)
		if u := indicators.UnitOf(t[:end]); u.Dimension != indicators.Unknown && u.Dimension != "" {
			best = end
		}
	}
	if best > 0 && best < len(t) && latinLetter(rune(t[best-1])) && latinLetter(rune(t[best])) {
		return 0 // inside a word
	}
	return best
}

// placeHead is the length in characters of a place or unit at the head of s,
// 0 if none: at most six characters unknown to the library before 县, 镇, 小区 …,
// with three characters or more behind it.
func placeHead(s []rune, known func(a, b rune) bool) int {
	for end := 3; end <= 9 && end+3 <= len(s); end++ {
		for _, w := range words().place {
			n := utf8.RuneCountInString(w)
			head := end - n
			if head < 2 || head > 6 || string(s[head:end]) != w {
				continue
			}
			if notPlace(s[:end]) || anyKnown(s[:head], known) {
				continue
			}
			return end
		}
	}
	return 0
}

func notPlace(s []rune) bool {
	t := string(s)
	for _, w := range words().notPlace {
		if strings.HasSuffix(t, w) && (len(w) == len(t) || !isPlace(w)) {
			return true
		}
	}
	return false
}

// isPlace reports whether w is itself an ending of places: 大石围小区.
func isPlace(w string) bool {
	for _, p := range words().place {
		if p == w {
			return true
		}
	}
	return false
}

func anyKnown(s []rune, known func(a, b rune) bool) bool {
	for i := 1; i < len(s); i++ {
		if known(s[i-1], s[i]) {
			return true
		}
	}
	return false
}
