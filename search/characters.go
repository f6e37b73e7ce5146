package search

import "yardstick/indicators"

// Spell is text in pinyin without tones, v for ü, and its first letters, each
// written together; other letters and digits stand for themselves.
func Spell(text string) (full, initials string) {
	f := fold(text)
	return pinyin().letters(f.runes)
}

// SoundAlike are the characters whose first reading is that of r, in the order
// of their code points, without r.
func SoundAlike(r rune) []rune {
	p := pinyin()
	if r < firstHan || r > lastHan || p.first[r-firstHan] == 0 {
		return nil
	}
	var out []rune
	for i, s := range p.first {
		if s == p.first[r-firstHan] && rune(firstHan+i) != r {
			out = append(out, rune(firstHan+i))
		}
	}
	return out
}

// Traditional is text in traditional characters; of several for one simplified
// character, the first by code point.
func Traditional(text string) string {
	back := map[rune]rune{}
	for from, to := range indicators.Simplified() {
		if to != 0 && back[rune(to)] == 0 {
			back[rune(to)] = rune(from)
		}
	}
	out := []rune(text)
	for i, r := range out {
		if t := back[r]; t != 0 {
			out[i] = t
		}
	}
	return string(out)
}
