package target

import (
	"math"
	"slices"
	"strconv"

	"yardstick/indicators"
)

// number writes x without noise: at most six decimals, no trailing zeros.
func number(x float64) string {
	x = tidy(x)
	return strconv.FormatFloat(x, 'f', -1, 64)
}

// tidy drops the noise of conversion and interpolation, which people would see.
func tidy(x float64) float64 {
	if y := math.Round(x*1e6) / 1e6; !math.IsInf(y, 0) && (y != 0 || x == 0) {
		return y + 0 // no −0
	}
	return x
}

// Chance writes a probability as pages show it: a whole percent, with < and > at
// the ends.
func Chance(p float64) string {
	switch n := math.Round(100 * p); {
	case p < 0.01:
		return "< 1%"
	case p > 0.99:
		return "> 99%"
	default:
		return number(n) + "%"
	}
}

// amount is the one number that a value names: its bound, or the middle of a
// range. ok is false for all that is not one finite number.
func amount(v indicators.Value) (x float64, ok bool) {
	if v.Kind != indicators.Number && v.Kind != indicators.Range {
		return 0, false
	}
	low, high := finite(v.Low), finite(v.High)
	switch {
	case low && high:
		return v.Low/2 + v.High/2, true
	case low:
		return v.Low, true
	case high:
		return v.High, true
	}
	return 0, false
}

func finite(x float64) bool { return !math.IsInf(x, 0) && !math.IsNaN(x) }

// in is the number of v in another unit of the same dimension. A value without a
// unit is taken to be in that unit, but for money, where 元 and 万元 can't be told
// apart, and for a rate that may be a fraction.
func in(v indicators.Value, to indicators.Unit) (x float64, ok bool) {
	x, ok = amount(v)
	from := v.Unit
	switch {
	case !ok:
		return 0, false
	case from == to || from.Name == to.Name:
		return x, true
	case from.Name == "":
		return x, to.Dimension != indicators.Money && (to.Dimension != indicators.Rate || x == 0 || x > 1)
	case from.Dimension != to.Dimension || from.Dimension == indicators.Unknown || from.Scale == 0 || to.Scale == 0:
		return 0, false
	}
	return tidy(x * from.Scale / to.Scale), true
}

// Quartiles returns the quartiles of x by linear interpolation between order
// statistics (type 7 of Hyndman & Fan 1996, the default of R). x must not be
// empty; it is not changed.
func Quartiles(x []float64) (q1, median, q3 float64) {
	x = slices.Sorted(slices.Values(x))
	return quantile(x, 0.25), quantile(x, 0.5), quantile(x, 0.75)
}

// quantile is that of sorted values.
func quantile(sorted []float64, p float64) float64 {
	h := p * float64(len(sorted)-1)
	i := int(h)
	if i+1 >= len(sorted) {
		return sorted[len(sorted)-1]
	}
	return tidy(sorted[i] + (h-float64(i))*(sorted[i+1]-sorted[i]))
}
