package review

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"yardstick/indicators"
)

// names is D-20: names that name no indicator.
func (v *reviewer) names() {
	for i := range v.lines {
		x := &v.lines[i]
		n := utf8.RuneCountInString(x.name)
		letters := strings.IndexFunc(x.name, unicode.IsLetter) >= 0
		switch {
		case x.name != "" && !letters:
			v.onLine("D-20", x, "name", Finding{Severity: Must, Why: "名称只有" + quote(x.name) + "，看不出考核什么。",
				Do: "写出指标名称，如“…数量”“…合格率”。"})
		case onlyClass(x.name):
			v.onLine("D-20", x, "name", Finding{Why: "名称" + quote(x.name) + "只是类别，没有写考核什么。", Do: "在类别下写出具体的指标名称。"})
		case strings.HasSuffix(x.name, "。") || strings.ContainsAny(strings.TrimRight(x.name, "。;"), "。;"), n > int(v.value["name.most"]) && strings.Contains(x.name, ","):
			v.onLine("D-20", x, "name", Finding{Why: "名称是一句话，不是指标；年底没法对照。", Do: "拆成可以数的指标，一句话放到“指标解释”里。"})
		}
	}
}

// onlyClass reports whether a name is that of a class.
func onlyClass(name string) bool {
	if strings.Contains(name, "满意") || strings.HasSuffix(name, "率") {
		return false // 满意度 and 预算执行率 are indicators too
	}
	_, one := indicators.CanonicalLevel1(name)
	_, two := indicators.CanonicalLevel2(name)
	return one || two
}
