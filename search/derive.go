package search

import (
	"cmp"
	"slices"
	"unicode/utf8"
)

// How words are told among the pieces of names: a piece of two to four
// characters that this many names share, and that stands beside this many
// different characters, or the end, on both sides.
const (
	leastNames  = 4
	leastBeside = 3
	maxDerived  = 6000
)

// derive finds words of the documents themselves, so that the dictionary keeps
// up with the library: keywords and short aliases of entries and templates,
// and the pieces that their names are put together from. Sorted.
func derive(docs []Doc) []string {
	words := map[string]bool{}
	type piece struct {
		names       int
		last        int // the name that was counted last
		left, right map[rune]bool
	}
	pieces := map[string]*piece{}
	for n, d := range docs {
		if d.Type != Indicator && d.Type != Template {
			continue
		}
		for _, k := range d.Keywords {
			if f := fold(k); len(f.runes) >= 2 && len(f.runes) <= 6 && allHan(f.runes) {
				words[f.key()] = true
			}
		}
		for _, a := range d.Aliases {
			if f := fold(a); len(f.runes) >= 2 && len(f.runes) <= 4 && allHan(f.runes) {
				words[f.key()] = true
			}
		}
		fold(d.Name).piecesOf(func(s string, left, right rune) {
			p := pieces[s]
			if p == nil {
				p = &piece{last: -1, left: map[rune]bool{}, right: map[rune]bool{}}
				pieces[s] = p
			}
			if p.last != n {
				p.names, p.last = p.names+1, n
			}
			p.left[left], p.right[right] = true, true
		})
	}
	for s, p := range pieces {
		if p.names >= leastNames && free(p.left) && free(p.right) {
			words[s] = true
		}
	}
	out := make([]string, 0, len(words))
	for w := range words {
		out = append(out, w)
	}
	slices.SortFunc(out, func(a, b string) int {
		return cmp.Or(utf8.RuneCountInString(a)-utf8.RuneCountInString(b), cmp.Compare(a, b))
	})
	out = out[:min(len(out), maxDerived)]
	slices.Sort(out)
	return out
}

// end stands for the beginning or end of a name.
const end rune = -1

// free reports whether enough different characters stand beside a piece; the
// end of a name parts words as well as many characters.
func free(beside map[rune]bool) bool { return beside[end] || len(beside) >= leastBeside }

// piecesOf visits the pieces of two to four Han characters of f with what
// stands beside them.
func (f folded) piecesOf(visit func(s string, left, right rune)) {
	f.stretches(func(i, j int, han bool) {
		if !han {
			return
		}
		at := func(k int) rune {
			if k < i || k >= j {
				return end
			}
			return f.runes[k]
		}
		for from := i; from < j; from++ {
			for to := from + 2; to <= min(from+4, j); to++ {
				visit(string(f.runes[from:to]), at(from-1), at(to))
			}
		}
	})
}

func allHan(text []rune) bool {
	return !slices.ContainsFunc(text, func(r rune) bool { return !isHan(r) })
}
