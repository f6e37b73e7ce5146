package workspace_test

import (
	"strings"
	"testing"

	"yardstick/workspace"
)

// TestPlannedValues: a figure of the goal is proposed as the plan's own, with n = 0
// where nobody filed one, and with the peers' values beside it where they did; a
// goal without a figure gives none.
func TestPlannedValues(t *testing.T) {
	ws := maintenance(t)
	goal := "对县道、乡道386.4公里开展日常养护，保持优良中等路率83%以上。"
	ask := workspace.ValueRequest{Project: "农村公路日常养护", Unit: "某县公路养护中心", Sector: "交通运输", Goal: goal, Name: "农村公路养护里程", Level1: "产出指标", Level2: "数量指标"}
	got, err := ws.Value(t.Context(), ask)
	if err != nil {
		t.Fatal(err)
	}
	if p := got.Proposed; !strings.HasSuffix(p.Text, "386.4公里") || p.Low == nil || *p.Low != 386.4 || p.N != 0 || p.Basis != "计划标准" || !strings.Contains(p.BasisWhy, "386.4公里") {
		t.Errorf("length: %+v", p)
	}
	ask.Name, ask.Level2 = "农村公路优良中等路率", "质量指标"
	if got, err = ws.Value(t.Context(), ask); err != nil {
		t.Fatal(err)
	}
	if p := got.Proposed; p.Text != "≥83%" || p.Basis != "计划标准" || p.N < 3 || p.Median == nil || len(p.Values) != p.N || p.Tightness == nil || p.Tightness.Percentile == nil {
		t.Errorf("rate: %+v", p)
	}
	ask.Goal = "开展日常养护。"
	if got, err = ws.Value(t.Context(), ask); err != nil || got.Proposed.Basis == "计划标准" || got.Proposed.Text == "≥83%" {
		t.Errorf("without a figure: %+v, %v", got.Proposed, err)
	}
	res, err := ws.Suggest(t.Context(), workspace.SuggestRequest{Project: "农村公路日常养护", Unit: "某县公路养护中心", Sector: "交通运输", Goal: goal})
	if err != nil {
		t.Fatal(err)
	}
	planned := map[string]workspace.TargetAdvice{}
	for _, s := range res.Suggestions {
		if s.Target.Basis == "计划标准" && s.Target.Text != "" {
			planned[s.Name] = s.Target
		}
	}
	if p := planned["农村公路优良中等路率"]; p.Text != "≥83%" || p.N < 3 || p.Tightness == nil {
		t.Errorf("suggested rate: %+v", p)
	}
	if p := planned["农村公路养护里程"]; !strings.HasSuffix(p.Text, "386.4公里") || p.N != 0 {
		t.Errorf("suggested length: %+v", p)
	}
	for name, p := range planned {
		if !strings.Contains(goal, strings.TrimLeft(strings.TrimSuffix(p.Text, p.Unit), "≥≤=")) {
			t.Errorf("%s: %s is not in the goal", name, p.Text)
		}
	}
}
