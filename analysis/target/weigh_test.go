package target_test

import (
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"

	"yardstick/analysis/target"
	"yardstick/indicators/scoring"
)

func frame(t interface {
	Helper()
	Fatalf(format string, args ...any)
}, name string) target.Frame {
	t.Helper()
	s, ok := scoring.Lookup(name, "", time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC))
	if !ok {
		t.Fatalf("no rule set %s", name)
	}
	f, ok := target.FrameOf(s)
	if !ok {
		t.Fatalf("%s spreads no points", name)
	}
	return f
}

func TestFrameOf(t *testing.T) {
	for name, want := range map[string]string{
		"mof-2021-cost": "执行率 10 + 指标 90：成本 20、产出 40、效益 20、满意度 10",
		"mof-2020":      "执行率 10 + 指标 90：产出 50、效益 30、满意度 10",
		"hubei-20-80":   "执行率 20 + 指标 80：各类不定",
	} {
		if f := frame(t, name); f.Title != want || f.Source == "" || f.Status == "" {
			t.Errorf("%s: got %+v, want the title %s", name, f, want)
		}
	}
}

func TestWeigh(t *testing.T) {
	line := func(level1, level2 string, usual float64) target.Line {
		return target.Line{Level1: level1, Level2: level2, Usual: usual, N: 5}
	}
	for name, c := range map[string]struct {
		frame   string
		lines   []target.Line
		want    []float64
		note    string
		without string
	}{
		"2021, every class": {"mof-2021-cost", []target.Line{line("成本指标", "经济成本指标", 20), line("产出指标", "数量指标", 10), line("产出指标", "质量指标", 20), line("产出指标", "时效指标", 10),
			line("效益指标", "社会效益指标", 0), line("满意度指标", "", 10)}, []float64{20, 10, 20, 10, 20, 10}, "", ""},
		"largest remainder, ties to the earlier": {"mof-2020", []target.Line{line("产出指标", "数量指标", 0), line("产出指标", "质量指标", 0), line("产出指标", "时效指标", 0),
			line("效益指标", "", 30), line("满意度指标", "", 10)}, []float64{17, 17, 16, 30, 10}, "", ""},
		"no recipients": {"mof-2021-cost", []target.Line{line("成本指标", "", 20), line("产出指标", "", 40), line("效益指标", "", 1), line("效益指标", "", 2)},
			[]float64{20, 40, 10, 20}, "没有满意度指标，它的 10 分并入效益指标", ""},
		"cost below output": {"mof-2020", []target.Line{line("产出指标", "成本指标", 10), line("产出指标", "数量指标", 15), line("成本指标", "经济成本指标", 25), line("效益指标", "", 30), line("满意度指标", "", 10)},
			[]float64{10, 15, 25, 30, 10}, "", ""},
		"cost missing": {"mof-2021-cost", []target.Line{line("产出指标", "", 40), line("效益指标", "", 20), line("满意度指标", "", 10)},
			[]float64{40, 20, 10}, "没有成本指标，20 分没有着落", "成本指标"},
		"none above 30 beside others": {"mof-2020", []target.Line{line("产出指标", "数量指标", 90), line("产出指标", "质量指标", 10), line("产出指标", "时效指标", 10), line("效益指标", "", 30), line("满意度指标", "", 10)},
			[]float64{30, 10, 10, 30, 10}, "", ""},
		"no classes": {"hubei-20-80", []target.Line{line("产出指标", "数量指标", 20), line("效益指标", "", 20), line("满意度指标", "", 10)}, []float64{30, 30, 20}, "", ""},
	} {
		s := rules(t).Weigh(frame(t, c.frame), c.lines)
		for i, w := range c.want {
			if s.Points[i] != w {
				t.Errorf("%s: got %v, want %v", name, s.Points, c.want)
				break
			}
		}
		if s.Note != c.note || s.Without != c.without {
			t.Errorf("%s: got the note %q without %q, want %q and %q", name, s.Note, s.Without, c.note, c.without)
		}
	}
}

func TestWeighKept(t *testing.T) {
	s := rules(t).Weigh(frame(t, "mof-2020"), []target.Line{{Level1: "产出指标", Kept: 30}, {Level1: "产出指标", Usual: 10}, {Level1: "产出指标", Usual: 10},
		{Level1: "效益指标", Kept: 40}, {Level1: "效益指标"}, {Level1: "满意度指标"}})
	want := []float64{30, 10, 10, 40, 0, 10}
	for i, w := range want {
		if s.Points[i] != w {
			t.Fatalf("got %v, want %v", s.Points, want)
		}
	}
	if want := "已填的分值合计 40，应为 30，没有分留给其余 1 个指标"; s.Note != want {
		t.Errorf("got the note %q, want %q", s.Note, want)
	}
}

// TestWeighSums: the points of every class that has lines add up to what is due,
// none is negative, none above 30 where the class could do without, and the same
// question has the same answer.
func TestWeighSums(t *testing.T) {
	r := rules(t)
	level1 := []string{"成本指标", "产出指标", "效益指标", "满意度指标", "产出", "决策指标", "", "不知道"}
	rapid.Check(t, func(t *rapid.T) {
		f := frame(t, rapid.SampledFrom([]string{"mof-2020", "mof-2021-cost", "hubei-20-80"}).Draw(t, "frame"))
		lines := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) target.Line {
			return target.Line{
				Level1: rapid.SampledFrom(level1).Draw(t, "level1"),
				Level2: rapid.SampledFrom([]string{"", "成本指标", "数量指标", "社会效益指标"}).Draw(t, "level2"),
				Usual:  rapid.OneOf(rapid.Float64(), rapid.Float64Range(0, 30), rapid.Just(math.NaN()), rapid.Just(0.0)).Draw(t, "usual"),
			}
		}), 0, 60).Draw(t, "lines")
		s := r.Weigh(f, lines)
		total := 0.0
		for _, c := range s.Sums {
			sum, hundredths, most, n := 0.0, 0, 0.0, 0
			for i, l := range lines {
				class := ""
				if len(f.Classes) > 0 {
					if class = f.Class(l.Level1, l.Level2); class == "" {
						if s.Points[i] != 0 {
							t.Fatalf("a line of no class has %g points", s.Points[i])
						}
						continue
					}
				}
				if class == c.Level1 {
					sum += s.Points[i]
					hundredths += int(math.Round(100 * s.Points[i]))
					most, n = math.Max(most, s.Points[i]), n+1
					if !(s.Points[i] > 0) {
						t.Fatalf("a line has %g points", s.Points[i])
					}
				}
			}
			if n != c.Lines || n > 0 && (float64(hundredths) != 100*c.Due || math.Abs(sum-c.Due) > 1e-9) {
				t.Fatalf("%s: %d lines add up to %g, want %g", c.Level1, n, sum, c.Due)
			}
			if n > 1 && float64(n)*30 >= c.Due && most > 30 {
				t.Fatalf("%s: a line has %g points of %g over %d lines", c.Level1, most, c.Due, n)
			}
			total += sum
		}
		if math.Abs(total-s.Total) > 1e-6 {
			t.Fatalf("total %g, lines add up to %g", s.Total, total)
		}
		again := r.Weigh(f, lines)
		for i := range again.Points {
			if again.Points[i] != s.Points[i] {
				t.Fatal("asked again the answer is another one")
			}
		}
	})
}
