package forms

import (
	"strings"

	"yardstick"
)

// several reads a row whose cells hold several indicators, one a line of text:
// names numbered 指标1： 指标2：, or as many values as names. It reports false,
// and stores nothing, if the row is of the usual kind.
func (lr *lineReader) several(ln yardstick.Line, nameSlot slot, v values) bool {
	x := lr.x
	names := textLines(x.h.full(nameSlot))
	if len(names) < 2 || v.target.split {
		return false
	}
	r := x.h.g.Cells[nameSlot.cell].Row
	split := func(ro role) []string {
		ss := x.slots(r, ro)
		if len(ss) != 1 {
			return nil
		}
		return textLines(x.h.full(ss[0]))
	}
	columns := map[role][]string{}
	same := 0
	for _, ro := range []role{target, actual, expected, longTarget, weight, score} {
		l := split(ro)
		if len(l) > 1 && len(l) != len(names) {
			return false
		}
		if len(l) == len(names) {
			same++
		}
		columns[ro] = l
	}
	numbered := true
	for _, n := range names {
		numbered = numbered && lineName(n) != squeeze(n)
	}
	if !numbered && same < 2 {
		return false
	}
	for i, n := range names {
		if templateName(n) {
			continue
		}
		part := v
		pick := func(ro role) string {
			if l := columns[ro]; len(l) == len(names) {
				return l[i]
			} else if len(l) == 1 && i == 0 {
				return l[0]
			}
			return ""
		}
		part.target.value, part.actual.value = pick(target), pick(actual)
		part.expected.value, part.long.value = pick(expected), pick(longTarget)
		part.weight, part.score = pick(weight), pick(score)
		one := ln
		one.Name = yardstick.Text{Value: lineName(n), Raw: n, Cell: ln.Cell}
		var ds doubts
		part.fill(x, r, &one, &ds)
		one.SubRow = subRow(n)
		ds.check(&one)
		lr.store(one, ds)
	}
	return true
}

// textLines returns the lines of a cell's text that are not blank.
func textLines(s string) []string {
	var out []string
	for l := range strings.Lines(s) {
		if l = strings.TrimFunc(l, blank); l != "" {
			out = append(out, l)
		}
	}
	return out
}
