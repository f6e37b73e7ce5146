package workspace

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"yardstick"
	"yardstick/analysis/review"
	"yardstick/analysis/target"
	"yardstick/indicators"
	"yardstick/indicators/library"
	"yardstick/indicators/naming"
	"yardstick/indicators/scoring"
)

// background is what a form is reviewed against.
type background struct {
	review.Context
	model   *fitted
	history string // what it is compared with, for people
	typ     string // id of the type that the author chose
}

// reviewContext reads what only the warehouse knows: the model, and the form of the
// year before.
func (w *Workspace) reviewContext(ctx context.Context, form *yardstick.Form, ruleSet, typ string) (*background, error) {
	model, err := w.model(ctx)
	if err != nil {
		return nil, err
	}
	b := &background{model: model, typ: typ}
	if ruleSet != "" {
		if s, ok := scoring.Lookup(ruleSet, "", time.Now()); ok {
			if f, ok := review.FrameOf(s); ok {
				b.Frame = &f
			}
		}
	}
	b.Last, err = w.lastYearsForm(ctx, form)
	return b, err
}

// fill computes what the model and the library say about the form's lines.
func (b *background) fill(form *yardstick.Form) {
	lib := b.model.lib
	body := DraftBody{Project: form.Project.Value, Unit: form.Unit.Value, Department: form.Department.Value, Sector: form.Sector,
		Goal: form.Goal.Value, Type: b.typ}
	if form.Year.Known {
		body.Year = int(form.Year.Value)
	}
	if x, ok := review.Total(form); ok {
		body.Budget = &x
	}
	a := b.model.asking(body)
	b.Sector, b.Target = a.sector, b.model.Rules()
	b.Type = b.typeOf(form)
	b.Lines = make([]review.LineContext, len(form.Lines))
	n := 0
	for i := range form.Lines {
		b.Lines[i] = b.line(a, form, &form.Lines[i])
		if q := b.Lines[i].Ask; q != nil && (len(q.Own) > 0 || q.Peers.N > 0) {
			n++
		}
	}
	b.history = fmt.Sprintf("指标库 %s 条；%d 个指标里 %d 个有填报过的目标值可比", thousands(lib.Len()), len(form.Lines), n)
	if b.Last != nil {
		b.history += fmt.Sprintf("；本项目 %d 年的表", int(b.Last.Year.Value))
	} else {
		b.history += "；没有本项目以前年度的表"
	}
	if b.Type != nil {
		b.history += "；项目类型“" + b.Type.Name + "”"
	}
}

// line is what is known of one line.
func (b *background) line(a *asking, form *yardstick.Form, l *yardstick.Line) review.LineContext {
	m := b.model.matcher.Match(naming.Name{Text: l.Name.Value, Level1: l.Level1.Value, Level2: l.Level2.Value, Sector: a.sector,
		Unit: l.Target.Unit.Name, Project: form.Project.Value})
	out := review.LineContext{Sure: m.Confidence, Exact: m.Method == naming.Exact || m.Method == naming.Alias || m.Method == naming.Decided}
	if e, ok := b.model.lib.ByID(m.Entry); ok {
		out.Entry = &e
	}
	if ask, ok := b.ask(a, form, l, m.Entry); ok {
		out.Ask = &ask
		out.Known = ask.Peers.N > 0 && ask.Peers.From != "全部项目"
	}
	if b.Type != nil && slices.ContainsFunc(b.Type.Items, func(it library.Item) bool { return it.Indicator == m.Entry }) {
		out.Known = true
	}
	switch l.Target.Kind {
	case indicators.Level, indicators.Text, indicators.Empty, "":
		out.Better = b.better(l, m)
	}
	return out
}

// ask is the question for the line's value. What the form itself filed, if it is
// loaded, is no past of it.
func (b *background) ask(a *asking, form *yardstick.Form, l *yardstick.Line, entry string) (target.Ask, bool) {
	if l.Target.Kind != indicators.Number && l.Target.Kind != indicators.Range {
		return target.Ask{}, false
	}
	q, _ := a.askFor(l.Name.Value, l.Level1.Value, l.Level2.Value, l.Target.Value)
	q.Own = slices.DeleteFunc(slices.Clone(q.Own), func(p target.Past) bool { return p.FormID == form.ID && form.ID != "" })
	return q, true
}

// leastAlike is how alike a name must be to that of an indicator proposed for it.
const leastAlike = 0.5

func alternatives(m naming.Match) (ids []string) {
	for _, c := range m.Alternatives {
		ids = append(ids, c.Entry)
	}
	return ids
}

// better is an indicator that can be counted for a line that only says words: the
// concept itself, or one of the same class that the name resembles.
func (b *background) better(l *yardstick.Line, m naming.Match) *library.Entry {
	class, _ := indicators.Classify(l.Level1.Value, l.Level2.Value)
	fits := func(id string) *library.Entry {
		e, ok := b.model.lib.ByID(id)
		if !ok || !e.Quantitative() || e.Unit == "" || e.Comparison == indicators.None || e.Level1 != class.Level1 || class.Level2 != "" && e.Level2 != class.Level2 {
			return nil
		}
		return &e
	}
	for _, id := range append([]string{m.Entry}, alternatives(m)...) {
		e := fits(id)
		if e == nil || e.Sector != b.Sector && e.Sector != library.Common {
			continue
		}
		if review.Alike(l.Name.Value, e.Name) >= leastAlike {
			return e
		}
	}
	return nil
}

// leastTypeWord is how long a word must be to tell a type by the project's name.
const leastTypeWord = 3

// typeOf is the project's type: the one chosen, else the one whose longest word
// stands in the project's name; nil where two have equal right.
func (b *background) typeOf(form *yardstick.Form) *library.Type {
	if t, ok := b.model.lib.TypeByID(b.typ); ok {
		return &t
	}
	var best *library.Type
	length, tied := 0, false
	types := b.model.lib.Types()
	for i := range types {
		for _, word := range append([]string{types[i].Name}, types[i].Words...) {
			n := utf8.RuneCountInString(word)
			if n < max(leastTypeWord, length) || !strings.Contains(form.Project.Value, word) {
				continue
			}
			tied = n == length && best != nil && best.ID != types[i].ID || n == length && tied
			best, length = &types[i], n
		}
	}
	if tied {
		return nil
	}
	return best
}

// thousands is a count with separators.
func thousands(n int) string {
	if n < 1000 {
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("%s,%03d", thousands(n/1000), n%1000)
}
