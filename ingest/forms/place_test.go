package forms_test

import (
	"testing"

	"yardstick/ingest/forms"
	"yardstick/ingest/grid"
)

// TestToldByTheirPlace reads words that mean one thing as labels, titles or sums
// and another where a name stands.
func TestToldByTheirPlace(t *testing.T) {
	g := grid.New("a.xlsx", "表", [][]string{
		{"项目支出绩效目标申报表"},
		{"项目名称", "学校公用经费预算"},
		{"主管部门", "示例县教育局", "", "实施单位", "示例中学"},
		{"项目资金（万元）", "年度资金总额", "120"},
		{"", "其中：财政拨款", "120"},
		{"年度总体目标", "完成全年绩效目标"},
		{"一级指标", "二级指标", "三级指标", "指标值", "分值"},
		{"产出指标", "数量指标", "绩效自评表报送份数", "12份"},
		{"", "", "培训费和差旅费小计", "≤5万元", "10"},
		{"", "质量指标", "绩效评价得分", "≥90分", "10"},
		{"", "", "小计", "", "20"},
		{"满意度指标", "服务对象满意度指标", "学生满意度", "≥95%", "10"},
		{"合计", "", "", "", "30"},
	}, grid.Span{Row: 0, Col: 0, RowSpan: 1, ColSpan: 5}, grid.Span{Row: 3, Col: 0, RowSpan: 2, ColSpan: 1})
	r := forms.Read(g)
	if len(r.Forms) != 1 {
		t.Fatalf("%d forms", len(r.Forms))
	}
	f := r.Forms[0]
	if f.Project.Value != "学校公用经费预算" || f.Goal.Value != "完成全年绩效目标" || f.Unit.Value != "示例中学" {
		t.Errorf("project %q, goal %q, unit %q", f.Project.Value, f.Goal.Value, f.Unit.Value)
	}
	if n := len(f.Budget.Funds); n != 2 || f.Budget.FullYear.Value != 120 {
		t.Errorf("%d rows of the budget, %v: %+v", n, f.Budget.FullYear.Value, f.Budget.Funds)
	}
	var names []string
	for _, l := range f.Lines {
		names = append(names, l.Name.Value)
	}
	want := []string{"绩效自评表报送份数", "培训费和差旅费小计", "绩效评价得分", "学生满意度"}
	if len(names) != len(want) {
		t.Fatalf("lines %q, want %q", names, want)
	}
	for i := range want {
		if names[i] != want[i] {
			t.Errorf("line %d is %q, want %q", i+1, names[i], want[i])
		}
	}
}

// TestSecondFormBeginsAtItsTitle holds that what is signed below a form does not
// belong to the next one, and that a note above a title does.
func TestSecondFormBeginsAtItsTitle(t *testing.T) {
	form := func(project string) [][]string {
		return [][]string{
			{"项目支出绩效目标表"},
			{"（2024年度）"},
			{"项目名称", project},
			{"一级指标", "二级指标", "三级指标", "指标值"},
			{"产出指标", "数量指标", "养护里程", "≥10公里"},
			{"效益指标", "社会效益指标", "群众投诉件数", "≤3件"},
		}
	}
	cells := append(form("甲"), []string{"填表人：    联系电话：    填表日期："}, []string{}, []string{"附件2"})
	cells = append(cells, form("乙")...)
	r := forms.Read(grid.New("a.xlsx", "表", cells))
	if len(r.Forms) != 2 {
		t.Fatalf("%d forms", len(r.Forms))
	}
	if got := r.Forms[1].Cell; got != "A9" {
		t.Errorf("the second form begins at %s, want A9 (附件2)", got)
	}
}
