package indicators

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// spelling is one way to write a comparison.
type spelling struct {
	text string
	is   Comparison
}

// before are the comparisons that stand before the number, longest first where
// one begins another. After fold, ≧ is ≥, ≦ is ≤ and ═ is =.
var before = [...]spelling{
	{">=", AtLeast}, {"=>", AtLeast}, {"≥=", AtLeast}, {"≥", AtLeast}, {"》=", AtLeast}, {"≮", AtLeast},
	{"<=", AtMost}, {"=<", AtMost}, {"≤=", AtMost}, {"≤", AtMost}, {"《=", AtMost}, {"≯", AtMost},
	{"==", Equal}, {"=", Equal}, {">", Above}, {"<", Below},
}

// beforeWords are the comparisons in words that stand before the number.
var beforeWords = [...]spelling{
	{"大于或等于", AtLeast}, {"大于等于", AtLeast}, {"大等于", AtLeast}, {"不得低于", AtLeast}, {"不得少于", AtLeast}, {"不能低于", AtLeast},
	{"不低于", AtLeast}, {"不少于", AtLeast}, {"不小于", AtLeast}, {"不下于", AtLeast}, {"至少", AtLeast}, {"最少", AtLeast}, {"最低", AtLeast},
	{"小于或等于", AtMost}, {"小于等于", AtMost}, {"小等于", AtMost}, {"不得超过", AtMost}, {"不得高于", AtMost}, {"不能超过", AtMost}, {"不得大于", AtMost},
	{"不超过", AtMost}, {"不大于", AtMost}, {"不高于", AtMost}, {"不多于", AtMost}, {"不超出", AtMost}, {"不超", AtMost}, {"至多", AtMost}, {"最多", AtMost}, {"最高", AtMost},
	{"未超过", AtMost}, {"未高于", AtMost}, {"未低于", AtLeast}, {"未少于", AtLeast},
	{"大于", Above}, {"超过", Above}, {"高于", Above}, {"多于", Above}, {"超出", Above},
	{"小于", Below}, {"低于", Below}, {"少于", Below}, {"不足", Below}, {"不到", Below},
	{"等于", Equal},
}

// after are the comparisons that follow the unit. By the custom of Chinese
// statutes 以上, 以下 and 以内 include the number itself.
var after = [...]spelling{
	{"及以上", AtLeast}, {"或以上", AtLeast}, {"(含)以上", AtLeast}, {"以上(含)", AtLeast}, {"以上", AtLeast},
	{"及以下", AtMost}, {"或以下", AtMost}, {"(含)以下", AtMost}, {"(含)以内", AtMost}, {"以下(含)", AtMost}, {"以下", AtMost},
	{"范围以内", AtMost}, {"范围内", AtMost}, {"及以内", AtMost}, {"以内", AtMost}, {"之内", AtMost}, {"内", AtMost},
}

// scanComparison reads a comparison at the head of t.
func scanComparison(t string) (c Comparison, rest string) {
	if t == "" {
		return None, t
	}
	switch b := t[0]; {
	case b == '>' || b == '<' || b == '=' || b == 0xE2 || b == 0xE3: // ≥ ≤ 》 and their kin
		for _, s := range before {
			if strings.HasPrefix(t, s.text) {
				return s.is, t[len(s.text):]
			}
		}
	case b >= 0xE4:
		if r, _ := utf8.DecodeRuneInString(t); !strings.ContainsRune("大小不至最未超高多低少等", r) {
			return None, t
		}
		for _, s := range beforeWords {
			if strings.HasPrefix(t, s.text) {
				return s.is, t[len(s.text):]
			}
		}
	}
	return None, t
}

// cutAfter takes a comparison off the end of t.
func cutAfter(t string) (rest string, c Comparison) {
	for _, s := range after {
		if rest, ok := strings.CutSuffix(t, s.text); ok {
			return rest, s.is
		}
	}
	return t, None
}

// scanNumber reads a decimal number at the head of t: digits, thousands
// separators in groups of three, a fraction, a sign. ok is false if t does not
// begin with a number, or with one whose separators make no sense.
func scanNumber(t string) (x float64, rest string, ok bool) {
	i := 0
	if i < len(t) && (t[i] == '-' || t[i] == '+') {
		i++
	}
	start := i
	digits, group, commas := 0, 0, 0
	for i < len(t) {
		switch {
		case isDigit(t[i]):
			digits++
			group++
			i++
			continue
		case t[i] == ',' && i > start && i+3 < len(t) && threeDigits(t[i+1:]) && (commas > 0 && group == 3 || commas == 0 && group <= 3):
			commas++
			group = 0
			i++
			continue
		}
		break
	}
	if digits == 0 || digits > 15 {
		return 0, t, false
	}
	if i+1 < len(t) && t[i] == '.' && isDigit(t[i+1]) {
		i++
		for i < len(t) && isDigit(t[i]) {
			i++
		}
	}
	if i < len(t) && t[i] == '.' && i+1 < len(t) && isDigit(t[i+1]) {
		return 0, t, false // 1.2.3 is a date or a numbering
	}
	text := t[:i]
	if commas > 0 {
		text = strings.ReplaceAll(text, ",", "")
	}
	if i-start <= 15 && commas == 0 { // the common short number, without the general routine
		return shortNumber(text), t[i:], true
	}
	x, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsInf(x, 0) {
		return 0, t, false
	}
	return x, t[i:], true
}

// shortNumber reads up to 15 digits with at most one point exactly: both the
// digits and the power of ten are exact in a float64, so one division rounds
// as strconv.ParseFloat does.
func shortNumber(s string) (x float64) {
	neg := false
	if s[0] == '-' || s[0] == '+' {
		neg = s[0] == '-'
		s = s[1:]
	}
	var m int64
	scale := -1
	for i := 0; i < len(s); i++ {
		if s[i] == '.' {
			scale = 0
			continue
		}
		m = m*10 + int64(s[i]-'0')
		if scale >= 0 {
			scale++
		}
	}
	x = float64(m)
	if scale > 0 {
		x /= pow10[scale]
	}
	if neg && x != 0 {
		x = -x
	}
	return x
}

var pow10 = [...]float64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15}

// threeDigits reports whether t begins with exactly three digits.
func threeDigits(t string) bool {
	return len(t) >= 3 && isDigit(t[0]) && isDigit(t[1]) && isDigit(t[2]) && (len(t) == 3 || !isDigit(t[3]))
}

// scanChinese reads a number in words below ten thousand at the head of t: 三,
// 十二, 两百, 一百零五. Positional strings (二零二一) and anything doubtful are
// refused.
func scanChinese(t string) (x float64, rest string, ok bool) {
	total, digit := 0, -1
	limit := 10000
	used := 0
	zero := false // a 零 stands before the last digit
	end := func() (float64, bool) {
		if digit >= 0 && !zero && limit >= 100 && limit < 10000 {
			return 0, false // 两百五 is 250 in speech and 205 in writing
		}
		return float64(total + max(digit, 0)), true
	}
	for used < len(t) {
		r, n := utf8.DecodeRuneInString(t[used:])
		i := strings.IndexRune("零一二三四五六七八九", r)
		unit := 0
		switch r {
		case '十':
			unit = 10
		case '百':
			unit = 100
		case '千':
			unit = 1000
		}
		switch {
		case r == '零':
			if digit >= 0 || used == 0 {
				return 0, t, false
			}
			zero = true
		case r == '两' || i > 0:
			if digit >= 0 {
				return 0, t, false
			}
			if digit = i / 3; r == '两' {
				digit = 2
			}
		case unit > 0:
			if unit >= limit || digit < 0 && !(unit == 10 && used == 0) {
				return 0, t, false
			}
			total += max(digit, 1) * unit
			limit, digit, zero = unit, -1, false
		default:
			if used == 0 {
				return 0, t, false
			}
			x, ok = end()
			return x, t[used:], ok
		}
		used += n
	}
	if used == 0 {
		return 0, t, false
	}
	x, ok = end()
	return x, "", ok
}
