package search_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
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

func build(t testing.TB, docs iter.Seq[search.Doc]) *search.Index {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "index")
	if err := search.Build(dir, docs, search.Options{}); err != nil {
		t.Fatal(err)
	}
	x, err := search.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := x.Close(); err != nil {
			t.Error(err)
		}
	})
	return x
}

func TestFilters(t *testing.T) {
	x := build(t, slices.Values([]search.Doc{
		{ID: "b", Type: search.Indicator, Name: "学生满意度", Level1: "满意度指标", Sector: "教育"},
		{ID: "a", Type: search.Indicator, Name: "学生人数", Level1: "产出指标", Sector: "教育"},
		{ID: "c", Type: search.Name, Name: "学生满意度", Level1: "满意度指标", Sector: "教育", Count: 3},
		{ID: "d", Type: search.Case, Name: "学生资助项目", Sector: "教育", Unit: "某县第一中学", Text: "资助困难学生"},
		{ID: "e", Type: search.Indicator, Name: "游客满意度", Level1: "满意度指标", Sector: "文化旅游体育与传媒"},
	}))
	for _, c := range []struct {
		q     search.Query
		want  string
		total int
	}{
		{search.Query{}, "a b c d e", 5}, // no text: all, by id
		{search.Query{Offset: 2, Limit: 2}, "c d", 5},
		{search.Query{Text: "学生满意度"}, "c b e d a", 5}, // the commoner of equals; then what shares a word
		{search.Query{Text: "学生满意度", Type: search.Name}, "c", 1},
		{search.Query{Type: search.Indicator, Sector: "教育"}, "a b", 2},
		{search.Query{Text: "满意度", Level1: "满意度指标", Sector: "文化旅游体育与传媒"}, "e", 1},
		{search.Query{Text: "困难学生", Type: search.Case}, "d", 1}, // found by its goal
		{search.Query{Text: "生", Type: search.Indicator}, "a b", 2},
		{search.Query{Text: "？！"}, "a b c d e", 5},
		{search.Query{Text: "直升机"}, "", 0},
	} {
		res, err := x.Search(t.Context(), c.q)
		if err != nil {
			t.Fatal(err)
		}
		var ids []string
		for _, h := range res.Hits {
			ids = append(ids, h.ID)
		}
		if got := strings.Join(ids, " "); got != c.want || res.Total != c.total {
			t.Errorf("%+v: got %q of %d, want %q of %d", c.q, got, res.Total, c.want, c.total)
		}
	}
}

func TestHit(t *testing.T) {
	want := search.Hit{
		ID: "x", Type: search.Indicator, Name: `<b>公交</b>准点率（％）&`, Level1: "产出指标", Level2: "质量指标",
		Sector: "交通运输", Unit: "%", Meaning: "准点班次占比", Count: 7,
		Highlight: `&lt;b&gt;<mark>公交</mark>&lt;/b&gt;<mark>准点率</mark>（％）&amp;`,
	}
	x := build(t, slices.Values([]search.Doc{{
		ID: want.ID, Type: want.Type, Name: want.Name, Level1: want.Level1, Level2: want.Level2,
		Sector: want.Sector, Unit: want.Unit, Text: want.Meaning, Count: want.Count,
	}}))
	res, err := x.Search(t.Context(), search.Query{Text: "公交 准点率"})
	if err != nil {
		t.Fatal(err)
	}
	if len(res.Hits) != 1 {
		t.Fatalf("got %d hits, want 1", len(res.Hits))
	}
	got := res.Hits[0]
	if got.Score <= 0 {
		t.Errorf("score %v, want above 0", got.Score)
	}
	got.Score = 0
	want.Why = search.WhyName
	if got != want {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

func TestComplete(t *testing.T) {
	x := build(t, slices.Values([]search.Doc{
		{ID: "1", Type: search.Indicator, Name: "养护里程"},
		{ID: "2", Type: search.Name, Name: "养护面积", Count: 9},
		{ID: "3", Type: search.Name, Name: "养护里程", Count: 4},
		{ID: "4", Type: search.Name, Name: "农村公路养护里程", Count: 20},
		{ID: "5", Type: search.Indicator, Name: "公路完好率", Aliases: []string{"养护质量"}},
		{ID: "6", Type: search.Indicator, Name: "PM2.5年均浓度"},
	}))
	for _, c := range []struct {
		typed string
		n     int
		want  string
	}{
		{"养", 0, "养护面积 养护里程 公路完好率"},
		{"养护", 0, "养护面积 养护里程 公路完好率 农村公路养护里程"},
		{"养护", 1, "养护面积"},
		{"ｐｍ２", 0, "PM2.5年均浓度"},
		{"pm2.5年", 0, "PM2.5年均浓度"},
		{"没有", 0, ""},
		{" ", 0, ""},
	} {
		got, err := x.Complete(t.Context(), c.typed, c.n)
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, g := range got {
			names = append(names, g.Name)
		}
		if s := strings.Join(names, " "); s != c.want {
			t.Errorf("Complete(%q, %d) = %q, want %q", c.typed, c.n, s, c.want)
		}
	}
}

func TestUpdate(t *testing.T) {
	x := build(t, slices.Values([]search.Doc{{ID: "1", Type: search.Name, Name: "旧名称"}}))
	var docs []search.Doc
	for i := range 1200 { // more than one batch
		docs = append(docs, search.Doc{ID: fmt.Sprint("n", i), Type: search.Name, Name: "新增名称" + strconv.Itoa(i)})
	}
	docs = append(docs, search.Doc{ID: "1", Type: search.Name, Name: "改过的名字"})
	if err := x.Update(t.Context(), slices.Values(docs)); err != nil {
		t.Fatal(err)
	}
	if n, err := x.Count(); err != nil || n != 1201 {
		t.Errorf("got %d documents, %v; want 1201", n, err)
	}
	for text, want := range map[string]int{"旧名称": 0, "改过的名字": 1} {
		res, err := x.Search(t.Context(), search.Query{Text: text, Sector: ""})
		if err != nil {
			t.Fatal(err)
		}
		exact := 0
		for _, h := range res.Hits {
			if h.Name == text {
				exact++
			}
		}
		if exact != want {
			t.Errorf("%q: got %d exact hits, want %d", text, exact, want)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := x.Update(ctx, slices.Values(docs)); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v from a cancelled update, want context.Canceled", err)
	}
}

func TestBuildReplacesWhole(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "sub", "index")
	if _, err := search.Open(dir); !errors.Is(err, search.ErrMissing) {
		t.Fatalf("got %v, want ErrMissing", err)
	}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	count := func() int {
		t.Helper()
		x, err := search.Open(dir)
		must(err)
		n, err := x.Count()
		must(err)
		must(x.Close())
		return n
	}
	one := slices.Values([]search.Doc{{ID: "1", Name: "甲"}})
	two := slices.Values([]search.Doc{{ID: "1", Name: "甲"}, {ID: "2", Name: "乙"}})
	must(search.Build(dir, slices.Values([]search.Doc(nil)), search.Options{}))
	if n := count(); n != 0 {
		t.Errorf("empty index has %d documents", n)
	}
	must(search.Build(dir, one, search.Options{}))
	must(search.Build(dir, two, search.Options{}))
	if n := count(); n != 2 {
		t.Errorf("got %d documents after the second build, want 2", n)
	}
	// A build that breaks off leaves the old index and no scraps.
	if err := search.Build(dir, slices.Values([]search.Doc{{ID: "3"}, {}}), search.Options{}); err == nil {
		t.Error("a document without an id was taken")
	}
	if n := count(); n != 2 {
		t.Errorf("got %d documents after a failed build, want 2", n)
	}
	if left, err := os.ReadDir(filepath.Dir(dir)); err != nil || len(left) != 1 {
		t.Errorf("left behind %v, %v; want the index only", left, err)
	}
	// Death between the two renames of a build.
	must(os.Rename(dir, dir+".old"))
	if n := count(); n != 2 {
		t.Errorf("got %d documents after the interrupted swap, want 2", n)
	}
}

func TestOpenTwiceIsBusy(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "index")
	if err := search.Build(dir, slices.Values([]search.Doc{{ID: "1", Name: "甲"}}), search.Options{}); err != nil {
		t.Fatal(err)
	}
	x, err := search.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	if _, err := search.Open(dir); !errors.Is(err, search.ErrBusy) {
		t.Errorf("got %v, want ErrBusy", err)
	}
}

// TestConcurrent runs searches and an update at once; the race detector and
// the equality of the answers are the test.
func TestConcurrent(t *testing.T) {
	x := build(t, slices.Values(libraryDocs(t)))
	want, err := x.Search(t.Context(), search.Query{Text: "群众满意度", Type: search.Indicator})
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			for range 20 {
				got, err := x.Search(t.Context(), search.Query{Text: "群众满意度", Type: search.Indicator})
				if err != nil || !slices.EqualFunc(got.Hits, want.Hits, func(a, b search.Hit) bool { return a.Name == b.Name }) {
					t.Errorf("answers differ: %v", err)
				}
				if _, err := x.Complete(t.Context(), "受", 5); err != nil {
					t.Error(err)
				}
			}
		})
		wg.Go(func() {
			doc := search.Doc{ID: fmt.Sprint("case", i), Type: search.Case, Name: "供水工程"}
			if err := x.Update(t.Context(), slices.Values([]search.Doc{doc})); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
}

// dirSize is the sum of the file sizes under dir in bytes.
func dirSize(t testing.TB, dir string) int64 {
	t.Helper()
	var sum int64
	err := filepath.WalkDir(dir, func(_ string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		sum += info.Size()
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return sum
}
