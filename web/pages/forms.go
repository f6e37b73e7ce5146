package pages

import (
	"net/http"
	"strconv"

	"yardstick"
	"yardstick/workspace"
)

// formsPage is the list of 表单: main of forms.tmpl.
type formsPage struct {
	shell
	List    workspace.FormList
	Rows    []formRow
	Kinds   []choice
	Years   []choice
	Depts   []choice
	Sectors []choice
	Text    string
	Doubt   bool
	Active  []choice // filters in force, each with the address without it
	Action  string
	Pager   pager
	None    bool // nothing was ever imported
}

// formRow is one form in a list.
type formRow struct {
	workspace.FormHead
	Kind  string
	Year  string
	Badge bool // made up, in a list that also has real ones
}

func formRows(list []workspace.FormHead) []formRow {
	rows := make([]formRow, 0, len(list))
	real := false
	for _, h := range list {
		real = real || !h.Sample
	}
	for _, h := range list {
		switch {
		case h.Project != "":
		case h.Unit != "": // a department's form has no project
			h.Project, h.Unit = h.Unit, ""
		case h.Department != "":
			h.Project = h.Department
		default:
			h.Project = "（没有写项目名称）"
		}
		rows = append(rows, formRow{h, h.Kind.Title(), year(h.Year), h.Sample && real})
	}
	return rows
}

// formQuery reads the filters of an address.
func formQuery(q *asked) workspace.FormQuery {
	y, _ := strconv.Atoi(q.query.Get("year")) // anything but a year: no filter
	page, _ := strconv.Atoi(q.query.Get("page"))
	return workspace.FormQuery{Year: y, Kind: yardstick.FormKind(q.query.Get("form")), Department: q.query.Get("department"), Sector: q.query.Get("sector"),
		Text: q.query.Get("text"), Doubt: q.query.Get("doubt") != "", Limit: perPage, Offset: max(0, min(page, 1_000_000)-1) * perPage}
}

// exported is how many rows a table's csv has at most.
const exported = 10_000

func (p *Pages) forms(r *http.Request, q *asked) (answer, error) {
	fq := formQuery(q)
	if q.format == "csv" {
		fq.Limit, fq.Offset = exported, 0
	}
	list, err := p.ws.Forms(r.Context(), fq)
	if err != nil {
		return answer{}, err
	}
	pg := &formsPage{List: list, Rows: formRows(list.Forms), Text: fq.Text, Doubt: fq.Doubt, Action: q.path}
	pg.Title, pg.Sample = "表单", list.Sample
	pg.Pager.set(q, list.Total, "份")
	drop := func(name, value, word string) {
		if value != "" {
			pg.Active = append(pg.Active, choice{Word: word, Href: q.with(name, "")})
		}
	}
	for _, y := range list.Years {
		pg.Years = append(pg.Years, choice{Word: strconv.Itoa(y), Value: strconv.Itoa(y), Current: y == fq.Year})
	}
	for _, k := range kinds {
		pg.Kinds = append(pg.Kinds, choice{Word: k.Title(), Value: string(k), Current: k == fq.Kind})
	}
	pg.Depts, pg.Sectors = options(list.Departments, fq.Department), options(list.Sectors, fq.Sector)
	if fq.Year != 0 {
		drop("year", strconv.Itoa(fq.Year), strconv.Itoa(fq.Year)+" 年")
	}
	drop("form", string(fq.Kind), fq.Kind.Title())
	drop("department", fq.Department, fq.Department)
	drop("sector", fq.Sector, fq.Sector)
	drop("text", fq.Text, "含“"+fq.Text+"”")
	drop("doubt", q.query.Get("doubt"), "有提醒")
	pg.None = list.Total == 0 && len(pg.Active) == 0
	table := func() [][]string {
		t := [][]string{{"id", "form", "year", "project", "unit", "department", "sector", "full_year", "total_score", "lines", "doubts", "file", "sheet", "sample"}}
		for _, h := range list.Forms {
			t = append(t, []string{h.ID, string(h.Kind), plainInt(h.Year), h.Project, h.Unit, h.Department, h.Sector, plain(h.FullYear), plain(h.TotalScore),
				strconv.Itoa(h.Lines), strconv.Itoa(h.Doubts), h.File, h.Sheet, strconv.FormatBool(h.Sample)})
		}
		return t
	}
	return answer{value: list, table: table, tmpl: p.tmpl["forms"], page: pg, fragment: "found"}, nil
}

// options are the choices of a select; a value that is not offered any more
// is kept, so that the filter shows what it does.
func options(list []string, now string) []choice {
	out := make([]choice, 0, len(list)+1)
	known := now == ""
	for _, s := range list {
		if s == "" {
			continue
		}
		out = append(out, choice{Word: s, Value: s, Current: s == now})
		known = known || s == now
	}
	if !known {
		out = append(out, choice{Word: now, Value: now, Current: true})
	}
	return out
}

// plain writes a number for files: no separators, "" for none.
func plain(v *float64) string {
	if v == nil {
		return ""
	}
	return strconv.FormatFloat(*v, 'f', -1, 64)
}

func plainInt(v *int) string {
	if v == nil {
		return ""
	}
	return strconv.Itoa(*v)
}
