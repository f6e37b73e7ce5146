package pages

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"yardstick/workspace"
)

// draftState is a draft as its address carries it: the project and the list of
// indicators. The address is the draft; nothing is stored.
type draftState struct {
	Project, Department, Sector, Goal string
	Budget                            string // as typed, 万元
	Items                             []draftItem
	Skipped                           []string // suggestions that were dismissed
}

// draftItem is one indicator of the list.
type draftItem struct{ Name, Level1, Level2, Target, Weight string }

// limits keep an address from growing without end.
const (
	mostItems   = 60
	mostSkipped = 60
	longestText = 4000 // characters of one field
)

func readDraft(v url.Values) draftState {
	get := func(name string) string { return clip(v.Get(name)) }
	d := draftState{Project: strings.TrimSpace(get("project")), Department: get("department"), Sector: get("sector"), Goal: get("goal"), Budget: strings.TrimSpace(get("budget"))}
	at := func(name string, i int) string {
		if list := v[name]; i < len(list) {
			return clip(list[i])
		}
		return ""
	}
	for i := range min(len(v["n"]), mostItems) {
		if name := strings.TrimSpace(at("n", i)); name != "" {
			d.Items = append(d.Items, draftItem{name, at("a", i), at("b", i), at("t", i), at("w", i)})
		}
	}
	for _, s := range v["x"][:min(len(v["x"]), mostSkipped)] {
		d.Skipped = append(d.Skipped, clip(s))
	}
	return d
}

func clip(s string) string {
	if utf8.RuneCountInString(s) <= longestText {
		return s
	}
	return string([]rune(s)[:longestText])
}

// address writes the state so that readDraft gives it back.
func (d draftState) address() string {
	v := url.Values{}
	for name, s := range map[string]string{"project": d.Project, "department": d.Department, "sector": d.Sector, "goal": d.Goal, "budget": d.Budget} {
		if s != "" {
			v.Set(name, s)
		}
	}
	for _, it := range d.Items {
		v.Add("n", it.Name)
		v.Add("a", it.Level1)
		v.Add("b", it.Level2)
		v.Add("t", it.Target)
		v.Add("w", it.Weight)
	}
	for _, s := range d.Skipped {
		v.Add("x", s)
	}
	if len(v) == 0 {
		return "/drafts/new"
	}
	return "/drafts/new?" + v.Encode()
}

func (d draftState) have() []string {
	names := make([]string, 0, len(d.Items))
	for _, it := range d.Items {
		names = append(names, it.Name)
	}
	return names
}

// apply does what a button of the page asks and reports whether it was one.
func (d *draftState) apply(v url.Values, suggested []workspace.Suggestion) bool {
	switch {
	case v.Get("add") != "":
		name := v.Get("add")
		if len(d.Items) >= mostItems || slices.Contains(d.have(), name) {
			return true
		}
		for _, s := range suggested {
			if s.Name == name {
				it := draftItem{Name: s.Name, Level1: s.Level1, Level2: s.Level2, Target: s.Target.Text}
				if s.Weight.Median != nil {
					it.Weight = figure(*s.Weight.Median)
				}
				d.Items = append(d.Items, it)
			}
		}
		d.Skipped = slices.DeleteFunc(d.Skipped, func(s string) bool { return s == name })
	case v.Get("own") != "":
		if len(d.Items) < mostItems {
			d.Items = append(d.Items, draftItem{Name: "新指标", Level1: "产出指标"})
		}
	case v.Get("del") != "":
		if i, err := strconv.Atoi(v.Get("del")); err == nil && i >= 0 && i < len(d.Items) {
			d.Items = slices.Delete(d.Items, i, i+1)
		}
	case v.Get("skip") != "":
		if !slices.Contains(d.Skipped, v.Get("skip")) && len(d.Skipped) < mostSkipped {
			d.Skipped = append(d.Skipped, v.Get("skip"))
		}
	case v.Get("back") != "":
		d.Skipped = slices.DeleteFunc(d.Skipped, func(s string) bool { return s == v.Get("back") })
	default:
		return false
	}
	return true
}

// request is what the workspace is asked; an unreadable budget is left out and
// said.
func (d draftState) request() (req workspace.SuggestRequest, budgetErr string) {
	req = workspace.SuggestRequest{Project: d.Project, Department: d.Department, Sector: d.Sector, Goal: d.Goal, Have: d.have(), Limit: 20}
	if d.Budget != "" {
		b, err := strconv.ParseFloat(strings.NewReplacer(",", "", "，", "").Replace(d.Budget), 64)
		if err != nil || b < 0 || b-b != 0 {
			return req, "预算写成数，如 312.00（万元）；现在没有用到。"
		}
		req.Budget = &b
	}
	return req, ""
}

func (p *Pages) draft(r *http.Request, q *asked) (answer, error) {
	d := readDraft(q.query)
	req, budgetErr := d.request()
	var res workspace.SuggestResult
	ask := func() (err error) {
		if d.Project == "" {
			return nil
		}
		if res, err = p.ws.Suggest(r.Context(), req); err != nil {
			return fmt.Errorf("suggest: %w", err)
		}
		return nil
	}
	if err := ask(); err != nil {
		return answer{}, err
	}
	push := ""
	if d.apply(q.query, res.Suggestions) {
		if !q.fragment {
			return answer{to: d.address()}, nil
		}
		push = d.address()
		req.Have = d.have()
		if err := ask(); err != nil {
			return answer{}, err
		}
	}
	o, err := p.ws.Overview(r.Context())
	if err != nil {
		return answer{}, err
	}
	pg := draftView(d, res)
	pg.Oob = q.fragment
	pg.BudgetErr, pg.Sample = budgetErr, o.Sample && res.Basis.Projects > 0
	table := func() [][]string {
		t := [][]string{{"level1", "level2", "name", "target", "weight"}}
		for _, it := range d.Items {
			t = append(t, []string{it.Level1, it.Level2, it.Name, it.Target, it.Weight})
		}
		return t
	}
	return answer{value: res, table: table, tmpl: p.tmpl["draft"], page: pg, fragment: "swap", push: push}, nil
}
