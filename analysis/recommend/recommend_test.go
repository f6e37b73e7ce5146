package recommend_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"yardstick/analysis/recommend"
	"yardstick/analysis/target"
	"yardstick/indicators"
)

func ptr(x float64) *float64 { return &x }

// line is a short way to write a Row.
type line struct {
	level1, level2, name string
	sign                 indicators.Comparison
	value                float64
	unit                 string
	weight               float64
}

func add(h *recommend.History, id, project, unit, sector string, year int, lines ...line) {
	for _, l := range lines {
		t := recommend.Target{Raw: fmt.Sprint(l.sign, l.value, l.unit), Comparison: l.sign, Unit: l.unit}
		switch l.sign {
		case indicators.AtLeast:
			t.Low = ptr(l.value)
		case indicators.AtMost:
			t.High = ptr(l.value)
		case indicators.Equal:
			t.Low, t.High = ptr(l.value), ptr(l.value)
		default:
			t.Raw = "效果明显"
		}
		h.Add(recommend.Row{
			ProjectID: project + unit, Project: project, Unit: unit, Sector: sector, Year: year, FormID: id, Budget: ptr(100),
			Level1: l.level1, Level2: l.level2, Name: l.name, Concept: conceptOf[l.name], Target: t, Actual: "100%", Weight: ptr(l.weight),
		})
	}
}

// conceptOf is what the matcher says of the names of roads.
var conceptOf = map[string]string{"验收合格率": "1"}

// roads is a small history: four road projects, one of them in two years, and
// one of another kind.
func roads() recommend.History {
	rate := line{"产出指标", "质量指标", "验收合格率", "≥", 95, "%", 10}
	length := line{"产出指标", "数量指标", "养护里程", "=", 300, "公里", 20}
	pleased := line{"满意度指标", "服务对象满意度指标", "群众满意度", "≥", 90, "%", 10}
	cost := line{"产出指标", "成本指标", "每公里成本", "≤", 2, "万元/公里", 10}
	word := line{"效益指标", "社会效益指标", "改善出行条件", "", 0, "", 10}
	with := func(l line, value float64) line { l.value = value; return l }
	var h recommend.History
	add(&h, "f1", "农村公路养护项目", "甲县交通运输局", "交通运输", 2022, with(rate, 95), length, pleased, cost, word)
	add(&h, "f2", "农村公路日常养护", "乙县交通运输局", "交通运输", 2022, with(rate, 98), with(length, 120), pleased, word)
	add(&h, "f3", "农村公路养护工程", "丙县公路局", "交通运输", 2021, with(rate, 100), with(length, 80), cost, word)
	add(&h, "f4", "农村公路养护", "丁县公路局", "交通运输", 2021, with(rate, 90))
	add(&h, "f5", "农村公路养护", "丁县公路局", "交通运输", 2023, with(rate, 97), pleased) // the same project, later
	add(&h, "f6", "幼儿园公用经费", "戊县教育局", "教育", 2022, line{"产出指标", "数量指标", "保障学生人数", "=", 500, "人", 20}, pleased)
	return h
}

func build(t testing.TB, h recommend.History, lib []recommend.Concept, types ...recommend.Type) *recommend.Model {
	t.Helper()
	m, err := recommend.Build(h, recommend.Library{Concepts: lib, Types: types}, recommend.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

var smallLib = []recommend.Concept{
	{ID: "1", Name: "项目验收合格率", Aliases: []string{"验收合格率"}, Level1: "产出指标", Level2: "质量指标", Sector: "共性", Text: "工程 养护", Comparison: "≥", Unit: "%"},
	{ID: "2", Name: "农村公路优良路率", Level1: "产出指标", Level2: "质量指标", Sector: "交通运输", Text: "农村公路 养护", Comparison: "≥", Unit: "%"},
	{ID: "3", Name: "公交准点率", Level1: "产出指标", Level2: "质量指标", Sector: "交通运输", Text: "公交", Comparison: "≥", Unit: "%"},
	{ID: "4", Name: "办学条件改善程度", Level1: "效益指标", Level2: "社会效益指标", Sector: "教育", Text: "学校 幼儿园"},
}

func find(t testing.TB, a recommend.Answer, name string) recommend.Suggestion {
	t.Helper()
	for _, s := range a.Suggestions {
		if s.Name == name {
			return s
		}
	}
	t.Fatalf("%s is not suggested: %s", name, names(a))
	return recommend.Suggestion{}
}

func names(a recommend.Answer) string {
	var out []string
	for _, s := range a.Suggestions {
		out = append(out, s.Name)
	}
	return strings.Join(out, " ")
}

func TestSuggestEvidence(t *testing.T) {
	m := build(t, roads(), smallLib)
	a := m.Suggest(recommend.Request{Project: "2024年农村公路养护项目", Sector: "交通运输", Budget: ptr(120)})
	if a.Basis.Note != "" || a.Basis.Forms != 6 || a.Basis.Projects != 5 || a.Basis.Library != 4 || len(a.Basis.Similar) != 4 {
		t.Errorf("basis %+v, want 6 forms, 5 projects, 4 similar and no note", a.Basis)
	}
	s := find(t, a, "项目验收合格率") // filed as 验收合格率, an alias
	if s.Why.Library != "1" || s.Why.UsedProjects != 4 || s.Why.UsedInSector != 4 || s.Why.SectorTotal != 4 || len(s.Why.Similar) != 4 {
		t.Errorf("why %+v, want used by 4 of 4 and entry 1", s.Why)
	}
	for _, p := range s.Why.Similar {
		if p.FormID == "f4" {
			t.Error("the earlier form of a project counts beside its later one")
		}
		if p.Target == "" || p.Actual != "100%" || p.Year == 0 || p.Unit == "" {
			t.Errorf("evidence is incomplete: %+v", p)
		}
	}
	// 95, 97, 98, 100, the latest form of each project: by hand. What is proposed
	// was filed: of the two middle values the harder.
	if g, why := s.Target, "相似项目的 4 个填报值的中位数是 97.5，取居中两个填报值里较严的 98"; g.Text != "≥98%" || g.Low == nil || *g.Low != 98 || g.High != nil || *g.Median != 97.5 || *g.Q1 != 96.5 ||
		*g.Q3 != 98.5 || g.N != 4 || g.Basis != target.Trade || g.BasisWhy != why || !slices.Equal(g.Values, []float64{95, 97, 98, 100}) || g.Tightness.Word != target.Unknown {
		t.Errorf("target %+v, want ≥98%% of 95, 97, 98 and 100, %s", g, why)
	}
	if s.Weight.N != 4 || s.Weight.Median == nil || *s.Weight.Median != 10 {
		t.Errorf("weight %+v, want median 10 of 4", s.Weight)
	}
	for _, part := range []string{"4个相似项目中有4个用它", "“交通运输”类4个项目中有4个用过", "（1）"} {
		if !strings.Contains(s.Why.Sentence, part) {
			t.Errorf("sentence %q lacks %q", s.Why.Sentence, part)
		}
	}
	if c := find(t, a, "每公里成本"); c.Level1 != "成本指标" {
		t.Errorf("cost stands under %s, want the class of the frame of 2021", c.Level1)
	}
}

func TestNoNumberWithoutN(t *testing.T) {
	a := build(t, roads(), smallLib).Suggest(recommend.Request{Project: "农村公路养护", Sector: "交通运输", Limit: 50})
	for _, s := range a.Suggestions {
		numbers := []*float64{s.Target.Low, s.Target.High, s.Target.Median, s.Target.Q1, s.Target.Q3}
		if s.Target.N < recommend.MinValues && slices.ContainsFunc(numbers, func(x *float64) bool { return x != nil }) {
			t.Errorf("%s: a number over %d values", s.Name, s.Target.N)
		}
		if s.Weight.N < recommend.MinValues && s.Weight.Median != nil {
			t.Errorf("%s: a weight over %d values", s.Name, s.Weight.N)
		}
		if s.Target.Text == "" && s.Target.Note == "" {
			t.Errorf("%s: neither a target nor a reason", s.Name)
		}
		if s.Why.Sentence == "" || s.Why.Similar == nil {
			t.Errorf("%s: no reason", s.Name)
		}
	}
	if c := find(t, a, "每公里成本"); !strings.Contains(c.Target.Note, "只有 2 个填报值（≤2万元/公里、≤2万元/公里）") {
		t.Errorf("two values are described as %q", c.Target.Note)
	}
	if w := find(t, a, "改善出行条件"); w.Target.Text != "效果明显" || w.Target.N != 3 || w.Target.Median != nil {
		t.Errorf("a target in words is described as %+v", w.Target)
	}
	if l := find(t, a, "养护里程"); !strings.Contains(l.Target.Note, "随项目规模变化") {
		t.Errorf("kilometres of other projects are proposed without a warning: %+v", l.Target)
	}
}

func TestRefusal(t *testing.T) {
	m := build(t, roads(), smallLib)
	a := m.Suggest(recommend.Request{Project: "幼儿园公用经费", Sector: "教育"})
	if !strings.HasPrefix(a.Basis.Note, "没有可比的项目") || !strings.Contains(a.Basis.Note, "只有1个，少于3个") || len(a.Basis.Similar) != 1 {
		t.Errorf("basis %+v, want a refusal that names the one similar project", a.Basis)
	}
	if len(a.Suggestions) == 0 {
		t.Error("a refusal still has suggestions from class and library")
	}
	for _, s := range a.Suggestions {
		if len(s.Why.Similar) != 0 {
			t.Errorf("%s rests on similar projects in spite of the refusal", s.Name)
		}
	}
	find(t, a, "办学条件改善程度")
	empty := build(t, recommend.History{}, smallLib).Suggest(recommend.Request{Project: "农村公路养护"})
	if !strings.Contains(empty.Basis.Note, "还没有导入过表单") {
		t.Errorf("note of an empty history: %q", empty.Basis.Note)
	}
	if got := names(empty); !strings.HasPrefix(got, "农村公路优良路率") {
		t.Errorf("cold start suggests %q, want 农村公路优良路率 first", got)
	}
	nothing := build(t, recommend.History{}, nil).Suggest(recommend.Request{Project: "农村公路养护"})
	if nothing.Suggestions == nil || len(nothing.Suggestions) != 0 {
		t.Errorf("without history and library: %v, want an empty list", nothing.Suggestions)
	}
}

func TestHaveAndLimit(t *testing.T) {
	m := build(t, roads(), smallLib)
	r := recommend.Request{Project: "农村公路养护", Sector: "交通运输", Have: []recommend.Named{{Name: "指标1：验收合格率（≥95%）"}, {Name: "养护里程数"}}, Limit: 3}
	a := m.Suggest(r)
	if len(a.Suggestions) != 3 {
		t.Errorf("got %d suggestions, want 3", len(a.Suggestions))
	}
	r.Limit = 100
	for _, s := range m.Suggest(r).Suggestions {
		if s.Name == "项目验收合格率" || s.Name == "养护里程" {
			t.Errorf("%s is suggested although the draft has it", s.Name)
		}
	}
}

// TestCoversClasses holds a list of twelve to having all classes that history
// and library offer for the project.
func TestCoversClasses(t *testing.T) {
	m := build(t, recommend.History{}, recommend.ShippedLibrary(t).Concepts)
	a := m.Suggest(recommend.Request{Project: "农村公路养护工程", Sector: "交通运输", Limit: 12})
	seen := make(map[string]bool)
	for _, s := range a.Suggestions {
		seen[s.Level1] = true
		seen[s.Level2] = true
	}
	for _, want := range []string{"数量指标", "质量指标", "时效指标", "成本指标", "效益指标", "满意度指标"} {
		if !seen[want] {
			t.Errorf("no %s among %s", want, names(a))
		}
	}
}

// TestDeterministic: the answer depends on what was filed, not on the order in
// which the warehouse returned it, nor on the run.
func TestDeterministic(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	rows := syntheticRows(300, 12)
	r0 := recommend.Request{Project: "乡镇河道治理工程", Sector: "农林水", Goal: "治理河道", Limit: 40}
	var want recommend.Answer
	for i := range 4 {
		if i > 0 {
			r.Shuffle(len(rows), func(a, b int) { rows[a], rows[b] = rows[b], rows[a] })
		}
		var h recommend.History
		for _, row := range rows {
			for _, l := range row {
				h.Add(l)
			}
		}
		got := build(t, h, recommend.ShippedLibrary(t).Concepts).Suggest(r0)
		if i == 0 {
			want = got
		} else if !reflect.DeepEqual(got, want) {
			t.Fatalf("another order of forms gave another answer:\n%s\n%s", names(want), names(got))
		}
	}
}

func TestInputsUnchangedAndConcurrent(t *testing.T) {
	lib := slices.Clone(smallLib)
	m := build(t, roads(), lib)
	r := recommend.Request{Project: "农村公路养护", Sector: "交通运输", Have: []recommend.Named{{Name: "养护里程"}}}
	want := m.Suggest(r)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 20 {
				if got := m.Suggest(r); !reflect.DeepEqual(got, want) {
					t.Error("answers differ between calls")
				}
			}
		})
	}
	wg.Wait()
	if !reflect.DeepEqual(lib, smallLib) {
		t.Error("Build changed the library")
	}
}

func TestExclude(t *testing.T) {
	m, err := recommend.Build(roads(), recommend.Library{}, recommend.Options{Exclude: func(id string) bool { return id == "f6" || id == "f5" }})
	if err != nil {
		t.Fatal(err)
	}
	a := m.Suggest(recommend.Request{Project: "农村公路养护", Sector: "交通运输"})
	if a.Basis.Forms != 4 {
		t.Errorf("got %d forms, want 4", a.Basis.Forms)
	}
	if strings.Contains(names(a), "保障学生人数") {
		t.Error("an excluded form's indicator is suggested")
	}
}

// syntheticRows is a made-up history, for speed and determinism only: n forms of
// k lines each, names put together from fragments.
func syntheticRows(n, k int) [][]recommend.Row {
	r := rand.New(rand.NewPCG(7, 11))
	pick := func(s []string) string { return s[r.IntN(len(s))] }
	place := strings.Fields("河道 农村公路 校舍 绿地 村卫生室 养老院 博物馆 灌区 水库 市场 路灯 管网 林场 体育馆 公交线路")
	act := strings.Fields("治理 养护 改造 新建 运行 购置 维修 监测 保洁 补助 推广 培训")
	kind := strings.Fields("工程 项目 专项经费 补助资金 服务采购")
	sectors := strings.Fields("农林水 交通运输 教育 城乡社区 卫生健康 社会保障和就业 文化旅游体育与传媒 公共安全")
	what := strings.Fields("数量 面积 合格率 及时率 覆盖率 成本 满意度 里程 人数 完好率 次数 标准")
	levels := [][2]string{{"产出指标", "数量指标"}, {"产出指标", "质量指标"}, {"产出指标", "时效指标"}, {"成本指标", "经济成本指标"}, {"效益指标", "社会效益指标"}, {"满意度指标", "服务对象满意度指标"}}
	out := make([][]recommend.Row, n)
	for i := range out {
		project := "第" + fmt.Sprint(i%97) + "乡镇" + pick(place) + pick(act) + pick(kind)
		sector, goal := pick(sectors), pick(act)+pick(place)+"，改善"+pick(place)+"条件，"+pick(act)+pick(place)
		for j := range k {
			level := levels[r.IntN(len(levels))]
			v := float64(r.IntN(100))
			out[i] = append(out[i], recommend.Row{
				ProjectID: fmt.Sprint("p", i), FormID: fmt.Sprintf("f%06d", i), Project: project, Unit: "某局", Sector: sector, Goal: goal, Year: 2020 + i%5,
				Budget: ptr(float64(1 + r.IntN(1000))), Level1: level[0], Level2: level[1],
				Name:   pick(place) + pick(act) + pick(what) + []string{"", "", "", fmt.Sprintf("（第%d批）", j)}[r.IntN(4)],
				Target: recommend.Target{Raw: fmt.Sprintf("≥%v%%", v), Comparison: "≥", Low: &v, Unit: "%"}, Weight: ptr(10),
			})
		}
	}
	return out
}
