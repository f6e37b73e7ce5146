package forms

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"
)

//go:embed vocabulary.tsv
var vocabularyText string

// role says what a column, label or mark means; the names are those of
// vocabulary.tsv.
type role string

// Roles of columns in an indicator block.
const (
	unknown     role = ""
	level1      role = "level1"
	level2      role = "level2"
	name        role = "name"
	explanation role = "explanation"
	target      role = "target"
	targetValue role = "target_value"
	longTarget  role = "long_target"
	longName    role = "long_name"
	longOther   role = "long_other" // level, operator or unit of the long-term set
	history     role = "history"
	thisYear    role = "this_year" // this year's value among those of other years
	operator    role = "operator"
	unit        role = "unit"
	actual      role = "actual"
	actualUnit  role = "actual_unit"
	rate        role = "rate"
	expected    role = "expected"
	likelihood  role = "likelihood"
	weight      role = "weight"
	weight1     role = "weight1" // points of the level-1 class
	weight2     role = "weight2" // points of the level-2 class
	score       role = "score"
	upperScore  role = "upper_score" // score of a level-1 or level-2 class
	review      role = "review"
	converted   role = "converted"
	reason      role = "reason"
	note        role = "note"
	tier        role = "tier"
	region      role = "region"
	seq         role = "seq"
	side        role = "side"
	sub         role = "sub" // a word that means something only below another
	groupLong   role = "group_long"
	groupYear   role = "group_year"
	// Columns of a wide sheet that repeat the fields of a form's head.
	wideProject    role = "project"
	wideUnit       role = "unit_name"
	wideDepartment role = "department"
	wideYear       role = "year"
	wideGoal       role = "goal"
	wideBudget     role = "budget"
)

// entry is one meaning of a word.
type entry struct {
	role   role
	weight float64
	other  role // taken when a column of greater weight has the role
}

// vocabulary maps folded words to meanings, one map for each use.
type vocabulary struct {
	column, label, budget map[string]entry
	total, subtotal, foot map[string]bool
}

// words returns the vocabulary; it is read once and never changed.
var words = sync.OnceValue(func() *vocabulary { return parseVocabulary(vocabularyText) })

// parseVocabulary reads vocabulary.tsv. Lines that do not have six fields are
// left out; a test checks that there are none.
func parseVocabulary(text string) *vocabulary {
	v := &vocabulary{
		column: map[string]entry{}, label: map[string]entry{}, budget: map[string]entry{},
		total: map[string]bool{}, subtotal: map[string]bool{}, foot: map[string]bool{},
	}
	for line := range strings.Lines(text) {
		f := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if strings.HasPrefix(line, "#") || len(f) != 6 {
			continue
		}
		w, _ := strconv.ParseFloat(f[3], 64)
		e := entry{role: role(f[1]), weight: w, other: role(f[4])}
		if e.other == unknown {
			e.other = note
		}
		switch f[0] {
		case "column":
			v.column[f[2]] = e
		case "label":
			v.label[f[2]] = e
		case "budget":
			v.budget[f[2]] = e
		case "mark":
			switch f[1] {
			case "total":
				v.total[f[2]] = true
			case "subtotal":
				v.subtotal[f[2]] = true
			case "foot":
				v.foot[f[2]] = true
			}
		}
	}
	return v
}

// maxFuzzy is the longest header word in characters that is read by its parts.
const maxFuzzy = 18

// columnRole returns the meaning of a header word: exact reports whether the
// word itself is known, otherwise it was read by its parts.
func (v *vocabulary) columnRole(key string) (e entry, exact bool) {
	if key == "" {
		return entry{}, false
	}
	if e, ok := v.column[key]; ok {
		return e, true
	}
	b := bare(key)
	if e, ok := v.column[b]; ok {
		return e, true
	}
	if _, money := v.budget[b]; money || runes(b) > maxFuzzy {
		return entry{}, false
	}
	return fuzzyColumn(b), false
}

// fuzzyColumn reads a header word by its parts. The order matters: 预计完成值
// is no 完成值, 复核得分 no 得分, 评分标准 no 评分.
func fuzzyColumn(s string) entry {
	has := func(parts ...string) bool {
		for _, p := range parts {
			if strings.Contains(s, p) {
				return true
			}
		}
		return false
	}
	switch {
	case has("一级指标"):
		return entry{level1, 0.5, note}
	case has("二级指标"):
		return entry{level2, 0.5, note}
	case has("三级指标"):
		return entry{name, 0.6, note}
	case has("评分", "计分", "扣分", "赋分", "得分") && has("标准", "规则", "依据", "办法", "说明", "细则", "公式"):
		return entry{note, 0.5, note}
	case has("原因", "偏差说明", "整改", "纠偏"):
		return entry{reason, 0.5, note}
	case has("上年", "上一年", "历史", "往年", "前年", "去年", "前三年", "近三年", "上年度"):
		return entry{history, 0.5, note}
	case has("预计") && has("完成", "全年", "年底", "年末"):
		return entry{expected, 0.6, note}
	case has("可能性"):
		return entry{likelihood, 0.5, note}
	case has("折算") && has("分"):
		return entry{converted, 0.6, note}
	case has("复核", "审核", "复评", "财政", "主管部门") && (has("得分", "评分", "打分") || runes(s) <= 4):
		return entry{review, 0.6, note}
	case has("应得", "规定分", "标准分", "基准分", "满分"):
		return entry{weight, 0.6, note}
	case has("得分", "自评分", "评分", "打分"), strings.HasSuffix(s, "分") && has("评定", "自评", "评价", "考评", "自查", "评估"):
		return entry{score, 0.5, note}
	case has("权重", "分值"), strings.HasSuffix(s, "分数"):
		return entry{weight, 0.5, note}
	case has("完成率", "完成比", "完成程度", "偏离", "偏差"):
		return entry{rate, 0.5, note}
	case has("计量单位", "度量单位"):
		return entry{unit, 0.6, note}
	case has("符号", "指标性质", "运算"):
		return entry{operator, 0.6, note}
	case has("中期", "长期", "实施期", "周期") && has("值", "目标"):
		return entry{longTarget, 0.6, note}
	case has("目标", "预期", "计划", "设定") && has("值", "数") && !has("实际"):
		return entry{target, 0.5, note}
	case has("实际", "完成", "达成", "执行", "监控") && has("值", "情况", "数", "结果"):
		return entry{actual, 0.5, rate}
	case has("指标值", "目标值", "预期值", "计划值", "标准值"):
		return entry{target, 0.5, note}
	case strings.HasSuffix(s, "目标") && has("计划", "设定", "任务", "本年", "当年", "预期", "考核"):
		return entry{target, 0.45, note}
	case has("指标") && has("内容", "名称", "明细"):
		return entry{name, 0.55, explanation}
	case has("指标") && has("类别", "类型", "分类"):
		return entry{level1, 0.6, level2}
	case has("解释", "释义"):
		return entry{explanation, 0.5, note}
	}
	return entry{}
}

// labelOf returns the field that a label names.
func (v *vocabulary) labelOf(key string) (entry, bool) {
	if e, ok := v.label[key]; ok {
		return e, true
	}
	b := bare(key)
	if e, ok := v.label[b]; ok {
		return e, true
	}
	if runes(b) <= 10 {
		return fuzzyLabel(b)
	}
	return entry{}, false
}

// isLabel reports whether the vocabulary itself has a word as a label.
func (v *vocabulary) isLabel(key string) bool {
	_, whole := v.label[key]
	_, part := v.label[bare(key)]
	return whole || part
}

// isBudget reports whether the vocabulary itself has a word of the budget.
func (v *vocabulary) isBudget(key string) bool {
	_, whole := v.budget[key]
	_, part := v.budget[bare(key)]
	return whole || part
}

// fuzzyLabel reads a label by its ending.
func fuzzyLabel(s string) (entry, bool) {
	ends := func(suffixes ...string) bool {
		for _, x := range suffixes {
			if strings.HasSuffix(s, x) {
				return true
			}
		}
		return false
	}
	switch {
	case ends("项目名称"):
		return entry{role: "project", weight: 0.8}, true
	case ends("主管部门", "主管单位"):
		return entry{role: "department", weight: 0.85}, true
	case ends("实施单位", "执行单位", "承担单位", "使用单位", "申报单位", "预算单位", "实施部门", "预算单位名称"):
		return entry{role: "unit", weight: 0.85}, true
	case ends("目标完成情况"):
		return entry{role: "goal_actual", weight: 0.8}, true
	case ends("绩效目标", "总体目标", "绩效目标描述", "绩效总目标", "绩效目标内容"):
		return entry{role: "goal", weight: 0.7}, true
	}
	return entry{}, false
}

// budgetOf returns the budget column or row that a word names.
func (v *vocabulary) budgetOf(key string) (entry, bool) {
	if e, ok := v.budget[key]; ok {
		return e, true
	}
	b := bare(key)
	if e, ok := v.budget[b]; ok {
		return e, true
	}
	if rest, ok := strings.CutPrefix(b, "其中"); ok && (strings.Contains(rest, "本年") || strings.Contains(rest, "当年")) {
		if e, ok := v.budget[rest]; ok && e.role == "total" {
			return e, true // 总投资额 | … | 其中：本年度预算金额
		}
	}
	if strings.HasPrefix(b, "其中") && runes(b) <= 24 {
		return entry{role: "detail", weight: 1}, true
	}
	for _, u := range []string{"万元", "元"} {
		if t := strings.TrimSuffix(b, u); t != b {
			if e, ok := v.budget[t]; ok {
				return e, true // 资金总额/万元
			}
		}
	}
	if t := strings.TrimPrefix(b, "项目"); t != b {
		if e, ok := v.budget[t]; ok {
			return e, true
		}
	}
	if runes(b) <= 12 {
		return fuzzyBudget(b)
	}
	return entry{}, false
}

// fuzzyBudget reads a word of the budget block by its parts.
func fuzzyBudget(s string) (entry, bool) {
	has := func(p string) bool { return strings.Contains(s, p) }
	amount := strings.HasSuffix(s, "数") || strings.HasSuffix(s, "额") || strings.HasSuffix(s, "额度") || strings.HasSuffix(s, "预算")
	// A word for one source of the money, or for what is left of it.
	part := has("中央") || has("地方") || has("省") || has("市") || has("县") || has("区") || has("上级") || has("本级") ||
		has("财政") || has("其他") || has("其它") || has("结转") || has("自") || has("基金") || has("未")
	switch {
	case strings.HasSuffix(s, "执行率"):
		return entry{role: "rate", weight: 0.5}, true
	case part:
	case strings.HasSuffix(s, "资金") && (has("预算") || has("安排") || has("下达") || has("申报") || has("申请") || has("批复")):
		return entry{role: "total", weight: 0.5}, true
	}
	switch {
	case !amount:
		return entry{}, false
	case (has("上年") || has("上一年") || has("去年") || has("前年")) && !has("结转"):
		return entry{role: "last_year", weight: 0.5}, true
	case has("预计") && has("执行"):
		return entry{role: "expected", weight: 0.5}, true
	case has("执行") || has("决算") || has("支出") && (has("实际") || has("全年")):
		return entry{role: "executed", weight: 0.5}, true
	case has("到位") && has("资金"):
		return entry{role: "received", weight: 0.5}, true
	case has("下达") && !has("未"), has("预算") && (has("调整") || has("全年")):
		return entry{role: "full_year", weight: 0.5}, true
	case has("年初") && has("预算"):
		return entry{role: "initial", weight: 0.5}, true
	case part:
	case has("单位") || has("标准"):
	case has("预算"), !strings.HasSuffix(s, "数") && (has("安排") || has("申报") || has("申请") || has("补助")):
		return entry{role: "total", weight: 0.5}, true
	}
	return entry{}, false
}
