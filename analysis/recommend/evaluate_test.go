package recommend

import (
	"bufio"
	"crypto/sha256"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"yardstick/indicators"
	"yardstick/indicators/library"
	"yardstick/indicators/naming"
)

// realForm is one of the shared real forms, as far as these tests need it.
type realForm struct {
	ID               string
	Source           string `json:"source_url"`
	Form             string
	Year             int
	Department, Unit string
	Project, Sector  string
	Goal             string
	Budget           *float64 `json:"budget_full_year"`
	BudgetUnit       string   `json:"budget_unit"`
	Indicators       []struct {
		L1, L2, L3, Target, Actual string
		Weight                     *float64
	}
}

func realForms(t testing.TB) []realForm {
	t.Helper()
	f, err := os.Open(filepath.Join("..", "..", "..", "shared", "data", "real-forms.jsonl"))
	if err != nil {
		t.Skip("the shared real forms are not here: ", err)
	}
	defer f.Close()
	var out []realForm
	s := bufio.NewScanner(f)
	s.Buffer(nil, 1<<20)
	for s.Scan() {
		var r realForm
		if err := json.Unmarshal(s.Bytes(), &r); err != nil {
			t.Fatal(err)
		}
		out = append(out, r)
	}
	if err := s.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

// half is A or B by the rule of indicators/naming/README.md.
func (r realForm) half() string {
	if sha256.Sum256([]byte(r.ID))[0]%2 == 0 {
		return "A"
	}
	return "B"
}

// budget is r's budget in 万元.
func (r realForm) budget() *float64 {
	if r.Budget == nil {
		return nil
	}
	x := *r.Budget
	if r.BudgetUnit == "元" {
		x /= 1e4
	}
	return &x
}

// realHistory is the shared forms as the warehouse would hand them over, with the
// concepts that the matcher finds. The page is the file.
func realHistory(t testing.TB, forms []realForm) History {
	l, err := library.Load()
	if err != nil {
		t.Fatal(err)
	}
	matcher, err := naming.New(l.Entries(), naming.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var h History
	for _, f := range forms {
		page := f.ID
		if strings.HasPrefix(f.Source, "http") {
			page = f.Source
		}
		for _, x := range f.Indicators {
			v := indicators.Parse(x.Target)
			target := Target{Raw: x.Target, Kind: v.Kind, Comparison: v.Comparison, Unit: v.Unit.Name}
			if v.Numeric() {
				target.Low, target.High = &v.Low, &v.High
			}
			actual := indicators.Parse(x.Actual)
			row := Row{Actual: x.Actual, ActualUnit: actual.Unit.Name}
			if actual.Numeric() {
				row.ActualLow, row.ActualHigh = &actual.Low, &actual.High
			}
			m := matcher.Match(naming.Name{Text: x.L3, Level1: x.L1, Level2: x.L2, Sector: f.Sector, Unit: v.Unit.Name, Project: f.Project})
			h.Add(Row{
				ProjectID: f.ID, Project: f.Project, Unit: f.Unit, Department: f.Department, Sector: f.Sector, Goal: f.Goal,
				Year: f.Year, Kind: f.Form, FormID: f.ID, File: page, Budget: f.budget(), Level1: x.L1, Level2: x.L2, Name: x.L3,
				Concept: m.Entry, Target: target, Actual: row.Actual, ActualLow: row.ActualLow, ActualHigh: row.ActualHigh, ActualUnit: row.ActualUnit,
				Weight: x.Weight,
			})
		}
	}
	return h
}

// ShippedLibrary is the shipped library as the workspace hands it over.
func ShippedLibrary(t testing.TB) Library {
	t.Helper()
	l, err := library.Load()
	if err != nil {
		t.Fatal(err)
	}
	var out Library
	for _, e := range l.Entries() {
		out.Concepts = append(out.Concepts, Concept{
			ID: e.ID, Name: e.Name, Aliases: e.Aliases, Level1: e.Level1, Level2: e.Level2, Sector: e.Sector,
			Text: strings.Join(append([]string{e.Meaning}, e.Keywords...), " "), Comparison: e.Comparison, Unit: e.Unit,
			Keywords: e.Keywords, Types: e.ProjectTypes, Direction: e.Direction, Temporal: e.TemporalType,
		})
	}
	for _, x := range l.Types() {
		typ := Type{ID: x.ID, Name: x.Name, Sector: x.Sector, Words: x.Words}
		for _, it := range x.Items {
			typ.Items = append(typ.Items, Item{Concept: it.Indicator, Points: it.Points, Core: it.Core})
		}
		out.Types = append(out.Types, typ)
	}
	return out
}

// TestSharedForms holds the product to being better than popularity and plain kNN
// on the shared real forms, beyond the bootstrap interval, by either kind of hit
// (issue 4). Half of these forms were in view when the library was written.
func TestSharedForms(t *testing.T) {
	forms := realForms(t)
	part := make(map[string]string)
	for _, f := range forms {
		part[f.Project] = f.half()
	}
	for _, split := range []Split{ByProject, ByYear, ByDepartment} {
		e, err := Evaluate(realHistory(t, forms), ShippedLibrary(t), EvaluateOptions{Split: split, Seed: 1, Part: func(p string) string { return part[p] }})
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range e.Hits {
			t.Logf("%s: %d projects, %d indicators, hit by %s, ceiling %.3f (history %.3f)", split, e.Projects, e.Indicators, m.Hit, m.Ceiling, m.CeilingHistory)
			for _, s := range m.Systems {
				t.Logf("%-20s recall@10 %v @20 %v @40 %v  %v", s.Name, s.At[1].Recall, s.At[2].Recall, s.At[3].Recall, s.Parts)
			}
			if split != ByProject {
				continue
			}
			product := m.Systems[0]
			for _, s := range m.Systems[1:] {
				if s.Name != "popularity" && s.Name != "kNN" {
					continue
				}
				for i := 1; i <= 2; i++ {
					if a, b := product.At[i], s.At[i]; a.Recall.Low <= b.Recall.High {
						t.Errorf("hit by %s, recall@%d %v is not above that of %s, %v, beyond the intervals", m.Hit, a.K, a.Recall, s.Name, b.Recall)
					}
				}
			}
		}
	}
}
