package official_test

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yardstick"
	"yardstick/ingest/forms"
	"yardstick/ingest/grid"
	"yardstick/ingest/official"
)

// sharedForms is the folder of real forms, beside the module.
const sharedForms = "../../../shared/data/forms"

// findings puts comments on some of the cells that a reader found: names,
// values, weights and the goal, two of them on one cell, one on the form.
func findings(fs []yardstick.Form) []official.Comment {
	var out []official.Comment
	add := func(f *yardstick.Form, cell, raw, severity string) {
		out = append(out, official.Comment{Sheet: f.Sheet, Cell: cell, Raw: raw, Severity: severity,
			Title: "性质与名称相反", Text: "“投诉率”越低越好，性质应为 ≤，现为 ≥ & <旧>。\n改为 ≤ 5%。"})
	}
	for i := range fs {
		f := &fs[i]
		add(f, "", "", official.Watch)
		add(f, f.Project.Cell, f.Project.Raw, official.Watch)
		add(f, f.Goal.Cell, f.Goal.Raw, official.Must)
		for j := range f.Lines {
			if l := &f.Lines[j]; j%2 == 0 {
				add(f, l.Cell, l.Name.Raw, official.Must)
				add(f, l.Cell, l.Name.Raw, official.Watch)
			} else {
				add(f, l.Target.Cell, l.Target.Raw, official.Watch)
			}
		}
	}
	return out
}

// sameForms compares what is read from a file and from its annotated copy, file
// names apart.
func sameForms(t *testing.T, name string, before, after forms.Result) {
	t.Helper()
	strip := func(fs []yardstick.Form) []yardstick.Form {
		for i := range fs {
			fs[i].File = ""
		}
		return fs
	}
	if diff := cmp.Diff(strip(before.Forms), strip(after.Forms), cmp.Comparer(func(a, b yardstick.Measure) bool { return a.Raw == b.Raw && a.Cell == b.Cell })); diff != "" {
		t.Errorf("%s: the copy reads differently (-file +copy):\n%s", name, diff)
	}
}

func TestAnnotatedSharedForms(t *testing.T) {
	entries, err := os.ReadDir(sharedForms)
	if err != nil {
		t.Skipf("shared forms are not there: %v", err)
	}
	kept := 0
	for _, e := range entries {
		ext := filepath.Ext(e.Name())
		if ext != ".xlsx" && ext != ".docx" {
			continue
		}
		data, err := os.ReadFile(filepath.Join(sharedForms, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		grids, err := grid.Read(t.Context(), e.Name(), data, grid.Options{})
		if err != nil {
			t.Logf("%s: %v", e.Name(), err)
			continue
		}
		before := forms.ReadFile(grids)
		out, name, err := official.Annotate(t.Context(), e.Name(), data, findings(before.Forms))
		if err != nil {
			t.Errorf("%s: %v", e.Name(), err)
			continue
		}
		if filepath.Ext(name) == ext && strings.HasSuffix(strings.TrimSuffix(name, ext), "_批注") {
			kept++
		} else {
			t.Errorf("%s: the copy is called %s", e.Name(), name)
		}
		again, err := grid.Read(t.Context(), name, out, grid.Options{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		sameForms(t, e.Name(), before, forms.ReadFile(again))
	}
	t.Logf("%d files keep their kind", kept)
}

// parts unpacks a package.
func parts(t testing.TB, data []byte) map[string]string {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range r.File {
		rc, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(rc)
		rc.Close()
		if err != nil {
			t.Fatal(err)
		}
		out[f.Name] = string(text)
	}
	return out
}

// TestAnnotationTouchesLittle holds every part of a workbook or document to what
// it was, but for those that comments, fills and the list of parts stand in.
func TestAnnotationTouchesLittle(t *testing.T) {
	entries, err := os.ReadDir(sharedForms)
	if err != nil {
		t.Skipf("shared forms are not there: %v", err)
	}
	may := regexp.MustCompile(`\.rels$|^\[Content_Types\]|workbook\.xml$|worksheets/|styles\.xml$|comments|vmlDrawing|word/document\.xml$`)
	for _, e := range entries {
		if ext := filepath.Ext(e.Name()); ext != ".xlsx" && ext != ".docx" {
			continue
		}
		data, err := os.ReadFile(filepath.Join(sharedForms, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		grids, err := grid.Read(t.Context(), e.Name(), data, grid.Options{})
		if err != nil {
			continue
		}
		out, _, err := official.Annotate(t.Context(), e.Name(), data, findings(forms.ReadFile(grids).Forms))
		if err != nil {
			t.Errorf("%s: %v", e.Name(), err)
			continue
		}
		got := parts(t, out)
		for name, want := range parts(t, data) {
			if text, ok := got[name]; !ok || text != want && !may.MatchString(name) {
				t.Errorf("%s: part %s is gone or changed", e.Name(), name)
			}
		}
	}
}
