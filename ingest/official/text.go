package official

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"yardstick"
	"yardstick/indicators"
)

// maxCell is how many UTF-16 units a cell of a workbook holds.
const maxCell = 32767

// clean returns s without the characters that XML 1.0 can't hold, with line
// breaks as \n and cut to what a cell holds. dropped and cut say what was lost.
func clean(s string) (text string, dropped int, cut bool) {
	if plainText(s) && len(s) <= maxCell {
		return s, 0, false
	}
	var b strings.Builder
	b.Grow(len(s))
	units := 0
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		bad := r == utf8.RuneError && size == 1 || !allowed(r)
		i += size
		if r == '\r' {
			if i < len(s) && s[i] == '\n' {
				continue
			}
			r = '\n'
		}
		if bad {
			dropped++
			continue
		}
		if units += utf16.RuneLen(r); units > maxCell {
			return b.String(), dropped, true
		}
		b.WriteRune(r)
	}
	return b.String(), dropped, false
}

func plainText(s string) bool {
	for _, r := range s {
		if r == utf8.RuneError || r == '\r' || !allowed(r) {
			return false
		}
	}
	return true
}

// allowed reports whether XML 1.0 can hold r.
func allowed(r rune) bool {
	switch {
	case r == '\t', r == '\n', r == '\r':
		return true
	case r < ' ', r >= 0xd800 && r < 0xe000, r == 0xfffe, r == 0xffff:
		return false
	}
	return r <= unicode.MaxRune
}

// line returns s as one line, as the reader takes the texts of cells: outer
// blanks removed, line breaks removed, or a blank between Latin letters.
func line(s string) string {
	s = strings.TrimFunc(s, unicode.IsSpace)
	if !strings.ContainsAny(s, "\n\r\t") {
		return s
	}
	var b strings.Builder
	var last rune
	gap := false
	for _, r := range s {
		if r == '\n' || r == '\r' || r == '\t' {
			gap = true
			continue
		}
		if gap && last < utf8.RuneSelf && r < utf8.RuneSelf && last != ' ' && r != ' ' {
			b.WriteByte(' ')
		}
		gap = false
		b.WriteRune(r)
		last = r
	}
	return b.String()
}

// valueText writes a target so that Parse reads the same value from it: as it
// was written if that suffices, else in the one spelling of Value.String. ok is
// false if neither gives the value back, as with lists of named regions.
func valueText(v indicators.Value) (text string, ok bool) {
	raw := line(v.Raw)
	if raw != "" && indicators.Parse(raw).Equal(v) {
		return raw, true
	}
	s := line(v.String())
	if indicators.Parse(s).Equal(v) {
		return s, true
	}
	if raw == "" {
		raw = s
	}
	return raw, false
}

// figure writes a number with all its digits and no needless zeros.
func figure(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

// numberText is a Number as the form shows it, "" where it is not known.
func numberText(n yardstick.Number) string {
	if !n.Known {
		return ""
	}
	return figure(n.Value)
}

// points writes points without the dust of binary sums.
func points(x float64) string {
	s := strconv.FormatFloat(x, 'f', 4, 64)
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}

// quoted shortens a text for a message.
func quoted(s string) string {
	s = line(s)
	if utf8.RuneCountInString(s) > 20 {
		s = string([]rune(s)[:19]) + "…"
	}
	return "“" + s + "”"
}

// lineOf names line i of a form in a message.
func lineOf(i int, name string) string {
	if name = line(name); name == "" {
		return fmt.Sprintf("第 %d 条指标", i+1)
	}
	return fmt.Sprintf("第 %d 条指标%s", i+1, quoted(name))
}
