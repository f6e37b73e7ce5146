package forms

import (
	"fmt"

	"yardstick"
)

// values are the texts that a row states beside its name and levels.
type values struct {
	target, long, actual, expected raw
	weight, score                  string
	weightCell, scoreCell          string
	convertedScore, convertedCell  string
	reason, note                   yardstick.Text
	longName, longCell             string
	cell                           string // of the first value
}

// values reads the texts of row r.
func (lr *lineReader) values(r int) values {
	x := lr.x
	v := values{target: x.target(r), long: x.actual(r, longTarget), actual: x.actual(r, actual), expected: x.actual(r, expected)}
	if s, ok := x.ownText(r, weight); ok {
		v.weight, v.weightCell = x.h.text(s), x.h.address(s)
	}
	if s, ok := x.ownText(r, score); ok {
		v.score, v.scoreCell = x.h.text(s), x.h.address(s)
	}
	if s, ok := x.ownText(r, converted); ok {
		v.convertedScore, v.convertedCell = x.h.text(s), x.h.address(s)
	}
	v.reason = x.textField(r, reason)
	v.note = x.textField(r, explanation, note)
	if text, s, ok := x.text(r, longName); ok && !dash(text) {
		v.longName, v.longCell = lineName(text), x.h.address(s)
	}
	for _, c := range []string{v.target.cell, v.actual.cell, v.expected.cell, v.weightCell, v.scoreCell, v.long.cell, v.reason.Cell, v.note.Cell} {
		if c != "" {
			v.cell = c
			break
		}
	}
	return v
}

// ownText returns the first cell of a role that begins in row r: points that
// are merged over several rows belong to the first of them.
func (x *body) ownText(r int, ro role) (slot, bool) {
	for _, s := range x.slots(r, ro) {
		if s.own {
			return s, true
		}
	}
	return slot{}, false
}

// textField joins the texts of roles; a dash is nothing.
func (x *body) textField(r int, roles ...role) yardstick.Text {
	var t yardstick.Text
	for _, ro := range roles {
		for _, s := range x.slots(r, ro) {
			text := x.h.text(s)
			if dash(text) {
				continue
			}
			if t.Value == "" {
				t = yardstick.Text{Value: text, Raw: text, Cell: x.h.address(s)}
			} else {
				t.Value += "；" + text
				t.Raw = t.Value
			}
		}
	}
	return t
}

// any reports whether anything is written.
func (v values) any() bool {
	return v.target.value != "" || v.actual.value != "" || v.expected.value != "" || v.long.value != "" || v.weight != "" ||
		v.score != "" || v.reason.Value != "" || v.note.Value != "" || v.longName != ""
}

// measured reports whether a target or actual value is stated.
func (v values) measured() bool {
	return !v.target.empty() || !v.actual.empty() || !v.expected.empty()
}

// real reports whether something is stated that would be lost without a name.
func (v values) real() bool {
	return v.measured() || !dash(v.weight) || !dash(v.score) || !v.long.empty() || v.reason.Value != ""
}

// classOnly reports whether a row states nothing but the points of its class.
func (v values) classOnly(l1, l2 level) bool {
	w, known, _ := points(v.weight)
	return known && v.score == "" && (l1.pointed && l1.points == w || l2.pointed && l2.points == w)
}

// sample is a text that stands for the row in a message.
func (v values) sample() string {
	return first(v.target.value, v.actual.value, v.expected.value, v.long.value, v.weight, v.score)
}

// fill parses the values into a line.
func (v values) fill(x *body, r int, ln *yardstick.Line, ds *doubts) {
	ln.Target = v.target.parse()
	x.list(r, &ln.Target)
	ln.LongTerm = v.long.parse()
	ln.Actual = v.actual.parse()
	ln.Expected = v.expected.parse()
	ln.Reason, ln.Note = v.reason, v.note
	if fromName(ln.Name.Raw, &ln.Target) {
		ds.add(ln.Target.Cell, yardstick.ValueInName, fmt.Sprintf("“%s”的指标值“%s”没有单位，取名称里的单位“%s”",
			clip(ln.Name.Value), ln.Target.Raw, ln.Target.Unit.Name), ln.Target.Raw)
	}
	ln.Weight = v.points(v.weight, v.weightCell, "分值", yardstick.LineWeight, ln, ds)
	scoreText, scoreCell := v.score, v.scoreCell
	if p, known, _ := points(v.convertedScore); known {
		// Only the converted score adds up to the total (S10).
		ln.Score = number(p, true, v.convertedScore, v.convertedCell)
		return
	}
	ln.Score = v.points(scoreText, scoreCell, "得分", yardstick.LineScore, ln, ds)
}

// points reads a weight or score and doubts what is not one.
func (v values) points(text, cell, what string, code yardstick.Code, ln *yardstick.Line, ds *doubts) yardstick.Number {
	p, known, read := points(text)
	if !read {
		ds.add(cell, code, fmt.Sprintf("“%s”的%s写作“%s”，读不成数，按没有填写处理", clip(ln.Name.Value), what, clip(text)), text)
	}
	return number(p, known, text, cell)
}
