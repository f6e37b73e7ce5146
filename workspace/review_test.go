package workspace_test

import (
	"slices"
	"strconv"
	"testing"

	"yardstick/workspace"
)

// roadDraft is a made-up draft with nothing to say about but what the tests put in.
func roadDraft() workspace.DraftBody {
	p := func(x float64) *float64 { return &x }
	return workspace.DraftBody{
		Project: "农村公路日常养护", Department: "某县交通运输局", Unit: "某县公路中心", Year: 2031, Budget: p(312), Fiscal: p(312),
		Goal: "对农村公路386公里开展日常养护。",
		Lines: []workspace.DraftLine{
			{Level1: "成本指标", Level2: "经济成本指标", Name: "公里日常养护成本", Comparison: "≤", Target: "0.8", Unit: "万元/公里", Weight: p(20)},
			{Level1: "产出指标", Level2: "数量指标", Name: "农村公路列养里程", Comparison: "≥", Target: "386", Unit: "公里", Weight: p(20)},
			{Level1: "产出指标", Level2: "质量指标", Name: "农村公路养护验收合格率", Comparison: "≥", Target: "95", Unit: "%", Weight: p(10)},
			{Level1: "产出指标", Level2: "时效指标", Name: "路面病害处治及时率", Comparison: "≥", Target: "95", Unit: "%", Weight: p(10)},
			{Level1: "效益指标", Level2: "社会效益指标", Name: "群众投诉率", Comparison: "≤", Target: "5", Unit: "%", Weight: p(20)},
			{Level1: "满意度指标", Level2: "服务对象满意度指标", Name: "沿线群众满意度", Comparison: "≥", Target: "90", Unit: "%", Weight: p(10)},
		},
	}
}

// apply does to a line what a finding's Fix says.
func apply(t *testing.T, l *workspace.DraftLine, set map[string]string) {
	t.Helper()
	for field, v := range set {
		switch field {
		case "name":
			l.Name = v
		case "comparison":
			l.Comparison = v
		case "target":
			l.Target = v
		case "unit":
			l.Unit = v
		case "level1":
			l.Level1 = v
		case "level2":
			l.Level2 = v
		case "weight":
			x, err := strconv.ParseFloat(v, 64)
			if err != nil {
				t.Fatalf("weight %q: %v", v, err)
			}
			l.Weight = &x
		default:
			t.Fatalf("a fix of %q is not in the contract", field)
		}
	}
}

// TestReviewDraft: what is wrong on a draft is found where it is, and what one
// press does puts it right.
func TestReviewDraft(t *testing.T) {
	ws := open(t)
	clean, err := ws.ReviewDraft(t.Context(), roadDraft())
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range clean.Findings {
		t.Errorf("on a clean draft: %s %s", f.Rule, f.Why)
	}
	if clean.Points != 100 || clean.Advice != "通过" || clean.History == "" || clean.Budget == nil || *clean.Budget != 312 || clean.Year != 2031 {
		t.Errorf("clean draft: %+v", clean)
	}
	for _, c := range []struct {
		rule  string
		line  int
		spoil func(*workspace.DraftLine)
	}{
		{"D-01", 5, func(l *workspace.DraftLine) { l.Comparison = "≥" }},
		{"D-02", 4, func(l *workspace.DraftLine) { l.Target = "100" }},
		{"D-03", 3, func(l *workspace.DraftLine) { l.Unit = "个" }},
		{"D-04", 6, func(l *workspace.DraftLine) { l.Target = "50" }},
		{"D-06", 4, func(l *workspace.DraftLine) { l.Level2 = "数量指标" }},
		{"D-13", 6, func(l *workspace.DraftLine) { l.Comparison, l.Target = "=", "100" }},
	} {
		body := roadDraft()
		c.spoil(&body.Lines[c.line-1])
		r, err := ws.ReviewDraft(t.Context(), body)
		if err != nil {
			t.Fatal(err)
		}
		at := slices.IndexFunc(r.Findings, func(f workspace.Finding) bool { return f.Rule == c.rule && f.Line == c.line })
		if at < 0 || r.Findings[at].Fix == nil || r.Points >= 100 {
			t.Errorf("%s on line %d: not found, or nothing to press; %g points, %+v", c.rule, c.line, r.Points, r.Findings)
			continue
		}
		apply(t, &body.Lines[c.line-1], r.Findings[at].Fix.Set)
		again, err := ws.ReviewDraft(t.Context(), body)
		if err != nil {
			t.Fatal(err)
		}
		if slices.ContainsFunc(again.Findings, func(f workspace.Finding) bool { return f.Rule == c.rule && f.Line == c.line }) {
			t.Errorf("%s is still there after “%s”", c.rule, r.Findings[at].Fix.Label)
		}
	}
}
