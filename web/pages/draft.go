package pages

import (
	"fmt"
	"net/http"
	"net/url"
	"reflect"
	"strings"

	"yardstick"
	"yardstick/web/fault"
	"yardstick/workspace"
)

// draftAnswer is the JSON twin of 目标编制.
type draftAnswer struct {
	Draft   workspace.DraftView     `json:"draft"`
	Suggest workspace.SuggestResult `json:"suggest"`
}

const draftSource = "page"

// draft shows one kept draft.
func (p *Pages) draft(r *http.Request, q *asked) (answer, error) {
	return p.draftAt(r, q, q.id(r), draftPost{Find: strings.TrimSpace(q.query.Get("q"))}, draftDone{Ask: q.query.Get("ask"), New: q.query.Get("new")})
}

// draftDone is what a button did, for the answer that follows it.
type draftDone struct {
	Said     string // in words
	Undoable bool   // a press takes it back
	Key      string // the row that it was about
	Focus    bool   // the row is new and wants a name
	Ask      string // the format of an export that is asked about first
	New      string // class of an empty row to offer, for those without script
	Copy     string // the draft that the save became, because another window had changed this one
}

// draftAt shows the draft with id; in holds the rows as they were sent, if they
// were.
func (p *Pages) draftAt(r *http.Request, q *asked, id string, in draftPost, done draftDone) (answer, error) {
	ctx := r.Context()
	d, err := p.ws.Draft(ctx, id)
	if err != nil {
		return answer{}, err
	}
	var a draftAnswer
	a.Draft = d
	if d.Body.Project != "" || d.Body.Goal != "" {
		if a.Suggest, err = p.ws.Suggest(ctx, suggestFor(d.Body)); err != nil {
			return answer{}, fmt.Errorf("suggest: %w", err)
		}
	}
	if q.format == "json" {
		return answer{value: a}, nil
	}
	pg := p.draftView(a, in, done)
	if err := p.draftChoices(r, pg); err != nil {
		return answer{}, err
	}
	if in.Find != "" {
		if pg.Found, err = p.found(r, pg, in.Find); err != nil {
			return answer{}, err
		}
	}
	ans := answer{value: a, tmpl: p.tmpl["draft"], page: pg, fragment: "main", table: func() [][]string { return draftTable(d.Body) }}
	if k := in.unread(); k > 0 {
		ans.status = http.StatusUnprocessableEntity
		pg.Said, pg.Undoable = count(k)+" 格不是数，没有存上。", false
	}
	return ans, nil
}

// suggestFor asks for enough that dismissing some leaves a list.
func suggestFor(b workspace.DraftBody) workspace.SuggestRequest {
	const shown = 20
	req := workspace.SuggestRequest{Project: b.Project, Unit: b.Unit, Year: b.Year, Type: b.Type, Sector: b.Sector, Department: b.Department, Goal: b.Goal, Budget: b.Budget, RuleSet: b.RuleSet,
		Limit: shown + min(len(b.Dismissed), shown)}
	for _, l := range b.Lines {
		req.Have = append(req.Have, l.Name)
	}
	return req
}

func draftTable(b workspace.DraftBody) [][]string {
	t := [][]string{{"level1", "level2", "name", "comparison", "target", "unit", "weight", "basis", "note"}}
	for _, l := range b.Lines {
		w := ""
		if l.Weight != nil {
			w = typed(*l.Weight)
		}
		t = append(t, []string{l.Level1, l.Level2, l.Name, l.Comparison, l.Target, l.Unit, w, l.Basis, l.Note})
	}
	return t
}

// draftSave keeps what was typed, does what a button asks, and answers with the
// page: as it is for script, by a redirect without.
func (p *Pages) draftSave(w http.ResponseWriter, r *http.Request) (answer, error) {
	id, q := r.PathValue("id"), p.asked(r)
	r.Body = http.MaxBytesReader(w, r.Body, 2<<20)
	if err := r.ParseForm(); err != nil {
		return answer{}, fault.New(http.StatusRequestEntityTooLarge, yardstick.Invalid, "这份草稿太大，没有保存。目标和说明各不超过 4,000 字。")
	}
	in := readDraft(r.PostForm)
	done, err := p.draftDo(r, id, &in)
	if done.Copy != "" { // kept, as a copy: the page goes on with it
		id, err = done.Copy, nil
	}
	if err != nil {
		return answer{}, err
	}
	switch op := in.Do.Get("op"); {
	case op == "export" && done.Ask == "":
		return answer{to: draftPath(id) + "/export." + formatOf(in.Do.Get("f"))}, nil
	case q.fragment:
		return p.draftAt(r, q, id, in, done)
	case in.unread() > 0:
		return p.draftAt(r, q, id, in, done)
	}
	if done.Said != "" {
		say(w, toast{Text: done.Said})
	}
	return answer{to: done.address(id, in)}, nil
}

// address is where the page goes on without script.
func (d draftDone) address(id string, in draftPost) string {
	v := url.Values{}
	for k, s := range map[string]string{"q": in.Find, "ask": d.Ask} {
		if s != "" {
			v.Set(k, s)
		}
	}
	to, at := draftPath(id), ""
	switch {
	case d.Ask != "":
		at = "#export"
	case d.Focus:
		v.Set("new", in.Do.Get("a"))
		at = "#new"
	case in.Find != "":
		at = "#found"
	case strings.Contains(" add pick skip back ", " "+in.Do.Get("op")+" "):
		at = "#sugs"
	case in.Do.Get("op") != "" && in.Do.Get("op") != "save":
		at = "#form"
	}
	if len(v) > 0 {
		to += "?" + v.Encode()
	}
	return to + at
}

func draftPath(id string) string { return "/drafts/" + url.PathEscape(id) }

// draftDo keeps the draft and does what the button asks.
func (p *Pages) draftDo(r *http.Request, id string, in *draftPost) (done draftDone, err error) {
	ctx, op := r.Context(), in.Do.Get("op")
	switch op {
	case "undo", "redo":
		return p.draftUndo(r, id, in)
	case "weigh":
		res, err := p.ws.Weigh(ctx, workspace.WeighRequest{RuleSet: in.Body.RuleSet, Sector: in.Body.Sector, Project: in.Body.Project, Department: in.Body.Department, Goal: in.Body.Goal,
			Lines: in.Body.Lines, Keep: in.Do.Get("keep") != ""})
		if err != nil {
			return done, fmt.Errorf("weigh: %w", err)
		}
		in.weigh(res)
		done.Said = "已按惯例分配权重，合计 " + figure(res.Total) + " 分。" + res.Note
		done.Undoable = true
	case "pick":
		line, err := p.pickedLine(r, in)
		if err != nil {
			return done, err
		}
		in.Do = url.Values{"op": {"pick"}}
		done.Key, done.Said, in.Find = in.insert(line, ""), "已加入“"+line.Name+"”。", ""
		done.Undoable = true
	default:
		gone := in.nameOf(in.Do.Get("k"))
		name, was := cleaned(in.Do.Get("n")), in.find(in.Do.Get("k"))
		if done.Key, _ = in.edit(); op == "add" && done.Key != "" {
			done.Said, done.Undoable = "已加入“"+name+"”。", true
		}
		if op == "del" && gone != "" {
			done.Said, done.Undoable = "已删除“"+gone+"”。", true
		}
		if (op == "up" || op == "down") && in.find(in.Do.Get("k")) == was {
			done.Said = "已在这一类的一端。"
		}
		done.Focus = op == "new"
	}
	if done.Copy, err = p.keep(r, id, in); err != nil || op != "export" || in.Do.Get("sure") != "" {
		return done, err
	}
	d, err := p.ws.Draft(ctx, id)
	if err != nil {
		return done, err
	}
	if d.Review.Must > 0 {
		done.Ask = formatOf(in.Do.Get("f"))
	}
	return done, nil
}

// keep saves what was sent. Where another window was first, copy is the draft
// that it was kept as.
func (p *Pages) keep(r *http.Request, id string, in *draftPost) (copy string, err error) {
	d, err := p.ws.SaveDraft(r.Context(), id, workspace.DraftSave{Revision: in.Revision, Body: in.Body, Source: draftSource})
	if err != nil && yardstick.KindOf(err) == yardstick.Conflict && d.CopyOf == id {
		return d.ID, err
	}
	return "", err
}

// weigh takes the proposed weights over.
func (in *draftPost) weigh(res workspace.WeighResult) {
	k := 0
	for i := range in.Rows {
		if in.Rows[i].blank() {
			continue
		}
		if k < len(res.Weights) {
			points := res.Weights[k].Points
			in.Rows[i].Line.Weight, in.Rows[i].Bad = &points, ""
		}
		k++
	}
	in.settle()
}

// draftUndo goes a revision back or forth. What was typed since the last save
// is kept as a revision before, so that redo brings it back.
func (p *Pages) draftUndo(r *http.Request, id string, in *draftPost) (done draftDone, err error) {
	redo := in.Do.Get("op") == "redo"
	d, err := p.ws.Draft(r.Context(), id)
	if err != nil {
		return done, err
	}
	if !redo && in.Revision == d.Revision && !reflect.DeepEqual(draftTable(in.Body), draftTable(d.Body)) {
		if done.Copy, err = p.keep(r, id, in); err != nil {
			return done, err
		}
	}
	if redo && !d.CanRedo || !redo && !d.CanUndo {
		done.Said = "没有可撤销的改动。"
		if redo {
			done.Said = "没有可重做的改动。"
		}
		return done, nil
	}
	_, err = p.ws.UndoDraft(r.Context(), id, redo)
	*in = draftPost{Do: in.Do, Find: in.Find}
	done.Said = "已撤销。"
	if redo {
		done.Said = "已重做。"
	}
	return done, err
}

// pickedLine is the line of a library entry, with the value that is usual for it.
func (p *Pages) pickedLine(r *http.Request, in *draftPost) (workspace.DraftLine, error) {
	v, err := p.ws.Indicator(r.Context(), in.Do.Get("e"))
	if err != nil {
		return workspace.DraftLine{}, err
	}
	b := in.Body
	res, err := p.ws.Value(r.Context(), workspace.ValueRequest{Project: b.Project, Unit: b.Unit, Department: b.Department, Sector: b.Sector, Goal: b.Goal, Budget: b.Budget, Year: b.Year,
		Name: v.Name, Level1: v.Level1, Level2: v.Level2})
	if err != nil {
		return workspace.DraftLine{}, fmt.Errorf("value: %w", err)
	}
	l := proposedLine(v.Name, v.Level1, v.Level2, v.ID, res.Proposed, res.Weight)
	if l.Unit == "" {
		l.Unit = v.Entry.Unit
	}
	if l.Target == "" && v.Entry.Comparison != "" {
		l.Comparison = v.Entry.Comparison
	}
	return l, nil
}

func formatOf(s string) string {
	if s == "docx" {
		return s
	}
	return "xlsx"
}

// draftExport hands the official form over.
func (p *Pages) draftExport(format string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		doc, err := p.ws.ExportDraft(r.Context(), r.PathValue("id"), format)
		if err != nil {
			p.fail(w, r, p.asked(r), err)
			return
		}
		attach(w, doc)
	}
}

// attach sends a document as a file to keep.
func attach(w http.ResponseWriter, doc workspace.Document) {
	h := w.Header()
	h.Set("Content-Type", doc.Type)
	h.Set("Content-Disposition", `attachment; filename*=UTF-8''`+url.PathEscape(doc.Name))
	h.Set("Cache-Control", "private, no-store")
	_, _ = doc.WriteTo(w) // the client has gone: nobody to tell
}
