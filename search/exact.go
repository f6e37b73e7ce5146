package search

import (
	"cmp"
	"slices"
)

// The keys of surfaces, by which they are ordered.
func byChars(f *folded) string { return f.key() }

func bySound(f *folded) string {
	s, _ := pinyin().letters(f.runes)
	return s
}

func byFirsts(f *folded) string {
	_, s := pinyin().letters(f.runes)
	return s
}

// exact puts documents into tiers that are what was typed, and adds those that
// begin so. It reports whether some name or alias is exactly what was typed.
func (l *lookup) exact(f *fusion) (whole bool) {
	key := l.q.whole.key()
	var begins []found
	for _, p := range l.shelf.parts {
		for _, s := range l.begins(p, p.byChars, key, byChars) {
			n := p.base + s.doc()
			t := p.text(s, &l.scratch)
			tier, why := tierName, WhyName
			if s.text() > 1 {
				tier, why = tierAlias, WhyAlias
			}
			e := found{doc: n, why: why, surface: s.text(), marks: marked(len(t.runes), len(l.q.whole.runes))}
			if len(t.runes) == len(l.q.whole.runes) {
				f.exact(e, tier)
				whole = true
			} else {
				e.score = -float64(len(t.runes))
				begins = append(begins, e)
			}
		}
	}
	if l.q.letters && !l.q.han {
		for _, k := range []struct {
			list func(part) []surface
			by   func(*folded) string
			why  Why
		}{
			{func(p part) []surface { return p.bySound }, bySound, WhyPinyin},
			{func(p part) []surface { return p.byFirsts }, byFirsts, WhyInitials},
		} {
			for _, p := range l.shelf.parts {
				for _, s := range l.begins(p, k.list(p), key, k.by) {
					t := p.text(s, &l.scratch)
					e := found{doc: p.base + s.doc(), why: k.why, surface: s.text(), marks: marked(len(t.runes), len(t.runes))}
					if len(k.by(t)) == len(key) {
						f.exact(e, tierSound)
					} else if k.why == WhyPinyin || len(key) > 1 {
						e.score = -float64(len(t.runes))
						e.marks = nil
						begins = append(begins, e)
					}
				}
			}
		}
	}
	l.order(begins)
	f.add(begins[:min(len(begins), proposed)], weightPrefix)
	return whole
}

// weightPrefix is the weight of names that begin as typed, among the ranks.
const weightPrefix = 0.5

func marked(n, first int) []bool {
	m := make([]bool, n)
	for i := range min(n, first) {
		m[i] = true
	}
	return m
}

// begins are the admitted surfaces of p whose key begins with prefix, at most
// closely: those that are it, then the shortest.
func (l *lookup) begins(p part, list []surface, prefix string, by func(*folded) string) []surface {
	if len(list) == 0 {
		return nil
	}
	in := p.prefixed(list, prefix, by)
	out := make([]surface, 0, min(len(in), closely))
	for _, s := range in {
		if !p.isDead(s.doc()) && l.admits(p.base+s.doc()) {
			out = append(out, s)
		}
		if len(out) == 8*closely {
			break // those that are it stand first
		}
	}
	if len(out) > closely {
		slices.SortStableFunc(out[closely/2:], func(a, b surface) int {
			return cmp.Compare(p.lengths[a.doc()], p.lengths[b.doc()])
		})
		out = out[:closely]
	}
	return out
}
