package forms

import (
	"regexp"
	"strings"
)

// draft is the part of a sheet that one form takes: the rows of its head, its
// indicator blocks and what stands below them.
type draft struct {
	head   view // from the title to the first indicator header
	blocks []block
	foot   view // below the last block, up to the next form
	beside view // fields that stand left of the indicators, in the same rows
}

// block is an indicator header with the rows below it.
type block struct {
	h    *header
	end  int   // first row that does not belong to it
	rows []row // rows with content
}

// rowKind says what a row of a block is.
type rowKind uint8

const (
	lineRow     rowKind = iota // may state an indicator
	totalRow                   // 总分, 合计
	subtotalRow                // 小计
	sectionRow                 // one cell that heads the rows below it
	repeatRow                  // the header once more, after a page break
)

type row struct {
	r    int
	kind rowKind
}

// titlePattern finds the titles of official forms in folded text.
var titlePattern = regexp.MustCompile(`绩效.*表|自评.*表|评价.*评分表|支出.*目标.*表|目标.*(申报|批复|审核)表|绩效(目标|自评|监控)(\(.*\))?$`)

// isTitle reports whether row r holds nothing but a form's title.
func (v view) isTitle(r int) bool {
	row := v.row(r)
	if len(row) == 0 || len(row) > 2 || !row[0].own {
		return false
	}
	if _, label := v.labelAt(row[0]); label {
		return false
	}
	return titleText(v.key(row[0]))
}

// titleText reports whether a folded text is a form's title.
func titleText(k string) bool {
	if k == "" || runes(k) > 60 || strings.Contains(dropBrackets(k), ":") && !strings.HasPrefix(k, "附") {
		return false
	}
	return titlePattern.MatchString(k) && !strings.HasPrefix(k, "注") && !strings.ContainsAny(k, "。;")
}

// drafts cuts a view into forms: each indicator header opens a block, and a
// title or a project's name before it opens a new form.
func (v view) drafts() []draft {
	var out []draft
	prev := v.r0 // first row after the block before
	for r := v.r0; r < v.r1; {
		h, ok := v.findHeader(r, prev)
		if !ok {
			r++
			continue
		}
		for _, side := range h.sides() {
			b := block{h: side}
			b.scan()
			prevEnd := max(prev, v.r0)
			between := view{v.sheet, prevEnd, side.r0, side.c0, side.c1}
			left := h.c0 > v.c0 && side == h
			if left {
				between.c0 = v.c0
			}
			out = place(out, b, between)
			if left {
				out[len(out)-1].beside = view{v.sheet, side.r0, b.end, v.c0, h.c0}
			}
			r = max(r+1, b.end)
		}
		prev = r
	}
	for i := range out {
		d := &out[i]
		last := d.blocks[len(d.blocks)-1]
		d.foot = view{v.sheet, last.end, v.r1, last.h.c0, last.h.c1}
		for j := i + 1; j < len(out); j++ {
			if n := out[j].head; n.r0 >= last.end && n.c0 < d.foot.c1 && d.foot.c0 < n.c1 {
				d.foot.r1 = n.r0
				break
			}
		}
	}
	return out
}

// place adds a block to the last form of its columns, or opens a form for it if
// the rows between have a title or a project's name.
func place(out []draft, b block, between view) []draft {
	start := between.formStart()
	if start < 0 {
		for i := len(out) - 1; i >= 0; i-- {
			if out[i].head.c0 == between.c0 && out[i].head.c1 == between.c1 {
				if b.h.marks.wide != out[i].blocks[0].h.marks.wide {
					break
				}
				out[i].blocks = append(out[i].blocks, b)
				return out
			}
		}
		start = between.r0
	}
	head := between
	head.r0 = start
	return append(out, draft{head: head, blocks: []block{b}})
}

// formStart returns the first row of a view that begins a form, or −1.
func (v view) formStart() int {
	for r := v.r0; r < v.r1; r++ {
		if v.isTitle(r) || v.opensForm(r) {
			return r
		}
	}
	return -1
}

// opensForm reports whether row r holds a field that stands once at the head of
// every form: the project's name, or the unit's on a department's form.
func (v view) opensForm(r int) bool {
	for _, s := range v.row(r) {
		if !s.own {
			continue
		}
		k := v.key(s)
		if i := strings.IndexByte(k, ':'); i > 0 {
			k = k[:i]
		}
		e, ok := words().labelOf(k)
		if ok && (e.role == "project" || e.role == "unit" && e.weight >= 0.9 || e.role == "department" && strings.Contains(bare(k), "名称")) {
			return true
		}
	}
	return false
}

// sides returns the header, or one header for each of several tables that stand
// side by side under one row of header words.
func (h *header) sides() []*header {
	var starts []int
	for i, p := range h.parts {
		if p.role == level1 || p.role == note && p.path != "" && isLevel1Word(p.word) {
			at := i
			for at > 0 && (h.parts[at-1].role == side || h.parts[at-1].role == seq || h.parts[at-1].word == "绩效指标") {
				at--
			}
			starts = append(starts, h.parts[at].c0)
		}
	}
	if len(starts) < 2 {
		return []*header{h}
	}
	var out []*header
	for i, c0 := range starts {
		c1 := h.c1
		if i+1 < len(starts) {
			c1 = starts[i+1]
		}
		if i == 0 {
			c0 = h.c0
		}
		part := &header{view: view{h.sheet, h.r0, h.r1, c0, c1}}
		part.readParts()
		part.settle()
		if !part.plausible() {
			return []*header{h}
		}
		out = append(out, part)
	}
	return out
}

func isLevel1Word(k string) bool { return bare(k) == "一级指标" }

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
	case own <= 2 && titleText(k):
		return 0, false
	case b.isRepeat(v, r), v.lettered(r):
		return repeatRow, true
	case v.opensForm(r) && !b.h.marks.wide, v.isBudgetHeader(r) && v.budgetWords(r) >= 1, v.budgetWords(r) >= 2:
		return 0, false
	case b.isTotal(v, r, first):
		return totalRow, true
	case words().subtotal[lead]:
		return subtotalRow, true
	case words().foot[lead] && b.footAt(first, k):
		return 0, false
	}
	if h, ok := v.findHeader(r, r); ok && len(h.parts) >= 3 {
		return 0, false
	}
	if own == 1 && b.single(row, first) {
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
	return len(row) == 1 && i >= 0 && s.c1 <= b.h.parts[i].c0 && b.h.roleAt(s.c0) != level2
}

func (h *header) firstColumn() int { return h.parts[0].c0 }
func (h *header) lastColumn() int  { return h.parts[len(h.parts)-1].c1 }

// roleAt returns the meaning of column c.
func (h *header) roleAt(c int) role {
	if c < h.c0 || c >= h.c1 {
		return unknown
	}
	return h.columns[c-h.c0].role
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
		if words().total[bare(k)] {
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
