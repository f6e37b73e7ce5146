package target

import "fmt"

// Sums is what the weights of lines (Line.Kept) add up to class by class, beside
// what they should, without setting any.
func (r *Rules) Sums(f Frame, lines []Line) (sums []ClassSum, total float64) {
	due := make(map[string]float64)
	n := make(map[string]int)
	sum := make(map[string]float64)
	for _, l := range lines {
		class := ""
		if len(f.Classes) > 0 {
			class = f.Class(l.Level1, l.Level2)
		}
		n[class]++
		if finite(l.Kept) {
			sum[class] += l.Kept
			total += l.Kept
		}
	}
	if len(f.Classes) == 0 {
		return []ClassSum{{Lines: len(lines), Sum: tidy(total), Due: f.Total, Note: difference(total, f.Total)}}, tidy(total)
	}
	for _, c := range f.Classes {
		if n[c.Level1] == 0 && c.To != "" && n[c.To] > 0 {
			due[c.To] += c.Points
		} else {
			due[c.Level1] += c.Points
		}
	}
	for _, c := range f.Classes {
		s := ClassSum{Level1: c.Level1, Lines: n[c.Level1], Sum: tidy(sum[c.Level1]), Due: due[c.Level1]}
		switch {
		case s.Due == 0 && s.Lines == 0:
			s.Note = fmt.Sprintf("没有%s，%s 分并入%s", c.Level1, number(c.Points), c.To)
		case s.Lines == 0:
			s.Note = fmt.Sprintf("没有%s，%s 分没有着落", c.Level1, number(s.Due))
		default:
			s.Note = difference(s.Sum, s.Due)
		}
		sums = append(sums, s)
	}
	if n[""] > 0 {
		sums = append(sums, ClassSum{Lines: n[""], Sum: tidy(sum[""]), Note: "一级指标不在规则集的类别里"})
	}
	return sums, tidy(total)
}

// difference says by how much a sum differs from what is due, "" if it does not.
func difference(sum, due float64) string {
	switch d := tidy(due - sum); {
	case d > 0:
		return "还差 " + number(d)
	case d < 0:
		return "多 " + number(-d)
	}
	return ""
}
