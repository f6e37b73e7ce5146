package catalog_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"yardstick/analysis/catalog"
)

func rules(t testing.TB) catalog.Rules {
	t.Helper()
	r, err := catalog.LoadRules()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestRulesHaveSources(t *testing.T) {
	for _, r := range rules(t) {
		if strings.ContainsAny(r.Say(), "{}") || r.Words == "" || r.Source == "" || !slices.Contains([]string{"read", "reported", "recalled", "proposed"}, r.Status) {
			t.Errorf("%s: words, source or status missing: %+v", r.Name, r)
		}
	}
}

// TestInterval holds the interval to textbook answers: 8 of 10 → 0.490 to
// 0.943 and 0 of 10 → 0 to 0.278 (Wilson, 95 %).
func TestInterval(t *testing.T) {
	for _, c := range []struct {
		part, of  int
		low, high float64
	}{{8, 10, 0.4902, 0.9433}, {0, 10, 0, 0.2775}, {10, 10, 0.7225, 1}} {
		low, high := catalog.Interval(c.part, c.of)
		if math.Abs(low-c.low) > 5e-4 || math.Abs(high-c.high) > 5e-4 {
			t.Errorf("Interval(%d, %d) = %.4f, %.4f; want %.4f, %.4f", c.part, c.of, low, high, c.low, c.high)
		}
	}
	if low, high := catalog.Interval(0, 0); !math.IsNaN(low) || !math.IsNaN(high) {
		t.Error("an interval of nothing is not NaN")
	}
}

func TestTells(t *testing.T) {
	r := rules(t)
	for _, c := range []struct {
		full, scored int
		want         string
	}{{9, 9, catalog.Unknown}, {200, 200, "区分度低"}, {50, 100, "能区分"}, {20, 20, catalog.Unknown}} {
		if got := r.Tells(c.full, c.scored); got.Word != c.want || got.Why == "" {
			t.Errorf("Tells(%d, %d) = %+v, want %s", c.full, c.scored, got, c.want)
		}
	}
}

// TestTrend: 10 of 100 against 30 of 100 is z = 3.54; 10 against 12 is 0.45.
func TestTrend(t *testing.T) {
	r := rules(t)
	year := func(y, n, all int) catalog.YearCount { return catalog.YearCount{Year: y, Projects: n, All: all} }
	for name, c := range map[string]struct {
		years []catalog.YearCount
		want  string
	}{
		"one year": {[]catalog.YearCount{year(2023, 5, 100)}, catalog.Unknown},
		"few":      {[]catalog.YearCount{year(2022, 1, 10), year(2023, 9, 100)}, catalog.Unknown},
		"rising":   {[]catalog.YearCount{year(2022, 10, 100), year(2023, 30, 100)}, "上升"},
		"falling":  {[]catalog.YearCount{year(2021, 30, 100), year(2022, 5, 50), year(2023, 5, 50)}, "下降"},
		"steady":   {[]catalog.YearCount{year(2022, 10, 100), year(2023, 12, 100)}, "平稳"},
		"never":    {[]catalog.YearCount{year(2022, 0, 100), year(2023, 0, 100)}, catalog.Unknown},
		"seldom":   {[]catalog.YearCount{year(2022, 0, 41), year(2023, 4, 44)}, catalog.Unknown}, // z = 1.98, on four projects
	} {
		if got, _, _ := r.Trend(c.years); got.Word != c.want || got.Why == "" {
			t.Errorf("%s: got %+v, want %s", name, got, c.want)
		}
	}
}

// TestLift holds the known answers of docs/methods.md: lift 18.99565 on 12
// shrinks to 2.069, 2.246605 on 466 to 2.189 (groceries, N = 9835).
func TestLift(t *testing.T) {
	r := rules(t)
	// herbs and root vegetables etc. are given by counts; the expected count is n ÷ lift.
	for _, c := range []struct {
		n    int
		lift float64
		want float64
	}{{12, 18.99565, 2.069}, {466, 2.246605, 2.189}} {
		expected := float64(c.n) / c.lift
		_, got := r.Lift(c.n, int(math.Round(expected*1e6)), 1, 1e6)
		if math.Abs(got-c.want) > 2e-3 {
			t.Errorf("Lift with n = %d, lift %.3f: got %.4f, want %.3f", c.n, c.lift, got, c.want)
		}
	}
}

func TestAdvise(t *testing.T) {
	r := rules(t)
	entries := []catalog.Entry{
		{ID: "1", Name: "农村公路日常养护里程", Level2: "数量指标", Sector: "交通运输", Unit: "公里", Quantitative: true, SectorProjects: 600, Use: catalog.Use{Lines: 9, Projects: 9, Numeric: 9}},
		{ID: "2", Name: "农村公路日常养护总里程", Level2: "数量指标", Sector: "交通运输", Unit: "米", Quantitative: true, SectorProjects: 600, Use: catalog.Use{Lines: 20, Projects: 20, Numeric: 20}},
		{ID: "3", Name: "农村公路日常养护里程", Level2: "数量指标", Sector: "交通运输", Unit: "人", Quantitative: true, SectorProjects: 600}, // another dimension; never used
		{ID: "4", Name: "改善出行条件", Level2: "社会效益指标", Sector: "交通运输", SectorProjects: 600, Use: catalog.Use{Lines: 30, Projects: 30}},
		{ID: "5", Name: "资金支付及时率", Level2: "时效指标", Sector: "共性", Common: true, Unit: "%", Quantitative: true, SectorProjects: 600,
			Use: catalog.Use{Lines: 300, Projects: 40, Numeric: 20, Scored: 300, Full: 300}},
		{ID: "6", Name: "渡口数量", Level2: "数量指标", Sector: "农林水", Unit: "个", Quantitative: true, SectorProjects: 10}, // too few projects to say so
	}
	var got []string
	for _, a := range r.Advise(entries, r.Near(entries)) {
		if a.Reason == "" {
			t.Errorf("advice %+v without a reason", a)
		}
		got = append(got, a.Kind+" "+entries[a.Entry].ID)
	}
	want := "merge 1, retire 5, retire 3, quantify 5, quantify 4"
	if s := strings.Join(got, ", "); s != want {
		t.Errorf("got %s; want %s", s, want)
	}
}

func TestJudge(t *testing.T) {
	r := rules(t)
	good := catalog.Facts{Evaluation: true, Goal: true, Budget: true, Unit: true, Lines: 10, Numeric: 9, Weights: 10, WithLevel1: 10,
		OutputClasses: 3, Effects: 2, Satisfaction: 1, Costs: 1, Actuals: 10, Scores: 10, Full: 8, Exact: 4, Reasons: 2}
	if p, marks, ok := r.Judge(good); !ok || p != 100 || len(marks) != 3 {
		t.Errorf("a good form gets %v, %+v", p, marks)
	}
	copied := good
	copied.Full, copied.Exact, copied.Reasons = 10, 9, 0
	if p, marks, _ := r.Judge(copied); p != 80 || !strings.Contains(marks[2].Why, "全部满分") {
		t.Errorf("a form with everything full gets %v, %+v", p, marks)
	}
	target := good
	target.Evaluation = false
	if p, marks, _ := r.Judge(target); p != 100 || len(marks) != 2 {
		t.Errorf("a target form gets %v, %+v", p, marks)
	}
	if _, _, ok := r.Judge(catalog.Facts{Lines: 3}); ok {
		t.Error("a form of three lines is judged")
	}
}

// TestJudgeBounds: points are 0 to 100 and each mark within its own bounds,
// whatever the counts.
func TestJudgeBounds(t *testing.T) {
	r := rules(t)
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(5, 60).Draw(t, "lines")
		part := func(name string) int { return rapid.IntRange(0, n).Draw(t, name) }
		scores := part("scores")
		f := catalog.Facts{Evaluation: rapid.Bool().Draw(t, "evaluation"), Lines: n, Numeric: part("numeric"), Weights: part("weights"),
			OutputClasses: rapid.IntRange(0, 3).Draw(t, "classes"), Effects: part("effects"), Actuals: part("actuals"), Scores: scores,
			Full: rapid.IntRange(0, scores).Draw(t, "full"), Exact: part("exact"), Reasons: part("reasons")}
		points, marks, ok := r.Judge(f)
		if !ok || points < 0 || points > 100 {
			t.Fatalf("%v points", points)
		}
		for _, m := range marks {
			if m.Points < 0 || m.Points > m.Of {
				t.Fatalf("mark %+v", m)
			}
		}
	})
}
