package pages

import (
	"context"
	"fmt"
	"html/template"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"time"

	"yardstick"
	"yardstick/web/fault"
	"yardstick/web/intake"
	"yardstick/workspace"
)

// Workspace is what the pages ask; *workspace.Workspace is one.
type Workspace interface {
	Overview(ctx context.Context) (workspace.Overview, error)
	Batches(ctx context.Context) ([]workspace.BatchSummary, error)
	Batch(ctx context.Context, id string) (workspace.BatchDetail, error)
	Forms(ctx context.Context, q workspace.FormQuery) (workspace.FormList, error)
	Form(ctx context.Context, id string) (workspace.FormView, error)
	Search(ctx context.Context, q workspace.SearchQuery) (workspace.SearchResult, error)
	Complete(ctx context.Context, prefix string, n int) ([]workspace.Completion, error)
	Indicator(ctx context.Context, id string) (workspace.IndicatorView, error)
	Suggest(ctx context.Context, req workspace.SuggestRequest) (workspace.SuggestResult, error)
	workspace.Catalog
	workspace.Assistant
}

// Sampler is a workspace that can load demonstration data. Without it, the
// pages do not offer that.
type Sampler interface {
	LoadSample(ctx context.Context) (workspace.IngestResult, error)
}

// Options configures New. The zero value is what serve uses.
type Options struct {
	Log  *slog.Logger     // nil discards
	Now  func() time.Time // nil means time.Now
	Zone *time.Location   // that times are shown in; nil means the machine's
}

// Pages is the handler of every page.
type Pages struct {
	ws     Workspace
	desk   *intake.Desk
	opt    Options
	mux    *http.ServeMux
	assets *assets
	tmpl   map[string]*template.Template
	shelf  shelf
}

// New returns the pages over ws; batches go through desk.
func New(ws Workspace, desk *intake.Desk, opt Options) (*Pages, error) {
	if opt.Log == nil {
		opt.Log = slog.New(slog.DiscardHandler)
	}
	if opt.Now == nil {
		opt.Now = time.Now
	}
	if opt.Zone == nil {
		opt.Zone = time.Local
	}
	p := &Pages{ws: ws, desk: desk, opt: opt, mux: http.NewServeMux()}
	var err error
	if p.assets, err = loadAssets(); err != nil {
		return nil, fmt.Errorf("page assets: %w", err)
	}
	if p.tmpl, err = parseTemplates(p.funcs()); err != nil {
		return nil, fmt.Errorf("page templates: %w", err)
	}
	p.routes()
	return p, nil
}

// routes lists every address. A page's twins stand at its address with .json
// or .csv.
func (p *Pages) routes() {
	p.page("/{$}", p.overview)
	p.page("/overview.json", p.overview)
	p.page("/ingest", p.ingest, "json", "csv")
	p.page("/ingest/{id}", p.batch)
	p.page("/forms", p.forms, "json", "csv")
	p.page("/forms/{id}", p.form)
	p.page("/library", p.library, "json", "csv")
	p.page("/library/health", p.health, "json", "csv")
	p.page("/library/names", p.names, "json", "csv")
	p.page("/library/decisions", p.decisions, "json", "csv")
	p.page("/library/proposals", p.proposals, "json", "csv")
	p.page("/library/changes", p.changes, "json", "csv")
	p.page("/library/diff", p.diff, "json", "csv")
	p.page("/library/complete", p.complete, "json")
	p.page("/library/new", p.entryNew)
	p.page("/library/names/import", func(*http.Request, *asked) (answer, error) { return answer{to: "/library/names"}, nil }) // a reload of its answer
	p.page("/library/{id}", p.indicator)
	p.page("/library/{id}/edit", p.entryEdit)
	p.page("/library/changes/import/preview/{token}", p.importPreview)
	p.page("/templates", p.patterns, "json", "csv")
	p.page("/templates/{id}", p.pattern)
	p.page("/cases", p.cases, "json", "csv")
	p.page("/drafts", p.drafts, "json", "csv")
	p.page("/drafts/new", p.draftNew, "json")
	p.page("/drafts/{id}", p.draft)
	p.page("/drafts/{id}/find", p.draftFind)
	p.page("/drafts/{id}/compare", p.draftCompare, "json")
	p.post("/drafts/new", p.draftStart)
	p.post("/drafts/{id}", p.draftSave)
	p.act("/drafts/{id}/delete", p.draftDelete(false))
	p.act("/drafts/{id}/restore", p.draftDelete(true))
	p.act("/drafts/{id}/resolve", p.draftResolve)
	p.mux.HandleFunc("GET /drafts/{id}/export.xlsx", p.draftExport("xlsx"))
	p.mux.HandleFunc("GET /drafts/{id}/export.docx", p.draftExport("docx"))
	p.act("/ingest", p.upload)
	p.act("/ingest/{id}/cancel", p.cancel)
	p.act("/sample", p.sample)
	p.act("/display", p.display)
	p.post("/library/new", p.entrySave)
	p.post("/library/{id}/edit", p.entrySave)
	p.post("/library/names/import", p.importNames)
	p.act("/library/{id}/retire", p.entryRetire(true))
	p.act("/library/{id}/restore", p.entryRetire(false))
	p.act("/library/{id}/merge", p.entryMerge)
	p.act("/library/names/decide", p.decide)
	p.act("/library/decisions/{id}/undo", p.decisionUndo)
	p.act("/library/changes/{id}/undo", p.changeUndo)
	p.act("/library/changes/import", p.importStart)
	p.act("/library/changes/import/preview/{token}", p.importConfirm)
	p.reviewRoutes()
	p.mux.HandleFunc("GET /library/export", p.exportLibrary)
	p.mux.HandleFunc("GET /library/names/export", p.exportNames)
	p.mux.Handle("GET /assets/{name}", p.assets)
	p.mux.HandleFunc("GET /favicon.ico", p.assets.icon)
}

// view reads a request, asks the workspace and returns what to show.
type view func(r *http.Request, q *asked) (answer, error)

// page registers a view at path and at its twins' addresses.
func (p *Pages) page(path string, v view, twins ...string) {
	serve := func(w http.ResponseWriter, r *http.Request) { p.serve(w, r, v) }
	p.mux.HandleFunc("GET "+path, serve)
	for _, ext := range twins {
		p.mux.HandleFunc("GET "+path+"."+ext, serve)
	}
}

// post registers a POST that answers with a page or a redirect.
func (p *Pages) post(path string, f func(w http.ResponseWriter, r *http.Request) (answer, error)) {
	p.mux.HandleFunc("POST "+path, func(w http.ResponseWriter, r *http.Request) {
		p.serve(w, r, func(r *http.Request, _ *asked) (answer, error) { return f(w, r) })
	})
}

// act registers a POST that ends in a redirect.
func (p *Pages) act(path string, f func(w http.ResponseWriter, r *http.Request) (string, error)) {
	p.mux.HandleFunc("POST "+path, func(w http.ResponseWriter, r *http.Request) {
		to, err := f(w, r)
		q := p.asked(r)
		if err != nil {
			p.fail(w, r, q, err)
			return
		}
		if q.format == "json" {
			writeJSON(w, http.StatusAccepted, map[string]string{"page": to})
			return
		}
		http.Redirect(w, r, to, http.StatusSeeOther)
	})
}

// ServeHTTP answers with a page, or with the error page for addresses that
// none has.
func (p *Pages) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h, pattern := p.mux.Handler(r)
	if pattern != "" {
		if !p.assets.built && !strings.HasPrefix(r.URL.Path, "/assets/") {
			unbuilt(w)
			return
		}
		p.mux.ServeHTTP(w, r)
		return
	}
	rec := httptest.NewRecorder() // the mux knows whether it is 404 or 405, and what is allowed
	h.ServeHTTP(rec, r)
	f := fault.New(http.StatusNotFound, yardstick.NotFound, "没有这个页面。地址可能写错了，从左边的导航重新打开。")
	if rec.Code == http.StatusMethodNotAllowed {
		w.Header().Set("Allow", rec.Header().Get("Allow"))
		f = fault.New(rec.Code, yardstick.NotFound, "这个地址不接受这样的请求。从左边的导航重新打开。")
	}
	p.fail(w, r, p.asked(r), f)
}

// Fail answers r with the error page for err; the server uses it for what goes
// wrong outside a view.
func (p *Pages) Fail(w http.ResponseWriter, r *http.Request, err error) {
	p.fail(w, r, p.asked(r), err)
}
