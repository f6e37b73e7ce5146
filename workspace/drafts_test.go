package workspace_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yardstick"
	"yardstick/ingest/grid"
	"yardstick/workspace"
)

func TestDraftLife(t *testing.T) {
	dir := t.TempDir()
	w := openAt(t, dir)
	start := workspace.DraftStart{Key: "一次", Body: workspace.DraftBody{Project: "农村公路日常养护", Year: 2026}}
	d, err := w.StartDraft(t.Context(), start)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := w.StartDraft(t.Context(), start); err != nil || again.ID != d.ID {
		t.Errorf("same key: %s, %v, want %s", again.ID, err, d.ID)
	}
	weight := 10.0
	body := d.Body
	body.Lines = []workspace.DraftLine{{Level1: "产出指标", Level2: "数量指标", Name: "养护里程", Comparison: ">=", Target: "386", Unit: "公里", Weight: &weight}}
	saved, err := w.SaveDraft(t.Context(), d.ID, workspace.DraftSave{Revision: d.Revision, Body: body})
	if err != nil || saved.Revision != 2 || saved.Body.Lines[0].Comparison != "≥" {
		t.Fatalf("saved %+v, %v", saved, err)
	}
	if same, err := w.SaveDraft(t.Context(), d.ID, workspace.DraftSave{Revision: d.Revision, Body: body}); err != nil || same.Revision != 2 {
		t.Errorf("the same save again: revision %d, %v, want 2", same.Revision, err)
	}
	other := body
	other.Goal = "另一个窗口写的"
	kept, err := w.SaveDraft(t.Context(), d.ID, workspace.DraftSave{Revision: d.Revision, Body: other})
	var known *yardstick.Error
	if !errors.As(err, &known) || known.Kind != yardstick.Conflict || !strings.Contains(known.Msg, kept.ID) ||
		!strings.HasPrefix(known.Msg, "这份草稿刚在另一个窗口改过。你的改动已留作副本，比较两份。") {
		t.Errorf("conflict: %v", err)
	}
	if kept.CopyOf != d.ID || kept.Body.Goal != other.Goal {
		t.Errorf("copy %+v", kept)
	}
	if twice, _ := w.SaveDraft(t.Context(), d.ID, workspace.DraftSave{Revision: d.Revision, Body: other}); twice.ID != kept.ID {
		t.Errorf("the same conflict again made another copy: %s, want %s", twice.ID, kept.ID)
	}
	_, err = w.SaveDraft(t.Context(), d.ID, workspace.DraftSave{Revision: saved.Revision + 1, Body: other})
	if yardstick.KindOf(err) != yardstick.Invalid || !strings.Contains(err.Error(), "现在是第 2 版") {
		t.Errorf("a save on a revision that is not there yet: %v", err)
	}
	back, err := w.UndoDraft(t.Context(), d.ID, false)
	if err != nil || len(back.Body.Lines) != 0 || !back.CanRedo || back.CanUndo {
		t.Errorf("undo: %+v, %v", back, err)
	}
	if again, err := w.SaveDraft(t.Context(), d.ID, workspace.DraftSave{Revision: saved.Revision, Body: other}); yardstick.KindOf(err) != yardstick.Conflict || again.ID != kept.ID {
		// a copy of its own: what it was made on has been undone since
		if again.CopyOf != d.ID {
			t.Errorf("a save on a revision that was undone since: %v, %+v", err, again)
		}
		if _, err := w.DeleteDraft(t.Context(), again.ID, false); err != nil {
			t.Error(err)
		}
	}
	if _, err := w.UndoDraft(t.Context(), d.ID, false); yardstick.KindOf(err) != yardstick.Conflict {
		t.Errorf("nothing to undo: %v", err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	w = openAt(t, dir)
	defer w.Close()
	redone, err := w.UndoDraft(t.Context(), d.ID, true)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(body.Lines[0].Name, redone.Body.Lines[0].Name); diff != "" || redone.Revision != 2 {
		t.Errorf("redo after reopening: %s", diff)
	}
	if gone, err := w.DeleteDraft(t.Context(), d.ID, false); err != nil || gone.Deleted == nil {
		t.Errorf("put away: %+v, %v", gone, err)
	}
	heads, err := w.Drafts(t.Context(), false)
	if err != nil || len(heads) != 1 || heads[0].ID != kept.ID {
		t.Errorf("drafts %+v, %v, want only the copy", heads, err)
	}
	if _, err := w.SaveDraft(t.Context(), d.ID, workspace.DraftSave{Revision: 2, Body: other}); yardstick.KindOf(err) != yardstick.Conflict {
		t.Errorf("save of a draft put away: %v", err)
	}
	if d, err := w.DeleteDraft(t.Context(), d.ID, true); err != nil || d.Deleted != nil {
		t.Errorf("brought back: %+v, %v", d, err)
	}
}

// TestDraftsTogether starts, saves, moves, lists and exports drafts at once.
// Every save is in a draft or in a copy afterwards.
func TestDraftsTogether(t *testing.T) {
	w := open(t)
	const windows, saves = 4, 10
	var wg sync.WaitGroup
	var mu sync.Mutex
	saved := map[string]bool{} // goals
	ids := map[string]bool{}
	for i := range windows {
		wg.Go(func() {
			d, err := w.StartDraft(t.Context(), workspace.DraftStart{Key: "同一份", Body: workspace.DraftBody{Project: "甲"}})
			if err != nil {
				t.Error(err)
				return
			}
			mu.Lock()
			ids[d.ID] = true
			mu.Unlock()
			for n := range saves {
				body := d.Body
				body.Goal = fmt.Sprint("窗口", i, "第", n, "次")
				next, err := w.SaveDraft(t.Context(), d.ID, workspace.DraftSave{Revision: d.Revision, Body: body})
				if err != nil && yardstick.KindOf(err) != yardstick.Conflict {
					t.Error(err)
					return
				}
				if next.Body.Goal != body.Goal {
					t.Errorf("saved %q, got %q", body.Goal, next.Body.Goal)
				}
				mu.Lock()
				saved[body.Goal] = true
				mu.Unlock()
				d = next // after a conflict the window goes on with its copy
			}
			if _, err := w.ExportDraft(t.Context(), d.ID, "xlsx"); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Go(func() {
		for range 20 {
			if _, err := w.Drafts(t.Context(), false); err != nil {
				t.Error(err)
			}
		}
	})
	wg.Wait()
	if len(ids) != 1 {
		t.Errorf("one key made the drafts %v", ids)
	}
	heads, err := w.Drafts(t.Context(), false)
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range heads {
		for more := true; more; {
			v, err := w.Draft(t.Context(), h.ID)
			if err != nil {
				t.Fatal(err)
			}
			delete(saved, v.Body.Goal)
			if more = v.CanUndo; more {
				if _, err := w.UndoDraft(t.Context(), h.ID, false); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	if len(saved) > 0 {
		t.Errorf("saves that are nowhere: %v", saved)
	}
}

// TestSampleDraft holds that what was made of 示例数据 says so when it leaves.
func TestSampleDraft(t *testing.T) {
	w, _ := sample(t)
	d, err := w.StartDraft(t.Context(), workspace.DraftStart{Form: someForm(t, w, yardstick.Target).ID})
	if err != nil {
		t.Fatal(err)
	}
	for _, format := range []string{"xlsx", "docx"} {
		doc, err := w.ExportDraft(t.Context(), d.ID, format)
		if err != nil {
			t.Fatal(err)
		}
		grids, err := grid.Read(t.Context(), doc.Name, doc.Data, grid.Options{})
		if err != nil {
			t.Fatal(err)
		}
		said := false
		for _, g := range grids {
			said = said || strings.Contains(strings.Join(g.Heading, " "), "示例数据")
			for _, c := range g.Cells {
				said = said || strings.Contains(c.Text, "示例数据")
			}
		}
		if !said {
			t.Errorf("%s does not say 示例数据", doc.Name)
		}
	}
	_, err = w.ExportDraft(t.Context(), d.ID, "pdf")
	kind(t, err, yardstick.Invalid)
}

// TestDamagedDraft holds that a damaged draft is refused, named on the overview,
// and comes back without what was damaged.
func TestDamagedDraft(t *testing.T) {
	dir := t.TempDir()
	w := openAt(t, dir)
	d, err := w.StartDraft(t.Context(), workspace.DraftStart{Body: workspace.DraftBody{Project: "甲"}})
	if err != nil {
		t.Fatal(err)
	}
	body := d.Body
	body.Goal = "第二版"
	if _, err := w.SaveDraft(t.Context(), d.ID, workspace.DraftSave{Revision: 1, Body: body}); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(dir, "drafts", d.ID+".jsonl")
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	data[len(data)-5] ^= 1
	if err := os.WriteFile(name, data, 0o600); err != nil {
		t.Fatal(err)
	}
	w = openAt(t, dir)
	defer w.Close()
	_, err = w.Draft(t.Context(), d.ID)
	kind(t, err, yardstick.Invalid)
	lost, err := w.DamagedDrafts(t.Context())
	if err != nil || len(lost) != 1 || !strings.Contains(lost[0], d.ID) {
		t.Errorf("damaged %q, %v", lost, err)
	}
	if o, err := w.Overview(t.Context()); err != nil || len(o.Todo) != 1 || !strings.Contains(o.Todo[0].Matter, "草稿") {
		t.Errorf("todo %+v, %v", o.Todo, err)
	}
	back, err := w.DeleteDraft(t.Context(), d.ID, true)
	if err != nil || back.Revision != 1 || back.Body.Project != "甲" {
		t.Errorf("brought back %+v, %v", back, err)
	}
	if lost, _ := w.DamagedDrafts(t.Context()); len(lost) != 0 {
		t.Errorf("still damaged: %q", lost)
	}
}
