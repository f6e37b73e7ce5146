package indicators

import (
	"strings"
	"unicode/utf8"
)

// damaged recognises marks of optical misreading. The value stays Text: what
// was probably meant stands in Damage, for a person to confirm.
func damaged(t string) (Value, bool) {
	guess, ok := misread(t)
	if !ok {
		return Value{}, false
	}
	v := Value{Kind: Text, Reason: "可能是扫描识别有误，没有当作数值", Damage: "可能有识别错误"}
	if guess != "" {
		v.Damage = "可能是 " + guess
	}
	return v, true
}

// misread returns what t was probably meant to be, "" if that can't be told.
func misread(t string) (guess string, ok bool) {
	if len(t) == 0 || len(t) > 40 || !hasDigit(t) {
		return "", false
	}
	if x, rest, ok := scanNumber(t); ok {
		if u, known := unitTable()[rest]; known && suspectRate(None, x, u, t) {
			return "≥" + t[1:], true // 290% for ≥90%
		}
		if rest == "$" && x >= 0 { // 290$
			return "", true
		}
		if r, ok := strings.CutPrefix(rest, "="); ok && startsDigit(r) { // 5=50%
			return "≥" + r, true
		}
	}
	if c, rest := scanComparison(t); c == Equal || c == None {
		if x, tail, ok := scanNumber(rest); ok {
			if u, known := unitTable()[tail]; known && suspectRate(c, x, u, t) {
				return "≥" + rest[1:], true
			}
		}
	}
	first, n := utf8.DecodeRuneInString(t)
	rest := t[n:]
	switch {
	case strings.ContainsRune("工^》《乏之冫三二一十Z`'|\\N", first) && startsDigit(rest):
		if _, ok := quantity(rest, None); ok {
			switch first {
			case '二', '一', '三':
				return "=" + rest, true
			case '《':
				return "≤" + rest, true
			}
			return "≥" + rest, true
		}
	case first == '%': // %=99百分比, %100
		return "", true
	}
	if letterInNumber(t) {
		return "", true
	}
	return "", false
}

// suspectRate reports whether a rate looks like ≥ read as 2: 290% and 292%, but
// not 120%, 200% or ≥290%. The figure is suspicious only without a comparison
// or with =, and where the digits behind the 2 are 50 to 100.
func suspectRate(c Comparison, x float64, u Unit, text string) bool {
	if u.Name != "%" || c != None && c != Equal || strings.Contains(text, ".0") {
		return false
	}
	return x >= 250 && x < 300 || x == 2100
}

// runTogether reports whether t is a bare whole number of seven digits or more
// that is neither round nor grouped: several numbers may have lost what parted
// them (2|8|10|8|10 became 2810810).
func runTogether(t string) bool {
	_, t = scanComparison(t)
	if len(t) < 7 {
		return false
	}
	for i := 0; i < len(t); i++ {
		if !isDigit(t[i]) {
			return false
		}
	}
	return !strings.HasSuffix(t, "00")
}

// letterInNumber finds 3M.8, 1O0%, 9O%, l00%.
func letterInNumber(t string) bool {
	for i := 0; i < len(t); i++ {
		if strings.IndexByte("MOolIBS", t[i]) < 0 {
			continue
		}
		before := i > 0 && isDigit(t[i-1])
		afterDigit := i+1 < len(t) && (isDigit(t[i+1]) || t[i+1] == '.' && i+2 < len(t) && isDigit(t[i+2]))
		atStart := i == 0 && strings.IndexByte("OolI", t[i]) >= 0
		if (before || atStart) && afterDigit || before && i+1 < len(t) && t[i+1] == '%' || before && i+1 == len(t) && (t[i] == 'O' || t[i] == 'o') {
			return true
		}
	}
	return false
}

func startsDigit(t string) bool { return t != "" && isDigit(t[0]) }
