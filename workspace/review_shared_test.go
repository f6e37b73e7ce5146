package workspace

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"yardstick"
	"yardstick/indicators"
)

const sharedData = "../../shared/data"

// sharedForms loads the shared forms into a new workspace and returns them as
// read, then the collected records of which no file is there.
func sharedForms(t testing.TB) (*Workspace, []yardstick.Form) {
	t.Helper()
	dir := filepath.Join(sharedData, "forms")
	if _, err := os.Stat(dir); err != nil {
		t.Skip("the shared forms are not beside the repository")
	}
	w, err := Open(t.Context(), Options{Dir: filepath.Join(t.TempDir(), "ws"), Create: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := w.Close(); err != nil {
			t.Error(err)
		}
	})
	if _, err := w.Ingest(t.Context(), IngestRequest{Paths: []string{dir}, Source: "test"}); err != nil {
		t.Fatal(err)
	}
	var out []yardstick.Form
	seen := map[string]bool{}
	list, err := w.Forms(t.Context(), FormQuery{Limit: 1000})
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range list.Forms {
		s, err := w.store.Form(t.Context(), h.ID)
		if err != nil {
			t.Fatal(err)
		}
		f := s.Form
		f.File = filepath.Base(f.File)
		seen[indicators.NormalProject(f.Project.Value)] = true
		out = append(out, f)
	}
	for _, f := range collected(t) {
		if !seen[indicators.NormalProject(f.Project.Value)] {
			out = append(out, f)
		}
	}
	return w, out
}

// collected reads the records of real forms as forms without cells.
func collected(t testing.TB) []yardstick.Form {
	t.Helper()
	file, err := os.Open(filepath.Join(sharedData, "real-forms.jsonl"))
	if err != nil {
		t.Skip("the shared records are not beside the repository")
	}
	defer file.Close()
	var out []yardstick.Form
	sc := bufio.NewScanner(file)
	sc.Buffer(nil, 1<<20)
	for sc.Scan() {
		var r struct {
			ID, Form, Department, Unit, Project, Goal string
			Year                                      *float64
			Budget                                    *float64 `json:"budget_full_year"`
			Initial                                   *float64 `json:"budget_initial"`
			BudgetUnit                                string   `json:"budget_unit"`
			Indicators                                []struct {
				L1, L2, L3, Target string
				Weight             *float64
			}
		}
		if err := json.Unmarshal(sc.Bytes(), &r); err != nil {
			t.Fatal(err)
		}
		f := yardstick.Form{ID: r.ID, File: r.ID, Kind: yardstick.FormKind(r.Form), Department: text(r.Department), Unit: text(r.Unit),
			Project: text(r.Project), Goal: text(r.Goal), Year: amount(r.Year), Budget: yardstick.Budget{Unit: r.BudgetUnit, FullYear: amount(r.Budget), Initial: amount(r.Initial)}}
		for _, n := range []*yardstick.Number{&f.Budget.FullYear, &f.Budget.Initial} {
			if r.BudgetUnit == "元" {
				n.Value /= 10000
			}
		}
		for i, l := range r.Indicators {
			v, _ := indicators.ParseNamed(l.L3, l.Target)
			f.Lines = append(f.Lines, yardstick.Line{Seq: i + 1, Level1: text(l.L1), Level2: text(l.L2), Name: text(l.L3),
				Target: yardstick.Measure{Value: v}, Weight: amount(l.Weight)})
		}
		out = append(out, f)
	}
	return out
}

// TestReviewShared reviews every shared form; with -v it prints each finding in
// columns: form, kind, line, rule, severity, indicator, target, why, do, fix. It
// holds what no opinion may lack.
func TestReviewShared(t *testing.T) {
	w, forms := sharedForms(t)
	if _, err := w.model(t.Context()); err != nil { // fitted before the clock of the first review runs
		t.Fatal(err)
	}
	counts := map[string]map[string]int{}
	reviewed, total := map[yardstick.FormKind]int{}, map[yardstick.FormKind]int{}
	var took []float64
	for _, f := range forms {
		r, err := w.reviewForm(t.Context(), f, "", "")
		if err != nil {
			t.Fatal(err)
		}
		reviewed[f.Kind]++
		took = append(took, r.TookMS)
		sum := 0.0
		for _, m := range r.Marks {
			sum += m.Points
		}
		if len(r.Checks) == 0 || sum < r.Points-0.06 || sum > r.Points+0.06 {
			t.Errorf("%s: %d checks, marks add up to %g, points %g", f.ID, len(r.Checks), sum, r.Points)
		}
		if testing.Verbose() {
			fmt.Printf("FORM\t%s\t%s\t%s\t%d lines\t%.1f %s %s\t%s\t%g 万元\n", f.File, f.Kind, f.Project.Value, len(f.Lines), r.Points, r.Grade, r.Advice, r.Sector, f.Budget.FullYear.Value)
			for _, c := range r.Checks {
				if c.Answer == "unchecked" || c.Answer == "ok" && c.Why != "" {
					fmt.Printf("CHECK\t%s\t%s\t%s\n", c.Rule, c.Answer, c.Why)
				}
			}
		}
		for _, x := range r.Findings {
			total[f.Kind]++
			if counts[x.Rule] == nil {
				counts[x.Rule] = map[string]int{}
			}
			counts[x.Rule][string(f.Kind)]++
			if x.Why == "" || x.Do == "" || x.Title == "" || x.Source == "" || x.Severity == "" {
				t.Errorf("%s: %+v lacks something", f.ID, x)
			}
			if !testing.Verbose() {
				continue
			}
			target, fix := "", ""
			if x.Line > 0 {
				target = f.Lines[x.Line-1].Target.Raw
			}
			if x.Fix != nil {
				fix = fmt.Sprint(x.Fix.Label, " ", x.Fix.Set)
			}
			flat := strings.NewReplacer("\n", " ", "\t", " ")
			fmt.Printf("FINDING\t%s\t%s\t%d\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", f.File, f.Kind, x.Line, x.Rule, x.Severity, x.Cell,
				flat.Replace(x.Indicator), flat.Replace(target), flat.Replace(x.Why), flat.Replace(x.Do), fix)
		}
	}
	slices.Sort(took)
	t.Logf("reviewed %v, findings %v; a review took %g ms, the slowest %g ms", reviewed, total, took[len(took)/2], took[len(took)-1])
	for rule, by := range counts {
		t.Logf("%s %v", rule, by)
	}
}
