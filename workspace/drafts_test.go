package workspace_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yardstick"
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
	back, err := w.UndoDraft(t.Context(), d.ID, false)
	if err != nil || len(back.Body.Lines) != 0 || !back.CanRedo || back.CanUndo {
		t.Errorf("undo: %+v, %v", back, err)
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
