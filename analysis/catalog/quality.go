package catalog

import (
	"fmt"
	"math"
)

// Facts are what the quality of a filed form is judged by, counted over its
// indicator lines.
type Facts struct {
	Evaluation    bool // a self-evaluation: results are there to be judged
	Goal          bool // states its goal
	Budget        bool // states its full-year budget
	Unit          bool // names unit or department
	Lines         int
	Numeric       int // targets that are numbers, dates or ranges
	Weights       int // lines with a weight
	WithLevel1    int // lines with a class
	OutputClasses int // of 数量 质量 时效
	Effects       int // 效益 lines
	Satisfaction  int
	Costs         int
	Actuals       int // lines with an actual value
	Scores        int // lines with a score
	Full          int // scored lines with all points
	Exact         int // numeric lines whose actual is the target
	Reasons       int // lines with a reason for a deviation
	WeightSum     float64
}

// Mark is one part of a form's quality.
type Mark struct {
	Name   string
	Points float64
	Of     float64
	Why    string
}

// Judge gives a form 0 to 100 points for what makes it worth imitating:
// complete (40), quantified (30) and, of an evaluation, credible results (30).
// A target form has no results; its points are scaled up from 70. The marks add
// up to the points before scaling. It refuses forms below the rule case.lines.
// The split is this project's own proposal (rules.csv).
func (r Rules) Judge(f Facts) (points float64, marks []Mark, ok bool) {
	if f.Lines < int(r.value("case.lines")) {
		return 0, nil, false
	}
	marks = []Mark{r.complete(f), r.quantified(f)}
	if f.Evaluation {
		marks = append(marks, r.credible(f))
	}
	of := 0.0
	for _, m := range marks {
		points += m.Points
		of += m.Of
	}
	return math.Round(1000*points/of) / 10, marks, true
}

// complete: head fields 10, output classes 12, effects 6, satisfaction 4, cost 4,
// weights 4.
func (r Rules) complete(f Facts) Mark {
	m := Mark{Name: "完整", Of: 40}
	missing := ""
	give := func(points float64, ok bool, what string) {
		if ok {
			m.Points += points
		} else {
			missing += "、" + what
		}
	}
	give(4, f.Goal, "年度目标")
	give(3, f.Budget, "预算")
	give(3, f.Unit, "单位")
	m.Points += 4 * float64(min(f.OutputClasses, 3))
	if f.OutputClasses < 3 {
		missing += fmt.Sprintf("、数量质量时效只有 %d 类", f.OutputClasses)
	}
	give(6, f.Effects > 0, "效益指标")
	give(4, f.Satisfaction > 0, "满意度指标")
	give(4, f.Costs > 0, "成本指标")
	give(4, f.Weights == f.Lines, "每个指标的权重")
	if missing == "" {
		m.Why = "各类指标、目标、预算和权重都有"
	} else {
		m.Why = "缺" + missing[len("、"):]
	}
	return m
}

// quantified: the share of numeric targets, all points from the rule
// case.numeric on.
func (r Rules) quantified(f Facts) Mark {
	share := float64(f.Numeric) / float64(f.Lines)
	return Mark{"量化", math.Round(10*30*min(1, share/r.value("case.numeric"))) / 10, 30,
		fmt.Sprintf("%d 个指标里 %d 个是数字", f.Lines, f.Numeric)}
}

// credible: results are there (10), not everything is full (10), actual
// values differ from targets somewhere (5), misses are explained (5).
func (r Rules) credible(f Facts) Mark {
	m := Mark{Name: "结果可信", Of: 30}
	m.Points += 10 * float64(f.Actuals) / float64(f.Lines)
	m.Why = fmt.Sprintf("%d 个指标有完成值", f.Actuals)
	switch lost := f.Scores - f.Full; {
	case f.Scores == 0:
		m.Why += "，没有逐项得分"
	case lost > 0:
		m.Points += 10
		m.Why += fmt.Sprintf("，%d 项没有得满分", lost)
		if f.Reasons > 0 {
			m.Points += 5
			m.Why += "并写了原因"
		}
	default:
		m.Why += "，全部满分"
	}
	if f.Numeric > 0 && f.Exact < f.Numeric {
		m.Points += 5
	} else if f.Numeric > 0 {
		m.Why += "，完成值和目标值一字不差"
	}
	m.Points = math.Round(10*m.Points) / 10
	return m
}
