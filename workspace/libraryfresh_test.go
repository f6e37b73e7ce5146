package workspace_test

import (
	"slices"
	"strings"
	"testing"

	"yardstick/workspace"
)

// TestIndexFollowsDecisions decides in a process that has not searched yet: the
// index that an earlier one left knows the entry as used.
func TestIndexFollowsDecisions(t *testing.T) {
	dir := t.TempDir()
	w := openAt(t, dir)
	ctx := t.Context()
	if _, err := w.LoadSample(ctx); err != nil {
		t.Fatal(err)
	}
	all, err := w.Names(ctx, workspace.NameQuery{Limit: 1000})
	if err != nil {
		t.Fatal(err)
	}
	stand := map[string]int{} // entry → names that stand for it
	for _, n := range all.Names {
		stand[n.Entry]++
	}
	at := slices.IndexFunc(all.Names, func(n workspace.NameRow) bool { return n.Entry != "" && stand[n.Entry] == 1 })
	if at < 0 {
		t.Fatal("no entry with one name only")
	}
	name := all.Names[at]
	used := func() bool {
		t.Helper()
		r, err := w.Search(ctx, workspace.SearchQuery{Text: name.EntryName, Type: "indicator", Used: "yes", Limit: 50})
		if err != nil {
			t.Fatal(err)
		}
		return slices.ContainsFunc(r.Hits, func(h workspace.Hit) bool { return h.ID == name.Entry })
	}
	if !used() {
		t.Fatalf("%s is not known as used", name.Entry)
	}
	reopen := func() {
		t.Helper()
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		w = openAt(t, dir)
	}
	reopen()
	done, err := w.Decide(ctx, []workspace.Decision{{Name: name.Name, Sector: name.Sector, Verdict: "none"}})
	if err != nil {
		t.Fatal(err)
	}
	if used() {
		t.Error("the index still counts the name that was decided away")
	}
	reopen()
	if used() {
		t.Error("the index of the next process counts it again")
	}
	if err := w.UndoDecision(ctx, done[0].ID, "page"); err != nil {
		t.Fatal(err)
	}
	if !used() {
		t.Error("the decision is taken back, the index does not know")
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestUndoMeetsNames: an undo must not give two entries of a class one name,
// and an undo that is taken back leaves the change standing.
func TestUndoMeetsNames(t *testing.T) {
	w := open(t)
	ctx := t.Context()
	class := map[string]string{"level1": "产出指标", "level2": "数量指标", "unit": "片"}
	add := func(name string) workspace.Change {
		t.Helper()
		class["name"] = name
		c, err := w.EditEntry(ctx, workspace.EntryEdit{Set: class})
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	first := add("琉璃瓦数量")
	renamed, err := w.EditEntry(ctx, workspace.EntryEdit{ID: first.Entry, Set: map[string]string{"name": "青瓦数量"}})
	if err != nil {
		t.Fatal(err)
	}
	second := add("琉璃瓦数量")
	if _, err := w.UndoChange(ctx, renamed.ID, "page"); err == nil {
		t.Fatal("two entries are called 琉璃瓦数量")
	}
	if _, err := w.UndoChange(ctx, second.ID, "page"); err != nil {
		t.Fatal(err)
	}
	undo, err := w.UndoChange(ctx, renamed.ID, "page")
	if err != nil {
		t.Fatal(err)
	}
	undone := func() bool {
		t.Helper()
		log, err := w.Changes(ctx, "", 0, 0)
		if err != nil {
			t.Fatal(err)
		}
		return log[slices.IndexFunc(log, func(c workspace.Change) bool { return c.ID == renamed.ID })].Undone
	}
	if !undone() {
		t.Error("the renaming is not marked as taken back")
	}
	if _, err := w.UndoChange(ctx, undo.ID, "page"); err != nil {
		t.Fatal(err)
	}
	if undone() {
		t.Error("the undo was taken back, but the renaming is still marked")
	}
	_, err = w.EditEntry(ctx, workspace.EntryEdit{ID: first.Entry, Set: map[string]string{"name": ""}})
	if err == nil || !strings.Contains(err.Error(), "指标名称") {
		t.Errorf("no name: %v, want a word about 指标名称", err)
	}
}
