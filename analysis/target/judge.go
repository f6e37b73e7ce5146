package target

import (
	"fmt"
	"math"
	"strings"

	"yardstick/indicators"
)

// Judge says how hard a given target is to reach: by the chance that the unit's
// own past gives it, else by its place among peers; with the signals that fire.
func (r *Rules) Judge(v indicators.Value, a Ask) Tightness {
	if a.Unit == "" && a.Peers.N == 0 && v.Unit.Name != "" {
		a.Unit = v.Unit.Name
	}
	if a.Comparison == indicators.None {
		a.Comparison = v.Comparison
	}
	c := r.context(a)
	switch v.Kind {
	case indicators.Empty, indicators.Placeholder, "":
		return Tightness{}
	case indicators.Number, indicators.Range:
	case indicators.Date, indicators.Period:
		return Tightness{Word: Unknown, Why: "目标是日期，按本项目的实施计划看，不比松紧"}
	default:
		return Tightness{Word: Unknown, Why: "目标不是数字，不能比较"}
	}
	if against(c.better, v.Comparison) {
		return Tightness{Word: Unknown, Why: "性质“" + string(v.Comparison) + "”与指标的方向相反，改正后再比"}
	}
	x, ok := in(v, c.unit)
	if !ok && v.Unit.Name == "" {
		return Tightness{Word: Unknown, Why: fmt.Sprintf("没有写计量单位，不知道是不是“%s”，不能比较", c.unit.Name)}
	}
	if !ok {
		return Tightness{Word: Unknown, Why: fmt.Sprintf("单位“%s”与常用单位“%s”不能换算，不能比较", v.Unit.Name, c.unit.Name)}
	}
	return c.judge(x)
}

func (c *context) judge(x float64) Tightness {
	t := Tightness{Word: Unknown}
	if c.better == indicators.Neutral {
		t.Why = "指标没有高好还是低好，不比松紧"
		return t
	}
	value := func(name string) float64 { return c.r.value[name] }
	var said []string
	signal := func(rule, why string) {
		t.Signals = append(t.Signals, Signal{rule, why})
		said = append(said, why)
	}
	loose, tight := false, false
	fire := func(rule string, alone bool, why string) {
		signal(rule, why)
		loose = loose || alone && value(rule) > 0
	}
	if p, n, ok := c.chance(x); ok {
		t.Chance, t.ChanceN, t.Word = &p, n, Fair
		said = append(said, fmt.Sprintf("按本单位 %d 年实际值，达成把握 %s", n, Chance(p)))
		if p > value("loose.chance") {
			fire("signal.chance", true, fmt.Sprintf("达成把握高于 %s", Chance(value("loose.chance"))))
		}
		switch {
		case p >= value("tight.chance"):
		case c.harder(x, c.worst(c.own.actual)):
			tight = true
			signal("tight.chance", fmt.Sprintf("达成把握低于 %s", Chance(value("tight.chance"))))
		default: // the series rises: its mean says less than its last years
			said = append(said, fmt.Sprintf("近 %d 年年年都达到，把握按历年平均算，偏低", c.r.count("own.recent")))
		}
	} else if n > 0 {
		t.ChanceN = n
		c.constant(x, &t, &said, &tight)
	}
	c.ownSignals(x, !tight && (t.Chance == nil || *t.Chance > value("chance.high")), fire)
	known := t.Word != Unknown
	if pct, n, ok := c.percentile(x); ok {
		t.Percentile, t.PercentileN = &pct, n
		said = append(said, fmt.Sprintf("居同类第 %.0f 百分位（n=%d）", pct, n))
		easy, hard := quantile(c.scaled.values, value("loose.percentile")/100), quantile(c.scaled.values, value("tight.percentile")/100)
		if c.better == indicators.Lower {
			easy, hard = quantile(c.scaled.values, 1-value("loose.percentile")/100), quantile(c.scaled.values, 1-value("tight.percentile")/100)
		}
		if c.harder(easy, x) {
			fire("signal.peers", !known, fmt.Sprintf("比同类第 %g 百分位还松", value("loose.percentile")))
		}
		if c.harder(x, hard) {
			tight = tight || !known
			signal("tight.percentile", fmt.Sprintf("比同类第 %g 百分位还紧", value("tight.percentile")))
		}
		if !known {
			t.Word = Fair
		}
	}
	switch limit := c.limit(); {
	case x == limit && !math.IsInf(limit, 0) && loose:
		t.Word, loose = Fair, false
		said = append(said, "已到"+map[bool]string{true: "零", false: " 100%"}[limit == 0]+"，不能更紧")
	case loose:
		t.Word = Loose
	case tight:
		t.Word = Tight
	}
	if t.Word == Unknown {
		said = append(said, c.unknown())
	}
	t.Why = strings.Join(said, "；")
	return t
}

// constant judges against years that are all the same, where there is no chance
// to compute.
func (c *context) constant(x float64, t *Tightness, said *[]string, tight *bool) {
	last := c.own.actual[0].value
	t.Word = Fair
	*said = append(*said, fmt.Sprintf("本单位 %d 年实际都是 %s%s，算不出把握", t.ChanceN, number(last), c.unit.Name))
	*tight = c.harder(x, last)
}

// ownSignals fires what the own past says against a target. A round target is none
// to wonder at where it is no easier than what would be proposed.
func (c *context) ownSignals(x float64, easy bool, fire func(rule string, alone bool, why string)) {
	years := c.own.actual
	if len(years) == 0 {
		return
	}
	unit := c.unit.Name
	if n := c.r.count("own.recent"); len(years) >= n {
		if w := c.worst(years); c.harder(w, x) {
			fire("signal.own_min", true, fmt.Sprintf("比近 %d 年最差的一年（%s%s）还松", n, number(w), unit))
		}
	}
	if last := years[0]; c.harder(last.value, x) {
		fire("signal.last", true, fmt.Sprintf("比 %d 年实际 %s%s 松", last.year, number(last.value), unit))
	}
	if easy && len(years) >= c.r.count("least.years") && x != 0 && math.Mod(x, 5) == 0 && x != c.top() {
		round := 0
		for _, y := range years {
			if math.Mod(y.value, 5) == 0 {
				round++
			}
		}
		if round == 0 {
			fire("signal.round", true, "目标是 5 的整数倍，历年实际都不是")
		}
	}
	c.unchanged(x, fire)
}

// unchanged fires where the target is what it was for years and always exceeded.
func (c *context) unchanged(x float64, fire func(rule string, alone bool, why string)) {
	need, n := c.r.count("unchanged.years"), 0
	for _, t := range c.own.target {
		over := false
		for _, y := range c.own.actual {
			over = over || y.year == t.year && c.harder(y.value, x)
		}
		if t.value != x || !over {
			break
		}
		n++
	}
	if n >= need {
		fire("signal.unchanged", true, fmt.Sprintf("目标连续 %d 年都是 %s%s，年年超额完成", n, number(x), c.unit.Name))
	}
}

// percentile is the share of peers with an easier target, equals counting half.
func (c *context) percentile(x float64) (pct float64, n int, ok bool) {
	if c.scaled.n < c.r.count("least.percentile") {
		return 0, 0, false
	}
	sum := 0.0
	for _, v := range c.scaled.values {
		switch {
		case v == x:
			sum += 0.5
		case c.harder(x, v):
			sum++
		}
	}
	return 100 * sum / float64(len(c.scaled.values)), c.scaled.n, true
}

// limit is the hardest value there can be: 100 % of a share, 0 of what is to be
// avoided; ±Inf if there is none.
func (c *context) limit() float64 {
	if c.better == indicators.Lower {
		return 0
	}
	return c.top()
}

// unknown says why a target can't be judged.
func (c *context) unknown() string {
	p := c.peers
	switch {
	case c.grows && p.N >= c.r.count("least.values") && c.scaled.n == 0:
		return "数值随项目规模变化，" + c.unscaled() + "；与预算和计划对照，不比同类"
	case len(c.own.actual) > 0:
		return fmt.Sprintf("本单位只有 %d 年实际值，同类只有 %d 个填报值，判断不了松紧", len(c.own.actual), p.N)
	}
	return fmt.Sprintf("本单位没有往年实际值，同类只有 %d 个填报值，判断不了松紧", p.N)
}
