package main

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"yardstick"
	"yardstick/indicators"
	"yardstick/workspace"
)

func TestSetTarget(t *testing.T) {
	was := workspace.DraftLine{Comparison: "≥", Target: "90", Unit: "%"}
	for value, want := range map[string]workspace.DraftLine{
		"95":             {Comparison: "≥", Target: "95", Unit: "%"},
		"95.50":          {Comparison: "≥", Target: "95.50", Unit: "%"},
		"":               {Comparison: "≥", Target: "", Unit: "%"},
		"≤ 5 %":          {Comparison: "≤", Target: "5", Unit: "%"},
		"=100%":          {Comparison: "=", Target: "100", Unit: "%"},
		"16.3万亩":         {Comparison: "≥", Target: "16.3", Unit: "万亩"},
		"≤0.81万元/公里":     {Comparison: "≤", Target: "0.81", Unit: "万元/公里"},
		"有效提升":           {Comparison: "定性", Target: "有效提升"},
		"80%-100%":       {Target: "80%-100%"},
		"2025年12月31日前完成": {Target: "2025年12月31日前完成"},
	} {
		got := was
		setTarget(&got, value)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q (-want +got)\n%s", value, diff)
		}
	}
}

// TestSetTarget_reads holds that the cells say what was typed.
func TestSetTarget_reads(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		value := fmt.Sprintf("%s%s%s", rapid.SampledFrom([]string{"≥", "≤", "=", ">", "<"}).Draw(t, "comparison"),
			rapid.StringMatching(`(0|[1-9][0-9]{0,7})(\.[0-9]{1,3})?`).Draw(t, "number"), rapid.SampledFrom([]string{"%", "个", "万元", "万元/公里", "公里", "小时", ""}).Draw(t, "unit"))
		var l workspace.DraftLine
		setTarget(&l, value)
		want, got := indicators.Parse(value), l.Value()
		if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(indicators.Value{}, "Raw")); diff != "" {
			t.Fatalf("%q became %q %q %q (-typed +cells)\n%s", value, l.Comparison, l.Target, l.Unit, diff)
		}
	})
}

func TestSetField(t *testing.T) {
	b := workspace.DraftBody{Lines: []workspace.DraftLine{{Name: "养护里程", Entry: "214-001"}, {}}}
	for _, c := range [][2]string{{"project", "甲"}, {"year", "2025"}, {"budget", "1,234.5"}, {"fiscal", "3"}, {"fiscal", ""}, {"rule_set", "x"}, {"1.name", "养护合格率"}, {"2.weight", "10"}, {"2.level1", "产出指标"}, {"2.target", "≥95%"}} {
		if err := setField(&b, c[0], c[1]); err != nil {
			t.Errorf("%s=%s: %v", c[0], c[1], err)
		}
	}
	want := workspace.DraftBody{Project: "甲", Year: 2025, Budget: new(1234.5), RuleSet: "x", Lines: []workspace.DraftLine{{Name: "养护合格率"}, {Level1: "产出指标", Comparison: "≥", Target: "95", Unit: "%", Weight: new(10.0)}}}
	if diff := cmp.Diff(want, b); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	for _, c := range [][2]string{{"year", "明年"}, {"budget", "-1"}, {"budget", "NaN"}, {"budget", "1e999"}, {"3.name", "x"}, {"0.name", "x"}, {"x.name", "x"}, {"1.weight", "十"}} {
		if err := setField(&b, c[0], c[1]); yardstick.KindOf(err) != yardstick.Invalid {
			t.Errorf("%s=%s: %v, want an invalid value", c[0], c[1], err)
		}
	}
}

// TestNamer holds that no two documents of a folder share a name, on no file
// system.
func TestNamer(t *testing.T) {
	n := newNamer("d")
	want := []string{"d/a.xlsx", "d/a (2).xlsx", "d/A (3).xlsx", "d/b.xlsx", "d/a (2) (2).xlsx"}
	for i, name := range []string{"a.xlsx", "sub/a.xlsx", `x\A.xlsx`, "b.xlsx", "a (2).xlsx"} {
		if got := n.name(name); got != want[i] {
			t.Errorf("%s becomes %s, want %s", name, got, want[i])
		}
	}
}
