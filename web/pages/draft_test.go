package pages

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"
	"pgregory.net/rapid"

	"yardstick/indicators"
	"yardstick/web/intake"
	"yardstick/web/internal/fake"
	"yardstick/workspace"
)

func submit(t *testing.T, h http.Handler, path string, v url.Values, header ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest("POST", path, strings.NewReader(v.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func attribute(n *html.Node, name string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val, true
		}
	}
	return "", false
}

// sentBy are the fields that the form of a page sends.
func sentBy(t *testing.T, body, id string) url.Values {
	t.Helper()
	page, err := html.Parse(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	v, found := url.Values{}, false
	for form := range page.Descendants() {
		if got, _ := attribute(form, "id"); form.Data != "form" || got != id {
			continue
		}
		found = true
		for n := range form.Descendants() {
			name, ok := attribute(n, "name")
			switch {
			case !ok:
			case n.Data == "input":
				value, _ := attribute(n, "value")
				v.Add(name, value)
			case n.Data == "textarea":
				text := ""
				if n.FirstChild != nil {
					text = n.FirstChild.Data
				}
				v.Add(name, text)
			case n.Data == "select":
				v.Add(name, picks(n))
			}
		}
	}
	if !found {
		t.Fatalf("no form %s in %.200s…", id, body)
	}
	return v
}

func picks(sel *html.Node) string {
	first, out, have := "", "", false
	i := 0
	for o := range sel.Descendants() {
		if o.Data != "option" {
			continue
		}
		v, ok := attribute(o, "value")
		if !ok && o.FirstChild != nil {
			v = o.FirstChild.Data
		}
		if i == 0 {
			first = v
		}
		i++
		if _, ok := attribute(o, "selected"); ok {
			out, have = v, true
		}
	}
	if !have {
		return first
	}
	return out
}

// TestDraftForm_keepsAll holds that what the page's form sends is the draft that
// the page shows, whatever a draft holds.
func TestDraftForm_keepsAll(t *testing.T) {
	ws := fake.New(fake.Loaded)
	desk := intake.New(ws, intake.Options{Dir: t.TempDir()})
	t.Cleanup(func() { desk.Close() })
	p, err := New(ws, desk, Options{})
	if err != nil {
		t.Fatal(err)
	}
	p.assets.built = true
	word := rapid.StringMatching(`[!-~一-龥≥%，“”]([ -~一-龥≥%，“”]{0,14}[!-~一-龥])?`).Filter(func(s string) bool { return cleaned(s) == s })
	maybe := rapid.OneOf(rapid.Just(""), word)
	points := rapid.SampledFrom([]float64{0, .5, 5, 7.25, 10, 20})
	rapid.Check(t, func(rt *rapid.T) {
		b := workspace.DraftBody{Project: word.Draw(rt, "project"), Department: maybe.Draw(rt, "department"), Unit: maybe.Draw(rt, "unit"), Region: maybe.Draw(rt, "region"), Year: rapid.SampledFrom([]int{0, 2025}).Draw(rt, "year"),
			Sector: maybe.Draw(rt, "sector"), Goal: maybe.Draw(rt, "goal"), Lines: []workspace.DraftLine{}}
		if rapid.Bool().Draw(rt, "has budget") {
			x := rapid.SampledFrom([]float64{0, 312, 862.5, 1234567890123.45}).Draw(rt, "budget")
			b.Budget = &x
		}
		for range rapid.IntRange(0, 5).Draw(rt, "lines") {
			l := workspace.DraftLine{Level1: rapid.SampledFrom([]string{"成本指标", "产出指标", "效益指标", "满意度指标", "决策指标"}).Draw(rt, "level1"), Level2: rapid.SampledFrom([]string{"", "数量指标", "质量指标", "项目立项"}).Draw(rt, "level2"),
				Name: word.Draw(rt, "name"), Comparison: rapid.SampledFrom(comparisons).Draw(rt, "comparison"), Target: maybe.Draw(rt, "target"), Unit: maybe.Draw(rt, "unit"), Basis: rapid.SampledFrom(append([]string{"自定"}, bases...)).Draw(rt, "basis"),
				Note: maybe.Draw(rt, "note"), Entry: rapid.SampledFrom([]string{"", "T-1"}).Draw(rt, "entry")}
			if rapid.Bool().Draw(rt, "weighted") {
				x := points.Draw(rt, "weight")
				l.Weight = &x
			}
			b.Lines = append(b.Lines, l)
		}
		for range rapid.IntRange(0, 3).Draw(rt, "dismissed") {
			b.Dismissed = append(b.Dismissed, word.Draw(rt, "dismissed"))
		}
		d, err := ws.StartDraft(t.Context(), workspace.DraftStart{Body: b})
		if err != nil {
			rt.Fatal(err)
		}
		sorted := draftPost{Body: b}
		for _, l := range b.Lines {
			sorted.Rows = append(sorted.Rows, draftRow{Line: l})
		}
		sorted.settle()
		got := readDraft(sentBy(t, get(t, p, "/drafts/"+d.ID).Body.String(), "draft"))
		if diff := cmp.Diff(sorted.Body, got.Body); diff != "" {
			rt.Errorf("the form sends something else than the draft (-draft +form):\n%s", diff)
		}
		if got.Revision != d.Revision {
			rt.Errorf("revision %d, want %d", got.Revision, d.Revision)
		}
	})
}

// TestReadDraft_longest holds that a draft as long as one may be loses no line on
// the page, also with blank rows between.
func TestReadDraft_longest(t *testing.T) {
	v := url.Values{}
	for i := range workspace.MaxDraftLines {
		v["n"] = append(v["n"], "指标"+strconv.Itoa(i), "")
	}
	for i := range workspace.MaxDismissed {
		v.Add("x", "不要"+strconv.Itoa(i))
	}
	got := readDraft(v)
	if len(got.Body.Lines) != workspace.MaxDraftLines || len(got.Body.Dismissed) != workspace.MaxDismissed {
		t.Errorf("%d lines and %d dismissed, want %d and %d", len(got.Body.Lines), len(got.Body.Dismissed), workspace.MaxDraftLines, workspace.MaxDismissed)
	}
}

// TestDoing holds that what a button carries is read back.
func TestDoing(t *testing.T) {
	text := rapid.StringMatching("[ -~一-龥≥\n\t]{0,12}")
	rapid.Check(t, func(t *rapid.T) {
		want := url.Values{}
		for range rapid.IntRange(1, 4).Draw(t, "n") {
			want.Add("k"+rapid.StringMatching("[a-z]{1,3}").Draw(t, "key"), text.Draw(t, "value"))
		}
		got, err := url.ParseQuery(doing(want))
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("%q: %v\n%s", doing(want), err, diff)
		}
	})
}

func TestAmountOf(t *testing.T) {
	for in, want := range map[string]float64{"20": 20, " 7.5 ": 7.5, "1,234.5": 1234.5, "２０": 20, "10分": 10, "312.00万元": 312, "0": 0} {
		if got, ok := amountOf(in); !ok || got == nil || *got != want {
			t.Errorf("%q reads as %v %v, want %g", in, got, ok, want)
		}
	}
	for _, in := range []string{"abc", "-1", "1e999", "NaN", "5-8", "十"} {
		if got, ok := amountOf(in); ok {
			t.Errorf("%q reads as %v, want no number", in, got)
		}
	}
	if got, ok := amountOf("  "); !ok || got != nil {
		t.Errorf("nothing reads as %v %v", got, ok)
	}
}

// TestProposedLine holds how a proposed value comes apart into the cells.
func TestProposedLine(t *testing.T) {
	five, eight := 5.0, 8.0
	for _, c := range []struct {
		in                       workspace.TargetAdvice
		comparison, target, unit string
	}{
		{workspace.TargetAdvice{Text: "≥95%", Comparison: "≥", Unit: "%"}, "≥", "95", "%"},
		{workspace.TargetAdvice{Text: "≤0.8万元/公里", Unit: "万元/公里"}, "≤", "0.8", "万元/公里"},
		{workspace.TargetAdvice{Text: "=100%", Unit: "%"}, "=", "100", "%"},
		{workspace.TargetAdvice{Text: "有效提升"}, "定性", "有效提升", ""},
		{workspace.TargetAdvice{Comparison: "≥", Unit: "公里"}, "≥", "", "公里"},
	} {
		l := proposedLine("名", "产出指标", "数量指标", "T-1", c.in, workspace.WeightAdvice{Median: &eight, Points: &five})
		if l.Comparison != c.comparison || l.Target != c.target || l.Unit != c.unit || *l.Weight != 5 {
			t.Errorf("%q becomes %q %q %q with %g points, want %q %q %q with 5", c.in.Text, l.Comparison, l.Target, l.Unit, *l.Weight, c.comparison, c.target, c.unit)
		}
	}
}

// TestPlaceOf holds the words of the position column, with n wherever there is
// a number, and a reason where there is none.
func TestPlaceOf(t *testing.T) {
	pct := 17.4
	vals := []float64{72, 78, 80, 82, 84, 85, 88, 91}
	q1, med, q3 := 79.0, 83.0, 86.5
	adv := workspace.TargetAdvice{Values: vals, Q1: &q1, Median: &med, Q3: &q3, N: 8, Unit: "%"}
	given := indicators.Parse("≥80%")
	for _, c := range []struct {
		name       string
		v          workspace.ValueResult
		l          workspace.DraftLine
		word, rank string
		plot, bold bool
		n          string
	}{
		{"easy", workspace.ValueResult{Given: given, Proposed: adv, Tightness: workspace.Tightness{Word: "偏松", Percentile: &pct, PercentileN: 8}}, workspace.DraftLine{Target: "80", Unit: "%"}, "偏松", "第 17 百分位", true, true, "n=8"},
		{"words", workspace.ValueResult{Given: indicators.Parse("有效"), Proposed: adv}, workspace.DraftLine{Target: "有效", Comparison: "定性"}, "无法比较（不可量化）", "", false, false, ""},
		{"alone", workspace.ValueResult{Given: given, Tightness: workspace.Tightness{Word: "判断不了"}}, workspace.DraftLine{Target: "80"}, "没有同类可比", "", false, false, ""},
		{"few", workspace.ValueResult{Given: given, Proposed: workspace.TargetAdvice{N: 2, Values: vals[:2], Unit: "%"}, Tightness: workspace.Tightness{Word: "判断不了"}}, workspace.DraftLine{Target: "80"}, "判断不了", "", false, false, "n=2"},
		{"empty", workspace.ValueResult{Proposed: adv}, workspace.DraftLine{}, "还没有目标值", "", false, false, ""},
	} {
		got := placeOf(c.v, c.l)
		if got.Word != c.word || got.Rank != c.rank || (got.Plot != "") != c.plot || got.Bold != c.bold || got.N != c.n {
			t.Errorf("%s: %q %q plot %v bold %v %q, want %q %q %v %v %q", c.name, got.Word, got.Rank, got.Plot != "", got.Bold, got.N, c.word, c.rank, c.plot, c.bold, c.n)
		}
	}
}

// TestDraftGet holds that looking makes nothing, also from old addresses.
func TestDraftGet(t *testing.T) {
	p := newPages(t, fake.Loaded)
	before, err := p.ws.Drafts(t.Context(), false)
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		"/drafts/new": "开始编制", "/drafts/new?project=%E5%85%BB%E6%8A%A4": `value="养护"`, "/drafts/new?template=T-214-01": `name="template" value="T-214-01"`, "/drafts/new?form=f-0001": `name="form" value="f-0001"`,
		"/drafts/new?project=x&n=" + url.QueryEscape("里程") + "&a=" + url.QueryEscape("产出指标") + "&b=" + url.QueryEscape("数量指标") + "&t=" + url.QueryEscape("≥386.4公里") + "&w=10": `name="t" value="386.4"`,
	} {
		if w := get(t, p, path); w.Code != 200 || !strings.Contains(w.Body.String(), want) {
			t.Errorf("%s answers %d without %s", path, w.Code, want)
		}
	}
	after, err := p.ws.Drafts(t.Context(), false)
	if err != nil || len(after) != len(before) {
		t.Errorf("looking made %d drafts of %d, %v", len(after), len(before), err)
	}
	for path, code := range map[string]int{"/drafts/d-9999": 404, "/drafts/new?template=T-9": 404, "/drafts/new?form=f-9": 404, "/drafts/d-0001/compare": 404} {
		if w := get(t, p, path); w.Code != code {
			t.Errorf("%s answers %d, want %d", path, w.Code, code)
		}
	}
}

// TestDraftStart makes drafts, and the same once only however often a button is
// pressed.
func TestDraftStart(t *testing.T) {
	p := newPages(t, fake.Loaded)
	v := sentByFirst(t, get(t, p, "/drafts/new?template=T-214-01").Body.String())
	v.Set("project", "农村公路养护")
	first, again := submit(t, p, "/drafts/new", v), submit(t, p, "/drafts/new", v)
	if to := first.Header().Get("Location"); first.Code != 303 || to != again.Header().Get("Location") || !strings.HasPrefix(to, "/drafts/d-") {
		t.Errorf("pressed twice: %d to %q, then to %q", first.Code, to, again.Header().Get("Location"))
	}
	for what, v := range map[string]url.Values{"写上项目名称": {"project": {" "}}, "没有收到文档": {"text": {""}}, "写成数": {"project": {"x"}, "budget": {"很多"}}} {
		if w := submit(t, p, "/drafts/new", v); w.Code != 422 || !strings.Contains(w.Body.String(), what) {
			t.Errorf("%v answers %d without %s", v, w.Code, what)
		}
	}
}

// sentByFirst is what the first form with a key sends.
func sentByFirst(t *testing.T, body string) url.Values {
	t.Helper()
	body = strings.Replace(body, `<form class="stack"`, `<form class="stack" id="first"`, 1)
	return sentBy(t, body, "first")
}

// TestDraftConflict holds that a save from a window that is behind becomes a
// copy, which the answer goes on with.
func TestDraftConflict(t *testing.T) {
	p := newPages(t, fake.Loaded)
	v := sentBy(t, get(t, p, "/drafts/d-0002").Body.String(), "draft")
	other := url.Values{}
	for k, s := range v {
		other[k] = append([]string{}, s...)
	}
	v.Set("project", "甲")
	v.Set("do", "op=save")
	if w := submit(t, p, "/drafts/d-0002", v); w.Code != 303 || w.Header().Get("Location") != "/drafts/d-0002" {
		t.Fatalf("saving answers %d to %q", w.Code, w.Header().Get("Location"))
	}
	other.Set("project", "乙")
	other.Set("do", "op=save")
	w := submit(t, p, "/drafts/d-0002", other, "HX-Request", "true")
	if body := w.Body.String(); w.Code != 200 || !strings.Contains(body, "刚在另一个窗口改过") || !strings.Contains(body, `value="乙"`) || strings.Contains(body, `action="/drafts/d-0002"`) {
		t.Errorf("a save from behind answers %d: %.300s…", w.Code, body)
	}
	d, err := p.ws.Draft(t.Context(), "d-0002")
	if err != nil || d.Body.Project != "甲" {
		t.Errorf("the draft is %q, %v: want what was first", d.Body.Project, err)
	}
}

// TestDraftExport holds that a form with open findings 必改 is asked about, and
// that a weight that is no number is kept on the page and said.
func TestDraftExport(t *testing.T) {
	p := newPages(t, fake.Loaded)
	v := sentBy(t, get(t, p, "/drafts/d-0001").Body.String(), "draft")
	v.Set("do", "op=export&f=docx")
	w := submit(t, p, "/drafts/d-0001", v)
	to := w.Header().Get("Location")
	if w.Code != 303 || !strings.Contains(to, "ask=docx") {
		t.Fatalf("exporting with open findings leads to %q", to)
	}
	if body := get(t, p, strings.Split(to, "#")[0]).Body.String(); !strings.Contains(body, `<details class="ask" id="export" open>`) || !strings.Contains(body, "仍要导出") {
		t.Error("the page does not ask")
	}
	v.Set("do", "op=export&f=docx&sure=1")
	if to := submit(t, p, "/drafts/d-0001", v).Header().Get("Location"); to != "/drafts/d-0001/export.docx" {
		t.Errorf("being sure leads to %q", to)
	}
	for format, typ := range map[string]string{"xlsx": "spreadsheetml", "docx": "wordprocessingml"} {
		w := get(t, p, "/drafts/d-0001/export."+format)
		if w.Code != 200 || !strings.Contains(w.Header().Get("Content-Type"), typ) || !strings.HasPrefix(w.Header().Get("Content-Disposition"), "attachment; filename*=UTF-8''") {
			t.Errorf("%s: %d %s %s", format, w.Code, w.Header().Get("Content-Type"), w.Header().Get("Content-Disposition"))
		}
	}
	v["w"][0] = "很多"
	v.Set("do", "op=save")
	if w := submit(t, p, "/drafts/d-0001", v); w.Code != 422 || !strings.Contains(w.Body.String(), `value="很多"`) || !strings.Contains(w.Body.String(), "权重写成数") {
		t.Errorf("a weight in words answers %d", w.Code)
	}
}

// TestDraftStates looks at drafting where there is nothing to go by.
func TestDraftStates(t *testing.T) {
	for _, c := range []struct {
		state fake.State
		path  string
		code  int
		want  string
	}{
		{fake.Empty, "/drafts", 200, "还没有草稿"}, {fake.Empty, "/drafts/new", 200, "还没有导入申报表"}, {fake.Refused, "/drafts/d-0001", 200, "或从模板开始"}, {fake.Busy, "/drafts/d-0001", 503, "数据库正被"},
		{fake.Broken, "/drafts", 500, "编号"}, {fake.Loaded, "/drafts?deleted=1", 200, "取回"}, {fake.Loaded, "/drafts/d-0001?q=" + url.QueryEscape("公交"), 200, "公交准点率"}, {fake.Loaded, "/drafts/d-0001?new=" + url.QueryEscape("产出指标|数量指标"), 200, `id="row-new"`},
	} {
		w := get(t, newPages(t, c.state), c.path)
		if w.Code != c.code || !strings.Contains(w.Body.String(), c.want) {
			t.Errorf("%s %s answers %d without %s", c.state, c.path, w.Code, c.want)
		}
	}
	p := newPages(t, fake.Loaded)
	w := submit(t, p, "/drafts/d-0002/delete", nil)
	if said(httptest.NewRecorder(), &http.Request{Header: http.Header{"Cookie": {strings.Split(w.Header().Get("Set-Cookie"), ";")[0]}}}).Undo != "/drafts/d-0002/restore" || w.Header().Get("Location") != "/drafts" {
		t.Errorf("deleting leads to %q with %q", w.Header().Get("Location"), w.Header().Get("Set-Cookie"))
	}
	if body := get(t, p, "/drafts").Body.String(); strings.Contains(body, "/drafts/d-0002/") {
		t.Error("a deleted draft is still listed")
	}
	submit(t, p, "/drafts/d-0002/restore", nil)
	if body := get(t, p, "/drafts").Body.String(); !strings.Contains(body, "/drafts/d-0002/delete") {
		t.Error("a draft that was brought back is not listed")
	}
}

// TestDraftView_emptyCells holds that many empty cells are said once, over the
// table, and few of them under their rows.
func TestDraftView_emptyCells(t *testing.T) {
	p := newPages(t, fake.Loaded)
	for _, c := range []struct{ lines, whole, under int }{{2, 0, 2}, {3, 1, 0}, {5, 1, 0}} {
		var d workspace.DraftView
		for i := range c.lines {
			d.Body.Lines = append(d.Body.Lines, workspace.DraftLine{Level1: "产出指标", Level2: "数量指标", Name: strings.Repeat("里", i+1), Target: "1"})
			d.Review.Findings = append(d.Review.Findings, workspace.Finding{Rule: "D-09", Severity: "must", Line: i + 1, Field: "weight", Why: "没有写权重。"})
		}
		d.Body.Project = "甲"
		pg := p.draftView(draftAnswer{Draft: d}, draftPost{}, draftDone{})
		under, marked := 0, 0
		for _, g := range pg.Groups {
			for _, r := range g.Rows {
				under += len(r.Findings)
				marked += b2i(r.Bad["weight"])
			}
		}
		if len(pg.Whole) != c.whole || under != c.under || marked != c.lines {
			t.Errorf("%d lines: %d said over the table, %d under rows, %d cells marked; want %d, %d, %d", c.lines, len(pg.Whole), under, marked, c.whole, c.under, c.lines)
		}
		if c.whole == 1 && (pg.Whole[0].Why != count(c.lines)+" 个指标的权重还没有填。" || pg.Whole[0].Do == "") {
			t.Errorf("said: %q with %q", pg.Whole[0].Why, pg.Whole[0].Do)
		}
	}
}
