package library

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestSetGet: what a column takes reads back as itself, no other column moves,
// and a value that is refused changes nothing.
func TestSetGet(t *testing.T) {
	l, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	entries := l.Entries()
	rapid.Check(t, func(t *rapid.T) {
		e := rapid.SampledFrom(entries).Draw(t, "entry")
		column := rapid.SampledFrom(Columns()).Draw(t, "column")
		value := rapid.OneOf(rapid.String(), rapid.StringMatching(`[0-9]{1,3}(\.[0-9])?(-[0-9]{1,3})?`), rapid.StringMatching(`[甲乙 ]{0,3}[;；][丙 ]{0,2}`),
			rapid.Map(rapid.SampledFrom(entries), func(o Entry) string { return o.Get(column) })).Draw(t, "value")
		before := e
		if err := e.Set(column, value); err != nil {
			for _, c := range Columns() {
				if e.Get(c) != before.Get(c) {
					t.Errorf("%q was refused by %s, but %s is now %q", value, column, c, e.Get(c))
				}
			}
			return
		}
		written := e.Get(column)
		again := before
		if err := again.Set(column, written); err != nil {
			t.Fatalf("%s took %q and wrote %q, which it refuses: %v", column, value, written, err)
		}
		if again.Get(column) != written {
			t.Errorf("%s wrote %q and read it as %q", column, written, again.Get(column))
		}
		for _, c := range Columns() {
			if c != column && e.Get(c) != before.Get(c) {
				t.Errorf("setting %s moved %s from %q to %q", column, c, before.Get(c), e.Get(c))
			}
		}
	})
}

// TestFieldsRoundTrip reads every shipped entry back from what it writes.
func TestFieldsRoundTrip(t *testing.T) {
	l, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range l.Entries() {
		row := make([]string, 0, len(fields))
		for _, c := range Columns() {
			row = append(row, e.Get(c))
		}
		got, err := parseEntry(row)
		if err != nil {
			t.Fatalf("%s: %v", e.ID, err)
		}
		for _, c := range Columns() {
			if got.Get(c) != e.Get(c) {
				t.Errorf("%s %s: got %q, want %q", e.ID, c, got.Get(c), e.Get(c))
			}
		}
	}
}

func TestSetRefuses(t *testing.T) {
	var e Entry
	for column, bad := range map[string]string{"level1": "产出", "level2": "数量指标", "direction": "上", "weight": "10-5", "comparison": ">=",
		"taking": "猜", "scoring": "按心情赋分", "source_status": "sure", "no such": "x"} {
		if err := e.Set(column, bad); err == nil {
			t.Errorf("Set(%q, %q): no error", column, bad)
		}
	}
	if err := e.Set("scoring", "按完成比例赋分：低于60%不得分"); err != nil {
		t.Error(err)
	}
}

func TestWith(t *testing.T) {
	l, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	first := l.Entries()[0]
	first.Name = "改过的名称"
	own := Entry{ID: "own-001", Name: "自建指标", Level1: "产出指标", Level2: "数量指标", Sector: Common}
	gone := l.Entries()[1].ID
	w := l.With([]Entry{first, own}, []string{gone})
	if w.Len() != l.Len() {
		t.Errorf("got %d entries, want %d", w.Len(), l.Len())
	}
	if e, _ := w.ByID(first.ID); e.Name != "改过的名称" {
		t.Errorf("got %q, want the changed name", e.Name)
	}
	if _, ok := w.ByID(gone); ok {
		t.Error("the retired entry is still there")
	}
	if e, _ := l.ByID(first.ID); e.Name == "改过的名称" {
		t.Error("With changed the library itself")
	}
	if !slices.IsSortedFunc(w.Entries(), func(a, b Entry) int { return strings.Compare(a.ID, b.ID) }) {
		t.Error("entries are not by id")
	}
}
