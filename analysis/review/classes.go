package review

import (
	"strings"
	"unicode/utf8"

	"yardstick/indicators"
)

// classes is D-06: indicators in a class that they do not belong to. Where the
// frame of 2021 would have 成本 as a class of its own, that is only remarked on:
// many local forms keep the older frame.
func (v *reviewer) classes() {
	known, old := 0, 0
	for i := range v.lines {
		x := &v.lines[i]
		if !x.known {
			continue
		}
		known++
		if x.class.Level2 == "成本指标" && x.class.Level1 == "产出指标" {
			old++
		}
		if x.vain {
			continue
		}
		v.misplaced(x)
	}
	switch {
	case known == 0:
		v.notes["D-06"] = "表上没有指标类别"
	case old > 0 && v.form.Year.Known && v.form.Year.Value > v.value["frame.cost"]:
		v.ok["D-06"] = "成本指标列在产出指标下：2021 年起的框架里它是一级指标；表样没有改的不用动"
	}
}

func (v *reviewer) misplaced(x *line) {
	is := func(level2 ...string) bool {
		for _, l := range level2 {
			if x.class.Level2 == l {
				return true
			}
		}
		return false
	}
	output := is("数量指标", "质量指标", "时效指标", "成本指标")
	effect := x.class.Level1 == "效益指标" && x.class.Level2 != "" && x.class.Level2 != "服务对象满意度指标"
	move := func(level2, why string) {
		f := Finding{Why: why, Do: "移到" + quote(level2) + "。", Fix: &Fix{Label: "移到" + level2, Set: map[string]string{"level1": parent(level2), "level2": level2}}}
		v.onLine("D-06", x, "level2", f)
	}
	here := x.class.Level2
	if here == "" {
		here = x.class.Level1
	}
	switch {
	case v.has("satisfied", x.bare) != "" && v.has("notSatisfied", x.bare) == "" && (output || effect || x.class.Level1 == "成本指标"):
		move("服务对象满意度指标", quote(x.name)+"是服务对象满意度，现列在"+quote(here)+"下。")
	case v.has("satisfied", x.bare) == "" && x.class.Level1 == "满意度指标" && !strings.Contains(x.name, "满意") && v.notSatisfaction(x):
		v.onLine("D-06", x, "level2", Finding{Why: quote(x.name) + "不是满意度，现列在" + quote(here) + "下。", Do: "移到产出或效益下；满意度另写一个“…满意度”。"})
	case v.has("timely", x.bare) != "" && is("数量指标", "质量指标", "成本指标", "经济成本指标"):
		move("时效指标", quote(x.name)+"说的是时间，现列在"+quote(here)+"下。")
	case v.has("quality", x.bare) != "" && is("数量指标", "时效指标", "成本指标", "经济成本指标"):
		move("质量指标", quote(x.name)+"说的是质量，现列在"+quote(here)+"下。")
	case is("时效指标") && v.has("count", x.bare) != "" && v.countUnit(x), is("质量指标") && v.has("measure", x.bare) != "" && v.countUnit(x):
		move("数量指标", quote(x.name)+"说的是数量，现列在"+quote(here)+"下。")
	case is("质量指标", "时效指标") && v.has("costName", x.bare) != "":
		v.onLine("D-06", x, "level2", Finding{Why: quote(x.name) + "说的是成本，现列在" + quote(here) + "下。", Do: "移到成本指标。"})
	case effect && v.sunk(x):
		v.onLine("D-06", x, "level2", Finding{Why: quote(x.name) + "说的是花多少钱，现列在" + quote(here) + "下。", Do: "移到成本指标；效益写有什么用。"})
	case effect && (v.has("done", x.bare) != "" || v.has("doing", x.bare) != "" && v.has("count", x.bare) != "" && v.countUnit(x)):
		v.onLine("D-06", x, "level2", Finding{Why: quote(x.name) + "说的是做了多少、什么时候做完，是产出，现列在" + quote(here) + "下。", Do: "移到产出指标；效益写有什么用。"})
	case v.has("macro", x.bare) != "" && utf8.RuneCountInString(x.bare) <= utf8.RuneCountInString(v.has("macro", x.bare))+8 && output && !v.about(v.has("macro", x.bare)):
		severity := Must
		if strings.HasSuffix(x.bare, "指数") {
			severity = Watch // a contract may hold the contractor to it
		}
		v.onLine("D-06", x, "level2", Finding{Severity: severity, Why: quote(x.name) + "由许多因素决定，不是本项目做成的产出，现列在" + quote(here) + "下。",
			Do: "产出写本项目做的事和做到的程度；这一条放到效益，并写明本项目能影响的范围。"})
	}
}

// parent is the level 1 of a level 2 to which D-06 moves a line.
func parent(level2 string) string {
	if level2 == "服务对象满意度指标" {
		return "满意度指标"
	}
	return "产出指标"
}

// notSatisfaction reports whether a line under 满意度 is beyond doubt something else:
// a count, a cost or a rate that is not about opinion.
func (v *reviewer) notSatisfaction(x *line) bool {
	return v.has("timely", x.bare) != "" || v.has("quality", x.bare) != "" || v.has("count", x.bare) != "" && v.countUnit(x)
}

// sunk reports whether a line is a sum of money to be spent at most.
func (v *reviewer) sunk(x *line) bool {
	_, ok := x.money()
	return ok && v.has("costName", x.bare) != "" && (x.v.Comparison == indicators.AtMost || x.v.Comparison == indicators.Below)
}

// countUnit reports whether the target is a number with a unit of things.
func (v *reviewer) countUnit(x *line) bool {
	_, ok := x.number()
	return ok && x.v.Unit.Dimension != "" && plainDimension(x.v.Unit.Dimension) && x.v.Unit.Dimension != indicators.Money && x.v.Unit.Dimension != "time"
}

// about reports whether the project's name holds the last two characters or more
// of a word: a project on 空气质量 is about the air.
func (v *reviewer) about(word string) bool {
	head := []rune(word)
	if utf8.RuneCountInString(word) > 2 {
		head = head[:2]
	}
	return strings.Contains(v.form.Project.Value, string(head))
}
