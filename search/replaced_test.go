package search_test

import (
	"fmt"
	"slices"
	"testing"

	"yardstick/search"
)

// TestReplaced replaces every document: what the replaced ones shared must not
// count as commoner than everything, which hides all that has it.
func TestReplaced(t *testing.T) {
	var docs []search.Doc
	for i := range 20 {
		docs = append(docs, search.Doc{ID: fmt.Sprintf("%03d", i), Type: search.Indicator, Name: fmt.Sprintf("道路养护第%c段里程", '一'+rune(i))})
	}
	x := build(t, slices.Values(docs))
	for range 3 {
		if err := x.Update(t.Context(), slices.Values(docs)); err != nil {
			t.Fatal(err)
		}
	}
	for _, text := range []string{"道路养护", "里程", "yanghu"} {
		r, err := x.Search(t.Context(), search.Query{Text: text})
		if err != nil || r.Total != len(docs) || len(r.Hits) != len(docs) {
			t.Errorf("%s finds %d of %d and shows %d, %v", text, r.Total, len(docs), len(r.Hits), err)
		}
	}
}
