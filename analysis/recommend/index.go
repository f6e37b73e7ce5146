package recommend

import (
	"cmp"
	"math"
	"slices"
)

// BM25's constants in the form of Lucene (Robertson & Zaragoza 2009;
// docs/methods.md, Similar projects).
const (
	bm25K1 = 1.2
	bm25B  = 0.75
)

// weighted is a text as terms with weights, sorted by term, each once.
type weighted []weightedTerm

type weightedTerm struct {
	term   string
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

// index is an inverted index over texts. Documents are numbered from 0 in the
// order of add. It serves two measures: BM25 and weighted Dice likeness.
type index struct {
	ids      map[string]int32
	postings [][]posting
	length   []float64 // terms of each document, by weight
	mass     []float64 // Σ idf·weight of each document; set by finish
	total    float64
}

type posting struct {
	doc    int32
	weight float32
}

func newIndex() *index { return &index{ids: make(map[string]int32)} }

func (x *index) add(text weighted) {
	doc, sum := int32(len(x.length)), 0.0
	for _, t := range text {
		id, ok := x.ids[t.term]
		if !ok {
			id = int32(len(x.postings))
			x.ids[t.term] = id
			x.postings = append(x.postings, nil)
		}
		x.postings[id] = append(x.postings[id], posting{doc, float32(t.weight)})
		sum += t.weight
	}
	x.length = append(x.length, sum)
	x.total += sum
}

// finish computes what depends on all documents; to be called after the last add.
func (x *index) finish() {
	x.mass = make([]float64, len(x.length))
	for _, list := range x.postings {
		idf := x.idf(len(list))
		for _, p := range list {
			x.mass[p.doc] += idf * float64(p.weight)
		}
	}
}

// idf is ln(1 + (N − df + 0.5)/(df + 0.5)).
func (x *index) idf(df int) float64 {
	return math.Log(1 + (float64(len(x.length))-float64(df)+0.5)/(float64(df)+0.5))
}

// bm25 returns Σ weight·idf·tf(k1+1)/(tf + k1(1 − b + b·dl/avgdl)) for every
// document, the weights of its terms standing for tf.
func (x *index) bm25(query weighted) []float64 {
	out := make([]float64, len(x.length))
	if len(out) == 0 || x.total == 0 {
		return out
	}
	mean := x.total / float64(len(x.length))
	for _, t := range query {
		id, ok := x.ids[t.term]
		if !ok {
			continue
		}
		idf := x.idf(len(x.postings[id]))
		for _, p := range x.postings[id] {
			tf := float64(p.weight)
			out[p.doc] += t.weight * idf * tf * (bm25K1 + 1) / (tf + bm25K1*(1-bm25B+bm25B*x.length[p.doc]/mean))
		}
	}
	return out
}

// likeness returns 2·Σ min(wq, wd)·idf ÷ (Σ wq·idf + Σ wd·idf) for every
// document: Dice over bigrams, in which rare bigrams and weighty fields count
// more. With equal weights and idf it is plain Dice. It lies between 0 and 1.
func (x *index) likeness(query weighted) []float64 {
	out := make([]float64, len(x.length))
	mass := 0.0
	for _, t := range query {
		id, ok := x.ids[t.term]
		if !ok {
			mass += t.weight * x.idf(0) // a word that nobody used makes everybody less alike
			continue
		}
		idf := x.idf(len(x.postings[id]))
		mass += t.weight * idf
		for _, p := range x.postings[id] {
			out[p.doc] += idf * min(t.weight, float64(p.weight))
		}
	}
	for d, s := range out {
		if s > 0 {
			out[d] = 2 * s / (mass + x.mass[d])
		}
	}
	return out
}

// rrfK damps the head of each list in reciprocal rank fusion (Cormack et al. 2009).
const rrfK = 60

// rrf is one list's contribution to the fused score of its rank-th entry,
// counted from 1; entries that tie have a mean rank.
func rrf(rank float64) float64 { return 1 / (rrfK + rank) }
