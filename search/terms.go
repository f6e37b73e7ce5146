package search

import (
	_ "embed"
	"strings"
	"unicode/utf8"

	"github.com/go-ego/gse"
)

var (
	//go:embed words.txt
	wordList string
	//go:embed stopwords.txt
	stopList string
)

// analyzer cuts text into the words of the domain. The same one is used for
// documents and queries, so that a word means the same in both.
type analyzer struct {
	seg  gse.Segmenter
	stop map[string]bool
}

// newAnalyzer loads the domain dictionary and further words (some thousand, a
// few milliseconds; gse's own takes over a second and would delay every
// start).
func newAnalyzer(further []string) *analyzer {
	a := &analyzer{stop: make(map[string]bool)}
	a.seg.Dict = gse.NewDict()
	a.seg.NotLoadHMM, a.seg.SkipLog = true, true
	add := func(w string) {
		// The only error is a word given twice, which changes nothing.
		_ = a.seg.AddToken(w, float64(1+len(w)))
	}
	listed(wordList, add)
	listed(stopList, func(w string) {
		a.stop[w] = true
		add(w)
	})
	for _, w := range further {
		add(w)
	}
	a.seg.CalcToken()
	return a
}

// listed visits the words of an embedded list.
func listed(text string, visit func(string)) {
	for line := range strings.Lines(text) {
		if !strings.HasPrefix(line, "#") {
			for _, w := range strings.Fields(line) {
				visit(w)
			}
		}
	}
}

// words returns the words of the dictionary that the text is cut into, with
// the shorter words inside them, and other stretches whole. What the dictionary
// leaves as single characters stands in pairs. Stop words are left out.
func (a *analyzer) words(f *folded) []string {
	var out []string
	f.stretches(func(i, j int, han bool) {
		if !han {
			out = append(out, string(f.runes[i:j]))
			return
		}
		alone := 0 // single characters before i
		for _, s := range a.seg.Segment([]byte(string(f.runes[i:j]))) {
			w := s.Token().Text()
			if n := utf8.RuneCountInString(w); n > 1 {
				alone = 0
				i += n
			} else {
				if i++; a.stop[w] {
					alone = 0
				} else if alone++; alone > 1 {
					out = append(out, string(f.runes[i-2:i]))
				}
			}
			out = a.appendWords(out, s.Token())
		}
	})
	return out
}

func (a *analyzer) appendWords(out []string, t *gse.Token) []string {
	w := t.Text()
	if len(w) < 4 || a.stop[w] { // a Han character has three bytes
		return out
	}
	out = append(out, w)
	for _, s := range t.Segments() {
		if s.Token().Text() != w {
			out = a.appendWords(out, s.Token())
		}
	}
	return out
}

// spelt reports whether all of f is words of the dictionary, none of a single
// character.
func (a *analyzer) spelt(f *folded) bool {
	all := true
	f.stretches(func(i, j int, han bool) {
		if all && han {
			for _, s := range a.seg.Segment([]byte(string(f.runes[i:j]))) {
				all = all && len(s.Token().Text()) > 3
			}
		}
	})
	return all
}

// core is f without its stop words; all of f if little else is in it. One
// character is taken out only where words stand on both sides: 及 parts two
// things in 道路及管网, and is part of a word in 及格率.
func (a *analyzer) core(f *folded) folded {
	out := folded{}
	f.stretches(func(i, j int, han bool) {
		keep := func(from, to int) {
			out.runes, out.at = append(out.runes, f.runes[from:to]...), append(out.at, f.at[from:to]...)
			out.gap = append(out.gap, f.gap[from:to]...)
		}
		if !han {
			keep(i, j)
			return
		}
		segments := a.seg.Segment([]byte(string(f.runes[i:j])))
		size := func(k int) int {
			if k < 0 || k >= len(segments) {
				return 0
			}
			return utf8.RuneCountInString(segments[k].Token().Text())
		}
		for k, s := range segments {
			n := size(k)
			if !a.stop[s.Token().Text()] || n == 1 && (size(k-1) < 2 || size(k+1) == 1) {
				keep(i, i+n)
			}
			i += n
		}
	})
	if len(out.runes) < 2 {
		return *f
	}
	return out
}
