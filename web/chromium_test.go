package web_test

import (
	"context"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"yardstick/web"
	"yardstick/web/intake"
	"yardstick/web/internal/fake"
)

// browser starts a fresh Chromium.
func browser(t *testing.T) context.Context {
	t.Helper()
	if built, err := filepath.Glob("pages/dist/app.js"); err != nil || len(built) == 0 {
		t.Skip("the page assets are not built: run make assets")
	}
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			path = p
			break
		}
	}
	if path == "" {
		t.Skip("no Chromium on this machine")
	}
	opts := append([]chromedp.ExecAllocatorOption{chromedp.ExecPath(path), chromedp.UserDataDir(t.TempDir())}, chromedp.DefaultExecAllocatorOptions[:]...)
	for _, flag := range []string{"no-sandbox", "disable-gpu", "disable-quic", "no-first-run", "disable-background-networking", "disable-component-update", "disable-sync"} {
		opts = append(opts, chromedp.Flag(flag, true))
	}
	alloc, stop := chromedp.NewExecAllocator(context.Background(), opts...)
	ctx, _ := chromedp.NewContext(alloc)
	t.Cleanup(func() {
		if err := chromedp.Cancel(ctx); err != nil {
			t.Logf("close the browser: %v", err)
		}
		stop()
	})
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("start %s: %v", path, err)
	}
	return ctx
}

// serve starts the pages over a made-up workspace.
func serve(t *testing.T, ws *fake.Workspace) string {
	t.Helper()
	now := func() time.Time { return time.Date(2024, 9, 12, 2, 0, 0, 0, time.UTC) }
	s, err := web.New(ws, web.Options{Now: now, Zone: time.FixedZone("CST", 8*3600), Uploads: intake.Options{Dir: t.TempDir(), Now: now}})
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(s)
	t.Cleanup(func() { s.Close(); srv.Close() })
	return srv.URL
}

// tab is a window of the browser on one site. Errors on its console, blocked
// resources and requests that leave the site fail the test.
type tab struct {
	t    *testing.T
	ctx  context.Context
	base string
}

func newTab(t *testing.T, parent context.Context, base string) *tab {
	t.Helper()
	ctx, cancel := chromedp.NewContext(parent)
	t.Cleanup(cancel)
	var mu sync.Mutex
	var bad []string
	note := func(s ...string) {
		mu.Lock()
		defer mu.Unlock()
		bad = append(bad, strings.Join(s, " "))
	}
	err := chromedp.Listen(ctx, func(ev any) {
		switch e := ev.(type) {
		case *runtime.EventConsoleAPICalled:
			if e.Type == runtime.ConsoleAPICalledTypeError || e.Type == runtime.ConsoleAPICalledTypeWarning {
				note("console:", string(e.Args[0].Value), e.Args[0].Description)
			}
		case *runtime.EventExceptionThrown:
			note("exception:", e.ExceptionDetails.Text, e.ExceptionDetails.URL)
		case *log.EventEntryAdded:
			if e.Entry.Level == log.EntryLevelError && e.Entry.Source != log.EntrySourceNetwork {
				note("log:", e.Entry.Text)
			}
		case *network.EventRequestWillBeSent:
			if u := e.Request.URL; !strings.HasPrefix(u, base) && !strings.HasPrefix(u, "data:") {
				note("request leaves the site:", u)
			}
		case *network.EventLoadingFailed:
			if e.BlockedReason != "" {
				note("blocked:", string(e.BlockedReason))
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		mu.Lock()
		defer mu.Unlock()
		for _, b := range bad {
			t.Error(b)
		}
	})
	b := &tab{t, ctx, base}
	call(b, network.Enable, network.EnableParams{})
	call(b, log.Enable, cdp.Empty{})
	return b
}

func call[P, R any](b *tab, cmd cdp.Command[P, R], params P) {
	b.t.Helper()
	if _, err := chromedp.Call(b.ctx, cmd, params); err != nil {
		b.t.Fatal(err)
	}
}

// limit keeps a page that never comes from hanging the suite.
const limit = 40 * time.Second

// run runs an action and returns its value.
func run[T any](b *tab, a chromedp.Action[T]) T {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, limit)
	defer cancel()
	v, err := chromedp.Run(ctx, a)
	if err != nil {
		b.t.Fatal(err)
	}
	return v
}

func (b *tab) open(path string) { b.t.Helper(); run(b, chromedp.Navigate(b.base+escape(path))) }
func (b *tab) reload()          { b.t.Helper(); run(b, chromedp.Reload()) }
func (b *tab) wait(css string)  { b.t.Helper(); b.until(visible(css)) }
func (b *tab) focus(css string) { b.t.Helper(); run(b, chromedp.Focus(chromedp.CSS(css))) }
func (b *tab) click(css string) { b.t.Helper(); b.wait(css); run(b, chromedp.Click(chromedp.CSS(css))) }
func (b *tab) press(key string) { b.t.Helper(); run(b, chromedp.KeyEvent(key)) }
func (b *tab) address() string  { b.t.Helper(); return run(b, chromedp.Location()) }

func (b *tab) text(css string) string {
	b.t.Helper()
	b.wait(css)
	return run(b, chromedp.Evaluate[string]("document.querySelector("+strconv.Quote(css)+").innerText"))
}

func (b *tab) value(css string) string {
	b.t.Helper()
	return run(b, chromedp.Value(chromedp.CSS(css)))
}

func (b *tab) keys(css, text string) {
	b.t.Helper()
	run(b, chromedp.SendKeys(chromedp.CSS(css), text))
}

// visible is true where css finds something that is shown.
func visible(css string) string {
	return `(e => e && e.getClientRects().length > 0)(document.querySelector(` + strconv.Quote(css) + `))`
}

// until waits for a condition of the page. It asks again and again, since a
// page may be replaced while it waits.
func (b *tab) until(expression string) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, limit)
	defer cancel()
	for tick := time.NewTicker(20 * time.Millisecond); ; {
		if ok, err := chromedp.Run(ctx, chromedp.Evaluate[bool]("!!("+expression+")")); err == nil && ok {
			return
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			b.t.Fatalf("%s did not come true at %s", expression, b.address())
		}
	}
}

// said waits for a toast with these words.
func (b *tab) said(words string) {
	b.t.Helper()
	b.until(`(e => e && e.innerText.includes(` + strconv.Quote(words) + `))(document.querySelector(".toast.said"))`)
}

func (b *tab) withoutScript() {
	b.t.Helper()
	call(b, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
}

// view is a window with its display preferences.
type view struct {
	name          string
	width, height int64
	prefs         map[string]string
}

var views = []view{
	{"1440", 1440, 900, nil},
	{"1366", 1366, 768, nil},
	{"390", 390, 844, nil},
	{"390-large", 390, 844, map[string]string{"size": "large"}},
	{"1024-dark-large", 1024, 768, map[string]string{"theme": "dark", "size": "large"}},
}

// look sets window and preferences.
func (b *tab) look(v view) {
	b.t.Helper()
	run(b, chromedp.EmulateViewport(v.width, v.height))
	call(b, network.ClearBrowserCookies, cdp.Empty{})
	for k, val := range v.prefs {
		call(b, network.SetCookie, network.SetCookieParams{Name: "yardstick_" + k, Value: val, URL: b.base})
	}
}

func (b *tab) shot(file string) {
	b.t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		b.t.Fatal(err)
	}
	if err := os.WriteFile(file, run(b, chromedp.FullScreenshot(100)), 0o644); err != nil {
		b.t.Fatal(err)
	}
}

// escape writes an address as a browser would.
func escape(path string) string {
	p, query, ok := strings.Cut(path, "?")
	if !ok {
		return p
	}
	var parts []string
	for _, kv := range strings.Split(query, "&") {
		k, v, _ := strings.Cut(kv, "=")
		parts = append(parts, k+"="+url.QueryEscape(v))
	}
	return p + "?" + strings.Join(parts, "&")
}
