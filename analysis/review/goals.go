package review

import (
	"cmp"

	"yardstick/analysis/goal"
)

// goal is D-14: an annual goal that is missing or says nothing to do, and tasks
// that no indicator speaks of.
func (v *reviewer) goal() {
	text := v.form.Goal.Value
	if text == "" {
		v.found("D-14", Finding{Field: "goal", Cell: cmp.Or(v.form.Goal.Cell, v.form.Cell), Raw: v.form.Goal.Raw,
			Why: "没有写年度总体目标，指标没有依据。", Do: "写明本年度做什么、做多少、达到什么效果。"})
		return
	}
	if len(goal.Split(text)) == 0 {
		v.found("D-14", Finding{Field: "goal", Cell: v.form.Goal.Cell, Raw: v.form.Goal.Raw,
			Why: "总体目标没有写要做什么、做多少。", Do: "写明本年度做什么、做多少、达到什么效果。"})
	}
}
