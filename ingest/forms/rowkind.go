package forms

// What a row of a block is: an indicator, a total, a heading, or the end.

import (
	"regexp"
	"strings"

	"yardstick/indicators"
)

// rowKind says what a row of a block is.
type rowKind uint8

// scan finds the rows of the block.
func (b *block) scan() {
	h := b.h
	v := view{h.sheet, h.r1, len(h.rows), h.c0, h.c1}
	totals, blanks := 0, 0
	r := h.r1
	for ; r < v.r1; r++ {
		if v.blankRow(r) {
			if blanks++; blanks > 5 {
				break
			}
			continue
		}
		if kind, more := b.rowKind(v, r, totals > 0); !more {
			if t := b.totalBehind(v, r); t > r && totals == 0 {
				b.rows = append(b.rows, row{t, totalRow})
				r = t + 1
			}
			break
		} else {
			if kind == totalRow {
				totals++
			}
			b.rows = append(b.rows, row{r, kind})
		}
		blanks = 0
	}
	b.end = r - blanks
}

// totalBehind returns the row of the total that stands behind a remark in row
// r, such as 其他需要说明的事项, or −1.
func (b *block) totalBehind(v view, r int) int {
	for n, seen := r, 0; n < v.r1 && seen < 4; n++ {
		row := v.row(n)
		if v.blankRow(n) {
			continue
		}
		seen++
		if v.isTitle(n) || v.opensForm(n) || v.isBudgetHeader(n) {
			return -1
		}
		if n > r && b.isTotal(v, n, row[0]) {
			return n
		}
	}
	return -1
}

// rowKind says what row r is; more is false if it does not belong to the block.
func (b *block) rowKind(v view, r int, afterTotal bool) (kind rowKind, more bool) {
	row := v.row(r)
	first := slot{}
	own := 0
	for _, s := range row {
		if s.own {
			if own == 0 {
				first = s
			}
			own++
		}
	}
	k := v.key(first)
	lead := k
	if i := strings.IndexAny(k, ":"); i > 0 {
		lead = k[:i]
	}
	lead = bare(lead)
	switch {
	case (own <= 2 || v.uniform(r)) && titleText(k) && !b.isLine(v, r, true):
		return 0, false
	case b.isRepeat(v, r), v.lettered(r):
		return repeatRow, true
	case v.opensForm(r) && !b.h.marks.wide, v.isBudgetHeader(r) && v.budgetWords(r) >= 1, v.budgetWords(r) >= 2:
		return 0, false
	case b.isTotal(v, r, first) && !b.isLine(v, r, false):
		return totalRow, true
	case words().subtotal[lead], strings.HasSuffix(lead, "小计") && !b.isLine(v, r, true):
		return subtotalRow, true
	case words().foot[lead] && b.footAt(first, k):
		return 0, false
	}
	if h, ok := v.findHeader(r, r); ok && len(h.parts) >= 3 {
		return 0, false
	}
	if own == 1 && b.single(row, first) || v.uniform(r) {
		if runes(v.text(first)) > 30 || afterTotal {
			return 0, false
		}
		return sectionRow, true
	}
	if afterTotal && !b.hasName(v, r) {
		return 0, false
	}
	return lineRow, true
}

// budgetWords counts the cells of row r that name sums of the budget.
func (v view) budgetWords(r int) int {
	n := 0
	for _, s := range v.row(r) {
		if e, ok := v.budgetAt(s); ok && s.own && e.weight >= 0.9 {
			switch e.role {
			case "initial", "full_year", "executed":
				n++
			}
		}
	}
	return n
}

// footAt reports whether a foot word stands where a footer begins: in the
// leftmost columns, or alone.
func (b *block) footAt(s slot, k string) bool {
	if len(b.h.parts) == 0 {
		return true
	}
	if s.c0 <= b.h.parts[0].c0 {
		return true
	}
	return strings.IndexByte(k, ':') > 0 && s.c1-s.c0 > (b.h.c1-b.h.c0)/2
}

// single reports whether a row's only cell of its own heads or ends a block: it
// spans most columns, or stands left of the names with nothing in its row.
func (b *block) single(row []slot, s slot) bool {
	width := b.h.lastColumn() - b.h.firstColumn()
	if s.c1-s.c0 > 1 && (s.c1-s.c0)*10 >= width*7 {
		return true
	}
	i := b.h.indexOf(name)
	if len(row) != 1 || i < 0 || s.c1 > b.h.parts[i].c0 {
		return false
	}
	if b.h.roleAt(max(s.c0, b.h.c0)) != level2 {
		return true
	}
	text, _, _ := splitPoints(b.h.text(s))
	_, class := indicators.CanonicalLevel1(text)
	return class && b.h.indexOf(level1) < 0
}

// hasName reports whether a cell with content begins in the name column.
func (b *block) hasName(v view, r int) bool {
	for _, s := range v.row(r) {
		if s.own && b.h.roleAt(s.c0) == name {
			return true
		}
	}
	return false
}

// isLine reports whether row r is an indicator by its target although its name
// reads like a title or ends as a sum may: 绩效自评表报送及时率, 绩效评价得分. A bare number may
// be the sum of a column; bare says that it counts all the same.
func (b *block) isLine(v view, r int, bare bool) bool {
	if !b.hasName(v, r) {
		return false
	}
	for _, s := range v.row(r) {
		if !s.own || b.h.roleAt(max(s.c0, b.h.c0)) != target || dash(v.text(s)) {
			continue
		}
		if f, number := parseFigure(v.text(s)); bare || !number || f.suffix != "" && f.suffix != "分" {
			return true
		}
	}
	return false
}

// isRepeat reports whether row r is the header once more.
func (b *block) isRepeat(v view, r int) bool {
	same, n := 0, 0
	for _, s := range v.row(r) {
		if !s.own {
			continue
		}
		n++
		if p := b.h.columns[s.c0-b.h.c0+max(0, b.h.c0-s.c0)]; p.word != "" && p.word == v.key(s) {
			same++
		}
	}
	return same >= 3 && same*3 >= n*2
}

// lettered reports whether row r numbers the columns: 甲 | 乙 | A | B | C=B/A.
func (v view) lettered(r int) bool {
	n, letters := 0, 0
	for _, s := range v.row(r) {
		if !s.own {
			continue
		}
		k := v.key(s)
		if k == "" || runes(k) > 9 {
			return false
		}
		n++
		if strings.ContainsRune("甲乙丙丁戊己abcdefgh", firstRune(k)) && (runes(k) == 1 || strings.Contains(k, "=")) {
			letters++
		} else if _, number := parseFigure(k); !number {
			return false
		}
	}
	return letters >= 2 && letters*2 >= n
}

// totalWord finds words for the total of all points, put together of its parts.
var totalWord = regexp.MustCompile(`^(本?项目|总体|部门|单位|整体|年度|绩效|指标|自评|评价|评估|评定|考核|综合|最终|实际|全部|以上)*(总得分|总评分|总分值?|总计|合计|(得分|评分|分值|分数|自评分|评价分)(总计|合计|汇总|总和)|(总计|合计)(得分|分值|分数)|(自评|评价|评估|综合|最终|项目|绩效|评定|考核|总体|整体|单位|部门|年度)(得分|评分|分数))$`)

// isTotal reports whether row r is the row of the total: its word stands left
// of the values or spans the names.
func (b *block) isTotal(v view, r int, first slot) bool {
	for _, s := range v.row(r) {
		if !s.own {
			continue
		}
		k := v.key(s)
		if i := strings.IndexByte(k, ':'); i > 0 {
			k = k[:i] // 自评总分：99.8分
		}
		if words().total[bare(k)] || totalWord.MatchString(bare(k)) {
			switch b.h.roleAt(max(s.c0, b.h.c0)) {
			case target, actual, weight, score, reason, note:
				return false
			}
			return true
		}
		if s.cell != first.cell {
			return false
		}
	}
	return false
}
