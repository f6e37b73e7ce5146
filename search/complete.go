package search

import (
	"cmp"
	"context"
	"fmt"
)

// Completion is one proposal of Complete.
type Completion struct {
	Name  string
	Type  Type
	ID    string
	Count int
}

// Complete proposes at most n names (0 means 10) for what was typed so far:
// names that begin with it or have an alias that does, by characters, pinyin
// or first letters, most often filed first; then names that contain it. No
// name is proposed twice; ties go by id.
func (x *Index) Complete(ctx context.Context, typed string, n int) ([]Completion, error) {
	if err := x.enter(ctx); err != nil {
		return nil, fmt.Errorf("complete %q: %w", typed, err)
	}
	defer x.leave()
	if n <= 0 {
		n = 10
	}
	q := question{whole: fold(typed)}
	if len(q.whole.runes) > maxAsked {
		q.whole.runes = q.whole.runes[:maxAsked]
	}
	q.core = q.whole.runes
	for _, r := range q.core {
		q.han = q.han || isHan(r)
		q.letters = q.letters || isLetter(r)
	}
	if len(q.core) == 0 {
		return nil, nil
	}
	l := newLookup(x.names.Load(), Query{})
	l.q = &q
	c := &completer{l: l, n: n, seen: map[string]bool{}}
	c.take(l.beginning())
	if len(c.out) < n {
		c.take(l.containing(2 * n))
	}
	return c.out, nil
}

// completer collects proposals.
type completer struct {
	l    *lookup
	n    int
	seen map[string]bool
	out  []Completion
}

// take proposes documents, the commonest first, until there are enough.
func (c *completer) take(docs []uint32) {
	s := c.l.shelf
	h := heap{k: 4 * c.n, better: c.commoner} // names filed in several ways repeat
	for _, d := range docs {
		h.offer(d)
	}
	for _, d := range h.sorted() {
		if len(c.out) == c.n {
			return
		}
		p, i := s.at(d)
		r := p.record(i)
		c.l.scratch.fold(r.name, false)
		if k := c.l.scratch.key(); !c.seen[k] {
			c.seen[k] = true
			c.out = append(c.out, Completion{Name: r.name, Type: Type(p.value(colType, i)), ID: r.id, Count: int(p.counts[i])})
		}
	}
}

func (c *completer) commoner(a, b uint32) int {
	s := c.l.shelf
	return cmp.Or(-cmp.Compare(s.count(a), s.count(b)), s.before(a, b))
}

// beginning are the documents with a surface that begins with the query.
func (l *lookup) beginning() []uint32 {
	key := l.q.whole.key()
	var out []uint32
	seen := make(map[uint32]bool)
	for _, p := range l.shelf.parts {
		add := func(list []surface, by func(*folded) string) {
			for _, s := range p.prefixed(list, key, by) {
				if n := p.base + s.doc(); !p.isDead(s.doc()) && !seen[n] {
					seen[n] = true
					out = append(out, n)
				}
			}
		}
		add(p.byChars, byChars)
		if l.q.letters && !l.q.han {
			add(p.bySound, bySound)
			add(p.byFirsts, byFirsts)
		}
	}
	return out
}

// containing are documents with the query somewhere in a surface, at most some
// hundreds looked at.
func (l *lookup) containing(k int) []uint32 {
	if len(l.q.core) < 2 {
		return nil
	}
	t := newTally(l.shelf.n)
	defer t.free()
	if l.q.letters {
		l.addLetters(t)
	}
	var asked []feature
	for i := 0; i+1 < len(l.q.core); i++ {
		if isHan(l.q.core[i]) && isHan(l.q.core[i+1]) {
			asked = append(asked, pairFeature(l.q.core[i], l.q.core[i+1]))
		}
	}
	l.addRarest(t, asked)
	a := aligners.Get().(*aligner)
	defer aligners.Put(a)
	var out []uint32
	for _, f := range l.align(a, t.best(l.shelf, 3*k, l.admits), false, 0.4) {
		out = append(out, f.doc)
	}
	return out
}
