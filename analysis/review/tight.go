package review

import (
	"fmt"
	"math"

	"yardstick/analysis/target"
	"yardstick/indicators"
)

// values is D-04: targets that are too easy or too hard beside the own past and
// peers, and satisfaction below what is usual.
func (v *reviewer) values() {
	judged := 0
	for i := range v.lines {
		x := &v.lines[i]
		if x.blank || x.vain || v.flagged(x) {
			continue
		}
		if p, ok := x.percent(); ok && v.has("satisfied", x.bare) != "" && p > 1 && p < v.value["satisfaction.low"] &&
			x.v.Comparison != indicators.AtMost && x.v.Comparison != indicators.Below {
			judged++
			v.onLine("D-04", x, "target", Finding{Why: fmt.Sprintf("满意度定为 %s%%，低于常用的下限 %s%%（90%% 起才得满分）。", plain(p), plain(v.value["satisfaction.low"])),
				Do: "对照往年调查结果，一般写 ≥ 90%。", Fix: &Fix{Label: "改为 ≥ 90%", Set: map[string]string{"comparison": "≥", "target": "90", "unit": "%"}}})
			continue
		}
		if x.ctx.Ask == nil || v.ctx.Target == nil {
			continue
		}
		t := v.ctx.Target.Judge(x.v, *x.ctx.Ask)
		if t.Word == target.Unknown || t.Word == "" {
			continue
		}
		judged++
		// A project's sum of money is its own, and more ambition than peers have is no
		// fault: there only the unit's own past speaks.
		if t.Word == target.Fair || t.Chance == nil && (t.Word == target.Tight || x.v.Unit.Dimension == indicators.Money) {
			continue
		}
		f := Finding{Why: "目标值" + quote(x.v.Raw) + t.Word + "：" + t.Why + "。", N: max(t.ChanceN, t.PercentileN), Do: "写明定这个数的依据，或调整。"}
		if a := v.ctx.Target.Propose(*x.ctx.Ask); a.Text != "" && a.Value != nil && !math.IsNaN(*a.Value) {
			n := a.N
			if a.Basis == target.History {
				n = len(a.Own)
			}
			f.Do = fmt.Sprintf("可改为 %s（%s，n=%d），或写明定 %s 的依据。", a.Text, a.Basis, n, x.v.Raw)
			f.Fix = &Fix{Label: "改为 " + a.Text, Set: map[string]string{"comparison": string(a.Comparison), "target": plain(*a.Value), "unit": a.Unit}}
		}
		v.onLine("D-04", x, "target", f)
	}
	if judged == 0 {
		v.notes["D-04"] = "没有本单位历史，同类项目也太少，判断不了松紧"
	}
}

// flagged reports whether another rule has spoken of the line's target, so that
// comparing it makes no sense before it is put right.
func (v *reviewer) flagged(x *line) bool {
	for _, f := range v.out {
		if f.Line == x.at && (f.Rule.ID == "D-01" || f.Rule.ID == "D-02" || f.Rule.ID == "D-03" || f.Rule.ID == "D-07" || f.Rule.ID == "D-19") {
			return true
		}
	}
	return false
}
