//go:build duckdb_arrow

package store

import (
	"context"
	"fmt"

	"yardstick"
)

// maxPast is how many earlier forms of a project are of use; few projects have
// a dozen.
const maxPast = 20

// Past returns the forms in force of the project that f is about, without f
// itself: those of earlier years, the latest first, or all of them if f has no
// year. f need not be stored: agency and project say which project it is
// (docs/data-model.md). A form without either has no past.
func (s *Store) Past(ctx context.Context, f *yardstick.Form) ([]FormHead, error) {
	g, err := s.places()
	if err != nil {
		return nil, fmt.Errorf("store.Past: %w", err)
	}
	id := identify(g, f, "")
	if id.agency == "" || id.project == "" {
		return nil, nil
	}
	year := 0
	if f.Year.Known {
		year = int(f.Year.Value)
	}
	h, err := s.heads(ctx, "past", named("project_id", id.projectID), named("year", year), named("form_id", f.ID), named("limit", maxPast))
	if err != nil {
		return nil, fmt.Errorf("store.Past: %w", err)
	}
	return h, nil
}
