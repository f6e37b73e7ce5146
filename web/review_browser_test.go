package web_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"yardstick/web/internal/fake"
)

// 目标审核 in a real Chromium, see browser_test.go.

// reviewPages are the pages of 目标审核 that a state shows.
var reviewPages = map[fake.State][]struct{ name, path string }{
	fake.Loaded: {{"reviews", "/reviews"}, {"round", "/reviews/rv-0001"}, {"round-form", "/reviews/rv-0001/forms/f-0102"}, {"round-filter", "/reviews/rv-0001?show=must&q=公路"}, {"round-none", "/reviews/rv-0001?q=没有"},
		{"round-decided", "/reviews/rv-0001/forms/f-0105"}, {"opinion", "/reviews/rv-0001/forms/f-0101/opinion"}, {"draft-review", "/drafts/d-0001/review"}, {"round-missing", "/reviews/rv-9"}},
	fake.Empty: {{"empty-reviews", "/reviews"}},
	fake.Long:  {{"long-reviews", "/reviews"}, {"long-round", "/reviews/rv-0001"}, {"long-round-form", "/reviews/rv-0001/forms/f-0500"}, {"long-opinion", "/reviews/rv-0001/forms/f-0500/opinion"}},
	fake.Busy:  {{"busy-reviews", "/reviews"}},
}

// TestReviewPagesFit looks at the pages of 目标审核 in every view: nothing
// scrolls sideways and nothing sticks out.
func TestReviewPagesFit(t *testing.T) {
	ctx := browser(t)
	shots := os.Getenv("YARDSTICK_SHOTS")
	for state, list := range reviewPages {
		base := serve(t, fake.New(state))
		for _, v := range views {
			t.Run(string(state)+"/"+v.name, func(t *testing.T) {
				b := newTab(t, ctx, base)
				b.look(v)
				for _, p := range list {
					b.open(p.path)
					m := run(b, chromedp.Evaluate[measured](overflow))
					if m.Scroll > m.Client || len(m.Cut) > 0 {
						t.Errorf("%s: %d px of content in %d px; beyond the edge: %v", p.path, m.Scroll, m.Client, m.Cut)
					}
					if m.Title == "" {
						t.Errorf("%s has no h1", p.path)
					}
					if shots != "" {
						b.shot(filepath.Join(shots, p.name+"-"+v.name+".png"))
					}
				}
			})
		}
	}
}

// TestReviewUpload reviews files through the file input, leaves while it runs,
// comes back, and decides on the worst one.
func TestReviewUpload(t *testing.T) {
	ws := fake.New(fake.Loaded)
	goOn := make(chan struct{})
	ws.Step = func(ctx context.Context, done int) error {
		if done < 2 {
			return nil
		}
		select {
		case <-goOn:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	b := newTab(t, browser(t), serve(t, ws))
	b.look(views[0])
	dir := t.TempDir()
	var files []string
	for _, name := range []string{"城管局.xlsx", "教体局.xlsx", "水利局.docx"} {
		files = append(files, filepath.Join(dir, name))
		if err := os.WriteFile(files[len(files)-1], []byte("made up"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	b.open("/reviews")
	b.keys("[name=title]", "二上")
	run(b, chromedp.SetUploadFiles(chromedp.CSS("input[name=files]"), files))
	b.wait(".progbar")
	if text := b.text(".panel"); !strings.Contains(text, "第 2 / 3 个") || !strings.Contains(text, "教体局.xlsx") {
		t.Errorf("the progress reads %q, want 第 2 / 3 个 and the file's name", text)
	}
	b.open("/ingest") // a review is no import
	if run(b, chromedp.Evaluate[bool](`!!document.querySelector(".panel .progbar")`)) {
		t.Error("the review is listed as an import")
	}
	b.open("/reviews")
	b.click(".panel h2 a")
	b.wait("#run")
	close(goOn)
	b.until(`!!document.querySelector(".rv-list")`)
	if h1 := b.text("h1"); h1 != "二上" {
		t.Errorf("the round is called %q, want what was typed", h1)
	}
	b.keys("textarea[name=note]", "先改射程")
	b.click("[value=return]")
	b.said("已记为退回修改")
	if text := b.text(".rv-form"); !strings.Contains(text, "意见：先改射程") {
		t.Error("the form does not show what was decided")
	}
}

// TestReviewCancel stops a review; nothing is left of it.
func TestReviewCancel(t *testing.T) {
	ws := fake.New(fake.Loaded)
	ws.Step = func(ctx context.Context, _ int) error { <-ctx.Done(); return ctx.Err() }
	b := newTab(t, browser(t), serve(t, ws))
	b.withoutScript()
	file := filepath.Join(t.TempDir(), "甲.xlsx")
	if err := os.WriteFile(file, []byte("made up"), 0o600); err != nil {
		t.Fatal(err)
	}
	b.open("/reviews")
	run(b, chromedp.SetUploadFiles(chromedp.CSS("input[name=files]"), []string{file}))
	b.click(".picks button")
	b.click(".panel form button")
	b.until(`document.querySelector("main").innerText.includes("已取消，什么都没有留下")`)
	b.click(".after .btn")
	b.until(`!!document.querySelector("[name=title]")`)
	if rows := run(b, chromedp.Evaluate[int](`document.querySelectorAll("tbody tr").length`)); rows != 1 {
		t.Errorf("%d rounds are listed, want the one that was there", rows)
	}
}

// TestReviewWithoutScript walks a round, decides and deletes by links and
// buttons alone.
func TestReviewWithoutScript(t *testing.T) {
	b := newTab(t, browser(t), serve(t, fake.New(fake.Loaded)))
	b.withoutScript()
	b.open("/reviews/rv-0001?show=open")
	b.click(`.rv-t a[href*="f-0103"]`)
	b.until(`document.querySelector(".rv-form h2").innerText !== "雾炮车抑尘降尘服务"`)
	if h2 := b.text(".rv-form h2"); h2 != "县级储备粮" {
		t.Fatalf("the row leads to %q", h2)
	}
	b.click("[value=pass]")
	b.said("已记为通过") // the page that the decision leads to
	if a := b.address(); !strings.Contains(a, "show=open") {
		t.Errorf("deciding loses the filter: %s", a)
	}
	b.click(".note .btn") // 下一份没有处理的; the one decided on has left the list
	b.until(`document.querySelector(".rv-form h2").innerText !== "县级储备粮"`)
	b.click(`.acts a[href$="/opinion"]`)
	b.wait(".paper")
	if h1 := b.text("h1"); h1 != "绩效目标审核意见" {
		t.Errorf("printing leads to %q", h1)
	}
	b.open("/reviews")
	b.click(".ask summary")
	b.click(".ask .btn.danger")
	b.said("已删除这一轮")
}

// TestReviewKeys opens the question before deleting: the safe answer has the
// focus, and Esc takes the question back.
func TestReviewKeys(t *testing.T) {
	b := newTab(t, browser(t), serve(t, fake.New(fake.Loaded)))
	b.look(views[0])
	b.open("/reviews")
	b.focus(".ask summary")
	b.press(kb.Enter)
	b.until(`document.activeElement.matches("[data-do=close]")`)
	b.press(kb.Escape)
	b.until(`!document.querySelector(".ask").open && document.activeElement.matches(".ask summary")`)
	b.press(kb.Enter)
	b.until(`document.activeElement.matches("[data-do=close]")`)
	b.press(kb.Enter) // 留着
	b.until(`!document.querySelector(".ask").open`)
	b.open("/reviews/rv-0001/forms/f-0102")
	b.focus(".rv-list tbody a")
	b.press(kb.Escape) // the list is no question: it stays
	b.focus(".rv-form summary")
	b.press(kb.Enter)
	b.until(`document.querySelector(".rv-form details").open`)
	b.press(kb.Escape)
	b.until(`!document.querySelector(".rv-form details").open && document.querySelector(".rv-list").open`)
}
