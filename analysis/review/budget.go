package review

import (
	"cmp"
	"fmt"
	"strings"

	"yardstick"
)

// Version of the rules: it changes with every change of what they find.
const Version = "2"

// Total is the form's sum of money in 万元: the year's budget of a target form.
// ok is false where the form shows none.
func Total(form *yardstick.Form) (x float64, ok bool) {
	for _, n := range []yardstick.Number{form.Budget.FullYear, form.Budget.Initial} {
		if n.Known {
			return n.Value, true
		}
	}
	return 0, false
}

// budget is D-17: no sum, or parts that do not add up to it.
func (v *reviewer) budget() {
	b := &v.form.Budget
	total, ok := Total(v.form)
	cell := cmp.Or(b.FullYear.Cell, b.Initial.Cell)
	parts, sum, most := 0, 0.0, 0.0
	stated, other := false, false // a row of the block is the sum; another sum, of more years, stands beside it
	biggest := yardstick.Fund{}
	for i, f := range b.Funds {
		x, known := part(f)
		switch {
		case !known:
			continue
		case isTotal(f.Label) || i == 0 && x == total:
			stated = stated || x == total
			other = other || x != total
			continue
		}
		parts++
		sum += x
		if x > most {
			most, biggest = x, f
		}
	}
	slack := v.value["budget.slack"]
	stated = stated && !other
	switch {
	case !ok && parts > 0:
		v.found("D-17", Finding{Severity: Watch, Field: "budget", Cell: cmp.Or(cell, v.form.Cell), Why: fmt.Sprintf("没有写资金总额，明细合计 %s 万元。", figure(sum)), Do: "填上资金总额，使它等于各项之和。"})
	case !ok && unread(b) != "":
		v.found("D-17", Finding{Severity: Watch, Field: "budget", Cell: cmp.Or(cell, v.form.Cell), Raw: unread(b),
			Why: "预算写的是" + quote(unread(b)) + "，读不成一个数。", Do: "金额单独写成数，单位写在表头，说明写到别处。"})
	case !ok:
		v.found("D-17", Finding{Field: "budget", Cell: cmp.Or(cell, v.form.Cell), Why: "没有写预算金额，看不出钱与事是否匹配。", Do: "填上年度资金总额，其中财政拨款、其他资金各多少。"})
	case total <= 0:
		v.found("D-17", Finding{Field: "budget", Cell: cell, Raw: cmp.Or(b.FullYear.Raw, b.Initial.Raw), Why: "预算金额是 " + figure(total) + "。", Do: "填上年度资金总额。"})
	case stated && most > total*(1+slack):
		v.found("D-17", Finding{Field: "budget", Cell: cell, Raw: cmp.Or(b.FullYear.Raw, b.Initial.Raw),
			Why: fmt.Sprintf("%s %s 万元，高于总额 %s 万元。", quote(label(biggest.Label)), figure(most), figure(total)), Do: "核对总额和各项，改成一致。"})
	case stated && parts > 1 && v.disjoint() && sum > total*(1+slack):
		v.found("D-17", Finding{Field: "budget", Cell: cell, Raw: cmp.Or(b.FullYear.Raw, b.Initial.Raw),
			Why: fmt.Sprintf("各项资金合计 %s 万元，高于总额 %s 万元。", figure(sum), figure(total)), Do: "核对总额和各项，改成一致。"})
	case stated && parts > 1 && sum < total*(1-slack):
		v.found("D-17", Finding{Severity: Watch, Field: "budget", Cell: cell, Raw: cmp.Or(b.FullYear.Raw, b.Initial.Raw),
			Why: fmt.Sprintf("各项资金合计 %s 万元，少于总额 %s 万元。", figure(sum), figure(total)), Do: "核对总额和各项，改成一致。"})
	}
}

// disjoint reports whether the funds are parts beside each other: none of them is
// part of another one (其中：中央, 本级 under 财政拨款), as far as the labels tell. Two
// parts are 财政 and 其他; what is more can nest.
func (v *reviewer) disjoint() bool {
	n, other := 0, false
	for _, f := range v.form.Budget.Funds {
		if _, known := part(f); !known || isTotal(f.Label) {
			continue
		}
		n++
		other = other || v.has("otherFund", label(f.Label)) != ""
	}
	return n == 2 && other
}

func part(f yardstick.Fund) (float64, bool) {
	if f.FullYear.Known {
		return f.FullYear.Value, true
	}
	return f.Initial.Value, f.Initial.Known
}

func label(s string) string {
	return strings.Trim(strings.TrimPrefix(strings.TrimPrefix(strings.TrimSpace(s), "其中"), "："), ":： ")
}

func isTotal(label string) bool {
	for _, w := range []string{"总额", "合计", "总计", "资金总", "预算总", "小计"} {
		if strings.Contains(label, w) {
			return true
		}
	}
	return false
}

// unread is what stands where a sum of money should, if it is no number.
func unread(b *yardstick.Budget) string {
	for _, n := range []yardstick.Number{b.FullYear, b.Initial} {
		if !n.Known && strings.ContainsAny(n.Raw, "0123456789") {
			return n.Raw
		}
	}
	for _, f := range b.Funds {
		for _, n := range []yardstick.Number{f.FullYear, f.Initial} {
			if !n.Known && strings.ContainsAny(n.Raw, "0123456789") {
				return n.Raw
			}
		}
	}
	return ""
}
