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

// index is an index over texts, by term and by document. Documents are numbered
// from 0 in the order of add. It serves two measures: BM25 and weighted Dice
// likeness. After finish it is not changed and safe for concurrent use.
type index struct {
	ids      map[string]int32
	postings [][]posting // of a term: documents
	docs     [][]posting // of a document: terms, sorted
	length   []float64   // terms of each document, by weight
	mass     []float64   // Σ idf·weight of each document; set by finish
	rarity   []float64   // idf of each term; set by finish
	total    float64
	sums     sync.Pool // *sums, as long as docs
}

// posting is a document of a term, or a term of a document.
type posting struct {
	at     int32
	weight float32
}

func newIndex() *index { return &index{ids: make(map[string]int32)} }

func (x *index) add(text weighted) {
	doc, sum := int32(len(x.length)), 0.0
	terms := make([]posting, 0, len(text))
	for _, t := range text {
		id, ok := x.ids[t.term]
		if !ok {
			id = int32(len(x.postings))
			x.ids[t.term] = id
			x.postings = append(x.postings, nil)
		}
		x.postings[id] = append(x.postings[id], posting{doc, float32(t.weight)})
		terms = append(terms, posting{id, float32(t.weight)})
		sum += t.weight
	}
	slices.SortFunc(terms, func(a, b posting) int { return cmp.Compare(a.at, b.at) })
	x.docs = append(x.docs, terms)
	x.length = append(x.length, sum)
	x.total += sum
}

// finish computes what depends on all documents; to be called after the last add.
func (x *index) finish() {
	x.mass, x.rarity = make([]float64, len(x.length)), make([]float64, len(x.postings))
	for id, list := range x.postings {
		x.postings[id] = slices.Clip(list)
		idf := x.idf(len(list))
		x.rarity[id] = idf
		for _, p := range list {
			x.mass[p.at] += idf * float64(p.weight)
		}
	}
}

// idf is ln(1 + (N − df + 0.5)/(df + 0.5)).
func (x *index) idf(df int) float64 {
	return math.Log(1 + (float64(len(x.length))-float64(df)+0.5)/(float64(df)+0.5))
}

// numbered are terms as numbers, sorted; those that no document has are negative,
// each another.
func (x *index) numbered(terms []string) []int32 {
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

type sums struct {
	of      []float32
	touched []int32
}

// pool returns the documents, at most limit of them, that share most with a
// query: Σ idf·min(wq, wd) over the words that readAtMost allows.
func (x *index) pool(query []queryTerm, limit int) []found {
	order := slices.Clone(query)
	slices.SortFunc(order, func(a, b queryTerm) int {
		return cmp.Or(cmp.Compare(len(x.postings[a.id]), len(x.postings[b.id])), cmp.Compare(a.id, b.id))
	})
	s, _ := x.sums.Get().(*sums)
	if s == nil {
		s = &sums{of: make([]float32, len(x.docs))}
	}
	read := 0
	for _, t := range order {
		list := x.postings[t.id]
		if read > 0 && read+len(list) > readAtMost {
			break
		}
		read += len(list)
		idf, w := float32(t.idf), float32(t.weight)
		for _, p := range list {
			if s.of[p.at] == 0 {
				s.touched = append(s.touched, p.at)
			}
			s.of[p.at] += idf * min(w, p.weight)
		}
	}
	var best heap
	for _, d := range s.touched {
		best.offer(found{d, float64(s.of[d])}, limit)
		s.of[d] = 0
	}
	s.touched = s.touched[:0]
	x.sums.Put(s)
	return best
}

// heap keeps the best of what it is offered; the worst of them stands first.
type heap []found

func (h *heap) offer(f found, limit int) {
	q := *h
	if len(q) < limit {
		q = append(q, f)
		for i := len(q) - 1; i > 0; {
			up := (i - 1) / 2
			if byValue(q[i], q[up]) <= 0 {
				break
			}
			q[i], q[up] = q[up], q[i]
			i = up
		}
		*h = q
		return
	}
	if limit == 0 || byValue(f, q[0]) >= 0 {
		return
	}
	q[0] = f
	for i := 0; ; {
		down := 2*i + 1
		if down >= len(q) {
			return
		}
		if down+1 < len(q) && byValue(q[down+1], q[down]) > 0 {
			down++
		}
		if byValue(q[down], q[i]) <= 0 {
			return
		}
		q[i], q[down] = q[down], q[i]
		i = down
	}
}

// measure computes a measure of the documents of a query's pool over the terms
// that both have, best first; what comes to nothing is left out.
func (x *index) measure(query []queryTerm, limit int, term func(doc int32, q queryTerm, weight float64) float64, of func(doc int32, sum float64) float64) []found {
	out := x.pool(query, limit)
	for i := range out {
		d, sum := out[i].doc, 0.0
		terms := x.docs[d]
		for a, b := 0, 0; a < len(query) && b < len(terms); {
			switch {
			case query[a].id < terms[b].at:
				a++
			case query[a].id > terms[b].at:
				b++
			default:
				sum += term(d, query[a], float64(terms[b].weight))
				a, b = a+1, b+1
			}
		}
		out[i].value = of(d, sum)
	}
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
	return x.measure(terms, limit, func(doc int32, q queryTerm, tf float64) float64 {
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
	return x.measure(terms, limit, func(_ int32, q queryTerm, weight float64) float64 { return q.idf * min(q.weight, weight) },
		func(doc int32, sum float64) float64 { return 2 * sum / (mass + x.mass[doc]) })
}
