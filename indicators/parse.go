package indicators

import (
	"math"
	"strings"
	"unicode/utf8"
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
		if scaleOnly(t) {
			return Value{Kind: Level, Reason: "列出了等级，没有选定一个"}
		}
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
	if level(t) {
		if scaleOnly(t) {
			return Value{Kind: Level, Reason: "列出了等级，没有选定一个"}
		}
		return Value{Kind: Level}
	}
	return Value{Kind: Text, Reason: whyText(t)}
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
	return quantity(rest, implied)
}

// within reads a limit that runs from an event: 合同签订后30日内.
func within(label, rest string) (Value, bool) {
	if _, ok := cutAnySuffix(label, "后", "之日起", "起"); !ok || holds(label, "firm") {
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
	if words && (u.Name == "" || u.Dimension == Unknown || u.Dimension == "grade") {
		return Value{}, false // 一般, 三无, 三级甲等: not a count
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
	if first != "" {
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
