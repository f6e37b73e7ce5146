package recommend

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"
)

// TestScore: hits at ranks 1, 3 and 5 of three indicators to be found; by hand.
// nDCG@5 = (1 + 1/log2 4 + 1/log2 6) ÷ (1 + 1/log2 3 + 1/log2 4).
func TestScore(t *testing.T) {
	hits := make([][]bool, 6)
	for at := range hits {
		hits[at] = make([]bool, 3)
	}
	hits[0][0], hits[2][1], hits[4][2] = true, true, true
	hits[5][0] = true // again the first: neither relevant nor found twice
	relevant, first := places(hits, 3)
	if relevant[5] || first[0] != 0 || first[2] != 4 {
		t.Fatalf("relevant %v, first %v", relevant, first)
	}
	for k, want := range map[int][4]float64{
		5:  {1, 1, 0.885460, 1},
		2:  {1. / 3, 1, 0.613147, 1}, // ideal: two places
		10: {1, 1, 0.885460, 1},
	} {
		got := score(relevant, first, k)
		for i := range got {
			if math.Abs(got[i]-want[i]) > printed {
				t.Errorf("at %d: %v, want %v", k, got, want)
				break
			}
		}
	}
	relevant, first = places([][]bool{{false}, {true}}, 1)
	if got := score(relevant, first, 10); got[3] != 0.5 {
		t.Errorf("reciprocal rank %v, want 0.5", got[3])
	}
}

// TestEASE: G = [[2,1,0],[1,2,1],[0,1,1]], λ = 1 → rows of B 0, .333333, −.125;
// .4, 0, .375; −.2, .5, 0 (by hand; docs/methods/recommendation.md). Taking a
// project off must give what a fit without it gives.
func TestEASE(t *testing.T) {
	p := easeInverse(mat.NewSymDense(3, []float64{2, 1, 0, 1, 2, 1, 0, 1, 1}), 1)
	for i, row := range [][]float64{{0, .333333, -.125}, {.4, 0, .375}, {-.2, .5, 0}} {
		for j, want := range row {
			if got := -p.At(i, j) / p.At(j, j); i != j && math.Abs(got-want) > printed {
				t.Errorf("B[%d][%d] = %v, want %v", i, j, got, want)
			}
		}
	}
	lists := map[string][]string{"p1": {"甲率", "乙率", "丙率"}, "p2": {"甲率", "乙率"}, "p3": {"乙率", "丙率"}, "p4": {"甲率", "丙率"}, "p5": {"甲率", "乙率", "丙率"}}
	model := func(without string) *Model {
		var h History
		for _, p := range []string{"p1", "p2", "p3", "p4", "p5"} {
			for _, n := range lists[p] {
				if p != without {
					h.Add(Row{ProjectID: p, FormID: p, Project: p, Name: n, Level1: "产出指标", Level2: "质量指标"})
				}
			}
		}
		m, err := Build(h, Library{}, Options{})
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	whole, less := model(""), model("p4")
	var at int32
	for i, p := range whole.projects {
		if p.id == "p4" {
			at = int32(i)
		}
	}
	scores := func(m *Model, leave []int32) map[string]float64 {
		q := m.query(Request{Project: "x"}, m.leave(leave))
		out := make(map[string]float64)
		for g, s := range newEASE(m).scores(q, map[int32]float64{m.groupOf(Named{Name: "甲率"}, ""): 1}) {
			out[m.groups[g].name] = s
		}
		return out
	}
	got, want := scores(whole, []int32{at}), scores(less, nil)
	for n, w := range want {
		if math.Abs(got[n]-w) > 1e-9 {
			t.Errorf("%s: %v with the project taken off, %v without it", n, got[n], w)
		}
	}
}

// TestLift: Groceries (arules), docs/methods.md: n = 12, lift 18.99565 → 2.069;
// n = 466, lift 2.246605 → 2.189, with k = 10.
func TestLift(t *testing.T) {
	for _, c := range []struct{ n, lift, want float64 }{{12, 18.99565, 2.069}, {466, 2.246605, 2.189}} {
		// Any a·b/N = n/lift will do.
		got := (c.n + liftPrior) / (c.n/c.lift + liftPrior)
		if math.Abs(got-c.want) > 5e-4 {
			t.Errorf("shrunk lift %v, want %v", got, c.want)
		}
	}
	if got := lift(12, 40, 30, 120); got != 1.1 { // E = 10
		t.Errorf("lift(12, 40, 30, 120) = %v, want 22/20", got)
	}
}

// TestFitRanker: with one feature and a tiny ridge the fit is the logistic
// regression of the Challenger data (23 flights, temperature in 10 °F below 81, so
// that the weight is positive): slope 2.3216 per 10 °F (statistics: −.2322 per °F).
func TestFitRanker(t *testing.T) {
	temperature := []float64{66, 70, 69, 68, 67, 72, 73, 70, 57, 63, 70, 78, 67, 53, 67, 75, 70, 81, 76, 79, 75, 76, 58}
	distress := []int{0, 1, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 1}
	var in []sample
	for range 30 { // enough hits to be fitted at all; copies move neither slope nor base
		for i, x := range temperature {
			s := sample{hit: distress[i] == 1}
			s.x[bySimilar] = float32(81-x) / 10
			in = append(in, s)
		}
	}
	r, ok := fitRanker(in, ranker{}, 1e-9, -1, func() bool { return false })
	if !ok || math.Abs(r.weight[bySimilar]-2.3216) > 5e-4 || math.Abs(r.base-(15.0429-81*0.23216)) > 5e-3 {
		t.Errorf("got %v %v, want base −3.762 and slope 2.3216", r.base, r.weight[bySimilar])
	}
	// What counts against a candidate is set to 0.
	for i := range in {
		in[i].x[bySimilar] = -in[i].x[bySimilar]
	}
	if r, ok = fitRanker(in, ranker{}, 1, -1, func() bool { return false }); !ok || r.weight[bySimilar] != 0 {
		t.Errorf("a harmful feature has the weight %v, want 0", r.weight[bySimilar])
	}
	if _, ok := fitRanker(in[:23], ranker{}, 1, -1, func() bool { return false }); ok {
		t.Error("fitted on seven hits")
	}
}

func TestBootstrap(t *testing.T) {
	x := []float64{0, 1, 1, 0, 1, 1, 1, 0, 1, 1}
	a, b := bootstrap(x, 1000, 1), bootstrap(x, 1000, 1)
	if a != b {
		t.Error("the same seed gives another interval")
	}
	// The mean of ten draws of 0.7 lies between 4 and 10 of 10 in 95 % of cases (binomial).
	if a.Value != 0.7 || a.Low != 0.4 || a.High != 1 {
		t.Errorf("got %v, want 0.7 (0.4–1.0)", a)
	}
}
