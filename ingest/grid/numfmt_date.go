package grid

import (
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

var weekdays = [...]string{"日", "一", "二", "三", "四", "五", "六"}

// lastSerial is 9999-12-31, the last day that Excel knows.
const lastSerial = 2958465

// serialTime turns a day number into a time. Day 1 is 1900-01-01; Excel counts
// a 1900-02-29 that was none as day 60, so later days are one less than they
// seem. In the 1904 system day 0 is 1904-01-01.
func serialTime(n float64, date4 bool) (time.Time, bool) {
	if date4 {
		n += 1462
	}
	if n < 0 || n >= lastSerial+1 {
		return time.Time{}, false
	}
	day, part := math.Modf(n)
	if day < 60 {
		day++
	}
	t := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(day))
	return t.Add(time.Duration(math.Round(part*86400e3)) * time.Millisecond), true
}

// timeSerial is the inverse of serialTime for dates since 1900-03-01.
func timeSerial(t time.Time, date4 bool) float64 {
	d := float64(t.Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC))) / float64(24*time.Hour)
	if date4 {
		d -= 1462
	}
	return d
}

// showDate writes the day number n; a number that is no day is shown as a number.
func (s *section) showDate(n float64, date4 bool) (string, bool) {
	t, ok := serialTime(n, date4)
	if !ok {
		return general(n), true
	}
	if s.subsec == 0 {
		t = t.Round(time.Second)
	}
	day := t.Day()
	if !date4 && n < 1 {
		day = 0 // Excel shows 1900/1/0 and, for its leap day, 1900/2/29
		t = t.AddDate(0, 0, 1)
	} else if !date4 && n >= 60 && n < 61 {
		day = 29
	}
	var b strings.Builder
	for _, p := range s.parts {
		switch p.kind {
		case literal:
			b.WriteString(p.text)
		case minutePart:
			b.WriteString(padded(t.Minute(), len(p.text)))
		case halfDay:
			b.WriteString(halfOf(p.text, t.Hour() >= 12))
		case elapsed:
			b.WriteString(padded(int(n*float64(map[byte]int{'h': 24, 'm': 1440, 's': 86400}[p.text[0]])+1e-6), len(p.text)))
		case datePart:
			b.WriteString(s.dateField(t, day, p.text))
		}
	}
	return b.String(), true
}

func halfOf(word string, after bool) string {
	am, pm, _ := strings.Cut(word, "/")
	if after {
		return pm
	}
	return am
}

func (s *section) dateField(t time.Time, day int, letters string) string {
	n := len(letters)
	switch letters[0] {
	case 'y':
		if n <= 2 {
			return padded(t.Year()%100, 2)
		}
		return padded(t.Year(), 4)
	case 'e':
		return strconv.Itoa(t.Year())
	case 'm':
		switch n {
		case 1, 2:
			return padded(int(t.Month()), n)
		case 3:
			return t.Format("Jan")
		case 5:
			return t.Format("Jan")[:1]
		}
		return t.Format("January")
	case 'd':
		switch n {
		case 1, 2:
			return padded(day, n)
		case 3:
			return t.Format("Mon")
		}
		return t.Format("Monday")
	case 'a':
		if n >= 4 {
			return "星期" + weekdays[t.Weekday()]
		}
		return weekdays[t.Weekday()]
	case 'h':
		h := t.Hour()
		if s.half {
			h = (h+11)%12 + 1
		}
		return padded(h, n)
	case 's':
		return padded(t.Second(), n)
	case '.':
		return t.Format("." + strings.Repeat("0", min(n-1, 9)))
	}
	return ""
}

func padded(n, width int) string {
	s := strconv.Itoa(n)
	if width = min(width, 4); len(s) < width {
		s = strings.Repeat("0", width-len(s)) + s
	}
	return s
}

// isoDate shows a date that is stored as text, 2022-01-31T08:00:00.
func (w *workbook) isoDate(c *Cell, style int) {
	c.Text = string(w.buf)
	for _, layout := range [...]string{"2006-01-02T15:04:05", "2006-01-02T15:04:05Z", "2006-01-02"} {
		t, err := time.Parse(layout, c.Text)
		if err != nil {
			continue
		}
		c.Number, c.IsNumber, c.IsDate = timeSerial(t, w.date4), true, true
		f := w.styles.format(style)
		if !f.date {
			f = parseNumFmt(builtin[14])
		}
		if text, ok := f.show(c.Number, w.date4); ok {
			c.Text = text
		}
		return
	}
}

// runeLen is the length of the first character of s, 0 for "".
func runeLen(s string) int {
	_, n := utf8.DecodeRuneInString(s)
	return n
}
