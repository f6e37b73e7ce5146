package workspace

import (
	"context"
	"fmt"
	"time"

	"yardstick"
	"yardstick/analysis/review"
	"yardstick/indicators/library"
	"yardstick/indicators/naming"
	"yardstick/indicators/scoring"
)

// background is what a form is reviewed against.
type background struct {
	review.Context
	model   *fitted
	sector  string
	history string // what it is compared with, for people
	typ     string // id of the type that the author chose
}

// reviewContext reads what only the warehouse knows: the model, and last year's form.
func (w *Workspace) reviewContext(ctx context.Context, form *yardstick.Form, ruleSet, typ string) (*background, error) {
	model, err := w.model(ctx)
	if err != nil {
		return nil, err
	}
	b := &background{model: model, sector: form.Sector, typ: typ}
	if ruleSet != "" {
		if s, ok := scoring.Lookup(ruleSet, "", time.Now()); ok {
			f := review.FrameOf(s)
			b.Frame = &f
		}
	}
	return b, nil
}

// fill computes what the model and the library say about the form's lines.
func (b *background) fill(form *yardstick.Form) {
	lib := b.model.lib
	if b.sector == "" {
		if s, _, ok := lib.InferSector(form.Department.Value, form.Unit.Value, form.Project.Value, form.Goal.Value); ok {
			b.sector = s
		}
	}
	if t, ok := lib.TypeByID(b.typ); ok {
		b.Type = &t
	}
	b.Lines = make([]review.LineContext, len(form.Lines))
	for i, l := range form.Lines {
		m := b.model.matcher.Match(naming.Name{Text: l.Name.Value, Level1: l.Level1.Value, Level2: l.Level2.Value, Sector: b.sector,
			Unit: l.Target.Unit.Name, Project: form.Project.Value})
		if m.Entry == "" {
			continue
		}
		if e, ok := lib.ByID(m.Entry); ok {
			b.Lines[i] = review.LineContext{Entry: entryRef(e), Sure: m.Confidence, Exact: m.Method == naming.Exact || m.Method == naming.Alias || m.Method == naming.Decided}
		}
	}
	b.history = fmt.Sprintf("指标库 %s 条", count(lib.Len()))
}

func entryRef(e library.Entry) *library.Entry { return &e }

// count is a number of things with thousands separated.
func count(n int) string {
	if n < 1000 {
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("%s,%03d", count(n/1000), n%1000)
}
