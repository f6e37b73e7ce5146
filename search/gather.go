package search

import (
	"cmp"
	"slices"
	"sync"
)

// tally adds up what documents share with a query. It is used for one query at
// a time and then put back.
type tally struct {
	score   []float32
	hits    []uint8 // features of the kind that counts
	touched []uint32
}

var tallies = sync.Pool{New: func() any { return &tally{} }}

func newTally(n int) *tally {
	t := tallies.Get().(*tally)
	if len(t.score) < n {
		t.score, t.hits = make([]float32, n), make([]uint8, n)
	}
	return t
}

func (t *tally) free() {
	for _, n := range t.touched {
		t.score[n], t.hits[n] = 0, 0
	}
	t.touched = t.touched[:0]
	tallies.Put(t)
}

// add gives the documents with f the weight w, and a hit if counted.
func (t *tally) add(s *shelf, f feature, w float64, counted bool) {
	hit := uint8(0)
	if counted {
		hit = 1
	}
	v := float32(w)
	for i := range s.parts {
		p := &s.parts[i]
		n, d, shift := uint32(0), uint32(0), 0
		list := p.list(f)
		score, hits := t.score[p.base:], t.hits[p.base:]
		for k := 0; k < len(list); k++ { // this loop is what a search spends its time in
			c := list[k]
			if c >= 0x80 {
				d |= uint32(c&0x7F) << shift
				shift += 7
				continue
			}
			n += d | uint32(c)<<shift
			d, shift = 0, 0
			if n >= uint32(p.n) {
				break
			}
			if p.dead != nil && p.isDead(n) {
				continue
			}
			if score[n] == 0 {
				t.touched = append(t.touched, p.base+n)
			}
			score[n] += v
			if hits[n] < 255 {
				hits[n] += hit
			}
		}
	}
}

// best are the numbers of the k documents with the highest score that keep
// admits, best first, ties by length of the name and then by id.
func (t *tally) best(s *shelf, k int, keep func(uint32) bool) []uint32 {
	h := heap{k: k, better: func(a, b uint32) int {
		return cmp.Or(-cmp.Compare(t.score[a], t.score[b]), cmp.Compare(s.length(a), s.length(b)), s.before(a, b))
	}}
	floor := float32(0)
	for _, n := range t.touched {
		if t.score[n] < floor || !keep(n) {
			continue
		}
		if h.offer(n); len(h.items) == k {
			floor = t.score[h.items[0]]
		}
	}
	return h.sorted()
}

// heap holds the first k of the numbers offered in the order of better, the
// last of them on top.
type heap struct {
	k      int
	better func(a, b uint32) int
	items  []uint32
}

func (h *heap) offer(n uint32) {
	switch {
	case len(h.items) < h.k:
		h.items = append(h.items, n)
		for i := len(h.items) - 1; i > 0 && h.better(h.items[i], h.items[(i-1)/2]) > 0; i = (i - 1) / 2 {
			h.items[i], h.items[(i-1)/2] = h.items[(i-1)/2], h.items[i]
		}
	case h.k > 0 && h.better(n, h.items[0]) < 0:
		h.items[0] = n
		for i := 0; ; {
			w := i
			for c := 2*i + 1; c <= 2*i+2 && c < len(h.items); c++ {
				if h.better(h.items[c], h.items[w]) > 0 {
					w = c
				}
			}
			if w == i {
				return
			}
			h.items[i], h.items[w] = h.items[w], h.items[i]
			i = w
		}
	}
}

func (h *heap) sorted() []uint32 {
	slices.SortFunc(h.items, h.better)
	return h.items
}

// length is the number of characters of a document's name, up to 255.
func (s *shelf) length(n uint32) uint8 {
	p, i := s.at(n)
	return p.lengths[i]
}
