package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"reflect"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"yardstick"
	"yardstick/web/fault"
	"yardstick/workspace"
)

type draftsInput struct {
	Deleted bool `query:"deleted" doc:"Those that were put away instead"`
}

// startBody says what to start a draft from.
type startBody struct {
	Key      string               `json:"key,omitempty" maxLength:"200" doc:"Chosen by the caller: the same key gives the same draft again. The header Idempotency-Key says the same"`
	Form     string               `json:"form,omitempty" maxLength:"200" doc:"Id of a filed form"`
	Template string               `json:"template,omitempty" maxLength:"200" doc:"Id of a template"`
	Text     string               `json:"text,omitempty" doc:"Text of a document: project, budget and goal are looked for in it"`
	Body     *workspace.DraftBody `json:"body,omitempty" doc:"What is stated here wins"`
}

type startInput struct {
	Key  string `header:"Idempotency-Key" maxLength:"200" doc:"The same key gives the same draft again, however often the request is repeated"`
	Name string `query:"name" maxLength:"255" doc:"File name, where the body is a file"`
}

// saveBody replaces the body of a draft.
type saveBody struct {
	Revision int                 `json:"revision,omitempty" minimum:"1" doc:"The revision that the change was made on; If-Match says the same"`
	Body     workspace.DraftBody `json:"body"`
}

type saveInput struct {
	ID      string `path:"id" maxLength:"200"`
	IfMatch string `header:"If-Match" doc:"ETag of the revision that the change was made on" example:"\"12\""`
	Body    saveBody
}

type exportDraftInput struct {
	ID     string `path:"id" maxLength:"200"`
	Format string `query:"format" required:"true" enum:"xlsx,docx" doc:"File format of the official form"`
}

// tagged is an answer whose ETag is the revision of the draft.
type tagged[O any] struct {
	ETag string `header:"ETag" doc:"Revision of the draft"`
	Body O
}

func etag(revision int) string { return `"` + strconv.Itoa(revision) + `"` }

// drafts registers the operations on kept drafts.
func (a *API) drafts() {
	get(a, huma.Operation{OperationID: "drafts", Method: http.MethodGet, Path: "/drafts", Summary: "Drafts of target forms, latest first", Tags: assistTags, Responses: example(headsExample)},
		func(ctx context.Context, in *draftsInput) ([]workspace.DraftHead, error) {
			return a.ws.Drafts(ctx, in.Deleted)
		})
	a.bodies["/drafts"] = &huma.RequestBody{Content: map[string]*huma.MediaType{
		"application/json":    {Schema: a.schema(reflect.TypeFor[startBody]()), Example: startExample},
		"multipart/form-data": {Schema: &huma.Schema{Type: huma.TypeObject, Properties: map[string]*huma.Schema{"files": {Type: huma.TypeString, Format: "binary"}, "body": {Type: huma.TypeString, Description: "A DraftBody as JSON; what is stated there wins"}}}},
		octets:                {Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}},
	}}
	stream(a, huma.Operation{OperationID: "start-draft", Method: http.MethodPost, Path: "/drafts", Summary: "Start a draft: empty, from a filed form, a template, a text or a document", Tags: assistTags,
		Description: "Idempotent by key: repeat the request with the same Idempotency-Key (or key) and the same draft comes back. A document (docx, xlsx, html, txt) is the file of a multipart form, or the whole body with ?name=.",
		Responses: map[string]*huma.Response{"201": {Description: "Created, or there already by the same key", Headers: map[string]*huma.Param{"ETag": {Schema: &huma.Schema{Type: huma.TypeString}}, "Location": {Schema: &huma.Schema{Type: huma.TypeString}}},
			Content: map[string]*huma.MediaType{"application/json": {Schema: a.schema(reflect.TypeFor[workspace.Draft]()), Example: draftExample}}}}}, a.startDraft)
	huma.Register(a.huma, huma.Operation{OperationID: "draft", Method: http.MethodGet, Path: "/drafts/{id}", Summary: "One draft with sums, tasks of its goal, values and review", Tags: assistTags, Responses: example(viewExample)},
		func(ctx context.Context, in *byID) (*tagged[workspace.DraftView], error) {
			v, err := a.ws.Draft(ctx, in.ID)
			if err != nil {
				return nil, fault.Of(ctx, a.opt.Log, "GET /drafts/{id}", err)
			}
			return &tagged[workspace.DraftView]{ETag: etag(v.Revision), Body: v}, nil
		})
	change(a, huma.Operation{OperationID: "save-draft", Method: http.MethodPut, Path: "/drafts/{id}", Summary: "Replace the body of a draft: one more revision", RequestBody: asks(saveExample), MaxBodyBytes: longDraft,
		Description: "Names the revision that the change was made on, by revision or If-Match. A save of what stands there already changes nothing, so that it can be repeated. Where the draft has moved on, the answer is 409 and " +
			"the save was kept as a draft of its own, whose id is error.copy: nothing is lost, and a person compares the two. A draft that was put away is not saved to: 409 without copy. " +
			"A revision that the draft does not have yet is 422."},
		func(ctx context.Context, in *saveInput) (workspace.Draft, error) {
			on, err := revision(in.IfMatch, in.Body.Revision)
			if err != nil {
				return workspace.Draft{}, err
			}
			d, err := a.ws.SaveDraft(ctx, in.ID, workspace.DraftSave{Revision: on, Body: in.Body.Body, Source: ofAPI})
			if yardstick.KindOf(err) == yardstick.Conflict && d.ID != "" {
				f := fault.Of(ctx, a.opt.Log, "PUT /drafts/{id}", err)
				f.Copy = d.ID
				return d, f
			}
			return d, err
		})
	change(a, huma.Operation{OperationID: "delete-draft", Method: http.MethodDelete, Path: "/drafts/{id}", Summary: "Put a draft away; nothing is deleted from disk"},
		func(ctx context.Context, in *byID) (workspace.Draft, error) {
			return a.ws.DeleteDraft(ctx, in.ID, false)
		})
	change(a, huma.Operation{OperationID: "restore-draft", Method: http.MethodPost, Path: "/drafts/{id}/restore", Summary: "Bring a draft back that was put away"},
		func(ctx context.Context, in *byID) (workspace.Draft, error) {
			return a.ws.DeleteDraft(ctx, in.ID, true)
		})
	for _, op := range []struct {
		name, summary string
		redo          bool
	}{{"undo", "Go back one revision", false}, {"redo", "Go forward again", true}} {
		change(a, huma.Operation{OperationID: op.name + "-draft", Method: http.MethodPost, Path: "/drafts/{id}/" + op.name, Summary: op.summary, Description: "409 where there is none."},
			func(ctx context.Context, in *byID) (workspace.Draft, error) {
				return a.ws.UndoDraft(ctx, in.ID, op.redo)
			})
	}
	stream(a, huma.Operation{OperationID: "export-draft", Method: http.MethodGet, Path: "/drafts/{id}/export", Summary: "A draft as the official form", Tags: assistTags, Responses: files(xlsx, docx),
		Description: "What is exported reads back in as the same form."},
		func(ctx context.Context, in *exportDraftInput, w http.ResponseWriter, _ *http.Request) error {
			doc, err := a.ws.ExportDraft(ctx, in.ID, in.Format)
			if err != nil {
				return err
			}
			return send(w, doc)
		})
}

// change registers an operation that answers with the draft after it.
func change[I any](a *API, op huma.Operation, f func(context.Context, *I) (workspace.Draft, error)) {
	op.Tags = assistTags
	op.Responses = example(draftExample)
	huma.Register(a.huma, op, func(ctx context.Context, in *I) (*tagged[workspace.Draft], error) {
		d, err := f(ctx, in)
		if err != nil {
			return nil, fault.Of(ctx, a.opt.Log, op.Method+" "+op.Path, err)
		}
		return &tagged[workspace.Draft]{ETag: etag(d.Revision), Body: d}, nil
	})
}

// revision is the revision that a save names, by If-Match or in its body.
func revision(match string, given int) (int, error) {
	if match == "" {
		if given < 1 {
			return 0, fault.New(http.StatusPreconditionRequired, yardstick.Invalid, "没有写改动所依据的版本：写 revision，或用 If-Match 带上 ETag。")
		}
		return given, nil
	}
	n, err := strconv.Atoi(strings.Trim(strings.TrimPrefix(strings.TrimSpace(match), "W/"), `"`))
	if err != nil || n < 1 {
		return 0, fault.New(http.StatusUnprocessableEntity, yardstick.Invalid, fmt.Sprintf("If-Match 应是这份草稿的 ETag，如 \"12\"，现为 %s。", match))
	}
	if given > 0 && given != n {
		return 0, fault.New(http.StatusUnprocessableEntity, yardstick.Invalid, fmt.Sprintf("If-Match 写第 %d 版，revision 写第 %d 版，两处不同。", n, given))
	}
	return n, nil
}

// startDraft takes JSON, a multipart form with one file, or the file itself.
func (a *API) startDraft(ctx context.Context, in *startInput, w http.ResponseWriter, r *http.Request) error {
	start, err := a.start(in, w, r)
	if err != nil {
		return err
	}
	d, err := a.ws.StartDraft(ctx, start.DraftStart)
	if start.done != nil {
		err = errors.Join(err, start.done())
	}
	if err != nil {
		return err
	}
	w.Header().Set("ETag", etag(d.Revision))
	w.Header().Set("Location", Prefix+"/drafts/"+url.PathEscape(d.ID))
	return writeJSON(w, http.StatusCreated, d)
}

// starting is what a request starts from; done removes its file.
type starting struct {
	workspace.DraftStart
	done func() error
}

func (a *API) start(in *startInput, w http.ResponseWriter, r *http.Request) (starting, error) {
	var s starting
	switch kind := kindOfBody(r); {
	case kind == "application/json" || kind == "" && r.ContentLength == 0:
		var b startBody
		if r.ContentLength != 0 {
			if err := readJSON(w, r, longDraft, &b); err != nil {
				return s, err
			}
		}
		if in.Key != "" && b.Key != "" && in.Key != b.Key {
			return s, fault.New(http.StatusUnprocessableEntity, yardstick.Invalid, "Idempotency-Key 与 key 不同，只写一处。")
		}
		s.Key, s.Form, s.Template, s.Text = b.Key, b.Form, b.Template, b.Text
		if b.Body != nil {
			s.Body = *b.Body
		}
		named := 0
		for _, from := range []string{b.Form, b.Template, b.Text} {
			if from != "" {
				named++
			}
		}
		if named > 1 {
			return s, fault.New(http.StatusUnprocessableEntity, yardstick.Invalid, "form、template、text 只写一个。")
		}
	case kind == "multipart/form-data" || kind == octets || in.Name != "":
		p, err := a.receive(w, r, in.Name)
		if err != nil {
			return s, err
		}
		s.done = p.Remove
		if text := p.Fields["body"]; text != "" {
			err = asFault(decode([]byte(text), &s.Body, true))
		}
		if err == nil && len(p.Uploads) != 1 {
			err = fault.New(http.StatusUnprocessableEntity, yardstick.Invalid, fmt.Sprintf("要一个文件，现有 %d 个。", len(p.Uploads)))
		}
		if err != nil {
			return s, errors.Join(err, p.Remove())
		}
		s.Key, s.File = p.Fields["key"], &p.Uploads[0]
	default:
		return s, fault.New(http.StatusUnsupportedMediaType, yardstick.Invalid, "请用 application/json、multipart/form-data，或把文件作为请求体并写 ?name=。")
	}
	if in.Key != "" {
		s.Key = in.Key
	}
	return s, nil
}
