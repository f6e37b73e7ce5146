package target

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"

	"yardstick/indicators"
)

// year is one year of the unit's own past with one number.
type year struct {
	year  int
	value float64
}

// series is the unit's own past by year, latest first.
type series struct {
	actual, target []year
	dropped        int // years set apart as mis-scaled
}

// past brings the own past to one number a year: the median over the forms of
// the year. Where the same project has years enough only it counts, and for what
// grows with the project nothing else ever does.
func (c *context) past() {
	own := slices.Clone(c.ask.Own)
	slices.SortStableFunc(own, func(a, b Past) int {
		return cmp.Or(cmp.Compare(b.Year, a.Year), cmp.Compare(a.FormID, b.FormID))
	})
	own = slices.DeleteFunc(own, func(p Past) bool { return c.ask.Year > 0 && p.Year >= c.ask.Year })
	for _, p := range own {
		o := Own{Year: p.Year, Target: p.Target.Raw, Actual: p.Actual.Raw, FormID: p.FormID, Project: p.Project}
		if x, ok := c.actual(p); ok {
			o.Value = &x
		} else if x, ok := in(p.Target, c.unit); ok {
			o.Value = &x
		}
		c.shown = append(c.shown, o)
	}
	c.sizeOwn(own)
	same := c.series(own, true)
	if least := c.r.count("least.years"); c.grows || len(same.actual) >= least || len(same.target) >= least && len(same.actual) > 0 {
		c.own = same
		return
	}
	c.own = c.series(own, false)
}

// sizeOwn decides whether the own past is scaled by budget: where value ÷ budget
// varies less over the same project's years than the value does, and the budget of
// each is known.
func (c *context) sizeOwn(own []Past) {
	if !c.flows || !(c.ask.Budget > 0) {
		return
	}
	var values, ratios []float64
	for _, p := range own {
		x, ok := c.actual(p)
		if !ok {
			x, ok = in(p.Target, c.unit)
		}
		if !ok || !p.Same || p.Year == 0 {
			continue
		}
		if !(p.Budget > 0) {
			return
		}
		values, ratios = append(values, x), append(ratios, x/p.Budget)
	}
	spread := func(x []float64) float64 {
		mean, sd := stat.MeanStdDev(x, nil)
		return sd / mean
	}
	c.sized = len(values) >= c.r.count("least.years") && spread(ratios) < spread(values)
}

// size brings a number of another year to this year's budget, if that is to be done.
func (c *context) size(x float64, p Past) float64 {
	if c.sized && p.Budget > 0 {
		return tidy(x * c.ask.Budget / p.Budget)
	}
	return x
}

// actual is the actual value of a form, if it is a number and not the target
// copied with its comparison.
func (c *context) actual(p Past) (float64, bool) {
	if v := p.Actual; v.Comparison != indicators.None && v.Comparison != indicators.Equal {
		return 0, false
	}
	return in(p.Actual, c.unit)
}

func (c *context) series(own []Past, same bool) (s series) {
	collect := func(value func(Past) (float64, bool)) (out []year) {
		var values []float64
		for i, p := range own {
			if x, ok := value(p); ok && p.Year > 0 && (p.Same || !same) {
				values = append(values, c.size(x, p))
			}
			if i+1 == len(own) || own[i+1].Year != p.Year {
				if len(values) > 0 {
					_, median, _ := Quartiles(values)
					out = append(out, year{p.Year, median})
				}
				values = values[:0]
			}
		}
		return out
	}
	s.actual, s.dropped = c.plausible(collect(c.actual))
	s.target, _ = c.plausible(collect(func(p Past) (float64, bool) { return in(p.Target, c.unit) }))
	return s
}

// plausible drops the years that differ from the median year by a factor that a
// wrong unit makes.
func (c *context) plausible(in []year) (out []year, dropped int) {
	if len(in) < c.r.count("least.years") {
		return in, 0
	}
	values := make([]float64, len(in))
	for i, y := range in {
		values[i] = y.value
	}
	_, median, _ := Quartiles(values)
	bound := c.r.value["own.misscaled"]
	for _, y := range in {
		if q := y.value / median; median > 0 && y.value > 0 && (q >= bound || q <= 1/bound) {
			dropped++
			continue
		}
		out = append(out, y)
	}
	return out, dropped
}

// moments are mean, sample standard deviation and n of a series.
func moments(s []year) (mean, sd float64, n int) {
	x := make([]float64, len(s))
	for i, y := range s {
		x[i] = y.value
	}
	mean, sd = stat.MeanStdDev(x, nil)
	return mean, sd, len(x)
}

// chance is the probability that the next year reaches t: T_{n−1}((x̄ − t)/(s√(1
// + 1/n))), mirrored where less is better (docs/methods/targets.md). ok is false
// for too few years, no variation and no direction.
func (c *context) chance(t float64) (p float64, n int, ok bool) {
	if len(c.own.actual) < c.r.count("least.years") {
		return 0, 0, false
	}
	mean, sd, n := moments(c.own.actual)
	if sd <= 1e-9*math.Abs(mean) || c.better == indicators.Neutral {
		return 0, n, false
	}
	z := (mean - t) / (sd * math.Sqrt(1+1/float64(n)))
	if c.better == indicators.Lower {
		z = -z
	}
	return distuv.StudentsT{Sigma: 1, Nu: float64(n - 1)}.CDF(z), n, true
}

// fromOwn proposes what the unit reaches with a chance between chance.low and
// chance.high, the roundest number there; never easier than the worst of its
// recent years and never above 100 % of a share.
func (c *context) fromOwn(out *Advice) bool {
	years := c.own.actual
	if len(years) >= c.r.count("least.years") && c.better != indicators.Neutral {
		mean, sd, n := moments(years)
		x := years[0].value
		why := fmt.Sprintf("本单位 %d 年实际都是 %s%s", n, number(x), c.unit.Name)
		if sd > 1e-9*math.Abs(mean) {
			x = c.aim(mean, sd, n)
			why = fmt.Sprintf("本单位 %d 年实际 %s，均值 %s", n, c.span(years), number(math.Round(100*mean)/100))
		}
		if w := c.worst(years); c.harder(w, x) {
			x, why = w, why+fmt.Sprintf("；不比近 %d 年最差的一年更松", c.r.count("own.recent"))
		}
		c.history(out, x, why)
		return true
	}
	if years = c.own.target; len(years) >= c.r.count("least.years") && c.better != indicators.Neutral {
		var values []float64
		for _, y := range years {
			values = append(values, y.value)
		}
		_, x, _ := Quartiles(values)
		if w := c.worst(years); c.harder(w, x) {
			x = w
		}
		c.history(out, x, fmt.Sprintf("本单位 %d 年的目标 %s 的中位数；没有 %d 年实际值，算不出达成把握", len(years), c.span(years), c.r.count("least.years")))
		return true
	}
	return false
}

func (c *context) history(out *Advice, x float64, why string) {
	if top := c.top(); x > top {
		x = top
	}
	if c.sized {
		why += "；往年的数按预算折算到本年"
	}
	if c.own.dropped > 0 {
		why += fmt.Sprintf("；另有 %d 年相差 %g 倍以上，疑为单位写错，没有计入", c.own.dropped, c.r.value["own.misscaled"])
	}
	if x = tidy(x); c.whole() && x != math.Trunc(x) { // scaled, or between two years
		if x = math.Ceil(x); c.better == indicators.Lower {
			x--
		}
	}
	out.Value, out.Basis, out.BasisWhy, out.Note = &x, History, why, why
}

// harder reports whether a is harder to reach than b.
func (c *context) harder(a, b float64) bool {
	if c.better == indicators.Lower {
		return a < b
	}
	return a > b
}

// worst is the worst value of the recent years.
func (c *context) worst(years []year) float64 {
	w := years[0].value
	for _, y := range years[:min(len(years), c.r.count("own.recent"))] {
		if c.harder(w, y.value) {
			w = y.value
		}
	}
	return w
}

// aim is the roundest number whose chance lies between chance.low and
// chance.high, of equally round ones the harder. What is counted in whole
// numbers stays whole.
func (c *context) aim(mean, sd float64, n int) float64 {
	t := distuv.StudentsT{Sigma: 1, Nu: float64(n - 1)}
	spread := sd * math.Sqrt(1+1/float64(n))
	at := func(p float64) float64 {
		if c.better == indicators.Lower {
			return mean + t.Quantile(p)*spread
		}
		return mean - t.Quantile(p)*spread
	}
	easy, hard := at(c.r.value["chance.high"]), at(c.r.value["chance.low"])
	least := 0.0
	if c.whole() {
		least = 1
	}
	x, ok := roundest(math.Min(easy, hard), math.Max(easy, hard), hard > easy, least)
	if !ok { // no whole number there: the next harder one
		if x = math.Ceil(easy); hard < easy {
			x = math.Floor(easy)
		}
	}
	if c.better == indicators.Lower && c.worst(c.own.actual) >= 0 {
		x = math.Max(x, 0)
	}
	return x
}

// roundest is the number in [low, high] with the fewest digits: a multiple of the
// largest of … 10, 5, 1, 0.5, 0.1 …, not below least; up says to take the largest
// of several. ok is false if least leaves none.
func roundest(low, high float64, up bool, least float64) (x float64, ok bool) {
	step := math.Pow(10, math.Ceil(math.Log10(math.Max(math.Abs(low), math.Abs(high))))+1)
	for half := false; step >= least && step > 1e-9; half = !half {
		x = math.Ceil(low/step-1e-9) * step
		if up {
			x = math.Floor(high/step+1e-9) * step
		}
		if x >= low-1e-9*step && x <= high+1e-9*step {
			return tidy(x), true
		}
		if half {
			step /= 5
		} else {
			step /= 2
		}
	}
	return 0, false
}

// whole reports whether the unit filed whole numbers only, of something that is no
// share.
func (c *context) whole() bool {
	return c.unit.Dimension != indicators.Rate && !slices.ContainsFunc(c.shown, func(o Own) bool { return o.Value != nil && *o.Value != math.Trunc(*o.Value) })
}

// span writes the range of a series: 11.6–13.9小时.
func (c *context) span(years []year) string {
	low, high := years[0].value, years[0].value
	for _, y := range years {
		low, high = math.Min(low, y.value), math.Max(high, y.value)
	}
	if low == high {
		return number(low) + c.unit.Name
	}
	return number(low) + "–" + number(high) + c.unit.Name
}
