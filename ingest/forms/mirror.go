package forms

import (
	"regexp"
	"strings"

	"yardstick/indicators"
)

// reading finds the reading in brackets that mirror sites put behind a
// traditional character: 績(jī)效.
var reading = regexp.MustCompile(`(\p{Han})[(（][a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,7}[)）]`)

// mirrored reports whether a sheet is the copy of a mirror site: readings stand
// behind characters in several cells.
func (s *sheet) mirrored() bool {
	n := 0
	for i := range s.g.Cells {
		if t := s.g.Cells[i].Text; strings.ContainsAny(t, "(（") && strings.ContainsAny(t, "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ") && reading.MatchString(t) {
			if n++; n >= 3 {
				return true
			}
		}
	}
	return false
}

// unmirror takes the readings out and simplifies the characters.
func unmirror(s string) string {
	for strings.ContainsAny(s, "(（") {
		t := reading.ReplaceAllString(s, "$1")
		if t == s {
			break
		}
		s = t
	}
	table := indicators.Simplified()
	return strings.Map(func(r rune) rune {
		if r < 1<<16 && table[r] != 0 {
			return rune(table[r])
		}
		return r
	}, s)
}

// heading returns the paragraphs before the table.
func (s *sheet) heading() []string {
	if s.simple == nil {
		return s.g.Heading
	}
	out := make([]string, len(s.g.Heading))
	for i, p := range s.g.Heading {
		out[i] = unmirror(p)
	}
	return out
}
