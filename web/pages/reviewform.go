package pages

import (
	"context"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"

	"yardstick"
	"yardstick/workspace"
)

// opinionView is the opinion on one form or draft, as round, print and draft
// show it: the templates opinion-head, opinion-table and opinion-findings.
type opinionView struct {
	R        workspace.Review
	Name     string
	Kind     string // of the form, in words
	Points   string
	Advice   shape
	Decided  shape
	Form     string // address of the form in the warehouse, "" if it is not in there
	Marks    []markRow
	Of       string // points of the whole table
	Findings []findingGroup
	Fine     []workspace.ReviewCheck
	Unasked  []workspace.ReviewCheck // could not be checked
	Href     string                  // of the form in its round, "" for a draft
	Query    string
	Copy     bool // an annotated copy can be had
	Sample   bool
	Round    string // name of the round
}

// markRow is one line of the review table; a group's name stands on its first.
type markRow struct {
	workspace.ReviewMark
	First bool
}

// findingGroup is what one rule found on a form: its name and source stand once.
type findingGroup struct {
	Rule, Title, Source, Status string
	Word                        shape
	Rows                        []findingRow
}

// findingRow is one finding as it is shown.
type findingRow struct {
	workspace.Finding
	Where string // line and field in words
	Href  string // of the cell in the form's page
	// Wording is what is proposed to be written, where Do does not say it already.
	Wording string
	ShowN   bool // Why does not say on how many projects it rests
}

// fieldWords name a finding's field.
var fieldWords = map[string]string{
	"name": "指标名称", "comparison": "性质", "target": "目标值", "unit": "计量单位", "weight": "权重", "level1": "一级指标", "level2": "二级指标", "goal": "总体目标", "budget": "预算",
	"project": "项目名称", "form": "整份表",
}

func severity(f workspace.Finding) shape {
	if f.Severity == "must" {
		return shape{"warn", "必改"}
	}
	return shape{"watch", "注意"}
}

func (p *Pages) opinion(round workspace.ReviewRound, it workspace.Review) *opinionView {
	o := opinionOf(it)
	o.Href, o.Sample, o.Round = reviewHref(round.ID, it.ID), round.Sample, p.roundName(round.Title, round.Source, round.At)
	if round.Source == "forms" {
		o.Form = "/forms/" + it.ID
		for _, g := range o.Findings {
			for i, f := range g.Rows {
				if f.Cell != "" {
					g.Rows[i].Href = o.Form + "#c-" + f.Cell
				}
			}
		}
	} else {
		o.Copy = it.File != ""
	}
	return o
}

func opinionOf(it workspace.Review) *opinionView {
	o := &opinionView{R: it, Name: reviewName(it), Kind: yardstick.FormKind(it.Kind).Title(), Points: figure(it.Points), Advice: adviceShape(it.Advice), Decided: verdictShape(it.Decision)}
	var of float64
	for i, m := range it.Marks {
		of += m.Of
		o.Marks = append(o.Marks, markRow{m, i == 0 || it.Marks[i-1].Group != m.Group})
	}
	o.Of = figure(of)
	o.Findings = groupFindings(it.Findings)
	for _, c := range it.Checks {
		switch c.Answer {
		case "ok":
			o.Fine = append(o.Fine, c)
		case "unchecked":
			o.Unasked = append(o.Unasked, c)
		}
	}
	return o
}

// groupFindings puts what one rule found together, by severity, rules in the
// order of their first finding.
func groupFindings(list []workspace.Finding) []findingGroup {
	var out []findingGroup
	for _, f := range list {
		row := findingRow{Finding: f}
		row.ShowN = f.N > 0 && !strings.Contains(f.Why, "n=")
		if f.Fix != nil && !strings.Contains(f.Do, strings.TrimSuffix(f.Fix.Label, "。")) {
			row.Wording = f.Fix.Label
		}
		switch {
		case f.Line > 0 && f.Indicator != "":
			row.Where = "第 " + strconv.Itoa(f.Line) + " 个指标“" + f.Indicator + "”"
		case f.Line > 0:
			row.Where = "第 " + strconv.Itoa(f.Line) + " 个指标"
		}
		if w := fieldWords[f.Field]; w != "" && f.Field != "form" {
			if row.Where != "" {
				row.Where += "的"
			}
			row.Where += w
		}
		if row.Where == "" {
			row.Where = "整份表"
		}
		at := slices.IndexFunc(out, func(g findingGroup) bool {
			return g.Rule == f.Rule && g.Title == f.Title && g.Source == f.Source && g.Word == severity(f)
		})
		if at < 0 {
			at = len(out)
			out = append(out, findingGroup{Rule: f.Rule, Title: f.Title, Source: f.Source, Status: f.SourceStatus, Word: severity(f)})
		}
		out[at].Rows = append(out[at].Rows, row)
	}
	return out
}

// verdict notes what a person decided and leads back to the form.
func (p *Pages) verdict(w http.ResponseWriter, r *http.Request) (string, error) {
	v := workspace.ReviewVerdict{Verdict: r.PostFormValue("verdict"), Note: clip(strings.TrimSpace(r.PostFormValue("note"))), At: p.opt.Now(), Source: "page"}
	if _, ok := reviewVerdicts[v.Verdict]; !ok {
		return "", &yardstick.Error{Kind: yardstick.Invalid, Op: "pages.verdict", Msg: "没有选怎么处理。选“退回修改”或“通过”。"}
	}
	it, err := p.ws.Verdict(r.Context(), r.PathValue("id"), r.PathValue("form"), v)
	if err != nil {
		return "", err
	}
	text := "“" + reviewName(it) + "”已记为通过。"
	switch {
	case v.Verdict == "return":
		text = "“" + reviewName(it) + "”已记为退回修改。"
	case it.Must > 0:
		text += "仍有 " + count(it.Must) + " 处必改。"
	}
	say(w, toast{Text: text + "要改主意，再选一次就行。"})
	to := reviewHref(r.PathValue("id"), r.PathValue("form"))
	if back := r.PostFormValue("query"); strings.HasPrefix(back, "?") && !strings.ContainsAny(back, "\\\r\n#") {
		to += back
	}
	return to + "#opinion", nil
}

// opinionPage is the opinion on one sheet of paper: main of opinion.tmpl.
type opinionPage struct {
	shell
	O    *opinionView
	Date string
}

func (p *Pages) opinionPrint(r *http.Request, q *asked) (answer, error) {
	round, it, err := p.reviewed(r, q)
	if err != nil {
		return answer{}, err
	}
	pg := &opinionPage{O: p.opinion(round, it), Date: p.date(p.opt.Now())}
	pg.Title, pg.Sample = "审核意见 "+pg.O.Name, round.Sample
	return answer{value: it, tmpl: p.tmpl["opinion"], page: pg}, nil
}

// draftReviewPage is the same opinion on a draft: main of draftreview.tmpl.
type draftReviewPage struct {
	shell
	O    *opinionView
	D    workspace.Draft
	Href string // of the draft
}

func (p *Pages) draftReview(r *http.Request, q *asked) (answer, error) {
	id := r.PathValue("id")
	d, err := p.ws.Draft(r.Context(), id)
	if err != nil {
		return answer{}, err
	}
	pg := &draftReviewPage{O: opinionOf(d.Review), D: d.Draft, Href: "/drafts/" + id}
	pg.Title, pg.Sample = "审核 "+pg.O.Name, d.Sample
	return answer{value: d.Review, table: func() [][]string { return findingTable([]workspace.Review{d.Review}) }, tmpl: p.tmpl["draftreview"], page: pg}, nil
}

// hand registers a GET that hands out a file that a use case makes.
func (p *Pages) hand(path string, make func(ctx context.Context, r *http.Request) (workspace.Document, error)) {
	p.mux.HandleFunc("GET "+path, func(w http.ResponseWriter, r *http.Request) {
		doc, err := make(r.Context(), r)
		q := p.asked(r)
		q.format = "html" // a file's trouble is told on a page, whatever the file's extension
		if err != nil {
			p.fail(w, r, q, err)
			return
		}
		p.download(w, r, q, doc.Type, doc.Name, func(to io.Writer) error { _, err := doc.WriteTo(to); return err })
	})
}

func (p *Pages) annotated(ctx context.Context, r *http.Request) (workspace.Document, error) {
	return p.ws.Annotated(ctx, r.PathValue("id"), r.PathValue("form"))
}

// opinionFile hands the opinion out in a format of its own.
func (p *Pages) opinionFile(format string) func(context.Context, *http.Request) (workspace.Document, error) {
	return func(ctx context.Context, r *http.Request) (workspace.Document, error) {
		return p.ws.Opinion(ctx, r.PathValue("id"), r.PathValue("form"), format)
	}
}

// roundFindings is every finding of a round, one a row.
func (p *Pages) roundFindings(r *http.Request, _ *asked) (answer, error) {
	round, err := p.ws.Round(r.Context(), r.PathValue("id"))
	if err != nil {
		return answer{}, err
	}
	return answer{table: func() [][]string { return findingTable(round.Items) }}, nil
}

// Summarizer is a workspace that writes a round as one workbook. Without it, the
// pages do not offer that.
type Summarizer interface {
	SummaryRound(ctx context.Context, round string) (workspace.Document, error)
}

var _ Summarizer = (*workspace.Workspace)(nil)

// reviewRoutes lists the addresses of 目标审核.
func (p *Pages) reviewRoutes() {
	var rules atomic.Pointer[workspace.RuleSet]
	p.page("/reviews", func(r *http.Request, q *asked) (answer, error) { return p.reviews(r, q, &rules) }, "json", "csv")
	p.page("/reviews/{id}", p.round)
	p.page("/reviews/{id}/findings.csv", p.roundFindings)
	p.page("/reviews/{id}/forms/{form}", p.roundForm)
	p.page("/reviews/{id}/forms/{form}/opinion", p.opinionPrint, "json")
	p.page("/drafts/{id}/review", p.draftReview, "json", "csv")
	p.act("/reviews", p.reviewUpload)
	p.act("/reviews/stored", p.reviewStored)
	p.act("/reviews/{id}/cancel", p.reviewCancel)
	p.act("/reviews/{id}/delete", p.roundDelete)
	p.act("/reviews/{id}/forms/{form}/verdict", p.verdict)
	if ws, ok := p.ws.(Summarizer); ok {
		p.hand("/reviews/{id}/summary.xlsx", func(ctx context.Context, r *http.Request) (workspace.Document, error) {
			return ws.SummaryRound(ctx, r.PathValue("id"))
		})
	}
	p.hand("/reviews/{id}/forms/{form}/annotated", p.annotated)
	p.hand("/reviews/{id}/forms/{form}/opinion.xlsx", p.opinionFile("xlsx"))
	p.hand("/reviews/{id}/forms/{form}/opinion.html", p.opinionFile("html"))
}
