package recommend_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"yardstick/analysis/recommend"
	"yardstick/indicators"
	"yardstick/indicators/library"
)

// realForm is one of the shared real forms, as far as this test needs it.
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

func history(forms []realForm) recommend.History {
	var h recommend.History
	for _, f := range forms {
		for _, x := range f.Indicators {
			v := indicators.Parse(x.Target)
			target := recommend.Target{Raw: x.Target, Comparison: v.Comparison, Unit: v.Unit.Name}
			if v.Numeric() {
				target.Low, target.High = &v.Low, &v.High
			}
			h.Add(recommend.Row{
				ProjectID: f.ID, Project: f.Project, Unit: f.Unit, Department: f.Department, Sector: f.Sector, Goal: f.Goal,
				Year: f.Year, Kind: f.Form, FormID: f.ID, Budget: f.budget(), Level1: x.L1, Level2: x.L2, Name: x.L3,
				Target: target, Actual: x.Actual, Weight: x.Weight,
			})
		}
	}
	return h
}

func concepts(t testing.TB) []recommend.Concept {
	t.Helper()
	l, err := library.Load()
	if err != nil {
		t.Fatal(err)
	}
	var out []recommend.Concept
	for _, e := range l.Entries() {
		out = append(out, recommend.Concept{
			ID: e.ID, Name: e.Name, Aliases: e.Aliases, Level1: e.Level1, Level2: e.Level2, Sector: e.Sector,
			Text: strings.Join(append([]string{e.Meaning}, e.Keywords...), " "), Comparison: e.Comparison, Unit: e.Unit,
		})
	}
	return out
}

func (r realForm) request(limit int) recommend.Request {
	return recommend.Request{
		Project: r.Project, Sector: r.Sector, Department: r.Department + " " + r.Unit, Goal: r.Goal, Budget: r.budget(), Limit: limit,
	}
}

// The definition of a hit of the shared evaluation: normalised names with
// bigram Dice of 0.6, or one within the other and at least half as long. It is
// written again here on purpose: the measure must not move with the recommender.
var (
	evalBrackets = regexp.MustCompile(`[（(].*?[)）]`)
	evalNumber   = regexp.MustCompile(`指标\s*\d+[:：.、]?`)
	evalNoise    = regexp.MustCompile(`[0-9０-９.%％≥≤=＝<>＜＞★*①-⑨\s、，,。:：;；"“”/\\-]`)
)

func evalNorm(s string) string {
	s = evalNumber.ReplaceAllString(evalBrackets.ReplaceAllString(s, ""), "")
	return strings.ReplaceAll(evalNoise.ReplaceAllString(s, ""), "指标", "")
}

func evalSame(a, b string) bool {
	a, b = evalNorm(a), evalNorm(b)
	if a == "" || b == "" {
		return false
	}
	ra, rb := []rune(a), []rune(b)
	short, long := min(len(ra), len(rb)), max(len(ra), len(rb))
	if short >= 3 && (strings.Contains(a, b) || strings.Contains(b, a)) && 2*short >= long {
		return true
	}
	grams := func(r []rune) map[string]bool {
		out := make(map[string]bool)
		for i := 0; i+2 <= len(r); i++ {
			out[string(r[i:i+2])] = true
		}
		if len(out) == 0 {
			out[string(r)] = true
		}
		return out
	}
	x, y, both := grams(ra), grams(rb), 0
	for g := range x {
		if y[g] {
			both++
		}
	}
	return float64(2*both)/float64(len(x)+len(y)) >= 0.6
}

var evalAt = []int{10, 20, 40}

// recall is the share of want that is among the first k of got, for each k of evalAt.
func recall(want, got []string) (out [3]float64) {
	for i, k := range evalAt {
		hits := 0
		for _, w := range want {
			if slices.ContainsFunc(got[:min(k, len(got))], func(g string) bool { return evalSame(w, g) }) {
				hits++
			}
		}
		out[i] = float64(hits) / float64(len(want))
	}
	return out
}

// TestLeaveOneOut measures recall on the shared real forms: for every project
// with at least four indicators the history is all forms but those of the same
// project or the same page (40 forms name no page). The library was written by someone who had seen
// these forms, so the figures with it are too good by an unknown amount; those
// without it are clean.
func TestLeaveOneOut(t *testing.T) {
	if testing.Short() {
		t.Skip("builds a model per form")
	}
	forms := realForms(t)
	h, lib := history(forms), concepts(t)
	suggest := func(lib []recommend.Concept) func(realForm, func(string) bool) []string {
		return func(f realForm, left func(string) bool) []string {
			m, err := recommend.Build(h, lib, recommend.Options{Exclude: left})
			if err != nil {
				t.Fatal(err)
			}
			var names []string
			for _, s := range m.Suggest(f.request(40)).Suggestions {
				names = append(names, s.Name)
			}
			return names
		}
	}
	cold, err := recommend.Build(recommend.History{}, lib, recommend.Options{})
	if err != nil {
		t.Fatal(err)
	}
	libraryOnly := func(f realForm, _ func(string) bool) []string {
		var names []string
		for _, s := range cold.Suggest(f.request(40)).Suggestions {
			names = append(names, s.Name)
		}
		return names
	}
	popularity := func(_ realForm, left func(string) bool) []string {
		count := make(map[string]int)
		for _, f := range forms {
			if left(f.ID) {
				continue
			}
			for _, x := range f.Indicators {
				if n := evalNorm(x.L3); n != "" {
					count[n]++
				}
			}
		}
		var names []string
		for n := range count {
			names = append(names, n)
		}
		slices.SortFunc(names, func(a, b string) int {
			if count[a] != count[b] {
				return count[b] - count[a]
			}
			return strings.Compare(a, b)
		})
		return names
	}
	result := make(map[string][3]float64)
	for name, method := range map[string]func(realForm, func(string) bool) []string{
		"popularity": popularity, "history only": suggest(nil), "history and library": suggest(lib),
		"library only": libraryOnly,
	} {
		n, sum := 0, [3]float64{}
		for _, f := range forms {
			var want []string
			for _, x := range f.Indicators {
				if evalNorm(x.L3) != "" {
					want = append(want, x.L3)
				}
			}
			if len(want) < 4 {
				continue
			}
			same := make(map[string]bool)
			for _, o := range forms {
				if o.ID == f.ID || o.Project == f.Project || strings.HasPrefix(o.Source, "http") && o.Source == f.Source {
					same[o.ID] = true
				}
			}
			r := recall(want, method(f, func(id string) bool { return same[id] }))
			for i := range sum {
				sum[i] += r[i]
			}
			n++
		}
		for i := range sum {
			sum[i] /= float64(n)
		}
		result[name] = sum
		t.Logf("%-20s %d projects, recall@10 %.4f @20 %.4f @40 %.4f", name, n, sum[0], sum[1], sum[2])
	}
	for i, k := range evalAt {
		if result["history and library"][i] <= result["popularity"][i] {
			t.Errorf("recall@%d is not above popularity: %s", k, fmt.Sprint(result))
		}
	}
}
