package workspace_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"yardstick"
	"yardstick/workspace"
)

// open makes a workspace that is closed with the test.
func open(t *testing.T) *workspace.Workspace {
	t.Helper()
	ws, err := workspace.Open(t.Context(), workspace.Options{Dir: filepath.Join(t.TempDir(), "ws"), Create: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := ws.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return ws
}

// sample makes a workspace with the shipped forms.
func sample(t *testing.T) (*workspace.Workspace, workspace.IngestResult) {
	t.Helper()
	ws := open(t)
	res, err := ws.LoadSample(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return ws, res
}

// TestSample walks the whole path: forms, records, warehouse, index, suggestion.
func TestSample(t *testing.T) {
	ws, res := sample(t)
	if res.Batch == "" || res.Forms < 40 || res.Lines < 200 {
		t.Fatalf("loaded %d forms with %d lines as batch %q, want at least 40 and 200", res.Forms, res.Lines, res.Batch)
	}
	if r := res.Rows; r.Read != r.Clean+r.Warned+r.Rejected {
		t.Errorf("read %d rows, but clean %d + warned %d + rejected %d", r.Read, r.Clean, r.Warned, r.Rejected)
	}
	if got := res.Rows.Clean + res.Rows.Warned; got != res.Lines {
		t.Errorf("%d rows were to be stored, %d lines are", got, res.Lines)
	}
	again, err := ws.LoadSample(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if again.Batch != "" || again.Forms != 0 || again.Unchanged != res.Files {
		t.Errorf("the same again: batch %q, %d forms, %d unchanged, want none and %d", again.Batch, again.Forms, again.Unchanged, res.Files)
	}
	o, err := ws.Overview(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if o.Empty || !o.Sample || o.Forms != res.Forms || o.Lines != res.Lines || o.Library < 200 || len(o.RuleSets) == 0 {
		t.Errorf("overview: %+v, want the %d forms and %d lines loaded", o, res.Forms, res.Lines)
	}
	forms, lines := 0, 0
	if err := ws.EachForm(t.Context(), workspace.FormQuery{}, func(f workspace.Form) error {
		forms++
		lines += len(f.Lines)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if forms != res.Forms || lines != res.Lines {
		t.Errorf("EachForm gave %d forms with %d lines, want %d and %d", forms, lines, res.Forms, res.Lines)
	}
}

// TestSuggestEvidence holds every suggestion to its evidence: numbers with
// their n, similar projects that exist and use the indicator.
func TestSuggestEvidence(t *testing.T) {
	ws, _ := sample(t)
	res, err := ws.Suggest(t.Context(), workspace.SuggestRequest{Project: "农村公路养护工程", Department: "交通运输局"})
	if err != nil {
		t.Fatal(err)
	}
	if len(res.Suggestions) == 0 {
		t.Fatal("no suggestion")
	}
	if res.Basis.Sector != "交通运输" {
		t.Errorf("functional class %q, want 交通运输", res.Basis.Sector)
	}
	for _, s := range res.Suggestions {
		if s.Why.Sentence == "" {
			t.Errorf("%s: no reason", s.Name)
		}
		if s.Target.Median != nil && s.Target.N < 3 || s.Weight.Median != nil && s.Weight.N < 3 {
			t.Errorf("%s: a median over fewer than three values", s.Name)
		}
		for _, p := range s.Why.Similar {
			if _, err := ws.Form(t.Context(), p.FormID); err != nil {
				t.Errorf("%s: evidence %s: %v", s.Name, p.FormID, err)
			}
		}
	}
	if _, err := ws.Suggest(t.Context(), workspace.SuggestRequest{Project: " "}); yardstick.KindOf(err) != yardstick.Invalid {
		t.Errorf("no project name: %v, want an error of kind invalid", err)
	}
}

// TestSearchFollowsTheWarehouse finds names and cases as soon as they are
// stored, and again after the index was lost.
func TestSearchFollowsTheWarehouse(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "ws")
	ws, err := workspace.Open(t.Context(), workspace.Options{Dir: dir, Create: true})
	if err != nil {
		t.Fatal(err)
	}
	count := func(kind string) int {
		t.Helper()
		r, err := ws.Search(t.Context(), workspace.SearchQuery{Text: "公路", Type: kind})
		if err != nil {
			t.Fatal(err)
		}
		return r.Total
	}
	if n := count("case"); n != 0 {
		t.Fatalf("%d cases in an empty workspace", n)
	}
	if n := count("indicator"); n == 0 {
		t.Error("the shipped library has nothing on 公路")
	}
	if _, err := ws.LoadSample(t.Context()); err != nil {
		t.Fatal(err)
	}
	cases := count("case")
	if cases == 0 {
		t.Fatal("no case on 公路 after loading the sample")
	}
	if err := ws.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(filepath.Join(dir, "index")); err != nil {
		t.Fatal(err)
	}
	if ws, err = workspace.Open(t.Context(), workspace.Options{Dir: dir}); err != nil {
		t.Fatal(err)
	}
	defer ws.Close()
	if n := count("case"); n != cases {
		t.Errorf("%d cases after the index was lost, want %d", n, cases)
	}
}

// TestFormShowsEveryField holds a form's page to raw text and cells.
func TestFormShowsEveryField(t *testing.T) {
	ws, res := sample(t)
	var ids []string
	for _, f := range res.PerFile {
		ids = append(ids, f.FormIDs...)
	}
	for _, id := range ids {
		v, err := ws.Form(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		if !v.Sample || v.ProjectWhy == "" || len(v.View) != len(v.Lines) {
			t.Errorf("%s: sample %v, why %q, %d of %d lines", v.File, v.Sample, v.ProjectWhy, len(v.View), len(v.Lines))
		}
		for _, l := range v.View {
			if l.Cells["name"].Raw == "" && l.Cells["name"].Value == "" {
				t.Errorf("%s: line %d has no name", v.File, l.Seq)
			}
		}
		if _, err := json.Marshal(v); err != nil {
			t.Errorf("%s: %v", v.File, err)
		}
	}
}

// TestIngestIsWholeOrAbsent cancels in the middle: nothing is stored.
func TestIngestIsWholeOrAbsent(t *testing.T) {
	ws := open(t)
	ctx, cancel := context.WithCancel(t.Context())
	_, err := ws.Ingest(ctx, workspace.IngestRequest{Paths: []string{"../testdata/demo"}, Source: "cli",
		Progress: func(p workspace.Progress) {
			if p.Done == 5 {
				cancel()
			}
		}})
	if err == nil {
		t.Fatal("a cancelled batch was stored")
	}
	list, err := ws.Batches(t.Context())
	if err != nil || len(list) != 0 {
		t.Errorf("%d batches after cancelling, %v; want none", len(list), err)
	}
}

func TestIngestMessages(t *testing.T) {
	ws := open(t)
	_, err := ws.Ingest(t.Context(), workspace.IngestRequest{Paths: []string{"no/such/file.xlsx"}})
	if yardstick.KindOf(err) != yardstick.NotFound || !strings.Contains(err.Error(), "no/such/file.xlsx") {
		t.Errorf("missing file: %v", err)
	}
	if _, err = ws.Ingest(t.Context(), workspace.IngestRequest{Paths: []string{t.TempDir()}}); yardstick.KindOf(err) != yardstick.Invalid {
		t.Errorf("empty folder: %v", err)
	}
}

// TestEachFormDoubt streams the forms that the list of doubtful forms names.
func TestEachFormDoubt(t *testing.T) {
	ws, _ := sample(t)
	list, err := ws.Forms(t.Context(), workspace.FormQuery{Doubt: true, Limit: 1000})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]bool{}
	for _, h := range list.Forms {
		want[h.ID] = true
	}
	if len(want) == 0 {
		t.Fatal("no doubtful form in the sample")
	}
	n := 0
	if err := ws.EachForm(t.Context(), workspace.FormQuery{Doubt: true}, func(f workspace.Form) error {
		n++
		if !want[f.ID] {
			t.Errorf("%s is not on the list of doubtful forms", f.ID)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if n != len(want) {
		t.Errorf("%d forms streamed, %d on the list", n, len(want))
	}
}

// TestSecondBatchIsFound adds a form to an open index and finds its name and
// project beside what was there.
func TestSecondBatchIsFound(t *testing.T) {
	ws, _ := sample(t)
	find := func(text, kind string) int {
		t.Helper()
		r, err := ws.Search(t.Context(), workspace.SearchQuery{Text: text, Type: kind})
		if err != nil {
			t.Fatal(err)
		}
		return r.Total
	}
	before := find("公路", "case")
	const form = "项目支出绩效目标表\n项目名称,琉璃瓦修缮工程\n一级指标,二级指标,三级指标,指标值,分值\n产出指标,数量指标,琉璃瓦更换片数,≥300片,50\n"
	name := filepath.Join(t.TempDir(), "a.csv")
	if err := os.WriteFile(name, []byte(form), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := ws.Ingest(t.Context(), workspace.IngestRequest{Paths: []string{name}, Source: "cli"}); err != nil {
		t.Fatal(err)
	}
	if n := find("琉璃瓦更换片数", "name"); n == 0 {
		t.Error("the name of the second batch is not found")
	}
	if n := find("琉璃瓦修缮", "case"); n == 0 {
		t.Error("the project of the second batch is not found")
	}
	if n := find("公路", "case"); n != before {
		t.Errorf("%d cases on 公路 after the second batch, want %d", n, before)
	}
}
