package recommend

import (
	"cmp"
	"slices"
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
	a := Answer{Basis: Basis{
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
	list := q.list(r.Have, &m.rank, cmp.Or(max(r.Limit, 0), defaultSize))
	a.Suggestions = make([]Suggestion, 0, len(list))
	for _, c := range list {
		a.Suggestions = append(a.Suggestions, q.suggestion(c))
	}
	return a
}

// list ranks the candidates and fills a list of limit.
func (q *query) list(have []Named, r *ranker, limit int) []candidate {
	in := q.candidates()
	order := q.work.order[:0]
	for i := range in {
		in[i].score = r.score(&in[i].x, in[i].bonus)
		order = append(order, scored{in[i].score, in[i].group, int32(i)})
	}
	slices.SortFunc(order, func(a, b scored) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.group, b.group))
	})
	q.work.order = order
	picked := q.fill(order, q.leads(order, limit), have, limit)
	out := make([]candidate, len(picked))
	for i, p := range picked {
		out[i] = in[p.at]
	}
	return out
}
