package workspace

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"

	"yardstick/indicators/library"
	"yardstick/store"
)

// libraryState is the library in force with what is known of its history. It
// is not changed once it is made.
type libraryState struct {
	*library.Library
	version int
	origin  map[string]string        // id → edited or own; the shipped ones are left out
	retired map[string]library.Entry // id → as it was
	changes []store.LibraryChange    // all, in order
}

// loadLibrary lays the changes of the warehouse over the shipped library.
func (w *Workspace) loadLibrary(ctx context.Context) error {
	changes, err := w.store.Changes(ctx)
	if err != nil {
		return err
	}
	state, err := newLibraryState(w.shipped, changes)
	if err != nil {
		return err
	}
	w.lib.Store(state)
	return nil
}

// newLibraryState is the library after changes.
func newLibraryState(shipped *library.Library, changes []store.LibraryChange) (*libraryState, error) {
	s := &libraryState{origin: map[string]string{}, retired: map[string]library.Entry{}, changes: changes}
	own := map[string]library.Entry{}
	for _, c := range changes {
		s.version = c.Version
		if c.After == "" {
			before, err := decodeEntry(c.Before)
			if err != nil {
				return nil, fmt.Errorf("library change %d: %w", c.ID, err)
			}
			delete(own, c.Entry)
			s.retired[c.Entry] = before
			continue
		}
		after, err := decodeEntry(c.After)
		if err != nil {
			return nil, fmt.Errorf("library change %d: %w", c.ID, err)
		}
		delete(s.retired, c.Entry)
		own[c.Entry] = after
	}
	var laid []library.Entry
	for id, e := range own {
		old, ok := shipped.ByID(id)
		switch {
		case !ok:
			s.origin[id] = "own"
		case len(fieldChanges(old, e)) > 0:
			s.origin[id] = "edited"
		}
		laid = append(laid, e)
	}
	gone := make([]string, 0, len(s.retired))
	for id := range s.retired {
		gone = append(gone, id)
	}
	s.Library = shipped.With(laid, gone)
	return s, nil
}

// encodeEntry is an entry as the warehouse keeps it: its columns by name, empty
// ones left out.
func encodeEntry(e library.Entry) (string, error) {
	columns := map[string]string{}
	for _, c := range library.Columns() {
		if v := e.Get(c); v != "" {
			columns[c] = v
		}
	}
	b, err := json.Marshal(columns)
	return string(b), err
}

func decodeEntry(text string) (library.Entry, error) {
	var columns map[string]string
	var e library.Entry
	if err := json.Unmarshal([]byte(text), &columns); err != nil {
		return e, fmt.Errorf("read entry: %w", err)
	}
	for _, c := range library.Columns() { // in order: level2 depends on level1
		if v, ok := columns[c]; ok {
			if err := e.Set(c, v); err != nil {
				return e, fmt.Errorf("read entry %s: %w", columns["id"], err)
			}
		}
	}
	return e, nil
}

// fieldChanges are the columns in which two entries differ.
func fieldChanges(from, to library.Entry) []FieldChange {
	var out []FieldChange
	for _, c := range library.Columns() {
		if a, b := from.Get(c), to.Get(c); a != b {
			out = append(out, FieldChange{Field: c, Label: library.Label(c), From: a, To: b})
		}
	}
	return out
}

// entry words a library entry as the contract prints it.
func (s *libraryState) entry(e library.Entry) Entry {
	level1, level2 := e.OldFrame()
	_, retired := s.retired[e.ID]
	return Entry{
		ID: e.ID, Name: e.Name, Aliases: list(e.Aliases), Level1: e.Level1, Level2: e.Level2, OldLevel1: level1, OldLevel2: level2,
		Sector: e.Sector, Function: list(e.Function), ProjectTypes: list(e.ProjectTypes), Meaning: e.Meaning, Formula: e.Formula,
		Unit: e.Unit, Direction: string(e.Direction), TemporalType: string(e.TemporalType), Comparison: string(e.Comparison),
		WeightRange: e.Weight.String(), DataSource: e.DataSource, Taking: e.Taking, Scoring: e.Scoring, Evidence: e.Evidence,
		Keywords: list(e.Keywords), Note: e.Note, SourceStatus: e.SourceStatus,
		Origin: cmp.Or(s.origin[e.ID], "shipped"), Retired: retired,
	}
}

// list is s for the contract, which has no null lists.
func list(s []string) []string {
	if s == nil {
		return []string{}
	}
	return s
}
