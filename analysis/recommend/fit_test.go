package recommend

import (
	"encoding/csv"
	"flag"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
)

var fit = flag.Bool("fit", false, "fit the shipped weights to the shared real forms and write weights.csv")

// TestFit fits the weights that the product takes where a history is too small to
// fit its own: go test ./analysis/recommend -run TestFit -v -fit.
func TestFit(t *testing.T) {
	if !*fit {
		t.Skip("weights.csv is fitted with: go test ./analysis/recommend -run TestFit -v -fit")
	}
	forms := realForms(t)
	part := make(map[string]string)
	for _, f := range forms {
		part[f.Project] = f.half()
	}
	m, err := Build(realHistory(t, forms), ShippedLibrary(t), Options{})
	if err != nil {
		t.Fatal(err)
	}
	// What we would say without any data: the fit is drawn towards it, so that what
	// these forms of many counties can't show (a county's own repeat) keeps its say.
	prior := ranker{base: -5, weight: features{bySimilar: 3, byClosest: 1, byClass: 2, byType: 2, byAll: 0.5, byTemplate: 1.5, byCore: 1, byPartner: 1,
		byText: 2, byName: 1.5, byKeyword: 1, bySuited: 1, byFit: 0.7, byLibrary: 0.5}}
	samples := m.samples(len(m.projects))
	opt := EvaluateOptions{Seed: 1, Projects: 500, Draws: 1000, Part: func(p string) string { return part[p] }}
	measure := func(label string, rankers []ranker) {
		for _, half := range []bool{false, true} {
			o := opt
			o.Half = half
			tally := newTally(o)
			tally.only = true
			tally.rankers = rankers
			tally.run(m, m.cases(o, 0))
			s := tally.system("product", 1)
			t.Logf("%-22s half %-5v name recall@10 %v @20 %v @40 %v %v", label, half, s.At[1].Recall, s.At[2].Recall, s.At[3].Recall, s.Parts)
		}
	}
	same := func(r ranker) []ranker { return []ranker{r, r, r, r, r} }
	measure("shipped", same(m.rank))
	for _, ridge := range []float64{1, 3, 10, 30, 100} {
		out := make([]ranker, folds)
		for i := range out {
			var ok bool
			if out[i], ok = fitRanker(samples, prior, ridge, i, m.stopped); !ok {
				t.Fatal("can't be fitted")
			}
		}
		measure(fmt.Sprint("five folds, ridge ", ridge), out)
	}
	r, ok := fitRanker(samples, prior, m.param["rank.ridge"], -1, m.stopped)
	if !ok {
		t.Fatal("can't be fitted")
	}
	measure("fitted on all", same(r))
	writeWeights(t, r, fmt.Sprintf("对%d张公开表单逐个项目留出拟合（岭回归），见 docs/methods/recommendation.md", len(forms)))
}

func writeWeights(t *testing.T, r ranker, source string) {
	rows, err := csv.NewReader(strings.NewReader(weightsCSV)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	value := map[string]float64{"rank.base": r.base}
	for i, f := range featureNames() {
		value["rank."+f] = r.weight[i]
	}
	var b strings.Builder
	w := csv.NewWriter(&b)
	for _, row := range rows {
		if v, ok := value[row[0]]; ok {
			row[1], row[3] = strconv.FormatFloat(v, 'f', 3, 64), source
		}
		if err := w.Write(row); err != nil {
			t.Fatal(err)
		}
	}
	w.Flush()
	if err := os.WriteFile("weights.csv", []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}
