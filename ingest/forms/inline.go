package forms

// Fields behind a colon, and what titles and headings say.

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"yardstick"
)

// inline reads “label：value” from a text, several of them if blanks or line
// breaks part them. It reports whether the text is of that kind.
func (f *fields) inline(text, cell string) bool {
	if !strings.ContainsAny(text, ":：") {
		return false
	}
	type hit struct {
		e          entry
		start, end int // of the value
	}
	var hits []hit
	from := 0
	for i, r := range text {
		if r != ':' && r != '：' {
			continue
		}
		e, start, ok := labelBefore(text[from:i])
		if !ok {
			continue
		}
		if n := len(hits); n > 0 {
			hits[n-1].end = from + start
		}
		from = i + utf8.RuneLen(r)
		hits = append(hits, hit{e, from, len(text)})
	}
	if len(hits) == 0 {
		return false
	}
	found := false
	for _, h := range hits {
		if val := strings.Trim(strings.TrimFunc(text[h.start:h.end], blank), "；;，,"); val != "" {
			f.set(h.e, val, cell)
			found = true
		}
	}
	return found
}

// labelBefore finds the label that ends s, and where it begins: all of s, or
// what follows the last or last but one blank or stop in it.
func labelBefore(s string) (e entry, start int, ok bool) {
	for cut := len(s); cut > 0; {
		cut = strings.LastIndexFunc(s[:cut], func(r rune) bool { return blank(r) || strings.ContainsRune("；;，,。、", r) })
		start = 0
		if cut >= 0 {
			_, size := utf8.DecodeRuneInString(s[cut:])
			start = cut + size
		}
		if len(s)-start > 60 {
			return entry{}, 0, false
		}
		if e, ok = words().labelOf(fold(s[start:])); ok {
			return e, start, true
		}
		if cut < 0 {
			break
		}
	}
	return entry{}, 0, false
}

// setTitle keeps the first title, and the year it states.
func (f *fields) setTitle(text, cell string) {
	if f.title.Value == "" || f.heading {
		f.title = yardstick.Text{Value: text, Raw: text, Cell: cell}
		f.heading = cell == ""
	}
	if m := titleYearPattern.FindStringSubmatch(fold(text)); m != nil {
		f.noteYear(m[1], text, cell, 0.6)
	}
}

// setCoverYear reads a cell that holds nothing but a year: （2022年度）.
func (f *fields) setCoverYear(text, cell string) {
	if m := coverYear.FindStringSubmatch(strings.TrimSpace(text)); m != nil {
		f.noteYear(m[1], text, cell, 0.8)
	}
}

// mention takes the year that a heading speaks of, for want of a better one.
func (f *fields) mention(text, cell string) {
	if runes(text) > 60 || !strings.Contains(text, "绩效") {
		return
	}
	if m := titleYearPattern.FindStringSubmatch(fold(text)); m != nil && f.rank["year"] == 0 {
		f.noteYear(m[1], text, cell, 0.3)
	}
}

func (f *fields) noteYear(year, raw, cell string, weight float64) {
	y, _ := strconv.Atoi(year)
	f.years = append(f.years, y)
	if f.rank["year"] < weight {
		f.rank["year"] = weight
		f.year = number(float64(y), true, raw, cell)
	}
}

// noteMoney keeps the unit of money that the head states for the whole form.
func (f *fields) noteMoney(text string) {
	k := fold(text)
	if !strings.Contains(k, "单位:") && !strings.Contains(k, "金额单位") {
		return
	}
	if u := moneyUnit(k); u != "" && f.money == "" {
		f.money = u
	}
}

// readHeading reads the paragraphs before a table.
func (f *fields) readHeading(paragraphs []string) {
	if f.rank == nil {
		f.rank = map[string]float64{}
	}
	for _, p := range paragraphs {
		text := squeeze(p)
		if text == "" || len(text) > 600 {
			continue
		}
		f.noteMoney(text)
		if k := fold(text); titleText(k) {
			f.title = yardstick.Text{}
			f.setTitle(text, "")
			continue
		}
		f.setCoverYear(text, "")
		f.mention(text, "")
		f.inline(text, "")
	}
}

// inherit takes what f does not state from a cover sheet or the table before.
func (f *fields) inherit(c *fields) {
	take := func(to *yardstick.Text, from yardstick.Text) {
		if to.Value == "" {
			*to = from
		}
	}
	take(&f.department, c.department)
	take(&f.unit, c.unit)
	take(&f.region, c.region)
	if !f.year.Known {
		f.year = c.year
	}
	if f.money == "" {
		f.money = c.money
	}
}
