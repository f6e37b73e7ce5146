package forms

import (
	"math"
	"strconv"
	"strings"

	"yardstick"
)

// figure is a number as it stands in a cell, with what follows it.
type figure struct {
	value   float64
	suffix  string // unit or sign behind the number: 万元, %, 分
	decided bool   // the text is a number and nothing else but the suffix
}

// parseFigure reads the number of a cell: thousands separators, full-width
// digits and one short unit behind it are taken. ok is false for everything
// else, a dash or an empty cell included.
func parseFigure(text string) (f figure, ok bool) {
	s := fold(text)
	s = strings.TrimPrefix(s, "¥")
	s = strings.TrimPrefix(s, "￥")
	n := 0
	if n < len(s) && (s[n] == '-' || s[n] == '+') {
		n++
	}
	start := n
	for n < len(s) && (s[n] >= '0' && s[n] <= '9' || s[n] == '.' || s[n] == ',') {
		n++
	}
	if n == start {
		return figure{}, false
	}
	digits := strings.ReplaceAll(s[:n], ",", "")
	v, err := strconv.ParseFloat(digits, 64)
	if err != nil || math.IsInf(v, 0) || math.IsNaN(v) {
		return figure{}, false
	}
	return figure{value: v, suffix: s[n:], decided: runes(s[n:]) <= 4}, true
}

// dash reports whether a cell says that there is nothing to say.
func dash(text string) bool {
	switch fold(text) {
	case "", "-", "--", "---", "—", "——", "–", "/", "\\", "无", "x", "×", "...", "…", "……", "*", "n/a", "不适用", "不涉及":
		return true
	}
	return false
}

// points reads a weight or score: 10, 10分, 20%, (10分). read is false where
// something stands there that is not a number.
func points(text string) (value float64, known, read bool) {
	if dash(text) {
		return 0, false, true
	}
	f, ok := parseFigure(strings.Trim(fold(text), "()[]"))
	if !ok {
		return 0, false, false
	}
	switch strings.Trim(f.suffix, "()") {
	case "", "分", "%", "点":
		return f.value, true, true
	}
	return 0, false, false
}

// moneyUnit returns the unit of money that a text names: 元, 万元, 亿元 or "".
func moneyUnit(text string) string {
	s := fold(text)
	switch {
	case strings.Contains(s, "亿元"):
		return "亿元"
	case strings.Contains(s, "万元"):
		return "万元"
	case strings.Contains(s, "单位:元"), strings.Contains(s, "(元)"), strings.Contains(s, "[元]"), s == "元",
		strings.Contains(s, "人民币元"), strings.Contains(s, "单位元"), strings.Contains(s, "金额:元"), strings.HasSuffix(s, "/元"):
		return "元"
	}
	return ""
}

// inWan converts an amount in a unit to 万元.
func inWan(v float64, unit string) float64 {
	switch unit {
	case "元":
		return v / 1e4
	case "亿元":
		return v * 1e4
	}
	return v
}

// amount reads a sum of money. unit is that of the block; a unit in the cell
// itself goes before it. read is false where something stands that is no sum.
func amount(text, unit string) (value float64, used string, known, read bool) {
	if dash(text) {
		return 0, unit, false, true
	}
	f, ok := parseFigure(strings.Trim(fold(text), "()"))
	if !ok {
		return 0, unit, false, false
	}
	switch strings.Trim(f.suffix, "().。;,整") {
	case "":
		used = unit
	case "元", "圆":
		used = "元"
	case "万元", "万":
		used = "万元"
	case "亿元", "亿":
		used = "亿元"
	default:
		return 0, unit, false, false
	}
	return inWan(f.value, used), used, true, true
}

// number makes a Number of a cell's text.
func number(value float64, known bool, raw, cell string) yardstick.Number {
	if !known {
		value = 0
	}
	return yardstick.Number{Value: value, Known: known, Raw: raw, Cell: cell}
}
