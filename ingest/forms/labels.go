package forms

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"yardstick"
)

// fields are what the head of a form, or a cover sheet, states.
type fields struct {
	title, project, department, unit, region yardstick.Text
	goal, goalLong, goalActual, grade        yardstick.Text
	year, total                              yardstick.Number
	rank                                     map[string]float64 // weight of the label that a field was read from
	years                                    []int              // every year stated, to find contradictions
	money                                    string             // unit of money that the head states, "" if none
	heading                                  bool               // title comes from the paragraphs before the table
}

var (
	yearPattern      = regexp.MustCompile(`(20[0-4]\d)\s*(?:年度?|学年)?`)
	titleYearPattern = regexp.MustCompile(`(20[0-4]\d)\s*年`)
	coverYear        = regexp.MustCompile(`^[(（]?\s*(20[0-4]\d)\s*年?\s*度?\s*[\d\-—~至、月季半上下年度]*\s*[)）]?$`)
)

// readHead reads the fields of a form's head by their labels: the value stands
// in the label's own cell behind a colon, in the next cell, or below.
func (v view) readHead(f *fields) {
	if f.rank == nil {
		f.rank = map[string]float64{}
	}
	for r := v.r0; r < v.r1; r++ {
		row := v.row(r)
		if v.isTitle(r) {
			f.setTitle(v.text(row[0]), v.address(row[0]))
			f.noteMoney(v.text(row[0]))
			continue
		}
		for i, s := range row {
			if !s.own {
				continue
			}
			text := v.text(s)
			if len(text) < 80 {
				f.noteMoney(text)
			}
			if len(row) <= 2 {
				f.setCoverYear(text, v.address(s))
			}
			if len(row) == 1 {
				f.mention(text, v.address(s))
			}
			if f.inline(text, v.address(s)) {
				continue
			}
			e, ok := v.labelAt(s)
			if !ok || e.role == "drop" || e.role == "other" {
				continue
			}
			if val, ok := v.valueOf(r, i); ok || (e.role == "goal" || e.role == "goal_actual") && v.goalBelow(r, i, &val) {
				f.set(e, v.text(val), v.address(val))
			}
		}
	}
}

// valueOf returns the cell that holds the value of the label in slot i of row r.
func (v view) valueOf(r, i int) (slot, bool) {
	row := v.row(r)
	s := row[i]
	c := &v.g.Cells[s.cell]
	if i+1 < len(row) {
		next := row[i+1]
		if !v.isLabel(next) {
			// Cells without content between label and value are common, another
			// label's blank value is not.
			return next, true
		}
		if next.c0 > s.c1 || !v.below(r, i) {
			return slot{}, false // a blank value cell stands between two labels
		}
	} else if s.c1 < v.lastFilled(r) {
		return slot{}, false
	}
	// A row of labels has its values below.
	for below := c.Row + max(c.RowSpan, 1); below < v.r1; below++ {
		x, ok := v.at(below, s.c0)
		if !ok {
			return slot{}, false
		}
		if x.cell == s.cell {
			continue
		}
		if v.isLabel(x) || !x.own || x.c0 != s.c0 && x.c1 > s.c1 {
			return slot{}, false
		}
		return x, true
	}
	return slot{}, false
}

// goalBelow finds the text below 预期目标 and 实际完成情况 where the cells between
// the two words are not merged.
func (v view) goalBelow(r, i int, val *slot) bool {
	s := v.row(r)[i]
	if !v.below(r, i) || r+1 >= v.r1 {
		return false
	}
	x, ok := v.at(r+1, s.c0)
	if !ok || !x.own || v.isLabel(x) || x.c0 != s.c0 {
		return false
	}
	if e, _ := v.columnOf(x); e.role == level1 || e.role == level2 || e.role == name {
		return false
	}
	*val = x
	return true
}

// below reports whether the row's labels have their values in the row below:
// every cell of the row is a label.
func (v view) below(r, i int) bool {
	for _, s := range v.row(r)[i:] {
		if !v.isLabel(s) {
			return false
		}
	}
	return true
}

// lastFilled returns the column behind the last cell of row r, content or not:
// a label with blank cells to its right has a blank value.
func (v view) lastFilled(r int) int {
	for c := v.c1 - 1; c >= v.c0; c-- {
		if cell, ok := v.g.At(r, c); ok && cell.Row == r {
			return c + 1
		}
	}
	return v.c0
}

// isLabel reports whether a cell names a field or a budget column.
func (v view) isLabel(s slot) bool {
	k := v.key(s)
	if k == "" {
		return false
	}
	if _, ok := v.labelAt(s); ok {
		return true
	}
	if e, ok := v.budgetAt(s); ok && e.role != "detail" {
		return true
	}
	return false
}

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

// set keeps a field's value; of two labels with one meaning the one of greater
// weight wins, the first of equals.
func (f *fields) set(e entry, value, cell string) {
	if e.role == "drop" || e.role == "other" || dash(value) {
		return
	}
	if f.rank[string(e.role)] >= e.weight {
		return
	}
	t := yardstick.Text{Value: value, Raw: value, Cell: cell}
	switch e.role {
	case "project":
		f.project = t
	case "department":
		f.department = t
	case "unit":
		f.unit = t
	case "region":
		f.region = t
	case "goal":
		f.goal = t
	case "goal_long":
		f.goalLong = t
	case "goal_actual":
		f.goalActual = t
	case "grade":
		if runes(value) > 8 {
			return
		}
		f.grade = t
	case "year":
		m := yearPattern.FindStringSubmatch(value)
		if m == nil {
			return
		}
		y, _ := strconv.Atoi(m[1])
		f.years = append(f.years, y)
		f.year = number(float64(y), true, value, cell)
	case "total_score":
		x, known, _ := points(value)
		if !known {
			return
		}
		f.total = number(x, true, value, cell)
	default:
		return
	}
	f.rank[string(e.role)] = e.weight
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
