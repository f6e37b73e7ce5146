package forms_test

import (
	"fmt"
	"sort"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yardstick/ingest/forms"
	"yardstick/ingest/grid"
)

// TestIssues checks which doubts are raised, with which code and cell.
func TestIssues(t *testing.T) {
	const head = "项目支出绩效自评表（2023年度）\n项目名称|甲项目\n"
	const cols = "一级指标|二级指标|三级指标|指标值|实际完成值|分值|得分\n"
	for _, tc := range []struct{ name, in, want string }{
		{"clean", head + cols + "产出|数量|甲数|≥3个|4个|100|100", ""},
		{"no year", "绩效自评表\n项目名称|甲项目\n" + cols + "产出|数量|甲数|≥3个|4个|100|100", "A1 form.year"},
		{"two years", "2023年度绩效自评表\n项目名称|甲项目|年度|2022\n" + cols + "产出|数量|甲数|≥3个|4个|100|100", "D2 form.year"},
		{"no project", "项目支出绩效自评表（2023年度）\n" + cols + "产出|数量|甲数|≥3个|4个|100|100", "A1 form.project"},
		{"title says another kind", "项目支出绩效目标表（2023年度）\n项目名称|甲项目\n" + cols + "产出|数量|甲数|≥3个|4个|100|100", "A1 form.kind"},
		{"values without a name", head + cols + "产出|数量|甲数|≥3个|4个|100|100\n||| 5个|6个|10|10", "D5 line.name!"},
		{"no indicator", head + cols + "产出|数量|指标1：||||", "A1 form.no_lines"},
		{"score above weight", head + cols + "产出|数量|甲数|≥3个|4个|100|101", "G4 line.score"},
		{"score in words", head + cols + "产出|数量|甲数|≥3个|4个|100|优秀", "G4 line.score"},
		{"years of the whole project", head + "实施年度|2021年—2025年\n" + cols + "产出|数量|甲数|≥3个|4个|100|100", ""},
		{"a sum is no year", head + "年度预算（元）|200000\n年度资金（元）|201000\n" + cols + "产出|数量|甲数|≥3个|4个|100|100", ""},
		{"a small sum is no year", head + "预算金额（万元）|2010\n" + cols + "产出|数量|甲数|≥3个|4个|100|100", ""},
		{"title of what was done", "项目绩效目标完成情况表（2023年度）\n项目名称|甲项目\n" + cols + "产出|数量|甲数|≥3个|4个|100|100", ""},
		{"unit of money in a heading", "绩效自评表（2023年度）|<|<|<\n项目名称|甲项目||\n二、预算执行情况（元）|<|<|<\n资金|全年预算数|全年执行数|\n年度资金总额|10|5|\n" + cols +
			"产出|数量|甲数|≥3个|4个|100|100", ""},
		{"copied target", head + cols + "产出|质量|甲度|≥90%|≥90%|100|100", "E4 value.copied"},
		{"rate above 100", head + cols + "产出|质量|甲覆盖率|100%|110%|100|100", "E4 value.rate_over"},
		{"misread", head + cols + "产出|质量|甲合格率|290%|95%|100|100", "D4 value.ocr"},
		{"masked", head + cols + "产出|数量|甲数|≥**人|95人|100|100", "D4 value.masked"},
		{"unit in the name", head + cols + "产出|数量|甲地面积（≥**亩）|≥60|70亩|100|100", "D4 value.in_name"},
		{"weights miss the stated points", head + cols + "产出（50分）|数量|甲数|≥3个|4个|40|40", "A1 weight.sum"},
		{"level left out", head + cols + "（100分）|数量|甲数|≥3个|4个|100|100", "C4 line.level"},
		{"total of zero", head + "项目资金（万元）|年初预算数|全年预算数|全年执行数\n年度资金总额|10|0|9\n其中：财政拨款|10|10|9\n" + cols +
			"产出|数量|甲数|≥3个|4个|100|100", "C4 budget.total_zero"},
		{"rate that does not follow", head + "项目资金（万元）|全年预算数|全年执行数|执行率\n年度资金总额|10|5|100%\n" + cols +
			"产出|数量|甲数|≥3个|4个|100|100", "D4 budget.rate"},
		{"a share for a rate", head + "项目资金（万元）|全年预算数|全年执行数|执行率\n年度资金总额|10|5|0.5\n" + cols +
			"产出|数量|甲数|≥3个|4个|100|100", ""},
		{"no unit of money", head + "项目资金|全年预算数|全年执行数\n年度资金总额|10|5\n" + cols + "产出|数量|甲数|≥3个|4个|100|100", "B4 budget.unit"},
		{"two units of money", "单位：元\n" + head + "项目资金（万元）|全年预算数|全年执行数\n年度资金总额|10|5\n" + cols +
			"产出|数量|甲数|≥3个|4个|100|100", "B5 budget.unit"},
		{"a sum in words", head + "项目资金（万元）|全年预算数|全年执行数\n年度资金总额|见附件|5\n" + cols +
			"产出|数量|甲数|≥3个|4个|100|100", "B4 budget.number"},
		{"prose", "某某报告\n本项目完成情况良好", " form.none!"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			res := forms.Read(table(tc.in))
			var got []string
			for _, i := range res.Rejected {
				got = append(got, fmt.Sprintf("%s %s!", i.Cell, i.Code))
			}
			for _, i := range res.Warnings {
				got = append(got, fmt.Sprintf("%s %s", i.Cell, i.Code))
			}
			sort.Strings(got)
			if diff := cmp.Diff(tc.want, strings.Join(got, "\n")); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			checkTally(t, res)
		})
	}
}

// TestCoverSheet checks that a cover sheet's fields hold for the sheets behind
// it, and that one sheet without a form is no rejection beside others.
func TestCoverSheet(t *testing.T) {
	cover := table("2024年部门预算绩效目标\n单位名称|甲局\n年度|2024")
	form := table("项目绩效目标表\n项目名称|甲项目\n一级指标|二级指标|三级指标|指标值\n产出指标|数量指标|甲数|3个")
	res := forms.ReadFile([]*grid.Grid{cover, form})
	if len(res.Forms) != 1 || len(res.Rejected) != 0 {
		t.Fatalf("%d forms, rejected %v", len(res.Forms), res.Rejected)
	}
	if f := res.Forms[0]; f.Unit.Value != "甲局" || f.Year.Value != 2024 {
		t.Errorf("unit %q, year %v; want those of the cover", f.Unit.Value, f.Year.Value)
	}
}

// TestContentsSheet checks that a list of contents leaves no trace in the forms
// behind it.
func TestContentsSheet(t *testing.T) {
	form := table("部门整体支出绩效目标表（2024年度）\n部门名称|甲局\n一级指标|二级指标|三级指标|指标值\n产出指标|数量指标|甲数|3个")
	for _, list := range []string{
		"目录\n序号|项目名称|页码\n1|乙项目|2\n2|丙项目|3",
		"目录\n序号|项目名称\n1|乙项目\n2|丙项目",
		"项目名称|主管部门\n乙项目|乙局\n丙项目|丙局",
	} {
		res := forms.ReadFile([]*grid.Grid{table(list), form})
		if len(res.Forms) != 1 || len(res.Warnings) != 0 {
			t.Errorf("%s: %d forms, warnings %v", list, len(res.Forms), res.Warnings)
			continue
		}
		if f := res.Forms[0]; f.Project.Value != "" || f.Department.Value != "甲局" || f.Year.Value != 2024 {
			t.Errorf("%s: project %q, department %q, year %v", list, f.Project.Value, f.Department.Value, f.Year.Value)
		}
	}
}

// TestFields checks which label and which cell a field is read from.
func TestFields(t *testing.T) {
	const title, cols = "项目支出绩效目标表（2024年度）\n项目名称|甲项目||\n", "\n一级指标|二级指标|三级指标|指标值\n产出指标|数量指标|甲数|3个"
	for _, tc := range []struct{ name, rows, department, unit string }{
		{"department or unit", "部门（单位）|甲所|主管部门|甲局", "甲局", "甲所"},
		{"department", "部门|甲局||", "甲局", ""},
		{"department that answers for the budget", "主管预算部门|甲局|责任单位|甲所", "甲局", "甲所"},
		{"blank unit before another field", "主管部门|甲局||\n单位名称：|填报日期：2024年3月1日||", "甲局", ""},
		{"blank unit before a label", "实施单位||主管部门|甲局", "甲局", ""},
		{"blank unit above a sum", "主管部门|甲局|实施单位|\n年度预算（万元）|100||1287900", "甲局", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			res := forms.Read(table(title + tc.rows + cols))
			if len(res.Forms) != 1 {
				t.Fatalf("%d forms", len(res.Forms))
			}
			if f := res.Forms[0]; f.Department.Value != tc.department || f.Unit.Value != tc.unit {
				t.Errorf("department %q, unit %q; want %q, %q", f.Department.Value, f.Unit.Value, tc.department, tc.unit)
			}
		})
	}
}

// TestSplitTables checks that a table with a form's head and the table with its
// indicators, as word processors part them, make one form.
func TestSplitTables(t *testing.T) {
	head := table("项目名称|甲项目|主管部门|甲局\n年度资金总额（万元）|100|||")
	lines := table("一级指标|二级指标|三级指标|指标值\n产出指标|数量指标|甲数|3个")
	head.Heading = []string{"项目支出绩效目标表", "（2024年度）"}
	res := forms.ReadFile([]*grid.Grid{head, lines})
	if len(res.Forms) != 1 {
		t.Fatalf("%d forms", len(res.Forms))
	}
	if got, want := summary(&res.Forms[0]), "target 甲项目 2024 budget 100/100/–\n产出指标/数量指标/甲数|3个||–|–"; got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
}

// TestDuplicate checks that a form that stands in a file twice is said so.
func TestDuplicate(t *testing.T) {
	const form = "绩效目标表（2024年度）\n项目名称|甲项目\n一级指标|二级指标|三级指标|指标值\n产出指标|数量指标|甲数|3个"
	res := forms.ReadFile([]*grid.Grid{table(form), table(form)})
	if len(res.Forms) != 2 || len(res.Warnings) != 1 || res.Warnings[0].Code != "form.duplicate" {
		t.Errorf("%d forms, warnings %v", len(res.Forms), res.Warnings)
	}
}
