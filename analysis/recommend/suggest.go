package recommend

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// MinLikeness is the likeness from which a project counts as similar, and
// MinSimilar how many of these an answer must have to rest on them: with fewer
// the answer says so and uses the functional class and the library only. Both
// were chosen by leave-one-project-out on the shared real forms, where two
// projects taken at random are 0.05 alike and two of one subject 0.2 and more.
const (
	MinLikeness = 0.15
	MinSimilar  = 3
)

// MinValues is the number of filed values below which no median is stated.
const MinValues = 3

// What makes two projects alike besides their words: the same functional class
// and a budget of the same order.
const (
	shareWords  = 0.8
	shareSector = 0.15
	shareBudget = 0.05
)

const (
	neighbours  = 20  // similar projects that vote
	perList     = 150 // candidates taken from each list
	shown       = 5   // similar projects named per suggestion
	shownBasis  = 10  // … and in the Basis
	defaultSize = 20
)

// Fusion weights of the lists.
const (
	votesSimilar = 1.0
	votesSector  = 0.7
	votesText    = 1.0
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
	query := projectText(r.Project, withoutPlaces(r.Department), r.Goal)
	near := m.near(query, r)
	similar := slices.Clip(near[:countSimilar(near)])
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
	for _, c := range m.fill(m.candidates(query, r, voters), r, limit) {
		a.Suggestions = append(a.Suggestions, m.suggestion(c, r.Sector, voters))
	}
	return a
}

// near returns the projects that share words with the query, most alike first,
// ties by project id.
func (m *Model) near(query weighted, r Request) []neighbour {
	var out []neighbour
	for p, words := range m.similar.likeness(query) {
		if words == 0 {
			continue
		}
		sum, of := shareWords*words, shareWords
		if pr := m.projects[p]; r.Sector != "" && pr.sector != "" {
			of += shareSector
			// Scaled by the words: one class alone makes no likeness.
			if pr.sector == r.Sector {
				sum += shareSector * math.Sqrt(words)
			}
		}
		if b := m.h.forms[m.projects[p].forms[0]].budget; r.Budget != nil && b != nil && *b > 0 && *r.Budget > 0 {
			of += shareBudget
			sum += shareBudget * math.Sqrt(words) * math.Max(0, 1-math.Abs(math.Log10(*b / *r.Budget))/2)
		}
		out = append(out, neighbour{int32(p), sum / of})
	}
	slices.SortFunc(out, func(a, b neighbour) int {
		return cmp.Or(cmp.Compare(b.likeness, a.likeness), cmp.Compare(a.project, b.project))
	})
	return out
}

func countSimilar(near []neighbour) int {
	n := 0
	for n < len(near) && n < neighbours && near[n].likeness >= MinLikeness {
		n++
	}
	return n
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
	fuse := func(votes float64, list []int32) {
		if len(list) == 0 {
			return
		}
		most += votes * rrf(1)
		for i, g := range list[:min(len(list), perList)] {
			score[g] += votes * rrf(i+1)
		}
	}
	fuse(votesSimilar, m.voted(voters))
	if s := m.sectors[r.Sector]; s != nil {
		fuse(votesSector, s.groups)
	} else {
		fuse(votesSector, m.popular)
	}
	fuse(votesText, m.fitting(query, r.Sector))
	out := make([]scored, 0, len(score))
	for g, s := range score {
		out = append(out, scored{g, s / most})
	}
	slices.SortFunc(out, func(a, b scored) int {
		return cmp.Or(cmp.Compare(b.score, a.score), m.byName(a.group, b.group))
	})
	return out
}

// voted ranks groups by Σ likeness of the similar projects that use them.
func (m *Model) voted(voters []neighbour) []int32 {
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
	slices.SortFunc(list, func(a, b int32) int {
		return cmp.Or(cmp.Compare(votes[b], votes[a]), cmp.Compare(len(m.groups[b].uses), len(m.groups[a].uses)), m.byName(a, b))
	})
	return list
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
func (m *Model) fitting(query weighted, sector string) []int32 {
	match := m.text.bm25(query)
	list := make([]int32, 0, 256)
	for g, s := range match {
		if s == 0 {
			continue
		}
		match[g] *= m.fit(int32(g), sector)
		list = append(list, int32(g))
	}
	slices.SortFunc(list, func(a, b int32) int {
		return cmp.Or(cmp.Compare(match[b], match[a]), m.byName(a, b))
	})
	return list
}

func (m *Model) fit(id int32, sector string) float64 {
	g := &m.groups[id]
	switch {
	case sector == "":
		return fitUnknown
	case g.sectors[sector] > 0:
		return fitSame
	case g.concept < 0:
		return fitOther
	case m.lib[g.concept].Sector == sector:
		return fitSame
	case m.lib[g.concept].Sector == common:
		return fitCommon
	}
	return fitOther
}

// slot is a class that a list of suggestions must cover, with the share of the
// list that it may fill before the others have had their turn.
type slot struct {
	name  string
	share float64
}

// slots follow the weights of 财预〔2021〕101号 (recalled, methods.md §2: output
// 40 to 50, benefit 20 to 30, cost 20, satisfaction 10); they add up to more than
// 1 so that a project's own mix can show.
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
		pick := -1
		for i, c := range in {
			g := &m.groups[c.group]
			if s := slotOf(g.level1, g.level2); float64(filled[s]) < math.Ceil(all[s].share*float64(len(out)+2)) {
				pick = i
				break
			}
		}
		pick = max(pick, 0) // every class left has had its share
		c := in[pick]
		in = slices.Delete(in, pick, pick+1)
		g := &m.groups[c.group]
		if known[int(c.group)] || slices.ContainsFunc(have, func(h []string) bool { return dice(h, g.key) >= sameName }) {
			continue
		}
		have = append(have, g.key)
		filled[slotOf(g.level1, g.level2)]++
		out = append(out, c)
	}
	return out
}
