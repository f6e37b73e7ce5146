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
