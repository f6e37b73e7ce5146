package forms

// What header words leave open is settled here by the content of the columns.

import (
	"regexp"
	"strings"
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
