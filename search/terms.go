package search

import (
	_ "embed"
	"strings"
	"unicode"

	"github.com/go-ego/gse"
)

//go:embed words.txt
var wordList string

// analyzer turns text into the terms that are indexed and searched. The same
// one is used on both sides, so that a term means the same in both.
type analyzer struct {
	seg gse.Segmenter
}

// newAnalyzer loads the domain dictionary (some thousand words, a few
// milliseconds; gse's own takes over a second and would delay every start).
func newAnalyzer() *analyzer {
	a := &analyzer{}
	a.seg.Dict = gse.NewDict()
	a.seg.NotLoadHMM, a.seg.SkipLog = true, true
	for line := range strings.Lines(wordList) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for _, w := range strings.Fields(line) {
			// The only error is a word given twice, which changes nothing.
			_ = a.seg.AddToken(w, float64(1+len(w)))
		}
	}
	a.seg.CalcToken()
	return a
}

// normalize folds full-width forms, case and blanks rune by rune: the result
// has as many runes as s, so that positions in it are positions in s.
func normalize(s string) []rune {
	out := []rune(s)
	for i, r := range out {
		switch {
		case r == '\u3000':
			r = ' '
		case r >= '！' && r <= '～':
			r -= '！' - '!'
		}
		out[i] = unicode.ToLower(r)
	}
	return out
}

// key is the form in which whole names are compared: normalised, letters and
// digits only.
func key(s string) string {
	var b strings.Builder
	for _, r := range normalize(s) {
		if wordRune(r) {
			b.WriteRune(r)
		}
	}
	return b.String()
}

func wordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// runs splits normalised text into stretches of Han characters and stretches
// of other letters and digits, each with its position.
func runs(text []rune, visit func(start, end int, han bool)) {
	for i := 0; i < len(text); {
		if !wordRune(text[i]) {
			i++
			continue
		}
		han, j := unicode.Is(unicode.Han, text[i]), i+1
		for j < len(text) && wordRune(text[j]) && unicode.Is(unicode.Han, text[j]) == han {
			j++
		}
		visit(i, j, han)
		i = j
	}
}

// grams returns the character bigrams of Han stretches (a stretch of one is
// itself) and other stretches whole, in order, with repeats.
func grams(text []rune) []string {
	var out []string
	runs(text, func(i, j int, han bool) {
		if !han || j-i == 1 {
			out = append(out, string(text[i:j]))
			return
		}
		for k := i; k+2 <= j; k++ {
			out = append(out, string(text[k:k+2]))
		}
	})
	return out
}

// words returns the words of the domain dictionary that the text is cut into,
// with the shorter words inside them, and other stretches whole. Single Han
// characters are no words.
func (a *analyzer) words(text []rune) []string {
	var out []string
	runs(text, func(i, j int, han bool) {
		if !han {
			out = append(out, string(text[i:j]))
			return
		}
		for _, s := range a.seg.Segment([]byte(string(text[i:j]))) {
			out = appendWords(out, s.Token())
		}
	})
	return out
}

func appendWords(out []string, t *gse.Token) []string {
	w := t.Text()
	if len([]rune(w)) < 2 {
		return out
	}
	out = append(out, w)
	for _, s := range t.Segments() {
		if s.Token().Text() != w {
			out = appendWords(out, s.Token())
		}
	}
	return out
}
