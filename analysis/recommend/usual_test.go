package recommend_test

import (
	"fmt"
	"testing"

	"yardstick/analysis/recommend"
)

func TestUsual(t *testing.T) {
	lib := []recommend.Concept{{ID: "000-001", Name: "验收合格率", Level1: "产出指标", Level2: "质量指标", Sector: "共性", Comparison: "≥", Unit: "%"}}
	var h recommend.History
	for i, low := range []float64{90, 95, 100} {
		weight := 10 + float64(i)
		h.Add(recommend.Row{
			ProjectID: fmt.Sprint("p", i), Project: fmt.Sprint("项目", i), FormID: fmt.Sprint("f", i), Kind: "target", Level1: "产出指标", Level2: "质量指标",
			Name: "验收合格率", Concept: "000-001", Target: recommend.Target{Raw: fmt.Sprintf("≥%g%%", low), Comparison: "≥", Low: &low, Unit: "%"}, Weight: &weight,
		})
	}
	m, err := recommend.Build(h, recommend.Library{Concepts: lib}, recommend.Options{})
	if err != nil {
		t.Fatal(err)
	}
	target, weight, projects, ok := m.Usual("000-001")
	if !ok || projects != 3 || target.N != 3 || target.Median == nil || *target.Median != 95 || weight.N != 3 || *weight.Median != 11 {
		t.Errorf("got target %+v, weight %+v over %d projects, %v; want medians 95 and 11 over 3", target, weight, projects, ok)
	}
	if _, _, _, ok := m.Usual("no such id"); ok {
		t.Error("an unknown concept has a usual target")
	}
}

// TestUsualOfMany: what is gathered once for a much-used concept is what all its
// projects filed, and asking does not change it.
func TestUsualOfMany(t *testing.T) {
	lib := []recommend.Concept{{ID: "000-001", Name: "验收合格率", Level1: "产出指标", Level2: "质量指标", Sector: "共性", Comparison: "≥", Unit: "%"}}
	var h recommend.History
	for i := range 1001 {
		low, weight := float64(i)/20, float64(1+i%9)
		h.Add(recommend.Row{
			ProjectID: fmt.Sprint("p", i), Project: fmt.Sprint("项目", i), FormID: fmt.Sprint("f", i), Level1: "产出指标", Level2: "质量指标", Sector: []string{"教育", "交通运输"}[i%2],
			Name: "验收合格率", Concept: "000-001", Target: recommend.Target{Raw: fmt.Sprintf("≥%g%%", low), Comparison: "≥", Low: &low, Unit: "%"}, Weight: &weight,
		})
	}
	m, err := recommend.Build(h, recommend.Library{Concepts: lib}, recommend.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		a, w, n, _ := m.Usual("000-001")
		if n != 1001 || a.N != 1001 || a.Text != "≥25%" || *a.Median != 25 || *a.Q1 != 12.5 || *a.Q3 != 37.5 || len(a.Values) > 200 || a.Values[0] != 0 || a.Values[len(a.Values)-1] != 50 || w.N != 1001 || *w.Median != 5 {
			t.Fatalf("got %+v and %+v over %d projects, want the quartiles 12.5, 25, 37.5 of 1001 and a weight of 5", a, w, n)
		}
		for i := range a.Values {
			a.Values[i] = -1 // the caller's own
		}
	}
	for _, s := range m.Suggest(recommend.Request{Project: "别的", Sector: "教育"}).Suggestions {
		if s.Target.N != 501 || s.Target.From != "“教育”类项目" {
			t.Errorf("in the class: n=%d of %s, want 501", s.Target.N, s.Target.From)
		}
	}
}
