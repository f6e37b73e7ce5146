package pages

import (
	"net/http"
	"strconv"
	"strings"

	"yardstick/workspace"
)

// libraryPage is 指标库: main of library.tmpl.
type libraryPage struct {
	shell
	Q       string
	Res     workspace.SearchResult
	Took    string
	Hits    []hitRow
	Types   []choice
	Levels  []choice // level 1, as a filter
	Library int
	Forms   int
	Meant   []workspace.Completion // when nothing was found
	Pager   pager
	Action  string
}

// hitRow is one entry found.
type hitRow struct {
	workspace.Hit
	Href  string
	Class string
	Type  string
}

var hitTypes = map[string]string{"indicator": "指标库", "name": "表上的写法", "case": "表单"}

// levels are the level-1 classes of the 2021 frame, in its order.
var levels = []string{"成本指标", "产出指标", "效益指标", "满意度指标"}

func hitHref(h workspace.Hit) string {
	switch h.Type {
	case "case":
		return "/forms/" + h.ID
	case "name":
		return "/library?q=" + strings.ReplaceAll(queryEscape(h.Name), "+", "%20")
	}
	return "/library/" + h.ID
}

func (p *Pages) library(r *http.Request, q *asked) (answer, error) {
	text := strings.TrimSpace(q.query.Get("q"))
	pageNo, _ := strconv.Atoi(q.query.Get("page")) // anything but a number: page 1
	sq := workspace.SearchQuery{Text: text, Type: q.query.Get("type"), Level1: q.query.Get("level1"), Sector: q.query.Get("sector"),
		Limit: perPage, Offset: max(0, min(pageNo, 1000)-1) * perPage}
	o, err := p.ws.Overview(r.Context())
	if err != nil {
		return answer{}, err
	}
	pg := &libraryPage{Q: text, Library: o.Library, Forms: o.Forms, Action: q.path}
	pg.Title, pg.Sample = "指标库", o.Sample
	if text != "" {
		pg.Title = text + " · 指标库"
		if pg.Res, err = p.ws.Search(r.Context(), sq); err != nil {
			return answer{}, err
		}
		if pg.Res.Total == 0 {
			if pg.Meant, err = p.ws.Complete(r.Context(), text, 5); err != nil {
				return answer{}, err
			}
		}
	}
	pg.Res.Query = text
	pg.Took = figure(pg.Res.TookMS) + " 毫秒"
	for _, h := range pg.Res.Hits {
		pg.Hits = append(pg.Hits, hitRow{h, hitHref(h), class(h.Level1, h.Level2), hitTypes[h.Type]})
	}
	for _, t := range []string{"", "indicator", "name", "case"} {
		word := hitTypes[t]
		if t == "" {
			word = "全部"
		}
		pg.Types = append(pg.Types, choice{Word: word, Value: t, Href: q.with("type", t), Current: t == sq.Type})
	}
	for _, l := range levels {
		pg.Levels = append(pg.Levels, choice{Word: short(l), Value: l, Current: l == sq.Level1})
	}
	pg.Pager.set(q, pg.Res.Total, "条")
	table := func() [][]string {
		t := [][]string{{"id", "type", "name", "level1", "level2", "sector", "unit", "score", "meaning"}}
		for _, h := range pg.Res.Hits {
			t = append(t, []string{h.ID, h.Type, h.Name, h.Level1, h.Level2, h.Sector, h.Unit, strconv.FormatFloat(h.Score, 'f', 4, 64), h.Meaning})
		}
		return t
	}
	return answer{value: pg.Res, table: table, tmpl: p.tmpl["library"], page: pg, fragment: "found"}, nil
}

// indicatorPage is one entry of the library: main of indicator.tmpl.
type indicatorPage struct {
	shell
	I      workspace.IndicatorView
	Class  string
	Facts  []fact
	Plot   strip
	Drawn  int // values in the plot
	Weight string
	Uses   []useRow
	Used   bool
}

// fact is one line of a definition.
type fact struct{ Label, Text string }

type useRow struct {
	workspace.Use
	Year           string
	Target, Actual string
	Href           string // the form, at the cell
}

func (p *Pages) indicator(r *http.Request, q *asked) (answer, error) {
	i, err := p.ws.Indicator(r.Context(), q.id(r))
	if err != nil {
		return answer{}, err
	}
	pg := &indicatorPage{I: i, Class: class(i.Level1, i.Level2), Used: i.Projects > 0}
	pg.Title = i.Name + " · 指标库"
	for _, f := range []fact{{"含义", i.Meaning}, {"公式", i.Formula}, {"单位", i.Unit}, {"方向", i.Direction}, {"时间类型", i.TemporalType}, {"常用比较", i.Comparison},
		{"类别", pg.Class}, {"功能分类", i.Sector}, {"又写作", strings.Join(i.Aliases, "、")}} {
		if f.Text != "" && f.Text != missing {
			pg.Facts = append(pg.Facts, f)
		}
	}
	pg.Weight = weightText(i.Weight)
	vals := i.Target.Values
	for _, u := range i.Uses {
		pg.Sample = pg.Sample || u.Sample
		pg.Uses = append(pg.Uses, useRow{u, year(u.FormHead.Year), value(u.Line.Target), value(u.Line.Actual), "/forms/" + u.ID + "#c-" + u.Line.Cell})
	}
	if len(vals) > 3 { // fewer are put into words
		pg.Drawn = len(vals)
	}
	pg.Plot = strip{Values: vals, Q1: i.Target.Q1, Median: i.Target.Median, Q3: i.Target.Q3, N: i.Target.N, Unit: i.Target.Unit, Of: "用过它的项目"}
	table := func() [][]string {
		t := [][]string{{"form_id", "project", "unit", "year", "target", "target_raw", "actual", "actual_raw", "weight", "score", "file", "sheet", "cell"}}
		for _, u := range i.Uses {
			t = append(t, []string{u.ID, u.Project, u.FormHead.Unit, plainInt(u.FormHead.Year), value(u.Line.Target), u.Line.Target.Raw, value(u.Line.Actual), u.Line.Actual.Raw,
				plain(u.Line.Weight), plain(u.Line.Score), u.File, u.Sheet, u.Line.Cell})
		}
		return t
	}
	return answer{value: i, table: table, tmpl: p.tmpl["indicator"], page: pg}, nil
}
