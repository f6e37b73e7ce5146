package library

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"yardstick/indicators"
)

// field is one column of the tables of entries: its name there, its heading
// for people, and how it is read and written as text.
type field struct {
	name, label string
	get         func(e *Entry) string
	set         func(e *Entry, s string) error
}

// fields are the columns of a table of entries, in order.
var fields = []field{
	text("id", "编号", func(e *Entry) *string { return &e.ID }),
	text("name", "指标名称", func(e *Entry) *string { return &e.Name }),
	list("aliases", "别名", func(e *Entry) *[]string { return &e.Aliases }),
	{"level1", "一级指标", func(e *Entry) string { return e.Level1 }, func(e *Entry, s string) error {
		e.Level1 = s
		return oneOf(s, level1s())
	}},
	{"level2", "二级指标", func(e *Entry) string { return e.Level2 }, func(e *Entry, s string) error {
		e.Level2 = s
		return oneOf(s, level2s(e.Level1))
	}},
	text("sector", "功能分类", func(e *Entry) *string { return &e.Sector }),
	list("function", "功能分类科目", func(e *Entry) *[]string { return &e.Function }),
	list("project_types", "适用项目类型", func(e *Entry) *[]string { return &e.ProjectTypes }),
	text("meaning", "指标解释", func(e *Entry) *string { return &e.Meaning }),
	text("formula", "计算公式", func(e *Entry) *string { return &e.Formula }),
	text("unit", "计量单位", func(e *Entry) *string { return &e.Unit }),
	{"direction", "指标方向", func(e *Entry) string { return string(e.Direction) }, func(e *Entry, s string) error {
		e.Direction = Direction(s)
		return oneOf(s, []string{string(Higher), string(Lower), string(Neutral)})
	}},
	{"temporal_type", "时间类型", func(e *Entry) string { return string(e.TemporalType) }, func(e *Entry, s string) error {
		e.TemporalType = TemporalType(s)
		return oneOf(s, []string{string(Cumulative), string(Level), string(Milestone), string(Ceiling), string(Qualitative)})
	}},
	{"comparison", "指标性质", func(e *Entry) string { return string(e.Comparison) }, func(e *Entry, s string) error {
		e.Comparison = indicators.Comparison(s)
		return oneOf(s, []string{"", "≥", "≤", ">", "<", "="})
	}},
	{"weight", "权重参考", func(e *Entry) string { return e.Weight.String() }, func(e *Entry, s string) (err error) {
		e.Weight, err = parseWeight(s)
		return err
	}},
	text("data_source", "数据来源", func(e *Entry) *string { return &e.DataSource }),
	{"taking", "取值方式", func(e *Entry) string { return e.Taking }, func(e *Entry, s string) error {
		e.Taking = s
		return oneOf(s, append(Takings(), ""))
	}},
	{"scoring", "评分规则", func(e *Entry) string { return e.Scoring }, func(e *Entry, s string) error {
		e.Scoring = s
		rule, _, _ := strings.Cut(s, "：")
		return oneOf(rule, append(Scorings(), ""))
	}},
	text("evidence", "佐证资料", func(e *Entry) *string { return &e.Evidence }),
	list("keywords", "关键词", func(e *Entry) *[]string { return &e.Keywords }),
	text("note", "备注", func(e *Entry) *string { return &e.Note }),
	{"source_status", "来源状态", func(e *Entry) string { return e.SourceStatus }, func(e *Entry, s string) error {
		e.SourceStatus = s
		return oneOf(s, []string{"read", "reported", "recalled"})
	}},
}

func text(name, label string, at func(*Entry) *string) field {
	return field{name, label, func(e *Entry) string { return *at(e) }, func(e *Entry, s string) error {
		*at(e) = s
		return nil
	}}
}

func list(name, label string, at func(*Entry) *[]string) field {
	return field{name, label, func(e *Entry) string { return strings.Join(*at(e), "；") }, func(e *Entry, s string) error {
		*at(e) = splitList(s)
		return nil
	}}
}

func oneOf(got string, want []string) error {
	if slices.Contains(want, got) {
		return nil
	}
	return fmt.Errorf("got %q, want one of %s", got, strings.Join(want, " "))
}

// Columns are the columns of a table of entries by their names, in order.
func Columns() []string {
	out := make([]string, len(fields))
	for i, f := range fields {
		out[i] = f.name
	}
	return out
}

// Label is the Chinese heading of a column, "" if there is none of that name.
func Label(column string) string {
	if i := fieldAt(column); i >= 0 {
		return fields[i].label
	}
	return ""
}

func fieldAt(column string) int {
	return slices.IndexFunc(fields, func(f field) bool { return f.name == column })
}

// Get returns a column of e as the tables write it.
func (e Entry) Get(column string) string {
	if i := fieldAt(column); i >= 0 {
		return fields[i].get(&e)
	}
	return ""
}

// Set changes a column of e. The error says what was expected where the column
// is a closed list, and leaves e as it was; level2 depends on level1, which must
// be set before.
func (e *Entry) Set(column, value string) error {
	i := fieldAt(column)
	if i < 0 {
		return fmt.Errorf("column %q: no such column", column)
	}
	next := *e
	if err := fields[i].set(&next, strings.TrimSpace(value)); err != nil {
		return fmt.Errorf("column %q: %w", column, err)
	}
	*e = next
	return nil
}

// Check reports what makes e unusable whatever its content: no id or name, or a
// class that its level-1 class does not have.
func (e Entry) Check() error {
	for _, column := range []string{"id", "name"} {
		if e.Get(column) == "" {
			return fmt.Errorf("column %q: got nothing, want text", column)
		}
	}
	return oneOf(e.Level2, level2s(e.Level1))
}

// parseEntry turns a row of Columns into an Entry and checks the closed lists.
func parseEntry(row []string) (Entry, error) {
	var e Entry
	for i, f := range fields {
		if err := e.Set(f.name, row[i]); err != nil {
			return Entry{}, err
		}
	}
	return e, e.Check()
}

// parseWeight reads 5-10 or 10; "" is zero.
func parseWeight(s string) (Weight, error) {
	if s == "" {
		return Weight{}, nil
	}
	low, high, isRange := strings.Cut(s, "-")
	if !isRange {
		high = low
	}
	var w Weight
	for _, p := range []struct {
		text string
		to   *float64
	}{{low, &w.Low}, {high, &w.High}} {
		x, err := strconv.ParseFloat(strings.TrimSpace(p.text), 64)
		if err != nil || !(x > 0 && x <= 100) {
			return Weight{}, fmt.Errorf("got %q, want points such as 5-10", s)
		}
		*p.to = x
	}
	if w.Low > w.High {
		return Weight{}, fmt.Errorf("got %q, want the smaller number first", s)
	}
	return w, nil
}

// String writes w as the tables do.
func (w Weight) String() string {
	number := func(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }
	switch {
	case w == Weight{}:
		return ""
	case w.Low == w.High:
		return number(w.Low)
	}
	return number(w.Low) + "-" + number(w.High)
}
