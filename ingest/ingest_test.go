package ingest_test

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"yardstick"
	"yardstick/ingest"
)

// memory is a sink that keeps batches and knows what it was told.
type memory struct {
	batches []*yardstick.Batch
	known   map[string]string
	fail    error
}

func (m *memory) Known(context.Context, []string) (map[string]string, error) { return m.known, nil }

func (m *memory) Append(_ context.Context, b *yardstick.Batch) (yardstick.Outcome, error) {
	if m.fail != nil {
		return yardstick.Outcome{}, m.fail
	}
	m.batches = append(m.batches, b)
	return yardstick.Outcome{BatchID: "b1"}, nil
}

const form = "项目支出绩效目标表\n项目名称,农村公路养护\n一级指标,二级指标,三级指标,指标值,分值\n产出指标,数量指标,养护里程,≥300公里,50\n产出指标,质量指标,验收合格率,≥95%,40\n"

func source(name, text string) ingest.Source {
	return ingest.Source{Name: name, Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil }}
}

func TestRun(t *testing.T) {
	unreadable := ingest.Source{Name: "locked.xlsx", Open: func() (io.ReadCloser, error) { return nil, os.ErrPermission }}
	sources := []ingest.Source{source("a.csv", form), source("empty.xlsx", ""), unreadable, source("notes.txt", "会议记录\n一切正常\n")}
	sink := &memory{}
	var names []string
	res, err := ingest.Run(t.Context(), yardstick.Batch{Source: "cli"}, sources, sink, ingest.Options{
		Workers: 1, Progress: func(done, total int, name string) { names = append(names, name) },
		Label: func(f *yardstick.Form) { f.Sector = "交通运输" },
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(sink.batches) != 1 || len(res.Batch.Files) != 4 {
		t.Fatalf("%d batches with %d files, want one with 4", len(sink.batches), len(res.Batch.Files))
	}
	f := res.Batch.Files[0]
	if len(f.Forms) != 1 || len(f.Forms[0].Lines) != 2 || f.Forms[0].File != "a.csv" || f.Forms[0].Sector != "交通运输" {
		t.Errorf("a.csv: %+v", f.Forms)
	}
	for i, want := range map[int]yardstick.Code{1: yardstick.FileEmpty, 2: yardstick.FileMissing, 3: yardstick.FormNone} {
		got := res.Batch.Files[i].Rejected
		if len(got) != 1 || got[0].Code != want || got[0].File != sources[i].Name {
			t.Errorf("%s: %+v, want one rejection %s", sources[i].Name, got, want)
		}
	}
	if want := []string{"a.csv", "empty.xlsx", "locked.xlsx", "notes.txt"}; !slices.Equal(names, want) {
		t.Errorf("progress told %v, want %v", names, want)
	}
}

func TestRunSkipsKnownFiles(t *testing.T) {
	first := &memory{}
	res, err := ingest.Run(t.Context(), yardstick.Batch{}, []ingest.Source{source("a.csv", form)}, first, ingest.Options{})
	if err != nil {
		t.Fatal(err)
	}
	second := &memory{known: map[string]string{res.Batch.Files[0].Hash: "b1"}}
	res, err = ingest.Run(t.Context(), yardstick.Batch{}, []ingest.Source{source("b.csv", form)}, second, ingest.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if f := res.Batch.Files[0]; f.Hash == "" || len(f.Forms) != 0 || len(f.Rejected) != 0 {
		t.Errorf("a known file was read again: %+v", f)
	}
}

func TestRunStops(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	sink := &memory{}
	sources := slices.Repeat([]ingest.Source{source("a.csv", form)}, 50)
	_, err := ingest.Run(ctx, yardstick.Batch{}, sources, sink, ingest.Options{Progress: func(done, _ int, _ string) {
		if done == 3 {
			cancel()
		}
	}})
	if !errors.Is(err, context.Canceled) || len(sink.batches) != 0 {
		t.Errorf("cancelled: %v with %d batches, want context.Canceled and none", err, len(sink.batches))
	}
	full := &memory{fail: &yardstick.Error{Kind: yardstick.Full}}
	if _, err := ingest.Run(t.Context(), yardstick.Batch{}, sources[:1], full, ingest.Options{}); yardstick.KindOf(err) != yardstick.Full {
		t.Errorf("a full disk: %v, want its kind kept", err)
	}
}

func TestRunLimitsFiles(t *testing.T) {
	res, err := ingest.Run(t.Context(), yardstick.Batch{}, []ingest.Source{source("a.csv", form)}, &memory{}, ingest.Options{MaxBytes: 10})
	if err != nil {
		t.Fatal(err)
	}
	if got := res.Batch.Files[0].Rejected; len(got) != 1 || got[0].Code != yardstick.FileTooLarge {
		t.Errorf("%+v, want file.too_large", got)
	}
}

func TestPaths(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"b/2.xlsx", "a.csv", ".hidden/x.csv", "b/~$2.xlsx", "b/.DS_Store", "c.pdf"} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	sources, err := ingest.Paths([]string{dir, filepath.Join(dir, "a.csv")})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, s := range sources {
		got = append(got, strings.TrimPrefix(s.Name, filepath.ToSlash(dir)+"/"))
	}
	if want := []string{"a.csv", "b/2.xlsx", "c.pdf", "a.csv"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v: unreadable kinds stay, so that they are reported", got, want)
	}
}

// TestNothingLost holds every file of the project's forms to the identity
// read = stored + rejected, with the stored lines counted one by one.
func TestNothingLost(t *testing.T) {
	sources, err := ingest.Paths([]string{"../testdata/forms", "../testdata/demo", "../testdata/demo-problems"})
	if err != nil {
		t.Fatal(err)
	}
	files, err := ingest.Read(t.Context(), sources, nil, ingest.Options{})
	if err != nil {
		t.Fatal(err)
	}
	read := 0
	for _, f := range files {
		lines, inForms := 0, yardstick.Tally{}
		for _, form := range f.Forms {
			lines += len(form.Lines)
			inForms.Add(form.Rows)
		}
		r := f.Rows
		if r.Read != r.Clean+r.Warned+r.Rejected {
			t.Errorf("%s: read %d, clean %d + warned %d + rejected %d", f.Path, r.Read, r.Clean, r.Warned, r.Rejected)
		}
		if lines != r.Clean+r.Warned {
			t.Errorf("%s: %d lines, but %d rows are to be stored", f.Path, lines, r.Clean+r.Warned)
		}
		if len(f.Forms) == 0 && len(f.Rejected) == 0 {
			t.Errorf("%s: neither a form nor a reason", f.Path)
		}
		if inForms.Read > r.Read {
			t.Errorf("%s: forms count %d rows, the file %d", f.Path, inForms.Read, r.Read)
		}
		read += r.Read
	}
	if read < 1500 {
		t.Errorf("%d rows in all, want at least 1,500: is the test data there?", read)
	}
}
