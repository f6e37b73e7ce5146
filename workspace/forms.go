package workspace

import (
	"context"
	"math"
	"strings"

	"yardstick"
	"yardstick/store"
)

// Forms returns one page of the forms in force, newest year first.
func (w *Workspace) Forms(ctx context.Context, q FormQuery) (FormList, error) {
	if q.Limit < 0 || q.Limit > 1000 || q.Offset < 0 {
		return FormList{}, &yardstick.Error{Kind: yardstick.Invalid, Op: "workspace.Forms", Msg: "limit 应在 0 到 1000 之间，offset 不小于 0。"}
	}
	if err := checkKind(q.Kind); err != nil {
		return FormList{}, err
	}
	page, total, err := w.store.Forms(ctx, store.FormFilter{
		Year: q.Year, Kind: q.Kind, Department: q.Department, Sector: q.Sector, Text: strings.TrimSpace(q.Text),
		Doubt: q.Doubt, Limit: q.Limit, Offset: q.Offset,
	})
	if err != nil {
		return FormList{}, err
	}
	choices, err := w.store.FormChoices(ctx)
	if err != nil {
		return FormList{}, err
	}
	out := FormList{Total: total, Forms: heads(page), Years: choices.Years, Departments: choices.Departments,
		Sectors: choices.Sectors, Sample: choices.Sample}
	return out, nil
}

func checkKind(k yardstick.FormKind) error {
	switch k {
	case "", yardstick.Target, yardstick.Monitoring, yardstick.SelfEvaluation, yardstick.DepartmentTarget, yardstick.DepartmentSelfEvaluation:
		return nil
	}
	return &yardstick.Error{Kind: yardstick.Invalid, Op: "workspace.Forms", Msg: "没有 " + string(k) +
		" 这种表。可写 target、monitoring、self_evaluation、department_target 或 department_self_evaluation。"}
}

func heads(in []store.FormHead) []FormHead {
	out := make([]FormHead, 0, len(in))
	for _, h := range in {
		out = append(out, formHead(h))
	}
	return out
}

func formHead(h store.FormHead) FormHead {
	return FormHead{
		ID: h.ID, Kind: h.Kind, Year: h.Year, Project: h.Project, Unit: h.Unit, Department: h.Department, Sector: h.Sector,
		FullYear: h.FullYear, TotalScore: h.TotalScore, Lines: h.Lines, Doubts: h.Doubts, File: h.File, Sheet: h.Sheet, Sample: h.Sample,
	}
}

// EachForm calls f with every form in force that q selects, in the order in
// which they were loaded. Limit and Offset are not looked at. An error of f
// ends it and is returned.
func (w *Workspace) EachForm(ctx context.Context, q FormQuery, f func(Form) error) error {
	if err := checkKind(q.Kind); err != nil {
		return err
	}
	doubtful := map[string]bool{}
	if q.Doubt {
		page, _, err := w.store.Forms(ctx, store.FormFilter{Doubt: true, Limit: math.MaxInt32})
		if err != nil {
			return err
		}
		for _, h := range page {
			doubtful[h.ID] = true
		}
	}
	text := strings.TrimSpace(q.Text)
	return w.store.AllForms(ctx, func(s *store.Stored) error {
		switch {
		case q.Kind != "" && s.Kind != q.Kind,
			q.Year != 0 && (!s.Year.Known || int(s.Year.Value) != q.Year),
			q.Department != "" && s.Department.Value != q.Department && s.Unit.Value != q.Department,
			q.Sector != "" && s.Sector != q.Sector,
			q.Doubt && !doubtful[s.ID],
			text != "" && !strings.Contains(s.Project.Value+"\n"+s.Unit.Value+"\n"+s.Department.Value, text):
			return nil
		}
		return f(formOf(&s.Form))
	})
}

// Form returns one form with everything that was read, in force or not.
func (w *Workspace) Form(ctx context.Context, id string) (FormView, error) {
	s, err := w.store.Form(ctx, id)
	if err != nil {
		return FormView{}, err
	}
	issues, err := w.store.FormIssues(ctx, id)
	if err != nil {
		return FormView{}, err
	}
	versions, err := w.store.Versions(ctx, id)
	if err != nil {
		return FormView{}, err
	}
	related, err := w.store.Related(ctx, id)
	if err != nil {
		return FormView{}, err
	}
	v := FormView{
		Form: formOf(&s.Form), Batch: s.BatchID, Sample: s.Sample, Layout: s.Layout, Cell: s.Cell,
		Fields: headFields(&s.Form), MoneyUnit: s.Budget.Unit, Money: funds(&s.Form), View: lineViews(&s.Form, issues),
		Issues: append([]yardstick.Issue{}, issues...), ProjectID: s.ProjectID, ProjectWhy: s.ProjectWhy,
		SectorWhy: s.SectorWhy, Versions: []Version{}, Related: heads(related),
	}
	for _, o := range versions {
		version := Version{ID: o.FormID, File: o.File, Batch: o.BatchID, LoadedAt: o.LoadedAt}
		switch o.FormID {
		case id:
		case s.SupersededBy:
			v.Superseded = &version
		default:
			v.Versions = append(v.Versions, version)
		}
	}
	return v, nil
}
