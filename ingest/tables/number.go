package tables

import (
	"math"
	"strconv"
	"strings"
)

// parseNumber reads a plain number as systems export it: with thousands
// separators, a sign, a percent sign that is not part of the number.
func parseNumber(s string) (float64, bool) {
	s = strings.TrimSuffix(cleanCell(s), "%")
	if strings.IndexByte(s, ',') >= 0 {
		if !grouped(s) {
			return 0, false
		}
		s = strings.ReplaceAll(s, ",", "")
	}
	if !decimalDigits(s) {
		return 0, false
	}
	f, err := strconv.ParseFloat(s, 64)
	return f, err == nil && !math.IsInf(f, 0)
}

// decimalDigits reports whether s is written in decimal digits, with an
// exponent at most. ParseFloat also takes NaN, inf and 0x1p-2.
func decimalDigits(s string) bool {
	digits := 0
	for i := range len(s) {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			digits++
		case c == '.', c == '-' || c == '+', (c == 'e' || c == 'E') && digits > 0:
		default:
			return false
		}
	}
	return digits > 0
}

// grouped reports whether the commas of s stand before groups of three digits.
func grouped(s string) bool {
	whole, _, _ := strings.Cut(strings.TrimLeft(s, "+-"), ".")
	for i, g := range strings.Split(whole, ",") {
		if i == 0 && (len(g) == 0 || len(g) > 3) || i > 0 && len(g) != 3 {
			return false
		}
	}
	return true
}

// parseMoney reads a sum and returns it in 万元; scale is the power of ten from
// its unit to 万元. The decimal point is moved, nothing is multiplied, so that
// 1234.5 元 is the number that is written 0.12345.
func parseMoney(s string, scale int) (float64, bool) {
	s = cleanCell(s)
	if strings.IndexByte(s, ',') >= 0 {
		if !grouped(s) {
			return 0, false
		}
		s = strings.ReplaceAll(s, ",", "")
	}
	s = strings.TrimLeft(s, "¥￥")
	if !decimalDigits(s) {
		return 0, false
	}
	mantissa, exp := s, 0
	if i := strings.IndexAny(s, "eE"); i >= 0 {
		e, err := strconv.Atoi(s[i+1:])
		if err != nil || e > 300 || e < -300 {
			return 0, false
		}
		mantissa, exp = s[:i], e
	}
	f, err := strconv.ParseFloat(mantissa+"e"+strconv.Itoa(exp+scale), 64)
	return f, err == nil && !math.IsInf(f, 0)
}

// parseYear reads a year between 1900 and 2200, with 年, 年度 or .0 behind it.
func parseYear(s string) (int, bool) {
	s = cleanCell(s)
	for _, end := range []string{"年度", "年", ".0"} {
		s = strings.TrimSuffix(s, end)
	}
	if len(s) != 4 {
		return 0, false
	}
	n, err := strconv.Atoi(s)
	return n, err == nil && n >= 1900 && n <= 2200
}
