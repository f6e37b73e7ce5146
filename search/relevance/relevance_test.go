package relevance

import (
	"fmt"
	"math"
	"os"
	"strings"
	"testing"

	"yardstick/indicators/library"
	"yardstick/search"
)

// libraryDocs are the shipped entries as the workspace indexes them.
func libraryDocs(t testing.TB) []search.Doc {
	t.Helper()
	l, err := library.Load()
	if err != nil {
		t.Fatal(err)
	}
	var docs []search.Doc
	for _, e := range l.Entries() {
		docs = append(docs, search.Doc{
			ID: e.ID, Type: search.Indicator, Name: e.Name, Aliases: e.Aliases, Level1: e.Level1, Level2: e.Level2,
			Sector: e.Sector, Unit: e.Unit, Direction: string(e.Direction), TemporalType: string(e.TemporalType),
			Text: e.Meaning, Formula: e.Formula, Keywords: e.Keywords,
		})
	}
	return docs
}

func (s Score) String() string {
	return fmt.Sprintf("%5d nDCG@10 %.3f MRR %.3f success@1 %.3f @5 %.3f @10 %.3f", s.Queries, s.NDCG10, s.MRR, s.Success1, s.Success5, s.Success10)
}

// TestKnownItems: nine in ten and more of the library's own names are found
// among the first five, however they are spelt. A sample is asked for,
// all of them with YARDSTICK_KNOWN_ALL=1 (minutes).
func TestKnownItems(t *testing.T) {
	sample := 500
	if os.Getenv("YARDSTICK_KNOWN_ALL") != "" {
		sample = 0
	}
	s, err := KnownItems(t.Context(), t.TempDir(), libraryDocs(t), sample, 1)
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range KnownKinds() {
		got, least := s.ByKind[kind], 0.97
		switch kind {
		case "initials", "pinyin slip":
			least = 0.9
		case "name", "traditional":
			least = 1
		}
		t.Logf("%-14s %v", kind, got)
		if got.Success5 < least {
			t.Errorf("%s: success@5 %.3f, want at least %.2f", kind, got.Success5, least)
		}
	}
	for _, m := range s.Misses {
		t.Logf("miss %-12s %s for %s: %s", m.Kind, m.Text, m.Expected[0], strings.Join(m.Got, " "))
	}
}

// TestEvaluate: the product does better than both baselines on queries.csv and
// on held.csv, and finds nine in ten among the first five.
func TestEvaluate(t *testing.T) {
	for file, read := range map[string]func() ([]Query, error){"queries.csv": Queries, "held.csv": Held} {
		t.Run(file, func(t *testing.T) {
			queries, err := read()
			if err != nil {
				t.Fatal(err)
			}
			evaluate(t, file, queries)
		})
	}
}

func evaluate(t *testing.T, file string, queries []Query) {
	docs := libraryDocs(t)
	names := map[string]bool{}
	for _, d := range docs {
		names[d.Name] = true
	}
	for _, q := range queries {
		for _, e := range q.Expected {
			if !names[e] {
				t.Errorf("%s:%d: the library has no entry %s", file, q.Line, e)
			}
		}
	}
	r, err := Evaluate(t.Context(), t.TempDir(), docs, queries)
	if err != nil {
		t.Fatal(err)
	}
	ours := r.Systems[0]
	for _, s := range r.Systems {
		t.Logf("%-10s %v", s.Name, s.All)
		for _, kind := range Kinds() {
			if k := s.ByKind[kind]; k.Queries > 0 {
				t.Logf("  %-12s %v", kind, k)
			}
		}
		if s.Name != ours.Name && s.All.NDCG10 >= ours.All.NDCG10 {
			t.Errorf("%s has nDCG@10 %.3f, ours %.3f", s.Name, s.All.NDCG10, ours.All.NDCG10)
		}
	}
	for _, m := range ours.Misses {
		t.Logf("miss %s:%d %s %s: %s", file, m.Line, m.Kind, m.Text, strings.Join(m.Got, " "))
	}
	if ours.All.Success5 < 0.9 {
		t.Errorf("success@5 %.3f, want at least 0.9", ours.All.Success5)
	}
}

// TestScore recomputes the metrics by hand.
func TestScore(t *testing.T) {
	close := func(what string, got, want float64) {
		t.Helper()
		if math.Abs(got-want) > 1e-9 {
			t.Errorf("%s: got %v, want %v", what, got, want)
		}
	}
	var s Score
	s.add([]string{"x", "a", "a", "b"}, []string{"a", "b", "c"}) // a at 2, b at 4
	s.add([]string{"x", "y", "z", "u", "v", "a"}, []string{"a"}) // at 6
	s.add(nil, []string{"a"})
	s.mean()
	ideal := 1 + 1/math.Log2(3) + 0.5
	close("nDCG", s.NDCG10, ((1/math.Log2(3)+1/math.Log2(5))/ideal+1/math.Log2(7))/3)
	close("MRR", s.MRR, (0.5+1.0/6)/3)
	close("success@1", s.Success1, 0)
	close("success@5", s.Success5, 1.0/3)
	close("success@10", s.Success10, 2.0/3)
}

func TestReadQueries(t *testing.T) {
	for in, want := range map[string]string{
		"query,kind,expected,note\n公交,word,甲；乙,\n":  "",
		"query,kind,expected\n":                     "wrong number of fields",
		"query,sort,expected,note\n":                "got columns",
		"query,kind,expected,note\n公交,wort,甲,\n":    "got kind",
		"query,kind,expected,note\n公交,word,；,\n":    "want a query",
		"query,kind,expected,note\n公交,word,甲,\"x\n": "extraneous",
	} {
		_, err := readQueries(strings.NewReader(in))
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %q", in, err, want)
		}
	}
}
