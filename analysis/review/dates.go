package review

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

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
		if day := noDay(x.v.Raw); day != "" && !x.blank && !x.vain {
			v.onLine("D-18", x, "target", Finding{Why: quote(day) + "没有这一天。", Do: "核对日期后改正。"})
			continue
		}
		if !x.blank && !x.vain && x.class.Level2 == "时效指标" && afterDay.MatchString(strings.TrimSpace(x.v.Raw)) {
			v.onLine("D-18", x, "target", Finding{Severity: Watch, Why: quote(x.v.Raw) + "只说在哪天以后，没有说到哪天为止。", Do: "写最迟的日期，如“…月…日前”。"})
			continue
		}
		if x.blank || x.vain || x.v.Kind != indicators.Date && x.v.Kind != indicators.Period || x.v.To.Year == 0 {
			continue
		}
		switch to := x.v.To.Year; {
		case to < year:
			v.onLine("D-18", x, "target", Finding{Why: fmt.Sprintf("%s早于本表的年度 %d 年，像是上年的表没有改。", quote(x.v.Raw), year), Do: "改成本年度内的日期。"})
		case to == year+1 && x.v.To.Month == 1 && v.has("settled", x.bare) != "":
			// accounts of a year are settled in the next one's first month
		case to > year && to <= lastYear(v.form.Goal.Value):
			// the goal says that the project goes on until then
		case to > year:
			v.onLine("D-18", x, "target", Finding{Severity: Watch, Why: fmt.Sprintf("%s在 %d 年年底以后，本年度结束时没法判断完成没有。", quote(x.v.Raw), year),
				Do: "跨年的项目写本年度要到的进度（完成百分之几、到哪个环节）和日期。"})
		}
	}
}

var (
	dayOf    = regexp.MustCompile(`(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日`)
	afterDay = regexp.MustCompile(`^(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日|底)(?:以|之)?后$`)
)

// noDay is a day in a text that no calendar has; "" for none. 2月29日 without a
// year may be one.
func noDay(text string) string {
	for _, m := range dayOf.FindAllStringSubmatch(text, -1) {
		var d indicators.CalendarDate
		d.Year, _ = strconv.Atoi(m[1])
		d.Month, _ = strconv.Atoi(m[2])
		d.Day, _ = strconv.Atoi(m[3])
		if d.Month == 0 || d.Day == 0 || !d.Valid() {
			return m[0]
		}
	}
	return ""
}
