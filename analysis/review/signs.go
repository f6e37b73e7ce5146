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
		if !ok {
			continue
		}
		up := x.v.Comparison == indicators.AtLeast || x.v.Comparison == indicators.Above
		down := x.v.Comparison == indicators.AtMost || x.v.Comparison == indicators.Below
		if !up && !down {
			continue
		}
		d, why := v.direction(x)
		unit := x.v.Unit.Name
		switch {
		case d == indicators.Lower && up:
			v.onLine("D-01", x, "comparison", Finding{
				Why: quote(x.name) + "越低越好（" + why + "），性质应为 ≤，现为 " + string(x.v.Comparison) + "。",
				Do:  "改为 ≤ " + plain(n) + unit + "。", Fix: &Fix{Label: "改为 ≤ " + plain(n) + unit, Set: map[string]string{"comparison": "≤"}}})
		case d == indicators.Higher && down:
			v.onLine("D-01", x, "comparison", Finding{
				Why: quote(x.name) + "越高越好（" + why + "），性质应为 ≥，现为 " + string(x.v.Comparison) + "。",
				Do:  "改为 ≥ " + plain(n) + unit + "。", Fix: &Fix{Label: "改为 ≥ " + plain(n) + unit, Set: map[string]string{"comparison": "≥"}}})
		}
	}
}

// direction is which way the indicator improves beyond doubt, and by what that is
// known; Neutral where it is not.
func (v *reviewer) direction(x *line) (d indicators.Direction, why string) {
	if w := v.has("low", x.bare); w != "" && v.has("turn", strings.TrimSuffix(x.bare, w)) == "" {
		return indicators.Lower, "名称以“" + w + "”结尾"
	}
	if w := v.has("high", x.bare); w != "" && !strings.HasSuffix(x.bare, "不"+w) && !strings.Contains(x.bare, "未"+w) {
		return indicators.Higher, "名称以“" + w + "”结尾"
	}
	if x.entry != nil {
		switch x.entry.Direction {
		case library.Lower:
			return indicators.Lower, "指标库“" + x.entry.Name + "”为反向"
		case library.Higher:
			return indicators.Higher, "指标库“" + x.entry.Name + "”为正向"
		}
	}
	return indicators.Neutral, ""
}
