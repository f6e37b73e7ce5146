package recommend

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"yardstick/analysis/target"
	"yardstick/indicators"
	"yardstick/indicators/library"
)

// MinValues is the number of filed values below which no median is stated.
const MinValues = 3

// scope is the uses that an advice may rest on, with whose they are in words.
type scope struct {
	uses []use
	from string
	wide bool // of all projects
}

// scopes are, narrowest first, the uses of similar projects, of the functional
// class, and all. What the draft's own project filed is left out.
func (m *Model) scopes(g *group, near []use, class int32, o *own) []scope {
	return []scope{{uses: o.others(near), from: "相似项目"}, {uses: o.others(m.ofClass(g, class)), from: m.classWords(class)}, {o.others(g.uses), "全部项目", true}}
}

// others are the uses of other projects than the draft's own.
func (o *own) others(in []use) []use {
	if o == nil || !slices.ContainsFunc(in, func(u use) bool { return o.leaves(u.project) }) {
		return in
	}
	return slices.DeleteFunc(slices.Clone(in), func(u use) bool { return o.leaves(u.project) })
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

// advice is what peers filed, ready to be asked.
type advice struct {
	peers  target.Peers
	weight WeightAdvice
}

// precomputeFrom is the number of uses from which what a group's peers filed is
// gathered once and kept: so that an answer never goes through thousands of
// lines. Among so many, those of the draft's own project are not left out.
const precomputeFrom = 128

func (m *Model) precompute() {
	m.usual = make(map[usualKey]advice)
	for id := range m.groups {
		g := &m.groups[id]
		if len(g.uses) < precomputeFrom {
			continue
		}
		for _, c := range append(slices.Clone(g.sectors), count{at: -1}) {
			if m.stopped() {
				return
			}
			all := m.scopes(g, nil, c.at, nil)
			m.usual[usualKey{int32(id), c.at}] = advice{m.peersIn(g, all), m.weightIn(all)}
		}
	}
}

// peers is what comparable projects filed for a group: similar projects if they
// filed enough numbers, else those of the class, else all; where nobody filed
// numbers enough, whoever filed enough words.
func (m *Model) peers(id int32, near []use, class int32, o *own) target.Peers {
	g := &m.groups[id]
	if len(g.uses) < precomputeFrom {
		return m.peersIn(g, m.scopes(g, near, class, o))
	}
	if len(near) >= MinValues {
		if p := m.gather(g, scope{uses: o.others(near), from: "相似项目"}); p.N >= MinValues {
			return p
		}
	}
	return m.kept(id, class).peers
}

func (m *Model) kept(id, class int32) advice {
	if class >= 0 && countOf(m.groups[id].sectors, class) == 0 {
		class = -1
	}
	return m.usual[usualKey{id, class}]
}

func (m *Model) peersIn(g *group, scopes []scope) target.Peers {
	var all [3]target.Peers
	for i, s := range scopes {
		if all[i] = m.gather(g, s); all[i].N >= MinValues {
			return all[i]
		}
	}
	for _, p := range all {
		if p.Worded >= MinValues {
			return p
		}
	}
	return all[len(all)-1]
}

// gather reads the targets of uses, of a project filed twice once.
func (m *Model) gather(g *group, s scope) target.Peers {
	uses := m.once(s.uses)
	list := make([]target.Peer, len(uses))
	dates := maxDates
	for i, u := range uses {
		list[i] = target.Peer{Target: m.targetOf(u.line, &dates), Actual: m.actualOf(u.line)}
		if b := m.h.forms[m.h.lineForm[u.line]].budget; b > 0 {
			list[i].Budget = b
		}
	}
	p := m.past.rules.Gather(m.indicator(g), s.from, list)
	p.Wide = s.wide
	return p
}

// indicator is what is known of a group.
func (m *Model) indicator(g *group) target.Indicator {
	i := target.Indicator{Name: g.name, Level1: g.level1, Level2: g.level2}
	if g.concept >= 0 {
		c := &m.lib.Concepts[g.concept]
		i.Direction, i.Temporal, i.Comparison, i.Unit = c.direction(), c.Temporal, c.Comparison, c.Unit
	}
	return i
}

// direction is the direction of a concept as values are held against it; "" where
// its value is words, or only the comparison tells.
func (c *Concept) direction() indicators.Direction {
	switch {
	case c.Temporal == library.Qualitative:
	case c.Direction == library.Higher:
		return indicators.Higher
	case c.Direction == library.Lower:
		return indicators.Lower
	case c.Direction == library.Neutral && c.Comparison == indicators.Equal:
		return indicators.Neutral
	}
	return ""
}

// advised is a proposal with its bounds.
func (m *Model) advised(a target.Ask) TargetAdvice {
	out := TargetAdvice{Advice: m.past.rules.Propose(a)}
	if x := out.Value; x != nil {
		switch out.Comparison {
		case indicators.AtLeast, indicators.Above:
			out.Low = x
		case indicators.AtMost, indicators.Below:
			out.High = x
		default:
			out.Low, out.High = x, x
		}
	}
	return out
}

// worded reports whether a target as filed says something: a dash is no wording,
// and a template's placeholder (≥**人) nobody's target.
func worded(raw string) bool {
	return han(raw) != "" && raw != "无" && !strings.Contains(raw, "**") && !strings.Contains(raw, "××")
}

// weight is the usual weight of a group in points, over one line per project:
// what similar projects say goes first.
func (m *Model) weight(id int32, near []use, class int32, o *own) WeightAdvice {
	g := &m.groups[id]
	if len(g.uses) < precomputeFrom {
		return m.weightIn(m.scopes(g, near, class, o))
	}
	if len(near) >= MinValues {
		if w := m.weightIn([]scope{{uses: o.others(near), from: "相似项目"}}); w.N >= MinValues {
			return w
		}
	}
	return m.kept(id, class).weight
}

// weightIn is the usual weight in the narrowest scope that has enough.
func (m *Model) weightIn(scopes []scope) WeightAdvice {
	var values []float64
	from := ""
	for _, s := range scopes {
		values, from = values[:0], s.from
		for _, u := range m.once(s.uses) {
			if w := m.h.weight[u.line]; w > 0 {
				values = append(values, w)
			}
		}
		if len(values) >= MinValues {
			break
		}
	}
	a := WeightAdvice{N: len(values)}
	if a.N < MinValues {
		a.Note = fmt.Sprintf("只有 %d 个填报的分值，不足 %d 个，不给出中位数", a.N, MinValues)
		if a.N == 0 {
			a.Note = "没有填报过的分值可供参考"
		}
		return a
	}
	q1, median, q3 := target.Quartiles(values)
	a.Q1, a.Median, a.Q3 = &q1, &median, &q3
	a.Note = fmt.Sprintf("%s的 %d 个填报分值的中位数", from, a.N)
	return a
}

// fit says how many points of the frame an indicator would have beside what the
// draft has of its class: its share by the usual weights, and never more than is
// usual for it.
func (q *query) fit(c int32, w WeightAdvice) WeightAdvice {
	f := q.frame
	class := func(g *group) string {
		if len(f.Classes) == 0 {
			return "指标"
		}
		return f.Class(g.level1, g.level2)
	}
	m := q.m
	mine := class(&m.groups[c])
	usual, by := q.usualPoints(c, w)
	if f.Total <= 0 || mine == "" || usual <= 0 {
		return w
	}
	lines := []target.Line{{Level1: m.groups[c].level1, Level2: m.groups[c].level2, Usual: usual, N: w.N}}
	sum, n := usual, 0
	for _, h := range q.have {
		if class(&m.groups[h]) == mine {
			u, _ := q.usualPoints(h, q.haveWeight(h))
			lines = append(lines, target.Line{Level1: m.groups[h].level1, Level2: m.groups[h].level2, Usual: u})
			sum, n = sum+cmp.Or(u, usual), n+1
		}
	}
	due := f.Total
	for _, k := range f.Classes {
		if k.Level1 == mine {
			due = k.Points
		}
	}
	points := roundPoints(usual)
	if sum > due {
		points = min(points, m.past.rules.Weigh(f, lines).Points[0])
	}
	points = min(points, due)
	w.Points = &points
	w.Fit = fmt.Sprintf("%s；%s共 %g 分，表内已有 %d 个", by, mine, due, n)
	return w
}

func roundPoints(x float64) float64 { return max(1, float64(int(x+0.5))) }

// usualPoints is the usual weight of a group, else what a template or the library
// gives it, with whose it is in words; 0 if nothing is known.
func (q *query) usualPoints(g int32, w WeightAdvice) (points float64, by string) {
	if w.Median != nil {
		return *w.Median, fmt.Sprintf("填报分值的中位数 %g（n=%d）", *w.Median, w.N)
	}
	if t := q.templateOf(g); t != nil {
		return t.Points, fmt.Sprintf("“%s”模板给 %g 分", t.Name, t.Points)
	}
	if c := q.m.groups[g].concept; c >= 0 && q.m.lib.Concepts[c].Points > 0 {
		return q.m.lib.Concepts[c].Points, fmt.Sprintf("指标库的常用分值约 %g", q.m.lib.Concepts[c].Points)
	}
	return 0, ""
}

// haveWeight is the usual weight of what the draft has, told once for an answer.
func (q *query) haveWeight(g int32) WeightAdvice {
	w, ok := q.haveWeights[g]
	if !ok {
		w = q.m.weight(g, nil, q.class, &q.own)
		if q.haveWeights == nil {
			q.haveWeights = make(map[int32]WeightAdvice)
		}
		q.haveWeights[g] = w
	}
	return w
}
