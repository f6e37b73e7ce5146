package forms

// Which of several columns of values is this year's target.

import (
	"regexp"
	"strconv"
)

// settleYears takes an actual of an earlier year than the target's for history:
// 2022年实际值 beside 2023年目标值.
func (h *header) settleYears() {
	latest := ""
	years := false
	for _, p := range h.parts {
		years = years || p.under == target && (p.role == history || p.role == thisYear || yearOf(p.word) != "")
		if y := yearOf(p.word); y != "" && (p.role == target || p.role == actual) {
			latest = max(latest, y)
		}
	}
	for i := range h.parts {
		p := &h.parts[i]
		switch y := yearOf(p.word); {
		case p.role == thisYear:
			p.role, p.weight, p.other = target, 0.9, note
		case p.role == target && spanOfYears.MatchString(p.word) && h.countRole(target) > 1:
			p.role, p.weight = longTarget, 0.6
		case years && p.role == target && p.under == unknown && p.weight <= 0.5:
			p.role = p.other // 绩效标准 beside 指标值 of several years
		case y != "" && y < latest && p.role == target:
			p.role, p.past = history, true
		case y != "" && y < latest && p.role == actual:
			p.role = history
		}
	}
	if i, j := h.indexOf(expected), h.indexOf(target); i >= 0 && h.has(history, 0) && !h.has(actual, 0) && (j < 0 || h.parts[j].weight <= 0.5) {
		// 上年完成值 | 本年预计完成值, 绩效标准 beside them or not.
		h.parts[i].role, h.parts[i].weight = target, 0.9
	}
	h.settlePast()
}

// settlePast takes the only column of a group of values that is not called one
// of an earlier year for the target: 前年 | 上年 | 预计实现.
func (h *header) settlePast() {
	at := -1
	past := false
	for i, p := range h.parts {
		if p.under != target {
			continue
		}
		switch p.role {
		case history:
			past = true
		case region:
			if at >= 0 || yearOf(p.word) != "" {
				return
			}
			at = i
		case target:
			return
		}
	}
	if past && at >= 0 {
		h.parts[at].role = target
	}
}

// spanOfYears finds words for several years: 三年目标值, 2023-2025年目标值.
var spanOfYears = regexp.MustCompile(`^([二两三四五六七八九十]|[2-9])年|^20\d\d年?[-—–~至到]20\d\d`)

// yearOf returns the year that a folded word states, "" if none.
func yearOf(word string) string {
	if m := yearPattern.FindStringSubmatch(word); m != nil {
		return m[1]
	}
	return ""
}

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
