package library

import (
	"slices"
	"strings"
)

// With returns the library with own laid over it: an entry of own replaces the
// one with its id or is added. Entries whose ids are in retired are left out;
// they stay in templates, which Load checked, but ByID no longer finds them.
// The library itself is not changed.
func (l *Library) With(own []Entry, retired []string) *Library {
	entries := make(map[string]Entry, len(l.entries)+len(own))
	for _, e := range l.entries {
		entries[e.ID] = e
	}
	for _, e := range own {
		entries[e.ID] = e
	}
	for _, id := range retired {
		delete(entries, id)
	}
	out := &Library{
		entries: make([]Entry, 0, len(entries)), byID: make(map[string]int, len(entries)),
		sectors: l.sectors, functions: l.functions, types: l.types, typeNamed: l.typeNamed,
	}
	for _, e := range entries {
		out.entries = append(out.entries, e)
	}
	slices.SortFunc(out.entries, func(a, b Entry) int { return strings.Compare(a.ID, b.ID) })
	for i, e := range out.entries {
		out.byID[e.ID] = i
	}
	return out
}
