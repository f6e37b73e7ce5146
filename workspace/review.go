package workspace

import (
	"context"
	"math"
	"sync"
	"time"

	"yardstick"
	"yardstick/analysis/review"
)

// reviewRules are the shipped rules, read once; they can only be wrong in a wrong
// build.
var reviewRules = sync.OnceValues(review.LoadRules)

// ReviewDraft reviews a draft as it stands. It keeps nothing.
func (w *Workspace) ReviewDraft(ctx context.Context, body DraftBody) (Review, error) {
	if err := fewLines("workspace.ReviewDraft", body.Lines); err != nil {
		return Review{}, err
	}
	form := body.Form()
	return w.reviewForm(ctx, form, body.RuleSet, body.Type)
}

// reviewForm reviews one form against the rules, the library and what is loaded.
// ruleSet is the frame that its author chose and typ the project's type, "" where
// nothing was.
func (w *Workspace) reviewForm(ctx context.Context, form yardstick.Form, ruleSet, typ string) (Review, error) {
	began := time.Now()
	rules, err := reviewRules()
	if err != nil {
		return Review{}, err
	}
	back, err := w.reviewContext(ctx, &form, ruleSet, typ)
	if err != nil {
		return Review{}, err
	}
	done, err := w.turn(ctx)
	if err != nil {
		return Review{}, err
	}
	defer done()
	back.fill(&form)
	o := rules.Review(form, back.Context)
	out := Review{
		ID: form.ID, File: form.File, Sheet: form.Sheet, Cell: form.Cell, Kind: string(form.Kind), Project: form.Project.Value,
		Unit: form.Unit.Value, Department: form.Department.Value, Sector: back.Sector, Lines: len(form.Lines),
		Points: o.Points, Grade: o.Grade, Advice: o.Advice, Rules: reviewRuleSet(rules), History: back.history,
		Marks: make([]ReviewMark, 0, len(o.Marks)), Findings: make([]Finding, 0, len(o.Findings)), Checks: make([]ReviewCheck, 0, len(o.Checks)),
	}
	if form.Year.Known {
		out.Year = int(form.Year.Value)
	}
	if x, ok := review.Total(&form); ok {
		out.Budget = &x
	}
	for _, m := range o.Marks {
		out.Marks = append(out.Marks, ReviewMark{Group: m.Item.Group, Item: m.Item.Name, Points: m.Points, Of: m.Item.Points, Grade: m.Grade, Why: m.Why})
	}
	for _, f := range o.Findings {
		if f.Severity == review.Must {
			out.Must++
		} else {
			out.Watch++
		}
		out.Findings = append(out.Findings, Finding{
			Rule: f.Rule.ID, Title: f.Rule.Title, Severity: string(f.Severity), Item: f.Rule.Item, Line: f.Line, Indicator: f.Indicator,
			Field: f.Field, Cell: f.Cell, Raw: f.Raw, Why: f.Why, Do: f.Do, Fix: (*Fix)(f.Fix), Source: f.Rule.Source, SourceStatus: f.Rule.Status, N: f.N,
		})
	}
	for _, c := range o.Checks {
		out.Checks = append(out.Checks, ReviewCheck{Rule: c.Rule.ID, Title: c.Rule.Title, Answer: c.Answer, Why: c.Why, Count: c.Count})
	}
	out.TookMS = math.Round(float64(time.Since(began).Microseconds())/100) / 10
	return out, nil
}

// reviewRuleSet names the rules that an opinion was made with.
func reviewRuleSet(rules *review.Rules) RuleSet {
	return RuleSet{ID: "review", Version: review.Version, Place: "全国", Source: "财预〔2015〕88号 审核表；逐条来源见各条规则", Status: "recalled",
		Rules: len(rules.All())}
}
