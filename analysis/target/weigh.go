package target

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
)

// Line is an indicator that points are wanted for.
type Line struct {
	Level1, Level2 string
	Usual          float64 // median weight that was filed for it, 0 not known
	N              int     // filed weights that Usual rests on
	Kept           float64 // points that are to stay, 0 none
	Qualitative    bool    // its target is words
}

// Spread is how the points of a frame fall on lines.
type Spread struct {
	Frame  Frame
	Points []float64 // by line
	Why    []string  // by line
	Sums   []ClassSum
	Total  float64 // Σ Points
	// Without is the missing class that Frame can't do without and that another
	// rule set does not ask for (成本指标), "" if there is none.
	Without string
	Note    string // what does not add up and why, "" if all does
}

// ClassSum is what the lines of a class add up to, beside what they should.
type ClassSum struct {
	Level1 string
	Lines  int
	Sum    float64
	Due    float64
	Note   string // "" it fits
}

// Weigh spreads the points of a frame over lines. Within a class the usual
// weights are the shares (lines without one count as the class's mean), no line
// of several gets more than weight.max if that can be, and the rest is rounded by
// the largest remainder to whole points, or to halves and tenths where there are
// more lines than points: the sum of each class that has lines is exact. The
// points of a class without lines go where the frame says, else stay open, and
// Note says so. Kept points stay as they are; only the others are set. Ties go to
// the earlier line.
func (r *Rules) Weigh(f Frame, lines []Line) Spread {
	s := Spread{Frame: f, Points: make([]float64, len(lines)), Why: make([]string, len(lines))}
	classes := f.Classes
	if len(classes) == 0 {
		classes = []ClassPoints{{Points: f.Total}}
	}
	of := make([]string, len(lines))
	members := make(map[string][]int)
	var notes []string
	for i, l := range lines {
		if len(f.Classes) > 0 {
			if of[i] = f.Class(l.Level1, l.Level2); of[i] == "" {
				s.Why[i] = fmt.Sprintf("“%s”不在规则集的类别里，没有分值", cmp.Or(l.Level1, l.Level2))
				continue
			}
		}
		members[of[i]] = append(members[of[i]], i)
	}
	extra := make(map[string]float64)
	from := make(map[string]string)
	for _, c := range classes {
		if len(members[c.Level1]) == 0 && c.To != "" && len(members[c.To]) > 0 {
			extra[c.To] += c.Points
			from[c.To] = fmt.Sprintf("没有%s，它的 %s 分并入%s", c.Level1, number(c.Points), c.To)
		}
	}
	for _, c := range classes {
		sum := ClassSum{Level1: c.Level1, Lines: len(members[c.Level1]), Due: c.Points + extra[c.Level1]}
		switch {
		case sum.Lines > 0:
			sum.Note = r.spread(lines, members[c.Level1], sum.Due, from[c.Level1], &s)
			for _, i := range members[c.Level1] {
				sum.Sum += s.Points[i]
			}
			sum.Sum = tidy(sum.Sum)
		case c.To != "" && extra[c.To] > 0:
			sum.Due = 0
			notes = append(notes, from[c.To])
		default:
			sum.Note = fmt.Sprintf("没有%s，%s 分没有着落", cmp.Or(c.Level1, "指标"), number(c.Points))
			if c.Level1 == "成本指标" {
				s.Without = c.Level1
			}
		}
		if sum.Note != "" {
			notes = append(notes, sum.Note)
		}
		s.Total += sum.Sum
		s.Sums = append(s.Sums, sum)
	}
	s.Total, s.Note = tidy(s.Total), strings.Join(notes, "；")
	return s
}

// steps are the parts of a point that weights are given in, coarsest first: how
// many make a point.
func steps() []float64 { return []float64{1, 2, 10, 100} }

// spread gives the points due to a class to its lines and says what does not add
// up.
func (r *Rules) spread(lines []Line, at []int, due float64, from string, s *Spread) (note string) {
	left := due
	var open []int
	for _, i := range at {
		if k := lines[i].Kept; k > 0 && finite(k) {
			s.Points[i], s.Why[i] = k, "已填的分值不动"
			left -= k
			continue
		}
		open = append(open, i)
	}
	left = tidy(left)
	switch {
	case len(open) == 0 && left != 0:
		return fmt.Sprintf("已填的分值合计 %s，应为 %s", number(due-left), number(due))
	case len(open) == 0:
		return ""
	case left <= 0:
		for _, i := range open {
			s.Why[i] = "已填的分值用完了这一类的分"
		}
		return fmt.Sprintf("已填的分值合计 %s，应为 %s，没有分留给其余 %d 个指标", number(due-left), number(due), len(open))
	}
	share, evenly := shares(lines, open)
	per := 0.0
	for _, per = range steps() {
		if units := left * per; math.Abs(units-math.Round(units)) < 1e-6 && units > float64(len(open))-0.5 {
			break
		}
	}
	units := divide(share, left*per, math.Floor(r.value["weight.max"]*per))
	for n, i := range open {
		s.Points[i] = units[n] / per
		s.Why[i] = why(lines[i], due, len(at), evenly, s.Points[i], r.value["weight.max"])
		if from != "" {
			s.Why[i] += "；" + from
		}
	}
	return ""
}

// why says in words what a line's points rest on.
func why(l Line, due float64, n int, evenly bool, points, limit float64) string {
	switch {
	case n == 1 && l.Qualitative:
		return fmt.Sprintf("这一类只有这一个指标，得全部 %s 分；它是定性指标，分多而不好评，宜再加一个能用数字考核的", number(due))
	case n == 1:
		return fmt.Sprintf("这一类只有这一个指标，得全部 %s 分", number(due))
	case evenly:
		return fmt.Sprintf("没有填报过的分值可参考，%d 个指标平分 %s 分", n, number(due))
	case l.Usual > 0 && l.N == 0:
		return fmt.Sprintf("没有填报过的分值，按模板或指标库的 %s 分在这一类 %s 分里折算", number(l.Usual), number(due))
	case points == limit && l.Usual > 0:
		return fmt.Sprintf("常用分值 %s（n=%d），一个指标不超过 %s 分", number(l.Usual), l.N, number(limit))
	case l.Usual > 0:
		return fmt.Sprintf("常用分值 %s（n=%d），按这一类 %s 分折算", number(l.Usual), l.N, number(due))
	}
	return fmt.Sprintf("没有填报过的分值，按这一类其他指标的平均数在 %s 分里折算", number(due))
}

// shares are the usual weights of lines, those without one the mean of the others.
func shares(lines []Line, at []int) (out []float64, evenly bool) {
	sum, n := 0.0, 0
	known := func(x float64) bool { return x > 0 && x < 1e6 }
	for _, i := range at {
		if x := lines[i].Usual; known(x) {
			sum, n = sum+x, n+1
		}
	}
	out = make([]float64, len(at))
	for k, i := range at {
		switch x := lines[i].Usual; {
		case known(x):
			out[k] = x
		case n > 0:
			out[k] = sum / float64(n)
		default:
			out[k] = 1
		}
	}
	return out, n == 0
}

// divide divides total units in proportion to share, at least one each where
// there are enough, none above limit if all can stay below: whole numbers by the
// largest remainder, ties to the earlier. What is left of a total that is no
// whole number goes to the first.
func divide(share []float64, total, limit float64) []float64 {
	whole := math.Floor(total + 1e-6)
	out := make([]float64, len(share))
	floor := 0.0
	if whole >= float64(len(share)) {
		floor = 1
	}
	if limit*float64(len(share)) < whole || len(share) == 1 {
		limit = math.Inf(1)
	}
	exact := within(share, whole, floor, limit)
	used := 0.0
	order := make([]int, len(share))
	for i, x := range exact {
		out[i] = math.Floor(x + 1e-9)
		used += out[i]
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(exact[b]-out[b], exact[a]-out[a]) })
	for used < whole {
		for _, i := range order {
			if used < whole && out[i] < limit {
				out[i]++
				used++
			}
		}
	}
	if rest := total - whole; rest > 1e-6 && len(out) > 0 {
		out[0] += rest
	}
	return out
}

// within divides total in proportion to share with a floor and a limit for each:
// λ·share held between them, λ by bisection so that the sum is total.
func within(share []float64, total, floor, limit float64) []float64 {
	out := make([]float64, len(share))
	sum := func(lambda float64) (sum float64) {
		for i, x := range share {
			out[i] = math.Min(math.Max(lambda*x, floor), limit)
			sum += out[i]
		}
		return sum
	}
	low, high := 0.0, 1.0
	for high < 1e300 && sum(high) < total-1e-9 {
		high *= 2
	}
	for range 200 {
		if mid := low + (high-low)/2; sum(mid) < total {
			low = mid
		} else {
			high = mid
		}
	}
	sum(high)
	return out
}
