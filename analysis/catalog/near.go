package catalog

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"yardstick/indicators"
)

// Entry is what Near and Advise know of an entry of the library.
type Entry struct {
	ID, Name       string
	Aliases        []string
	Level2, Sector string
	Unit           string
	Quantitative   bool
	Common         bool // fits every functional class
	Use            Use
	SectorProjects int // loaded projects of its functional class; of all classes for a common one
}

// Use is what the warehouse counted for an entry, over projects in force.
type Use struct {
	Lines, Projects int
	Scored, Full    int // lines with weight and score, and those with all points
	Numeric         int // lines whose target is a number, date or range
}

// Pair is two entries that may be one, a before b in the order of their ids.
type Pair struct {
	A, B  int // positions in the list given
	Score float64
	Why   string
}

// Near finds the pairs of entries of one level-2 class whose units have one
// dimension and whose names, or a name and an alias, are nearly the same by the
// Dice coefficient of character bigrams (rule near.name). Best first. Entries of
// two functional classes are meant to be two (普法宣传活动场次 beside 宣传活动场次 of all),
// and so are two that speak of two objects (演出设备质量合格率 beside 设备质量合格率). It looks
// only at pairs that share a rare bigram, so its time grows with the library
// and not with its square.
func (r Rules) Near(entries []Entry) []Pair {
	type spelling struct {
		entry int
		text  string
		key   string
		grams []string
	}
	var all []spelling
	at := make(map[string][]int) // bigram → spellings
	for i, e := range entries {
		for _, text := range append([]string{e.Name}, e.Aliases...) {
			key := indicators.NormalName(text)
			g := bigrams(key)
			for _, x := range g {
				at[x] = append(at[x], len(all))
			}
			all = append(all, spelling{i, text, key, g})
		}
	}
	const common = 400 // bigrams of 满意度 or 完成率 alone say nothing
	best := make(map[[2]int]Pair)
	for i, s := range all {
		shared := make(map[int]bool)
		for _, x := range s.grams {
			if len(at[x]) > common {
				continue
			}
			for _, j := range at[x] {
				if all[j].entry > s.entry {
					shared[j] = true
				}
			}
		}
		for _, j := range slices.Sorted(maps.Keys(shared)) {
			a, b := entries[s.entry], entries[all[j].entry]
			if a.Level2 != b.Level2 || !sameDimension(a.Unit, b.Unit) || a.Sector != b.Sector {
				continue
			}
			d := dice(all[i].grams, all[j].grams)
			key := [2]int{s.entry, all[j].entry}
			if otherObject(all[i].key, all[j].key) {
				continue
			}
			if old, ok := best[key]; d < r.value("near.name") || ok && old.Score >= d {
				continue
			}
			why := fmt.Sprintf("“%s”和“%s”的字面相近（%.2f），同属%s", s.text, all[j].text, d, a.Level2)
			if a.Unit != "" {
				why += "，单位相通"
			}
			best[key] = Pair{key[0], key[1], d, why}
		}
	}
	out := make([]Pair, 0, len(best))
	for _, p := range best {
		out = append(out, p)
	}
	slices.SortFunc(out, func(a, b Pair) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(entries[a.A].ID, entries[b.A].ID), cmp.Compare(entries[a.B].ID, entries[b.B].ID))
	})
	return out
}

// otherObject reports whether two like names speak of two things: one is the
// other with at least two characters before or behind it (a narrower object), or
// a character stands for another (车行道 and 人行道, 门诊 and 住院). What is left
// are names with a character more or less inside, or in another order.
func otherObject(a, b string) bool {
	x, y := []rune(a), []rune(b)
	if len(x) > len(y) {
		a, b, x, y = b, a, y, x
	}
	if len(y) >= len(x)+2 && (strings.HasPrefix(b, a) || strings.HasSuffix(b, a)) {
		return true
	}
	count := make(map[rune]int)
	for _, r := range y {
		count[r]++
	}
	for _, r := range x {
		if count[r]--; count[r] < 0 {
			return true
		}
	}
	return false
}

// sameDimension reports whether values in the two units can be compared.
func sameDimension(a, b string) bool {
	if a == b {
		return true
	}
	x, y := indicators.UnitOf(a), indicators.UnitOf(b)
	return x.Dimension == y.Dimension && x.Dimension != indicators.Unknown
}

func bigrams(s string) []string {
	r := []rune(s)
	if len(r) == 1 {
		return []string{s}
	}
	seen := make(map[string]bool)
	var out []string
	for i := 0; i+2 <= len(r); i++ {
		if g := string(r[i : i+2]); !seen[g] {
			seen[g] = true
			out = append(out, g)
		}
	}
	return out
}

func dice(a, b []string) float64 {
	if len(a)+len(b) == 0 {
		return 0
	}
	both := 0
	for _, x := range a {
		if slices.Contains(b, x) {
			both++
		}
	}
	return 2 * float64(both) / float64(len(a)+len(b))
}
