package pages

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"yardstick/indicators/library"
	"yardstick/web/internal/fake"
	"yardstick/workspace"
)

// send posts a form as a browser without script does and follows the redirect
// with the cookies that came. It returns where that led and the page.
func send(t *testing.T, h http.Handler, path string, form url.Values) (to string, page *httptest.ResponseRecorder) {
	t.Helper()
	r := httptest.NewRequest("POST", path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return follow(t, h, r)
}

func follow(t *testing.T, h http.Handler, r *http.Request) (to string, page *httptest.ResponseRecorder) {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	to = w.Header().Get("Location")
	if w.Code != http.StatusSeeOther {
		return to, w
	}
	var cookies []string
	for _, c := range w.Result().Cookies() {
		cookies = append(cookies, c.Name+"="+c.Value)
	}
	return to, get(t, h, to, "Cookie", strings.Join(cookies, "; "))
}

// TestActions holds that every button of the library's pages leads back to a
// page that says what was done and offers to take it back.
func TestActions(t *testing.T) {
	p := newPages(t, fake.Loaded)
	for _, c := range []struct {
		path       string
		form       url.Values
		to         string
		said, undo string
	}{
		{"/library/JT-0214/edit", url.Values{"unit": {"‰"}, "change_note": {"统一单位"}}, "/library/JT-0214", "已保存，改了 1 栏", "/library/changes/4/undo"},
		{"/library/new", url.Values{"name": {"新的"}, "class": {"产出指标|数量指标"}}, "/library/JT-0218", "已加入指标库", "/library/changes/4/undo"},
		{"/library/JT-0214/retire", url.Values{"back": {"/library/health?kind=retire"}}, "/library/health?kind=retire", "已停用", "/library/changes/4/undo"},
		{"/library/JT-0214/restore", nil, "/library/JT-0214", "已恢复", "/library/changes/4/undo"},
		{"/library/JT-0217/merge", url.Values{"entry": {"JT-0214 农村公路优良中等路率"}}, "/library/JT-0214", "已并入 JT-0214", "/library/changes/4-5/undo"},
		{"/library/JT-0217/merge", url.Values{"entry": {"农村公路优良中等路率"}}, "/library/JT-0214", "已并入 JT-0214", "/library/changes/4-5/undo"},
		{"/library/changes/4-5/undo", url.Values{"back": {"/library/JT-0214"}}, "/library/JT-0214", "已撤销", ""},
		{"/library/names/decide", url.Values{"name": {"旧料利用率"}, "say": {"none"}}, "/library/names", "“旧料利用率”库里没有", "/library/decisions/2/undo"},
		{"/library/names/decide", url.Values{"name": {"路况"}, "sector": {"交通运输"}, "say": {"is JT-0214"}, "back": {"/library/names?state=doubtful"}}, "/library/names?state=doubtful", "就是“农村公路优良中等路率”", "/library/decisions/2/undo"},
		{"/library/names/decide", url.Values{"name": {"路况"}, "say": {"not JT-0214"}}, "/library/names", "不是“农村公路优良中等路率”", "/library/decisions/2/undo"},
		{"/library/names/decide", url.Values{"name": {"路况"}, "say": {"pick"}, "entry": {"公交准点率"}}, "/library/names", "就是“公交准点率”", "/library/decisions/2/undo"},
		{"/library/decisions/2/undo", nil, "/library/decisions", "已撤销", ""},
	} {
		t.Run(c.path+" "+c.form.Get("say"), func(t *testing.T) {
			to, w := send(t, p, c.path, c.form)
			body := w.Body.String()
			if to != c.to || w.Code != http.StatusOK {
				t.Fatalf("led to %q with %d, want %q: %.300s", to, w.Code, c.to, body)
			}
			said := regexp.MustCompile(`data-toast><span role="status">([^<]*)</span>`).FindStringSubmatch(body)
			if said == nil || !strings.Contains(said[1], c.said) {
				t.Errorf("the page says %q, want %q", said, c.said)
			}
			undo := regexp.MustCompile(`class="toast said" method="post" action="([^"]*)"`).FindStringSubmatch(body)
			if undo == nil || undo[1] != c.undo {
				t.Errorf("撤销 posts to %q, want %q", undo, c.undo)
			}
			if again := get(t, p, to).Body.String(); strings.Contains(again, "data-toast") {
				t.Error("the toast is shown without its cookie")
			}
		})
	}
}

// TestActions_refused holds that what is refused says why and changes nothing.
func TestActions_refused(t *testing.T) {
	p := newPages(t, fake.Loaded)
	for _, c := range []struct {
		path string
		form url.Values
		code int
		says string
	}{
		{"/library/JT-0214/edit", url.Values{"unit": {"错"}}, 422, `<p class="err" id="e-unit">“计量单位”一栏不能写“错”。</p>`},
		{"/library/new", url.Values{"name": {" "}}, 422, `<p class="err" id="e-name">`},
		{"/library/NO-1/edit", nil, 404, "没有找到这条指标"},
		{"/library/JT-0214/merge", url.Values{"entry": {"JT-0214"}}, 422, "不能和自己合并"},
		{"/library/JT-0214/merge", url.Values{"entry": {"公交"}}, 404, "指标库里没有“公交”"},
		{"/library/JT-0214/merge", nil, 422, "没有选指标"},
		{"/library/names/decide", url.Values{"name": {"x"}, "say": {"maybe"}}, 422, "verdict"},
		{"/library/changes/x/undo", nil, 404, "没有这次改动"},
		{"/library/changes/4-99/undo", nil, 404, "没有第 99 次改动"},
		{"/library/decisions/x/undo", nil, 404, "没有这个决定"},
		{"/library/changes/import/preview/NONE", nil, 404, "重新选一次文件"},
	} {
		t.Run(c.path, func(t *testing.T) {
			_, w := send(t, p, c.path, c.form)
			if body := w.Body.String(); w.Code != c.code || !strings.Contains(body, c.says) {
				t.Errorf("status %d, want %d with %q: %.600s", w.Code, c.code, c.says, body)
			}
			if strings.Contains(w.Header().Get("Set-Cookie"), toastCookie) {
				t.Error("a toast is left although nothing was done")
			}
		})
	}
	r := httptest.NewRequest("POST", "/library/names/decide", strings.NewReader("say=none"))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("HX-Request", "true")
	if _, w := follow(t, p, r); w.Header().Get("HX-Retarget") != "#toast" || !strings.Contains(w.Body.String(), "note warn") {
		t.Errorf("htmx is not told to leave the list: %v %.200s", w.Header(), w.Body)
	}
}

// TestToast_foreign holds that a made-up cookie can't lead off this site.
func TestToast_foreign(t *testing.T) {
	p := newPages(t, fake.Loaded)
	w := httptest.NewRecorder()
	say(w, toast{Text: "<b>x</b>", Undo: "//evil.example/"})
	body := get(t, p, "/library", "Cookie", strings.Split(w.Header().Get("Set-Cookie"), ";")[0]).Body.String()
	if strings.Contains(body, "evil.example") || strings.Contains(body, "<b>x</b>") {
		t.Error("the toast's cookie is trusted")
	}
	if body := get(t, p, "/library", "Cookie", toastCookie+"=e30x%"); body.Code != 200 || strings.Contains(body.Body.String(), "data-toast") {
		t.Error("a broken cookie shows a toast or an error")
	}
}

// TestImport_preview uploads a table, looks, reloads, confirms, and finds the
// preview gone.
func TestImport_preview(t *testing.T) {
	p := newPages(t, fake.Loaded)
	upload := func(path string, names ...string) *http.Request {
		var b bytes.Buffer
		m := multipart.NewWriter(&b)
		if err := m.WriteField("note", "修订"); err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			f, err := m.CreateFormFile("files", name)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := f.Write([]byte("made up")); err != nil {
				t.Fatal(err)
			}
		}
		if err := m.Close(); err != nil {
			t.Fatal(err)
		}
		r := httptest.NewRequest("POST", path, &b)
		r.Header.Set("Content-Type", m.FormDataContentType())
		return r
	}
	to, w := follow(t, p, upload("/library/changes/import", "指标.csv"))
	if !strings.HasPrefix(to, "/library/changes/import/preview/") || !strings.Contains(w.Body.String(), "新增 1 ＋ 修改 1 ＋ 不变 4 ＋ 未入库 2") {
		t.Fatalf("the upload led to %q: %.300s", to, w.Body)
	}
	if twin := get(t, p, to+".json"); !strings.Contains(twin.Body.String(), `"dry_run": true`) {
		t.Errorf("the twin answers %d %.200s", twin.Code, twin.Body)
	}
	if again := get(t, p, to); again.Code != 200 {
		t.Errorf("a reload answers %d", again.Code)
	}
	if at, page := send(t, p, to, nil); at != "/library/changes" || !strings.Contains(page.Body.String(), "已导入为第 3 版") {
		t.Errorf("确认导入 led to %q", at)
	}
	if gone := get(t, p, to); gone.Code != http.StatusNotFound {
		t.Errorf("after 确认导入 the preview answers %d", gone.Code)
	}
	to, _ = follow(t, p, upload("/library/changes/import", "指标.csv"))
	if at, page := send(t, p, to, url.Values{"drop": {"1"}}); at != "/library/changes" || !strings.Contains(page.Body.String(), "没有导入") {
		t.Errorf("不导入 led to %q", at)
	}
	for range shelfRoom + 1 { // the first makes room for the last
		follow(t, p, upload("/library/changes/import", "指标.csv"))
	}
	if n := len(p.shelf.kept); n != shelfRoom {
		t.Errorf("%d tables wait, want at most %d", n, shelfRoom)
	}
	if _, w := follow(t, p, upload("/library/changes/import", "a.csv", "b.csv")); w.Code != 422 || !strings.Contains(w.Body.String(), "收到 2 个") {
		t.Errorf("two files at once answer %d", w.Code)
	}
	if _, w := follow(t, p, upload("/library/names/import", "写法.csv")); w.Code != 200 || !strings.Contains(w.Body.String(), "记下 1 ＋ 早已这样 1 ＋ 没填 1 ＋ 未入库 1") || !strings.Contains(w.Body.String(), "也许") {
		t.Errorf("the filled table answers %d %.300s", w.Code, w.Body)
	}
}

// TestDownloads holds what the exports send.
func TestDownloads(t *testing.T) {
	p := newPages(t, fake.Loaded)
	for path, want := range map[string]string{
		"/library/export?format=csv": "编号,指标名称", "/library/export?version=shipped": "JT-0214", "/library/names/export?state=doubtful": "县乡道 PQI 优良率",
	} {
		w := get(t, p, path)
		if w.Code != 200 || !strings.Contains(w.Body.String(), want) || !strings.HasPrefix(w.Header().Get("Content-Disposition"), "attachment; filename*=UTF-8''") {
			t.Errorf("%s: %d %v %.100s", path, w.Code, w.Header(), w.Body)
		}
	}
	for _, path := range []string{"/library/export?format=pdf", "/library/export?version=x"} {
		if w := get(t, p, path); w.Code != 422 {
			t.Errorf("%s answers %d, want 422", path, w.Code)
		}
	}
}

// TestEntryFields holds that the form asks every column that an entry can
// have, and reads every column of an entry.
func TestEntryFields(t *testing.T) {
	p := newPages(t, fake.Loaded)
	body := get(t, p, "/library/JT-0214/edit").Body.String()
	e := workspace.Entry{ID: "id", Name: "name", Aliases: []string{"aliases"}, Level1: "level1", Level2: "level2", Sector: "sector", Function: []string{"function"}, ProjectTypes: []string{"project_types"},
		Meaning: "meaning", Formula: "formula", Unit: "unit", Direction: "direction", TemporalType: "temporal_type", Comparison: "comparison", WeightRange: "weight", DataSource: "data_source", Taking: "taking",
		Scoring: "scoring", Evidence: "evidence", Keywords: []string{"keywords"}, Note: "note", SourceStatus: "source_status"}
	for _, c := range library.Columns() {
		if got := entryField(e, c); got != c {
			t.Errorf("column %s is %q", c, got)
		}
		name := c
		switch c {
		case "id":
			continue
		case "level1", "level2":
			name = classField
		}
		if !strings.Contains(body, `name="`+name+`"`) {
			t.Errorf("the form does not ask %s", c)
		}
	}
}

// TestSearchPage holds how a hit says by what it was found, and that typing
// keeps the filters.
func TestSearchPage(t *testing.T) {
	p := newPages(t, fake.Loaded)
	if body := get(t, p, "/library?q=gjzdl").Body.String(); !strings.Contains(body, "按首字母找到") {
		t.Error("gjzdl does not say 按首字母找到")
	}
	q := "/library?q=" + url.QueryEscape("公路") + "&level2=" + url.QueryEscape("质量指标")
	body := get(t, p, q).Body.String()
	for _, want := range []string{`<input type="hidden" name="level2" value="质量指标">`, `class="tag x"`, "清除筛选", `aria-current="true">指标 `} {
		if !strings.Contains(body, want) {
			t.Errorf("%s does not hold %s", q, want)
		}
	}
	if body := get(t, p, "/library?q="+url.QueryEscape("列养")).Body.String(); !strings.Contains(body, `<span class="tag">表上的写法</span>`) {
		t.Error("what only forms have is not shown when the library has nothing")
	}
}

// TestToggle holds that a filter's link sets it, and removes it when it is set.
func TestToggle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := rapid.StringMatching(`[a-z一-龥 &=%]{1,6}`).Draw(t, "value")
		other := rapid.SampledFrom([]string{"", "x"}).Draw(t, "other")
		q := &asked{path: "/library", query: url.Values{"q": {"路"}, "page": {"3"}}}
		if other != "" {
			q.query.Set("level1", other)
		}
		u, err := url.Parse(q.toggle("level2", v, "level1"))
		if err != nil || u.Query().Get("level2") != v || u.Query().Get("q") != "路" || u.Query().Has("page") || u.Query().Has("level1") {
			t.Fatalf("%q leads to %v, %v", v, u, err)
		}
		q.query = u.Query()
		if u, err = url.Parse(q.toggle("level2", v, "level1")); err != nil || u.Query().Has("level2") || u.Query().Get("q") != "路" {
			t.Fatalf("a second %q leads to %v, %v", v, u, err)
		}
	})
}

// TestHistogram_inside holds that every value is drawn or named, and none
// outside the axis.
func TestHistogram_inside(t *testing.T) {
	at := regexp.MustCompile(`cx="(-?[0-9.]+)%"`)
	rapid.Check(t, func(t *rapid.T) {
		vals := rapid.SliceOfN(rapid.Float64Range(-1e6, 1e6), 8, 60).Draw(t, "values")
		q1, med, q3 := -10.0, rapid.Float64Range(-10, 10).Draw(t, "median"), 10.0
		s := plot{strip{Values: vals, N: len(vals), Q1: &q1, Median: &med, Q3: &q3, Unit: rapid.SampledFrom([]string{"", "%", "公里"}).Draw(t, "unit")}}
		columns, _, _, outside := s.binned()
		if columns == nil {
			return
		}
		sum := len(outside)
		for _, c := range columns {
			sum += c.N
		}
		if sum != len(vals) {
			t.Errorf("%d of %d values are drawn or named", sum, len(vals))
		}
		for _, m := range at.FindAllStringSubmatch(string(s.SVG()), -1) {
			if strings.HasPrefix(m[1], "-") || len(m[1]) == 6 && m[1] > "100.00" || len(m[1]) > 6 {
				t.Errorf("a dot at %s%%", m[1])
			}
		}
	})
}

// TestSlots holds that what is filled in is marked and everything escaped.
func TestSlots(t *testing.T) {
	for goal, want := range map[string]string{
		"完成{里程}公里<b>": `完成<span class="slot">里程</span>公里&lt;b&gt;`, "{<i>}{b}": `<span class="slot">&lt;i&gt;</span><span class="slot">b</span>`, "没有": "没有", "{开": "{开", "": "",
	} {
		if got := string(slots(goal)); got != want {
			t.Errorf("slots(%q) = %q, want %q", goal, got, want)
		}
	}
}
