// Package relevance measures how well a search answers: it runs queries with
// expected entries against the product's index and against two plain baselines
// over the same documents, and known items made from the documents themselves.
// It reports; it sets no threshold and changes nothing. Start from Evaluate
// and KnownItems.
package relevance

import (
	"context"
	_ "embed"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"yardstick/search"
)

var (
	//go:embed queries.csv
	queriesText string
	//go:embed held.csv
	heldText string
)

// Kinds are the kinds of queries, in the order of the reports.
func Kinds() []string {
	return []string{"word", "alias", "synonym", "pinyin", "initials", "mixed", "typo", "traditional", "sentence"}
}

// Query is one query with the names of the entries that it must find. The
// names are equally good: relevance is binary.
type Query struct {
	Text     string
	Kind     string
	Expected []string
	Note     string
	Line     int // of queries.csv
}

// Queries reads the embedded queries.csv: columns query, kind, expected and
// note; expected are names of entries, joined by ；.
func Queries() ([]Query, error) { return readQueries(strings.NewReader(queriesText)) }

// Held reads held.csv: queries of the same format that were written when the
// search was done and are not looked at while it is changed, with entries drawn
// at random from the library.
func Held() ([]Query, error) { return readQueries(strings.NewReader(heldText)) }

func readQueries(in io.Reader) ([]Query, error) {
	r := csv.NewReader(in)
	r.FieldsPerRecord = 4
	var out []Query
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, fmt.Errorf("queries.csv: %w", err)
		}
		line, _ := r.FieldPos(0)
		if line == 1 {
			if got := strings.TrimPrefix(strings.Join(row, ","), "\ufeff"); got != "query,kind,expected,note" {
				return nil, fmt.Errorf("queries.csv:1: got columns %s, want query,kind,expected,note", got)
			}
			continue
		}
		q := Query{Text: row[0], Kind: row[1], Note: row[3], Line: line}
		for _, e := range strings.Split(row[2], "；") {
			if e = strings.TrimSpace(e); e != "" {
				q.Expected = append(q.Expected, e)
			}
		}
		switch {
		case strings.TrimSpace(q.Text) == "" || len(q.Expected) == 0:
			return nil, fmt.Errorf("queries.csv:%d: want a query and the names it must find", line)
		case !slices.Contains(Kinds(), q.Kind):
			return nil, fmt.Errorf("queries.csv:%d: got kind %q, want one of %s", line, q.Kind, strings.Join(Kinds(), " "))
		}
		out = append(out, q)
	}
}

// Score is how well a system answers some queries: means over them, each from
// 0 to 1.
//
// With rel(r) = 1 if the entry at rank r is expected, else 0, and R the number
// of expected entries: NDCG10 is Σ_{r≤10} rel(r)/log2(1+r), divided by the same
// sum for a list that begins with min(R, 10) expected entries. MRR is 1/r of
// the first expected entry among the first 10, 0 if none is. Success at k is 1
// if an expected entry is among the first k. Several hits of one name count
// once, at the first.
type Score struct {
	Queries                       int
	NDCG10, MRR                   float64
	Success1, Success5, Success10 float64
}

// add adds the score of one answer.
func (s *Score) add(got, expected []string) {
	s.Queries++
	found, dcg := 0, 0.0
	seen := map[string]bool{}
	for i, name := range got[:min(len(got), 10)] {
		if seen[name] || !slices.Contains(expected, name) {
			continue
		}
		seen[name] = true
		if found == 0 {
			s.MRR += 1 / float64(i+1)
			s.Success10++
			if i < 5 {
				s.Success5++
			}
			if i == 0 {
				s.Success1++
			}
		}
		found++
		dcg += 1 / math.Log2(float64(i+2))
	}
	ideal := 0.0
	for i := range min(len(expected), 10) {
		ideal += 1 / math.Log2(float64(i+2))
	}
	s.NDCG10 += dcg / ideal
}

// mean turns sums into means.
func (s *Score) mean() {
	if s.Queries == 0 {
		return
	}
	n := float64(s.Queries)
	for _, v := range []*float64{&s.NDCG10, &s.MRR, &s.Success1, &s.Success5, &s.Success10} {
		*v /= n
	}
}

// Miss is a query of which no expected entry was among the first five.
type Miss struct {
	Query
	Got []string // the first five names
}

// System is a search under test with its scores.
type System struct {
	Name   string
	All    Score
	ByKind map[string]Score
	Misses []Miss
}

// Report compares the systems: the product's search first.
type Report struct{ Systems []System }

// Searcher answers a query with names, best first, at most n.
type Searcher interface {
	Find(ctx context.Context, query string, n int) ([]string, error)
}

// Evaluate runs queries against the product's search and the baselines, all
// over docs. Indexes are written below dir, which the caller removes.
func Evaluate(ctx context.Context, dir string, docs []search.Doc, queries []Query) (Report, error) {
	var out Report
	for _, s := range []struct {
		name string
		open func(string, []search.Doc) (Searcher, func() error, error)
	}{{"yardstick", openProduct}, {"bleve cjk", openCJK}, {"gse", openSegmented}} {
		f, closeIt, err := s.open(dir, docs)
		if err != nil {
			return Report{}, fmt.Errorf("evaluate %s: %w", s.name, err)
		}
		system, err := run(ctx, s.name, f, queries)
		if err := errors.Join(err, closeIt()); err != nil {
			return Report{}, fmt.Errorf("evaluate %s: %w", s.name, err)
		}
		out.Systems = append(out.Systems, system)
	}
	return out, nil
}

func run(ctx context.Context, name string, f Searcher, queries []Query) (System, error) {
	s := System{Name: name, ByKind: map[string]Score{}}
	for _, q := range queries {
		got, err := f.Find(ctx, q.Text, 10)
		if err != nil {
			return s, fmt.Errorf("query %q: %w", q.Text, err)
		}
		s.All.add(got, q.Expected)
		k := s.ByKind[q.Kind]
		k.add(got, q.Expected)
		s.ByKind[q.Kind] = k
		first := got[:min(len(got), 5)]
		if !slices.ContainsFunc(first, func(n string) bool { return slices.Contains(q.Expected, n) }) {
			s.Misses = append(s.Misses, Miss{q, first})
		}
	}
	s.All.mean()
	for k, v := range s.ByKind {
		v.mean()
		s.ByKind[k] = v
	}
	return s, nil
}
