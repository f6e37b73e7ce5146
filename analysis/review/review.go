// Package review reads a target form as a reviewer does (目标审核, 财预〔2015〕88号):
// it checks the form against the rules of rules.csv and fills in the review table
// (items.csv) from what was found. Every rule answers found, ok or unchecked with
// the reason; what the form does not show is said and never guessed. It is pure:
// what the form is compared with comes in the Context. Start from LoadRules and
// Rules.Review.
package review

import (
	"cmp"
	"slices"

	"yardstick"
	"yardstick/analysis/target"
	"yardstick/indicators/library"
)

// Context is what the form is compared with. The zero Context leaves the rules
// that need it unchecked.
type Context struct {
	Frame  *Frame          // points that the author chose; nil: any of the usual sums
	Lines  []LineContext   // by the form's lines; nil: nothing is known of them
	Type   *library.Type   // the project's type, nil if it can't be told
	Target *target.Rules   // judges values; nil: no rule on values
	Last   *yardstick.Form // this project's form of an earlier year, nil for none
	Sector string          // functional class, "" if it can't be told
}

// LineContext is what is known of one line.
type LineContext struct {
	Entry  *library.Entry // concept that the name stands for, nil for none
	Sure   float64        // confidence of it, 0 to 1
	Exact  bool           // the name is the concept's name or one of its aliases
	Ask    *target.Ask    // own past and peers' values, nil for none
	Better *library.Entry // an indicator of the same class that can be counted, for a vague one
	Known  bool           // similar projects or the template of the type use the concept
}

// Finding is one thing to look at. Line is the form's line from 1, 0 for the form
// as a whole; Field is name, comparison, target, unit, weight, level1, level2,
// goal, budget, project or form.
type Finding struct {
	Rule      Rule
	Severity  Severity
	Line      int
	Indicator string
	Field     string
	Cell      string
	Raw       string
	Why       string
	Do        string
	Fix       *Fix
	N         int

	times float64 // how many times the budget a cost is, of D-07
}

// Fix is what one press can change on the finding's line.
type Fix struct {
	Label string
	Set   map[string]string
}

// The answers of a Check.
const (
	Found     = "found"
	OK        = "ok"
	Unchecked = "unchecked"
)

// Check is a rule's answer.
type Check struct {
	Rule   Rule
	Answer string
	Why    string
	Count  int
}

// Mark is one line of the review table as filled in.
type Mark struct {
	Item   Item
	Points float64
	Grade  string
	Why    string
}

// Opinion is the outcome of a review; Points of 100.
type Opinion struct {
	Findings []Finding // Must first, then in the order of the form
	Checks   []Check   // every rule, in the order of rules.csv
	Marks    []Mark
	Points   float64
	Grade    string // 优 良 中 差
	Advice   string // 通过 完善后通过 修改后再报 不予通过
}

// reviewer is one review under way.
type reviewer struct {
	*Rules
	form  *yardstick.Form
	ctx   *Context
	lines []line
	out   []Finding
	notes map[string]string // by rule: why it was not checked
	ok    map[string]string // by rule: a remark on a rule that found nothing
}

// checks are the rules in the order in which they run: the first two say about
// which names and targets the others have nothing to say.
func checks() []struct {
	id  string
	run func(*reviewer)
} {
	return []struct {
		id  string
		run func(*reviewer)
	}{
		{"D-20", (*reviewer).names}, {"D-16", (*reviewer).unfilled}, {"D-01", (*reviewer).signs}, {"D-02", (*reviewer).bounds},
		{"D-03", (*reviewer).units}, {"D-19", (*reviewer).clash}, {"D-07", (*reviewer).money}, {"D-04", (*reviewer).values}, {"D-05", (*reviewer).inputs},
		{"D-06", (*reviewer).classes}, {"D-08", (*reviewer).vague}, {"D-09", (*reviewer).weights},
		{"D-10", (*reviewer).twice}, {"D-11", (*reviewer).whole}, {"D-12", (*reviewer).lastYear}, {"D-13", (*reviewer).room},
		{"D-14", (*reviewer).goal}, {"D-15", (*reviewer).alien}, {"D-17", (*reviewer).budget}, {"D-18", (*reviewer).dates},
		{"D-21", (*reviewer).percents}, {"D-22", (*reviewer).comparisons},
	}
}

func ids() []string {
	var out []string
	for _, c := range checks() {
		out = append(out, c.id)
	}
	return out
}

// Review checks a form. form and ctx are not changed.
func (r *Rules) Review(form yardstick.Form, ctx Context) Opinion {
	v := &reviewer{Rules: r, form: &form, ctx: &ctx, notes: map[string]string{}, ok: map[string]string{}}
	v.read()
	for _, c := range checks() {
		c.run(v)
	}
	slices.SortStableFunc(v.out, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Severity, b.Severity), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Rule.ID, b.Rule.ID))
	})
	o := Opinion{Findings: v.out}
	for _, rule := range r.rules {
		c := Check{Rule: rule, Answer: OK, Why: v.ok[rule.ID]}
		for _, f := range v.out {
			if f.Rule.ID == rule.ID {
				c.Count++
			}
		}
		if c.Count > 0 {
			c.Answer = Found
		} else if why := v.notes[rule.ID]; why != "" {
			c.Answer, c.Why = Unchecked, why
		}
		o.Checks = append(o.Checks, c)
	}
	r.mark(&o, v.lines)
	return o
}

// found notes a finding of a rule, with the rule's severity unless f has one.
func (v *reviewer) found(id string, f Finding) {
	f.Rule = v.rules[v.at[id]]
	f.Severity = cmp.Or(f.Severity, f.Rule.Severity)
	v.out = append(v.out, f)
}

// onLine is found for a field of a line.
func (v *reviewer) onLine(id string, x *line, field string, f Finding) {
	f.Line, f.Indicator, f.Field = x.at, x.name, field
	switch field {
	case "name":
		f.Cell, f.Raw = cmp.Or(x.Name.Cell, x.Cell), x.Name.Raw
	case "target", "comparison", "unit":
		f.Cell, f.Raw = cmp.Or(x.Target.Cell, x.Cell), x.Target.Raw
	case "weight":
		f.Cell, f.Raw = cmp.Or(x.Weight.Cell, x.Cell), x.Weight.Raw
	case "level1":
		f.Cell, f.Raw = cmp.Or(x.Level1.Cell, x.Cell), x.Level1.Raw
	case "level2":
		f.Cell, f.Raw = cmp.Or(x.Level2.Cell, x.Level1.Cell, x.Cell), x.Level2.Raw
	}
	v.found(id, f)
}
