package review

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"

	"yardstick/analysis/goal"
	"yardstick/analysis/target"
	"yardstick/indicators"
)

// money is D-07: costs and unit costs against the budget.
func (v *reviewer) money() {
	total, ok := Total(v.form)
	if !ok || total <= 0 {
		v.notes["D-07"] = "表上没有预算金额"
		return
	}
	compared := false
	for i := range v.lines {
		x := &v.lines[i]
		if x.blank || x.vain || x.v.Comparison == indicators.AtLeast || x.v.Comparison == indicators.Above {
			continue
		}
		if m, ok := x.money(); ok && (x.cost() || !x.known && v.has("spend", x.bare) != "" && v.has("business", x.bare) == "") {
			compared = true
			if m > total*(1+v.value["budget.slack"])*v.years() {
				v.onLine("D-07", x, "target", Finding{times: m / total, Why: fmt.Sprintf("成本 %s 万元，高于本年预算 %s 万元。", figure(m), figure(total)),
					Do: "成本不超过预算；如果是多年总投资，写明年度数。"})
			}
			continue
		}
		if v.unitCost(x, total) {
			compared = true
		}
	}
	if v.peersCost(total) {
		compared = true
	}
	if !compared {
		v.notes["D-07"] = "表上没有单位对得上、可以与预算对照的成本和数量"
	}
}

// years is how many times the year's money a cost may be: more than 1 where the form
// shows a project of several years, for what it makes in all then stands beside the
// money of one year.
func (v *reviewer) years() float64 {
	if !v.form.Year.Known {
		return 1
	}
	year, most := int(v.form.Year.Value), v.value["project.years"]
	texts := []string{v.form.Project.Value, v.form.Goal.Value}
	for i := range v.lines {
		x := &v.lines[i]
		if to := x.v.To.Year; to > year && (x.v.Kind == indicators.Date || x.v.Kind == indicators.Period) && v.has("settled", x.bare) == "" {
			return most
		}
		texts = append(texts, x.name)
	}
	for _, t := range texts {
		if v.has("several", t) != "" || spanOfYears.MatchString(t) || lastYear(t) > year {
			return most
		}
	}
	return 1
}

// lastYear is the latest year that a text names, 0 for none.
func lastYear(text string) (last int) {
	for _, m := range goalYear.FindAllStringSubmatch(text, -1) {
		if y, _ := strconv.Atoi(m[2]); y > last {
			last = y
		}
	}
	return last
}

// spanOfYears is a span such as 2026—2028年 in a text.
var spanOfYears = regexp.MustCompile(`20\d\d年?\s*[—\-~－至到]+\s*20\d\d年`)

// unitCost holds 元 per thing × things against the budget, where one quantity of
// the form, and only one, is of that thing.
func (v *reviewer) unitCost(x *line, total float64) (compared bool) {
	n, ok := x.number()
	unit := x.v.Unit
	if name, yearly := strings.CutSuffix(unit.Name, "/年"); yearly && strings.Contains(name, "/") {
		unit = indicators.UnitOf(name) // 元/公里/年: the budget is a year's too
	}
	head, per, split := strings.Cut(string(unit.Dimension), "/")
	if !ok || !split || head != string(indicators.Money) || strings.Contains(per, "/") || unit.Scale == 0 {
		return false
	}
	var of *line
	for i := range v.lines {
		y := &v.lines[i]
		if y == x || y.class.Level2 != "数量指标" || y.SubRow || string(y.v.Unit.Dimension) != per {
			continue
		}
		if _, ok := y.number(); !ok {
			continue
		}
		if of != nil {
			return false // which of them the price is for can't be told
		}
		of = y
	}
	if of == nil {
		return false
	}
	q, _ := of.number()
	units, ok := of.v.Unit.Base(q)
	if !ok {
		return false
	}
	due := n * unit.Scale * units / 10000
	if share := v.value["cost.least"]; due > 0 && due < total*share {
		v.onLine("D-07", x, "target", Finding{Severity: Watch, Why: fmt.Sprintf("%s%s × %s%s ＝ %s 万元，不到预算 %s 万元的 %s%%，像是单位写错。", plain(n), x.v.Unit.Name, figure(q), of.v.Unit.Name, significant(due), figure(total), plain(100*share)),
			Do: "核对单位成本的单位（元还是万元）和数量。"})
	}
	if due > total*(1+v.value["cost.over"])*v.years() {
		v.onLine("D-07", x, "target", Finding{times: due / total, Why: fmt.Sprintf("%s%s × %s%s ＝ %s 万元，高于预算 %s 万元。", plain(n), x.v.Unit.Name, figure(q), of.v.Unit.Name, figure(due), figure(total)),
			Do: "核对单位成本、数量和预算，改成一致；另有资金来源的写明。"})
	}
	return true
}

// peersCost holds budget ÷ quantity against what the same cost peers. Only a
// quantity that the project's name speaks of, and the only such one, can stand for
// the whole budget.
func (v *reviewer) peersCost(total float64) (compared bool) {
	if v.form.Project.Value == "" {
		return false
	}
	project := []goal.Task{{Text: v.form.Project.Value}}
	var of *line
	for i := range v.lines {
		x := &v.lines[i]
		q, ok := x.number()
		if x.blank || x.vain || x.SubRow || !ok || q <= 0 || x.class.Level2 != "数量指标" || x.ctx.Ask == nil || x.v.Unit.Dimension == indicators.Money ||
			!plainDimension(x.v.Unit.Dimension) || len(goal.Cover(project, []goal.Indicator{{Name: x.name}})[0]) == 0 {
			continue
		}
		if of != nil {
			return false
		}
		of = x
	}
	if of == nil {
		return false
	}
	costs, n := of.ctx.Ask.Peers.PerBudget()
	to := of.ctx.Ask.Peers.Unit
	if n < int(v.value["peers.least"]) || to.Dimension != of.v.Unit.Dimension || to.Scale == 0 {
		return false
	}
	q, _ := of.number()
	units, _ := of.v.Unit.Base(q)
	cost := total / (units / to.Scale)
	_, median, _ := target.Quartiles(costs)
	if most := costs[len(costs)-1]; cost > most && cost > v.value["peers.times"]*median && !math.IsInf(cost, 0) {
		v.onLine("D-07", of, "target", Finding{Severity: Watch, N: n,
			Why: fmt.Sprintf("预算 %s 万元 ÷ %s%s ＝ 每%s %s 万元，高于同类全部 %d 个项目（中位 %s 万元，最高 %s 万元）。", figure(total), figure(q), of.v.Unit.Name,
				to.Name, significant(cost), n, significant(median), significant(most)),
			Do: "核对数量和预算；贵在哪里的写明依据，或调减预算。"})
	}
	return true
}
