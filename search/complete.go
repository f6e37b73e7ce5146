package search

import (
	"context"
	"fmt"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/search/query"
)

// Completion is one proposal of Complete.
type Completion struct {
	Name  string
	Type  Type
	ID    string
	Count int
}

// Complete proposes at most n names (0 means 10) for what was typed so far:
// names that begin with it, most often filed first, then names that contain
// it. No name is proposed twice; ties go by id.
func (x *Index) Complete(ctx context.Context, typed string, n int) ([]Completion, error) {
	if n <= 0 {
		n = 10
	}
	k := key(typed)
	if k == "" {
		return nil, nil
	}
	var out []Completion
	seen := make(map[string]bool)
	collect := func(q query.Query) error {
		req := bleve.NewSearchRequestOptions(q, 2*n, 0, false) // room for repeated names
		req.SortBy([]string{"-" + fieldCount, "_id"})
		req.Fields = []string{fieldShown}
		req.Score = "none"
		found, err := x.run(ctx, req)
		if err != nil {
			return fmt.Errorf("complete %q: %w", typed, err)
		}
		for _, d := range found.Hits {
			raw, _ := d.Fields[fieldShown].(string)
			s, err := decodeShown(raw)
			if err != nil {
				return fmt.Errorf("complete: document %s: %w", d.ID, err)
			}
			if id := key(s.Name); !seen[id] && len(out) < n {
				seen[id] = true
				out = append(out, Completion{Name: s.Name, Type: s.Type, ID: d.ID, Count: s.Count})
			}
		}
		return nil
	}
	if err := collect(bleve.NewDisjunctionQuery(prefix(fieldNameKey, k, 1), prefix(fieldAlias, k, 1))); err != nil {
		return nil, err
	}
	if g := distinct(grams(normalize(typed))); len(out) < n && len([]rune(k)) > 1 {
		all := bleve.NewConjunctionQuery()
		for _, t := range g {
			all.AddQuery(term(fieldGrams, t, 1))
		}
		if err := collect(all); err != nil {
			return nil, err
		}
	}
	return out, nil
}
