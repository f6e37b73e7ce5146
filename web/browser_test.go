package web_test

import (
	"context"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"yardstick/web/internal/fake"
)

// These tests look at the pages in a real Chromium. They are skipped where it
// is missing or the page assets are not built; with YARDSTICK_SHOTS=DIR they
// leave a screenshot of every page.

// pagesOf are the pages that a state shows.
var pagesOf = map[fake.State][]struct{ name, path string }{
	fake.Loaded: {
		{"overview", "/"}, {"ingest", "/ingest"}, {"batch", "/ingest/b-0003"}, {"forms", "/forms"}, {"form", "/forms/f-0002"},
		{"library", "/library?q=农村公路 路"}, {"library-start", "/library"}, {"library-none", "/library?q=公里准点"}, {"indicator", "/library/JT-0214"}, {"drafts", "/drafts"}, {"draft-start", "/drafts/new"}, {"draft-template", "/drafts/new?template=T-214-01"}, {"draft", "/drafts/d-0001"}, {"draft-two", "/drafts/d-0002"}, {"draft-compare", "/drafts/d-0003/compare"},
		{"missing", "/nowhere"}, {"api", "/api/v1/"},
		{"library-sector", "/library?sector=交通运输&used=yes"}, {"library-initials", "/library?q=gjzdl"}, {"entry", "/library/JT-0214/edit"}, {"entry-new", "/library/new?name=养护废旧料回收利用率&aliases=废旧沥青回收率；旧料利用率&level2=生态效益指标&sector=交通运输&unit=%"},
		{"health", "/library/health"}, {"names", "/library/names"}, {"decisions", "/library/decisions"}, {"proposals", "/library/proposals"}, {"changes", "/library/changes"},
		{"diff", "/library/diff"}, {"templates", "/templates"}, {"template", "/templates/T-214-01"}, {"cases", "/cases"},
	},
	fake.Empty: {{"empty-overview", "/"}, {"empty-ingest", "/ingest"}, {"empty-forms", "/forms"}, {"empty-indicator", "/library/JT-0214"},
		{"empty-health", "/library/health"}, {"empty-names", "/library/names"}, {"empty-changes", "/library/changes"}, {"empty-diff", "/library/diff"}, {"empty-template", "/templates/T-214-01"}, {"empty-cases", "/cases"}, {"empty-drafts", "/drafts"}, {"empty-draft-start", "/drafts/new"},
		{"empty-proposals", "/library/proposals"}, {"empty-decisions", "/library/decisions"}},
	fake.Refused: {{"refused-draft", "/drafts/d-0001"}, {"refused-indicator", "/library/JT-0214"}, {"refused-health", "/library/health"}},
	fake.Long:    {{"long-batch", "/ingest/b-0003"}, {"long-forms", "/forms?page=3"}, {"long-form", "/forms/f-0002"}, {"long-library", "/library"}, {"long-names", "/library/names"}, {"long-drafts", "/drafts"}, {"long-draft", "/drafts/d-0001"}},
	fake.Broken:  {{"broken", "/"}},
}

// TestPagesFit looks at every page in every view: nothing scrolls sideways and
// nothing sticks out.
func TestPagesFit(t *testing.T) {
	ctx := browser(t)
	shots := os.Getenv("YARDSTICK_SHOTS")
	for state, list := range pagesOf {
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

type measured struct {
	Scroll, Client int
	Cut            []string
	Title          string
}

// overflow measures the page and names what sticks out.
const overflow = `(() => {
  const d = document.documentElement, cut = [];
  for (const e of document.body.querySelectorAll("*")) {
    const r = e.getBoundingClientRect();
    if (r.width && r.right > d.clientWidth + 1 && !e.closest(".scroll, .seg, .nav")) cut.push(e.tagName + "." + e.className);
  }
  const h = document.querySelector("h1");
  return {Scroll: d.scrollWidth, Client: d.clientWidth, Cut: cut.slice(0, 5), Title: h ? h.textContent : ""};
})()`

// TestSearchAsYouType types into the search and never presses a button.
func TestSearchAsYouType(t *testing.T) {
	b := newTab(t, browser(t), serve(t, fake.New(fake.Loaded)))
	b.open("/library?q=农村")
	b.press("/")
	if at := run(b, chromedp.Evaluate[string](`document.activeElement.id`)); at != "q" {
		t.Fatalf("/ put the focus on %q, want the search", at)
	}
	// the driver sends the character apart from the key, so that the page can't hold it back as it does for a person
	run(b, chromedp.Evaluate[string](`document.querySelector("#q").value = ""`))
	b.keys("#q", "公交")
	b.until(`document.querySelector("#found tbody tr").innerText.includes("公交")`)
	if found := b.text("#found tbody tr"); !strings.Contains(found, "公交准点率") {
		t.Errorf("first hit is %q, want 公交准点率", found)
	}
	if want := "q=" + url.QueryEscape("公交"); !strings.Contains(b.address(), want) {
		t.Errorf("address is %s, want %s in it", b.address(), want)
	}
	if at := run(b, chromedp.Evaluate[string](`document.activeElement.id`)); at != "q" {
		t.Errorf("focus went to %q, want it to stay in the search", at)
	}
}

// TestUploadSurvivesReload uploads through the file input, reloads while the
// batch runs, and ends on the batch.
func TestUploadSurvivesReload(t *testing.T) {
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
	for _, name := range []string{"交通局_8月监控.xlsx", "教体局.xlsx", "水利局.xlsx"} {
		files = append(files, filepath.Join(dir, name))
		if err := os.WriteFile(files[len(files)-1], []byte("made up"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	b.open("/ingest")
	run(b, chromedp.SetUploadFiles(chromedp.CSS("input[name=files]"), files))
	check := func(when string) {
		t.Helper()
		b.wait(".progbar")
		if text := b.text(".panel"); !strings.Contains(text, "第 2 / 3 个") || !strings.Contains(text, "教体局.xlsx") {
			t.Errorf("%s the progress reads %q, want 第 2 / 3 个 and the file's name", when, text)
		}
	}
	check("at first")
	b.reload()
	check("after a reload")
	b.open("/ingest")
	check("on the list")
	if n := b.text(".nav .count"); !strings.HasPrefix(n, "1") {
		t.Errorf("the navigation counts %q running batches, want 1", n)
	}
	b.click(".panel h2 a")
	b.wait("#run")
	close(goOn)
	if sum := b.text(".sum-line"); !strings.HasSuffix(b.address(), "/ingest/b-0003") || !strings.Contains(sum, "未入库 4 行") {
		t.Errorf("ended at %s with %q, want the batch with its sum", b.address(), sum)
	}
}

// TestWithoutScript reads and uses the pages with script switched off.
func TestWithoutScript(t *testing.T) {
	b := newTab(t, browser(t), serve(t, fake.New(fake.Loaded)))
	b.withoutScript()
	b.open("/ingest/b-0003")
	text := b.text("#files")
	for _, want := range []string{"290%", "F14", "权重合计 85 分"} { // of two files, both unfolded
		if !strings.Contains(text, want) {
			t.Errorf("the batch does not show %s", want)
		}
	}
	b.open("/library")
	b.keys("#q", "公交")
	b.click(".findrow button")
	b.until(`location.search.includes("q=")`)
	if hit := b.text("#found tbody"); !strings.Contains(hit, "公交准点率") {
		t.Errorf("searching by the button shows %q", hit)
	}
}

// TestReviewByKeyboard decides about names without the mouse and takes one
// decision back.
func TestReviewByKeyboard(t *testing.T) {
	b := newTab(t, browser(t), serve(t, fake.New(fake.Loaded)))
	b.look(views[0])
	b.open("/library/names")
	b.press(kb.ArrowDown)
	b.press(kb.ArrowDown)
	if row := run(b, chromedp.Evaluate[string](`document.activeElement.getAttribute("aria-label")`)); row != "县乡道 PQI 优良率" {
		t.Fatalf("two steps down are at %q, want the second name", row)
	}
	b.press("1")
	b.said("“县乡道 PQI 优良率”就是“农村公路优良中等路率”")
	b.until(`document.activeElement.matches("[data-review]")`) // the focus stays in the list
	if a := b.address(); !strings.HasSuffix(a, "/library/names") {
		t.Errorf("the address is %s, want it to stay", a)
	}
	b.click(".toast.said button")
	b.said("已撤销")
	b.focus("[data-review]")
	b.press("p")
	b.until(`document.activeElement.name === "entry"`)
	run(b, chromedp.Evaluate[string](`document.activeElement.value = ""`)) // the driver's p, see above
	b.keys("[name=entry]", "公交")
	b.until(`[...document.querySelectorAll("#entries option")].some(o => o.value.includes("公交准点率"))`)
}

// TestEntryForm is refused beside the field and then saved, without script.
func TestEntryForm(t *testing.T) {
	b := newTab(t, browser(t), serve(t, fake.New(fake.Loaded)))
	b.withoutScript()
	b.open("/library/JT-0214/edit")
	run(b, chromedp.SetValue(chromedp.CSS("#f-unit"), "错"))
	b.click(".entry-form .btn.pri")
	if why := b.text("#e-unit"); !strings.Contains(why, "计量单位") {
		t.Errorf("beside the unit stands %q", why)
	}
	if v := b.value("#f-unit"); v != "错" {
		t.Errorf("the form came back with %q in the unit, want what was typed", v)
	}
	run(b, chromedp.SetValue(chromedp.CSS("#f-unit"), "‰"))
	b.click(".entry-form .btn.pri")
	b.said("已保存")
	if a := b.address(); !strings.HasSuffix(a, "/library/JT-0214") {
		t.Errorf("saving ends at %s", a)
	}
	b.click(".toast.said button")
	b.said("已撤销")
}

// TestLibraryImport looks at what a table would change before it is taken over.
func TestLibraryImport(t *testing.T) {
	b := newTab(t, browser(t), serve(t, fake.New(fake.Loaded)))
	b.look(views[0])
	file := filepath.Join(t.TempDir(), "交通局指标.xlsx")
	if err := os.WriteFile(file, []byte("made up"), 0o600); err != nil {
		t.Fatal(err)
	}
	b.open("/library/changes")
	run(b, chromedp.SetUploadFiles(chromedp.CSS("#io input[type=file]"), []string{file}))
	b.click("#io .btn.pri")
	b.until(`document.querySelector(".data").innerText.includes("读到 8 行 ＝ 新增 1 ＋ 修改 1 ＋ 不变 4 ＋ 未入库 2")`)
	for _, want := range []string{"F9", "高", "计量单位", "unit", "百分比"} {
		if !strings.Contains(b.text("main"), want) {
			t.Errorf("the preview does not show %s", want)
		}
	}
	b.reload()
	b.click(".acts .btn.pri")
	b.said("第 3 版")
}
