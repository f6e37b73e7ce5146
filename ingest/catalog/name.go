package catalog

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"yardstick/indicators"
)

// What stands in the cell of a name.
type nameIs int

const (
	indicator nameIs = iota
	section          // a heading of a section, a sum, a note, an unused row
	unusable         // something that can't be an indicator's name, with why
)

// maxName is the longest text that is taken for a name; forms' names are
// sentences at times.
const maxName = 80

// nameKind tells what stands in the cell of a row's name.
func nameKind(text func(string) string) (kind nameIs, why string) {
	name := text("name")
	said := text("id") + text("meaning") + text("formula") + text("unit") + text("target")
	switch {
	case name == "" && said != "":
		return unusable, "名称是空的，其他栏写了内容。补上名称。"
	case indicators.IsTemplate(name):
		return section, ""
	}
	bare := cutNumber(name)
	switch strings.TrimRight(headKey(bare), "。.") {
	case "小计", "合计", "总计", "总分", "备注", "说明", "注", "填表说明":
		return section, ""
	}
	if said == "" && classWord(bare) {
		return section, ""
	}
	letters := 0
	for _, r := range bare {
		if unicode.IsLetter(r) {
			letters++
		}
	}
	switch {
	case strings.HasPrefix(name, "#"):
		return unusable, "单元格里是公式错误 " + name + "。"
	case strings.HasPrefix(name, "="):
		return unusable, "名称是公式。写成文字。"
	case letters < 2:
		return unusable, "“" + name + "”不像指标名称。"
	case utf8.RuneCountInString(bare) > maxName:
		return unusable, "名称有 80 多个字，像是说明。名称和说明分两格写。"
	case several(name, text):
		return unusable, "一格里写了几个指标。拆成几行，每行一个。"
	}
	return indicator, ""
}

// classWord reports a name that is a class of the frame, such as 产出指标.
func classWord(name string) bool {
	if _, ok := indicators.CanonicalLevel1(name); ok {
		return true
	}
	_, ok := indicators.CanonicalLevel2(name)
	return ok
}

// several reports whether a cell holds several names: as many lines as another
// cell of the row, at least two.
func several(name string, text func(string) string) bool {
	n := lines(name)
	if n < 2 {
		return false
	}
	for _, column := range []string{"unit", "target", "comparison", "formula"} {
		if lines(text(column)) == n {
			return true
		}
	}
	return false
}

func lines(s string) int {
	n := 0
	for l := range strings.Lines(s) {
		if strings.TrimSpace(l) != "" {
			n++
		}
	}
	return n
}

// number is a list number before a name: 1. （3） ④ 5、 (2).
var number = regexp.MustCompile(`^\s*(?:[（(]\s*[0-9一二三四五六七八九十]{1,3}\s*[）)]|[①-⑳]|[0-9]{1,3}\s*[.．、)）]|[一二三四五六七八九十]{1,3}\s*[、．.])\s*`)

// cutNumber takes list numbers off a name; what is left begins with a letter or
// sign of the name: 5G基站数 stays, 1.5公里 too.
func cutNumber(name string) string {
	name = indicators.CleanName(name)
	rest := name[len(number.FindString(name)):]
	r, _ := utf8.DecodeRuneInString(rest)
	if rest == "" || r >= '0' && r <= '9' {
		return name
	}
	return rest
}
