package workspace_test

import (
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"testing"

	"yardstick/workspace"
)

// TestUpgrade opens a warehouse of the first structure, which had no library of
// its own: testdata/warehouse-0001.duckdb.gz holds testdata/demo/文化旅游局 and
// testdata/demo/教育局/2018 as the program before migration 0002 stored them.
// Every form is there, and names, decisions and changes work on them.
func TestUpgrade(t *testing.T) {
	const forms, lines = 5, 41
	dir := t.TempDir()
	unpack(t, "testdata/warehouse-0001.duckdb.gz", filepath.Join(dir, "warehouse.duckdb"))
	ctx := t.Context()
	open := func() *workspace.Workspace {
		t.Helper()
		w, err := workspace.Open(ctx, workspace.Options{Dir: dir})
		if err != nil {
			t.Fatal(err)
		}
		return w
	}
	w := open()
	o, err := w.Overview(ctx)
	if err != nil || o.Forms != forms || o.Lines != lines {
		t.Errorf("%d forms with %d lines, %v; want %d and %d", o.Forms, o.Lines, err, forms, lines)
	}
	goals := 0
	if err := w.EachForm(ctx, workspace.FormQuery{}, func(f workspace.Form) error {
		if f.Goal != nil && *f.Goal == "开展送文化下乡、文化礼堂建设与免费开放" {
			goals++
		}
		return nil
	}); err != nil || goals != 1 {
		t.Errorf("the goal of 公共文化服务 is on %d forms, %v; want 1", goals, err)
	}
	list, err := w.Library(ctx, workspace.LibraryQuery{Used: "yes"})
	if err != nil || list.Total == 0 {
		t.Fatalf("%d entries in use, %v", list.Total, err)
	}
	names, err := w.Names(ctx, workspace.NameQuery{State: "matched", Limit: 1})
	if err != nil || len(names.Names) == 0 {
		t.Fatalf("no name is matched, %v", err)
	}
	name := names.Names[0]
	if _, err := w.Decide(ctx, []workspace.Decision{{Name: name.Name, Sector: name.Sector, Verdict: "none"}}); err != nil {
		t.Error(err)
	}
	if _, err := w.EditEntry(ctx, workspace.EntryEdit{ID: name.Entry, Set: map[string]string{"note": "升级后改的"}}); err != nil {
		t.Error(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	w = open()
	defer w.Close()
	if v, err := w.Indicator(ctx, name.Entry); err != nil || v.Note != "升级后改的" {
		t.Errorf("after opening again the note is %q, %v", v.Note, err)
	}
	if got, err := w.Decisions(ctx, 0, 0); err != nil || len(got) != 1 {
		t.Errorf("after opening again there are %d decisions, %v; want 1", len(got), err)
	}
}

func unpack(t *testing.T, from, to string) {
	t.Helper()
	in, err := os.Open(from)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	r, err := gzip.NewReader(in)
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, b, 0o600); err != nil {
		t.Fatal(err)
	}
}
