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
	maxRead     = 20000 // documents; more teach no more words
)

// derive finds words of the documents themselves, so that the dictionary keeps
// up with the library: keywords and short aliases of entries and templates,
// and the pieces that their names are put together from. Sorted.
func derive(docs []Doc) []string {
	words := map[string]bool{}
	type piece struct {
		names       int
		last        int // the name that was counted last, from 1
		left, right beside
	}
	pieces := map[string]*piece{}
	read := 0
	for _, d := range docs {
		if d.Type != Indicator && d.Type != Template {
			continue
		}
		if read++; read > maxRead {
			break
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
		name := fold(d.Name)
		name.piecesOf(func(s string, left, right rune) {
			p := pieces[s]
			if p == nil {
				p = &piece{}
				pieces[s] = p
			}
			if p.last != read {
				p.names, p.last = p.names+1, read
			}
			p.left.add(left)
			p.right.add(right)
		})
	}
	for s, p := range pieces {
		if p.names >= leastNames && p.left.free() && p.right.free() {
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

// beside holds the first different characters that stand beside a piece.
type beside [leastBeside]rune

func (b *beside) add(r rune) {
	for i, have := range b {
		if have == r {
			return
		}
		if have == 0 {
			b[i] = r
			return
		}
	}
	if r == end {
		b[0] = end
	}
}

// free reports whether enough different characters stand beside a piece; the
// end of a name parts words as well as many characters.
func (b *beside) free() bool { return b[len(b)-1] != 0 || slices.Contains(b[:], end) }

// piecesOf visits the pieces of two to four Han characters of f with what
// stands beside them.
func (f *folded) piecesOf(visit func(s string, left, right rune)) {
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
