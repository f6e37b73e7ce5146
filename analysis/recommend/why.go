package recommend

import (
	"fmt"
	"slices"
	"strings"
)

// refusal is the Basis note where there are too few similar projects, or "".
func (m *Model) refusal(similar []neighbour, r Request) string {
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
	if s := m.sectors[r.Sector]; s != nil {
		from = fmt.Sprintf("“%s”类%d个项目的使用频率和指标库", r.Sector, s.projects)
	} else if r.Sector == "" {
		from = "全部项目的使用频率和指标库"
	}
	return fmt.Sprintf("没有可比的项目：在%d个已导入的项目中，相似度达到%.2f的%s，少于%d个。下面的建议只来自%s。",
		len(m.projects), MinLikeness, found, MinSimilar, from)
}

// describe is a similar project; line is its line of the indicator concerned,
// −1 for none.
func (m *Model) describe(n neighbour, line int32) Similar {
	f := m.h.forms[m.projects[n.project].forms[0]]
	if line >= 0 {
		f = m.h.forms[m.h.lineForm[line]]
	}
	s := Similar{Project: f.project, Unit: f.unit, Year: f.year, Likeness: n.likeness, FormID: f.id}
	if line >= 0 {
		s.Target, s.Actual = m.h.target[line].Raw, m.h.actual[line]
	}
	return s
}

// suggestion gathers the evidence for a candidate.
func (m *Model) suggestion(c scored, sector string, voters []neighbour) Suggestion {
	g := &m.groups[c.group]
	w := Why{Similar: []Similar{}, UsedProjects: len(g.uses), UsedInSector: g.sectors[sector]}
	if s := m.sectors[sector]; s != nil {
		w.SectorTotal = s.projects
	}
	if g.concept >= 0 {
		w.Library = m.lib[g.concept].ID
	}
	users := 0
	var near []use // uses in similar projects, most alike first
	for _, n := range voters {
		i, ok := slices.BinarySearchFunc(g.uses, n.project, func(u use, p int32) int { return int(u.project) - int(p) })
		if !ok {
			continue
		}
		users++
		near = append(near, g.uses[i])
		if len(w.Similar) < shown {
			w.Similar = append(w.Similar, m.describe(n, g.uses[i].line))
		}
	}
	w.Sentence = m.sentence(w, users, len(voters), sector)
	return Suggestion{
		Name: g.name, Level1: g.level1, Level2: g.level2, Score: c.score, Why: w,
		Target: m.targetAdvice(g, near, sector), Weight: m.weightAdvice(g, near, sector),
	}
}

// sentence says in plain words what a suggestion rests on.
func (m *Model) sentence(w Why, users, voters int, sector string) string {
	var parts []string
	if users > 0 {
		s := w.Similar[0]
		who := "“" + s.Project + "”"
		if s.Unit != "" {
			who = s.Unit + who
		}
		if s.Year > 0 {
			who = fmt.Sprintf("%d年%s", s.Year, who)
		}
		parts = append(parts, fmt.Sprintf("%d个相似项目中有%d个用它，最像的是%s（相似度%.2f）", voters, users, who, s.Likeness))
	}
	switch {
	case w.UsedInSector > 0:
		parts = append(parts, fmt.Sprintf("“%s”类%d个项目中有%d个用过", sector, w.SectorTotal, w.UsedInSector))
	case w.UsedProjects > users:
		parts = append(parts, fmt.Sprintf("全部%d个项目中有%d个用过", len(m.projects), w.UsedProjects))
	case w.UsedProjects == 0:
		parts = append(parts, "已导入的项目都没有用过，按文字与本项目相符从指标库中选出")
	}
	if w.Library != "" && w.UsedProjects > 0 {
		parts = append(parts, "指标库有这一指标（"+w.Library+"）")
	}
	return strings.Join(parts, "；") + "。"
}
