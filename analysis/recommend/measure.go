package recommend

import (
	"math"
	"regexp"
	"slices"
	"strings"

	"yardstick/indicators/naming"
)

// leastIndicators is the number of indicators below which a project is not used
// to fit or to measure.
const leastIndicators = 4

// measured are the lengths of lists at which an answer is measured.
func measured() []int { return []int{5, 10, 20, 40} }

// Hit says when a suggestion counts as an indicator that the project has.
type Hit string

// The two kinds of hit. SameConcept: both stand for one entry of the library, or,
// where neither does, have one normalised name. AlikeName: bigram Dice of the
// names of at least 0.6, or one within the other and at least half as long, after
// brackets, numbers, signs and the word 指标 are taken off.
const (
	SameConcept Hit = "concept"
	AlikeName   Hit = "name"
)

// Interval is a mean over projects with its bootstrap interval at 95 %.
type Interval struct{ Value, Low, High float64 }

// At is how well lists of K suggestions answer. With w indicators to be found, and
// a place of the list relevant if its suggestion hits one that no earlier place
// hit: Recall is the share of the w that is hit, HitRate 1 if any is, NDCG is
// Σ rel ÷ log2(1 + rank) divided by that of min(K, w) relevant places, MRR is 1 ÷
// the rank of the first relevant place, 0 if there is none. All are means over
// projects.
type At struct {
	K                          int
	Recall, HitRate, NDCG, MRR Interval
}

// places says, for the first indicators of a list, whether each hits one of want
// that no earlier one hit, and which of want are hit by any.
func places(hits [][]bool, want int) (relevant []bool, first []int) {
	relevant, first = make([]bool, len(hits)), make([]int, want)
	for w := range first {
		first[w] = math.MaxInt
	}
	for at, h := range hits {
		for w, hit := range h {
			if hit && first[w] > at {
				first[w] = at
				relevant[at] = true
			}
		}
	}
	return relevant, first
}

// score measures one list at k: recall, hit rate, nDCG, MRR.
func score(relevant []bool, first []int, k int) [4]float64 {
	var out [4]float64
	found := 0
	for _, at := range first {
		if at < k {
			found++
		}
	}
	out[0] = float64(found) / float64(len(first))
	ideal, gain := 0.0, 0.0
	for r := range min(k, len(first)) {
		ideal += 1 / math.Log2(float64(r)+2)
	}
	for r, rel := range relevant[:min(k, len(relevant))] {
		if !rel {
			continue
		}
		if out[1] == 0 {
			out[1], out[3] = 1, 1/float64(r+1)
		}
		gain += 1 / math.Log2(float64(r)+2)
	}
	out[2] = gain / ideal
	return out
}

// bootstrap is the mean of x over projects and the percentile interval of draws
// resamples (Efron 1979, recalled). x must not be empty.
func bootstrap(x []float64, draws int, seed uint64) Interval {
	mean := func(of func(int) float64) float64 {
		s := 0.0
		for i := range x {
			s += of(i)
		}
		return s / float64(len(x))
	}
	rng := splitmix(seed)
	means := make([]float64, draws)
	for d := range means {
		means[d] = mean(func(int) float64 { return x[rng.next()%uint64(len(x))] })
	}
	slices.Sort(means)
	return Interval{mean(func(i int) float64 { return x[i] }), means[draws*25/1000], means[min(draws-1, draws*975/1000)]}
}

// splitmix is the generator SplitMix64 (Steele et al. 2014): the same seed gives
// the same numbers everywhere.
type splitmix uint64

func (s *splitmix) next() uint64 {
	*s += 0x9e3779b97f4a7c15
	z := uint64(*s)
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// What is taken off names before AlikeName compares them. It is written apart
// from the names' keys on purpose: the measure must not move with the recommender.
var (
	alikeBrackets = regexp.MustCompile(`[（(].*?[)）]`)
	alikeNumber   = regexp.MustCompile(`指标\s*\d+[:：.、]?`)
	alikeNoise    = regexp.MustCompile(`[0-9０-９.%％≥≤=＝<>＜＞★*①-⑨\s、，,。:：;；"“”/\\-]`)
)

// bareName is a name ready to be compared.
type bareName struct {
	text  string
	runes int
	grams []string
}

func bare(name string) bareName {
	s := alikeNumber.ReplaceAllString(alikeBrackets.ReplaceAllString(name, ""), "")
	s = strings.ReplaceAll(alikeNoise.ReplaceAllString(s, ""), "指标", "")
	r := []rune(s)
	b := bareName{text: s, runes: len(r)}
	for i := 0; i+2 <= len(r); i++ {
		b.grams = append(b.grams, string(r[i:i+2]))
	}
	if len(r) == 1 {
		b.grams = []string{s}
	}
	slices.Sort(b.grams)
	b.grams = slices.Compact(b.grams)
	return b
}

func alike(a, b *bareName) bool {
	if a.runes == 0 || b.runes == 0 {
		return false
	}
	short, long := min(a.runes, b.runes), max(a.runes, b.runes)
	if short >= 3 && 2*short >= long && (strings.Contains(a.text, b.text) || strings.Contains(b.text, a.text)) {
		return true
	}
	if 2*float64(min(len(a.grams), len(b.grams))) < naming.SimilarDice*float64(len(a.grams)+len(b.grams)) {
		return false
	}
	return dice(a.grams, b.grams) >= naming.SimilarDice
}
