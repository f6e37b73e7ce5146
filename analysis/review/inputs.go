package review

import (
	"strings"

	"yardstick/indicators"
)

// inputs is D-05: what is put in, or how it is handled, written as what comes out.
func (v *reviewer) inputs() {
	for i := range v.lines {
		x := &v.lines[i]
		if x.vain {
			continue
		}
		output := x.class.Level1 == "产出指标"
		switch {
		case x.class.Level2 == "数量指标" && x.v.Unit.Dimension == indicators.Money && v.has("spend", x.bare) != "" && v.has("business", x.bare) == "":
			v.onLine("D-05", x, "name", Finding{Why: quote(x.name) + "（" + x.v.Raw + "）说的是花多少钱，是投入，不是做成的数量。",
				Do: "换成这笔钱做成的事，如“…数量”“…面积”“…人次”；花钱的上限放到成本指标。"})
		case (x.class.Level2 == "数量指标" || x.class.Level2 == "质量指标") && v.has("param", x.bare) != "" && v.has("paramOf", x.bare) == "":
			v.onLine("D-05", x, "name", Finding{Why: quote(x.name) + "是设备参数（" + v.has("param", x.bare) + "），不是项目做成的数量或质量。",
				Do: "换成设备完成的工作，如“作业里程”“作业次数”“设备验收合格率”；参数写进采购需求。"})
		case x.class.Level2 == "数量指标" && v.chore(x):
			v.onLine("D-05", x, "name", Finding{Severity: Watch, Why: quote(x.name) + "是日常办公，不说明项目做成了什么。", Do: "换成项目做成的事，如“…数量”“…面积”“…人次”。"})
		case output && v.has("process", x.bare) != "" && v.has("notProcess", x.bare) == "":
			v.onLine("D-05", x, "name", Finding{Severity: Watch, Why: quote(x.name) + "说的是资金和管理过程，在评价框架里属于“过程”，不说明做成了什么；预算执行另有分值。",
				Do: "换成做成的事；确要保留的不占产出的主要分值。"})
		}
	}
}

// chore reports whether a name is the work of an office and the project is not
// about it; where it is, its name holds the value of the word.
func (v *reviewer) chore(x *line) bool {
	w, ok := v.word("chore", x.bare)
	return ok && x.v.Comparison != indicators.AtMost && !strings.Contains(v.form.Project.Value, w.value) && v.has("meeting", v.form.Project.Value) == ""
}
