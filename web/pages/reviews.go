package pages

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"yardstick"
	"yardstick/web/intake"
	"yardstick/workspace"
)

// reviewsPage is 目标审核: main of reviews.tmpl.
type reviewsPage struct {
	shell
	Active   []runView
	Rounds   []roundRow
	Total    int
	Open     int // forms without a decision
	Rules    *workspace.RuleSet
	Stored   int // target forms in the warehouse
	Kinds    []choice
	Years    []choice
	Depts    []choice
	FileMB   int
	TotalMB  int
	MaxFiles int
	Pager    pager
}

// roundRow is one round of the list.
type roundRow struct {
	workspace.RoundHead
	Name   string
	Href   string
	From   string
	State  shape
	Delete string // address to POST to
}

// reviewSources say how a round came about.
var reviewSources = map[string]string{"upload": "上传", "page": "上传", "forms": "已导入的表", "cli": "命令行", "api": "接口"}

func roundHref(id string) string { return "/reviews/" + url.PathEscape(id) }

// roundName is the round's title, or what it was made of where it has none.
func (p *Pages) roundName(title, source string, at time.Time) string {
	if title != "" {
		return title
	}
	return orWord(reviewSources[source], "审核") + "，" + p.moment(at)
}

func (p *Pages) roundRow(h workspace.RoundHead) roundRow {
	row := roundRow{RoundHead: h, Name: p.roundName(h.Title, h.Source, h.At), Href: roundHref(h.ID), From: orDash(reviewSources[h.Source]), State: shape{"ok", "审完了"}}
	row.Delete = row.Href + "/delete"
	switch {
	case h.Forms == 0:
		row.State = shape{"na", "没有可审的"}
	case h.Open > 0:
		row.State = shape{"wait", "待处理 " + count(h.Open) + " 份"}
	}
	return row
}

func (p *Pages) reviews(r *http.Request, q *asked, known *atomic.Pointer[workspace.RuleSet]) (answer, error) {
	list, err := p.ws.Rounds(r.Context())
	if err != nil {
		return answer{}, err
	}
	lim := p.desk.Options()
	pg := &reviewsPage{Total: len(list), FileMB: int(lim.FileBytes >> 20), TotalMB: int(lim.TotalBytes >> 20), MaxFiles: lim.Files}
	pg.Title = "目标审核"
	table := func() [][]string {
		t := [][]string{{"round", "at", "title", "source", "sample", "forms", "must", "open"}}
		for _, h := range list {
			t = append(t, []string{h.ID, h.At.Format(time.RFC3339), h.Title, h.Source, strconv.FormatBool(h.Sample), strconv.Itoa(h.Forms), strconv.Itoa(h.Must), strconv.Itoa(h.Open)})
		}
		return t
	}
	a := answer{value: list, table: table, tmpl: p.tmpl["reviews"], page: pg}
	if q.format != "html" {
		return a, nil
	}
	for _, h := range list {
		pg.Open += h.Open
		pg.Sample = pg.Sample || h.Sample
	}
	from, to := pg.Pager.set(q, len(list), "轮")
	for _, h := range list[from:to] {
		pg.Rounds = append(pg.Rounds, p.roundRow(h))
	}
	for _, s := range p.desk.ActiveOf(intake.Review) {
		pg.Active = append(pg.Active, p.reviewRunView(r, s))
	}
	for _, k := range targetKinds {
		forms, err := p.ws.Forms(r.Context(), workspace.FormQuery{Kind: k, Limit: 1})
		if err != nil {
			return answer{}, err
		}
		if forms.Total == 0 {
			continue
		}
		pg.Stored, pg.Sample = pg.Stored+forms.Total, pg.Sample || forms.Sample
		pg.Kinds = append(pg.Kinds, choice{Word: k.Title(), Value: string(k), N: forms.Total})
		if pg.Years == nil {
			for _, y := range forms.Years {
				pg.Years = append(pg.Years, choice{Word: strconv.Itoa(y) + " 年", Value: strconv.Itoa(y)})
			}
			pg.Depts = options(forms.Departments, "")
		}
	}
	pg.Rules = p.rulesInForce(r, known)
	return a, nil
}

// targetKinds are the forms that state targets before the year.
var targetKinds = []yardstick.FormKind{yardstick.Target, yardstick.DepartmentTarget}

// rulesInForce names the rules that a review asks: an empty draft is reviewed by
// them, and the answer says which they were. They are those of the build, so once
// is enough; nil while they are not known.
func (p *Pages) rulesInForce(r *http.Request, known *atomic.Pointer[workspace.RuleSet]) *workspace.RuleSet {
	if set := known.Load(); set != nil {
		return set
	}
	empty, err := p.ws.ReviewDraft(r.Context(), workspace.DraftBody{})
	if err != nil || empty.Rules.ID == "" {
		return nil // the page is useful without them
	}
	known.Store(&empty.Rules)
	return &empty.Rules
}

// reviewUpload takes files in, starts their review and leads to its progress.
func (p *Pages) reviewUpload(w http.ResponseWriter, r *http.Request) (string, error) {
	r.Body = http.MaxBytesReader(w, intake.Patient(w, r.Body), p.desk.Options().TotalBytes+1<<20)
	mr, err := r.MultipartReader()
	if err != nil {
		return "", &yardstick.Error{Kind: yardstick.Invalid, Op: "pages.reviewUpload", Msg: "没有收到文件。选好文件或文件夹再审核。", Err: err}
	}
	parcel, err := p.desk.Receive(mr)
	if err != nil {
		intake.Drain(r.Body)
		return "", err
	}
	req := workspace.ReviewRequest{Uploads: parcel.Uploads, Title: roundTitle(parcel), Source: "upload"}
	id := p.desk.StartReview(p.ws, req, len(parcel.Uploads), parcel.Bytes, func() { _ = parcel.Remove() }) // what stays behind goes with the folder
	return roundHref(id), nil
}

// roundTitle is what the person wrote, else the folder that all files lie in,
// else the one file's name; "" where nothing names them.
func roundTitle(parcel *intake.Parcel) string {
	if t := strings.TrimSpace(parcel.Fields["title"]); t != "" {
		return cut(t, longestTitle)
	}
	first := parcel.Uploads[0].Name
	if len(parcel.Uploads) == 1 {
		return cut(first[strings.LastIndex(first, "/")+1:], longestTitle)
	}
	dir, _, in := strings.Cut(first, "/")
	for _, u := range parcel.Uploads {
		if !in || !strings.HasPrefix(u.Name, dir+"/") {
			return ""
		}
	}
	return cut(dir, longestTitle)
}

// longestTitle is how many characters name a round.
const longestTitle = 100

func cut(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return s
}

// reviewStored starts a review of the target forms of the warehouse.
func (p *Pages) reviewStored(_ http.ResponseWriter, r *http.Request) (string, error) {
	if id := r.PostFormValue("form"); id != "" {
		return p.reviewOne(r, id)
	}
	y, _ := strconv.Atoi(r.PostFormValue("year")) // anything but a year: all years
	kind := yardstick.Target
	if k := yardstick.FormKind(r.PostFormValue("kind")); slices.Contains(targetKinds, k) {
		kind = k
	}
	fq := workspace.FormQuery{Kind: kind, Year: y, Department: clip(r.PostFormValue("department")), Text: clip(strings.TrimSpace(r.PostFormValue("text")))}
	one := fq
	one.Limit = 1
	list, err := p.ws.Forms(r.Context(), one)
	if err != nil {
		return "", err
	}
	if list.Total == 0 {
		return "", &yardstick.Error{Kind: yardstick.Invalid, Op: "pages.reviewStored", Msg: "没有符合条件的目标表。换一个年度或部门，或先导入目标申报表。"}
	}
	var title []string
	if y != 0 {
		title = append(title, strconv.Itoa(y)+" 年")
	}
	for _, s := range []string{fq.Department, fq.Text} {
		if s != "" {
			title = append(title, s)
		}
	}
	req := workspace.ReviewRequest{Forms: &fq, Title: cut(strings.Join(append(title, "已导入的"+kind.Title()), " "), longestTitle), Source: "forms"}
	return roundHref(p.desk.StartReview(p.ws, req, list.Total, 0, nil)), nil
}

// reviewOne starts a review of one form of the warehouse.
func (p *Pages) reviewOne(r *http.Request, id string) (string, error) {
	f, err := p.ws.Form(r.Context(), id)
	if err != nil {
		return "", err
	}
	fq := workspace.FormQuery{Kind: f.Kind, Text: deref(f.Project)}
	if f.Year != nil {
		fq.Year = *f.Year
	}
	req := workspace.ReviewRequest{Forms: &fq, Only: []string{f.ID}, Title: cut(deref(f.Project), longestTitle), Source: "forms"}
	return roundHref(p.desk.StartReview(p.ws, req, 1, 0, nil)), nil
}

func (p *Pages) reviewCancel(_ http.ResponseWriter, r *http.Request) (string, error) {
	p.desk.Cancel(r.PathValue("id")) // one that has ended shows its end
	return roundHref(r.PathValue("id")), nil
}

func (p *Pages) roundDelete(w http.ResponseWriter, r *http.Request) (string, error) {
	if err := p.ws.DeleteRound(r.Context(), r.PathValue("id")); err != nil {
		return "", err
	}
	say(w, toast{Text: "已删除这一轮审核和它的文件。已导入的表没有动，需要时重新审核。"})
	return "/reviews", nil
}

// openRounds counts rounds with forms that nobody has decided on, for the
// navigation; trouble with it is not the page's.
func (p *Pages) openRounds(r *http.Request) int {
	list, err := p.ws.Rounds(r.Context())
	if err != nil {
		return 0
	}
	open := 0
	for _, h := range list {
		if h.Open > 0 {
			open++
		}
	}
	return open
}
