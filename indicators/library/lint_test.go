package library_test

import (
	"slices"
	"strings"
	"testing"

	"yardstick/indicators"
	"yardstick/indicators/library"
)

func load(t testing.TB) *library.Library {
	t.Helper()
	l, err := library.Load()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// TestLint holds the shipped entries to the rules that a reviewer would apply
// to them. What Load itself refuses (unknown classes, double ids) is tested in
// TestLoad_errors.
func TestLint(t *testing.T) {
	l := load(t)
	if l.Len() < 200 {
		t.Errorf("got %d entries, want at least 200", l.Len())
	}
	names := make(map[string]string) // sector/name or alias → id
	for _, e := range l.Entries() {
		fail := func(format string, args ...any) {
			t.Helper()
			t.Errorf(e.ID+" "+e.Name+": "+format, args...)
		}
		for i, n := range append([]string{e.Name}, e.Aliases...) {
			k := e.Sector + "/" + n
			other, taken := names[k]
			// Two entries of a class may share an alias (苗木成活率 of crops and of
			// woods); a name must be the name or alias of one only.
			if i == 0 {
				if taken {
					fail("name is also that of %s", other)
				}
				names[k] = e.ID
			} else if n == e.Name {
				fail("alias repeats the name")
			}
		}
		if e.Meaning == "" || e.Meaning == e.Name {
			fail("meaning says nothing: %q", e.Meaning)
		}
		if e.Quantitative() == (e.Unit == "") {
			fail("unit %q on a %s indicator", e.Unit, e.TemporalType)
		}
		if e.Quantitative() == (e.Comparison == indicators.None) {
			fail("comparison %q on a %s indicator", e.Comparison, e.TemporalType)
		}
		fits := map[library.Direction][]indicators.Comparison{
			library.Higher:  {indicators.AtLeast, indicators.Above, indicators.Equal},
			library.Lower:   {indicators.AtMost, indicators.Below, indicators.Equal},
			library.Neutral: {indicators.Equal, indicators.AtMost, indicators.AtLeast},
		}[e.Direction]
		if e.Quantitative() && !slices.Contains(fits, e.Comparison) {
			fail("%s with %s", e.Direction, e.Comparison)
		}
		if (e.TemporalType == library.Milestone) != (e.Unit == "日期") {
			fail("%s in %q: dates are 节点, and only they", e.TemporalType, e.Unit)
		}
		if e.TemporalType == library.Ceiling && e.Direction != library.Lower {
			fail("上限 must be 反向")
		}
		if e.Unit == "%" && !strings.Contains(e.Formula, "×100%") && !strings.Contains(e.Formula, "×40%") {
			fail("a percentage needs its formula, got %q", e.Formula)
		}
		for _, w := range []string{"投诉率", "失业率", "差错率", "事故", "成本"} {
			if strings.HasSuffix(e.Name, w) && e.Direction != library.Lower {
				fail("%s is better when lower, got %s", w, e.Direction)
			}
		}
		if e.Level2 == "数量指标" && strings.HasSuffix(e.Unit, "元") {
			fail("money as 数量指标")
		}
		if len(e.Keywords) == 0 {
			fail("no keywords: it would never be suggested to a project without history")
		}
	}
}

func TestSectorsHaveEveryClass(t *testing.T) {
	l := load(t)
	classes := []string{"产出指标", "效益指标", "满意度指标"}
	have := make(map[string]bool)
	for _, e := range l.Entries() {
		have[e.Sector+e.Level1] = true
	}
	for _, c := range append(classes, "成本指标") {
		if !have[library.Common+c] {
			t.Errorf("共性 has no %s", c)
		}
	}
	for _, s := range l.Sectors() {
		if !have[s+"产出指标"] || !have[s+"效益指标"] {
			t.Errorf("%s has no 产出指标 or no 效益指标", s)
		}
	}
}

func TestByID(t *testing.T) {
	l := load(t)
	for _, e := range l.Entries() {
		got, ok := l.ByID(e.ID)
		if !ok || got.Name != e.Name {
			t.Errorf("ByID(%q) = %q, %v; want %q", e.ID, got.Name, ok, e.Name)
		}
	}
	if _, ok := l.ByID("no such id"); ok {
		t.Error("ByID of an unknown id is ok")
	}
}
