package review

import (
	"math"
	"strconv"
)

// tidy drops the noise of conversion.
func tidy(x float64) float64 { return math.Round(x*1e6) / 1e6 }

// figure writes a number for people: thousands separated, up to two decimals.
func figure(x float64) string {
	s := strconv.FormatFloat(math.Round(x*100)/100, 'f', -1, 64)
	neg := ""
	if s != "" && s[0] == '-' {
		neg, s = "−", s[1:]
	}
	whole, frac := s, ""
	for i := range s {
		if s[i] == '.' {
			whole, frac = s[:i], s[i:]
			break
		}
	}
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	return neg + whole + frac
}

// plain is a number as it stands in a cell.
func plain(x float64) string { return strconv.FormatFloat(tidy(x), 'f', -1, 64) }

func quote(s string) string { return "“" + s + "”" }

// significant writes a number with three significant digits.
func significant(x float64) string {
	if x == 0 || math.IsInf(x, 0) || math.IsNaN(x) {
		return figure(x)
	}
	digits := 2 - int(math.Floor(math.Log10(math.Abs(x))))
	if digits <= 2 {
		return figure(x)
	}
	return strconv.FormatFloat(x, 'f', digits, 64)
}
