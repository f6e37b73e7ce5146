package review

import (
	"strings"
	"testing"

	"yardstick"
	"yardstick/indicators"
)

// FuzzReview: whatever stands on a form, findings point at lines that are there,
// say why and what to do, and every rule answers.
func FuzzReview(f *testing.F) {
	for _, s := range []string{"产出指标|数量指标|新建公厕5座|≥5座", "效益|社会效益|群众投诉率不超过5%|≥5%", "||88|100", "成本指标||培训费|320人/天", "产出|质量|（）|优85% 良85%", "||。，；|"} {
		f.Add(s, "1.新建公厕；2.培训", "300")
	}
	rules, err := LoadRules()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, lines, goal, money string) {
		form := yardstick.Form{Goal: text(goal), Project: text(goal), Budget: yardstick.Budget{FullYear: yardstick.Number{Raw: money}}}
		if v := indicators.Parse(money); v.Kind == indicators.Number {
			form.Budget.FullYear.Value, form.Budget.FullYear.Known = v.Low, v.Low-v.Low == 0
		}
		for i, s := range strings.Split(lines, "\n") {
			p := append(strings.SplitN(s, "|", 4), "", "", "", "")
			form.Lines = append(form.Lines, yardstick.Line{Seq: i + 1, Level1: text(p[0]), Level2: text(p[1]), Name: text(p[2]), Target: yardstick.Measure{Value: indicators.Parse(p[3])}})
		}
		o := rules.Review(form, Context{})
		if len(o.Checks) != len(rules.All()) || o.Points < 0 || o.Points > 100 || o.Advice == "" {
			t.Fatalf("%d checks, %g points, advice %q", len(o.Checks), o.Points, o.Advice)
		}
		for _, x := range o.Findings {
			if x.Line < 0 || x.Line > len(form.Lines) || x.Why == "" || x.Do == "" || x.Field == "" || x.Fix != nil && (x.Line == 0 || len(x.Fix.Set) == 0) {
				t.Fatalf("%+v", x)
			}
		}
	})
}
