package recommend

import (
	"fmt"
	"testing"

	"yardstick/analysis/target"
	"yardstick/indicators"
	"yardstick/indicators/library"
	"yardstick/indicators/naming"
)

// TestSharedValues asks for the target value of every indicator of the shared real
// forms, with the forms as history: no number without its n, no share above 100 %,
// no number of a project's own form among its peers, and always a reason.
func TestSharedValues(t *testing.T) {
	forms := realForms(t)
	m, err := Build(realHistory(t, forms), ShippedLibrary(t), Options{})
	if err != nil {
		t.Fatal(err)
	}
	l, err := library.Load()
	if err != nil {
		t.Fatal(err)
	}
	matcher, err := naming.New(l.Entries(), naming.Options{})
	if err != nil {
		t.Fatal(err)
	}
	proposed, asked := map[string]int{}, 0
	for _, f := range forms {
		a := m.Asker(Request{Project: f.Project, Sector: f.Sector, Department: f.Department + " " + f.Unit, Unit: f.Unit, Year: f.Year, Goal: f.Goal, Budget: f.budget()})
		for _, x := range f.Indicators {
			v := indicators.Parse(x.Target)
			n := Named{Name: x.L3, Concept: matcher.Match(naming.Name{Text: x.L3, Level1: x.L1, Level2: x.L2, Sector: f.Sector, Unit: v.Unit.Name, Project: f.Project}).Entry}
			ask := a.Ask(n, f.Sector, target.Indicator{Name: x.L3, Comparison: v.Comparison, Unit: v.Unit.Name})
			got := m.Propose(ask)
			where := fmt.Sprintf("%s › %s: %s (%s)", f.Project, x.L3, got.Text, got.Note)
			asked++
			switch {
			case got.Value == nil && got.Note == "":
				t.Errorf("%s: neither a number nor a reason", where)
			case got.Value == nil:
				continue
			case got.Basis == target.Trade && got.N < MinValues, got.Basis == target.History && len(got.Own) < MinValues:
				t.Errorf("%s: n=%d, %d own years", where, got.N, len(got.Own))
			}
			proposed[got.Basis]++
			if u := indicators.UnitOf(got.Unit); u.Dimension == indicators.Rate && u.Scale < 1 && *got.Value*u.Scale > 1+1e-9 {
				t.Errorf("%s: above 100 %%", where)
			}
			if g := m.groupOf(n, f.Sector); g >= 0 && len(m.groups[g].uses) < precomputeFrom && f.Unit != "" && got.N >= len(m.groups[g].uses) {
				t.Errorf("%s: %d peers of %d projects, its own among them", where, got.N, len(m.groups[g].uses))
			}
		}
	}
	if proposed[target.Trade] == 0 {
		t.Error("nothing is proposed at all")
	}
	t.Logf("%d asked, proposed %v", asked, proposed)
}

// TestOwnOf: a name that units of two regions bear is nobody's past.
func TestOwnOf(t *testing.T) {
	history := func(second string) History {
		var h History
		low := 90.0
		for i, region := range []string{"330100", "330100", second} {
			h.Add(Row{ProjectID: fmt.Sprint(i), Project: "农村公路养护", Unit: "公路养护中心", Region: region, Year: 2020 + i, FormID: fmt.Sprint("f", i),
				Name: "优良路率", Target: Target{Raw: "≥90%", Kind: indicators.Number, Comparison: "≥", Low: &low, Unit: "%"}})
		}
		return h
	}
	for second, want := range map[string]int{"330100": 3, "": 3, "410200": 0} {
		m, err := Build(history(second), Library{}, Options{})
		if err != nil {
			t.Fatal(err)
		}
		a := m.Asker(Request{Project: "2025年农村公路养护", Unit: "公路养护中心"}).Ask(Named{Name: "优良路率"}, "", target.Indicator{Name: "优良路率"})
		if len(a.Own) != want || want > 0 && (!a.Own[0].Same || a.Own[0].Year != 2022) {
			t.Errorf("regions 330100 and %q: %d own forms, want %d, the same project, latest first", second, len(a.Own), want)
		}
		if want > 0 && a.Peers.N != 0 {
			t.Errorf("its own %d projects are its peers", a.Peers.N)
		}
	}
}
