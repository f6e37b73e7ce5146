package pages

import (
	"html"
	"html/template"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"yardstick/workspace"
)

// patternsPage is 模板库: main of patterns.tmpl.
type patternsPage struct {
	shell
	Text    string
	Sectors []sectorTemplates
	Choices []choice
	Active  []choice
	Total   int
	Action  string
}

// sectorTemplates are the templates of one functional class.
type sectorTemplates struct {
	Sector string
	Rows   []templateRow
}

type templateRow struct {
	workspace.Template
	Core  int
	Words string
}

func (p *Pages) patterns(r *http.Request, q *asked) (answer, error) {
	tq := workspace.TemplateQuery{Text: strings.TrimSpace(q.query.Get("text")), Sector: q.query.Get("sector")}
	list, err := p.ws.Templates(r.Context(), tq)
	if err != nil {
		return answer{}, err
	}
	l, err := p.ws.Library(r.Context(), workspace.LibraryQuery{Limit: 1})
	if err != nil {
		return answer{}, err
	}
	pg := &patternsPage{Text: tq.Text, Total: len(list), Action: q.path}
	pg.Title, pg.Tab = "模板", "templates"
	at := map[string]int{}
	for _, s := range l.Sectors {
		pg.Choices = append(pg.Choices, choice{Word: s.Name, Value: s.Name, Current: s.Name == tq.Sector})
	}
	for _, t := range list {
		row := templateRow{Template: t, Words: strings.Join(t.Words[:min(len(t.Words), 6)], "、")}
		for _, it := range t.Items {
			if it.Core {
				row.Core++
			}
		}
		k, ok := at[t.Sector]
		if !ok {
			k = len(pg.Sectors)
			at[t.Sector] = k
			pg.Sectors = append(pg.Sectors, sectorTemplates{Sector: t.Sector})
		}
		pg.Sectors[k].Rows = append(pg.Sectors[k].Rows, row)
	}
	if tq.Text != "" {
		pg.Active = append(pg.Active, choice{Word: "含“" + tq.Text + "”", Href: q.with("text", "")})
	}
	if tq.Sector != "" {
		pg.Active = append(pg.Active, choice{Word: tq.Sector, Href: q.with("sector", "")})
	}
	table := func() [][]string {
		t := [][]string{{"id", "name", "sector", "goal", "points", "indicator", "indicator_name", "level1", "level2", "unit", "comparison", "weight", "core"}}
		for _, one := range list {
			for _, it := range one.Items {
				t = append(t, []string{one.ID, one.Name, one.Sector, one.Goal, figure(one.Points), it.ID, it.Name, it.Level1, it.Level2, it.Unit, it.Comparison, figure(it.Points), strconv.FormatBool(it.Core)})
			}
		}
		return t
	}
	return answer{value: list, table: table, tmpl: p.tmpl["patterns"], page: pg, fragment: "found"}, nil
}

// patternPage is one template: main of pattern.tmpl.
type patternPage struct {
	shell
	T      workspace.Template
	Goal   template.HTML
	Groups []itemGroup
	Cases  []caseRow
	Core   int
	All    string // the case library of this type
	Draft  string // starts a draft
}

// itemGroup is one class of a template with its points.
type itemGroup struct {
	Title  string
	Points float64
	Items  []templateItemRow
}

type templateItemRow struct {
	workspace.TemplateItem
	Class string
	Uses  string
}

var slot = regexp.MustCompile(`\{[^{}]*\}`)

// slots marks what is to be filled in.
func slots(goal string) template.HTML {
	var b strings.Builder
	at := 0
	for _, m := range slot.FindAllStringIndex(goal, -1) {
		b.WriteString(html.EscapeString(goal[at:m[0]]))
		b.WriteString(`<span class="slot">` + html.EscapeString(goal[m[0]+1:m[1]-1]) + `</span>`)
		at = m[1]
	}
	b.WriteString(html.EscapeString(goal[at:]))
	return template.HTML(b.String())
}

func (p *Pages) pattern(r *http.Request, q *asked) (answer, error) {
	t, err := p.ws.Template(r.Context(), q.id(r))
	if err != nil {
		return answer{}, err
	}
	pg := &patternPage{T: t, Goal: slots(t.Goal), Cases: caseRows(t.Cases), All: "/cases?type=" + queryEscape(t.Name), Draft: "/drafts/new?template=" + queryEscape(t.ID)}
	pg.Title, pg.Tab = t.Name+" · 模板", "templates"
	for _, c := range t.Cases {
		pg.Sample = pg.Sample || c.Sample
	}
	for _, it := range t.Items {
		k := slices.IndexFunc(pg.Groups, func(g itemGroup) bool { return g.Title == it.Level1 })
		if k < 0 {
			k = len(pg.Groups)
			pg.Groups = append(pg.Groups, itemGroup{Title: it.Level1})
		}
		g := &pg.Groups[k]
		row := templateItemRow{it, class(it.Level1, it.Level2), missing}
		if it.Projects > 0 {
			row.Uses = count(it.Projects)
		}
		if it.Core {
			pg.Core++
		}
		g.Points += it.Points
		g.Items = append(g.Items, row)
	}
	table := func() [][]string {
		rows := [][]string{{"indicator", "name", "level1", "level2", "unit", "comparison", "weight", "core", "projects"}}
		for _, it := range t.Items {
			rows = append(rows, []string{it.ID, it.Name, it.Level1, it.Level2, it.Unit, it.Comparison, figure(it.Points), strconv.FormatBool(it.Core), strconv.Itoa(it.Projects)})
		}
		return rows
	}
	return answer{value: t, table: table, tmpl: p.tmpl["pattern"], page: pg}, nil
}

// casesPage is 案例库: main of cases.tmpl.
type casesPage struct {
	shell
	List    workspace.CaseList
	Rows    []caseRow
	Text    string
	Sectors []choice
	Types   []choice
	Years   []choice
	All     bool
	Active  []choice
	Pager   pager
	Action  string
}

// caseRow is one filed form with its quality.
type caseRow struct {
	workspace.Case
	Kind, Year string
	Points     string
	Bar        bar
}

func caseRows(list []workspace.Case) []caseRow {
	out := make([]caseRow, 0, len(list))
	for _, c := range list {
		row := caseRow{Case: c, Kind: c.Kind.Title(), Year: year(c.Year), Points: figure(c.Quality), Bar: bar{int(c.Quality), 100}}
		if row.Project == "" {
			row.Project = "（没有写项目名称）"
		}
		out = append(out, row)
	}
	return out
}

func (p *Pages) cases(r *http.Request, q *asked) (answer, error) {
	pageNo, _ := strconv.Atoi(q.query.Get("page")) // anything but a number: page 1
	yearOf, _ := strconv.Atoi(q.query.Get("year")) // anything but a number: every year
	cq := workspace.CaseQuery{Text: strings.TrimSpace(q.query.Get("text")), Sector: q.query.Get("sector"), Type: q.query.Get("type"), Year: yearOf, All: q.query.Get("all") != "",
		Limit: perPage, Offset: max(0, min(pageNo, 10_000)-1) * perPage}
	if q.format == "csv" {
		cq.Limit, cq.Offset = 500, 0
	}
	list, err := p.ws.Cases(r.Context(), cq)
	if err != nil {
		return answer{}, err
	}
	for q.format == "csv" && len(list.Cases) < list.Total { // a table is whole
		cq.Offset = len(list.Cases)
		more, err := p.ws.Cases(r.Context(), cq)
		if err != nil {
			return answer{}, err
		}
		if len(more.Cases) == 0 {
			break // forms changed meanwhile
		}
		list.Cases = append(list.Cases, more.Cases...)
	}
	pg := &casesPage{List: list, Rows: caseRows(list.Cases), Text: cq.Text, All: cq.All, Action: q.path}
	pg.Title, pg.Tab = "案例", "cases"
	for _, c := range list.Cases {
		pg.Sample = pg.Sample || c.Sample
	}
	if q.format == "html" {
		if err := p.caseChoices(r, cq, pg); err != nil {
			return answer{}, err
		}
	}
	for _, f := range []struct{ field, word string }{{"text", "含“" + cq.Text + "”"}, {"sector", cq.Sector}, {"type", cq.Type}, {"year", strconv.Itoa(cq.Year) + " 年"}, {"all", "也列不够线的"}} {
		if q.query.Get(f.field) != "" {
			pg.Active = append(pg.Active, choice{Word: f.word, Href: q.with(f.field, "")})
		}
	}
	pg.Pager.set(q, list.Total, "份")
	table := func() [][]string {
		t := [][]string{{"form_id", "project", "unit", "department", "sector", "type", "form", "year", "quality", "marks"}}
		for _, c := range list.Cases {
			var marks []string
			for _, m := range c.Marks {
				marks = append(marks, m.Name+" "+figure(m.Points)+"/"+figure(m.Of)+"（"+m.Why+"）")
			}
			t = append(t, []string{c.ID, c.Project, c.Unit, c.Department, c.Sector, c.Type, string(c.Kind), plainInt(c.Year), figure(c.Quality), strings.Join(marks, "；")})
		}
		return t
	}
	return answer{value: list, table: table, tmpl: p.tmpl["cases"], page: pg, fragment: "found"}, nil
}

// caseChoices fills the filters from what is loaded.
func (p *Pages) caseChoices(r *http.Request, cq workspace.CaseQuery, pg *casesPage) error {
	forms, err := p.ws.Forms(r.Context(), workspace.FormQuery{Limit: 1})
	if err != nil {
		return err
	}
	for _, y := range forms.Years {
		s := strconv.Itoa(y)
		pg.Years = append(pg.Years, choice{Word: s, Value: s, Current: y == cq.Year})
	}
	for _, s := range forms.Sectors {
		pg.Sectors = append(pg.Sectors, choice{Word: s, Value: s, Current: s == cq.Sector})
	}
	types, err := p.ws.Templates(r.Context(), workspace.TemplateQuery{Sector: cq.Sector})
	if err != nil {
		return err
	}
	for _, t := range types {
		pg.Types = append(pg.Types, choice{Word: t.Name, Value: t.Name, Current: t.Name == cq.Type})
	}
	return nil
}
