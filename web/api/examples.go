package api

import "yardstick/workspace"

// The examples of the OpenAPI document. They are made up.

func ptr[T any](v T) *T { return &v }

var requestExample = workspace.SuggestRequest{ID: "1", Project: "农村公路日常养护", Sector: "交通运输", Department: "县交通运输局",
	Goal: "对县道、乡道开展日常养护，保持路况稳定", Budget: ptr(312.0), Have: []string{"农村公路列养里程"}, Limit: 10}

var suggestExample = workspace.SuggestResult{ID: "1",
	Suggestions: []workspace.Suggestion{{
		Name: "农村公路优良中等路率", Level1: "产出指标", Level2: "质量指标", Score: 0.87,
		Why: workspace.Why{UsedProjects: 43, UsedInSector: 38, SectorTotal: 41, Library: "JT-0214", Sentence: "5 个相近项目中 4 个用它；交通运输类 41 个项目中 38 个用过。",
			Similar: []workspace.SimilarProject{{Project: "农村公路养护工程", Unit: "县公路养护中心", Year: 2023, Likeness: 0.91, FormID: "f-0001", Target: "≥84%", Actual: "86.3%"}}},
		Target: workspace.TargetAdvice{Text: "≥85%", Comparison: "≥", Low: ptr(85.0), Median: ptr(85.0), Q1: ptr(82.0), Q3: ptr(89.0), Unit: "%", N: 38},
		Weight: workspace.WeightAdvice{Median: ptr(10.0), Q1: ptr(8.0), Q3: ptr(12.0), N: 43},
	}},
	Basis: workspace.Basis{Forms: 214, Projects: 41, Library: 200, Sector: "交通运输", SectorBy: "given"},
}

var searchExample = workspace.SearchResult{Query: "农村公路 路况", Total: 1, TookMS: 3.2, Hits: []workspace.Hit{{
	ID: "JT-0214", Type: "indicator", Name: "农村公路优良中等路率", Level1: "产出指标", Level2: "质量指标", Sector: "交通运输", Unit: "%", Score: 4.2,
	Highlight: "<mark>农村公路</mark>优良中等<mark>路</mark>率"}}}

var completeExample = []workspace.Completion{{Text: "公交准点率", Type: "indicator", ID: "JT-0102"}}

var ingestExample = workspace.IngestResult{Batch: "b-20240906-01", Files: 48, Forms: 61, Lines: 1275, TookMS: 1400,
	Rows: workspace.Rows{Read: 1284, Clean: 1263, Warned: 12, Rejected: 9}}
