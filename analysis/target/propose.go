package target

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"yardstick/indicators"
	"yardstick/indicators/library"
)

// Propose proposes a target value: from the unit's own past where there are
// least.years of it, else from comparable projects where there are least.values
// of them, else none. Counts and sums that grow with the project are scaled by
// budget if value ÷ budget is steady among peers; otherwise they are the plan
// itself and nothing is proposed.
func (r *Rules) Propose(a Ask) Advice {
	c := r.context(a)
	out := c.advice()
	switch {
	case a.Temporal == library.Qualitative && c.peers.N < r.count("least.values") && len(c.own.actual) < r.count("least.years"):
		c.inWords(&out)
	case c.fromOwn(&out), c.fromPeers(&out):
	default:
		c.inWords(&out)
	}
	if out.Value != nil {
		out.Comparison = c.sign(*out.Value)
		out.Text = string(out.Comparison) + number(*out.Value) + out.Unit
		out.Tightness = c.judge(*out.Value)
	}
	return out
}

// context is a question with all numbers in one unit.
type context struct {
	r      *Rules
	ask    Ask
	peers  *Peers
	unit   indicators.Unit
	better indicators.Direction
	grows  bool // with the project's size
	flows  bool // … in proportion to its budget
	own    series
	sized  bool // own is scaled by budget
	shown  []Own
	scaled sample // peers' values as they count: scaled to the project, none where they can't be compared
	by     *Scaling
}

func (r *Rules) context(a Ask) *context {
	c := &context{r: r, ask: a, peers: &a.Peers, better: a.direction(a.Peers.Comparison)}
	if a.Direction == "" && a.Peers.Direction != "" {
		c.better = a.Peers.Direction
	}
	c.unit = a.Peers.Unit
	if a.Peers.N == 0 {
		units := map[string]int{}
		for _, p := range a.Own {
			for _, v := range []indicators.Value{p.Target, p.Actual} {
				if _, ok := amount(v); ok {
					units[v.Unit.Name]++
				}
			}
		}
		c.unit = unitFor(a.Unit, units)
		if len(units) == 0 {
			c.unit = indicators.UnitOf(a.Unit)
		}
	}
	c.grows, c.flows = r.grows(a.Indicator, c.unit)
	c.past()
	c.scale()
	return c
}

// scale decides how peers' values count: as they are for what does not grow with
// the project or hardly varies, by budget where that is steady, else not at all.
func (c *context) scale() {
	p, least := c.peers, c.r.count("least.values")
	switch {
	case !c.grows || p.values.steady(least, c.r.value["scale.same"]):
		c.scaled = p.values
	case c.flows && c.ask.Budget > 0 && p.ratios.steady(least, c.r.value["scale.spread"]):
		c.scaled = p.ratios.times(c.ask.Budget)
		c.by = &Scaling{By: "预算", Factor: c.ask.Budget, N: p.ratios.n,
			Note: fmt.Sprintf("%d 个同类项目的数值÷预算，乘以本项目预算 %s 万元", p.ratios.n, number(c.ask.Budget))}
	}
}

// advice is what can be said before anything is proposed.
func (c *context) advice() Advice {
	p := c.peers
	out := Advice{Comparison: cmp.Or(p.Comparison, c.ask.Comparison), Unit: c.unit.Name, N: p.N, From: p.From, Evaluated: p.Evaluated, Reached: p.Reached,
		Own: c.shown, Scaled: c.by}
	shown := p.values
	if c.by != nil {
		shown = c.scaled
	}
	out.N, out.Values = shown.n, thin(slices.Clone(shown.values), maxValues)
	if q := shown.q; out.N >= c.r.count("least.values") {
		out.Q1, out.Median, out.Q3 = &q[0], &q[1], &q[2]
	}
	return out
}

// sign is the comparison of a proposal: the commonest one, unless it is = for a
// rate below 100 %, where what is better than the target is no fault. The whole of
// a share is =100%: nothing lies beyond it.
func (c *context) sign(x float64) indicators.Comparison {
	if x == c.top() {
		return indicators.Equal
	}
	s := cmp.Or(c.peers.Comparison, c.ask.Comparison)
	if against(c.better, s) {
		s = indicators.None
	}
	if s == indicators.Equal && c.unit.Dimension == indicators.Rate && x != c.top() && x != 0 {
		s = indicators.None
	}
	if s != indicators.None {
		return s
	}
	switch {
	case c.better == indicators.Higher:
		return indicators.AtLeast
	case c.better == indicators.Lower && x != 0:
		return indicators.AtMost
	}
	return indicators.Equal
}

// top is the largest value that a share can take in the unit, +Inf for others.
func (c *context) top() float64 {
	if c.unit.Dimension == indicators.Rate && c.unit.Scale > 0 && c.unit.Scale < 1 {
		return tidy(1 / c.unit.Scale)
	}
	return math.Inf(1)
}

// fromPeers proposes the middle value of the peers: one that was filed, of the
// two middle ones the harder.
func (c *context) fromPeers(out *Advice) bool {
	n := c.scaled.n
	if n < c.r.count("least.values") {
		return false
	}
	x := c.scaled.mid[1]
	if c.better == indicators.Lower {
		x = c.scaled.mid[0]
	}
	how := fmt.Sprintf("%s的 %d 个填报值的中位数", c.peers.From, n)
	if c.by != nil {
		how = fmt.Sprintf("%s的 %d 个填报值按预算折算后的中位数", c.peers.From, n)
	}
	if x != c.scaled.q[1] {
		how += fmt.Sprintf("是 %s，取居中两个填报值里较严的 %s", number(c.scaled.q[1]), number(x))
	}
	if c.by != nil {
		x = c.round(x)
	}
	if top := c.top(); x > top {
		x, how = top, how+"，比例不超过 100%"
	}
	if c.apart() {
		how += fmt.Sprintf("；另有 %d 个单位不同或方向相反，没有计入", c.peers.Apart)
	}
	out.Value, out.Basis, out.BasisWhy, out.Note = &x, Trade, how, how
	switch {
	case c.wholeBudget(x):
		out.Basis, out.BasisWhy = Plan, "不超过本项目的预算"
		out.Note = "不超过本项目的预算；" + how
	case c.peers.Wide:
		out.Basis = Other
	}
	return true
}

// apart reports whether values were left out as of another unit or direction.
func (c *context) apart() bool { return c.peers.Apart > 0 }

// wholeBudget reports whether x is a cost of all that the project has: then it is
// its own plan, whatever others filed.
func (c *context) wholeBudget(x float64) bool {
	return c.by != nil && c.unit.Dimension == indicators.Money && c.better == indicators.Lower && x == tidy(c.ask.Budget*1e4/c.unit.Scale)
}

// round brings a scaled value to three digits, and what is counted to whole numbers.
func (c *context) round(x float64) float64 {
	if x == 0 {
		return 0
	}
	step := math.Pow(10, math.Floor(math.Log10(math.Abs(x)))-2)
	if whole := !slices.ContainsFunc(c.peers.values.values, func(v float64) bool { return v != math.Trunc(v) }); whole {
		step = math.Max(step, 1)
	}
	y := tidy(math.Round(x/step) * step)
	if y == 0 {
		y = step
	}
	if c.unit.Dimension == indicators.Money && c.better == indicators.Lower && c.ask.Budget > 0 {
		y = math.Min(y, tidy(c.ask.Budget*1e4/c.unit.Scale)) // a cost is at most the budget
	}
	return y
}

// inWords says why there is no number, and what to write instead.
func (c *context) inWords(out *Advice) {
	p, least := c.peers, c.r.count("least.values")
	switch {
	case p.dates >= least && p.dates > p.N:
		month, n := 0, 0
		for m := 1; m < len(p.months); m++ {
			if p.months[m] > n {
				month, n = m, p.months[m]
			}
		}
		out.Basis, out.N, out.Unit = Plan, p.dates, ""
		out.BasisWhy = "期限按本项目的实施计划写"
		out.Note = fmt.Sprintf("%s有 %d 个写日期", p.From, p.dates)
		if month > 0 {
			out.Note += fmt.Sprintf("，写 %d 月的最多（%d 个）", month, n)
		}
		out.Note += "；日期按本项目的实施计划写"
	case p.N >= least: // numbers that can't be compared
		out.Basis = Plan
		out.BasisWhy = "数值随项目规模变化，是本项目计划的任务量，不由同类推算"
		out.Note = fmt.Sprintf("%s的 %d 个填报值随项目规模变化，%s；按本项目的实施计划写", p.From, p.N, c.unscaled())
	case c.grows && p.N == 0 && c.ask.Temporal == library.Cumulative:
		out.Basis, out.BasisWhy = Plan, "数值是本项目计划的任务量"
		out.Note = "没有填报过的目标值可供参考；按本项目的实施计划写"
	case p.N > 0:
		out.Note = fmt.Sprintf("只有 %d 个填报值（%s），不足 %d 个，不建议目标值", p.N, strings.Join(p.said, "、"), least)
		if c.apart() {
			out.Note += fmt.Sprintf("；另有 %d 个单位不同或方向相反，没有计入", p.Apart)
		}
	case p.Worded >= least:
		out.Text, out.N = p.words, p.wordsN
		out.Note = fmt.Sprintf("%s填报的 %d 个目标值都不是数字，其中 %d 个写“%s”；写清分档标准，年底才好评分", p.From, p.Worded, p.wordsN, p.words)
		if p.wordsN < least {
			out.Text, out.N = "", p.Worded
			out.Note = fmt.Sprintf("%s填报的 %d 个目标值都不是数字，写法各不相同；写清分档标准，年底才好评分", p.From, p.Worded)
		}
	case p.Worded > 0:
		out.N = p.Worded
		out.Note = fmt.Sprintf("只有 %d 个填报值（%s），不足 %d 个，不建议目标值", p.Worded, p.words, least)
	default:
		out.Note = "没有填报过的目标值可供参考"
		if c.apart() {
			out.Note = fmt.Sprintf("填报过的 %d 个目标值单位不同或方向相反，不能参考", p.Apart)
		}
		switch {
		case c.ask.Comparison != indicators.None:
			out.Note += fmt.Sprintf("；指标库的常用形式是“%s…%s”", c.ask.Comparison, c.ask.Unit)
		case c.ask.Temporal == library.Qualitative:
			out.Note += "；这是定性指标，应写明分档标准"
		}
	}
}

// unscaled says why peers' values were not scaled by budget.
func (c *context) unscaled() string {
	p := c.peers
	switch {
	case !c.flows:
		return "是各项目自己的存量，不按预算折算"
	case c.ask.Budget <= 0:
		return "本项目没有填预算，不能折算"
	case p.ratios.n < c.r.count("least.values"):
		return fmt.Sprintf("其中只有 %d 个有预算，不能折算", p.ratios.n)
	}
	return "与预算不成比例，不能折算"
}
