package workspace_test

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"yardstick"
	"yardstick/workspace"
)

// maintenance loads a made-up history: the roads of one county over five years, and
// those of six others in the last.
func maintenance(t *testing.T) *workspace.Workspace {
	t.Helper()
	ws := open(t)
	var b strings.Builder
	b.WriteString("业务环节,年度,区划名称,主管部门,预算单位,项目名称,功能分类,年度绩效目标,一级指标,二级指标,三级指标,指标性质,指标值,计量单位,分值,实际完成值,得分,偏差原因,年初预算数（元）,全年预算数（元）,全年执行数（元）,备注,数据来源\n")
	row := func(year int, county, level1, level2, name, sign, target, unit, weight, actual, budget string) {
		fmt.Fprintf(&b, "03,%d年度,%s,%s交通运输局,%s公路养护中心,农村公路日常养护,交通运输,保持农村公路路况良好,%s,%s,%s,%s,%s,%s,%s,%s,%s,,%s,%s,%s,,\n",
			year, county, county, county, level1, level2, name, sign, target, unit, weight, actual, weight, budget, budget, budget)
	}
	form := func(year int, county, rate, reached, length, satisfied, budget string) {
		row(year, county, "产出指标", "质量指标", "农村公路优良中等路率", "1", rate, "%", "20", reached+"%", budget)
		row(year, county, "产出指标", "数量指标", "日常养护巡查次数", "1", length, "次", "10", length+"次", budget)
		row(year, county, "满意度指标", "服务对象满意度指标", "沿线群众满意度", "1", satisfied, "%", "10", satisfied+"%", budget)
	}
	for i, x := range []string{"85.5", "86.1", "84.8", "85.9", "85.2"} {
		form(2020+i, "青禾县", "80", x, "120", "90", "3120000")
	}
	for i, c := range []string{"临溪县", "桐原县", "白榆县", "南陌县", "北坡县", "西岭县"} {
		form(2024, c, fmt.Sprint(82+i), fmt.Sprint(83+i), fmt.Sprint(100+40*i), fmt.Sprint(90+i), fmt.Sprint(1000000*(3+i)))
	}
	path := filepath.Join(t.TempDir(), "养护.csv")
	if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	res, err := ws.Ingest(t.Context(), workspace.IngestRequest{Paths: []string{path}, Mapping: filepath.Join("..", "testdata", "mappings", "integrated-system.toml")})
	if err != nil || res.Forms != 11 {
		t.Fatalf("loaded %d forms, %v, want 11", res.Forms, err)
	}
	return ws
}

// TestValue: message 9 of pages.md §7 in full: 80 % is below the worst of five
// years and nearly certain; 85 % has a chance of 77 % or so.
func TestValue(t *testing.T) {
	ws := maintenance(t)
	budget := 312.0
	req := workspace.ValueRequest{Project: "2025年农村公路日常养护", Unit: "青禾县公路养护中心", Department: "青禾县交通运输局", Sector: "交通运输", Budget: &budget,
		Year: 2025, Name: "农村公路优良中等路率", Level1: "产出指标", Level2: "质量指标", Target: "≥80.0%"}
	got, err := ws.Value(t.Context(), req)
	if err != nil {
		t.Fatal(err)
	}
	p := got.Proposed
	if p.Text != "≥85%" || p.Basis != "历史标准" || p.Low == nil || *p.Low != 85 || p.Tightness == nil || p.Tightness.Chance == nil || math.Abs(*p.Tightness.Chance-0.78) > 0.03 {
		t.Errorf("proposed %+v, want ≥85%% by 历史标准 with a chance near 0.78", p)
	}
	if len(p.Own) != 5 || p.Own[0].Year != 2024 || p.Own[0].Value == nil || *p.Own[0].Value != 85.2 || p.Own[0].Target != "≥80%" || p.Own[0].FormID == "" {
		t.Errorf("own past %+v, want five years, 2024 first with 85.2", p.Own)
	}
	if p.N != 6 || p.Median == nil || p.Reached != (workspace.Share{Part: 6, Of: 6}) {
		t.Errorf("peers n=%d, median %v, reached %+v, want the six other counties", p.N, p.Median, p.Reached)
	}
	if got.Tightness.Word != "偏松" || got.Tightness.ChanceN != 5 || !slices.ContainsFunc(got.Tightness.Signals, func(s workspace.Signal) bool { return s.Rule == "signal.own_min" }) {
		t.Errorf("80%% is judged %+v, want 偏松 for being below the worst year", got.Tightness)
	}
	if got.Weight.N < 6 || got.Weight.Median == nil || *got.Weight.Median != 20 {
		t.Errorf("weight %+v, want a median of 20", got.Weight)
	}

	req.Year = 2022 // only 2020 and 2021 are past
	if got, err := ws.Value(t.Context(), req); err != nil || len(got.Proposed.Own) != 2 || got.Proposed.Basis != "行业标准" {
		t.Errorf("for 2022: %d own years, %s, %v; want 2 and 行业标准", len(got.Proposed.Own), got.Proposed.Basis, err)
	}
	req.Unit, req.Department, req.Year = "别的县公路养护中心", "别的县交通运输局", 2025
	req.Target = "≥99%"
	if got, err := ws.Value(t.Context(), req); err != nil || len(got.Proposed.Own) != 0 || got.Proposed.N != 7 || got.Tightness.Word != "偏紧" {
		t.Errorf("another county: own %d, n=%d, %s, %v; want 0, 7 and 偏紧", len(got.Proposed.Own), got.Proposed.N, got.Tightness.Word, err)
	}
	req.Name, req.Target = "没有人填过的怪指标", ""
	if got, err := ws.Value(t.Context(), req); err != nil || got.Proposed.Text != "" || got.Proposed.Note == "" || got.Tightness.Word != "" {
		t.Errorf("a name that nobody filed: %+v, %v; want no number and a reason", got, err)
	}
	if _, err := ws.Value(t.Context(), workspace.ValueRequest{Project: "农村公路日常养护", Name: " "}); yardstick.KindOf(err) != yardstick.Invalid {
		t.Errorf("no name: %v, want an error of kind invalid", err)
	}
}

// TestSuggestValues: suggestions carry what Value says, and points that fit.
func TestSuggestValues(t *testing.T) {
	ws := maintenance(t)
	budget := 312.0
	res, err := ws.Suggest(t.Context(), workspace.SuggestRequest{Project: "农村公路日常养护", Unit: "青禾县公路养护中心", Department: "青禾县交通运输局", Sector: "交通运输",
		Budget: &budget, Year: 2025, Goal: "修补路面病害，疏通边沟，保持路况良好", Limit: 30})
	if err != nil {
		t.Fatal(err)
	}
	tasks := map[string]bool{}
	for _, s := range res.Suggestions {
		if s.Task != "" {
			tasks[s.Task] = true
		}
		if s.Weight.Points != nil && (*s.Weight.Points <= 0 || *s.Weight.Points > 40 || s.Weight.Fit == "") {
			t.Errorf("%s: %g points (%s)", s.Name, *s.Weight.Points, s.Weight.Fit)
		}
		if s.Name != "农村公路优良中等路率" {
			continue
		}
		if s.Target.Text != "≥85%" || s.Target.Basis != "历史标准" || len(s.Target.Own) != 5 || s.Entry == "" || s.Weight.Points == nil || *s.Weight.Points != 20 {
			t.Errorf("suggested with %+v and %+v, want ≥85%% by 历史标准, five own years and 20 points", s.Target, s.Weight)
		}
	}
	if len(tasks) == 0 || res.Suggestions[0].Task == "" {
		t.Errorf("tasks of the goal lead nothing: %v", tasks)
	}
}

func TestWeighLines(t *testing.T) {
	ws := maintenance(t)
	line := func(level1, level2, name string, weight ...float64) workspace.DraftLine {
		l := workspace.DraftLine{Level1: level1, Level2: level2, Name: name}
		if len(weight) > 0 {
			l.Weight = &weight[0]
		}
		return l
	}
	lines := []workspace.DraftLine{
		line("产出指标", "质量指标", "农村公路优良中等路率"), line("产出指标", "数量指标", "日常养护巡查次数"), line("产出指标", "时效指标", "路面病害处治及时率", 12),
		line("效益指标", "社会效益指标", "农村客运班线通行保障率"), line("满意度指标", "服务对象满意度指标", "沿线群众满意度"),
	}
	req := workspace.WeighRequest{Project: "农村公路日常养护", Sector: "交通运输", Lines: lines}
	got, err := ws.Weigh(t.Context(), req)
	if err != nil {
		t.Fatal(err)
	}
	// Without an indicator of cost the frame of 2020 is taken, and said.
	if got.Frame.RuleSet != "mof-2020" || got.Total != 90 || !strings.Contains(got.Note, "没有成本指标") {
		t.Errorf("got %s, total %g, %q; want mof-2020, 90 and a word on cost", got.Frame.RuleSet, got.Total, got.Note)
	}
	if p, q := got.Weights[0], got.Weights[1]; p.Points <= q.Points || p.N < 6 || q.N < 6 {
		t.Errorf("weights %+v and %+v, want the one filed with 20 above the one filed with 10", p, q)
	}
	req.Keep = true
	if got, err = ws.Weigh(t.Context(), req); err != nil || got.Weights[2].Points != 12 || got.Total != 90 {
		t.Errorf("kept %+v, total %g, %v; want 12 and 90", got.Weights[2], got.Total, err)
	}
	req.RuleSet = "mof-2021-cost"
	if got, err = ws.Weigh(t.Context(), req); err != nil || got.Frame.RuleSet != "mof-2021-cost" || got.Total != 70 || !strings.Contains(got.Note, "可改用不含成本的规则集") {
		t.Errorf("stated: %s, total %g, %q, %v; want 70 and another rule set proposed", got.Frame.RuleSet, got.Total, got.Note, err)
	}
	req.RuleSet = "nope"
	if _, err = ws.Weigh(t.Context(), req); yardstick.KindOf(err) != yardstick.NotFound {
		t.Errorf("an unknown rule set: %v, want an error of kind not found", err)
	}
}
