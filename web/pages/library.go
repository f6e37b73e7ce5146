package pages

import (
	"cmp"
	"net/http"
	"strconv"
	"strings"

	"yardstick/workspace"
)

// libraryPage is 指标库: main of library.tmpl. With a query it shows what was
// found, without one the library for browsing.
type libraryPage struct {
	shell
	Q       string
	Total   int
	Took    string
	Hits    []hitRow
	Types   []choice // what is searched, with counts
	Facets  []facet
	Active  []choice
	Clear   string   // without any filter
	Keep    []choice // filters that typing keeps
	Library int
	Own     int // version of the bureau's own changes
	Forms   int
	Meant   []workspace.Completion // when nothing was found
	Pager   pager
	Action  string
}

// hitRow is one entry found or listed.
type hitRow struct {
	workspace.Hit
	Href  string
	Class string
	Kind  string // what it is, "" for an indicator
	Why   string // by what it was found, "" for the name itself
	Dir   dirn
	Uses  string
	Badge string // 本局自建, 已停用
}

// dirn is a direction as word and arrow.
type dirn struct{ Class, Word string }

func direction(s string) dirn {
	switch s {
	case "反向":
		return dirn{"dirn low", s}
	case "中性":
		return dirn{"dirn mid", s}
	case "":
		return dirn{}
	}
	return dirn{"dirn", s}
}

var hitTypes = map[string]string{"indicator": "指标", "template": "模板", "case": "案例", "name": "表上的写法"}

// levels are the level-1 classes of the 2021 frame, in its order.
var levels = []string{"成本指标", "产出指标", "效益指标", "满意度指标"}

func hitHref(h workspace.Hit) string {
	switch h.Type {
	case "case":
		return "/forms/" + h.ID
	case "template":
		return "/templates/" + h.ID
	case "name":
		return "/library/names?text=" + strings.ReplaceAll(queryEscape(h.Name), "+", "%20")
	}
	return "/library/" + h.ID
}

// foundBy says why an entry was found where its name alone does not show it.
func foundBy(h workspace.Hit) string {
	switch {
	case h.Alias != "" && (h.Why == "" || h.Why == "别名" || h.Why == "名称"):
		return "又写作“" + h.Alias + "”"
	case h.Alias != "":
		return "按" + h.Why + "找到，又写作“" + h.Alias + "”"
	case h.Why == "" || h.Why == "名称":
		return ""
	}
	return "按" + h.Why + "找到"
}

func (p *Pages) library(r *http.Request, q *asked) (answer, error) {
	text := strings.TrimSpace(q.query.Get("q"))
	pg := &libraryPage{Q: text, Action: q.path, Clear: q.path}
	pg.Title, pg.Tab = "指标库", "library"
	if q.format == "html" && !q.fragment { // the part that follows the typing does not show it
		o, err := p.ws.Overview(r.Context())
		if err != nil {
			return answer{}, err
		}
		pg.Library, pg.Forms, pg.Sample = o.Library, o.Forms, o.Sample
	}
	if text == "" {
		return p.browse(r, q, pg)
	}
	pg.Title, pg.Clear = text+" · 指标库", q.path+"?q="+queryEscape(text)
	pageNo, _ := strconv.Atoi(q.query.Get("page")) // anything but a number: page 1
	// indicators are what is looked for, unless only something else is found
	sq := workspace.SearchQuery{Text: text, Type: cmp.Or(q.query.Get("type"), "indicator"), Level1: q.query.Get("level1"), Level2: q.query.Get("level2"), Sector: q.query.Get("sector"),
		Unit: q.query.Get("unit"), Direction: q.query.Get("direction"), Temporal: q.query.Get("temporal_type"), Used: q.query.Get("used"), Facets: true,
		Limit: perPage, Offset: max(0, min(pageNo, 1000)-1) * perPage}
	if sq.Type == "all" {
		sq.Type = ""
	}
	res, err := p.ws.Search(r.Context(), sq)
	if err == nil && res.Total == 0 && q.query.Get("type") == "" {
		sq.Type = ""
		res, err = p.ws.Search(r.Context(), sq)
	}
	if err != nil {
		return answer{}, err
	}
	if res.Total == 0 {
		if pg.Meant, err = p.ws.Complete(r.Context(), text, 5); err != nil {
			return answer{}, err
		}
	}
	pg.Total, pg.Took = res.Total, figure(res.TookMS)+" 毫秒"
	for _, h := range res.Hits {
		row := hitRow{Hit: h, Href: hitHref(h), Class: class(h.Level1, h.Level2), Why: foundBy(h), Dir: direction(h.Direction), Uses: missing}
		if h.Type != "indicator" {
			row.Kind = hitTypes[h.Type]
		}
		if h.Count > 0 {
			row.Uses = count(h.Count)
		}
		pg.Hits = append(pg.Hits, row)
	}
	pg.types(q, sq.Type, res.Facets)
	pg.Facets, pg.Active = searchFacets(q, res.Facets), chosen(q, nil)
	pg.keep(q)
	pg.Pager.set(q, res.Total, "条")
	table := func() [][]string {
		t := [][]string{{"id", "type", "name", "level1", "level2", "sector", "unit", "direction", "temporal_type", "count", "why", "alias", "score", "meaning"}}
		for _, h := range res.Hits {
			t = append(t, []string{h.ID, h.Type, h.Name, h.Level1, h.Level2, h.Sector, h.Unit, h.Direction, h.Temporal, strconv.Itoa(h.Count), h.Why, h.Alias, strconv.FormatFloat(h.Score, 'f', 4, 64), h.Meaning})
		}
		return t
	}
	return answer{value: res, table: table, tmpl: p.tmpl["library"], page: pg, fragment: "found"}, nil
}

// types are the segments 指标, 模板, 案例 and 表上的写法, each with how many
// match.
func (pg *libraryPage) types(q *asked, now string, facets []workspace.Facet) {
	counts, all := map[string]int{}, 0
	for _, f := range facets {
		for _, v := range f.Values {
			if f.Field == "type" {
				counts[v.Value] = v.Count
				all += v.Count
			}
		}
	}
	for _, t := range []string{"indicator", "template", "case", "name"} {
		pg.Types = append(pg.Types, choice{Word: hitTypes[t], Value: t, N: counts[t], Href: q.with("type", t), Current: t == now})
	}
	pg.Types = append(pg.Types, choice{Word: "全部", N: all, Href: q.with("type", "all"), Current: now == ""})
}

// keep holds what is searched and the filters while the words change.
func (pg *libraryPage) keep(q *asked) {
	if v := q.query.Get("type"); v != "" {
		pg.Keep = append(pg.Keep, choice{Word: "type", Value: v})
	}
	for _, f := range filters {
		if v := q.query.Get(f.field); v != "" && f.search {
			pg.Keep = append(pg.Keep, choice{Word: f.field, Value: v})
		}
	}
}

// browse lists the library by functional class and class.
func (p *Pages) browse(r *http.Request, q *asked, pg *libraryPage) (answer, error) {
	pageNo, _ := strconv.Atoi(q.query.Get("page")) // anything but a number: page 1
	lq := workspace.LibraryQuery{Sector: q.query.Get("sector"), Function: q.query.Get("function"), Level1: q.query.Get("level1"), Level2: q.query.Get("level2"),
		Type: q.query.Get("ptype"), Origin: q.query.Get("origin"), Used: q.query.Get("used"), Retired: q.query.Get("retired") != ""}
	if q.format == "html" {
		lq.Limit, lq.Offset = perPage, max(0, min(pageNo, 10_000)-1)*perPage
	}
	l, err := p.ws.Library(r.Context(), lq)
	if err != nil {
		return answer{}, err
	}
	pg.Total, pg.Own = l.Total, l.Version
	for _, e := range l.Entries {
		row := hitRow{Hit: workspace.Hit{ID: e.ID, Type: "indicator", Name: e.Name, Sector: e.Sector, Unit: e.Unit, Meaning: e.Meaning, Temporal: e.TemporalType, Highlight: e.Name},
			Href: "/library/" + e.ID, Class: class(e.Level1, e.Level2), Dir: direction(e.Direction), Uses: missing}
		if e.Projects > 0 {
			row.Uses = count(e.Projects)
		}
		if e.Origin != "shipped" {
			row.Badge = origins[e.Origin]
		}
		if e.Retired {
			row.Badge = "已停用"
		}
		pg.Hits = append(pg.Hits, row)
	}
	pg.Facets, pg.Active = browseFacets(q, l), chosen(q, &l)
	pg.keep(q)
	pg.Pager.set(q, l.Total, "条")
	table := func() [][]string {
		t := [][]string{append(entryColumns(), "origin", "projects")}
		for _, e := range l.Entries {
			row := make([]string, 0, len(t[0]))
			for _, c := range entryColumns() {
				row = append(row, entryField(e.Entry, c))
			}
			t = append(t, append(row, e.Origin, strconv.Itoa(e.Projects)))
		}
		return t
	}
	return answer{value: l, table: table, tmpl: p.tmpl["library"], page: pg, fragment: "found"}, nil
}

// complete answers the picker of an entry: options for a datalist, best first.
func (p *Pages) complete(r *http.Request, q *asked) (answer, error) {
	text := strings.TrimSpace(cmp.Or(q.query.Get("entry"), q.query.Get("q")))
	pg := &optionsPage{}
	if text == "" {
		return answer{value: pg.Options, tmpl: p.tmpl["options"], page: pg, fragment: "options"}, nil
	}
	res, err := p.ws.Search(r.Context(), workspace.SearchQuery{Text: text, Type: "indicator", Limit: 10})
	if err != nil {
		return answer{}, err
	}
	for _, h := range res.Hits {
		pg.Options = append(pg.Options, pickable{h.ID, h.Name, class(h.Level1, h.Level2), h.Unit})
	}
	pg.Title = "选指标"
	return answer{value: pg.Options, tmpl: p.tmpl["options"], page: pg, fragment: "options"}, nil
}

// optionsPage is what a picker offers: main of options.tmpl.
type optionsPage struct {
	shell
	Options []pickable
}

type pickable struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Class string `json:"class"`
	Unit  string `json:"unit"`
}
