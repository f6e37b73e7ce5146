package recommend

import (
	"cmp"
	"slices"
)

// What the asking unit filed for this very project before is the surest
// suggestion of all, and one that leaving projects out can't measure: the past
// of the project is what is left out. So it is no feature of the fitted ranker
// but a bonus of its own (weights.csv, habit.…; docs/methods/recommendation.md).

// habits are the filed projects that are this project's past: of the same unit
// where the request names one, else those of the same name among the similar
// ones, which may be another unit's. At most shownBasis of them.
func (q *query) habits() (projects []int32, bonus float64) {
	m := q.m
	for _, p := range q.own.projects {
		if !q.left.has(p) {
			projects = append(projects, p)
		}
	}
	if len(projects) > 0 {
		return projects[:min(len(projects), shownBasis)], m.param["habit.unit"]
	}
	key := nameHash(q.name)
	for _, n := range q.similar {
		if f := m.projects[n.project].forms[0]; m.past.nameOf[f] == key && len(projects) < shownBasis {
			projects = append(projects, n.project)
		}
	}
	return projects, m.param["habit.name"]
}

// share is how much of something has a group.
type share struct {
	group int32
	of    float64
}

// habitual are the groups of the project's past, by number, with how much of it
// has them, 0 to 1.
func (q *query) habitual(projects []int32) (out []share) {
	for _, p := range projects {
		for _, g := range q.m.used.of(int(p)) {
			out = append(out, share{g, 1 / float64(len(projects))})
		}
	}
	slices.SortStableFunc(out, func(a, b share) int { return cmp.Compare(a.group, b.group) })
	kept := out[:0]
	for _, s := range out {
		if n := len(kept); n > 0 && kept[n-1].group == s.group {
			kept[n-1].of += s.of
			continue
		}
		kept = append(kept, s)
	}
	return kept
}

// ownYears are the years for which the asking unit filed g for this project, latest
// first; 0 where a form states none.
func (q *query) ownYears(g int32) (years []int) {
	m := q.m
	for i, f := range q.own.forms {
		if !q.own.same[i] || q.left.has(m.past.projectOf[f]) {
			continue
		}
		for l := m.past.first[f]; int(l) < len(m.h.lineForm) && m.h.lineForm[l] == f; l++ {
			if y := int(m.h.forms[f].year); m.past.groupOf[l] == g && !slices.Contains(years, y) {
				years = append(years, y)
			}
		}
	}
	return years
}
