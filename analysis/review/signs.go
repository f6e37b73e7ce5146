package review

import (
	"strings"

	"yardstick/indicators"
	"yardstick/indicators/library"
)

// signs is D-01: a comparison against the way that the indicator improves.
func (v *reviewer) signs() {
	for i := range v.lines {
		x := &v.lines[i]
		n, ok := x.number()
		if !ok || x.blank || x.vain {
			continue
		}
		up := x.v.Comparison == indicators.AtLeast || x.v.Comparison == indicators.Above
		down := x.v.Comparison == indicators.AtMost || x.v.Comparison == indicators.Below
		if !up && !down {
			continue
		}
		d, why := v.direction(x)
		unit, now := x.v.Unit.Name, string(x.v.Comparison)
		switch {
		case d == indicators.Lower && up && v.has("zero", x.bare) != "":
			v.onLine("D-01", x, "comparison", Finding{
				Why: quote(x.name) + "越低越好（" + why + "），性质不应为 " + now + "。",
				Do:  "改为 ＝ 0" + unit + "。", Fix: &Fix{Label: "改为 ＝ 0" + unit, Set: map[string]string{"comparison": "=", "target": "0", "unit": unit}}})
		case d == indicators.Lower && up:
			v.onLine("D-01", x, "comparison", Finding{
				Why: quote(x.name) + "越低越好（" + why + "），性质应为 ≤，现为 " + now + "。",
				Do:  "改为 ≤ " + plain(n) + unit + "。", Fix: setComparison("≤", n, unit)})
		case d == indicators.Higher && down:
			v.onLine("D-01", x, "comparison", Finding{
				Why: quote(x.name) + "越高越好（" + why + "），性质应为 ≥，现为 " + now + "。",
				Do:  "改为 ≥ " + plain(n) + unit + "。", Fix: setComparison("≥", n, unit)})
		case up && x.cost() && v.ceiling(x):
			v.onLine("D-01", x, "comparison", Finding{Severity: Watch,
				Why: "成本指标是上限，性质应为 ≤，现为 " + now + "：花得越多反而完成得越好。",
				Do:  "改为 ≤ " + plain(n) + unit + "；如果是按标准足额发放，写 ＝。", Fix: setComparison("≤", n, unit)})
		case down && x.class.Level2 == "数量指标" && v.planned(x):
			v.onLine("D-01", x, "comparison", Finding{Severity: Watch,
				Why: "产出数量写成 " + now + " " + plain(n) + unit + "，一个都不做也算完成。",
				Do:  "改为 ≥ 或 ＝；确实要限制数量的，写明限额的依据。", Fix: setComparison("≥", n, unit)})
		}
	}
}

func setComparison(c string, n float64, unit string) *Fix {
	return &Fix{Label: "改为 " + c + " " + plain(n) + unit, Set: map[string]string{"comparison": c}}
}

// direction is which way the indicator improves beyond doubt, and by what that is
// known; Neutral where it is not.
func (v *reviewer) direction(x *line) (d indicators.Direction, why string) {
	if w := v.has("low", x.bare); w != "" && !v.turned(strings.TrimSuffix(x.bare, w), w) {
		return indicators.Lower, "名称以“" + w + "”结尾"
	}
	if w := v.has("state", x.bare); w != "" {
		if bad := v.has("worse", strings.TrimSuffix(x.bare, w)); bad != "" {
			return indicators.Lower, "名称以“" + bad + w + "”结尾"
		}
	}
	if w := v.has("high", x.bare); w != "" {
		before := strings.TrimSuffix(x.bare, w)
		if v.has("bad", before) != "" || strings.HasSuffix(w, "完成率") && v.has("spent", before) != "" {
			return indicators.Neutral, ""
		}
		return indicators.Higher, "名称以“" + w + "”结尾"
	}
	if x.entry != nil && x.ctx.Exact {
		switch x.entry.Direction {
		case library.Lower:
			return indicators.Lower, "指标库“" + x.entry.Name + "”为反向"
		case library.Higher:
			// A count may be capped on purpose; only the measure of a share can't.
			if x.v.Unit.Dimension == indicators.Rate {
				return indicators.Higher, "指标库“" + x.entry.Name + "”为正向"
			}
		}
	}
	return indicators.Neutral, ""
}

// turned reports whether what stands before a low word turns it around: a verb that
// makes less of it, or one that deals with it. The rate of a bad thing is bad
// whatever is handled (补助资金差错率, 投诉处理差错率); a count of it may be what is
// dealt with (处理交通事故起数).
func (v *reviewer) turned(before, low string) bool {
	if v.has("turn", before) != "" {
		return true
	}
	for _, w := range v.words["deal"] {
		if rate := strings.HasSuffix(low, "率"); strings.HasSuffix(before, w.text) && (!rate || w.value == "rate") || strings.HasPrefix(before, w.text) && !rate {
			return true
		}
	}
	return false
}

// ceiling reports whether a line of cost is what is spent at most: a sum of money
// whose name does not say that a standard is to be kept or a saving to be reached.
func (v *reviewer) ceiling(x *line) bool {
	d := string(x.v.Unit.Dimension)
	return (d == string(indicators.Money) || strings.HasPrefix(d, string(indicators.Money)+"/")) && v.has("kept", x.bare) == ""
}

// planned reports whether a quantity is something to be done, not something to be
// kept small.
func (v *reviewer) planned(x *line) bool {
	if x.entry != nil && x.ctx.Exact && x.entry.Comparison == indicators.AtMost {
		return false // the library knows it as something to be limited
	}
	return v.has("count", x.bare) != "" && v.has("low", x.bare) == "" && v.has("limited", x.bare) == ""
}
