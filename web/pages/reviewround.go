package pages

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"yardstick"
	"yardstick/workspace"
)

// roundPage is a round: the list, worst first, beside one form: main of
// round.tmpl.
type roundPage struct {
	shell
	R        workspace.ReviewRound
	Name     string
	From     string
	Href     string
	Summary  bool // the round can be had as one workbook
	Chosen   bool // the address names a form
	Show     []choice
	Shown    string // value of show
	Text     string
	Rows     []reviewRow
	Found    int
	Pager    pager
	Action   string
	Rules    *workspace.RuleSet
	Must     int // forms with findings 必改
	Open     int // forms without a decision
	Budget   string
	Unread   []issueView
	RawLeft  bool // one of them says what stands in the cell
	LeftOut  int  // forms that were skipped and places that could not be read
	MoreLeft int  // of them places that are not listed
	// Skips are forms that are no target forms, and MoreSkips how many are not listed.
	Skips     []string
	MoreSkips int
	O         *opinionView
	Prev      string
	Next      string
	NextOpen  string // the next form that nobody has decided on
}

// reviewRow is one form in the list of a round.
type reviewRow struct {
	workspace.Review
	Name    string
	Meta    string
	Href    string
	State   shape // what is proposed
	Decided shape // what was decided; Word "" if nothing was
	Current bool
}

// unreadShown is how many unread places, and how many skipped forms, a round
// lists; the rest is in the json.
const unreadShown = 50

// advices are what a review can propose.
var advices = map[string]shape{"通过": {"ok", "通过"}, "完善后通过": {"ok", "完善后通过"}, "修改后再报": {"watch", "修改后再报"}, "不予通过": {"warn", "不予通过"}}

func adviceShape(word string) shape {
	if s, ok := advices[word]; ok {
		return s
	}
	return shape{"na", orDash(word)}
}

// reviewVerdicts are what a person can decide.
var reviewVerdicts = map[string]shape{"return": {"watch", "已退回修改"}, "pass": {"ok", "已通过"}}

func verdictShape(v *workspace.ReviewVerdict) shape {
	if v == nil {
		return shape{}
	}
	return reviewVerdicts[v.Verdict]
}

// reviewName is what the form is called: its project, else its unit, else its file.
func reviewName(r workspace.Review) string {
	for _, s := range []string{r.Project, r.Unit, r.Department} {
		if strings.TrimSpace(s) != "" {
			return s
		}
	}
	return "（没有写项目名称）"
}

func reviewHref(round, form string) string {
	return roundHref(round) + "/forms/" + url.PathEscape(form)
}

func (p *Pages) round(r *http.Request, q *asked) (answer, error) {
	id := q.id(r)
	if strings.HasPrefix(id, "run-") {
		return p.reviewRun(r, q, id)
	}
	round, err := p.ws.Round(r.Context(), id)
	if err != nil {
		return answer{}, err
	}
	return answer{value: round, table: func() [][]string { return roundTable(round) }, tmpl: p.tmpl["round"], page: p.roundPage(q, round, "")}, nil
}

// roundForm is a round with the form that the address names.
func (p *Pages) roundForm(r *http.Request, q *asked) (answer, error) {
	round, review, err := p.reviewed(r, q)
	if err != nil {
		return answer{}, err
	}
	return answer{value: review, table: func() [][]string { return findingTable([]workspace.Review{review}) }, tmpl: p.tmpl["round"], page: p.roundPage(q, round, review.ID)}, nil
}

// reviewed is the round and the form that the address names.
func (p *Pages) reviewed(r *http.Request, q *asked) (workspace.ReviewRound, workspace.Review, error) {
	form := r.PathValue("form")
	if q.format != "html" {
		form = strings.TrimSuffix(form, "."+q.format)
	}
	round, err := p.ws.Round(r.Context(), r.PathValue("id"))
	if err != nil {
		return round, workspace.Review{}, err
	}
	for _, it := range round.Items {
		if it.ID == form {
			return round, it, nil
		}
	}
	return round, workspace.Review{}, &yardstick.Error{Kind: yardstick.NotFound, Op: "pages.reviewed", Msg: "这一轮里没有这份表单。回到“目标审核”，从名单里重新打开。"}
}

func (p *Pages) roundPage(q *asked, round workspace.ReviewRound, chosen string) *roundPage {
	pg := &roundPage{R: round, Name: p.roundName(round.Title, round.Source, round.At), From: orDash(reviewSources[round.Source]), Href: roundHref(round.ID),
		Chosen: chosen != "", Shown: q.query.Get("show"), Text: strings.TrimSpace(q.query.Get("q")), Action: q.path}
	_, pg.Summary = p.ws.(Summarizer)
	pg.Title, pg.Sample = pg.Name+" · 目标审核", round.Sample
	if len(round.Items) > 0 {
		pg.Rules = &round.Items[0].Rules
	}
	var budget float64
	known := 0
	var list []workspace.Review // those that the filter shows
	for _, it := range round.Items {
		if it.Must > 0 {
			pg.Must++
		}
		if it.Decision == nil {
			pg.Open++
		}
		if it.Budget != nil {
			budget, known = budget+*it.Budget, known+1
		}
		if pg.Shown == "must" && it.Must == 0 || pg.Shown == "open" && it.Decision != nil ||
			!strings.Contains(strings.ToLower(it.Project+"\n"+it.Unit+"\n"+it.Department+"\n"+it.File), strings.ToLower(pg.Text)) {
			continue
		}
		list = append(list, it)
	}
	if known > 0 {
		pg.Budget = moneyText(&budget)
		if known < len(round.Items) {
			pg.Budget += "（" + count(len(round.Items)-known) + " 份没有写预算）"
		}
	}
	pg.Show = []choice{
		{Word: "全部", Href: q.with("show", ""), N: len(round.Items), Current: pg.Shown != "must" && pg.Shown != "open"},
		{Word: "有必改", Href: q.with("show", "must"), N: pg.Must, Current: pg.Shown == "must"},
		{Word: "没有处理", Href: q.with("show", "open"), N: pg.Open, Current: pg.Shown == "open"},
	}
	for _, i := range round.Unread[:min(len(round.Unread), unreadShown)] {
		pg.RawLeft = pg.RawLeft || i.Raw != ""
		v := issueView{Issue: i, Fix: fixes[i.Code]}
		if strings.Contains(i.Message, "请") { // it says itself what to do
			v.Fix = ""
		}
		pg.Unread = append(pg.Unread, v)
	}
	pg.Skips = round.Skips[:min(len(round.Skips), unreadShown)]
	pg.MoreSkips = len(round.Skips) - len(pg.Skips)
	pg.LeftOut, pg.MoreLeft = len(round.Unread)+len(round.Skips), len(round.Unread)-len(pg.Unread)
	pg.Found = len(list)
	at := slices.IndexFunc(list, func(it workspace.Review) bool { return it.ID == chosen })
	if at >= 0 && q.query.Get("page") == "" { // the page of the list that the form is on
		q.query.Set("page", strconv.Itoa(at/perPage+1))
	}
	if chosen == "" && len(list) > 0 {
		at = 0
	}
	from, to := pg.Pager.set(q, len(list), "份")
	href := func(i int) string { return pg.link(list[i].ID, i/perPage+1) }
	for i, it := range list[from:to] {
		pg.Rows = append(pg.Rows, reviewRow{Review: it, Name: reviewName(it), Meta: rowMeta(it), Href: href(from + i), State: adviceShape(it.Advice), Decided: verdictShape(it.Decision), Current: from+i == at})
	}
	if at > 0 {
		pg.Prev = href(at - 1)
	}
	if at >= 0 && at+1 < len(list) {
		pg.Next = href(at + 1)
	}
	for i := at + 1; i < len(list) && pg.NextOpen == ""; i++ {
		if list[i].Decision == nil {
			pg.NextOpen = href(i)
		}
	}
	switch {
	case at >= 0:
		pg.O = p.opinion(round, list[at])
	case chosen != "": // the filter hides it: it is shown all the same
		for _, it := range round.Items {
			if it.ID == chosen {
				pg.O = p.opinion(round, it)
			}
		}
	}
	if pg.O != nil {
		pg.O.Query = pg.query(0)
	}
	return pg
}

// query is the filter in force as the query of an address.
func (pg *roundPage) query(page int) string {
	v := url.Values{}
	if pg.Shown == "must" || pg.Shown == "open" {
		v.Set("show", pg.Shown)
	}
	if pg.Text != "" {
		v.Set("q", pg.Text)
	}
	if page > 1 {
		v.Set("page", strconv.Itoa(page))
	}
	if len(v) == 0 {
		return ""
	}
	return "?" + v.Encode()
}

func (pg *roundPage) link(form string, page int) string {
	return reviewHref(pg.R.ID, form) + pg.query(page)
}

func rowMeta(it workspace.Review) string {
	var parts []string
	if it.Project != "" && it.Unit != "" {
		parts = append(parts, it.Unit)
	} else if it.Project != "" && it.Department != "" {
		parts = append(parts, it.Department)
	}
	parts = append(parts, count(it.Lines)+" 个指标")
	if it.Project == "" && it.File != "" { // nothing else tells it from others
		parts = append(parts, it.File[strings.LastIndexAny(it.File, `/\`)+1:])
	}
	return strings.Join(parts, " · ")
}
