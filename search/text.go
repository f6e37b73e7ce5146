package search

import (
	"cmp"
	"context"
	"math"
	"slices"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/search"
	index "github.com/blevesearch/bleve_index_api"
)

// maxPostings bounds how many documents bleve scores for one query: words are
// asked for rarest first until as many hold them. What is in thousands of
// documents tells little, and names with it are found by their characters.
const maxPostings = 2000

// byWords asks bleve for the n best documents with some of words in field, by
// BM25, ties by id.
func (x *Index) byWords(ctx context.Context, words []string, field string, n int) (search.DocumentMatchCollection, error) {
	words, err := x.rarest(ctx, words, field)
	if err != nil || len(words) == 0 {
		return nil, err
	}
	q := bleve.NewDisjunctionQuery()
	for _, w := range words {
		t := bleve.NewTermQuery(w)
		t.SetField(field)
		q.AddQuery(t)
	}
	most := n + 30
	req := bleve.NewSearchRequestOptions(q, most, 0, false)
	// Not by id as well: bleve would look up the id of every document it scores.
	req.SortBy([]string{"-_score"})
	res, err := x.index.SearchInContext(ctx, req)
	if err != nil {
		return nil, err
	}
	for _, h := range res.Hits { // the order in which bleve adds is not always the same
		h.Score = math.Round(h.Score*1e6) / 1e6
	}
	slices.SortStableFunc(res.Hits, func(a, b *search.DocumentMatch) int {
		return cmp.Or(-cmp.Compare(a.Score, b.Score), cmp.Compare(a.ID, b.ID))
	})
	hits := res.Hits
	if len(hits) == most {
		// Which of those that score as the last are among them is bleve's accident.
		last := hits[most-1].Score
		for len(hits) > 0 && hits[len(hits)-1].Score == last {
			hits = hits[:len(hits)-1]
		}
	}
	return hits[:min(len(hits), n)], nil
}

// rarest are the words that few documents hold.
func (x *Index) rarest(ctx context.Context, words []string, field string) (out []string, err error) {
	if len(words) == 0 {
		return nil, nil
	}
	inner, err := x.index.Advanced()
	if err != nil {
		return nil, err
	}
	r, err := inner.Reader()
	if err != nil {
		return nil, err
	}
	defer func() { err = cmp.Or(err, r.Close()) }()
	type counted struct {
		word string
		df   uint64
	}
	var all []counted
	for _, w := range words[:min(len(words), 60)] {
		df, err := frequency(ctx, r, w, field)
		if err != nil {
			return nil, err
		}
		if df > 0 {
			all = append(all, counted{w, df})
		}
	}
	slices.SortStableFunc(all, func(a, b counted) int { return cmp.Compare(a.df, b.df) })
	sum := uint64(0)
	for i, c := range all {
		if sum += c.df; sum > maxPostings || i >= 24 {
			break
		}
		out = append(out, c.word)
	}
	return out, nil
}

// frequency is how many documents hold word in field.
func frequency(ctx context.Context, r index.IndexReader, word, field string) (n uint64, err error) {
	t, err := r.TermFieldReader(ctx, []byte(word), field, false, false, false)
	if err != nil {
		return 0, err
	}
	n = t.Count()
	return n, t.Close()
}
