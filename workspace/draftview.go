package workspace

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"

	"yardstick"
	"yardstick/analysis/goal"
	"yardstick/indicators"
	"yardstick/store"
)

// Draft returns a draft with everything that the page shows beside it. It is
// asked for at every pause of typing: each thing is computed once, and the
// warehouse is asked only when project or unit have changed, or after a load.
func (w *Workspace) Draft(ctx context.Context, id string) (DraftView, error) {
	doc, err := w.drafts.Get(id)
	if err != nil {
		return DraftView{}, err
	}
	d, err := draftOf(doc)
	if err != nil {
		return DraftView{}, err
	}
	v := DraftView{Draft: d, Frames: w.frames(), Values: []ValueResult{}}
	ruleSet := d.Body.RuleSet
	if _, err := w.frame(ruleSet); yardstick.KindOf(err) == yardstick.NotFound && err != nil {
		ruleSet = "" // out of force since: the draft opens all the same
	}
	if v.Frame, err = w.frameFor(ruleSet, d.Body.Lines); err != nil {
		return DraftView{}, err
	}
	if v.Sums, v.Total, err = w.sums(ruleSet, d.Body.Lines); err != nil {
		return DraftView{}, err
	}
	if v.LastYear, err = w.formsOfProject(ctx, d.Body); err != nil {
		return DraftView{}, err
	}
	if v.Review, err = w.ReviewDraft(ctx, d.Body); err != nil {
		return DraftView{}, err
	}
	v.Review.ID = id
	model, err := w.model(ctx)
	if err != nil {
		return DraftView{}, err
	}
	done, err := w.turn(ctx)
	if err != nil {
		return DraftView{}, err
	}
	defer done()
	v.Values = append(v.Values, w.valuesOf(model, d.Body)...)
	v.Tasks = tasks(d.Body, v.Values)
	return v, nil
}

// tasks splits the goal and says which lines cover each task: by the line's
// name, by its note, and by the library's name for it.
func tasks(body DraftBody, values []ValueResult) []GoalTask {
	list := goal.Split(body.Goal)
	lines := make([]goal.Indicator, len(body.Lines))
	for i, l := range body.Lines {
		lines[i] = goal.Indicator{Name: l.Name, Target: l.Value()}
		for _, also := range []string{l.Note, values[i].EntryName} {
			if also != "" && also != l.Name {
				lines[i].Also = append(lines[i].Also, also)
			}
		}
	}
	hits := goal.Cover(list, lines)
	out := make([]GoalTask, len(list))
	for i, t := range list {
		out[i] = GoalTask{Text: t.Text, From: t.From, To: t.To, Lines: []int{}, Why: "还没有指标说到它。"}
		if t.Kind != goal.Output {
			out[i].Why = "写的是效果或水平，还没有指标说到它。"
		}
		for k, h := range hits[i] {
			out[i].Lines = append(out[i].Lines, h.Indicator)
			if k == 0 {
				out[i].Why = "“" + body.Lines[h.Indicator].Name + "”与它" + h.Why + "。"
			}
		}
	}
	return out
}

// projectForms remembers the filed forms of the projects that drafts are about.
type projectForms struct {
	mu      sync.Mutex
	edition uint64
	forms   map[string][]FormHead
}

// The bounds of what formsOfProject looks at and remembers.
const (
	maxUnitForms   = 500 // forms of a unit, the latest first
	maxRemembered  = 200 // projects
	maxLastYear    = 12  // forms shown
	leastNameRunes = 3   // of a project's name, to be looked for without a unit
)

// formsOfProject are the filed forms of the draft's project, latest first; those
// of later years than the draft are left out. It is the project that the
// warehouse would file the draft under; where that has no forms, for drafts say
// less than forms do, the name decides, and the unit where one is stated.
func (w *Workspace) formsOfProject(ctx context.Context, body DraftBody) ([]FormHead, error) {
	name := indicators.NormalProject(body.Project)
	if len([]rune(name)) < leastNameRunes {
		return []FormHead{}, nil
	}
	key := strings.Join([]string{name, strings.TrimSpace(body.Unit), strings.TrimSpace(body.Department), strings.TrimSpace(body.Region)}, "\n")
	edition := w.fits.edition.Load()
	m := &w.projects
	m.mu.Lock()
	if m.edition != edition || len(m.forms) >= maxRemembered {
		m.edition, m.forms = edition, map[string][]FormHead{}
	}
	all, ok := m.forms[key]
	m.mu.Unlock()
	if !ok {
		var err error
		if all, err = w.lookUpProject(ctx, body, name); err != nil {
			return nil, err
		}
		m.mu.Lock()
		if m.edition == edition {
			m.forms[key] = all
		}
		m.mu.Unlock()
	}
	out := []FormHead{}
	for _, h := range all {
		if (body.Year == 0 || yearOf(h) <= body.Year) && len(out) < maxLastYear {
			out = append(out, h)
		}
	}
	return out, nil
}

// lookUpProject asks the warehouse for what formsOfProject answers with.
func (w *Workspace) lookUpProject(ctx context.Context, body DraftBody, name string) ([]FormHead, error) {
	form := body.Form()
	form.Year = yardstick.Number{} // of any year
	page, err := w.store.Past(ctx, &form)
	if err != nil {
		return nil, err
	}
	if len(page) > 0 {
		return heads(page), nil
	}
	filter := store.FormFilter{Department: strings.TrimSpace(body.Unit), Limit: maxUnitForms}
	if filter.Department == "" {
		filter.Text = name
	}
	if page, _, err = w.store.Forms(ctx, filter); err != nil {
		return nil, err
	}
	var out []FormHead
	for _, h := range heads(page) {
		if indicators.NormalProject(h.Project) == name {
			out = append(out, h)
		}
	}
	slices.SortStableFunc(out, func(a, b FormHead) int { return cmp.Compare(yearOf(b), yearOf(a)) })
	return out, nil
}

func yearOf(h FormHead) int {
	if h.Year == nil {
		return 0
	}
	return *h.Year
}
