package workspace

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	"yardstick"
	"yardstick/store"
)

// fewForms is up to how many forms are asked for one by one; above it, a pass
// over all is faster (a question takes about 3 ms).
const fewForms = 300

// formHeads are the heads of the forms in force that q finds.
func (w *Workspace) formHeads(ctx context.Context, q FormQuery) ([]FormHead, error) {
	page, _, err := w.store.Forms(ctx, store.FormFilter{Year: q.Year, Kind: q.Kind, Department: q.Department, Sector: q.Sector,
		Text: strings.TrimSpace(q.Text), Doubt: q.Doubt, Limit: q.Limit, Offset: q.Offset})
	return heads(page), err
}

// errEnough ends a pass over the forms.
var errEnough = errors.New("enough")

// wholeForms reads the forms of the given ids.
func (w *Workspace) wholeForms(ctx context.Context, ids map[string]bool) ([]candidate, error) {
	var out []candidate
	if len(ids) <= fewForms {
		for _, id := range slices.Sorted(maps.Keys(ids)) {
			s, err := w.store.Form(ctx, id)
			if yardstick.KindOf(err) == yardstick.NotFound && err != nil {
				continue // withdrawn meanwhile
			}
			if err != nil {
				return nil, err
			}
			out = append(out, candidate{form: s.Form, file: -1})
		}
		return out, nil
	}
	err := w.store.AllForms(ctx, func(s *store.Stored) error {
		if ids[s.ID] {
			out = append(out, candidate{form: s.Form, file: -1})
		}
		if len(out) == len(ids) {
			return errEnough
		}
		return ctx.Err()
	})
	if err != nil && !errors.Is(err, errEnough) {
		return nil, err
	}
	return out, nil
}
