package pages

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"yardstick"
	"yardstick/workspace"
)

// overviewPage is 总览: main of overview.tmpl.
type overviewPage struct {
	shell
	O         workspace.Overview
	CanSample bool
	Gaps      int // cells of Cover with a gap
	Sources   []batchRow
	Sectors   []sectorLink
	Agencies  []agencyLink
	Cover     cover
}

type sectorLink struct {
	workspace.SectorCount
	Href string
}

type agencyLink struct {
	workspace.AgencyCount
	Href string
}

// batchRow is a batch with its outcome in a word.
type batchRow struct {
	workspace.BatchSummary
	Result shape
	From   string // how it came in
}

// sources say how a batch came in.
var sources = map[string]string{"page": "页面", "cli": "命令行", "api": "接口", "demo": "示例", "table": "批量表"}

// agenciesShown is how many units the first page lists.
const agenciesShown = 8

func batchRows(list []workspace.BatchSummary) []batchRow {
	rows := make([]batchRow, 0, len(list))
	for _, b := range list {
		r := batchRow{b, shape{"ok", "全部入库"}, orDash(sources[b.Source])}
		switch {
		case b.Rejected > 0 && b.Forms == 0:
			r.Result = shape{"warn", "未入库"}
		case b.Rejected > 0:
			r.Result = shape{"watch", "部分入库"}
		}
		rows = append(rows, r)
	}
	return rows
}

// cover is the table of what was received: form kinds by years.
type cover struct {
	Years []string
	Rows  []coverRow
}

type coverRow struct {
	Kind  string
	Cells []coverCell
}

type coverCell struct{ Class, Text, Note string }

// kinds in the order of the year's work.
var kinds = []yardstick.FormKind{yardstick.Target, yardstick.Monitoring, yardstick.SelfEvaluation, yardstick.DepartmentTarget, yardstick.DepartmentSelfEvaluation}

func coverage(received []workspace.Received) (c cover, gaps int) {
	years := map[int]bool{}
	at := map[yardstick.FormKind]map[int]workspace.Received{}
	for _, r := range received {
		years[r.Year] = true
		if at[r.Kind] == nil {
			at[r.Kind] = map[int]workspace.Received{}
		}
		at[r.Kind][r.Year] = r
	}
	order := make([]int, 0, len(years))
	for y := range years {
		order = append(order, y)
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(max(a, 10_000*b2i(a == 0)), max(b, 10_000*b2i(b == 0))) }) // no year last
	for _, y := range order {
		if y == 0 {
			c.Years = append(c.Years, "没写年度")
		} else {
			c.Years = append(c.Years, strconv.Itoa(y))
		}
	}
	for _, k := range kinds {
		if at[k] == nil {
			continue
		}
		row := coverRow{Kind: k.Title()}
		for _, y := range order {
			cell := coverOf(at[k][y])
			if cell.Class == "gap" {
				gaps++
			}
			row.Cells = append(row.Cells, cell)
		}
		c.Rows = append(c.Rows, row)
	}
	return c, gaps
}

// coverOf shades a cell by the share received. Without any form of another
// kind in that year nothing is known to be missing.
func coverOf(r workspace.Received) coverCell {
	of := r.Forms + r.Missing
	switch {
	case of == 0:
		return coverCell{"off", missing, ""}
	case r.Forms == 0:
		return coverCell{"gap", "0 / " + count(of), "缺"}
	case r.Missing == 0:
		return coverCell{"h5", count(r.Forms), ""}
	}
	class := "h" + strconv.Itoa(min(4, 1+4*r.Forms/of))
	return coverCell{class, count(r.Forms) + " / " + count(of), percent(r.Forms, of)}
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

func (p *Pages) overview(r *http.Request, q *asked) (answer, error) {
	o, err := p.ws.Overview(r.Context())
	if err != nil {
		return answer{}, err
	}
	pg := &overviewPage{O: o, Sources: batchRows(o.Sources)}
	pg.Title, pg.Sample = "总览", o.Sample
	_, pg.CanSample = p.ws.(Sampler)
	pg.Cover, pg.Gaps = coverage(o.Received)
	for _, s := range o.Sectors {
		pg.Sectors = append(pg.Sectors, sectorLink{s, "/forms?" + url.Values{"sector": {s.Sector}}.Encode()})
	}
	for _, a := range o.Agencies[:min(len(o.Agencies), agenciesShown)] {
		pg.Agencies = append(pg.Agencies, agencyLink{a, "/forms?" + url.Values{"department": {a.Name}}.Encode()})
	}
	return answer{value: o, tmpl: p.tmpl["overview"], page: pg}, nil
}

// sample loads the demonstration data.
func (p *Pages) sample(_ http.ResponseWriter, r *http.Request) (string, error) {
	s, ok := p.ws.(Sampler)
	if !ok {
		return "", &yardstick.Error{Kind: yardstick.NotFound, Op: "pages.sample", Msg: "这个工作区不带示例数据。"}
	}
	if _, err := s.LoadSample(r.Context()); err != nil {
		return "", fmt.Errorf("load sample: %w", err)
	}
	return "/", nil
}
