package workspace

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"yardstick"
	"yardstick/analysis/catalog"
	"yardstick/analysis/target"
	"yardstick/indicators"
	"yardstick/store"
)

// What an indicator's page shows at most.
const (
	maxUses      = 50
	maxSpellings = 50
	maxPartners  = 10
	maxValues    = 200
)

// Indicator returns one entry of the library, a retired one too, with what the
// loaded forms say about it: use, spellings, targets, weights, attainment and
// what stands beside it.
func (w *Workspace) Indicator(ctx context.Context, id string) (IndicatorView, error) {
	state := w.lib.Load()
	e, ok := state.ByID(id)
	if !ok {
		if e, ok = state.retired[id]; !ok {
			return IndicatorView{}, noEntry("workspace.Indicator", id)
		}
	}
	u, err := w.use(ctx)
	if err != nil {
		return IndicatorView{}, err
	}
	v := IndicatorView{
		Entry: state.entry(e), FunctionNames: []string{}, Usage: u.of(id), Spellings: []Spelling{}, Partners: []Partner{},
		Near: []NearEntry{}, Templates: []TemplateRef{}, Uses: []Use{}, Weight: u.weight(id),
	}
	v.Projects = v.Usage.Projects
	for _, code := range e.Function {
		v.FunctionNames = append(v.FunctionNames, state.FunctionName(code))
	}
	for _, t := range state.Types() {
		for _, it := range t.Items {
			if it.Indicator == id {
				v.Templates = append(v.Templates, TemplateRef{ID: t.ID, Name: t.Name, Points: it.Points, Core: it.Core})
			}
		}
	}
	for _, n := range u.names {
		if n.Entry == id && len(v.Spellings) < maxSpellings {
			v.Spellings = append(v.Spellings, Spelling{Name: n.Name, Key: n.Key, Sector: n.Sector, Level2: n.Level2, Forms: n.Forms,
				Projects: n.Projects, Confidence: n.Confidence, Method: n.Method, Reason: n.Reason})
		}
	}
	if v.Changes, err = w.Changes(ctx, id, 0, 0); err != nil {
		return IndicatorView{}, err
	}
	v.Near = u.near(id)
	if err := w.partners(ctx, u, id, &v); err != nil {
		return IndicatorView{}, err
	}
	return v, w.filed(ctx, e.Unit, &v)
}

// of is the use of an entry as the contract prints it.
func (u *usage) of(id string) Usage {
	e := u.entries[id]
	out := Usage{Projects: e.Projects, Forms: e.forms, Units: e.units, Regions: e.regions, FirstYear: e.first, LastYear: e.last,
		Scored: e.Scored, Full: e.Full, Years: []YearUse{}, Numeric: Share{Part: e.Numeric, Of: e.Lines}}
	if e.Scored > 0 {
		low, high := catalog.Interval(e.Full, e.Scored)
		out.FullLow, out.FullHigh = percent(low), percent(high)
	}
	tells := u.rules.Tells(e.Full, e.Scored)
	trend, _, _ := u.rules.Trend(u.years[id])
	out.Tells, out.TellsWhy, out.Trend, out.TrendWhy = tells.Word, tells.Why, trend.Word, trend.Why
	for _, y := range u.years[id] {
		out.Years = append(out.Years, YearUse{Year: y.Year, Projects: y.Projects, All: y.All})
	}
	return out
}

func percent(share float64) *float64 {
	p := math.Round(1000*share) / 10
	return &p
}

// weight is the usual weight of an entry.
func (u *usage) weight(id string) WeightAdvice {
	e := u.entries[id]
	if e.weights < minFiled {
		return WeightAdvice{N: e.weights, Note: fmt.Sprintf("写了权重的只有 %d 行，不足 %d 行", e.weights, minFiled)}
	}
	return WeightAdvice{Median: e.median, Q1: e.q1, Q3: e.q3, N: e.weights}
}

// minFiled is how many filed values a usual value rests on at least: fewer are
// shown one by one (statistics without n are not shown, docs/methods.md).
const minFiled = 3

// partners fills in what stands on the same projects.
func (w *Workspace) partners(ctx context.Context, u *usage, id string, v *IndicatorView) error {
	list, err := w.store.Partners(ctx, id, int(u.rules["lift.least"].Value))
	if err != nil {
		return err
	}
	state := w.lib.Load()
	for _, p := range list {
		e, ok := state.ByID(p.Entry)
		if !ok {
			continue
		}
		expected, lift := u.rules.Lift(p.Together, p.Mine, p.Projects, p.N)
		v.Partners = append(v.Partners, Partner{ID: e.ID, Name: e.Name, Together: p.Together, Projects: p.Projects,
			Expected: math.Round(10*expected) / 10, Lift: math.Round(100*lift) / 100})
	}
	slices.SortStableFunc(v.Partners, func(a, b Partner) int { return cmp.Compare(b.Lift, a.Lift) })
	v.Partners = v.Partners[:min(len(v.Partners), maxPartners)]
	return nil
}

// maxRead bounds the lines that are read for one indicator: the newest ones.
const maxRead = 5000

// filed fills in the forms that use the entry, the usual target and attainment
// by year, from the newest maxRead lines.
func (w *Workspace) filed(ctx context.Context, unit string, v *IndicatorView) error {
	lines, err := w.store.EntryLines(ctx, v.ID, maxRead)
	if err != nil {
		return err
	}
	var ids []string
	shown := lines[:min(len(lines), maxUses)]
	for _, l := range shown {
		ids = append(ids, l.FormID)
	}
	heads, err := w.store.Heads(ctx, ids)
	if err != nil {
		return err
	}
	for i := range shown {
		v.Uses = append(v.Uses, Use{Line: lineOf(&shown[i].Line), FormHead: formHead(heads[shown[i].FormID])})
	}
	years := map[int]*YearUse{}
	for i := range v.Usage.Years {
		years[v.Usage.Years[i].Year] = &v.Usage.Years[i]
	}
	for i := range lines {
		if y := years[lines[i].Year]; y != nil {
			attained(y, &lines[i].Line)
		}
	}
	v.Target = usualTarget(lines, unit)
	return nil
}

// attained counts a line of an evaluation, if its target and actual value can
// be held against each other.
func attained(y *YearUse, line *yardstick.Line) {
	d, _ := indicators.DirectionOf(line.Name.Value, line.Target.Value)
	a := indicators.Attain(line.Target.Value, line.Actual.Value, d, indicators.ReverseRatio) // the rule makes points, not Reached
	if a.Refused != "" {
		return
	}
	y.Evaluated++
	if a.Reached {
		y.Reached++
	}
}

// usualTarget is the usual target of the lines that stand for an entry: one
// value per project (its latest), in the unit of the entry where that has one
// and otherwise in the commonest; the comparison is the commonest.
func usualTarget(lines []store.EntryLine, unit string) TargetAdvice {
	if unit == "" {
		unit = mostly(lines, func(v indicators.Value) string { return v.Unit.Name })
	}
	to := indicators.UnitOf(unit)
	var values []float64
	var said []string
	seen := map[string]bool{}
	for _, l := range lines {
		v := l.Line.Target.Value
		if seen[l.ProjectID] || v.Kind == indicators.Empty || v.Kind == indicators.Placeholder || v.Kind == "" {
			continue
		}
		seen[l.ProjectID] = true
		if len(said) < minFiled && !slices.Contains(said, v.Raw) {
			said = append(said, v.Raw)
		}
		if x, ok := inUnit(v, to); ok {
			values = append(values, x)
		}
	}
	a := TargetAdvice{Unit: unit, N: len(values), Values: values[:min(len(values), maxValues)]}
	switch {
	case len(values) >= minFiled:
	case len(said) == 0:
		a.Note = "没有填报过的目标值"
		return a
	default:
		a.Note = fmt.Sprintf("能比的数值只有 %d 个，不足 %d 个；填的是%s", len(values), minFiled, strings.Join(said, "、"))
		return a
	}
	a.Comparison = mostly(lines, func(v indicators.Value) string { return string(v.Comparison) })
	slices.Sort(a.Values)
	q1, median, q3 := target.Quartiles(values)
	a.Q1, a.Median, a.Q3 = &q1, &median, &q3
	a.Text = a.Comparison + strconv.FormatFloat(median, 'f', -1, 64) + unit
	a.Note = fmt.Sprintf("%d 个项目的中位数", a.N)
	return a
}

// inUnit is a number in another unit of the same dimension.
func inUnit(v indicators.Value, to indicators.Unit) (float64, bool) {
	if v.Kind != indicators.Number {
		return 0, false
	}
	x := v.Low
	if math.IsInf(x, 0) || math.IsNaN(x) {
		x = v.High
	}
	from := v.Unit
	if from == to {
		return x, !math.IsInf(x, 0) && !math.IsNaN(x)
	}
	base, ok := from.Base(x)
	if !ok || from.Dimension != to.Dimension || to.Scale == 0 || math.IsInf(x, 0) || math.IsNaN(x) {
		return 0, false
	}
	// A rate of 0.95 in units of 1 % is 95: rounding keeps it from being 94.99999999999999.
	return math.Round(base/to.Scale*1e9) / 1e9, true
}

// mostly is the commonest text that f gives for the targets, of equals the
// first in order; "" counts only if nothing else is there.
func mostly(lines []store.EntryLine, f func(indicators.Value) string) string {
	count := map[string]int{}
	for i := range lines {
		if s := f(lines[i].Line.Target.Value); s != "" {
			count[s]++
		}
	}
	best := ""
	for _, s := range slices.Sorted(maps.Keys(count)) {
		if count[s] > count[best] {
			best = s
		}
	}
	return best
}
