package pages

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"yardstick/indicators/library"
	"yardstick/workspace"
)

// foundRow is an entry of the library that was looked for.
type foundRow struct {
	workspace.Hit
	Class string
	Pick  string // value of the button that adds it
	Have  bool
}

// basis says what the suggestions rest on.
func (pg *draftPage) basis(a draftAnswer) {
	b := a.Suggest.Basis
	if pg.Sector = a.Draft.Body.Sector; pg.Sector == "" {
		pg.Sector = b.Sector
	}
	years := map[int]bool{}
	see := func(t workspace.TargetAdvice) {
		for _, o := range t.Own {
			years[o.Year] = true
		}
	}
	total := 0
	for _, s := range a.Suggest.Suggestions {
		see(s.Target)
		total = max(total, s.Why.SectorTotal)
	}
	for _, v := range a.Draft.Values {
		see(v.Proposed)
	}
	switch {
	case total > 0:
		pg.Basis = append(pg.Basis, "同类项目 "+count(total)+" 个（"+b.Sector+"，"+sectorBy(b.SectorBy)+"）")
	case b.Projects > 0:
		pg.Basis = append(pg.Basis, "历史项目 "+count(b.Projects)+" 个")
	}
	own := "本单位没有历史"
	if len(years) > 0 {
		own = "本单位历史 " + count(len(years)) + " 年"
	}
	if len(a.Suggest.Suggestions)+len(a.Draft.Values) > 0 {
		pg.Basis = append(pg.Basis, own)
	}
	if b.Library > 0 {
		pg.Basis = append(pg.Basis, "指标库 "+count(b.Library)+" 条")
	}
	if b.Behind != "" {
		pg.Basis = append(pg.Basis, b.Behind)
	}
}

func sectorBy(by string) string {
	switch by {
	case "given":
		return "所填"
	case "none", "":
		return "没有辨出"
	}
	return by
}

// found looks the library up.
func (p *Pages) found(r *http.Request, pg *draftPage, text string) ([]foundRow, error) {
	const shown = 8
	res, err := p.ws.Search(r.Context(), workspace.SearchQuery{Text: text, Type: "indicator", Limit: shown})
	if err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	out := []foundRow{}
	for _, h := range res.Hits {
		out = append(out, foundRow{h, class(h.Level1, h.Level2), doing(url.Values{"op": {"pick"}, "e": {h.ID}}),
			slices.ContainsFunc(pg.D.Body.Lines, func(l workspace.DraftLine) bool { return l.Name == h.Name })})
	}
	return out, nil
}

// draftFind answers the search beside the suggestions while someone types.
func (p *Pages) draftFind(r *http.Request, q *asked) (answer, error) {
	pg := &draftPage{ID: r.PathValue("id"), Find: strings.TrimSpace(q.query.Get("q"))}
	if !q.fragment && q.format == "html" { // not asked for by the page
		return answer{to: draftPath(pg.ID) + "?" + url.Values{"q": {pg.Find}}.Encode() + "#found"}, nil
	}
	if pg.Find == "" {
		return answer{value: pg.Found, tmpl: p.tmpl["draft"], page: pg, fragment: "found"}, nil
	}
	var err error
	if pg.Found, err = p.found(r, pg, pg.Find); err != nil {
		return answer{}, err
	}
	return answer{value: pg.Found, tmpl: p.tmpl["draft"], page: pg, fragment: "found"}, nil
}

// draftChoices fills what can be chosen: functional classes and project types.
func (p *Pages) draftChoices(r *http.Request, pg *draftPage) error {
	types, err := p.ws.Templates(r.Context(), workspace.TemplateQuery{})
	if err != nil {
		return err
	}
	var opts []option
	var sectors []string
	at := pg.Sector
	known := slices.ContainsFunc(types, func(t workspace.Template) bool { return t.Sector == at })
	for _, t := range types {
		if !slices.Contains(sectors, t.Sector) {
			sectors = append(sectors, t.Sector)
		}
		// those of the project's class, and the ones for all; every one where the class is not known
		if chosen := t.ID == pg.D.Body.Type; chosen || !known || t.Sector == at || t.Sector == library.Common {
			opts = append(opts, option{Group: t.Sector, Value: t.ID, Word: t.Name, Chosen: chosen})
		}
	}
	pg.Types = field{Options: opts}.Groups()
	if s := pg.D.Body.Sector; s != "" && !slices.Contains(sectors, s) {
		sectors = append(sectors, s)
	}
	for _, s := range sectors {
		pg.Sectors = append(pg.Sectors, choice{Word: s, Value: s, Current: s == pg.D.Body.Sector})
	}
	list, err := p.ws.Drafts(r.Context(), false)
	if err != nil {
		return err
	}
	pg.Of = len(list)
	for i, d := range list {
		if d.ID == pg.ID {
			pg.Nth = i + 1
		}
	}
	return nil
}
