package target

import (
	"cmp"
	"maps"
	"slices"

	"yardstick/indicators"
	"yardstick/indicators/library"
)

// maxValues is how many values an Advice carries for a plot; more can't be told
// apart on one. kept is how many a Peers keeps: of more, evenly spaced order
// statistics, so that its size does not grow with the history.
const (
	maxValues = 200
	kept      = 400
)

// Peers are the targets that comparable projects filed, brought to one unit and
// one direction. It can be kept and asked many times. The zero Peers are none.
type Peers struct {
	From       string // whose values, in words
	Wide       bool   // of all projects, neither similar nor of the class
	N          int    // numbers that count
	Unit       indicators.Unit
	Comparison indicators.Comparison // the commonest
	Direction  indicators.Direction
	Evaluated  int
	Reached    int
	Apart      int // numbers in another unit or with the opposite comparison
	values     sample
	ratios     sample   // value ÷ budget in 万元, of those with a budget
	said       []string // the first few as filed
	words      string   // the commonest target that is no number
	wordsN     int
	Worded     int // targets in words and dates
	dates      int
	months     [13]int // of the dates, by month; 0 not stated
}

// Gather brings what peers filed for an indicator to one unit and one direction:
// the indicator's unit if at least as many values can be given in it as in the
// commonest one, or that measures something else (人/天 for 元/人·天), else the
// commonest; values that point the other way are set apart. from
// says in words whose values they are.
func (r *Rules) Gather(i Indicator, from string, list []Peer) Peers {
	p := Peers{From: from}
	units, signs, words := map[string]int{}, map[indicators.Comparison]int{}, map[string]int{}
	for n := range list {
		v := &list[n].Target
		switch v.Kind {
		case indicators.Number, indicators.Range:
			if _, ok := amount(*v); ok {
				units[v.Unit.Name]++
				signs[v.Comparison]++
			}
		case indicators.Date, indicators.Period:
			p.dates++
			p.months[min(max(v.To.Month, 0), 12)]++
			p.Worded++
		case indicators.Empty, indicators.Placeholder, indicators.Tolerance, "":
		default:
			if worded(v.Raw) {
				words[v.Raw]++
				p.Worded++
			}
		}
	}
	p.words, p.wordsN = commonest(words)
	sign, _ := commonest(signs)
	p.Direction = i.direction(sign)
	p.Unit = unitFor(i.Unit, units)
	signs = map[indicators.Comparison]int{}
	var values, ratios []float64
	for n := range list {
		v := &list[n].Target
		x, ok := in(*v, p.Unit)
		if !ok || against(p.Direction, v.Comparison) || p.Direction == indicators.Neutral && v.Comparison != sign {
			if _, is := amount(*v); is {
				p.Apart++
			}
			continue
		}
		signs[v.Comparison]++
		values = append(values, x)
		if len(p.said) < r.count("least.values") {
			p.said = append(p.said, v.Raw)
		}
		if b := list[n].Budget; b > 0 && finite(b) {
			ratios = append(ratios, x/b)
		}
		if a := indicators.Attain(*v, list[n].Actual, p.Direction, indicators.ReverseRatio); a.Refused == "" { // the rule makes points, not Reached
			p.Evaluated++
			if a.Reached {
				p.Reached++
			}
		}
	}
	p.Comparison, _ = commonest(signs)
	p.values, p.ratios = sampled(values), sampled(ratios)
	p.N = p.values.n
	return p
}

// unitFor is the unit in which most values can be stated; the wanted one wins ties.
func unitFor(wanted string, filed map[string]int) indicators.Unit {
	most, _ := commonest(filed)
	to := indicators.UnitOf(most)
	if wanted == "" || wanted == most {
		return to
	}
	want := indicators.UnitOf(wanted)
	if want.Dimension != indicators.Unknown && to.Dimension != want.Dimension && most != "" {
		return want
	}
	count := func(to indicators.Unit) (n int) {
		for name, k := range filed {
			if _, ok := in(indicators.Value{Kind: indicators.Number, Low: 2, High: 2, Unit: indicators.UnitOf(name)}, to); ok {
				n += k
			}
		}
		return n
	}
	if count(want) >= count(to) {
		return want
	}
	return to
}

// against reports whether a comparison points the other way.
func against(d indicators.Direction, c indicators.Comparison) bool {
	switch c {
	case indicators.AtLeast, indicators.Above:
		return d == indicators.Lower
	case indicators.AtMost, indicators.Below:
		return d == indicators.Higher
	}
	return false
}

// worded reports whether a text says something: a dash is no wording.
func worded(s string) bool {
	for _, r := range s {
		if r >= 0x4E00 && r <= 0x9FFF {
			return s != "无"
		}
	}
	return false
}

// commonest returns the key that is counted most, of equals the smallest.
func commonest[K cmp.Ordered](count map[K]int) (best K, n int) {
	for _, k := range slices.Sorted(maps.Keys(count)) {
		if count[k] > n {
			best, n = k, count[k]
		}
	}
	return best, n
}

// sample is what is kept of some numbers. The zero sample is none.
type sample struct {
	n      int
	values []float64  // sorted; of more than kept some, see thin
	q      [3]float64 // quartiles of all
	mid    [2]float64 // the lower and the upper middle value of all
}

func sampled(x []float64) sample {
	s := sample{n: len(x)}
	if s.n == 0 {
		return s
	}
	slices.Sort(x)
	s.q = [3]float64{quantile(x, 0.25), quantile(x, 0.5), quantile(x, 0.75)}
	s.mid = [2]float64{x[(s.n-1)/2], x[s.n/2]}
	s.values = thin(x, kept)
	return s
}

// times is the sample of all numbers multiplied by f, which is positive.
func (s sample) times(f float64) sample {
	out := sample{n: s.n, values: make([]float64, len(s.values))}
	for i, x := range s.values {
		out.values[i] = tidy(x * f)
	}
	for i, x := range s.q {
		out.q[i] = tidy(x * f)
	}
	for i, x := range s.mid {
		out.mid[i] = tidy(x * f)
	}
	return out
}

// steady reports whether the quartiles lie within a factor of each other.
func (s sample) steady(least int, factor float64) bool {
	return s.n >= least && (s.q[0] == s.q[2] || s.q[0] > 0 && s.q[2]/s.q[0] <= factor)
}

// thin sorts x and keeps at most n evenly spaced order statistics of it, the
// first and the last among them.
func thin(x []float64, n int) []float64 {
	slices.Sort(x)
	if len(x) <= n {
		return slices.Clip(x)
	}
	out := make([]float64, n)
	for i := range out {
		out[i] = x[(i*(len(x)-1)+(n-1)/2)/(n-1)]
	}
	return out
}

// grows reports whether the value grows with the project's size: a count or a sum,
// by its dimension. Rates, times, points, dates and what is per unit do not. flows
// says of such a value that it adds up over the year or is an allowance, which a
// budget buys; the others are stocks (kilometres in one's care), which it does not.
func (r *Rules) grows(i Indicator, u indicators.Unit) (grows, flows bool) {
	grows = r.size[string(u.Dimension)] && i.Temporal != library.Milestone && i.Temporal != library.Qualitative
	return grows, grows && i.Temporal != library.Level
}
