//go:build duckdb_arrow

package store

import (
	"testing"

	"yardstick"
)

// TestIDsThatAreNoText holds that ids and filters in another encoding are not
// found, like any other unknown one; the driver fails on them.
func TestIDsThatAreNoText(t *testing.T) {
	s := openTest(t)
	const id = "f\xff\xc5"
	if _, err := s.Form(t.Context(), id); err == nil || yardstick.KindOf(err) != yardstick.NotFound {
		t.Errorf("form: %v, want not found", err)
	}
	if _, _, err := s.Batch(t.Context(), id); err == nil || yardstick.KindOf(err) != yardstick.NotFound {
		t.Errorf("batch: %v, want not found", err)
	}
	if page, total, err := s.Forms(t.Context(), FormFilter{Text: id, Department: id, Sector: id, Kind: id}); err != nil || total != 0 || len(page) != 0 {
		t.Errorf("forms: %d, %v, want none", total, err)
	}
}
