package review

import (
	"math"
	"regexp"
	"strings"

	"yardstick/indicators"
)

var (
	ceilingWords = regexp.MustCompile(`不超过|不高于|不大于|不多于|≤|小于等于|控制在\D{0,6}(?:以内|以下|之内|\d)`)
	floorWords   = regexp.MustCompile(`不低于|不少于|不小于|≥|大于等于`)
	bothWays     = regexp.MustCompile(`(?:不低于|不少于|不小于)\s*[≤<＜]|(?:不超过|不高于|不大于|不多于)\s*[≥>＞]`)
	inName       = regexp.MustCompile(`\d+(?:\.\d+)?(?:%|‰|万元|元|人|户|个|亩|公里|平方米|平米|米|吨|次|台|套|辆)`)
)

// clash is D-19: a name, a sign and a number that contradict each other.
func (v *reviewer) clash() {
	for i := range v.lines {
		x := &v.lines[i]
		if x.blank || x.vain {
			continue
		}
		name := indicators.CleanName(x.Name.Value)
		up := x.v.Comparison == indicators.AtLeast || x.v.Comparison == indicators.Above
		down := x.v.Comparison == indicators.AtMost || x.v.Comparison == indicators.Below
		bad := Finding{}
		switch {
		case x.v.Kind == indicators.Range && x.v.Low > x.v.High:
			bad = Finding{Why: "区间" + quote(x.v.Raw) + "上下颠倒。", Do: "小的写前面，大的写后面。"}
		case up && bounds(ceilingWords, name) && !floorWords.MatchString(name):
			bad = Finding{Why: "名称说" + quote(ceilingWords.FindString(name)) + "，目标值却写 " + string(x.v.Comparison) + "。", Do: "按本意改成一致；上限写 ≤。"}
		case down && bounds(floorWords, name) && !ceilingWords.MatchString(name):
			bad = Finding{Why: "名称说" + quote(floorWords.FindString(name)) + "，目标值却写 " + string(x.v.Comparison) + "。", Do: "按本意改成一致；下限写 ≥。"}
		case equalTiers(x.v) != "":
			bad = Finding{Why: "分档里" + equalTiers(x.v) + "的界限相同，落在上面算哪一档说不清。", Do: "各档的界限错开，从高到低排。"}
		case bothWays.MatchString(x.v.Raw),
			x.v.Kind == indicators.Number && strings.ContainsAny(x.v.Raw, "≥>") && ceilingWords.MatchString(x.v.Raw),
			x.v.Kind == indicators.Number && strings.ContainsAny(x.v.Raw, "≤<") && floorWords.MatchString(strings.ReplaceAll(x.v.Raw, "≤", "")):
			bad = Finding{Why: "目标值" + quote(x.v.Raw) + "既像下限又像上限。", Do: "只写一个比较符。"}
		default:
			if why := v.otherNumber(x, name); why != "" {
				bad = Finding{Severity: Watch, Why: why, Do: "名称不写数，数只写在目标值里；核对以哪个为准。"}
			}
		}
		if bad.Why != "" {
			v.onLine("D-19", x, "target", bad)
		}
	}
}

// otherNumber finds a number in the name that contradicts the target: of the same
// dimension, but another one, or the same number with another unit.
func (v *reviewer) otherNumber(x *line, name string) string {
	n, ok := x.number()
	if !ok || x.v.Unit.Scale == 0 || x.v.Comparison == indicators.None && x.v.Unit.Name == "" {
		return ""
	}
	for _, s := range inName.FindAllString(name, -1) {
		w := indicators.Parse(s)
		if w.Kind != indicators.Number || w.Unit.Scale == 0 || strings.Contains(name, "每") || strings.Contains(name, s+"以") || strings.Contains(name, s+"/") {
			continue
		}
		a, _ := x.v.Unit.Base(n)
		b, _ := w.Unit.Base(w.Low)
		switch {
		case w.Unit.Dimension == x.v.Unit.Dimension && math.Abs(a-b) > 1e-9*math.Max(math.Abs(a), math.Abs(b)):
			return "名称里写" + quote(s) + "，目标值写" + quote(x.v.Raw) + "。"
		case w.Unit.Dimension != x.v.Unit.Dimension && w.Low == n && n > 1 && things(w.Unit.Dimension) && things(x.v.Unit.Dimension):
			return "名称里写" + quote(s) + "，目标值写" + quote(x.v.Raw) + "，数相同而单位不同。"
		}
	}
	return ""
}

// things reports whether a dimension counts people or things.
func things(d indicators.Dimension) bool {
	switch d {
	case "people", "households", "units", "count":
		return true
	}
	return false
}

// bounds reports whether a word in a name bounds the indicator's own value; where
// a share of cases follows it (30分钟内到达不超过2次的比例), it bounds the cases.
func bounds(word *regexp.Regexp, name string) bool {
	at := word.FindStringIndex(name)
	if at == nil {
		return false
	}
	rest := name[at[1]:]
	for _, w := range []string{"率", "比例", "占比", "比重", "次数", "数量", "人数", "户数"} {
		if strings.Contains(rest, w) {
			return false
		}
	}
	return true
}

// equalTiers names two tiers of a target with the same bounds; "" for none.
func equalTiers(v indicators.Value) string {
	if v.Kind != indicators.Tiers {
		return ""
	}
	for i := range v.Items {
		for j := range v.Items[:i] {
			a, b := v.Items[j], v.Items[i]
			if a.Numeric() && b.Numeric() && a.Low == b.Low && a.High == b.High && a.Comparison == b.Comparison && a.Unit == b.Unit && i < len(v.Labels) {
				return quote(v.Labels[j]) + "和" + quote(v.Labels[i])
			}
		}
	}
	return ""
}
