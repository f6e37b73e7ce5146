package api_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yardstick/web/internal/fake"
	"yardstick/workspace"
)

// operation is one documented operation of drafting and reviewing, as a request
// made of its own examples.
type operation struct{ method, path, body, kind string }

// assistant lists them; ids are those of the fake.
func assistant(t *testing.T) (out []operation) {
	t.Helper()
	for path, ops := range openapi(t).Paths {
		for method, op := range ops {
			if !slices.Contains(op.Tags, "assistant") {
				continue
			}
			id := "d-0001"
			if strings.HasPrefix(path, "/reviews") {
				id = "rv-0001"
			}
			q := url.Values{}
			for _, p := range op.Parameters {
				if p.In == "query" && p.Required {
					q.Set(p.Name, p.Schema.Enum[0])
				}
			}
			o := operation{method: strings.ToUpper(method), path: "/api/v1" + strings.NewReplacer("{id}", id, "{form}", "f-0101").Replace(path) + "?" + q.Encode()}
			if m, ok := op.RequestBody.Content["application/json"]; ok {
				o.body, o.kind = string(m.Example), "application/json"
			}
			out = append(out, o)
		}
	}
	slices.SortFunc(out, func(a, b operation) int { return strings.Compare(a.path+a.method, b.path+b.method) })
	return out
}

// TestAssistDocument holds that every request body and every JSON answer of
// drafting and reviewing has an example, that lists state their bound, and that
// the API takes its own examples.
func TestAssistDocument(t *testing.T) {
	n := 0
	for path, ops := range openapi(t).Paths {
		for method, op := range ops {
			if !slices.Contains(op.Tags, "assistant") {
				continue
			}
			n++
			if m, ok := op.RequestBody.Content["application/json"]; ok && len(m.Example) == 0 {
				t.Errorf("%s %s: the request body has no example", method, path)
			}
			if m := op.RequestBody.Content["application/json"]; strings.Contains(string(m.Schema), `"array"`) && !strings.Contains(string(m.Schema), `"maxItems"`) {
				t.Errorf("%s %s: the list states no bound: %s", method, path, m.Schema)
			}
			for status, raw := range op.Responses {
				var r struct{ Content map[string]media }
				if err := json.Unmarshal(raw, &r); err != nil {
					t.Fatal(err)
				}
				if m, ok := r.Content["application/json"]; ok && (len(m.Example) == 0 || len(m.Schema) == 0) {
					t.Errorf("%s %s: the answer %s has no example or no schema", method, path, status)
				}
			}
		}
	}
	if n < 20 {
		t.Errorf("%d operations, want all of drafting and reviewing", n)
	}
	for _, o := range assistant(t) {
		t.Run(o.method+" "+o.path, func(t *testing.T) {
			h := newServer(t, fake.Loaded)
			switch w := ask(h, o.method, o.path, o.body, "Content-Type", o.kind); {
			case strings.HasSuffix(o.path, "/redo?"): // there is nothing to redo
				wantShape(t, w, 409, "conflict")
			case w.Code != 200 && w.Code != 201:
				t.Errorf("status %d: %s", w.Code, w.Body)
			case strings.HasPrefix(w.Header().Get("Content-Type"), "application/json") && !json.Valid(w.Body.Bytes()):
				t.Errorf("not JSON: %s", w.Body)
			case w.Body.Len() == 0:
				t.Error("the answer is empty")
			}
		})
	}
}

// TestAssistErrors asks every operation in the states that can't answer.
func TestAssistErrors(t *testing.T) {
	for _, c := range []struct {
		state  fake.State
		status int
		kind   string
	}{{fake.Broken, 500, "internal"}, {fake.Panics, 500, "internal"}, {fake.Busy, 503, "busy"}} {
		h := newServer(t, c.state)
		for _, o := range assistant(t) {
			t.Run(string(c.state)+" "+o.method+" "+o.path, func(t *testing.T) {
				w := ask(h, o.method, o.path, o.body, "Content-Type", o.kind)
				if strings.HasPrefix(o.body, "[") && c.state != fake.Panics { // each item has its own error
					var list []struct {
						Error struct{ Kind, Message string }
					}
					if err := json.Unmarshal(w.Body.Bytes(), &list); err != nil || w.Code != 200 || len(list) != 1 || list[0].Error.Kind != c.kind || list[0].Error.Message == "" {
						t.Errorf("status %d: %s, %v", w.Code, w.Body, err)
					}
				} else {
					wantShape(t, w, c.status, c.kind)
				}
				if strings.Contains(w.Body.String(), "fake") {
					t.Errorf("the answer shows internals: %s", w.Body)
				}
			})
		}
	}
	h := newServer(t, fake.Loaded)
	const js = "application/json"
	long := strings.Repeat(`{"name":"x"},`, 1000) + `{"name":"x"}`
	for _, c := range []struct {
		name, method, path, body, kind string
		status                         int
		want                           string
	}{
		{"value of no indicator", "POST", "/values", `{"name":" "}`, js, 422, "invalid"},
		{"value without a name", "POST", "/values", `{}`, js, 422, "invalid"},
		{"unknown key", "POST", "/values", `{"name":"x","nmae":"y"}`, js, 422, "invalid"},
		{"list that is none", "POST", "/values/batch", `{}`, js, 422, "invalid"},
		{"empty list", "POST", "/values/batch", `[]`, js, 422, "invalid"},
		{"null for a list", "POST", "/values/batch", `null`, js, 422, "invalid"},
		{"list beyond its bound", "POST", "/values/batch", "[" + long + "]", js, 422, "invalid"},
		{"drafts beyond their bound", "POST", "/reviews/drafts", "[" + strings.Repeat("{},", 200) + "{}]", js, 422, "invalid"},
		{"suggestions beyond their bound", "POST", "/suggest/batch", "[" + strings.Repeat("{},", 1000) + "{}]", js, 422, "invalid"},
		{"list too large", "POST", "/values/batch", `[{"name":"` + strings.Repeat("x", 9<<20) + `"}]`, js, 413, "invalid"},
		{"draft too large", "POST", "/reviews/draft", `{"project":"` + strings.Repeat("x", 5<<20) + `"}`, js, 413, "invalid"},
		{"not JSON", "POST", "/reviews", "{", js, 400, "invalid"},
		{"two values", "POST", "/reviews", `{"forms":{}} {}`, js, 400, "invalid"},
		{"review of nothing", "POST", "/reviews", `{}`, js, 422, "invalid"},
		{"review of unknown keys", "POST", "/reviews", `{"froms":{}}`, js, 422, "invalid"},
		{"review of no known type", "POST", "/reviews", "x", "text/plain", 415, "invalid"},
		{"unknown round", "GET", "/reviews/nothing", "", "", 404, "not_found"},
		{"unknown round deleted", "DELETE", "/reviews/nothing", "", "", 404, "not_found"},
		{"unknown form of a round", "GET", "/reviews/rv-0001/forms/nothing/annotated", "", "", 404, "not_found"},
		{"opinion of no format", "GET", "/reviews/rv-0001/forms/f-0101/opinion", "", "", 422, "invalid"},
		{"opinion of unknown format", "GET", "/reviews/rv-0001/forms/f-0101/opinion?format=docx", "", "", 422, "invalid"},
		{"verdict of no kind", "POST", "/reviews/rv-0001/forms/f-0101/verdict", `{"verdict":"maybe"}`, js, 422, "invalid"},
		{"unknown draft", "GET", "/drafts/nothing", "", "", 404, "not_found"},
		{"draft from an unknown form", "POST", "/drafts", `{"form":"nothing"}`, js, 404, "not_found"},
		{"draft from two things", "POST", "/drafts", `{"form":"f-0001","text":"x"}`, js, 422, "invalid"},
		{"draft of no known type", "POST", "/drafts", "x", "text/plain", 415, "invalid"},
		{"draft from a nameless file", "POST", "/drafts", "x", "application/octet-stream", 422, "invalid"},
		{"save without revision", "PUT", "/drafts/d-0001", `{"body":{}}`, js, 428, "invalid"},
		{"export of no format", "GET", "/drafts/d-0001/export", "", "", 422, "invalid"},
		{"export of unknown format", "POST", "/drafts/export?format=pdf", `{}`, js, 422, "invalid"},
		{"wrong method", "PATCH", "/drafts/d-0001", "", "", 405, "not_found"},
	} {
		t.Run(c.name, func(t *testing.T) {
			wantShape(t, ask(h, c.method, "/api/v1"+c.path, c.body, "Content-Type", c.kind), c.status, c.want)
		})
	}
}

// decode reads an answer that must be JSON of the status.
func decode[T any](t *testing.T, w *httptest.ResponseRecorder, status int) T {
	t.Helper()
	var v T
	if err := json.Unmarshal(w.Body.Bytes(), &v); w.Code != status || err != nil {
		t.Fatalf("status %d, want %d; %v: %.300s", w.Code, status, err, w.Body)
	}
	return v
}

// TestDraftsOverHTTP writes a draft the way a budget system does: start, save,
// meet a conflict, undo, put away, export.
func TestDraftsOverHTTP(t *testing.T) {
	h := newServer(t, fake.Empty)
	const js = "application/json"
	call := func(method, path, body string, header ...string) *httptest.ResponseRecorder {
		return ask(h, method, "/api/v1/drafts"+path, body, append([]string{"Content-Type", js}, header...)...)
	}
	w := call("POST", "", `{"body":{"project":"甲","budget":10}}`, "Idempotency-Key", "k-1")
	d := decode[workspace.Draft](t, w, 201)
	if w.Header().Get("Location") != "/api/v1/drafts/"+d.ID || w.Header().Get("ETag") != `"1"` || d.Body.Project != "甲" {
		t.Errorf("started %+v with %v", d, w.Header())
	}
	for name, header := range map[string][]string{"by header": {"Idempotency-Key", "k-1"}, "by both": {"Idempotency-Key", "k-1"}} {
		body := `{"body":{"project":"甲","budget":10}}`
		if name == "by both" {
			body = `{"key":"k-1","body":{"project":"甲","budget":10}}`
		}
		if again := decode[workspace.Draft](t, call("POST", "", body, header...), 201); again.ID != d.ID {
			t.Errorf("%s: a repeated start made %s", name, again.ID)
		}
	}
	wantShape(t, call("POST", "", `{"key":"k-2"}`, "Idempotency-Key", "k-1"), 422, "invalid")
	if n := len(decode[[]workspace.DraftHead](t, call("GET", "", ""), 200)); n != 1 {
		t.Errorf("%d drafts, want 1", n)
	}

	const body = `{"body":{"project":"乙","lines":[{"name":"路面完好率","level1":"产出指标","comparison":"≥","target":"95","unit":"%","weight":10}]}}`
	w = call("PUT", "/"+d.ID, body, "If-Match", `"1"`)
	saved := decode[workspace.Draft](t, w, 200)
	if w.Header().Get("ETag") != `"2"` || saved.Revision != 2 || len(saved.Body.Lines) != 1 {
		t.Errorf("saved %+v with %v", saved, w.Header())
	}
	if again := decode[workspace.Draft](t, call("PUT", "/"+d.ID, body, "If-Match", `"1"`), 200); again.Revision != 2 {
		t.Errorf("the same save made revision %d", again.Revision)
	}
	w = call("PUT", "/"+d.ID, `{"revision":1,"body":{"project":"丙"}}`)
	var f struct {
		Error struct{ Kind, Message, Copy string }
	}
	if err := json.Unmarshal(w.Body.Bytes(), &f); err != nil || w.Code != 409 || f.Error.Kind != "conflict" || f.Error.Copy == "" {
		t.Fatalf("a stale save: %d %s", w.Code, w.Body)
	}
	if kept := decode[workspace.DraftView](t, call("GET", "/"+f.Error.Copy, ""), 200); kept.Body.Project != "丙" || kept.CopyOf != d.ID {
		t.Errorf("the copy is %+v", kept.Draft)
	}
	wantShape(t, call("PUT", "/"+d.ID, `{"revision":1,"body":{}}`, "If-Match", `"2"`), 422, "invalid")
	wantShape(t, call("PUT", "/"+d.ID, `{"body":{}}`, "If-Match", `later`), 422, "invalid")

	if back := decode[workspace.Draft](t, call("POST", "/"+d.ID+"/undo", ""), 200); back.Body.Project != "甲" || !back.CanRedo {
		t.Errorf("undone %+v", back)
	}
	if forth := decode[workspace.Draft](t, call("POST", "/"+d.ID+"/redo", ""), 200); forth.Body.Project != "乙" {
		t.Errorf("redone %+v", forth)
	}
	if away := decode[workspace.Draft](t, call("DELETE", "/"+d.ID, ""), 200); away.Deleted == nil {
		t.Errorf("put away %+v", away)
	}
	if list := decode[[]workspace.DraftHead](t, call("GET", "?deleted=true", ""), 200); len(list) != 1 || list[0].ID != d.ID {
		t.Errorf("put away: %+v", list)
	}
	decode[workspace.Draft](t, call("POST", "/"+d.ID+"/restore", ""), 200)
	w = call("GET", "/"+d.ID+"/export?format=docx", "")
	if w.Code != 200 || !strings.HasSuffix(w.Header().Get("Content-Disposition"), ".docx") || !strings.Contains(w.Header().Get("Content-Type"), "wordprocessingml") || w.Body.Len() == 0 {
		t.Errorf("exported %d with %v", w.Code, w.Header())
	}
}

// TestDraftFromFile starts a draft from a document, as a form and as the body.
func TestDraftFromFile(t *testing.T) {
	h := newServer(t, fake.Loaded)
	body, kind := upload(t, "文件.docx")
	bare := "made up"
	for name, w := range map[string]*httptest.ResponseRecorder{
		"form": ask(h, "POST", "/api/v1/drafts", body, "Content-Type", kind),
		"body": ask(h, "POST", "/api/v1/drafts?name="+url.QueryEscape("文件.docx"), bare, "Content-Type", "application/octet-stream"),
	} {
		if d := decode[workspace.Draft](t, w, 201); d.Origin.Kind != "file" || d.Origin.Ref != "文件.docx" {
			t.Errorf("%s: started from %+v", name, d.Origin)
		}
	}
	two, kind := upload(t, "a.docx", "b.docx")
	wantShape(t, ask(h, "POST", "/api/v1/drafts", two, "Content-Type", kind), 422, "invalid")
}

// TestLists holds that every item has an answer or an error of its own, in
// order.
func TestLists(t *testing.T) {
	h := newServer(t, fake.Loaded)
	type answer struct {
		Result *struct{ Name, Project string }
		Error  *struct{ Kind, Message string }
	}
	shape := func(list []answer) (out []string) {
		for _, a := range list {
			switch {
			case a.Result != nil && a.Error == nil:
				out = append(out, a.Result.Name+a.Result.Project)
			case a.Error != nil && a.Result == nil:
				out = append(out, a.Error.Kind)
			}
		}
		return out
	}
	for _, c := range []struct {
		path, body string
		want       []string
	}{
		{"/values/batch", `[{"name":"沿线群众满意度","target":"≥90%"},{"name":""},{"name":1},{"name":"农村公路优良中等路率"}]`, []string{"沿线群众满意度", "invalid", "invalid", "农村公路优良中等路率"}},
		{"/reviews/drafts", `[{"project":"甲"},{"projekt":"乙"},{"project":"丙","lines":[]}]`, []string{"甲", "invalid", "丙"}},
	} {
		if diff := cmp.Diff(c.want, shape(decode[[]answer](t, ask(h, "POST", "/api/v1"+c.path, c.body, "Content-Type", "application/json"), 200))); diff != "" {
			t.Errorf("%s (-want +got)\n%s", c.path, diff)
		}
	}
	w := ask(h, "POST", "/api/v1/suggest/batch", `[{"id":"1","project":"公路养护","limit":2},{"id":"2"},7]`, "Content-Type", "application/json")
	list := decode[[]struct {
		ID          string
		Suggestions []workspace.Suggestion
		Error       *struct{ Kind string }
	}](t, w, 200)
	if len(list) != 3 || list[0].ID != "1" || len(list[0].Suggestions) != 2 || list[1].ID != "2" || list[1].Error == nil || list[2].Error == nil {
		t.Errorf("got %s", w.Body)
	}
}

// TestReviewsOverHTTP reviews uploads whole, as a stream and later, decides on a
// form and fetches its files.
func TestReviewsOverHTTP(t *testing.T) {
	h := newServer(t, fake.Loaded)
	body, kind := upload(t, "甲.xlsx", "乙.docx", "坏.xlsx")
	w := ask(h, "POST", "/api/v1/reviews?title="+url.QueryEscape("第一轮"), body, "Content-Type", kind)
	r := decode[workspace.ReviewRound](t, w, 200)
	if r.Files != 3 || len(r.Items) != 2 || len(r.Unread) != 1 || r.Title != "第一轮" || r.Source != "api" {
		t.Fatalf("round %+v", r)
	}
	lines := strings.Split(strings.TrimSpace(ask(h, "POST", "/api/v1/reviews", body, "Content-Type", kind, "Accept", "application/x-ndjson").Body.String()), "\n")
	if len(lines) < 2 || !strings.HasPrefix(lines[0], `{"progress":`) || !strings.HasPrefix(lines[len(lines)-1], `{"result":{"id":"rv-`) {
		t.Errorf("got %.200q, want progress lines and a round", lines)
	}
	w = ask(h, "POST", "/api/v1/reviews", body, "Content-Type", kind, "Prefer", "respond-async")
	if w.Code != 202 || !strings.HasPrefix(w.Header().Get("Location"), "/api/v1/runs/run-") {
		t.Errorf("status %d at %q, want 202 and where to ask", w.Code, w.Header().Get("Location"))
	}
	if one := decode[workspace.ReviewRound](t, ask(h, "POST", "/api/v1/reviews?name="+url.QueryEscape("丁.xlsx"), "made up", "Content-Type", "application/octet-stream"), 200); len(one.Items) != 1 || one.Items[0].File != "丁.xlsx" {
		t.Errorf("a bare file gives %+v", one.Items)
	}
	forms := decode[workspace.ReviewRound](t, ask(h, "POST", "/api/v1/reviews", `{"forms":{"year":2025}}`, "Content-Type", "application/json"), 200)
	wantShape(t, ask(h, "GET", "/api/v1/reviews/"+forms.ID+"/forms/"+forms.Items[0].ID+"/annotated", ""), 404, "not_found")

	var keyed [2]workspace.ReviewRound
	for i := range keyed {
		keyed[i] = decode[workspace.ReviewRound](t, ask(h, "POST", "/api/v1/reviews", body, "Content-Type", kind, "Idempotency-Key", "k"), 200)
	}
	if keyed[0].ID != keyed[1].ID {
		t.Errorf("a repeated request made %s and %s", keyed[0].ID, keyed[1].ID)
	}

	at := "/api/v1/reviews/" + r.ID + "/forms/" + r.Items[0].ID
	if v := decode[workspace.Review](t, ask(h, "POST", at+"/verdict", `{"verdict":"return","note":"补数量"}`, "Content-Type", "application/json"), 200); v.Decision == nil || v.Decision.Verdict != "return" || v.Decision.Source != "api" {
		t.Errorf("decision %+v", v.Decision)
	}
	for path, want := range map[string]string{"/annotated": "批注", "/opinion?format=xlsx": "审核意见.xlsx", "/opinion?format=html": "审核意见.html"} {
		w := ask(h, "GET", at+path, "")
		if name, err := url.PathUnescape(w.Header().Get("Content-Disposition")); err != nil || w.Code != 200 || !strings.HasPrefix(name, "attachment;") || !strings.Contains(name, want) || w.Body.Len() == 0 {
			t.Errorf("%s: %d %q", path, w.Code, name)
		}
	}
	if heads := decode[[]workspace.RoundHead](t, ask(h, "GET", "/api/v1/reviews", ""), 200); len(heads) < 4 {
		t.Errorf("%d rounds", len(heads))
	}
	decode[struct{ ID string }](t, ask(h, "DELETE", "/api/v1/reviews/"+r.ID, ""), 200)
	wantShape(t, ask(h, "GET", "/api/v1/reviews/"+r.ID, ""), 404, "not_found")
}

// TestReviewPathsNeedThisMachine holds that nobody else can have files of the
// server reviewed.
func TestReviewPathsNeedThisMachine(t *testing.T) {
	h := newServer(t, fake.Loaded)
	for remote, status := range map[string]int{"127.0.0.1:5000": http.StatusOK, "192.0.2.7:5000": http.StatusForbidden} {
		r := httptest.NewRequest("POST", "http://127.0.0.1/api/v1/reviews", bytes.NewReader([]byte(`{"paths":["/x.xlsx"]}`)))
		r.RemoteAddr = remote
		r.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != status {
			t.Errorf("%s: status %d, want %d: %s", remote, w.Code, status, w.Body)
		}
	}
}
