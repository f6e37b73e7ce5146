package fake

import (
	"fmt"
	"html"
	"maps"
	"math"
	"slices"
	"strings"

	"yardstick"
	"yardstick/indicators"
	"yardstick/workspace"
)

var departments = []string{"县交通运输局", "县教育体育局", "县水利局"}

var ruleSets = []workspace.RuleSet{{ID: "mof-10-90", Version: "2021", Place: "财政部", Source: "项目支出绩效评价管理办法", Status: "recalled", Rules: 14}}

func overview(batches []workspace.BatchSummary) workspace.Overview {
	received := []workspace.Received{}
	for _, r := range []struct {
		kind yardstick.FormKind
		n    [3][2]int // 2022…2024: forms, missing
	}{
		{yardstick.Target, [3][2]int{{764, 0}, {801, 5}, {812, 0}}},
		{yardstick.Monitoring, [3][2]int{{0, 764}, {792, 14}, {778, 34}}},
		{yardstick.SelfEvaluation, [3][2]int{{512, 252}, {798, 8}, {0, 812}}},
		{yardstick.DepartmentSelfEvaluation, [3][2]int{{50, 2}, {52, 0}, {0, 0}}},
	} {
		for i, n := range r.n {
			received = append(received, workspace.Received{Kind: r.kind, Year: 2022 + i, Forms: n[0], Missing: n[1]})
		}
	}
	return workspace.Overview{
		Sample: true, LoadedAt: ptr(at), Projects: 812, Forms: 11527, Lines: 84613, Money: ptr(196_412.37), MoneyForms: 803,
		Names: 41208, Quantified: workspace.Share{Part: 60244, Of: 84613}, Library: 214, RuleSets: ruleSets, Received: received,
		Agencies: []workspace.AgencyCount{
			{Name: "县住房和城乡建设局", Projects: 58, Forms: 214, Doubts: 31}, {Name: "县农业农村局", Projects: 91, Forms: 340, Doubts: 22},
			{Name: "县教育体育局", Projects: 75, Forms: 288, Doubts: 17}, {Name: "县水利局", Projects: 43, Forms: 160, Doubts: 0},
		},
		Sectors: []workspace.SectorCount{{Sector: "农林水", Projects: 201}, {Sector: "教育", Projects: 138}, {Sector: "交通运输", Projects: 96}, {Sector: "", Projects: 12}},
		Sources: batches,
		Todo: []workspace.Todo{
			{Matter: "导入时未入库的单元格", Count: 6, Link: "/ingest/b-0003?show=rejected"},
			{Matter: "有提醒的表单", Count: 41, Link: "/forms?doubt=1"},
			{Matter: "没有写年度的表单", Count: 3, Link: "/forms?text=%E5%B9%B4%E5%BA%A6"},
		},
	}
}

func issue(file, sheet, cell string, code yardstick.Code, raw, msg string) yardstick.Issue {
	return yardstick.Issue{File: file, Sheet: sheet, Cell: cell, Code: code, Raw: raw, Message: msg}
}

func detail(b workspace.BatchSummary, long bool) workspace.BatchDetail {
	d := workspace.BatchDetail{BatchSummary: b, Superseded: 18}
	add := func(f workspace.FileResult) {
		d.PerFile = append(d.PerFile, f)
		d.Rows.Read += f.Rows.Read
		d.Rows.Clean += f.Rows.Clean
		d.Rows.Warned += f.Rows.Warned
		d.Rows.Rejected += f.Rows.Rejected
		d.Rows.Unused += f.Rows.Unused
	}
	const a = "交通局_8月监控.xlsx"
	add(workspace.FileResult{File: a, Outcome: "partly", Kinds: []string{"monitoring"}, Forms: 24, Lines: 186,
		Rows: workspace.Rows{Read: 190, Clean: 183, Warned: 3, Rejected: 4, Unused: 12}, FormIDs: []string{"f-0001"},
		Rejected: []yardstick.Issue{
			issue(a, "公路养护", "F14", yardstick.ValueOCR, "290%", "百分比超过 100%，疑为“≥90%”识别错误。"),
			issue(a, "公路养护", "G17", yardstick.BudgetNumber, "3M.8万元", "数字中夹有字母，读不出金额。"),
			issue(a, "客运补贴", "F9", yardstick.RowShifted, "2|8|10|8|10", "一格里有 5 个数，指标只有 1 行。"),
			issue(a, "客运补贴", "E22", yardstick.ValueMasked, "≥**人次", "模板占位符，没有填数。"),
		},
		Warnings: []yardstick.Issue{
			issue(a, "公路养护", "F12", yardstick.ValueUnit, "≥100百分比", "按 ≥ 100% 入库。"),
			issue(a, "公路养护", "D5:F5", yardstick.BudgetTotal, "0 / 0 / 0", "合计行为 0，预算取自明细行“其中：本年财政拨款” 312.00 万元。"),
			issue(a, "安防工程", "H8", yardstick.ValueUnread, "44,561", "按日期 2021-12-31 入库（表格软件的日期序号）。"),
		}})
	add(workspace.FileResult{File: "教体局监控汇总.xlsx", Outcome: "stored", Kinds: []string{"monitoring"}, Forms: 69, Lines: 403, Rows: workspace.Rows{Read: 403, Clean: 399, Warned: 4},
		Warnings: []yardstick.Issue{issue("教体局监控汇总.xlsx", "学前教育", "C8", yardstick.WeightSum, "85", "权重合计 85 分，表上写 90 分。")}})
	add(workspace.FileResult{File: "民政局8月.xlsx", Outcome: "superseding", Kinds: []string{"monitoring"}, Forms: 18, Lines: 131, Rows: workspace.Rows{Read: 131, Clean: 131}})
	add(workspace.FileResult{File: "2024/卫健委/卫健委_监控表.docx", Outcome: "stored", Kinds: []string{"monitoring", "self_evaluation"}, Forms: 4, Lines: 37, Rows: workspace.Rows{Read: 37, Clean: 36, Warned: 1}})
	add(workspace.FileResult{File: "农业农村局监控表（1）.xlsx", Outcome: "unchanged", Kinds: []string{"monitoring"}, Forms: 83})
	add(workspace.FileResult{File: "住建局-监控.xlsx", Outcome: "rejected", Rejected: []yardstick.Issue{issue("住建局-监控.xlsx", "", "", yardstick.FileEncrypted, "", "文件有打开密码。")}})
	add(workspace.FileResult{File: "现场照片.xlsx", Outcome: "rejected", Rejected: []yardstick.Issue{issue("现场照片.xlsx", "", "", yardstick.FileBroken, "", "这是图片（JPEG），只是改了扩展名，里面没有表格。")}})
	name := "2024年度部门项目支出绩效运行监控表_县综合行政执法局_城乡环境综合整治与生活垃圾分类收运处置一体化项目_最终版(2)(修改后).xlsx"
	add(workspace.FileResult{File: name, Outcome: "stored", Kinds: []string{"monitoring"}, Forms: 1, Lines: 11, Rows: workspace.Rows{Read: 11, Clean: 11}})
	if long {
		for i := range 240 {
			add(workspace.FileResult{File: fmt.Sprintf("目录/%04d_%s", i, name), Outcome: "stored", Kinds: []string{"target"}, Forms: 1, Lines: 9, Rows: workspace.Rows{Read: 9, Clean: 9}})
		}
	}
	return d
}

func formHeads(long bool) []workspace.FormHead {
	names := []string{"农村公路日常养护", "义务教育营养改善计划专项资金", "小型水库维修养护", "城乡公交运营补贴", "乡村道路建设养护项目", "中小学校舍安全工程", "灌区节水改造"}
	if long {
		names = append(names, strings.Repeat("城乡环境综合整治与生活垃圾分类收运处置一体化", 3), "A"+strings.Repeat("bcdefghijk", 6))
		for i := range 120 {
			names = append(names, fmt.Sprintf("第 %d 号项目", i))
		}
	}
	heads := make([]workspace.FormHead, 0, len(names))
	kinds := []yardstick.FormKind{yardstick.Monitoring, yardstick.SelfEvaluation, yardstick.Target, yardstick.DepartmentSelfEvaluation}
	for i, name := range names {
		h := workspace.FormHead{ID: fmt.Sprintf("f-%04d", i+1), Kind: kinds[i%len(kinds)], Year: ptr(2022 + i%3), Project: name, Unit: "县公路养护中心", Department: departments[i%3],
			Sector: "交通运输", FullYear: ptr(312.4 * float64(i+1)), Lines: 9, Doubts: i % 4, File: "2024绩效目标表.xlsx", Sheet: "公路养护", Sample: true}
		if h.Kind == yardstick.SelfEvaluation {
			h.TotalScore = ptr(96.0 - float64(i))
		}
		if i == 3 {
			h.Year, h.FullYear = nil, nil
		}
		if long && i == len(names)-1 {
			h.FullYear = ptr(1234567890123.45)
		}
		heads = append(heads, h)
	}
	return heads
}

func number(raw string, cmp indicators.Comparison, low, high float64, unit string) indicators.Value {
	return indicators.Value{Raw: raw, Kind: indicators.Number, Comparison: cmp, Low: low, High: high, Unit: indicators.Unit{Name: unit}}
}

func formView(long bool) workspace.FormView {
	inf := math.Inf(1)
	type row struct {
		l1, l2, name   string
		target, actual indicators.Value
		w, s           float64
		doubt          string
	}
	rows := []row{
		{"产出指标", "数量指标", "学生受资助人数", number("≧735人次", "≥", 735, inf, "人次"), number("735", "", 735, 735, "人次"), 10, 10, "单位取自目标值。"},
		{"产出指标", "质量指标", "营养改善计划覆盖率", number("≧100%", "≥", 100, inf, "%"), number("100%", "", 100, 100, "%"), 10, 10, ""},
		{"产出指标", "时效指标", "资金到位及时率", number("≧100%", "≥", 100, inf, "%"), number("100%", "", 100, 100, "%"), 10, 7, "达到目标却扣 3 分，没有写原因。"},
		{"产出指标", "成本指标", "生均补助标准达标率", number("═100%", "=", 100, 100, "%"), number("100%", "", 100, 100, "%"), 10, 10, ""},
		{"效益指标", "经济效益", "减轻贫困学生家庭经济负担", indicators.Value{Raw: "有效", Kind: indicators.Level}, indicators.Value{Raw: "有效", Kind: indicators.Level}, 10, 10, ""},
		{"效益指标", "社会效益", "政策知晓率", number("═100%", "=", 100, 100, "%"), number("98%", "", 98, 98, "%"), 10, 9, ""},
		{"满意度指标", "服务对象满意度", "学生满意度", number("≧95%", "≥", 95, inf, "%"), indicators.Value{Raw: "290%", Kind: indicators.Text, Reason: "超过 100%，疑为识别错误", Damage: "≥90%"}, 10, 10, "超过 100%，疑为“≥90%”识别错误，留作原文。"},
	}
	if long {
		rows[0].name = strings.Repeat("城乡义务教育学生营养改善", 5)
		rows[1].target = indicators.Value{Raw: strings.Repeat("按照上级要求及时足额拨付到位", 6), Kind: indicators.Text, Reason: "一句话，没有数字"}
		rows[2].name = "A" + strings.Repeat("bcdefghijk", 6)
	}
	v := workspace.FormView{
		Form: workspace.Form{ID: "f-0002", File: "营养改善_自评2022.xlsx", Sheet: "自评表", Kind: yardstick.SelfEvaluation, Year: ptr(2022), Department: ptr("县教育体育局"),
			Unit: ptr("县学生资助中心"), Project: ptr("义务教育营养改善计划专项资金"), Sector: ptr("教育"), Goal: ptr("落实营养改善计划，保障 735 名学生每天有一餐营养餐。"),
			Budget: workspace.Budget{Initial: ptr(38.77), FullYear: ptr(38.766462), Executed: ptr(38.766462), ExecutionScore: ptr(10.0)}, TotalScore: ptr(96.0), Grade: ptr("优")},
		Batch: "b-0001", Sample: true, Layout: "标准自评表，分值在后", Cell: "A1", MoneyUnit: "元",
		Fields: []workspace.Field{{Label: "项目名称", Value: "义务教育营养改善计划专项资金", Raw: "义务教育营养改善计划专项资金", Cell: "C3"}, {Label: "主管部门", Value: "县教育体育局", Raw: "县教育体育局", Cell: "C4"},
			{Label: "实施单位", Value: "县学生资助中心", Raw: "县学生资助\n中心", Cell: "G4"}, {Label: "年度", Value: "2022", Raw: "（2022年度）", Cell: "A2"}, {Label: "年度总体目标", Value: "落实营养改善计划，保障 735 名学生每天有一餐营养餐。", Raw: "落实营养改善计划，保障735名学生每天有一餐营养餐。", Cell: "B10"}, {Label: "地区"}},
		Money: []workspace.Fund{
			{Label: "年度资金总额", Initial: ptr(38.77), FullYear: ptr(38.766462), Executed: ptr(38.766462), Rate: ptr(100.0), Weight: ptr(10.0), Score: ptr(10.0),
				Cells: []workspace.Field{{Label: "年初预算", Raw: "387,700", Cell: "C7"}, {Label: "全年预算", Raw: "387,664.62", Cell: "D7"}, {Label: "执行数", Raw: "387,664.62", Cell: "F7"}, {Label: "得分", Raw: "10", Cell: "I7"}}},
			{Label: "其中：当年财政拨款", FullYear: ptr(38.766462), Executed: ptr(38.766462)}, {Label: "上年结转资金"}, {Label: "其他资金", FullYear: ptr(0.0)}},
		Issues:     []yardstick.Issue{issue("营养改善_自评2022.xlsx", "自评表", "C7", yardstick.BudgetUnit, "387,700", "没有写金额单位，按“元”换算。")},
		ProjectID:  "p-1",
		ProjectWhy: "单位与项目名称相同", SectorWhy: "项目名称含“义务教育”",
		Versions: []workspace.Version{{ID: "f-0902", File: "营养改善_自评2022_旧.xlsx", Batch: "b-0001", LoadedAt: at.AddDate(0, -1, 0)}},
		Related:  formHeads(false)[1:3],
	}
	for i, r := range rows {
		cell := func(col string) string { return fmt.Sprintf("%s%d", col, 12+i) }
		l := workspace.LineView{Line: workspace.Line{Level1: ptr(r.l1), Level2: ptr(r.l2), Name: r.name, Target: r.target, Actual: r.actual, Weight: ptr(r.w), Score: ptr(r.s), Cell: cell("C")},
			Seq: i + 1, Cells: map[string]workspace.Field{"target": {Raw: r.target.Raw, Cell: cell("D")}, "actual": {Raw: r.actual.Raw, Cell: cell("G")},
				"weight": {Raw: fmt.Sprint(r.w), Cell: cell("H")}, "score": {Raw: fmt.Sprint(r.s), Cell: cell("I")}}}
		if r.doubt != "" {
			l.Doubts = []yardstick.Issue{issue("营养改善_自评2022.xlsx", "自评表", cell("G"), yardstick.ValueOCR, r.actual.Raw, r.doubt)}
		}
		v.View = append(v.View, l)
		v.Lines = append(v.Lines, l.Line)
	}
	return v
}

func hits() []workspace.Hit {
	var out []workspace.Hit
	for i, h := range []workspace.Hit{
		{Type: "indicator", Name: "农村公路优良中等路率", Level1: "产出指标", Level2: "质量指标", Unit: "%", Meaning: "经评定为优、良、中等的农村公路里程占参评里程的比重"},
		{Type: "indicator", Name: "路面技术状况指数（PQI）", Level1: "产出指标", Level2: "质量指标", Unit: "分", Meaning: "路面损坏、平整度等加权得分，百分制"},
		{Type: "indicator", Name: "农村公路养护验收合格率", Level1: "产出指标", Level2: "质量指标", Unit: "%", Meaning: "验收合格的养护工程（段）数占应验收数的比重"},
		{Type: "indicator", Name: "农村道路完好率", Level1: "效益指标", Level2: "社会效益", Unit: "%", Meaning: "路面完好里程占养护里程的比重"},
		{Type: "indicator", Name: "公交准点率", Level1: "产出指标", Level2: "时效指标", Unit: "%", Meaning: "按时刻表准点到站的班次占全部班次的比重"},
		{Type: "name", Name: "农村公路列养里程", Level1: "产出指标", Level2: "数量指标", Unit: "公里"},
		{Type: "case", Name: "农村公路养护工程 2023", Level1: "", Level2: "", Unit: ""},
		{Type: "template", Name: "农村公路养护", Level1: "", Level2: "", Unit: ""},
	} {
		h.ID, h.Sector, h.Score, h.Highlight = fmt.Sprintf("JT-%04d", 214+i), "交通运输", 4.2-float64(i)/5, html.EscapeString(h.Name)
		switch h.Type {
		case "case":
			h.ID = "f-0001"
		case "template":
			h.ID = "T-214-01"
		case "indicator":
			h.Direction, h.Temporal, h.Why = "正向", "水平", "名称"
			h.Used, h.Count = i < 4, max(0, 40-10*i)
		}
		if i == 3 {
			h.Why, h.Alias = "别名", "乡村道路完好率"
		}
		out = append(out, h)
	}
	return out
}

// facets counts the values of what was found, and of all types.
func facets(list []workspace.Hit, types map[string]int) []workspace.Facet {
	var out []workspace.Facet
	add := func(field string, of map[string]int) {
		f := workspace.Facet{Field: field, Values: []workspace.FacetValue{}}
		for _, v := range slices.Sorted(maps.Keys(of)) {
			if v != "" {
				f.Values = append(f.Values, workspace.FacetValue{Value: v, Count: of[v]})
			}
		}
		out = append(out, f)
	}
	add("type", types)
	for _, f := range []struct {
		name string
		of   func(workspace.Hit) string
	}{
		{"level1", func(h workspace.Hit) string { return h.Level1 }}, {"level2", func(h workspace.Hit) string { return h.Level2 }}, {"sector", func(h workspace.Hit) string { return h.Sector }},
		{"unit", func(h workspace.Hit) string { return h.Unit }}, {"direction", func(h workspace.Hit) string { return h.Direction }}, {"temporal_type", func(h workspace.Hit) string { return h.Temporal }},
		{"used", func(h workspace.Hit) string { return map[bool]string{true: "yes", false: "no"}[h.Used] }},
	} {
		counts := map[string]int{}
		for _, h := range list {
			counts[f.of(h)]++
		}
		add(f.name, counts)
	}
	return out
}
