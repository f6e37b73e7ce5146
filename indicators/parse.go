package indicators

import (
	"math"
	"strings"
)

// maxAnalysed is how many bytes of a value are analysed. The longest value on
// the published forms has 120; a cell that is longer holds prose.
const maxAnalysed = 1200

// Parse reads a target or actual value as people write it on forms. It never
// fails: what it can't read is Text with a Reason, and nothing unreadable
// becomes a number. Parse and Value.String are inverses but for Raw.
//
// The rules, in order: nothing (/, —, 无); masked or unfilled (≥**人); a number
// with its comparison and unit; dates and periods; 是 and 否; tolerances and
// ranges; tiers; lists; a number behind a noun (满意率达95%以上); levels
// (效果明显); text. Suspected OCR damage is Text with Damage set. 以上, 以下 and
// 以内 include the number.
func Parse(s string) Value {
	if len(s) > maxAnalysed {
		return Value{Raw: s, Kind: Text, Reason: "文字太长，没有当作数值"}
	}
	t := fold(s)
	if v, ok := plain(t); ok {
		v.Raw = s
		return v
	}
	v := parseFolded(t)
	v.Raw = s
	return v
}

// plain reads the great majority of values, comparison, number and unit and
// nothing else, without allocating.
func plain(t string) (Value, bool) {
	c, rest := scanComparison(t)
	x, rest, ok := scanNumber(rest)
	if !ok {
		return Value{}, false
	}
	var u Unit
	if rest != "" {
		if calendar(rest) {
			return Value{}, false // a date, perhaps
		}
		if u, ok = unitTable()[rest]; !ok {
			return Value{}, false
		}
	}
	return number(c, x, u, t)
}

// calendar reports whether what follows a number may make it a date.
func calendar(rest string) bool {
	return strings.HasPrefix(rest, "年") || strings.HasPrefix(rest, "月") || strings.HasPrefix(rest, "日") || rest == "季度"
}

// number builds a Number unless what is written is suspicious: then ok is false
// and the value goes the long way.
func number(c Comparison, x float64, u Unit, text string) (Value, bool) {
	switch {
	case suspectRate(c, x, u, text), u.Name == "" && runTogether(text),
		u.Name == "年" && x >= firstYear && x <= lastYear && x == math.Trunc(x), // a year, not a length of time
		u.Name == "%" && numbered(text):
		return Value{}, false
	}
	v := Value{Kind: Number, Comparison: c, Low: x, High: x, Unit: u}
	switch c {
	case AtLeast, Above:
		v.High = math.Inf(1)
	case AtMost, Below:
		v.Low = math.Inf(-1)
	}
	if u.Name == "hm" || u.Name == "hmm" {
		v.Damage = "单位 " + u.Name + " 可能丢了上标，原为 hm²（公顷）"
	}
	return v, true
}

// numbered reports whether t may be a list number and a rate run together:
// 1.100%.
func numbered(t string) bool {
	return len(t) >= 6 && isDigit(t[0]) && strings.HasPrefix(t[1:], ".100")
}

// parseFolded is the long way: every kind of value, tried in turn.
func parseFolded(t string) Value {
	t = strings.TrimRight(t, "。.;,、")
	if bare, ok := strings.CutPrefix(t, "定性"); ok && bare != "指标" {
		t = strings.TrimLeft(bare, ":;,")
	}
	t = cutCode(t)
	if nothing(t) {
		return Value{Kind: Empty}
	}
	if v, ok := yesNo(t); ok {
		return v
	}
	if v, ok := placeholder(t); ok {
		return v
	}
	if v, ok := dated(t); ok {
		return v
	}
	if !hasFigure(t) {
		return worded(t)
	}
	if v, ok := damaged(t); ok {
		return v
	}
	if v, ok := measured(t); ok {
		return v
	}
	if v, ok := tiers(t); ok {
		return v
	}
	if v, ok := list(t); ok {
		return v
	}
	return worded(t)
}

// worded reads a value without a figure: a level or text.
func worded(t string) Value {
	switch {
	case scaleOnly(t):
		return Value{Kind: Level, Reason: "列出了等级，没有选定一个"}
	case level(t):
		return Value{Kind: Level}
	}
	return Value{Kind: Text, Reason: whyText(t)}
}

// hasFigure reports whether t can hold a number: a digit, or one in words.
func hasFigure(t string) bool {
	return hasDigit(t) || strings.ContainsAny(t, "一二两三四五六七八九十百千万零")
}

// cutCode removes a system's code before the comparison: 004 >=, 005 <=.
func cutCode(t string) string {
	n := 0
	for n < len(t) && n < 4 && isDigit(t[n]) {
		n++
	}
	if n < 2 || n > 3 || t[0] != '0' {
		return t
	}
	rest := strings.TrimLeft(t[n:], "-.: ")
	if c, _ := scanComparison(rest); c != None {
		return rest
	}
	if body, ok := strings.CutPrefix(rest, "定性"); ok {
		return body
	}
	return t
}
