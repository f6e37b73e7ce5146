package workspace_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"yardstick"
	"yardstick/workspace"
)

// someForm is a form of the sample of that kind with lines and a year.
func someForm(t testing.TB, w *workspace.Workspace, k yardstick.FormKind) workspace.FormHead {
	t.Helper()
	list, err := w.Forms(t.Context(), workspace.FormQuery{Kind: k, Limit: 1000})
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(list.Forms, func(f workspace.FormHead) bool {
		return f.Lines >= 4 && f.Year != nil && f.Unit != "" && f.Project != ""
	})
	if i < 0 {
		t.Fatalf("the sample has no %s form with lines, year and unit", k)
	}
	return list.Forms[i]
}

func TestDraftFromForms(t *testing.T) {
	w, _ := sample(t)
	for _, k := range []yardstick.FormKind{yardstick.Target, yardstick.SelfEvaluation} {
		h := someForm(t, w, k)
		d, err := w.StartDraft(t.Context(), workspace.DraftStart{Form: h.ID})
		if err != nil {
			t.Fatal(err)
		}
		if d.Origin.Kind != "form" || d.Origin.Ref != h.ID || !d.Sample || d.Body.Year != *h.Year+1 || d.Body.Project != h.Project || len(d.Body.Lines) == 0 {
			t.Errorf("last year's %s: origin %+v, sample %t, year %d after %d", k, d.Origin, d.Sample, d.Body.Year, *h.Year)
		}
		for _, part := range []string{fmt.Sprint(*h.Year), fmt.Sprintf("%d 个指标", len(d.Body.Lines)), "目标值"} {
			if !strings.Contains(d.Origin.Note, part) {
				t.Errorf("note %q does not say %q", d.Origin.Note, part)
			}
		}
		if says := strings.Contains(d.Origin.Note, "实际完成值没有接过来"); says != (k == yardstick.SelfEvaluation) {
			t.Errorf("%s: note %q", k, d.Origin.Note)
		}
		v, err := w.Draft(t.Context(), d.ID)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.ContainsFunc(v.LastYear, func(f workspace.FormHead) bool { return f.ID == h.ID }) {
			t.Errorf("last year's forms %+v lack %s", v.LastYear, h.ID)
		}

		later, err := w.StartDraft(t.Context(), workspace.DraftStart{Form: h.ID, Body: workspace.DraftBody{Year: *h.Year + 3, Goal: "自己写的"}})
		if err != nil {
			t.Fatal(err)
		}
		if note := later.Origin.Note; later.Body.Year != *h.Year+3 || !strings.Contains(note, fmt.Sprintf("年度改为 %d", *h.Year+3)) || strings.Contains(note, "年度总体目标") {
			t.Errorf("year %d: note %q", later.Body.Year, note)
		}

		c, err := w.StartDraft(t.Context(), workspace.DraftStart{Form: h.ID, Body: workspace.DraftBody{Project: "另一个单位的事", Unit: "别处"}})
		if err != nil {
			t.Fatal(err)
		}
		if c.Origin.Kind != "case" || c.Body.Project != "另一个单位的事" || c.Body.Goal != "" || c.Body.Budget != nil || len(c.Body.Lines) != len(d.Body.Lines) {
			t.Errorf("case: origin %+v, body %+v", c.Origin, c.Body)
		}
		for i, l := range c.Body.Lines {
			if l.Name != d.Body.Lines[i].Name || strings.ContainsAny(l.Target, "0123456789") {
				t.Errorf("case line %d: %+v", i, l)
			}
		}
	}
	_, err := w.StartDraft(t.Context(), workspace.DraftStart{Form: "nosuch"})
	kind(t, err, yardstick.NotFound)
	_, err = w.StartDraft(t.Context(), workspace.DraftStart{Form: "a", Template: "b"})
	kind(t, err, yardstick.Invalid)
}

func TestDraftFromTemplate(t *testing.T) {
	w := open(t)
	list, err := w.Templates(t.Context(), workspace.TemplateQuery{})
	if err != nil || len(list) == 0 {
		t.Fatal(err)
	}
	for _, tmpl := range list {
		d, err := w.StartDraft(t.Context(), workspace.DraftStart{Template: tmpl.ID, Body: workspace.DraftBody{Project: "甲"}})
		if err != nil {
			t.Fatal(err)
		}
		points := 0.0
		for i, l := range d.Body.Lines {
			points += *l.Weight
			if l.Target != "" || l.Name != tmpl.Items[i].Name || l.Comparison == "" && l.Unit != "" {
				t.Errorf("%s: line %+v", tmpl.ID, l)
			}
		}
		if points != tmpl.Points || d.Body.Goal != tmpl.Goal || d.Body.Type != tmpl.ID {
			t.Errorf("%s: %g points, goal %q", tmpl.ID, points, d.Body.Goal)
		}
	}
}

// TestTemplateByFrame holds that the weights fit the rule set that is chosen.
func TestTemplateByFrame(t *testing.T) {
	w := open(t)
	list, err := w.Templates(t.Context(), workspace.TemplateQuery{})
	if err != nil || len(list) == 0 {
		t.Fatal(err)
	}
	empty, err := w.StartDraft(t.Context(), workspace.DraftStart{})
	if err != nil {
		t.Fatal(err)
	}
	v, err := w.Draft(t.Context(), empty.ID)
	if err != nil {
		t.Fatal(err)
	}
	anew := 0
	for _, frame := range v.Frames {
		d, err := w.StartDraft(t.Context(), workspace.DraftStart{Template: list[0].ID, Body: workspace.DraftBody{Project: "甲", RuleSet: frame.RuleSet}})
		if err != nil {
			t.Fatal(err)
		}
		v, err := w.Draft(t.Context(), d.ID)
		if err != nil {
			t.Fatal(err)
		}
		if v.Total != frame.Total {
			t.Errorf("%s: %g points, want %g: %+v", frame.RuleSet, v.Total, frame.Total, v.Sums)
		}
		if strings.Contains(d.Origin.Note, "重新分配") {
			anew++
		}
	}
	if anew == 0 || anew == len(v.Frames) {
		t.Errorf("weights spread anew for %d of %d rule sets", anew, len(v.Frames))
	}
}

func TestDraftView(t *testing.T) {
	w, _ := sample(t)
	weight := func(x float64) *float64 { return &x }
	d, err := w.StartDraft(t.Context(), workspace.DraftStart{Body: workspace.DraftBody{Project: "农村公路日常养护", Unit: "县公路养护中心", Year: 2026,
		Goal: "完成386.4公里农村公路日常养护，疏通边沟200公里。", Budget: weight(312), Lines: []workspace.DraftLine{
			{Level1: "产出指标", Level2: "数量指标", Name: "农村公路日常养护里程", Comparison: "≥", Target: "386.4", Unit: "公里", Weight: weight(50)},
			{Level1: "效益指标", Level2: "社会效益指标", Name: "群众投诉率", Comparison: "≥", Target: "5", Unit: "%", Weight: weight(0.1)},
			{Level1: "满意度指标", Level2: "服务对象满意度指标", Name: "群众满意度", Comparison: "≥", Target: "90", Unit: "%", Weight: weight(0.2)}}}})
	if err != nil {
		t.Fatal(err)
	}
	v, err := w.Draft(t.Context(), d.ID)
	if err != nil {
		t.Fatal(err)
	}
	if v.Total != 50.3 || len(v.Sums) == 0 || len(v.Frame.Classes) == 0 || len(v.Frames) < 2 {
		t.Errorf("total %g, sums %+v, frame %+v, %d frames", v.Total, v.Sums, v.Frame, len(v.Frames))
	}
	if len(v.Values) != 3 || v.Values[0].Name != "农村公路日常养护里程" || v.Values[0].Given.Low != 386.4 {
		t.Errorf("values %+v", v.Values)
	}
	if v.Review.ID != d.ID || v.Review.Must == 0 {
		t.Errorf("review of %q with %d must, want the complaint rate found", v.Review.ID, v.Review.Must)
	}
	covered := map[bool]int{}
	for _, task := range v.Tasks {
		covered[len(task.Lines) > 0]++
		if got := string([]rune(v.Body.Goal)[task.From:task.To]); got != task.Text || task.Why == "" {
			t.Errorf("task %+v stands at %q", task, got)
		}
	}
	if covered[true] == 0 || covered[false] == 0 {
		t.Errorf("tasks %+v: want the mileage covered, the ditches not", v.Tasks)
	}
	empty, err := w.StartDraft(t.Context(), workspace.DraftStart{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Draft(t.Context(), empty.ID); err != nil {
		t.Errorf("an empty draft: %v", err)
	}
	for _, id := range []string{"", "../x", "nosuch"} {
		_, err := w.Draft(t.Context(), id)
		kind(t, err, yardstick.NotFound)
	}
}

// TestDraftBounds holds that each refusal names the field.
func TestDraftBounds(t *testing.T) {
	w := open(t)
	weight := func(x float64) *float64 { return &x }
	for _, c := range []struct {
		says string
		body workspace.DraftBody
	}{
		{"项目名称有 201 个字", workspace.DraftBody{Project: strings.Repeat("长", 201)}},
		{"年度总体目标有 4001 个字", workspace.DraftBody{Goal: strings.Repeat("长", 4001)}},
		{"指标有 201 行", workspace.DraftBody{Lines: make([]workspace.DraftLine, 201)}},
		{"第 2 行的指标性质", workspace.DraftBody{Lines: []workspace.DraftLine{{}, {Comparison: "约"}}}},
		{"第 1 行的权重", workspace.DraftBody{Lines: []workspace.DraftLine{{Weight: weight(101)}}}},
		{"第 1 行的说明有", workspace.DraftBody{Lines: []workspace.DraftLine{{Note: strings.Repeat("长", 4001)}}}},
		{"第 1 行的三级指标里有看不见的控制字符", workspace.DraftBody{Lines: []workspace.DraftLine{{Name: "a\x00b"}}}},
		{"预算应在", workspace.DraftBody{Budget: weight(-1)}},
		{"年度应在", workspace.DraftBody{Year: 20265}},
		{"项目类型", workspace.DraftBody{Type: "nosuch"}},
		{"规则集", workspace.DraftBody{RuleSet: "nosuch"}},
	} {
		_, err := w.StartDraft(t.Context(), workspace.DraftStart{Body: c.body})
		kind(t, err, yardstick.Invalid)
		if err != nil && !strings.Contains(err.Error(), c.says) {
			t.Errorf("got %q, want %q in it", err, c.says)
		}
	}
}
