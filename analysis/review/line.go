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
}

// read prepares the lines.
func (v *reviewer) read() {
	v.lines = make([]line, 0, len(v.form.Lines))
	for i := range v.form.Lines {
		l := v.form.Lines[i]
		x := line{Line: l, at: i + 1, v: l.Target.Value}
		x.name, _ = indicators.BareName(l.Name.Value)
		x.bare = strings.TrimRight(indicators.NormalName(l.Name.Value), "()")
		x.class, x.known = indicators.Classify(l.Level1.Value, l.Level2.Value)
		if i < len(v.ctx.Lines) {
			x.ctx = v.ctx.Lines[i]
			if x.ctx.Entry != nil && x.ctx.Sure >= v.value["match.sure"] {
				x.entry = x.ctx.Entry
			}
		}
		v.lines = append(v.lines, x)
	}
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
