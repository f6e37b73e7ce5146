package api

import (
	"context"
	"io"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"yardstick"
	"yardstick/web/fault"
	"yardstick/workspace"
)

type namesInput struct {
	State  string `query:"state" enum:"matched,doubtful,unmatched,decided"`
	Text   string `query:"text" maxLength:"200"`
	Sector string `query:"sector" maxLength:"100"`
	Entry  string `query:"entry" maxLength:"100" doc:"Only names that stand for this entry"`
	Limit  int    `query:"limit" minimum:"0" maximum:"10000" doc:"0 means 50, at most 10000"`
	Offset int    `query:"offset" minimum:"0"`
}

type proposalsInput struct {
	Sector string `query:"sector" maxLength:"100"`
	Limit  int    `query:"limit" minimum:"0" maximum:"10000" doc:"0 means 50"`
}

type decideInput struct {
	Body struct {
		Decisions []decisionBody `json:"decisions" nullable:"true" maxItems:"10000" doc:"At least one"`
	}
}

type decisionBody struct {
	Name    string `json:"name" maxLength:"500" doc:"As filed"`
	Sector  string `json:"sector,omitempty" maxLength:"100" doc:"Left out: in every functional class"`
	Verdict string `json:"verdict" enum:"is,not,none" doc:"It stands for the entry; it does not; it is in no library"`
	Entry   string `json:"entry,omitempty" maxLength:"100"`
	Note    string `json:"note,omitempty" maxLength:"1000"`
}

// undecided says which decision was taken back.
type undecided struct {
	ID int `json:"id"`
}

type tableInput struct {
	Name string `query:"name" required:"true" maxLength:"255" doc:"File name, for messages"`
}

// names registers the operations on names as filed.
func (a *API) names() {
	tags := []string{"names"}
	get(a, huma.Operation{OperationID: "names", Method: http.MethodGet, Path: "/names", Summary: "Names as filed with the entries that they stand for", Tags: tags},
		func(ctx context.Context, in *namesInput) (workspace.NameList, error) {
			return a.ws.Names(ctx, workspace.NameQuery(*in))
		})
	get(a, huma.Operation{OperationID: "name-proposals", Method: http.MethodGet, Path: "/names/proposals", Summary: "Clusters of names that the library lacks", Tags: tags},
		func(ctx context.Context, in *proposalsInput) ([]workspace.NameProposal, error) {
			return a.ws.Proposals(ctx, in.Sector, in.Limit)
		})
	get(a, huma.Operation{OperationID: "decisions", Method: http.MethodGet, Path: "/names/decisions", Summary: "Decisions about names, latest first", Tags: tags},
		func(ctx context.Context, in *pageInput) ([]workspace.Decision, error) {
			return a.ws.Decisions(ctx, in.Limit, in.Offset)
		})
	get(a, huma.Operation{OperationID: "decide", Method: http.MethodPost, Path: "/names/decisions", Summary: "Say what names stand for, all or nothing", Tags: tags},
		func(ctx context.Context, in *decideInput) ([]workspace.Decision, error) {
			if len(in.Body.Decisions) == 0 {
				return nil, fault.New(http.StatusBadRequest, yardstick.Invalid, "decisions 是空的，至少写一个决定。")
			}
			list := make([]workspace.Decision, 0, len(in.Body.Decisions))
			for _, d := range in.Body.Decisions {
				list = append(list, workspace.Decision{Name: d.Name, Sector: d.Sector, Verdict: d.Verdict, Entry: d.Entry, Note: d.Note, Source: ofAPI})
			}
			return a.ws.Decide(ctx, list)
		})
	get(a, huma.Operation{OperationID: "undecide", Method: http.MethodDelete, Path: "/names/decisions/{id}", Summary: "Take a decision back; it stays in the log", Tags: tags},
		func(ctx context.Context, in *byNumber) (undecided, error) {
			return undecided{in.ID}, a.ws.UndoDecision(ctx, in.ID, ofAPI)
		})
	stream(a, huma.Operation{OperationID: "names-export", Method: http.MethodGet, Path: "/names/export", Summary: "The names as a CSV table to fill in", Tags: tags},
		func(ctx context.Context, in *namesInput, w http.ResponseWriter, _ *http.Request) error {
			return table(w, "写法核对.csv", func(to io.Writer) error { return a.ws.ExportNames(ctx, workspace.NameQuery(*in), to) })
		})
	const importPath = "/names/import"
	a.bodies[importPath] = tableBody("The filled table (CSV, UTF-8)")
	stream(a, huma.Operation{OperationID: "names-import", Method: http.MethodPost, Path: importPath, Summary: "Take over the decisions of a filled table", Tags: tags,
		Description: "The body is the file. rows = taken + unchanged + empty + rejected."},
		func(ctx context.Context, in *tableInput, w http.ResponseWriter, r *http.Request) error {
			res, err := a.ws.ImportNames(ctx, in.Name, body(w, r), ofAPI)
			if err != nil {
				return err
			}
			return writeJSON(w, http.StatusOK, res)
		})
}

type pageInput struct {
	Limit  int `query:"limit" minimum:"0" maximum:"10000" doc:"0 means all"`
	Offset int `query:"offset" minimum:"0"`
}
