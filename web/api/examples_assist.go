package api

import (
	"time"

	"yardstick"
	"yardstick/indicators"
	"yardstick/workspace"
)

// The examples of drafting and reviewing. They are made up, and one project
// goes through them: what one answers, the next can be asked with.

var moment = time.Date(2024, 9, 6, 8, 20, 0, 0, time.UTC)

var valueRequestExample = workspace.ValueRequest{Project: "农村公路日常养护", Unit: "县公路养护中心", Department: "县交通运输局", Sector: "交通运输", Budget: ptr(312.0), Year: 2025,
	Name: "农村公路优良中等路率", Level1: "产出指标", Level2: "质量指标", Target: "≥80%"}

var valueExample = workspace.ValueResult{Name: "农村公路优良中等路率", Entry: "JT-0214", EntryName: "农村公路优良中等路率", Given: indicators.Parse("≥80%"),
	Proposed: workspace.TargetAdvice{Text: "≥85%", Comparison: "≥", Low: ptr(85.0), Median: ptr(85.0), Q1: ptr(82.0), Q3: ptr(89.0), Unit: "%", N: 38, Values: []float64{82, 85, 89},
		Basis: "历史标准", BasisWhy: "本单位 2022–2024 年为 85.6–86.3%。", Reached: workspace.Share{Part: 12, Of: 14},
		Own: []workspace.OwnValue{{Year: 2024, Target: "≥85%", Actual: "86.3%", Value: ptr(86.3), FormID: "f-0001", Project: "农村公路日常养护"}}},
	Tightness: workspace.Tightness{Word: "偏松", Chance: ptr(0.99), ChanceN: 5, Percentile: ptr(17.0), PercentileN: 38, Signals: []workspace.Signal{{Rule: "own_min", Why: "低于本单位近 5 年最低值 84.8%。"}},
		Why: "低于本单位近 5 年最低值 84.8%（n=5），几乎必然完成。"},
	Weight: workspace.WeightAdvice{Median: ptr(10.0), Q1: ptr(8.0), Q3: ptr(12.0), N: 43, Points: ptr(10.0), Fit: "同类中位数，产出指标还差 12 分。"}}

var linesExample = []workspace.DraftLine{
	{Level1: "产出指标", Level2: "质量指标", Name: "农村公路优良中等路率", Comparison: "≥", Target: "85", Unit: "%", Weight: ptr(10.0), Basis: "历史标准", Entry: "JT-0214"},
	{Level1: "效益指标", Level2: "社会效益指标", Name: "群众投诉率", Comparison: "≥", Target: "5", Unit: "%", Weight: ptr(10.0)},
}

var bodyExample = workspace.DraftBody{Project: "农村公路日常养护", Department: "县交通运输局", Unit: "县公路养护中心", Year: 2025, Sector: "交通运输", Budget: ptr(312.0),
	Goal: "对全县县道、乡道386.4公里开展日常养护，及时修补路面病害、疏通边沟，保持路况优良中等路率稳定。", Lines: linesExample}

var frameExample = workspace.Frame{RuleSet: "mof-10-90", Version: "2021", Title: "10 + 90：成本 20、产出 40、效益 20、满意度 10", Source: "财预〔2021〕101号", Status: "recalled", Execution: 10, Total: 90,
	Classes: []workspace.ClassPoint{{Level1: "成本指标", Points: 20}, {Level1: "产出指标", Points: 40}, {Level1: "效益指标", Points: 20}, {Level1: "满意度指标", Points: 10, Optional: true, To: "效益指标"}}}

var weighRequestExample = workspace.WeighRequest{Project: "农村公路日常养护", Sector: "交通运输", Lines: linesExample, Keep: true}

var sumsExample = []workspace.ClassSum{{Level1: "成本指标", Due: 20, Note: "一个指标也没有。"}, {Level1: "产出指标", Lines: 1, Sum: 10, Due: 40, Note: "还差 30 分。"},
	{Level1: "效益指标", Lines: 1, Sum: 10, Due: 20, Note: "还差 10 分。"}, {Level1: "满意度指标", Due: 10, Note: "一个指标也没有。"}}

var weighExample = workspace.WeighResult{Frame: frameExample, Weights: []workspace.LineWeight{{Points: 10, Why: "表上已有。", N: 43}, {Points: 10, Why: "表上已有。"}},
	Sums: sumsExample, Total: 20, Note: "没有成本指标，分不到 90 分；先补一个指标。"}

var reviewExample = workspace.Review{ID: "f-0102", File: "交通局2025目标.xlsx", Sheet: "表1", Cell: "A1", Kind: string(yardstick.Target), Project: "农村公路日常养护", Unit: "县公路养护中心", Department: "县交通运输局", Year: 2025,
	Sector: "交通运输", Budget: ptr(312.0), Lines: 2, Points: 78, Grade: "中", Advice: "修改后再报", Must: 1,
	Marks: []workspace.ReviewMark{{Group: "相关性", Item: "指标科学", Points: 7.5, Of: 15, Grade: "差", Why: "“投诉率”越低越好，性质应为 ≤，现为 ≥。"}},
	Findings: []workspace.Finding{{Rule: "D-01", Title: "性质与名称相反", Severity: "must", Item: "指标科学", Line: 2, Indicator: "群众投诉率", Field: "comparison", Cell: "D13", Raw: "≥5%", Why: "“投诉率”越低越好，性质应为 ≤，现为 ≥。",
		Do: "把性质改为 ≤。", Fix: &workspace.Fix{Label: "改为 ≤ 5%", Set: map[string]string{"comparison": "≤"}}, Source: "财预〔2021〕101号", SourceStatus: "recalled"}},
	Checks:  []workspace.ReviewCheck{{Rule: "D-01", Title: "性质与名称相反", Answer: "found", Count: 1}, {Rule: "D-12", Title: "与上年文字相同", Answer: "unchecked", Why: "没有这个项目上年的表单。"}},
	Rules:   workspace.RuleSet{ID: "mof-88", Version: "2015", Place: "财政部", Source: "财预〔2015〕88号", Status: "recalled", Rules: 9},
	History: "与同类 41 个项目（2021–2024 年）和本单位 5 年的表单比较。", TookMS: 12.4}

var draftExample = workspace.Draft{ID: "d-7k2m", Revision: 12, Created: moment.AddDate(0, 0, -1), Updated: moment, Origin: workspace.Origin{Kind: "form", Ref: "f-0001", Note: "取自 2024 年申报表。"}, Body: bodyExample, CanUndo: true}

var headsExample = []workspace.DraftHead{{ID: "d-7k2m", Project: "农村公路日常养护", Unit: "县公路养护中心", Year: 2025, Budget: ptr(312.0), Lines: 2, Points: 20, Updated: moment, Revision: 12}}

var startExample = startBody{Key: "budget-2025-000317", Form: "f-0001", Body: &workspace.DraftBody{Project: "农村公路日常养护", Year: 2025, Budget: ptr(312.0)}}

var saveExample = saveBody{Revision: 12, Body: bodyExample}

var viewExample = workspace.DraftView{Draft: draftExample, Frame: frameExample, Frames: []workspace.Frame{frameExample}, Sums: sumsExample, Total: 20,
	Tasks:  []workspace.GoalTask{{Text: "疏通边沟", From: 31, To: 35, Lines: []int{}, Why: "没有指标写到“疏通边沟”。"}},
	Values: []workspace.ValueResult{valueExample}, Review: reviewExample, LastYear: []workspace.FormHead{}}

var roundExample = workspace.ReviewRound{ID: "rv-0001", At: moment, Title: "2025 年目标申报", Source: "api", Files: 1, Items: []workspace.Review{reviewExample}, Unread: []yardstick.Issue{}, Skips: []string{}, TookMS: 41}

var roundsExample = []workspace.RoundHead{{ID: "rv-0001", At: moment, Title: "2025 年目标申报", Source: "api", Forms: 1, Must: 1, Open: 1}}
