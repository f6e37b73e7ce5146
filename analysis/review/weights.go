package review

import (
	"fmt"
	"math"
	"slices"
)

// weights is D-09: what the weights add up to, and how they are spread.
func (v *reviewer) weights() {
	sum, with := 0.0, 0
	var without, zero []*line
	rows := 0
	for i := range v.lines {
		x := &v.lines[i]
		if x.SubRow {
			continue
		}
		rows++
		switch {
		case !x.Weight.Known:
			without = append(without, x)
			continue
		case x.Weight.Value == 0:
			zero = append(zero, x)
		}
		with++
		sum += x.Weight.Value
	}
	if with == 0 || sum == 0 {
		v.notes["D-09"] = "表上没有写权重"
		return
	}
	due := slices.Clone(v.sums)
	if w := v.form.Budget.ExecutionWeight; w.Known {
		due = append(due, 100-w.Value)
	}
	if v.ctx.Frame != nil && v.ctx.Frame.Total > 0 {
		due = []float64{v.ctx.Frame.Total}
	}
	fits := slices.ContainsFunc(due, func(d float64) bool { return math.Abs(sum-d) <= v.value["weight.slack"] })
	if v.ctx.Frame == nil && (math.Abs(sum-1) <= 0.001 || v.eachClass(100)) {
		fits = true // shares of 1, or of each class
	}
	if fits {
		without = nil // a merged cell holds the weight of several rows
	}
	for _, x := range without {
		v.onLine("D-09", x, "weight", Finding{Why: fmt.Sprintf("没有写权重，其余 %d 个指标写了。", with), Do: "补上权重；不考核的指标删去。"})
	}
	for _, x := range zero {
		v.onLine("D-09", x, "weight", Finding{Severity: Watch, Why: "权重是 0，做好做坏不影响得分。", Do: "给出权重，或删去这个指标。"})
	}
	if !fits && len(without) == 0 {
		v.found("D-09", Finding{Field: "weight", Cell: v.lines[0].Weight.Cell, Why: fmt.Sprintf("%d 个指标的权重合计 %s 分，应为 %s。", with, figure(sum), orList(due)),
			Do: "调整权重，使合计等于应有的分数。"})
	}
	if rows >= int(v.value["lines.least"]) {
		for i := range v.lines {
			x := &v.lines[i]
			if x.Weight.Known && x.Weight.Value > v.value["weight.max"] && sum <= 100+v.value["weight.slack"] {
				v.onLine("D-09", x, "weight", Finding{Severity: Watch, Why: fmt.Sprintf("一个指标占 %s 分，超过 %s 分，成败系于一个数。", figure(x.Weight.Value), figure(v.value["weight.max"])),
					Do: "分一些给同类别的其他指标，或拆成两个指标。"})
			}
		}
	}
	v.classSums()
}

// eachClass reports whether the weights of every level-1 class add up to total.
func (v *reviewer) eachClass(total float64) bool {
	sums := map[string]float64{}
	for i := range v.lines {
		if v.lines[i].Weight.Known {
			sums[v.lines[i].class.Level1] += v.lines[i].Weight.Value
		}
	}
	for _, s := range sums {
		if math.Abs(s-total) > v.value["weight.slack"] {
			return false
		}
	}
	return len(sums) > 1
}

// classSums holds the sums of the level-1 classes against the frame that the
// author chose. The points of a class that may be left out and is belong to
// another one, as where weights are spread (target.Rules.Weigh).
func (v *reviewer) classSums() {
	f := v.ctx.Frame
	if f == nil || len(f.Classes) == 0 {
		return
	}
	sums, n := map[string]float64{}, map[string]int{}
	for i := range v.lines {
		x := &v.lines[i]
		if !x.known {
			return
		}
		class := x.class.Level1
		if x.cost() { // below output, or a class of its own: as the frame has it
			if class = "成本指标"; f.Classes[class] == 0 {
				class = "产出指标"
			}
		}
		sums[class] += x.Weight.Value
		n[class]++
	}
	classes := []string{"成本指标", "产出指标", "效益指标", "满意度指标"}
	due := map[string]float64{}
	for _, class := range classes {
		to := class
		if n[class] == 0 && f.To[class] != "" {
			to = f.To[class]
		}
		due[to] += f.Classes[class]
	}
	for _, class := range classes {
		if got := sums[class]; got > 0 && due[class] > 0 && math.Abs(got-due[class]) > v.value["weight.slack"] {
			v.found("D-09", Finding{Severity: Watch, Field: "weight", Why: fmt.Sprintf("%s合计 %s 分，规则集规定 %s 分。", class, figure(got), figure(due[class])),
				Do: "在这一类里增减权重；没有这一类的项目，按规则集的说明把分移到别类。"})
		}
	}
}

// orList words the sums that are right: 90、100 或 80 分.
func orList(list []float64) string {
	list = slices.Clone(list)
	slices.Sort(list)
	list = slices.Compact(list)
	out := ""
	for i, x := range list {
		switch {
		case i == 0:
		case i == len(list)-1:
			out += " 或 "
		default:
			out += "、"
		}
		out += figure(x)
	}
	return out + " 分"
}
