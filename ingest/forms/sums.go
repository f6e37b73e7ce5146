package forms

// Sums that stand beside labels of their own, or in a sentence.

import (
	"regexp"
	"strings"

	"yardstick"
)

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
		if b.v.named(row, i-1) {
			continue
		}
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
			if s.own && (e.role == "total" || e.role == "detail") && !b.heads(s, next) {
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

// heads reports whether a cell is the heading of the block, which stands beside
// the labels of its rows: 项目资金（万元） beside 年度资金总额, or merged over all.
func (b *budgetReader) heads(s, next slot) bool {
	e, ok := b.v.budgetAt(next)
	return ok && (e.role == "total" || e.role == "detail" && b.v.g.Cells[s.cell].RowSpan > 1)
}

// emptyFund notes a row of the block that states no sum.
func (b *budgetReader) emptyFund(ro role, label, cell string) {
	if e, ok := words().budgetOf(fold(label)); ro == "total" && (label == "合计" || ok && e.weight < 0.5) {
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
