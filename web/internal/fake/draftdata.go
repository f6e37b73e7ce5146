package fake

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"yardstick"
	"yardstick/workspace"
)

// sampleBody is the draft that pages show, with one fault of each kind.
func sampleBody() workspace.DraftBody {
	line := func(l1, l2, name, comparison, target, unit string, weight float64, basis string) workspace.DraftLine {
		return workspace.DraftLine{Level1: l1, Level2: l2, Name: name, Comparison: comparison, Target: target, Unit: unit, Weight: ptr(weight), Basis: basis}
	}
	return workspace.DraftBody{Project: "农村公路日常养护", Department: "县交通运输局", Unit: "县公路养护中心", Region: "青禾县", Year: 2025, Sector: "交通运输", Function: "21401", Type: "T-214-01",
		Budget: ptr(312.0), Fiscal: ptr(300.0), Other: ptr(12.0), RuleSet: "mof-10-90",
		Goal: "对全县县道、乡道386.4公里开展日常养护，及时清扫保洁、修补路面病害、疏通边沟，保持路况优良中等路率稳定，保障群众安全便捷出行。",
		Lines: []workspace.DraftLine{
			line("成本指标", "经济成本指标", "公里日常养护成本", "≤", "0.80", "万元/公里", 20, "历史标准"),
			line("产出指标", "数量指标", "农村公路列养里程", "≥", "386.4", "公里", 10, "计划标准"),
			line("产出指标", "质量指标", "农村公路养护验收合格率", "≥", "98.0", "%", 10, "行业标准"),
			line("产出指标", "质量指标", "农村公路优良中等路率", "≥", "80.0", "%", 10, "历史标准"),
			line("产出指标", "时效指标", "路面病害处治及时率", "≥", "95.0", "%", 8, "历史标准"),
			line("效益指标", "社会效益指标", "群众投诉率", "≥", "5.0", "%", 10, ""),
			line("效益指标", "社会效益指标", "提升农村公路通行能力", "定性", "有效提升", "", 10, ""),
			line("满意度指标", "服务对象满意度指标", "沿线群众满意度", "≥", "90.0", "%", 10, "行业标准"),
		}}
}

// tasks marks what the goal says will be done. Words that the goal no longer has
// are no tasks; lines that were deleted cover nothing.
func tasks(body workspace.DraftBody) []workspace.GoalTask {
	out := []workspace.GoalTask{}
	for _, t := range []struct{ text, line string }{
		{"县道、乡道386.4公里", "农村公路列养里程"}, {"清扫保洁", "道路清扫保洁合格率"}, {"修补路面病害", "路面病害处治及时率"}, {"疏通边沟", "边沟清理疏通里程"},
		{"路况优良中等路率稳定", "农村公路优良中等路率"}, {"安全便捷出行", "提升农村公路通行能力"},
	} {
		i := strings.Index(body.Goal, t.text)
		if i < 0 {
			continue
		}
		from := utf8.RuneCountInString(body.Goal[:i])
		task := workspace.GoalTask{Text: t.text, From: from, To: from + utf8.RuneCountInString(t.text), Lines: []int{}, Why: "没有指标写到“" + t.text + "”。"}
		for k, l := range body.Lines {
			if l.Name == t.line {
				task.Lines, task.Why = append(task.Lines, k), "“"+l.Name+"”与它同指一件事。"
			}
		}
		out = append(out, task)
	}
	return out
}

// findings are what the lines of the body still cause.
func findings(body workspace.DraftBody) []workspace.Finding {
	out := []workspace.Finding{}
	if len(body.Lines) == 0 {
		out = append(out, workspace.Finding{Rule: "D-02", Title: "必有的类别没有指标", Severity: "must", Item: "规范完整", Field: "form", Why: "表上一个指标也没有。", Do: "从右侧推荐里加入，或自己写。",
			Source: "财预〔2021〕101号", SourceStatus: "recalled"})
	}
	var later []workspace.Finding
	for i, l := range body.Lines {
		at := func(f workspace.Finding) workspace.Finding {
			f.Line, f.Indicator, f.SourceStatus = i+1, l.Name, "recalled"
			f.Raw = l.Comparison + l.Target + l.Unit
			return f
		}
		x, err := strconv.ParseFloat(l.Target, 64)
		switch {
		case strings.TrimSpace(l.Name) == "":
			out = append(out, at(workspace.Finding{Rule: "D-03", Title: "指标没有名称", Severity: "must", Item: "规范完整", Field: "name", Why: "第 " + strconv.Itoa(i+1) + " 行没有写指标名称。", Do: "写上名称，或删去这一行。",
				Source: "财预〔2021〕101号", Fix: &workspace.Fix{Label: "删去这一行", Set: map[string]string{"delete": "1"}}}))
		case strings.Contains(l.Name, "投诉率") && l.Comparison == "≥":
			out = append(out, at(workspace.Finding{Rule: "D-01", Title: "性质与名称相反", Severity: "must", Item: "指标科学", Field: "comparison", Why: "“投诉率”越低越好，性质应为 ≤，现为 ≥。", Do: "把性质改为 ≤。", Source: "财预〔2021〕101号",
				Fix: &workspace.Fix{Label: "改为 ≤ " + l.Target + l.Unit, Set: map[string]string{"comparison": "≤"}}}))
		case l.Name == "公里日常养护成本" && err == nil && x < .81:
			later = append(later, at(workspace.Finding{Rule: "D-07", Title: "资金与数量不配", Severity: "watch", Item: "资金匹配", Field: "target", Why: "预算 312.00 万元 ÷ 386.4 公里 = 0.81 万元/公里，高于目标值 " + l.Target + "。",
				Do: "核对里程和预算，或改目标值。", Source: "财预〔2021〕101号", N: 36, Fix: &workspace.Fix{Label: "改为 ≤ 0.81", Set: map[string]string{"target": "0.81"}}}))
		case l.Name == "农村公路优良中等路率" && err == nil && x < 84.8:
			later = append(later, at(workspace.Finding{Rule: "D-04", Title: "目标值偏松", Severity: "watch", Item: "绩效合理", Field: "target", Why: "低于本单位近 5 年最低值 84.8%（均值 85.5%，n=5），几乎必然完成。", Do: "改为不低于历年水平。",
				Source: "财预〔2021〕101号", N: 38, Fix: &workspace.Fix{Label: "改为 ≥ 85.0", Set: map[string]string{"target": "85.0"}}}))
		case l.Comparison == "定性" && strings.Contains(l.Target, "有效"):
			later = append(later, at(workspace.Finding{Rule: "D-08", Title: "表述含糊", Severity: "watch", Item: "明确清晰", Field: "target", Why: "“" + l.Target + "”没有分档标准，年底无法评分。", Do: "可换成“农村客运班线通行保障率 ≥ 97.5%”。",
				Source: "财预〔2021〕101号", Fix: &workspace.Fix{Label: "替换", Set: map[string]string{"name": "农村客运班线通行保障率", "comparison": "≥", "target": "97.5", "unit": "%"}}}))
		}
	}
	f := frameOf(body.RuleSet)
	if _, total := sums(f, body.Lines); len(body.Lines) > 0 && total != f.Total {
		later = append(later, workspace.Finding{Rule: "D-09", Title: "权重合计不对", Severity: "watch", Item: "规范完整", Field: "weight", Raw: figure(total), Why: "权重合计 " + figure(total) + " 分，应为 " + figure(f.Total) + " 分。",
			Do: "按各类应有的分调整。", Source: f.Source, SourceStatus: f.Status})
	}
	return append(out, later...)
}

var reviewItems = []struct {
	group, item string
	of          float64
}{
	{"完整性", "规范完整", 10}, {"完整性", "明确清晰", 10}, {"相关性", "目标相关", 15}, {"相关性", "指标科学", 15},
	{"适当性", "绩效合理", 15}, {"适当性", "资金匹配", 15}, {"可行性", "实现可能", 10}, {"可行性", "条件充分", 10},
}

// marked fills in points, grade and advice from the findings: an item loses half
// for what must be changed and a fifth for what needs a look.
func marked(r workspace.Review) workspace.Review {
	r.Marks, r.Points, r.Must, r.Watch = nil, 0, 0, 0
	count := map[string]int{}
	for _, item := range reviewItems {
		m := workspace.ReviewMark{Group: item.group, Item: item.item, Of: item.of, Points: item.of, Grade: "优", Why: "没有发现问题。"}
		for _, f := range r.Findings {
			if f.Item != item.item {
				continue
			}
			if m.Points == m.Of {
				m.Why = ""
			}
			m.Why += f.Why
			if f.Severity == "must" {
				m.Points, m.Grade = min(m.Points, item.of*.5), "差"
			} else {
				m.Points = max(0, m.Points-item.of*.2)
				if m.Grade == "优" {
					m.Grade = "良"
				}
			}
		}
		r.Points += m.Points
		r.Marks = append(r.Marks, m)
	}
	for _, f := range r.Findings {
		count[f.Rule]++
		if f.Severity == "must" {
			r.Must++
		} else {
			r.Watch++
		}
	}
	r.Grade, r.Advice = grade(r.Points, r.Must)
	r.Checks = nil
	for _, c := range []struct{ rule, title string }{{"D-01", "性质与名称相反"}, {"D-02", "必有的类别没有指标"}, {"D-03", "指标没有名称"}, {"D-04", "目标值偏松"}, {"D-07", "资金与数量不配"}, {"D-08", "表述含糊"}, {"D-09", "权重合计不对"}, {"D-10", "指标重复"}, {"D-12", "与上年文字相同"}} {
		check := workspace.ReviewCheck{Rule: c.rule, Title: c.title, Answer: "ok", Count: count[c.rule]}
		if check.Count > 0 {
			check.Answer = "found"
		}
		if c.rule == "D-12" {
			check.Answer, check.Why = "unchecked", "没有这个项目上年的表单。"
		}
		r.Checks = append(r.Checks, check)
	}
	return r
}

func grade(points float64, must int) (string, string) {
	switch {
	case points >= 90 && must == 0:
		return "优", "通过"
	case points >= 80 && must == 0:
		return "良", "完善后通过"
	case points >= 60:
		return "中", "修改后再报"
	}
	return "差", "不予通过"
}

var reviewRules = workspace.RuleSet{ID: "mof-88", Version: "2015", Place: "财政部", Source: "财预〔2015〕88号", Status: "recalled", Rules: 9}

// review is the opinion on a body.
func review(body workspace.DraftBody, s State) workspace.Review {
	r := marked(workspace.Review{Kind: string(yardstick.Target), Project: body.Project, Unit: body.Unit, Department: body.Department, Year: body.Year, Sector: body.Sector, Budget: body.Budget,
		Lines: len(body.Lines), Findings: findings(body), Rules: reviewRules, History: "与同类 41 个项目（2021–2024 年）和本单位 5 年的表单比较。", TookMS: 12.4})
	if s == Empty || s == Refused {
		r.History = "没有可比的项目，只查了表上自己的内容。"
		for i := range r.Checks {
			if r.Checks[i].Rule == "D-04" || r.Checks[i].Rule == "D-07" {
				r.Checks[i].Answer, r.Checks[i].Why, r.Checks[i].Count = "unchecked", "没有可比的项目。", 0
			}
		}
		kept := r.Findings[:0]
		for _, f := range r.Findings {
			if f.Rule != "D-04" && f.Rule != "D-07" {
				kept = append(kept, f)
			}
		}
		checks := r.Checks
		r.Findings = kept
		r = marked(r)
		r.Checks = checks
	}
	return r
}

// longBody has the longest names, and as many lines as a page has to stand.
func longBody() workspace.DraftBody {
	b := sampleBody()
	b.Project = strings.Repeat("城乡环境综合整治与生活垃圾分类收运处置一体化", 2) + "及配套设施建设改造提升工程"
	b.Goal = strings.Repeat(b.Goal, 4)
	classes := [][2]string{{"成本指标", "经济成本指标"}, {"产出指标", "数量指标"}, {"产出指标", "质量指标"}, {"产出指标", "时效指标"}, {"效益指标", "社会效益指标"}, {"满意度指标", "服务对象满意度指标"}}
	for i := len(b.Lines); i < 60; i++ {
		c := classes[i%len(classes)]
		b.Lines = append(b.Lines, workspace.DraftLine{Level1: c[0], Level2: c[1], Name: fmt.Sprintf("%s第 %d 项", strings.Repeat("按照上级要求及时足额拨付并规范使用专项资金", 2)+"的项目数量占比", i+1), Comparison: "≥", Target: "1234567890.12", Unit: "立方米/平方公里·年", Weight: ptr(1.25)})
	}
	return b
}
