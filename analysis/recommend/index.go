package recommend

import (
	"cmp"
	"math"
	"slices"
	"sync"
)

// BM25's constants in the form of Lucene (Robertson & Zaragoza 2009;
// docs/methods.md, Similar projects).
const (
	bm25K1 = 1.2
	bm25B  = 0.75
)

// readAtMost is how many postings one question reads: the rarest words first,
// which tell most, until the next list would exceed it. Below it an answer is
// exact; above, what it costs does not grow with the history.
const readAtMost = 60_000

// weighted is a text as terms with weights, sorted by term, each once.
type weighted []weightedTerm

type weightedTerm struct {
	term   gram
	weight float64 // how much the field counts in which the term stands
}

// field adds the bigrams of s with weight w; a term that is there already keeps
// the larger weight.
func (t weighted) field(s string, w float64) weighted {
	for _, g := range bigrams(s) {
		t = append(t, weightedTerm{g, w})
	}
	slices.SortFunc(t, func(a, b weightedTerm) int {
		return cmp.Or(cmp.Compare(a.term, b.term), cmp.Compare(b.weight, a.weight))
	})
	return slices.CompactFunc(t, func(a, b weightedTerm) bool { return a.term == b.term })
}

// index is an index over texts, by term and by document. Documents are numbered
// from 0 in the order of add. It serves two measures: BM25 and weighted Dice
// likeness. After finish it is not changed and safe for concurrent use.
type index struct {
	ids      map[gram]int32
	weights  []float32 // the different weights that terms have, at most maxWeights
	docs     flat[posting]
	postings flat[posting] // of a term: documents; set by finish
	uses     []int32       // of each term: documents
	length   []float64     // terms of each document, by weight
	mass     []float64     // Σ idf·weight of each document; set by finish
	rarity   []float64     // idf of each term; set by finish
	total    float64
	sums     sync.Pool // *sums
}

// posting is a document of a term, or a term of a document, below the number of its
// weight: half of what a number and a float take, of which there are ten million.
type posting uint32

const (
	maxWeights   = 16
	postingShift = 28
	postingMask  = 1<<postingShift - 1
)

func (p posting) at() int32   { return int32(p & postingMask) }
func (p posting) weight() int { return int(p >> postingShift) }

func newIndex() *index { return &index{ids: make(map[gram]int32)} }

// numberOf is the number of a weight. It panics at the 17th: fields have four.
func (x *index) numberOf(w float32) int {
	at := slices.Index(x.weights, w)
	if at < 0 {
		if at = len(x.weights); at == maxWeights {
			panic("recommend: an index holds at most 16 different weights")
		}
		x.weights = append(x.weights, w)
	}
	return at
}

func (x *index) add(text weighted) {
	sum := 0.0
	terms := make([]posting, 0, len(text))
	for _, t := range text {
		id, ok := x.ids[t.term]
		if !ok {
			id = int32(len(x.uses))
			x.ids[t.term] = id
			x.uses = append(x.uses, 0)
		}
		x.uses[id]++
		terms = append(terms, posting(x.numberOf(float32(t.weight)))<<postingShift|posting(id))
		sum += t.weight
	}
	slices.SortFunc(terms, func(a, b posting) int { return cmp.Compare(a.at(), b.at()) })
	x.docs.add(terms)
	x.length = append(x.length, sum)
	x.total += sum
}

// finish computes what depends on all documents; to be called after the last add.
func (x *index) finish() {
	x.docs.clip()
	x.rarity = make([]float64, len(x.uses))
	x.postings = flat[posting]{all: make([]posting, len(x.docs.all)), ends: make([]uint32, len(x.uses))}
	next := make([]uint32, len(x.uses))
	sum := uint32(0)
	for id, n := range x.uses {
		x.rarity[id] = x.idf(int(n))
		next[id] = sum
		sum += uint32(n)
		x.postings.ends[id] = sum
	}
	x.mass = make([]float64, len(x.length))
	for d := range x.length {
		for _, t := range x.docs.of(d) {
			id := t.at()
			x.postings.all[next[id]] = t&^postingMask | posting(d)
			next[id]++
			x.mass[d] += x.rarity[id] * float64(x.weights[t.weight()])
		}
	}
}

// idf is ln(1 + (N − df + 0.5)/(df + 0.5)).
func (x *index) idf(df int) float64 {
	return math.Log(1 + (float64(len(x.length))-float64(df)+0.5)/(float64(df)+0.5))
}

// numbered are terms as numbers, sorted; those that no document has are negative,
// each another.
func (x *index) numbered(terms []gram) []int32 {
	out := make([]int32, len(terms))
	for i, t := range terms {
		if id, ok := x.ids[t]; ok {
			out[i] = id
		} else {
			out[i] = int32(-1 - i)
		}
	}
	slices.Sort(out)
	return out
}

func (x *index) rarityOf(term int32) float64 {
	if term < 0 {
		return x.idf(0)
	}
	return x.rarity[term]
}

// queryTerm is a term of a query that some document has.
type queryTerm struct {
	id          int32
	weight, idf float64
}

// terms are those of query that some document has, by id, and the mass of the
// rest: a word that nobody used makes everybody less alike.
func (x *index) terms(query weighted) (out []queryTerm, rest float64) {
	out = make([]queryTerm, 0, len(query))
	for _, t := range query {
		if id, ok := x.ids[t.term]; ok {
			out = append(out, queryTerm{id, t.weight, x.rarity[id]})
		} else {
			rest += t.weight * x.idf(0)
		}
	}
	slices.SortFunc(out, func(a, b queryTerm) int { return cmp.Compare(a.id, b.id) })
	return out, rest
}

// found is a document with how well it answers a query.
type found struct {
	doc   int32
	value float64
}

// byValue orders the best first, equals by number.
func byValue(a, b found) int { return cmp.Or(cmp.Compare(b.value, a.value), cmp.Compare(a.doc, b.doc)) }

// sums is what one question adds up, kept for the next one: all zero between
// two.
type sums struct {
	of      []float32 // by document
	touched []int32   // documents with a sum
	query   []int32   // by term: its place in the query, from 1
}

func (x *index) scratch() *sums {
	if s, ok := x.sums.Get().(*sums); ok {
		return s
	}
	return &sums{of: make([]float32, len(x.length)), query: make([]int32, len(x.uses))}
}

// pool returns the documents, at most limit of them, that share most with a
// query: Σ idf·min(wq, wd) over the words that readAtMost allows.
func (x *index) pool(query []queryTerm, limit int, s *sums) heap {
	order := slices.Clone(query)
	slices.SortFunc(order, func(a, b queryTerm) int {
		return cmp.Or(cmp.Compare(x.uses[a.id], x.uses[b.id]), cmp.Compare(a.id, b.id))
	})
	read, of, touched := 0, s.of, s.touched
	for _, t := range order {
		list := x.postings.of(int(t.id))
		if read > 0 && read+len(list) > readAtMost {
			break
		}
		read += len(list)
		var points [maxWeights]float32 // what a posting of each weight adds
		for i, w := range x.weights {
			points[i] = float32(t.idf) * min(float32(t.weight), w)
		}
		for _, p := range list {
			d := p & postingMask
			if of[d] == 0 {
				touched = append(touched, int32(d))
			}
			of[d] += points[p>>postingShift]
		}
	}
	best, worst := make(heap, 0, limit), float32(-1)
	for _, d := range touched {
		if of[d] >= worst {
			best.offer(found{d, float64(of[d])}, limit)
			if len(best) == limit {
				worst = float32(best[0].value)
			}
		}
		of[d] = 0
	}
	s.touched = touched[:0]
	return best
}

// measure computes a measure of the documents of a query's pool, best first: of is
// given the sum of term over the terms that both have, in the order of their
// numbers.
func (x *index) measure(query []queryTerm, limit int, term func(doc int32, q *queryTerm, weight float64) float64, of func(doc int32, sum float64) float64) []found {
	s := x.scratch()
	out := x.pool(query, limit, s)
	for i := range query {
		s.query[query[i].id] = int32(i + 1)
	}
	for i := range out {
		d, sum := out[i].doc, 0.0
		for _, t := range x.docs.of(int(d)) {
			if q := s.query[t.at()]; q > 0 {
				sum += term(d, &query[q-1], float64(x.weights[t.weight()]))
			}
		}
		out[i].value = of(d, sum)
	}
	for i := range query {
		s.query[query[i].id] = 0
	}
	x.sums.Put(s)
	slices.SortFunc(out, byValue)
	return out
}

// bm25 returns Σ weight·idf·tf(k1+1)/(tf + k1(1 − b + b·dl/avgdl)) for the
// documents that share most with query, the weights of their terms standing for tf.
func (x *index) bm25(query weighted, limit int) []found {
	if x.total == 0 {
		return nil
	}
	mean := x.total / float64(len(x.length))
	terms, _ := x.terms(query)
	return x.measure(terms, limit, func(doc int32, q *queryTerm, tf float64) float64 {
		return q.weight * q.idf * tf * (bm25K1 + 1) / (tf + bm25K1*(1-bm25B+bm25B*x.length[doc]/mean))
	}, func(_ int32, sum float64) float64 { return sum })
}

// likeness returns 2·Σ min(wq, wd)·idf ÷ (Σ wq·idf + Σ wd·idf) for the documents
// that share most with query: Dice over bigrams, in which rare bigrams and
// weighty fields count more. With equal weights and idf it is plain Dice. It lies
// between 0 and 1.
func (x *index) likeness(query weighted, limit int) []found {
	terms, mass := x.terms(query)
	for _, t := range terms {
		mass += t.weight * t.idf
	}
	return x.measure(terms, limit, func(_ int32, q *queryTerm, weight float64) float64 { return q.idf * min(q.weight, weight) },
		func(doc int32, sum float64) float64 { return 2 * sum / (mass + x.mass[doc]) })
}
