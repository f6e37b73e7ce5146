package forms

import (
	"regexp"
	"strings"

	"yardstick"
	"yardstick/indicators"
)

// raw is the text of a value before it is parsed, as one to three parts.
type raw struct {
	op, value, unit string
	cell            string
	split           bool // the parts stand in cells of their own
}

// parse reads the value. The raw text of a value in one cell is what stands
// there.
func (v raw) parse() yardstick.Measure {
	if v.op == "" && v.unit == "" {
		if strings.TrimSpace(v.value) == "" {
			return yardstick.Measure{}
		}
		return yardstick.Measure{Value: indicators.Parse(v.value), Cell: v.cell}
	}
	return yardstick.Measure{Value: indicators.ParseParts(v.op, v.value, v.unit), Cell: v.cell}
}

// empty reports whether nothing is stated: an operator or unit alone is a
// template's.
func (v raw) empty() bool {
	return dash(v.value) || v.value == "" || operatorText(fold(v.value)) && v.value != "定性"
}

// target reads the target of row r: operator, number and unit in one, two or
// three cells, thresholds for 优 良 中 差, or one value for each region.
func (x *body) target(r int) raw {
	if len(x.tiers) > 1 {
		if t := x.tierTarget(r); t.value != "" {
			return t
		}
	}
	if len(x.regions) > 0 {
		return x.regionTarget(r)
	}
	ss := x.slots(r, target)
	var t raw
	if len(ss) > 1 {
		t = x.splitCells(ss)
	} else if len(ss) == 1 {
		t = raw{value: x.h.text(ss[0]), cell: x.h.address(ss[0])}
	}
	if op, s, ok := x.text(r, operator); ok {
		t.split = true
		if t.op == "" && !strings.HasPrefix(fold(t.value), fold(op)) {
			t.op = op
		}
		if t.cell == "" {
			t.cell = x.h.address(s)
		}
	}
	if u, _, ok := x.text(r, unit); ok && !dash(u) {
		t.split = true
		if t.unit == "" && !strings.HasSuffix(fold(t.value), fold(u)) {
			t.unit = u
		}
	}
	if t.value == "" && fold(t.op) == "定性" {
		t.op = "" // the mark alone states no target
	}
	if t.value == "" && (t.op != "" || t.unit != "") {
		// A template's comparison or unit without a number.
		return raw{cell: t.cell, split: true}
	}
	return t
}

// splitCells reads a value that several cells below one header word hold.
func (x *body) splitCells(ss []slot) raw {
	t := raw{split: true}
	var mid []string
	same := true
	for _, s := range ss {
		same = same && x.h.key(s) == x.h.key(ss[0])
	}
	if same && x.h.key(ss[0]) != "" {
		return raw{value: x.h.text(ss[0]), cell: x.h.address(ss[0])} // repeated instead of merged
	}
	for i, s := range ss {
		text := x.h.text(s)
		switch {
		case i == 0 && operatorText(x.h.key(s)):
			t.op = text
		case i == len(ss)-1 && t.cell != "" && !startsWithDigit(text):
			t.unit = text
		default:
			mid = append(mid, text)
			if t.cell == "" {
				t.cell = x.h.address(s)
			}
		}
	}
	t.value = strings.Join(mid, " ")
	if t.value == "" && t.unit != "" {
		t.value, t.unit = t.unit, ""
	}
	if t.cell == "" {
		t.cell = x.h.address(ss[0])
	}
	return t
}

func startsWithDigit(s string) bool {
	s = fold(s)
	return s != "" && s[0] >= '0' && s[0] <= '9'
}

// tierTarget joins the thresholds for 优 良 中 差 to one text.
func (x *body) tierTarget(r int) raw {
	var parts []string
	t := raw{}
	if text, s, ok := x.text(r, target); ok && !dash(text) {
		parts = append(parts, text+";")
		t.cell = x.h.address(s)
	}
	for _, i := range x.tiers {
		p := x.h.parts[i]
		s, ok := x.partSlot(r, p)
		if !ok || dash(x.h.text(s)) {
			continue
		}
		if t.cell == "" {
			t.cell = x.h.address(s)
		}
		parts = append(parts, bare(p.word)+x.h.text(s))
	}
	t.value = strings.TrimSuffix(strings.ReplaceAll(strings.Join(parts, " "), "; ", ";"), ";")
	return t
}

// totalRegion finds the column of all regions together.
var totalRegion = regexp.MustCompile(`^(合计|总计|小计|全省|全市|全县|全区|全州|全国|全年|年度|总目标值?|总[量数值]|汇总)`)

// regionTarget takes the column of all regions together, or lists the regions.
func (x *body) regionTarget(r int) raw {
	var parts []string
	t := raw{}
	for _, i := range x.regions {
		p := x.h.parts[i]
		s, ok := x.partSlot(r, p)
		if !ok || dash(x.h.text(s)) {
			continue
		}
		if totalRegion.MatchString(bare(p.word)) {
			return raw{value: x.h.text(s), cell: x.h.address(s)}
		}
		if t.cell == "" {
			t.cell = x.h.address(s)
		}
		parts = append(parts, p.text+"："+x.h.text(s))
		if len(x.regions) == 1 {
			parts[0] = x.h.text(s)
		}
	}
	t.value = strings.Join(parts, "；")
	return t
}

// list turns a target of several regions into a list with their names.
func (x *body) list(r int, m *yardstick.Measure) {
	if len(x.regions) < 2 || !strings.Contains(m.Raw, "；") {
		return
	}
	v := indicators.Value{Raw: m.Raw, Kind: indicators.List}
	for _, i := range x.regions {
		p := x.h.parts[i]
		if s, ok := x.partSlot(r, p); ok && !dash(x.h.text(s)) {
			v.Items = append(v.Items, indicators.Parse(x.h.text(s)))
			v.Labels = append(v.Labels, p.text)
		}
	}
	m.Value = v
}

// actual reads the actual value of row r.
func (x *body) actual(r int, ro role) raw {
	ss := x.slots(r, ro)
	var t raw
	switch {
	case len(ss) > 1:
		t = x.splitCells(ss)
	case len(ss) == 1:
		t = raw{value: x.h.text(ss[0]), cell: x.h.address(ss[0])}
	}
	if ro == actual {
		if u, _, ok := x.text(r, actualUnit); ok && !dash(u) && !strings.HasSuffix(fold(t.value), fold(u)) {
			t.unit = u
		}
	}
	if t.value == "" {
		return raw{}
	}
	return t
}

// nameUnit finds a comparison with a placeholder and its unit at the end of a
// name: 流转土地面积（≥**亩）.
var nameUnit = regexp.MustCompile(`[(（]?\s*(≥|≤|>=|<=|＞|＜|>|<|=|≧|≦)\s*[*＊x×X_]{1,6}\s*([^)）*\d]{0,8})\s*[)）]?\s*$`)

// fromName completes a bare number by the unit that the name states.
func fromName(name string, m *yardstick.Measure) bool {
	g := nameUnit.FindStringSubmatch(name)
	if g == nil || m.Kind != indicators.Number || m.Unit.Name != "" || strings.TrimSpace(g[2]) == "" {
		return false
	}
	v := indicators.Parse(m.Raw + strings.TrimSpace(g[2]))
	if v.Kind != indicators.Number || v.Low != m.Low && v.High != m.High {
		return false
	}
	v.Raw = m.Raw
	m.Value = v
	return true
}
