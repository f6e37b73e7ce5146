package goal

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"sync"
)

//go:embed words.csv
var wordsCSV string

// lexicon is words.csv by kind, the longest words first; same maps a spelling to
// the one it is read as.
type lexicon struct {
	by     map[string][][]rune
	same   []pair
	val    map[string]string // by kind and word: what state and class say of it
	people map[[2]rune]bool  // pairs of object words
	thin   map[[2]rune]bool  // words of two characters that say little about what a task is about
}

type pair struct{ from, to []rune }

// words is words.csv, read once; a damaged table is a damaged build.
var words = sync.OnceValue(func() *lexicon {
	l, err := readWords(wordsCSV)
	if err != nil {
		panic("goal: words.csv: " + err.Error())
	}
	return l
})

func readWords(text string) (*lexicon, error) {
	r := csv.NewReader(strings.NewReader(text))
	r.Comment, r.FieldsPerRecord = '#', 3
	rows, err := r.ReadAll()
	if err != nil {
		return nil, err
	}
	l := &lexicon{by: map[string][][]rune{}, val: map[string]string{}, thin: map[[2]rune]bool{}, people: map[[2]rune]bool{}}
	for _, row := range rows[1:] {
		word := []rune(row[1])
		switch kind := row[0]; kind {
		case "output", "effect", "lead", "slogan", "join", "weak", "level", "noun", "object", "cost", "money", "reach":
			l.by[kind] = append(l.by[kind], word)
			for i := 1; i < len(word) && kind == "object"; i++ {
				l.people[[2]rune{word[i-1], word[i]}] = true
			}
		case "state", "class", "per":
			if row[2] == "" {
				return nil, fmt.Errorf("%s %q: want a value", kind, row[1])
			}
			l.by[kind] = append(l.by[kind], word)
			l.val[kind+row[1]] = row[2]
		case "thin":
			if len(word) != 2 {
				return nil, fmt.Errorf("thin word %q: want two characters", row[1])
			}
			l.thin[[2]rune{word[0], word[1]}] = true
		case "same":
			l.same = append(l.same, pair{word, []rune(row[2])})
		default:
			return nil, fmt.Errorf("column %q: got %q", "kind", kind)
		}
	}
	for _, list := range l.by {
		slices.SortStableFunc(list, func(a, b []rune) int { return len(b) - len(a) })
	}
	slices.SortStableFunc(l.same, func(a, b pair) int { return len(b.from) - len(a.from) })
	return l, nil
}

// head is the length of the longest word of a kind that s begins with, 0 for none.
func (l *lexicon) head(kind string, s []rune) int {
	if kind == "output" && l.head("noun", s) > 0 {
		return 0 // 服务对象 serves nobody
	}
	for _, w := range l.by[kind] {
		if hasPrefix(s, w) {
			return len(w)
		}
	}
	return 0
}

// tail is head for the end of s.
func (l *lexicon) tail(kind string, s []rune) int {
	for _, w := range l.by[kind] {
		if len(s) >= len(w) && slices.Equal(s[len(s)-len(w):], w) {
			return len(w)
		}
	}
	return 0
}

// find is where the first word of a kind stands in s; -1 if none does.
func (l *lexicon) find(kind string, s []rune) (at, length int) {
	for i := 0; i < len(s); i++ {
		if n := l.head("noun", s[i:]); n > 0 && kind == "output" {
			i += n - 1
			continue
		}
		if n := l.head(kind, s[i:]); n > 0 {
			return i, n
		}
	}
	return -1, 0
}

// all are the words of a kind that s holds, the longest at each place.
func (l *lexicon) all(kind string, s []rune) []string {
	var out []string
	for i := 0; i < len(s); i++ {
		if n := l.head(kind, s[i:]); n > 0 {
			out = append(out, string(s[i:i+n]))
			i += n - 1
		}
	}
	return out
}

func hasPrefix(s, p []rune) bool { return len(s) >= len(p) && slices.Equal(s[:len(p)], p) }
