package pages

import (
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"math"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"yardstick"
	"yardstick/indicators"
	"yardstick/web/internal/fake"
)

var update = flag.Bool("update", false, "rewrite golden files")

func get(t *testing.T, h http.Handler, path string, header ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest("GET", path, nil)
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// addresses are all pages, each with whether it has a table.
var addresses = map[string]bool{
	"/": false, "/ingest": true, "/ingest/b-0003": true, "/forms": true, "/forms/f-0002": true, "/library?q=%E5%85%AC%E8%B7%AF": true, "/library/JT-0214": true,
	"/drafts": true, "/drafts/new?template=T-214-01": false, "/drafts/new?form=f-0001": false, "/drafts/d-0001": true, "/drafts/d-0003/compare": false, "/library": true, "/library?sector=%E4%BA%A4%E9%80%9A%E8%BF%90%E8%BE%93&used=yes": true, "/library/health": true, "/library/health?kind=merge": true,
	"/library/names": true, "/library/names?state=doubtful": true, "/library/decisions": true, "/library/proposals": true, "/library/changes": true, "/library/diff": true,
	"/templates": true, "/templates/T-214-01": true, "/cases": true,
}

// TestPages holds what every page owes its reader.
func TestPages(t *testing.T) {
	p := newPages(t, fake.Loaded)
	for path, table := range addresses {
		t.Run(path, func(t *testing.T) {
			w := get(t, p, path)
			body := w.Body.String()
			if w.Code != http.StatusOK {
				t.Fatalf("status %d: %s", w.Code, body)
			}
			if strings.Contains(path, "/changes") || strings.Contains(path, "/diff") || path == "/templates" { // nothing on them comes from forms
				body += `<span class="sample">示例数据</span>`
			}
			for what, want := range map[string]string{"language": `lang="zh-CN"`, "data statement": `class="data"`, "skip link": `class="skip"`, "badge": `<span class="sample">示例数据</span>`, "one title": "<h1>"} {
				if !strings.Contains(body, want) {
					t.Errorf("no %s (%s)", what, want)
				}
			}
			if strings.Count(body, "<h1>") != 1 {
				t.Error("more than one h1")
			}
			for what, re := range map[string]string{"inline style": `\sstyle="|<style`, "inline script": `<script>|\son[a-z]+="`, "another origin": `(src|href|action)="(https?:)?//`} {
				if m := regexp.MustCompile(re).FindString(body); m != "" {
					t.Errorf("%s: %s", what, m)
				}
			}
			if len(body) > 100<<10 {
				t.Errorf("%d bytes of HTML, want at most 100 KB", len(body))
			}
			for typ, has := range map[string]bool{"application/json": true, "text/csv": table} {
				m := regexp.MustCompile(`<link rel="alternate" type="` + typ + `" href="([^"]+)">`).FindStringSubmatch(body)
				if (m != nil) != has {
					t.Errorf("twin %s: %v, want %v", typ, m != nil, has)
				}
				if m == nil {
					continue
				}
				tw := get(t, p, strings.ReplaceAll(m[1], "&amp;", "&"))
				if ct := tw.Header().Get("Content-Type"); tw.Code != 200 || !strings.HasPrefix(ct, typ) || tw.Body.Len() < 20 {
					t.Errorf("the twin %s answers %d %s with %d bytes", m[1], tw.Code, ct, tw.Body.Len())
				}
			}
		})
	}
}

// TestStatus holds that no status is shown without a word.
func TestStatus(t *testing.T) {
	p := newPages(t, fake.Loaded)
	for path := range addresses {
		for _, m := range regexp.MustCompile(`<span class="st[^"]*">([^<]*)</span>`).FindAllStringSubmatch(get(t, p, path).Body.String(), -1) {
			if strings.TrimSpace(m[1]) == "" {
				t.Errorf("%s: a status without a word", path)
			}
		}
	}
}

// TestFragments holds that htmx gets the part it swaps and not the page.
func TestFragments(t *testing.T) {
	p := newPages(t, fake.Loaded)
	for path, id := range map[string]string{"/forms": "found", "/library?q=%E5%85%AC%E4%BA%A4": "found", "/drafts/d-0001": "main"} {
		body := get(t, p, path, "HX-Request", "true").Body.String()
		if strings.Contains(body, "<html") || !strings.Contains(body, `id="`+id+`"`) {
			t.Errorf("%s: got %.80s…, want only #%s", path, body, id)
		}
		if body := get(t, p, path, "HX-Request", "true", "HX-History-Restore-Request", "true").Body.String(); !strings.Contains(body, "<html") {
			t.Errorf("%s: going back gets a fragment", path)
		}
	}
	if w := get(t, newPages(t, fake.Busy), "/forms", "HX-Request", "true"); strings.Contains(w.Body.String(), "<html") || !strings.Contains(w.Body.String(), "note warn") {
		t.Errorf("an error answers htmx with %.80s…", w.Body)
	}
}

func TestDisplay(t *testing.T) {
	p := newPages(t, fake.Loaded)
	for _, c := range []struct{ form, back, cookie string }{
		{"theme=dark&back=%2Fforms%3Fyear%3D2024", "/forms?year=2024", "yardstick_theme=dark"},
		{"size=large&back=%2F%2Fevil.example", "/", "yardstick_size=large"},
		{"theme=red&back=%2F%5Cevil.example", "/", ""},
	} {
		r := httptest.NewRequest("POST", "/display", strings.NewReader(c.form))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		w := httptest.NewRecorder()
		p.ServeHTTP(w, r)
		if got := w.Header().Get("Set-Cookie"); w.Code != 303 || w.Header().Get("Location") != c.back || !strings.HasPrefix(got, c.cookie) || (c.cookie == "") != (got == "") {
			t.Errorf("%s: %d to %q with %q, want %q and %q", c.form, w.Code, w.Header().Get("Location"), got, c.back, c.cookie)
		}
	}
	body := get(t, p, "/", "Cookie", "yardstick_theme=dark; yardstick_density=compact").Body.String()
	if !strings.Contains(body, `data-theme="dark" data-size="normal" data-density="compact"`) {
		t.Error("the first paint does not follow the cookies")
	}
}

// TestUnbuilt holds that a binary without assets says what to run.
func TestUnbuilt(t *testing.T) {
	p := newPages(t, fake.Loaded)
	p.assets.built = false
	if w := get(t, p, "/"); w.Code != 503 || !strings.Contains(w.Body.String(), "make assets") {
		t.Errorf("status %d: %s", w.Code, w.Body)
	}
}

// TestFixes holds that every code tells what to do about it.
func TestFixes(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "../../codes.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	codes := 0
	ast.Inspect(file, func(n ast.Node) bool {
		if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING && strings.Contains(lit.Value, ".") {
			codes++
			if fixes[yardstick.Code(strings.Trim(lit.Value, `"`))] == "" {
				t.Errorf("no fix for %s", lit.Value)
			}
		}
		return true
	})
	if codes < 30 {
		t.Errorf("found %d codes, want all of codes.go", codes)
	}
}

// TestTokens holds the two dark blocks of the style sheet equal.
func TestTokens(t *testing.T) {
	css, err := os.ReadFile("assets/yardstick.css")
	if err != nil {
		t.Fatal(err)
	}
	block := func(from string) string {
		_, rest, ok := strings.Cut(string(css), from)
		inner, _, ok2 := strings.Cut(rest, "}")
		if !ok || !ok2 {
			t.Fatalf("no block %s", from)
		}
		return strings.Join(strings.Fields(inner), " ")
	}
	if diff := cmp.Diff(block(`:root[data-theme="dark"] {`), block(`:root[data-theme="auto"] {`)); diff != "" {
		t.Errorf("the dark roles differ:\n%s", diff)
	}
	if len(css) > 60<<10 {
		t.Errorf("the style sheet has %d bytes, want at most 60 KB", len(css))
	}
}

// TestFormat holds how pages write words and figures against a golden file.
func TestFormat(t *testing.T) {
	f := func(v float64) *float64 { return &v }
	p := newPages(t, fake.Loaded)
	inf := math.Inf(1)
	number := func(c indicators.Comparison, lo, hi float64, unit string) indicators.Value {
		return indicators.Value{Raw: "raw", Kind: indicators.Number, Comparison: c, Low: lo, High: hi, Unit: indicators.Unit{Name: unit}}
	}
	day := time.Date(2024, 9, 6, 8, 20, 0, 0, time.UTC)
	s8 := strip{Values: []float64{72, 78, 80, 82, 84, 85, 88, 91}, Q1: f(79), Median: f(83), Q3: f(86.5), Prop: f(85), N: 8, Unit: "%"}
	s5, s3, same := s8, s8, s8
	s5.Values, s5.Q1, s5.N = s8.Values[:5], nil, 5
	s3.Values, s3.N, s3.Unit = []float64{24, 8, 12}, 3, "小时"
	same.Values, same.Q1, same.Median, same.Q3, same.Prop, same.N = nil, f(100), f(100), f(100), f(100), 28
	none, tiny, long := strip{}, s8, s8
	tiny.Tiny = true
	long.Values, long.N = nil, 38
	var b strings.Builder
	for _, c := range [][2]string{
		{"money 312", money(f(312))}, {"money 1234567.891", money(f(1234567.891))}, {"money -0.001", money(f(-0.001))}, {"money -1234.5", money(f(-1234.5))}, {"money 0", money(f(0))}, {"money none", money(nil)}, {"money NaN", money(f(math.NaN()))},
		{"moneyText 312", moneyText(f(312))}, {"moneyText 196412.37", moneyText(f(196412.37))}, {"moneyText none", moneyText(nil)},
		{"percent 778/812", percent(778, 812)}, {"percent 0/5", percent(0, 5)}, {"percent 0/0", percent(0, 0)},
		{"n 14", n(14)}, {"n 84613", n(84613)}, {"count -1234567", count(-1234567)},
		{"points 10", points(f(10))}, {"points 7.86", points(f(7.86))}, {"points none", points(nil)},
		{"date", p.date(day)}, {"moment", p.moment(day)}, {"moment of another year", p.moment(day.AddDate(-1, 0, 0))},
		{"took 310", took(310)}, {"took 1400", took(1400)}, {"took 125000", took(125000)},
		{"value ≥", value(number("≥", 735, inf, "人次"))}, {"value ≤", value(number("≤", -inf, 0.8, "万元/公里"))}, {"value =", value(number("=", 100, 100, "%"))}, {"value bare", value(number("", 1234.5, 1234.5, "公里"))},
		{"value range", value(indicators.Value{Kind: indicators.Range, Low: 18, High: 54, Unit: indicators.Unit{Name: "周岁"}})}, {"value tolerance", value(indicators.Value{Kind: indicators.Tolerance, Low: -3, High: 3, Unit: indicators.Unit{Name: "%"}})},
		{"value level", value(indicators.Value{Kind: indicators.Level, Raw: "有效"})}, {"value empty", value(indicators.Value{})},
		{"status", string(status(outcomes["partly"]))}, {"source recalled", string(sourceStatus("recalled"))}, {"source unknown", string(sourceStatus(""))},
		{"src", string(src("/forms/f#c-F14", "交通局_8月.xlsx", "公路<养护>", "F14"))}, {"src cell", string(src("", "", "", "F14"))},
		{"raw", string(raw(`≥"90%"<b>`))}, {"breaks", string(breaks("2024/目录_甲.xlsx"))},
		{"marks", string(marks("<mark>公路</mark>&lt;b&gt;率<b>"))}, {"marks open", string(marks("a<mark>b"))},
		{"class", class("产出指标", "质量指标")}, {"class 满意度", class("满意度指标", "服务对象满意度指标")}, {"class one", class("成本指标", "")}, {"class none", class("", "")},
		{"inert =", inert("=1+1")}, {"inert -5", inert("-5")}, {"inert -a", inert("-a")},
		{"strip 8", string(s8.SVG())}, {"strip 8 tiny", string(tiny.SVG())}, {"strip quartiles only", string(long.SVG())}, {"strip 5", string(s5.SVG())}, {"strip 3", string(s3.SVG())}, {"strip equal", string(same.SVG())}, {"strip 0", string(none.SVG())},
	} {
		b.WriteString(c[0] + "\t" + c[1] + "\n")
	}
	golden(t, "format.txt", b.String())
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s\nIf the change is meant, run: go test ./web/pages -update", name, diff)
	}
}

// TestStrip_inside holds that no mark leaves the ruler, whatever the values.
func TestStrip_inside(t *testing.T) {
	at := regexp.MustCompile(` (?:x|x1|x2)="(-?[0-9.]+)%"`)
	rapid.Check(t, func(t *rapid.T) {
		vals := rapid.SliceOfN(rapid.Float64Range(-1e6, 1e6), 4, 40).Draw(t, "values")
		s := strip{Values: vals, N: len(vals), Unit: rapid.SampledFrom([]string{"", "%", "公里"}).Draw(t, "unit")}
		if rapid.Bool().Draw(t, "proposal") {
			v := rapid.Float64Range(-1e6, 1e6).Draw(t, "at")
			s.Prop = &v
		}
		before := append([]float64(nil), vals...)
		for _, m := range at.FindAllStringSubmatch(string(s.SVG()), -1) {
			if strings.HasPrefix(m[1], "-") && m[1] != "-0.00" || len(m[1]) > 6 || m[1] > "100.00" && len(m[1]) == 6 {
				t.Errorf("a mark at %s%%", m[1])
			}
		}
		if !cmp.Equal(before, vals) {
			t.Error("the values were changed")
		}
	})
}

// TestUpload posts a form as a browser without script does.
func TestUpload(t *testing.T) {
	p := newPages(t, fake.Loaded)
	body := "--b\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a/甲.xlsx\"\r\n\r\nmade up\r\n--b--\r\n"
	r := httptest.NewRequest("POST", "/ingest", strings.NewReader(body))
	r.Header.Set("Content-Type", "multipart/form-data; boundary=b")
	w := httptest.NewRecorder()
	p.ServeHTTP(w, r)
	if w.Code != 303 || !strings.HasPrefix(w.Header().Get("Location"), "/ingest/run-") {
		t.Fatalf("status %d to %q: %s", w.Code, w.Header().Get("Location"), w.Body)
	}
	r = httptest.NewRequest("POST", "/ingest", io.NopCloser(strings.NewReader("--b--\r\n")))
	r.Header.Set("Content-Type", "multipart/form-data; boundary=b")
	w = httptest.NewRecorder()
	p.ServeHTTP(w, r)
	if w.Code != 422 || !strings.Contains(w.Body.String(), "没有收到文件") {
		t.Errorf("an empty form answers %d", w.Code)
	}
}
