package forms

import "regexp"

// maxHeaderRows is how many rows the header of an indicator block may take.
const maxHeaderRows = 3

// maxColumns bounds the width of an indicator block; wider sheets are tables of
// another kind.
const maxColumns = 200

// header is the header of an indicator block with the meaning of its columns.
type header struct {
	view           // columns of the block; rows r0 up to r1 are the header itself
	columns []part // by column, from c0
	parts   []part // one for each header cell that is lowest in its column
	marks   headerMarks
}

// headerMarks is what header words say beside the meaning of their columns.
type headerMarks struct {
	months  bool // a column is for some months of the year: a monitoring form
	wide    bool // the project's name is a column of its own
	longSet bool // there is a set of long-term columns
	exact   int  // header words known as such
}

// part is one header cell and the columns below it.
type part struct {
	role   role
	weight float64 // of the word, to settle two columns with one role
	other  role
	word   string // folded text
	text   string
	path   string // folded text of the cells above it, and its own
	c0, c1 int
	cell   slot
	under  role // of the word above it
	long   bool // belongs to the long-term set
	exact  bool
	past   bool // a target of an earlier year than the others
}

// findHeader looks for an indicator header that begins in row r. before is the
// first row that it may reach up to for words that stand above several columns.
func (v view) findHeader(r, before int) (*header, bool) {
	if !v.mayBeHeader(r) {
		return nil, false
	}
	top, bottom := v.headerRows(r, before)
	if bottom > v.r1 {
		bottom = v.r1
	}
	h := &header{view: view{v.sheet, top, bottom, v.besideHead(r), v.c1}}
	h.readParts()
	h.settle()
	if !h.plausible() {
		return nil, false
	}
	return h, true
}

// besideHead returns the first column of the header in row r: where the form's
// head stands on the left of the indicators, a field and its value come first.
func (v view) besideHead(r int) int {
	row := v.row(r)
	if len(row) < 5 {
		return v.c0
	}
	if _, label := v.labelAt(row[0]); !label || v.isLabel(row[1]) {
		return v.c0
	}
	if e, _ := v.columnOf(row[1]); e.role != unknown {
		return v.c0
	}
	if e, exact := v.columnOf(row[2]); !exact || e.role != level1 && e.role != level2 && e.role != name && e.role != seq && e.role != side {
		return v.c0
	}
	return row[2].c0
}

// mayBeHeader is the quick test: a word of the structure begins in the row, and
// at least one more header word stands beside it.
func (v view) mayBeHeader(r int) bool {
	structure, known := false, 0
	row := v.row(r)
	if len(row) > maxColumns {
		return false
	}
	for _, s := range row {
		k := v.key(s)
		if k == "" || runes(k) > 40 {
			continue
		}
		e, _ := v.columnOf(s)
		if e.role == unknown {
			continue
		}
		known++
		if s.own && (e.role == level1 || e.role == level2 || e.role == name) {
			structure = true
		}
	}
	return structure && known >= 2
}

// headerRows returns the rows that the header with row r takes.
func (v view) headerRows(r, before int) (top, bottom int) {
	top, bottom = r, r+1
	for top > before && top > r-maxHeaderRows+1 && v.headerish(top-1, true) {
		top--
	}
	for _, s := range v.row(r) {
		e, exact := v.columnOf(s)
		if !exact || e.role == side || e.role == groupLong || e.role == groupYear || bare(v.key(s)) == "绩效指标" {
			continue
		}
		c := &v.g.Cells[s.cell]
		if end := c.Row + max(c.RowSpan, 1); end > bottom && end-top <= maxHeaderRows {
			bottom = end
		}
	}
	for bottom < v.r1 && bottom-top < maxHeaderRows && v.headerish(bottom, false) {
		bottom++
	}
	return top, bottom
}

// headerish reports whether the cells that begin in row r are header words and
// nothing else. Above the header proper a word that groups columns must be
// among them; below it two words, or one below a merged cell, are enough.
func (v view) headerish(r int, above bool) bool {
	known, fuzzy, years, group := 0, 0, 0, false
	for _, s := range v.row(r) {
		if !s.own {
			continue
		}
		k := v.key(s)
		e, exact := v.columnOf(s)
		if !above && yearWord.MatchString(k) {
			years++
			continue
		}
		if x, up := v.at(r-1, s.c0); !above && columnSum(k) && up && v.pointed(x) {
			continue
		}
		if k == "" || e.role == unknown {
			return false
		}
		if above && !exact {
			if _, label := v.labelAt(s); label {
				return false
			}
		}
		if !above && !exact {
			fuzzy++
			if x, ok := v.at(r-1, s.c0); ok && v.structural(x) {
				return false
			}
		}
		known++
		switch e.role {
		case groupLong, groupYear, target, actual, score, side, level1, name, longTarget:
			group = group || s.c1-s.c0 > 1 || v.g.Cells[s.cell].RowSpan > 1 || e.role == level1
		}
	}
	if above {
		return known >= 1 && group && !v.hasField(r)
	}
	return (known >= 2 || years >= 2) && fuzzy < max(known, 2)
}

// yearWord finds header words that are a year and nothing else.
var yearWord = regexp.MustCompile(`^20[0-4]\d年?度?$`)

// pointed reports whether a cell heads a column of points or values.
func (v view) pointed(s slot) bool {
	e, exact := v.columnOf(s)
	return exact && (e.role == weight || e.role == score || e.role == converted || e.role == actual)
}

// structural reports whether a cell heads a level or name column.
func (v view) structural(s slot) bool {
	e, _ := v.columnOf(s)
	return e.role == level1 || e.role == level2 || e.role == name
}

// hasField reports whether row r states a field of a form's head.
func (v view) hasField(r int) bool {
	for _, s := range v.row(r) {
		if e, ok := v.labelAt(s); ok && (e.role == "project" || e.role == "drop") {
			return true
		}
	}
	return false
}

// readParts takes the header cells that are lowest in their columns, with the
// words above them.
func (h *header) readParts() {
	h.columns = make([]part, h.c1-h.c0)
	last := -1
	var lastPart part
	for c := h.c0; c < h.c1; c++ {
		p, ok := h.partAt(c)
		if !ok {
			last = -1
			continue
		}
		same := p.cell.cell == last
		if !same && last >= 0 && (p.role == target || p.role == actual) && p.word == lastPart.word {
			same = true // one word over several columns, repeated instead of merged
		}
		if same && p.path == lastPart.path {
			h.parts[len(h.parts)-1].c1 = c + 1
			continue
		}
		last, lastPart = p.cell.cell, p
		h.parts = append(h.parts, p)
	}
}

// partAt reads the header cells over column c from top to bottom.
func (h *header) partAt(c int) (part, bool) {
	var p part
	found, prev := false, -1
	long, year := false, false
	var parent entry
	for r := h.r0; r < h.r1; r++ {
		s, ok := h.at(r, c)
		if !ok && !found && r < h.r1-1 {
			// An unmerged word above stands over the blank cells to its right.
			s, ok = h.parentLeft(r, c)
		}
		if !ok || s.cell == prev {
			continue
		}
		k := h.key(s)
		if found && columnSum(k) {
			continue // 90.00 below 分值 is the sum of the column
		}
		e, exact := h.columnOf(s)
		switch e.role {
		case groupLong:
			long = true
		case groupYear:
			year = true
		}
		if found {
			parent = entry{p.role, p.weight, p.other}
		}
		prev = s.cell
		p = part{role: e.role, weight: e.weight, other: e.other, word: k, text: h.text(s), path: p.path + "|" + k,
			c0: c, c1: c + 1, cell: s, exact: exact}
		found = true
		if b := bare(k); b != k && monthly(k) {
			h.marks.months = true
		}
	}
	if !found {
		return part{}, false
	}
	p.long = long && !year || longTarget == parent.role
	p.under = parent.role
	p.underParent(parent)
	return p, true
}

// columnSum reports whether a folded text in a header is a number: the sum of
// the column below it, which some forms show above the first line.
func columnSum(k string) bool {
	f, ok := parseFigure(k)
	return ok && f.decided && !yearWord.MatchString(k) && (f.suffix == "" || f.suffix == "分")
}

// parentLeft returns the nearest header word to the left of column c in row r
// if the columns between are blank there and c has a word of its own below.
func (h *header) parentLeft(r, c int) (slot, bool) {
	if _, own := h.at(r+1, c); !own {
		return slot{}, false
	}
	for i := c - 1; i >= h.c0 && i > c-8; i-- {
		if s, ok := h.at(r, i); ok {
			if below, ok := h.at(r+1, i); !ok || below.cell == s.cell {
				return slot{}, false
			}
			e, _ := h.columnOf(s)
			switch e.role {
			case target, actual, score, groupLong, groupYear, longTarget, weight:
				return s, true
			}
			return slot{}, false
		}
	}
	return slot{}, false
}

// underParent changes the meaning of a word by the word above it: 数值 below
// 实际完成值 is the actual, 名称 below 三级指标 the name.
func (p *part) underParent(parent entry) {
	switch parent.role {
	case unknown, groupLong, groupYear, side:
		return
	case actual:
		switch p.role {
		case target, targetValue, unknown:
			p.role, p.weight, p.other = actual, 0.9, note
		case unit:
			p.role = actualUnit
		case operator:
			p.role = note
		}
	case target, longTarget:
		switch p.role {
		case thisYear, expected:
			p.role, p.weight, p.other = target, 1, note
		case targetValue:
			p.role, p.weight, p.other = target, 1, note
		case unknown:
			p.role, p.weight = region, 1
		}
	case level1, level2, name:
		switch bare(p.word) {
		case "名称", "指标", "内容", "指标名称":
			p.role, p.weight, p.other = parent.role, parent.weight, parent.other
		}
	case score:
		if p.role == unknown {
			p.role, p.weight = review, 0.5
		}
	}
}

// monthly reports whether a folded header word is made for some months.
func monthly(k string) bool {
	for i, r := range k {
		if r == '月' && i > 0 && k[i-1] >= '0' && k[i-1] <= '9' {
			return true
		}
	}
	return false
}
