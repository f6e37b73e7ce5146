package naming

import (
	_ "embed"
	"encoding/csv"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"
)

//go:embed words.csv
var wordsCSV string

// kind is what a name measures: pass of the family rate; the zero kind is
// unknown, a kind without a name is its family.
type kind struct{ name, family string }

// lexicon is words.csv, by first character, longest word first.
type lexicon struct {
	same     map[rune][]sameWord
	weak     map[rune][]weakWord
	measure  map[rune][]measureWord // by last character
	opposite []oppositeWord
	contrast map[rune][]contrastWord
	effect   [][]rune
	place    []string
	notPlace []string
}

type sameWord struct{ from, to []rune }

type weakWord struct {
	word []rune
	keep float32
}

type measureWord struct {
	word []rune
	kind kind
}

// contrastWord is a thing of a sort; thing is sort<<8 and its number in it.
type contrastWord struct {
	word  []rune
	thing uint16
}

type oppositeWord struct {
	word string
	bit  uint8
}

// words is words.csv, read once.
var words = sync.OnceValue(func() *lexicon {
	r := csv.NewReader(strings.NewReader(wordsCSV))
	r.Comment = '#'
	r.FieldsPerRecord = 4
	rows, err := r.ReadAll()
	if err != nil {
		panic("naming: words.csv: " + err.Error()) // a damaged build, not data
	}
	l := &lexicon{same: map[rune][]sameWord{}, weak: map[rune][]weakWord{}, measure: map[rune][]measureWord{}, contrast: map[rune][]contrastWord{}}
	sorts := make(map[string][2]uint16) // number, and words so far
	for _, row := range rows[1:] {
		word := []rune(row[1])
		first, last := word[0], word[len(word)-1]
		switch row[0] {
		case "same":
			l.same[first] = append(l.same[first], sameWord{word, []rune(row[2])})
		case "weak":
			keep, err := strconv.ParseFloat(row[2], 32)
			if err != nil {
				panic("naming: words.csv: " + err.Error())
			}
			l.weak[first] = append(l.weak[first], weakWord{word, float32(keep)})
		case "measure":
			name, family, ok := strings.Cut(row[2], "/")
			if !ok {
				family = name
				if slices.Contains([]string{"rate", "count", "money", "quality"}, name) {
					name = ""
				}
			}
			l.measure[last] = append(l.measure[last], measureWord{word, kind{name, family}})
		case "opposite":
			bit, err := strconv.ParseUint(row[2], 10, 8)
			if err != nil {
				panic("naming: words.csv: " + err.Error())
			}
			l.opposite = append(l.opposite, oppositeWord{row[1], uint8(bit)})
		case "contrast":
			sort, ok := sorts[row[2]]
			if !ok {
				sort[0] = uint16(len(sorts))
			}
			sort[1]++
			sorts[row[2]] = sort
			l.contrast[first] = append(l.contrast[first], contrastWord{word, sort[0]<<8 | sort[1]})
		case "effect":
			l.effect = append(l.effect, word)
		case "place":
			l.place = append(l.place, row[1])
		case "notplace":
			l.notPlace = append(l.notPlace, row[1])
		default:
			panic("naming: words.csv: kind " + row[0])
		}
	}
	for _, list := range l.same {
		slices.SortStableFunc(list, func(a, b sameWord) int { return len(b.from) - len(a.from) })
	}
	for _, list := range l.weak {
		slices.SortStableFunc(list, func(a, b weakWord) int { return len(b.word) - len(a.word) })
	}
	for _, list := range l.contrast {
		slices.SortStableFunc(list, func(a, b contrastWord) int { return len(b.word) - len(a.word) })
	}
	for _, list := range l.measure {
		slices.SortStableFunc(list, func(a, b measureWord) int { return len(b.word) - len(a.word) })
	}
	slices.SortStableFunc(l.opposite, func(a, b oppositeWord) int { return len(b.word) - len(a.word) })
	longer := func(a, b string) int { return utf8.RuneCountInString(b) - utf8.RuneCountInString(a) }
	slices.SortStableFunc(l.place, longer)
	slices.SortStableFunc(l.notPlace, longer)
	return l
})

// rewrite appends s to out with each word replaced by the spelling it is read as.
func (l *lexicon) rewrite(out, s []rune) []rune {
	for i := 0; i < len(s); {
		hit := false
		for _, w := range l.same[s[i]] {
			if hasPrefix(s[i:], w.from) {
				out = append(out, w.to...)
				i += len(w.from)
				hit = true
				break
			}
		}
		if !hit {
			out = append(out, s[i])
			i++
		}
	}
	return out
}

// factors appends to out, for each character of s, the share of its weight
// that stays: 1, or less inside a weak word.
func (l *lexicon) factors(out []float32, s []rune) []float32 {
	for i := 0; i < len(s); {
		n, keep := 1, float32(1)
		for _, w := range l.weak[s[i]] {
			if hasPrefix(s[i:], w.word) {
				n, keep = len(w.word), w.keep
				break
			}
		}
		for range n {
			out = append(out, keep)
		}
		i += n
	}
	return out
}

// kindOf is what s measures, by its last word, or an effect by its first one
// (提升…, 促进…).
func (l *lexicon) kindOf(s []rune) kind {
	if len(s) == 0 {
		return kind{}
	}
	for _, w := range l.measure[s[len(s)-1]] {
		if hasSuffix(s, w.word) {
			return w.kind
		}
	}
	for _, w := range l.effect {
		if hasPrefix(s, w) {
			return kind{family: "quality"}
		}
	}
	return kind{}
}

// opposites are the bits of the words in s that turn a name around.
func (l *lexicon) opposites(s string) (bits uint8) {
	for _, w := range l.opposite {
		if w.bit&^bits != 0 && strings.Contains(s, w.word) {
			bits |= w.bit
		}
	}
	return bits
}

// things appends to out the things that s names, the longest words first found.
func (l *lexicon) things(out []uint16, s []rune) []uint16 {
	for i := 0; i < len(s); {
		n := 1
		for _, w := range l.contrast[s[i]] {
			if hasPrefix(s[i:], w.word) {
				if !slices.Contains(out, w.thing) {
					out = append(out, w.thing)
				}
				n = len(w.word)
				break
			}
		}
		i += n
	}
	return out
}

// compareThings counts the sorts of which a and b name different things, and
// those of which only a or only b names one.
func compareThings(a, b []uint16) (differ, onlyA, onlyB int) {
	var doneA, done uint32
	for _, x := range a {
		sort := uint32(1) << (x >> 8)
		if doneA&sort != 0 {
			continue
		}
		doneA |= sort
		found, same := false, false
		for _, y := range b {
			if y>>8 == x>>8 {
				found = true
				same = same || slices.Contains(a, y)
			}
		}
		switch {
		case !found:
			onlyA++
		case !same:
			differ++
		}
	}
	for _, y := range b {
		sort := uint32(1) << (y >> 8)
		if (doneA|done)&sort == 0 {
			done |= sort
			onlyB++
		}
	}
	return differ, onlyA, onlyB
}

func hasPrefix(s, p []rune) bool {
	if len(s) < len(p) {
		return false
	}
	for i, r := range p {
		if s[i] != r {
			return false
		}
	}
	return true
}

func hasSuffix(s, p []rune) bool { return len(s) >= len(p) && hasPrefix(s[len(s)-len(p):], p) }
