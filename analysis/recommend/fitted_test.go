package recommend

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// repeating is a made-up county whose agencies file the same few indicators of
// their own for every project, whatever it is about: names that no library has.
// Projects are called after an entry of the library drawn at random, so that what
// the shipped weights think much of, the library's text, misleads.
func repeating(lib Library, projects int) History {
	r := rand.New(rand.NewPCG(41, 43))
	const units = 40
	word := func() string { return lib.Concepts[r.IntN(len(lib.Concepts))].Name }
	habits := make([][]string, units)
	for u := range habits {
		for range 6 {
			habits[u] = append(habits[u], fmt.Sprintf("%s%c%c", "办理", rune('一'+r.IntN(20000)), rune('一'+r.IntN(20000))))
		}
	}
	var h History
	for p := range projects {
		u := r.IntN(units)
		agency := fmt.Sprintf("%c%c%c%c服务中心", rune(0x4e00+u*97), rune(0x4e00+u*89+7), rune(0x4e00+u*83+11), rune(0x4e00+u*79+13))
		project := word()
		for i, name := range habits[u] {
			if r.IntN(5) == 0 { // not every time
				continue
			}
			h.Add(Row{ProjectID: fmt.Sprint("p", p), FormID: fmt.Sprint("f", p), Project: project, Unit: agency, Department: agency, Year: 2024,
				Level1: "产出指标", Level2: []string{"数量指标", "质量指标", "时效指标"}[i%3], Name: name})
		}
	}
	return h
}

// fewConcepts is the shipped library without its templates.
func fewConcepts(t testing.TB) Library {
	lib := ShippedLibrary(t)
	return Library{Concepts: lib.Concepts[:1500]}
}

// recallAt20 answers the projects of test as if they were new and returns the
// share of their indicators that m's ranker or another one finds.
func recallAt20(m *Model, test History, r *ranker) float64 {
	all, err := Build(test, m.lib, Options{})
	if err != nil {
		panic(err)
	}
	found, wanted := 0, 0
	for p := range all.projects {
		f := all.h.form(all.projects[p].forms[0])
		q := m.query(f.request(all.projects[p].sector), nil)
		listed := make(map[string]bool)
		for _, c := range q.list(nil, r, 20) {
			listed[m.groups[c.group].name] = true
		}
		q.release()
		for _, g := range all.used.of(p) {
			wanted++
			if listed[all.groups[g].name] {
				found++
			}
		}
	}
	return float64(found) / float64(wanted)
}

// TestFittedBeatsShipped: where a history has a structure of its own, the weights
// fitted to it find more of what held-out projects have than the shipped ones.
func TestFittedBeatsShipped(t *testing.T) {
	lib := fewConcepts(t)
	all := repeating(lib, 460)
	held := func(id string) bool { return id >= "f400" && len(id) == 4 } // the last 60
	m, err := Build(all, lib, Options{Exclude: held})
	if err != nil {
		t.Fatal(err)
	}
	shipped := m.param.ranker()
	if m.rank == shipped {
		t.Fatal("nothing was fitted")
	}
	test := all.without(func(id string) bool { return !held(id) })
	fitted, plain := recallAt20(m, test, &m.rank), recallAt20(m, test, &shipped)
	t.Logf("recall at 20: fitted %.3f, shipped %.3f; similar %.2f to %.2f, text %.2f to %.2f", fitted, plain,
		shipped.weight[bySimilar], m.rank.weight[bySimilar], shipped.weight[byText], m.rank.weight[byText])
	if fitted < plain+0.05 {
		t.Errorf("recall at 20 is %.3f with the fitted weights, %.3f with the shipped ones; want at least 0.05 more", fitted, plain)
	}
}

// TestFallsBack: below LeastFitted projects, or with too few hits, the shipped
// weights hold.
func TestFallsBack(t *testing.T) {
	lib := fewConcepts(t)
	few, err := Build(repeating(lib, LeastFitted-1), lib, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if few.rank != few.param.ranker() {
		t.Errorf("weights were fitted to %d projects, want none below %d", len(few.projects), LeastFitted)
	}
	var h History // projects enough, but no two have anything in common
	for p := range 2 * LeastFitted {
		for i := range leastIndicators {
			h.Add(Row{ProjectID: fmt.Sprint(p), FormID: fmt.Sprint(p), Project: fmt.Sprintf("%c%c", rune('一'+7*p), rune('一'+11*p+3)),
				Level1: "产出指标", Level2: "数量指标", Name: fmt.Sprintf("%c%c%c%c", rune('一'+13*p+i), rune('一'+17*p+5*i), rune('一'+19*p+3*i), rune('一'+(23*p+7*i)%20000))})
		}
	}
	m, err := Build(h, Library{}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if m.rank != m.param.ranker() {
		t.Error("weights were fitted where nothing is found")
	}
}
