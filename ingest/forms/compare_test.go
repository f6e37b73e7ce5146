package forms_test

import (
	"bufio"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"yardstick"
	"yardstick/indicators"
	"yardstick/ingest/forms"
	"yardstick/ingest/grid"
)

// expectedForm is a line of expected.jsonl: what a person reads off a form.
type expectedForm struct {
	ID         string          `json:"id"`
	Kind       string          `json:"form"`
	Project    string          `json:"project"`
	File       string          `json:"file"`
	Layout     string          `json:"layout"`
	BudgetUnit string          `json:"budget_unit"`
	Initial    json.RawMessage `json:"budget_initial"`
	FullYear   json.RawMessage `json:"budget_full_year"`
	Executed   json.RawMessage `json:"executed"`
	Indicators []expectedLine  `json:"indicators"`
}

type expectedLine struct {
	Level1 string          `json:"l1"`
	Level2 string          `json:"l2"`
	Name   string          `json:"l3"`
	Target string          `json:"target"`
	Split  []string        `json:"target_split"`
	Actual string          `json:"actual"`
	Weight json.RawMessage `json:"weight"`
	Score  json.RawMessage `json:"score"`
}

// tally of a comparison.
type agreement struct {
	forms, found, lines, right, extra, budgets, budgetsRight int
	wrong                                                    []string
}

// TestFloors holds the reader to what the project promises: every form found,
// 98 % of lines and budgets right, at most 1 % lines too many. The comparison is
// that of ../shared/tools/compare_forms.py.
func TestFloors(t *testing.T) {
	for set, dir := range folders(t) {
		t.Run(set, func(t *testing.T) {
			expected := readExpected(t, filepath.Join(dir, "expected.jsonl"))
			a := compare(t, dir, expected)
			t.Logf("forms %d/%d, lines right %d/%d = %.4f, extra lines %d, budgets %d/%d = %.4f", a.found, a.forms, a.right, a.lines,
				share(a.right, a.lines), a.extra, a.budgetsRight, a.budgets, share(a.budgetsRight, a.budgets))
			if a.found < a.forms || share(a.right, a.lines) < 0.98 || share(a.budgetsRight, a.budgets) < 0.98 || a.extra*100 > a.lines {
				t.Errorf("below the floors:\n%s", strings.Join(a.wrong, "\n"))
			}
		})
	}
}

func share(a, b int) float64 { return float64(a) / math.Max(1, float64(b)) }

func readExpected(t *testing.T, path string) []expectedForm {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Skipf("no expectations: %v", err)
	}
	defer f.Close()
	var out []expectedForm
	s := bufio.NewScanner(f)
	s.Buffer(nil, 1<<20)
	for s.Scan() {
		if len(strings.TrimSpace(s.Text())) == 0 {
			continue
		}
		var e expectedForm
		if err := json.Unmarshal(s.Bytes(), &e); err != nil {
			t.Fatal(err)
		}
		out = append(out, e)
	}
	return out
}

func compare(t *testing.T, dir string, expected []expectedForm) agreement {
	t.Helper()
	return compareWith(t, dir, expected, func(gs []*grid.Grid) []*grid.Grid { return gs })
}

// compareWith is compare with the Grids changed by change before they are read.
func compareWith(t *testing.T, dir string, expected []expectedForm, change func([]*grid.Grid) []*grid.Grid) agreement {
	t.Helper()
	type key struct{ file, project string }
	got := map[key][]yardstick.Form{}
	for file, gs := range openAll(t, dir) {
		for _, f := range forms.ReadFile(change(gs)).Forms {
			k := key{file, plain(f.Project.Value)}
			got[k] = append(got[k], f)
		}
	}
	var a agreement
	for _, e := range expected {
		a.forms++
		a.lines += len(e.Indicators)
		k := key{e.File, plain(e.Project)}
		if len(got[k]) == 0 {
			a.wrong = append(a.wrong, "form not found: "+e.File+" "+e.Project)
			continue
		}
		g := got[k][0]
		got[k] = got[k][1:]
		a.found++
		a.extra += max(0, len(g.Lines)-len(e.Indicators))
		a.compareLines(e, append([]yardstick.Line(nil), g.Lines...))
		a.compareBudget(e, &g)
	}
	return a
}

func (a *agreement) compareLines(e expectedForm, lines []yardstick.Line) {
	for _, x := range e.Indicators {
		best, fewest := -1, []string(nil)
		for i := range lines {
			if nameKey(lines[i].Name.Value) != nameKey(x.Name) {
				continue
			}
			if bad := differences(x, &lines[i]); best < 0 || len(bad) < len(fewest) {
				best, fewest = i, bad
			}
		}
		switch {
		case best < 0:
			a.wrong = append(a.wrong, "line not found: "+e.File+" "+x.Name)
		case len(fewest) > 0:
			a.wrong = append(a.wrong, "wrong "+strings.Join(fewest, ",")+": "+e.File+" "+x.Name)
			lines = append(lines[:best], lines[best+1:]...)
		default:
			a.right++
			lines = append(lines[:best], lines[best+1:]...)
		}
	}
}

func (a *agreement) compareBudget(e expectedForm, g *yardstick.Form) {
	factor := map[string]float64{"元": 1e-4, "亿元": 1e4}[e.BudgetUnit]
	if factor == 0 {
		factor = 1
	}
	for _, b := range []struct {
		name      string
		want      json.RawMessage
		got, also yardstick.Number
	}{
		{"initial", e.Initial, g.Budget.Initial, yardstick.Number{}},
		{"full year", e.FullYear, g.Budget.FullYear, g.Budget.Initial},
		{"executed", e.Executed, g.Budget.Executed, yardstick.Number{}},
	} {
		w, ok := jsonNumber(b.want)
		if !ok {
			continue
		}
		a.budgets++
		if closeTo(w*factor, b.got) || e.Kind == "target" && closeTo(w*factor, b.also) {
			a.budgetsRight++
		} else {
			a.wrong = append(a.wrong, "budget "+b.name+": "+e.File)
		}
	}
}

var (
	spaces      = regexp.MustCompile(`\s+`)
	levelPoints = regexp.MustCompile(`[(（]?\d+(\.\d+)?分[)）]?`)
	nameNumber  = regexp.MustCompile(`^指标\d+[:.、]?`)
)

// plain drops blanks and brings full-width signs to half width.
func plain(s string) string {
	return spaces.ReplaceAllString(strings.Map(func(r rune) rune {
		if r >= '！' && r <= '～' {
			return r - '！' + '!'
		}
		return r
	}, s), "")
}

func nameKey(s string) string { return nameNumber.ReplaceAllString(plain(s), "") }

func levelKey(s string) string { return levelPoints.ReplaceAllString(plain(s), "") }

func valueKey(s string) string {
	return strings.NewReplacer("≧", "≥", "≦", "≤", "═", "=", ">=", "≥", "<=", "≤").Replace(plain(s))
}

func differences(x expectedLine, l *yardstick.Line) (bad []string) {
	if x.Level1 != "" && levelKey(x.Level1) != levelKey(l.Level1.Value) {
		bad = append(bad, "level1")
	}
	if x.Level2 != "" && levelKey(x.Level2) != levelKey(l.Level2.Value) {
		bad = append(bad, "level2")
	}
	if x.Target != "" && !sameTarget(x, &l.Target.Value) {
		bad = append(bad, "target")
	}
	if x.Actual != "" && valueKey(x.Actual) != valueKey(l.Actual.Raw) {
		bad = append(bad, "actual")
	}
	if w, ok := jsonNumber(x.Weight); ok && !closeTo(w, l.Weight) {
		bad = append(bad, "weight")
	}
	if w, ok := jsonNumber(x.Score); ok && !closeTo(w, l.Score) {
		bad = append(bad, "score")
	}
	return bad
}

func sameTarget(x expectedLine, v *indicators.Value) bool {
	got := valueKey(v.Raw)
	if len(x.Split) != 3 {
		return got == valueKey(x.Target)
	}
	op, value, unit := x.Split[0], x.Split[1], x.Split[2]
	if op == "定性" {
		op = ""
	}
	return got == valueKey(op+value+unit) || got == valueKey(value+unit) || value != "" && strings.Contains(plain(v.Raw), plain(value))
}

// jsonNumber reads a number, or a string that is one.
func jsonNumber(raw json.RawMessage) (float64, bool) {
	s := strings.ReplaceAll(strings.Trim(strings.TrimSpace(string(raw)), `"`), ",", "")
	v, err := strconv.ParseFloat(s, 64)
	return v, err == nil
}

func closeTo(w float64, n yardstick.Number) bool {
	return n.Known && math.Abs(w-n.Value) <= 1e-6*math.Max(1, math.Max(math.Abs(w), math.Abs(n.Value)))
}
