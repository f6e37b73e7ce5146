package recommend

import (
	"fmt"
	"slices"
	"testing"
)

// strangers is a small library: training in general and of demobilised soldiers,
// a plant's building and its operation.
func strangers() Library {
	c := func(id, name, level1, level2, sector string, types ...string) Concept {
		return Concept{ID: id, Name: name, Level1: level1, Level2: level2, Sector: sector, Types: types, Text: name}
	}
	return Library{
		Types: []Type{
			{ID: "T1", Name: "业务培训", Sector: common, Words: []string{"培训", "培训班"}, Items: []Item{{Concept: "1", Points: 10, Core: true}}},
			{ID: "T2", Name: "退役士兵教育培训", Sector: "社会保障和就业", Words: []string{"退役士兵", "退役军人", "教育培训"}, Items: []Item{{Concept: "2", Points: 10, Core: true}}},
			{ID: "T3", Name: "城镇污水处理厂运行", Sector: "节能环保", Words: []string{"污水处理厂"}, Items: []Item{{Concept: "3", Points: 10, Core: true}}},
			{ID: "T4", Name: "基本建设工程", Sector: common, Words: []string{"工程", "新建", "扩建"}, Items: []Item{{Concept: "4", Points: 10, Core: true}}},
		},
		Concepts: []Concept{
			c("1", "培训人次", "产出指标", "数量指标", common, "业务培训"),
			c("2", "退役军人满意度", "满意度指标", "服务对象满意度指标", "社会保障和就业", "退役士兵教育培训"),
			c("3", "污水处理厂稳定运行天数", "产出指标", "数量指标", "节能环保", "城镇污水处理厂运行"),
			c("4", "项目（工程）验收合格率", "产出指标", "质量指标", common, "基本建设工程"),
			c("5", "预算执行率", "产出指标", "时效指标", common),
			c("6", "参训学员满意度", "满意度指标", "服务对象满意度指标", common, "业务培训"),
		},
	}
}

func strangersModel(t *testing.T) *Model {
	t.Helper()
	m, err := Build(History{}, strangers(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// TestTypeByWholeName: the tail of a type's name does not tell the type, and
// operation does not tell building; what distinguishes it does.
func TestTypeByWholeName(t *testing.T) {
	m := strangersModel(t)
	for project, want := range map[string]string{
		"干部教育培训":       "业务培训",
		"退役士兵教育培训":     "退役士兵教育培训",
		"退役军人适应性教育培训":  "退役士兵教育培训",
		"县城污水处理厂扩建工程":  "基本建设工程",
		"县城污水处理厂运行费":   "城镇污水处理厂运行",
		"污水处理厂设备养护工程费": "城镇污水处理厂运行", // both building and operation: no kind
	} {
		if got := m.Suggest(Request{Project: project}).Basis.Type; got != want {
			t.Errorf("%s: got %q, want %q", project, got, want)
		}
	}
}

// TestStrangersBehind: what belongs to other projects by whom it is for or by its
// kind loses against the same without; where the project names it, nothing.
func TestStrangersBehind(t *testing.T) {
	m := strangersModel(t)
	for _, c := range []struct {
		project, name string
		less          bool
	}{
		{"干部教育培训", "退役军人满意度", true},
		{"退役军人就业服务", "退役军人满意度", false},
		{"县城污水处理厂扩建工程", "污水处理厂稳定运行天数", true},
		{"县城污水处理厂运行", "污水处理厂稳定运行天数", false},
		{"干部教育培训", "参训学员满意度", false},
	} {
		q := m.query(Request{Project: c.project, Sector: "社会保障和就业"}, nil)
		at := slices.IndexFunc(q.candidates(), func(x candidate) bool { return m.groups[x.group].name == c.name })
		if at < 0 {
			t.Errorf("%s: no candidate %s", c.project, c.name)
		} else if bonus := q.work.list[at].bonus; (bonus < 0) != c.less {
			t.Errorf("%s: %s has a bonus of %g, want below 0: %v", c.project, c.name, bonus, c.less)
		}
		q.release()
	}
}

// TestExecutionNever: budget execution is scored apart from the indicators.
func TestExecutionNever(t *testing.T) {
	for _, s := range strangersModel(t).Suggest(Request{Project: "干部教育培训预算执行", Limit: 50}).Suggestions {
		if s.Name == "预算执行率" {
			t.Error("预算执行率 is suggested")
		}
	}
}

// TestFiledTwice: a dated and an undated copy, and one under a name with a remark,
// are one witness; another unit's project of the same name is another.
func TestFiledTwice(t *testing.T) {
	var h History
	x := 95.0
	for i, f := range []struct {
		project, unit, target string
		year                  int
	}{
		{"农村公路养护", "甲县公路局", "≥95%", 0},
		{"2023年农村公路养护", "甲县公路局", "≥96%", 2023},
		{"农村公路养护（自评）", "", "≥95%", 0},
		{"农村公路养护", "乙县公路局", "≥97%", 2022},
		{"农村公路养护（一标段）", "丙县公路局", "≥98%", 2022},
		{"农村公路养护（二标段）", "丙县公路局", "≥98%", 2022},
	} {
		h.Add(Row{ProjectID: fmt.Sprint(i), Project: f.project, Unit: f.unit, Year: f.year, FormID: fmt.Sprint(i), Level1: "产出指标", Level2: "质量指标",
			Name: "公路完好率", Target: Target{Raw: f.target, Comparison: "≥", Low: &x, Unit: "%"}})
	}
	m, err := Build(h, Library{}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	seen := map[int32]bool{}
	for p := range m.projects {
		seen[m.twin[p]] = true
	}
	if len(seen) != 4 {
		t.Errorf("%d projects count of %v, want 4: two of 甲县 and its self-evaluation are one", len(seen), m.twin)
	}
	if got := len(m.once(m.groups[0].uses)); got != 4 {
		t.Errorf("%d values count, want 4", got)
	}
}
