package forms

// Levels and names that header words leave open are settled here by content.

import (
	"strings"

	"yardstick/indicators"
)

// chooseLevels tells level 1 from level 2 by the content of the columns left of
// the names where their header words say something else: 绩效指标 | 指标类型, 指标 |
// 指标内容.
func (x *body) chooseLevels() {
	n := x.h.indexOf(name)
	if n < 1 {
		return
	}
	is1, is2 := -1, -1
	for i := range x.h.parts[:n] {
		switch x.h.parts[i].role {
		case side, unknown, note, explanation, level1, level2, seq:
		default:
			continue
		}
		switch x.contentLevel(x.h.parts[i]) {
		case level1:
			if is1 < 0 {
				is1 = i
			}
		case level2:
			if is2 < 0 {
				is2 = i
			}
		}
	}
	if is2 < 0 {
		return
	}
	// A column of other words left of the classes of level 2 is level 1 all the
	// same: 项目完成指标.
	if before := is2 - 1; is1 < 0 && before >= 0 && x.h.parts[before].role != level1 && x.h.parts[before].role != seq && x.varied(x.h.parts[before]) {
		is1 = before
	}
	if is1 < 0 && x.h.indexOf(level1) < 0 && x.h.indexOf(level2) < 0 {
		x.h.parts[is2].role = level2 // 绩效指标 | 指标内容 with classes of level 2 alone
		x.h.paint(&x.h.parts[is2])
		return
	}
	if is1 < 0 || is1 > is2 {
		return
	}
	for i := range x.h.parts[:n] {
		p := &x.h.parts[i]
		switch {
		case i == is1:
			p.role = level1
		case i == is2:
			p.role = level2
		case p.role == level1 || p.role == level2:
			p.role = note
		default:
			continue
		}
		x.h.paint(p)
	}
}

// contentLevel returns the level whose classes a column's cells name, unknown
// if they are mixed or other words.
func (x *body) contentLevel(p part) role {
	first, second, others := 0, 0, 0
	for _, rw := range x.rows {
		s, ok := x.partSlot(rw.r, p)
		if !ok || !s.own || rw.kind != lineRow {
			continue
		}
		text, _, _ := splitPoints(x.h.text(s))
		_, c1 := indicators.CanonicalLevel1(text)
		c2 := level2Class(text) != ""
		switch {
		case c1 && c2: // 满意度指标 is both
		case c1:
			first++
		case c2:
			second++
		default:
			others++
		}
	}
	switch {
	case first > 0 && second == 0 && others <= first:
		return level1
	case second > 0 && first == 0 && others <= second:
		return level2
	}
	return unknown
}

// varied reports whether a column has cells with several texts that end in
// 指标, as levels do.
func (x *body) varied(p part) bool {
	last, texts := "", 0
	for _, rw := range x.rows {
		s, ok := x.partSlot(rw.r, p)
		if !ok || !s.own || rw.kind != lineRow {
			continue
		}
		text, _, _ := splitPoints(x.h.text(s))
		if !strings.HasSuffix(bare(fold(text)), "指标") {
			return false
		}
		if text != last {
			texts++
		}
		last = text
	}
	return texts >= 2
}

// chooseNames finds forms of two levels whose “names” are level-2 classes.
func (x *body) chooseNames() {
	n := x.h.indexOf(name)
	if n < 0 {
		x.nameAt2 = x.h.indexOf(level2) >= 0
		return
	}
	if x.h.indexOf(level2) >= 0 {
		return
	}
	classes, names, described := 0, 0, 0
	e := x.h.indexOf(explanation)
	for _, rw := range x.rows {
		if rw.kind != lineRow {
			continue
		}
		s, ok := x.partSlot(rw.r, x.h.parts[n])
		if !ok {
			continue
		}
		names++
		if level2Class(x.h.text(s)) != "" {
			classes++
		}
		if e >= 0 {
			if _, ok := x.partSlot(rw.r, x.h.parts[e]); ok {
				described++
			}
		}
	}
	if names == 0 || classes*4 < names*3 {
		return
	}
	if described*4 >= names*3 {
		// The description is what the line is about; the “name” is its class.
		x.h.parts[n].role, x.h.parts[e].role = level2, name
		x.h.paint(&x.h.parts[n])
		x.h.paint(&x.h.parts[e])
		x.byRole[level2], x.byRole[name], x.byRole[explanation] = []int{n}, []int{e}, nil
		return
	}
	x.nameAt2 = true
}

// chooseLevel1 takes a column headed 绩效指标 for level 1 if its cells name
// classes and no other column does.
func (x *body) chooseLevel1() {
	if x.h.indexOf(level1) >= 0 {
		return
	}
	for i := range x.h.parts {
		p := &x.h.parts[i]
		if p.role != side && p.role != unknown {
			continue
		}
		classes, others := 0, 0
		for _, rw := range x.rows {
			if s, ok := x.partSlot(rw.r, *p); ok && rw.kind == lineRow {
				text, _, _ := splitPoints(x.h.text(s))
				if _, is := indicators.CanonicalLevel1(text); is {
					classes++
				} else {
					others++
				}
			}
		}
		if classes > 0 && others == 0 {
			p.role = level1
			x.h.paint(p)
			x.byRole[level1] = []int{i}
			return
		}
	}
}

// chooseWeightLevel finds points that are those of a level, not of the lines:
// the only weight column stands right behind a level column, and has numbers
// only where that level begins.
func (x *body) chooseWeightLevel() {
	i := x.h.indexOf(weight)
	if i <= 0 || x.h.countRole(weight) != 1 {
		return
	}
	lvl := x.h.parts[i-1]
	if lvl.role != level1 && lvl.role != level2 {
		return
	}
	with, without := 0, 0
	for _, rw := range x.rows {
		if rw.kind != lineRow {
			continue
		}
		w, ok := x.partSlot(rw.r, x.h.parts[i])
		if l, begins := x.partSlot(rw.r, lvl); begins && l.own {
			if ok && w.own {
				with++
			}
		} else if ok && w.own {
			return
		} else {
			without++
		}
	}
	if with == 0 || without == 0 {
		return
	}
	p := &x.h.parts[i]
	p.role = weight1
	if lvl.role == level2 {
		p.role = weight2
	}
	x.h.paint(p)
	x.byRole[weight], x.byRole[p.role] = nil, []int{i}
}
