package indicators

import (
	"strings"
	"unicode/utf8"
)

// measured reads everything that is one quantity: a tolerance, a range, a
// number, behind words that change nothing (已完成, 均为, 按合同) or behind a noun
// that ends in a predicate or a plain name.
func measured(t string) (Value, bool) {
	rest, implied := leadIn(t)
	if v, ok := quantity(rest, implied); ok {
		return v, true
	}
	if v, ok := perUnit(rest); ok {
		return v, true
	}
	label, rest := cutLabel(t)
	if label == "" || rest == "" {
		return Value{}, false
	}
	if !bearable(label, rest) {
		return within(label, rest)
	}
	rest, implied = leadIn(rest)
	if strings.HasSuffix(label, "控制在") {
		implied = AtMost
	}
	v, ok := quantity(rest, implied)
	if ok && v.Unit.Name == "" && v.Comparison == None && !predicate(label) {
		return Value{}, false // GB/T 19001
	}
	return v, ok
}

// within reads a limit that runs from an event: 合同签订后30日内.
func within(label, rest string) (Value, bool) {
	if _, ok := cutAnySuffix(label, "后", "之日起", "起"); !ok || holds(label, words().firm) {
		return Value{}, false
	}
	v, ok := quantity(rest, None)
	if !ok || v.Kind != Number || v.Comparison != AtMost && v.Comparison != Below {
		return Value{}, false
	}
	switch v.Unit.Dimension {
	case "time", "workdays", "months":
		return v, true
	}
	return Value{}, false
}

// quantity reads a tolerance, a range, or a comparison with a number and unit.
// implied is the comparison that stands if none is written.
func quantity(t string, implied Comparison) (Value, bool) {
	if v, ok := tolerance(t); ok {
		return v, true
	}
	if v, ok := interval(t); ok {
		return v, true
	}
	c, rest := scanComparison(t)
	if again, r := scanComparison(rest); c != None && again == c {
		rest = r // the operator's cell repeated in the value's
	}
	if c != None {
		rest, implied = leadIn(rest) // 至少全年完成2次
	}
	x, rest, ok := scanNumber(rest)
	words := false
	if !ok {
		if x, rest, ok = scanChinese(rest); ok {
			words = true
		} else if x, rest, ok = percentWords(rest); !ok {
			return Value{}, false
		}
	}
	return finish(t, c, implied, x, rest, words)
}

// finish reads what follows the number: unit, comparison, remark.
func finish(text string, c, implied Comparison, x float64, rest string, words bool) (Value, bool) {
	u, tail, ok := splitUnit(rest)
	if !ok {
		return Value{}, false
	}
	tail, after := headAfter(tail)
	if tail != "" && !harmless(tail) {
		return Value{}, false
	}
	if u.Dimension == Unknown && letterInNumber(text) {
		return Value{}, false // 0o: a misread number rather than a unit
	}
	if words && (u.Name == "" || u.Dimension == Unknown || ordinal(u) || tail != "" && after == None && !done(tail)) {
		return Value{}, false // 一般, 三无, 三级甲等, 一次性: not a count
	}
	if c == None && implied == None && x <= 4 && rest == "季度" {
		return Value{}, false // the first quarter, or one quarter?
	}
	if tail != "" && u.Name == "" && after == None {
		return Value{}, false
	}
	c, ok = reconcile(c, after)
	if !ok {
		return Value{}, false
	}
	if c == None {
		c = implied
	}
	return number(c, x, u, text)
}

// ordinal reports whether a number in words before u rather ranks than counts:
// 一级, 二类, 三期.
func ordinal(u Unit) bool {
	switch u.Name {
	case "级", "类", "期", "届":
		return true
	}
	return false
}

// reconcile joins the comparison before the number with the one after it.
func reconcile(c, after Comparison) (Comparison, bool) {
	switch {
	case after == None || c == after:
		return c, true
	case c == None || c == Equal:
		return after, true
	case c == Above && after == AtLeast, c == Below && after == AtMost:
		return c, true
	}
	return None, false // ≤95%以上
}

// headAfter takes a comparison off the head of a tail: 以上, 以上的群众.
func headAfter(tail string) (rest string, c Comparison) {
	for _, s := range after {
		if rest, ok := strings.CutPrefix(tail, s.text); ok {
			return rest, s.is
		}
	}
	return tail, None
}

// tolerance reads ±3%以内, 正负3%, 误差±5%.
func tolerance(t string) (Value, bool) {
	_, t = scanComparison(t)
	rest, ok := cutAny(t, "±", "+/-", "+-", "正负", "上下浮动", "上下不超过")
	if !ok {
		return Value{}, false
	}
	x, rest, ok := scanNumber(rest)
	if !ok || x < 0 {
		return Value{}, false
	}
	u, tail, ok := splitUnit(rest)
	tail, after := headAfter(tail)
	if !ok || tail != "" || after == AtLeast {
		return Value{}, false
	}
	return Value{Kind: Tolerance, Low: 0 - x, High: x, Unit: u}, true
}

// interval reads 18-54周岁, 0-5%, -5%-0, 10万-20万元, ≥80%且≤90%.
func interval(t string) (Value, bool) {
	c, rest := scanComparison(t)
	low, rest, ok := scanNumber(rest)
	if !ok {
		return Value{}, false
	}
	at := strings.IndexAny(rest, "-~至到且,;并≤<")
	if at < 0 || at > 24 {
		return Value{}, false
	}
	first := rest[:at]
	second, ok := cutAny(rest[at:], "--", "-", "~~", "~", "至", "到")
	if c != None || !ok {
		return bounds(c, low, first, rest[at:])
	}
	high, second, ok := scanNumber(second)
	if !ok {
		return Value{}, false
	}
	u, tail, ok := splitUnit(second)
	if !ok {
		return Value{}, false
	}
	tail, after := headAfter(tail)
	if after == AtLeast || tail != "" && (u.Name == "" || !harmless(tail)) {
		return Value{}, false
	}
	if first != "" {
		v, ok := lookupUnit(first)
		if !ok {
			return Value{}, false
		}
		switch {
		case v == u:
		case u.Name == "" && (high == 0 || v.Dimension == Rate):
			u = v // -5%-0
		case v.Scale > 0 && v.Dimension == u.Dimension && u.Scale > 0:
			low *= v.Scale / u.Scale
		case v.Dimension == Plain && strings.HasPrefix(u.Name, v.Name): // 10万-20万元
		default:
			return Value{}, false
		}
	}
	if low > high {
		return Value{}, false
	}
	return Value{Kind: Range, Low: low, High: high, Unit: u}, true
}

// bounds reads a range written as two comparisons: ≥80%且≤90%.
func bounds(c Comparison, low float64, first, rest string) (Value, bool) {
	rest = strings.TrimLeft(strings.TrimPrefix(strings.TrimPrefix(rest, "并且"), "且"), ",;")
	d, rest := scanComparison(rest)
	if c != AtLeast || d != AtMost {
		return Value{}, false
	}
	high, rest, ok := scanNumber(rest)
	if !ok || low > high {
		return Value{}, false
	}
	u, tail, ok := splitUnit(rest)
	if !ok || tail != "" {
		return Value{}, false
	}
	if first = strings.TrimRight(first, "、"); first != "" {
		if v, ok := lookupUnit(first); !ok || v != u {
			return Value{}, false
		}
	}
	return Value{Kind: Range, Low: low, High: high, Unit: u}, true
}

// percentWords reads 百分之九十五 and 百分百.
func percentWords(t string) (x float64, rest string, ok bool) {
	if rest, ok := strings.CutPrefix(t, "百分百"); ok {
		return 100, "%" + rest, true
	}
	body, ok := strings.CutPrefix(t, "百分之")
	if !ok {
		return 0, t, false
	}
	if rest, ok := strings.CutPrefix(body, "百"); ok {
		return 100, "%" + rest, true
	}
	if x, rest, ok = scanNumber(body); !ok {
		x, rest, ok = scanChinese(body)
	}
	return x, "%" + rest, ok && x <= 100
}

// perUnit reads a rate with the unit in front: 每生每年补助500元 is 500元/生/年,
// 人均100元 is 100元/人.
// Without a unit behind the number it is not read: 每亩300.
func perUnit(t string) (Value, bool) {
	parts := ""
	for _, mean := range [...]string{"人", "户", "亩", "生", "日", "月", "年", "次"} { // 人均100元
		if r, ok := strings.CutPrefix(t, mean+"均"); ok {
			parts, t = "/"+mean, r
			break
		}
	}
	for strings.HasPrefix(t, "每") {
		body := t[len("每"):]
		n := 0
		for i, r := range body {
			if end := i + utf8.RuneLen(r); end <= 12 {
				if _, ok := unitTable()[body[:end]]; ok {
					n = end
				}
			}
		}
		if n == 0 {
			return Value{}, false
		}
		parts += "/" + body[:n]
		t = body[n:]
	}
	if parts == "" {
		return Value{}, false
	}
	t, implied := leadIn(t)
	v, ok := quantity(t, implied)
	if !ok || v.Kind != Number || v.Unit.Name == "" {
		return Value{}, false
	}
	u, ok := lookupUnit(v.Unit.Name + parts)
	if !ok {
		return Value{}, false
	}
	v.Unit = u
	return v, true
}

// cutAny removes the first of the prefixes that t begins with.
func cutAny(t string, prefixes ...string) (rest string, ok bool) {
	for _, p := range prefixes {
		if rest, ok := strings.CutPrefix(t, p); ok {
			return rest, true
		}
	}
	return t, false
}
