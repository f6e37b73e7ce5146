package api

import (
	"context"
	"errors"
	"mime"
	"net/http"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"yardstick"
	"yardstick/web/fault"
	"yardstick/web/intake"
	"yardstick/workspace"
)

// paths names what this machine's command line wants loaded.
type paths struct {
	Paths   []string `json:"paths" minItems:"1" doc:"Absolute paths of files and folders on the server's machine"`
	Sample  bool     `json:"sample,omitempty" doc:"Mark as 示例数据"`
	Mapping string   `json:"mapping,omitempty" doc:"Absolute path of a mapping file: the bulk path"`
	Source  string   `json:"source,omitempty" enum:"api,cli" doc:"Who asks; api if left out"`
}

// errPaths refuses paths that come from elsewhere.
var errPaths = fault.New(http.StatusForbidden, yardstick.Invalid, "按路径读文件只接受本机的命令行。请上传文件。")

// event documents one line of a progress stream: progress lines, then one with
// the result or the error.
type event struct {
	Progress *progress               `json:"progress,omitempty"`
	Result   *workspace.IngestResult `json:"result,omitempty"`
}

type progress struct {
	Run   string `json:"run"`
	State string `json:"state"`
	Stage string `json:"stage"`
	Done  int    `json:"done"`
	Total int    `json:"total"`
	Name  string `json:"name"`
	Ahead int    `json:"ahead"`
}

type ingestInput struct {
	Accept string `header:"Accept" doc:"application/x-ndjson streams progress lines, then the result or the error"`
	Prefer string `header:"Prefer" doc:"respond-async answers 202 at once; ask /runs/{id} from then on"`
}

func (a *API) ingest() {
	result := a.schema(reflect.TypeFor[workspace.IngestResult]())
	stream(a, huma.Operation{OperationID: "ingest", Method: http.MethodPost, Path: "/ingest", Summary: "Load files as one batch", Tags: []string{"data"},
		Description: "Upload files as multipart/form-data (field files, repeated; optional field sample=true). From this machine's loopback " +
			"address or unix socket, JSON {paths} loads files in place. A batch is stored whole or not at all; the same file twice changes nothing.",
		Responses: map[string]*huma.Response{
			"200": {Description: "OK", Content: map[string]*huma.MediaType{"application/json": {Schema: result, Example: ingestExample}, ndjson: {Schema: a.schema(reflect.TypeFor[event]())}}},
			"202": {Description: "Accepted", Content: map[string]*huma.MediaType{"application/json": {Schema: a.schema(reflect.TypeFor[intake.Status]())}}},
		},
	}, a.serveIngest)
	a.bodies["/ingest"] = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{
		"multipart/form-data": {Schema: &huma.Schema{Type: huma.TypeObject, Properties: map[string]*huma.Schema{
			"files": {Type: huma.TypeArray, Items: &huma.Schema{Type: huma.TypeString, Format: "binary"}}}}},
		"application/json": {Schema: a.schema(reflect.TypeFor[paths]()), Example: paths{Paths: []string{"/srv/forms/2024"}}},
	}}
}

func (a *API) serveIngest(ctx context.Context, in *ingestInput, w http.ResponseWriter, r *http.Request) error {
	id, err := a.startIngest(w, r)
	if err != nil {
		return err
	}
	return a.follow(ctx, in.Accept, in.Prefer, w, "POST /ingest", id, func(s intake.Status) (any, error) { return s.Result, nil })
}

// follow answers for a run as the request wants it: at once, with its progress,
// or when it has ended with what result makes of it.
func (a *API) follow(ctx context.Context, accept, prefer string, w http.ResponseWriter, op, id string, result func(intake.Status) (any, error)) error {
	if strings.Contains(prefer, "respond-async") {
		s, err := a.run(id)
		if err != nil {
			return err
		}
		w.Header().Set("Location", Prefix+"/runs/"+id)
		return writeJSON(w, http.StatusAccepted, s)
	}
	// Whoever waits for the answer and leaves does not want it.
	defer a.desk.Cancel(id)
	if strings.Contains(accept, ndjson) {
		a.watch(ctx, op, id, newLines(w), result)
		return nil
	}
	var last intake.Status
	if err := a.desk.Watch(ctx, id, func(s intake.Status) error { last = s; extend(w); return nil }); err != nil {
		return err
	}
	if err := ended(last); err != nil {
		return err
	}
	v, err := result(last)
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, v)
}

// watch streams the run's progress and its end.
func (a *API) watch(ctx context.Context, op, id string, out *lines, result func(intake.Status) (any, error)) {
	err := a.desk.Watch(ctx, id, func(s intake.Status) error {
		var line any = event{Progress: &progress{Run: s.ID, State: string(s.State), Stage: s.Stage, Done: s.Done, Total: s.Total, Name: s.Name, Ahead: s.Ahead}}
		if s.State.Final() {
			// a short batch ends before anyone looked: its last step comes first
			if err := out.add(line); err != nil {
				return err
			}
			var v any
			err := ended(s)
			if err == nil {
				v, err = result(s)
			}
			if err != nil {
				line = fault.Of(ctx, a.opt.Log, op, err)
			} else {
				line = map[string]any{"result": v}
			}
		}
		defer out.flush()
		return out.add(line)
	})
	if err != nil && !errors.Is(err, errGone) && ctx.Err() == nil {
		_ = out.add(fault.Of(ctx, a.opt.Log, op, err))
	}
}

// ended returns the error of a run that has ended without a result.
func ended(s intake.Status) error {
	switch s.State {
	case intake.Failed:
		return s.Err
	case intake.Cancelled:
		return &yardstick.Error{Kind: yardstick.Conflict, Op: "api.ingest", Msg: "已取消，库里没有改变。"}
	}
	return nil
}

func (a *API) startIngest(w http.ResponseWriter, r *http.Request) (string, error) {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil {
		kind = ""
	}
	switch kind {
	case "multipart/form-data":
		p, err := a.receive(w, r, "")
		if err != nil {
			return "", err
		}
		return a.desk.Start(workspace.IngestRequest{Uploads: p.Uploads, Source: "api", Sample: p.Fields["sample"] == "true"},
			len(p.Uploads), p.Bytes, func() { _ = p.Remove() }), nil // what stays behind goes with the folder
	case "application/json":
		if !a.opt.Local(r) {
			return "", errPaths
		}
		var req paths
		if err := readJSON(w, r, 8<<20, &req); err != nil {
			return "", err
		}
		if len(req.Paths) == 0 {
			return "", fault.New(http.StatusUnprocessableEntity, yardstick.Invalid, `请求应为 {"paths":["…"]}。`)
		}
		return a.desk.Start(workspace.IngestRequest{Paths: req.Paths, Source: sourceOf(req.Source), Sample: req.Sample, Mapping: req.Mapping}, len(req.Paths), 0, nil), nil
	}
	return "", fault.New(http.StatusUnsupportedMediaType, yardstick.Invalid, "请用 multipart/form-data 上传文件。")
}

func (a *API) run(id string) (intake.Status, error) {
	s, ok := a.desk.Status(id)
	if !ok {
		return s, &yardstick.Error{Kind: yardstick.NotFound, Op: "api.run", Msg: "没有找到这一次，可能已经过期。"}
	}
	if s.State == intake.Failed {
		return s, s.Err
	}
	return s, nil
}

// sourceOf is who asked for a batch or a round: our command line says so.
func sourceOf(said string) string {
	if said == ofCLI {
		return ofCLI
	}
	return ofAPI
}
