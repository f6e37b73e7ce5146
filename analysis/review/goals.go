package review

import (
	"cmp"
	"fmt"

	"yardstick/analysis/goal"
)

// goal is D-14: an annual goal that is missing or says nothing to do, and tasks
// that no indicator speaks of.
func (v *reviewer) goal() {
	text := v.form.Goal.Value
	at := Finding{Field: "goal", Cell: cmp.Or(v.form.Goal.Cell, v.form.Cell), Raw: v.form.Goal.Raw}
	if text == "" {
		at.Why, at.Do = "没有写年度总体目标，指标没有依据。", "写明本年度做什么、做多少、达到什么效果。"
		v.found("D-14", at)
		return
	}
	tasks := goal.Split(text)
	if len(tasks) == 0 {
		at.Severity, at.Why, at.Do = Watch, "总体目标没有写要做什么、做多少。", "写明本年度做什么、做多少、达到什么效果。"
		v.found("D-14", at)
		return
	}
	if len(v.lines) == 0 {
		return
	}
	v.uncovered(tasks, at)
}

// uncovered reports what the goal says will be done and no indicator speaks of. It
// is silent where the indicators speak another language than the goal altogether,
// and about what only repeats the project's name.
func (v *reviewer) uncovered(tasks []goal.Task, at Finding) {
	list := v.indicators()
	covered := false
	for i, hits := range goal.Cover(tasks, list) {
		covered = covered || tasks[i].Kind == goal.Output && len(hits) > 0 && hits[0].Shared >= v.value["goal.shared"]
	}
	if !covered {
		v.ok["D-14"] = "目标与指标用词不同，逐项对照要靠人"
		return
	}
	project := []goal.Indicator{{Name: v.form.Project.Value}}
	named := goal.Cover(tasks, project)
	for i, hits := range goal.Mention(tasks, list) {
		if t := tasks[i]; t.Kind == goal.Output && len(hits) == 0 && len(named[i]) == 0 {
			f := at
			f.Severity, f.Why = Watch, fmt.Sprintf("目标里的“%s”没有指标。", t.Text)
			f.Do = "加一个说明它做了多少、做得怎样的产出指标；不做的从目标里删去。"
			v.found("D-14", f)
		}
	}
}

// indicators is what Cover asks of the lines.
func (v *reviewer) indicators() []goal.Indicator {
	out := make([]goal.Indicator, len(v.lines))
	for i := range v.lines {
		x := &v.lines[i]
		out[i] = goal.Indicator{Name: x.name, Target: x.v, Also: []string{x.v.Raw}}
		if x.Note.Value != "" {
			out[i].Also = append(out[i].Also, x.Note.Value)
		}
		if x.entry != nil {
			out[i].Also = append(out[i].Also, x.entry.Name)
		}
	}
	return out
}
