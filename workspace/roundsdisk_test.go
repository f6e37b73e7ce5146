//go:build linux

package workspace_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"yardstick"
	"yardstick/workspace"
)

// TestRoundFullDisk reviews onto a small disk of its own: a round that does not
// fit is refused as Full and leaves nothing, one that fits goes through, and a
// draft that finds no room keeps what it had.
func TestRoundFullDisk(t *testing.T) {
	dir := t.TempDir()
	w := openAt(t, dir)
	defer w.Close()
	for _, name := range []string{"rounds", "drafts"} {
		at := filepath.Join(dir, name)
		if err := os.Mkdir(at, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := unix.Mount("tmpfs", at, "tmpfs", 0, "size=128k"); err != nil {
			t.Skipf("a disk that fills up needs the right to mount one: %v", err)
		}
		t.Cleanup(func() { unix.Unmount(at, unix.MNT_DETACH) })
	}
	big := targetCSV("甲", "≥1个") + strings.Repeat(",,,,\n", 50_000)
	small := upload("小.csv", targetCSV("甲", "≥1个"))
	_, err := w.ReviewForms(t.Context(), workspace.ReviewRequest{Uploads: []workspace.Upload{small, upload("大.csv", big)}})
	kind(t, err, yardstick.Full)
	if names, _ := os.ReadDir(filepath.Join(dir, "rounds")); len(names) != 0 {
		t.Errorf("a round that did not fit left %v", names)
	}
	if round, err := w.ReviewForms(t.Context(), workspace.ReviewRequest{Uploads: []workspace.Upload{small}}); err != nil || len(round.Items) != 1 {
		t.Errorf("a round that fits: %d items, %v", len(round.Items), err)
	}

	d, err := w.StartDraft(t.Context(), workspace.DraftStart{Body: workspace.DraftBody{Project: "甲"}})
	if err != nil {
		t.Fatal(err)
	}
	body := d.Body
	for range maxSaves {
		body.Goal = strings.Repeat("目标", 1900) + strings.Repeat("。", d.Revision%50)
		var next workspace.Draft
		if next, err = w.SaveDraft(t.Context(), d.ID, workspace.DraftSave{Revision: d.Revision, Body: body}); err != nil {
			break
		}
		d = next
	}
	kind(t, err, yardstick.Full)
	if v, err := w.Draft(t.Context(), d.ID); err != nil || v.Revision != d.Revision || v.Body.Goal != d.Body.Goal {
		t.Errorf("on the full disk: revision %d, %v, want %d", v.Revision, err, d.Revision)
	}
	if _, err := w.Overview(t.Context()); err != nil {
		t.Errorf("the warehouse minds: %v", err)
	}
}

const maxSaves = 1000
