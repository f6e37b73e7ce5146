package forms

import (
	"regexp"
	"strconv"
	"strings"

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
	// A year has no digit beside it: 200000 is a sum.
	yearPattern      = regexp.MustCompile(`(?:^|[^\d.,，])(20[0-4]\d)(?:\s*(?:年度?|学年)|[^\d.,，]|\.(?:0?[1-9]|1[0-2])(?:\D|$)|$)`)
	titleYearPattern = regexp.MustCompile(`(?:^|\D)(20[0-4]\d)\s*年`)
	severalYears     = regexp.MustCompile(`20\d\d.*20\d\d`)
	coverYear        = regexp.MustCompile(`^[(（]?\s*(20[0-4]\d)(?:\s*[年\-—~至上下][\d\-—~至、月季半上下年度\s]*)?\s*[)）]?$`)
)

// readHead reads the fields of a form's head by their labels: the value stands
// in the label's own cell behind a colon, in the next cell, or below.
func (v view) readHead(f *fields) {
	if f.rank == nil {
		f.rank = map[string]float64{}
	}
	for r := v.r0; r < v.r1; r++ {
		row := v.row(r)
		if v.isListHead(r) {
			continue
		}
		if v.isTitle(r) {
			f.setTitle(v.text(row[0]), v.address(row[0]))
			f.noteMoney(v.text(row[0]))
			continue
		}
		if v.uniform(r) {
			row = row[:1] // a merged cell whose text was repeated
		}
		for i, s := range row {
			if !s.own {
				continue
			}
			text := v.text(s)
			if len(text) < 80 {
				f.noteMoney(text)
			}
			if len(row) == 1 || len(row) == 2 && strings.ContainsAny(text, "年(（") && !v.isLabel(row[0]) {
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

// isListHead reports whether row r heads a list, such as that of contents: a
// column of numbers stands before words for the others.
func (v view) isListHead(r int) bool {
	row := v.row(r)
	if len(row) < 2 || !row[0].own {
		return false
	}
	e, exact := v.columnOf(row[0])
	if !exact || e.role != seq {
		return false
	}
	_, number := parseFigure(v.text(row[1]))
	return !number
}

// listed reports whether the cells below row r in column c go on with texts
// that are no labels: a list stands there, not one value.
func (v view) listed(r, c int) bool {
	x, ok := v.at(r+1, c)
	return ok && x.own && !v.isLabel(x) && !v.states(x) && len(v.row(r+1)) == len(v.row(r))
}

// states reports whether a cell holds a label with its value: 填报日期：3月1日.
func (v view) states(s slot) bool {
	text := v.text(s)
	i := strings.IndexAny(text, ":：")
	if i <= 0 {
		return false
	}
	_, start, ok := labelBefore(text[:i])
	return ok && start == 0
}

// valueOf returns the cell that holds the value of the label in slot i of row r.
func (v view) valueOf(r, i int) (slot, bool) {
	row := v.row(r)
	s := row[i]
	c := &v.g.Cells[s.cell]
	if i+1 < len(row) {
		next := row[i+1]
		if v.states(next) {
			return slot{}, false
		}
		if !v.isLabel(next) || v.named(row, i) {
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
	if !v.below(r, 0) {
		return slot{}, false
	}
	for below := c.Row + max(c.RowSpan, 1); below < v.r1; below++ {
		x, ok := v.at(below, s.c0)
		if !ok {
			return slot{}, false
		}
		if x.cell == s.cell {
			continue
		}
		_, sum := parseFigure(v.text(x))
		if v.listed(below, s.c0) {
			return slot{}, false
		}
		if v.isLabel(x) || !x.own || x.c0 != s.c0 && x.c1 > s.c1 || sum && !coverYear.MatchString(v.text(x)) {
			return slot{}, false
		}
		return x, true
	}
	return slot{}, false
}

// named reports whether the cell right behind the label in slot i of a row is what
// the label asks for although it ends as other labels or words of the budget do:
// 学校公用经费预算, 完成全年绩效目标. Words that forms use themselves are never taken for
// names; one that only ends like a label must close the row.
func (v view) named(row []slot, i int) bool {
	if i < 0 || i+1 >= len(row) {
		return false
	}
	label, s := row[i], row[i+1]
	e, ok := v.labelAt(label)
	if !ok || s.c0 != label.c1 || !label.own || !s.own {
		return false
	}
	switch e.role {
	case "project", "unit", "department", "region", "goal":
	default:
		return false
	}
	k := v.key(s)
	if words().isLabel(k) || words().isBudget(k) {
		return false
	}
	_, like := v.labelAt(s)
	return !like || i+2 == len(row)
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
		if m == nil || e.weight < 1 && severalYears.MatchString(value) {
			return // 实施年度 may be a span of years, which is not the form's
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
