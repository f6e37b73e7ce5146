package forms

import (
	_ "embed"
	"regexp"
	"strings"
	"sync"
)

//go:embed simplified.txt
var simplifiedText string

// simplified maps traditional characters to simplified ones.
var simplified = sync.OnceValue(func() map[rune]rune {
	m := map[rune]rune{}
	for line := range strings.Lines(simplifiedText) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		pair := []rune(strings.TrimRight(line, "\n"))
		for i := 0; i+1 < len(pair); i += 2 {
			m[pair[i]] = pair[i+1]
		}
	}
	return m
})

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
	m := simplified()
	return strings.Map(func(r rune) rune {
		if x, ok := m[r]; ok {
			return x
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
