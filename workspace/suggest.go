package workspace

import (
	"cmp"
	"context"
	"strings"

	"yardstick"
	"yardstick/analysis/goal"
	"yardstick/analysis/recommend"
	"yardstick/analysis/target"
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
	model, err := w.modelAt(ctx, req.Fresh)
	if err != nil {
		return SuggestResult{}, err
	}
	done, err := w.turn(ctx)
	if err != nil {
		return SuggestResult{}, err
	}
	defer done()
	sector, by := req.Sector, "已指定"
	if sector == "" {
		if s, why, ok := model.lib.InferSector(req.Department, "", req.Project, req.Goal); ok {
			sector, by = s, why
		} else {
			by = "判断不了"
		}
	}
	frame, err := spread("")
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
		Sector: a.Basis.Sector, SectorBy: a.Basis.SectorBy, Type: a.Basis.Type, Similar: similar(a.Basis.Similar), Note: a.Basis.Note, Behind: w.behind(model),
	}}
	for _, s := range a.Suggestions {
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
	}
	return out, nil
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
