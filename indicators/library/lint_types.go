package library

import (
	"fmt"
	"math"
)

// Frame2021 are the points of the level-1 classes in a form with cost
// indicators, beside 10 for execution (财预〔2021〕101号, recalled; rule set
// mof-2021-cost). Without recipients the points of satisfaction go to effects.
func Frame2021(recipients bool) map[string]float64 {
	if recipients {
		return map[string]float64{"成本指标": 20, "产出指标": 40, "效益指标": 20, "满意度指标": 10}
	}
	return map[string]float64{"成本指标": 20, "产出指标": 40, "效益指标": 30}
}

// LintTypes holds templates to the frame: every required class has an
// indicator, the points add up to those of the frame, no indicator carries more
// than 30, and there are neither too few nor too many to be filled in.
func (l *Library) LintTypes() []Finding {
	var out []Finding
	for _, t := range l.types {
		fail := func(rule, format string, args ...any) {
			out = append(out, Finding{ID: t.ID, Rule: rule, Message: t.Name + "：" + fmt.Sprintf(format, args...)})
		}
		if n := len(t.Items); n < 7 || n > 16 {
			fail("count", "模板有 %d 个指标，应为 7 到 16 个", n)
		}
		points, level2 := make(map[string]float64), make(map[string]int)
		core := 0
		for _, it := range t.Items {
			e, _ := l.ByID(it.Indicator)
			points[e.Level1] += it.Points
			level2[e.Level2]++
			if it.Points > 30 {
				fail("points", "%s %g 分，超过 30 分", e.Name, it.Points)
			}
			if it.Core {
				core++
			}
			if e.Sector != Common && e.Sector != t.Sector && t.Sector != Common {
				fail("sector", "%s 是%s的指标", e.Name, e.Sector)
			}
		}
		frame := Frame2021(t.Recipients)
		for _, level1 := range level1s() {
			if math.Abs(points[level1]-frame[level1]) > 1e-9 {
				fail("sum", "%s合计 %g 分，应为 %g 分", level1, points[level1], frame[level1])
			}
		}
		for _, need := range []string{"数量指标", "质量指标", "时效指标"} {
			if level2[need] == 0 {
				fail("class", "没有%s", need)
			}
		}
		if core < 3 {
			fail("core", "核心指标 %d 个，至少 3 个", core)
		}
		if len(t.Words) < 2 || len([]rune(t.Goal)) < 30 {
			fail("text", "识别词至少两个，目标的写法至少 30 个字")
		}
	}
	return out
}
