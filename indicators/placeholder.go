package indicators

import (
	"strings"
	"unicode/utf8"
)

// placeholder reads template and masked values: ≥**人, 20xx年, a comparison or a
// unit without a number.
func placeholder(t string) (Value, bool) {
	if v, ok := unfilled(t); ok {
		return v, true
	}
	at, mask := masked(t)
	if at < 0 {
		return Value{}, false
	}
	// A number after a template's bracket counts: (≥**株)>=17600株.
	if open := strings.LastIndexByte(t[:at], '('); open >= 0 {
		if end := strings.IndexByte(t[at:], ')'); end >= 0 {
			rest := t[:open] + t[at+end+1:]
			if v := parseFolded(rest); v.Kind == Number && v.Damage == "" {
				return v, true
			}
		}
	}
	v := Value{Kind: Placeholder, Reason: "是模板或被遮盖的值，没有填数"}
	c, body := scanComparison(t)
	if len(t)-len(body) == at {
		if u, tail, ok := splitUnit(body[mask:]); ok && tail == "" {
			v.Comparison, v.Unit = c, u
		}
	}
	return v, true
}

// unfilled reads a comparison or a known unit that stands alone.
func unfilled(t string) (Value, bool) {
	c, rest := scanComparison(t)
	if c != None && strings.HasPrefix(rest, "(") { // ≥()%
		rest = strings.TrimPrefix(rest, "()")
	}
	u, known := lookupUnit(rest)
	if c == None && (!known || rest == "" || level(rest)) || rest != "" && !known {
		return Value{}, false
	}
	return Value{Kind: Placeholder, Comparison: c, Unit: u, Reason: "是模板或被遮盖的值，没有填数"}, true
}

// masked finds the first run of mask characters in t: two or more * or x, one
// × or □ or run of underscores; a single * after a comparison.
func masked(t string) (at, length int) {
	for i, r := range t {
		n := 0
		switch r {
		case '*', 'x', 'X', '_':
			for i+n < len(t) && (t[i+n] == t[i] || r == '*' && t[i+n] == '*') {
				n++
			}
			if n < 2 && !(r == '*' && i > 0 && strings.IndexAny(t[:i], "≥≤<>=") == i-utf8Last(t[:i])) {
				continue
			}
		case '×', '□', '●', '■', '＊', '╳':
			n = utf8.RuneLen(r)
			for strings.HasPrefix(t[i+n:], string(r)) {
				n += utf8.RuneLen(r)
			}
			if r == '×' && n == utf8.RuneLen(r) {
				continue // a multiplication sign
			}
		default:
			continue
		}
		return i, n
	}
	return -1, 0
}

// utf8Last is the length of the last character of t.
func utf8Last(t string) int {
	_, n := utf8.DecodeLastRuneInString(t)
	return n
}
