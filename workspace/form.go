package workspace

import (
	"context"

	"yardstick"
	"yardstick/indicators/library"
	"yardstick/ingest"
)

// formOf turns a form as read into the answer that the contract prints.
func formOf(f *yardstick.Form) Form {
	out := Form{
		ID: f.ID, File: f.File, Sheet: f.Sheet, Kind: f.Kind,
		Region: value(f.Region), Department: value(f.Department), Unit: value(f.Unit), Project: value(f.Project),
		Goal: value(f.Goal), Grade: value(f.Grade), TotalScore: known(f.TotalScore),
		Budget: Budget{
			Initial: known(f.Budget.Initial), FullYear: known(f.Budget.FullYear),
			Executed: known(f.Budget.Executed), ExecutionScore: known(f.Budget.ExecutionScore),
		},
		Lines: make([]Line, 0, len(f.Lines)),
	}
	if f.Year.Known {
		y := int(f.Year.Value)
		out.Year = &y
	}
	if f.Sector != "" {
		out.Sector = &f.Sector
	}
	for i := range f.Lines {
		out.Lines = append(out.Lines, lineOf(&f.Lines[i]))
	}
	return out
}

func lineOf(l *yardstick.Line) Line {
	return Line{
		Level1: value(l.Level1), Level2: value(l.Level2), Name: l.Name.Value, Target: l.Target.Value, Actual: l.Actual.Value,
		Weight: known(l.Weight), Score: known(l.Score), Reason: value(l.Reason), Cell: l.Cell,
	}
}

func value(t yardstick.Text) *string {
	if t.Value == "" {
		return nil
	}
	return &t.Value
}

func known(n yardstick.Number) *float64 {
	if !n.Known {
		return nil
	}
	return &n.Value
}

// ReadForms reads the forms of files and folders without storing them. It needs
// no workspace. What could not be read comes back as issues.
func ReadForms(ctx context.Context, paths []string) ([]Form, []yardstick.Issue, error) {
	sources, err := ingest.Paths(paths)
	if err != nil {
		return nil, nil, err
	}
	lib, err := library.Load()
	if err != nil {
		return nil, nil, err
	}
	files, err := ingest.Read(ctx, sources, nil, ingest.Options{Label: label(lib)})
	if err != nil {
		return nil, nil, err
	}
	var forms []Form
	var rejected []yardstick.Issue
	for i := range files {
		for j := range files[i].Forms {
			forms = append(forms, formOf(&files[i].Forms[j]))
		}
		rejected = append(rejected, files[i].Rejected...)
	}
	return forms, rejected, nil
}

// label infers the functional class of a form, which forms do not state.
func label(lib *library.Library) func(*yardstick.Form) {
	return func(f *yardstick.Form) {
		if s, why, ok := lib.InferSector(f.Department.Value, f.Unit.Value, f.Project.Value, f.Goal.Value); ok {
			f.Sector, f.SectorWhy = s, why
		}
	}
}
