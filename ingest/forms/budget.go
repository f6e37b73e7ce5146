package forms

import (
	"math"
	"regexp"
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
	for _, s := range v.row(r) {
		if !s.own {
			continue
		}
		e, ok := v.budgetAt(s)
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
			if f, number := parseFigure(v.text(x)); number && f.decided {
				return false
			}
		}
	}
	return n >= 2 || n == 1 && total && funds == 1 || total && funds >= 2
}

// read goes through the head's rows.
func (b *budgetReader) read() {
	for r := b.v.r0; r < b.v.r1; r++ {
		if b.v.blankRow(r) {
			continue
		}
		if b.v.isBudgetHeader(r) {
			r = b.columns(r)
			continue
		}
		b.labels(r)
	}
}

// column is a budget column.
type budgetColumn struct {
	role   role
	c0, c1 int
	unit   string
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
		if !ok || !s.own {
			continue
		}
		switch e.role {
		case "detail", "long_total":
		case "total":
			totals = append(totals, budgetColumn{"full_year", s.c0, s.c1, moneyUnit(k)})
		default:
			cols = append(cols, budgetColumn{e.role, s.c0, s.c1, moneyUnit(k)})
		}
	}
	// 资金总额 | 财政拨款 or 上年预算 | 本年预算: the total is a column. Beside 年初预算数
	// and its like it is the label of the block.
	plain := true
	for _, c := range cols {
		plain = plain && c.role == "last_year"
	}
	if plain && len(totals) > 0 {
		cols = append(cols, totals[0])
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
		// Not a word of the budget and nothing in the columns.
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

// sumInText finds a sum with the word for it inside a sentence.
var sumInText = regexp.MustCompile(`(\p{Han}{2,10}?)(?:[(（][^)）]{0,6}[)）])?\s*(?:为|是|:|：|共|共计)?\s*(\d[\d,]*(?:\.\d+)?\s*(?:万元|亿元|元))`)

// sentence reads the sums of a cell such as 年初预算100万元，全年执行98万元.
func (b *budgetReader) sentence(text, cell string) {
	for _, m := range sumInText.FindAllStringSubmatch(text, 8) {
		if e, ok := words().budgetOf(fold(m[1])); ok {
			switch e.role {
			case "initial", "full_year", "executed", "received":
				b.beside(e.role, m[1], m[2], cell)
			}
		}
	}
}

// labels reads sums that stand beside their labels: 年度资金总额 | 854, or
// 年度金额:208万元 in one cell.
func (b *budgetReader) labels(r int) {
	row := b.v.row(r)
	for i, s := range row {
		k := b.v.key(s)
		text := b.v.text(s)
		if s.own && strings.Contains(text, "预算") && strings.Count(text, "元") >= 2 {
			b.sentence(text, b.v.address(s))
			continue
		}
		label, inside := text, ""
		if j := strings.IndexAny(text, ":："); j > 0 {
			rest := strings.TrimLeft(text[j:], ":： ")
			if bareRest := fold(text[:j]); !strings.HasSuffix(bareRest, "其中") || strings.ContainsAny(rest, "0123456789") {
				label, inside = text[:j], rest
			}
		}
		e, ok := words().budgetOf(fold(label))
		if !ok && inside != "" {
			if j := strings.LastIndexAny(text, ":："); j > 0 {
				label, inside = text[:j], strings.TrimLeft(text[j:], ":： ")
				e, ok = words().budgetOf(fold(label))
			}
		}
		if k == "" {
			continue
		}
		if u := moneyUnit(k); u != "" && s.c1 < b.v.c1 && runes(k) < 20 {
			if _, known := b.v.labelAt(s); ok || known || strings.Contains(k, "资金") || strings.Contains(k, "预算") {
				b.stated = u
			}
		}
		if !ok || !s.own && e.role != "total" {
			continue
		}
		if _, number := parseFigure(inside); number {
			b.beside(e.role, label, inside, b.v.address(s))
			continue
		}
		if i+1 >= len(row) || !s.own && i+1 < len(row) && !row[i+1].own {
			if s.own && (e.role == "total" || e.role == "detail") {
				b.emptyFund(e.role, label, b.v.address(s))
			}
			continue
		}
		next := row[i+1]
		if b.v.isLabel(next) || !next.own {
			if s.own && (e.role == "total" || e.role == "detail") {
				b.emptyFund(e.role, label, b.v.address(s))
			}
			continue
		}
		if e2, is := b.v.budgetAt(next); is && e2.role == "detail" {
			continue
		}
		if f, number := parseFigure(b.v.text(next)); number && f.decided || dash(b.v.text(next)) {
			b.beside(e.role, label, b.v.text(next), b.v.address(next))
		}
	}
}

// emptyFund notes a row of the block that states no sum.
func (b *budgetReader) emptyFund(ro role, label, cell string) {
	if ro == "total" && label == "合计" {
		return
	}
	b.funds = append(b.funds, fund{Fund: yardstick.Fund{Label: label}, role: ro, cell: cell})
}

// beside keeps a sum that stands beside its label.
func (b *budgetReader) beside(ro role, label, text, cell string) {
	c := budgetColumn{role: ro, unit: moneyUnit(fold(label))}
	switch ro {
	case "initial", "full_year", "executed", "rate", "weight", "score", "received":
		if l, is := words().labelOf(fold(label)); is && l.role == "total_score" {
			return
		}
		before := b.alone
		b.take(&b.alone, c, text, cell)
		// The first of each wins: sub-rows repeat the words.
		if before.hasInitial {
			b.alone.Initial, b.alone.hasInitial = before.Initial, true
		}
		if before.hasFull {
			b.alone.FullYear, b.alone.hasFull = before.FullYear, true
		}
		if before.hasExec {
			b.alone.Executed, b.alone.hasExec = before.Executed, true
		}
		if before.received.Known {
			b.alone.received = before.received
		}
		b.used = true
	case "total", "detail", "long_total":
		f := fund{Fund: yardstick.Fund{Label: label}, role: ro, cell: cell}
		c.role = "full_year"
		if b.take(&f, c, text, cell) {
			f.Initial, f.hasInitial = f.FullYear, true
			b.funds = append(b.funds, f)
			b.used = true
		}
	}
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
