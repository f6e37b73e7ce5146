package search

import (
	"cmp"
	"iter"
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
	s.docs(f, func(n uint32) {
		if t.score[n] == 0 {
			t.touched = append(t.touched, n)
		}
		t.score[n] += v
		if t.hits[n] < 255 {
			t.hits[n] += hit
		}
	})
}

// best are the numbers of the k documents with the highest score that keep
// admits, best first, ties by length of the name and then by id.
func (t *tally) best(s *shelf, k int, keep func(uint32) bool) []uint32 {
	better := func(a, b uint32) int {
		return cmp.Or(-cmp.Compare(t.score[a], t.score[b]), cmp.Compare(s.length(a), s.length(b)), s.before(a, b))
	}
	return top(k, better, func(yield func(uint32) bool) {
		for _, n := range t.touched {
			if keep(n) && !yield(n) {
				return
			}
		}
	})
}

// top are the first k of numbers in the order of better.
func top(k int, better func(a, b uint32) int, numbers iter.Seq[uint32]) []uint32 {
	heap := make([]uint32, 0, k) // the worst on top
	down := func() {
		for i := 0; ; {
			w := i
			for c := 2*i + 1; c <= 2*i+2 && c < len(heap); c++ {
				if better(heap[c], heap[w]) > 0 {
					w = c
				}
			}
			if w == i {
				return
			}
			heap[i], heap[w] = heap[w], heap[i]
			i = w
		}
	}
	for n := range numbers {
		switch {
		case len(heap) < k:
			heap = append(heap, n)
			for i := len(heap) - 1; i > 0 && better(heap[i], heap[(i-1)/2]) > 0; i = (i - 1) / 2 {
				heap[i], heap[(i-1)/2] = heap[(i-1)/2], heap[i]
			}
		case k > 0 && better(n, heap[0]) < 0:
			heap[0] = n
			down()
		}
	}
	slices.SortFunc(heap, better)
	return heap
}

// length is the number of characters of a document's name, up to 255.
func (s *shelf) length(n uint32) uint8 {
	p, i := s.at(n)
	return p.lengths[i]
}
