package library

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"yardstick/indicators"
)

// Finding is what a rule of Lint holds against an entry or a template.
type Finding struct {
	ID      string // of the entry or the project type
	Rule    string // short name of the rule, stable
	Column  string // of the tables of entries
	Message string // in Chinese, what is wrong and what is expected
}

func (f Finding) String() string { return f.ID + " " + f.Rule + " " + f.Column + ": " + f.Message }

// Lint holds entries to the rules by which a reviewer reads an indicator
// (docs/methods.md, Library): direction fits the name, unit fits the dimension,
// no rate above 100 %, no money as 数量, no duplicates, the formula speaks of
// its terms. Findings come in the order of the entries. Entries of a bureau's
// own library may leave columns empty; complete asks for all of them.
func Lint(entries []Entry, complete bool) []Finding {
	var out []Finding
	names := make(map[string]Entry)
	for _, e := range entries {
		l := linter{e: e}
		l.identity(names)
		l.classAndUnit()
		l.direction()
		l.formula()
		l.scoring()
		if complete {
			l.complete()
		}
		out = append(out, l.found...)
	}
	return out
}

type linter struct {
	e     Entry
	found []Finding
}

func (l *linter) fail(rule, column, format string, args ...any) {
	l.found = append(l.found, Finding{ID: l.e.ID, Rule: rule, Column: column, Message: l.e.Name + "：" + fmt.Sprintf(format, args...)})
}

// identity: a name stands for one entry of the whole library, an alias for
// one of its class.
func (l *linter) identity(names map[string]Entry) {
	e := l.e
	if k := indicators.NormalName(e.Name); k == "" {
		l.fail("name", "name", "没有名称")
	} else if other, taken := names[k]; taken {
		l.fail("duplicate", "name", "与 %s %s 重名", other.ID, other.Name)
	} else {
		names[k] = e
	}
	if n := utf8.RuneCountInString(e.Name); n > 24 {
		l.fail("long", "name", "名称有 %d 个字，超过 24 个", n)
	}
	if strings.ContainsAny(e.Name, "≥≤>%") || yearIn(e.Name) {
		l.fail("digits", "name", "名称里不写目标值和年份")
	}
	seen := map[string]bool{indicators.NormalName(e.Name): true}
	for _, a := range e.Aliases {
		k := indicators.NormalName(a)
		if seen[k] {
			l.fail("alias", "aliases", "别名“%s”重复", a)
		}
		seen[k] = true
		if other, taken := names[k]; taken && other.ID != e.ID && other.Sector == e.Sector && indicators.NormalName(other.Name) == k {
			l.fail("alias", "aliases", "别名“%s”是 %s 的名称", a, other.ID)
		}
	}
}

// yearIn reports a year in a name.
func yearIn(name string) bool {
	for _, y := range []string{"19", "20"} {
		if i := strings.Index(name, y); i >= 0 && strings.HasPrefix(strings.TrimLeft(name[i:], "0123456789"), "年") {
			return true
		}
	}
	return false
}

// suffixUnits say which units a name's ending admits. The table holds what
// reviewers look at (规范性 and 单位 in the six checks, docs/methods.md).
var suffixUnits = []struct {
	suffixes string
	units    string
}{
	{"满意度 满意率", "%"},
	{"合格率 达标率 完成率 覆盖率 及时率 准确率 完好率 到位率 知晓率 使用率 利用率 普及率 参与率 发放率 执行率 出勤率 办结率 有效率 公开率 占比 比重 比例", "% ‰ 比例"},
	{"死亡率 发病率 发生率 发案率 事故率", "% ‰ ‱ /"},
	{"人次 人次数", "人次 万人次"},
	{"场次", "场 场次 次 期"},
	{"天数", "天 个工作日 人天"},
	{"里程", "公里 万公里 车公里 万车公里 米 列公里 万列公里"},
	{"面积", "平方米 万平方米 亩 万亩 公顷 平方公里 亩次 万亩次 /"},
	{"成本 费用 金额 经费标准 补助标准", "元 万元 亿元 元/"},
}

// classAndUnit: a dimension has its units, a date its type, money is no 数量.
func (l *linter) classAndUnit() {
	e := l.e
	if e.Quantitative() == (e.Unit == "") {
		l.fail("unit", "unit", "%s指标的单位写成“%s”：定量的要有单位，定性的不写", e.TemporalType, e.Unit)
	}
	if e.Quantitative() == (e.Comparison == indicators.None) {
		l.fail("comparison", "comparison", "%s指标的性质写成“%s”：定量的要有 ≥ ≤ = 之一，定性的不写", e.TemporalType, e.Comparison)
	}
	if (e.TemporalType == Milestone) != (e.Unit == "日期") {
		l.fail("date", "temporal_type", "%s指标的单位是“%s”：节点指标的单位是日期，只有它是", e.TemporalType, e.Unit)
	}
	if e.Level2 == "数量指标" && strings.Contains(e.Unit, "元") {
		l.fail("money", "unit", "金额不作数量指标")
	}
	if e.Level2 == "经济成本指标" && e.Quantitative() && !strings.Contains(e.Unit, "元") && e.Unit != "%" && e.Unit != "‰" && e.Unit != "个百分点" && e.Unit != "千瓦时" &&
		!strings.ContainsAny(e.Unit, "/比人") {
		l.fail("cost", "unit", "经济成本指标的单位“%s”不是金额或单耗", e.Unit)
	}
	if !e.Quantitative() {
		return
	}
	for _, s := range suffixUnits {
		if !hasAnySuffix(e.Name, s.suffixes) {
			continue
		}
		if !slices.ContainsFunc(strings.Fields(s.units), func(u string) bool {
			return e.Unit == u || u == "/" && strings.Contains(e.Unit, "/") || u == "元/" && strings.Contains(e.Unit, "元/")
		}) {
			l.fail("dimension", "unit", "单位“%s”与名称不合，应为 %s 之一", e.Unit, s.units)
		}
		return
	}
	if strings.HasSuffix(e.Name, "率") && !strings.ContainsAny(e.Unit, "%‰/倍比‱") {
		l.fail("dimension", "unit", "单位“%s”与名称“率”不合", e.Unit)
	}
}

// direction: what is better when lower or higher by its name is entered so.
func (l *linter) direction() {
	e := l.e
	if e.Quantitative() {
		fits := map[Direction]string{Higher: "≥>=", Lower: "≤<=", Neutral: "=≤≥"}[e.Direction]
		if !strings.Contains(fits, string(e.Comparison)) {
			l.fail("sign", "comparison", "%s指标的性质不写“%s”", e.Direction, e.Comparison)
		}
	}
	if e.TemporalType == Ceiling && e.Direction != Lower {
		l.fail("ceiling", "direction", "上限指标是反向的")
	}
	const lower = "投诉率 失业率 差错率 事故率 死亡率 发病率 漏损率 辍学率 流失率 超标率 返工率 空置率 发案率 能耗 水耗 故障率 投诉次数 投诉件数 事故起数 违规次数 死亡人数 缺勤率"
	const higher = "合格率 达标率 完成率 覆盖率 及时率 准确率 完好率 满意度 满意率 知晓率 普及率 节约率 增长率 下降率 降低率 减少率 正点率 准点率 办结率 到位率"
	if hasAnySuffix(e.Name, lower) && e.Direction != Lower {
		l.fail("direction", "direction", "越低越好的指标写成了%s", e.Direction)
	}
	if hasAnySuffix(e.Name, higher) && e.Direction != Higher && !strings.Contains(e.Name, "不") {
		l.fail("direction", "direction", "越高越好的指标写成了%s", e.Direction)
	}
	if strings.HasSuffix(e.Name, "成本") && e.Direction == Higher {
		l.fail("direction", "direction", "成本越低越好，写成了%s", e.Direction)
	}
}

// formula: a share has one, and it speaks of what the name names.
func (l *linter) formula() {
	e := l.e
	if !e.Quantitative() && e.Formula != "" {
		l.fail("formula", "formula", "定性指标没有公式，判断方法写在含义里")
	}
	if e.Unit == "%" || strings.HasSuffix(e.Name, "率") && e.Quantitative() {
		if !strings.ContainsAny(e.Formula, "÷/×−－") {
			l.fail("formula", "formula", "比率要写明分子和分母，现为“%s”", e.Formula)
		} else if !sharesTerm(e.Name, e.Formula) {
			l.fail("terms", "formula", "公式没有提到名称里的任何一个词：%s", e.Formula)
		}
	}
	if e.Formula != "" && utf8.RuneCountInString(e.Formula) < 4 {
		l.fail("formula", "formula", "公式不完整：%s", e.Formula)
	}
	// A share of a whole can't be above 100 %; growth, completion and execution can.
	if e.Unit == "%" && hasAnySuffix(e.Name, "覆盖率 合格率 达标率 满意度 及时率 准确率 完好率 知晓率 占比 入住率 公开率") {
		for _, text := range []string{e.Formula, e.Scoring, e.Note, e.Meaning} {
			if p := above100(text); p != "" {
				l.fail("above100", "note", "部分占总体的比率不会超过 100%%，文字里有 %s", p)
			}
		}
	}
}

// sharesTerm reports whether formula holds two neighbouring characters of name.
func sharesTerm(name, formula string) bool {
	r := []rune(strings.TrimSuffix(strings.TrimSuffix(name, "率"), "满意度"))
	if len(r) < 2 {
		return true
	}
	for i := range len(r) - 1 {
		if strings.Contains(formula, string(r[i:i+2])) {
			return true
		}
	}
	return strings.HasSuffix(name, "满意度") && strings.Contains(formula, "满意")
}

// above100 returns the first percentage above 100 in text.
func above100(text string) string {
	for i := strings.IndexByte(text, '%'); i >= 0; {
		j := i
		for j > 0 && (text[j-1] >= '0' && text[j-1] <= '9' || text[j-1] == '.') {
			j--
		}
		if n := strings.TrimLeft(text[j:i], "0"); !strings.Contains(n, ".") && len(n) >= 3 && n != "100" {
			return text[j : i+1]
		}
		k := strings.IndexByte(text[i+1:], '%')
		if k < 0 {
			break
		}
		i += 1 + k
	}
	return ""
}

// scoring: satisfaction is asked for, and graded words are judged.
func (l *linter) scoring() {
	e := l.e
	if e.Level1 == "满意度指标" {
		if e.Unit != "%" || e.Direction != Higher || e.TemporalType != Level {
			l.fail("satisfaction", "unit", "满意度是百分比、正向、水平")
		}
		if e.Taking != "" && e.Taking != "问卷调查法" {
			l.fail("satisfaction", "taking", "满意度用问卷调查法取值")
		}
		if e.Scoring != "" && !strings.HasPrefix(e.Scoring, "满意度赋分") {
			l.fail("satisfaction", "scoring", "满意度按满意度赋分")
		}
	}
	if strings.HasPrefix(e.Scoring, "按评判等级赋分") != (e.TemporalType == Qualitative) && e.Scoring != "" {
		l.fail("scoring", "scoring", "%s指标的评分规则是“%s”：定性的按评判等级赋分，只有它是", e.TemporalType, e.Scoring)
	}
	if e.Weight.High > 30 {
		l.fail("weight", "weight", "单个指标 %s 分，超过 30 分", e.Weight)
	}
}

// complete: what the shipped library has in every entry.
func (l *linter) complete() {
	e := l.e
	for _, c := range []struct {
		column string
		empty  bool
	}{
		{"weight", e.Weight == Weight{}}, {"data_source", e.DataSource == ""}, {"taking", e.Taking == ""}, {"scoring", e.Scoring == ""},
		{"evidence", e.Evidence == ""}, {"keywords", len(e.Keywords) == 0}, {"function", len(e.Function) == 0 && e.Sector != Common},
	} {
		if c.empty {
			l.fail("empty", c.column, "没有填写")
		}
	}
	if utf8.RuneCountInString(e.Meaning) < 8 || e.Meaning == e.Name {
		l.fail("meaning", "meaning", "含义没有说清：“%s”", e.Meaning)
	}
	class, _, _ := strings.Cut(e.ID, "-")
	for _, code := range e.Function {
		if e.Sector != Common && !strings.HasPrefix(code, class) {
			l.fail("function", "function", "功能分类 %s 不在 %s 类之下", code, class)
		}
	}
}

func hasAnySuffix(s, suffixes string) bool {
	for _, w := range strings.Fields(suffixes) {
		if strings.HasSuffix(s, w) {
			return true
		}
	}
	return false
}
