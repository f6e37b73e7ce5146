package workspace

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yardstick"
	"yardstick/ingest/forms"
	"yardstick/ingest/grid"
)

// TestSharedFilesMakeDrafts starts a draft from every shared form file. What was
// taken over settles: as a form, and written and read again, it is the same body.
func TestSharedFilesMakeDrafts(t *testing.T) {
	paths, err := filepath.Glob(filepath.Join("../../shared/data", "forms", "*.[xdh]*")) // workbooks, documents, pages
	if err != nil || len(paths) == 0 {
		t.Skip("the shared forms are not beside the repository")
	}
	w, err := Open(t.Context(), Options{Dir: t.TempDir(), Create: true})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	taken, refused, lines := 0, 0, 0
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			continue // a folder
		}
		name := filepath.Base(path)
		d, err := w.StartDraft(t.Context(), DraftStart{File: &Upload{Name: name, Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(data)), nil }}})
		if yardstick.KindOf(err) == yardstick.Invalid && err != nil {
			refused++
			t.Logf("%s: %v", name, err)
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		taken++
		if d.Body.Project == "" {
			t.Logf("%s: no name: %s", name, d.Origin.Note)
		}
		form := d.Body.Form()
		again, _ := bodyOf(&form)
		if diff := cmp.Diff(d.Body.Lines, again.Lines); diff != "" {
			t.Errorf("%s: body → form → body (-want +got):\n%s", name, diff)
		}
		if len(d.Body.Lines) == 0 {
			continue
		}
		lines += len(d.Body.Lines)
		doc, err := w.ExportDraft(t.Context(), d.ID, "xlsx")
		if err != nil {
			t.Errorf("%s: export: %v", name, err)
			continue
		}
		grids, err := grid.Read(t.Context(), doc.Name, doc.Data, grid.Options{})
		if err != nil {
			t.Fatal(err)
		}
		read := forms.ReadFile(grids)
		if len(read.Forms) != 1 {
			t.Errorf("%s: exported and read: %d forms", name, len(read.Forms))
			continue
		}
		back, _ := bodyOf(&read.Forms[0])
		if len(back.Lines) != len(d.Body.Lines) {
			t.Errorf("%s: exported and read: %d lines, want %d", name, len(back.Lines), len(d.Body.Lines))
			continue
		}
		for i := range back.Lines {
			// An export is one line a cell; classes are in their usual spelling.
			a, b := d.Body.Lines[i], back.Lines[i]
			if !a.Value().Equal(b.Value()) || strings.Join(strings.Fields(a.Name), "") != strings.Join(strings.Fields(b.Name), "") || !cmp.Equal(a.Weight, b.Weight) {
				t.Errorf("%s line %d: %+v read back as %+v", name, i+1, a, b)
			}
		}
	}
	t.Logf("%d drafts with %d lines, %d files refused", taken, lines, refused)
	if taken < len(paths)*3/4 {
		t.Errorf("%d of %d files made drafts", taken, len(paths))
	}
}
