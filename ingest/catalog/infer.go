package catalog

import (
	"slices"
	"strings"

	"yardstick/indicators"
	"yardstick/indicators/library"
)

// remark is something to say about a column of a row.
type remark struct{ column, message string }

// fill reads a row into its entry. Classes come from the row or from above;
// what the table does not state is inferred from the name and the target, and
// reported. problem is why the row can't be an entry.
func (r *Row) fill(text func(string) string, carried map[string]string, sectors []string) (warnings []remark, problem *remark) {
	e := &r.Entry
	say := func(column, message string) { warnings = append(warnings, remark{column, message}) }
	e.ID = text("id")
	e.Name = indicators.CleanName(text("name"))
	for _, column := range []string{"aliases", "project_types", "meaning", "formula", "data_source", "evidence", "keywords", "note"} {
		_ = e.Set(column, listed(column, text(column), e.ID != "")) // free text and lists take anything
	}
	if problem := r.classes(carried, say); problem != nil {
		return nil, problem
	}
	r.sector(carried["sector"], sectors, say)
	for _, f := range strings.FieldsFunc(text("function"), func(c rune) bool { return c < '0' || c > '9' }) {
		if len(f) >= 3 {
			e.Function = append(e.Function, f[:min(len(f), 5)])
		}
	}
	target := indicators.Parse(text("target"))
	r.measure(text, target, say)
	for _, column := range []string{"weight", "taking", "source_status"} {
		if v := text(column); v != "" {
			if err := e.Set(column, strings.NewReplacer("－", "-", "～", "-", "~", "-", "分", "").Replace(v)); err != nil {
				_ = e.Set(column, "")
				say(column, "“"+library.Label(column)+"”写的“"+v+"”认不出来，没有收。")
			}
		}
	}
	if e.SourceStatus == "" {
		e.SourceStatus = "reported" // by the bureau
	}
	r.scoring(text("scoring"))
	return warnings, nil
}

// listed writes the separators of a list column as the library does. A row of
// our own export has them already, and 、 or / may be part of its names.
func listed(column, s string, own bool) string {
	switch column {
	case "aliases", "project_types", "keywords":
		if own || strings.Contains(s, "；") {
			return s
		}
		return strings.NewReplacer("、", "；", "，", "；", ",", "；", "\n", "；", "/", "；").Replace(s)
	}
	return strings.Join(strings.Fields(s), " ")
}

// classes reads level 1 and 2 in either frame; 成本 below 产出 is a class of its
// own since 2021.
func (r *Row) classes(carried map[string]string, say func(column, message string)) *remark {
	e := &r.Entry
	c, ok := indicators.Classify(carried["level1"], carried["level2"])
	if !ok && carried["level2"] == "" { // only one column of classes
		c, ok = indicators.Classify("", carried["level1"])
	}
	for _, pair := range library.Classes() {
		if ok && pair[1] == c.Level2 || pair[0] == c.Level1 && c.Level2 == "" {
			e.Level1, e.Level2 = pair[0], pair[1]
			break
		}
	}
	unknown := carried["level2"] != "" && c.Level2 == "" // a level 2 that no frame has
	switch {
	case e.Level2 != "" && !unknown:
	case strings.Contains(carried["level2"]+carried["level1"], "成本"):
		e.Level1, e.Level2 = "成本指标", "经济成本指标"
	case strings.Contains(carried["level2"]+carried["level1"]+e.Name, "满意"):
		e.Level1, e.Level2 = "满意度指标", "服务对象满意度指标"
	default:
		return &remark{"level2", "认不出类别“" + strings.TrimSpace(carried["level1"]+" "+carried["level2"]) + "”，应为产出（数量、质量、时效）、成本、效益（经济、社会、生态、可持续影响）或满意度指标。"}
	}
	if carried["level2"] == "" && c.Level2 == "" {
		say("level2", "没有写二级指标，按“"+e.Level2+"”收。")
	}
	return nil
}

// sector reads the functional class.
func (r *Row) sector(written string, sectors []string, say func(column, message string)) {
	r.Entry.Sector = library.Common
	name := strings.TrimSuffix(strings.TrimSpace(written), "支出")
	if name == "" || name == library.Common {
		return
	}
	for _, s := range sectors {
		if s == name || strings.HasPrefix(s, name) || strings.HasPrefix(name, s) {
			r.Entry.Sector = s
			return
		}
	}
	say("sector", "没有叫“"+written+"”的功能分类，按共性收。")
}

// measure reads unit, comparison, direction and temporal type, or infers them.
func (r *Row) measure(text func(string) string, target indicators.Value, say func(column, message string)) {
	e := &r.Entry
	e.Unit = strings.TrimSpace(text("unit"))
	if e.Unit == "" || e.Unit == "/" || e.Unit == "无" {
		e.Unit = ""
		if target.Unit.Name != "" {
			e.Unit = target.Unit.Name
			say("unit", "没有写单位，按指标值取“"+e.Unit+"”。")
		} else if strings.HasSuffix(e.Name, "率") || strings.HasSuffix(e.Name, "满意度") {
			e.Unit = "%"
			say("unit", "没有写单位，按名称取“%”。")
		}
	}
	sign := text("comparison")
	qualitative := strings.Contains(sign, "定性") || e.Unit == "" && e.Formula == ""
	direction, why := indicators.DirectionOf(e.Name, target)
	e.Direction = map[indicators.Direction]library.Direction{indicators.Higher: library.Higher, indicators.Lower: library.Lower}[direction]
	switch written := text("direction"); {
	case strings.Contains(written, "正") || strings.Contains(written, "高"):
		e.Direction = library.Higher
	case strings.Contains(written, "反") || strings.Contains(written, "逆") || strings.Contains(written, "负") || strings.Contains(written, "低"):
		e.Direction = library.Lower
	case strings.Contains(written, "中") || strings.Contains(written, "适度"):
		e.Direction = library.Neutral
	case e.Direction == "":
		e.Direction = library.Higher
		say("direction", "没有写方向，从名称也看不出，按正向收。")
	default:
		say("direction", "没有写方向，按"+string(e.Direction)+"收："+why)
	}
	e.TemporalType = r.temporal(text("temporal_type"), target, qualitative)
	if e.TemporalType == library.Qualitative {
		e.Unit, e.Comparison, e.Formula = "", indicators.None, ""
		return
	}
	if e.TemporalType == library.Milestone {
		e.Unit = "日期"
	}
	parsed := indicators.Parse(sign + "1")
	switch {
	case sign != "" && parsed.Comparison != indicators.None:
		e.Comparison = parsed.Comparison
	case target.Comparison != indicators.None:
		e.Comparison = target.Comparison
	case e.Direction == library.Lower:
		e.Comparison = indicators.AtMost
	default:
		e.Comparison = indicators.AtLeast
	}
}

// temporal reads or infers how the value moves through the year.
func (r *Row) temporal(written string, target indicators.Value, qualitative bool) library.TemporalType {
	e := &r.Entry
	types := []library.TemporalType{library.Cumulative, library.Level, library.Milestone, library.Ceiling, library.Qualitative}
	if i := slices.IndexFunc(types, func(t library.TemporalType) bool { return written != "" && strings.Contains(written, string(t)) }); i >= 0 {
		return types[i]
	}
	unit := indicators.UnitOf(e.Unit)
	switch {
	case target.Kind == indicators.Date || e.Unit == "日期":
		return library.Milestone
	case qualitative && e.Unit == "":
		return library.Qualitative
	case unit.Dimension == indicators.Rate || strings.Contains(e.Unit, "/"):
		return library.Level
	case e.Direction == library.Lower:
		return library.Ceiling
	}
	return library.Cumulative
}

// scoring keeps the bureau's own wording behind the rule that it follows.
func (r *Row) scoring(written string) {
	e := &r.Entry
	rule := "按完成比例赋分"
	switch {
	case e.Level1 == "满意度指标":
		rule = "满意度赋分"
	case e.TemporalType == library.Qualitative:
		rule = "按评判等级赋分"
	case e.TemporalType == library.Milestone || strings.Contains(written, "否则不得分") || strings.Contains(written, "直接赋分"):
		rule = "直接赋分"
	}
	if written == "" {
		return
	}
	for _, known := range library.Scorings() {
		if strings.HasPrefix(written, known) {
			e.Scoring = written
			if e.Set("scoring", written) == nil {
				return
			}
		}
	}
	e.Scoring = rule + "：" + strings.Join(strings.Fields(written), " ")
}
