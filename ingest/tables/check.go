package tables

import (
	"strings"

	"yardstick"
)

// check finds empty required cells, and reads kinds and years.
func (t *transformer) check() {
	n := t.c.rows
	for _, f := range t.plan.required {
		cells := t.text[f]
		if part := t.parts[f][1]; part.given() {
			cells = part
		}
		if cells.col == nil && cells.fixed != "" {
			continue
		}
		for i := range n {
			if blank(cells.at(i)) {
				t.reject(i, f, yardstick.RowMissing, "是空的，这一列必填", "")
			}
		}
	}
	t.kind = append(t.kind[:0], make([]yardstick.FormKind, n)...)
	kinds := t.text[fKind]
	for i := range n {
		s := kinds.at(i)
		if i > 0 && !t.bad[i-1] && s == string(t.kind[i-1]) {
			t.kind[i] = t.kind[i-1]
			continue
		}
		if t.bad[i] {
			continue
		}
		k := yardstick.FormKind(strings.Clone(s))
		if k.Title() == string(k) {
			t.reject(i, fKind, yardstick.RowUnknownValue, "的“"+shorten(string(k), 40)+"”不是表的种类；在映射文件的 [values.kind] 里写明它是什么", string(k))
			continue
		}
		t.kind[i] = k
	}
	t.year = append(t.year[:0], make([]int32, n)...)
	if t.plan.fields[fYear] == nil {
		return
	}
	years, last := t.text[fYear], -1
	for i := range n {
		s := years.at(i)
		if last >= 0 && s == years.at(last) {
			t.year[i] = t.year[last]
			continue
		}
		if blank(s) {
			continue
		}
		y, ok := parseYear(s)
		if !ok {
			t.reject(i, fYear, yardstick.RowNumber, "应是四位数的年份，现为“"+shorten(strings.Clone(s), 40)+"”", strings.Clone(s))
			continue
		}
		t.year[i], last = int32(y), i
	}
}

// numbers reads a column of plain numbers; NaN stands for an empty cell. It is
// nil if the field is not mapped.
func (t *transformer) numbers(f field) []float64 {
	if t.plan.fields[f] == nil {
		return nil
	}
	out := make([]float64, t.c.rows)
	col := t.text[f]
	for i := range out {
		s := col.at(i)
		if len(s) > 0 && len(s) <= 3 {
			if v, ok := small(s); ok {
				out[i] = v
				continue
			}
		}
		n := t.number(f, i, s)
		out[i] = n.value
		if !n.known {
			out[i] = nan
		}
	}
	return out
}

// small reads up to three digits.
func small(s string) (float64, bool) {
	n := 0
	for i := range len(s) {
		c := s[i] - '0'
		if c > 9 {
			return 0, false
		}
		n = 10*n + int(c)
	}
	return float64(n), true
}

// number reads the cell of a number or sum, and rejects the row if it can't be
// read.
func (t *transformer) number(f field, row int, s string) (n sum) {
	if blank(s) {
		return n
	}
	want := "应是数字"
	if fieldTable[f].use == useMoney {
		n.value, n.known = parseMoney(s, t.plan.fields[f].scale)
		want = "应是金额"
	} else {
		n.value, n.known = parseNumber(s)
	}
	if !n.known {
		t.reject(row, f, yardstick.RowNumber, want+"，现为“"+shorten(strings.Clone(s), 40)+"”", strings.Clone(s))
	}
	return n
}

// parse reads a column of values. Rows that are rejected meanwhile do no harm.
func (t *transformer) parse(f field) []uint32 {
	out := make([]uint32, t.c.rows)
	p := t.values[f]
	p.begin()
	if t.plan.fields[f].parts[1] != nil {
		parts := t.parts[f]
		for i := range out {
			out[i] = p.parseParts(parts[0].at(i), parts[1].at(i), parts[2].at(i))
		}
		return out
	}
	col := t.text[f]
	for i := range out {
		out[i] = p.parse(col.at(i))
	}
	return out
}
