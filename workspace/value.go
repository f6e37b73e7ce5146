package workspace

import (
	"cmp"
	"context"
	"strings"
	"sync"

	"yardstick"
	"yardstick/analysis/goal"
	"yardstick/analysis/recommend"
	"yardstick/analysis/target"
	"yardstick/indicators"
	"yardstick/indicators/library"
	"yardstick/indicators/naming"
)

// targetRules are the shipped rules of target values, read once; they can only be
// wrong in a wrong build.
var targetRules = sync.OnceValues(target.LoadRules)

// Value proposes the target value of one indicator of a project and judges the
// given one.
func (w *Workspace) Value(ctx context.Context, req ValueRequest) (ValueResult, error) {
	if req.Name = strings.TrimSpace(req.Name); req.Name == "" {
		return ValueResult{}, &yardstick.Error{Kind: yardstick.Invalid, Op: "workspace.Value", Msg: "没有写指标名称。填上指标名称再问目标值。"}
	}
	if err := checkAsk("workspace.Value", req.Year, req.Budget); err != nil {
		return ValueResult{}, err
	}
	model, err := w.model(ctx)
	if err != nil {
		return ValueResult{}, err
	}
	done, err := w.turn(ctx)
	if err != nil {
		return ValueResult{}, err
	}
	defer done()
	a := model.asking(DraftBody{Project: req.Project, Unit: req.Unit, Department: req.Department, Sector: req.Sector, Goal: req.Goal,
		Budget: req.Budget, Year: req.Year})
	given := indicators.Parse(req.Target)
	if strings.Contains(req.Level2, "时效") {
		given = indicators.ParseTimed(req.Target)
	}
	return a.value(DraftLine{Level1: req.Level1, Level2: req.Level2, Name: req.Name}, given), nil
}

// valuesOf answers for every line of a draft at once: what is proposed, and how
// hard its target is to reach.
func (w *Workspace) valuesOf(model *fitted, body DraftBody) []ValueResult {
	a := model.asking(body)
	out := make([]ValueResult, len(body.Lines))
	for i, l := range body.Lines {
		out[i] = a.value(l, l.Value())
	}
	return out
}

// asking asks about the indicators of one project, for which the comparable
// projects are found once. It is for one goroutine.
type asking struct {
	model   *fitted
	asker   *recommend.Asker
	sector  string
	project string
	tasks   []goal.Task // of its goal
}

// asking prepares questions about the project of body; its lines count for
// nothing.
func (f *fitted) asking(body DraftBody) *asking {
	sector := body.Sector
	if sector == "" {
		sector, _, _ = f.lib.InferSector(body.Department, body.Unit, body.Project, body.Goal)
	}
	return &asking{model: f, sector: sector, project: body.Project, tasks: goal.Split(body.Goal), asker: f.Asker(recommend.Request{
		Project: body.Project, Sector: sector, Department: strings.TrimSpace(body.Department + " " + body.Unit), Unit: cmp.Or(body.Unit, body.Department),
		Year: body.Year, Type: body.Type, Goal: body.Goal, Budget: body.Budget,
	})}
}

// askFor is the question for the target value of a line, to be put to
// recommend.Model.Propose or target.Rules.Judge. entry is the library entry that
// the line's name stands for, its ID "" for none.
func (a *asking) askFor(name, level1, level2 string, given indicators.Value) (ask target.Ask, entry library.Entry) {
	named, entry := a.named(name, level1, level2, given.Unit.Name)
	return a.asker.Ask(named, a.sector, target.Indicator{Name: name, Level1: level1, Level2: level2, Comparison: given.Comparison, Unit: given.Unit.Name}), entry
}

func (a *asking) named(name, level1, level2, unit string) (recommend.Named, library.Entry) {
	m := a.model.matcher.Match(naming.Name{Text: name, Level1: level1, Level2: level2, Sector: a.sector, Unit: unit, Project: a.project})
	entry, _ := a.model.lib.ByID(m.Entry)
	return recommend.Named{Name: name, Concept: m.Entry}, entry
}

func (a *asking) value(l DraftLine, given indicators.Value) ValueResult {
	if given.Kind == indicators.Number && given.Unit.Name == "" { // the name may say it: 成本控制数（万元）
		if named, _ := indicators.ParseNamed(l.Name, given.Raw); named.Kind == indicators.Number && named.Unit.Name != "" {
			given = named
		}
	}
	ask, entry := a.askFor(l.Name, l.Level1, l.Level2, given)
	weight, _ := a.asker.Weight(recommend.Named{Name: l.Name, Concept: entry.ID}, a.sector)
	proposed := targetAdvice(a.model.Propose(ask))
	if p := goal.Plan(a.tasks, []goal.Indicator{planIndicator(l.Name, entry, cmp.Or(given.Unit.Name, proposed.Unit), cmp.Or(string(given.Comparison), proposed.Comparison))})[0]; p != nil {
		judged := a.model.Rules().Judge(p.Value, ask)
		byPlan(&proposed, *p, &judged)
	}
	return ValueResult{
		Name: l.Name, Entry: entry.ID, EntryName: entry.Name, Given: given,
		Proposed: proposed, Tightness: tightness(a.model.Rules().Judge(given, ask)), Weight: weightAdvice(weight),
	}
}

// Weigh spreads the points of a frame over lines, by the weights that are usual
// for their indicators.
func (w *Workspace) Weigh(ctx context.Context, req WeighRequest) (WeighResult, error) {
	if err := fewLines("workspace.Weigh", req.Lines); err != nil {
		return WeighResult{}, err
	}
	if err := checkWeights("workspace.Weigh", req.Lines); err != nil {
		return WeighResult{}, err
	}
	f, err := spreadFor(req.RuleSet, req.Lines)
	if err != nil {
		return WeighResult{}, err
	}
	rules, err := targetRules()
	if err != nil {
		return WeighResult{}, err
	}
	lines := weighed(req.Lines)
	if len(lines) > 0 {
		model, err := w.model(ctx)
		if err != nil {
			return WeighResult{}, err
		}
		done, err := w.turn(ctx)
		if err != nil {
			return WeighResult{}, err
		}
		defer done()
		a := model.asking(DraftBody{Project: req.Project, Department: req.Department, Sector: req.Sector, Goal: req.Goal})
		for i, l := range req.Lines {
			if !req.Keep {
				lines[i].Kept = 0
			}
			lines[i].Usual, lines[i].N, lines[i].Qualitative = a.usual(l)
		}
	}
	s := rules.Weigh(f, lines)
	out := WeighResult{Frame: frameOf(f), Weights: make([]LineWeight, len(lines)), Sums: classSums(s.Sums), Total: s.Total, Note: s.Note}
	for i := range lines {
		out.Weights[i] = LineWeight{Points: s.Points[i], Why: s.Why[i], N: lines[i].N}
	}
	if asked, err := spread(req.RuleSet); err == nil && asked.RuleSet != f.RuleSet {
		out.Note = joined("没有成本指标，按不含成本的规则集分配（"+f.Title+"）", out.Note)
	} else if s.Without != "" {
		if g, ok := without(f, s.Without); ok {
			out.Note = joined(out.Note, "可改用不含成本的规则集（"+g.Title+"）")
		}
	}
	return out, nil
}

// usual is the usual weight of a line's indicator: as filed, else as a template
// or the library has it; and whether its target is words.
func (a *asking) usual(l DraftLine) (points float64, n int, qualitative bool) {
	named, entry := a.named(l.Name, l.Level1, l.Level2, l.Unit)
	weight, template := a.asker.Weight(named, a.sector)
	qualitative = l.Value().Kind == indicators.Text || l.Target == "" && entry.TemporalType == library.Qualitative
	switch {
	case weight.Median != nil:
		return *weight.Median, weight.N, qualitative
	case template > 0:
		return template, 0, qualitative
	}
	return libraryPoints(entry), 0, qualitative
}

// libraryPoints is the middle of an entry's usual points, 0 if none are known.
func libraryPoints(e library.Entry) float64 { return (e.Weight.Low + e.Weight.High) / 2 }

func joined(parts ...string) string {
	out := parts[:0:0]
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, "；")
}
