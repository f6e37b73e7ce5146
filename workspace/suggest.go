package workspace

import (
	"cmp"
	"context"
	"math"
	"strconv"
	"strings"

	"yardstick"
	"yardstick/analysis/goal"
	"yardstick/analysis/recommend"
	"yardstick/analysis/target"
	"yardstick/indicators"
	"yardstick/indicators/library"
)

// Suggest proposes indicators for a project, with target, weight and evidence.
// Without a sector it is inferred from department, project and goal, and the
// Basis says so.
func (w *Workspace) Suggest(ctx context.Context, req SuggestRequest) (SuggestResult, error) {
	req.Project = strings.TrimSpace(req.Project)
	if req.Project == "" {
		return SuggestResult{}, &yardstick.Error{Kind: yardstick.Invalid, Op: "workspace.Suggest", Msg: "没有写项目名称。填上项目名称再推荐。"}
	}
	if req.Limit < 0 || req.Limit > 200 {
		return SuggestResult{}, &yardstick.Error{Kind: yardstick.Invalid, Op: "workspace.Suggest", Msg: "limit 应在 0 到 200 之间，0 表示 20。"}
	}
	if err := checkAsk("workspace.Suggest", req.Year, req.Budget); err != nil {
		return SuggestResult{}, err
	}
	model, err := w.modelAt(ctx, req.Fresh)
	if err != nil {
		return SuggestResult{}, err
	}
	done, err := w.turn(ctx)
	if err != nil {
		return SuggestResult{}, err
	}
	defer done()
	unknown, knownType := model.lib.unknownTo(req.Sector, req.Type)
	if !knownType {
		req.Type = ""
	}
	sector, by := req.Sector, "已指定"
	if sector == "" {
		if s, why, ok := model.lib.InferSector(req.Department, "", req.Project, req.Goal); ok {
			sector, by = s, why
		} else if s, why, ok := model.lib.InferSector(req.Department, req.Unit, req.Project, req.Goal); ok { // the unit's own field
			sector, by = s, why
		} else {
			by = "判断不了"
		}
	}
	frame, err := spread(req.RuleSet)
	if err != nil {
		return SuggestResult{}, err
	}
	have := model.named(req.Have, sector, req.Project)
	tasks, covers := model.lib.openTasks(req.Goal, have)
	a := model.Suggest(recommend.Request{
		Project: req.Project, Sector: sector, SectorBy: by, Department: req.Department, Unit: cmp.Or(req.Unit, req.Department), Year: req.Year, Type: req.Type,
		Goal: req.Goal, Budget: req.Budget, Frame: frame, Have: have, Tasks: tasks, Covers: covers, Limit: req.Limit,
	})
	out := SuggestResult{ID: req.ID, Suggestions: make([]Suggestion, 0, len(a.Suggestions)), Basis: Basis{
		Forms: a.Basis.Forms, Projects: a.Basis.Projects, Library: a.Basis.Library,
		Sector: a.Basis.Sector, SectorBy: a.Basis.SectorBy, Type: a.Basis.Type, Similar: similar(a.Basis.Similar), Note: unknown + a.Basis.Note, Behind: w.behind(model),
	}}
	planned := model.planned(req.Goal, a.Suggestions)
	var asker *asking // only where a planned figure has something to be judged by
	for i, s := range a.Suggestions {
		out.Suggestions = append(out.Suggestions, Suggestion{
			Name: s.Name, Entry: s.Why.Library, Task: s.Task, Level1: s.Level1, Level2: s.Level2, Score: s.Score,
			Why: Why{
				Similar: similar(s.Why.Similar), UsedProjects: s.Why.UsedProjects, UsedInSector: s.Why.UsedInSector,
				SectorTotal: s.Why.SectorTotal, Type: s.Why.Type, UsedInType: s.Why.UsedInType, TypeTotal: s.Why.TypeTotal,
				Template: (*SuggestedBy)(s.Why.Template), Partners: partners(s.Why.Partners), Library: s.Why.Library, Sentence: s.Why.Sentence,
			},
			Target: targetAdvice(s.Target),
			Weight: weightAdvice(s.Weight),
		})
		if planned[i] == nil {
			continue
		}
		var judged *target.Tightness
		if s.Target.N > 0 || len(s.Target.Own) > 0 {
			if asker == nil {
				asker = model.asking(DraftBody{Project: req.Project, Unit: req.Unit, Department: req.Department, Sector: sector, Goal: req.Goal,
					Budget: req.Budget, Year: req.Year, Type: req.Type})
			}
			ask, _ := asker.askFor(s.Name, s.Level1, s.Level2, planned[i].Value)
			t := model.Rules().Judge(planned[i].Value, ask)
			judged = &t
		}
		byPlan(&out.Suggestions[i].Target, *planned[i], judged)
	}
	return out, nil
}

// planned are the figures that the goal states for the suggested indicators, nil
// where it states none.
func (f *fitted) planned(text string, list []recommend.Suggestion) []*goal.Planned {
	names := make([]goal.Indicator, len(list))
	for i, s := range list {
		e, _ := f.lib.ByID(s.Why.Library)
		names[i] = planIndicator(s.Name, e, s.Target.Unit, string(s.Target.Comparison))
	}
	return goal.Plan(goal.Split(text), names)
}

// planIndicator is an indicator to look for in a goal; what it is counted in and
// how it is compared stand in its target. The library knows what the advice does not.
func planIndicator(name string, e library.Entry, unit, comparison string) goal.Indicator {
	unit, comparison = cmp.Or(unit, e.Unit), cmp.Or(comparison, string(e.Comparison))
	out := goal.Indicator{Name: name}
	if e.Name != "" && e.Name != name {
		out.Also = []string{e.Name}
	}
	if unit != "" { // the number says nothing: only unit and comparison are read
		v := indicators.Parse(comparison + "1" + unit)
		out.Target = indicators.Value{Comparison: v.Comparison, Unit: v.Unit}
	}
	return out
}

// byPlan proposes what the goal itself states. It is the plan's number and nobody
// else's: N, the values of others and their quartiles stay what they are, and the
// basis says where it is from (docs/methods/targets.md).
func byPlan(t *TargetAdvice, p goal.Planned, judged *target.Tightness) {
	x := p.Value.Low
	if math.IsInf(x, 0) {
		x = p.Value.High
	}
	t.Text, t.Comparison, t.Unit, t.Low, t.High = p.Value.Raw, string(p.Value.Comparison), p.Value.Unit.Name, nil, nil
	if p.Value.Comparison == indicators.AtMost {
		t.High = &x
	} else {
		t.Low = &x
	}
	t.Basis, t.BasisWhy = target.Plan, "总体目标写明“"+p.Task+"”，"+p.Said+"是本项目自己的计划数，不由同类推算"
	t.Scaled, t.Tightness = nil, nil
	switch {
	case t.N == 0:
		t.Note = "没有填报过的目标值可以对照"
	case t.N < recommend.MinValues:
		t.Note = "同类只有 " + strconv.Itoa(t.N) + " 个填报值，太少，不作对照"
	default:
		t.Note = ""
	}
	if judged != nil && judged.Word != "" {
		v := tightness(*judged)
		t.Tightness = &v
	}
}

// openTasks are what a goal says and no indicator covers yet, with the judge of
// what would cover them.
func (s *libraryState) openTasks(text string, have []recommend.Named) (tasks []string, covers func(names []string) [][]int) {
	list := make([]goal.Indicator, len(have))
	for i, n := range have {
		list[i].Name = n.Name
		if e, ok := s.ByID(n.Concept); ok {
			list[i].Also = []string{e.Name}
		}
	}
	all := goal.Split(text)
	open := all[:0:0]
	for i, hits := range goal.Cover(all, list) {
		if len(hits) == 0 {
			open = append(open, all[i])
			tasks = append(tasks, all[i].Text)
		}
	}
	return tasks, func(names []string) [][]int {
		named := make([]goal.Indicator, len(names))
		for i, n := range names {
			named[i].Name = n
		}
		out := make([][]int, len(open))
		for i, hits := range goal.Cover(open, named) {
			for _, h := range hits {
				out[i] = append(out[i], h.Indicator)
			}
		}
		return out
	}
}

func similar(in []recommend.Similar) []SimilarProject {
	out := make([]SimilarProject, 0, len(in))
	for _, p := range in {
		out = append(out, SimilarProject(p))
	}
	return out
}

func partners(in []recommend.Partner) []DraftPartner {
	out := make([]DraftPartner, 0, len(in))
	for _, p := range in {
		out = append(out, DraftPartner(p))
	}
	return out
}

func targetAdvice(t recommend.TargetAdvice) TargetAdvice {
	out := TargetAdvice{
		Text: t.Text, Comparison: string(t.Comparison), Low: t.Low, High: t.High, Median: t.Median, Q1: t.Q1, Q3: t.Q3,
		Unit: t.Unit, N: t.N, Note: t.Note, Values: t.Values, Basis: t.Basis, BasisWhy: t.BasisWhy,
		Reached: Share{Part: t.Reached, Of: t.Evaluated},
	}
	for _, o := range t.Own {
		out.Own = append(out.Own, OwnValue(o))
	}
	if s := t.Scaled; s != nil {
		out.Scaled = &Scaling{By: s.By, Factor: s.Factor, PerN: s.N, Note: s.Note}
	}
	if t.Tightness.Word != "" {
		v := tightness(t.Tightness)
		out.Tightness = &v
	}
	return out
}

func tightness(t target.Tightness) Tightness {
	out := Tightness{Word: t.Word, Chance: t.Chance, ChanceN: t.ChanceN, Percentile: t.Percentile, PercentileN: t.PercentileN, Signals: []Signal{}, Why: t.Why}
	for _, s := range t.Signals {
		out.Signals = append(out.Signals, Signal(s))
	}
	return out
}

func weightAdvice(w recommend.WeightAdvice) WeightAdvice { return WeightAdvice(w) }
