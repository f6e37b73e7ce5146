package indicators

import "strings"

// ParseParts reads a value whose operator, number and unit stand in cells of
// their own; empty parts are ignored. The operator may be 定性, 定量 or a
// system's code such as 004 >=. Raw joins the parts as they are written, without
// an operator that is only 定性.
func ParseParts(comparison, number, unit string) Value {
	if number != "" && (unit == "" || !isDigit(unit[0])) {
		raw := joinParts(comparison, number, unit)
		if v, ok := plain(fold(raw)); ok { // the common case
			v.Raw = raw
			return v
		}
	}
	op := fold(comparison)
	if op == "定性" || op == "定量" || nothing(op) {
		comparison, op = "", ""
	}
	raw := joinParts(comparison, number, unit)
	n, u := fold(number), fold(unit)
	if nothing(n) {
		n = ""
	}
	if nothing(u) || u == "文字" || u == "其他" {
		u = ""
	}
	if n == "" {
		if op == "" {
			return Value{Raw: raw, Kind: Empty}
		}
		v := Parse(op + u)
		v.Raw = raw
		return v
	}
	op = cutCode(op)
	if c, rest := scanComparison(n); c != None && rest != "" {
		if d, r := scanComparison(op); d == c && r == "" || op == "=" {
			op = "" // the value repeats, or sharpens, the operator's cell
		}
	}
	if u != "" && strings.HasSuffix(n, u) {
		u = ""
	}
	v := Parse(op + n + u)
	if u != "" && !v.Numeric() && v.Damage == "" {
		if w := Parse(op + n); w.Kind != Text && w.Kind != Number || v.Kind == Text && w.Kind == Text {
			v = w // a level or a date with 年, 个 or 文字描述 in the unit's cell
		}
	}
	if op != "" && v.Kind == Text {
		if w := Parse(n + u); w.Kind == Level || w.Kind == YesNo {
			v = w // = 合格
		}
	}
	v.Raw = raw
	return v
}

// joinParts joins what is written, without outer blanks.
func joinParts(comparison, number, unit string) string {
	return strings.TrimSpace(comparison) + strings.TrimSpace(number) + strings.TrimSpace(unit)
}

// ParseNamed reads a value of which the indicator's name may hold the operator
// and unit: name 开发数量(≥**个) with 4, 成活率(≥**%) with >=85, 单位成本(万美元) with
// 20000, or 优秀比例不超过20% with an empty value. taken says, for people, what
// came from the name; it is "" if nothing did.
func ParseNamed(name, target string) (v Value, taken string) {
	v = Parse(target)
	t := fold(name)
	switch {
	case v.kind() == Empty:
		if w, ok := stated(t); ok {
			w.Raw = target
			return w, "比较和数取自指标名称：" + w.String()
		}
		return v, ""
	case v.Kind != Number && v.Kind != Range && !runTogether(fold(target)) || v.Unit.Name != "":
		return v, ""
	}
	c, u, from := hint(t)
	if from == "" {
		return v, ""
	}
	w := Parse(fold(target) + u.Name)
	if v.Comparison == None && w.Kind == Number && c != None {
		if x := Parse(string(c) + fold(target) + u.Name); x.Kind == Number {
			w, taken = x, "比较和单位取自指标名称："+from
		}
	}
	if w.Kind == Text && w.Damage == "" {
		return v, ""
	}
	if taken == "" && u.Name != "" {
		taken = "单位取自指标名称：" + from
	}
	w.Raw = target
	return w, taken
}

// hint finds the operator and unit that a name states: in its last brackets,
// (万元) or (≥**个), or around a mask at its end, 满意度≥**%. from is where it stands.
func hint(t string) (c Comparison, u Unit, from string) {
	body := ""
	if open := strings.LastIndexByte(t, '('); open >= 0 && strings.HasSuffix(t, ")") {
		body = t[open+1 : len(t)-1]
	} else if at, _ := masked(t); at > 0 {
		body = t[at-utf8Last(t[:at]):]
	}
	c, rest := scanComparison(body)
	if at, n := masked(rest); at == 0 {
		rest = rest[n:]
	}
	rest = strings.TrimPrefix(strings.TrimPrefix(rest, "单位"), ":")
	if u, ok := lookupUnit(rest); ok {
		return c, u, body
	}
	return None, Unit{}, ""
}

// stated reads the value with which a name ends: 优秀比例不超过20%.
func stated(t string) (Value, bool) {
	label, rest := cutLabel(t)
	if label == "" || !bearable(label, rest) {
		return Value{}, false
	}
	v, ok := quantity(rest, None)
	if !ok || v.Unit.Name == "" && v.Comparison == None {
		return Value{}, false
	}
	return v, true
}
