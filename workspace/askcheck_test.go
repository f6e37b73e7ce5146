package workspace_test

import (
	"math"
	"strings"
	"testing"

	"yardstick"
	"yardstick/workspace"
)

// TestAskBounds holds that what no project can have is refused with the field's
// name, and that the bounds themselves are not.
func TestAskBounds(t *testing.T) {
	w, _ := sample(t)
	ctx := t.Context()
	for _, c := range []struct {
		year   int
		budget float64
		field  string
	}{{-5, 1, "year"}, {1989, 1, "year"}, {99999, 1, "year"}, {2025, -1, "budget"}, {2025, 1e308, "budget"}, {2025, math.NaN(), "budget"},
		{0, 0, ""}, {1990, 1e9, ""}, {2100, 0, ""}} {
		_, suggest := w.Suggest(ctx, workspace.SuggestRequest{Project: "农村公路日常养护", Year: c.year, Budget: &c.budget})
		_, value := w.Value(ctx, workspace.ValueRequest{Name: "群众满意度", Year: c.year, Budget: &c.budget})
		for _, err := range []error{suggest, value} {
			if c.field == "" && err != nil {
				t.Errorf("year %d, budget %g: %v", c.year, c.budget, err)
			}
			if c.field != "" && (yardstick.KindOf(err) != yardstick.Invalid || !strings.Contains(err.Error(), c.field)) {
				t.Errorf("year %d, budget %g: %v, want invalid with %s", c.year, c.budget, err, c.field)
			}
		}
	}
	for _, x := range []float64{-1, 100.01, math.Inf(1), math.NaN()} {
		_, err := w.Weigh(ctx, workspace.WeighRequest{Lines: []workspace.DraftLine{{Level1: "产出指标", Name: "甲"}, {Level1: "产出指标", Name: "乙", Weight: &x}}})
		if yardstick.KindOf(err) != yardstick.Invalid || !strings.Contains(err.Error(), "lines[1].weight") {
			t.Errorf("weight %g: %v", x, err)
		}
	}
}

// TestAskUnknown holds that a class or type that the library does not have is
// said, and that one that it has is not.
func TestAskUnknown(t *testing.T) {
	w, _ := sample(t)
	list, err := w.Templates(t.Context(), workspace.TemplateQuery{})
	if err != nil || len(list) == 0 {
		t.Fatalf("%d templates, %v", len(list), err)
	}
	for _, c := range []struct {
		sector, typ string
		said        []string
	}{{"教育", list[0].ID, nil}, {"", "", nil}, {"炼金术", "", []string{"炼金术"}}, {"教育", "没有这个", []string{"没有这个"}}, {"炼金术", "没有这个", []string{"炼金术", "没有这个"}}} {
		res, err := w.Suggest(t.Context(), workspace.SuggestRequest{Project: "小学校舍维修", Sector: c.sector, Type: c.typ})
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range c.said {
			if !strings.Contains(res.Basis.Note, "“"+want+"”") {
				t.Errorf("%q %q: note %q does not say %q", c.sector, c.typ, res.Basis.Note, want)
			}
		}
		if len(c.said) == 0 && strings.Contains(res.Basis.Note, "库里没有") {
			t.Errorf("%q %q: note %q", c.sector, c.typ, res.Basis.Note)
		}
	}
}
