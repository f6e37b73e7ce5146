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

// vocabulary is words.txt, arranged for look-up.
type vocabulary struct {
	nothing, level            map[string]bool
	lead                      map[rune][]string // by first character, in the file's order
	reaching, measure, change []string
	doubt, firm, approximate  []string
}

// words reads words.txt once.
var words = sync.OnceValue(func() *vocabulary {
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
	v := &vocabulary{
		nothing: set(lists["nothing"]), level: set(lists["level"]), lead: map[rune][]string{},
		reaching: lists["reaching"], measure: lists["measure"], change: lists["change"],
		doubt: lists["doubt"], firm: lists["firm"], approximate: lists["approximate"],
	}
	for _, w := range lists["lead"] {
		r, _ := utf8.DecodeRuneInString(w)
		v.lead[r] = append(v.lead[r], w)
	}
	return v
})

func set(words []string) map[string]bool {
	m := make(map[string]bool, len(words))
	for _, w := range words {
		m[w] = true
	}
	return m
}

// nothing reports whether t states no value: empty, /, —, 无, ……
func nothing(t string) bool {
	if t == "" {
		return true
	}
	if r, _ := utf8.DecodeRuneInString(t); strings.ContainsRune("/\\-.…·_、,;:。~", r) && strings.Trim(t, "/\\-.…·_、,;:。~") == "" {
		return true
	}
	return len(t) < 60 && words().nothing[strings.Trim(t, "()")]
}

// leadIn removes words before a number that leave its meaning as it is, and
// says which comparison they imply: 控制在 and 需控制在 mean at most.
func leadIn(t string) (rest string, implied Comparison) {
	for range 6 {
		cut := false
		for _, w := range leads(t) {
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
	for _, w := range leads(t) {
		if strings.HasPrefix(t, w) {
			return true
		}
	}
	return false
}

// leads are the lead-in words that begin with t's first character.
func leads(t string) []string {
	r, _ := utf8.DecodeRuneInString(t)
	return words().lead[r]
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
		return !holds(label, words().firm) // 节约率≥5%, 不合格率≤1%, 误差±5%
	}
	if ends(label, words().measure) {
		return !holds(label, words().firm) // 优秀比例不超过20%
	}
	if holds(label, words().doubt) {
		return false
	}
	return ends(label, words().reaching) || !holds(label, words().change)
}

// predicate reports whether a label ends so that a bare number behind it is its
// value: 满意度95, 数量达到5.
func predicate(label string) bool {
	return ends(label, words().measure) || ends(label, words().reaching)
}

// ends reports whether t ends in one of the words.
func ends(t string, list []string) bool {
	for _, w := range list {
		if strings.HasSuffix(t, w) {
			return true
		}
	}
	return false
}

// holds reports whether t contains one of the words.
func holds(t string, list []string) bool {
	for _, w := range list {
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
	return !holds(tail, words().doubt) && !holds(tail, words().change)
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
	if holds(strings.ReplaceAll(t, "节约", ""), words().approximate) || strings.HasPrefix(t, "超") {
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
