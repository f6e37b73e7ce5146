package search

import (
	"strings"
	"unicode"

	"yardstick/indicators"
)

// folded is a text in the form in which texts are compared: simplified, lower
// case, half width, letters and digits only, without pinyin in brackets.
type folded struct {
	runes []rune
	at    []int  // position of each rune in the original, counted in runes
	gap   []bool // whether something was left out before the rune

	original []rune
}

// key is the whole as a string.
func (f *folded) key() string { return string(f.runes) }

// fold folds s.
func fold(s string) folded {
	var f folded
	f.fold(s, false)
	return f
}

// fold makes f the folded s, and leaves out what stands in brackets if bare.
func (f *folded) fold(s string, bare bool) {
	f.original = f.original[:0]
	for _, r := range s {
		f.original = append(f.original, r)
	}
	original := f.original
	f.runes, f.at, f.gap = f.runes[:0], f.at[:0], f.gap[:0]
	gap := false
	for i := 0; i < len(original); i++ {
		r := foldRune(original[i])
		if r == '(' {
			if j := closing(original, i); j > 0 && (bare || f.readsLast(original[i+1:j])) {
				gap = gap || bare
				i = j
				continue
			}
		}
		if !wordRune(r) {
			gap = true
			continue
		}
		f.runes, f.at, f.gap = append(f.runes, r), append(f.at, i), append(f.gap, gap)
		gap = false
	}
}

// closing is the position of the bracket that closes the one at i; 0 if there
// is none within 24 characters.
func closing(s []rune, i int) int {
	for j := i + 1; j < len(s) && j-i <= 24; j++ {
		if foldRune(s[j]) == ')' {
			return j
		}
	}
	return 0
}

// readsLast reports whether the text in brackets is the pinyin of the
// character before them, as some forms carry it: 績(jī)效.
func (f *folded) readsLast(inside []rune) bool {
	if len(f.runes) == 0 || len(inside) == 0 || len(inside) > 6 || !isHan(f.runes[len(f.runes)-1]) {
		return false
	}
	var b strings.Builder
	for _, r := range inside {
		b.WriteRune(foldRune(r))
	}
	p := pinyin()
	for _, s := range p.common(f.runes[len(f.runes)-1]) {
		if p.syllables[s] == b.String() {
			return true
		}
	}
	return false
}

// foldRune folds one rune: width, case, brackets, tone marks, ü, simplified.
func foldRune(r rune) rune {
	switch {
	case r < 0x80:
		if 'A' <= r && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	case r >= '！' && r <= '～':
		return foldRune(r - ('！' - '!'))
	case r == '【', r == '〔', r == '［', r == '《', r == '〈':
		return '('
	case r == '】', r == '〕', r == '］', r == '》', r == '〉':
		return ')'
	case r < 0x300:
		if i := strings.IndexRune(toneMarks, r); i >= 0 {
			return rune("aaaaeeeeiiiioooouuuuvvvvvnnn"[strings.Count(toneMarks[:i], "")-1])
		}
		return unicode.ToLower(r)
	case r >= 0x2E80 && r < 0x10000:
		if s := indicators.Simplified()[r]; s != 0 {
			return rune(s)
		}
		return r
	}
	return unicode.ToLower(r)
}

// toneMarks are the letters with marks that pinyin writes, in the order of the
// plain letters in foldRune.
const toneMarks = "āáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜńňǹ"

func isHan(r rune) bool {
	return r >= 0x4E00 && r <= 0x9FFF || r >= 0x3400 && r < 0x10000 && unicode.Is(unicode.Han, r)
}

// isLetter reports whether r is a letter in which pinyin is written.
func isLetter(r rune) bool { return r >= 'a' && r <= 'z' }

func wordRune(r rune) bool {
	if r < 0x80 {
		return isLetter(r) || r >= '0' && r <= '9'
	}
	return isHan(r) || unicode.IsLetter(r) || unicode.IsDigit(r)
}

// stretches visits the stretches of f of Han characters and of other letters
// and digits, cut where something was left out.
func (f *folded) stretches(visit func(start, end int, han bool)) {
	for i := 0; i < len(f.runes); {
		han, j := isHan(f.runes[i]), i+1
		for j < len(f.runes) && !f.gap[j] && isHan(f.runes[j]) == han {
			j++
		}
		visit(i, j, han)
		i = j
	}
}
