package search

import (
	"cmp"
	"slices"
)

// found is a document as one channel found it.
type found struct {
	doc     uint32
	score   float64 // larger is better; compares within one channel
	why     Why
	surface int    // of the document, that matched; -1 if none
	full    bool   // all that was typed is in the surface
	whole   bool   // and nothing else
	marks   []bool // of the folded characters of the surface; nil if none
}

// How many documents a channel looks at closely and how many it proposes.
const (
	closely  = 80
	proposed = 60
)

// lookup is one search: the shelf as it stands, the question, what documents
// may be found, and those that match at all.
type lookup struct {
	shelf  *shelf
	q      *question
	admits func(uint32) bool
	open   bool // nothing is filtered
	codes  []codes
	match  *tally   // what every document shares with the query, admitted or not
	also   []uint32 // documents that match by their words

	scratch folded
}

// grams finds names by the characters they share with the query, next to each
// other or with one between.
func (l *lookup) grams() []found {
	t := l.match
	near := 0
	for _, w := range l.q.pairs {
		if w.df == 0 {
			near += map[bool]int{true: 1}[w.near]
			continue
		}
		weight := w.weight
		if w.near {
			near++
		} else {
			weight *= skipShare
		}
		t.add(l.shelf, w.feature, weight, w.near)
	}
	if len(t.touched) == 0 || len(l.q.core) <= 3 {
		for i, r := range l.q.core {
			if (len(l.q.core) == 1 || isHan(r)) && slices.Index(l.q.core, r) == i {
				t.add(l.shelf, charFeature(r), singleShare*l.q.single[r], len(l.q.core) == 1)
			}
		}
	}
	var out []found
	for _, n := range t.best(l.shelf, closely, l.admits) {
		if f, ok := l.cover(n); ok {
			out = append(out, f)
		}
	}
	l.order(out)
	return out[:min(len(out), proposed)]
}

// Shares of the score that a match in something else than the name counts.
const (
	aliasShare   = 0.97
	keywordShare = 0.45
)

// cover scores document n by its surface that answers best.
func (l *lookup) cover(n uint32) (found, bool) {
	best := found{doc: n, surface: -1}
	var buf [64]bool
	look := func(i int, f *folded, share float64, why Why) {
		marks := buf[:]
		if len(f.runes) > len(buf) {
			marks = make([]bool, len(f.runes))
		}
		marks = marks[:len(f.runes)]
		s, full := l.q.covers(f.runes, marks)
		if s *= share; s > best.score {
			best.score, best.why, best.surface, best.full = s, why, i, full
			best.marks = append(best.marks[:0], marks...)
		}
	}
	r := l.shelf.reader(n)
	r.surfaces(&l.scratch, func(i int, f *folded) {
		if i < 2 {
			look(i, f, 1, WhyName)
		} else {
			look(i, f, aliasShare, WhyAlias)
		}
	})
	r.keywords(&l.scratch, func(i int, f *folded) { look(i, f, keywordShare, WhyAlias) })
	return best, best.score > 0
}

// onOriginal turns marks of folded characters into marks of the original's.
func onOriginal(f *folded, marks []bool) []bool {
	if len(f.at) == 0 {
		return nil
	}
	out := make([]bool, f.at[len(f.at)-1]+1)
	for i, m := range marks {
		out[f.at[i]] = out[f.at[i]] || m
	}
	return out
}

// order sorts what a channel found: by score, the commoner, the shorter, by id.
func (l *lookup) order(in []found) {
	slices.SortFunc(in, func(a, b found) int {
		return cmp.Or(-cmp.Compare(a.score, b.score), -cmp.Compare(l.shelf.count(a.doc), l.shelf.count(b.doc)),
			cmp.Compare(l.shelf.length(a.doc), l.shelf.length(b.doc)), l.shelf.before(a.doc, b.doc))
	})
}

// others finds names by words that are said for words of the query: both are
// brought to the heads of their groups and then compared as in grams.
func (l *lookup) others() []found {
	words := synonyms()
	said := words.find(l.q.core)
	if len(said) == 0 || len(said) > 12 {
		return nil
	}
	t := newTally(l.shelf.n)
	defer t.free()
	for _, o := range said {
		typed := string(l.q.core[o.start:o.end])
		for _, w := range words.words[o.group] {
			if w == typed {
				continue
			}
			r := []rune(w)
			if len(r) == 1 {
				continue
			}
			for i := 0; i+1 < len(r); i++ {
				f := pairFeature(r[i], r[i+1])
				df := l.shelf.df(f)
				if df > 0 {
					t.add(l.shelf, f, idf(l.shelf.alive, df)/float64(len(r)-1), false)
				}
			}
		}
	}
	// What the query's other characters share decides among those with the word.
	if len(t.touched) == 0 {
		return nil
	}
	for _, w := range l.q.pairs {
		if w.near && w.df > 0 {
			t.add(l.shelf, w.feature, w.weight, false)
		}
	}
	plain, _ := words.plain(l.q.core)
	alike := &question{core: plain, apart: make([]bool, len(plain))}
	alike.han = true
	alike.weigh(l.shelf)
	var out []found
	for _, n := range t.best(l.shelf, closely/2, l.admits) {
		best := found{doc: n, surface: -1, why: WhySynonym}
		r := l.shelf.reader(n)
		r.surfaces(&l.scratch, func(i int, f *folded) {
			text, at := words.plain(f.runes)
			marks := make([]bool, len(text))
			s, full := alike.covers(text, marks)
			if i > 1 {
				s *= aliasShare
			}
			if s <= best.score {
				return
			}
			best.score, best.surface, best.full = s, i, full
			best.whole = full && len(text) == len(plain)
			if at != nil { // marks of the heads fall on the words they stand for
				back := make([]bool, len(f.runes))
				for k, m := range marks {
					back[at[k]] = back[at[k]] || m
				}
				for _, o := range words.find(f.runes) {
					whole := slices.Contains(back[o.start:o.end], true)
					for k := o.start; k < o.end; k++ {
						back[k] = whole
					}
				}
				marks = back
			}
			best.marks = marks
		})
		if best.score > 0.34 {
			out = append(out, best)
		}
	}
	l.order(out)
	return out[:min(len(out), proposed)]
}
