package web_test

import (
	"bufio"
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"yardstick/web"
	"yardstick/web/client"
	"yardstick/web/intake"
	"yardstick/web/internal/fake"
	"yardstick/workspace"
)

func newServer(t *testing.T, ws *fake.Workspace, opt web.Options) *web.Server {
	t.Helper()
	opt.Uploads.Dir = t.TempDir()
	s, err := web.New(ws, opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func TestGuard_host(t *testing.T) {
	for _, c := range []struct {
		name, addr, host string
		hosts            []string
		want             int
	}{
		{"loopback", "", "127.0.0.1:8470", nil, 200},
		{"localhost", "", "localhost:8470", nil, 200},
		{"v6", "", "[::1]:8470", nil, 200},
		{"rebound name", "", "evil.example:8470", nil, 421},
		{"rebound address", "", "192.0.2.1:8470", nil, 421},
		{"no host", "", "", nil, 421},
		{"configured", "0.0.0.0:8470", "jx.county.example", []string{"jx.county.example"}, 200},
		{"not configured", "0.0.0.0:8470", "other.example", []string{"jx.county.example"}, 421},
		{"address in figures", "0.0.0.0:8470", "192.0.2.1:8470", nil, 200},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newServer(t, fake.New(fake.Loaded), web.Options{Addr: c.addr, Hosts: c.hosts})
			r := httptest.NewRequest("GET", "/api/v1/health", nil)
			r.Host = c.host
			w := httptest.NewRecorder()
			s.ServeHTTP(w, r)
			if w.Code != c.want {
				t.Errorf("status %d, want %d: %s", w.Code, c.want, w.Body)
			}
		})
	}
}

func TestGuard_origin(t *testing.T) {
	s := newServer(t, fake.New(fake.Loaded), web.Options{})
	for name, c := range map[string]struct {
		key, value string
		want       int
	}{
		"own page":     {"Sec-Fetch-Site", "same-origin", 200},
		"command line": {"X-None", "", 200},
		"other site":   {"Sec-Fetch-Site", "cross-site", 403},
		"other origin": {"Origin", "http://evil.example", 403},
	} {
		t.Run(name, func(t *testing.T) {
			r := httptest.NewRequest("POST", "http://127.0.0.1/api/v1/suggest", strings.NewReader(`{"project":"x"}`))
			r.Header.Set("Content-Type", "application/json")
			r.Header.Set(c.key, c.value)
			w := httptest.NewRecorder()
			s.ServeHTTP(w, r)
			if w.Code != c.want {
				t.Errorf("status %d, want %d: %s", w.Code, c.want, w.Body)
			}
		})
	}
}

func TestGuard_headers(t *testing.T) {
	s := newServer(t, fake.New(fake.Loaded), web.Options{})
	for _, path := range []string{"/", "/nowhere", "/api/v1/health", "/assets/app.js"} {
		w := httptest.NewRecorder()
		s.ServeHTTP(w, httptest.NewRequest("GET", "http://127.0.0.1"+path, nil))
		csp := w.Header().Get("Content-Security-Policy")
		if !strings.Contains(csp, "default-src 'none'") || strings.Contains(csp, "unsafe") || w.Header().Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: policy %q, nosniff %q", path, csp, w.Header().Get("X-Content-Type-Options"))
		}
	}
}

// TestGuard_panic holds that a panic becomes an error page with a number, and
// that none of its text is shown.
func TestGuard_panic(t *testing.T) {
	s := newServer(t, fake.New(fake.Panics), web.Options{})
	w := httptest.NewRecorder()
	s.ServeHTTP(w, httptest.NewRequest("GET", "http://127.0.0.1/forms", nil))
	if body := w.Body.String(); w.Code != 500 || !strings.Contains(body, "编号") || strings.Contains(body, "made to panic") {
		t.Errorf("status %d: %s", w.Code, body)
	}
}

// TestServe starts the real server on a socket and a free port and asks it as
// the command line does.
func TestServe(t *testing.T) {
	dir := t.TempDir()
	socket := filepath.Join(dir, "s")
	ctx, stop := context.WithCancel(t.Context())
	url, ended := make(chan string, 1), make(chan error, 1)
	go func() {
		ended <- web.Serve(ctx, fake.New(fake.Loaded), web.Options{Addr: "127.0.0.1:0", Socket: socket, Uploads: intake.Options{Dir: t.TempDir()}, Ready: func(u string) { url <- u }})
	}()
	var base string
	select {
	case base = <-url:
	case err := <-ended:
		t.Fatal(err)
	}
	if info, err := os.Stat(socket); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the socket is %v, %v, want it private", info, err)
	}
	for _, addr := range []string{socket, base} {
		c, err := client.Dial(ctx, addr)
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		var steps []workspace.Progress
		res, err := c.Ingest(ctx, workspace.IngestRequest{Paths: []string{"a.xlsx", "b.xlsx"}, Progress: func(p workspace.Progress) { steps = append(steps, p) }})
		if err != nil || res.Files != 2 || len(steps) == 0 || steps[len(steps)-1].Done != 2 {
			t.Errorf("%s: ingest gives %d files, steps %v, %v", addr, res.Files, steps, err)
		}
		forms := 0
		if err := c.EachForm(ctx, workspace.FormQuery{Year: 2022}, func(f workspace.Form) error {
			forms++
			if f.Lines[0].Target.Raw != "≧735人次" || f.Lines[0].Target.Unit.Name != "人次" {
				t.Errorf("the target arrives as %+v", f.Lines[0].Target)
			}
			return nil
		}); err != nil || forms != 1 {
			t.Errorf("%s: %d forms, %v", addr, forms, err)
		}
		if found, err := c.Search(ctx, workspace.SearchQuery{Text: "公交", Limit: 3}); err != nil || found.Total != 1 {
			t.Errorf("%s: search finds %d, %v", addr, found.Total, err)
		}
		if sug, err := c.Suggest(ctx, workspace.SuggestRequest{Project: "公路", Limit: 2}); err != nil || len(sug.Suggestions) != 2 {
			t.Errorf("%s: %d suggestions, %v", addr, len(sug.Suggestions), err)
		}
		if list, err := c.Complete(ctx, "公", 5); err != nil || len(list) != 1 {
			t.Errorf("%s: %d completions, %v", addr, len(list), err)
		}
		if list, err := c.Forms(ctx, workspace.FormQuery{Doubt: true}); err != nil || list.Total == 0 {
			t.Errorf("%s: %d forms with doubts, %v", addr, list.Total, err)
		}
	}
	if err := web.Serve(ctx, fake.New(fake.Loaded), web.Options{Addr: "off", Socket: socket}); err == nil {
		t.Error("a second server took the socket of the first")
	}
	stop()
	if err := <-ended; err != nil {
		t.Errorf("after the end of the context: %v", err)
	}
	if _, err := os.Stat(socket); err == nil {
		t.Error("the socket is still there")
	}
}

// TestServe_staleSocket holds that what a crash left behind is replaced, and
// that a file of someone else's is not.
func TestServe_staleSocket(t *testing.T) {
	dir := t.TempDir()
	stale, file := filepath.Join(dir, "stale"), filepath.Join(dir, "file")
	l, err := net.Listen("unix", stale)
	if err != nil {
		t.Fatal(err)
	}
	l.(*net.UnixListener).SetUnlinkOnClose(false)
	l.Close()
	if err := os.WriteFile(file, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ready := func(string) { stop() }
	if err := web.Serve(ctx, fake.New(fake.Loaded), web.Options{Addr: "off", Socket: stale, Ready: ready}); err != nil {
		t.Errorf("over a stale socket: %v", err)
	}
	if err := web.Serve(t.Context(), fake.New(fake.Loaded), web.Options{Addr: "off", Socket: file}); err == nil {
		t.Error("a file was taken for a socket")
	}
	if b, err := os.ReadFile(file); err != nil || string(b) != "mine" {
		t.Errorf("the file holds %q, %v", b, err)
	}
}

// TestSuggestBatch_duplex holds that answers come while requests are still
// being sent, as a long pipe needs.
func TestSuggestBatch_duplex(t *testing.T) {
	srv := httptest.NewServer(newServer(t, fake.New(fake.Loaded), web.Options{}))
	defer srv.Close()
	conn, err := net.Dial("tcp", srv.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	line := `{"id":"1","project":"公路","limit":1}` + "\n"
	write := func(s string) {
		if _, err := conn.Write([]byte(s)); err != nil {
			t.Fatal(err)
		}
	}
	chunk := func(s string) string {
		return strings.ToLower(strings.TrimLeft(hex(len(s)), "0")) + "\r\n" + s + "\r\n"
	}
	write("POST /api/v1/suggest/batch HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk(line))
	in := bufio.NewReader(conn)
	res, err := http.ReadResponse(in, nil)
	if err != nil {
		t.Fatal(err)
	}
	body := bufio.NewReader(res.Body)
	for range 2 {
		if got, err := body.ReadString('\n'); err != nil || !strings.HasPrefix(got, `{"id":"1","suggestions"`) {
			t.Fatalf("got %q, %v", got, err)
		}
		write(chunk(line)) // the request goes on
	}
}

func hex(n int) string {
	const digits = "0123456789abcdef"
	s := ""
	for ; n > 0; n /= 16 {
		s = string(digits[n%16]) + s
	}
	return s
}
