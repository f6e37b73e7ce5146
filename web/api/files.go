package api

import (
	"net/http"
	"net/url"

	"github.com/danielgtaylor/huma/v2"

	"yardstick/workspace"
)

// The media types of files that the use cases write.
const (
	xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	html = "text/html; charset=utf-8"
)

// files documents an answer that is one of the files.
func files(kinds ...string) map[string]*huma.Response {
	content := map[string]*huma.MediaType{}
	for _, k := range kinds {
		content[k] = &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}
	}
	return map[string]*huma.Response{"200": {Description: "The file; its name is in Content-Disposition", Content: content}}
}

// send answers with a file.
func send(w http.ResponseWriter, doc workspace.Document) error {
	extend(w)
	w.Header().Set("Content-Type", doc.Type)
	w.Header().Set("Content-Disposition", "attachment; filename*=UTF-8''"+url.PathEscape(doc.Name))
	_, _ = doc.WriteTo(w) // the client has gone: nobody to tell
	return nil
}
