package web_test

import (
	"bytes"
	"io"
	"mime"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// reader is a browser without script: it fills the forms of pages and presses
// their buttons.
type reader struct {
	t    *testing.T
	c    *http.Client
	at   *url.URL
	page *html.Node
	file []byte // the last answer that was no page
	name string
}

func newReader(t *testing.T, base string) *reader {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	at, err := url.Parse(base)
	if err != nil {
		t.Fatal(err)
	}
	return &reader{t: t, c: &http.Client{Jar: jar}, at: at}
}

func (r *reader) take(res *http.Response, err error) int {
	r.t.Helper()
	if err != nil {
		r.t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		r.t.Fatal(err)
	}
	if !strings.HasPrefix(res.Header.Get("Content-Type"), "text/html") {
		_, params, _ := mime.ParseMediaType(res.Header.Get("Content-Disposition"))
		r.file, r.name = body, params["filename"]
		return res.StatusCode
	}
	r.at = res.Request.URL
	if r.page, err = html.Parse(bytes.NewReader(body)); err != nil {
		r.t.Fatal(err)
	}
	return res.StatusCode
}

func (r *reader) open(path string) int {
	r.t.Helper()
	to, err := r.at.Parse(path)
	if err != nil {
		r.t.Fatal(err)
	}
	return r.take(r.c.Get(to.String()))
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func hasAttr(n *html.Node, name string) bool {
	for _, a := range n.Attr {
		if a.Key == name {
			return true
		}
	}
	return false
}

// find lists the elements that match.
func find(n *html.Node, match func(*html.Node) bool) []*html.Node {
	var out []*html.Node
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && match(d) {
			out = append(out, d)
		}
	}
	return out
}

func words(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// buttons are the buttons of the form with an id whose value starts so.
func (r *reader) buttons(prefix string) []*html.Node {
	return find(r.page, func(n *html.Node) bool {
		return n.Data == "button" && strings.HasPrefix(attr(n, "value"), prefix) && !hasAttr(n, "disabled") && attr(n, "type") != "button"
	})
}

// fields are what a form sends, in its order.
func fieldsOf(form *html.Node) []field {
	var out []field
	for _, n := range find(form, func(n *html.Node) bool { return attr(n, "name") != "" }) {
		name := attr(n, "name")
		switch n.Data {
		case "input":
			if attr(n, "type") != "file" {
				out = append(out, field{name, attr(n, "value")})
			}
		case "textarea":
			text := ""
			if n.FirstChild != nil {
				text = n.FirstChild.Data
			}
			out = append(out, field{name, text})
		case "select":
			options := find(n, func(o *html.Node) bool { return o.Data == "option" })
			for _, o := range append(find(n, func(o *html.Node) bool { return o.Data == "option" && hasAttr(o, "selected") }), options...) {
				v := words(o)
				if hasAttr(o, "value") {
					v = attr(o, "value")
				}
				out = append(out, field{name, v})
				break
			}
		}
	}
	return out
}

type field struct{ name, value string }

// press sends the form that a button belongs to, with fields set before.
func (r *reader) press(button *html.Node, set map[string]string) int {
	r.t.Helper()
	form := button
	for form != nil && form.Data != "form" {
		form = form.Parent
	}
	if id := attr(button, "form"); id != "" {
		form = find(r.page, func(n *html.Node) bool { return n.Data == "form" && attr(n, "id") == id })[0]
	}
	if form == nil {
		r.t.Fatalf("the button %q is in no form", words(button))
	}
	v := url.Values{}
	for _, f := range fieldsOf(form) {
		v.Add(f.name, f.value)
	}
	for name, value := range set {
		v.Set(name, value)
	}
	if n := attr(button, "name"); n != "" {
		v.Set(n, attr(button, "value"))
	}
	to, err := r.at.Parse(attr(form, "action"))
	if err != nil {
		r.t.Fatal(err)
	}
	return r.take(r.c.PostForm(to.String(), v))
}

// lines are the rows of the table.
func (r *reader) lines() []line {
	var out []line
	for _, row := range find(r.page, func(n *html.Node) bool { return n.Data == "tr" && strings.HasPrefix(attr(n, "class"), "ln") }) {
		var l line
		for _, f := range fieldsOf(row) {
			switch f.name {
			case "a":
				l.Level1, l.Level2, _ = strings.Cut(f.value, "|")
			case "n":
				l.Name = f.value
			case "c":
				l.Comparison = f.value
			case "t":
				l.Target = f.value
			case "u":
				l.Unit = f.value
			case "w":
				l.Weight = f.value
			}
		}
		out = append(out, l)
	}
	return out
}

// TestDraftWithoutScript drafts over the real workspace by forms and buttons
// alone, from a name to a file that reads back as what the page shows.
func TestDraftWithoutScript(t *testing.T) {
	r := newReader(t, serveReal(t, realWorkspace(t)))
	r.open("/drafts/new")
	start := find(r.page, func(n *html.Node) bool { return n.Data == "button" && words(n) == "开始编制" })
	if len(start) != 1 {
		t.Fatal("no button to start with")
	}
	if code := r.press(start[0], map[string]string{"project": ""}); code != 422 || !strings.Contains(words(r.page), "写上项目名称") {
		t.Errorf("starting without a name answers %d", code)
	}
	start = find(r.page, func(n *html.Node) bool { return n.Data == "button" && words(n) == "开始编制" })
	r.press(start[0], map[string]string{"project": roadName, "unit": "县公路养护中心", "budget": "312", "goal": roadGoal})
	for n := 1; n <= 8; n++ {
		add := r.buttons("c=")
		add = append(add, r.buttons("e=")...)
		if len(add) == 0 {
			t.Fatalf("no suggestion to add after %d", n-1)
		}
		if code := r.press(add[0], nil); code != 200 || len(r.lines()) != n {
			t.Fatalf("adding the %dth answers %d with %d lines", n, code, len(r.lines()))
		}
	}
	// an empty row, filled in and saved by its button
	r.press(r.buttons("a=产出指标|数量指标&op=new")[0], nil)
	if n := len(r.lines()); n != 9 {
		t.Fatalf("＋ leaves %d rows, want an empty one more", n)
	}
	form := find(r.page, func(n *html.Node) bool { return n.Data == "form" && attr(n, "id") == "draft" })[0]
	v := url.Values{"do": {"op=save"}}
	row := -1
	for _, f := range fieldsOf(form) {
		if f.name == "k" {
			row++
		}
		l := r.lines()[max(row, 0)]
		switch {
		case f.name == "n" && f.value == "":
			f.value = "日常巡查里程"
		case f.name == "c" && l.Target == "" && l.Unit == "" && l.Name != "":
			f.value = "定性"
		case f.name == "t" && f.value == "" && l.Unit == "" && l.Name != "":
			f.value = "优（评分 90 分以上）"
		case f.name == "t" && f.value == "":
			f.value = "90"
		case f.name == "u" && l.Name == "":
			f.value = "公里"
		}
		v.Add(f.name, f.value)
	}
	r.take(r.c.PostForm(r.at.String(), v))
	if got := r.lines(); len(got) != 9 {
		t.Fatalf("saving leaves %d lines: %v", len(got), got)
	}
	r.press(r.buttons("op=weigh")[0], nil)
	total := find(r.page, func(n *html.Node) bool { return hasAttr(n, "data-total") })
	if len(total) != 1 || words(total[0]) != "100" {
		t.Fatalf("after 分配权重 the total is %v", words(total[0]))
	}
	shown := r.lines()
	r.press(r.buttons("op=undo")[0], nil)
	r.press(r.buttons("op=redo")[0], nil)
	if len(shown) != len(r.lines()) || shown[0] != r.lines()[0] {
		t.Errorf("undo and redo end at %v, want %v", r.lines(), shown)
	}
	for _, format := range []string{"xlsx", "docx"} {
		r.file = nil
		button := r.buttons("op=export&f=" + format)
		if code := r.press(button[0], nil); code != 200 || r.file == nil {
			t.Fatalf("exporting %s answers %d", format, code)
		}
		path := filepath.Join(t.TempDir(), "申报表."+format)
		if !strings.HasSuffix(r.name, format) {
			t.Errorf("the file is called %q", r.name)
		}
		if err := os.WriteFile(path, r.file, 0o600); err != nil {
			t.Fatal(err)
		}
		sameAsPage(t, path, shown)
	}
}
