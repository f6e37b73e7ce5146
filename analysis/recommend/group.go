package recommend

import (
	"cmp"
	"slices"
	"strings"

	"yardstick/indicators/naming"
)

// group is one indicator: a concept of the library with all names that stand
// for it, or a filed name that stands for none.
type group struct {
	name, level1, level2 string
	grams                []int32 // bigrams of the name's key as terms of the text index, sorted
	rarity               float64 // Σ idf of grams
	slot                 int     // see slots
	concept              int32   // in the library, −1 if none
	uses                 []use   // one per project, by project
	sectors, types       []count // uses by functional class and by project type
}

// use is one project's line of a group: that of its latest form.
type use struct{ project, line int32 }

// count says how many projects of one class or type use a group; sorted by at.
type count struct{ at, n int32 }

func countOf(in []count, at int32) int32 {
	for _, c := range in {
		if c.at == at {
			return c.n
		}
	}
	return 0
}

// countUses counts uses by what of gives for a project, leaving out −1.
func countUses(uses []use, of func(project int32) int32, tally []int32) []count {
	var seen []int32
	for _, u := range uses {
		at := of(u.project)
		if at < 0 {
			continue
		}
		if tally[at]++; tally[at] == 1 {
			seen = append(seen, at)
		}
	}
	slices.Sort(seen)
	out := make([]count, len(seen))
	for i, at := range seen {
		out[i] = count{at, tally[at]}
		tally[at] = 0
	}
	return out
}

// group assigns every line to its concept, or to its normalised name where it
// stands for none. Groups are numbered by the library's order, then by name.
func (m *Model) group() {
	m.conceptAt = make(map[string]int32, len(m.lib.Concepts))
	m.byKey = make(map[string][]int32)
	for i, c := range m.lib.Concepts {
		m.conceptAt[c.ID] = int32(i)
		m.groups = append(m.groups, group{name: c.Name, level1: c.Level1, level2: c.Level2, concept: int32(i)})
		for _, n := range append([]string{c.Name}, c.Aliases...) {
			if k := naming.Key(n); k != "" && !slices.Contains(m.byKey[k], int32(i)) {
				m.byKey[k] = append(m.byKey[k], int32(i))
			}
		}
	}
	conceptOf := make(map[textID]int32) // by id of an entry as filed, −1 if the library has it no more
	keyOf := make(map[textID]string)    // each distinct name is normalised once
	var loose []string
	for i, n := range m.h.name {
		id := m.h.concept[i]
		c, ok := conceptOf[id]
		if !ok {
			if c, ok = m.conceptAt[m.h.text.str(id)]; !ok {
				c = -1
			}
			conceptOf[id] = c
		}
		if c >= 0 {
			continue
		}
		if _, ok := keyOf[n]; !ok {
			k := looseKey(m.h.text.str(n))
			keyOf[n] = k
			if k != "" {
				loose = append(loose, k)
			}
		}
	}
	slices.Sort(loose)
	loose = slices.Compact(loose)
	m.looseAt = make(map[string]int32, len(loose))
	for _, k := range loose {
		m.looseAt[k] = int32(len(m.groups))
		m.groups = append(m.groups, group{concept: -1})
	}
	projectOf, rank := make([]int32, len(m.h.forms)), make([]int32, len(m.h.forms))
	for p, pr := range m.projects {
		for i, f := range pr.forms {
			projectOf[f], rank[f] = int32(p), int32(i)
		}
	}
	names, levels := make(map[int32]map[string]int), make(map[int32]map[[2]string]int)
	for i, n := range m.h.name {
		g := conceptOf[m.h.concept[i]]
		if g < 0 {
			var ok bool
			if g, ok = m.looseAt[keyOf[n]]; !ok {
				continue
			}
			if names[g] == nil {
				names[g], levels[g] = make(map[string]int), make(map[[2]string]int)
			}
			names[g][displayName(m.h.text.str(n))]++
			levels[g][frame2021(m.h.text.str(m.h.level1[i]), m.h.text.str(m.h.level2[i]))]++
		}
		m.groups[g].uses = append(m.groups[g].uses, use{projectOf[m.h.lineForm[i]], int32(i)})
	}
	m.used = make([][]int32, len(m.projects))
	for id := range m.groups {
		gr := &m.groups[id]
		if gr.concept < 0 {
			m.label(gr, names[int32(id)], levels[int32(id)])
		}
		gr.slot = slotOf(gr.level1, gr.level2)
		// One use per project: that of its latest form, then the first line.
		slices.SortFunc(gr.uses, func(a, b use) int {
			return cmp.Or(cmp.Compare(a.project, b.project), cmp.Compare(rank[m.h.lineForm[a.line]], rank[m.h.lineForm[b.line]]), cmp.Compare(a.line, b.line))
		})
		gr.uses = slices.Clip(slices.CompactFunc(gr.uses, func(a, b use) bool { return a.project == b.project }))
		for _, u := range gr.uses {
			m.used[u.project] = append(m.used[u.project], int32(id))
		}
	}
}

// looseKey is the key of a name that stands for no concept, "" where it is no
// name but a number or a dash.
func looseKey(name string) string {
	if k := naming.Key(name); han(k) != "" {
		return k
	}
	return ""
}

// label gives a group without a concept the name and the levels under which it
// was filed most; ties go to the shorter and smaller text.
func (m *Model) label(g *group, names map[string]int, levels map[[2]string]int) {
	g.name = most(names, func(a, b string) int { return cmp.Or(len(a)-len(b), strings.Compare(a, b)) })
	l := most(levels, func(a, b [2]string) int { return cmp.Or(strings.Compare(a[0], b[0]), strings.Compare(a[1], b[1])) })
	g.level1, g.level2 = l[0], l[1]
}

// groupOf returns the group of n: by its concept, else by its name; where several
// concepts share a name, that of the sector counts, then the common one, then the
// first. −1 if there is none.
func (m *Model) groupOf(n Named, sector string) int32 {
	if g, ok := m.conceptAt[n.Concept]; ok {
		return g
	}
	k := naming.Key(n.Name)
	if list := m.byKey[k]; len(list) > 0 {
		for _, want := range []string{sector, common} {
			for _, c := range list {
				if m.lib.Concepts[c].Sector == want {
					return c
				}
			}
		}
		return list[0]
	}
	if g, ok := m.looseAt[k]; ok {
		return g
	}
	return -1
}

// common is the sector of concepts that fit every functional class.
const common = "共性"

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
