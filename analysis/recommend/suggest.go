package recommend

import (
	"cmp"
	"math"
	"slices"
	"strings"
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

// MinValues is the number of filed values below which no median is stated.
const MinValues = 3

// What makes two projects alike: their words, the functional class, and a
// budget of the same order. What one of the two does not state is left out and
// the rest is weighed to 1.
const (
	shareWords  = 0.75
	shareSector = 0.2
	shareBudget = 0.05
)

const (
	neighbours  = 20  // similar projects that vote
	perList     = 150 // candidates taken from each list
	shown       = 5   // similar projects named per suggestion
	shownBasis  = 10  // … and in the Basis
	defaultSize = 20
)

// Fusion weights of the lists: fixed, for there is too little history yet to fit
// them. On the shared real forms no mixture between 1:1:1 and 1:0.5:2 differs from
// another by more than the noise of 68 projects at 20 and 40 names; at 10 names
// less weight on what is usual everywhere is better.
const (
	votesSimilar = 1.0
	votesSector  = 0.5
	votesText    = 2.0
	votesClass   = 0.01 // what the library has for the class, so that no slot stays empty
)

// neighbour is a project with its likeness.
type neighbour struct {
	project  int32
	likeness float64
}

// Suggest proposes indicators for the project of r, best first: reciprocal rank
// fusion of three lists (what similar projects use, weighted by likeness; what
// is usual in the functional class; whose words fit the project's), filled so
// that the list covers quantity, quality, timeliness, cost, benefit and
// satisfaction. Names in r.Have and repeats under another spelling are left
// out. Ties go by name.
func (m *Model) Suggest(r Request) Answer {
	words := projectText(r.Project, agencies(strings.Fields(r.Department)...), r.Goal)
	similar := m.near(words, r)
	a := Answer{Suggestions: []Suggestion{}, Basis: Basis{
		Forms: m.forms, Projects: len(m.projects), Library: len(m.lib),
		Sector: r.Sector, SectorBy: cmp.Or(r.SectorBy, map[bool]string{true: "已指定", false: "未指定"}[r.Sector != ""]),
		Similar: []Similar{}, Note: m.refusal(similar, r),
	}}
	for _, n := range similar[:min(len(similar), shownBasis)] {
		a.Basis.Similar = append(a.Basis.Similar, m.describe(n, -1))
	}
	voters := similar
	if a.Basis.Note != "" {
		voters = nil
	}
	limit := r.Limit
	if limit <= 0 {
		limit = defaultSize
	}
	for _, c := range m.fill(m.candidates(words, r, voters), r, limit) {
		a.Suggestions = append(a.Suggestions, m.suggestion(c, r.Sector, voters))
	}
	return a
}

// near returns the projects that are similar, at most neighbours of them, most
// alike first, ties by project id.
func (m *Model) near(words weighted, r Request) []neighbour {
	var out []neighbour
	for p, x := range m.alike.likeness(words) {
		if x == 0 {
			continue
		}
		alike := math.Sqrt(x)
		if shareWords*x+(shareSector+shareBudget)*alike < MinLikeness {
			continue // not even with the same class and budget
		}
		sum, of := shareWords*x, shareWords
		// Class and budget count in proportion to the words: by themselves they
		// make no likeness.
		if pr := m.projects[p]; r.Sector != "" && pr.sector != "" {
			of += shareSector
			if pr.sector == r.Sector {
				sum += shareSector * alike
			}
		}
		if b := m.h.forms[m.projects[p].forms[0]].budget; r.Budget != nil && b != nil && *b > 0 && *r.Budget > 0 {
			of += shareBudget
			sum += shareBudget * alike * math.Max(0, 1-math.Abs(math.Log10(*b / *r.Budget))/2)
		}
		if l := sum / of; l >= MinLikeness {
			out = append(out, neighbour{int32(p), l})
		}
	}
	slices.SortFunc(out, func(a, b neighbour) int {
		return cmp.Or(cmp.Compare(b.likeness, a.likeness), cmp.Compare(a.project, b.project))
	})
	return out[:min(len(out), neighbours)]
}

// scored is a candidate.
type scored struct {
	group int32
	score float64
}

// candidates fuses the three lists; best first, ties by name.
func (m *Model) candidates(query weighted, r Request, voters []neighbour) []scored {
	score := make(map[int32]float64)
	most := 0.0
	fuse := func(votes float64, list []ranked) {
		if len(list) == 0 {
			return
		}
		most += votes * rrf(1)
		for _, g := range list[:min(len(list), perList)] {
			score[g.group] += votes * rrf(g.rank)
		}
	}
	fuse(votesSimilar, m.voted(voters))
	if s := m.sectors[r.Sector]; s != nil {
		fuse(votesSector, s.groups)
	} else {
		fuse(votesSector, m.popular)
	}
	fuse(votesText, m.fitting(query, r.Sector))
	class, ok := m.classes[r.Sector]
	if !ok {
		class = m.classes[""]
	}
	fuse(votesClass, class)
	out := make([]scored, 0, len(score))
	for g, s := range score {
		out = append(out, scored{g, s / most})
	}
	slices.SortFunc(out, func(a, b scored) int {
		return cmp.Or(cmp.Compare(b.score, a.score), m.byName(a.group, b.group))
	})
	return out
}

// ranked is an entry of a list with its rank, counted from 1. Entries with the
// same value share the mean of their ranks: among the many names that were filed
// once, the order of the alphabet must not vote.
type ranked struct {
	group int32
	rank  float64
}

// rank sorts groups by value, largest first, ties by name, and gives ranks. Only
// the first perList and what ties with the last of them come back.
func (m *Model) rank(groups []int32, value func(int32) float64) []ranked {
	if len(groups) > perList {
		values := make([]float64, len(groups))
		for i, g := range groups {
			values[i] = value(g)
		}
		slices.Sort(values)
		least := values[len(values)-perList]
		groups = slices.DeleteFunc(groups, func(g int32) bool { return value(g) < least })
	}
	slices.SortFunc(groups, func(a, b int32) int {
		return cmp.Or(cmp.Compare(value(b), value(a)), m.byName(a, b))
	})
	out := make([]ranked, len(groups))
	for i := 0; i < len(groups); {
		j := i
		for j < len(groups) && value(groups[j]) == value(groups[i]) {
			j++
		}
		for k := i; k < j; k++ {
			out[k] = ranked{groups[k], float64(i+1+j) / 2}
		}
		i = j
	}
	return out
}

// voted ranks groups by Σ likeness of the similar projects that use them.
func (m *Model) voted(voters []neighbour) []ranked {
	votes := make(map[int32]float64)
	for _, n := range voters {
		for _, g := range m.used[n.project] {
			votes[g] += n.likeness
		}
	}
	list := make([]int32, 0, len(votes))
	for g := range votes {
		list = append(list, g)
	}
	return m.rank(list, func(g int32) float64 { return votes[g] })
}

// How well a concept's class fits the project's, as a factor on its text match.
const (
	fitSame    = 1.0
	fitCommon  = 0.8
	fitUnknown = 0.7
	fitOther   = 0.3
)

// fitting ranks groups by BM25 of their words against the project's, times how
// well their functional class fits.
func (m *Model) fitting(query weighted, sector string) []ranked {
	match := m.text.bm25(query)
	list := make([]int32, 0, 256)
	for g, s := range match {
		if s == 0 {
			continue
		}
		match[g] *= m.fit(int32(g), sector)
		list = append(list, int32(g))
	}
	return m.rank(list, func(g int32) float64 { return match[g] })
}

func (m *Model) fit(id int32, sector string) float64 {
	g := &m.groups[id]
	// A name that is in no library and was filed once is mostly one project's own.
	reusable := float64(len(g.uses)) / float64(len(g.uses)+1)
	switch {
	case sector == "" && g.concept < 0:
		return fitUnknown * reusable
	case sector == "":
		return fitUnknown
	case g.concept < 0 && g.sectors[sector] > 0:
		return fitSame * reusable
	case g.concept < 0:
		return fitOther * reusable
	case g.sectors[sector] > 0:
		return fitSame
	case m.lib[g.concept].Sector == sector:
		return fitSame
	case m.lib[g.concept].Sector == common:
		return fitCommon
	}
	return fitOther
}

// slot is a class that a list of suggestions must cover: from the fifth pick on
// it has a floor of a tenth of the list, and until all have theirs it may not
// fill more than its share.
type slot struct {
	name  string
	share float64
}

// floorShare is the part of the list that each class is sure of.
const floorShare = 0.1

// slots follow the weights of 财预〔2021〕101号 (recalled, docs/methods.md, Classes: output
// 40 to 50, benefit 20 to 30, cost 20, satisfaction 10); they add up to more than
// 1 so that a project's own mix can show. The last is for whatever is in none.
func slots() []slot {
	return []slot{{"数量", 0.30}, {"质量", 0.20}, {"时效", 0.15}, {"成本", 0.15}, {"效益", 0.30}, {"满意", 0.12}, {"", 0.15}}
}

func slotOf(level1, level2 string) int {
	all := slots()
	for i, s := range all[:len(all)-1] {
		if strings.Contains(level2, s.name) || strings.Contains(level1, s.name) {
			return i
		}
	}
	if strings.Contains(level2, "影响") { // 可持续影响指标, 社会影响
		return 4
	}
	return len(all) - 1
}

// fill picks limit candidates in the order of their scores, but passes over
// those whose class has had its share so far, and leaves out what r.Have or an
// earlier pick says already.
func (m *Model) fill(in []scored, r Request, limit int) []scored {
	have := make([][]string, 0, len(r.Have)+limit)
	known := make(map[int]bool)
	for _, n := range r.Have {
		have = append(have, bigrams(nameKey(n)))
		if g, ok := m.byKey(n, r.Sector); ok {
			known[g] = true
		}
	}
	all := slots()
	filled := make([]int, len(all))
	var out []scored
	for len(out) < limit && len(in) > 0 {
		need := int(floorShare*float64(len(out)+1) + 0.5)
		short, fits := -1, -1 // best of a class below its floor, best of one within its share
		for i, c := range in {
			s := m.groups[c.group].slot
			if short < 0 && s < len(all)-1 && filled[s] < need {
				short = i
				break
			}
			if fits < 0 && float64(filled[s]) < math.Ceil(all[s].share*float64(len(out)+2)) {
				if fits = i; need == 0 {
					break
				}
			}
		}
		pick := 0 // every class left has had its share
		if short >= 0 {
			pick = short
		} else if fits >= 0 {
			pick = fits
		}
		c := in[pick]
		in = slices.Delete(in, pick, pick+1)
		g := &m.groups[c.group]
		if known[int(c.group)] || slices.ContainsFunc(have, func(h []string) bool { return dice(h, g.key) >= sameName }) {
			continue
		}
		have = append(have, g.key)
		filled[g.slot]++
		out = append(out, c)
	}
	return out
}
