package workspace_test

import (
	"sync"
	"testing"

	"yardstick/workspace"
)

// TestRoundKey holds that a request that is repeated with its key makes one
// round, also when both come at once, and that a deleted round can be made again.
func TestRoundKey(t *testing.T) {
	w := openAt(t, t.TempDir())
	defer w.Close()
	ask := func(key string) workspace.ReviewRound {
		r, err := w.ReviewForms(t.Context(), workspace.ReviewRequest{Key: key, Uploads: []workspace.Upload{upload("养护.csv", targetCSV("农村公路养护", "≥120公里"))}})
		if err != nil {
			t.Error(err)
		}
		return r
	}
	got := make([]workspace.ReviewRound, 4)
	var wg sync.WaitGroup
	for i := range got {
		wg.Go(func() { got[i] = ask("budget-2025-1") })
	}
	wg.Wait()
	for _, r := range got {
		if r.ID == "" || r.ID != got[0].ID || len(r.Items) != 1 {
			t.Errorf("round %q of %d forms, want %q of 1", r.ID, len(r.Items), got[0].ID)
		}
	}
	if other := ask("budget-2025-2"); other.ID == got[0].ID {
		t.Error("another key gives the same round")
	}
	if a, b := ask(""), ask(""); a.ID == b.ID {
		t.Error("without a key two requests give one round")
	}
	if list, err := w.Rounds(t.Context()); err != nil || len(list) != 4 {
		t.Errorf("%d rounds, %v; want 4", len(list), err)
	}
	if err := w.DeleteRound(t.Context(), got[0].ID); err != nil {
		t.Fatal(err)
	}
	if again := ask("budget-2025-1"); again.ID != got[0].ID || len(again.Items) != 1 {
		t.Errorf("after deletion %+v", again)
	}
}
