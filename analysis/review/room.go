package review

import "yardstick/indicators"

// room is D-13: shares that others decide, set to 100 %.
func (v *reviewer) room() {
	for i := range v.lines {
		x := &v.lines[i]
		p, ok := x.percent()
		if !ok || x.blank || x.vain || p != 100 || x.v.Comparison == indicators.AtMost || x.v.Comparison == indicators.Below {
			continue
		}
		if v.has("uncertain", x.bare) == "" {
			continue
		}
		v.onLine("D-13", x, "target", Finding{Why: quote(x.name) + "由别人的反应或自然条件决定，定成 100%，有一个例外就算没完成。",
			Do: "写成 ≥ 一个低于 100% 的数，如“≥ 95%”。", Fix: &Fix{Label: "改为 ≥ 95%", Set: map[string]string{"comparison": "≥", "target": "95", "unit": "%"}}})
	}
}
