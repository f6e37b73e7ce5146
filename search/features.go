package search

import "slices"

// feature is something that texts share: a character, two characters, three
// letters of pinyin, two or three first letters. Postings are kept by feature.
type feature uint64

// Kinds of features, in the bits above the value.
const (
	oneChar  feature = 1 << 48 // a character
	twoChars feature = 2 << 48 // two characters, next to each other or with one between
	letters3 feature = 3 << 48 // three letters of the pinyin
	firsts   feature = 4 << 48 // two or three first letters
)

func charFeature(a rune) feature    { return oneChar | feature(a) }
func pairFeature(a, b rune) feature { return twoChars | feature(a)<<21 | feature(b) }
func lettersFeature(s string) feature {
	return letters3 | feature(s[0])<<16 | feature(s[1])<<8 | feature(s[2])
}

func firstsFeature(s string) feature {
	f := firsts | feature(s[0])<<16 | feature(s[1])<<8
	if len(s) > 2 {
		f |= feature(s[2])
	}
	return f
}

// charFeatures visits the characters of text and its pairs. Pairs with one
// character between make up for one that is wrong, missing or swapped: what is
// next to each other in one text is then still a pair in the other.
func charFeatures(text []rune, visit func(feature)) {
	for i, r := range text {
		visit(charFeature(r))
		for d := 1; d <= 2 && i+d < len(text); d++ {
			visit(pairFeature(r, text[i+d]))
		}
	}
}

// soundFeatures visits the letter features of text, with each further reading
// of a character between the preferred ones of its neighbours.
func soundFeatures(text []rune, visit func(feature)) {
	p := pinyin()
	read := p.preferred(nil, text)
	all := make([][]syllable, len(text))
	for i, s := range read {
		all[i] = p.common(text[i])
		if len(all[i]) > 0 && all[i][0] != s { // the preferred one first
			all[i] = slices.Concat([]syllable{s}, all[i])
		}
	}
	spell := func(b []byte, i int, s syllable) []byte {
		if s == 0 {
			if text[i] < 0x80 {
				return append(b, byte(text[i]))
			}
			return b
		}
		return append(b, p.syllables[s]...)
	}
	preferred := func(b []byte, from, to int) []byte {
		for i := max(from, 0); i < min(to, len(text)); i++ {
			s := syllable(0)
			if len(all[i]) > 0 {
				s = all[i][0]
			}
			b = spell(b, i, s)
		}
		return b
	}
	emit := func(b []byte) {
		for i := 0; i+3 <= len(b); i++ {
			visit(lettersFeature(string(b[i : i+3])))
		}
	}
	var buf [512]byte
	emit(preferred(buf[:0], 0, len(text)))
	first := func(i int, s syllable) byte {
		if s == 0 {
			if text[i] < 0x80 {
				return byte(text[i])
			}
			return '.'
		}
		return p.syllables[s][0]
	}
	head := func(i int) byte {
		if len(all[i]) > 0 {
			return first(i, all[i][0])
		}
		return first(i, 0)
	}
	for i := range text {
		for k, s := range all[i] {
			if k == 0 {
				continue
			}
			b := spell(preferred(buf[:0], i-2, i), i, s)
			emit(preferred(b, i+1, i+3))
		}
	}
	for i := range text {
		choices := all[i]
		if len(choices) == 0 {
			choices = []syllable{0}
		}
		seen := byte(0)
		for _, s := range choices {
			c := first(i, s)
			if c == seen {
				continue
			}
			seen = c
			initials(text, i, c, head, visit)
		}
	}
}

// initials visits the two- and three-letter features that hold c at i.
func initials(text []rune, i int, c byte, head func(int) byte, visit func(feature)) {
	at := func(k int) (byte, bool) {
		switch {
		case k < 0 || k >= len(text):
			return 0, false
		case k == i:
			return c, true
		}
		return head(k), true
	}
	for from := i - 2; from <= i; from++ {
		a, okA := at(from)
		b, okB := at(from + 1)
		d, okD := at(from + 2)
		if okA && okB && from+1 >= i {
			visit(firstsFeature(string([]byte{a, b})))
		}
		if okA && okB && okD {
			visit(firstsFeature(string([]byte{a, b, d})))
		}
	}
}
