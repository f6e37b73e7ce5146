package fake

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"yardstick/workspace"
)

// spread are made-up target values of 38 projects.
var spread = []float64{72.8, 74.4, 75.7, 77, 78.1, 79.5, 80.4, 81.3, 81.7, 82.1, 82.2, 82.8, 83, 83.2, 83.6, 84, 84.1, 84.5, 85, 85.1, 85.8, 86.1, 86.6,
	86.8, 87.1, 87.9, 88.3, 88.6, 88.8, 89.1, 89.9, 90.5, 91.6, 92.5, 93.6, 95.1, 96.4, 98.2}

func indicatorView(h workspace.Hit, s State) workspace.IndicatorView {
	e, _ := entry(h.ID) // hits and entries are one list
	v := workspace.IndicatorView{Entry: e, FunctionNames: []string{"公路水路运输"}, Near: []workspace.NearEntry{}, Partners: []workspace.Partner{}, Spellings: []workspace.Spelling{},
		Changes: []workspace.Change{}, Templates: []workspace.TemplateRef{{ID: "T-214-01", Name: "农村公路养护", Points: 30, Core: true}}, Uses: []workspace.Use{},
		Usage: workspace.Usage{Tells: "判断不了", TellsWhy: "只有 0 行有权重和得分，少于 10 行。", Years: []workspace.YearUse{}, Trend: "判断不了", TrendWhy: "没有表单写了年度。"}}
	n := len(spread)
	if s == Refused {
		n = 3
	}
	if s == Empty {
		return v
	}
	for i := range n {
		x := spread[i*len(spread)/n]
		head := formHeads(false)[i%7]
		head.ID = "f-0001"
		head.Project = fmt.Sprintf("%s %d", head.Project, i+1)
		v.Uses = append(v.Uses, workspace.Use{FormHead: head, Line: workspace.Line{Name: h.Name, Target: number(fmt.Sprintf("≥%g%%", x), "≥", x, math.Inf(1), "%"),
			Actual: number(fmt.Sprintf("%g%%", x+1), "", x+1, x+1, "%"), Weight: ptr(10.0), Score: ptr(9.5), Cell: fmt.Sprintf("F%d", 12+i)}})
	}
	v.Projects = n
	v.Usage = workspace.Usage{Projects: n, Forms: n, Units: 17, Regions: 2, FirstYear: 2022, LastYear: 2024, Scored: 30, Full: 26, FullLow: ptr(70.3), FullHigh: ptr(94.7), Tells: "能区分",
		TellsWhy: "30 行里 4 行没得满分。", Trend: "上升", TrendWhy: "每百个项目由 1.0 个升到 2.8 个，差别不像是偶然（n=31）。", Numeric: workspace.Share{Part: n - 1, Of: n},
		Years: []workspace.YearUse{{Year: 2022, Projects: 8, All: 764, Reached: 7, Evaluated: 8}, {Year: 2023, Projects: 7, All: 801, Reached: 5, Evaluated: 6}, {Year: 2024, Projects: 23, All: 812}}}
	list := entries()
	v.Near = []workspace.NearEntry{{ID: list[3].ID, Name: list[3].Name, Sector: list[3].Sector, Level2: list[3].Level2, Unit: list[3].Unit, Score: 0.94, Why: "字面 0.71，单位和功能分类相同"}}
	v.Partners = []workspace.Partner{{ID: list[2].ID, Name: list[2].Name, Together: 24, Projects: 33, Expected: 14.2, Lift: 1.4}}
	for _, name := range nameRows()[:1] {
		v.Spellings = append(v.Spellings, workspace.Spelling{Name: name.Name, Key: name.Key, Sector: name.Sector, Level2: name.Level2, Forms: 9, Projects: 7, Confidence: 0.93, Method: "fuzzy", Reason: name.Reason})
	}
	v.Spellings = append(v.Spellings, workspace.Spelling{Name: "優良中等路率", Key: "优良中等路率", Sector: "交通运输", Level2: "质量指标", Forms: 2, Projects: 2, Confidence: 1, Method: "decided", Reason: "已由人确认"})
	for _, c := range changes() {
		if c.Entry == h.ID {
			v.Changes = append(v.Changes, c)
		}
	}
	if s == Refused {
		v.Usage.Scored, v.Usage.Full, v.Usage.FullLow, v.Usage.FullHigh, v.Usage.Tells, v.Usage.TellsWhy = 3, 3, nil, nil, "判断不了", "只有 3 行有权重和得分，少于 10 行。"
		v.Usage.Trend, v.Usage.TrendWhy, v.Usage.Years = "判断不了", "只有 1 年的表单。", v.Usage.Years[:1]

		v.Target = workspace.TargetAdvice{N: n, Unit: "%", Values: spread[:3], Note: "只有 3 个项目用过，不足以给出常用目标值。"}
		v.Weight = workspace.WeightAdvice{N: n, Note: "只有 3 个项目，不给权重。"}
		return v
	}
	v.Target = workspace.TargetAdvice{Text: "≥85%", Comparison: "≥", Low: ptr(85.0), Median: ptr(85.0), Q1: ptr(82.0), Q3: ptr(89.0), Unit: "%", N: n, Values: spread}
	v.Weight = workspace.WeightAdvice{Median: ptr(10.0), Q1: ptr(8.0), Q3: ptr(12.0), N: n}
	return v
}

func suggestions(req workspace.SuggestRequest, s State) workspace.SuggestResult {
	similar := []workspace.SimilarProject{
		{Project: "农村公路养护工程", Unit: "临溪县公路养护中心", Year: 2024, Likeness: 0.91, FormID: "f-0001", Target: "≥86%", Actual: ""},
		{Project: "县乡公路日常养护", Unit: "桐原县交通运输局", Year: 2023, Likeness: 0.88, FormID: "f-0001", Target: "≥84%", Actual: "85.2%"},
		{Project: "农村公路小修保养", Unit: "白榆县交通运输局", Year: 2023, Likeness: 0.72, FormID: "f-0001", Target: "≥82%", Actual: "81.3%"},
	}
	res := workspace.SuggestResult{ID: req.ID, Basis: workspace.Basis{Forms: 214, Projects: 41, Library: 214, Sector: "交通运输", SectorBy: "项目名称含“公路”", Similar: similar}}
	if req.Sector != "" {
		res.Basis.Sector, res.Basis.SectorBy = req.Sector, "given"
	}
	if s == Empty || s == Refused {
		res.Basis = workspace.Basis{Library: 214, SectorBy: "none", Note: "相似度 0.70 以上的项目不到 3 个，所以不建议目标值。可放宽功能分类，或从模板开始。"}
	}
	type row struct {
		l1, l2, name, text, unit string
		q1, med, q3, w           float64
		n                        int
	}
	for i, r := range []row{
		{"成本指标", "经济成本指标", "公里日常养护成本", "≤0.8万元/公里", "万元/公里", 0.68, 0.79, 0.93, 20, 36},
		{"产出指标", "数量指标", "边沟清理疏通里程", "≥193公里", "公里", 120, 193, 240, 5, 9},
		{"产出指标", "质量指标", "农村公路优良中等路率", "≥85%", "%", 82, 85, 89, 10, 38},
		{"产出指标", "时效指标", "公路阻断平均抢通时间", "≤13小时", "小时", 8, 12, 20, 6, 14},
		{"产出指标", "时效指标", "养护任务按期完成率", "=100%", "%", 100, 100, 100, 8, 28},
		{"效益指标", "社会效益指标", "农村客运班线通行保障率", "≥97.5%", "%", 0, 0, 0, 8, 6},
		{"效益指标", "生态效益指标", "养护废旧料回收利用率", "", "%", 0, 0, 0, 0, 2},
		{"满意度指标", "服务对象满意度指标", "沿线群众满意度", "≥90%", "%", 90, 92, 95, 10, 38},
	} {
		if slices.Contains(req.Have, r.name) || req.Limit > 0 && len(res.Suggestions) >= req.Limit {
			continue
		}
		g := workspace.Suggestion{Name: r.name, Level1: r.l1, Level2: r.l2, Score: 0.9 - float64(i)/20,
			Why:    workspace.Why{Similar: similar, UsedProjects: r.n + 3, UsedInSector: r.n, SectorTotal: 41, Library: "JT-0214", Sentence: fmt.Sprintf("3 个相近项目中 3 个用它；交通运输类 41 个项目中 %d 个用过。", r.n)},
			Target: workspace.TargetAdvice{Text: r.text, Unit: r.unit, N: r.n}, Weight: workspace.WeightAdvice{N: r.n}}
		if r.n >= 8 {
			g.Target.Q1, g.Target.Median, g.Target.Q3, g.Target.Low = ptr(r.q1), ptr(r.med), ptr(r.q3), ptr(r.med)
		}
		if r.w > 0 {
			g.Weight.Median, g.Weight.Q1, g.Weight.Q3 = ptr(r.w), ptr(r.w-2), ptr(r.w+2)
		}
		beside(&g, req)
		if r.text == "" || s == Empty || s == Refused {
			g.Task = ""
			g.Weight.Points, g.Weight.Fit = nil, ""
			g.Target = workspace.TargetAdvice{N: r.n, Unit: r.unit, Note: fmt.Sprintf("只有 %d 个项目用过，不足以建议目标值。", min(r.n, 2))}
			if s != Loaded {
				g.Why.Similar, g.Why.Sentence = nil, "指标库推荐，没有可比的项目。"
				g.Target.N, g.Why.UsedInSector, g.Why.SectorTotal, g.Why.UsedProjects = 0, 0, 0, 0
				g.Target.Note = "没有项目用过，不建议目标值。"
			}
		}
		res.Suggestions = append(res.Suggestions, g)
	}
	return res
}

// beside adds what peers and the draft say about a suggestion: the filed values
// that its n counts, the unit's own, the basis, how hard the proposal is, the
// task of the goal that it covers and the points that are left for its class.
func beside(g *workspace.Suggestion, req workspace.SuggestRequest) {
	p, ok := peerOf(g.Name)
	if !ok || g.Target.Text == "" {
		return
	}
	p.values = p.values[:min(len(p.values), g.Target.N)]
	a := p.advice()
	t := &g.Target
	t.Comparison, t.Values, t.Own, t.Basis, t.BasisWhy, t.Reached, t.Scaled, t.Tightness = a.Comparison, a.Values, a.Own, a.Basis, a.BasisWhy, a.Reached, a.Scaled, a.Tightness
	if g.Name == "边沟清理疏通里程" && (req.Goal == "" || strings.Contains(req.Goal, "疏通边沟")) {
		g.Task = "疏通边沟"
	}
	if g.Name == "公路阻断平均抢通时间" {
		g.Why.Partners = []workspace.DraftPartner{{Name: "路面病害处治及时率", Projects: 11, Lift: 1.33}}
	}
	if g.Weight.Median != nil {
		g.Weight.Points, g.Weight.Fit = ptr(min(*g.Weight.Median, 10)), "同类中位数，不超过"+g.Level1+"还差的分。"
	}
}
