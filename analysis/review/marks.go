package review

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"yardstick/indicators"
)

// The grades of the review table and the advice that goes with them.
var grades = [...]struct{ name, share, from, advice string }{
	{"优", "share.excellent", "grade.excellent", "通过"},
	{"良", "share.good", "grade.good", "完善后通过"},
	{"中", "share.fair", "grade.fair", "修改后再报"},
	{"差", "share.poor", "", "不予通过"},
}

// mark fills in the review table: every finding counts against the item of its
// rule, and the sum decides the item's grade.
func (r *Rules) mark(o *Opinion, lines []line) {
	spoiled := 0
	for i := range lines {
		if lines[i].vain || lines[i].blank {
			spoiled++
		}
	}
	open := unchecked(o, lines)
	must := 0
	for _, it := range r.items {
		m := Mark{Item: it, Why: it.Note}
		load, n := 0.0, 0
		byRule := map[string]float64{}
		var titles []string
		for _, f := range o.Findings {
			if f.Rule.Item != it.Name {
				continue
			}
			w := r.value["table.watch"]
			if f.Severity == Must {
				w = r.value["table.must"]
			}
			if byRule[f.Rule.ID] == 0 {
				titles = append(titles, f.Rule.Title)
			}
			n++
			before := byRule[f.Rule.ID]
			byRule[f.Rule.ID] = math.Min(r.value["table.rule"], before+w)
			load += byRule[f.Rule.ID] - before
		}
		at := 0
		for i, limit := range []string{"table.good", "table.fair", "table.poor"} {
			if load > r.value[limit] {
				at = i + 1
			}
		}
		capped := false
		few := len(lines) < int(r.value["lines.least"])
		if it.Lines && len(lines) > 0 {
			share := float64(spoiled) / float64(len(lines))
			if few && at < 1 {
				at = 1
			}
			for i, limit := range []string{"spoiled.fair", "spoiled.poor"} {
				if share >= r.value[limit] && at < i+2 {
					at, capped = i+2, true
				}
			}
		}
		loose := false
		if vague := r.words["vagueItem"]; len(lines) > 0 && slices.ContainsFunc(vague, func(w word) bool { return w.text == it.Name }) {
			share := float64(open) / float64(len(lines))
			for i, limit := range []string{"vague.fair", "vague.poor"} {
				if share >= r.value[limit] && at < i+2 {
					at, loose = i+2, true
				}
			}
		}
		m.Grade = grades[at].name
		m.Points = math.Round(it.Points*r.value[grades[at].share]) / 100
		switch {
		case n > 0:
			m.Why = fmt.Sprintf("%d 条：%s", n, strings.Join(titles, "、"))
		case it.Judged:
			m.Why = r.clean(o, it.Name)
		}
		switch {
		case it.Lines && len(lines) == 0:
			at = len(grades) - 1
			m.Grade, m.Points = grades[at].name, math.Round(it.Points*r.value[grades[at].share])/100
			m.Why = "没有指标，这一项没法判断，按差计"
		case it.Lines && few && n == 0 && !capped:
			m.Why = fmt.Sprintf("只有 %d 个指标，这一项只能按良计", len(lines))
		}
		if capped {
			m.Why = fmt.Sprintf("%d 个指标里有 %d 个看不出考核什么或没有目标值，这一项没法判断，按%s计", len(lines), spoiled, m.Grade)
		}
		if loose && !capped {
			m.Why = strings.TrimPrefix(m.Why+"；", "；") + fmt.Sprintf("%d 个指标里有 %d 个年底没法对照，按%s计", len(lines), open, m.Grade)
		}
		o.Points += m.Points
		o.Marks = append(o.Marks, m)
	}
	twice := false
	for _, f := range o.Findings {
		if f.Severity == Must {
			must++
		}
		twice = twice || f.times >= r.value["cost.twice"]
	}
	o.Points = math.Round(10*o.Points) / 10
	at := len(grades) - 1
	for i, g := range grades[:at] {
		if o.Points >= r.value[g.from] {
			at = i
			break
		}
	}
	o.Grade = grades[at].name
	// What must be put right is put right before the form passes.
	for i, limit := range []string{"must.good", "must.fair"} {
		if float64(must) >= r.value[limit] && at < i+1 {
			at = i + 1
		}
	}
	// So is a cost far beyond the money, and a form of which most can't be checked.
	if at < 2 && (twice || len(lines) > 0 && float64(open) >= r.value["vague.fair"]*float64(len(lines))) {
		at = 2
	}
	o.Advice = grades[at].advice
}

// unchecked is how many lines have a target that nobody can hold against what
// happened: none, or words that say no degree, or a name of nothing.
func unchecked(o *Opinion, lines []line) (n int) {
	for i := range lines {
		x := &lines[i]
		if x.vain || x.blank || slices.ContainsFunc(o.Findings, func(f Finding) bool {
			return f.Line == x.at && (f.Rule.ID == "D-08" && x.v.Kind != indicators.Number || f.Rule.ID == "D-21")
		}) {
			n++
		}
	}
	return n
}

// clean words an item without findings: what was checked, and what could not be.
func (r *Rules) clean(o *Opinion, item string) string {
	checked, open := 0, 0
	for _, c := range o.Checks {
		if c.Rule.Item != item {
			continue
		}
		if c.Answer == Unchecked {
			open++
		} else {
			checked++
		}
	}
	switch {
	case open > 0 && checked == 0:
		return "表内看不出，按优计"
	case open > 0:
		return fmt.Sprintf("查得了的没有发现问题；有 %d 条规则查不了，没有扣分", open)
	}
	return "没有发现问题"
}
