package search_test

import (
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"yardstick/search"
)

// clients calls f from 16 goroutines until b.N calls are done and reports the
// median and the 99th percentile of a call as its caller sees it.
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

// BenchmarkOpen is what a command pays before its first answer: opening the
// index and one search.
func BenchmarkOpen(b *testing.B) {
	dir := filepath.Join(b.TempDir(), "index")
	if err := search.Build(dir, chain(slices.Values(libraryDocs(b)), madeUpNames(5000)), search.Options{}); err != nil {
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
}

// BenchmarkBuild100k builds an index of 100,000 synthetic names and reports
// entries a second and the size on disk.
func BenchmarkBuild100k(b *testing.B) {
	if os.Getenv("YARDSTICK_BENCH_LARGE") == "" {
		b.Skip("set YARDSTICK_BENCH_LARGE=1: takes minutes")
	}
	dir := filepath.Join(b.TempDir(), "index")
	for b.Loop() {
		if err := search.Build(dir, madeUpNames(100_000), search.Options{}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(100_000*float64(b.N)/b.Elapsed().Seconds(), "entries/s")
	b.ReportMetric(float64(dirSize(b, dir))/1e6, "MB")
}
