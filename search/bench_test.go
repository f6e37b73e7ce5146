package search_test

import (
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"yardstick/search"
)

// clients calls f from 16 goroutines until b.N calls are done, each calling
// again as soon as it has its answer, and reports the median and the 99th
// percentile of a call as its caller sees it.
func clients(b *testing.B, f func(i int) error) {
	const n = 16
	took := make([][]time.Duration, n)
	var next atomic.Int64
	var wg sync.WaitGroup
	b.ResetTimer()
	for c := range n {
		wg.Go(func() {
			for i := next.Add(1); i <= int64(b.N); i = next.Add(1) {
				start := time.Now()
				if err := f(int(i)); err != nil {
					b.Error(err)
				}
				took[c] = append(took[c], time.Since(start))
			}
		})
	}
	wg.Wait()
	b.StopTimer()
	all := slices.Concat(took...)
	slices.Sort(all)
	b.ReportMetric(float64(all[len(all)/2].Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(all[len(all)*99/100].Microseconds())/1000, "p99-ms")
}

// enlarged is the library n entries large: its own entries, then the same with
// words before the name, as bureaus and years vary what they file. Synthetic,
// for measuring size and speed only.
func enlarged(t testing.TB, n int) iter.Seq[search.Doc] {
	own := libraryDocs(t)
	before := strings.Fields("县级 城区 农村 新增 本年度 重点 基层 试点 乡镇 全域 示范 第二批 续建 片区 街道 专项 年度 常态化 市级 应急")
	return func(yield func(search.Doc) bool) {
		for i := range n {
			d := own[i%len(own)]
			d.Count = i * 7919 % 23
			if k := i / len(own); k > 0 {
				d.ID += "-" + strconv.Itoa(k)
				word := before[(k-1)%len(before)]
				if k > len(before) {
					word = before[k/len(before)%len(before)] + word
				}
				d.Name, d.Aliases = word+d.Name, nil
				if i%2 == 0 {
					d.Type, d.Text, d.Keywords = search.Name, "", nil // as filed: without meaning
				}
			}
			if !yield(d) {
				return
			}
		}
	}
}

// mixed are the queries of the benchmarks: names whole, in part, in pinyin, by
// first letters, with an error, common words and single characters, sentences.
func mixed(t testing.TB) []string {
	out := strings.Fields("率 满意度 公 人数 受益群众满意度 公交 污水 wushui gongjiao gjzdl zdl 公交zdl 污水chuli 公交准典率 培训 完成率 验收合格率 项目 数量 公共汽车正点率 xuesheng manyidu yanghu 道路养护 養護里程 績效")
	out = append(out,
		"为成年在读孤儿按季发放助学金，保障困难孤儿完成学业",
		"对全县农村公路进行日常养护和小修保养，及时清理路面杂物、疏通边沟，修补坑槽，保持路面整洁、排水畅通，提高道路通行能力和行车安全，改善沿线群众出行条件，提升群众满意度。",
		"租用森林航空消防飞机，及时处置火灾，减少森林草原火灾损失")
	for i, d := range libraryDocs(t) {
		if i%37 != 0 {
			continue
		}
		full, initials := search.Spell(d.Name)
		r := []rune(d.Name)
		out = append(out, d.Name, string(r[:len(r)/2]), full, initials, string(append(slices.Clone(r[:len(r)/2]), r[len(r)/2+1:]...)))
	}
	return out
}

// sizes are the numbers of entries that are measured; the larger on demand.
func sizes() []int {
	if os.Getenv("YARDSTICK_BENCH_LARGE") != "" {
		return []int{10_000, 100_000}
	}
	return []int{10_000}
}

func BenchmarkSearch(b *testing.B) {
	queries := mixed(b)
	for _, n := range sizes() {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			x := opened(b, n)
			clients(b, func(i int) error {
				_, err := x.Search(b.Context(), search.Query{Text: queries[i*31%len(queries)], Facets: i%4 == 0})
				return err
			})
		})
	}
}

// BenchmarkComplete is typeahead: the first one to six characters or letters
// of the same queries.
func BenchmarkComplete(b *testing.B) {
	queries := mixed(b)
	for _, n := range sizes() {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			x := opened(b, n)
			clients(b, func(i int) error {
				r := []rune(queries[i*31%len(queries)])
				_, err := x.Complete(b.Context(), string(r[:min(len(r), 1+i%6)]), 10)
				return err
			})
		})
	}
}

var (
	openedMu sync.Mutex
	openedAt = map[int]*search.Index{}
)

// opened is an index of n entries, built once for all runs of a benchmark.
func opened(b *testing.B, n int) *search.Index {
	b.Helper()
	openedMu.Lock()
	defer openedMu.Unlock()
	if x := openedAt[n]; x != nil {
		return x
	}
	dir := filepath.Join(benchDir, strconv.Itoa(n))
	if err := search.Build(dir, enlarged(b, n), search.Options{}); err != nil {
		b.Fatal(err)
	}
	x, err := search.Open(dir)
	if err != nil {
		b.Fatal(err)
	}
	openedAt[n] = x
	return x
}

var benchDir string

// TestMain holds the folder of the benchmarks' indexes, which outlive one run
// of a benchmark.
func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "search-bench-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	benchDir = dir
	code := m.Run()
	for _, x := range openedAt {
		_ = x.Close()
	}
	_ = os.RemoveAll(dir)
	os.Exit(code)
}

// BenchmarkOpen is what a command pays before its first answer: opening the
// index and one search.
func BenchmarkOpen(b *testing.B) {
	for _, n := range append([]int{0}, sizes()...) {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			dir := filepath.Join(b.TempDir(), "index")
			docs := slices.Values(libraryDocs(b))
			if n > 0 {
				docs = enlarged(b, n)
			}
			if err := search.Build(dir, docs, search.Options{}); err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				x, err := search.Open(dir)
				if err != nil {
					b.Fatal(err)
				}
				if _, err := x.Search(b.Context(), search.Query{Text: "群众满意度"}); err != nil {
					b.Fatal(err)
				}
				if err := x.Close(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkBuild reports entries a second and the size on disk; 0 stands for
// the shipped library.
func BenchmarkBuild(b *testing.B) {
	for _, n := range append([]int{0}, sizes()...) {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			dir := filepath.Join(b.TempDir(), "index")
			docs := libraryDocs(b)
			if n > 0 {
				docs = slices.Collect(enlarged(b, n))
			}
			for b.Loop() {
				if err := search.Build(dir, slices.Values(docs), search.Options{}); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(len(docs)*b.N)/b.Elapsed().Seconds(), "entries/s")
			b.ReportMetric(float64(dirSize(b, dir))/1e6, "MB")
		})
	}
}
