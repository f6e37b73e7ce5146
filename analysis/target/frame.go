package target

import (
	"fmt"
	"strings"

	"yardstick/indicators"
	"yardstick/indicators/scoring"
)

// Frame is how a rule set spreads 100 points over the level-1 classes.
type Frame struct {
	RuleSet, Version, Jurisdiction string
	Title                          string // 执行率 10 + 指标 90：成本 20、产出 40、效益 20、满意度 10
	Source                         string
	Status                         scoring.Status // of the least sure rule
	Execution                      float64        // points for budget execution
	Total                          float64        // of the indicators
	Classes                        []ClassPoints  // in the order of the form; none where the set fixes only the total
}

// ClassPoints is one level-1 class with its points.
type ClassPoints struct {
	Level1 string
	Points float64
	// To is where the points go if the class is left out, "" if it must not be.
	To string
}

// FrameOf is the frame of a rule set; ok is false if the set spreads no points.
func FrameOf(s scoring.RuleSet) (f Frame, ok bool) {
	f = Frame{RuleSet: s.Name, Version: s.Version, Jurisdiction: s.Jurisdiction, Status: scoring.Read}
	points := func(rule string) float64 {
		r, ok := s.Rule(rule)
		if !ok {
			return 0
		}
		if f.Source == "" {
			f.Source = r.SourceDoc
		}
		if sure(r.SourceStatus) < sure(f.Status) {
			f.Status, f.Source = r.SourceStatus, r.SourceDoc
		}
		x, _ := s.Points(rule)
		return x
	}
	f.Execution = points(scoring.ExecutionPoints)
	var parts []string
	for _, c := range []struct{ rule, level1 string }{
		{scoring.CostPoints, "成本指标"}, {scoring.OutputPoints, "产出指标"}, {scoring.BenefitPoints, "效益指标"}, {scoring.SatisfactionPoints, "满意度指标"},
	} {
		x := points(c.rule)
		if x <= 0 {
			continue
		}
		class := ClassPoints{Level1: c.level1, Points: x}
		if c.rule == scoring.SatisfactionPoints && points(scoring.SatisfactionToBenefit) > 0 {
			class.To = "效益指标"
		}
		f.Classes = append(f.Classes, class)
		f.Total += x
		parts = append(parts, fmt.Sprintf("%s %s", strings.TrimSuffix(c.level1, "指标"), number(x)))
	}
	if len(f.Classes) == 0 {
		f.Total = points(scoring.IndicatorPoints)
		parts = []string{"各类不定"}
	}
	f.Title = fmt.Sprintf("执行率 %s + 指标 %s：%s", number(f.Execution), number(f.Total), strings.Join(parts, "、"))
	return f, f.Total > 0
}

// sure orders the statuses, surest highest.
func sure(s scoring.Status) int {
	switch s {
	case scoring.Read:
		return 2
	case scoring.Reported:
		return 1
	}
	return 0
}

// Class is the class of the frame that a line's points count in; "" if the
// frame has none for it. Where it has no class of cost, cost counts as output, as
// in the frame before 2021; where it has, the cost lines below output count there.
func (f Frame) Class(level1, level2 string) string {
	c, _ := indicators.Classify(level1, level2)
	if c.Level2 == "成本指标" || c.Level1 == "成本指标" {
		if f.has("成本指标") {
			return "成本指标"
		}
		c.Level1 = "产出指标"
	}
	if f.has(c.Level1) {
		return c.Level1
	}
	return ""
}

func (f Frame) has(level1 string) bool {
	for _, c := range f.Classes {
		if c.Level1 == level1 {
			return true
		}
	}
	return false
}
