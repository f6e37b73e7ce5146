package review

import (
	"strings"
	"unicode"

	"yardstick/analysis/goal"
	"yardstick/indicators/library"
)

// alien is D-15: an indicator that has nothing to do with the project. It takes
// all of: the name is an entry's own name and no satisfaction, the entry is of
// another functional class, no comparable project and no template has it, and
// project, goal, unit and the other indicators have no two characters running in
// common with it.
func (v *reviewer) alien() {
	if v.ctx.Sector == "" {
		v.notes["D-15"] = "项目的功能分类判断不了"
		return
	}
	for i := range v.lines {
		x := &v.lines[i]
		if x.vain || x.entry == nil || !x.ctx.Exact || x.ctx.Known || x.entry.Sector == library.Common || x.entry.Sector == v.ctx.Sector {
			continue
		}
		if v.has("satisfied", x.bare) != "" || v.related(x) {
			continue
		}
		v.onLine("D-15", x, "name", Finding{Why: quote(x.name) + "是“" + x.entry.Sector + "”类的指标，与本项目的名称、目标和其他指标都没有共同的词，同类项目也没有用过。",
			Do: "核对是不是别的项目的表没有改；与本项目有关的写明关系。"})
	}
}

// related reports whether anything else of the form speaks of what the line does.
func (v *reviewer) related(x *line) bool {
	texts := []string{v.form.Project.Value, v.form.Goal.Value, v.form.Department.Value, v.form.Unit.Value}
	for i := range v.lines {
		if &v.lines[i] != x {
			texts = append(texts, v.lines[i].name)
		}
	}
	for _, t := range texts {
		hits := goal.Mention([]goal.Task{{Text: t}}, []goal.Indicator{{Name: x.name}})
		if t != "" && (len(hits[0]) > 0 || sharesPair(t, x.bare)) {
			return true
		}
	}
	return false
}

// sharesPair reports whether two letters running of a name stand in the text.
func sharesPair(text, name string) bool {
	r := []rune(name)
	for i := 1; i < len(r); i++ {
		if unicode.IsLetter(r[i-1]) && unicode.IsLetter(r[i]) && strings.Contains(text, string(r[i-1:i+1])) {
			return true
		}
	}
	return false
}
