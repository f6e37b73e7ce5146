package recommend

import (
	"cmp"
	"math"
	"slices"
)

// MinLikeness is the likeness from which a project counts as similar, and
// MinSimilar how many of these an answer must have to rest on them: with fewer
// the answer says so and uses the functional class and the library only. Of the
// pairs of the shared real forms that have any word in common half are less than
// 0.03 alike and nine in ten less than 0.11; pairs of one subject begin at about
// 0.11.
const (
	MinLikeness = 0.12
	MinSimilar  = 3
)

// What makes two projects alike: their words, functional class, project type,
// level of government, and a budget of the same order. What one of the two does
// not state is left out and the rest is weighed to 1.
const (
	shareWords  = 0.7
	shareSector = 0.13
	shareType   = 0.1
	shareLevel  = 0.03
	shareBudget = 0.04
)

const (
	neighbours = 30  // similar projects that vote
	pooled     = 250 // projects and groups whose likeness in words is computed in full
)

// neighbour is a project with its likeness.
type neighbour struct {
	project  int32
	likeness float64
}

// near returns the projects that are similar, at most neighbours of them, most
// alike first, ties by project id.
func (m *Model) near(q *query) []neighbour {
	var out []neighbour
	for _, f := range m.alike.likeness(q.words, pooled) {
		x := f.value
		if q.left.has(f.doc) || x <= 0 {
			continue
		}
		p := &m.projects[f.doc]
		// All but the words count in proportion to the words: by themselves they
		// make no likeness.
		alike := math.Sqrt(x)
		sum, of := shareWords*x, shareWords
		add := func(share float64, known bool, same float64) {
			if known {
				of += share
				sum += share * alike * same
			}
		}
		add(shareSector, q.class >= 0 && p.class >= 0, is(q.class == p.class))
		add(shareType, q.typ >= 0 && p.typ >= 0, is(q.typ == p.typ))
		add(shareLevel, q.level > 0 && p.level > 0, is(q.level == p.level))
		if p.budget > 0 && q.budget != nil && *q.budget > 0 { // NaN is not
			add(shareBudget, true, math.Max(0, 1-math.Abs(math.Log10(p.budget / *q.budget))/2))
		}
		if l := sum / of; l >= MinLikeness {
			out = append(out, neighbour{f.doc, l})
		}
	}
	slices.SortFunc(out, func(a, b neighbour) int {
		return cmp.Or(cmp.Compare(b.likeness, a.likeness), cmp.Compare(a.project, b.project))
	})
	out = m.distinct(out)
	return out[:min(len(out), neighbours)]
}

func is(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// left are projects that an answer must not rest on, as when it is measured
// whether their own indicators are found. Nil leaves out none.
type left struct {
	projects       []int32 // sorted
	uses           map[int32]int32
	sectors, types map[[2]int32]int32 // uses by group and class or type
	inSector       map[int32]int32
	inType         map[int32]int32
}

func (m *Model) leave(projects []int32) *left {
	slices.Sort(projects)
	l := &left{projects: slices.Compact(projects), uses: map[int32]int32{}, sectors: map[[2]int32]int32{}, types: map[[2]int32]int32{},
		inSector: map[int32]int32{}, inType: map[int32]int32{}}
	for _, p := range l.projects {
		pr := &m.projects[p]
		l.inSector[pr.class]++
		l.inType[pr.typ]++
		for _, g := range m.used.of(int(p)) {
			l.uses[g]++
			l.sectors[[2]int32{g, pr.class}]++
			l.types[[2]int32{g, pr.typ}]++
		}
	}
	return l
}

func (l *left) has(project int32) bool {
	if l == nil {
		return false
	}
	_, ok := slices.BinarySearch(l.projects, project)
	return ok
}

// The counts that a query may use: those of the history without what is left out.

func (q *query) users(g int32) float64 {
	n := int32(len(q.m.groups[g].uses))
	if q.left != nil {
		n -= q.left.uses[g]
	}
	return float64(n)
}

func (q *query) projects() float64 {
	n := len(q.m.projects)
	if q.left != nil {
		n -= len(q.left.projects)
	}
	return float64(n)
}

func (q *query) sectorUsers(g int32) (users, of float64) {
	if q.class < 0 {
		return 0, 0
	}
	class := &q.m.sectors[q.class]
	n, all := int32(0), class.projects
	if class.users != nil { // else none of its projects has an indicator
		n = class.users[g]
	}
	if q.left != nil {
		n, all = n-q.left.sectors[[2]int32{g, q.class}], all-q.left.inSector[q.class]
	}
	return float64(n), float64(all)
}

func (q *query) typeUsers(g int32) (users, of float64) {
	if q.typ < 0 {
		return 0, 0
	}
	n, all := countOf(q.m.groups[g].types, q.typ), q.m.types[q.typ].projects
	if q.left != nil {
		n, all = n-q.left.types[[2]int32{g, q.typ}], all-q.left.inType[q.typ]
	}
	return float64(n), float64(all)
}

// together is how many projects use both groups, 0 where that is below
// leastTogether or not among the strongest partners of a.
func (q *query) together(a, b int32) float64 {
	list := q.m.partners.of(int(a))
	i, ok := slices.BinarySearchFunc(list, b, func(p partner, g int32) int { return cmp.Compare(p.group, g) })
	if !ok {
		return 0
	}
	n := list[i].together
	if q.left != nil && q.left.uses[a] > 0 && q.left.uses[b] > 0 {
		for _, p := range q.left.projects {
			_, hasA := slices.BinarySearch(q.m.used.of(int(p)), a)
			_, hasB := slices.BinarySearch(q.m.used.of(int(p)), b)
			if hasA && hasB {
				n--
			}
		}
	}
	if n < leastTogether {
		return 0
	}
	return float64(n)
}
