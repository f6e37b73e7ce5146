package web_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/xuri/excelize/v2"

	"yardstick/web"
	"yardstick/web/intake"
	"yardstick/workspace"
)

// TestReviewRound goes the whole way over a real workspace: files into a round,
// a decision, the annotated copy, the opinion, the summary, the sheet to print.
func TestReviewRound(t *testing.T) {
	ctx := browser(t)
	ws, err := workspace.Open(t.Context(), workspace.Options{Dir: filepath.Join(t.TempDir(), "ws"), Create: true})
	if err != nil {
		t.Fatal(err)
	}
	s, err := web.New(ws, web.Options{Uploads: intake.Options{Dir: t.TempDir()}})
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(s)
	t.Cleanup(func() {
		s.Close()
		srv.Close()
		if err := ws.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	var files []string
	for _, name := range []string{"demo/教育局/2023/永德县-义务教育营养改善计划专项资金-目标表-示例数据.xlsx", "demo/教育局/2021/湖北省-2021年度本专科生奖助学金项目-目标表.xlsx",
		"demo/农业林业水利/2022/原州区-原州区2022年南部水源涵养林建设项目-目标表.docx", "demo/教育局/2022/永德县-义务教育营养改善计划专项资金-自评表.xlsx", "demo-problems/财政局-绩效目标-有密码.xlsx"} {
		path, err := filepath.Abs(filepath.Join("../testdata", filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, path)
	}
	b := newTab(t, ctx, srv.URL)
	b.look(views[0])
	b.open("/reviews")
	b.keys("[name=title]", "教育局一上")
	run(b, chromedp.SetUploadFiles(chromedp.CSS("input[name=files]"), files))
	b.until(`!!document.querySelector(".rv-list")`)
	text := b.text("main")
	for _, want := range []string{"教育局一上", "审了 3 份目标表", "有打开密码", "不是目标表，跳过了 1 份", "自评表"} {
		if !strings.Contains(text, want) {
			t.Errorf("the round does not say %q", want)
		}
	}
	at, _, _ := strings.Cut(b.address(), "?")
	fetch := func(path string) []byte {
		t.Helper()
		r, err := http.Get(path)
		if err != nil {
			t.Fatal(err)
		}
		defer r.Body.Close()
		body, err := io.ReadAll(r.Body)
		if err != nil || r.StatusCode != http.StatusOK {
			t.Fatalf("%s answers %d %v: %.200s", path, r.StatusCode, err, body)
		}
		return body
	}
	var round workspace.ReviewRound
	if err := json.Unmarshal(fetch(at+".json"), &round); err != nil {
		t.Fatal(err)
	}
	worst := ""
	for i, it := range round.Items {
		if i > 0 && it.Must > round.Items[i-1].Must {
			t.Errorf("%s with %d 必改 stands behind one with %d", it.Project, it.Must, round.Items[i-1].Must)
		}
		if worst == "" && strings.HasSuffix(it.File, ".xlsx") && len(it.Findings) > 0 {
			worst = it.ID
		}
	}
	if worst == "" {
		t.Fatal("no workbook with findings")
	}
	b.open(strings.TrimPrefix(at, srv.URL) + "/forms/" + worst)
	b.keys("textarea[name=note]", "按批注改好再报")
	b.click("[value=return]")
	b.said("已记为退回修改")

	form := at + "/forms/" + worst
	book, err := excelize.OpenReader(bytes.NewReader(fetch(form + "/annotated")))
	if err != nil {
		t.Fatalf("the annotated copy does not open: %v", err)
	}
	defer book.Close()
	var it workspace.Review
	if err := json.Unmarshal(fetch(form+".json"), &it); err != nil {
		t.Fatal(err)
	}
	said := map[string]string{}
	for _, sheet := range book.GetSheetList() {
		list, err := book.GetComments(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range list {
			for _, p := range c.Paragraph {
				said[c.Cell] += p.Text
			}
			said[c.Cell] += c.Text
		}
	}
	for _, f := range it.Findings {
		if f.Cell != "" && !strings.Contains(said[f.Cell], f.Why) {
			t.Errorf("the comment at %s is %q, want %q in it", f.Cell, said[f.Cell], f.Why)
		}
	}
	for _, path := range []string{form + "/opinion.xlsx", at + "/summary.xlsx"} {
		book, err := excelize.OpenReader(bytes.NewReader(fetch(path)))
		if err != nil {
			t.Errorf("%s does not open: %v", path, err)
			continue
		}
		rows, err := book.GetRows(book.GetSheetName(0))
		if all := ""; err == nil {
			for _, row := range rows {
				all += strings.Join(row, "\n")
			}
			if !strings.Contains(all, it.Project) || !strings.Contains(all, "退回") {
				t.Errorf("%s does not say what was decided on %s", path, it.Project)
			}
		}
		book.Close()
	}
	if page := string(fetch(form + "/opinion.html")); !strings.Contains(page, "按批注改好再报") || strings.Contains(page, "<script") {
		t.Error("the opinion to send does not hold the note, or holds script")
	}
	b.click(`.acts a[href$="/opinion"]`)
	b.wait(".paper")
	if text := b.text("main"); !strings.Contains(text, "绩效目标审核意见") || !strings.Contains(text, "按批注改好再报") || !strings.Contains(text, it.Project) {
		t.Error("the sheet to print does not say what was decided")
	}
	b.open("/reviews")
	if n := b.text(".nav .count"); !strings.HasPrefix(n, "1") {
		t.Errorf("the navigation counts %q open rounds, want 1", n)
	}
}
