package forms

import (
	"regexp"
	"strings"

	"yardstick/indicators"
)

// listNumber finds the number that orders a name in its cell: 1、 2. （3） ④. A
// decimal, a year or an age range in front of a name is none.
var listNumber = regexp.MustCompile(`^(?:[（(]\s*(?:\d{1,2}|[一二三四五六七八九十]{1,2})\s*[)）]|\d{1,2}\s*[、．)）]|\d{1,2}\s*[.]\s*(\D)|[①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮])\s*[、.．]?\s*`)

// lineName returns a name without its numbering: that of the form (指标1：) and
// that of a list.
func lineName(s string) string {
	name := indicators.CleanName(s)
	if rest, ok := strings.CutPrefix(name, "目标"); ok && rest != "" && rest[0] >= '0' && rest[0] <= '9' {
		// 目标1：… numbers the rows of older forms (T16).
		if i := strings.IndexAny(rest, "：:"); i > 0 && i < 3 {
			name = strings.TrimLeft(rest[i:], "：: ")
		}
	}
	m := listNumber.FindStringSubmatchIndex(name)
	if m == nil {
		return name
	}
	end := m[1]
	if m[2] >= 0 {
		end = m[2] // 1.车: the character behind the point is the name's
	}
	if rest := strings.TrimFunc(name[end:], blank); rest != "" {
		return rest
	}
	return name
}

// templateName reports whether a name cell is a template's.
func templateName(s string) bool {
	if indicators.IsTemplate(s) {
		return true
	}
	k := fold(s)
	rest, ok := strings.CutPrefix(k, "目标")
	return ok && strings.Trim(rest, "0123456789:.、…") == ""
}
