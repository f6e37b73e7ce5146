package indicators

import "math"

// ReverseRule is how a lower-is-better indicator that missed its target is
// turned into a share. Two are in use (docs/methods.md, Attainment); which one applies is
// data of a rule set (indicators/scoring), never a choice of this package.
type ReverseRule string

// The reverse rules.
const (
	ReverseRatio  ReverseRule = "A" // target ÷ actual
	ReverseLinear ReverseRule = "B" // 1 − (actual − target) ÷ target, at least 0
)

// Attainment is how far an actual value reaches its target.
type Attainment struct {
	Reached   bool        // the target is met; it means nothing if Refused is set
	Share     float64     // share of the target reached: 1 is just met; above 1 if a higher-is-better target was exceeded
	Deviation float64     // actual ÷ target − 1, sign flipped for Lower: negative is worse; NaN for a target of 0 and for ranges
	Points    float64     // actual − target in the target's unit, same sign rule: for rates, percentage points
	Rule      ReverseRule // the reverse rule, where it made the share
	Assumed   string      // what had to be assumed, for people
	Refused   string      // why nothing was computed, for people; "" if it was
}

// Attain holds an actual value against a target. Both must be numbers (the
// target may be a range or tolerance) of one dimension; units are converted. A
// value without a unit is taken to be in the other's unit, and Assumed says so.
//
// Higher: actual ÷ target (财预〔2020〕10号 as in docs/methods.md). Lower: 1 if met,
// else by rule. A target of 0 that is not to be exceeded gives 1 or 0, without
// a deviation. It refuses, with a reason, for text and levels, different
// dimensions, a target of 0 to be reached, negative targets, an actual that is
// itself a comparison (a copied target), a missed range, a neutral direction
// and an unknown rule.
func Attain(target, actual Value, d Direction, rule ReverseRule) Attainment {
	if why := notComparable(target, actual); why != "" {
		return Attainment{Refused: why}
	}
	x, assumed, why := convert(actual.Low, actual.Unit, target)
	if why != "" {
		return Attainment{Refused: why}
	}
	a := Attainment{Assumed: assumed, Deviation: math.NaN()}
	if target.Kind == Range || target.Kind == Tolerance {
		a.Reached = atLeast(x, target.Low) && atLeast(target.High, x)
		if !a.Reached {
			return Attainment{Assumed: assumed, Refused: "目标是区间，实际值在区间外，没有统一的折算规则"}
		}
		a.Share = 1
		return a
	}
	t := target.number()
	switch d {
	case Higher, Lower:
	default:
		return Attainment{Assumed: assumed, Refused: "指标没有方向，不能判断高好还是低好"}
	}
	switch {
	case t < 0:
		return Attainment{Assumed: assumed, Refused: "目标是负数，不能算比例"}
	case t == 0 && d == Higher && target.Comparison != Equal:
		return Attainment{Assumed: assumed, Refused: "目标为 0，不能算比例"}
	case t == 0:
		a.Reached = x < 0 || x == 0 && target.Comparison != Below
		if a.Reached {
			a.Share = 1
		}
		a.Points = -x
		return a
	}
	a.Deviation, a.Points = x/t-1, x-t
	if d == Lower {
		a.Deviation, a.Points = -a.Deviation, -a.Points
		return lower(a, target, x, t, rule)
	}
	a.Reached = atLeast(x, t) && !(target.Comparison == Above && !atLeastStrict(x, t))
	a.Share = math.Max(0, x/t)
	return a
}

// lower fills in the share of a lower-is-better indicator.
func lower(a Attainment, target Value, x, t float64, rule ReverseRule) Attainment {
	if a.Reached = atLeast(t, x) && !(target.Comparison == Below && !atLeastStrict(t, x)); a.Reached {
		a.Share = 1
		return a
	}
	switch a.Rule = rule; rule {
	case ReverseRatio:
		a.Share = t / x
	case ReverseLinear:
		a.Share = math.Max(0, 1-(x-t)/t)
	default:
		return Attainment{Assumed: a.Assumed, Refused: "没有指定反向指标的计分规则"}
	}
	return a
}

// notComparable says why two values can't be held against each other.
func notComparable(target, actual Value) string {
	switch {
	case target.kind() == Empty:
		return "没有目标值"
	case actual.kind() == Empty:
		return "没有实际值"
	case target.Damage != "" && target.Kind != Number || actual.Damage != "" && actual.Kind != Number:
		return "数值可能有识别错误，请先核对"
	case !target.Numeric():
		return "目标不是数"
	case actual.Kind != Number:
		return "实际值不是数"
	case actual.Comparison != None && actual.Comparison != Equal:
		return "实际值写的是“" + actual.String() + "”，不是一个数"
	}
	return ""
}

// convert brings x from the actual's unit u to the target's.
func convert(x float64, u Unit, target Value) (y float64, assumed, refused string) {
	t := target.Unit
	switch {
	case u == t:
		return x, "", ""
	case u.Name == "" || t.Name == "":
		if (t.Dimension == Rate || u.Dimension == Rate) && ambiguousShare(x, target, u) {
			return 0, "", "一个值写了百分号，另一个没有，不能确定是不是小数"
		}
		unit := t.Name + u.Name // one of them is ""
		return x, "没有写单位的值按“" + unit + "”计", ""
	case u.Dimension == Plain && headOf(t) || t.Dimension == Plain && headOf(u):
		return x * u.Scale / t.Scale, "“" + u.Name + "”和“" + t.Name + "”按同一单位计", ""
	case u.Dimension != t.Dimension || u.Dimension == Unknown || u.Scale == 0 || t.Scale == 0:
		return 0, "", "目标的单位是“" + t.Name + "”，实际值的单位是“" + u.Name + "”，不能比较"
	}
	return x * u.Scale / t.Scale, "", ""
}

// ambiguousShare reports whether, of a rate and a bare number, the bare one may
// be a fraction: 0.98 against 95%.
func ambiguousShare(x float64, target Value, u Unit) bool {
	bound := target.number()
	if target.Kind != Number {
		bound = target.High
	}
	if u.Name == "" {
		return x > 0 && x <= 1 && bound > 1
	}
	return bound > 0 && bound <= 1 && x > 1
}

// headOf reports whether u is one in which a bare 万 or 亿 can be meant: its
// base unit is one thing, as 元, 人, 个 are.
func headOf(u Unit) bool {
	switch u.Dimension {
	case Money, "people", "count", "households", "person_times", "times":
		return u.Scale > 0
	}
	return false
}

// close to 1e-9 of each other counts as equal: 0.3 and 3 × 0.1 are.
func atLeast(x, y float64) bool { return x >= y-1e-9*math.Max(math.Abs(x), math.Abs(y)) }

func atLeastStrict(x, y float64) bool { return x > y+1e-9*math.Max(math.Abs(x), math.Abs(y)) }
