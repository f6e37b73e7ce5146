package review

import (
	"strings"

	"yardstick/indicators"
)

// units is D-03: numbers without a unit, and units of something else than the
// name says.
func (v *reviewer) units() {
	for i := range v.lines {
		x := &v.lines[i]
		if x.v.Kind != indicators.Number && x.v.Kind != indicators.Range || x.v.Damage != "" {
			continue
		}
		switch d := x.v.Unit.Dimension; {
		case x.v.Unit.Name == "":
			v.noUnit(x)
		case v.has("share", x.bare) != "" && plainDimension(d):
			v.onLine("D-03", x, "unit", Finding{Severity: Must, Why: quote(x.name) + "是比率，单位应为 %，现为" + quote(x.v.Unit.Name) + "。",
				Do: "单位改为 %；要写数量的，名称改成“…数量”。", Fix: &Fix{Label: "单位改为 %", Set: map[string]string{"unit": "%"}}})
		case v.has("count", x.bare) != "" && d == indicators.Rate && x.v.Unit.Name != "倍":
			v.onLine("D-03", x, "unit", Finding{Severity: Must, Why: quote(x.name) + "说的是数量，目标值却是百分比" + quote(x.v.Raw) + "。",
				Do: "写出数量和单位；要写比率的，名称改成“…率”。"})
		}
	}
}

// noUnit reports a number without a unit.
func (v *reviewer) noUnit(x *line) {
	if v.has("nounit", x.bare) != "" {
		return
	}
	f := Finding{Why: "目标值" + quote(x.v.Raw) + "没有计量单位，不知道是多少什么。", Do: "补上单位。"}
	n, _ := x.number()
	if u := v.unitFor(x, n); u != "" {
		f.Do = "补上单位：" + plain(n) + " " + u + "。"
		f.Fix = &Fix{Label: "单位写 " + u, Set: map[string]string{"unit": u}}
	}
	v.onLine("D-03", x, "unit", f)
}

// unitFor is the unit that a name asks for; "" if it does not say.
func (v *reviewer) unitFor(x *line, n float64) string {
	for _, p := range [...][2]string{{"人次", "人次"}, {"人数", "人"}, {"人口数", "人"}, {"户数", "户"}, {"次数", "次"}, {"频次", "次"}, {"场次", "场次"},
		{"车辆数", "辆"}, {"公里数", "公里"}, {"套数", "套"}, {"台数", "台"}, {"件数", "件"}, {"份数", "份"}, {"亩数", "亩"}, {"项目数", "个"}, {"个数", "个"}} {
		if strings.HasSuffix(x.bare, p[0]) {
			return p[1]
		}
	}
	if v.has("share", x.bare) != "" && n > 1 && n <= 100 {
		return "%"
	}
	if x.entry != nil {
		return x.entry.Unit
	}
	return ""
}

// plainDimension reports whether a dimension is a count or measure that no share
// of a whole can have.
func plainDimension(d indicators.Dimension) bool {
	switch d {
	case "people", "person_times", "households", "units", "area", "length", "volume", "mass", "time", "workdays", "months", "count", "times", "money":
		return true
	}
	return false
}
