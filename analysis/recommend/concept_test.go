package recommend_test

import (
	"fmt"
	"strings"
	"testing"

	"yardstick/analysis/recommend"
)

var lighting = recommend.Library{
	Concepts: []recommend.Concept{
		{ID: "1", Name: "路灯亮灯率", Aliases: []string{"亮灯率"}, Level1: "产出指标", Level2: "质量指标", Sector: "城乡社区"},
		{ID: "2", Name: "路灯维护盏数", Level1: "产出指标", Level2: "数量指标", Sector: "城乡社区"},
		{ID: "3", Name: "路灯故障率", Level1: "产出指标", Level2: "质量指标", Sector: "城乡社区"},
		{ID: "4", Name: "单位电费", Level1: "成本指标", Level2: "经济成本指标", Sector: "城乡社区"},
	},
	Types: []recommend.Type{{ID: "T1", Name: "路灯运行维护", Sector: "城乡社区", Words: []string{"路灯"},
		Items: []recommend.Item{{Concept: "1", Points: 20, Core: true}, {Concept: "4", Points: 10}}}},
}

func lights(projects int) recommend.History {
	var h recommend.History
	for i := range projects {
		for j, n := range []recommend.Named{{Name: fmt.Sprintf("%d号街路灯亮起来的比例", i), Concept: "1"}, {Name: "维护盏数", Concept: "2"}, {Name: "夜间巡查次数"}} {
			h.Add(recommend.Row{ProjectID: fmt.Sprint("p", i), FormID: fmt.Sprintf("f%02d", i), Project: fmt.Sprintf("%s片区路灯维护", string(rune('甲'+i))),
				Sector: "城乡社区", Level1: "产出指标", Level2: "数量指标", Name: n.Name, Concept: n.Concept, Weight: ptr(float64(10 + j))})
		}
	}
	return h
}

// TestCountsConcepts: names that stand for one entry are one indicator whatever
// they say; names that stand for none are one only if their keys are equal; alike
// names that stand for different entries stay apart.
func TestCountsConcepts(t *testing.T) {
	h := lights(4)
	h.Add(recommend.Row{ProjectID: "p9", FormID: "f99", Project: "路灯改造", Sector: "城乡社区", Level1: "产出指标", Level2: "质量指标", Name: "路灯亮灯率", Concept: "3"})
	h.Add(recommend.Row{ProjectID: "p9", FormID: "f99", Name: "（1）夜间巡查次数"})
	h.Add(recommend.Row{ProjectID: "p9", FormID: "f99", Name: "夜间巡查总次数"})
	m, err := recommend.Build(h, lighting, recommend.Options{})
	if err != nil {
		t.Fatal(err)
	}
	a := m.Suggest(recommend.Request{Project: "丁片区路灯维护", Sector: "城乡社区", Limit: 50})
	for name, want := range map[string]int{"路灯亮灯率": 4, "路灯维护盏数": 4, "路灯故障率": 1, "单位电费": 0, "夜间巡查次数": 5} {
		if s := find(t, a, name); s.Why.UsedProjects != want {
			t.Errorf("%s: used by %d projects, want %d", name, s.Why.UsedProjects, want)
		}
	}
	if _, _, n, ok := m.Usual("1"); !ok || n != 4 {
		t.Errorf("entry 1 is used by %d projects, want 4", n)
	}
}

// TestTemplateAndPartners: what a template of the project's type has is suggested
// without any history, and says so; what the draft has brings its partners, with
// the number of projects, from three on.
func TestTemplateAndPartners(t *testing.T) {
	cold, err := recommend.Build(recommend.History{}, lighting, recommend.Options{})
	if err != nil {
		t.Fatal(err)
	}
	a := cold.Suggest(recommend.Request{Project: "开发区路灯专项", Sector: "城乡社区"})
	s := find(t, a, "单位电费")
	if want := (recommend.Template{ID: "T1", Name: "路灯运行维护", Points: 10}); s.Why.Template == nil || *s.Why.Template != want {
		t.Errorf("template %+v, want %+v", s.Why.Template, want)
	}
	if a.Basis.Type != "路灯运行维护" || !strings.Contains(find(t, a, "路灯亮灯率").Why.Sentence, "“路灯运行维护”模板的核心指标，20分") {
		t.Errorf("type %q, sentence %q", a.Basis.Type, find(t, a, "路灯亮灯率").Why.Sentence)
	}
	for n, want := range map[int]int{2: 0, 4: 1} {
		h := lights(n)
		for i := range 20 { // others, so that being together is no matter of course
			h.Add(recommend.Row{ProjectID: fmt.Sprint("q", i), FormID: fmt.Sprint("g", i), Project: fmt.Sprint("公厕", i), Name: "公厕座数"})
		}
		m, err := recommend.Build(h, lighting, recommend.Options{})
		if err != nil {
			t.Fatal(err)
		}
		a := m.Suggest(recommend.Request{Project: "亮化", Have: []recommend.Named{{Concept: "2"}}, Limit: 50})
		s := find(t, a, "路灯亮灯率")
		if len(s.Why.Partners) != want {
			t.Errorf("%d projects have both: partners %+v, want %d", n, s.Why.Partners, want)
		}
		if want == 1 && (s.Why.Partners[0].Name != "路灯维护盏数" || s.Why.Partners[0].Projects != 4 || s.Why.Partners[0].Lift <= 1) {
			t.Errorf("partner %+v, want 路灯维护盏数 with 4 projects", s.Why.Partners[0])
		}
		for _, s := range a.Suggestions {
			if s.Name == "路灯维护盏数" {
				t.Error("what the draft has is suggested")
			}
		}
	}
}
