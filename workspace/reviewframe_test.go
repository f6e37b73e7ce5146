package workspace_test

import (
	"testing"

	"yardstick/workspace"
)

// TestOwnWeightsPass holds that the weights which Weigh gives are right by the
// review, in every rule set and with or without a class that may be left out.
func TestOwnWeightsPass(t *testing.T) {
	w := openAt(t, t.TempDir())
	defer w.Close()
	d, err := w.StartDraft(t.Context(), workspace.DraftStart{})
	if err != nil {
		t.Fatal(err)
	}
	v, err := w.Draft(t.Context(), d.ID)
	if err != nil || len(v.Frames) == 0 {
		t.Fatalf("%d frames, %v", len(v.Frames), err)
	}
	all := []workspace.DraftLine{
		{Level1: "满意度指标", Level2: "服务对象满意度指标", Name: "沿线群众满意度", Comparison: "≥", Target: "90", Unit: "%"},
		{Level1: "产出指标", Level2: "数量指标", Name: "农村公路养护里程", Comparison: "≥", Target: "386", Unit: "公里"},
		{Level1: "产出指标", Level2: "质量指标", Name: "养护验收合格率", Comparison: "≥", Target: "98", Unit: "%"},
		{Level1: "产出指标", Level2: "时效指标", Name: "路面病害处治及时率", Comparison: "≥", Target: "95", Unit: "%"},
		{Level1: "效益指标", Level2: "社会效益指标", Name: "农村公路优良中等路率", Comparison: "≥", Target: "85", Unit: "%"},
		{Level1: "效益指标", Level2: "社会效益指标", Name: "群众投诉下降率", Comparison: "≥", Target: "5", Unit: "%"},
		{Level1: "成本指标", Level2: "经济成本指标", Name: "公里日常养护成本", Comparison: "≤", Target: "0.8", Unit: "万元/公里"},
	}
	for _, f := range v.Frames {
		for name, part := range map[string][]workspace.DraftLine{"all": all, "no satisfaction": all[1:]} {
			lines := append([]workspace.DraftLine{}, part...)
			res, err := w.Weigh(t.Context(), workspace.WeighRequest{RuleSet: f.RuleSet, Lines: lines})
			if err != nil {
				t.Fatal(err)
			}
			for i := range lines {
				lines[i].Weight = &res.Weights[i].Points
			}
			r, err := w.ReviewDraft(t.Context(), workspace.DraftBody{Project: "农村公路养护", RuleSet: f.RuleSet, Lines: lines})
			if err != nil {
				t.Fatal(err)
			}
			for _, x := range r.Findings {
				if x.Rule == "D-09" {
					t.Errorf("%s, %s: %s", f.RuleSet, name, x.Why)
				}
			}
		}
	}
}
