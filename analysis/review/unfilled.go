package review

import (
	"fmt"
	"slices"
	"strings"

	"yardstick/indicators"
)

// unfilled is D-16: targets that say nothing.
func (v *reviewer) unfilled() {
	none := 0
	for i := range v.lines {
		if empty(v.lines[i].v) {
			none++
		}
	}
	if none == len(v.lines) && none > 1 {
		for i := range v.lines {
			v.lines[i].blank = true
		}
		v.found("D-16", Finding{Field: "target", Cell: v.form.Cell, Why: fmt.Sprintf("%d 个指标都没有目标值，年底没有可以对照的数。", none),
			Do: "给每个指标填上目标值：比较符、数和单位；不能量化的写明达到什么标准算完成。"})
		return
	}
	for i := range v.lines {
		x := &v.lines[i]
		raw := strings.TrimSpace(x.v.Raw)
		if x.vain || indicators.IsTemplate(x.Name.Value) {
			x.blank = x.blank || empty(x.v)
			continue
		}
		f, bad := Finding{}, true
		switch {
		case empty(x.v):
			f = Finding{Why: "目标值是空的，年底没有可以对照的数。", Do: v.proposal(x)}
			if raw != "" {
				f.Why = "目标值只写了" + quote(raw) + "，等于没有填。"
			}
		case x.v.Kind == indicators.Placeholder:
			f = Finding{Why: quote(raw) + "是模板或被遮盖的值，没有填数。", Do: v.proposal(x)}
		case x.v.Kind == indicators.YesNo && x.v.Reason != "":
			f = Finding{Why: quote(raw) + "只是提问，没有写出要达到什么。", Do: "写成要达到的状态，如“已建立”，或换成可以数的目标值。"}
		case scale(raw) != "" && v.has("satisfied", x.bare) != "":
			f = Finding{Why: quote(raw) + "把档次都列了，没有选定一档。", Do: "满意度写成调查得出的百分比，如“≥ 90%”，写明问谁、怎么问。"}
		case scale(raw) != "":
			f = Finding{Why: quote(raw) + "把档次都列了，没有选定一档。", Do: "选定一档，如“" + scale(raw) + "”，并写明各档的标准；能量化的改成数。"}
		case len([]rune(raw)) > 4 && indicators.NormalName(raw) == indicators.NormalName(x.Name.Value):
			f = Finding{Why: "目标值与指标名称是同一句话，没有写要达到多少。", Do: v.proposal(x)}
		default:
			bad = false
		}
		if bad {
			x.blank = true
			v.onLine("D-16", x, "target", f)
		}
	}
}

// scale is the best grade of a target that lists all grades and chooses none, ""
// where it does not.
func scale(raw string) (best string) {
	t := strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(raw), "定性"))
	t = strings.NewReplacer("、", "", "/", "", ",", "", "，", "", "；", "", " ", "").Replace(t)
	if !slices.Contains([]string{"优良中差", "优良中低差", "高中低", "好中差", "优良中", "优良差", "优良一般差", "优秀良好一般较差", "大中小",
		"好较好一般差", "优良中合格差", "好坏", "是否", "有无", "高中低差"}, t) {
		return ""
	}
	for _, w := range []string{"优秀", "优", "高", "好", "大", "是", "有"} {
		if strings.HasPrefix(t, w) {
			return w
		}
	}
	return ""
}

// proposal is what to put into an empty target.
func (v *reviewer) proposal(x *line) string {
	if x.entry != nil && x.entry.Quantitative() && x.entry.Unit != "" && x.entry.Unit != "日期" {
		return "填上目标值，按“" + string(x.entry.Comparison) + " 数 " + x.entry.Unit + "”写（指标库“" + x.entry.Name + "”）。"
	}
	return "填上目标值：比较符、数和单位；不能量化的写明达到什么标准算完成。"
}
