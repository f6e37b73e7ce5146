package search

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"
	"sync"
)

// maxNear is the number of Han characters above which a text is no name with an
// error.
const maxNear = 30

var aligners = sync.Pool{New: func() any { return &aligner{} }}

// near finds names on which the query lies with few differences: in pinyin, by
// first letters, mixed, or with a typing error.
func (l *lookup) near() []found {
	han := 0
	for _, r := range l.q.core {
		if isHan(r) {
			han++
		}
	}
	if len(l.q.core) < 2 || len(l.q.core) > maxAsked || han > maxNear {
		return nil
	}
	t := newTally(l.shelf.n)
	defer t.free()
	if l.q.letters {
		l.addLetters(t)
	}
	if l.q.han {
		for _, w := range l.q.pairs {
			if w.df > 0 {
				share := 1.0
				if !w.near {
					share = skipShare
				}
				t.add(l.shelf, w.feature, w.weight*share, false)
			}
		}
		if len(l.q.core) <= 3 && !l.q.letters {
			for i, r := range l.q.core {
				if slices.Index(l.q.core, r) == i {
					t.add(l.shelf, charFeature(r), singleShare*l.q.single[r], false)
				}
			}
		}
	}
	out := l.alignBest(t, closely/2)
	if l.q.han && !l.q.letters && (len(out) == 0 || -out[0].score > costWrong) {
		// Nothing close by characters: perhaps several are wrong but sound right.
		sounds := newTally(l.shelf.n)
		defer sounds.free()
		spelt, _ := pinyin().letters(l.q.core)
		l.addRarest(sounds, trigrams(nil, spelt))
		out = l.merge(out, l.alignBest(sounds, closely/4))
	}
	return out[:min(len(out), proposed)]
}

// addLetters adds what the letters of the query may mean: pinyin, first
// letters, or letters of the name itself.
func (l *lookup) addLetters(t *tally) {
	var run strings.Builder
	var asked []feature
	flush := func() {
		s := run.String()
		run.Reset()
		asked = trigrams(asked, s)
		if len(s) > 12 {
			return
		}
		if len(s) == 2 {
			asked = append(asked, firstsFeature(s))
		}
		for i := 0; i+3 <= len(s); i++ {
			asked = append(asked, firstsFeature(s[i:i+3]))
		}
	}
	for _, r := range l.q.core {
		if r < 0x80 {
			run.WriteRune(r)
		} else {
			flush()
		}
	}
	flush()
	l.addRarest(t, asked)
}

// trigrams appends the letter features of s.
func trigrams(out []feature, s string) []feature {
	for i := 0; i+3 <= len(s); i++ {
		out = append(out, lettersFeature(s[i:i+3]))
	}
	return out
}

// Of many features of a query, the rarest are asked for: at least fewest, then
// as long as no more than maxListed documents have been gone through.
const (
	fewest    = 8
	maxListed = 25_000
)

// addRarest adds the features of a query, the rarest first.
func (l *lookup) addRarest(t *tally, asked []feature) {
	type counted struct {
		feature
		df int
	}
	slices.Sort(asked)
	var all []counted
	for _, f := range slices.Compact(asked) {
		if df := l.shelf.df(f); df > 0 {
			all = append(all, counted{f, df})
		}
	}
	slices.SortFunc(all, func(a, b counted) int { return cmp.Or(cmp.Compare(a.df, b.df), cmp.Compare(a.feature, b.feature)) })
	sum := 0
	for i, c := range all {
		if sum += c.df; sum > maxListed && i >= fewest {
			return
		}
		t.add(l.shelf, c.feature, idf(l.shelf.alive, c.df), false)
	}
}

// alignBest aligns the query with the best k of t and keeps those with few
// differences, best first.
func (l *lookup) alignBest(t *tally, k int) []found {
	a := aligners.Get().(*aligner)
	defer aligners.Put(a)
	candidates := t.best(l.shelf, k, l.admits)
	limit := float32(0.7)
	out := l.align(a, candidates, false, limit)
	if len(out) == 0 || !l.q.han && -out[0].score > 0.5 {
		limit = allowed(l.q)
		if more := l.align(a, candidates, true, limit); len(more) > 0 {
			out = more
		}
	}
	return out
}

// allowed is what differences may cost: one wrong character of up to six, two
// of more; letters weigh less.
func allowed(q *question) float32 {
	switch n := len(q.core); {
	case !q.han && n < 4:
		return 0.2
	case !q.han:
		return 2 * costSlip
	case n < 3:
		return costSound
	case n <= 6:
		return costWrong
	}
	return 2 * costWrong
}

// align lays the query on the surfaces of the candidates. The score is minus
// the cost, with small amounts for what stands around the match.
func (l *lookup) align(a *aligner, candidates []uint32, slips bool, limit float32) []found {
	var out []found
	asked, apart := l.q.whole.runes, l.q.whole.gap
	if len(asked) > maxAsked {
		asked, apart = l.q.core, l.q.apart
	}
	for _, n := range candidates {
		best := found{doc: n, score: -10}
		r := l.shelf.reader(n)
		r.surfaces(&l.scratch, func(i int, f *folded) {
			if i == 1 && best.score > -0.01 {
				return
			}
			text := f.runes[:min(len(f.runes), maxNamed)]
			r, ok := a.align(asked, apart, text, slips, limit)
			if !ok {
				return
			}
			touched := bits.OnesCount64(r.marks)
			if touched == 0 || r.wrong && l.q.han && touched < 2 {
				return
			}
			rest := float64(len(text)-(r.end-r.start)) / float64(len(text))
			s := -float64(r.cost) - 0.3*rest
			if r.start > 0 {
				s -= 0.05
			}
			if i > 1 {
				s -= 0.02
			}
			if s <= best.score {
				return
			}
			best.score, best.surface = s, i
			best.full = rest == 0 && r.cost <= costWrong // one error in a whole name
			marks := make([]bool, len(f.runes))
			for k := range marks {
				marks[k] = k < 64 && r.marks&(1<<k) != 0
			}
			best.marks = marks
			best.why = l.why(r, i)
		})
		if best.score > -10 {
			out = append(out, best)
		}
	}
	l.order(out)
	return out
}

func (l *lookup) why(r aligned, surface int) Why {
	switch {
	case r.cost == 0 && !r.sounds && !r.initials:
		if surface > 1 {
			return WhyAlias
		}
		return WhyName
	case !l.q.letters || r.wrong || r.cost >= costSlip:
		return WhyNear
	case r.sounds:
		return WhyPinyin
	case r.initials:
		return WhyInitials
	}
	return WhyNear
}

// merge joins two lists, the better score of each document.
func (l *lookup) merge(a, b []found) []found {
	at := make(map[uint32]int, len(a))
	for i, f := range a {
		at[f.doc] = i
	}
	for _, f := range b {
		if i, ok := at[f.doc]; !ok {
			a = append(a, f)
		} else if f.score > a[i].score {
			a[i] = f
		}
	}
	l.order(a)
	return a
}
