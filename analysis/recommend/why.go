package recommend

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// refusal is the Basis note where there are too few similar projects, or "".
func (m *Model) refusal(q *query) string {
	similar := q.similar
	switch {
	case len(similar) >= MinSimilar:
		return ""
	case len(m.projects) == 0:
		return "没有可比的项目：还没有导入过表单。下面的建议只来自指标库。"
	}
	found := "一个也没有"
	if len(similar) > 0 {
		found = fmt.Sprintf("只有%d个", len(similar))
	}
	from := "指标库"
	if q.class >= 0 {
		from = fmt.Sprintf("“%s”类%d个项目的使用频率和指标库", q.sector, m.sectors[q.class].projects)
	} else if q.sector == "" {
		from = "全部项目的使用频率和指标库"
	}
	return fmt.Sprintf("没有可比的项目：在%d个已导入的项目中，相似度达到%.2f的%s，少于%d个。下面的建议只来自%s。",
		len(m.projects), MinLikeness, found, MinSimilar, from)
}

// describe is a similar project; line is its line of the indicator concerned,
// −1 for none.
func (m *Model) describe(n neighbour, line int32) Similar {
	f := m.h.form(m.projects[n.project].forms[0])
	if line >= 0 {
		f = m.h.form(m.h.lineForm[line])
	}
	s := Similar{Project: f.project, Unit: f.unit, Year: f.year, Likeness: n.likeness, FormID: f.id}
	if line >= 0 {
		s.Target, s.Actual = m.h.rawOf(line), m.h.text.str(m.h.actual[line])
	}
	return s
}

// suggestion gathers the evidence for a candidate.
func (q *query) suggestion(c candidate) Suggestion {
	m, g, voters := q.m, &q.m.groups[c.group], q.voters()
	w := Why{Similar: []Similar{}, UsedProjects: len(g.uses), Partners: q.partnersOf(c.group), Template: q.templateOf(c.group)}
	if q.class >= 0 {
		w.UsedInSector, w.SectorTotal = int(countOf(g.sectors, q.class)), int(m.sectors[q.class].projects)
	}
	if q.typ >= 0 {
		w.Type, w.UsedInType, w.TypeTotal = m.lib.Types[q.typ].Name, int(countOf(g.types, q.typ)), int(m.types[q.typ].projects)
	}
	if g.concept >= 0 {
		w.Library = m.lib.Concepts[g.concept].ID
	}
	var near []use // uses in similar projects, most alike first
	for _, n := range voters {
		u, ok := g.useOf(n.project)
		if !ok {
			continue
		}
		near = append(near, u)
		if len(w.Similar) < shown {
			w.Similar = append(w.Similar, m.describe(n, u.line))
		}
	}
	w.Sentence = q.sentence(c.group, w, len(near))
	return Suggestion{
		Name: g.name, Level1: g.level1, Level2: g.level2, Task: q.taskOf(c.group), Score: c.score, Why: w,
		Target: m.advised(m.ask(c.group, near, q.class, &q.own, q.money(), q.year)),
		Weight: q.fit(c.group, m.weight(c.group, near, q.class, &q.own)),
	}
}

// useOf is a project's use of g.
func (g *group) useOf(project int32) (use, bool) {
	i, ok := slices.BinarySearchFunc(g.uses, project, func(u use, p int32) int { return int(u.project) - int(p) })
	if !ok {
		return use{}, false
	}
	return g.uses[i], true
}

// nearUses are the uses of a group in similar projects, most alike first.
func (q *query) nearUses(g int32) (out []use) {
	for _, n := range q.voters() {
		if u, ok := q.m.groups[g].useOf(n.project); ok {
			out = append(out, u)
		}
	}
	return out
}

// templateOf is the template of a matching type that has g, of the best matching
// type if there are several.
func (q *query) templateOf(g int32) *Template {
	for _, t := range q.types {
		for _, it := range q.m.items[t.typ] {
			if it.group == g {
				typ := q.m.lib.Types[t.typ]
				return &Template{ID: typ.ID, Name: typ.Name, Points: it.points, Core: it.core}
			}
		}
	}
	return nil
}

// shownPartners is how many partners a suggestion names.
const shownPartners = 3

// partnersOf are the draft's indicators that go together with g, strongest first.
func (q *query) partnersOf(g int32) []Partner {
	out := []Partner{}
	for _, h := range q.have {
		if l := q.lift(h, g); l > 1 {
			out = append(out, Partner{Name: q.m.groups[h].name, Projects: int(q.together(h, g)), Lift: l})
		}
	}
	slices.SortFunc(out, func(a, b Partner) int { return cmp.Or(cmp.Compare(b.Lift, a.Lift), strings.Compare(a.Name, b.Name)) })
	return out[:min(len(out), shownPartners)]
}

// sentence says in plain words what a suggestion rests on.
func (q *query) sentence(g int32, w Why, users int) string {
	var parts []string
	switch years := q.ownYears(g); {
	case len(years) == 1 && years[0] == 0:
		parts = append(parts, "本单位这个项目以前用过")
	case len(years) > 0:
		parts = append(parts, fmt.Sprintf("本单位这个项目%d年用过", years[0]))
	}
	if users > 0 {
		s := w.Similar[0]
		who := "“" + s.Project + "”"
		if s.Unit != "" {
			who = s.Unit + who
		}
		if s.Year > 0 {
			who = fmt.Sprintf("%d年%s", s.Year, who)
		}
		parts = append(parts, fmt.Sprintf("%d个相似项目中有%d个用它，最像的是%s（相似度%.2f）", len(q.voters()), users, who, s.Likeness))
	}
	if t := w.Template; t != nil {
		core := ""
		if t.Core {
			core = "核心"
		}
		parts = append(parts, fmt.Sprintf("“%s”模板的%s指标，%g分", t.Name, core, t.Points))
	}
	if len(w.Partners) > 0 {
		p := w.Partners[0]
		parts = append(parts, fmt.Sprintf("%d个项目把它和已有的“%s”一起用", p.Projects, p.Name))
	}
	switch {
	case w.UsedInSector > 0:
		parts = append(parts, fmt.Sprintf("“%s”类%d个项目中有%d个用过", q.sector, w.SectorTotal, w.UsedInSector))
	case w.UsedProjects > users:
		parts = append(parts, fmt.Sprintf("全部%d个项目中有%d个用过", len(q.m.projects), w.UsedProjects))
	case w.UsedProjects == 0 && w.Template != nil:
		parts = append(parts, "已导入的项目都没有用过")
	case w.UsedProjects == 0:
		parts = append(parts, "已导入的项目都没有用过，按文字与本项目相符从指标库中选出")
	}
	if w.Library != "" && w.UsedProjects > 0 {
		parts = append(parts, "指标库有这一指标（"+w.Library+"）")
	}
	return strings.Join(parts, "；") + "。"
}
