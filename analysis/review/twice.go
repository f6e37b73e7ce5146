package review

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"yardstick/indicators"
)

// twice is D-10: two lines of the form that say the same.
func (v *reviewer) twice() {
	for i := range v.lines {
		x := &v.lines[i]
		if x.vain || x.SubRow || x.bare == "" {
			continue
		}
		for j := range v.lines[:i] {
			y := &v.lines[j]
			if y.vain || y.SubRow || x.class.Level1 != y.class.Level1 {
				continue
			}
			switch {
			case x.bare == y.bare && x.class.Level2 == y.class.Level2 && same(x.v, y.v):
				v.onLine("D-10", x, "name", Finding{Why: fmt.Sprintf("与第 %d 个指标名称、目标值都相同。", y.at), Do: "留一个。", Fix: drop()})
			case x.bare == y.bare && x.class.Level2 == y.class.Level2:
				v.onLine("D-10", x, "name", Finding{Why: fmt.Sprintf("与第 %d 个指标名称相同，目标值不同（%s 和 %s）。", y.at, quote(y.v.Raw), quote(x.v.Raw)),
					Do: "是一件事的留一个；是两件事的在名称里写明各是什么。"})
			case x.class.Level2 == y.class.Level2 && stem(x.bare) == stem(y.bare) && x.v.Unit.Dimension == y.v.Unit.Dimension:
				v.onLine("D-10", x, "name", Finding{Why: fmt.Sprintf("与第 %d 个指标%s说的是一件事（%s 和 %s）。", y.at, quote(y.name), quote(y.v.Raw), quote(x.v.Raw)),
					Do: "留一个；是两件事的在名称里写明各是什么。"})
			case v.generic(x) && v.has("satisfied", y.bare) != "" && !v.generic(y) || v.generic(y) && v.has("satisfied", x.bare) != "" && !v.generic(x):
				v.onLine("D-10", x, "name", Finding{Why: fmt.Sprintf("与第 %d 个指标%s都是满意度，其中一个没有说明是谁对什么满意。", y.at, quote(y.name)), Do: "留说明对象的一个，或写明各是谁对什么满意。"})
			default:
				continue
			}
			break
		}
	}
	v.twiceAcross()
}

// twiceAcross finds the satisfaction that stands once under effects and once
// under satisfaction.
func (v *reviewer) twiceAcross() {
	for i := range v.lines {
		x := &v.lines[i]
		for j := range v.lines[:i] {
			y := &v.lines[j]
			if x.class.Level1 != y.class.Level1 && x.bare == y.bare && x.bare != "" && same(x.v, y.v) && !x.vain && v.has("satisfied", x.bare) != "" {
				v.onLine("D-10", x, "name", Finding{Why: fmt.Sprintf("与第 %d 个指标名称、目标值都相同，只是类别不同。", y.at), Do: "留一个。", Fix: drop()})
			}
		}
	}
}

// stem is a name without the words that only say that it is counted.
func stem(name string) string {
	for _, w := range []string{"数量", "总数", "次数", "个数"} {
		if t, ok := strings.CutSuffix(name, w); ok && utf8.RuneCountInString(t) > 3 {
			return t
		}
	}
	return name
}

func drop() *Fix { return &Fix{Label: "删去这一行", Set: map[string]string{"delete": "yes"}} }

// generic reports whether a name is satisfaction of nobody in particular.
func (v *reviewer) generic(x *line) bool {
	return x.bare == "满意度" || x.bare == "满意率" || x.bare == "满意程度" || x.bare == "服务满意度"
}

func same(a, b indicators.Value) bool {
	return strings.TrimSpace(a.Raw) == strings.TrimSpace(b.Raw)
}

// lastYear is D-12: text that was taken over from the year before.
func (v *reviewer) lastYear() {
	old := v.ctx.Last
	if old == nil {
		v.notes["D-12"] = "库里没有本项目以前年度的表"
		return
	}
	year := "以前年度"
	if old.Year.Known {
		year = fmt.Sprintf("%d 年", int(old.Year.Value))
	}
	now, before := undated(v.form.Goal.Value), undated(old.Goal.Value)
	if n := utf8.RuneCountInString(now); n >= int(v.value["same.least"]) && before != "" {
		if d := dice(now, before); d > v.value["same.text"] {
			v.found("D-12", Finding{Field: "goal", Cell: v.form.Goal.Cell, Raw: v.form.Goal.Raw,
				Why: fmt.Sprintf("总体目标与 %s的表除年份外 %.0f%% 相同（只看文字）。", year, 100*d), Do: "按今年要做的事重写；确实照旧的，写明今年的数。"})
		}
	}
	equal, rows := 0, 0
	for i := range v.lines {
		x := &v.lines[i]
		if x.bare == "" || empty(x.v) {
			continue
		}
		rows++
		for j := range old.Lines {
			o := &old.Lines[j]
			if indicators.NormalName(o.Name.Value) == indicators.NormalName(x.Name.Value) && undated(o.Target.Raw) == undated(x.v.Raw) {
				equal++
				break
			}
		}
	}
	if rows >= int(v.value["lines.least"]) && equal == rows {
		v.found("D-12", Finding{Field: "form", Cell: v.form.Cell, Why: fmt.Sprintf("%d 个指标和目标值与 %s的表一样。", rows, year),
			Do: "对照上年完成情况逐项看：完成得好的往上调，没有意义的换掉。"})
	}
}

// undated is a text without years, blanks and marks.
func undated(s string) string {
	var b strings.Builder
	r := []rune(s)
	for i := 0; i < len(r); i++ {
		if i+4 <= len(r) && (string(r[i:i+2]) == "20" || string(r[i:i+2]) == "19") && asciiDigits(r[i:i+4]) && (i+4 == len(r) || !asciiDigits(r[i+4:i+5])) {
			i += 3
			continue
		}
		if !strings.ContainsRune(" \t\r\n　，,。;；、：:“”\"()（）", r[i]) {
			b.WriteRune(r[i])
		}
	}
	return b.String()
}

func asciiDigits(r []rune) bool {
	for _, c := range r {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}

// Alike is how alike two names are, 0 to 1: the share of neighbouring pairs of
// characters of their normal forms that they have in common (Dice).
func Alike(a, b string) float64 { return dice(indicators.NormalName(a), indicators.NormalName(b)) }

// dice is the share of neighbouring pairs of characters that two texts have in
// common: 2·|A∩B| ÷ (|A|+|B|), counted with repetition; 0 for texts too short.
func dice(a, b string) float64 {
	count := map[[2]rune]int{}
	n := pairs(a, func(p [2]rune) { count[p]++ })
	shared := 0
	m := pairs(b, func(p [2]rune) {
		if count[p] > 0 {
			count[p]--
			shared++
		}
	})
	if n+m == 0 {
		return 0
	}
	return 2 * float64(shared) / float64(n+m)
}

func pairs(s string, f func([2]rune)) (n int) {
	r := []rune(s)
	for i := 1; i < len(r); i++ {
		f([2]rune{r[i-1], r[i]})
	}
	return max(0, len(r)-1)
}
