package forms

import (
	"strings"

	"yardstick"
)

// kind tells which official form a draft is. The columns decide between target,
// monitoring and evaluation, the title between project and department; doubt is
// a sentence for people where the two disagree.
func kind(f *fields, blocks []*body, executed bool) (k yardstick.FormKind, doubt string) {
	has := func(r role) bool {
		for _, b := range blocks {
			if b.h.indexOf(r) >= 0 {
				return true
			}
		}
		return false
	}
	months := false
	for _, b := range blocks {
		months = months || b.h.marks.months
	}
	title := fold(f.title.Value)
	saysMonitoring := strings.Contains(title, "监控") || strings.Contains(title, "跟踪")
	saysSelf := strings.Contains(title, "自评") || strings.Contains(title, "评价") && !strings.Contains(title, "目标")
	// 绩效目标完成情况表 is about what was done, 绩效目标表 about what is to be.
	saysTarget := strings.Contains(title, "目标") && !saysSelf && !saysMonitoring &&
		!strings.Contains(title, "完成") && !strings.Contains(title, "实现情况")
	pairs := false
	for _, b := range blocks {
		pairs = pairs || b.pairs >= 0
	}
	measured := pairs || has(actual) || has(score) || has(converted) || has(upperScore)
	switch {
	case has(expected) || months || saysMonitoring && measured, has(likelihood):
		k = yardstick.Monitoring
	case measured:
		k = yardstick.SelfEvaluation
		if !has(actual) && saysTarget && !anyScore(blocks) && !executed {
			k = yardstick.Target
		}
	default:
		k = yardstick.Target
	}
	switch {
	case saysTarget && k != yardstick.Target && !saysSelf:
		doubt = "标题是目标表，而表内有完成值或得分列；按" + k.Title() + "读取"
	case saysSelf && k == yardstick.Target:
		doubt = "标题是自评表，而表内没有完成值、得分列；按目标表读取"
	case saysSelf && k == yardstick.Monitoring:
		doubt = "标题是自评表，而表内是监控的列；按监控表读取"
	case saysMonitoring && k == yardstick.Target:
		doubt = "标题是监控表，而表内没有完成值列；按目标表读取"
	}
	if whole(title) || !strings.Contains(title, "项目") && (whole(fold(f.project.Value)) ||
		f.project.Value == "" && strings.Contains(title, "整体")) {
		switch k {
		case yardstick.Target:
			k = yardstick.DepartmentTarget
		case yardstick.SelfEvaluation:
			k = yardstick.DepartmentSelfEvaluation
		}
	} else if whole(fold(f.project.Value)) && doubt == "" {
		doubt = "标题是项目表，而项目名称写的是部门整体支出；按标题当作项目表读取"
	}
	return k, doubt
}

// whole reports whether a folded text speaks of a department's whole spending.
func whole(k string) bool {
	b := dropBrackets(k)
	for _, w := range []string{"整体支出", "部门整体", "单位整体"} {
		if strings.Contains(b, w) || strings.Contains(k, w) {
			return true
		}
	}
	return strings.Contains(k, "整体绩效") && (strings.Contains(k, "部门") || strings.Contains(k, "单位"))
}

// anyScore reports whether any row has a number in its score column.
func anyScore(blocks []*body) bool {
	for _, b := range blocks {
		for _, rw := range b.rows {
			for _, s := range b.slots(rw.r, score) {
				if _, ok := parseFigure(b.h.text(s)); ok {
					return true
				}
			}
		}
	}
	return false
}
