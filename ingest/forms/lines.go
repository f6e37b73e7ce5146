package forms

import (
	"fmt"
	"strings"

	"yardstick"
)

// lineReader turns rows of blocks into lines.
type lineReader struct {
	x       *body
	lines   []yardstick.Line
	rows    yardstick.Tally
	issues  []issue // doubts, on lines stored
	rejects []issue
	execute *fund // points for budget execution that stand among the rows
	total   yardstick.Number
	grade   yardstick.Text
	// weightTotal is the number of the total's row in the weight column: the
	// sum of the weights, or a total score that was put there.
	weightTotal yardstick.Number
}

// read reads rows from index i up to j.
func (lr *lineReader) read(i, j int) {
	for ; i < j; i++ {
		rw := lr.x.rows[i]
		switch rw.kind {
		case lineRow:
			lr.line(i)
		case totalRow:
			lr.readTotal(rw.r)
		case sectionRow, subtotalRow:
			lr.rows.Unused++
		}
	}
}

// line reads one row.
func (lr *lineReader) line(i int) {
	x, r := lr.x, lr.x.rows[i].r
	shift := x.shifted(r)
	if shift != nil {
		restore := x.apply(shift)
		defer restore()
	}
	nameText, nameSlot, named := x.text(r, name)
	l1, l2 := x.l1[i], x.l2[i]
	if x.nameAt2 && (!named || x.h.indexOf(name) < 0) {
		nameText, named = l2.text.Raw, l2.text.Value != ""
		if s, ok := x.levelSlot(r, level2); ok {
			nameSlot = s
		}
		if level2Class(nameText) == "" {
			l2 = level{}
		}
	} else if x.nameAt2 && l2.text.Value == "" {
		l2 = level{text: yardstick.Text{Value: nameText, Raw: nameText}}
	}
	ownName := named && nameSlot.own
	vals := lr.values(r)
	if n := len(lr.lines); n > 0 && !ownName && x.isActualRow(r) && lr.lines[n-1].Actual.Raw == "" {
		lr.lines[n-1].Actual = vals.target.parse()
		return
	}
	if named && !ownName && !vals.any() {
		// The name is merged over several rows and this one adds nothing.
		lr.rows.Unused++
		return
	}
	clean := lineName(nameText)
	if !named || templateName(nameText) || dash(nameText) || clean == "" {
		lr.nameless(i, nameText, vals)
		return
	}
	cell := x.h.address(nameSlot)
	if lr.execution(l1, clean, vals, nameSlot) {
		lr.rows.Unused++
		return
	}
	ln := yardstick.Line{
		Level1: l1.text, Level2: l2.text, Cell: cell,
		Name: yardstick.Text{Value: clean, Raw: nameText, Cell: cell},
	}
	if t := x.h.roleAt(max(nameSlot.c0, x.h.c0)); nameSlot.c0 >= x.h.c0 && (t == level1 || t == level2) && !x.nameAt2 {
		lr.spanning(&ln, t)
	}
	var ds doubts
	if shift != nil {
		ds.add(cell, yardstick.RowShifted, fmt.Sprintf("“%s”这一行少了一格，其后各格左移；已按内容的类型右移一格读取", clip(clean)), "")
	}
	other := vals // a long-term indicator of another name beside the annual one
	apart := vals.longName != "" && vals.longName != clean && !vals.long.empty()
	if apart {
		vals.long = raw{}
	}
	if lr.several(ln, nameSlot, vals) {
		return
	}
	vals.fill(x, r, &ln, &ds)
	ln.SubRow = subRow(nameText)
	if x.h.indexOf(level1) >= 0 && (x.h.indexOf(level2) >= 0 || ln.Level2.Value == "") && ln.Level1.Value == "" && !l1.doubt && !x.nameAt2 {
		ds.add(cell, yardstick.LineLevel, fmt.Sprintf("“%s”没有写明一级指标，一级指标留空", clip(clean)), l1.text.Raw)
	}
	if l1.doubt || l2.doubt {
		ds.add(cell, yardstick.LineLevel, fmt.Sprintf("“%s”这一行没有写明一级或二级指标，按位置归入“%s %s”", clip(clean), l1.text.Value, l2.text.Value), "")
	}
	ds.check(&ln)
	lr.store(ln, ds)
	if apart {
		lr.storeLong(l1, other)
	}
}

// spanning settles a name cell that is merged over level columns.
func (lr *lineReader) spanning(ln *yardstick.Line, at role) {
	text := ln.Name.Raw
	if at == level1 && ln.Level1.Raw == text {
		ln.Level1 = yardstick.Text{}
	}
	if ln.Level2.Raw == text && level2Class(text) == "" {
		ln.Level2 = yardstick.Text{}
	}
	if clean, _, ok := splitPoints(ln.Name.Value); ok && clean != "" {
		ln.Name.Value = clean
	}
}

// store keeps a line and its doubts.
func (lr *lineReader) store(ln yardstick.Line, ds doubts) {
	ln.Seq = len(lr.lines) + 1
	lr.rows.Read++
	if len(ds) == 0 {
		lr.rows.Clean++
	} else {
		lr.rows.Warned++
		for _, d := range ds {
			ln.Doubts = appendNew(ln.Doubts, d.code)
		}
		lr.issues = append(lr.issues, ds...)
	}
	lr.lines = append(lr.lines, ln)
}

// storeLong keeps a long-term indicator that has another name than the annual
// one beside it.
func (lr *lineReader) storeLong(l1 level, v values) {
	m := v.long.parse()
	lr.store(yardstick.Line{Level1: l1.text, Name: yardstick.Text{Value: v.longName, Raw: v.longName, Cell: v.longCell},
		LongTerm: m, Cell: v.longCell}, nil)
}

// nameless deals with a row without a name: a long-term indicator, a line named
// at level 2, values that belong to no name, or a template's row.
func (lr *lineReader) nameless(i int, nameText string, v values) {
	x, r := lr.x, lr.x.rows[i].r
	l1, l2 := x.l1[i], x.l2[i]
	s2, own2 := x.levelSlot(r, level2)
	s1, own1 := x.levelSlot(r, level1)
	cell := v.cell
	switch {
	case v.longName != "":
		var ds doubts
		ln := yardstick.Line{Level1: l1.text, Level2: l2.text, Cell: v.longCell,
			Name: yardstick.Text{Value: v.longName, Raw: v.longName, Cell: v.longCell}}
		v.fill(x, r, &ln, &ds)
		lr.store(ln, ds)
		return
	case !v.any():
		lr.rows.Unused++
		return
	case own1 && s1.own && executionText(l1.text.Value) || own2 && s2.own && executionText(l2.text.Value):
		lr.takeExecution(v, s1)
		lr.rows.Unused++
		return
	case own2 && s2.own && l2.text.Value != "" && level2Class(l2.text.Value) == "" && nameText == "" && v.measured():
		var ds doubts
		cell = x.h.address(s2)
		clean := lineName(l2.text.Value)
		ln := yardstick.Line{Level1: l1.text, Cell: cell, Name: yardstick.Text{Value: clean, Raw: l2.text.Raw, Cell: cell}}
		ds.add(cell, yardstick.LineName, fmt.Sprintf("“%s”这一行三级指标空白，取二级指标的文字作名称", clip(l2.text.Value)), l2.text.Raw)
		v.fill(x, r, &ln, &ds)
		ds.check(&ln)
		lr.store(ln, ds)
		return
	case !v.measured() && v.classOnly(l1, l2):
		// Points of a class repeated on a row without indicator.
		lr.rows.Unused++
		return
	case nameText == "" && !v.measured() && v.reason.Value == "" && !own1 && !own2 && lr.columnSums(i):
		lr.rows.Unused++
		return
	case !v.real():
		lr.rows.Unused++
		return
	}
	lr.rows.Read++
	lr.rows.Rejected++
	where := strings.TrimSpace(l1.text.Value + " " + l2.text.Value)
	if where != "" {
		where = "“" + where + "”下"
	}
	lr.rejects = append(lr.rejects, issue{cell, string(yardstick.LineName),
		fmt.Sprintf("第 %d 行%s有数值“%s”而没有指标名称，未收入；补上三级指标名称后重新导入", r+1, where, clip(v.sample())), v.sample()})
}

// columnSums reports whether row i shows nothing but the sums of its columns of
// points: it stands above the first line or below the last one.
func (lr *lineReader) columnSums(i int) bool {
	x := lr.x
	outer := func(rows []row) bool {
		for _, rw := range rows {
			if rw.kind == lineRow {
				return false
			}
		}
		return true
	}
	if !outer(x.rows[:i]) && !outer(x.rows[i+1:]) {
		return false
	}
	for _, s := range x.h.row(x.rows[i].r) {
		if !s.own {
			continue
		}
		switch x.h.roleAt(max(s.c0, x.h.c0)) {
		case weight, score, converted:
		default:
			return false
		}
	}
	return true
}

// levelSlot returns the cell with content in a level column of row r.
func (x *body) levelSlot(r int, ro role) (slot, bool) {
	i := x.h.indexOf(ro)
	if i < 0 {
		return slot{}, false
	}
	return x.partSlot(r, x.h.parts[i])
}

// executionText reports whether a text names the points for budget execution.
func executionText(s string) bool {
	switch bare(fold(s)) {
	case "预算执行率", "预算执行", "资金执行率", "执行率", "预算执行情况", "预算资金执行率":
		return true
	}
	return false
}

// execution takes a row for budget execution for what it is: its level 1 is the
// execution, and its name repeats that or the row spans both.
func (lr *lineReader) execution(l1 level, clean string, v values, at slot) bool {
	t, _, _ := splitPoints(clean)
	if !executionText(l1.text.Value) || !executionText(t) && t != l1.text.Value {
		return false
	}
	lr.takeExecution(v, at)
	return true
}

func (lr *lineReader) takeExecution(v values, _ slot) {
	f := &fund{}
	if p, known, _ := points(v.weight); known {
		f.weight = number(p, true, v.weight, v.weightCell)
	}
	if p, known, _ := points(v.score); known {
		f.score = number(p, true, v.score, v.scoreCell)
	}
	lr.execute = f
}

// readTotal reads the row of the total: the score stands in the score column,
// or is the last number; a grade may stand beside it.
func (lr *lineReader) readTotal(r int) {
	x := lr.x
	var last yardstick.Number
	inScore := false
	inline := fields{rank: map[string]float64{}}
	for _, s := range x.h.row(r) {
		if !s.own {
			continue
		}
		text := x.h.text(s)
		if inline.inline(text, x.h.address(s)) {
			continue
		}
		if isGrade(text) && lr.grade.Value == "" {
			lr.grade = yardstick.Text{Value: text, Raw: text, Cell: x.h.address(s)}
			continue
		}
		p, known, _ := points(text)
		if !known {
			continue
		}
		switch x.h.roleAt(max(s.c0, x.h.c0)) {
		case score, converted:
			last, inScore = number(p, true, text, x.h.address(s)), true
		case weight:
			lr.weightTotal = number(p, true, text, x.h.address(s))
		case weight1, weight2, target, review:
		default:
			if !inScore {
				last = number(p, true, text, x.h.address(s))
			}
		}
	}
	if inline.total.Known {
		last = inline.total
	}
	if lr.grade.Value == "" {
		lr.grade = inline.grade
	}
	if last.Known && !lr.total.Known {
		lr.total = last
	}
}

// settleTotal takes the total that stands in the weight column if it is that of
// the scores.
func (lr *lineReader) settleTotal(execution yardstick.Number) {
	t := lr.weightTotal
	if lr.total.Known || !t.Known {
		return
	}
	scores, weights, known := 0.0, 0.0, false
	for i := range lr.lines {
		scores += lr.lines[i].Score.Value
		weights += lr.lines[i].Weight.Value
		known = known || lr.lines[i].Score.Known
	}
	if known && !near(t.Value, weights) && (near(t.Value, scores) || near(t.Value, scores+execution.Value)) {
		lr.total = t
	}
}

// isGrade reports whether a text is a grade and nothing else.
func isGrade(s string) bool {
	switch bare(fold(s)) {
	case "优", "良", "中", "差", "优秀", "良好", "一般", "较差", "合格", "不合格":
		return true
	}
	return false
}

// subRow reports whether a name opens with 其中.
func subRow(s string) bool {
	return strings.HasPrefix(bare(strings.TrimPrefix(fold(lineName(s)), "★")), "其中")
}

func appendNew(list []string, s string) []string {
	for _, x := range list {
		if x == s {
			return list
		}
	}
	return append(list, s)
}
