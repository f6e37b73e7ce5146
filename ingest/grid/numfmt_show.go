package grid

import (
	"strconv"
	"strings"
)

// show writes n as the format has it; ok is false if the format has something
// that is not understood here.
func (f *numFmt) show(n float64, date4 bool) (text string, ok bool) {
	s, sign := &f.sections[0], n < 0
	switch {
	case n < 0 && len(f.sections) > 1:
		s, sign = &f.sections[1], false
	case n == 0 && len(f.sections) > 2:
		s = &f.sections[2]
	}
	for i := range f.sections {
		if f.sections[i].odd {
			return "", false
		}
	}
	if s.date {
		return s.showDate(n, date4)
	}
	if n < 0 {
		n = -n
	}
	if len(s.parts) == 1 && s.parts[0].kind == anyNumber || len(s.parts) == 1 && s.parts[0].kind == textPart {
		text = general(n)
	} else {
		var b strings.Builder
		for _, part := range s.parts {
			switch part.kind {
			case literal:
				b.WriteString(part.text)
			case digits:
				b.WriteString(s.digits(n))
			case anyNumber, textPart:
				b.WriteString(general(n))
			}
		}
		text = b.String()
	}
	if sign {
		text = "-" + text
	}
	return text, true
}

// digits writes n ≥ 0 in the section's placeholders. It rounds the decimal
// number of 15 digits that Excel shows, half up, not the binary one: 1.005 in
// 0.00 is 1.01.
func (s *section) digits(n float64) string {
	mantissa := strconv.FormatFloat(n, 'e', 14, 64)
	e := strings.IndexByte(mantissa, 'e')
	exp, _ := strconv.Atoi(mantissa[e+1:])
	ds := mantissa[:1] + mantissa[2:e]
	point := exp + 1 + s.shift // ds has the decimal point before this digit
	if s.expMin > 0 {
		return s.scientific(ds, exp, n == 0)
	}
	whole, frac := roundDigits(ds, point, s.fracMax)
	frac = strings.TrimRight(frac, "0")
	for len(frac) < s.fracMin {
		frac += "0"
	}
	whole = strings.TrimLeft(whole, "0")
	for len(whole) < s.intMin {
		whole = "0" + whole
	}
	if s.grouped {
		for i := len(whole) - 3; i > 0; i -= 3 {
			whole = whole[:i] + "," + whole[i:]
		}
	}
	if frac != "" || s.fracMax > 0 && s.fracMin > 0 {
		return whole + "." + frac
	}
	if whole == "" {
		return "0"[:min(1, s.fracMax)] // #.## of zero
	}
	return whole // Excel shows the point of 0.## behind 3 too; nobody means it
}

// roundDigits splits the digits ds with the decimal point before digit point
// and rounds to places decimals, half up.
func roundDigits(ds string, point, places int) (whole, frac string) {
	for point < 0 {
		ds, point = "0"+ds, point+1
	}
	for len(ds) < point+places {
		ds += "0"
	}
	keep := []byte("0" + ds[:point+places])
	if next := ds[point+places:]; next != "" && next[0] >= '5' {
		for i := len(keep) - 1; ; i-- {
			if keep[i]++; keep[i] <= '9' {
				break
			}
			keep[i] = '0'
		}
	}
	return string(keep[:point+1]), string(keep[point+1:])
}

func (s *section) scientific(ds string, exp int, zero bool) string {
	width := max(s.intMin, 1)
	if zero {
		exp = 0
	} else {
		exp -= width - 1
	}
	whole, frac := roundDigits(ds, width, s.fracMax)
	if whole = strings.TrimLeft(whole, "0"); len(whole) > width {
		whole, exp = whole[:width], exp+1
	}
	for len(whole) < s.intMin {
		whole = "0" + whole
	}
	if frac = strings.TrimRight(frac, "0"); len(frac) < s.fracMin {
		frac += strings.Repeat("0", s.fracMin-len(frac))
	}
	if frac != "" {
		whole += "." + frac
	}
	sign := ""
	if exp < 0 {
		sign, exp = "-", -exp
	} else if s.expPlus {
		sign = "+"
	}
	power := strconv.Itoa(exp)
	return whole + "E" + sign + strings.Repeat("0", max(0, s.expMin-len(power))) + power
}
