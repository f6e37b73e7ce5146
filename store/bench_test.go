//go:build duckdb_arrow

package store

import (
	"fmt"
	"path/filepath"
	"testing"

	"yardstick"
)

// benchBatch has n forms of 15 lines, each in a file of its own.
func benchBatch(n, round int) *yardstick.Batch {
	b := &yardstick.Batch{Source: "cli"}
	for i := range n {
		f := aForm(fmt.Sprintf("项目%d", i), fmt.Sprintf("四川省德阳市中江县第%d小学", i%97), 2000+round, 1, float64(i))
		for len(f.Lines) < 15 {
			f.Lines = append(f.Lines, f.Lines[len(f.Lines)%4])
		}
		b.Files = append(b.Files, aFile(fmt.Sprintf("%d/%d.xlsx", round, i), fmt.Sprintf("%064d", round*n+i), f))
	}
	return b
}

func BenchmarkAppend(b *testing.B) {
	for _, n := range []int{1, 1000} {
		b.Run(fmt.Sprintf("forms=%d", n), func(b *testing.B) {
			s := openAt(b, filepath.Join(b.TempDir(), "warehouse.duckdb"))
			round := 0
			for b.Loop() {
				b.StopTimer()
				batch := benchBatch(n, round)
				round++
				b.StartTimer()
				if _, err := s.Append(b.Context(), batch); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "forms/s")
		})
	}
}

func BenchmarkAllForms(b *testing.B) {
	s := openAt(b, filepath.Join(b.TempDir(), "warehouse.duckdb"))
	if _, err := s.Append(b.Context(), benchBatch(1000, 0)); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if n := len(allForms(b, s)); n != 1000 {
			b.Fatal(n)
		}
	}
}

func BenchmarkOpen(b *testing.B) {
	path := filepath.Join(b.TempDir(), "warehouse.duckdb")
	s, err := Open(b.Context(), Options{Path: path})
	if err != nil {
		b.Fatal(err)
	}
	s.Close()
	for b.Loop() {
		s, err := Open(b.Context(), Options{Path: path})
		if err != nil {
			b.Fatal(err)
		}
		s.Close()
	}
}
