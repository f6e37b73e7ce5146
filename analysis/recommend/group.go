package recommend

import (
	"cmp"
	"slices"
	"strings"
)

// sameName is the bigram Dice from which two names are one indicator written
// in two ways. It is strict on purpose: 学生满意度 and 家长满意度 (0.5) stay apart.
const sameName = 0.8

// group is one indicator under all names by which it was filed or listed.
type group struct {
	name, level1, level2 string
	key                  []string // bigrams of the name's key
	slot                 int      // see slots
	concept              int      // in the library, −1 if none
	uses                 []use    // one per project, by project
	sectors              map[string]int
	levels               map[[2]string]int
}

// use is one project's line of a group: that of its latest form.
type use struct{ project, line int32 }

// grouper puts names into groups: first the library's concepts, then filed
// names, most frequent first, each to the nearest group that it is the same as.
type grouper struct {
	lib       []Concept
	byKey     map[string][]int // key of a name or alias → concepts
	fuzzy     *nearest         // over the keys of concepts, then of leaders
	fuzzyTo   []int            // entry of fuzzy → group, or −1−i for the concepts of keys[i]
	keys      []string
	groups    []group
	byConcept map[int]int
	byName    map[string]int // key of a filed name without concept → group
}

func newGrouper(lib []Concept) *grouper {
	g := &grouper{lib: lib, byKey: make(map[string][]int), fuzzy: newNearest(), byConcept: make(map[int]int), byName: make(map[string]int)}
	for i, c := range lib {
		for _, n := range append([]string{c.Name}, c.Aliases...) {
			if k := nameKey(n); k != "" && !slices.Contains(g.byKey[k], i) {
				g.byKey[k] = append(g.byKey[k], i)
			}
		}
	}
	for k := range g.byKey {
		g.keys = append(g.keys, k)
	}
	slices.Sort(g.keys)
	for i, k := range g.keys {
		g.fuzzy.add(bigrams(k))
		g.fuzzyTo = append(g.fuzzyTo, -1-i)
	}
	for i := range lib { // every concept is a group, used or not
		g.concept(i)
	}
	return g
}

// concept returns the group of concept i.
func (g *grouper) concept(i int) int {
	if id, ok := g.byConcept[i]; ok {
		return id
	}
	c := g.lib[i]
	g.byConcept[i] = len(g.groups)
	g.groups = append(g.groups, group{name: c.Name, level1: c.Level1, level2: c.Level2, key: bigrams(nameKey(c.Name)), concept: i})
	return len(g.groups) - 1
}

// of returns the group of a filed name whose key is k, in the sector where it
// was filed: where several concepts share a name, that of the sector counts,
// then the common one, then the first.
func (g *grouper) of(k, name, sector string) int {
	if cs, ok := g.byKey[k]; ok {
		return g.concept(g.choose(cs, sector))
	}
	if id, ok := g.byName[k]; ok {
		if id < 0 {
			return g.concept(g.choose(g.byKey[g.keys[-1-id]], sector))
		}
		return id
	}
	grams := bigrams(k)
	if at, ok := g.fuzzy.find(grams, sameName); ok {
		to := g.fuzzyTo[at]
		g.byName[k] = to
		if to < 0 {
			return g.concept(g.choose(g.byKey[g.keys[-1-to]], sector))
		}
		return to
	}
	id := len(g.groups)
	g.byName[k] = id
	g.groups = append(g.groups, group{name: name, key: grams, concept: -1})
	g.fuzzy.add(grams)
	g.fuzzyTo = append(g.fuzzyTo, id)
	return id
}

func (g *grouper) choose(concepts []int, sector string) int {
	for _, want := range []string{sector, common} {
		for _, c := range concepts {
			if g.lib[c].Sector == want {
				return c
			}
		}
	}
	return concepts[0]
}

// common is the sector of concepts that fit every functional class.
const common = "共性"

// nearest finds sets that are alike by Dice, without comparing with all: two
// sets with Dice ≥ t share one of the first len−⌈t/(2−t)·len⌉+1 terms in any
// fixed order (prefix filter, Chaudhuri et al. 2006, recalled).
type nearest struct {
	sets  [][]string
	first map[string][]int32
}

func newNearest() *nearest { return &nearest{first: make(map[string][]int32)} }

func (n *nearest) add(set []string) {
	for _, t := range prefixOf(set) {
		n.first[t] = append(n.first[t], int32(len(n.sets)))
	}
	n.sets = append(n.sets, set)
}

// find returns the set with the largest Dice to set, at least t; of equals the
// one added first. t must not be below sameName.
func (n *nearest) find(set []string, t float64) (at int, ok bool) {
	best := t
	for _, term := range prefixOf(set) {
		for _, i := range n.first[term] {
			// What two sets of these sizes can share at most decides most pairs
			// without a look at their terms.
			a, b := len(set), len(n.sets[i])
			if 2*float64(min(a, b)) < best*float64(a+b) {
				continue
			}
			d := dice(set, n.sets[i])
			if d > best || d == best && (!ok || int(i) < at) {
				at, best, ok = int(i), d, true
			}
		}
	}
	return at, ok
}

func prefixOf(set []string) []string {
	need := int(sameName / (2 - sameName) * float64(len(set))) // rounded down: a longer prefix is safe
	return set[:min(len(set), len(set)-need+1)]
}

// label gives the groups without a concept the name and the levels under which
// they were filed most (ties go to the shorter and smaller text), and every
// group its slot.
func (g *grouper) label(names map[int]map[string]int) {
	for i := range g.groups {
		gr := &g.groups[i]
		if gr.concept < 0 {
			gr.name = most(names[i], func(a, b string) int {
				return cmp.Or(len(a)-len(b), strings.Compare(a, b))
			})
			l := most(gr.levels, func(a, b [2]string) int {
				return cmp.Or(strings.Compare(a[0], b[0]), strings.Compare(a[1], b[1]))
			})
			gr.level1, gr.level2 = l[0], l[1]
		}
		gr.slot = slotOf(gr.level1, gr.level2)
	}
}

// most returns the key with the largest count, of equals the first by order.
func most[K comparable](count map[K]int, order func(a, b K) int) (best K) {
	top := 0
	for k, n := range count {
		if n > top || n == top && order(k, best) < 0 {
			best, top = k, n
		}
	}
	return best
}
