package pages

import (
	"net/http"
	"strconv"

	"yardstick/workspace"
)

// draftsPage is the list of drafts: main of drafts.tmpl.
type draftsPage struct {
	shell
	Deleted bool // shows those that were put away
	Rows    []draftListRow
	Pager   pager
	Total   int
	Others  int // how many the other list has
}

type draftListRow struct {
	workspace.DraftHead
	Name string
	Path string
	Y    string
}

// drafts lists what is being drafted, latest first.
func (p *Pages) drafts(r *http.Request, q *asked) (answer, error) {
	deleted := q.query.Get("deleted") != ""
	list, err := p.ws.Drafts(r.Context(), deleted)
	if err != nil {
		return answer{}, err
	}
	others, err := p.ws.Drafts(r.Context(), !deleted)
	if err != nil {
		return answer{}, err
	}
	pg := &draftsPage{Deleted: deleted, Total: len(list), Others: len(others)}
	pg.Title = "目标编制"
	from, to := pg.Pager.set(q, len(list), "份")
	for _, d := range list[from:to] {
		row := draftListRow{DraftHead: d, Name: d.Project, Path: draftPath(d.ID), Y: year(&d.Year)}
		if row.Name == "" {
			row.Name = "没有写名称的草稿"
		}
		pg.Sample = pg.Sample || d.Sample
		pg.Rows = append(pg.Rows, row)
	}
	table := func() [][]string {
		t := [][]string{{"id", "project", "unit", "year", "budget", "lines", "points", "updated", "revision"}}
		for _, d := range list {
			t = append(t, []string{d.ID, d.Project, d.Unit, year(&d.Year), money(d.Budget), strconv.Itoa(d.Lines), figure(d.Points), d.Updated.Format("2006-01-02T15:04:05Z07:00"), strconv.Itoa(d.Revision)})
		}
		return t
	}
	return answer{value: list, table: table, tmpl: p.tmpl["drafts"], page: pg}, nil
}

// draftDelete puts a draft away, or brings it back.
func (p *Pages) draftDelete(restore bool) func(w http.ResponseWriter, r *http.Request) (string, error) {
	return func(w http.ResponseWriter, r *http.Request) (string, error) {
		d, err := p.ws.DeleteDraft(r.Context(), r.PathValue("id"), restore)
		if err != nil {
			return "", err
		}
		name := d.Body.Project
		if name == "" {
			name = "没有写名称的草稿"
		}
		if restore {
			say(w, toast{Text: "已取回“" + name + "”。"})
		} else {
			say(w, toast{Text: "已删除“" + name + "”，随时可以取回。", Undo: draftPath(d.ID) + "/restore"})
		}
		return "/drafts", nil
	}
}
