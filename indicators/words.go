package indicators

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

//go:embed words.txt
var wordsText string

// wordList holds the words of words.txt by their kind.
var wordList = sync.OnceValue(func() map[string][]string {
	lists := map[string][]string{}
	kind := ""
	for line := range strings.Lines(wordsText) {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || line[0] == '#':
		case line[0] == '[':
			kind = strings.Trim(line, "[]")
		default:
			lists[kind] = append(lists[kind], strings.Fields(line)...)
		}
	}
	return lists
})

// nothingWords is the set of words that say that no value is given.
var nothingWords = sync.OnceValue(func() map[string]bool {
	set := map[string]bool{}
	for _, w := range wordList()["nothing"] {
		set[w] = true
	}
	return set
})

// nothing reports whether t states no value: empty, /, —, 无, ……
func nothing(t string) bool {
	if strings.Trim(t, "/\\-.…·_、,;:。~") == "" {
		return true
	}
	return len(t) < 60 && nothingWords()[strings.Trim(t, "()")]
}

// placeholder reads template and masked values: ≥**人, 20xx年, a comparison or a
// unit without a number.
func placeholder(t string) (Value, bool) {
	if v, ok := unfilled(t); ok {
		return v, true
	}
	at, mask := masked(t)
	if at < 0 {
		return Value{}, false
	}
	// A number after a template's bracket counts: (≥**株)>=17600株.
	if open := strings.LastIndexByte(t[:at], '('); open >= 0 {
		if end := strings.IndexByte(t[at:], ')'); end >= 0 {
			rest := t[:open] + t[at+end+1:]
			if v, ok := measured(rest); ok && rest != "" {
				return v, true
			}
		}
	}
	v := Value{Kind: Placeholder, Reason: "是模板或被遮盖的值，没有填数"}
	c, body := scanComparison(t)
	if len(t)-len(body) == at {
		if u, tail, ok := splitUnit(body[mask:]); ok && tail == "" {
			v.Comparison, v.Unit = c, u
		}
	}
	return v, true
}

// unfilled reads a comparison or a known unit that stands alone.
func unfilled(t string) (Value, bool) {
	c, rest := scanComparison(t)
	if c != None && strings.HasPrefix(rest, "(") { // ≥()%
		rest = strings.TrimPrefix(rest, "()")
	}
	u, known := lookupUnit(rest)
	if c == None && (!known || rest == "" || level(rest)) || rest != "" && !known {
		return Value{}, false
	}
	return Value{Kind: Placeholder, Comparison: c, Unit: u, Reason: "是模板或被遮盖的值，没有填数"}, true
}

// masked finds the first run of mask characters in t: two or more * or x, one
// × or □ or run of underscores; a single * after a comparison.
func masked(t string) (at, length int) {
	for i, r := range t {
		n := 0
		switch r {
		case '*', 'x', 'X', '_':
			for i+n < len(t) && (t[i+n] == t[i] || r == '*' && t[i+n] == '*') {
				n++
			}
			if n < 2 && !(r == '*' && i > 0 && strings.IndexAny(t[:i], "≥≤<>=") == i-utf8Last(t[:i])) {
				continue
			}
		case '×', '□', '●', '■', '＊', '╳':
			n = utf8.RuneLen(r)
			for strings.HasPrefix(t[i+n:], string(r)) {
				n += utf8.RuneLen(r)
			}
			if r == '×' && n == utf8.RuneLen(r) {
				continue // a multiplication sign
			}
		default:
			continue
		}
		return i, n
	}
	return -1, 0
}

// utf8Last is the length of the last character of t.
func utf8Last(t string) int {
	_, n := utf8.DecodeLastRuneInString(t)
	return n
}

// yesNo reads 是, 否, 有, 没有 and questions that were left unanswered (建立与否,
// 是否有利于企业走出去).
func yesNo(t string) (Value, bool) {
	switch ticked(t) {
	case "是", "否", "有", "没有", "是的", "不是":
		return Value{Kind: YesNo}, true
	case "是/否", "是、否", "有/无", "是(否)", "是或否":
		return Value{Kind: YesNo, Reason: "只写了问题，没有写是或否"}, true
	}
	if (strings.HasPrefix(t, "是否") || strings.HasSuffix(t, "与否") || strings.HasSuffix(t, "是否")) && !hasDigit(t) {
		return Value{Kind: YesNo, Reason: "只写了问题，没有写是或否"}, true
	}
	return Value{}, false
}

// ticked returns the answer that is ticked: ☑是□否 is 是.
func ticked(t string) string {
	if !strings.ContainsAny(t, "☑√✓✔■") {
		return t
	}
	open := strings.NewReplacer("□是", "", "□否", "", "□有", "", "□无", "").Replace(t)
	if open == t || strings.Contains(open, "□") {
		return t
	}
	return strings.Trim(open, "☑√✓✔■")
}

// Yes says what a YesNo value answers; ok is false if it answers nothing.
func (v Value) Yes() (yes, ok bool) {
	if v.Kind != YesNo {
		return false, false
	}
	switch ticked(strings.TrimRight(fold(v.Raw), "。.;,、")) {
	case "是", "有", "是的":
		return true, true
	case "否", "没有", "不是":
		return false, true
	}
	return false, false
}

// scaleOnly reports whether t lists a scale (优良中低差, 高中低) of which nothing
// was chosen. 优良 is a level.
func scaleOnly(t string) bool {
	if parts := strings.Split(t, "/"); len(parts) >= 2 && len(parts) <= 8 {
		for _, p := range parts {
			if !levelWord(p) {
				return false
			}
		}
		return true
	}
	n := 0
	for _, r := range strings.Trim(t, "()") {
		if strings.ContainsRune("、/,;", r) {
			continue
		}
		if !strings.ContainsRune("优良中低差高好坏", r) {
			return false
		}
		n++
	}
	return n >= 3
}

// level reports whether t is a qualitative level: a short phrase that begins or
// ends with a word of degree or state (效果明显, 稳步提升, 应助尽助).
func level(t string) bool {
	if t == "" || len(t) > 60 || hasDigit(t) {
		return false
	}
	if scaleOnly(t) {
		return true
	}
	for _, part := range strings.FieldsFunc(t, func(r rune) bool { return strings.ContainsRune(",、;。 ", r) }) {
		if !levelWord(part) {
			return false
		}
	}
	return true
}

func levelWord(t string) bool {
	n := utf8.RuneCountInString(t)
	if n > 8 {
		return false
	}
	r := []rune(t)
	if n == 4 && r[0] == '应' && r[2] == '尽' {
		return true
	}
	for _, w := range wordList()["level"] {
		if t == w || utf8.RuneCountInString(w) > 1 && (strings.HasPrefix(t, w) || strings.HasSuffix(t, w)) {
			return true
		}
	}
	return false
}

// leadIn removes words before a number that leave its meaning as it is, and
// says which comparison they imply: 控制在 and 需控制在 mean at most.
func leadIn(t string) (rest string, implied Comparison) {
	for range 6 {
		cut := false
		for _, w := range wordList()["lead"] {
			if r, ok := strings.CutPrefix(t, w); ok && startsValue(r) {
				t, cut = r, true
				if strings.Contains(w, "控制在") || strings.Contains(w, "限制在") {
					implied = AtMost
				}
				break
			}
		}
		if !cut {
			break
		}
	}
	return t, implied
}

// startsValue reports whether t can still begin a value: not the middle of a
// word that happens to begin like a lead-in.
func startsValue(t string) bool {
	if t == "" {
		return false
	}
	if c := t[0]; isDigit(c) || c == '.' || c == '-' || c == '+' {
		return true
	}
	if c, _ := scanComparison(t); c != None {
		return true
	}
	r, _ := utf8.DecodeRuneInString(t)
	if strings.ContainsRune("一二两三四五六七八九十百±正每", r) {
		return true
	}
	for _, w := range wordList()["lead"] {
		if strings.HasPrefix(t, w) {
			return true
		}
	}
	return false
}

// cutLabel splits a noun or clause without digits and punctuation from the
// value that follows it: 辖区企业满意率达|95%以上. label is "" if t does not begin so.
func cutLabel(t string) (label, rest string) {
	n := 0
	for i, r := range t {
		if r < utf8.RuneSelf && isDigit(byte(r)) || strings.ContainsRune("≥≤<>=±", r) || (r == '-' || r == '.') && i+1 < len(t) && isDigit(t[i+1]) {
			return strings.TrimRight(t[:i], ":"), t[i:]
		}
		if c, _ := scanComparison(t[i:]); c != None {
			return strings.TrimRight(t[:i], ":"), t[i:]
		}
		if n++; n > 24 || !(unicode.IsLetter(r) || strings.ContainsRune("★*:()《》“”\"·/…", r)) {
			return "", t
		}
	}
	return "", t
}

// bearable reports whether a label leaves the number behind it what it is. A
// change (增长5%), a part (其中5人), an estimate (约, 预计) or a lack (缺口) does not,
// unless a predicate such as 提高到 says that the number is the level reached.
func bearable(label, rest string) bool {
	if c, after := scanComparison(rest); c != None && len(rest)-len(after) <= len("≥") || strings.HasPrefix(rest, "±") {
		return !holds(label, "firm") // 节约率≥5%, 不合格率≤1%, 误差±5%
	}
	for _, w := range wordList()["measure"] {
		if strings.HasSuffix(label, w) {
			return !holds(label, "firm") // 优秀比例不超过20%
		}
	}
	if holds(label, "doubt") {
		return false
	}
	for _, w := range wordList()["reaching"] {
		if strings.HasSuffix(label, w) {
			return true
		}
	}
	return !holds(label, "change")
}

// holds reports whether t contains a word of the kind.
func holds(t, kind string) bool {
	for _, w := range wordList()[kind] {
		if strings.Contains(t, w) {
			return true
		}
	}
	return false
}

// harmless reports whether a remark behind a unit leaves the number what it is:
// a noun or a state of completion, in letters only.
func harmless(tail string) bool {
	if utf8.RuneCountInString(tail) > 14 {
		return false
	}
	for _, r := range tail {
		if !unicode.IsLetter(r) && !strings.ContainsRune("()\"“”《》", r) {
			return false
		}
	}
	return !holds(tail, "doubt") && !holds(tail, "change")
}

// whyText says, for people, why t is not a value.
func whyText(t string) string {
	if approximate(t) {
		return "是约数，没有当作数值"
	}
	switch {
	case strings.HasPrefix(t, "预计") || strings.HasPrefix(t, "拟"):
		return "是预计，不是完成的结果"
	case strings.HasPrefix(t, "#") && (strings.HasSuffix(t, "!") || strings.HasSuffix(t, "?") || strings.HasSuffix(t, "A")):
		return "单元格里是公式错误"
	case hasDigit(t) && strings.HasPrefix(t, "每"):
		return "没有写清单位，没有当作数值"
	case runTogether(t):
		return "没有单位的长数字，可能是几个数连写"
	case hasDigit(t):
		return "文字里有数，但不能确定哪个是指标值"
	}
	return "是文字说明，没有数"
}

// approximate reports whether t states a number as about so much: 约100人, 20余人,
// 100多人, 超20万.
func approximate(t string) bool {
	if !hasDigit(t) {
		return false
	}
	if holds(strings.ReplaceAll(t, "节约", ""), "approximate") || strings.HasPrefix(t, "超") {
		return true
	}
	for i, r := range t {
		if (r == '余' || r == '多') && i > 0 {
			if last, _ := utf8.DecodeLastRuneInString(t[:i]); strings.ContainsRune("0123456789十百千万亿", last) {
				return true
			}
		}
	}
	return false
}

func hasDigit(t string) bool {
	for i := 0; i < len(t); i++ {
		if isDigit(t[i]) {
			return true
		}
	}
	return false
}
