package review

import (
	"cmp"
	"fmt"
	"strings"
)

// whole is D-11: classes that are missing, too few or too many indicators.
func (v *reviewer) whole() {
	n, known, twos := 0, 0, 0
	has := map[string]bool{}
	complaint := "" // under 满意度, where nothing else is
	for i := range v.lines {
		x := &v.lines[i]
		n++
		if !x.known {
			continue
		}
		known++
		if x.class.Level1 == "满意度指标" && v.has("complaint", x.bare) != "" {
			complaint = x.name
			continue
		}
		has[x.class.Level1] = true
		if x.class.Level2 != "" {
			twos++
			has[x.class.Level2] = true
		}
		if v.has("satisfied", x.bare) != "" {
			has["满意度指标"] = true
		}
		if x.class.Level2 == "服务对象满意度指标" {
			has["满意度指标"] = true
		}
		if x.class.Level2 == "成本指标" {
			has["成本指标"] = true
		}
	}
	whole := func(why, do string) {
		v.found("D-11", Finding{Field: "form", Cell: v.form.Cell, Why: why, Do: do})
	}
	switch {
	case n == 0:
		v.found("D-11", Finding{Severity: Must, Field: "form", Cell: v.form.Cell, Why: "表上没有读到任何指标。", Do: "按产出、效益、满意度填写绩效指标。"})
		return
	case n < int(v.value["lines.least"]):
		whole(fmt.Sprintf("只有 %d 个指标，说明不了项目做成什么、有什么用。", n), "至少写清数量、质量、时效、效益各一个。")
	case n > int(v.value["lines.most"]):
		whole(fmt.Sprintf("有 %d 个指标，重点看不出来。", n), "留最能说明项目的，日常管理的删去。")
	}
	if float64(known) < v.value["classed.share"]*float64(n) {
		v.notes["D-11"] = "表上没有指标类别，缺不缺类看不出来"
		return
	}
	framework := has["决策指标"] || has["过程指标"] || has["投入指标"]
	var missing []string
	if !has["产出指标"] {
		missing = append(missing, "产出指标")
	}
	if !has["效益指标"] {
		missing = append(missing, "效益指标")
	} else if onlySatisfied(v) && n >= int(v.value["lines.least"]) {
		whole("效益指标下只有满意度，没有写项目有什么用。", "满意度移到满意度指标，效益写受益面、变化了多少。")
	}
	if len(missing) > 0 && n >= int(v.value["lines.least"]) {
		v.found("D-11", Finding{Severity: Must, Field: "form", Cell: v.form.Cell, Why: "没有" + strings.Join(missing, "、") + "。",
			Do: "补上：产出写做了什么、做得怎样，效益写有什么用。"})
	}
	if has["产出指标"] && float64(twos) >= v.value["classed.share"]*float64(known) && n >= int(v.value["lines.least"]) {
		var lack []string
		for _, c := range []string{"数量指标", "质量指标", "时效指标"} {
			if !has[c] {
				lack = append(lack, c)
			}
		}
		if !has["成本指标"] && !framework && v.has("payroll", v.form.Project.Value) == "" {
			lack = append(lack, "成本指标")
		}
		if len(lack) > 0 {
			whole("没有"+strings.Join(lack, "、")+"。", "补上，或在备注里写明本项目为什么没有。")
		}
	}
	v.satisfaction(has["满意度指标"], n, complaint)
}

// onlySatisfied reports whether everything under 效益 is satisfaction.
func onlySatisfied(v *reviewer) bool {
	effects, other := 0, 0
	for i := range v.lines {
		if x := &v.lines[i]; x.class.Level1 == "效益指标" {
			effects++
			if x.class.Level2 != "服务对象满意度指标" && v.has("satisfied", x.bare) == "" {
				other++
			}
		}
	}
	return effects > 0 && other == 0
}

// satisfaction asks for it where the words of project, goal and indicators say that
// people or firms are served, unless the project's type has none.
func (v *reviewer) satisfaction(has bool, n int, complaint string) {
	if has || n < int(v.value["lines.least"]) {
		return
	}
	by := ""
	switch t := v.ctx.Type; {
	case t != nil && !t.Recipients:
		v.ok["D-11"] = "“" + t.Name + "”没有服务对象，不要求满意度"
		return
	case v.has("payroll", v.form.Project.Value) != "":
		v.ok["D-11"] = "只发本单位人员的工资待遇，不要求成本和满意度"
		return
	case complaint != "":
		by = "满意度类下只有" + quote(complaint)
	default:
		text := v.form.Project.Value + "\n" + v.form.Goal.Value
		for i := range v.lines {
			text += "\n" + v.lines[i].name
		}
		w := cmp.Or(v.has("served", text), v.has("servedBy", v.form.Project.Value))
		if w == "" {
			if v.ok["D-11"] == "" {
				v.ok["D-11"] = "有没有服务对象看不出来，没有要求满意度"
			}
			return
		}
		by = "表上提到“" + w + "”"
	}
	v.found("D-11", Finding{Field: "form", Cell: v.form.Cell, Why: by + "，表上没有满意度指标。", Do: "加一个“…满意度 ≥ 90%”，写明问谁、怎么问。"})
}
