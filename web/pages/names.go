package pages

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"yardstick"
	"yardstick/workspace"
)

// namesPage is 写法核对: main of names.tmpl.
type namesPage struct {
	shell
	Total   int
	States  []choice
	State   string
	Text    string
	Entry   string // only those that stand for it
	Sectors []choice
	Active  []choice
	Rows    []nameRow
	Pager   pager
	Action  string
	Back    string
	Export  string
}

// nameRow is one name with what it stands for and what can be said about it.
type nameRow struct {
	workspace.NameRow
	N       int // place on the page, for the picker's id
	Class   string
	Status  shape
	Sure    string
	Known   bool // it stands for an entry
	Others  []otherRow
	Undo    string // takes the decision back
	Decided string // what was decided, when
}

// otherRow is another entry that a name may stand for.
type otherRow struct {
	workspace.NameCandidate
	Key string // what picks it from the keyboard
}

var nameShapes = map[string]string{"matched": "ok", "doubtful": "watch", "unmatched": "na", "decided": "ok"}

// namesPerPage is less than a page of other lists: every row has its buttons.
const namesPerPage = 25

func (p *Pages) names(r *http.Request, q *asked) (answer, error) {
	nq := workspace.NameQuery{State: q.query.Get("state"), Text: strings.TrimSpace(q.query.Get("text")), Sector: q.query.Get("sector"), Entry: q.query.Get("entry"), Limit: namesPerPage}
	pageNo, _ := strconv.Atoi(q.query.Get("page")) // anything but a number: page 1
	nq.Offset = max(0, min(pageNo, 100_000)-1) * namesPerPage
	if q.format == "csv" {
		nq.Limit, nq.Offset = 1000, 0
	}
	list, err := p.ws.Names(r.Context(), nq)
	if err != nil {
		return answer{}, err
	}
	for q.format == "csv" && len(list.Names) < list.Total { // a table is whole
		nq.Offset = len(list.Names)
		more, err := p.ws.Names(r.Context(), nq)
		if err != nil {
			return answer{}, err
		}
		if len(more.Names) == 0 {
			break // names changed meanwhile
		}
		list.Names = append(list.Names, more.Names...)
	}
	if len(list.Names) == 0 && list.Total > 0 { // the last row of a page was decided
		nq.Offset = (list.Total - 1) / namesPerPage * namesPerPage
		if list, err = p.ws.Names(r.Context(), nq); err != nil {
			return answer{}, err
		}
		q.query.Set("page", strconv.Itoa(nq.Offset/namesPerPage+1))
	}
	pg := &namesPage{Total: list.Total, State: nq.State, Text: nq.Text, Entry: nq.Entry, Action: q.path, Back: q.with("page", q.query.Get("page"))}
	pg.Title, pg.Tab = "写法核对 · 指标库", "names"
	if pg.Sample, err = p.sampled(r, q); err != nil {
		return answer{}, err
	}
	pg.Export = (&url.URL{Path: "/library/names/export", RawQuery: q.query.Encode()}).String()
	all := 0
	for _, s := range list.States {
		all += s.Names
	}
	pg.States = []choice{{Word: "全部", N: all, Href: q.with("state", ""), Current: nq.State == ""}}
	labels := map[string]string{}
	for _, s := range list.States {
		labels[s.State] = s.Label
		pg.States = append(pg.States, choice{Word: s.Label, Value: s.State, N: s.Names, Href: q.with("state", s.State), Current: nq.State == s.State})
	}
	if q.format == "html" {
		l, err := p.ws.Library(r.Context(), workspace.LibraryQuery{Limit: 1})
		if err != nil {
			return answer{}, err
		}
		for _, s := range l.Sectors {
			pg.Sectors = append(pg.Sectors, choice{Word: s.Name, Value: s.Name, Current: s.Name == nq.Sector})
		}
	}
	for _, f := range []struct{ field, word string }{{"text", "含“" + nq.Text + "”"}, {"sector", nq.Sector}, {"entry", "对到 " + nq.Entry}} {
		if q.query.Get(f.field) != "" {
			pg.Active = append(pg.Active, choice{Word: f.word, Href: q.with(f.field, "")})
		}
	}
	for i, n := range list.Names {
		pg.Rows = append(pg.Rows, p.nameRow(i, n, labels[n.State]))
	}
	pg.Pager.setBy(q, list.Total, namesPerPage, "种写法")
	table := func() [][]string {
		t := [][]string{{"name", "key", "level1", "level2", "sector", "unit", "forms", "projects", "lines", "state", "entry", "entry_name", "confidence", "method", "reason"}}
		for _, n := range list.Names {
			t = append(t, []string{n.Name, n.Key, n.Level1, n.Level2, n.Sector, n.Unit, strconv.Itoa(n.Forms), strconv.Itoa(n.Projects), strconv.Itoa(n.Lines), n.State, n.Entry, n.EntryName,
				strconv.FormatFloat(n.Confidence, 'f', 4, 64), n.Method, n.Reason})
		}
		return t
	}
	return answer{value: list, table: table, tmpl: p.tmpl["names"], page: pg, fragment: "swap"}, nil
}

// What a row offers besides the entry that the name stands for: how many, and
// from which score. Less likely ones are found by 另选.
const (
	othersShown = 3
	othersFrom  = 0.1
)

func (p *Pages) nameRow(i int, n workspace.NameRow, label string) nameRow {
	row := nameRow{NameRow: n, N: i, Class: class(n.Level1, n.Level2), Status: shape{nameShapes[n.State], label}, Known: n.Entry != ""}
	if row.Known {
		row.Sure = sureness(n.Method, n.Confidence)
	}
	for _, a := range n.Alternatives {
		if len(row.Others) < othersShown && a.ID != n.Entry && a.Score >= othersFrom {
			row.Others = append(row.Others, otherRow{a, strconv.Itoa(len(row.Others) + 1)})
		}
	}
	if d := n.Decision; d != nil {
		row.Undo = fmt.Sprintf("/library/decisions/%d/undo", d.ID)
		row.Decided = p.date(d.At) + " " + verdictWord(*d)
	}
	return row
}

// verdictWord says what was decided.
func verdictWord(d workspace.Decision) string {
	to := d.EntryName
	if to == "" {
		to = d.Entry
	}
	switch d.Verdict {
	case "is":
		return "就是“" + to + "”"
	case "not":
		return "不是“" + to + "”"
	}
	return "库里没有"
}

// decide keeps what a person said about a name. say is "is ID", "not ID",
// "none", or "pick" with the entry in a field of its own.
func (p *Pages) decide(w http.ResponseWriter, r *http.Request) (string, error) {
	r.Body = http.MaxBytesReader(w, r.Body, 64<<10)
	d := workspace.Decision{Name: r.PostFormValue("name"), Sector: r.PostFormValue("sector"), Note: strings.TrimSpace(r.PostFormValue("note")), Source: "page"}
	verdict, id, _ := strings.Cut(r.PostFormValue("say"), " ")
	d.Verdict, d.Entry = verdict, id
	if verdict == "pick" {
		id, err := p.picked(r, r.PostFormValue("entry"))
		if err != nil {
			return "", err
		}
		d.Verdict, d.Entry = "is", id
	}
	list, err := p.ws.Decide(r.Context(), []workspace.Decision{d})
	if err != nil {
		return "", err
	}
	to := back(r, "/library/names")
	for _, d := range list {
		say(w, toast{Text: "记下了：“" + d.Name + "”" + verdictWord(d) + "。", Undo: fmt.Sprintf("/library/decisions/%d/undo", d.ID)})
	}
	return to, nil
}

func (p *Pages) decisionUndo(w http.ResponseWriter, r *http.Request) (string, error) {
	r.Body = http.MaxBytesReader(w, r.Body, 64<<10)
	id, err := strconv.Atoi(r.PathValue("id"))
	if err != nil {
		return "", &yardstick.Error{Kind: yardstick.NotFound, Op: "pages.decisionUndo", Msg: "没有这个决定。从“核对记录”里重新打开。", Err: err}
	}
	if err := p.ws.UndoDecision(r.Context(), id, "page"); err != nil {
		return "", err
	}
	say(w, toast{Text: "已撤销，这个写法重新由系统来对。"})
	return back(r, "/library/decisions"), nil
}

// decisionsPage is the log of decisions: main of decisions.tmpl.
type decisionsPage struct {
	shell
	Rows       []decisionRow
	Prev, Next string
	Back       string
}

type decisionRow struct {
	workspace.Decision
	Word, From, Undo string
}

func (p *Pages) decisions(r *http.Request, q *asked) (answer, error) {
	page, err := strconv.Atoi(q.query.Get("page"))
	if err != nil || page < 1 {
		page = 1
	}
	limit, offset := perPage+1, (min(page, 10_000)-1)*perPage // one more tells whether there is a next page
	if q.format != "html" {
		limit, offset = 0, 0
	}
	list, err := p.ws.Decisions(r.Context(), limit, offset)
	if err != nil {
		return answer{}, err
	}
	pg := &decisionsPage{Back: q.with("page", q.query.Get("page"))}
	pg.Title, pg.Tab = "核对记录 · 指标库", "names"
	if pg.Sample, err = p.sampled(r, q); err != nil {
		return answer{}, err
	}
	if page > 1 {
		pg.Prev = q.with("page", strconv.Itoa(page-1))
	}
	for i, d := range list {
		if i == perPage && q.format == "html" {
			pg.Next = q.with("page", strconv.Itoa(page+1))
			break
		}
		row := decisionRow{Decision: d, Word: verdictWord(d), From: orDash(changeSources[d.Source])}
		if !d.Undone {
			row.Undo = fmt.Sprintf("/library/decisions/%d/undo", d.ID)
		}
		pg.Rows = append(pg.Rows, row)
	}
	table := func() [][]string {
		t := [][]string{{"id", "at", "source", "name", "sector", "verdict", "entry", "entry_name", "note", "undone"}}
		for _, d := range list {
			t = append(t, []string{strconv.Itoa(d.ID), d.At.Format(time.RFC3339), d.Source, d.Name, d.Sector, d.Verdict, d.Entry, d.EntryName, d.Note, strconv.FormatBool(d.Undone)})
		}
		return t
	}
	return answer{value: list, table: table, tmpl: p.tmpl["decisions"], page: pg}, nil
}

// proposalsPage lists concepts that the library lacks: main of proposals.tmpl.
type proposalsPage struct {
	shell
	Rows    []proposalRow
	Sectors []choice
	Sector  string
	Action  string
	Full    bool // there may be more
}

type proposalRow struct {
	workspace.NameProposal
	Class string
	Add   string // the form of a new entry, filled in
	More  int    // members not shown
}

// Limits of the list of proposals.
const (
	proposalsShown = 100
	membersShown   = 8
)

func (p *Pages) proposals(r *http.Request, q *asked) (answer, error) {
	sector := q.query.Get("sector")
	list, err := p.ws.Proposals(r.Context(), sector, proposalsShown)
	if err != nil {
		return answer{}, err
	}
	l, err := p.ws.Library(r.Context(), workspace.LibraryQuery{Limit: 1})
	if err != nil {
		return answer{}, err
	}
	pg := &proposalsPage{Sector: sector, Action: q.path, Full: len(list) == proposalsShown}
	pg.Title, pg.Tab = "可以补充的指标 · 指标库", "names"
	if pg.Sample, err = p.sampled(r, q); err != nil {
		return answer{}, err
	}
	for _, s := range l.Sectors {
		pg.Sectors = append(pg.Sectors, choice{Word: s.Name, Value: s.Name, Current: s.Name == sector})
	}
	for _, c := range list {
		row := proposalRow{NameProposal: c, Class: class(c.Level1, c.Level2), Add: addHref(c.Name, c.Level2, c.Sector, c.Unit, c.Members)}
		if len(c.Members) > membersShown {
			row.More = len(c.Members) - membersShown
			row.Members = c.Members[:membersShown]
		}
		pg.Rows = append(pg.Rows, row)
	}
	table := func() [][]string {
		t := [][]string{{"name", "level1", "level2", "sector", "unit", "projects", "forms", "members", "reason"}}
		for _, c := range list {
			t = append(t, []string{c.Name, c.Level1, c.Level2, c.Sector, c.Unit, strconv.Itoa(c.Projects), strconv.Itoa(c.Forms), strings.Join(c.Members, "；"), c.Reason})
		}
		return t
	}
	return answer{value: list, table: table, tmpl: p.tmpl["proposals"], page: pg, fragment: "found"}, nil
}

// addHref is the form of a new entry with what is known of it. Very many
// spellings would not fit an address: the most used come first.
func addHref(name, level2, sector, unit string, members []string) string {
	aliases := make([]string, 0, len(members))
	for _, m := range members {
		if m != name && len(aliases) < 12 {
			aliases = append(aliases, m)
		}
	}
	v := url.Values{"name": {name}, "aliases": {strings.Join(aliases, "；")}, "level2": {level2}, "sector": {sector}, "unit": {unit}}
	for k := range v {
		if v.Get(k) == "" {
			v.Del(k)
		}
	}
	return "/library/new?" + v.Encode()
}

// exportNames hands out the names to be decided about in a spreadsheet.
func (p *Pages) exportNames(w http.ResponseWriter, r *http.Request) {
	q := p.asked(r)
	nq := workspace.NameQuery{State: q.query.Get("state"), Text: strings.TrimSpace(q.query.Get("text")), Sector: q.query.Get("sector"), Entry: q.query.Get("entry")}
	p.download(w, r, q, "text/csv; charset=utf-8", "写法核对.csv", func(to io.Writer) error { return p.ws.ExportNames(r.Context(), nq, to) })
}

// takenPage says what an imported table of decisions did: main of taken.tmpl.
type takenPage struct {
	shell
	File string
	R    workspace.DecisionsImported
}

// importNames takes over a filled table. It answers with a page instead of a
// redirect, because the rows that could not be taken are nowhere else; sending
// it twice changes nothing.
func (p *Pages) importNames(w http.ResponseWriter, r *http.Request) (answer, error) {
	parcel, err := p.receive(w, r)
	if err != nil {
		return answer{}, err
	}
	defer func() { _ = parcel.Remove() }() // what stays behind goes with the folder
	up := parcel.Uploads[0]
	res, err := p.ws.ImportNames(r.Context(), up.Name, up.Open, "page")
	if err != nil {
		return answer{}, err
	}
	pg := &takenPage{File: up.Name, R: res}
	pg.Title, pg.Tab = "导入核对结果 · 指标库", "names"
	return answer{tmpl: p.tmpl["taken"], page: pg}, nil
}
