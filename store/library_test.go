//go:build duckdb_arrow

package store

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// notText is no UTF-8, which DuckDB refuses: a row that carries it fails after
// the rows before it were written.
const notText = "\xff\xfe"

func TestPutChanges(t *testing.T) {
	s := openTest(t)
	ctx := t.Context()
	add := LibraryChange{Source: "cli", Entry: "own-0001", Action: "add", After: `{"id":"own-0001"}`}
	edit := LibraryChange{Source: "page", Origin: "库.csv", Entry: "own-0001", Action: "edit", Before: add.After, After: `{"id":"own-0001","unit":"个"}`, Note: "试", Undoes: 1}
	if v, err := s.PutChanges(ctx, []LibraryChange{add}); err != nil || v != 1 {
		t.Fatalf("version %d, %v; want 1", v, err)
	}
	bad := edit
	bad.Note = notText
	if _, err := s.PutChanges(ctx, []LibraryChange{edit, bad}); err == nil {
		t.Fatal("a change that is no text was stored")
	}
	pair := []LibraryChange{edit, edit}
	if v, err := s.PutChanges(ctx, pair); err != nil || v != 2 {
		t.Fatalf("version %d, %v; want 2: the one that failed leaves no number behind", v, err)
	}
	got, err := s.Changes(ctx)
	if err != nil {
		t.Fatal(err)
	}
	add.ID, add.Version, edit.ID, edit.Version = 1, 1, 2, 2
	third := edit
	third.ID = 3
	if diff := cmp.Diff([]LibraryChange{add, edit, third}, got, cmpopts.IgnoreFields(LibraryChange{}, "At")); diff != "" {
		t.Errorf("changes (-want +got):\n%s", diff)
	}
	if pair[1].ID != 3 || pair[1].Version != 2 || time.Since(pair[1].At) > time.Hour {
		t.Errorf("the caller's change is %+v, want number 3 of version 2, now", pair[1])
	}
}

func TestPutDecisions(t *testing.T) {
	s := openTest(t)
	ctx := t.Context()
	is := NameDecision{Source: "cli", Name: "道路里程", Key: "道路里程", Sector: "交通运输", Verdict: "is", Entry: "214-001"}
	none := NameDecision{Source: "page", Name: "其他", Key: "其他", Verdict: "none", Note: "不是指标"}
	bad := none
	bad.Name = notText
	if err := s.PutDecisions(ctx, []NameDecision{is, bad}); err == nil {
		t.Fatal("a decision that is no text was stored")
	}
	if got, err := s.Decisions(ctx); err != nil || len(got) != 0 {
		t.Fatalf("%d decisions of a list that failed, %v; want none", len(got), err)
	}
	if err := s.PutDecisions(ctx, []NameDecision{is, none}); err != nil {
		t.Fatal(err)
	}
	got, err := s.Decisions(ctx)
	if err != nil {
		t.Fatal(err)
	}
	is.ID, none.ID = 1, 2
	if diff := cmp.Diff([]NameDecision{is, none}, got, cmpopts.IgnoreFields(NameDecision{}, "At")); diff != "" {
		t.Errorf("decisions (-want +got):\n%s", diff)
	}
}

// matchesOf is how many matches are stored, by key.
func matchesOf(t *testing.T, s *Store) map[string]int {
	t.Helper()
	rows, err := s.db.QueryContext(t.Context(), "SELECT name_key, count(*) FROM name_match GROUP BY name_key")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	out := map[string]int{}
	for rows.Next() {
		var key string
		var n int
		if err := rows.Scan(&key, &n); err != nil {
			t.Fatal(err)
		}
		out[key] = n
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

// TestMatches stores, forgets and clears what names stand for; a list that
// fails leaves matches and stamp as they were.
func TestMatches(t *testing.T) {
	s := openTest(t)
	ctx := t.Context()
	hold := func(what, stamp string, want map[string]int) {
		t.Helper()
		got, err := s.MatchStamp(ctx)
		if err != nil || got != stamp {
			t.Errorf("%s: stamp %q, %v; want %q", what, got, err, stamp)
		}
		if diff := cmp.Diff(want, matchesOf(t, s)); diff != "" {
			t.Errorf("%s: matches (-want +got):\n%s", what, diff)
		}
	}
	match := func(name string) NameMatch {
		return NameMatch{FiledName: FiledName{Name: name, Level2: "数量指标"}, Key: name, Entry: "214-001", Method: "exact", Alternatives: "[]"}
	}
	hold("new", "", map[string]int{})
	two := []NameMatch{match("道路里程"), match("桥梁座数")}
	two[1].Sector = "交通运输"
	if err := s.PutMatches(ctx, append(two, match("道路里程")), "one"); err != nil {
		t.Fatal(err)
	}
	full := map[string]int{"道路里程": 2, "桥梁座数": 1}
	hold("stored", "one", full)

	if err := s.PutMatches(ctx, []NameMatch{match("路灯盏数"), match(notText)}, "two"); err == nil {
		t.Error("a match that is no text was stored")
	}
	hold("a list that fails", "one", full)
	if err := s.ForgetMatches(ctx, []string{"道路里程"}, notText); err == nil {
		t.Error("a stamp that is no text was stored")
	}
	hold("a stamp that fails", "one", full)
	gone, cancel := context.WithCancel(ctx)
	cancel()
	if err := s.PutMatches(gone, two, "two"); err == nil {
		t.Error("stored for somebody who has gone")
	}
	if err := s.ForgetMatches(gone, []string{"道路里程"}, "two"); err == nil {
		t.Error("forgotten for somebody who has gone")
	}
	hold("cancelled", "one", full)

	if err := s.ForgetMatches(ctx, []string{"道路里程", "没有的"}, "two"); err != nil {
		t.Fatal(err)
	}
	hold("forgotten", "two", map[string]int{"桥梁座数": 1})
	if err := s.ClearMatches(ctx); err != nil {
		t.Fatal(err)
	}
	hold("cleared", "", map[string]int{})
}

// TestPendingNames: a name in force without a match is pending once per class
// and functional class; a match takes it off the list.
func TestPendingNames(t *testing.T) {
	s := openTest(t)
	ctx := t.Context()
	appendTest(t, s, aFile("a.xlsx", "h1", aForm("水库", "甲站", 2023, 1, 10)), aFile("b.xlsx", "h2", aForm("渠道", "乙站", 2023, 1, 20)))
	pending, err := s.PendingNames(ctx)
	if err != nil || len(pending) == 0 {
		t.Fatalf("%d names pending, %v", len(pending), err)
	}
	seen := map[FiledName]bool{}
	for _, n := range pending {
		place := FiledName{Name: n.Name, Level1: n.Level1, Level2: n.Level2, Sector: n.Sector}
		if seen[place] {
			t.Errorf("%+v is pending twice", place)
		}
		seen[place] = true
	}
	matches := []NameMatch{{FiledName: pending[0], Key: "k", Method: "none", Alternatives: "[]"}}
	if err := s.PutMatches(ctx, matches, "s"); err != nil {
		t.Fatal(err)
	}
	left, err := s.PendingNames(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(pending[1:], left); diff != "" {
		t.Errorf("pending after a match (-want +got):\n%s", diff)
	}
}
