package fake

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"yardstick/indicators"
	"yardstick/workspace"
)

// peer is what made-up projects filed for one indicator.
type peer struct {
	level1, level2, name, comparison, unit string
	values                                 []float64 // of peers, ascending
	own                                    []float64 // of the unit itself, earliest year first
	proposed                               float64
	basis, basisWhy                        string
	reached, evaluated                     int
	chance                                 *float64 // of reaching the proposal, from own
	weight                                 float64
	scaled                                 *workspace.Scaling
}

// peers are the indicators of the sample draft and of the suggestions for it.
func peers() []peer {
	return []peer{
		{"成本指标", "经济成本指标", "公里日常养护成本", "≤", "万元/公里",
			[]float64{.49, .52, .54, .57, .61, .63, .65, .66, .68, .69, .7, .71, .72, .73, .75, .77, .78, .78, .8, .81, .82, .84, .86, .87, .89, .91, .92, .94, .95, .98, 1.02, 1.07, 1.13, 1.19, 1.25, 1.32},
			[]float64{.74, .76, .79}, .8, "历史标准", "本单位 2022–2024 年为 0.74–0.79 万元/公里。", 24, 29, ptr(.62), 20, nil},
		{"产出指标", "质量指标", "农村公路养护验收合格率", "≥", "%",
			[]float64{86.7, 88.3, 89.9, 91.1, 92.3, 93.4, 94.4, 94.9, 95.2, 95.4, 95.8, 96.1, 96.4, 96.8, 97.2, 97.8, 98.1, 98.3, 98.6, 98.6, 98.9, 99.3, 99.5, 99.8, 99.9, 99.9, 99.9, 100, 100, 100, 100, 100, 100},
			[]float64{97.2, 98.1, 98.4}, 98, "历史标准", "本单位 2022–2024 年为 97.2–98.4%。", 25, 28, ptr(.55), 10, nil},
		{"产出指标", "质量指标", "农村公路优良中等路率", "≥", "%", spread, []float64{84.8, 85.1, 85.6, 85.9, 86.3}, 85, "历史标准", "本单位 2020–2024 年为 84.8–86.3%。", 12, 14, ptr(.71), 10, nil},
		{"产出指标", "时效指标", "路面病害处治及时率", "≥", "%",
			[]float64{82.7, 85.4, 87.9, 89.2, 90.3, 91.4, 92.4, 93.8, 94.8, 95.7, 96.2, 96.9, 97.8, 98.3, 98.3, 98.9, 99.7}, []float64{93.5, 94.6, 95.2}, 95, "历史标准", "本单位 2022–2024 年为 93.5–95.2%。", 11, 15, ptr(.52), 8, nil},
		{"满意度指标", "服务对象满意度指标", "沿线群众满意度", "≥", "%",
			[]float64{77.6, 79.7, 81.6, 83.6, 85, 86.6, 88, 88.8, 89.6, 90, 90.1, 90.4, 90.7, 90.8, 91.1, 91.2, 91.4, 91.6, 91.9, 92.3, 92.5, 92.9, 93.1, 93.5, 93.6, 94, 94.4, 94.8, 95, 95, 95.3, 95.5, 95.9, 96.5, 96.8, 97.6, 98.2, 98.5},
			[]float64{91, 92.4, 91.8}, 90, "行业标准", "同类 38 个项目，四分位 90–95%。", 30, 36, ptr(.93), 10, nil},
		{"产出指标", "数量指标", "边沟清理疏通里程", "≥", "公里", []float64{93, 131, 147, 170, 193, 224, 263, 309, 386}, nil, 193, "行业标准", "同类 9 个项目按里程折算，中位 193 公里。", 6, 8, nil, 5,
			&workspace.Scaling{By: "预算", Factor: 312, PerN: 9, Note: "按预算折算到 312.00 万元。"}},
		{"产出指标", "时效指标", "公路阻断平均抢通时间", "≤", "小时", []float64{6.5, 7.5, 8, 8.5, 9.5, 10.5, 11, 13, 15.5, 18, 20.5, 21.5, 25.5, 31}, []float64{13.9, 12.8, 13.1, 11.9, 11.6}, 13, "历史标准",
			"本单位 5 年 11.6–13.9 小时（均值 12.7）。", 6, 9, ptr(.62), 6, nil},
		{"产出指标", "时效指标", "养护任务按期完成率", "=", "%", slices.Repeat([]float64{100}, 28), nil, 100, "计划标准", "同类 28 个项目全部为 100%。", 18, 19, nil, 8, nil},
		{"效益指标", "社会效益指标", "农村客运班线通行保障率", "≥", "%", []float64{91.8, 93.9, 94.8, 95.6, 96.2, 96.9, 97.7, 98, 98.6, 98.8, 99.3}, []float64{96.9, 97.4, 98.2, 98}, 97.5, "历史标准",
			"本单位 4 年 96.9–98.2%。", 7, 9, ptr(.57), 8, nil},
		{"效益指标", "社会效益指标", "养护不到位引发的责任事故", "=", "起", make([]float64, 13), []float64{0, 0, 0}, 0, "计划标准", "同类 13 个项目都为 0 起。", 13, 13, nil, 10, nil},
		{"效益指标", "生态效益指标", "养护废旧料回收利用率", "≥", "%", []float64{60, 80}, nil, 0, "", "", 1, 1, nil, 0, nil},
	}
}

// peerOf finds the peers of a name.
func peerOf(name string) (peer, bool) {
	for _, p := range peers() {
		if p.name == name {
			return p, true
		}
	}
	return peer{}, false
}

func figure(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

// advice is what is said about the indicator's target.
func (p peer) advice() workspace.TargetAdvice {
	n := len(p.values)
	a := workspace.TargetAdvice{Comparison: p.comparison, Unit: p.unit, N: n, Values: p.values, Reached: workspace.Share{Part: p.reached, Of: p.evaluated}, Scaled: p.scaled}
	for i, x := range p.own {
		a.Own = append(a.Own, workspace.OwnValue{Year: 2025 - len(p.own) + i, Target: p.comparison + figure(p.proposed) + p.unit, Actual: figure(x) + p.unit, Value: ptr(x), FormID: "f-0001", Project: "农村公路日常养护"})
	}
	if n < 4 {
		a.Note = fmt.Sprintf("只有 %d 个项目用过，不足以建议目标值。", n)
		return a
	}
	a.Text, a.Basis, a.BasisWhy = p.comparison+figure(p.proposed)+p.unit, p.basis, p.basisWhy
	if n >= 8 {
		a.Q1, a.Median, a.Q3 = ptr(p.values[n/4]), ptr(p.values[n/2]), ptr(p.values[n*3/4])
	}
	switch p.comparison {
	case "≥":
		a.Low = ptr(p.proposed)
	case "≤":
		a.High = ptr(p.proposed)
	default:
		a.Low, a.High = ptr(p.proposed), ptr(p.proposed)
	}
	t := p.judge(p.proposed)
	a.Tightness = &t
	return a
}

// judge says how hard x would be to reach.
func (p peer) judge(x float64) workspace.Tightness {
	easier, n := 0.0, float64(len(p.values))
	for _, v := range p.values {
		if v == x {
			easier += .5
		} else if v < x == (p.comparison != "≤") {
			easier++
		}
	}
	t := workspace.Tightness{Word: "判断不了", PercentileN: len(p.values), ChanceN: len(p.own), Signals: []workspace.Signal{}}
	if n < 4 {
		t.Why = fmt.Sprintf("只有 %.0f 个项目用过，判断不了松紧。", n)
		return t
	}
	t.Percentile = ptr(100 * easier / n)
	if x == p.proposed {
		t.Chance = p.chance
	}
	t.Word = "适中"
	t.Why = fmt.Sprintf("居同类 %.0f 个项目的第 %.0f 百分位。", n, *t.Percentile)
	switch {
	case p.comparison == "≥" && len(p.own) > 0 && x < slices.Min(p.own)-1.5:
		t.Word, t.Chance = "偏松", ptr(.99)
		t.Why = fmt.Sprintf("低于本单位近 %d 年最低值 %s%s，几乎必然完成；居同类 %.0f 个项目的第 %.0f 百分位。", len(p.own), figure(slices.Min(p.own)), p.unit, n, *t.Percentile)
		t.Signals = append(t.Signals, workspace.Signal{Rule: "T-01", Why: "低于本单位历年最低值。"})
	case *t.Percentile >= 90 && p.comparison != "=":
		t.Word = "偏紧"
	}
	return t
}

// valueOf answers for one line of a draft.
func valueOf(name string, given indicators.Value, s State) workspace.ValueResult {
	v := workspace.ValueResult{Name: name, Given: given, Weight: workspace.WeightAdvice{Note: "没有项目用过，不建议权重。"},
		Proposed: workspace.TargetAdvice{Note: "没有项目用过，不建议目标值。"}}
	blank := given.Kind == "" || given.Kind == indicators.Empty
	if !blank {
		v.Tightness = workspace.Tightness{Word: "判断不了", Signals: []workspace.Signal{}, Why: "没有项目用过这个指标，不能比。"}
	}
	if given.Kind == indicators.Level || given.Kind == indicators.Text {
		v.Tightness.Why = "目标值是文字，不能和别的项目比。"
	}
	if strings.Contains(name, "投诉率") && given.Comparison == indicators.AtLeast {
		v.Tightness.Why = "性质改正后再比。"
	}
	if s == Empty || s == Refused {
		v.Proposed.Note = "没有可比的项目，不建议目标值。"
		if !blank {
			v.Tightness.Why = "没有可比的项目，也没有本单位历年的表单。"
		}
		return v
	}
	if strings.Contains(name, "里程") {
		v.Tightness.Why = "与预算匹配，不比同类。"
	}
	p, ok := peerOf(name)
	if !ok {
		return v
	}
	v.Entry, v.EntryName, v.Proposed = "JT-0214", name, p.advice()
	v.Weight = workspace.WeightAdvice{N: len(p.values)}
	if p.weight > 0 {
		v.Weight.Median, v.Weight.Q1, v.Weight.Q3 = ptr(p.weight), ptr(max(1, p.weight-2)), ptr(p.weight+2)
		v.Weight.Points, v.Weight.Fit = ptr(p.weight), "同类中位数，按本类应有的分取整。"
	}
	if given.Kind == indicators.Number {
		x := given.Low
		if given.Comparison == indicators.AtMost || given.Comparison == indicators.Below {
			x = given.High
		}
		v.Tightness = p.judge(x)
	}
	return v
}
