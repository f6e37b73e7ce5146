package workspace

import (
	"context"
	"slices"
	"strings"

	"yardstick"
	"yardstick/indicators/library"
)

// Templates lists the project types that pass the filters with their typical
// indicators, by id.
func (w *Workspace) Templates(ctx context.Context, q TemplateQuery) ([]Template, error) {
	u, err := w.use(ctx)
	if err != nil {
		return nil, err
	}
	state := w.lib.Load()
	out := []Template{}
	text := strings.TrimSpace(q.Text)
	for _, t := range state.Types() {
		if q.Sector != "" && t.Sector != q.Sector {
			continue
		}
		if text != "" && !slices.ContainsFunc(append([]string{t.ID, t.Name, t.Goal}, t.Words...), func(s string) bool { return strings.Contains(s, text) }) {
			continue
		}
		out = append(out, state.template(t, u))
	}
	return out, nil
}

// shownCases is how many cases a template's page shows.
const shownCases = 5

// Template returns one project type with the best cases of such projects.
func (w *Workspace) Template(ctx context.Context, id string) (Template, error) {
	state := w.lib.Load()
	t, ok := state.TypeByID(id)
	if !ok {
		return Template{}, &yardstick.Error{Kind: yardstick.NotFound, Op: "workspace.Template", Msg: "模板库里没有编号 " + id + "。从模板库重新查找。"}
	}
	u, err := w.use(ctx)
	if err != nil {
		return Template{}, err
	}
	out := state.template(t, u)
	cases, err := w.Cases(ctx, CaseQuery{Type: t.Name, Limit: shownCases})
	if err != nil {
		return Template{}, err
	}
	out.Cases = cases.Cases
	return out, nil
}

// template words a project type. Of an indicator that was retired, the item is
// left out and the points no longer add up, which Points shows.
func (s *libraryState) template(t library.Type, u *usage) Template {
	out := Template{ID: t.ID, Name: t.Name, Sector: t.Sector, Function: list(t.Function), Words: list(t.Words), Goal: t.Goal,
		Recipients: t.Recipients, Note: t.Note, SourceStatus: t.SourceStatus, Items: []TemplateItem{}, Cases: []Case{}}
	for _, it := range t.Items {
		e, ok := s.ByID(it.Indicator)
		if !ok {
			continue
		}
		out.Points += it.Points
		out.Items = append(out.Items, TemplateItem{ID: e.ID, Name: e.Name, Level1: e.Level1, Level2: e.Level2, Unit: e.Unit,
			Comparison: string(e.Comparison), Points: it.Points, Core: it.Core, Projects: u.entries[e.ID].Projects})
	}
	return out
}
