package indicators

import (
	"strings"
	"unicode/utf8"
)

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
	if !strings.ContainsAny(t, "/优良中低差高好坏") {
		return false
	}
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
	if !strings.ContainsAny(t, ",、;。 ") {
		return levelWord(t) || scaleOnly(t)
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
	if len(t) == 0 || len(t) > 8*3 || utf8.RuneCountInString(t) > 8 {
		return false
	}
	list := words().level
	if list[t] {
		return true
	}
	if len(t) == 12 && strings.HasPrefix(t, "应") && t[6:9] == "尽" {
		return true // 应助尽助
	}
	for i := range t {
		if i > 3 && list[t[:i]] || i > 0 && i < len(t)-3 && list[t[i:]] {
			return true // a word of two characters or more begins or ends it
		}
	}
	return false
}
