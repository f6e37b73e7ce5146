package workspace_test

import (
	"testing"

	"yardstick"
	"yardstick/workspace"
)

// TestTooManyLines holds that what grows with the square of the lines is refused
// before it is computed, also for bodies that are not kept.
func TestTooManyLines(t *testing.T) {
	w := openAt(t, t.TempDir())
	defer w.Close()
	lines := make([]workspace.DraftLine, 201)
	for i := range lines {
		lines[i] = workspace.DraftLine{Level1: "产出指标", Level2: "数量指标", Name: "养护里程"}
	}
	for name, ask := range map[string]func(n int) error{
		"review": func(n int) error {
			_, err := w.ReviewDraft(t.Context(), workspace.DraftBody{Lines: lines[:n]})
			return err
		},
		"weigh": func(n int) error {
			_, err := w.Weigh(t.Context(), workspace.WeighRequest{Lines: lines[:n]})
			return err
		},
		"start": func(n int) error {
			_, err := w.StartDraft(t.Context(), workspace.DraftStart{Body: workspace.DraftBody{Lines: lines[:n]}})
			return err
		},
	} {
		if err := ask(200); err != nil {
			t.Errorf("%s of 200 lines: %v", name, err)
		}
		if err := ask(201); yardstick.KindOf(err) != yardstick.Invalid {
			t.Errorf("%s of 201 lines: %v, want it refused", name, err)
		}
	}
}
