package recommend_test

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"yardstick/analysis/recommend"
)

// The size at which suggestions must stay fast (issue 4): a million lines of
// 100,000 projects over 10,000 concepts.
const (
	benchConcepts = 10_000
	benchLines    = 10
	benchClients  = 16
)

// benchLibrary is the shipped library, filled up to benchConcepts with made-up
// entries whose names join two of it.
func benchLibrary(b testing.TB) recommend.Library {
	lib := recommend.ShippedLibrary(b)
	shipped := len(lib.Concepts)
	r := rand.New(rand.NewPCG(1, 1))
	for i := shipped; i < benchConcepts; i++ {
		c := lib.Concepts[r.IntN(shipped)]
		c.ID = fmt.Sprintf("x-%05d", i)
		c.Name = lib.Concepts[r.IntN(shipped)].Name + c.Name
		c.Aliases = nil
		lib.Concepts = append(lib.Concepts, c)
	}
	return lib
}

// benchHistory is a made-up history over lib: names and goals of projects are put
// together from names of concepts and words of project types; three lines in four
// stand for a concept (often used ones more often: Zipf), the others for none.
func benchHistory(lib recommend.Library, projects int) recommend.History {
	r := rand.New(rand.NewPCG(7, 11))
	zipf := rand.NewZipf(r, 1.1, 20, uint64(len(lib.Concepts)-1))
	order := r.Perm(len(lib.Concepts))
	name := func() string { return lib.Concepts[r.IntN(len(lib.Concepts))].Name }
	var h recommend.History
	for i := range projects {
		typ := lib.Types[r.IntN(len(lib.Types))]
		sector := typ.Sector
		project := fmt.Sprintf("第%d乡镇", i%97) + typ.Name + name()
		goal := typ.Words[r.IntN(len(typ.Words))] + "，" + name() + "，" + name() + "，" + name() + "，" + name()
		budget := float64(1 + r.IntN(1000))
		for j := range benchLines {
			v := float64(r.IntN(100))
			row := recommend.Row{
				ProjectID: fmt.Sprint("p", i), FormID: fmt.Sprintf("f%06d", i), File: fmt.Sprint("d", i/20), Project: project, Unit: "某局", Sector: sector, Goal: goal,
				Year: 2020 + i%5, Budget: &budget, Target: recommend.Target{Raw: fmt.Sprintf("≥%v%%", v), Comparison: "≥", Low: &v, Unit: "%"}, Weight: ptr(10),
			}
			c := lib.Concepts[order[zipf.Uint64()]]
			row.Level1, row.Level2, row.Name = c.Level1, c.Level2, c.Name
			if j%4 == 3 {
				row.Name = typ.Name + name()
			} else {
				row.Concept = c.ID
			}
			h.Add(row)
		}
	}
	return h
}

// benchRequests are of many kinds, half of them with something in the draft.
func benchRequests(lib recommend.Library) []recommend.Request {
	r := rand.New(rand.NewPCG(3, 5))
	out := make([]recommend.Request, 200)
	for i := range out {
		typ := lib.Types[r.IntN(len(lib.Types))]
		out[i] = recommend.Request{Project: "2026年" + typ.Name + "项目", Sector: typ.Sector, Department: "某县某局", Budget: ptr(300),
			Goal: typ.Words[0] + "，" + lib.Concepts[r.IntN(len(lib.Concepts))].Name + "，" + lib.Concepts[r.IntN(len(lib.Concepts))].Name}
		for _, it := range typ.Items[:min(len(typ.Items), i%2*4)] {
			out[i].Have = append(out[i].Have, recommend.Named{Concept: it.Concept})
		}
	}
	return out
}

// BenchmarkSuggest answers from 16 clients at once, as many at a time as there are
// cores (workspace.turn), at 10,000 and 100,000 projects. It reports what Build took
// and held, and the middle and the 99th percentile of a call, waiting included.
func BenchmarkSuggest(b *testing.B) {
	for _, projects := range []int{10_000, 100_000} {
		lib := benchLibrary(b)
		h := benchHistory(lib, projects)
		peak, stop := watchHeap()
		start := time.Now()
		m, err := recommend.Build(h, lib, recommend.Options{})
		if err != nil {
			b.Fatal(err)
		}
		fitting := time.Since(start)
		stop()
		b.Run(fmt.Sprint(projects), func(b *testing.B) {
			requests := benchRequests(lib)
			turns := make(chan struct{}, runtime.GOMAXPROCS(0))
			took := make([][]time.Duration, benchClients)
			var wg sync.WaitGroup
			b.ResetTimer()
			for c := range benchClients {
				wg.Go(func() {
					for i := range b.N/benchClients + 1 {
						start := time.Now()
						turns <- struct{}{}
						m.Suggest(requests[(c*31+i)%len(requests)])
						<-turns
						took[c] = append(took[c], time.Since(start))
					}
				})
			}
			wg.Wait()
			b.StopTimer()
			all := slices.Concat(took...)
			slices.Sort(all)
			ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
			b.ReportMetric(ms(all[len(all)/2]), "p50-ms")
			b.ReportMetric(ms(all[len(all)*99/100]), "p99-ms")
			b.ReportMetric(fitting.Seconds(), "fit-s")
			b.ReportMetric(float64(peak.Load())/(1<<20), "heap-MiB")
		})
	}
}

// watchHeap notes the largest heap until stop is called.
func watchHeap() (peak *atomic.Uint64, stop func()) {
	peak = new(atomic.Uint64)
	done, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		tick := time.NewTicker(50 * time.Millisecond)
		defer tick.Stop()
		for {
			var s runtime.MemStats
			runtime.ReadMemStats(&s)
			if s.HeapSys-s.HeapReleased > peak.Load() {
				peak.Store(s.HeapSys - s.HeapReleased)
			}
			select {
			case <-done:
				return
			case <-tick.C:
			}
		}
	}()
	return peak, func() { close(done); <-ended }
}
