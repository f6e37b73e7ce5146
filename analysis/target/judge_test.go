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

func TestJudge(t *testing.T) {
	rate := target.Indicator{Name: "优良率", Direction: indicators.Higher, Unit: "%", Temporal: library.Level}
	hours := target.Indicator{Name: "抢通时间", Direction: indicators.Lower, Unit: "小时", Temporal: library.Level}
	accidents := target.Indicator{Name: "责任事故", Direction: indicators.Lower, Unit: "起", Temporal: library.Ceiling}
	people := target.Indicator{Name: "培训人次", Direction: indicators.Higher, Unit: "人次", Temporal: library.Cumulative}
	many := []string{"≥90%", "≥92%", "≥93%", "≥94%", "≥95%", "≥95%", "≥96%", "≥97%", "≥98%", "≥99%", "≥99%"}
	unchanged := past("%", 93, 94, 96, 95)
	for i := range unchanged {
		unchanged[i].Target = indicators.Parse("≥90%")
	}
	for name, c := range map[string]struct {
		indicator target.Indicator
		own       []target.Past
		peers     []string
		given     string
		want      string
		signals   string // names of the rules that fire
		why       string // part of it
	}{
		"far below the past":              {rate, past("%", 92, 94, 95, 97), nil, "≥90%", target.Loose, "signal.chance signal.own_min signal.last", "达成把握 93%"},
		"the example of the page":         {rate, past("%", 85.5, 86.1, 84.8, 85.9, 85.2), nil, "≥80.0%", target.Loose, "signal.chance signal.own_min signal.last signal.round", "> 99%"},
		"as proposed":                     {rate, past("%", 85.5, 86.1, 84.8, 85.9, 85.2), nil, "≥85.0%", target.Fair, "signal.last", "78%"},
		"above all that was":              {rate, past("%", 85.5, 86.1, 84.8, 85.9, 85.2), nil, "≥90%", target.Tight, "tight.chance", "< 1%"},
		"reached in each of three years":  {rate, past("%", 60, 62, 95, 95, 95.5), nil, "≥95%", target.Fair, "signal.last", "近 3 年年年都达到"},
		"lower: slower than ever":         {hours, past("小时", 13.9, 12.8, 13.1, 11.9, 11.6), nil, "≤24小时", target.Loose, "signal.chance signal.own_min signal.last", ""},
		"lower: as on the page":           {hours, past("小时", 13.9, 12.8, 13.1, 11.9, 11.6), nil, "≤13小时", target.Fair, "signal.last", ""},
		"lower: faster than ever":         {hours, past("小时", 13.9, 12.8, 13.1, 11.9, 11.6), nil, "≤9小时", target.Tight, "tight.chance", ""},
		"= is a floor where more is good": {rate, past("%", 92, 94, 95, 97), nil, "=90%", target.Loose, "signal.chance signal.own_min signal.last", ""},
		"always all":                      {rate, past("%", 100, 100, 100), nil, "=100%", target.Fair, "", "算不出把握"},
		"always all, now less":            {rate, past("%", 100, 100, 100), nil, "≥98%", target.Loose, "signal.own_min signal.last", ""},
		"never reached so far":            {rate, past("%", 92, 92, 92), nil, "≥95%", target.Tight, "", ""},
		"none is the least":               {accidents, past("起", 0, 0, 0), nil, "=0起", target.Fair, "", ""},
		"three years the same":            {rate, unchanged, nil, "≥90%", target.Loose, "signal.chance signal.own_min signal.last signal.unchanged", "目标连续 4 年都是 90%"},
		"easier than nine peers in ten":   {rate, nil, many, "≥91%", target.Loose, "signal.peers", "居同类第 9 百分位（n=11）"},
		"in the middle of the peers":      {rate, nil, many, "≥95%", target.Fair, "", "居同类第 45 百分位（n=11）"},
		"harder than nine peers in ten":   {rate, nil, many, "≥99.5%", target.Tight, "tight.percentile", ""},
		"own past before peers":           {rate, past("%", 85.5, 86.1, 84.8, 85.9, 85.2), many, "≥85%", target.Fair, "signal.last signal.peers", ""},
		"too little of both":              {rate, past("%", 95, 96), many[:3], "≥90%", target.Unknown, "signal.last", "本单位只有 2 年实际值，同类只有 3 个填报值"},
		"nothing":                         {rate, nil, nil, "≥90%", target.Unknown, "", "本单位没有往年实际值"},
		"words":                           {rate, nil, many, "明显提高", target.Unknown, "", "不是数字"},
		"a date":                          {rate, nil, many, "12月底前", target.Unknown, "", "日期"},
		"another measure":                 {rate, nil, many, "≥12人", target.Unknown, "", "不能换算"},
		"money without a unit":            {target.Indicator{Name: "成本", Direction: indicators.Lower, Unit: "万元"}, nil, []string{"≤1万元", "≤2万元", "≤3万元"}, "33", target.Unknown, "", "没有写计量单位"},
		"the wrong way round":             {hours, past("小时", 13.9, 12.8, 13.1), nil, "≥13小时", target.Unknown, "", "方向相反"},
		"a plan of its own":               {people, nil, []string{"≥10人次", "≥2000人次", "≥300人次", "≥90000人次", "≥5人次"}, "≥100人次", target.Unknown, "", "随项目规模变化"},
		"nothing given":                   {rate, nil, many, "", "", "", ""},
	} {
		a := gathered(t, c.indicator, c.peers)
		a.Own, a.Year = c.own, 2025
		got := rules(t).Judge(indicators.Parse(c.given), a)
		var fired []string
		for _, s := range got.Signals {
			fired = append(fired, s.Rule)
			if s.Why == "" || !strings.Contains(got.Why, s.Why) {
				t.Errorf("%s: %q does not say %q", name, got.Why, s.Why)
			}
		}
		if got.Word != c.want || strings.Join(fired, " ") != c.signals || !strings.Contains(got.Why, c.why) {
			t.Errorf("%s: got %s, fired %v, %s; want %s, %s, …%s…", name, got.Word, fired, got.Why, c.want, c.signals, c.why)
		}
	}
}

// TestSignalsAreRules: what fires has a name in rules.csv with its source.
func TestSignalsAreRules(t *testing.T) {
	known := map[string]target.Rule{}
	for _, r := range rules(t).List {
		known[r.Name] = r
		if r.Source == "" || !slices.Contains([]string{"read", "reported", "recalled", "proposed"}, r.Status) || strings.Contains(r.Say(), "{") {
			t.Errorf("%s: source %q, status %q, %s", r.Name, r.Source, r.Status, r.Say())
		}
	}
	a := gathered(t, target.Indicator{Name: "优良率", Direction: indicators.Higher, Unit: "%"}, []string{"≥90%", "≥92%", "≥93%", "≥94%", "≥95%"})
	a.Own = past("%", 92, 94, 95, 97)
	for _, given := range []string{"≥50%", "≥99.9%"} {
		for _, s := range rules(t).Judge(indicators.Parse(given), a).Signals {
			if _, ok := known[s.Rule]; !ok {
				t.Errorf("%s is no rule", s.Rule)
			}
		}
	}
}

// TestJudgeOrder: of two targets the harder one never has the larger chance, nor
// the lower percentile, nor is it called loose where the easier is called tight.
func TestJudgeOrder(t *testing.T) {
	r := rules(t)
	order := map[string]int{target.Loose: 0, target.Fair: 1, target.Tight: 2}
	rapid.Check(t, func(t *rapid.T) {
		better := rapid.SampledFrom([]indicators.Direction{indicators.Higher, indicators.Lower}).Draw(t, "better")
		a := target.Ask{Indicator: target.Indicator{Name: "指数", Direction: better, Unit: "分", Temporal: library.Level}}
		a.Own = past("分", rapid.SliceOfN(rapid.Float64Range(0, 100), 0, 6).Draw(t, "own")...)
		var filed []string
		for _, x := range rapid.SliceOfN(rapid.Float64Range(0, 100), 0, 12).Draw(t, "peers") {
			filed = append(filed, fmt.Sprintf("%.1f分", x))
		}
		a.Peers = r.Gather(a.Indicator, "同类项目", peers(filed))
		x, y := rapid.Float64Range(1, 100).Draw(t, "x"), rapid.Float64Range(1, 100).Draw(t, "y")
		x, y = math.Round(10*math.Min(x, y))/10, math.Round(10*math.Max(x, y))/10
		if better == indicators.Lower {
			x, y = y, x
		}
		easy, hard := r.Judge(indicators.Parse(fmt.Sprint(x, "分")), a), r.Judge(indicators.Parse(fmt.Sprint(y, "分")), a)
		if easy.Chance != nil && *easy.Chance < *hard.Chance-1e-9 {
			t.Fatalf("chance %g of %g, %g of %g", *easy.Chance, x, *hard.Chance, y)
		}
		if easy.Percentile != nil && *easy.Percentile > *hard.Percentile+1e-9 {
			t.Fatalf("percentile %g of %g, %g of %g", *easy.Percentile, x, *hard.Percentile, y)
		}
		if (easy.Word == target.Unknown) != (hard.Word == target.Unknown) || easy.Word != target.Unknown && order[easy.Word] > order[hard.Word] {
			t.Fatalf("%g is %s (%s), %g is %s (%s)", x, easy.Word, easy.Why, y, hard.Word, hard.Why)
		}
	})
}
