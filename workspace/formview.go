package workspace

import (
	"strconv"

	"yardstick"
)

// headFields lists the head fields of a form beside their raw text and cell,
// those that the form does not show included.
func headFields(f *yardstick.Form) []Field {
	year := Field{Label: "年度", Raw: f.Year.Raw, Cell: f.Year.Cell}
	if f.Year.Known {
		year.Value = strconv.Itoa(int(f.Year.Value))
	}
	return []Field{
		field("表名", f.Title), year, field("项目", f.Project), field("单位", f.Unit), field("主管部门", f.Department),
		field("地区", f.Region), field("年度总体目标", f.Goal), field("目标完成情况", f.GoalActual),
		numeric("总分", f.TotalScore), field("等级", f.Grade),
	}
}

func field(label string, t yardstick.Text) Field {
	return Field{Label: label, Value: t.Value, Raw: t.Raw, Cell: t.Cell}
}

func numeric(label string, n yardstick.Number) Field {
	f := Field{Label: label, Raw: n.Raw, Cell: n.Cell}
	if n.Known {
		f.Value = strconv.FormatFloat(n.Value, 'f', -1, 64)
	}
	return f
}

// funds lists the budget block: the form's sums first, then every row of it.
func funds(f *yardstick.Form) []Fund {
	b := &f.Budget
	out := []Fund{{
		Label: "全表", Initial: known(b.Initial), FullYear: known(b.FullYear), Executed: known(b.Executed),
		Rate: known(b.ExecutionRate), Weight: known(b.ExecutionWeight), Score: known(b.ExecutionScore),
		Cells: shown(numeric("年初预算", b.Initial), numeric("全年预算", b.FullYear), numeric("执行数", b.Executed),
			numeric("执行率", b.ExecutionRate), numeric("分值", b.ExecutionWeight), numeric("得分", b.ExecutionScore)),
	}}
	for _, row := range b.Funds {
		out = append(out, Fund{
			Label: row.Label, Initial: known(row.Initial), FullYear: known(row.FullYear), Executed: known(row.Executed),
			Cells: shown(numeric("年初预算", row.Initial), numeric("全年预算", row.FullYear), numeric("执行数", row.Executed)),
		})
	}
	return out
}

// shown keeps the fields that stand somewhere on the form.
func shown(fields ...Field) []Field {
	out := []Field{}
	for _, f := range fields {
		if f.Raw != "" || f.Cell != "" {
			out = append(out, f)
		}
	}
	return out
}

// lineViews shows each line with the raw text and cell of its fields and the
// issues that lie on one of its cells.
func lineViews(f *yardstick.Form, issues []yardstick.Issue) []LineView {
	plain := formOf(f).Lines
	out := make([]LineView, 0, len(f.Lines))
	for i := range f.Lines {
		l := &f.Lines[i]
		v := LineView{
			Line: plain[i], Seq: l.Seq, SubRow: l.SubRow, LongTerm: l.LongTerm.Value, Expected: l.Expected.Value, Note: l.Note.Value,
			Doubts: []yardstick.Issue{},
			Cells: map[string]Field{
				"level1": field("一级指标", l.Level1), "level2": field("二级指标", l.Level2), "name": field("三级指标", l.Name),
				"target": measure("目标值", l.Target), "actual": measure("完成值", l.Actual),
				"long_term": measure("中长期目标值", l.LongTerm), "expected": measure("全年预计", l.Expected),
				"weight": numeric("分值", l.Weight), "score": numeric("得分", l.Score),
				"reason": field("偏差原因", l.Reason), "note": field("说明", l.Note),
			},
		}
		mine := map[string]bool{l.Cell: true}
		for _, c := range v.Cells {
			mine[c.Cell] = true
		}
		doubts := map[string]bool{}
		for _, code := range l.Doubts {
			doubts[code] = true
		}
		for _, is := range issues {
			// Level cells are shared by lines: the line's own codes decide.
			if is.Cell != "" && mine[is.Cell] && doubts[string(is.Code)] {
				v.Doubts = append(v.Doubts, is)
			}
		}
		out = append(out, v)
	}
	return out
}

func measure(label string, m yardstick.Measure) Field {
	return Field{Label: label, Value: m.Value.String(), Raw: m.Raw, Cell: m.Cell}
}
