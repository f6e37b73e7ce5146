package workspace

import (
	"strconv"

	"yardstick"
	"yardstick/indicators"
)

// qualitative is the comparison of a line whose target is words.
const qualitative = "定性"

// Form is the draft as the form that it will become: what is reviewed and
// exported. Cells are empty, sums in 万元.
func (b DraftBody) Form() yardstick.Form {
	f := yardstick.Form{
		Kind: yardstick.Target, Region: text(b.Region), Department: text(b.Department), Unit: text(b.Unit),
		Project: text(b.Project), Sector: b.Sector, Goal: text(b.Goal),
	}
	if b.Year > 0 {
		f.Year = yardstick.Number{Value: float64(b.Year), Known: true, Raw: strconv.Itoa(b.Year)}
	}
	f.Budget = yardstick.Budget{Unit: "万元", Initial: amount(b.Budget), FullYear: amount(b.Budget)}
	f.Budget.Funds = []yardstick.Fund{{Label: "年度资金总额", Initial: amount(b.Budget), FullYear: amount(b.Budget)}}
	for _, part := range []struct {
		label string
		sum   *float64
	}{{"其中：财政拨款", b.Fiscal}, {"其他资金", b.Other}} {
		if part.sum != nil {
			f.Budget.Funds = append(f.Budget.Funds, yardstick.Fund{Label: part.label, Initial: amount(part.sum), FullYear: amount(part.sum)})
		}
	}
	for i, l := range b.Lines {
		f.Lines = append(f.Lines, yardstick.Line{
			Seq: i + 1, Level1: text(l.Level1), Level2: text(l.Level2), Name: text(l.Name),
			Target: yardstick.Measure{Value: l.Value()}, Weight: amount(l.Weight), Note: text(l.Note),
		})
	}
	return f
}

// Value is the line's target as read.
func (l DraftLine) Value() indicators.Value {
	if l.Comparison == qualitative {
		return indicators.Parse(l.Target)
	}
	return indicators.ParseParts(l.Comparison, l.Target, l.Unit)
}

func text(s string) yardstick.Text { return yardstick.Text{Value: s, Raw: s} }

func amount(x *float64) yardstick.Number {
	if x == nil {
		return yardstick.Number{}
	}
	return yardstick.Number{Value: *x, Known: true, Raw: strconv.FormatFloat(*x, 'f', -1, 64)}
}
