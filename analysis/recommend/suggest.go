package recommend

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"yardstick/indicators/naming"
)

// sameName is the bigram Dice from which two names say the same: only one of
// them is suggested. It is strict on purpose: 学生满意度 and 家长满意度 (0.5) stay apart.
const sameName = 0.8

const (
	shown       = 5  // similar projects named per suggestion
	shownBasis  = 10 // … and in the Basis
	defaultSize = 20
)

// Suggest proposes indicators for the project of r, best first. Candidates come
// from similar projects, from what is usual in the functional class and project
// type, from templates, from what goes together with the draft, and from the
// library's text; the ranker orders them, and the list is filled so that it
// covers quantity, quality, timeliness, cost, benefit and satisfaction. What r.Have
// has, and repeats under another spelling, is left out. Ties go by number, which
// is the library's order, then the names'.
func (m *Model) Suggest(r Request) Answer {
	q := m.query(r, nil)
	defer q.release()
	a := Answer{Suggestions: []Suggestion{}, Basis: Basis{
		Forms: m.forms, Projects: len(m.projects), Library: len(m.lib.Concepts),
		Sector: r.Sector, SectorBy: cmp.Or(r.SectorBy, map[bool]string{true: "已指定", false: "未指定"}[r.Sector != ""]),
		Similar: []Similar{}, Note: q.note,
	}}
	if q.typ >= 0 {
		a.Basis.Type = m.lib.Types[q.typ].Name
	}
	for _, n := range q.similar[:min(len(q.similar), shownBasis)] {
		a.Basis.Similar = append(a.Basis.Similar, m.describe(n, -1))
	}
	for _, c := range q.list(r.Have, &m.rank, cmp.Or(max(r.Limit, 0), defaultSize)) {
		a.Suggestions = append(a.Suggestions, q.suggestion(c))
	}
	return a
}

// list ranks the candidates and fills a list of limit.
func (q *query) list(have []Named, r *ranker, limit int) []candidate {
	in := q.candidates()
	order := q.work.order[:0]
	for i := range in {
		in[i].score = r.score(&in[i].x)
		order = append(order, scored{in[i].score, in[i].group, int32(i)})
	}
	slices.SortFunc(order, func(a, b scored) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.group, b.group))
	})
	q.work.order = order
	picked := q.fill(order, have, limit)
	out := make([]candidate, len(picked))
	for i, p := range picked {
		out[i] = in[p.at]
	}
	return out
}

const numSlots = 7

// slots are the classes that a list covers: those of the frame of 2021, with 产出
// in its parts, and the rest.
func slots() []string {
	return []string{"数量", "质量", "时效", "成本", "效益", "满意", "其他"}
}

func slotOf(level1, level2 string) int {
	all := slots()
	for i, s := range all[:len(all)-1] {
		if strings.Contains(level2, s) || strings.Contains(level1, s) {
			return i
		}
	}
	if strings.Contains(level2, "影响") { // 可持续影响指标, 社会影响
		return 4
	}
	return len(all) - 1
}

// fill picks limit candidates in the order of their scores, but passes over
// those whose class has had its share so far, and leaves out what have or an
// earlier pick says already. A class below its floor comes first.
func (q *query) fill(in []scored, have []Named, limit int) []scored {
	m := q.m
	known := make(map[int32]bool)
	said := make([][]int32, 0, len(have)+limit)
	for _, n := range have {
		said = append(said, m.text.numbered(bigrams(naming.Key(n.Name))))
	}
	for _, g := range q.have {
		known[g] = true
	}
	all := slots()
	share := make([]float64, len(all))
	for i, s := range all {
		share[i] = m.param["slot."+s]
	}
	filled, rest := make([]int, len(all)), make([][]scored, len(all)) // rest: what is left of each class, best first
	for _, c := range in {
		s := m.groups[c.group].slot
		rest[s] = append(rest[s], c)
	}
	var out []scored
	for len(out) < limit {
		need := int(m.param["slot.floor"]*float64(len(out)+1) + 0.5)
		pick, tier := -1, 0
		for s := range all {
			for len(rest[s]) > 0 {
				c := rest[s][0]
				if !known[c.group] && !slices.ContainsFunc(said, func(h []int32) bool { return dice(h, m.groups[c.group].grams) >= sameName }) {
					break
				}
				rest[s] = rest[s][1:]
			}
			if len(rest[s]) == 0 {
				continue
			}
			t := 1 // has had its share
			switch {
			case s < len(all)-1 && filled[s] < need:
				t = 3
			case float64(filled[s]) < math.Ceil(share[s]*float64(len(out)+2)):
				t = 2
			}
			if t > tier || t == tier && better(rest[s][0], rest[pick][0]) {
				pick, tier = s, t
			}
		}
		if pick < 0 {
			break
		}
		c := rest[pick][0]
		rest[pick] = rest[pick][1:]
		said = append(said, m.groups[c.group].grams)
		filled[pick]++
		out = append(out, c)
	}
	return out
}

func better(a, b scored) bool {
	return a.score > b.score || a.score == b.score && a.group < b.group
}
