package pages

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"html/template"
	"net/http"
	"net/url"
	"strings"

	"yardstick"
	"yardstick/web/fault"
)

// asked is what a request wants, apart from its content.
type asked struct {
	format   string // html, json or csv
	fragment bool   // htmx wants a part of the page
	prefs    prefs
	path     string // without the twin's extension
	query    url.Values
}

func (p *Pages) asked(r *http.Request) *asked {
	q := &asked{format: "html", path: r.URL.Path, prefs: readPrefs(r), query: r.URL.Query()}
	q.fragment = r.Header.Get("HX-Request") == "true" && r.Header.Get("HX-History-Restore-Request") != "true"
	if last := r.URL.Path[strings.LastIndex(r.URL.Path, "/")+1:]; r.Method == http.MethodGet {
		for _, ext := range []string{"json", "csv"} {
			if strings.HasSuffix(last, "."+ext) {
				q.format, q.path = ext, strings.TrimSuffix(r.URL.Path, "."+ext)
			}
		}
	}
	if accept := r.Header.Get("Accept"); r.Method == http.MethodPost && strings.HasPrefix(accept, "application/json") {
		q.format = "json"
	}
	return q
}

// twin is the address of the same view in another format.
func (q *asked) twin(ext string) string {
	path := q.path
	if path == "/" {
		path = "/overview"
	}
	return (&url.URL{Path: path + "." + ext, RawQuery: q.query.Encode()}).String()
}

// with is the address of the same view with some parameters changed; an empty
// value removes one. A change of anything but the page returns to page 1.
func (q *asked) with(pairs ...string) string {
	v := url.Values{}
	for k, vals := range q.query {
		v[k] = vals
	}
	v.Del("page")
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] == "" {
			v.Del(pairs[i])
		} else {
			v.Set(pairs[i], pairs[i+1])
		}
	}
	return (&url.URL{Path: q.path, RawQuery: v.Encode()}).String()
}

// answer is what a view shows: one value in up to three renderings.
type answer struct {
	value    any                // the JSON twin
	table    func() [][]string  // the CSV twin, head first; nil if there is none
	tmpl     *template.Template // the page
	fragment string             // the part that htmx gets
	page     page               // the template's struct
	to       string             // a redirect instead of a page
	push     string             // the address that htmx shows, if not the one asked
	status   int                // 0 means 200
}

// page is a template's struct; it embeds shell.
type page interface{ frame() *shell }

// serve renders a view's answer into a buffer, so that a failing template
// becomes an error page and never half of one.
func (p *Pages) serve(w http.ResponseWriter, r *http.Request, v view) {
	q := p.asked(r)
	a, err := v(r, q)
	if err != nil {
		p.fail(w, r, q, err)
		return
	}
	switch {
	case a.to != "" && q.fragment && r.Method == http.MethodGet:
		w.Header().Set("HX-Redirect", a.to)
		w.WriteHeader(http.StatusOK)
		return
	case a.to != "":
		http.Redirect(w, r, a.to, http.StatusSeeOther)
		return
	case q.format == "json":
		writeJSON(w, http.StatusOK, a.value)
		return
	case q.format == "csv" && a.table == nil:
		p.fail(w, r, q, fault.New(http.StatusNotFound, yardstick.NotFound, "这一页没有表格可导出。用 .json 的地址取数据。"))
		return
	case q.format == "csv":
		writeCSV(w, r.URL.Path, a.table())
		return
	}
	if !q.fragment {
		a.page.frame().Rounds = p.openRounds(r)
	}
	p.dress(a.page.frame(), q, a)
	if r.Method == http.MethodPost {
		a.page.frame().Twins = nil // their address would be the one that was posted to
	}
	if t := said(w, r); t != nil {
		t.Back = a.page.frame().Back
		a.page.frame().Toast = t
	}
	p.render(w, r, q, a)
}

func (p *Pages) render(w http.ResponseWriter, r *http.Request, q *asked, a answer) {
	name := "page"
	if q.fragment && a.fragment != "" {
		name = a.fragment
	}
	var b bytes.Buffer
	if err := a.tmpl.ExecuteTemplate(&b, name, a.page); err != nil {
		fault.Write(w, fault.Of(r.Context(), p.opt.Log, "render "+name, err))
		return
	}
	h := w.Header()
	if q.fragment && a.push != "" {
		h.Set("HX-Push-Url", a.push)
	}
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "private, no-cache")
	h.Set("Vary", "HX-Request, Cookie")
	if a.status != 0 {
		w.WriteHeader(a.status)
	}
	_, _ = w.Write(b.Bytes()) // the client has gone: nobody to tell
}

// errorPage is the page for what went wrong: main of error.tmpl.
type errorPage struct {
	shell
	Fault *fault.Fault
	Retry string // the address to try again, "" for a POST
}

func (p *Pages) fail(w http.ResponseWriter, r *http.Request, q *asked, err error) {
	f := fault.Of(r.Context(), p.opt.Log, r.Method+" "+r.URL.Path, err)
	if q.format != "html" {
		fault.Write(w, f)
		return
	}
	e := &errorPage{Fault: f}
	e.Title = "没能打开这一页"
	if f.Status == http.StatusNotFound {
		e.Title = "没有找到"
	}
	if r.Method == http.MethodGet && f.Status >= 500 {
		e.Retry = r.URL.RequestURI()
	}
	a := answer{tmpl: p.tmpl["error"], page: e, fragment: "trouble", status: f.Status}
	p.dress(&e.shell, q, a)
	e.Twins = nil
	if q.fragment && r.Method == http.MethodPost { // the page stays; the trouble comes where toasts do
		w.Header().Set("HX-Retarget", "#toast")
		w.Header().Set("HX-Reswap", "innerHTML")
	}
	p.render(w, r, q, a)
}

func writeJSON(w http.ResponseWriter, status int, v any) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	if err := enc.Encode(v); err != nil {
		fault.Write(w, fault.New(http.StatusInternalServerError, yardstick.Internal, "数据写不成 JSON。请把地址告诉管理员。"))
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "private, no-cache")
	w.WriteHeader(status)
	_, _ = w.Write(b.Bytes()) // the client has gone: nobody to tell
}

// writeCSV writes a table with a byte order mark, which office programs need to
// see that it is UTF-8.
func writeCSV(w http.ResponseWriter, path string, table [][]string) {
	var b bytes.Buffer
	b.WriteString("\ufeff")
	c := csv.NewWriter(&b)
	for _, row := range table {
		for i := range row {
			row[i] = inert(row[i])
		}
		_ = c.Write(row) // a bytes.Buffer takes everything
	}
	c.Flush()
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="`+strings.ReplaceAll(strings.Trim(path, "/"), "/", "-")+`"`)
	w.Header().Set("Cache-Control", "private, no-cache")
	_, _ = w.Write(b.Bytes()) // the client has gone: nobody to tell
}

// inert keeps spreadsheet programs from running a cell that came from a file
// as a formula: text that starts like one gets an apostrophe.
func inert(s string) string {
	if s == "" || !strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return s
	}
	if s[0] == '-' && len(s) > 1 && strings.Trim(s[1:], "0123456789.,") == "" {
		return s
	}
	return "'" + s
}
