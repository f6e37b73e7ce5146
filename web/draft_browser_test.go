package web_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	cdpbrowser "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/google/go-cmp/cmp"

	"yardstick/web"
	"yardstick/web/intake"
	"yardstick/web/internal/fake"
	"yardstick/workspace"
)

const (
	roadName = "农村公路日常养护"
	roadGoal = "对全县县道、乡道386.4公里开展日常养护，及时清扫保洁、修补路面病害、疏通边沟，保持路况优良中等路率稳定，保障群众安全便捷出行。"
)

// realWorkspace is a workspace with the forms of testdata, and the shared ones
// where they are at hand.
func realWorkspace(t *testing.T) *workspace.Workspace {
	t.Helper()
	ws, err := workspace.Open(t.Context(), workspace.Options{Dir: filepath.Join(t.TempDir(), "ws"), Create: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ws.Close() })
	paths := []string{filepath.Join("..", "testdata", "demo"), filepath.Join("..", "testdata", "forms")}
	if shared := filepath.Join("..", "..", "shared", "data", "forms"); isDir(shared) {
		paths = append(paths, shared)
	}
	if _, err := ws.Ingest(t.Context(), workspace.IngestRequest{Paths: paths, Source: "cli"}); err != nil {
		t.Fatal(err)
	}
	return ws
}

func isDir(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

func serveReal(t *testing.T, ws *workspace.Workspace) string {
	t.Helper()
	s, err := web.New(ws, web.Options{Uploads: intake.Options{Dir: t.TempDir()}})
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(s)
	t.Cleanup(func() { s.Close(); srv.Close() })
	return srv.URL
}

// draftPage are the moves of someone who drafts.
type draftPage struct{ *tab }

// line is one row of the table as the page shows it.
type line struct{ Level1, Level2, Name, Comparison, Target, Unit, Weight string }

func (d draftPage) lines() []line {
	d.t.Helper()
	return run(d.tab, chromedp.Evaluate[[]line](`[...document.querySelectorAll("tr.ln")].map(r => { const v = n => r.querySelector("[name=" + n + "]").value, c = v("a").split("|");
		return {Level1: c[0], Level2: c[1], Name: v("n"), Comparison: v("c"), Target: v("t"), Unit: v("u"), Weight: v("w")}; })`))
}

func (d draftPage) count() int { return len(d.lines()) }

// saved waits until everything typed is kept.
func (d draftPage) saved() {
	d.t.Helper()
	d.until(`document.querySelector("#saved").textContent.includes("已自动保存") && !localStorage.getItem("yardstick-draft-" + document.querySelector("#main").dataset.draft)`)
}

// choose sets a select or field as a person would.
func (d draftPage) choose(css, value string) {
	d.t.Helper()
	d.wait(css)
	run(d.tab, chromedp.Evaluate[bool](fmt.Sprintf(`(f => { f.focus(); f.value = %s; f.dispatchEvent(new Event("input", {bubbles: true})); f.dispatchEvent(new Event("change", {bubbles: true})); return true })(document.querySelector(%s))`,
		strconv.Quote(value), strconv.Quote(css))))
}

// chord presses a key with modifiers.
func (d draftPage) chord(key, code string, modifiers int64) {
	d.t.Helper()
	for _, typ := range []input.DispatchKeyEventType{input.DispatchKeyEventTypeRawKeyDown, input.DispatchKeyEventTypeKeyUp} {
		call(d.tab, input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: typ, Key: key, Code: code, Modifiers: modifiers})
	}
}

const (
	altKey  = 1
	ctrlKey = 2
)

func (d draftPage) total() string {
	d.t.Helper()
	return d.text("[data-total]")
}

// TestDraftEndToEnd drafts a target form over the real workspace: from a name
// and a goal, by keyboard, to files that read back as what the page shows.
func TestDraftEndToEnd(t *testing.T) {
	b := newTab(t, browser(t), serveReal(t, realWorkspace(t)))
	b.look(views[1])
	d := draftPage{b}
	b.open("/drafts/new")
	b.keys("[name=project]", roadName)
	b.keys("[name=unit]", "县公路养护中心")
	b.keys("[name=budget]", "312")
	b.keys("[name=goal]", roadGoal)
	b.focus(".btn.pri")
	b.press(kb.Enter)
	b.until(`/^\/drafts\/[^n]/.test(location.pathname)`)
	b.wait(".sug")
	if b.text("h1") != roadName {
		t.Fatalf("the draft is called %q", b.text("h1"))
	}

	// suggestions by keyboard: to the third pane, then Enter until every class has one
	for range 3 {
		b.press(kb.F6)
	}
	b.until(`document.activeElement.matches(".sug")`)
	b.press("e")
	b.until(`document.querySelector(".sug.on details").open`)
	for n := 1; n <= 9; n++ {
		name := b.text(".sug.on h3")
		b.press(kb.Enter)
		b.until(fmt.Sprintf(`document.querySelectorAll("tr.ln").length === %d && document.activeElement.matches(".sug")`, n))
		if !strings.Contains(fmt.Sprint(d.lines()), name) {
			t.Fatalf("Enter on %q did not add it", name)
		}
	}
	if dismissed := b.text(".sug.on h3"); dismissed != "" {
		b.press("x")
		b.wait("#skipped")
		b.until(fmt.Sprintf(`![...document.querySelectorAll(".sug h3")].some(h => h.innerText === %s)`, strconv.Quote(dismissed)))
	}
	classes := map[string]int{}
	for _, l := range d.lines() {
		classes[l.Level1]++
	}
	for _, c := range []string{"成本指标", "产出指标", "效益指标", "满意度指标"} {
		if classes[c] == 0 {
			t.Errorf("nine suggestions taken from the top leave %s without one: %v", c, classes)
		}
	}

	// every target is filled in, whatever was proposed
	for i, l := range d.lines() {
		row := fmt.Sprintf("tr.ln[data-i='%d']", i)
		run(b, chromedp.Evaluate[bool](`[...document.querySelectorAll("tr.ln")].forEach((r, i) => r.dataset.i = i); true`))
		switch {
		case l.Target != "":
			continue
		case l.Unit == "":
			d.choose(row+" [name=c]", "定性")
			d.saved()
			run(b, chromedp.Evaluate[bool](`[...document.querySelectorAll("tr.ln")].forEach((r, i) => r.dataset.i = i); true`))
			d.choose(row+" [name=t]", "优（评分 90 分以上）")
		case l.Unit == "%":
			b.keys(row+" [name=t]", "95")
		default:
			b.keys(row+" [name=t]", strconv.Itoa(40+i))
		}
		d.saved()
	}

	// a weight of one's own, typed while the answer to the one before is on its way
	first := "tr.ln [name=w]"
	d.choose(first, "7")
	d.saved()
	if got := d.lines()[0].Weight; got != "7" {
		t.Errorf("the weight typed is %q, want 7", got)
	}
	before := d.lines()
	b.focus(`button[value="op=weigh"]`)
	b.press(kb.Enter)
	b.until(`document.querySelector("[data-total]").textContent === "100"`)
	weighed := d.lines()

	// undo and redo by keys
	b.focus(".sug")
	d.chord("z", "KeyZ", ctrlKey)
	b.until(`document.querySelector("[data-total]").textContent !== "100"`)
	if diff := cmp.Diff(before, d.lines()); diff != "" {
		t.Errorf("undo does not bring back what was (-want +got):\n%s", diff)
	}
	d.chord("y", "KeyY", ctrlKey)
	b.until(`document.querySelector("[data-total]").textContent === "100"`)
	if diff := cmp.Diff(weighed, d.lines()); diff != "" {
		t.Errorf("redo does not bring back what was taken back (-want +got):\n%s", diff)
	}

	// what must be changed is changed by the buttons that say so
	for range 20 {
		if !run(b, chromedp.Evaluate[bool]("!!"+visible(".find .note.warn button"))) {
			break
		}
		why := b.text(".find .note.warn")
		b.click(".find .note.warn button")
		b.until(`!document.querySelector("#draft").hasAttribute("aria-busy") && document.querySelector("#main").innerText.indexOf(` + strconv.Quote(strings.SplitN(why, "\n", 2)[0]) + `) < 0`)
	}
	if got := d.total(); got != "100" {
		b.click(`button[value="op=weigh"]`)
		b.until(`document.querySelector("[data-total]").textContent === "100"`)
	}
	d.saved()
	shown := d.lines()
	b.reload()
	b.wait(".sug")
	if diff := cmp.Diff(shown, d.lines()); diff != "" {
		t.Errorf("a reload loses something (-before +after):\n%s", diff)
	}

	dir := t.TempDir()
	call(b, cdpbrowser.SetDownloadBehavior, cdpbrowser.SetDownloadBehaviorParams{Behavior: cdpbrowser.SetDownloadBehaviorBehaviorAllow, DownloadPath: dir})
	for _, format := range []string{"xlsx", "docx"} {
		b.click("#export summary")
		b.until(`document.activeElement.dataset.do === "close"`)
		b.click(fmt.Sprintf(`#export [data-file][value*="f=%s"]`, format))
		sameAsPage(t, waitFile(b, filepath.Join(dir, "*."+format)), shown)
	}
}

// waitFile waits for a download to be whole.
func waitFile(b *tab, pattern string) string {
	b.t.Helper()
	for range 400 {
		if found, _ := filepath.Glob(pattern); len(found) == 1 {
			if info, err := os.Stat(found[0]); err == nil && info.Size() > 0 {
				return found[0]
			}
		}
		time.Sleep(50 * time.Millisecond)
	}
	b.t.Fatalf("no file %s came", pattern)
	return ""
}

// sameAsPage reads the file with the reader of forms and holds it against the
// page: names, classes, targets, weights, and their sum.
func sameAsPage(t *testing.T, file string, shown []line) {
	t.Helper()
	list, rejected, err := workspace.ReadForms(t.Context(), []string{file})
	if err != nil || len(rejected) > 0 || len(list) != 1 {
		t.Fatalf("%s reads back as %d forms, rejected %v, %v", filepath.Base(file), len(list), rejected, err)
	}
	f := list[0]
	if f.Project == nil || *f.Project != roadName {
		t.Errorf("%s: project %v", filepath.Base(file), f.Project)
	}
	if f.Budget.FullYear == nil || *f.Budget.FullYear != 312 {
		t.Errorf("%s: budget %v, want 312", filepath.Base(file), f.Budget.FullYear)
	}
	text := func(s *string) string {
		if s == nil {
			return ""
		}
		return *s
	}
	var got, want []string
	sum := 0.0
	for _, l := range f.Lines {
		w := 0.0
		if l.Weight != nil {
			w = *l.Weight
		}
		sum += w
		got = append(got, fmt.Sprintf("%s %s %s %s %g", text(l.Level1), text(l.Level2), l.Name, bare(l.Target.Raw), w))
	}
	for _, l := range shown {
		w, _ := strconv.ParseFloat(l.Weight, 64)
		c := l.Comparison
		if c == "定性" {
			c = ""
		}
		want = append(want, fmt.Sprintf("%s %s %s %s %g", l.Level1, l.Level2, l.Name, bare(c+l.Target+l.Unit), w))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s differs from the page (-page +file):\n%s", filepath.Base(file), diff)
	}
	if sum != 90 {
		t.Errorf("%s: the weights add up to %g, want 90", filepath.Base(file), sum)
	}
}

// bare drops blanks, which files may set between a number and its unit.
func bare(s string) string { return strings.Join(strings.Fields(s), "") }

// TestDraftTyping types on while an answer is on its way: nothing typed, no
// caret and no focus is lost, and Enter, Alt and arrows work in the table.
func TestDraftTyping(t *testing.T) {
	b := newTab(t, browser(t), serve(t, fake.New(fake.Loaded)))
	b.look(views[0])
	d := draftPage{b}
	b.open("/drafts/d-0002")
	n := d.count()
	b.focus("tr.ln [name=n]")
	d.chord("Enter", "Enter", 0)
	b.until(fmt.Sprintf(`document.querySelectorAll("tr.ln").length === %d && document.activeElement.name === "n" && document.activeElement.value === ""`, n+1))
	for _, r := range "校舍加固面积" { // one letter at a time, across saves
		run(b, chromedp.KeyEvent(string(r)))
		time.Sleep(130 * time.Millisecond) // some of them while a save is on its way
	}
	if at := run(b, chromedp.Evaluate[string](`document.activeElement.value`)); at != "校舍加固面积" {
		t.Fatalf("typing across saves leaves %q in the focused cell", at)
	}
	d.saved()
	// the caret stays in the middle of a word
	run(b, chromedp.Evaluate[bool](`document.activeElement.setSelectionRange(2, 2), true`))
	run(b, chromedp.KeyEvent("的"))
	d.saved()
	if got := run(b, chromedp.Evaluate[string](`document.activeElement.value + document.activeElement.selectionStart`)); got != "校舍的加固面积3" {
		t.Errorf("after a save in the middle of a word the cell reads %q, want the caret after the letter", got)
	}
	name := d.lines()[n].Name
	d.chord("ArrowUp", "ArrowUp", altKey)
	b.until(fmt.Sprintf(`document.querySelectorAll("tr.ln [name=n]")[%d].value === %s && document.activeElement.value === %[2]s`, n-1, strconv.Quote(name)))
	d.saved()
	b.reload()
	if got := d.lines()[n-1].Name; got != name {
		t.Errorf("after moving up and a reload the row is %q, want %q", got, name)
	}
	// searching the library and adding from it
	b.keys("#q", "公交")
	b.wait("#found .sug")
	b.press(kb.ArrowDown)
	b.until(`document.activeElement.closest("#found")`)
	b.press(kb.Enter)
	b.until(fmt.Sprintf(`document.querySelectorAll("tr.ln").length === %d`, n+2))
	d.saved()
}

// TestDraftTwoTabs changes one draft in two windows: the second save becomes a
// copy, which is shown beside the draft and can take its place.
func TestDraftTwoTabs(t *testing.T) {
	ctx, base := browser(t), ""
	base = serve(t, fake.New(fake.Loaded))
	one, two := draftPage{newTab(t, ctx, base)}, draftPage{newTab(t, ctx, base)}
	for _, d := range []draftPage{one, two} {
		d.look(views[0])
		d.open("/drafts/d-0002")
	}
	one.choose("#f-project", "中小学校舍安全工程（一）")
	one.saved()
	two.choose("tr.ln [name=w]", "12.5")
	two.until(`document.querySelector("#notes").innerText.includes("刚在另一个窗口改过")`)
	copied := two.address()
	if strings.HasSuffix(copied, "d-0002") {
		t.Errorf("the second window is still at %s, want the copy", copied)
	}
	two.choose("tr.ln [name=w]", "13") // goes on in the copy, without another
	two.saved()
	if two.address() != copied {
		t.Errorf("the next save moved on to %s", two.address())
	}
	two.click("#notes a")
	two.wait(".cmp")
	if text := two.text(".cmp"); !strings.Contains(text, "（一）") || !strings.Contains(text, "13 分") || !strings.Contains(text, "不同") {
		t.Errorf("the comparison reads %q", text)
	}
	two.click("[name=take]")
	two.said("已换成副本")
	if w := two.lines()[0].Weight; !strings.HasSuffix(two.address(), "/drafts/d-0002") || w != "13" {
		t.Errorf("ended at %s with the weight %s", two.address(), w)
	}
}

// TestDraftAway takes the network away: what is typed stays, is said to stay,
// survives closing the window, and is saved when the network is back.
func TestDraftAway(t *testing.T) {
	var away atomic.Bool
	s, err := web.New(fake.New(fake.Loaded), web.Options{Uploads: intake.Options{Dir: t.TempDir()}})
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if away.Load() {
			panic(http.ErrAbortHandler) // the connection breaks off without an answer
		}
		s.ServeHTTP(w, r)
	}))
	t.Cleanup(func() { s.Close(); srv.Close() })
	b := newTab(t, browser(t), srv.URL)
	b.look(views[0])
	d := draftPage{b}
	b.open("/drafts/d-0002")
	away.Store(true)
	d.choose("tr.ln [name=t]", "77")
	b.until(`!document.querySelector("#away").hidden`)
	if got := d.lines()[0].Target; got != "77" {
		t.Errorf("without network the target reads %q", got)
	}
	away.Store(false)
	b.until(`document.querySelector("#away").hidden && document.querySelector("#saved").textContent.includes("已自动保存")`)
	b.reload()
	if got := d.lines()[0].Target; got != "77" {
		t.Errorf("after the network came back and a reload the target is %q, want 77", got)
	}
	// what an earlier visit could not keep is offered
	run(b, chromedp.Evaluate[bool](`(() => { const v = new URLSearchParams(new FormData(document.querySelector("#draft"))); v.set("t", "66");
		localStorage.setItem("yardstick-draft-d-0002", JSON.stringify({at: Date.now(), body: v.toString()})); return true })()`))
	b.reload()
	b.click("[data-do=local-take]")
	b.until(`document.querySelector("tr.ln [name=t]").value === "66"`)
	b.reload()
	if got := d.lines()[0].Target; got != "66" {
		t.Errorf("the change taken from the browser's store is not kept: %q", got)
	}
}
