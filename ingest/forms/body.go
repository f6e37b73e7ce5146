package forms

import (
	"regexp"
	"strings"

	"yardstick/indicators"
)

// body reads the rows of one block.
type body struct {
	*block
	l1, l2  []level
	op      int // index of the part that holds operators, −1 if none
	tiers   []int
	regions []int
	byRole  map[role][]int
	nameAt2 bool // the name column holds level-2 names
	pairs   int  // index of the part that says 目标 or 实际 for each row, −1 if none
}

// newBody looks at the block's content to settle what header words leave open.
func newBody(b *block) *body {
	x := &body{block: b, op: -1, pairs: -1, byRole: map[role][]int{}}
	x.choosePairs()
	x.chooseOperator()
	x.chooseRegions()
	for i, p := range b.h.parts {
		x.byRole[p.role] = append(x.byRole[p.role], i)
		if p.role == tier {
			x.tiers = append(x.tiers, i)
		}
	}
	x.chooseNames()
	x.chooseLevel1()
	x.chooseWeightLevel()
	x.l1 = b.levels(level1, nil)
	x.l2 = b.levels(level2, x.l1)
	x.readLevelRoles()
	return x
}

// chooseOperator finds the column whose content is comparisons: headers call it
// 指标性质 or 指标方向, and use the same words for 定量 and 正向.
func (x *body) chooseOperator() {
	best, bestHits := -1, 0
	for i, p := range x.h.parts {
		if p.role != operator && p.role != likelyOperator {
			continue
		}
		hits, misses := 0, 0
		for _, rw := range x.rows {
			if s, ok := x.partSlot(rw.r, p); ok && rw.kind == lineRow {
				if operatorText(x.h.key(s)) {
					hits++
				} else {
					misses++
				}
			}
		}
		if hits > bestHits && hits >= misses {
			best, bestHits = i, hits
		}
	}
	for i := range x.h.parts {
		if p := &x.h.parts[i]; p.role == operator || p.role == likelyOperator {
			p.role = note
			if i == best {
				p.role = operator
			}
			x.h.paint(p)
		}
	}
	x.op = best
}

// choosePairs finds a column that says for each row whether it holds the target
// or the actual: both stand below each other in one column of values.
func (x *body) choosePairs() {
	if x.h.indexOf(actual) >= 0 || x.h.indexOf(target) < 0 {
		return
	}
	for i, p := range x.h.parts {
		if p.role != unknown && p.role != note {
			continue
		}
		targets, actuals, others := 0, 0, 0
		for _, rw := range x.rows {
			if s, ok := x.partSlot(rw.r, p); ok && rw.kind == lineRow {
				switch x.pairRole(x.h.key(s)) {
				case target:
					targets++
				case actual:
					actuals++
				default:
					others++
				}
			}
		}
		if targets > 0 && actuals > 0 && others == 0 {
			x.pairs = i
			return
		}
	}
}

// pairRole says whether a word means the target or the actual.
func (x *body) pairRole(k string) role {
	e, _ := words().columnRole(k)
	if e.role == unknown {
		switch l, _ := words().labelOf(k); l.role {
		case "goal":
			return target
		case "goal_actual":
			return actual
		}
	}
	return e.role
}

// isActualRow reports whether row r holds the actual of the line above it.
func (x *body) isActualRow(r int) bool {
	if x.pairs < 0 {
		return false
	}
	s, ok := x.partSlot(r, x.h.parts[x.pairs])
	return ok && x.pairRole(x.h.key(s)) == actual
}

// paint writes a part's meaning to its columns.
func (h *header) paint(p *part) {
	for c := p.c0; c < p.c1; c++ {
		h.columns[c-h.c0] = *p
	}
}

// operatorText reports whether a folded text is a comparison and nothing else.
func operatorText(k string) bool {
	k = strings.TrimLeft(k, "0123456789")
	switch k {
	case "≥", "≤", ">", "<", "=", "≧", "≦", "═", "==", ">=", "<=", "=>", "=<", "≠", "±", "≈", "~", "⩾", "⩽", "﹥", "﹤",
		"定性", "大于", "小于", "等于", "大于等于", "小于等于", "大于或等于", "小于或等于", "不低于", "不高于", "不少于", "不超过", "不大于", "不小于":
		return true
	}
	return false
}

// placeWord finds header words that name a place, or all places together.
var placeWord = regexp.MustCompile(`^.{1,10}(省|市|县|区|镇|乡|街道|街|州|旗|盟|村|林场|农场)$|^(合计|总计|小计|全省|全市|全县|全区|全州|全国)`)

// chooseYear takes the first of several years below 指标值 for the target: forms
// for several years open with the one that is budgeted.
func (x *body) chooseYear() bool {
	best, year := -1, ""
	for i, p := range x.h.parts {
		if p.role != region {
			continue
		}
		m := yearPattern.FindStringSubmatch(p.word)
		if m == nil {
			return false
		}
		if best < 0 || m[1] < year {
			best, year = i, m[1]
		}
	}
	if best < 0 {
		return false
	}
	for i := range x.h.parts {
		if p := &x.h.parts[i]; p.role == region {
			p.role = note
			if i == best {
				p.role = target
			}
			x.h.paint(p)
		}
	}
	return true
}

// chooseRegions takes columns with unknown header words for value columns of
// regions, one each, where no column holds the target.
func (x *body) chooseRegions() {
	if x.h.indexOf(target) >= 0 || x.h.indexOf(tier) >= 0 {
		if x.h.indexOf(region) >= 0 {
			for i, p := range x.h.parts {
				if p.role == region {
					x.regions = append(x.regions, i)
				}
			}
			if len(x.regions) > 0 && x.h.indexOf(target) < 0 {
				return
			}
			x.regions = nil
		}
		return
	}
	if x.chooseYear() {
		return
	}
	n := x.h.indexOf(name)
	places := 0
	for i, p := range x.h.parts {
		if p.role == region || p.role == unknown && i > n && placeWord.MatchString(bare(p.word)) {
			places++
		}
	}
	if places < 2 {
		return
	}
	for i := range x.h.parts {
		p := &x.h.parts[i]
		if p.role == region || p.role == unknown && i > n && placeWord.MatchString(bare(p.word)) {
			p.role = region
			x.h.paint(p)
			x.regions = append(x.regions, i)
		}
	}
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

// readLevelRoles moves level-2 names that stand in the level-1 column of a form
// with one level column to where they belong.
func (x *body) readLevelRoles() {
	if x.h.indexOf(level2) >= 0 || x.h.indexOf(level1) < 0 {
		return
	}
	for j := range x.rows {
		if a, b, ok := splitLevels(x.l1[j].text.Value); ok {
			x.l2[j] = x.l1[j]
			x.l1[j].text.Value, x.l2[j].text.Value = a, b
			x.l2[j].pointed = false
		}
	}
	classes, n := 0, 0
	for j := range x.rows {
		if t := x.l1[j].text.Value; t != "" {
			n++
			if level2Class(t) != "" {
				classes++
			}
		}
	}
	if n > 0 && classes*4 >= n*3 {
		x.l2 = x.l1
		x.l1 = make([]level, len(x.rows))
	}
}

// splitLevels parts a cell that holds both levels: 产出指标-数量指标.
func splitLevels(s string) (l1, l2 string, ok bool) {
	i := strings.IndexAny(s, "-—–－/、→>·:：|_ 　\\")
	if i <= 0 {
		return "", "", false
	}
	l1, l2 = strings.TrimSpace(s[:i]), strings.TrimLeft(s[i:], "-—–－/、→>·:：|_ 　\\")
	_, ok1 := indicators.CanonicalLevel1(l1)
	_, ok2 := indicators.CanonicalLevel2(l2)
	return l1, l2, ok1 && ok2
}

// slots returns the distinct cells with content below the columns of a role.
// Values must begin in their own columns; levels and names may be merged from
// the left.
func (x *body) slots(r int, ro role) []slot {
	var out []slot
	for _, i := range x.byRole[ro] {
		out = x.partSlots(out, r, x.h.parts[i])
	}
	return out
}

func (x *body) partSlots(out []slot, r int, p part) []slot {
	for c := p.c0; c < p.c1; {
		s, ok := x.h.at(r, c)
		if !ok {
			c++
			continue
		}
		if s.c0 >= p.c0 || p.role == name && x.h.roleAt(max(s.c0, x.h.c0)) != side {
			if len(out) == 0 || out[len(out)-1].cell != s.cell {
				out = append(out, s)
			}
		}
		c = s.c1
	}
	return out
}

// text joins the texts below the columns of a role.
func (x *body) text(r int, ro role) (text string, at slot, ok bool) {
	ss := x.slots(r, ro)
	if len(ss) == 0 {
		return "", slot{}, false
	}
	if len(ss) == 1 {
		return x.h.text(ss[0]), ss[0], true
	}
	var b strings.Builder
	for i, s := range ss {
		if i > 0 && x.byRole[ro] != nil && ro != name {
			b.WriteByte(' ')
		}
		b.WriteString(x.h.text(s))
	}
	return b.String(), ss[0], true
}
