package search

import (
	"cmp"
	"slices"
)

// newLookup prepares a search of s with the filters of q.
func newLookup(s *shelf, q Query) *lookup {
	f := q.filter()
	l := &lookup{shelf: s, open: f.empty()}
	for _, p := range s.parts {
		l.codes = append(l.codes, f.codes(p))
	}
	l.admits = func(uint32) bool { return true }
	if !l.open {
		l.admits = func(n uint32) bool {
			times, _ := l.fails(n)
			return times == 0
		}
	}
	return l
}

// fails counts the filters that do not admit document n, and names the last.
func (l *lookup) fails(n uint32) (times int, last column) {
	i := 0
	if len(l.shelf.parts) > 1 && n >= l.shelf.parts[1].base {
		i = 1
	}
	p := &l.shelf.parts[i]
	return l.codes[i].fails(p, n-p.base)
}

// need is how many of n pairs a name must share to match at all: half of a
// short query, two of a pasted sentence.
func need(n int) int {
	if n > longQuery {
		return 2
	}
	return max((n+1)/2, 1)
}

// matches visits every document that matches the text, whether the filters
// admit it or not, once.
func (l *lookup) matches(all *fusion, visit func(uint32)) {
	seen := make(map[uint32]bool, len(all.docs)+len(l.also))
	for n := range all.docs {
		seen[n] = true
		visit(n)
	}
	for _, n := range l.also {
		if !seen[n] {
			seen[n] = true
			visit(n)
		}
	}
	near := 0
	for _, w := range l.q.pairs {
		if w.near {
			near++
		}
	}
	least := uint8(min(need(near), 200))
	for _, n := range l.match.touched {
		if l.match.hits[n] >= least && !seen[n] {
			visit(n)
		}
	}
}

// result counts the documents that match, and the values of their fields.
func (l *lookup) result(all *fusion, facets bool) Result {
	c := newCounter(l, facets)
	l.matches(all, c.add)
	return c.result()
}

// counter counts documents and values.
type counter struct {
	l      *lookup
	total  int
	values [][columns][]int // by part and code; nil if not asked for
}

func newCounter(l *lookup, facets bool) *counter {
	c := &counter{l: l}
	if facets {
		for _, p := range l.shelf.parts {
			var v [columns][]int
			for k := range v {
				v[k] = make([]int, len(p.values[k]))
			}
			c.values = append(c.values, v)
		}
	}
	return c
}

// add counts document n for all fields if all filters admit it, and for the
// one field whose filter alone does not.
func (c *counter) add(n uint32) {
	times, last := c.l.fails(n)
	if times == 0 {
		c.total++
	}
	if c.values == nil || times > 1 {
		return
	}
	i := 0
	if len(c.l.shelf.parts) > 1 && n >= c.l.shelf.parts[1].base {
		i = 1
	}
	p := &c.l.shelf.parts[i]
	for k := range c.values[i] {
		if times == 0 || column(k) == last {
			c.values[i][k][p.codes[k][n-p.base]]++
		}
	}
}

func (c *counter) result() Result {
	out := Result{Total: c.total, Hits: []Hit{}}
	if c.values == nil {
		return out
	}
	for k, field := range FacetFields() {
		sum := map[string]int{}
		for i, p := range c.l.shelf.parts {
			for code, n := range c.values[i][k] {
				if v := p.values[k][code]; n > 0 && v != "" {
					sum[v] += n
				}
			}
		}
		f := Facet{Field: field, Values: make([]FacetValue, 0, len(sum))}
		for v, n := range sum {
			f.Values = append(f.Values, FacetValue{v, n})
		}
		slices.SortFunc(f.Values, func(a, b FacetValue) int { return cmp.Or(b.Count-a.Count, cmp.Compare(a.Value, b.Value)) })
		out.Facets = append(out.Facets, f)
	}
	return out
}

// list is the answer to a query without text: all documents, by id.
func (l *lookup) list(q Query, offset, limit int) Result {
	c := newCounter(l, q.Facets)
	var admitted []uint32
	for _, p := range l.shelf.parts {
		for i := range uint32(p.n) {
			if p.isDead(i) {
				continue
			}
			c.add(p.base + i)
			if l.admits(p.base + i) {
				admitted = append(admitted, p.base+i)
			}
		}
	}
	if len(l.shelf.parts) > 1 {
		slices.SortFunc(admitted, l.shelf.before)
	}
	out := c.result()
	for _, n := range admitted[min(offset, len(admitted)):min(offset+limit, len(admitted))] {
		out.Hits = append(out.Hits, l.hit(fused{found: found{doc: n, surface: -1}, tier: tierRest}))
	}
	return out
}

// rest are the next n documents that match and that no channel proposed, for
// whoever pages that far.
func (l *lookup) rest(all *fusion, n int) []uint32 {
	if n <= 0 {
		return nil
	}
	h := heap{k: n, better: func(a, b uint32) int {
		return cmp.Or(-cmp.Compare(l.match.score[a], l.match.score[b]), cmp.Compare(l.shelf.length(a), l.shelf.length(b)), l.shelf.before(a, b))
	}}
	l.matches(all, func(d uint32) {
		if all.docs[d] == nil && l.admits(d) {
			h.offer(d)
		}
	})
	return h.sorted()
}
