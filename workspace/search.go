package workspace

import (
	"context"
	"strings"
	"time"
	"unicode"

	"yardstick"
	"yardstick/search"
)

// Search finds library entries, filed names and cases, best first. No text lists
// what passes the filters; a text without a letter or digit finds nothing.
func (w *Workspace) Search(ctx context.Context, q SearchQuery) (SearchResult, error) {
	q.Text = strings.TrimSpace(q.Text)
	switch q.Type {
	case "", string(search.Indicator), string(search.Name), string(search.Case), string(search.Template):
	default:
		return SearchResult{}, &yardstick.Error{Kind: yardstick.Invalid, Op: "workspace.Search",
			Msg: "type 只能是 indicator、name、case 或 template，现为 " + q.Type + "。"}
	}
	var used *bool
	switch q.Used {
	case "":
	case "yes", "no":
		yes := q.Used == "yes"
		used = &yes
	default:
		return SearchResult{}, &yardstick.Error{Kind: yardstick.Invalid, Op: "workspace.Search", Msg: "used 只能是 yes 或 no，现为 " + q.Used + "。"}
	}
	if q.Limit < 0 || q.Limit > 200 || q.Offset < 0 {
		return SearchResult{}, &yardstick.Error{Kind: yardstick.Invalid, Op: "workspace.Search", Msg: "limit 应在 0 到 200 之间，offset 不小于 0。"}
	}
	if q.Text != "" && !strings.ContainsFunc(q.Text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
		return SearchResult{Query: q.Text, Hits: []Hit{}}, nil // the index would take it for no text, and list everything
	}
	start := time.Now()
	var r search.Result
	err := w.withIndex(ctx, func(idx *search.Index) (err error) {
		r, err = idx.Search(ctx, search.Query{Text: q.Text, Type: search.Type(q.Type), Sector: q.Sector, Level1: q.Level1, Level2: q.Level2,
			Unit: q.Unit, Direction: q.Direction, Temporal: q.Temporal, Used: used, Facets: q.Facets, Limit: q.Limit, Offset: q.Offset})
		return err
	})
	if err != nil {
		return SearchResult{}, err
	}
	out := SearchResult{Query: q.Text, Total: r.Total, TookMS: float64(time.Since(start).Microseconds()) / 1000, Hits: make([]Hit, 0, len(r.Hits))}
	for _, h := range r.Hits {
		out.Hits = append(out.Hits, Hit{
			ID: h.ID, Type: string(h.Type), Name: h.Name, Level1: h.Level1, Level2: h.Level2, Sector: h.Sector,
			Unit: h.Unit, Score: h.Score, Highlight: h.Highlight, Meaning: h.Meaning,
			Direction: h.Direction, Temporal: h.TemporalType, Used: h.Used, Count: h.Count, Why: string(h.Why), Alias: h.Alias,
		})
	}
	for _, f := range r.Facets {
		facet := Facet{Field: f.Field, Values: make([]FacetValue, 0, len(f.Values))}
		for _, v := range f.Values {
			facet.Values = append(facet.Values, FacetValue(v))
		}
		out.Facets = append(out.Facets, facet)
	}
	return out, nil
}

// Complete proposes at most n names that continue what was typed.
func (w *Workspace) Complete(ctx context.Context, typed string, n int) ([]Completion, error) {
	if n <= 0 || n > 50 {
		n = 10
	}
	var found []search.Completion
	err := w.withIndex(ctx, func(idx *search.Index) (err error) {
		found, err = idx.Complete(ctx, typed, n)
		return err
	})
	if err != nil {
		return nil, err
	}
	out := make([]Completion, 0, len(found))
	for _, c := range found {
		out = append(out, Completion{Text: c.Name, Type: string(c.Type), ID: c.ID})
	}
	return out, nil
}
