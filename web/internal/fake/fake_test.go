package fake_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"yardstick"
	"yardstick/web/internal/fake"
	"yardstick/workspace"
)

// TestSampleDraft holds the made-up draft together: sums, offsets and findings
// are those of its lines, and pressing a fix takes its finding away.
func TestSampleDraft(t *testing.T) {
	ws, ctx := fake.New(fake.Loaded), t.Context()
	heads, err := ws.Drafts(ctx, false)
	if err != nil || len(heads) != 3 {
		t.Fatalf("%d drafts, %v", len(heads), err)
	}
	v, err := ws.Draft(ctx, "d-0001")
	if err != nil {
		t.Fatal(err)
	}
	if len(v.Body.Lines) != 8 || len(v.Values) != 8 || v.Total != 88 || v.Review.Must != 1 || v.Review.Watch < 3 {
		t.Errorf("%d lines, %d values, %v points, %d + %d findings", len(v.Body.Lines), len(v.Values), v.Total, v.Review.Must, v.Review.Watch)
	}
	open := 0
	for _, task := range v.Tasks {
		if got := string([]rune(v.Body.Goal)[task.From:task.To]); got != task.Text || utf8.RuneCountInString(got) != task.To-task.From {
			t.Errorf("task %q lies at %q", task.Text, got)
		}
		if len(task.Lines) == 0 {
			open++
		}
	}
	if len(v.Tasks) != 6 || open != 2 {
		t.Errorf("%d tasks, %d open; want 6 and 2", len(v.Tasks), open)
	}
	body := v.Body
	for _, f := range v.Review.Findings {
		if f.Fix == nil {
			continue
		}
		l := &body.Lines[f.Line-1]
		for field, value := range f.Fix.Set {
			switch field {
			case "comparison":
				l.Comparison = value
			case "target":
				l.Target = value
			case "name":
				l.Name = value
			case "unit":
				l.Unit = value
			}
		}
	}
	if after, err := ws.ReviewDraft(ctx, body); err != nil || after.Must != 0 || after.Watch != 1 {
		t.Errorf("after all fixes %d + %d findings, want only the sum of weights: %v", after.Must, after.Watch, err)
	}
}

// TestDraftsRemember saves, meets a conflict, undoes, redoes, puts away and
// brings back.
func TestDraftsRemember(t *testing.T) {
	ws, ctx := fake.New(fake.Empty), t.Context()
	start := workspace.DraftStart{Key: "k", Body: workspace.DraftBody{Project: "甲"}}
	d, err := ws.StartDraft(ctx, start)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := ws.StartDraft(ctx, start); err != nil || again.ID != d.ID {
		t.Errorf("the same key gives %s, %v; want %s", again.ID, err, d.ID)
	}
	body := d.Body
	body.Project = "乙"
	saved, err := ws.SaveDraft(ctx, d.ID, workspace.DraftSave{Revision: d.Revision, Body: body})
	if err != nil || saved.Body.Project != "乙" || !saved.CanUndo {
		t.Fatalf("%+v, %v", saved, err)
	}
	if same, err := ws.SaveDraft(ctx, d.ID, workspace.DraftSave{Revision: d.Revision, Body: body}); err != nil || same.Revision != saved.Revision {
		t.Errorf("the same save again: revision %d, %v", same.Revision, err)
	}
	body.Project = "丙"
	kept, err := ws.SaveDraft(ctx, d.ID, workspace.DraftSave{Revision: d.Revision, Body: body})
	heads, lerr := ws.Drafts(ctx, false)
	if yardstick.KindOf(err) != yardstick.Conflict || lerr != nil || len(heads) != 2 || heads[0].CopyOf != d.ID || kept.ID != heads[0].ID || !strings.Contains(err.Error(), heads[0].ID) {
		t.Errorf("a stale save: %v, list %+v", err, heads)
	}
	if back, err := ws.UndoDraft(ctx, d.ID, false); err != nil || back.Body.Project != "甲" || !back.CanRedo {
		t.Errorf("undo: %+v, %v", back, err)
	}
	if _, err := ws.UndoDraft(ctx, d.ID, false); yardstick.KindOf(err) != yardstick.Conflict {
		t.Errorf("undo of nothing: %v", err)
	}
	if forth, err := ws.UndoDraft(ctx, d.ID, true); err != nil || forth.Body.Project != "乙" {
		t.Errorf("redo: %+v, %v", forth, err)
	}
	if gone, err := ws.DeleteDraft(ctx, d.ID, false); err != nil || gone.Deleted == nil {
		t.Errorf("delete: %+v, %v", gone, err)
	}
	if back, err := ws.DeleteDraft(ctx, d.ID, true); err != nil || back.Deleted != nil {
		t.Errorf("restore: %+v, %v", back, err)
	}
}

// TestRounds holds that every state shows forms worst first.
func TestRounds(t *testing.T) {
	for state, want := range map[fake.State]int{fake.Loaded: 5, fake.Long: 1000} {
		ws := fake.New(state)
		r, err := ws.Round(t.Context(), "rv-0001")
		if err != nil || len(r.Items) != want {
			t.Fatalf("%s: %d forms, %v", state, len(r.Items), err)
		}
		ids := map[string]bool{}
		for i, it := range r.Items {
			if i > 0 && (it.Must > r.Items[i-1].Must || it.Must == r.Items[i-1].Must && it.Points < r.Items[i-1].Points) {
				t.Errorf("%s: form %d with %d and %v points is worse than the one before it", state, i, it.Must, it.Points)
			}
			ids[it.ID] = true
		}
		if len(ids) != want {
			t.Errorf("%s: %d ids for %d forms", state, len(ids), want)
		}
	}
}
