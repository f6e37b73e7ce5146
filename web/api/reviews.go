package api

import (
	"context"
	"net/http"
	"reflect"

	"github.com/danielgtaylor/huma/v2"

	"yardstick"
	"yardstick/web/fault"
	"yardstick/web/intake"
	"yardstick/workspace"
)

type reviewsInput struct {
	Accept string `header:"Accept" doc:"application/x-ndjson streams progress lines, then the round or the error"`
	Prefer string `header:"Prefer" doc:"respond-async answers 202 at once; ask /runs/{id} from then on"`
	Key    string `header:"Idempotency-Key" maxLength:"200" doc:"The same key gives the same round again, however often the request is repeated"`
	Name   string `query:"name" maxLength:"255" doc:"File name, where the body is a file"`
	Title  string `query:"title" maxLength:"200" doc:"Title of the round, where the body is files"`
}

// reviewBody names what to review, apart from uploads.
type reviewBody struct {
	Title string               `json:"title,omitempty" maxLength:"200"`
	Forms *workspace.FormQuery `json:"forms,omitempty" doc:"The target forms of the workspace that this finds"`
	Only  []string             `json:"only,omitempty" maxItems:"20000" doc:"Of the forms found only those with these ids"`
	Paths []string             `json:"paths,omitempty" doc:"Absolute paths of files and folders; only from this machine"`

	Source string `json:"source,omitempty" enum:"api,cli" doc:"Who asks; api if left out"`
}

// reviewEvent documents one line of the progress stream.
type reviewEvent struct {
	Progress *progress              `json:"progress,omitempty"`
	Result   *workspace.ReviewRound `json:"result,omitempty"`
}

type reviewedForm struct {
	ID   string `path:"id" maxLength:"200" doc:"Round"`
	Form string `path:"form" maxLength:"200" doc:"Form of the round"`
}

type verdictInput struct {
	ID   string `path:"id" maxLength:"200" doc:"Round"`
	Form string `path:"form" maxLength:"200" doc:"Form of the round"`
	Body struct {
		Verdict string `json:"verdict" enum:"return,pass" doc:"退回修改, or 通过"`
		Note    string `json:"note,omitempty" maxLength:"4000"`
	}
}

type opinionInput struct {
	ID     string `path:"id" maxLength:"200" doc:"Round"`
	Form   string `path:"form" maxLength:"200" doc:"Form of the round"`
	Format string `query:"format" required:"true" enum:"xlsx,html" doc:"html is one page to print"`
}

// removed says which round was deleted.
type removed struct {
	ID string `json:"id" example:"rv-0001"`
}

// reviews registers the operations on rounds of reviews.
func (a *API) reviews() {
	round := a.schema(reflect.TypeFor[workspace.ReviewRound]())
	a.bodies["/reviews"] = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{
		"application/json":    {Schema: a.schema(reflect.TypeFor[reviewBody]()), Example: reviewBody{Title: "2025 年目标申报", Forms: &workspace.FormQuery{Year: 2025}}},
		"multipart/form-data": {Schema: &huma.Schema{Type: huma.TypeObject, Properties: map[string]*huma.Schema{"files": {Type: huma.TypeArray, Items: &huma.Schema{Type: huma.TypeString, Format: "binary"}}, "title": {Type: huma.TypeString}}}},
		octets:                {Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}},
	}}
	stream(a, huma.Operation{OperationID: "review", Method: http.MethodPost, Path: "/reviews", Summary: "Review target forms as one round: uploads, or forms of the workspace", Tags: assistTags,
		Description: "Upload files as multipart/form-data (field files, repeated; optional field title), or one file as the body with ?name=. JSON {forms} reviews the target forms of the workspace that the query finds. " +
			"The round is kept, worst form first; what could not be read is in unread. Repeated with the same Idempotency-Key the request gives the same round; without one each makes a round. To review again and again while typing, use /reviews/draft.",
		Responses: map[string]*huma.Response{
			"200": {Description: "OK", Content: map[string]*huma.MediaType{"application/json": {Schema: round, Example: roundExample}, ndjson: {Schema: a.schema(reflect.TypeFor[reviewEvent]())}}},
			"202": {Description: "Accepted; ask /runs/{id}, which names the round when it is done", Content: map[string]*huma.MediaType{"application/json": {Schema: a.schema(reflect.TypeFor[intake.Status]()), Example: intake.Status{ID: "run-4c2k9x", State: intake.Running, Kind: intake.Review, Files: 48, Stage: "审核", Done: 12, Total: 48}}}},
		}}, a.serveReview)
	get(a, huma.Operation{OperationID: "rounds", Method: http.MethodGet, Path: "/reviews", Summary: "Rounds of reviews, latest first", Tags: assistTags, Responses: example(roundsExample)},
		func(ctx context.Context, _ *none) ([]workspace.RoundHead, error) { return a.ws.Rounds(ctx) })
	get(a, huma.Operation{OperationID: "round", Method: http.MethodGet, Path: "/reviews/{id}", Summary: "One round: its forms with their reviews, worst first", Tags: assistTags, Responses: example(roundExample)},
		func(ctx context.Context, in *byID) (workspace.ReviewRound, error) { return a.ws.Round(ctx, in.ID) })
	get(a, huma.Operation{OperationID: "delete-round", Method: http.MethodDelete, Path: "/reviews/{id}", Summary: "Delete a round with its files", Tags: assistTags, Responses: example(removed{"rv-0001"})},
		func(ctx context.Context, in *byID) (removed, error) {
			return removed{in.ID}, a.ws.DeleteRound(ctx, in.ID)
		})
	get(a, huma.Operation{OperationID: "verdict", Method: http.MethodPost, Path: "/reviews/{id}/forms/{form}/verdict", Summary: "Note what a person decided on a form", Tags: assistTags,
		Responses: example(reviewExample), RequestBody: asks(map[string]any{"verdict": "return", "note": "按批注修改后再报"})},
		func(ctx context.Context, in *verdictInput) (workspace.Review, error) {
			return a.ws.Verdict(ctx, in.ID, in.Form, workspace.ReviewVerdict{Verdict: in.Body.Verdict, Note: in.Body.Note, Source: ofAPI})
		})
	stream(a, huma.Operation{OperationID: "annotated", Method: http.MethodGet, Path: "/reviews/{id}/forms/{form}/annotated", Summary: "The form's file with the findings as comments in its cells", Tags: assistTags,
		Description: "404 where the file is not at hand, as for forms of the workspace.", Responses: files(xlsx, docx)},
		func(ctx context.Context, in *reviewedForm, w http.ResponseWriter, _ *http.Request) error {
			doc, err := a.ws.Annotated(ctx, in.ID, in.Form)
			if err != nil {
				return err
			}
			return send(w, doc)
		})
	stream(a, huma.Operation{OperationID: "opinion", Method: http.MethodGet, Path: "/reviews/{id}/forms/{form}/opinion", Summary: "The opinion on a form on one page", Tags: assistTags, Responses: files(xlsx, html)},
		func(ctx context.Context, in *opinionInput, w http.ResponseWriter, _ *http.Request) error {
			doc, err := a.ws.Opinion(ctx, in.ID, in.Form, in.Format)
			if err != nil {
				return err
			}
			return send(w, doc)
		})
}

func (a *API) serveReview(ctx context.Context, in *reviewsInput, w http.ResponseWriter, r *http.Request) error {
	id, err := a.startReview(in, w, r)
	if err != nil {
		return err
	}
	return a.follow(ctx, in.Accept, in.Prefer, w, "POST /reviews", id, func(s intake.Status) (any, error) { return a.ws.Round(ctx, s.Round) })
}

func (a *API) startReview(in *reviewsInput, w http.ResponseWriter, r *http.Request) (string, error) {
	switch kind := kindOfBody(r); {
	case kind == "application/json":
		var b reviewBody
		if err := readJSON(w, r, 8<<20, &b); err != nil {
			return "", err
		}
		if (b.Forms == nil) == (len(b.Paths) == 0) {
			return "", fault.New(http.StatusUnprocessableEntity, yardstick.Invalid, `请求应为 {"forms":{…}}；要审核文件，请上传。`)
		}
		if len(b.Paths) > 0 && !a.opt.Local(r) {
			return "", errPaths
		}
		return a.desk.StartReview(a.ws, workspace.ReviewRequest{Key: in.Key, Paths: b.Paths, Forms: b.Forms, Only: b.Only, Title: b.Title, Source: sourceOf(b.Source)}, len(b.Paths), 0, nil), nil
	case kind == "multipart/form-data" || in.Name != "":
		p, err := a.receive(w, r, in.Name)
		if err != nil {
			return "", err
		}
		title := in.Title
		if title == "" {
			title = p.Fields["title"]
		}
		return a.desk.StartReview(a.ws, workspace.ReviewRequest{Key: in.Key, Uploads: p.Uploads, Title: title, Source: ofAPI}, len(p.Uploads), p.Bytes, func() { _ = p.Remove() }), nil // what stays behind goes with the folder
	}
	return "", fault.New(http.StatusUnsupportedMediaType, yardstick.Invalid, "请用 multipart/form-data 上传文件，或把一个文件作为请求体并写 ?name=。")
}
