package search_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"yardstick/search"
)

// TestOwnNames: for every entry of the library, its exact name finds it first,
// and each alias among the first three, or with all that share the alias.
func TestOwnNames(t *testing.T) {
	docs := libraryDocs(t)
	x := build(t, slices.Values(docs))
	shared := map[string]int{}
	for _, d := range docs {
		for _, a := range append([]string{d.Name}, d.Aliases...) {
			shared[a]++
		}
	}
	find := func(text string, n int) []search.Hit {
		r, err := x.Search(t.Context(), search.Query{Text: text, Limit: n})
		if err != nil {
			t.Fatal(err)
		}
		return r.Hits
	}
	for i, d := range docs {
		if h := find(d.Name, 1); len(h) == 0 || h[0].ID != d.ID {
			t.Errorf("%s is not found first by its name, but %+v", d.Name, h)
		}
		if i%4 != 0 {
			continue // the aliases of all take half a minute
		}
		for _, a := range d.Aliases {
			n := max(3, shared[a])
			if h := find(a, n); !slices.ContainsFunc(h, func(h search.Hit) bool { return h.ID == d.ID }) {
				t.Errorf("%s is not among the first %d for its alias %s", d.Name, n, a)
			}
		}
	}
}

// sums are the documents counted by each facet.
func sums(r search.Result) map[string]int {
	out := map[string]int{}
	for _, f := range r.Facets {
		for i, v := range f.Values {
			out[f.Field] += v.Count
			if i > 0 && (v.Count > f.Values[i-1].Count || v.Count == f.Values[i-1].Count && v.Value <= f.Values[i-1].Value) {
				out["unsorted"]++
			}
		}
	}
	return out
}

// TestFacets: what a facet promises is what choosing the value gives, and a
// field that every document has counts every match.
func TestFacets(t *testing.T) {
	docs := libraryDocs(t)
	for i := range docs {
		docs[i].Used = i%3 == 0
	}
	x := build(t, slices.Values(docs))
	// A second part, which replaces some documents.
	var changed []search.Doc
	for i := range docs {
		if i%40 == 0 {
			d := docs[i]
			d.Sector = "改过"
			changed = append(changed, d)
		}
	}
	if err := x.Update(t.Context(), slices.Values(changed)); err != nil {
		t.Fatal(err)
	}
	set := map[string]func(*search.Query, string){
		"type": func(q *search.Query, v string) { q.Type = search.Type(v) }, "level1": func(q *search.Query, v string) { q.Level1 = v },
		"level2": func(q *search.Query, v string) { q.Level2 = v }, "sector": func(q *search.Query, v string) { q.Sector = v },
		"unit": func(q *search.Query, v string) { q.Unit = v }, "direction": func(q *search.Query, v string) { q.Direction = v },
		"temporal_type": func(q *search.Query, v string) { q.Temporal = v },
		"used":          func(q *search.Query, v string) { yes := v == "yes"; q.Used = &yes },
	}
	ask := func(q search.Query) search.Result {
		q.Facets = true
		r, err := x.Search(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	for _, q := range []search.Query{{}, {Text: "满意度"}, {Text: "率"}, {Text: "公交"}, {Level1: "产出指标"}, {Text: "人数", Sector: "教育", Direction: "正向"}, {Sector: "改过"}} {
		all := ask(q)
		got := sums(all)
		if got["unsorted"] > 0 {
			t.Errorf("%+v: facet values are not in order", q)
		}
		if got["type"] != all.Total || q.Used == nil && got["used"] != all.Total {
			t.Errorf("%+v: %d match, facets count %v", q, all.Total, got)
		}
		if len(all.Facets) != len(search.FacetFields()) {
			t.Fatalf("%d facets", len(all.Facets))
		}
		for _, f := range all.Facets {
			for _, v := range f.Values[:min(len(f.Values), 3)] {
				chosen := q
				set[f.Field](&chosen, v.Value)
				r := ask(chosen)
				// A text query proposes as many as it finds; what a filter leaves can only
				// add documents that were ranked too low before.
				if q.Text == "" && r.Total != v.Count {
					t.Errorf("%+v: facet %s promises %d of %s, choosing it gives %d", q, f.Field, v.Count, v.Value, r.Total)
				}
				if r.Total < v.Count {
					t.Errorf("%+v: facet %s promises %d of %s, choosing it gives only %d", q, f.Field, v.Count, v.Value, r.Total)
				}
				for _, h := range r.Hits {
					have := map[string]string{"type": string(h.Type), "level1": h.Level1, "level2": h.Level2, "sector": h.Sector, "unit": h.Unit,
						"direction": h.Direction, "temporal_type": h.TemporalType, "used": map[bool]string{true: "yes", false: "no"}[h.Used]}
					if have[f.Field] != v.Value {
						t.Errorf("%s %s: hit %s has %s", f.Field, v.Value, h.ID, have[f.Field])
					}
				}
			}
		}
	}
}

// TestPaging: pages put together are the whole answer, without repeats.
func TestPaging(t *testing.T) {
	x := build(t, slices.Values(libraryDocs(t)))
	for _, text := range []string{"", "满意度", "率", "gongjiao", "农村公路养护"} {
		whole, err := x.Search(t.Context(), search.Query{Text: text, Limit: 10_000})
		if err != nil {
			t.Fatal(err)
		}
		if len(whole.Hits) != whole.Total {
			t.Errorf("%q: %d hits of %d", text, len(whole.Hits), whole.Total)
		}
		seen := map[string]bool{}
		for _, h := range whole.Hits {
			if seen[h.ID] {
				t.Errorf("%q: %s twice", text, h.ID)
			}
			seen[h.ID] = true
		}
		for at := 0; at < whole.Total; at += 97 {
			page, err := x.Search(t.Context(), search.Query{Text: text, Offset: at, Limit: 97})
			if err != nil {
				t.Fatal(err)
			}
			for i, h := range page.Hits {
				if h != whole.Hits[at+i] {
					t.Fatalf("%q: hit %d is %+v on its page, %+v in the whole", text, at+i, h, whole.Hits[at+i])
				}
			}
		}
	}
}

// TestSameAgain: the same question has the same answer, also from an index
// built from the documents in another order.
func TestSameAgain(t *testing.T) {
	docs := libraryDocs(t)
	x := build(t, slices.Values(docs))
	back := slices.Clone(docs)
	slices.Reverse(back)
	y := build(t, slices.Values(back))
	for _, text := range mixed(t) {
		a, err := x.Search(t.Context(), search.Query{Text: text})
		if err != nil {
			t.Fatal(err)
		}
		for _, z := range []*search.Index{x, y} {
			b, err := z.Search(t.Context(), search.Query{Text: text})
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(a.Hits, b.Hits) {
				t.Errorf("%q: %v and %v", text, names(a), names(b))
			}
		}
		c, err := x.Complete(t.Context(), text, 0)
		if err != nil {
			t.Fatal(err)
		}
		d, err := y.Complete(t.Context(), text, 0)
		if err != nil || !slices.Equal(c, d) {
			t.Errorf("Complete(%q): %v and %v, %v", text, c, d, err)
		}
	}
}

func names(r search.Result) []string {
	var out []string
	for _, h := range r.Hits {
		out = append(out, h.Name)
	}
	return out
}

// TestReopened: what was updated is there after closing and opening, also
// after so many updates that the parts were merged.
func TestReopened(t *testing.T) {
	dir := t.TempDir() + "/index"
	if err := search.Build(dir, slices.Values([]search.Doc{{ID: "a", Type: search.Indicator, Name: "公交准点率"}}), search.Options{}); err != nil {
		t.Fatal(err)
	}
	total := 1
	for round, size := range []int{10, 300, 4500, 50} {
		x, err := search.Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		var docs []search.Doc
		for i := range size {
			docs = append(docs, search.Doc{ID: fmt.Sprintf("%d-%d", round, i), Type: search.Name, Name: fmt.Sprintf("第%d次更新的名称%d", round, i), Sector: "教育"})
		}
		docs = append(docs, search.Doc{ID: "a", Type: search.Indicator, Name: "公交准点率", Aliases: []string{fmt.Sprintf("别名%d", round)}})
		if err := x.Update(t.Context(), slices.Values(docs)); err != nil {
			t.Fatal(err)
		}
		total += size
		if err := x.Close(); err != nil {
			t.Fatal(err)
		}
		if x, err = search.Open(dir); err != nil {
			t.Fatal(err)
		}
		if n, err := x.Count(); err != nil || n != total {
			t.Errorf("round %d: %d documents, %v, want %d", round, n, err, total)
		}
		for text, want := range map[string]string{
			"公交准点率": "a", fmt.Sprintf("别名%d", round): "a", fmt.Sprintf("第%d次更新的名称%d", round, size-1): fmt.Sprintf("%d-%d", round, size-1),
		} {
			r, err := x.Search(t.Context(), search.Query{Text: text, Limit: 1})
			if err != nil || len(r.Hits) != 1 || r.Hits[0].ID != want {
				t.Errorf("round %d: %q finds %v, %v; want %s", round, text, r.Hits, err, want)
			}
		}
		if round > 0 {
			r, err := x.Search(t.Context(), search.Query{Text: fmt.Sprintf("别名%d", round-1), Limit: 50})
			if err != nil || slices.ContainsFunc(r.Hits, func(h search.Hit) bool { return h.Alias == fmt.Sprintf("别名%d", round-1) }) {
				t.Errorf("round %d: the alias that was replaced is still found: %v, %v", round, r.Hits, err)
			}
		}
		if err := x.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// TestWhy: a hit says how it was found, and marks what matched.
func TestWhy(t *testing.T) {
	x := build(t, slices.Values([]search.Doc{
		{ID: "1", Type: search.Indicator, Name: "公交准点率", Aliases: []string{"班车守时率"}, Text: "按时刻表到站的班次占比"},
		{ID: "2", Type: search.Indicator, Name: "城镇污水集中处理率"},
		{ID: "3", Type: search.Indicator, Name: "课后延时服务覆盖率", Count: 5},
	}))
	for _, c := range []struct{ text, id, why, marked, alias string }{
		{"公交准点率", "1", "名称", "公交准点率", ""},
		{"公交准点", "1", "名称", "公交准点", ""},
		{"班车守时率", "1", "别名", "", "班车守时率"},
		{"gongjiaozhundianlv", "1", "拼音", "公交准点率", ""},
		{"gong jiao zhun dian lü", "1", "拼音", "公交准点率", ""},
		{"gongjiao", "1", "拼音", "公交", ""},
		{"zhundian", "1", "拼音", "准点", ""},
		{"gjzdl", "1", "首字母", "公交准点率", ""},
		{"zdl", "1", "首字母", "准点率", ""},
		{"公交zdl", "1", "首字母", "公交准点率", ""},
		{"wushui", "2", "拼音", "污水", ""},
		{"污水chuli", "2", "近似", "污水处理", ""},
		{"公交准典率", "1", "近似", "公交准点率", ""},
		{"公交站点率", "1", "近似", "公交点率", ""},
		{"公交准率", "1", "近似", "公交准率", ""},
		{"公交准准点率", "1", "近似", "公交准点率", ""},
		{"公准交点率", "1", "近似", "公交准点率", ""},
		{"gongjiozhundianlv", "1", "近似", "公交准点率", ""},
		{"公共汽车正点率", "1", "同义词", "公交准点率", ""},
		{"績(jī)效 公交準點率", "1", "名称", "公交准点率", ""},
		{"ＫＨＹＳ", "3", "首字母", "课后延时", ""},
		{"时刻表 到站 班次", "1", "含义", "", ""},
	} {
		r, err := x.Search(t.Context(), search.Query{Text: c.text, Limit: 1})
		if err != nil {
			t.Fatal(err)
		}
		if len(r.Hits) == 0 {
			t.Errorf("%q finds nothing", c.text)
			continue
		}
		h := r.Hits[0]
		var marked strings.Builder
		for _, part := range strings.Split(h.Highlight, "<mark>")[1:] {
			in, _, _ := strings.Cut(part, "</mark>")
			marked.WriteString(in)
		}
		if h.ID != c.id || string(h.Why) != c.why || marked.String() != c.marked || h.Alias != c.alias {
			t.Errorf("%q: got %s %s, marked %q, alias %q; want %s %s %q %q", c.text, h.ID, h.Why, marked.String(), h.Alias, c.id, c.why, c.marked, c.alias)
		}
	}
}

// FuzzSearch: no text is too odd to be searched, and what comes back is
// counted and well formed.
func FuzzSearch(f *testing.F) {
	for _, s := range []string{"公交", "gjzdl", "公交zdl", "（", "(jī)", "a", "ｐｍ２．５", "\xff\xfe", "率率率率率率", strings.Repeat("污水chuli", 200), "𠀀𠀁", "lü", "1 2 3", "é"} {
		f.Add(s)
	}
	x := build(f, slices.Values(libraryDocs(f)))
	f.Fuzz(func(t *testing.T, text string) {
		r, err := x.Search(t.Context(), search.Query{Text: text, Facets: true})
		if err != nil {
			t.Fatal(err)
		}
		if len(r.Hits) > r.Total || sums(r)["type"] != r.Total {
			t.Errorf("%q: %d hits of %d, facets count %d", text, len(r.Hits), r.Total, sums(r)["type"])
		}
		for _, h := range r.Hits {
			if !utf8.ValidString(h.Highlight) || strings.Count(h.Highlight, "<mark>") != strings.Count(h.Highlight, "</mark>") {
				t.Errorf("%q: highlight %q", text, h.Highlight)
			}
		}
		if _, err := x.Complete(t.Context(), text, 0); err != nil {
			t.Fatal(err)
		}
	})
}
