package workspace

import (
	"cmp"
	"math"
	"strconv"
	"strings"

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

// Value is the line's target as read. A comparison and a unit without a number are
// no target yet.
func (l DraftLine) Value() indicators.Value {
	if strings.TrimSpace(l.Target) == "" {
		return indicators.Value{Kind: indicators.Empty}
	}
	if l.Comparison == qualitative {
		return indicators.Parse(l.Target)
	}
	return indicators.ParseParts(l.Comparison, l.Target, l.Unit)
}

// bodyOf is the draft that a form would have been: the inverse of Form. Rows
// below another row (其中) are left out; sub says how many.
func bodyOf(f *yardstick.Form) (body DraftBody, sub int) {
	b := DraftBody{
		Project: f.Project.Value, Department: f.Department.Value, Unit: f.Unit.Value, Region: f.Region.Value, Sector: f.Sector,
		Goal: f.Goal.Value, Budget: known(f.Budget.FullYear), Lines: []DraftLine{},
	}
	if b.Budget == nil {
		b.Budget = known(f.Budget.Initial)
	}
	if f.Year.Known {
		b.Year = int(f.Year.Value)
	}
	for _, fund := range f.Budget.Funds {
		sum := known(fund.FullYear)
		if sum == nil {
			sum = known(fund.Initial)
		}
		switch {
		case strings.Contains(fund.Label, "总额"):
		case strings.Contains(fund.Label, "财政拨款"):
			b.Fiscal = plus(b.Fiscal, sum)
		case sum != nil:
			b.Other = plus(b.Other, sum)
		}
	}
	for i := range f.Lines {
		l := &f.Lines[i]
		if l.SubRow {
			sub++
			continue
		}
		line := draftTarget(l.Target.Value)
		line.Level1, line.Level2, line.Name, line.Weight, line.Note = l.Level1.Value, l.Level2.Value, l.Name.Value, known(l.Weight), l.Note.Value
		b.Lines = append(b.Lines, line)
	}
	return b, sub
}

// plus adds what is known.
func plus(a, b *float64) *float64 {
	if a == nil || b == nil {
		return cmp.Or(a, b)
	}
	sum := *a + *b
	return &sum
}

// draftTarget takes a target apart into comparison, value and unit, the inverse
// of DraftLine.Value.
func draftTarget(v indicators.Value) DraftLine {
	bare := v
	switch v.Kind {
	case indicators.Number:
		bare.Comparison, bare.Unit = indicators.None, indicators.Unit{}
		if bare.Low, bare.High = v.Low, v.Low; math.IsInf(v.Low, 0) {
			bare.Low, bare.High = v.High, v.High
		}
		return DraftLine{Comparison: string(v.Comparison), Target: asWritten(v, bare.String()), Unit: v.Unit.Name}
	case indicators.Range, indicators.Tolerance:
		bare.Unit = indicators.Unit{}
		return DraftLine{Comparison: string(v.Comparison), Target: bare.String(), Unit: v.Unit.Name}
	case indicators.Date, indicators.Period:
		if raw := strings.TrimSpace(v.Raw); indicators.Parse(raw).Equal(v) {
			return DraftLine{Target: raw} // as people wrote it
		}
		return DraftLine{Target: v.String()}
	case indicators.Placeholder, indicators.Empty, "":
		return DraftLine{Comparison: string(v.Comparison), Unit: v.Unit.Name} // not filled in: the line has yet to get its target
	case indicators.Level, indicators.YesNo:
		return DraftLine{Comparison: qualitative, Target: v.Raw}
	case indicators.Text:
		if v.Damage == "" {
			return DraftLine{Comparison: qualitative, Target: v.Raw}
		}
	}
	return DraftLine{Target: v.Raw}
}

func text(s string) yardstick.Text { return yardstick.Text{Value: s, Raw: s} }

func amount(x *float64) yardstick.Number {
	if x == nil {
		return yardstick.Number{}
	}
	return yardstick.Number{Value: *x, Known: true, Raw: strconv.FormatFloat(*x, 'f', -1, 64)}
}

// asWritten is the figure of v as its raw text has it (0.80, not 0.8) where that
// is nothing but the figure between comparison and unit.
func asWritten(v indicators.Value, figure string) string {
	raw := strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(v.Raw), string(v.Comparison)), v.Unit.Name)
	if raw = strings.TrimSpace(raw); raw == "" || strings.Trim(raw, "0123456789.") != "" {
		return figure
	}
	if indicators.ParseParts(string(v.Comparison), raw, v.Unit.Name).Equal(v) {
		return raw
	}
	return figure
}
