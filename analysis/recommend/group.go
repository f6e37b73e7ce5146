package recommend

import (
	"cmp"
	"slices"
	"strings"

	"yardstick/indicators/naming"
)

// group is one indicator: a concept of the library with all names that stand
// for it, or a filed name that stands for none. Its lists are parts of longer ones.
type group struct {
	// What the ranker looks at in thousands of groups comes first.
	grams                []int32 // bigrams of the name's key as terms of the text index, sorted
	sectors, types       []count // uses by functional class and by project type
	uses                 []use   // one per project, by project
	rarity               float64 // Σ idf of grams
	field                int32   // number of the entry's functional class, see Model.fieldAt; −1 for common and none
	slot                 int     // see slots
	objects              []int32 // see foreign
	kind                 string  // see conceptKind
	process              process
	concept              int32 // in the library, −1 if none
	name, level1, level2 string
}

// use is one project's line of a group: that of its latest form.
type use struct{ project, line int32 }

// count says how many projects of one class or type use a group; sorted by at.
type count struct{ at, n int32 }

func countOf(in []count, at int32) int32 {
	if i, ok := slices.BinarySearchFunc(in, at, func(c count, at int32) int { return cmp.Compare(c.at, at) }); ok {
		return in[i].n
	}
	return 0
}

// countUses counts uses by what of gives for a project, leaving out −1. tally is
// all zero before and after; out is filled from its beginning.
func countUses(uses []use, of func(project int32) int32, tally []int32, out []count) []count {
	out = out[:0]
	for _, u := range uses {
		at := of(u.project)
		if at < 0 {
			continue
		}
		if tally[at]++; tally[at] == 1 {
			out = append(out, count{at: at})
		}
	}
	slices.SortFunc(out, func(a, b count) int { return cmp.Compare(a.at, b.at) })
	for i, c := range out {
		out[i].n, tally[c.at] = tally[c.at], 0
	}
	return out
}

// group assigns every line to its concept, or to its normalised name where it
// stands for none. Groups are numbered by the library's order, then by name.
func (m *Model) group() {
	m.conceptAt = make(map[string]int32, len(m.lib.Concepts))
	m.fieldAt = make(map[string]int32)
	m.byKey = make(map[string][]int32)
	m.loose = len(m.lib.Concepts)
	for i, c := range m.lib.Concepts {
		m.conceptAt[c.ID] = int32(i)
		m.groups = append(m.groups, group{name: c.Name, level1: c.Level1, level2: c.Level2, concept: int32(i), field: m.field(c.Sector)})
		for _, n := range append([]string{c.Name}, c.Aliases...) {
			if k := naming.Key(n); k != "" && !slices.Contains(m.byKey[k], int32(i)) {
				m.byKey[k] = append(m.byKey[k], int32(i))
			}
		}
	}
	groupOf := m.groupLines()
	if m.ended != nil {
		return
	}
	m.groups = slices.Grow(m.groups, len(m.looseKeys))
	for range m.looseKeys {
		m.groups = append(m.groups, group{concept: -1, field: -1})
	}
	projectOf, rank := make([]int32, len(m.h.forms)), make([]int32, len(m.h.forms))
	for p, pr := range m.projects {
		for i, f := range pr.forms {
			projectOf[f], rank[f] = int32(p), int32(i)
		}
	}
	m.past.groupOf, m.past.projectOf = groupOf, projectOf
	lines := listed(groupOf, len(m.groups))
	uses, kept := make([]use, len(lines.all)), 0
	users := make([]int32, 0, len(lines.all)) // of the lines that are kept: the project
	names := label{m: m}
	for id := range m.groups {
		if id%256 == 0 && m.stopped() {
			return
		}
		gr := &m.groups[id]
		if gr.concept < 0 {
			names.give(gr, lines.of(id))
		}
		gr.slot = slotOf(gr.level1, gr.level2)
		// One use per project: that of its latest form, then the first line.
		mine := uses[kept : kept+len(lines.of(id))]
		for i, l := range lines.of(id) {
			mine[i] = use{projectOf[m.h.lineForm[l]], l}
		}
		slices.SortFunc(mine, func(a, b use) int {
			return cmp.Or(cmp.Compare(a.project, b.project), cmp.Compare(rank[m.h.lineForm[a.line]], rank[m.h.lineForm[b.line]]), cmp.Compare(a.line, b.line))
		})
		mine = slices.CompactFunc(mine, func(a, b use) bool { return a.project == b.project })
		gr.uses = slices.Clip(mine)
		kept += len(mine)
		for _, u := range mine {
			users = append(users, u.project)
		}
	}
	m.own = m.own.closed()
	// listed keeps the order: the groups of a project are sorted.
	m.used = listed(users, len(m.projects))
	at := 0
	owner := make([]int32, len(users))
	for id := range m.groups {
		for range m.groups[id].uses {
			owner[at] = int32(id)
			at++
		}
	}
	for i, u := range m.used.all {
		m.used.all[i] = owner[u]
	}
}

// groupLines finds the group of every line, −1 for none, and the keys of the
// groups that are no concept.
func (m *Model) groupLines() []int32 {
	const unknown, none = -2, -1
	concept, key := make([]int32, m.h.text.len()), make([]int32, m.h.text.len()) // by text
	for i := range concept {
		concept[i], key[i] = unknown, unknown
	}
	groupOf := make([]int32, len(m.h.name))
	var keys []string // by first occurrence
	at := make(map[string]int32)
	for i, n := range m.h.name {
		if i%1024 == 0 && m.stopped() {
			return nil
		}
		id := m.h.concept[i]
		if concept[id] == unknown {
			concept[id] = none
			if c, ok := m.conceptAt[m.h.text.str(id)]; ok {
				concept[id] = c
			}
		}
		if groupOf[i] = concept[id]; groupOf[i] >= 0 {
			continue
		}
		if key[n] == unknown { // each distinct name is normalised once
			key[n] = none
			if k := looseKey(m.h.text.str(n)); k != "" {
				have, ok := at[k]
				if !ok {
					have = int32(len(keys))
					at[k] = have
					keys = append(keys, k)
				}
				key[n] = have
			}
		}
	}
	order := make([]int32, len(keys))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(a, b int32) int { return strings.Compare(keys[a], keys[b]) })
	m.looseKeys = make([]textID, len(keys))
	place := make([]int32, len(keys))
	for i, k := range order {
		m.looseKeys[i] = m.own.one(keys[k])
		place[k] = int32(m.loose + i)
	}
	for i, n := range m.h.name {
		if groupOf[i] < 0 && key[n] >= 0 {
			groupOf[i] = place[key[n]]
		}
	}
	return groupOf
}

// listed are the places in of at which each number from 0 to n−1 stands; negative
// ones are left out.
func listed(of []int32, n int) flat[int32] {
	out := flat[int32]{ends: make([]uint32, n)}
	next := make([]uint32, n)
	for _, x := range of {
		if x >= 0 {
			out.ends[x]++
		}
	}
	sum := uint32(0)
	for i, c := range out.ends {
		next[i] = sum
		sum += c
		out.ends[i] = sum
	}
	out.all = make([]int32, sum)
	for i, x := range of {
		if x >= 0 {
			out.all[next[x]] = int32(i)
			next[x]++
		}
	}
	return out
}

// looseGroup is the group of the names whose key is k, where they stand for no
// concept; −1 if there is none.
func (m *Model) looseGroup(k string) int32 {
	i, ok := slices.BinarySearchFunc(m.looseKeys, k, func(id textID, k string) int { return strings.Compare(m.own.str(id), k) })
	if !ok {
		return -1
	}
	return int32(m.loose + i)
}

// looseKey is the key of a name that stands for no concept, "" where it is no
// name but a number or a dash.
func looseKey(name string) string {
	if k := naming.Key(name); han(k) != "" {
		return k
	}
	return ""
}

// label gives groups without a concept the name and the levels under which they
// were filed most; ties go to the shorter and smaller text.
type label struct {
	m      *Model
	names  map[string]int
	levels map[[2]string]int
}

func (l *label) give(g *group, lines []int32) {
	h := &l.m.h
	if l.names == nil {
		l.names, l.levels = make(map[string]int), make(map[[2]string]int)
	}
	clear(l.names)
	clear(l.levels)
	for _, i := range lines {
		l.names[displayName(h.text.str(h.name[i]))]++
		l.levels[frame2021(h.text.str(h.level1[i]), h.text.str(h.level2[i]))]++
	}
	name := most(l.names, func(a, b string) int { return cmp.Or(len(a)-len(b), strings.Compare(a, b)) })
	level := most(l.levels, func(a, b [2]string) int { return cmp.Or(strings.Compare(a[0], b[0]), strings.Compare(a[1], b[1])) })
	g.name, g.level1, g.level2 = l.m.own.str(l.m.own.one(name)), level[0], level[1]
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
	return m.looseGroup(k)
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

// field numbers the functional class of an entry, so that the ranker compares
// numbers; −1 for entries of all classes.
func (m *Model) field(sector string) int32 {
	if sector == common {
		return -1
	}
	n, ok := m.fieldAt[sector]
	if !ok {
		n = int32(len(m.fieldAt))
		m.fieldAt[sector] = n
	}
	return n
}
