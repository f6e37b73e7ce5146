package pages

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"yardstick"
	"yardstick/web/intake"
	"yardstick/web/internal/fake"
	"yardstick/workspace"
)

// post sends a form as a browser does.
func post(t *testing.T, h http.Handler, path string, form url.Values, header ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest("POST", path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// finish waits for the run that an answer leads to and returns where it ends.
func finish(t *testing.T, p *Pages, w *httptest.ResponseRecorder) string {
	t.Helper()
	to := w.Header().Get("Location")
	id, ok := strings.CutPrefix(to, "/reviews/run-")
	if w.Code != http.StatusSeeOther || !ok {
		t.Fatalf("status %d to %q, want a run: %s", w.Code, to, w.Body)
	}
	if err := p.desk.Watch(t.Context(), "run-"+id, func(intake.Status) error { return nil }); err != nil {
		t.Fatal(err)
	}
	return get(t, p, to).Header().Get("Location")
}

const round1, fog = "/reviews/rv-0001", "/reviews/rv-0001/forms/f-0101"

// TestReviewPages holds what each page of 目标审核 owes its reader.
func TestReviewPages(t *testing.T) {
	p := newPages(t, fake.Loaded)
	for path, c := range map[string]struct {
		table bool
		want  []string
	}{
		"/reviews":                      {true, []string{"2025 年目标申报", "待处理 4 份", "凭记忆，待核", "webkitdirectory", `action="/reviews/stored"`, "不能恢复"}},
		round1:                          {true, []string{"雾炮车抑尘降尘服务", "931.90 万元", "修改后再报", "住建局-目标.xlsx", "文件有打开密码", "不是目标申报表", "由你决定"}},
		fog:                             {true, []string{"城管局2025目标.xlsx", "D13", "80M", "设备参数当指标", "规则 D-05", "必改", "射程是设备性能", "改为 雾炮作业里程", "相关性：", "查过、没有问题的", "同类 9 个项目"}},
		"/reviews/rv-0001/forms/f-0105": {true, []string{"图书馆免费开放", "已通过", "不等于没有问题"}},
		fog + "/opinion":                {false, []string{"绩效目标审核意见", "审核人", "由人决定", "☐ 退回修改", "财预〔2015〕88号"}},
		"/drafts/d-0001/review":         {true, []string{"整份审核", "第 ", "由人决定", `href="/drafts/d-0001"`}},
	} {
		w := get(t, p, path)
		body := w.Body.String()
		if w.Code != 200 {
			t.Fatalf("%s: status %d: %s", path, w.Code, body)
		}
		for _, want := range append(c.want, `<span class="sample">示例数据</span>`, `class="data"`) {
			if !strings.Contains(strings.ReplaceAll(body, "<wbr>", ""), want) {
				t.Errorf("%s does not say %q", path, want)
			}
		}
		for what, re := range map[string]string{"inline style": `\sstyle="|<style`, "inline script": `<script>|\son[a-z]+="`, "another origin": `(src|href|action)="(https?:)?//`, "a status without a word": `<span class="st[^"]*">\s*</span>`} {
			if m := regexp.MustCompile(re).FindString(body); m != "" {
				t.Errorf("%s has %s: %s", path, what, m)
			}
		}
		if strings.Count(body, "<h1>") != 1 || len(body) > 100<<10 {
			t.Errorf("%s: %d titles, %d bytes", path, strings.Count(body, "<h1>"), len(body))
		}
		for typ, has := range map[string]bool{"application/json": true, "text/csv": c.table} {
			m := regexp.MustCompile(`<link rel="alternate" type="` + typ + `" href="([^"]+)">`).FindStringSubmatch(body)
			if (m != nil) != has {
				t.Errorf("%s: twin %s: %v, want %v", path, typ, m != nil, has)
			}
			if m != nil {
				if tw := get(t, p, m[1]); tw.Code != 200 || !strings.HasPrefix(tw.Header().Get("Content-Type"), typ) || tw.Body.Len() < 20 {
					t.Errorf("the twin %s answers %d with %d bytes", m[1], tw.Code, tw.Body.Len())
				}
			}
		}
	}
}

// TestReviews_empty holds that the first visit says what to do.
func TestReviews_empty(t *testing.T) {
	p := newPages(t, fake.Empty)
	body := get(t, p, "/reviews").Body.String()
	for _, want := range []string{"还没有审核过", "库里还没有目标表", "选择文件"} {
		if !strings.Contains(body, want) {
			t.Errorf("the empty page does not say %q", want)
		}
	}
	if w := post(t, p, "/reviews/stored", url.Values{"year": {"2024"}}); w.Code != 422 || !strings.Contains(w.Body.String(), "没有符合条件的目标表") {
		t.Errorf("reviewing nothing answers %d", w.Code)
	}
}

// TestReviewUpload posts files as a browser without script does, and finds
// each of them in the round.
func TestReviewUpload(t *testing.T) {
	p := newPages(t, fake.Loaded)
	body := ""
	for _, name := range []string{"一上/甲.xlsx", "一上/坏.xlsx", "一上/乙.docx"} {
		body += "--b\r\nContent-Disposition: form-data; name=\"files\"; filename=\"" + name + "\"\r\n\r\nmade up\r\n"
	}
	send := func(body string) *httptest.ResponseRecorder {
		r := httptest.NewRequest("POST", "/reviews", strings.NewReader(body+"--b--\r\n"))
		r.Header.Set("Content-Type", "multipart/form-data; boundary=b")
		w := httptest.NewRecorder()
		p.ServeHTTP(w, r)
		return w
	}
	to := finish(t, p, send(body))
	page := get(t, p, to).Body.String()
	if !strings.Contains(page, "<h1>一上</h1>") { // named by the folder
		t.Error("the round is not called by its folder")
	}
	for _, want := range []string{"审了 <b>2</b> 份", "坏.", "打不开", "雾炮车抑尘降尘服务", "县级储备粮"} {
		if !strings.Contains(page, want) {
			t.Errorf("the round does not say %q", want)
		}
	}
	if w := send("--b\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\n二上\r\n" + body); !strings.Contains(get(t, p, finish(t, p, w)).Body.String(), "<h1>二上</h1>") {
		t.Error("the round is not called what was written")
	}
	if w := send(""); w.Code != 422 || !strings.Contains(w.Body.String(), "没有收到文件") {
		t.Errorf("no file answers %d", w.Code)
	}
	if w := get(t, p, "/reviews/run-unknown"); w.Code != 404 || !strings.Contains(w.Body.String(), "重新审核一次") {
		t.Errorf("an unknown run answers %d", w.Code)
	}
}

// TestReviewStored reviews forms of the warehouse, by filter and by one.
func TestReviewStored(t *testing.T) {
	p := newPages(t, fake.Loaded)
	page := get(t, p, finish(t, p, post(t, p, "/reviews/stored", url.Values{"year": {"2024"}}))).Body.String()
	if !strings.Contains(page, "<h1>2024 年 已导入的") || !strings.Contains(page, "已导入的表") {
		t.Error("the round does not say what it was made of")
	}
	if strings.Contains(page, "/annotated") {
		t.Error("a form without its file offers an annotated copy")
	}
	form := get(t, p, "/forms/f-0001").Body.String()
	if m := regexp.MustCompile(`action="/reviews/stored"><button[^>]* name="form" value="([^"]+)"`).FindStringSubmatch(form); m != nil {
		finish(t, p, post(t, p, "/reviews/stored", url.Values{"form": {m[1]}}))
	}
}

// TestRound_list holds that filter, search and pages lead through the round
// without losing each other.
func TestRound_list(t *testing.T) {
	p := newPages(t, fake.Long)
	list := func(path string) []string {
		t.Helper()
		var ids []string
		for _, m := range regexp.MustCompile(`<th scope="row"><a href="/reviews/rv-0001/forms/([^"?]+)([^"]*)"`).FindAllStringSubmatch(get(t, p, path).Body.String(), -1) {
			ids = append(ids, m[1])
		}
		return ids
	}
	var round workspace.ReviewRound
	if err := json.Unmarshal(get(t, p, round1+".json").Body.Bytes(), &round); err != nil || len(round.Items) != 1000 {
		t.Fatalf("%d forms in the json, %v", len(round.Items), err)
	}
	seen := map[string]bool{}
	for page := 1; page <= 20; page++ {
		for i, id := range list(fmt.Sprintf("%s?page=%d", round1, page)) {
			if want := round.Items[(page-1)*50+i].ID; id != want {
				t.Fatalf("page %d row %d is %s, want %s as in the json", page, i, id, want)
			}
			seen[id] = true
		}
	}
	if len(seen) != 1000 {
		t.Errorf("the pages show %d forms, want 1000", len(seen))
	}
	at := round.Items[777].ID
	body := get(t, p, round1+"/forms/"+at).Body.String()
	if len(body) > 100<<10 {
		t.Errorf("a form among a thousand has %d bytes of HTML, want at most 100 KB", len(body))
	}
	if !regexp.MustCompile(`<tr class="hit"><th scope="row"><a href="/reviews/rv-0001/forms/` + at + `[?]`).MatchString(body) {
		t.Error("the list does not stand at the form that the address names")
	}
	for word, want := range map[string]string{"prev": round.Items[776].ID, "next": round.Items[778].ID} {
		if m := regexp.MustCompile(`<a href="/reviews/rv-0001/forms/([^"?]+)[^"]*" rel="` + word + `">(上|下)一份`).FindStringSubmatch(body); m == nil || m[1] != want {
			t.Errorf("%s leads to %v, want %s", word, m, want)
		}
	}
	for query, keep := range map[string]func(workspace.Review) bool{
		"show=must":      func(r workspace.Review) bool { return r.Must > 0 },
		"show=open":      func(r workspace.Review) bool { return r.Decision == nil },
		"q=粮食":           func(r workspace.Review) bool { return r.Unit == "县粮食局" },
		"show=must&q=公路": func(r workspace.Review) bool { return r.Must > 0 && strings.Contains(r.Project+r.Unit, "公路") },
		"show=open&q=没有这样的项目名称": func(workspace.Review) bool { return false },
	} {
		n := 0
		for _, it := range round.Items {
			if keep(it) {
				n++
			}
		}
		path := round1 + "?" + (func() string { v, _ := url.ParseQuery(query); return v.Encode() })()
		if got := list(path); len(got) != min(n, 50) {
			t.Errorf("%s shows %d rows, want %d", query, len(got), min(n, 50))
		}
		if show, _, _ := strings.Cut(query, "&"); n > 0 && !strings.Contains(get(t, p, path).Body.String(), url.PathEscape(round.ID)) {
			t.Errorf("%s leads nowhere", show)
		}
	}
	if body := get(t, p, round1+"?show=open&q="+url.QueryEscape("标段")+"&page=2").Body.String(); !strings.Contains(body, "page=2&amp;q="+url.QueryEscape("标段")+"&amp;show=open") {
		t.Error("the rows lose filter, search or page")
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(get(t, p, round1+".csv").Body.String(), "\ufeff"))).ReadAll()
	if err != nil || len(rows) != 1001 {
		t.Errorf("the csv has %d rows, %v", len(rows), err)
	}
	findings := 0
	for _, it := range round.Items {
		findings += len(it.Findings)
	}
	rows, err = csv.NewReader(strings.NewReader(strings.TrimPrefix(get(t, p, round1+"/findings.csv").Body.String(), "\ufeff"))).ReadAll()
	if err != nil || len(rows) != findings+1 {
		t.Errorf("the csv of findings has %d rows, want %d, %v", len(rows), findings+1, err)
	}
}

// TestVerdict decides, sees the decision, and decides otherwise.
func TestVerdict(t *testing.T) {
	p := newPages(t, fake.Loaded)
	w := post(t, p, fog+"/verdict", url.Values{"verdict": {"return"}, "note": {"射程不是<产出>"}, "query": {"?show=must"}})
	to := w.Header().Get("Location")
	if w.Code != 303 || to != fog+"?show=must#opinion" {
		t.Fatalf("status %d to %q: %s", w.Code, to, w.Body)
	}
	body := get(t, p, strings.TrimSuffix(to, "#opinion"), "Cookie", w.Header().Get("Set-Cookie")).Body.String()
	for _, want := range []string{"已退回修改", "意见：射程不是&lt;产出&gt;", "已记为退回修改", "下一份没有处理的", "没有处理 <b>3</b> 份", "9 月 12 日 10:00"} {
		if !strings.Contains(body, want) {
			t.Errorf("after returning it the page does not say %q", want)
		}
	}
	if body := get(t, p, fog+"/opinion").Body.String(); !strings.Contains(body, "射程不是&lt;产出&gt;") || strings.Contains(body, "☐") {
		t.Error("the printed opinion does not say what was decided")
	}
	w = post(t, p, fog+"/verdict", url.Values{"verdict": {"pass"}, "query": {"//evil.example"}})
	if to := w.Header().Get("Location"); to != fog+"#opinion" {
		t.Errorf("leads to %q", to)
	}
	body = get(t, p, fog, "Cookie", w.Header().Get("Set-Cookie")).Body.String()
	if !strings.Contains(body, "仍有 2 处必改") || !strings.Contains(body, "已通过") || strings.Contains(body, "射程不是&lt;") {
		t.Error("the second decision does not replace the first, or says nothing of what must still be changed")
	}
	for _, c := range []struct {
		path string
		form url.Values
		code int
	}{{fog + "/verdict", nil, 422}, {fog + "/verdict", url.Values{"verdict": {"burn"}}, 422}, {round1 + "/forms/f-9/verdict", url.Values{"verdict": {"pass"}}, 404}, {"/reviews/rv-9/forms/f-9/verdict", url.Values{"verdict": {"pass"}}, 404}} {
		if w := post(t, p, c.path, c.form); w.Code != c.code {
			t.Errorf("%s %v: status %d, want %d", c.path, c.form, w.Code, c.code)
		}
	}
}

// TestReviewFiles holds that every file comes with its name and type, and that
// trouble comes as a page.
func TestReviewFiles(t *testing.T) {
	p := newPages(t, fake.Loaded)
	for path, want := range map[string]string{
		fog + "/annotated": "城管局2025目标_批注.xlsx", fog + "/opinion.xlsx": "雾炮车抑尘降尘服务_审核意见.xlsx", fog + "/opinion.html": "雾炮车抑尘降尘服务_审核意见.html",
	} {
		w := get(t, p, path)
		name, _ := url.PathUnescape(strings.TrimPrefix(w.Header().Get("Content-Disposition"), "attachment; filename*=UTF-8''"))
		if w.Code != 200 || name != want || w.Header().Get("Content-Type") == "" || w.Body.Len() == 0 {
			t.Errorf("%s: status %d, %q, %d bytes; want %s", path, w.Code, name, w.Body.Len(), want)
		}
	}
	for _, path := range []string{round1 + "/forms/f-9/annotated", round1 + "/forms/f-9/opinion.html", round1 + "/forms/f-9", "/reviews/rv-9", "/reviews/rv-9/findings.csv"} {
		if w := get(t, p, path); w.Code != 404 || strings.HasSuffix(path, "html") && !strings.Contains(w.Body.String(), "<h1>没有找到</h1>") {
			t.Errorf("%s: status %d, want a page that says it was not found", path, w.Code)
		}
	}
}

// TestRoundDelete takes a round away and says so.
func TestRoundDelete(t *testing.T) {
	p := newPages(t, fake.Loaded)
	w := post(t, p, round1+"/delete", nil)
	if w.Code != 303 || w.Header().Get("Location") != "/reviews" {
		t.Fatalf("status %d to %q", w.Code, w.Header().Get("Location"))
	}
	body := get(t, p, "/reviews", "Cookie", w.Header().Get("Set-Cookie")).Body.String()
	if strings.Contains(body, "rv-0001") || !strings.Contains(body, "已删除这一轮") {
		t.Error("the deleted round is still listed, or nothing says that it went")
	}
	if w := post(t, p, round1+"/delete", nil); w.Code != 404 {
		t.Errorf("deleting it again answers %d", w.Code)
	}
}

// TestReviewNav counts rounds that want a decision, and only those.
func TestReviewNav(t *testing.T) {
	p := newPages(t, fake.Loaded)
	open := regexp.MustCompile(`目标审核<span class="count">1<span class="sr"> 轮没有审完`)
	if !open.MatchString(get(t, p, "/").Body.String()) {
		t.Error("the open round is not counted")
	}
	var round workspace.ReviewRound
	if err := json.Unmarshal(get(t, p, round1+".json").Body.Bytes(), &round); err != nil {
		t.Fatal(err)
	}
	for _, it := range round.Items {
		post(t, p, reviewHref(round.ID, it.ID)+"/verdict", url.Values{"verdict": {"pass"}})
	}
	body := get(t, p, "/reviews").Body.String()
	if open.MatchString(body) || !strings.Contains(body, "审完了") {
		t.Error("a round with every form decided still counts as open")
	}
	if w := get(t, newPages(t, fake.Busy), round1); w.Code != 503 || !strings.Contains(w.Body.String(), "数据库正被导入占用") {
		t.Errorf("a busy workspace answers %d", w.Code)
	}
}

// TestRound_leftOut holds that what was not reviewed is listed with its reason,
// and where the list is cut that says so.
func TestRound_leftOut(t *testing.T) {
	p := newPages(t, fake.Loaded)
	var round workspace.ReviewRound
	for i := range 60 {
		round.Unread = append(round.Unread, yardstick.Issue{File: fmt.Sprintf("甲/%d.xlsx", i), Code: yardstick.FileEncrypted, Message: "有打开密码。请在表格软件里取消密码。"})
		round.Skips = append(round.Skips, fmt.Sprintf("%d.docx 是自评表", i))
	}
	round.Unread[0].Code, round.Unread[0].Message = yardstick.FormNone, "没有找到绩效表"
	pg := p.roundPage(&asked{path: "/reviews/x", query: url.Values{}}, round, "")
	if pg.LeftOut != 120 || len(pg.Unread)+pg.MoreLeft != 60 || len(pg.Skips)+pg.MoreSkips != 60 || pg.MoreLeft == 0 || pg.MoreSkips == 0 {
		t.Errorf("%d left out: %d + %d unread, %d + %d skipped", pg.LeftOut, len(pg.Unread), pg.MoreLeft, len(pg.Skips), pg.MoreSkips)
	}
	if pg.Unread[0].Fix == "" || pg.Unread[1].Fix != "" {
		t.Errorf("what to do is said as %q and %q, want once beside or in the message", pg.Unread[0].Fix, pg.Unread[1].Fix)
	}
	var b strings.Builder
	if err := p.tmpl["round"].ExecuteTemplate(&b, "main", pg); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"没有可审的目标表", "没有审的 120 处", "另有 10 处没有列出", "另有 10 份没有列出", "跳过了 60 份"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("the page does not say %q", want)
		}
	}
}

// TestForm_cells holds that a finding's cell leads to its place on the form's
// page, and that no place is named twice.
func TestForm_cells(t *testing.T) {
	p := newPages(t, fake.Loaded)
	var f workspace.FormView
	if err := json.Unmarshal(get(t, p, "/forms/f-0002.json").Body.Bytes(), &f); err != nil {
		t.Fatal(err)
	}
	ids := map[string]int{}
	for _, m := range regexp.MustCompile(` id="(c-[^"]*)"`).FindAllStringSubmatch(get(t, p, "/forms/f-0002").Body.String(), -1) {
		ids[m[1]]++
	}
	cells := 0
	for _, l := range f.View {
		for _, column := range []string{"target", "weight"} {
			if cell := l.Cells[column].Cell; cell != "" {
				cells++
				if ids["c-"+cell] != 1 {
					t.Errorf("%d places on the page are named c-%s, want 1", ids["c-"+cell], cell)
				}
			}
		}
	}
	if cells == 0 {
		t.Error("the form has no cells to lead to")
	}
	for id, n := range ids {
		if n != 1 {
			t.Errorf("%s stands %d times", id, n)
		}
	}
}

// TestFindingRow holds that nothing is said twice about a finding.
func TestFindingRow(t *testing.T) {
	for _, c := range []struct {
		f              workspace.Finding
		where, wording string
		n              bool
	}{
		{workspace.Finding{Line: 3, Indicator: "射程", Field: "target", Why: "x（n=9）。", N: 9, Do: "改为 ≥ 5%。", Fix: &workspace.Fix{Label: "改为 ≥ 5%"}}, "第 3 个指标“射程”的目标值", "", false},
		{workspace.Finding{Line: 3, Field: "weight", N: 9, Do: "核对。", Fix: &workspace.Fix{Label: "改为 5 分"}}, "第 3 个指标的权重", "改为 5 分", true},
		{workspace.Finding{Field: "goal"}, "总体目标", "", false},
		{workspace.Finding{Field: "form"}, "整份表", "", false},
		{workspace.Finding{}, "整份表", "", false},
	} {
		got := groupFindings([]workspace.Finding{c.f})[0].Rows[0]
		if got.Where != c.where || got.Wording != c.wording || got.ShowN != c.n {
			t.Errorf("%+v: %q %q %v, want %q %q %v", c.f, got.Where, got.Wording, got.ShowN, c.where, c.wording, c.n)
		}
	}
}
