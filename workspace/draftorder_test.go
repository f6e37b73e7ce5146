package workspace

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"yardstick/ingest/forms"
	"yardstick/ingest/grid"
)

func TestInFormOrder(t *testing.T) {
	line := func(s string) DraftLine {
		f := strings.Split(s, "/")
		return DraftLine{Level1: f[0], Level2: f[1], Name: f[2]}
	}
	var in []DraftLine
	for _, s := range []string{
		"满意度指标/服务对象满意度指标/a", "产出指标/时效指标/b", "创新指标/其他/c", "效益指标/可持续影响指标/d", "产出指标/数量指标/e", "/数量指标/f",
		"成本指标/经济成本指标/g", "产出指标/成本指标/h", "效益指标/社会效益指标/i", "创新指标/其他/j", "产出指标/质量指标/k", "效益指标/经济效益指标/l",
		"产出指标/数量指标/m", "效益指标/生态效益指标/n", "产出指标//o", "成本指标/社会成本指标/p",
	} {
		in = append(in, line(s))
	}
	before := slices.Clone(in)
	got := ""
	for _, l := range InFormOrder(in) {
		got += l.Name
	}
	if want := "gpemkbholindacjf"; got != want {
		t.Errorf("order %s, want %s", got, want)
	}
	if !slices.Equal(in, before) {
		t.Error("the given lines were changed")
	}
}

// TestInFormOrder_groups holds, for classes written in any way, that each stands
// in one place, that lines of one class keep their order, and that ordering twice
// is ordering once.
func TestInFormOrder_groups(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		level1 := rapid.SampledFrom([]string{"产出指标", "产出", "效益指标", " 效益指标", "成本指标", "满意度指标", "其他", "附加", ""})
		level2 := rapid.SampledFrom([]string{"数量指标", "数量", "质量指标", "时效指标", "成本指标", "经济成本指标", "社会效益指标", "别的", ""})
		var in []DraftLine
		for i := range rapid.IntRange(0, 30).Draw(t, "lines") {
			in = append(in, DraftLine{Level1: level1.Draw(t, "level1"), Level2: level2.Draw(t, "level2"), Note: string(rune('A' + i))})
		}
		out := InFormOrder(in)
		if !slices.Equal(InFormOrder(out), out) {
			t.Fatal("the second ordering differs")
		}
		for _, key := range []func(DraftLine) string{func(l DraftLine) string { return l.Level1 }, func(l DraftLine) string { return l.Level1 + "/" + l.Level2 }} {
			seen := map[string]string{}
			for i, l := range out {
				k := key(l)
				if _, ok := seen[k]; ok && key(out[i-1]) != k {
					t.Fatalf("class %q stands in two places: %v", k, out)
				}
				if strings.Contains(k, "/") && seen[k] >= l.Note {
					t.Fatalf("lines of %q changed places: %v", k, out)
				}
				seen[k] = l.Note
			}
		}
	})
}

// TestDraftOrder holds that a draft, its review and its file show the lines in
// one order, however they were added.
func TestDraftOrder(t *testing.T) {
	w, err := Open(t.Context(), Options{Dir: t.TempDir(), Create: true})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	ctx := t.Context()
	d, err := w.StartDraft(ctx, DraftStart{Body: DraftBody{Project: "农村公路日常养护", Year: 2025}})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range [][3]string{{"产出指标", "时效指标", "处治及时率"}, {"效益指标", "社会效益指标", "群众投诉率"}, {"产出指标", "数量指标", "养护里程"}, {"成本指标", "经济成本指标", "养护成本"}, {"产出指标", "质量指标", "验收合格率"}} {
		d.Body.Lines = append(d.Body.Lines, DraftLine{Level1: c[0], Level2: c[1], Name: c[2], Comparison: "≥", Target: "95", Unit: "%"})
		if d, err = w.SaveDraft(ctx, d.ID, DraftSave{Revision: d.Revision, Body: d.Body}); err != nil {
			t.Fatal(err)
		}
	}
	want := []string{"养护成本", "养护里程", "验收合格率", "处治及时率", "群众投诉率"}
	v, err := w.Draft(ctx, d.ID)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, l := range v.Body.Lines {
		names = append(names, l.Name)
	}
	if !slices.Equal(names, want) {
		t.Errorf("the draft has %v, want %v", names, want)
	}
	for _, f := range v.Review.Findings {
		if f.Line > 0 && f.Indicator != want[f.Line-1] {
			t.Errorf("a finding on line %d is about %q, want %q", f.Line, f.Indicator, want[f.Line-1])
		}
	}
	doc, err := w.ExportDraft(ctx, d.ID, "xlsx")
	if err != nil {
		t.Fatal(err)
	}
	if got := exportedNames(t, doc); !slices.Equal(got, want) {
		t.Errorf("the file has %v, want %v", got, want)
	}
}

// exportedNames are the indicators of an exported form, from the top.
func exportedNames(t *testing.T, doc Document) (names []string) {
	t.Helper()
	grids, err := grid.Read(t.Context(), doc.Name, doc.Data, grid.Options{})
	if err != nil {
		t.Fatal(err)
	}
	read := forms.ReadFile(grids)
	if len(read.Forms) != 1 {
		t.Fatalf("%d forms, want 1", len(read.Forms))
	}
	for _, l := range read.Forms[0].Lines {
		names = append(names, l.Name.Value)
	}
	return names
}
