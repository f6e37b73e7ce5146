package api

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"reflect"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"yardstick"
	"yardstick/indicators"
	"yardstick/web/fault"
	"yardstick/web/intake"
	"yardstick/workspace"
)

// Prefix is the path that all routes stand below.
const Prefix = "/api/v1"

// Workspace is what the API asks; *workspace.Workspace is one.
type Workspace interface {
	Overview(ctx context.Context) (workspace.Overview, error)
	Batches(ctx context.Context) ([]workspace.BatchSummary, error)
	Batch(ctx context.Context, id string) (workspace.BatchDetail, error)
	Forms(ctx context.Context, q workspace.FormQuery) (workspace.FormList, error)
	EachForm(ctx context.Context, q workspace.FormQuery, see func(workspace.Form) error) error
	Form(ctx context.Context, id string) (workspace.FormView, error)
	Search(ctx context.Context, q workspace.SearchQuery) (workspace.SearchResult, error)
	Complete(ctx context.Context, prefix string, n int) ([]workspace.Completion, error)
	Indicator(ctx context.Context, id string) (workspace.IndicatorView, error)
	Suggest(ctx context.Context, req workspace.SuggestRequest) (workspace.SuggestResult, error)
	workspace.Catalog
	workspace.Assistant
}

// Options configures New. The zero value is what serve uses.
type Options struct {
	Version string       // shown by /health and in the OpenAPI document
	Log     *slog.Logger // nil discards
	// Local reports whether a request comes from this machine and may name
	// paths to load. nil means that none may.
	Local func(*http.Request) bool
}

// API is the handler of everything below Prefix.
type API struct {
	ws   Workspace
	desk *intake.Desk
	opt  Options
	mux  *http.ServeMux
	huma huma.API
	doc  []byte
	// bodies documents request bodies that a stream reads itself, by path: huma
	// would read and check a body that it was told of.
	bodies map[string]*huma.RequestBody
}

// New returns the API over ws; batches go through desk.
func New(ws Workspace, desk *intake.Desk, opt Options) (*API, error) {
	if opt.Log == nil {
		opt.Log = slog.New(slog.DiscardHandler)
	}
	if opt.Local == nil {
		opt.Local = func(*http.Request) bool { return false }
	}
	a := &API{ws: ws, desk: desk, opt: opt, mux: http.NewServeMux(), bodies: map[string]*huma.RequestBody{}}
	a.huma = humago.NewWithPrefix(a.mux, Prefix, a.config())
	a.routes()
	doc, err := a.document()
	if err != nil {
		return nil, fmt.Errorf("openapi document: %w", err)
	}
	a.doc = doc
	a.mux.HandleFunc("GET "+Prefix+"/openapi.json", a.serveDocument)
	a.mux.HandleFunc("GET "+Prefix+"/{$}", a.listing)
	return a, nil
}

// config switches off what huma would serve by itself: its documentation page
// loads from a CDN, and these networks have none.
func (a *API) config() huma.Config {
	c := huma.DefaultConfig("绩尺 Yardstick", a.opt.Version)
	c.Info.Description = "绩效目标、监控、自评表单的导入、查询与指标推荐。金额单位为万元；没有填写的值为 null。"
	c.OpenAPIPath, c.DocsPath, c.SchemasPath = "", "", ""
	c.CreateHooks = nil // no $schema links in answers
	c.Transformers = []huma.Transformer{shape}
	c.Formats = map[string]huma.Format{"application/json": jsonFormat(), "json": jsonFormat()}
	c.Components.Schemas.RegisterTypeAlias(reflect.TypeFor[indicators.Value](), reflect.TypeFor[valueSchema]())
	return c
}

// valueSchema documents how an indicators.Value is written.
type valueSchema struct {
	Raw        string   `json:"raw" doc:"The text that stands in the cell" example:"≥95%"`
	Kind       string   `json:"kind" doc:"What was read" enum:"empty,number,range,tolerance,date,period,level,tiers,yes_no,list,placeholder,text"`
	Comparison *string  `json:"comparison" enum:"≥,≤,>,<,="`
	Low        *float64 `json:"low" doc:"Lower bound in unit; null if open or not a number"`
	High       *float64 `json:"high" doc:"Upper bound in unit; null if open or not a number"`
	Unit       *string  `json:"unit" example:"%"`
}

// shape turns huma's own errors (a request that does not fit its schema) into
// the one shape of the API.
func shape(ctx huma.Context, _ string, v any) (any, error) {
	if _, ok := v.(*fault.Fault); ok {
		ctx.SetHeader("Content-Type", "application/json; charset=utf-8")
		return v, nil
	}
	m, ok := v.(*huma.ErrorModel)
	if !ok {
		return v, nil
	}
	ctx.SetHeader("Content-Type", "application/json; charset=utf-8")
	return fault.New(m.Status, kindOf(m.Status), sentence(m)), nil
}

func kindOf(status int) yardstick.Kind {
	switch {
	case status == http.StatusNotFound || status == http.StatusMethodNotAllowed:
		return yardstick.NotFound
	case status >= 500:
		return yardstick.Internal
	}
	return yardstick.Invalid
}

// reply is an answer with a JSON body.
type reply[O any] struct{ Body O }

// get registers an operation that answers with one value. f's errors become
// faults here and nowhere else.
func get[I, O any](a *API, op huma.Operation, f func(context.Context, *I) (O, error)) {
	huma.Register(a.huma, op, func(ctx context.Context, in *I) (*reply[O], error) {
		v, err := f(ctx, in)
		if err != nil {
			return nil, fault.Of(ctx, a.opt.Log, op.Method+" "+op.Path, err)
		}
		return &reply[O]{Body: v}, nil
	})
}

// ServeHTTP answers requests below Prefix; what no route takes is answered in
// the one error shape.
func (a *API) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if f := refuseBody(r); f != nil {
		fault.Write(w, f)
		return
	}
	h, pattern := a.mux.Handler(r)
	if pattern != "" {
		a.mux.ServeHTTP(w, r)
		return
	}
	rec := httptest.NewRecorder() // the mux knows whether it is 404 or 405, and what is allowed
	h.ServeHTTP(rec, r)
	if allow := rec.Header().Get("Allow"); rec.Code == http.StatusMethodNotAllowed {
		w.Header().Set("Allow", allow)
		fault.Write(w, fault.New(rec.Code, yardstick.NotFound, fmt.Sprintf("这个地址只接受 %s。", allow)))
		return
	}
	fault.Write(w, fault.New(http.StatusNotFound, yardstick.NotFound, "没有这个接口。全部接口见 "+Prefix+"/openapi.json。"))
}

// document is the OpenAPI document with our error shape in place of huma's.
func (a *API) document() ([]byte, error) {
	o := a.huma.OpenAPI()
	schemas := o.Components.Schemas
	failure := schemas.Schema(reflect.TypeFor[failure](), true, "Failure")
	for name, path := range o.Paths {
		if body := a.bodies[name]; body != nil {
			documented := *path.Post
			documented.RequestBody = body
			path.Post = &documented
		}
		for _, op := range []*huma.Operation{path.Get, path.Post, path.Put, path.Patch, path.Delete} {
			if op == nil {
				continue
			}
			op.Responses["default"] = &huma.Response{
				Description: "Every error has this shape; the status follows from the kind.",
				Content: map[string]*huma.MediaType{"application/json": {
					Schema:  failure,
					Example: fault.New(404, yardstick.NotFound, "没有找到这份表单。"),
				}},
			}
		}
	}
	delete(schemas.Map(), "ErrorModel")
	delete(schemas.Map(), "ErrorDetail")
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(o); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// failure documents the one error shape.
type failure struct {
	Error fault.Fault `json:"error"`
}

func (a *API) serveDocument(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	_, _ = w.Write(a.doc) // the client has gone: nobody to tell
}

// errGone ends a stream whose client has gone.
var errGone = errors.New("client gone")
