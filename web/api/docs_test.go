package api_test

import (
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"testing"

	"yardstick/web/internal/fake"
)

// TestDocs sends the requests that docs/http-api.md shows, in order; {id} is
// the id that the last answer gave. It also holds that the document lists every
// route of drafting and reviewing.
func TestDocs(t *testing.T) {
	text, err := os.ReadFile("../../docs/http-api.md")
	if err != nil {
		t.Fatal(err)
	}
	h := newServer(t, fake.Loaded)
	blocks := regexp.MustCompile("(?s)```http\n(.*?)```").FindAllStringSubmatch(string(text), -1)
	if len(blocks) < 8 {
		t.Errorf("%d requests, want those of a whole form", len(blocks))
	}
	id := ""
	for _, b := range blocks {
		head, body, _ := strings.Cut(b[1], "\n\n")
		lines := strings.Split(strings.TrimSpace(head), "\n")
		method, path, ok := strings.Cut(lines[0], " ")
		if !ok {
			t.Errorf("%q is no request line", lines[0])
			continue
		}
		var header []string
		for _, l := range lines[1:] {
			name, value, _ := strings.Cut(l, ": ")
			header = append(header, name, value)
		}
		w := ask(h, method, strings.ReplaceAll(path, "{id}", id), body, header...)
		if w.Code != 200 && w.Code != 201 {
			t.Errorf("%s: status %d: %s", lines[0], w.Code, w.Body)
		}
		var made struct{ ID string }
		if json.Unmarshal(w.Body.Bytes(), &made) == nil && made.ID != "" {
			id = made.ID
		}
	}
	for _, o := range assistant(t) {
		path := strings.NewReplacer("d-0001", "{id}", "rv-0001", "{id}", "f-0101", "{form}").Replace(strings.TrimPrefix(strings.SplitN(o.path, "?", 2)[0], "/api/v1"))
		if last := path[strings.LastIndexByte(path, '/'):]; !strings.Contains(string(text), path) && !strings.Contains(string(text), "`"+last) {
			t.Errorf("docs/http-api.md does not list %s %s", o.method, path)
		}
	}
}
