package api

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/url"

	"github.com/danielgtaylor/huma/v2"

	"yardstick/workspace"
)

type libraryInput struct {
	Text     string `query:"text" maxLength:"200" doc:"Part of id, name or alias"`
	Sector   string `query:"sector" maxLength:"100" doc:"Functional class (类) or 共性" example:"交通运输"`
	Function string `query:"function" maxLength:"5" doc:"Code of a 类 or 款" example:"21401"`
	Level1   string `query:"level1" maxLength:"100"`
	Level2   string `query:"level2" maxLength:"100"`
	Type     string `query:"type" maxLength:"100" doc:"Project type by name"`
	Origin   string `query:"origin" enum:"shipped,edited,own"`
	Used     string `query:"used" enum:"yes,no" doc:"On the loaded forms"`
	Retired  bool   `query:"retired" doc:"The retired entries instead"`
	Version  int    `query:"version" minimum:"-1" doc:"As it was after that version; 0: now, -1: as shipped"`
	Limit    int    `query:"limit" minimum:"0" maximum:"100000" doc:"0 means all"`
	Offset   int    `query:"offset" minimum:"0"`
}

type diffInput struct {
	From string `query:"from" maxLength:"20" doc:"shipped, current or a version's number; shipped if left out" example:"shipped"`
	To   string `query:"to" maxLength:"20" doc:"shipped, current or a version's number; current if left out" example:"current"`
}

type changesInput struct {
	Entry  string `query:"entry" maxLength:"100" doc:"Only of this entry"`
	Limit  int    `query:"limit" minimum:"0" maximum:"10000" doc:"0 means all"`
	Offset int    `query:"offset" minimum:"0"`
}

type editInput struct {
	ID   string `path:"id" maxLength:"100"`
	Body editBody
}

type addInput struct{ Body editBody }

type editBody struct {
	Set  map[string]string `json:"set" doc:"Fields by their names in the tables; lists joined by ；"`
	Note string            `json:"note,omitempty" maxLength:"1000"`
}

type noteInput struct {
	ID   string `path:"id" maxLength:"100"`
	Body struct {
		Note string `json:"note,omitempty" maxLength:"1000"`
	}
}

type mergeInput struct {
	ID   string `path:"id" maxLength:"100"`
	Body struct {
		Into string `json:"into" maxLength:"100" doc:"Entry that takes over name and aliases"`
		Note string `json:"note,omitempty" maxLength:"1000"`
	}
}

type byNumber struct {
	ID int `path:"id" minimum:"1"`
}

type exportInput struct {
	Format  string `query:"format" enum:"csv,xlsx" doc:"csv if left out"`
	Version int    `query:"version" minimum:"-1"`
}

type importInput struct {
	Name    string `query:"name" required:"true" maxLength:"255" doc:"File name, for messages"`
	Replace bool   `query:"replace" doc:"Retire the entries that the table does not have"`
	DryRun  bool   `query:"dry_run" doc:"Only say what would change"`
	Note    string `query:"note" maxLength:"1000"`
}

type healthInput struct {
	Kind   string `query:"kind" enum:"merge,retire,quantify,add"`
	Sector string `query:"sector" maxLength:"100"`
	Limit  int    `query:"limit" minimum:"0" maximum:"10000" doc:"Per kind; 0 means 50"`
	Offset int    `query:"offset" minimum:"0"`
}

type templatesInput struct {
	Text   string `query:"text" maxLength:"200" doc:"Part of name, words or goal"`
	Sector string `query:"sector" maxLength:"100"`
}

type casesInput struct {
	Text   string `query:"text" maxLength:"200"`
	Sector string `query:"sector" maxLength:"100"`
	Type   string `query:"type" maxLength:"100" doc:"Project type by name"`
	Year   int    `query:"year" minimum:"0" maximum:"9999"`
	All    bool   `query:"all" doc:"Also the forms below the line"`
	Limit  int    `query:"limit" minimum:"0" maximum:"500" doc:"0 means 50"`
	Offset int    `query:"offset" minimum:"0"`
}

// The sources of changes, as the logs name them.
const (
	ofAPI = "api"
	ofCLI = "cli" // our command line, which asks a server that runs
)

// maxTable bounds the table of an import; the workspace checks it again.
const maxTable = 130 << 20

// library registers the operations on library, templates and cases.
func (a *API) library() {
	tags := []string{"library"}
	get(a, huma.Operation{OperationID: "library", Method: http.MethodGet, Path: "/library", Summary: "Entries of the library in force", Tags: tags},
		func(ctx context.Context, in *libraryInput) (workspace.LibraryList, error) {
			return a.ws.Library(ctx, workspace.LibraryQuery(*in))
		})
	get(a, huma.Operation{OperationID: "library-diff", Method: http.MethodGet, Path: "/library/diff", Summary: "What differs between two versions", Tags: tags},
		func(ctx context.Context, in *diffInput) (workspace.LibraryDiff, error) {
			return a.ws.DiffLibrary(ctx, in.From, in.To)
		})
	get(a, huma.Operation{OperationID: "library-changes", Method: http.MethodGet, Path: "/library/changes", Summary: "Change log, latest first", Tags: tags},
		func(ctx context.Context, in *changesInput) ([]workspace.Change, error) {
			return a.ws.Changes(ctx, in.Entry, in.Limit, in.Offset)
		})
	get(a, huma.Operation{OperationID: "library-undo", Method: http.MethodPost, Path: "/library/changes/{id}/undo", Summary: "Take a change back", Tags: tags},
		func(ctx context.Context, in *byNumber) (workspace.Change, error) {
			return a.ws.UndoChange(ctx, in.ID, ofAPI)
		})
	get(a, huma.Operation{OperationID: "library-undo-version", Method: http.MethodPost, Path: "/library/versions/{id}/undo", Summary: "Take all changes of a version back, as one new version", Tags: tags},
		func(ctx context.Context, in *byNumber) ([]workspace.Change, error) {
			return a.ws.UndoVersion(ctx, in.ID, ofAPI)
		})
	get(a, huma.Operation{OperationID: "library-add", Method: http.MethodPost, Path: "/library/entries", Summary: "Add an entry", Tags: tags},
		func(ctx context.Context, in *addInput) (workspace.Change, error) {
			return a.ws.EditEntry(ctx, workspace.EntryEdit{Set: in.Body.Set, Note: in.Body.Note, Source: ofAPI})
		})
	get(a, huma.Operation{OperationID: "library-edit", Method: http.MethodPatch, Path: "/library/entries/{id}", Summary: "Change fields of an entry", Tags: tags},
		func(ctx context.Context, in *editInput) (workspace.Change, error) {
			return a.ws.EditEntry(ctx, workspace.EntryEdit{ID: in.ID, Set: in.Body.Set, Note: in.Body.Note, Source: ofAPI})
		})
	for _, op := range []struct {
		name, summary string
		retire        bool
	}{{"retire", "Take an entry out of the library", true}, {"restore", "Put a retired entry back", false}} {
		get(a, huma.Operation{OperationID: "library-" + op.name, Method: http.MethodPost, Path: "/library/entries/{id}/" + op.name, Summary: op.summary, Tags: tags},
			func(ctx context.Context, in *noteInput) (workspace.Change, error) {
				return a.ws.RetireEntry(ctx, in.ID, op.retire, ofAPI, in.Body.Note)
			})
	}
	get(a, huma.Operation{OperationID: "library-merge", Method: http.MethodPost, Path: "/library/entries/{id}/merge", Summary: "Retire an entry and give its names to another", Tags: tags},
		func(ctx context.Context, in *mergeInput) ([]workspace.Change, error) {
			return a.ws.MergeEntries(ctx, in.ID, in.Body.Into, ofAPI, in.Body.Note)
		})
	get(a, huma.Operation{OperationID: "library-health", Method: http.MethodGet, Path: "/library/health", Summary: "What to merge, retire, quantify and add", Tags: tags},
		func(ctx context.Context, in *healthInput) (workspace.LibraryHealth, error) {
			return a.ws.Health(ctx, workspace.HealthQuery(*in))
		})
	get(a, huma.Operation{OperationID: "templates", Method: http.MethodGet, Path: "/templates", Summary: "Project types with their typical indicators", Tags: tags},
		func(ctx context.Context, in *templatesInput) ([]workspace.Template, error) {
			return a.ws.Templates(ctx, workspace.TemplateQuery(*in))
		})
	get(a, huma.Operation{OperationID: "template", Method: http.MethodGet, Path: "/templates/{id}", Summary: "One project type with cases", Tags: tags},
		func(ctx context.Context, in *byID) (workspace.Template, error) { return a.ws.Template(ctx, in.ID) })
	get(a, huma.Operation{OperationID: "cases", Method: http.MethodGet, Path: "/cases", Summary: "Filed forms worth imitating, best first", Tags: tags},
		func(ctx context.Context, in *casesInput) (workspace.CaseList, error) {
			return a.ws.Cases(ctx, workspace.CaseQuery(*in))
		})
	stream(a, huma.Operation{OperationID: "library-export", Method: http.MethodGet, Path: "/library/export", Summary: "The library as a table (csv or xlsx)", Tags: tags},
		func(ctx context.Context, in *exportInput, w http.ResponseWriter, _ *http.Request) error {
			format := in.Format
			if format == "" {
				format = "csv"
			}
			return table(w, "指标库."+format, func(to io.Writer) error { return a.ws.ExportLibrary(ctx, format, in.Version, to) })
		})
	const importPath = "/library/import"
	a.bodies[importPath] = tableBody("The table: xlsx, csv, docx or html")
	stream(a, huma.Operation{OperationID: "library-import", Method: http.MethodPost, Path: importPath, Summary: "Take over a bureau's own table of indicators as a new version", Tags: tags,
		Description: "The body is the file. A dry run says what would change. rows = added + changed + unchanged + rejected."},
		func(ctx context.Context, in *importInput, w http.ResponseWriter, r *http.Request) error {
			res, err := a.ws.ImportLibrary(ctx, workspace.LibraryImport{Name: in.Name, Open: body(w, r), Source: ofAPI, Note: in.Note, Replace: in.Replace, DryRun: in.DryRun})
			if err != nil {
				return err
			}
			return writeJSON(w, http.StatusOK, res)
		})
}

// tableBody documents a request body that is a file.
func tableBody(what string) *huma.RequestBody {
	return &huma.RequestBody{Description: what, Required: true, Content: map[string]*huma.MediaType{
		"application/octet-stream": {Schema: &huma.Schema{Type: "string", Format: "binary"}}}}
}

// body opens the request's body once.
func body(w http.ResponseWriter, r *http.Request) func() (io.ReadCloser, error) {
	extend(w)
	return func() (io.ReadCloser, error) { return http.MaxBytesReader(w, r.Body, maxTable), nil }
}

// table sends a file that write makes. It is made whole first, so that an error
// can still be answered.
func table(w http.ResponseWriter, name string, write func(io.Writer) error) error {
	var b bytes.Buffer
	if err := write(&b); err != nil {
		return err
	}
	extend(w)
	kind := "text/csv; charset=utf-8"
	if bytes.HasPrefix(b.Bytes(), []byte("PK")) {
		kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Disposition", "attachment; filename*=UTF-8''"+url.PathEscape(name))
	_, _ = w.Write(b.Bytes()) // the client has gone: nobody to tell
	return nil
}
