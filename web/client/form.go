package client

import (
	"fmt"
	"io"
	"maps"
	"mime/multipart"
	"slices"

	"yardstick/workspace"
)

// form writes a multipart form.
type form struct{ w *multipart.Writer }

func newForm(to io.Writer) *form { return &form{multipart.NewWriter(to)} }

func (f *form) kind() string { return f.w.FormDataContentType() }

// write writes the fields that are not empty, then the files in order.
func (f *form) write(fields map[string]string, list []workspace.Upload) error {
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		if fields[name] == "" {
			continue
		}
		if err := f.w.WriteField(name, fields[name]); err != nil {
			return err
		}
	}
	for _, u := range list {
		if err := f.file(u); err != nil {
			return err
		}
	}
	return f.w.Close()
}

func (f *form) file(u workspace.Upload) error {
	in, err := u.Open()
	if err != nil {
		return fmt.Errorf("%s: %w", u.Name, err)
	}
	defer in.Close()
	part, err := f.w.CreateFormFile("files", u.Name)
	if err != nil {
		return err
	}
	_, err = io.Copy(part, in)
	return err
}
