package review

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"yardstick/indicators"
)

// names is D-20: names that name no indicator.
func (v *reviewer) names() {
	for i := range v.lines {
		x := &v.lines[i]
		if strings.TrimSpace(x.Name.Value) == "" && !empty(x.v) {
			x.vain = true
			v.onLine("D-20", x, "name", Finding{Why: "这一行只有类别和目标值" + quote(x.v.Raw) + "，没有读到指标名称，看不出考核什么。", Do: "写出指标名称；名称写在说明一列的，移到名称一列。"})
			continue
		}
		if x.name == "" || indicators.IsTemplate(x.Name.Value) {
			continue
		}
		switch {
		case strings.IndexFunc(x.name, unicode.IsLetter) < 0:
			x.vain = true
			v.onLine("D-20", x, "name", Finding{Severity: Must, Why: "名称只有" + quote(x.name) + "，看不出考核什么。",
				Do: "写出指标名称，如“…数量”“…合格率”。"})
		case v.has("trial", x.bare) != "":
			x.vain = true
			v.onLine("D-20", x, "name", Finding{Why: "名称" + quote(x.name) + "看不出考核什么。", Do: "写出指标名称，如“…数量”“…合格率”。"})
		case onlyClass(x.name):
			x.vain = true
			v.onLine("D-20", x, "name", Finding{Why: "名称" + quote(x.name) + "只是类别，没有写考核什么。", Do: "在类别下写出具体的指标名称。"})
		case v.sentence(x):
			f := Finding{Why: "名称是一句话，不是指标，年底没法对照。", Do: "拆成可以数的指标，这句话放到“指标解释”里。"}
			if empty(x.v) {
				x.vain = true
				f.Severity, f.Why = Must, "名称是一句话，目标值是空的，年底没有可以对照的数。"
				f.Do = "拆成可以数的指标并填上目标值" + example(x) + "；这句话放到“指标解释”里。"
			}
			v.onLine("D-20", x, "name", f)
		case v.several(x) != "":
			v.onLine("D-20", x, "name", Finding{Why: "一个名称里有几个指标（" + v.several(x) + "），一个完成一个没完成时没法算分。", Do: "拆成几行，每行一个指标、一个目标值。"})
		case amount.MatchString(x.name) && !empty(x.v) && !x.cost() && v.otherNumber(x, x.name) == "":
			v.onLine("D-20", x, "name", Finding{Why: "名称里写了数（" + amount.FindString(x.name) + "）；数应写在目标值里，名称只说考核什么。",
				Do: "名称改为" + quote(strings.TrimSpace(amount.ReplaceAllString(x.name, ""))) + "一类，数写到目标值。"})
		}
	}
}

// example is an indicator of the line's class that can be counted, if the library
// is known to have one.
func example(x *line) string {
	if e := x.ctx.Better; e != nil {
		return "，如“" + e.Name + " " + string(e.Comparison) + " … " + e.Unit + "”（指标库）"
	}
	return "（数、比较符和单位）"
}

// empty reports whether nothing is written.
func empty(v indicators.Value) bool { return v.Kind == indicators.Empty || v.Kind == "" }

// onlyClass reports whether a name is that of a class.
func onlyClass(name string) bool {
	if strings.Contains(name, "满意") || strings.HasSuffix(name, "率") || strings.HasPrefix(name, "项目") || strings.HasSuffix(name, "成本") {
		return false // 满意度, 预算执行率 and 项目成本 are indicators too
	}
	_, one := indicators.CanonicalLevel1(name)
	_, two := indicators.CanonicalLevel2(name)
	return one || two
}

// amount is a number with a unit at the end of a name: 围墙300米. A year, an age,
// a share and a day of the month are no amounts of it.
var amount = regexp.MustCompile(`\d+(?:\.\d+)?(?:万|亿)?(?:人|户|个|条|座|处|台|套|辆|间|栋|项|亩|平米|平方米|㎡|米|公里|吨|元|万元|m2|㎞|km)$`)

// sentence reports whether a name is a sentence: it ends with a full stop, or
// several clauses of an effect, or is long and has clauses.
func (v *reviewer) sentence(x *line) bool {
	t := strings.TrimRight(x.name, "。.;")
	clauses := strings.FieldsFunc(t, func(r rune) bool { return strings.ContainsRune(",。;", r) })
	switch {
	case utf8.RuneCountInString(t) > int(v.value["name.long"]), v.has("question", x.bare) != "" && utf8.RuneCountInString(t) > int(v.value["name.sentence"]) && v.has("rate", x.bare) == "":
		return true
	case strings.ContainsAny(t, "。;") && len(clauses) > 1:
		return true
	case len(clauses) > 1 && v.has("effect", strings.TrimSpace(clauses[0])) != "" && v.has("rate", clauses[len(clauses)-1]) == "":
		return true
	case strings.HasSuffix(x.name, "。") && utf8.RuneCountInString(t) > 8:
		return true
	}
	return len(clauses) > 1 && utf8.RuneCountInString(t) > int(v.value["name.most"]) && v.has("share", x.bare) == "" && v.has("count", x.bare) == ""
}

// several names the indicators that one name joins: 免疫率、屠宰率及检疫率. "" for one.
func (v *reviewer) several(x *line) string {
	parts := strings.FieldsFunc(x.bare, func(r rune) bool { return strings.ContainsRune("、,和及与/", r) })
	raw := strings.FieldsFunc(x.name, func(r rune) bool { return strings.ContainsRune("、,和及与/", r) })
	if len(raw) > len(parts) {
		parts = raw
	}
	var found []string
	for _, p := range parts {
		p = strings.TrimSpace(p)
		if utf8.RuneCountInString(p) >= 3 && (strings.HasSuffix(p, "率") || v.has("count", p) != "") {
			found = append(found, p)
		}
	}
	if len(found) < 2 {
		return ""
	}
	return strings.Join(found, "、")
}
