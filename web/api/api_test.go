package api_test

import (
	"bytes"
	"encoding/json"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"yardstick/web"
	"yardstick/web/intake"
	"yardstick/web/internal/fake"
	"yardstick/workspace"
)

func newServer(t *testing.T, s fake.State) *web.Server {
	t.Helper()
	h, err := web.New(fake.New(s), web.Options{Version: "test", Uploads: intake.Options{Dir: t.TempDir()}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { h.Close() })
	return h
}

func ask(h http.Handler, method, path, body string, header ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, "http://127.0.0.1"+path, strings.NewReader(body))
	r.RemoteAddr = "127.0.0.1:5000"
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

type parameter struct {
	Name, In string
	Required bool
	Schema   struct{ Enum []string }
}

type media struct{ Schema, Example json.RawMessage }

type document struct {
	OpenAPI string
	Paths   map[string]map[string]struct {
		OperationID string      `json:"operationId"`
		Summary     string      `json:"summary"`
		Tags        []string    `json:"tags"`
		Parameters  []parameter `json:"parameters"`
		RequestBody struct {
			Content map[string]media `json:"content"`
		} `json:"requestBody"`
		Responses map[string]json.RawMessage `json:"responses"`
	}
	Components struct {
		Schemas map[string]json.RawMessage `json:"schemas"`
	}
}

func openapi(t *testing.T) document {
	t.Helper()
	w := ask(newServer(t, fake.Loaded), "GET", "/api/v1/openapi.json", "")
	var d document
	if err := json.Unmarshal(w.Body.Bytes(), &d); err != nil {
		t.Fatalf("%v in %s", err, w.Body)
	}
	return d
}

func TestDocument(t *testing.T) {
	d := openapi(t)
	if !strings.HasPrefix(d.OpenAPI, "3.1") {
		t.Errorf("version %q, want 3.1", d.OpenAPI)
	}
	for path, ops := range d.Paths {
		for method, op := range ops {
			if op.OperationID == "" || op.Summary == "" {
				t.Errorf("%s %s has no id or summary", method, path)
			}
			if !strings.Contains(string(op.Responses["default"]), "Failure") {
				t.Errorf("%s %s does not document the error shape", method, path)
			}
		}
	}
	for name := range d.Components.Schemas {
		if strings.Trim(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-") != "" {
			t.Errorf("%q is no key of a component", name)
		}
	}
	for _, name := range []string{"ErrorModel", "ErrorDetail"} {
		if _, ok := d.Components.Schemas[name]; ok {
			t.Errorf("the document has %s, which no answer has", name)
		}
	}
	if v := string(d.Components.Schemas["Line"]); !strings.Contains(v, "ValueSchema") {
		t.Errorf("a line's target is not documented as it is written: %s", v)
	}
	for _, want := range []string{"/ingest", "/batches", "/batches/{id}", "/forms", "/forms/{id}", "/search", "/complete", "/indicators/{id}", "/suggest", "/suggest/batch", "/overview", "/health", "/runs/{id}",
		"/library", "/library/diff", "/library/changes", "/library/changes/{id}/undo", "/library/versions/{id}/undo", "/library/entries", "/library/entries/{id}", "/library/entries/{id}/merge",
		"/library/entries/{id}/retire", "/library/entries/{id}/restore", "/library/export", "/library/import", "/library/health", "/templates", "/templates/{id}", "/cases",
		"/names", "/names/decisions", "/names/decisions/{id}", "/names/export", "/names/import", "/names/proposals"} {
		if d.Paths[want] == nil {
			t.Errorf("no path %s", want)
		}
	}
}

// wantShape holds an answer to the one error shape.
func wantShape(t *testing.T, w *httptest.ResponseRecorder, status int, kind string) {
	t.Helper()
	var e map[string]map[string]string
	err := json.Unmarshal(w.Body.Bytes(), &e)
	switch {
	case w.Code != status:
		t.Errorf("status %d, want %d: %s", w.Code, status, w.Body)
	case err != nil || len(e) != 1 || len(e["error"]) != 2 || e["error"]["kind"] != kind || e["error"]["message"] == "":
		t.Errorf(`got %s, want {"error":{"kind":%q,"message":…}}`, w.Body, kind)
	case !strings.HasPrefix(w.Header().Get("Content-Type"), "application/json"):
		t.Errorf("content type %q", w.Header().Get("Content-Type"))
	}
}

// TestErrorShape asks every route in states that can't answer, and in ways that
// no route takes.
func TestErrorShape(t *testing.T) {
	for _, c := range []struct {
		state  fake.State
		status int
		kind   string
	}{{fake.Broken, 500, "internal"}, {fake.Panics, 500, "internal"}, {fake.Busy, 503, "busy"}} {
		h := newServer(t, c.state)
		for path, ops := range openapi(t).Paths {
			for method, op := range ops {
				if slices.Contains(op.Tags, "assistant") {
					continue // TestAssistErrors asks them with their examples
				}
				name := string(c.state) + " " + method + " " + path
				id := "f-0001"
				if path == "/library/changes/{id}/undo" || path == "/library/versions/{id}/undo" || path == "/names/decisions/{id}" {
					id = "1"
				}
				url := "/api/v1" + strings.ReplaceAll(path, "{id}", id)
				body, kind := "", ""
				switch path {
				case "/library/entries", "/library/entries/{id}":
					body, kind = `{"set":{"unit":"个"}}`, "application/json"
				case "/library/entries/{id}/retire", "/library/entries/{id}/restore":
					body, kind = `{}`, "application/json"
				case "/library/entries/{id}/merge":
					body, kind = `{"into":"x"}`, "application/json"
				case "/names/decisions":
					if method == "post" {
						body, kind = `{"decisions":[{"name":"x","verdict":"none"}]}`, "application/json"
					}
				case "/library/import", "/names/import":
					url += "?name=x.csv"
					body, kind = "a,b\n", "application/octet-stream"
				case "/health", "/runs/{id}", "/suggest/batch": // asks no workspace, or answers line by line
					continue
				case "/search", "/complete":
					url += "?q=x"
				case "/suggest":
					body, kind = `{"project":"x"}`, "application/json"
				case "/ingest":
					body, kind = `{"paths":["/x"]}`, "application/json"
				}
				t.Run(name, func(t *testing.T) {
					w := ask(h, strings.ToUpper(method), url, body, "Content-Type", kind)
					wantShape(t, w, c.status, c.kind)
					if strings.Contains(w.Body.String(), "fake") {
						t.Errorf("the answer shows internals: %s", w.Body)
					}
				})
			}
		}
	}
	h := newServer(t, fake.Loaded)
	for _, c := range []struct {
		name, method, path, body, kind string
		status                         int
		want                           string
	}{
		{"unknown route", "GET", "/api/v1/nothing", "", "", 404, "not_found"},
		{"outside the prefix", "GET", "/api/", "", "", 404, "not_found"},
		{"unknown form", "GET", "/api/v1/forms/nothing", "", "", 404, "not_found"},
		{"unknown run", "GET", "/api/v1/runs/nothing", "", "", 404, "not_found"},
		{"wrong method", "DELETE", "/api/v1/forms", "", "", 405, "not_found"},
		{"not a year", "GET", "/api/v1/forms?year=x", "", "", 422, "invalid"},
		{"not a kind", "GET", "/api/v1/forms?form=x", "", "", 422, "invalid"},
		{"no query", "GET", "/api/v1/search", "", "", 422, "invalid"},
		{"not JSON", "POST", "/api/v1/suggest", "{", "application/json", 400, "invalid"},
		{"no project", "POST", "/api/v1/suggest", "{}", "application/json", 422, "invalid"},
		{"no decision", "POST", "/api/v1/names/decisions", `{"decisions":[]}`, "application/json", 400, "invalid"},
		{"null for decisions", "POST", "/api/v1/names/decisions", `{"decisions":null}`, "application/json", 400, "invalid"},
		{"decisions left out", "POST", "/api/v1/names/decisions", `{}`, "application/json", 422, "invalid"},
		{"too many names", "GET", "/api/v1/names?limit=10001", "", "", 422, "invalid"},
		{"version 0", "POST", "/api/v1/library/versions/0/undo", "", "", 422, "invalid"},
		{"no such version", "POST", "/api/v1/library/versions/9/undo", "", "", 404, "not_found"},
		{"JSON too long", "POST", "/api/v1/suggest", `{"project":"` + strings.Repeat("x", 2<<20) + `"}`, "application/json", 413, "invalid"},
		{"upload of nothing known", "POST", "/api/v1/ingest", "x", "text/plain", 415, "invalid"},
		{"paths of nothing", "POST", "/api/v1/ingest", "{}", "application/json", 422, "invalid"},
	} {
		t.Run(c.name, func(t *testing.T) {
			wantShape(t, ask(h, c.method, c.path, c.body, "Content-Type", c.kind), c.status, c.want)
		})
	}
	if allow := ask(h, "DELETE", "/api/v1/forms", "").Header().Get("Allow"); !strings.Contains(allow, "GET") {
		t.Errorf("a wrong method is told %q, want GET", allow)
	}
}

// TestPathsNeedThisMachine holds that nobody else can have files of the server
// read.
func TestPathsNeedThisMachine(t *testing.T) {
	h := newServer(t, fake.Loaded)
	for name, c := range map[string]struct {
		remote, header string
		status         int
	}{
		"loopback":       {"127.0.0.1:5000", "", 200},
		"another host":   {"192.0.2.7:5000", "", 403},
		"behind a proxy": {"127.0.0.1:5000", "192.0.2.7", 403},
	} {
		t.Run(name, func(t *testing.T) {
			r := httptest.NewRequest("POST", "http://127.0.0.1/api/v1/ingest", strings.NewReader(`{"paths":["/x"]}`))
			r.RemoteAddr = c.remote
			r.Header.Set("Content-Type", "application/json")
			if c.header != "" {
				r.Header.Set("X-Forwarded-For", c.header)
			}
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			if w.Code != c.status {
				t.Errorf("status %d, want %d: %s", w.Code, c.status, w.Body)
			}
		})
	}
}

func upload(t *testing.T, names ...string) (body, kind string) {
	t.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	for _, name := range names {
		part, err := m.CreateFormFile("files", name)
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(part, "made up")
	}
	m.Close()
	return b.String(), m.FormDataContentType()
}

func TestIngest(t *testing.T) {
	h := newServer(t, fake.Loaded)
	body, kind := upload(t, "a.xlsx", "b.xlsx")
	t.Run("whole answer", func(t *testing.T) {
		var res workspace.IngestResult
		w := ask(h, "POST", "/api/v1/ingest", body, "Content-Type", kind)
		if err := json.Unmarshal(w.Body.Bytes(), &res); err != nil || res.Files != 2 || res.Rows.Read != res.Rows.Clean+res.Rows.Warned+res.Rows.Rejected {
			t.Errorf("got %s, want 2 files and a sum that holds", w.Body)
		}
	})
	t.Run("stream", func(t *testing.T) {
		w := ask(h, "POST", "/api/v1/ingest", body, "Content-Type", kind, "Accept", "application/x-ndjson")
		lines := strings.Split(strings.TrimSpace(w.Body.String()), "\n")
		if len(lines) < 2 || !strings.HasPrefix(lines[0], `{"progress":`) || !strings.HasPrefix(lines[len(lines)-1], `{"result":`) {
			t.Errorf("got %q, want progress lines and a result", lines)
		}
	})
	t.Run("later", func(t *testing.T) {
		w := ask(h, "POST", "/api/v1/ingest", body, "Content-Type", kind, "Prefer", "respond-async")
		if w.Code != 202 || !strings.HasPrefix(w.Header().Get("Location"), "/api/v1/runs/run-") {
			t.Fatalf("status %d at %q, want 202 and where to ask", w.Code, w.Header().Get("Location"))
		}
		if w := ask(h, "GET", w.Header().Get("Location"), ""); w.Code != 200 || !strings.Contains(w.Body.String(), `"state"`) {
			t.Errorf("asking for the run gives %d %s", w.Code, w.Body)
		}
	})
}

func TestStreams(t *testing.T) {
	h := newServer(t, fake.Loaded)
	t.Run("forms", func(t *testing.T) {
		w := ask(h, "GET", "/api/v1/forms", "", "Accept", "application/x-ndjson")
		var f workspace.Form
		if err := json.Unmarshal(w.Body.Bytes(), &f); err != nil || len(f.Lines) != 7 || w.Header().Get("Content-Type") != "application/x-ndjson" {
			t.Errorf("got %v, %d lines, %s", err, len(f.Lines), w.Header().Get("Content-Type"))
		}
	})
	t.Run("suggestions", func(t *testing.T) {
		in := `{"id":"1","project":"公路养护","limit":2}` + "\n\n" + `{"id":"2"}` + "\nnonsense\n" + `{"id":"4","project":"学校"}`
		w := ask(h, "POST", "/api/v1/suggest/batch", in, "Content-Type", "application/x-ndjson")
		lines := strings.Split(strings.TrimSpace(w.Body.String()), "\n")
		want := []string{`{"id":"1","suggestions":[`, `{"id":"2","error":{"kind":"invalid"`, `{"error":{"kind":"invalid"`, `{"id":"4","suggestions":[`}
		if len(lines) != len(want) {
			t.Fatalf("got %d lines, want %d: %s", len(lines), len(want), w.Body)
		}
		for i, p := range want {
			if !strings.HasPrefix(lines[i], p) {
				t.Errorf("line %d is %.80s, want %s", i+1, lines[i], p)
			}
		}
	})
	t.Run("a trouble before the first line", func(t *testing.T) {
		wantShape(t, ask(newServer(t, fake.Busy), "GET", "/api/v1/forms", "", "Accept", "application/x-ndjson"), 503, "busy")
	})
}

// TestListing holds that the plain page names every operation and loads nothing
// from elsewhere.
func TestListing(t *testing.T) {
	w := ask(newServer(t, fake.Loaded), "GET", "/api/v1/", "")
	for path := range openapi(t).Paths {
		if !strings.Contains(w.Body.String(), "/api/v1"+path) {
			t.Errorf("the page does not name %s", path)
		}
	}
	if s := w.Body.String(); strings.Contains(s, "http://") || strings.Contains(s, "https://") || strings.Contains(s, "<script") {
		t.Error("the page loads from elsewhere or runs script")
	}
}
