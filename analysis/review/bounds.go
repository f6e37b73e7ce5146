package review

import "yardstick/indicators"

// bounds is D-02: shares of a whole above 100 % or below 0.
func (v *reviewer) bounds() {
	for i := range v.lines {
		x := &v.lines[i]
		if x.v.Damage != "" && v.has("share", x.bare) != "" {
			v.onLine("D-02", x, "target", Finding{Why: quote(x.name) + "是占全部的比例，目标值" + quote(x.v.Raw) + "不对：" + x.v.Damage + "。", Do: "核对原件后改正，最高 100%。"})
			continue
		}
		p, ok := x.percent()
		if !ok || x.blank || x.vain || v.has("share", x.bare) == "" || v.has("over", x.bare) != "" {
			continue
		}
		switch {
		case p > 100:
			f := Finding{Why: quote(x.name) + "是占全部的比例，不会超过 100%，目标值写了 " + plain(p) + "%。", Do: "核对后改正，最高 100%。"}
			if x.v.Damage != "" {
				f.Why += x.v.Damage + "。"
			}
			v.onLine("D-02", x, "target", f)
		case p < 0:
			v.onLine("D-02", x, "target", Finding{Why: quote(x.name) + "不会低于 0，目标值写了 " + plain(p) + "%。", Do: "核对后改正。"})
		case p == 100 && (x.v.Comparison == indicators.AtLeast || x.v.Comparison == indicators.Above) && v.has("uncertain", x.bare) == "":
			v.onLine("D-02", x, "comparison", Finding{Severity: Watch, Why: quote(x.name) + "最高 100%，写成 " + string(x.v.Comparison) + " 100% 没有余地可言。",
				Do: "确需全部做到的写 ＝ 100%，允许少数例外的写 ≥ 一个低于 100% 的数。", Fix: &Fix{Label: "改为 ＝ 100%", Set: map[string]string{"comparison": "="}}})
		}
	}
}
