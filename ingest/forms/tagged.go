package forms

import (
	"fmt"
	"regexp"
	"strings"

	"yardstick"
	"yardstick/indicators"
)

// Some lists of projects write all indicators of a project into one cell, each
// with its classes in brackets (T13), or one cell for each class.

// tagPattern finds the classes before an indicator: 【产出指标-数量指标】.
var tagPattern = regexp.MustCompile(`[【\[〔]\s*([^【】\[\]〔〕\-—–/|·]{2,12})\s*(?:[-—–/|·]+\s*([^【】\[\]〔〕]{2,14}?))?\s*[】\]〕]`)

// listColumn is a column whose cells list indicators.
type listColumn struct {
	c0, c1         int
	level1, level2 yardstick.Text // of a column for one class
}

// tagged reads a table without indicator header whose cells list indicators. It
// reports whether there are any.
func (r *reader) tagged(v view) bool {
	found := false
	for row := v.r0; row < v.r1; row++ {
		if len(v.row(row)) > maxColumns {
			continue
		}
		if cols := v.classColumns(row); len(cols) >= 2 {
			end := v.bodyStart(row)
			n := r.listRows(v, row, end, cols)
			if n > row {
				found = true
				row = n - 1
				continue
			}
		}
		for _, s := range v.row(row) {
			if s.own && strings.ContainsAny(r.s.full(s), "【〔[") && len(tagPattern.FindAllStringIndex(r.s.full(s), 3)) >= 2 && classTag(r.s.full(s)) {
				r.taggedRow(v, row, s)
				found = true
				break
			}
		}
	}
	return found
}

// classTag reports whether the first tag of a text names a class.
func classTag(text string) bool {
	m := tagPattern.FindStringSubmatch(text)
	if m == nil {
		return false
	}
	_, ok := indicators.CanonicalLevel1(m[1])
	_, ok2 := indicators.CanonicalLevel2(m[1])
	return ok || ok2
}

// classColumns returns the columns of a header row that are named after level-2
// classes, with the level 1 above each.
func (v view) classColumns(row int) []listColumn {
	var out []listColumn
	for _, s := range v.row(row) {
		text := v.text(s)
		if !s.own && v.g.Cells[s.cell].RowSpan < 2 || len(text) > 60 || level2Class(text) == "" && len(out) == 0 {
			continue
		}
		if _, ok := indicators.CanonicalLevel2(text); !ok {
			continue
		}
		col := listColumn{c0: s.c0, c1: s.c1, level2: yardstick.Text{Value: text, Raw: text, Cell: v.address(s)}}
		if up, ok := v.at(row-1, s.c0); ok && up.cell != s.cell {
			if _, is := indicators.CanonicalLevel1(v.text(up)); is {
				t, _, _ := splitPoints(v.text(up))
				col.level1 = yardstick.Text{Value: t, Raw: v.text(up), Cell: v.address(up)}
			}
		}
		out = append(out, col)
	}
	return out
}

// bodyStart returns the first row below a header row.
func (v view) bodyStart(row int) int {
	end := row + 1
	for _, s := range v.row(row) {
		c := &v.g.Cells[s.cell]
		end = max(end, min(c.Row+c.RowSpan, row+2))
	}
	return end
}

// listRows reads rows with one project each below class columns, and returns
// the row behind them; the header row if there is no project column.
func (r *reader) listRows(v view, header, start int, cols []listColumn) int {
	if !v.wideHead(header) {
		return header
	}
	row := start
	for ; row < v.r1; row++ {
		if v.blankRow(row) {
			break
		}
		if words().foot[bare(v.key(v.row(row)[0]))] {
			break
		}
		fm := r.listForm(v, header, row)
		for _, c := range cols {
			s, ok := v.at(row, c.c0)
			if !ok || !s.own {
				continue
			}
			for _, item := range items(r.s.full(s)) {
				fm.item(c.level1, c.level2, item, s)
			}
		}
		fm.finish()
	}
	return row
}

// wideHead reports whether a header row, or the row above it, names a column
// for the project.
func (v view) wideHead(header int) bool {
	for h := header - 1; h <= header; h++ {
		for _, s := range v.row(h) {
			if e, ok := v.labelAt(s); ok && e.role == "project" && !v.isFieldRow(h) {
				return true
			}
		}
	}
	return false
}

// taggedRow reads one cell of tagged indicators: the fields of its project
// stand in its row below a header, or in the form's head.
func (r *reader) taggedRow(v view, row int, s slot) {
	header := -1
	for h := row - 1; h >= v.r0 && h > row-200 && header < 0 && !v.headed(row, s); h-- {
		if v.wideHead(h) && !v.isFieldRow(h) {
			header = h
		}
	}
	fm := r.listForm(v, header, row)
	text := r.s.full(s)
	at := tagPattern.FindAllStringSubmatchIndex(text, -1)
	all := bracketed(text)
	for i, m := range at {
		end := len(text)
		if i+1 < len(at) {
			end = at[i+1][0]
		}
		cell := r.s.address(s)
		l1 := yardstick.Text{Value: strings.TrimSpace(text[m[2]:m[3]]), Raw: text[m[0]:m[1]], Cell: cell}
		var l2 yardstick.Text
		if m[4] >= 0 {
			l2 = yardstick.Text{Value: strings.TrimSpace(text[m[4]:m[5]]), Raw: text[m[0]:m[1]], Cell: cell}
		} else if _, ok := indicators.CanonicalLevel2(l1.Value); ok {
			l1, l2 = yardstick.Text{}, l1
		}
		for _, item := range items(text[m[1]:end]) {
			if all {
				item = signBracket(item)
			}
			fm.item(l1, l2, item, s)
		}
	}
	fm.finish()
}

// lastBracket parts a text into what stands before and in its last brackets.
var lastBracket = regexp.MustCompile(`^(.+?)\s*[(（]\s*([^()（）]+?)\s*[)）]$`)

// bracketed reports whether every indicator of a tagged text ends in brackets,
// some with a value: then those with words hold a value, too.
func bracketed(text string) bool {
	values := 0
	for _, part := range tagPattern.Split(text, -1) {
		for _, item := range items(part) {
			if !lastBracket.MatchString(item) {
				return false
			}
			if bracketValue.MatchString(item) {
				values++
			}
		}
	}
	return values > 0
}

// signBracket turns 影响（持续提升） into 影响：持续提升.
func signBracket(item string) string {
	if m := lastBracket.FindStringSubmatch(item); m != nil && !bracketValue.MatchString(item) {
		return m[1] + "：" + m[2]
	}
	return item
}

// headed reports whether a cell of row r has its header word on its left, as in
// a form; in a list a value of the same project stands there.
func (v view) headed(r int, s slot) bool {
	x, ok := v.at(r, s.c0-1)
	if !ok {
		return false
	}
	if e, exact := v.columnOf(x); exact && e.role != unknown && e.role != tier {
		return true
	}
	_, label := v.labelAt(x)
	return label
}

// isFieldRow reports whether a row's project label has its value beside it.
func (v view) isFieldRow(h int) bool {
	row := v.row(h)
	for i, s := range row {
		if e, ok := v.labelAt(s); ok && e.role == "project" {
			return i+1 < len(row) && !v.isLabel(row[i+1]) && len(row) <= 4
		}
	}
	return false
}

// listForm starts the form of one row: its fields stand below the words of the
// header row, or in the rows above if there is none.
func (r *reader) listForm(v view, header, row int) *former {
	f := fields{rank: map[string]float64{}}
	f.readHeading(r.s.heading())
	head := v
	head.r1 = row
	if header >= 0 {
		head.r1 = max(v.r0, header-1)
	}
	head.readHead(&f)
	b := budgetReader{v: head, head: f.money}
	if header < 0 {
		b.read()
	}
	f.inherit(r.cover)
	fd := fund{}
	for h := max(header-1, v.r0); header >= 0 && h <= header; h++ {
		for _, s := range v.row(h) {
			x, ok := v.at(row, s.c0)
			if !ok || !s.own || x.cell == s.cell {
				continue
			}
			k := v.key(s)
			if e, is := v.labelAt(s); is {
				e.weight++
				f.set(e, r.s.text(x), r.s.address(x))
				continue
			}
			e, is := v.budgetAt(s)
			if !is || e.role == "detail" || e.role == "weight" || e.role == "score" {
				continue
			}
			c := budgetColumn{role: e.role, unit: moneyUnit(k)}
			if e.role == "total" {
				c.role, b.single = "full_year", true
			}
			b.used = b.take(&fd, c, r.s.text(x), r.s.address(x)) || b.used
		}
	}
	if header >= 0 && b.used {
		fd.role, fd.Label = "total", "预算数"
		b.funds = append(b.funds, fd)
	}
	cell := f.project.Cell
	if cell == "" {
		cell = r.s.address(v.row(row)[0])
	}
	return &former{r: r, f: f, budget: &b, cell: cell}
}

// items cuts a text into indicators at line breaks and semicolons.
func items(text string) []string {
	var out []string
	for _, p := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("；;\n\r", r) }) {
		if p = strings.Trim(strings.TrimFunc(p, blank), "。，,、"); p != "" && !dash(p) {
			out = append(out, p)
		}
	}
	return out
}

var (
	bracketValue = regexp.MustCompile(`^(.+?)\s*[(（]\s*([≥≤＞＜><=＝≧≦═定不大小等约].*?|[\d.]+.*?)\s*[)）]$`)
	colonValue   = regexp.MustCompile(`^(.+?)\s*[:：]\s*(.+)$`)
	signValue    = regexp.MustCompile(`^(.+?)\s*((?:[≥≤＞＜><=＝≧≦═]|不低于|不少于|不超过|不高于|不大于|不小于|大于等于|小于等于|大于|小于|达到).*)$`)
	numberValue  = regexp.MustCompile(`^(.*\p{Han})\s*(\d[\d.,]*\s*\S{0,8})$`)
)

// splitItem parts an indicator into name and value: 覆盖率（≥95%）, 覆盖率≥95%,
// 覆盖率：95%, 覆盖率95%.
func splitItem(s string) (name, value string) {
	for _, p := range []*regexp.Regexp{bracketValue, signValue, colonValue, numberValue} {
		if m := p.FindStringSubmatch(s); m != nil {
			return m[1], m[2]
		}
	}
	return s, ""
}

// item stores one indicator of a list.
func (m *former) item(l1, l2 yardstick.Text, text string, s slot) {
	name, value := splitItem(lineName(text))
	if templateName(name) {
		m.lr.rows.Unused++
		return
	}
	cell := m.r.s.address(s)
	ln := yardstick.Line{Level1: l1, Level2: l2, Cell: cell, Name: yardstick.Text{Value: name, Raw: text, Cell: cell},
		Target: raw{value: value, cell: cell}.parse(), SubRow: subRow(text)}
	var ds doubts
	if value == "" {
		ds.add(cell, yardstick.ValueInName, fmt.Sprintf("“%s”里没有分清名称和指标值，整句作名称", clip(text)), text)
	}
	ds.check(&ln)
	m.lr.store(ln, ds)
}
