package catalog

import (
	"fmt"
	"math"

	"yardstick/indicators/naming"
)

// Interval is Wilson's score interval of the share part/of at 95 %: low and
// high in 0…1, both NaN for of = 0 (naming.Wilson).
func Interval(part, of int) (low, high float64) {
	r := naming.Wilson(part, of)
	return r.Low, r.High
}

// Tells says whether an indicator tells projects apart: full of scored lines
// got all their points. It refuses below the rule tells.least.
func (r Rules) Tells(full, scored int) Verdict {
	least, line := int(r.value("tells.least")), r.value("tells.full")
	if scored < least {
		return Verdict{Unknown, fmt.Sprintf("评过分的只有 %d 行，不到 %d 行", scored, least)}
	}
	low, high := Interval(full, scored)
	share := fmt.Sprintf("评过分的 %d 行里 %d 行满分（%.0f%%，区间 %.0f%%–%.0f%%）", scored, full, 100*float64(full)/float64(scored), 100*low, 100*high)
	switch {
	case low >= line:
		return Verdict{"区分度低", share + "，几乎人人满分"}
	case high < line:
		return Verdict{"能区分", share}
	}
	return Verdict{Unknown, share + "，还说不准"}
}

// YearCount is the use of an indicator in one year.
type YearCount struct {
	Year     int
	Projects int // that use it
	All      int // with forms of that year
}

// Trend compares the share of projects that use an indicator in the later half
// of the years with that of the earlier half by the z-test of two proportions.
// years are in order. It refuses below two years and below the rule
// trend.least in either half, and where fewer than the rule trend.expected
// projects would use it in a half if nothing had changed: there the normal
// approximation fails. early and late are the pooled halves.
func (r Rules) Trend(years []YearCount) (v Verdict, early, late YearCount) {
	if len(years) < 2 {
		return Verdict{Unknown, "只有一个年度的表"}, early, late
	}
	cut := len(years) / 2
	for i, y := range years {
		half := &early
		if i >= cut {
			half = &late
		}
		half.Year, half.Projects, half.All = y.Year, half.Projects+y.Projects, half.All+y.All
	}
	if least := int(r.value("trend.least")); early.All < least || late.All < least {
		return Verdict{Unknown, fmt.Sprintf("前后两段各有 %d 个和 %d 个项目，不足 %d 个", early.All, late.All, least)}, early, late
	}
	n1, n2 := float64(early.All), float64(late.All)
	p1, p2 := float64(early.Projects)/n1, float64(late.Projects)/n2
	pooled := (float64(early.Projects) + float64(late.Projects)) / (n1 + n2)
	se := math.Sqrt(pooled * (1 - pooled) * (1/n1 + 1/n2))
	if least := r.value("trend.expected"); pooled*min(n1, n2) < least {
		return Verdict{Unknown, fmt.Sprintf("一共 %d 个项目用过，太少，分不清是升降还是偶然", early.Projects+late.Projects)}, early, late
	}
	why := fmt.Sprintf("%d 年及以前 %d / %d 个项目使用，以后 %d / %d 个", early.Year, early.Projects, early.All, late.Projects, late.All)
	switch {
	case se == 0 || math.Abs(p2-p1) < r.value("trend.sure")*se:
		return Verdict{"平稳", why}, early, late
	case p2 > p1:
		return Verdict{"上升", why}, early, late
	}
	return Verdict{"下降", why}, early, late
}

// Lift is the shrunk lift of two indicators: (together + k) ÷ (expected + k),
// with expected = a·b/n, the projects with both if they were independent; the
// posterior mean of a gamma–Poisson model with prior mean 1 (docs/methods.md).
// Known answer: 12 together with lift 18.99565 → 2.069.
func (r Rules) Lift(together, a, b, n int) (expected, lift float64) {
	if n <= 0 {
		return 0, 1
	}
	k := r.value("lift.shrink")
	expected = float64(a) * float64(b) / float64(n)
	return expected, (float64(together) + k) / (expected + k)
}
