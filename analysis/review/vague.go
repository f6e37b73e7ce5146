package review

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"yardstick/indicators"
)

// vague is D-08: targets in words that nothing can be held against.
func (v *reviewer) vague() {
	for i := range v.lines {
		x := &v.lines[i]
		if x.blank || x.vain || x.v.Kind != indicators.Level && x.v.Kind != indicators.Text {
			continue
		}
		raw := strings.TrimSpace(x.v.Raw)
		words := strings.TrimSpace(strings.TrimPrefix(raw, "定性"))
		switch {
		case checkable(words):
		case x.class.Level2 == "时效指标" && v.has("intime", words) != "" && !onTime(words):
			v.onLine("D-08", x, "target", Finding{Why: "目标值" + quote(raw) + "没有写到哪天、多少天以内，及时不及时各说各的。", Do: "写最迟的日期（…月…日前）、时限（≤ … 个工作日），或及时率。"})
		case x.v.Kind == indicators.Text && utf8.RuneCountInString(words) >= int(v.value["target.sentence"]):
			f := Finding{Why: "目标值是一整句话，年底对照哪一点、到多少算完成看不出来。", Do: "拆成几个指标，每个写比较符、数和单位；说明放到“指标解释”里。"}
			switch n := len(numbers.FindAllString(words, -1)); {
			case n == 1:
				f = Finding{Why: "目标值是一整句话，数夹在句子里，没有比较符。", Do: "目标值只写比较符、数和单位；说明放到“指标解释”里。"}
			case n > 1:
				f.Why = "目标值是一整句话，数夹在句子里，年底按哪个数对照要靠猜。"
			}
			v.onLine("D-08", x, "target", f)
		case digit.MatchString(words) || tiered(x.Note.Value):
		case x.cost() && v.has("otherCost", x.bare+x.class.Level2) == "":
			v.onLine("D-08", x, "target", Finding{Why: "成本指标的目标值" + quote(raw) + "没有数，超没超看不出来。",
				Do: "写成金额上限，如“≤ " + v.sum() + "”，或单位成本“≤ … 元/…”。"})
		case utf8.RuneCountInString(words) <= 14 && v.has("vague", words) != "" && v.has("plain", words) == "":
			v.onLine("D-08", x, "target", Finding{Why: "目标值" + quote(raw) + "没有说明达到什么程度算完成，也没有分档标准。", Do: v.wording(x)})
		}
	}
}

// onTime reports whether a text names a day or a length of time.
func onTime(s string) bool {
	return digit.MatchString(s) || strings.ContainsAny(s, "月日季周年底末")
}

var (
	ownTiers  = regexp.MustCompile(`(?:优秀?|良好?|中|差|较?好|一般|合格|不合格)[（(：:]`)
	someDate  = regexp.MustCompile(`(?:20\d\d年)?(?:\d{1,2}月(?:\d{1,2}日)?|第?[一二三四、和及]+季度|每[年季月]度?)[末底初中上下旬前内]*`)
	byRule    = regexp.MustCompile(`(?:符合|满足|达到|执行)(?:国家|省|市|县|现行|相关|有关)*《[^》]+》`)
	toLevel   = regexp.MustCompile(`^(?:达到|符合|满足|不低于|不高于|优于|达到或优于).{2,}(?:标准|等级|级)(?:要求|以上|及以上)?(?:[（(].*[)）])?$`)
	noneOf    = regexp.MustCompile(`(?:无|不发生|未发生|不出现|未出现)`)
	stateWord = regexp.MustCompile(`(?:正常|完好|可用|合格|齐全|达标)`)
)

// checkable reports whether a target in words can be held against what happened: it
// holds its own tiers, is a list of dates, names the rule or the level that is to
// be met, or says of each clause what must not be or how it must be found.
func checkable(s string) bool {
	if len(ownTiers.FindAllString(s, -1)) >= 2 || byRule.MatchString(s) || toLevel.MatchString(s) {
		return true
	}
	if n := len(someDate.FindAllString(s, -1)); n > 0 {
		rest := strings.Trim(someDate.ReplaceAllString(strings.TrimSpace(s), ""), "0123456789年月日、，,；;和及各前底末以度")
		return utf8.RuneCountInString(rest) <= 2
	}
	clauses := strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("，,；;、。", r) })
	for _, c := range clauses {
		if !noneOf.MatchString(c) && !stateWord.MatchString(c) {
			return false
		}
	}
	return len(clauses) > 1 && noneOf.MatchString(s)
}

// numbers are the figures of a text, each once: 1,000 is one.
var numbers = regexp.MustCompile(`[0-9０-９]+(?:[,.，．][0-9０-９]+)*`)

var digit = regexp.MustCompile(`[0-9０-９]`)

// tiers is what a note says when it defines grades.
func tiered(note string) bool {
	for _, w := range []string{"优", "分档", "档", "评分标准", "扣", "得满分", "%", "以上"} {
		if strings.Contains(note, w) {
			return true
		}
	}
	return false
}

// sum is the project's budget as a ceiling to write.
func (v *reviewer) sum() string {
	if x, ok := Total(v.form); ok && x > 0 {
		return figure(x) + " 万元"
	}
	return "… 万元"
}

// wording proposes how to say a vague target: an indicator of the same class that
// can be counted, if one is known, else tiers.
func (v *reviewer) wording(x *line) string {
	if e := x.ctx.Better; e != nil {
		return "换成可以数的，如“" + e.Name + " " + string(e.Comparison) + " … " + e.Unit + "”（指标库）；不能量化的写明优、良、中各是什么情况。"
	}
	return "换成可以数的（多少人、多少次、百分之几）；不能量化的写明优、良、中各是什么情况。"
}

// percents is D-21: an effect in a sentence with a percentage of nothing.
func (v *reviewer) percents() {
	for i := range v.lines {
		x := &v.lines[i]
		p, ok := x.percent()
		if x.blank || x.vain || !ok || p < v.value["percent.effect"] || v.flagged(x) {
			continue
		}
		if (v.has("effect", x.bare) != "" || utf8.RuneCountInString(x.bare) >= int(v.value["name.sentence"])) && v.has("rate", x.bare) == "" {
			v.onLine("D-21", x, "target", Finding{Why: quote(x.name) + "不是比率，" + quote(x.v.Raw) + "不知道是什么的百分之几，年底算不出来。",
				Do: "改成有分子分母的指标（…率），或写成数量；不能量化的写定性标准。"})
		}
	}
}

// comparisons is D-22: shares and costs without ≥, ≤ or =.
func (v *reviewer) comparisons() {
	var names []string
	first := -1
	for i := range v.lines {
		x := &v.lines[i]
		n, ok := x.number()
		if !ok || x.blank || x.vain || x.v.Comparison != indicators.None || x.v.Unit.Name == "" || v.flagged(x) || strings.ContainsAny(x.name+x.Name.Value, "≥≤<>=＞＜＝") {
			continue
		}
		if p, rate := x.percent(); rate && p != 100 && n != 0 || x.cost() && x.v.Unit.Dimension == indicators.Money {
			if first < 0 {
				first = i
			}
			names = append(names, x.name)
		}
	}
	if len(names) == 0 {
		return
	}
	x := &v.lines[first]
	f := Finding{Why: fmt.Sprintf("%s没有写性质（≥、≤ 或 ＝），是下限还是上限要靠猜。", listed(names)), Do: "比率和数量写 ≥ 或 ＝；成本是上限的写 ≤，按标准发放的写 ＝。"}
	if len(names) == 1 {
		v.onLine("D-22", x, "comparison", f)
		return
	}
	f.Field, f.Cell, f.Raw = "comparison", x.Target.Cell, x.Target.Raw
	v.found("D-22", f)
}

// listed words names of indicators: “a”“b”等 5 个指标.
func listed(names []string) string {
	out := ""
	for i, n := range names {
		if i == 3 {
			return fmt.Sprintf("%s等 %d 个指标", out, len(names))
		}
		out += quote(n)
	}
	return out
}
