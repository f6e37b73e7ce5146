package review

import (
	"cmp"
	"slices"
	"strings"

	"yardstick/indicators"
)

// units is D-03: numbers without a unit, and units of something else than the
// name says.
func (v *reviewer) units() {
	for i := range v.lines {
		x := &v.lines[i]
		if x.blank || x.vain || x.v.Damage != "" || x.v.Kind != indicators.Number && x.v.Kind != indicators.Range {
			continue
		}
		d, unit := x.v.Unit.Dimension, x.v.Unit.Name
		share, count := v.has("share", x.bare), cmp.Or(v.has("count", x.bare), v.has("event", x.bare))
		dim, bound := v.word("dim", x.bare)
		switch {
		case v.wholeBudget(x):
			v.onLine("D-03", x, "unit", Finding{Severity: Must, Why: quote(x.name) + "是一份的数，" + quote(x.v.Raw) + "却不少于全部预算。", Do: "核对数和单位，如“… 元/人·月”。"})
		case unit == "", (unit == "万" || unit == "亿") && strings.HasSuffix(strings.TrimSpace(x.v.Raw), unit):
			v.noUnit(x)
		case share != "" && plainDimension(d):
			v.onLine("D-03", x, "unit", Finding{Severity: Must, Why: quote(x.name) + "是比率，单位应为 %，现为" + quote(unit) + "。",
				Do: "单位改为 %；要写数量的，名称改成“…数量”。", Fix: setUnit("%")})
		case count != "" && d == indicators.Rate && unit != "倍" && v.has("rate", x.bare) == "":
			v.onLine("D-03", x, "unit", Finding{Severity: Must, Why: quote(x.name) + "说的是数量，目标值却是比率" + quote(x.v.Raw) + "。",
				Do: "写出数量和单位；要写比率的，名称改成“…率”。"})
		case bound && plainDimension(d) && !slices.Contains(strings.Fields(dim.value), string(d)):
			v.onLine("D-03", x, "unit", Finding{Severity: Must, Why: quote(x.name) + "的单位与名称不符，现为" + quote(unit) + "。",
				Do: "核对是“" + dim.text + "”写错还是单位写错，改成一致。"})
		case x.cost() && v.has("money", x.bare) != "" && plainDimension(d) && d != indicators.Money:
			v.onLine("D-03", x, "unit", Finding{Severity: Must, Why: quote(x.name) + "是花钱的标准，单位应有“元”，现为" + quote(unit) + "。",
				Do: "改成“元/…”或“万元”。"})
		case x.cost() && v.has("money", x.bare) != "" && noMoney(d):
			v.onLine("D-03", x, "unit", Finding{Severity: Must, Why: quote(x.name) + "是花钱的标准，单位应有“元”，现为" + quote(unit) + "。",
				Do: "改成“元/" + unit + "”一类。", Fix: setUnit("元/" + unit)})
		}
	}
}

func setUnit(u string) *Fix {
	return &Fix{Label: "单位写 " + u, Set: map[string]string{"unit": u}}
}

// noMoney reports whether a dimension is a known one per another and not of
// money: 人/天.
func noMoney(d indicators.Dimension) bool {
	head, _, per := strings.Cut(string(d), "/")
	return per && plainDimension(indicators.Dimension(head)) && head != string(indicators.Money)
}

// wholeBudget reports whether what one of many gets is a sum of all the money.
func (v *reviewer) wholeBudget(x *line) bool {
	m, ok := x.money()
	total, known := Total(v.form)
	return ok && known && total > 0 && m >= total && v.has("perHead", x.bare) != "" && !strings.Contains(x.bare, "收入")
}

// noUnit reports a number without a unit. A count of 0 needs none.
func (v *reviewer) noUnit(x *line) {
	n, _ := x.number()
	if v.has("nounit", x.bare) != "" || n == 0 {
		return
	}
	f := Finding{Why: "目标值" + quote(x.v.Raw) + "没有计量单位，不知道是多少什么。", Do: "补上单位。"}
	if x.v.Kind == indicators.Number {
		if u := v.unitFor(x, n); u != "" {
			f.Do = "补上单位，如“" + string(x.v.Comparison) + plain(n) + u + "”。"
			f.Fix = setUnit(u)
		}
	}
	v.onLine("D-03", x, "unit", f)
}

// unitFor is the unit that a name asks for; "" if it does not say.
func (v *reviewer) unitFor(x *line, n float64) string {
	if w, ok := v.word("unit", x.bare); ok {
		return w.value
	}
	if v.has("share", x.bare) != "" && n > 1 && n <= 100 {
		return "%"
	}
	if x.entry != nil && x.ctx.Exact {
		u := indicators.UnitOf(x.entry.Unit)
		if u.Dimension == "count" || u.Dimension == "people" || u.Dimension == "times" || u.Dimension == "households" || u.Dimension == "units" {
			return x.entry.Unit
		}
	}
	return ""
}

// plainDimension reports whether a dimension is a count or measure that no share
// of a whole can have.
func plainDimension(d indicators.Dimension) bool {
	switch d {
	case "people", "person_times", "households", "units", "area", "length", "volume", "mass", "time", "workdays", "months", "count", "times", indicators.Money:
		return true
	}
	return false
}
