package naming

import (
	"cmp"
	"math"
	"slices"
)

// Report measures a Matcher on labelled names.
type Report struct {
	All      Quality
	ByHalf   []Part    // in the order of the labels' halves
	ByMethod []Part    // exact, alias, fuzzy, decided, none; Coverage is over all names
	Curve    []Point   // over thresholds, rising
	Mistakes []Mistake // wrong ones first, then missed ones, in the labels' order
}

// Quality is how well labelled names were matched. A match is right if its
// entry is among the label's concepts. Intervals are Wilson's at 95 %.
type Quality struct {
	Names   int // labelled names
	Have    int // of which have a concept
	Matched int // got an entry
	Right   int // got a right entry

	Precision Ratio // right ÷ matched
	Recall    Ratio // right ÷ names that have a concept
	Coverage  Ratio // matched ÷ names
}

// Ratio is a share with its Wilson interval. All are NaN if Of is 0.
type Ratio struct {
	Value, Low, High float64
	Of               int // the denominator
}

// Part is the Quality of a part of the labels.
type Part struct {
	Name string
	Quality
}

// Point is the Quality if only fuzzy matches of at least this confidence
// counted.
type Point struct {
	Threshold float64
	Quality
}

// Mistake is a wrong match, or a name that has a concept and got no entry.
type Mistake struct {
	Label Label
	Match Match
}

// Evaluate matches every label's name and compares. It is deterministic.
func Evaluate(labels []Label, m *Matcher) Report {
	type answer struct {
		label *Label
		match Match
		right bool
		best  string  // best entry at any confidence
		conf  float64 // and its confidence
		ok    bool    // and whether it is right
	}
	var halves []string
	answers := make([]answer, 0, len(labels))
	for i := range labels {
		l := &labels[i]
		a := answer{label: l, match: m.Match(l.Name)}
		a.right = a.match.Entry != "" && slices.Contains(l.Concepts, a.match.Entry)
		a.best, a.conf, a.ok = a.match.Entry, a.match.Confidence, a.right
		if a.best == "" && a.match.Method == None && len(a.match.Alternatives) > 0 {
			c := a.match.Alternatives[0]
			a.best, a.conf, a.ok = c.Entry, c.Score, slices.Contains(l.Concepts, c.Entry)
		}
		answers = append(answers, a)
		if !slices.Contains(halves, l.Half) {
			halves = append(halves, l.Half)
		}
	}
	count := func(keep func(answer) bool) (q Quality) {
		for _, a := range answers {
			if !keep(a) {
				continue
			}
			q.Names++
			if len(a.label.Concepts) > 0 {
				q.Have++
			}
			if a.match.Entry != "" {
				q.Matched++
			}
			if a.right {
				q.Right++
			}
		}
		return q.ratios()
	}
	var r Report
	r.All = count(func(answer) bool { return true })
	for _, h := range halves {
		r.ByHalf = append(r.ByHalf, Part{h, count(func(a answer) bool { return a.label.Half == h })})
	}
	for _, method := range []string{Exact, Alias, Fuzzy, Decided, None} {
		q := count(func(a answer) bool { return a.match.Method == method })
		if q.Names == 0 {
			continue
		}
		q.Names = r.All.Names
		r.ByMethod = append(r.ByMethod, Part{method, q.ratios()})
	}
	for step := range 20 {
		p := Point{Threshold: float64(step) / 20}
		p.Names, p.Have = r.All.Names, r.All.Have
		for _, a := range answers {
			if a.best == "" || a.conf < p.Threshold {
				continue
			}
			p.Matched++
			if a.ok {
				p.Right++
			}
		}
		p.Quality = p.ratios()
		r.Curve = append(r.Curve, p)
	}
	for _, a := range answers {
		if !a.right && (a.match.Entry != "" || len(a.label.Concepts) > 0) {
			r.Mistakes = append(r.Mistakes, Mistake{*a.label, a.match})
		}
	}
	slices.SortStableFunc(r.Mistakes, func(a, b Mistake) int {
		return cmp.Compare(missed(a), missed(b))
	})
	return r
}

func missed(m Mistake) int {
	if m.Match.Entry == "" {
		return 1
	}
	return 0
}

func (q Quality) ratios() Quality {
	q.Precision = Wilson(q.Right, q.Matched)
	q.Recall = Wilson(q.Right, q.Have)
	q.Coverage = Wilson(q.Matched, q.Names)
	return q
}

// Wilson is the share k ÷ n with Wilson's score interval at 95 % (Wilson 1927,
// without correction for continuity).
func Wilson(k, n int) Ratio {
	if n <= 0 {
		return Ratio{Value: math.NaN(), Low: math.NaN(), High: math.NaN()}
	}
	const z = 1.959963984540054 // the normal quantile of 0.975
	p, m := float64(k)/float64(n), float64(n)
	mid := (p + z*z/(2*m)) / (1 + z*z/m)
	half := z / (1 + z*z/m) * math.Sqrt(p*(1-p)/m+z*z/(4*m*m))
	return Ratio{Value: p, Low: math.Max(0, mid-half), High: math.Min(1, mid+half), Of: n}
}
