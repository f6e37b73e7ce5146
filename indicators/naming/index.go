package naming

import (
	"cmp"
	"fmt"
	"slices"

	"yardstick/indicators/library"
)

// index holds what Match needs of the entries. It is not changed once built.
type index struct {
	model   model
	entries []library.Entry
	byID    map[string]int
	byKey   map[string][]int // key of a name or alias → entries
}

type model struct{ threshold float64 }

func newIndex(entries []library.Entry) (*index, error) {
	x := &index{model: model{threshold: 0.7}, entries: slices.Clone(entries), byID: make(map[string]int), byKey: make(map[string][]int)}
	slices.SortFunc(x.entries, func(a, b library.Entry) int { return cmp.Compare(a.ID, b.ID) })
	for i, e := range x.entries {
		if e.ID == "" || e.Name == "" {
			return nil, fmt.Errorf("naming: entry %d: got id %q and name %q, want both", i+1, e.ID, e.Name)
		}
		if _, dup := x.byID[e.ID]; dup {
			return nil, fmt.Errorf("naming: two entries have the id %q", e.ID)
		}
		x.byID[e.ID] = i
		for _, t := range append([]string{e.Name}, e.Aliases...) {
			k := Key(t)
			if !slices.Contains(x.byKey[k], i) {
				x.byKey[k] = append(x.byKey[k], i)
			}
		}
	}
	return x, nil
}

// Match returns the concept of n.
func (m *Matcher) Match(n Name) Match {
	x := m.index
	key := Key(n.Text)
	if id, ok := m.decided.of(key, n.Sector); ok {
		if id == "" {
			return Match{Confidence: 1, Method: Decided, Reason: "有人确认过：指标库里没有这个指标"}
		}
		if _, ok := x.byID[id]; ok {
			return Match{Entry: id, Confidence: 1, Method: Decided, Reason: "有人确认过"}
		}
	}
	for _, i := range x.byKey[key] {
		e := x.entries[i]
		if m.decided.wrong(key, n.Sector, e.ID) {
			continue
		}
		if Key(e.Name) == key {
			return Match{Entry: e.ID, Confidence: 0.99, Method: Exact, Reason: "与名称一致"}
		}
		return Match{Entry: e.ID, Confidence: 0.98, Method: Alias, Reason: "是“" + e.Name + "”的别名"}
	}
	return Match{Method: None, Reason: "指标库里没有相近的指标"}
}
