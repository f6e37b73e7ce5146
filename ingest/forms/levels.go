package forms

import (
	"regexp"
	"strings"

	"yardstick"
	"yardstick/indicators"
)

// level is what a row shows in a level column.
type level struct {
	text    yardstick.Text
	points  float64 // points written into the cell
	pointed bool    // points is stated
	start   int     // row of the cell that states it
	doubt   bool    // it was not stated for this row
}

// pointsPattern finds points inside a level cell: 产出指标(50分), 数量指标15分.
var pointsPattern = regexp.MustCompile(`[(（\[【]?\s*(\d+(?:\.\d+)?)\s*([-—~至]\s*\d+)?\s*[)）]?\s*分\s*[)）\]】]?`)

// weightPattern finds points written with their word: 产出指标（分值50）.
var weightPattern = regexp.MustCompile(`[(（]\s*(?:分值|权重|占比|满分|计)\s*[:：]?\s*(\d+(?:\.\d+)?)\s*[分%％]*\s*[)）]`)

// bracketPoints finds a number in brackets behind a level: 产出指标（50）.
var bracketPoints = regexp.MustCompile(`\s*[(（]\s*(\d+(?:\.\d+)?)\s*[)）]\s*$`)

// usualLevel reports whether a text names a level as forms usually do.
func usualLevel(s string) bool {
	_, is1 := indicators.CanonicalLevel1(s)
	_, is2 := indicators.CanonicalLevel2(s)
	return is1 || is2
}

// splitPoints takes the points out of the text of a level cell.
func splitPoints(s string) (text string, points float64, pointed bool) {
	m := weightPattern.FindStringSubmatchIndex(s)
	if m == nil {
		m = pointsPattern.FindStringSubmatchIndex(s)
	}
	if m == nil {
		if m = bracketPoints.FindStringSubmatchIndex(s); m == nil || !usualLevel(s[:m[0]]) {
			return s, 0, false
		}
	}
	f, ok := parseFigure(s[m[2]:m[3]])
	rest := strings.TrimFunc(s[:m[0]]+s[m[1]:], blank)
	if len(m) > 4 && m[4] >= 0 {
		ok = false // a range of points states none
	}
	return strings.Trim(rest, "：:，,、"), f.value, ok
}

// levelNumber finds the number that orders a level: 一、 （二） 3.
var levelNumber = regexp.MustCompile(`^(?:[（(]\s*[一二三四五六七八九十\d]{1,2}\s*[)）]|[一二三四五六七八九十\d]{1,2}\s*[、．.])\s*`)

// levelText reads the text of a level cell.
func (b *block) levelText(s slot) level {
	raw := b.h.text(s)
	text, p, ok := splitPoints(raw)
	if text == "" && !ok && !strings.Contains(raw, "分") {
		text = raw
	}
	if dash(text) {
		text = ""
	}
	text = levelNumber.ReplaceAllString(text, "")
	return level{text: yardstick.Text{Value: text, Raw: raw, Cell: b.h.address(s)}, points: p, pointed: ok,
		start: b.h.g.Cells[s.cell].Row}
}

// levels resolves one level column for the block's rows. outer is the level
// above it, nil for level 1: a level 2 is not carried over into another level 1.
func (b *block) levels(ro role, outer []level) []level {
	out := make([]level, len(b.rows))
	i := b.h.indexOf(ro)
	if i < 0 && ro != level1 {
		return out
	}
	var p part // without a column, sections alone state level 1
	if i >= 0 {
		p = b.h.parts[i]
	}
	stated := make([]bool, len(b.rows)) // by a cell, its own or merged
	empty := make([]bool, len(b.rows))  // a merged cell without content
	repeated, last := false, ""
	for j, rw := range b.rows {
		if rw.kind == sectionRow && ro == level1 {
			if s := b.h.row(rw.r); len(s) > 0 {
				out[j], stated[j] = b.levelText(s[len(s)-1]), true
			}
			last = ""
			continue
		}
		if rw.kind != lineRow {
			last = ""
			continue
		}
		s, ok := b.partSlot(rw.r, p)
		if !ok {
			if c, covered := b.h.g.At(rw.r, p.c0); covered && c.RowSpan > 1 {
				empty[j] = true
			}
			last = ""
			continue
		}
		out[j], stated[j] = b.levelText(s), true
		if s.own && out[j].text.Value == last && last != "" {
			repeated = true
		}
		last = out[j].text.Value
	}
	if ro == level1 && b.midSpan(out, stated, empty) {
		return out
	}
	b.carry(out, stated, empty, repeated, outer)
	return out
}

// partSlot returns the cell with content below a header cell in row r; a cell
// that begins further left belongs to the column there.
func (b *block) partSlot(r int, p part) (slot, bool) {
	for c := p.c0; c < p.c1; c++ {
		if s, ok := b.h.at(r, c); ok && (s.c0 >= p.c0 || b.h.roleAt(max(s.c0, b.h.c0)) == p.role) {
			return s, true
		}
	}
	return slot{}, false
}

// carry fills blank level cells from above, as forms show a level once where
// cells were not merged. It stops at another level above and at a merged blank.
func (b *block) carry(out []level, stated, empty []bool, repeated bool, outer []level) {
	have := false
	var cur level
	for j, rw := range b.rows {
		if rw.kind == repeatRow {
			continue
		}
		if rw.kind == subtotalRow {
			continue
		}
		if rw.kind == totalRow {
			have = false
			continue
		}
		if outer != nil && j > 0 && have && outer[j].text.Value != outer[j-1].text.Value && b.rows[j-1].kind == lineRow {
			have = false
		}
		switch {
		case stated[j]:
			cur, have = out[j], true
		case empty[j]:
			have = false
		case have && !(repeated && outer != nil):
			out[j] = cur
			out[j].doubt = repeated
		}
	}
}

// midSpan handles a level that stands in the middle row of its span without
// merged cells: 产出指标 on the fifth of nine rows. It applies only if the first
// rows are blank, and gives up if the spans do not fit together.
func (b *block) midSpan(out []level, stated, empty []bool) bool {
	var rows, at []int // indexes of line rows; positions in rows that state a level
	named := b.h.indexOf(name) >= 0
	for j, rw := range b.rows {
		if rw.kind == sectionRow {
			return false
		}
		if rw.kind != lineRow {
			continue
		}
		if empty[j] {
			return false
		}
		if named && !stated[j] && !b.hasName(b.h.view, rw.r) {
			continue
		}
		if stated[j] {
			at = append(at, len(rows))
		}
		rows = append(rows, j)
	}
	if len(at) == 0 || at[0] == 0 {
		return false
	}
	ends := spans(at, len(rows), b.mismatch(out, rows, at))
	if ends == nil {
		// Nearest label: better than none, and doubtful.
		ends = make([]int, len(at))
		for i := range at {
			ends[i] = len(rows)
			if i+1 < len(at) {
				ends[i] = (at[i]+at[i+1])/2 + 1
			}
		}
	}
	pos := 0
	for i, e := range ends {
		for ; pos < e; pos++ {
			if j := rows[pos]; !stated[j] {
				out[j] = out[rows[at[i]]]
				out[j].doubt = true
			}
		}
	}
	return true
}

// mismatch returns a function that says whether the row at position pos has a
// level 2 that belongs below another class than label i states.
func (b *block) mismatch(out []level, rows, at []int) func(i, pos int) bool {
	classes := make([]string, len(rows))
	if k := b.h.indexOf(level2); k >= 0 {
		cur := ""
		for pos, j := range rows {
			if s, ok := b.partSlot(b.rows[j].r, b.h.parts[k]); ok {
				cur = level2Class(b.h.text(s))
			}
			classes[pos] = cur
		}
	}
	return func(i, pos int) bool {
		label := out[rows[at[i]]].text.Value
		c := classes[pos]
		if c == "" || !strings.ContainsAny(label, "产效满") {
			return false
		}
		return !strings.Contains(label, c) && !(c == "效益" && strings.Contains(label, "效果"))
	}
}

// spans finds contiguous spans over n rows whose middle rows are at, and
// returns their ends; nil if there are none. In a span of even length the
// middle is either of the two. Of several solutions it takes that with the
// fewest rows for which mismatch holds, then that with the middle rounded down.
func spans(at []int, n int, mismatch func(i, pos int) bool) []int {
	if len(at) > 100 {
		return nil
	}
	type state struct{ i, s int }
	type answer struct {
		cost, end int
		ok        bool
	}
	memo := map[state]answer{}
	var solve func(i, s int) answer
	solve = func(i, s int) answer {
		if i == len(at) {
			return answer{ok: s == n}
		}
		if s > at[i] {
			return answer{}
		}
		if a, done := memo[state{i, s}]; done {
			return a
		}
		var best answer
		for k, length := range [...]int{2*(at[i]-s) + 1, 2*(at[i]-s) + 2, 2 * (at[i] - s)} {
			e := s + length
			if e <= at[i] || e > n {
				continue
			}
			rest := solve(i+1, e)
			if !rest.ok {
				continue
			}
			cost := rest.cost
			if k == 2 {
				cost++
			}
			for pos := s; pos < e; pos++ {
				if mismatch(i, pos) {
					cost += 100
				}
			}
			if !best.ok || cost < best.cost {
				best = answer{cost, e, true}
			}
		}
		memo[state{i, s}] = best
		return best
	}
	if !solve(0, 0).ok {
		return nil
	}
	ends := make([]int, len(at))
	for i, s := 0, 0; i < len(at); i++ {
		ends[i] = memo[state{i, s}].end
		s = ends[i]
	}
	return ends
}

// level2Class returns the class above a usual level-2 name, such as 产出 for
// 数量指标, or "" if the name is not one.
func level2Class(text string) string {
	if _, ok := indicators.CanonicalLevel2(text); !ok {
		return ""
	}
	c, ok := indicators.Classify("", text)
	if !ok {
		return ""
	}
	return strings.TrimSuffix(c.Level1, "指标")
}
