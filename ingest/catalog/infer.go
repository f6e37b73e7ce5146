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
	e.Name = strings.Join(strings.Fields(cutNumber(text("name"))), "")
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
	if c := indicators.Parse(text("comparison") + "1").Comparison; c != indicators.None && target.Comparison == indicators.None && target.Kind == indicators.Number {
		target = indicators.Parse(text("comparison") + text("target"))
	}
	r.measure(text, target, say)
	for _, column := range []string{"weight", "taking", "source_status"} {
		if v := text(column); v != "" {
			if err := e.Set(column, strings.NewReplacer("－", "-", "～", "-", "~", "-", "分", "").Replace(v)); err != nil {
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
		if carried["level1"]+carried["level2"] == "" {
			return &remark{"level2", "没有写一级、二级指标。"}
		}
		return &remark{"level2", "认不出类别“" + strings.TrimSpace(carried["level1"]+" "+carried["level2"]) + "”，应为产出（数量、质量、时效）、成本、效益（经济、社会、生态、可持续影响）或满意度指标。"}
	}
	if l1, known := indicators.CanonicalLevel1(carried["level1"]); known && l1 != e.Level1 && e.Level1 != "成本指标" && carried["level2"] != "" {
		say("level1", "“"+carried["level2"]+"”不在“"+carried["level1"]+"”之下，按“"+e.Level1+"”收。")
	}
	if carried["level2"] == "" && c.Level2 == "" {
		say("level2", "没有写二级指标，按“"+e.Level2+"”收。")
	}
	return nil
}

// sector reads the functional class.
func (r *Row) sector(written string, sectors []string, say func(column, message string)) {
	r.Entry.Sector = library.Common
	if written == "" || written == library.Common {
		return
	}
	if s := sectorNamed(written, sectors); s != "" {
		r.Entry.Sector = s
		return
	}
	say("sector", "没有叫“"+written+"”的功能分类，按共性收。")
}

// sectorNamed is the functional class that is meant by a text such as 214
// 交通运输支出 or 卫生, "" if none or several.
func sectorNamed(written string, sectors []string) string {
	name := strings.TrimLeft(strings.TrimSpace(written), "0123456789 -_.、")
	for _, tail := range []string{"支出", "类", "领域"} {
		name = strings.TrimSuffix(name, tail)
	}
	if name == library.Common {
		return library.Common
	}
	found := ""
	for _, s := range sectors {
		switch {
		case s == name:
			return s
		case len([]rune(name)) >= 2 && strings.HasPrefix(s, name):
			if found != "" {
				return ""
			}
			found = s
		}
	}
	return found
}

// measure reads unit, comparison, direction and temporal type, or infers them.
func (r *Row) measure(text func(string) string, target indicators.Value, say func(column, message string)) {
	e := &r.Entry
	r.unit(text("unit"), target, say)
	written := text("comparison")
	sign := indicators.Parse(written + "1").Comparison
	said := text("direction")
	if said == "" {
		said = written // 正向 and 反向 stand under 指标性质 at times
	}
	atMost := sign == indicators.AtMost || sign == indicators.Below
	direction, why := indicators.DirectionOf(e.Name, target)
	switch d := directionWord(said); {
	case d != "":
		e.Direction = d
	case text("direction") != "":
		e.Direction = guessed(direction, atMost || e.Level1 == "成本指标")
		say("direction", "方向写的“"+said+"”认不出来，按"+string(e.Direction)+"收。")
	default:
		e.Direction = guessed(direction, atMost || e.Level1 == "成本指标")
		say("direction", "没有写方向，按"+string(e.Direction)+"收："+why)
	}
	qualitative := strings.Contains(written, "定性") || e.Unit == "" && e.Formula == "" ||
		e.Unit == "" && (target.Kind == indicators.Level || target.Kind == indicators.Tiers)
	e.TemporalType = r.temporal(text("temporal_type"), target, qualitative, say)
	if e.TemporalType == library.Qualitative {
		if e.Formula != "" {
			say("formula", "定性指标没有公式，写的没有收。")
		}
		e.Unit, e.Comparison, e.Formula = "", indicators.None, ""
		return
	}
	if e.TemporalType == library.Milestone && directionWord(said) == "" {
		e.Direction = library.Neutral // neither way is better in itself
	}
	if e.TemporalType == library.Milestone && e.Unit != "日期" {
		if e.Unit != "" {
			say("unit", "节点指标的单位是日期，写的“"+e.Unit+"”没有收。")
		}
		e.Unit = "日期"
	}
	switch {
	case sign != indicators.None:
		e.Comparison = sign
		return
	case target.Comparison != indicators.None && !(target.Comparison == indicators.Equal && e.Direction == library.Lower):
		e.Comparison = target.Comparison
	case e.Direction == library.Lower || e.TemporalType == library.Milestone:
		e.Comparison = indicators.AtMost
	default:
		e.Comparison = indicators.AtLeast
	}
	if written == "" || directionWord(written) != "" {
		say("comparison", "没有写性质，按“"+string(e.Comparison)+"”收。")
	} else {
		say("comparison", "性质写的“"+written+"”认不出来，按“"+string(e.Comparison)+"”收。")
	}
}

// unit reads the unit, or takes it from the target or the name.
func (r *Row) unit(written string, target indicators.Value, say func(column, message string)) {
	e := &r.Entry
	e.Unit = strings.TrimSpace(written)
	if e.Unit != "" && e.Unit != "/" && e.Unit != "无" && e.Unit != "—" && e.Unit != "-" {
		if indicators.UnitOf(e.Unit).Name == "%" { // 百分比 and ％ too
			e.Unit = "%"
		}
		return
	}
	e.Unit = ""
	switch {
	case target.Unit.Name != "":
		e.Unit = target.Unit.Name
		say("unit", "没有写单位，按指标值取“"+e.Unit+"”。")
	case strings.HasSuffix(e.Name, "率") || strings.HasSuffix(e.Name, "满意度"):
		e.Unit = "%"
		say("unit", "没有写单位，按名称取“%”。")
	}
}

// directionWord reads 正向, 反向, 越低越好 and their kin; "" for anything else.
func directionWord(s string) library.Direction {
	for _, w := range []struct {
		words string
		d     library.Direction
	}{{"反向 逆向 负向 越低越好 越小越好 越少越好 越小越优 越低越优 越少越优 低优 极小型", library.Lower}, {"正向 越高越好 越大越好 越多越好 越大越优 越高越优 越多越优 高优 极大型", library.Higher},
		{"中性 适度 适中 区间 居中型", library.Neutral}} {
		for _, word := range strings.Fields(w.words) {
			if strings.Contains(s, word) {
				return w.d
			}
		}
	}
	switch s {
	case "正", "高", "+":
		return library.Higher
	case "反", "逆", "负", "低", "-":
		return library.Lower
	}
	return ""
}

// guessed is a direction by the name and the target, and by a sign that says at
// most.
func guessed(d indicators.Direction, atMost bool) library.Direction {
	if d == indicators.Lower || atMost {
		return library.Lower
	}
	return library.Higher
}

// temporal reads or infers how the value moves through the year.
func (r *Row) temporal(written string, target indicators.Value, qualitative bool, say func(column, message string)) library.TemporalType {
	e := &r.Entry
	types := []library.TemporalType{library.Cumulative, library.Level, library.Milestone, library.Ceiling, library.Qualitative}
	if i := slices.IndexFunc(types, func(t library.TemporalType) bool { return written != "" && strings.Contains(written, string(t)) }); i >= 0 {
		return types[i]
	}
	unit := indicators.UnitOf(e.Unit)
	var t library.TemporalType
	switch {
	case target.Kind == indicators.Date || e.Unit == "日期",
		e.Unit == "" && e.Level2 == "时效指标" && (strings.HasSuffix(e.Name, "时间") || strings.HasSuffix(e.Name, "日期")):
		t = library.Milestone
	case qualitative && e.Unit == "":
		t = library.Qualitative
	case unit.Dimension == indicators.Rate || strings.Contains(e.Unit, "/"):
		t = library.Level
	case e.Direction == library.Lower:
		t = library.Ceiling
	default:
		t = library.Cumulative
	}
	if written != "" {
		say("temporal_type", "时间类型写的“"+written+"”认不出来，按"+string(t)+"收。")
	} else {
		say("temporal_type", "没有写时间类型，按"+string(t)+"收。")
	}
	return t
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
