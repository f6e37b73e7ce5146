package api

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"

	"github.com/danielgtaylor/huma/v2"

	"yardstick"
	"yardstick/web/fault"
	"yardstick/workspace"
)

// Bounds of what one request may ask. They bound memory and time, and are stated
// in the document.
const (
	mostAsked    = 1000    // requests in one list
	mostReviewed = 200     // drafts in one list
	longList     = 8 << 20 // bytes of a list
	longDraft    = 4 << 20 // bytes of one draft
)

type valueInput struct{ Body workspace.ValueRequest }

type weighInput struct{ Body workspace.WeighRequest }

type bodyInput struct{ Body workspace.DraftBody }

type formatInput struct {
	Format string `query:"format" required:"true" enum:"xlsx,docx" doc:"File format of the official form"`
}

// One answer of a list: the result, or why there is none.
type (
	valueAnswer struct {
		Result *workspace.ValueResult `json:"result,omitempty"`
		Error  *fault.Fault           `json:"error,omitempty"`
	}
	reviewAnswer struct {
		Result *workspace.Review `json:"result,omitempty"`
		Error  *fault.Fault      `json:"error,omitempty"`
	}
)

var assistTags = []string{"assistant"}

// assist registers the operations that compute and keep nothing.
func (a *API) assist() {
	a.optional(reflect.TypeFor[workspace.DraftBody](), reflect.TypeFor[workspace.DraftLine]())
	get(a, huma.Operation{OperationID: "value", Method: http.MethodPost, Path: "/values", Summary: "Propose the target value of an indicator, and judge the given one", Tags: assistTags,
		Description: "Rests on what similar projects and the unit itself filed; every figure has its n. proposed.basis names 历史标准, 行业标准, 计划标准 or 其他; tightness says how hard the given target is to reach.",
		Responses:   example(valueExample), RequestBody: asks(valueRequestExample)},
		func(ctx context.Context, in *valueInput) (workspace.ValueResult, error) {
			return a.ws.Value(ctx, in.Body)
		})
	list(a, huma.Operation{OperationID: "values-batch", Path: "/values/batch", Summary: "Propose and judge the values of many indicators"}, mostAsked,
		[]workspace.ValueRequest{valueRequestExample}, []valueAnswer{{Result: &valueExample}},
		func(ctx context.Context, req workspace.ValueRequest) (any, error) { return a.ws.Value(ctx, req) })
	get(a, huma.Operation{OperationID: "weigh", Method: http.MethodPost, Path: "/weights", Summary: "Spread the points of a rule set over the lines of a draft", Tags: assistTags,
		Description: "weights stand in the order of the lines. With keep, lines that have a weight keep it. Where the sum can't be reached, note says why.",
		Responses:   example(weighExample), RequestBody: asks(weighRequestExample), MaxBodyBytes: longDraft},
		func(ctx context.Context, in *weighInput) (workspace.WeighResult, error) {
			return a.ws.Weigh(ctx, in.Body)
		})
	get(a, huma.Operation{OperationID: "review-draft", Method: http.MethodPost, Path: "/reviews/draft", Summary: "Review a draft that is not kept here", Tags: assistTags,
		Description: "Computes and keeps nothing: the same body gives the same opinion as long as library, history and rules are the same. rules names rule set and version, history what it was compared with.",
		Responses:   example(reviewExample), RequestBody: asks(bodyExample), MaxBodyBytes: longDraft},
		func(ctx context.Context, in *bodyInput) (workspace.Review, error) {
			return a.ws.ReviewDraft(ctx, in.Body)
		})
	list(a, huma.Operation{OperationID: "review-drafts", Path: "/reviews/drafts", Summary: "Review many drafts that are not kept here"}, mostReviewed,
		[]workspace.DraftBody{bodyExample}, []reviewAnswer{{Result: &reviewExample}},
		func(ctx context.Context, body workspace.DraftBody) (any, error) { return a.ws.ReviewDraft(ctx, body) })
	a.bodies["/drafts/export"] = asks(bodyExample)
	a.bodies["/drafts/export"].Content["application/json"].Schema = a.schema(reflect.TypeFor[workspace.DraftBody]())
	stream(a, huma.Operation{OperationID: "export-body", Method: http.MethodPost, Path: "/drafts/export", Summary: "A draft that is not kept here as the official form", Tags: assistTags, Responses: files(xlsx, docx)},
		func(ctx context.Context, in *formatInput, w http.ResponseWriter, r *http.Request) error {
			var body workspace.DraftBody
			if err := readJSON(w, r, longDraft, &body); err != nil {
				return err
			}
			doc, err := a.ws.ExportBody(ctx, body, in.Format)
			if err != nil {
				return err
			}
			return send(w, doc)
		})
}

// optional lets requests leave out any field of the types: a draft being written
// has gaps, and what is missing is for the review to say.
func (a *API) optional(types ...reflect.Type) {
	for _, t := range types {
		a.schema(t)
		s := a.huma.OpenAPI().Components.Schemas.Map()[t.Name()]
		s.Required = nil
		s.PrecomputeMessages()
	}
}

// asks is the request body of an operation, by its example.
func asks(v any) *huma.RequestBody {
	return &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{"application/json": {Example: v}}}
}

// list registers an operation that answers a JSON list with a list in the same
// order: each {"result"} or {"error"}. The list as a whole is refused only if it
// is no list, is empty or is too long.
func list[Q, A any](a *API, op huma.Operation, most int, in []Q, out []A, ask func(context.Context, Q) (any, error)) {
	op.Method, op.Tags = http.MethodPost, assistTags
	op.Description = fmt.Sprintf("A list of at most %d, at most %d MB; the answers stand in the same order, each with a result or an error of its own.", most, longList>>20)
	op.Responses = map[string]*huma.Response{"200": {Description: "OK", Content: map[string]*huma.MediaType{"application/json": {Schema: a.listOf(reflect.TypeFor[A](), 0), Example: out}}}}
	a.bodies[op.Path] = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{"application/json": {Schema: a.listOf(reflect.TypeFor[Q](), most), Example: in}}}
	name := op.Method + " " + op.Path
	stream(a, op, func(ctx context.Context, _ *none, w http.ResponseWriter, r *http.Request) error {
		return a.answerList(ctx, w, r, most, func(_ int, raw json.RawMessage) any {
			var q Q
			if bytes.Equal(raw, []byte("null")) {
				return one{Error: said(fault.New(http.StatusUnprocessableEntity, yardstick.Invalid, "这一项是 null。"))}
			}
			if err := decode(raw, &q, true); err != nil {
				return one{Error: said(fault.Of(ctx, a.opt.Log, name, asFault(err)))}
			}
			v, err := ask(ctx, q)
			if err != nil {
				return one{Error: said(fault.Of(ctx, a.opt.Log, name, err))}
			}
			return one{Result: v}
		})
	})
}

// one is an answer of a list as it is written.
type one struct {
	Result any        `json:"result,omitempty"`
	Error  *plainText `json:"error,omitempty"`
}

// plainText is a fault within a list or a line, without the wrapper that it has
// alone.
type plainText struct {
	Kind    string `json:"kind"`
	Message string `json:"message"`
}

func said(f *fault.Fault) *plainText { return &plainText{f.Kind, f.Message} }

// listOf is the schema of a list of t.
func (a *API) listOf(t reflect.Type, most int) *huma.Schema {
	s := &huma.Schema{Type: huma.TypeArray, Items: a.schema(t)}
	if most > 0 {
		s.MinItems, s.MaxItems = new(1), &most
	}
	return s
}

// answerList reads a list and answers with the list of what answer makes of its
// items. A client that leaves stops it.
func (a *API) answerList(ctx context.Context, w http.ResponseWriter, r *http.Request, most int, answer func(i int, raw json.RawMessage) any) error {
	extend(w)
	var items []json.RawMessage
	if err := readJSON(w, r, longList, &items); err != nil {
		return err
	}
	if len(items) == 0 || len(items) > most {
		return fault.New(http.StatusUnprocessableEntity, yardstick.Invalid, fmt.Sprintf("要一个 1 到 %d 项的列表，现为 %d 项。", most, len(items)))
	}
	out := make([]any, 0, len(items))
	for i, raw := range items {
		extend(w)
		out = append(out, answer(i, raw))
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	return writeJSON(w, http.StatusOK, out)
}
