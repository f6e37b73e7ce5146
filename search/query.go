package search

import (
	"math"
	"slices"
)

// longQuery is the number of pairs above which a text is taken for a pasted
// sentence, of which a name shares only a part.
const longQuery = 12

// maxRunes bounds what of a query is read; a page-long text is searched by its
// beginning.
const maxRunes = 400

// question is a query's text as analysed.
type question struct {
	whole   folded   // all of it
	core    []rune   // without stop words
	apart   []bool   // of core: whether a blank or sign stood before
	words   []string // words of the dictionary, distinct
	han     bool
	letters bool // letters in which pinyin or first letters may be written
	spelt   bool // all of it is words of the dictionary, so hardly an error
	pairs   []weighed
	mass    float64             // sum of the weights of pairs next to each other
	weight  map[feature]float64 // of pairs: next to each other, or with one between
	single  map[rune]float64    // weights of characters
}

// weighed is a feature with what it tells: the logarithm of how rare it is.
type weighed struct {
	feature
	weight float64
	df     int
	near   bool // a pair next to each other
}

// ask analyses s.
func (x *Index) ask(s string) question {
	if r := []rune(s); len(r) > maxRunes {
		s = string(r[:maxRunes])
	}
	q := question{whole: fold(s)}
	core := x.terms.core(&q.whole)
	q.core, q.apart, q.spelt = core.runes, core.gap, x.terms.spelt(&core)
	q.words = distinct(x.terms.words(&q.whole))
	for _, r := range q.core {
		q.han = q.han || isHan(r)
		q.letters = q.letters || isLetter(r)
	}
	return q
}

// weigh looks up how rare the features of q are on s.
func (q *question) weigh(s *shelf) {
	q.pairs, q.weight, q.mass = nil, make(map[feature]float64, 2*len(q.core)), 0
	q.single = make(map[rune]float64, len(q.core))
	for i, r := range q.core {
		if _, ok := q.single[r]; !ok {
			q.single[r] = idf(s.alive, s.df(charFeature(r)))
		}
		for d := 1; d <= 2 && i+d < len(q.core); d++ {
			if d == 2 && len(q.core) > 3*longQuery {
				continue // in a sentence, pairs across a character are noise
			}
			if isLetter(r) && isLetter(q.core[i+d]) {
				continue // pinyin, or a foreign word: near looks at these
			}
			f := pairFeature(r, q.core[i+d])
			if _, ok := q.weight[f]; ok {
				continue
			}
			df := s.df(f)
			// Words typed apart need not stand next to each other.
			apart := q.apart[i+1] || d == 2 && q.apart[i+2]
			w := weighed{feature: f, weight: idf(s.alive, df), df: df, near: d == 1 && !apart}
			q.pairs = append(q.pairs, w)
			if !w.near {
				w.weight *= skipShare
			}
			q.weight[f] = w.weight
			if w.near {
				q.mass += w.weight
			}
		}
	}
}

// skipShare is what a pair with a character between counts, as a share of one
// next to each other.
const skipShare = 0.35

// singleShare is what a character alone counts.
const singleShare = 0.12

// idf is the weight of a feature that df of n documents have (Robertson and
// Zaragoza 2009, as Lucene writes it). df counts documents that were replaced,
// too, so that it can be more than n; a weight below 0 would hide what has it.
func idf(n, df int) float64 {
	df = min(df, n)
	return math.Log(1 + (float64(n-df)+0.5)/(float64(df)+0.5))
}

// long reports whether q is a pasted sentence.
func (q *question) long() bool { return len(q.core) > longQuery+1 && q.han }

// covers scores how well a surface answers q, from 0, and marks the characters
// that do. Of a short query it asks how much is found, then how much of the
// surface that is; of a sentence, how much of the surface is spoken of. It is
// full if all pairs of the query are in the surface.
func (q *question) covers(text []rune, marks []bool) (score float64, full bool) {
	got, near, touched := 0.0, 0.0, 0
	for i := range marks {
		marks[i] = false
	}
	for i := range text {
		for d := 1; d <= 2 && i+d < len(text); d++ {
			w, ok := q.weight[pairFeature(text[i], text[i+d])]
			if !ok {
				continue
			}
			if d == 2 {
				if marks[i] && marks[i+2] {
					continue // told already
				}
				w *= skipShare
			} else {
				near += w
			}
			got += w
			marks[i], marks[i+d] = true, true
		}
	}
	for i, r := range text {
		if marks[i] {
			touched++
		} else if w, ok := q.single[r]; ok && len(q.core) <= longQuery {
			got += singleShare * w
			if len(q.core) == 1 {
				got = w
				touched++
				marks[i] = true
			}
		}
	}
	if touched == 0 {
		if len(q.core) > 3 {
			return 0, false
		}
		return got * 0.01, false
	}
	share := float64(touched) / float64(len(text))
	if q.long() {
		return got * share, false
	}
	mass := q.mass
	if mass == 0 {
		mass = 1
	}
	return math.Min(got/mass, 1) * (0.6 + 0.4*share), near >= q.mass*0.999
}

func distinct(in []string) []string {
	seen := make(map[string]bool, len(in))
	var out []string
	for _, s := range in {
		if !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	return out
}

// filter admits documents; the zero value of a field admits all.
type filter struct{ want [columns]string }

func (q Query) filter() filter {
	f := filter{[columns]string{string(q.Type), q.Level1, q.Level2, q.Sector, q.Unit, q.Direction, q.Temporal, ""}}
	if q.Used != nil {
		f.want[colUsed] = map[bool]string{true: "yes", false: "no"}[*q.Used]
	}
	return f
}

// codes are the codes of f in p: -1 admits all, -2 none.
type codes [columns]int

func (f filter) codes(p part) codes {
	var out codes
	for c, v := range f.want {
		out[c] = -1
		if v != "" {
			if out[c] = slices.Index(p.values[c], v); out[c] < 0 {
				out[c] = -2
			}
		}
	}
	return out
}

// fails counts the fields by which document n of p is not admitted, and names
// the last of them.
func (k *codes) fails(p *part, n uint32) (times int, last column) {
	for c, want := range k {
		if want != -1 && int(p.codes[c][n]) != want {
			times++
			last = column(c)
		}
	}
	return times, last
}

func (f filter) empty() bool { return f.want == [columns]string{} }
