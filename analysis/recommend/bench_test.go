//go:build unix

package recommend_test

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"yardstick/analysis/recommend"
)

// The size at which suggestions must stay fast (issue 4): a million lines of
// 100,000 projects over 10,000 concepts.
const (
	benchConcepts = 10_000
	benchLines    = 10
	benchUnits    = 2000
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
				ProjectID: fmt.Sprint("p", i), FormID: fmt.Sprintf("f%06d", i), File: fmt.Sprint("d", i/20), Project: project, Unit: benchUnit(i), Sector: sector, Goal: goal,
				Year: 2020 + i%5, Budget: &budget, Target: recommend.Target{Raw: fmt.Sprintf("≥%v%%", v), Comparison: "≥", Low: &v, Unit: "%"}, Weight: ptr(10),
			}
			if j%2 == 0 {
				a := float64(r.IntN(100))
				row.Actual, row.ActualLow, row.ActualHigh, row.ActualUnit = fmt.Sprintf("%v%%", a), &a, &a, "%"
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

func benchUnit(i int) string { return fmt.Sprintf("第%d服务中心", i%benchUnits) }

// benchRequests are of many kinds, half of them with something in the draft.
func benchRequests(lib recommend.Library) []recommend.Request {
	r := rand.New(rand.NewPCG(3, 5))
	out := make([]recommend.Request, 200)
	for i := range out {
		typ := lib.Types[r.IntN(len(lib.Types))]
		out[i] = recommend.Request{Project: "2026年" + typ.Name + "项目", Sector: typ.Sector, Department: "某县某局", Unit: benchUnit(i), Year: 2026, Budget: ptr(300),
			Goal: typ.Words[0] + "，" + lib.Concepts[r.IntN(len(lib.Concepts))].Name + "，" + lib.Concepts[r.IntN(len(lib.Concepts))].Name}
		for _, it := range typ.Items[:min(len(typ.Items), i%2*4)] {
			out[i].Have = append(out[i].Have, recommend.Named{Concept: it.Concept})
		}
	}
	return out
}

// BenchmarkSuggest answers at 10,000 and 100,000 projects: from one client, and
// from 16 at once, as many at a time as there are cores (workspace.turn). It reports
// what Build took and held, the middle and the 99th percentile of a call, waiting
// included, and the processor time of one, which says more than the clock where
// the machine has other work.
func BenchmarkSuggest(b *testing.B) {
	for _, projects := range []int{10_000, 100_000} {
		lib := benchLibrary(b)
		peak, stop := watchHeap()
		h := benchHistory(lib, projects)
		start, used := time.Now(), processorTime(b)
		m, err := recommend.Build(h, lib, recommend.Options{})
		if err != nil {
			b.Fatal(err)
		}
		fitting, fittingUsed := time.Since(start), processorTime(b)-used
		stop()
		requests := benchRequests(lib)
		for _, clients := range []int{1, benchClients} {
			b.Run(fmt.Sprintf("projects=%d/clients=%d", projects, clients), func(b *testing.B) {
				turns := make(chan struct{}, runtime.GOMAXPROCS(0))
				took := make([][]time.Duration, clients)
				var wg sync.WaitGroup
				runtime.GC()
				b.ResetTimer()
				used := processorTime(b)
				for c := range clients {
					wg.Go(func() {
						for i := range b.N/clients + 1 {
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
				b.ReportMetric(milliseconds(all[len(all)/2]), "p50-ms")
				b.ReportMetric(milliseconds(all[len(all)*99/100]), "p99-ms")
				b.ReportMetric(milliseconds(processorTime(b)-used)/float64(len(all)), "cpu-ms")
				b.ReportMetric(fitting.Seconds(), "fit-s")
				b.ReportMetric(fittingUsed.Seconds(), "fit-cpu-s")
				b.ReportMetric(float64(peak.Load())/(1<<20), "heap-MiB")
			})
		}
	}
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// processorTime is what this process has computed so far, on all cores.
func processorTime(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
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
