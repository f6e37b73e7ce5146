package goal

import (
	"math"
	"strconv"
	"strings"
	"unicode"

	"yardstick/indicators"
)

// Planned is a figure of the goal that is the target of an indicator.
type Planned struct {
	Value indicators.Value // as it would be written: ≥386.4公里
	Said  string           // as the goal has it: 386.4公里
	Task  string
}

// leastPlanned is the share of the shorter text that task and name must have in
// common for the task's figure to be the indicator's: more than for speaking of it.
const leastPlanned = 0.5

// Plan returns, for each indicator of list, the figure that the tasks state for it;
// nil where none does, or where a task states several of one dimension. A figure
// is an indicator's if the task speaks of it, and its unit is of the dimension of the
// indicator's: that of Target, whose comparison is taken where the task has none,
// else ≥. A share must be named alike (合格率), and what shall not happen is 0.
func Plan(tasks []Task, list []Indicator) []*Planned {
	out, best := make([]*Planned, len(list)), make([]float64, len(list))
	for i, hits := range Cover(tasks, list) {
		task := content(tasks[i].Text)
		closest := map[indicators.Dimension]float64{} // a figure is for the names that are nearest to the task
		for _, h := range hits {
			if _, ok := planned(tasks[i].Text, list[h.Indicator]); ok {
				d := head(list[h.Indicator].Target.Unit.Dimension)
				closest[d] = max(closest[d], alikeness(task, content(list[h.Indicator].Name)))
			}
		}
		for _, h := range hits {
			x := list[h.Indicator]
			if alikeness(task, content(x.Name)) < closest[head(x.Target.Unit.Dimension)] {
				continue
			}
			if h.Share < leastPlanned || h.Share <= best[h.Indicator] {
				continue
			}
			if p, ok := planned(tasks[i].Text, x); ok {
				out[h.Indicator], best[h.Indicator] = &p, h.Share
			}
		}
	}
	// A sum per head and time is named by its unit: 每生每天5元 is what 元/生/天 asks
	// for, where only one task says so.
	for j, x := range list {
		_, by, _ := strings.Cut(x.Target.Unit.Name, "/")
		if out[j] != nil || !strings.Contains(by, "/") {
			continue
		}
		var found []Planned
		for _, t := range tasks {
			if p, ok := planned(t.Text, x); ok {
				found = append(found, p)
			}
		}
		if len(found) == 1 {
			out[j] = &found[0]
		}
	}
	return out
}

// alikeness is the Dice coefficient of the pairs of two texts.
func alikeness(a, b grams) float64 {
	if len(a.set)+len(b.set) == 0 {
		return 0
	}
	n := 0
	for p := range a.set {
		if b.set[p] {
			n++
		}
	}
	return 2 * float64(n) / float64(len(a.set)+len(b.set))
}

func planned(task string, x Indicator) (Planned, bool) {
	unit := x.Target.Unit
	write := func(c indicators.Comparison, n float64, said string) (Planned, bool) {
		v := indicators.Parse(string(c) + strconv.FormatFloat(n, 'f', -1, 64) + unit.Name)
		return Planned{Value: v, Said: said, Task: task}, v.Kind == indicators.Number
	}
	s := []rune(task)
	if n := words().tail("state", s); n > 0 && words().val["state"+string(s[len(s)-n:])] == string(Level) {
		if d := unit.Dimension; d != "count" && d != "times" {
			return Planned{}, false
		}
		return write(indicators.Equal, 0, string(s[len(s)-n:]))
	}
	if unit.Scale == 0 {
		return Planned{}, false
	}
	for _, per := range words().all("per", s) { // 日清运120吨 is not the year's amount
		if !strings.Contains(unit.Name, "/") && !strings.Contains(x.Name, words().val["per"+per]) {
			return Planned{}, false
		}
	}
	var found []Planned
	for i := 0; i < len(s); {
		if !unicode.IsDigit(s[i]) {
			i++
			continue
		}
		v, n := amount(s[i:])
		from := i
		i += n
		y, ok := v.Unit.Base(v.Low)
		if !ok || !fits(s[:from], v.Unit, x, task) {
			continue
		}
		c := comparisonOf(s[:from], s[i:])
		if c == indicators.None {
			c = x.Target.Comparison
		}
		if c == indicators.None {
			c = indicators.AtLeast
		}
		scale := unit.Scale
		if v.Unit.Dimension == indicators.Money && strings.Contains(unit.Name, "/") {
			of, _, _ := strings.Cut(unit.Name, "/")
			scale = indicators.Parse("1" + of).Unit.Scale
		}
		if scale == 0 {
			continue
		}
		if p, ok := write(c, math.Round(y/scale*1e6)/1e6, string(s[from:i])); ok {
			found = append(found, p)
		}
	}
	if len(found) != 1 {
		return Planned{}, false
	}
	return found[0], true
}

// fits reports whether a figure in unit u, behind before, is one of indicator x.
func fits(before []rune, u indicators.Unit, x Indicator, task string) bool {
	if u.Dimension == indicators.Money && strings.Contains(x.Target.Unit.Name, "/") {
		_, by, _ := strings.Cut(x.Target.Unit.Name, "/")
		for _, piece := range strings.FieldsFunc(by, func(r rune) bool { return strings.ContainsRune("/·*.", r) }) {
			if !strings.Contains(task, "每"+piece) && !strings.Contains(task, piece+"均") {
				return false // per head, but per month or per year is not said
			}
		}
		return true
	}
	if head(u.Dimension) != head(x.Target.Unit.Dimension) {
		return false
	}
	if u.Dimension != indicators.Rate {
		return true
	}
	for i := range before { // 合格率达到98%: what stands before 达到
		if i > 1 && words().head("reach", before[i:]) > 0 {
			before = before[:i]
			break
		}
	}
	n := words().tail("level", before)
	if n == 0 { // 完成主体工程70%
		return strings.Contains(x.Name, "比例") || strings.Contains(x.Name, "进度") || strings.Contains(x.Name, "完成率")
	}
	return strings.Contains(x.Name, string(before[max(0, len(before)-max(n, 3)):]))
}

// comparisonOf reads the comparison around a figure; None if there is none.
func comparisonOf(before, after []rune) indicators.Comparison {
	b := string(before[max(0, len(before)-4):])
	a := string(after[:min(len(after), 3)])
	for _, w := range []struct {
		text string
		in   string
		c    indicators.Comparison
	}{
		{"不低于", b, indicators.AtLeast}, {"不少于", b, indicators.AtLeast}, {"≥", b, indicators.AtLeast}, {"以上", a, indicators.AtLeast},
		{"不超过", b, indicators.AtMost}, {"不高于", b, indicators.AtMost}, {"控制在", b, indicators.AtMost}, {"≤", b, indicators.AtMost},
		{"以内", a, indicators.AtMost}, {"以下", a, indicators.AtMost},
	} {
		if strings.Contains(w.in, w.text) {
			return w.c
		}
	}
	if strings.HasPrefix(a, "内") {
		return indicators.AtMost
	}
	return indicators.None
}
