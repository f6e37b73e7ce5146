package indicators

import (
	"strings"
	"unicode/utf8"
)

// wholeYear reads 全年, 2020年全年, 2021年度, 2021年上半年, 第三季度.
func wholeYear(t string) (Value, bool) {
	year := 0
	if len(t) >= 4 {
		if y := whole(t[:4]); y >= firstYear && y <= lastYear {
			year = y
			t = strings.TrimPrefix(t[4:], "年")
		}
	}
	from, to := 0, 0
	switch strings.TrimPrefix(t, "第") {
	case "全年", "度", "整年", "1至12月":
		from, to = 1, 12
	case "上半年":
		from, to = 1, 6
	case "下半年":
		from, to = 7, 12
	case "一季度", "1季度":
		from, to = 1, 3
	case "二季度", "2季度":
		from, to = 4, 6
	case "三季度", "3季度":
		from, to = 7, 9
	case "四季度", "4季度":
		from, to = 10, 12
	}
	if from == 0 || t == "度" && year == 0 || strings.HasSuffix(t, "季度") && !strings.HasPrefix(t, "第") && isDigit(t[0]) && year == 0 {
		return Value{}, false // 1季度 may be a length of time
	}
	return Value{Kind: Period, From: CalendarDate{year, from, 1}, To: CalendarDate{year, to, lastDay(year, to)}}, true
}

// period reads two dates parted by a dash or 至.
func period(t string) (Value, bool) {
	for _, dashes := range [...]bool{false, true} { // 2021-1-1至2021-12-31: words part before dashes
		for i, r := range t {
			if i == 0 || i > 24 || r != '-' && (dashes || r != '~' && r != '至' && r != '到') || r == '-' && !dashes {
				continue
			}
			n := utf8.RuneLen(r)
			if r == '-' && strings.HasPrefix(t[i:], "--") {
				n = 2
			}
			if v, ok := periodAt(t[:i], t[i+n:]); ok {
				return v, true
			}
		}
	}
	return Value{}, false
}

// periodAt reads a period of which both ends are given.
func periodAt(first, second string) (Value, bool) {
	from, rest, ok := periodStart(first)
	if !ok || rest != "" {
		return Value{}, false
	}
	to, rest, ok := scanDate(second)
	bareTo := false
	if !ok {
		to, rest, ok = periodStart(second)
		bareTo = true
	}
	if ok && to.Day == 0 && to.Month == 0 && to.Year == 0 {
		ok = false
	}
	if !ok || !done(strings.TrimPrefix(strings.TrimPrefix(rest, "期间"), "底")) {
		return Value{}, false
	}
	if from.Month == 0 && from.Year != 0 && to.Month != 0 && to.Year == 0 {
		return Value{}, false // 2021-12月: can't be told
	}
	bareFrom := !strings.ContainsAny(first, "年月日") && strings.IndexByte(first, '.') < 0 && strings.IndexByte(first, '/') < 0
	if bareFrom && from.Year == 0 {
		if bareTo || to.Year != 0 || to.Day != 0 { // 1-12月, but not 3-6 or 3-6个月
			return Value{}, false
		}
	}
	if to.Year == 0 && from.Year != 0 && to.Month != 0 {
		to.Year = from.Year
	}
	if from.Year == 0 && to.Year != 0 {
		from.Year = to.Year
	}
	if !from.Valid() || !to.Valid() || later(from, to) {
		return Value{}, false
	}
	return Value{Kind: Period, From: from, To: to}, true
}

// later reports whether a begins after b, as far as is known.
func later(a, b CalendarDate) bool {
	if a.Year != b.Year {
		return a.Year > b.Year
	}
	if a.Month != b.Month {
		return a.Month > b.Month && b.Month != 0 && (a.Year != 0 || b.Year != 0)
	}
	return a.Day > b.Day && b.Day != 0
}

// periodStart reads what may begin a period: a date, 2023.07, or the bare
// number of 1-12月 and 2021-2023年.
func periodStart(t string) (d CalendarDate, rest string, ok bool) {
	if d, rest, ok := scanDate(t); ok && rest == "" {
		return d, rest, true
	}
	if y, m, found := strings.Cut(t, "."); found {
		d := CalendarDate{Year: whole(y), Month: whole(m)}
		if len(y) <= 2 { // the 12.31 of 2021.1.1-12.31
			d = CalendarDate{Month: whole(y), Day: whole(m)}
		}
		return d, "", d.Month > 0 && (d.Year > 0 || d.Day > 0) && d.Valid()
	}
	if y, m, found := strings.Cut(t, "年"); found { // the 2021年1 of 2021年1-12月
		d := CalendarDate{Year: whole(y), Month: whole(m)}
		return d, "", d.Year > 0 && d.Month > 0 && d.Valid()
	}
	n := whole(t)
	switch {
	case len(t) == 4:
		d.Year = n
	case n >= 1 && n <= 12:
		d.Month = n
	default:
		return d, t, false
	}
	return d, "", d.Valid()
}
