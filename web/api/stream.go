package api

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"reflect"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"yardstick"
	"yardstick/web/fault"
	"yardstick/workspace"
)

// ndjson is the media type of streams: one JSON value a line.
const ndjson = "application/x-ndjson"

// patience is how long a client may take for one line of a stream. The server's
// own time-outs are for whole requests and would cut long streams off.
const patience = time.Minute

// lines writes NDJSON.
type lines struct {
	w   http.ResponseWriter
	rc  *http.ResponseController
	enc *json.Encoder
}

func newLines(w http.ResponseWriter) *lines {
	w.Header().Set("Content-Type", ndjson)
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return &lines{w: w, rc: http.NewResponseController(w), enc: enc}
}

// add writes one value; flush sends what is buffered.
func (l *lines) add(v any) error {
	_ = l.rc.SetWriteDeadline(time.Now().Add(patience)) // not every writer has one
	if err := l.enc.Encode(v); err != nil {
		return errors.Join(errGone, err)
	}
	return nil
}

func (l *lines) flush() { _ = l.rc.Flush() }

// extend gives a request whose body or answer is long a deadline per step.
func extend(w http.ResponseWriter) {
	rc := http.NewResponseController(w)
	_ = rc.SetReadDeadline(time.Now().Add(patience))
	_ = rc.SetWriteDeadline(time.Now().Add(patience))
}

// stream registers an operation that writes its own answer. f returns an error
// only if nothing was written yet.
func stream[I any](a *API, op huma.Operation, f func(context.Context, *I, http.ResponseWriter, *http.Request) error) {
	huma.Register(a.huma, op, func(_ context.Context, in *I) (*huma.StreamResponse, error) {
		return &huma.StreamResponse{Body: func(hc huma.Context) {
			r, w := humago.Unwrap(hc)
			if err := f(r.Context(), in, w, r); err != nil {
				fault.Write(w, fault.Of(r.Context(), a.opt.Log, op.Method+" "+op.Path, err))
			}
		}}, nil
	})
}

func (a *API) schema(t reflect.Type) *huma.Schema {
	return a.huma.OpenAPI().Components.Schemas.Schema(t, true, t.Name())
}

func (a *API) forms() {
	stream(a, huma.Operation{OperationID: "forms", Method: http.MethodGet, Path: "/forms", Summary: "Forms in force, as a list or as a stream of whole forms", Tags: []string{"data"},
		Responses: map[string]*huma.Response{"200": {Description: "OK", Content: map[string]*huma.MediaType{
			"application/json": {Schema: a.schema(reflect.TypeFor[workspace.FormList]())},
			ndjson:             {Schema: a.schema(reflect.TypeFor[workspace.Form]())},
		}}},
	}, func(ctx context.Context, in *formsInput, w http.ResponseWriter, _ *http.Request) error {
		if !strings.Contains(in.Accept, ndjson) {
			list, err := a.ws.Forms(ctx, in.query())
			if err != nil {
				return err
			}
			return writeJSON(w, http.StatusOK, list)
		}
		out, n := newLines(w), 0
		err := a.ws.EachForm(ctx, in.query(), func(f workspace.Form) error {
			n++
			return out.add(f)
		})
		switch {
		case err == nil || errors.Is(err, errGone):
			return nil
		case n == 0:
			return err
		}
		return out.add(fault.Of(ctx, a.opt.Log, "GET /forms", err)) // the status is out: the last line says it
	})
}

// suggestBatch answers one request a line while the lines come in.
func (a *API) suggestBatch() {
	request, result := reflect.TypeFor[workspace.SuggestRequest](), reflect.TypeFor[workspace.SuggestResult]()
	a.bodies["/suggest/batch"] = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{
		"application/json": {Schema: a.listOf(request, mostAsked), Example: []workspace.SuggestRequest{requestExample}},
		ndjson:             {Schema: a.schema(request), Example: requestExample}}}
	stream(a, huma.Operation{OperationID: "suggest-batch", Method: http.MethodPost, Path: "/suggest/batch", Summary: "Suggest for many projects, one request a line or in one list", Tags: []string{"indicators"},
		Description: fmt.Sprintf("application/x-ndjson: one request a line, at most 1 MB each and any number; answers come one a line while requests are still coming. "+
			"application/json: a list of at most %d, answered by a list. Both in the order of the requests; what can't be answered becomes {\"id\",\"error\"}.", mostAsked),
		Responses: map[string]*huma.Response{"200": {Description: "OK", Content: map[string]*huma.MediaType{
			"application/json": {Schema: a.listOf(result, 0), Example: []workspace.SuggestResult{suggestExample}},
			ndjson:             {Schema: a.schema(result), Example: suggestExample}}}},
	}, func(ctx context.Context, _ *none, w http.ResponseWriter, r *http.Request) error {
		if kindOfBody(r) == "application/json" {
			return a.answerList(ctx, w, r, mostAsked, func(i int, raw json.RawMessage) any { return a.suggestLine(ctx, i+1, raw) })
		}
		rc := http.NewResponseController(w)
		_ = rc.EnableFullDuplex() // answer while requests are still coming
		in := bufio.NewScanner(r.Body)
		in.Buffer(nil, 1<<20)
		out := newLines(w)
		for line := 1; ; line++ {
			extend(w)
			if !in.Scan() {
				break
			}
			text := bytes.TrimSpace(in.Bytes())
			if len(text) == 0 {
				continue
			}
			if err := out.add(a.suggestLine(ctx, line, text)); err != nil {
				return nil // the client has gone
			}
			out.flush()
		}
		if err := in.Err(); err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
			_ = out.add(lineFault("", fault.New(422, yardstick.Invalid, "有一行超过 1 MB 或没有传完整，其后的没有处理。")))
		}
		return nil
	})
}

func (a *API) suggestLine(ctx context.Context, line int, text []byte) any {
	var req workspace.SuggestRequest
	if line == 1 { // a file's mark would be read as part of its first line
		text = bytes.TrimPrefix(text, []byte("\ufeff"))
	}
	if err := decode(text, &req, false); err != nil {
		return lineFault("", fault.New(422, yardstick.Invalid, fmt.Sprintf("第 %d 行不是一个推荐请求：%v。", line, err)))
	}
	if strings.TrimSpace(req.Project) == "" {
		return lineFault(req.ID, fault.New(422, yardstick.Invalid, fmt.Sprintf("第 %d 行没有项目名称（project）。", line)))
	}
	res, err := a.ws.Suggest(ctx, req)
	if err != nil {
		return lineFault(req.ID, fault.Of(ctx, a.opt.Log, "POST /suggest/batch", err))
	}
	res.ID = req.ID
	return res
}

func lineFault(id string, f *fault.Fault) any {
	return struct {
		ID    string     `json:"id,omitempty"`
		Error *plainText `json:"error"`
	}{id, said(f)}
}

func writeJSON(w http.ResponseWriter, status int, v any) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return fmt.Errorf("encode answer: %w", err)
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(b.Bytes()) // the client has gone: nobody to tell
	return nil
}
