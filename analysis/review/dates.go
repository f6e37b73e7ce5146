package review

import (
	"fmt"

	"yardstick/indicators"
)

// dates is D-18: dates that are not in the form's year.
func (v *reviewer) dates() {
	if !v.form.Year.Known {
		v.notes["D-18"] = "表上没有年度"
		return
	}
	year := int(v.form.Year.Value)
	for i := range v.lines {
		x := &v.lines[i]
		if x.blank || x.vain || x.v.Kind != indicators.Date && x.v.Kind != indicators.Period || x.v.To.Year == 0 {
			continue
		}
		switch to := x.v.To.Year; {
		case to < year:
			v.onLine("D-18", x, "target", Finding{Why: fmt.Sprintf("%s早于本表的年度 %d 年，像是上年的表没有改。", quote(x.v.Raw), year), Do: "改成本年度内的日期。"})
		case to > year:
			v.onLine("D-18", x, "target", Finding{Severity: Watch, Why: fmt.Sprintf("%s在 %d 年年底以后，本年度结束时没法判断完成没有。", quote(x.v.Raw), year),
				Do: "跨年的项目写本年度要到的进度（完成百分之几、到哪个环节）和日期。"})
		}
	}
}
