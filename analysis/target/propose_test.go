package target_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"yardstick/analysis/target"
	"yardstick/indicators"
	"yardstick/indicators/library"
)

// peers are targets as filed, with budgets where given.
func peers(targets []string, budgets ...float64) (out []target.Peer) {
	for i, s := range targets {
		p := target.Peer{Target: indicators.Parse(s)}
		if i < len(budgets) {
			p.Budget = budgets[i]
		}
		out = append(out, p)
	}
	return out
}

func gathered(t testing.TB, i target.Indicator, targets []string, budgets ...float64) target.Ask {
	r, err := target.LoadRules()
	if err != nil {
		t.Fatal(err)
	}
	return target.Ask{Indicator: i, Peers: r.Gather(i, "同类项目", peers(targets, budgets...))}
}

// TestProposeFromOwn: the examples of the drafting page (pages.md §7, the
// prototype): of years 13.9, 12.8, 13.1, 11.9, 11.6 hours ≤ 13 with a chance near
// 62 %; of a mean of 85.5 % with a worst year of 84.8 % ≥ 85 %.
func TestProposeFromOwn(t *testing.T) {
	hours := target.Indicator{Name: "公路阻断平均抢通时间", Direction: indicators.Lower, Unit: "小时", Temporal: library.Level}
	rate := target.Indicator{Name: "优良中等路率", Direction: indicators.Higher, Unit: "%", Temporal: library.Level}
	people := target.Indicator{Name: "培训人数", Direction: indicators.Higher, Unit: "人", Temporal: library.Cumulative}
	accidents := target.Indicator{Name: "责任事故", Direction: indicators.Lower, Unit: "起", Temporal: library.Ceiling, Comparison: "="}
	for name, c := range map[string]struct {
		indicator target.Indicator
		unit      string
		past      []float64
		want      string
		low, high float64 // bounds of the chance
	}{
		"hours":                    {hours, "小时", []float64{13.9, 12.8, 13.1, 11.9, 11.6}, "≤13小时", 0.6, 0.66},
		"rate":                     {rate, "%", []float64{85.5, 86.1, 84.8, 85.9, 85.2}, "≥85%", 0.75, 0.8},
		"never above 100 %":        {rate, "%", []float64{100, 99.9, 99.6, 100}, "≥99.8%", 0.6, 0.8},
		"all at 100 %":             {rate, "%", []float64{100, 100, 100}, "=100%", -1, -1},
		"whole people":             {people, "人", []float64{131, 118, 123, 127}, "≥120人", 0.6, 0.8},
		"no accidents stay none":   {accidents, "起", []float64{0, 0, 0}, "=0起", -1, -1},
		"not below worst of three": {rate, "%", []float64{60, 62, 95, 95, 95.5}, "≥95%", -1, 0.3},
	} {
		got := rules(t).Propose(target.Ask{Indicator: c.indicator, Year: 2025, Own: past(c.unit, c.past...)})
		if got.Text != c.want || got.Basis != target.History {
			t.Errorf("%s: got %s (%s, %s), want %s", name, got.Text, got.Basis, got.BasisWhy, c.want)
			continue
		}
		switch p := got.Tightness.Chance; {
		case c.high < 0:
			if p != nil {
				t.Errorf("%s: a chance of %g from years that do not vary", name, *p)
			}
		case p == nil || *p < c.low || *p > c.high:
			t.Errorf("%s: chance %v (%s), want %g to %g", name, p, got.Tightness.Why, c.low, c.high)
		}
		if got.Tightness.Word != target.Fair {
			t.Errorf("%s: what is proposed is not called fair: %s", name, got.Tightness.Why)
		}
	}
}

// TestOwnYearsThatCount: the draft's year and later do not, nor a year that is
// off by a unit, nor other projects for what grows with the project; two forms of
// a year are one year.
func TestOwnYearsThatCount(t *testing.T) {
	rate := target.Indicator{Name: "合格率", Direction: indicators.Higher, Unit: "%"}
	own := past("%", 92, 94, 95, 97) // 2021 to 2024
	if a := rules(t).Propose(target.Ask{Indicator: rate, Year: 2023, Own: own}); a.Value != nil || len(a.Own) != 2 {
		t.Errorf("for 2023: proposed %s from %d earlier years, want nothing from 2", a.Text, len(a.Own))
	}
	twice := append(slices.Clone(own), own...)
	a, b := rules(t).Propose(target.Ask{Indicator: rate, Own: own}), rules(t).Propose(target.Ask{Indicator: rate, Own: twice})
	if a.Text != b.Text || a.Tightness.ChanceN != 4 || b.Tightness.ChanceN != 4 {
		t.Errorf("filed twice: %s of n=%d, want %s of n=4", b.Text, b.Tightness.ChanceN, a.Text)
	}
	wrong := append(past("%", 0.95), own...)
	wrong[0].Year = 2020
	if c := rules(t).Propose(target.Ask{Indicator: rate, Own: wrong}); c.Text != a.Text || !strings.Contains(c.BasisWhy, "疑为单位写错") {
		t.Errorf("with a year off by a hundred: %s (%s), want %s and a word about it", c.Text, c.BasisWhy, a.Text)
	}
	area := target.Indicator{Name: "绿化面积", Direction: indicators.Higher, Unit: "亩", Temporal: library.Cumulative}
	other := past("亩", 100, 120, 110)
	for i := range other {
		other[i].Same = false
	}
	if d := rules(t).Propose(target.Ask{Indicator: area, Own: other}); d.Value != nil {
		t.Errorf("proposed %s from other projects' areas", d.Text)
	}
	if d := rules(t).Propose(target.Ask{Indicator: rate, Own: func() []target.Past {
		o := slices.Clone(own)
		for i := range o {
			o[i].Same = false
		}
		return o
	}()}); d.Text != a.Text {
		t.Errorf("a rate of the unit's other projects: %q, want %s", d.Text, a.Text)
	}
}

// TestOwnScaledByBudget: twice the budget, twice the people, if that is how it was.
func TestOwnScaledByBudget(t *testing.T) {
	people := target.Indicator{Name: "培训人数", Direction: indicators.Higher, Unit: "人", Temporal: library.Cumulative}
	own := past("人", 100, 202, 297)
	for i, b := range []float64{10, 20, 30} {
		own[i].Budget = b
	}
	got := rules(t).Propose(target.Ask{Indicator: people, Budget: 60, Own: own})
	if got.Value == nil || *got.Value < 590 || *got.Value > 606 || !strings.Contains(got.BasisWhy, "按预算折算") {
		t.Errorf("got %s (%s), want about 600 people, scaled", got.Text, got.BasisWhy)
	}
}

// TestProposeFromPeers: what is proposed was filed or is scaled; units of one
// dimension are converted; a value that is off by ten thousand moves nothing; too
// few say so.
func TestProposeFromPeers(t *testing.T) {
	rate := target.Indicator{Name: "验收合格率", Direction: indicators.Higher, Unit: "%", Temporal: library.Level}
	cost := target.Indicator{Name: "项目总成本", Direction: indicators.Lower, Unit: "万元", Temporal: library.Ceiling}
	people := target.Indicator{Name: "培训人次", Direction: indicators.Higher, Unit: "人次", Temporal: library.Cumulative}
	length := target.Indicator{Name: "列养里程", Direction: indicators.Neutral, Unit: "公里", Temporal: library.Level, Comparison: "="}
	for name, c := range map[string]struct {
		indicator target.Indicator
		targets   []string
		budgets   []float64
		budget    float64
		want      string
		n         int
		basis     string
		note      string // part of it
	}{
		"median, the harder of two":     {rate, []string{"≥90%", "≥95%", "≥98%", "100%"}, nil, 0, "≥98%", 4, target.Trade, "4 个填报值的中位数"},
		"lower: the harder of two":      {target.Indicator{Name: "投诉率", Direction: indicators.Lower, Unit: "%"}, []string{"≤5%", "≤3%", "≤2%", "≤1%"}, nil, 0, "≤2%", 4, target.Trade, ""},
		"converted units":               {rate, []string{"≥0.95", "≥950‰", "≥96%", "≥97%"}, nil, 0, "≥96%", 3, target.Trade, ""},
		"opposite comparisons apart":    {rate, []string{"≤95%", "≥96%", "≥97%", "≥98%"}, nil, 0, "≥97%", 3, target.Trade, ""},
		"at most 100 %":                 {rate, []string{"≥110%", "≥120%", "≥105%"}, nil, 0, "=100%", 3, target.Trade, "不超过 100%"},
		"money in 元 and 万元":             {cost, []string{"≤100万元", "≤2000000元", "≤50万元", "≤31万元"}, []float64{100, 200, 50, 30}, 80, "≤80万元", 4, target.Plan, "不超过本项目的预算"},
		"people by budget":              {people, []string{"≥1000人次", "≥2100人次", "≥3.9千人次", "≥500人次"}, []float64{10, 20, 40, 5}, 30, "≥3000人次", 4, target.Trade, "按预算折算"},
		"one off by ten thousand":       {people, []string{"≥1000人次", "≥2100万人次", "≥3900人次", "≥500人次", "≥1010人次"}, []float64{10, 20, 40, 5, 10}, 30, "≥3000人次", 5, target.Trade, "按预算折算"},
		"not in proportion":             {people, []string{"≥10人次", "≥2000人次", "≥300人次", "≥90000人次"}, []float64{10, 11, 12, 13}, 30, "", 4, target.Plan, "不成比例"},
		"no budget":                     {people, []string{"≥10人次", "≥2000人次", "≥300人次"}, []float64{10, 11, 12}, 0, "", 3, target.Plan, "没有填预算"},
		"the same whatever the size":    {target.Indicator{Name: "公开次数", Direction: indicators.Higher, Unit: "次", Temporal: library.Cumulative}, []string{"≥12次", "≥12次", "12次"}, []float64{1, 100, 1000}, 10, "≥12次", 3, target.Trade, ""},
		"too few":                       {rate, []string{"≥90%", "≥95%"}, nil, 0, "", 2, "", "只有 2 个填报值（≥90%、≥95%）"},
		"none":                          {rate, nil, nil, 0, "", 0, "", "没有填报过"},
		"= below 100 % becomes ≥":       {rate, []string{"=95%", "=95%", "=96%"}, nil, 0, "≥95%", 3, target.Trade, ""},
		"the harder of two is said":     {rate, []string{"≥90%", "≥95%", "100%", "≥100%"}, nil, 0, "=100%", 4, target.Trade, "的中位数是 97.5，取居中两个填报值里较严的 100"},
		"another dimension left out":    {target.Indicator{Name: "人均培训成本", Direction: indicators.Lower, Unit: "元/人"}, []string{"≤320人/天", "≤300人/天", "≤400人/天"}, nil, 0, "", 0, "", "单位不同"},
		"= at 100 % stays":              {rate, []string{"=100%", "=100%", "=100%"}, nil, 0, "=100%", 3, target.Trade, ""},
		"dates are the plan":            {target.Indicator{Name: "完成时间"}, []string{"2021年12月底前", "2022年12月31日前", "2022年6月前"}, nil, 0, "", 3, target.Plan, "写 12 月的最多（2 个）"},
		"words":                         {target.Indicator{Name: "改善程度", Temporal: library.Qualitative}, []string{"明显", "明显", "明显", "较好"}, nil, 0, "明显", 3, "", "3 个写“明显”"},
		"words of every kind":           {target.Indicator{Name: "改善程度", Temporal: library.Qualitative}, []string{"明显", "很好", "有效", "较好"}, nil, 0, "", 4, "", "写法各不相同"},
		"a stock is nobody else's plan": {length, []string{"=100公里", "=386.4公里", "=20公里"}, []float64{1, 2, 3}, 10, "", 3, target.Plan, ""},
	} {
		a := gathered(t, c.indicator, c.targets, c.budgets...)
		a.Budget = c.budget
		got := rules(t).Propose(a)
		if got.Text != c.want || got.N != c.n || got.Basis != c.basis || !strings.Contains(got.Note, c.note) {
			t.Errorf("%s: got %q, n=%d, %s, %s; want %q, n=%d, %s, …%s…", name, got.Text, got.N, got.Basis, got.Note, c.want, c.n, c.basis, c.note)
		}
		if (got.Value == nil) != (c.want == "" || c.basis == "") {
			t.Errorf("%s: value %v beside the text %q", name, got.Value, got.Text)
		}
	}
}

func TestReached(t *testing.T) {
	i := target.Indicator{Name: "合格率", Direction: indicators.Higher, Unit: "%"}
	list := peers([]string{"≥90%", "≥95%", "≥98%", "≥99%"})
	for n, actual := range []string{"92%", "90%", "", "≥99%"} { // the last copies its target
		list[n].Actual = indicators.Parse(actual)
	}
	r := rules(t)
	got := r.Propose(target.Ask{Indicator: i, Peers: r.Gather(i, "同类项目", list)})
	if got.Evaluated != 2 || got.Reached != 1 {
		t.Errorf("%d of %d reached theirs, want 1 of 2", got.Reached, got.Evaluated)
	}
}

// anyAsk is a question of any kind about a share.
func anyAsk(t *rapid.T, r *target.Rules) target.Ask {
	i := target.Indicator{Name: "完成率", Direction: rapid.SampledFrom([]indicators.Direction{"", indicators.Higher, indicators.Lower, indicators.Neutral}).Draw(t, "direction"),
		Unit: "%", Temporal: library.Level}
	value := rapid.Custom(func(t *rapid.T) string {
		x := rapid.OneOf(rapid.Float64Range(0, 130), rapid.Just(100.0), rapid.Float64Range(0, 1)).Draw(t, "x")
		return rapid.SampledFrom([]string{"", "≥", "≤", "=", ">"}).Draw(t, "sign") + fmt.Sprint(math.Round(100*x)/100) + rapid.SampledFrom([]string{"%", "‰", "", "倍", "人"}).Draw(t, "unit")
	})
	a := target.Ask{Indicator: i, Year: 2025, Budget: rapid.Float64Range(0, 1000).Draw(t, "budget")}
	a.Peers = r.Gather(i, "同类项目", peers(rapid.SliceOfN(value, 0, 12).Draw(t, "peers"), rapid.SliceOfN(rapid.Float64Range(0, 1000), 0, 12).Draw(t, "budgets")...))
	for n, s := range rapid.SliceOfN(value, 0, 6).Draw(t, "own") {
		a.Own = append(a.Own, target.Past{Year: 2024 - n, Actual: indicators.Parse(s), Same: true})
	}
	return a
}

// TestProposalsOfShares: whatever was filed, a share is never proposed above 100 %
// (of the unit that the advice is in) nor a number without three that it rests on,
// and what is proposed is not itself called loose by the own past.
func TestProposalsOfShares(t *testing.T) {
	r := rules(t)
	rapid.Check(t, func(t *rapid.T) {
		a := anyAsk(t, r)
		got := r.Propose(a)
		if got.Value == nil {
			if got.Note == "" {
				t.Fatal("neither a number nor a reason")
			}
			return
		}
		if u := indicators.UnitOf(got.Unit); u.Dimension == indicators.Rate && u.Scale < 1 && *got.Value > 1/u.Scale+1e-9 {
			t.Fatalf("proposed %s", got.Text)
		}
		if got.Basis == target.Trade && got.N < 3 || got.Basis == target.History && len(got.Own) < 3 || got.Basis == "" {
			t.Fatalf("proposed %s of n=%d and %d own years (%s)", got.Text, got.N, len(got.Own), got.Basis)
		}
		if got.Median == nil != (got.N < 3) {
			t.Fatalf("median %v of n=%d", got.Median, got.N)
		}
	})
}

// TestMonotone: a past that is better by the same amount in every year never makes
// an easier proposal, and every proposal's chance lies where it should unless the
// worst recent year or 100 % holds it.
func TestMonotone(t *testing.T) {
	r := rules(t)
	rapid.Check(t, func(t *rapid.T) {
		better := rapid.SampledFrom([]indicators.Direction{indicators.Higher, indicators.Lower}).Draw(t, "better")
		i := target.Indicator{Name: "指数", Direction: better, Unit: "分", Temporal: library.Level}
		x := rapid.SliceOfN(rapid.Float64Range(50, 90), 3, 8).Draw(t, "past")
		by := rapid.Float64Range(0, 10).Draw(t, "by")
		if better == indicators.Lower {
			by = -by
		}
		y := make([]float64, len(x))
		for n := range x {
			x[n] = math.Round(100*x[n]) / 100
			y[n] = math.Round(100*(x[n]+math.Round(100*by)/100)) / 100
		}
		a, b := r.Propose(target.Ask{Indicator: i, Own: past("分", x...)}), r.Propose(target.Ask{Indicator: i, Own: past("分", y...)})
		if d := *b.Value - *a.Value; better == indicators.Higher && d < -1e-9 || better == indicators.Lower && d > 1e-9 {
			t.Fatalf("%v gives %s, %v gives %s", x, a.Text, y, b.Text)
		}
		recent := x[max(0, len(x)-3):]
		worst := slices.Min(recent)
		if better == indicators.Lower {
			worst = slices.Max(recent)
		}
		if better == indicators.Higher && *a.Value < worst-1e-9 || better == indicators.Lower && *a.Value > worst+1e-9 {
			t.Fatalf("%v gives %s, easier than the worst of the last three, %g", x, a.Text, worst)
		}
		if a.Tightness.Word != target.Fair {
			t.Fatalf("%v gives %s, which is called %s: %s", x, a.Text, a.Tightness.Word, a.Tightness.Why)
		}
		if p := a.Tightness.Chance; p != nil && *a.Value != worst && (*p < 0.6-1e-6 || *p > 0.8+1e-6) {
			t.Fatalf("%v gives %s with a chance of %g", x, a.Text, *p)
		}
	})
}
