package recommend

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"yardstick/indicators"
)

// MinValues is the number of filed values below which no median is stated.
const MinValues = 3

// scope picks the uses that an advice rests on: those of the similar projects
// if there are at least MinValues of them that count, else those of the
// functional class, else all. It returns the narrowest that has enough, and the
// widest if none has.
func (m *Model) scope(g *group, near []use, class int32, counts func(use) bool) (uses []use, from string) {
	pick := func(in []use, keep func(use) bool) (out []use) {
		for _, u := range in {
			if keep(u) && counts(u) {
				out = append(out, u)
			}
		}
		return out
	}
	if u := pick(near, func(use) bool { return true }); len(u) >= MinValues {
		return u, "相似项目"
	}
	if u := pick(m.ofClass(g, class), func(use) bool { return true }); len(u) >= MinValues {
		return u, m.classWords(class)
	}
	return pick(g.uses, func(use) bool { return true }), "全部项目"
}

// ofClass returns the uses of g in projects of a functional class.
func (m *Model) ofClass(g *group, class int32) (out []use) {
	if class < 0 || countOf(g.sectors, class) == 0 {
		return nil
	}
	for _, u := range g.uses {
		if m.projects[u.project].class == class {
			out = append(out, u)
		}
	}
	return out
}

func (m *Model) classWords(class int32) string {
	for name, at := range m.sectorAt {
		if at == class {
			return "“" + name + "”类项目"
		}
	}
	return ""
}

// usualKey names what an advice rests on where no similar projects tell: a group
// in a functional class, or in all (−1).
type usualKey struct{ group, class int32 }

type advice struct {
	target TargetAdvice
	weight WeightAdvice
}

// precomputeFrom is the number of uses from which a group's advice is computed
// once and kept: so that an answer never goes through thousands of lines.
const precomputeFrom = 128

func (m *Model) precompute() {
	m.usual = make(map[usualKey]advice)
	for id := range m.groups {
		g := &m.groups[id]
		if len(g.uses) < precomputeFrom {
			continue
		}
		for _, c := range append(slices.Clone(g.sectors), count{at: -1}) {
			m.usual[usualKey{int32(id), c.at}] = advice{m.targetAdvice(g, nil, c.at), m.weightAdvice(g, nil, c.at)}
		}
	}
}

// advise is the usual target and weight of a group. What similar projects say
// goes first; where they say too little it is that of the class, then of all.
func (m *Model) advise(id int32, near []use, class int32) (TargetAdvice, WeightAdvice) {
	g := &m.groups[id]
	if len(g.uses) < precomputeFrom {
		return m.targetAdvice(g, near, class), m.weightAdvice(g, near, class)
	}
	at := class
	if at >= 0 && countOf(g.sectors, at) == 0 {
		at = -1
	}
	kept := m.usual[usualKey{id, at}]
	kept.target.Values = slices.Clone(kept.target.Values) // the caller's
	if len(near) >= MinValues {
		// The near uses alone, as if nobody else used it: if they are enough they win.
		alone := group{uses: near, concept: g.concept}
		if t := m.targetAdvice(&alone, near, -1); t.N >= MinValues {
			kept.target = t
		}
		if w := m.weightAdvice(&alone, near, -1); w.N >= MinValues {
			kept.weight = w
		}
	}
	return kept.target, kept.weight
}

// worded reports whether a target as filed says something: a dash is no wording,
// and a template's placeholder (≥**人) nobody's target.
func worded(raw string) bool {
	return han(raw) != "" && raw != "无" && !strings.Contains(raw, "**") && !strings.Contains(raw, "××")
}

// maxValues is how many values an advice carries for a plot; more can't be told
// apart on one.
const maxValues = 200

// filed are the numeric targets that an advice can rest on: one per project,
// in one unit and with one comparison.
type filed struct {
	values []float64
	said   []string
	unit   string
	sign   string
}

// filed takes from uses the numbers of the most frequent unit and, within it,
// the most frequent comparison.
func (m *Model) filed(uses []use) filed {
	sign := func(u use) string { return cmp.Or(m.h.signOf(u.line), string(indicators.Equal)) }
	uses = slices.DeleteFunc(slices.Clone(uses), func(u use) bool { _, ok := m.h.number(u.line); return !ok })
	if len(uses) == 0 {
		return filed{}
	}
	f := filed{unit: mostOf(uses, func(u use) string { return m.h.unitOf(u.line) })}
	uses = slices.DeleteFunc(uses, func(u use) bool { return m.h.unitOf(u.line) != f.unit })
	f.sign = mostOf(uses, sign)
	for _, u := range uses {
		if sign(u) == f.sign {
			x, _ := m.h.number(u.line)
			f.values, f.said = append(f.values, x), append(f.said, m.h.rawOf(u.line))
		}
	}
	return f
}

// targetAdvice is the usual target of g: over the similar projects that use it
// if they give enough comparable numbers, else over the functional class, else
// over all.
func (m *Model) targetAdvice(g *group, near []use, class int32) TargetAdvice {
	var f filed
	from := ""
	for _, s := range []struct {
		uses []use
		name string
	}{{near, "相似项目"}, {m.ofClass(g, class), m.classWords(class)}, {g.uses, "全部项目"}} {
		if f, from = m.filed(s.uses), s.name; len(f.values) >= MinValues {
			break
		}
	}
	if len(f.values) == 0 {
		return m.wordsAdvice(g, near, class)
	}
	sign, unit, values := f.sign, f.unit, f.values
	a := TargetAdvice{Comparison: sign, Unit: unit, N: len(values), Values: slices.Clone(values[:min(len(values), maxValues)])}
	if a.N < MinValues {
		a.Note = fmt.Sprintf("只有%d个填报值（%s），不足%d个，不给出中位数", a.N, strings.Join(f.said, "、"), MinValues)
		return a
	}
	q1, median, q3 := quartiles(values)
	a.Q1, a.Median, a.Q3 = &q1, &median, &q3
	switch indicators.Comparison(sign) {
	case indicators.AtLeast, indicators.Above:
		a.Low = &median
	case indicators.AtMost, indicators.Below:
		a.High = &median
	default:
		a.Low, a.High = &median, &median
	}
	a.Text = sign + strconv.FormatFloat(median, 'f', -1, 64) + unit
	a.Note = fmt.Sprintf("%s的%d个填报值的中位数", from, a.N)
	if d := indicators.UnitOf(unit).Dimension; d != "rate" {
		a.Note += "；数值随项目规模变化，请按本项目的任务量调整"
	}
	return a
}

// wordsAdvice is the advice where no filed value is a number: the wording that
// was filed most, or what the library says about the form of the target.
func (m *Model) wordsAdvice(g *group, near []use, class int32) TargetAdvice {
	uses, from := m.scope(g, near, class, func(u use) bool { return worded(m.h.rawOf(u.line)) })
	raw := func(u use) string { return m.h.rawOf(u.line) }
	switch {
	case len(uses) >= MinValues:
		text, n := mostOf(uses, raw), 0
		for _, u := range uses {
			if raw(u) == text {
				n++
			}
		}
		return TargetAdvice{Text: text, N: n, Note: fmt.Sprintf("%s填报的%d个目标值都不是数字，其中%d个写“%s”", from, len(uses), n, text)}
	case len(uses) > 0:
		var said []string
		for _, u := range uses {
			said = append(said, raw(u))
		}
		return TargetAdvice{N: len(uses), Note: fmt.Sprintf("只有%d个填报值（%s），不足%d个，不作推荐", len(uses), strings.Join(said, "、"), MinValues)}
	}
	a := TargetAdvice{Note: "没有填报过的目标值可供参考"}
	if g.concept >= 0 {
		c := m.lib.Concepts[g.concept]
		a.Comparison, a.Unit = string(c.Comparison), c.Unit
		if c.Comparison != indicators.None {
			a.Note += fmt.Sprintf("；指标库的常用形式是“%s…%s”", c.Comparison, c.Unit)
		} else {
			a.Note += "；指标库把它列为定性指标，应写明档次"
		}
	}
	return a
}

// weightAdvice is the usual weight of g in points, over one line per project.
func (m *Model) weightAdvice(g *group, near []use, class int32) WeightAdvice {
	uses, from := m.scope(g, near, class, func(u use) bool {
		return m.h.weight[u.line] > 0
	})
	a := WeightAdvice{N: len(uses)}
	if a.N < MinValues {
		a.Note = fmt.Sprintf("只有%d个填报的分值，不足%d个，不给出中位数", a.N, MinValues)
		if a.N == 0 {
			a.Note = "没有填报过的分值可供参考"
		}
		return a
	}
	values := make([]float64, len(uses))
	for i, u := range uses {
		values[i] = m.h.weight[u.line]
	}
	q1, median, q3 := quartiles(values)
	a.Q1, a.Median, a.Q3 = &q1, &median, &q3
	a.Note = fmt.Sprintf("%s的%d个填报分值的中位数", from, a.N)
	return a
}

// mostOf returns the most frequent text, of equals the smallest.
func mostOf(uses []use, text func(use) string) string {
	count := make(map[string]int)
	for _, u := range uses {
		count[text(u)]++
	}
	return most(count, strings.Compare)
}

// quartiles returns the quartiles of x by linear interpolation between order
// statistics (type 7 of Hyndman & Fan 1996, the default of R). x must not be
// empty; it is not changed.
func quartiles(x []float64) (q1, median, q3 float64) {
	x = slices.Sorted(slices.Values(x))
	at := func(p float64) float64 {
		h := p * float64(len(x)-1)
		i := int(h)
		if i+1 == len(x) {
			return x[i]
		}
		// Rounded to drop the noise of the interpolation, which people would see.
		v := x[i] + (h-float64(i))*(x[i+1]-x[i])
		return math.Round(v*1e6) / 1e6
	}
	return at(0.25), at(0.5), at(0.75)
}
