package forms

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"yardstick"
)

// result decides which row is the total and returns the form's Budget.
func (b *budgetReader) result(plan bool) yardstick.Budget {
	var out yardstick.Budget
	out.Unit = first(b.unit, b.stated, b.head)
	if out.Unit == "" {
		out.Unit = "万元"
		if b.anySum() {
			b.issues = append(b.issues, issue{b.firstCell(), string(yardstick.BudgetUnit),
				"表上没有写明金额单位，按万元读取", ""})
		}
	} else if b.stated != "" && b.head != "" && b.stated != b.head && b.anySum() {
		b.issues = append(b.issues, issue{b.firstCell(), string(yardstick.BudgetUnit),
			fmt.Sprintf("金额单位前后不一：表头写%s，资金栏写%s；按资金栏的%s读取", b.head, b.stated, b.stated), ""})
	}
	total := b.total()
	for _, f := range b.funds {
		out.Funds = append(out.Funds, f.Fund)
	}
	t := fund{}
	if total >= 0 {
		t = b.funds[total]
	}
	b.fillAlone(&t)
	if !t.FullYear.Known && t.received.Known {
		t.FullYear, t.hasFull = t.received, true
	}
	b.fillFromDetails(&t, total)
	if total >= 0 {
		out.Funds[total] = t.Fund
	}
	out.Initial, out.FullYear, out.Executed = t.Initial, t.FullYear, t.Executed
	out.ExecutionRate, out.ExecutionWeight, out.ExecutionScore = t.rate, t.weight, t.score
	if plan {
		if !out.FullYear.Known {
			out.FullYear = out.Initial
		}
		if !out.Initial.Known {
			out.Initial = out.FullYear
		}
	} else if t.hasInitial && t.hasFull && t.Initial.Cell == t.FullYear.Cell && t.Initial.Raw == t.FullYear.Raw {
		// One sum beside a label, on a form that tells initial from full-year
		// budget nowhere: it is the full year's.
		out.Initial = yardstick.Number{}
	}
	b.checkRate(&out)
	return out
}

func (b *budgetReader) anySum() bool {
	for _, f := range append(b.funds, b.alone) {
		if f.Initial.Known || f.FullYear.Known || f.Executed.Known {
			return true
		}
	}
	return false
}

func (b *budgetReader) firstCell() string {
	for _, f := range append(b.funds, b.alone) {
		for _, n := range []yardstick.Number{f.FullYear, f.Initial, f.Executed} {
			if n.Known {
				return n.Cell
			}
		}
	}
	return ""
}

// total returns the index of the total among the funds: the row called so, or
// the only row, or the first one without 其中 before it.
func (b *budgetReader) total() int {
	best, weightOf := -1, -1.0
	for i, f := range b.funds {
		if f.role != "total" {
			continue
		}
		w := 0.5
		if e, ok := words().budgetOf(fold(f.Label)); ok {
			w = e.weight
		}
		if f.Initial.Known || f.FullYear.Known || f.Executed.Known || f.score.Known || f.weight.Known {
			w += 0.2
		}
		if strings.Contains(f.Label, "其中") {
			w += 0.5 // the year's part of the whole project's sum
		}
		if y, _ := strconv.Atoi(yearOf(fold(f.Label))); y != 0 && y == b.year {
			w += 0.3
		} else if y != 0 {
			w += float64(y-2100) / 100 // of several other years the latest
		}
		if w > weightOf {
			best, weightOf = i, w
		}
	}
	if best >= 0 {
		return best
	}
	for i, f := range b.funds {
		if f.role == "long_total" && !b.alone.hasFull {
			return i // the whole project's sum is the only one stated
		}
	}
	if len(b.funds) == 0 {
		return -1
	}
	if f := b.funds[0]; f.role == "" && !isDetail(f) || b.firstIsSum() {
		return 0
	}
	return -1
}

// firstIsSum reports whether the first row is the sum of those below it, or
// those below are parts of it by their labels.
func (b *budgetReader) firstIsSum() bool {
	if len(b.funds) < 2 || strings.Contains(b.funds[0].Label, "其中") {
		return false
	}
	sum, parts := 0.0, 0
	for _, f := range b.funds[1:] {
		sum += f.FullYear.Value
		if k := bare(fold(f.Label)); strings.HasPrefix(k, "分项") || strings.HasPrefix(k, "子项") || strings.HasPrefix(k, "其中") {
			parts++
		}
	}
	first := b.funds[0].FullYear
	return first.Known && first.Value != 0 && (near(sum, first.Value) || parts == len(b.funds)-1)
}

func isDetail(f fund) bool {
	return f.role == "detail" || strings.Contains(f.Label, "其中") || strings.Contains(f.Label, "中央") ||
		strings.Contains(f.Label, "地方") || strings.HasPrefix(bare(fold(f.Label)), "省") || strings.HasPrefix(bare(fold(f.Label)), "市")
}

// fillAlone takes sums that stand beside labels of their own.
func (b *budgetReader) fillAlone(t *fund) {
	a := &b.alone
	if a.hasFull && !t.hasExec && (a.hasExec || !t.FullYear.Known) {
		t.FullYear, t.hasFull = a.FullYear, true
		if t.hasInitial && !a.hasInitial && a.FullYear.Known {
			t.Initial, t.hasInitial = yardstick.Number{}, false
		}
	}
	if a.hasInitial && (!t.Initial.Known || a.hasFull) {
		t.Initial, t.hasInitial = a.Initial, true
	}
	if a.hasExec && !t.Executed.Known {
		t.Executed, t.hasExec = a.Executed, true
	}
	if a.received.Known && !t.received.Known {
		t.received = a.received
	}
	if a.rate.Known && !t.rate.Known {
		t.rate = a.rate
	}
	if a.weight.Known && !t.weight.Known {
		t.weight = a.weight
	}
	if a.score.Known && !t.score.Known {
		t.score = a.score
	}
}

// fillFromDetails replaces a total of zero, or none, by the sum of the rows
// below it, with a warning: the money then sits in the detail rows.
func (b *budgetReader) fillFromDetails(t *fund, total int) {
	pick := func(get func(*fund) *yardstick.Number, what string) {
		n := get(t)
		if n.Known && n.Value != 0 {
			return
		}
		sum, cell, count, nested := 0.0, "", 0, false
		for i := range b.funds {
			f := &b.funds[i]
			if i == total || f.role == "total" || f.role == "long_total" || f.role == "last_year" {
				continue
			}
			// 其中 below 其中 splits a detail once more.
			if strings.Contains(f.Label, "其中") {
				if nested && count > 0 {
					continue
				}
				nested = true
			}
			if d := get(f); d.Known && d.Value != 0 {
				sum += d.Value
				count++
				cell = d.Cell
			}
		}
		if count == 0 {
			return
		}
		sum = math.Round(sum*1e8) / 1e8 // sums of decimals, not of binary fractions
		at := n.Cell
		if at == "" {
			at = cell
		}
		state := "没有填写"
		if n.Known {
			state = "为 0"
		}
		b.issues = append(b.issues, issue{at, string(yardstick.BudgetTotal),
			fmt.Sprintf("%s的合计%s，而分项有数；取分项之和 %s 万元", what, state, trimFloat(sum)), n.Raw})
		*n = yardstick.Number{Value: sum, Known: true, Raw: n.Raw, Cell: at}
	}
	shared := t.Initial.Cell == t.FullYear.Cell && t.Initial.Raw == t.FullYear.Raw && t.hasInitial == t.hasFull && b.vertical()
	pick(func(f *fund) *yardstick.Number { return &f.FullYear }, "全年预算数")
	switch {
	case shared:
		t.Initial = t.FullYear
	case b.vertical() && t.hasFull:
		// One sum stands beside each label; it is the full year's.
	default:
		pick(func(f *fund) *yardstick.Number { return &f.Initial }, "年初预算数")
	}
	pick(func(f *fund) *yardstick.Number { return &f.Executed }, "全年执行数")
}

// vertical reports whether the funds stand beside their labels, one sum each.
func (b *budgetReader) vertical() bool {
	for _, f := range b.funds {
		if f.hasExec || f.hasInitial != f.hasFull {
			return false
		}
	}
	return true
}

// rateTolerance is how far, in percentage points, a printed execution rate may
// lie from executed ÷ full-year budget: forms round to whole percents.
const rateTolerance = 0.6

// checkRate compares the printed rate with the sums.
func (b *budgetReader) checkRate(out *yardstick.Budget) {
	r := &out.ExecutionRate
	if !r.Known {
		return
	}
	sums := out.FullYear.Known && out.Executed.Known && out.FullYear.Value > 0
	if !sums {
		return
	}
	want := 100 * out.Executed.Value / out.FullYear.Value
	if !strings.Contains(r.Raw, "%") && r.Value <= 1.5 && math.Abs(r.Value*100-want) <= rateTolerance {
		r.Value *= 100 // a share, as spreadsheets store percentages
		return
	}
	if math.Abs(r.Value-want) > rateTolerance {
		b.issues = append(b.issues, issue{r.Cell, string(yardstick.BudgetRate),
			fmt.Sprintf("执行率写作 %s，而执行数 ÷ 全年预算数 = %s%%；两者都保留，计算以金额为准", r.Raw, trimFloat(math.Round(want*100)/100)), r.Raw})
	}
}
