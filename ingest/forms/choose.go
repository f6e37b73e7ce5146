package forms

// What header words leave open is settled here by the content of the columns.

import (
	"regexp"
	"strconv"
	"strings"

	"yardstick/indicators"
)

// extend widens a value column over the columns without a header word on its
// right: 指标值 stands once over operator, number and unit where cells were not
// merged.
func (x *body) extend() {
	lines := 0
	for _, rw := range x.rows {
		if rw.kind == lineRow {
			lines++
		}
	}
	for i := range x.h.parts {
		p := &x.h.parts[i]
		end := x.h.c1
		if i+1 < len(x.h.parts) {
			end = x.h.parts[i+1].c0
		}
		if p.role != target && p.role != actual || end-p.c1 > 3 || i+1 == len(x.h.parts) {
			continue
		}
		for c := p.c1; c < end; c++ {
			filled := 0
			for _, rw := range x.rows {
				if s, ok := x.h.at(rw.r, c); ok && s.own && s.c0 == c && rw.kind == lineRow {
					filled++
				}
			}
			if filled*2 < lines {
				break
			}
			p.c1 = c + 1
		}
		x.h.paint(p)
	}
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

// standardKind finds cells that say of what kind a standard is, not what it is.
var standardKind = regexp.MustCompile(`^(计划|历史|行业|国家|国际|地方|部门|企业|定额|预算|其他|经验|规划)标准$`)

// dropStandards takes a column for a remark, not for the target, whose cells
// all say of what kind the standard is: 历史标准, 计划标准.
func (x *body) dropStandards() {
	for i := range x.h.parts {
		p := &x.h.parts[i]
		if p.role != target {
			continue
		}
		kinds, others := 0, 0
		for _, rw := range x.rows {
			if s, ok := x.partSlot(rw.r, *p); ok && rw.kind == lineRow {
				if standardKind.MatchString(bare(x.h.key(s))) {
					kinds++
				} else {
					others++
				}
			}
		}
		if kinds > 0 && others == 0 {
			p.role = note
			x.h.paint(p)
		}
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

// chooseYear takes that of several years below 指标值 for the target that is the
// form's, or the nearest to it; without a form's year the latest, as the years
// before it are history.
func (x *body) chooseYear() bool {
	best, gap := -1, 0
	for i, p := range x.h.parts {
		if p.role != region && p.role != target && !p.past {
			continue
		}
		y, err := strconv.Atoi(yearOf(p.word))
		if err != nil {
			if p.role == region {
				return false
			}
			continue
		}
		d := -y
		if x.year > 0 {
			d = max(y-x.year, x.year-y)
		}
		if best < 0 || d < gap {
			best, gap = i, d
		}
	}
	if best < 0 {
		return false
	}
	for i := range x.h.parts {
		p := &x.h.parts[i]
		switch {
		case i == best:
			p.role = target
		case p.role == region, p.role == target && yearOf(p.word) != "":
			p.role = history
		default:
			continue
		}
		x.h.paint(p)
	}
	return true
}

// chooseRegions takes columns with unknown header words for value columns of
// regions, one each, where no column holds the target.
func (x *body) chooseRegions() {
	for _, p := range x.h.parts {
		if p.past && x.chooseYear() {
			break
		}
	}
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
