package forms

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"yardstick"
)

// budgetReader reads the budget block of a form's head. It collects rows first
// and decides afterwards which of them is the total.
type budgetReader struct {
	v      view
	unit   string // of the present columns
	stated string // unit that the block states
	head   string // unit that the head or title states
	year   int    // the form's, 0 if unknown
	funds  []fund
	alone  fund // sums that stand beside labels of their own, outside a row of columns
	used   bool
	single bool // one column of sums, which is the year's
	issues []issue
}

// fund is one row of the block while it is read.
type fund struct {
	yardstick.Fund
	role                         role // total, detail, long_total or ""
	rate, weight, score          yardstick.Number
	received                     yardstick.Number // 到位数: the year's budget where none is stated
	cell                         string
	hasInitial, hasFull, hasExec bool
}

// issue is a doubt without file and sheet, which are added at the end.
type issue struct {
	cell, code string
	message    string
	raw        string
}

// isBudgetHeader reports whether row r is a row of budget columns: two or more
// words such as 年初预算数, without values between them, or 资金总额 with 财政拨款
// right beside it.
func (v view) isBudgetHeader(r int) bool {
	n, funds, total, edge := 0, 0, false, -1
	years, money := 0, false
	for _, s := range v.row(r) {
		if !s.own {
			continue
		}
		if yearWord.MatchString(v.key(s)) && strings.Contains(v.key(s), "年") {
			years++
			continue
		}
		e, ok := v.budgetAt(s)
		money = money || ok || moneyUnit(v.key(s)) != ""
		if !ok {
			continue
		}
		switch e.role {
		case "initial", "full_year", "executed", "rate", "received", "expected", "last_year":
			n++
		case "weight", "score":
		case "total", "detail":
			if edge < 0 || edge == s.c0 {
				funds++
				total = total || e.role == "total"
			}
			edge = s.c1
		default:
			continue
		}
		if x, ok := v.at(r, s.c1); ok && x.cell != s.cell {
			// 2023年预算数 opens with a number, too.
			if f, number := parseFigure(v.text(x)); number && f.decided && !strings.HasPrefix(f.suffix, "年") {
				return false
			}
		}
	}
	return years >= 2 && money || n >= 2 || n == 1 && total && funds == 1 || total && funds >= 2
}

// read goes through the head's rows.
func (b *budgetReader) read() {
	for r := b.v.r0; r < b.v.r1; r++ {
		if b.v.blankRow(r) {
			continue
		}
		b.sectionUnit(r)
		if b.v.isBudgetHeader(r) {
			r = b.columns(r)
			continue
		}
		b.labels(r)
	}
}

// sectionUnit takes the unit that a heading of the block states: 二、预算执行情况（元）.
func (b *budgetReader) sectionUnit(r int) {
	row := b.v.row(r)
	if len(row) != 1 && !b.v.uniform(r) || !row[0].own {
		return
	}
	k := b.v.key(row[0])
	if u := moneyUnit(k); u != "" && runes(k) <= 24 && (strings.Contains(k, "资金") || strings.Contains(k, "预算") || strings.Contains(k, "经费")) {
		b.stated = u
	}
}

// budgetColumn is a budget column.
type budgetColumn struct {
	role   role
	c0, c1 int
	unit   string
	year   int // that its word states, 0 if none
}

// thisYear returns the year among those that columns state that is the form's,
// or else the latest; 0 if they state none.
func (b *budgetReader) thisYear(cols []budgetColumn) int {
	best := 0
	for _, c := range cols {
		if c.year == b.year && c.year != 0 {
			return c.year
		}
		best = max(best, c.year)
	}
	return best
}

// columns reads a row of budget columns and the rows below it, and returns the
// last row read.
func (b *budgetReader) columns(r int) int {
	var cols, totals []budgetColumn
	for _, s := range b.v.row(r) {
		k := b.v.key(s)
		e, ok := b.v.budgetAt(s)
		if u := moneyUnit(k); u != "" && (!ok || e.role == "total") {
			b.stated = u
		}
		y, _ := strconv.Atoi(yearOf(k))
		if y != 0 && s.own && yearWord.MatchString(k) {
			totals = append(totals, budgetColumn{"full_year", s.c0, s.c1, "", y})
			continue
		}
		if !ok || !s.own {
			continue
		}
		switch e.role {
		case "detail", "long_total":
		case "total":
			totals = append(totals, budgetColumn{"full_year", s.c0, s.c1, moneyUnit(k), y})
		default:
			if b.headsRows(r, s) {
				b.stated = first(moneyUnit(k), b.stated)
				continue
			}
			cols = append(cols, budgetColumn{e.role, s.c0, s.c1, moneyUnit(k), y})
		}
	}
	year := b.thisYear(append(slices.Clone(cols), totals...))
	for i := range cols {
		if c := &cols[i]; c.year != 0 && c.year != year {
			c.role = "last_year" // 2022年决算数 | 2023年预算数
		}
	}
	totals = slices.DeleteFunc(totals, func(c budgetColumn) bool { return c.year != 0 && c.year != year })
	// 资金总额 | 财政拨款 or 上年预算 | 本年预算: the total is a column. Beside 年初预算数
	// and its like it is the label of the block.
	plain := true
	for _, c := range cols {
		plain = plain && c.role == "last_year"
	}
	if plain && len(totals) > 0 {
		best := totals[0]
		for _, t := range totals {
			if b.sumBelow(r, t) {
				best = t
				break
			}
		}
		cols = append(cols, best)
		b.single = true
	}
	if len(cols) == 0 {
		return r
	}
	first := cols[0].c0
	last := r
	for n := r + 1; n < b.v.r1 && n-r <= 40; n++ {
		if b.v.blankRow(n) {
			continue
		}
		if !b.columnsRow(n, first, cols) {
			break
		}
		last = n
	}
	return last
}

// sumBelow reports whether a sum stands below a column's word in row r.
func (b *budgetReader) sumBelow(r int, c budgetColumn) bool {
	x, ok := b.v.at(r+1, c.c0)
	if !ok || !x.own {
		return false
	}
	_, number := parseFigure(b.v.text(x))
	return number
}

// headsRows reports whether a budget word in row r heads the column of the
// rows' labels, not one of sums: 预算安排 above 资金总额.
func (b *budgetReader) headsRows(r int, s slot) bool {
	x, ok := b.v.at(r+1, s.c0)
	if !ok || x.cell == s.cell {
		return false
	}
	e, is := b.v.budgetAt(x)
	return is && (e.role == "total" || e.role == "detail")
}

// columnsRow reads one row below budget columns; it reports false where the
// block has ended.
func (b *budgetReader) columnsRow(r, first int, cols []budgetColumn) bool {
	f := fund{}
	found := false
	row := b.v.row(r)
	for i := len(row) - 1; i >= 0; i-- {
		s := row[i]
		if s.c0 >= first {
			continue
		}
		if _, number := parseFigure(b.v.text(s)); number && s.own {
			continue
		}
		if !s.own && f.Label != "" {
			break
		}
		e, ok := b.v.budgetAt(s)
		if !ok {
			if l, is := b.v.labelAt(s); is && s.own && l.role != "other" {
				return false
			}
		}
		if f.Label == "" {
			f.Label, f.role, f.cell = b.v.text(s), e.role, b.v.address(s)
		}
		if s.own {
			break
		}
	}
	before := len(b.issues)
	for _, c := range cols {
		s, ok := b.v.at(r, c.c0)
		if !ok || !s.own || s.c0 < c.c0 && s.c0 < first {
			continue
		}
		text := b.v.text(s)
		if e, is := b.v.labelAt(s); is && e.role != "other" {
			return false
		}
		found = b.take(&f, c, text, b.v.address(s)) || found
	}
	if f.Label == "" && !found {
		return false
	}
	if f.role == "" && f.Label != "" && !found {
		// Not a word of the budget and no sum in the columns: texts there are not
		// misread sums.
		b.issues = b.issues[:before]
		if !strings.Contains(f.Label, "资金") && !strings.Contains(f.Label, "拨款") && !strings.Contains(f.Label, "其中") {
			return false
		}
	}
	b.funds = append(b.funds, f)
	b.used = true
	return true
}

// take puts a cell's text into the field of its column. It reports whether the
// text is a number or a dash.
func (b *budgetReader) take(f *fund, c budgetColumn, text, cell string) bool {
	switch c.role {
	case "initial", "full_year", "executed", "received":
		unit := first(c.unit, b.stated, b.head)
		v, used, known, read := amount(text, unit)
		if !read {
			b.issues = append(b.issues, issue{cell, string(yardstick.BudgetNumber),
				"预算数“" + clip(text) + "”读不成金额，没有采用；这里应为数字，可带 元、万元、亿元", text})
			return false
		}
		if known {
			b.unit = used
		}
		n := number(v, known, text, cell)
		switch c.role {
		case "initial":
			f.Initial, f.hasInitial = n, true
		case "full_year":
			f.FullYear, f.hasFull = n, true
			if b.single {
				f.Initial, f.hasInitial = n, true
			}
		case "executed":
			f.Executed, f.hasExec = n, true
		case "received":
			f.received = n
		}
		return true
	case "rate":
		if x, ok := parseFigure(text); ok && (x.suffix == "" || x.suffix == "%") {
			f.rate = number(x.value, true, text, cell)
			return true
		}
	case "weight", "score":
		x, known, read := points(text)
		if !read {
			return false
		}
		if c.role == "weight" {
			f.weight = number(x, known, text, cell)
		} else {
			f.score = number(x, known, text, cell)
		}
		return true
	default:
		_, ok := parseFigure(text)
		return ok
	}
	return dash(text)
}

// first returns the first of units that is stated.
func first(units ...string) string {
	for _, u := range units {
		if u != "" {
			return u
		}
	}
	return ""
}

// clip shortens a text for a message.
func clip(s string) string {
	if runes(s) <= 30 {
		return s
	}
	return string([]rune(s)[:29]) + "…"
}

// near reports whether two sums agree up to rounding.
func near(a, b float64) bool { return math.Abs(a-b) <= 1e-6*max(1, math.Abs(a), math.Abs(b)) }
