package pages

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"yardstick"
	"yardstick/workspace"
)

// changesPage is 我的库: main of changes.tmpl.
type changesPage struct {
	shell
	Version  int // 0: as shipped
	Rows     []changeRow
	Prev     string
	Next     string
	From, To string   // rows shown
	Entry    string   // only changes of this one
	Counts   []choice // entries that are not as shipped
	Versions []choice
	Back     string
	FileMB   int64
}

func (p *Pages) changes(r *http.Request, q *asked) (answer, error) {
	page, err := strconv.Atoi(q.query.Get("page"))
	if err != nil || page < 1 {
		page = 1
	}
	page = min(page, 10_000)
	entry := q.query.Get("entry")
	limit, offset := changesPerPage+1, (page-1)*changesPerPage // one more tells whether there is a next page
	if q.format != "html" {
		limit, offset = 0, 0
	}
	list, err := p.ws.Changes(r.Context(), entry, limit, offset)
	if err != nil {
		return answer{}, err
	}
	pg := &changesPage{Entry: entry, Back: q.with("page", q.query.Get("page")), FileMB: p.desk.Options().FileBytes >> 20}
	pg.Title, pg.Tab = "我的库 · 指标库", "changes"
	if page > 1 {
		pg.Prev = q.with("page", strconv.Itoa(page-1))
	}
	shown := list
	if len(list) > changesPerPage && q.format == "html" {
		shown, pg.Next = list[:changesPerPage], q.with("page", strconv.Itoa(page+1))
	}
	pg.Rows = changeRows(shown)
	pg.From, pg.To = count(offset+1), count(offset+len(shown))
	if q.format == "html" {
		if err := p.countOwn(r, pg); err != nil {
			return answer{}, err
		}
	}
	table := func() [][]string {
		t := [][]string{{"id", "version", "at", "source", "origin", "entry", "name", "action", "field", "from", "to", "note", "undoes", "undone"}}
		for _, c := range list {
			fields := c.Fields
			if len(fields) == 0 {
				fields = []workspace.FieldChange{{}}
			}
			for _, f := range fields {
				t = append(t, []string{strconv.Itoa(c.ID), strconv.Itoa(c.Version), c.At.Format(time.RFC3339), c.Source, c.Origin, c.Entry, c.Name, c.Action, f.Field, f.From, f.To, c.Note,
					strconv.Itoa(c.Undoes), strconv.FormatBool(c.Undone)})
			}
		}
		return t
	}
	return answer{value: list, table: table, tmpl: p.tmpl["changes"], page: pg}, nil
}

// countOwn counts what is not as shipped.
func (p *Pages) countOwn(r *http.Request, pg *changesPage) error {
	for _, c := range []struct {
		query workspace.LibraryQuery
		href  string
		word  string
	}{
		{workspace.LibraryQuery{Origin: "own", Limit: 1}, "/library?origin=own", "本局自建"},
		{workspace.LibraryQuery{Origin: "edited", Limit: 1}, "/library?origin=edited", "改过随附的"},
		{workspace.LibraryQuery{Retired: true, Limit: 1}, "/library?retired=1", "已停用"},
	} {
		l, err := p.ws.Library(r.Context(), c.query)
		if err != nil {
			return err
		}
		if l.Total > 0 {
			pg.Counts = append(pg.Counts, choice{Word: c.word, Href: c.href, N: l.Total})
		}
		pg.Version = l.Version
	}
	pg.Versions = versions(pg.Version, "current")
	return nil
}

// versions are the states of the library that can be compared.
func versions(last int, now string) []choice {
	out := []choice{{Word: "随软件发布", Value: "shipped", Current: now == "shipped"}}
	for v := 1; v <= last; v++ {
		s := strconv.Itoa(v)
		out = append(out, choice{Word: "第 " + s + " 版", Value: s, Current: now == s})
	}
	return append(out, choice{Word: "现行", Value: "current", Current: now == "current"})
}

// changeUndo takes a change back, or several made at once: 12-13, latest first.
func (p *Pages) changeUndo(w http.ResponseWriter, r *http.Request) (string, error) {
	r.Body = http.MaxBytesReader(w, r.Body, 64<<10)
	var c workspace.Change
	for _, one := range slices.Backward(strings.Split(r.PathValue("id"), "-")) {
		id, err := strconv.Atoi(one)
		if err != nil {
			return "", &yardstick.Error{Kind: yardstick.NotFound, Op: "pages.changeUndo", Msg: "没有这次改动。从“我的库”里重新打开。", Err: err}
		}
		if c, err = p.ws.UndoChange(r.Context(), id, "page"); err != nil {
			return "", err
		}
	}
	say(w, toast{Text: "已撤销对“" + c.Name + "”的改动；记录里两次都留着。"})
	to := back(r, "/library/changes")
	if strings.HasPrefix(to, "/library/"+c.Entry) { // what was added and is taken back has no page any more
		if _, err := p.ws.Indicator(r.Context(), c.Entry); err != nil {
			to = "/library/changes"
		}
	}
	return to, nil
}

// diffPage compares two states of the library: main of diff.tmpl.
type diffPage struct {
	shell
	diffView
	From, To []choice
}

// diffView is what differs, the first rows of each kind: the template differs.
type diffView struct {
	D       workspace.LibraryDiff
	Added   []workspace.Entry
	Removed []workspace.Entry
	Changed []workspace.EntryDiff
	Same    bool
	Cut     bool // there are more rows
}

func newDiffView(d workspace.LibraryDiff) diffView {
	v := diffView{D: d, Added: d.Added[:min(len(d.Added), diffShown)], Removed: d.Removed[:min(len(d.Removed), diffShown)], Changed: d.Changed[:min(len(d.Changed), diffShown)]}
	v.Same = len(d.Added)+len(d.Removed)+len(d.Changed) == 0
	v.Cut = len(v.Added) < len(d.Added) || len(v.Removed) < len(d.Removed) || len(v.Changed) < len(d.Changed)
	return v
}

// diffShown is how many entries of each kind a page shows.
const diffShown = 100

func (p *Pages) diff(r *http.Request, q *asked) (answer, error) {
	from, to := q.query.Get("from"), q.query.Get("to")
	if from == "" {
		from = "shipped"
	}
	if to == "" {
		to = "current"
	}
	d, err := p.ws.DiffLibrary(r.Context(), from, to)
	if err != nil {
		return answer{}, err
	}
	l, err := p.ws.Library(r.Context(), workspace.LibraryQuery{Limit: 1})
	if err != nil {
		return answer{}, err
	}
	pg := &diffPage{diffView: newDiffView(d), From: versions(l.Version, from), To: versions(l.Version, to)}
	pg.Title, pg.Tab = "比较两版 · 指标库", "changes"
	table := func() [][]string {
		t := [][]string{{"change", "id", "name", "field", "from", "to"}}
		for _, e := range d.Added {
			t = append(t, []string{"added", e.ID, e.Name, "", "", ""})
		}
		for _, e := range d.Removed {
			t = append(t, []string{"removed", e.ID, e.Name, "", "", ""})
		}
		for _, e := range d.Changed {
			for _, f := range e.Fields {
				t = append(t, []string{"changed", e.ID, e.Name, f.Field, f.From, f.To})
			}
		}
		return t
	}
	return answer{value: d, table: table, tmpl: p.tmpl["diff"], page: pg}, nil
}
