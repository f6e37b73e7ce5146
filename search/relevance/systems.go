package relevance

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/lang/cjk"
	"github.com/blevesearch/bleve/v2/analysis/tokenizer/whitespace"
	"github.com/go-ego/gse"

	"github.com/blevesearch/bleve/v2/analysis/analyzer/custom"

	"yardstick/search"
)

type product struct{ index *search.Index }

func openProduct(dir string, docs []search.Doc) (Searcher, func() error, error) {
	path := filepath.Join(dir, "product")
	if err := search.Build(path, slices.Values(docs), search.Options{}); err != nil {
		return nil, nil, err
	}
	x, err := search.Open(path)
	if err != nil {
		return nil, nil, err
	}
	return product{x}, x.Close, nil
}

func (p product) Find(ctx context.Context, query string, n int) ([]string, error) {
	r, err := p.index.Search(ctx, search.Query{Text: query, Limit: n})
	if err != nil {
		return nil, err
	}
	out := make([]string, len(r.Hits))
	for i, h := range r.Hits {
		out[i] = h.Name
	}
	return out, nil
}

// plain is a baseline: one field of text per document, asked by a match query
// with bleve's own scoring.
type plain struct {
	index bleve.Index
	names map[string]string // by id
	cut   func(string) string
}

// openCJK is bleve with its cjk analyzer and nothing else.
func openCJK(dir string, docs []search.Doc) (Searcher, func() error, error) {
	return openPlain(filepath.Join(dir, "cjk"), docs, cjk.AnalyzerName, func(s string) string { return s })
}

// openSegmented is bleve over the words into which gse's embedded dictionary
// cuts the text.
func openSegmented(dir string, docs []search.Doc) (Searcher, func() error, error) {
	var seg gse.Segmenter
	seg.SkipLog = true
	if err := seg.LoadDictEmbed("zh_s"); err != nil {
		return nil, nil, fmt.Errorf("load dictionary: %w", err)
	}
	return openPlain(filepath.Join(dir, "words"), docs, "words", func(s string) string {
		return strings.ToLower(strings.Join(seg.CutSearch(s, true), " "))
	})
}

func openPlain(path string, docs []search.Doc, analyzer string, cut func(string) string) (Searcher, func() error, error) {
	m := bleve.NewIndexMapping()
	if err := m.AddCustomAnalyzer("words", map[string]any{"type": custom.Name, "tokenizer": whitespace.Name}); err != nil {
		return nil, nil, err
	}
	m.DefaultAnalyzer = analyzer
	x, err := bleve.New(path, m)
	if err != nil {
		return nil, nil, err
	}
	p := &plain{index: x, names: map[string]string{}, cut: cut}
	for batch := range slices.Chunk(docs, 1000) {
		b := x.NewBatch()
		for _, d := range batch {
			p.names[d.ID] = d.Name
			text := strings.Join(append([]string{d.Name}, append(d.Aliases, d.Text)...), " ")
			if err := b.Index(d.ID, map[string]any{"text": cut(text)}); err != nil {
				return nil, nil, err
			}
		}
		if err := x.Batch(b); err != nil {
			return nil, nil, err
		}
	}
	return p, x.Close, nil
}

func (p *plain) Find(ctx context.Context, query string, n int) ([]string, error) {
	q := bleve.NewMatchQuery(p.cut(query))
	q.SetField("text")
	req := bleve.NewSearchRequestOptions(q, n, 0, false)
	req.SortBy([]string{"-_score", "_id"})
	res, err := p.index.SearchInContext(ctx, req)
	if err != nil {
		return nil, err
	}
	out := make([]string, len(res.Hits))
	for i, h := range res.Hits {
		out[i] = p.names[h.ID]
	}
	return out, nil
}
