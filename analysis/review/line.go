package review

import (
	"strings"

	"yardstick"
	"yardstick/indicators"
	"yardstick/indicators/library"
)

// line is a line of the form with what the rules ask of it.
type line struct {
	yardstick.Line
	at    int    // from 1
	name  string // without numbering and stars
	bare  string // without brackets with a unit or template at its end, for matching words
	class indicators.Class
	known bool // the class is known
	v     indicators.Value
	ctx   LineContext
	entry *library.Entry // of ctx, if it is sure
	blank bool           // nothing to check about the target: D-16 says why
	vain  bool           // nothing to check about the name: D-20 says why
}

// read prepares the lines.
func (v *reviewer) read() {
	v.lines = make([]line, 0, len(v.form.Lines))
	for i := range v.form.Lines {
		l := v.form.Lines[i]
		x := line{Line: l, at: i + 1, v: l.Target.Value}
		x.name, _ = indicators.BareName(l.Name.Value)
		x.bare = bareName(l.Name.Value)
		x.class, x.known = indicators.Classify(l.Level1.Value, l.Level2.Value)
		if x.v.Kind == indicators.Number && x.v.Unit.Name == "" {
			if w, from := indicators.ParseNamed(l.Name.Value, x.v.Raw); from != "" && w.Kind == indicators.Number {
				x.v = w // the name states the unit: 面积（亩）
			}
		}
		if i < len(v.ctx.Lines) {
			x.ctx = v.ctx.Lines[i]
			if x.ctx.Entry != nil && x.ctx.Sure >= v.value["match.sure"] {
				x.entry = x.ctx.Entry
			}
		}
		v.lines = append(v.lines, x)
	}
}

// bareName is a name for matching words at its end: without what stands in brackets
// there, 路面技术状况指数(PQI).
func bareName(name string) string {
	t := indicators.NormalName(name)
	if open := strings.LastIndexByte(t, '('); open > 0 && strings.HasSuffix(t, ")") {
		t = t[:open]
	}
	return strings.TrimRight(t, "()")
}

// cost reports whether the line stands in a class of cost.
func (x *line) cost() bool {
	return x.class.Level1 == "成本指标" || x.class.Level2 == "成本指标"
}

// money is the target as a plain sum in 万元; ok is false where it is none.
func (x *line) money() (float64, bool) {
	n, ok := x.number()
	if !ok || x.v.Unit.Dimension != indicators.Money {
		return 0, false
	}
	yuan, ok := x.v.Unit.Base(n)
	return tidy(yuan / 10000), ok
}

// number is the target's one number; ok is false for other kinds.
func (x *line) number() (float64, bool) {
	if x.v.Kind != indicators.Number {
		return 0, false
	}
	if x.v.Low-x.v.Low == 0 {
		return x.v.Low, true
	}
	return x.v.High, x.v.High-x.v.High == 0
}

// percent is the target as a share in percent; ok is false if it is none.
func (x *line) percent() (float64, bool) {
	n, ok := x.number()
	if !ok || x.v.Unit.Dimension != indicators.Rate || x.v.Unit.Name == "倍" {
		return 0, false
	}
	share, ok := x.v.Unit.Base(n)
	return tidy(100 * share), ok
}
