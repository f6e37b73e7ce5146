package workspace

import (
	"context"

	"yardstick"
	"yardstick/indicators"
	"yardstick/store"
)

// maxUses is how many filed lines an indicator's page shows.
const maxUses = 50

// Indicator returns one library entry with its use on the loaded forms: usual
// target and weight over the projects that use it in any near spelling, and the
// lines whose normalised name is that of the entry or of one of its aliases.
func (w *Workspace) Indicator(ctx context.Context, id string) (IndicatorView, error) {
	e, ok := w.lib.ByID(id)
	if !ok {
		return IndicatorView{}, &yardstick.Error{Kind: yardstick.NotFound, Op: "workspace.Indicator", Msg: "指标库里没有编号 " + id + "。从指标库重新查找。"}
	}
	v := IndicatorView{
		ID: e.ID, Name: e.Name, Aliases: append([]string{}, e.Aliases...), Level1: e.Level1, Level2: e.Level2, Sector: e.Sector,
		Meaning: e.Meaning, Formula: e.Formula, Unit: e.Unit, Direction: string(e.Direction), TemporalType: string(e.TemporalType),
		Comparison: string(e.Comparison), SourceStatus: e.SourceStatus, Uses: []Use{},
	}
	keys := map[string]bool{indicators.NormalName(e.Name): true}
	for _, a := range e.Aliases {
		keys[indicators.NormalName(a)] = true
	}
	err := w.store.AllForms(ctx, func(s *store.Stored) error {
		form := formOf(&s.Form)
		for i := range s.Lines {
			if !keys[indicators.NormalName(s.Lines[i].Name.Value)] {
				continue
			}
			if len(v.Uses) < maxUses {
				v.Uses = append(v.Uses, Use{Line: form.Lines[i], FormHead: FormHead{
					ID: s.ID, Kind: s.Kind, Year: form.Year, Project: s.Project.Value, Unit: s.Unit.Value,
					Department: s.Department.Value, Sector: s.Sector, FullYear: form.Budget.FullYear,
					TotalScore: form.TotalScore, Lines: len(form.Lines), File: s.File, Sheet: s.Sheet, Sample: s.Sample,
				}})
			}
		}
		return nil
	})
	if err != nil {
		return IndicatorView{}, err
	}
	model, err := w.model(ctx)
	if err != nil {
		return IndicatorView{}, err
	}
	target, weight, projects, _ := model.Usual(e.ID)
	v.Target, v.Weight, v.Projects = TargetAdvice(target), WeightAdvice(weight), projects
	return v, nil
}
