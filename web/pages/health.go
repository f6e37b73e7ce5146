package pages

import (
	"net/http"
	"strconv"
	"strings"

	"yardstick/workspace"
)

// healthPage is 指标库体检: main of health.tmpl.
type healthPage struct {
	shell
	H        workspace.LibraryHealth
	Tiles    []tile
	Kinds    []choice
	Sections []adviceSection
	Sectors  []choice
	Sector   string
	Kind     string
	Action   string
	Back     string
	Rising   []movingRow
	Falling  []movingRow
}

// adviceSection is one kind of advice with its rule.
type adviceSection struct {
	workspace.AdviceKind
	Rows  []adviceRow
	Empty string // why there is none
	More  string // the rest of this kind
	Pager pager
}

// adviceRow is one thing to do.
type adviceRow struct {
	workspace.Advice
	Class string
	Href  string
	Add   string // the form of a new entry, filled in
	Edit  string
}

type movingRow struct {
	workspace.Moving
	FromShare, ToShare string
}

// adviceShown is how much of each kind the page of all kinds shows.
const adviceShown = 10

func (p *Pages) health(r *http.Request, q *asked) (answer, error) {
	hq := workspace.HealthQuery{Kind: q.query.Get("kind"), Sector: q.query.Get("sector"), Limit: adviceShown}
	pageNo, _ := strconv.Atoi(q.query.Get("page")) // anything but a number: page 1
	if hq.Kind != "" {
		hq.Limit, hq.Offset = perPage, max(0, min(pageNo, 10_000)-1)*perPage
	}
	if q.format != "html" {
		hq.Limit, hq.Offset = 10_000, 0
	}
	h, err := p.ws.Health(r.Context(), hq)
	if err != nil {
		return answer{}, err
	}
	pg := &healthPage{H: h, Kind: hq.Kind, Sector: hq.Sector, Action: q.path, Back: q.with("page", q.query.Get("page"))}
	pg.Title, pg.Tab = "指标库体检", "health"
	if pg.Sample, err = p.sampled(r, q); err != nil {
		return answer{}, err
	}
	pg.Tiles = []tile{
		{Label: "库里", Figure: count(h.Entries), Unit: "条", Note: "其中表上用过 " + count(h.Used) + " 条，" + percent(h.Used, h.Entries)},
		{Label: "已导入的项目", Figure: count(h.Projects), Unit: "个", Note: "体检按它们的表单来算"},
		{Label: "对上的写法", Figure: percent(h.Matched.Part, h.Matched.Of), Note: count(h.Matched.Part) + " / " + count(h.Matched.Of) + " 种写法"},
		{Label: "对上的指标行", Figure: percent(h.Lines.Part, h.Lines.Of), Note: count(h.Lines.Part) + " / " + count(h.Lines.Of) + " 行"},
	}
	if q.format == "html" {
		l, err := p.ws.Library(r.Context(), workspace.LibraryQuery{Limit: 1})
		if err != nil {
			return answer{}, err
		}
		for _, s := range l.Sectors {
			pg.Sectors = append(pg.Sectors, choice{Word: s.Name, Value: s.Name, Current: s.Name == hq.Sector})
		}
	}
	all := 0
	for _, k := range h.Kinds {
		all += k.Total
	}
	pg.Kinds = []choice{{Word: "全部", N: all, Href: q.with("kind", ""), Current: hq.Kind == ""}}
	for _, k := range h.Kinds {
		pg.Kinds = append(pg.Kinds, choice{Word: k.Label, Value: k.Kind, N: k.Total, Href: q.with("kind", k.Kind), Current: k.Kind == hq.Kind})
		if hq.Kind == "" || hq.Kind == k.Kind {
			pg.Sections = append(pg.Sections, adviceOf(q, k, h.Advice, hq.Kind != ""))
		}
	}
	pg.Rising, pg.Falling = movingRows(h.Rising), movingRows(h.Falling)
	table := func() [][]string {
		t := [][]string{{"kind", "id", "name", "other", "other_name", "sector", "level2", "unit", "projects", "reason", "names"}}
		for _, a := range h.Advice {
			t = append(t, []string{a.Kind, a.ID, a.Name, a.Other, a.OtherName, a.Sector, a.Level2, a.Unit, strconv.Itoa(a.Projects), a.Reason, strings.Join(a.Names, "；")})
		}
		return t
	}
	return answer{value: h, table: table, tmpl: p.tmpl["health"], page: pg}, nil
}

// adviceEmpty says what it means that there is no advice of a kind.
var adviceEmpty = map[string]string{"merge": "没有看起来重复的指标。", "retire": "没有该停用的：要么用得上，要么同类项目太少，还说不准。", "quantify": "没有总写成文字的指标。", "add": "没有多个项目用过而库里没有的指标。"}

func adviceOf(q *asked, k workspace.AdviceKind, list []workspace.Advice, alone bool) adviceSection {
	s := adviceSection{AdviceKind: k, Empty: adviceEmpty[k.Kind]}
	for _, a := range list {
		if a.Kind != k.Kind {
			continue
		}
		row := adviceRow{Advice: a, Class: short(a.Level2)}
		if a.ID != "" {
			row.Href, row.Edit = "/library/"+a.ID, "/library/"+a.ID+"/edit"
		} else {
			row.Add = addHref(a.Name, a.Level2, a.Sector, a.Unit, a.Names)
		}
		s.Rows = append(s.Rows, row)
	}
	if alone {
		s.Pager.set(q, k.Total, "条")
	} else if k.Total > len(s.Rows) {
		s.More = q.with("kind", k.Kind)
	}
	return s
}

func movingRows(list []workspace.Moving) []movingRow {
	out := make([]movingRow, 0, len(list))
	for _, m := range list {
		out = append(out, movingRow{m, percent(m.From.Projects, m.From.All), percent(m.To.Projects, m.To.All)})
	}
	return out
}
