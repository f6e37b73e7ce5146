package indicators

import (
	"strconv"
	"strings"
	"time"
)

// The years that a date on a form can lie in.
const (
	firstYear = 1980
	lastYear  = 2100
)

// Valid reports whether d is a day, month or year that exists; fields that are
// 0 are not known.
func (d CalendarDate) Valid() bool {
	if d == (CalendarDate{}) || d.Year != 0 && (d.Year < firstYear || d.Year > lastYear) {
		return false
	}
	if d.Year != 0 && d.Month == 0 && d.Day != 0 {
		return false
	}
	return d.Month >= 0 && d.Month <= 12 && d.Day >= 0 && d.Day <= lastDay(d.Year, d.Month)
}

// String writes d as Parse reads it: 2021年12月31日, 12月, 每月20日.
func (d CalendarDate) String() string {
	var b strings.Builder
	if d.Year != 0 {
		b.WriteString(strconv.Itoa(d.Year) + "年")
	}
	if d.Month != 0 {
		b.WriteString(strconv.Itoa(d.Month) + "月")
	}
	if d.Day != 0 {
		if d.Year == 0 && d.Month == 0 {
			b.WriteString("每月")
		}
		b.WriteString(strconv.Itoa(d.Day) + "日")
	}
	return b.String()
}

// lastDay is the last day of a month; 31 if the month is not known, 29 for
// February of a year that is not known.
func lastDay(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year == 0 || year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// ParseSerial reads a cell that a spreadsheet stores as a date: serial is the
// number of days since 1899-12-30, as in Excel's 1900 system from March 1900
// on. raw is what the cell shows. A serial outside 1980 to 2100 is read as raw.
func ParseSerial(raw string, serial float64) Value {
	d, ok := fromSerial(serial)
	if !ok {
		return Parse(raw)
	}
	return Value{Raw: raw, Kind: Date, To: d}
}

func fromSerial(serial float64) (CalendarDate, bool) {
	if !(serial >= 29221 && serial < 73416) { // 1980-01-01 to 2100-12-31
		return CalendarDate{}, false
	}
	t := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(serial))
	return CalendarDate{t.Year(), int(t.Month()), t.Day()}, true
}

// ParseTimed reads the value of an indicator that is known to state a time (时效
// by its level 2 or name). A bare number that would be a date as a
// spreadsheet's serial is that date (44,561 is 2021-12-31), 2021.12 is
// a month and 202112 too; everything else is as in Parse.
func ParseTimed(s string) Value {
	v := Parse(s)
	t := fold(s)
	if len(t) > 16 {
		return v
	}
	if v.Kind == Number && v.Unit.Name == "" && v.Comparison == None {
		if d, ok := fromSerial(v.Low); ok && v.Low >= 36526 && v.Low < 55153 && v.Low == float64(int(v.Low)) {
			return Value{Raw: s, Kind: Date, To: d} // 2000 to 2050
		}
		d := CalendarDate{}
		if y, m, ok := strings.Cut(t, "."); ok {
			d.Year, d.Month = whole(y), whole(m)
		} else if len(t) == 6 {
			d.Year, d.Month = whole(t[:4]), whole(t[4:])
		}
		if d.Year != 0 && d.Month != 0 && d.Valid() {
			return Value{Raw: s, Kind: Date, To: d}
		}
	}
	return v
}

// whole reads a short whole number; -1 if t is not one.
func whole(t string) int {
	if t == "" || len(t) > 4 {
		return -1
	}
	n := 0
	for i := 0; i < len(t); i++ {
		if !isDigit(t[i]) {
			return -1
		}
		n = n*10 + int(t[i]-'0')
	}
	return n
}

// dated reads dates, limits and periods: 2021年12月31日, 2021.1.1-12.31, 11月底之前,
// 每月20日前, 2019年元月至2019年12月, 全年; and a limit with a rate behind it, as a List.
func dated(t string) (Value, bool) {
	c, rest := scanComparison(t)
	for _, w := range [...]string{"截至", "截止到", "截止", "于", "在", "至", "每年"} {
		if r, ok := strings.CutPrefix(rest, w); ok {
			rest = r
			break
		}
	}
	if v, ok := wholeYear(rest); ok && c == None {
		return v, true
	}
	if v, ok := period(rest); ok && (c == None || c == Equal) {
		v.Comparison = c
		return v, true
	}
	d, rest, ok := scanDate(rest)
	if !ok {
		return Value{}, false
	}
	limit, rest := cutLimit(rest)
	if c != None && c != Equal && limit == None && d.Year == 0 && d.Day == 0 {
		return Value{}, false // ≤6月 is a length of time
	}
	if c == Above || c == AtLeast || c == Below {
		if limit != None || rest != "" {
			return Value{}, false
		}
		limit = c
	} else if limit == None {
		limit = c
	}
	v := Value{Kind: Date, Comparison: limit, To: d}
	if done(rest) {
		return v, true
	}
	if v.Comparison == c && d.Day == 0 && !strings.HasPrefix(rest, ",") {
		return Value{}, false // 2020年宣传10次: a year, then something else
	}
	n, ok := quantity(strings.TrimLeft(rest, ",;"), None)
	if !ok || n.Kind != Number {
		return Value{}, false
	}
	return Value{Kind: List, Items: []Value{v, n}}, true
}

// cutLimit takes 前, 之前, 以前, 内 off the head of what follows a date.
func cutLimit(t string) (c Comparison, rest string) {
	for _, w := range [...]string{"之前", "以前", "前", "之内", "以内", "内"} {
		if rest, ok := strings.CutPrefix(t, w); ok {
			return AtMost, rest
		}
	}
	return None, t
}

// done reports whether t is nothing or a state of completion: 完成, 已完成, 到位.
func done(t string) bool {
	t = strings.Trim(t, "(),")
	for range 4 {
		cut := false
		for _, w := range [...]string{"已经", "已", "全部", "全面", "按时", "按期", "完成", "到位", "完工", "竣工", "结束", "交付", "验收", "支付", "发放", "下达", "投入使用", "建成", "开工", "实施", "启动", "完毕", "使用", "止", "为止", "工作", "任务"} {
			if r, ok := strings.CutPrefix(t, w); ok {
				t, cut = r, true
			}
		}
		if t == "" || !cut {
			break
		}
	}
	return t == ""
}

// scanDate reads one date at the head of t.
func scanDate(t string) (d CalendarDate, rest string, ok bool) {
	if rest, ok := cutAny(t, "年底", "年末", "年终"); ok {
		return CalendarDate{0, 12, 31}, rest, true
	}
	if rest, ok := strings.CutPrefix(t, "每月"); ok {
		n, rest, ok := scanInt(rest, 2)
		rest, day := cutAny(rest, "日", "号")
		return CalendarDate{Day: n}, rest, ok && day && n >= 1 && n <= 31
	}
	if d, ok := compact(t); ok {
		return d, "", true
	}
	n, after, ok := scanInt(t, 4)
	digits := len(t) - len(after)
	if !ok {
		if r, month := cutAny(t, "元月"); month {
			return monthDay(CalendarDate{Month: 1}, r)
		}
		return d, t, false
	}
	if digits == 4 && n >= firstYear && n <= lastYear && after != "" {
		d.Year = n
		if r, ok := strings.CutPrefix(after, "年"); ok {
			return yearMonth(d, r)
		}
		return separated(d, after)
	}
	if digits <= 2 && n >= 1 && n <= 12 {
		if r, ok := strings.CutPrefix(after, "月"); ok {
			return monthDay(CalendarDate{Month: n}, r)
		}
	}
	return d, t, false
}

// compact reads 20211231.
func compact(t string) (CalendarDate, bool) {
	if len(t) != 8 {
		return CalendarDate{}, false
	}
	d := CalendarDate{whole(t[:4]), whole(t[4:6]), whole(t[6:])}
	return d, d.Month > 0 && d.Day > 0 && d.Year >= 2000 && d.Year <= 2050 && d.Valid()
}

// yearMonth reads what follows 2021年.
func yearMonth(d CalendarDate, t string) (CalendarDate, string, bool) {
	if r, ok := cutAny(t, "底", "末", "年底", "年末", "终"); ok {
		d.Month, d.Day = 12, 31
		return d, r, true
	}
	if r, ok := cutAny(t, "初"); ok {
		d.Month = 1
		return d, r, true
	}
	if r, ok := cutAny(t, "元月份", "元月"); ok {
		d.Month = 1
		return monthDay(d, r)
	}
	n, r, ok := scanInt(t, 2)
	if !ok {
		if x, chinese, found := scanChinese(t); found && x >= 1 && x <= 12 {
			n, r, ok = int(x), chinese, true
		}
	}
	if ok {
		if r, month := strings.CutPrefix(r, "月"); month {
			d.Month = n
			return monthDay(d, r)
		}
		return d, t, false
	}
	return d, t, true
}

// monthDay reads what follows 12月.
func monthDay(d CalendarDate, t string) (CalendarDate, string, bool) {
	t = strings.TrimPrefix(t, "份")
	if r, ok := cutAny(t, "底", "末"); ok {
		d.Day = lastDay(d.Year, d.Month)
		if d.Year == 0 && d.Month == 2 {
			d.Day = 0
		}
		return d, r, d.Valid()
	}
	if r, ok := cutAny(t, "上旬", "中旬", "下旬", "初", "中"); ok {
		return d, r, d.Valid()
	}
	if n, r, ok := scanInt(t, 2); ok {
		if r, ok := cutAny(r, "日", "号"); ok {
			d.Day = n
			return d, r, n > 0 && d.Valid()
		}
		return d, t, false
	}
	return d, t, d.Valid()
}

// separated reads 2021-12-31, 2021.12.31, 2021/12/31 and 2021-12 after the year.
func separated(d CalendarDate, t string) (CalendarDate, string, bool) {
	sep := t[0]
	if sep != '-' && sep != '.' && sep != '/' {
		return d, t, false
	}
	n, r, ok := scanInt(t[1:], 2)
	if !ok || n < 1 || n > 12 {
		return d, t, false
	}
	d.Month = n
	if r != "" && r[0] == sep {
		day, r, ok := scanInt(r[1:], 2)
		d.Day = day
		return d, strings.TrimPrefix(r, "日"), ok && day > 0 && d.Valid()
	}
	if sep == '-' && len(t)-len(r) == 3 && r == "" { // 2021-12; but 2021.12 is a number
		return d, r, true
	}
	return d, t, false
}

// scanInt reads up to most digits at the head of t.
func scanInt(t string, most int) (n int, rest string, ok bool) {
	i := 0
	for i < len(t) && isDigit(t[i]) {
		n = n*10 + int(t[i]-'0')
		if i++; i > most {
			return 0, t, false
		}
	}
	return n, t[i:], i > 0
}
