package naming

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"sync"

	"yardstick/indicators"
	"yardstick/indicators/library"
)

// concept is what the matcher keeps of an entry.
type concept struct {
	id, name       string
	level1, level2 string
	sector         string
	common         bool
	unit           family
	main           int32 // the spelling that is its name
}

// spelling is a name or alias of a concept, analysed.
type spelling struct {
	concept int32
	alias   bool
	raw     string
	key     string
	text
}

// text is an analysed name. Grams are pairs of neighbouring characters; what the
// library does not hold has the number −1.
type text struct {
	runes  []rune    // rewritten
	weight []float32 // per character: share kept × rarity, 0 to 1
	grams  []int32   // len(runes)−1 numbers
	chars  []int32   // numbers of the characters
	mass   float32   // sum of gram weights
	core   []rune    // runes without weak words
	kind   kind
	turns  uint8    // opposites
	things []uint16 // of the sorts that words.csv contrasts
	digits bool
}

type posting struct {
	spelling int32
	weight   float32
}

// index holds what Match needs of the entries. It is not changed once built.
type index struct {
	model     model
	concepts  []concept // by id
	byID      map[string]int32
	spellings []spelling
	byKey     map[string][]int32 // key → spellings

	gram     map[[2]rune]int32
	written  map[[2]rune]bool // pairs of characters as the library writes them
	char     map[rune]int32
	rarity   []float32 // per gram, 0 to 1
	postings [][]posting

	scratch sync.Pool
}

func newIndex(entries []library.Entry) (*index, error) {
	x := &index{model: shipped(), byID: make(map[string]int32), byKey: make(map[string][]int32),
		gram: make(map[[2]rune]int32), written: make(map[[2]rune]bool), char: make(map[rune]int32)}
	sorted := slices.Clone(entries)
	slices.SortStableFunc(sorted, func(a, b library.Entry) int { return cmp.Compare(a.ID, b.ID) })
	for _, e := range sorted {
		if e.ID == "" || e.Name == "" {
			return nil, fmt.Errorf("naming: entry: got id %q and name %q, want both", e.ID, e.Name)
		}
		if _, dup := x.byID[e.ID]; dup {
			return nil, fmt.Errorf("naming: two entries have the id %q", e.ID)
		}
		c := int32(len(x.concepts))
		x.byID[e.ID] = c
		x.concepts = append(x.concepts, concept{id: e.ID, name: e.Name, level1: e.Level1, level2: e.Level2,
			sector: e.Sector, common: e.Sector == library.Common, unit: familyOf(e.Unit)})
		x.concepts[c].main = int32(len(x.spellings))
		x.addSpelling(c, e.Name, false)
		for _, a := range e.Aliases {
			x.addSpelling(c, a, true)
		}
	}
	x.weigh()
	x.scratch.New = func() any { return newScratch(x) }
	return x, nil
}

func (x *index) addSpelling(c int32, raw string, alias bool) {
	key := Key(raw)
	if key == "" {
		return
	}
	for _, i := range x.byKey[key] {
		if x.spellings[i].concept == c {
			return
		}
	}
	x.byKey[key] = append(x.byKey[key], int32(len(x.spellings)))
	s := spelling{concept: c, alias: alias, raw: raw, key: key}
	cl := clean(raw, nil)
	s.runes = words().rewrite(nil, cl.text)
	s.digits = cl.digits
	for i := 1; i < len(cl.text); i++ {
		x.written[[2]rune{cl.text[i-1], cl.text[i]}] = true
	}
	for i, r := range s.runes {
		if _, ok := x.char[r]; !ok {
			x.char[r] = int32(len(x.char))
		}
		s.chars = append(s.chars, x.char[r])
		if i == 0 {
			continue
		}
		g := [2]rune{s.runes[i-1], r}
		if _, ok := x.gram[g]; !ok {
			x.gram[g] = int32(len(x.gram))
		}
		s.grams = append(s.grams, x.gram[g])
	}
	x.spellings = append(x.spellings, s)
}

// weigh computes the rarity of grams over concepts, the weights of all
// spellings and the postings.
func (x *index) weigh() {
	df := make([]int32, len(x.gram))
	last := make([]int32, len(x.gram))
	for i := range last {
		last[i] = -1
	}
	for _, s := range x.spellings {
		for _, g := range s.grams {
			if last[g] != s.concept {
				last[g] = s.concept
				df[g]++
			}
		}
	}
	x.rarity = make([]float32, len(df))
	n := math.Max(float64(len(x.concepts)), 2)
	for g, d := range df {
		x.rarity[g] = float32(math.Max(0.05, math.Log((n+1)/(float64(d)+0.5))/math.Log((n+1)/0.5)))
	}
	x.postings = make([][]posting, len(df))
	for i := range x.spellings {
		s := &x.spellings[i]
		x.finish(&s.text, nil)
		// An alias that does not say what it measures measures what the name does;
		// the name comes before its aliases.
		if main := &x.spellings[x.concepts[s.concept].main]; s.alias && main.concept == s.concept &&
			(s.kind.family == "" || s.kind == kind{"", "quality"}) {
			s.kind = main.kind
		}
		for k, g := range s.grams {
			if w := gramWeight(&s.text, k); !slices.Contains(s.grams[:k], g) {
				x.postings[g] = append(x.postings[g], posting{int32(i), w})
			}
		}
	}
}

// finish computes the weights, mass, core and kind of an analysed text, whose
// runes, chars and grams are set. factors is a buffer.
func (x *index) finish(t *text, factors []float32) []float32 {
	l := words()
	factors = l.factors(factors[:0], t.runes)
	t.weight = t.weight[:0]
	t.core = t.core[:0]
	for i, f := range factors {
		var rare float32
		n := float32(0)
		for _, k := range [2]int{i - 1, i} {
			if k >= 0 && k < len(t.grams) {
				rare += x.rare(t.grams[k])
				n++
			}
		}
		if n == 0 {
			rare, n = 1, 1
		}
		t.weight = append(t.weight, f*rare/n)
		if f >= 0.4 {
			t.core = append(t.core, t.runes[i])
		}
	}
	t.mass = 0
	for k := range t.grams {
		t.mass += gramWeight(t, k)
	}
	t.kind = l.kindOf(t.runes)
	t.things = l.things(t.things[:0], t.runes)
	t.turns = l.opposites(string(t.runes))
	return factors
}

func (x *index) rare(g int32) float32 {
	if g < 0 {
		return 1
	}
	return x.rarity[g]
}

// gramWeight is the weight of gram k of t: the mean of its two characters'.
func gramWeight(t *text, k int) float32 { return (t.weight[k] + t.weight[k+1]) / 2 }

// known reports whether the library holds the pair of characters.
func (x *index) known(a, b rune) bool { return x.written[[2]rune{a, b}] }

// family is what a unit can be held against: rate, money, people, count …; ""
// is unknown.
type family string

func familyOf(unit string) family {
	if unit == "" {
		return ""
	}
	if unit == "日期" || unit == "时间" {
		return "date"
	}
	u := indicators.UnitOf(unit)
	if u.Dimension == indicators.Unknown {
		for i, r := range unit { // 台（套）, 头（只）
			if i > 0 && (r == '（' || r == '(' || r == '/' || r == '、') {
				if r == '/' {
					return familyOf(unit[:i]) + "/"
				}
				return familyOf(unit[:i])
			}
		}
		return ""
	}
	switch u.Dimension {
	case indicators.Rate, "points":
		return "rate"
	case "count", "units", "times", "households", "people", "person_times", "machine_times", "vehicle_times", "item_times", "book_times":
		return family(u.Dimension)
	case "time", "workdays", "months", "years":
		return "time"
	}
	return family(u.Dimension)
}
