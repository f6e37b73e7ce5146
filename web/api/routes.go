package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"yardstick"
	"yardstick/web/intake"
	"yardstick/workspace"
)

type none struct{}

type byID struct {
	ID string `path:"id" maxLength:"200" doc:"Identifier as listed"`
}

type health struct {
	Status  string `json:"status" example:"ok"`
	Version string `json:"version"`
}

type formsInput struct {
	Year       int    `query:"year" minimum:"0" maximum:"9999" doc:"Budget year; left out: all" example:"2024"`
	Form       string `query:"form" enum:"target,monitoring,self_evaluation,department_target,department_self_evaluation" doc:"Kind of form"`
	Department string `query:"department" maxLength:"200" doc:"Department or unit, exact"`
	Sector     string `query:"sector" maxLength:"100" doc:"Functional class"`
	Text       string `query:"text" maxLength:"200" doc:"Part of project, unit or department"`
	Doubt      bool   `query:"doubt" doc:"Only forms with a warning"`
	Limit      int    `query:"limit" minimum:"0" maximum:"1000" doc:"0 means 50; ignored by the stream"`
	Offset     int    `query:"offset" minimum:"0" doc:"Ignored by the stream"`
	Accept     string `header:"Accept" doc:"application/x-ndjson streams whole forms, one a line"`
}

func (in *formsInput) query() workspace.FormQuery {
	return workspace.FormQuery{Year: in.Year, Kind: yardstick.FormKind(in.Form), Department: in.Department, Sector: in.Sector,
		Text: in.Text, Doubt: in.Doubt, Limit: in.Limit, Offset: in.Offset}
}

type searchInput struct {
	Q         string `query:"q" required:"true" maxLength:"200" doc:"Words" example:"农村公路 路况"`
	Type      string `query:"type" enum:"indicator,name,case,template" doc:"Library entry, name as filed, form, or project type"`
	Sector    string `query:"sector" maxLength:"100"`
	Level1    string `query:"level1" maxLength:"100"`
	Level2    string `query:"level2" maxLength:"100"`
	Unit      string `query:"unit" maxLength:"50" doc:"Unit of measure"`
	Direction string `query:"direction" enum:"正向,反向,中性"`
	Temporal  string `query:"temporal_type" enum:"累计,水平,节点,上限,定性"`
	Used      string `query:"used" enum:"yes,no" doc:"On the loaded forms"`
	Facets    bool   `query:"facets" doc:"Count the values of each field"`
	Limit     int    `query:"limit" minimum:"0" maximum:"200" doc:"0 means 20"`
	Offset    int    `query:"offset" minimum:"0" maximum:"10000"`
}

type completeInput struct {
	Q string `query:"q" required:"true" maxLength:"100" doc:"What was typed so far" example:"公路"`
	N int    `query:"n" minimum:"0" maximum:"50" doc:"Most lines; 0 means 10"`
}

type suggestInput struct {
	Body workspace.SuggestRequest
}

// routes registers every operation; streams stand in files of their own.
func (a *API) routes() {
	get(a, huma.Operation{OperationID: "health", Method: http.MethodGet, Path: "/health", Summary: "Whether the server answers", Tags: []string{"server"}},
		func(context.Context, *none) (health, error) { return health{"ok", a.opt.Version}, nil })
	get(a, huma.Operation{OperationID: "overview", Method: http.MethodGet, Path: "/overview", Summary: "What is loaded and what is missing", Tags: []string{"data"}},
		func(ctx context.Context, _ *none) (workspace.Overview, error) { return a.ws.Overview(ctx) })
	get(a, huma.Operation{OperationID: "batches", Method: http.MethodGet, Path: "/batches", Summary: "Batches, latest first", Tags: []string{"data"}},
		func(ctx context.Context, _ *none) ([]workspace.BatchSummary, error) { return a.ws.Batches(ctx) })
	get(a, huma.Operation{OperationID: "batch", Method: http.MethodGet, Path: "/batches/{id}", Summary: "One batch, file by file", Tags: []string{"data"},
		Description: "rows.read = rows.clean + rows.warned + rows.rejected, for the batch and for each file."},
		func(ctx context.Context, in *byID) (workspace.BatchDetail, error) { return a.ws.Batch(ctx, in.ID) })
	a.ingest()
	get(a, huma.Operation{OperationID: "run", Method: http.MethodGet, Path: "/runs/{id}", Summary: "Progress or result of an ingest", Tags: []string{"data"}},
		func(_ context.Context, in *byID) (intake.Status, error) { return a.run(in.ID) })
	a.forms()
	get(a, huma.Operation{OperationID: "form", Method: http.MethodGet, Path: "/forms/{id}", Summary: "One form as read, each value beside its raw text and cell", Tags: []string{"data"}},
		func(ctx context.Context, in *byID) (workspace.FormView, error) { return a.ws.Form(ctx, in.ID) })
	get(a, huma.Operation{OperationID: "search", Method: http.MethodGet, Path: "/search", Summary: "Search library, names, templates and cases; pinyin, first letters and one typing error are understood", Tags: []string{"indicators"}, Responses: example(searchExample)},
		func(ctx context.Context, in *searchInput) (workspace.SearchResult, error) {
			return a.ws.Search(ctx, workspace.SearchQuery{Text: in.Q, Type: in.Type, Sector: in.Sector, Level1: in.Level1, Level2: in.Level2,
				Unit: in.Unit, Direction: in.Direction, Temporal: in.Temporal, Used: in.Used, Facets: in.Facets, Limit: in.Limit, Offset: in.Offset})
		})
	get(a, huma.Operation{OperationID: "complete", Method: http.MethodGet, Path: "/complete", Summary: "Typeahead", Tags: []string{"indicators"}, Responses: example(completeExample)},
		func(ctx context.Context, in *completeInput) ([]workspace.Completion, error) {
			n := in.N
			if n == 0 {
				n = 10
			}
			return a.ws.Complete(ctx, in.Q, n)
		})
	get(a, huma.Operation{OperationID: "indicator", Method: http.MethodGet, Path: "/indicators/{id}", Summary: "One library entry with its use", Tags: []string{"indicators"}},
		func(ctx context.Context, in *byID) (workspace.IndicatorView, error) {
			return a.ws.Indicator(ctx, in.ID)
		})
	get(a, huma.Operation{OperationID: "suggest", Method: http.MethodPost, Path: "/suggest", Summary: "Suggest indicators for a project", Tags: []string{"indicators"},
		MaxBodyBytes: 1 << 20, Responses: example(suggestExample),
		RequestBody: &huma.RequestBody{Content: map[string]*huma.MediaType{"application/json": {Example: requestExample}}}},
		func(ctx context.Context, in *suggestInput) (workspace.SuggestResult, error) {
			return a.ws.Suggest(ctx, in.Body)
		})
	a.suggestBatch()
	a.library()
	a.names()
	a.assist()
	a.drafts()
	a.reviews()
}

// example is the answer of an operation with an example.
func example(v any) map[string]*huma.Response {
	return map[string]*huma.Response{"200": {Content: map[string]*huma.MediaType{"application/json": {Example: v}}}}
}
