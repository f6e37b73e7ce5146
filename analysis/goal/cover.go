package goal

import (
	"math"
	"slices"
	"strings"
	"unicode"

	"yardstick/indicators"
)

// Indicator is what Cover knows of an indicator. Also are other texts that say
// what it means (the library's name for it, its explanation); Target may be zero.
type Indicator struct {
	Name   string
	Also   []string
	Target indicators.Value
}

// Hit is an indicator that speaks of a task.
type Hit struct {
	Indicator int     // index of the indicator
	Share     float64 // how much of the shorter text is in the other, 0 to 1, by weight
	Shared    float64 // how many pairs of characters they share, by weight
	Why       string  // for people: “病害处治”都有
}

// The bounds of Cover. They are shares of weighted pairs of characters, chosen on
// made-up goals; see cover_test.go.
const (
	minShare   = 0.34 // of the content of the shorter of the two texts
	minShared  = 1.5  // weighted pairs; a single common pair is chance …
	minOfName  = 0.4  // … unless it is this much of the indicator's name
	leastKnown = 0.4  // of the name must be in the goal, where verb and dimension agree
	manyShared = 2.5  // weighted pairs that make up for another dimension
)

// Cover returns, for each task, the indicators that speak of it, the surest
// first. Texts are compared by pairs of characters without what says nothing
// (words.csv, weak) and with equal words read as one (same); a pair that most
// tasks of the goal share counts little. The same figure with the same unit in
// task and target counts as a common word. tasks and list are not changed.
func Cover(tasks []Task, list []Indicator) [][]Hit {
	out := make([][]Hit, len(tasks))
	texts := make([]grams, len(tasks))
	df := map[[2]rune]int{}
	for i, t := range tasks {
		texts[i] = content(t.Text)
		for _, g := range texts[i].unique() {
			df[g]++
		}
	}
	whole := map[[2]rune]bool{} // every pair of the goal
	var objects []string        // and everything it is for
	sides := make([]side, len(tasks))
	for i, t := range tasks {
		for g := range texts[i].set {
			whole[g] = true
		}
		sides[i] = sideOf(t.Text)
		objects = append(objects, sides[i].objects...)
	}
	weight := func(g [2]rune) float64 {
		if words().thin[g] || words().people[g] {
			return 0.5
		}
		// 1 for a pair of one task, towards 0 for one that every task has.
		if len(tasks) < 2 {
			return 1
		}
		n := df[g]
		if n < 2 {
			return 1
		}
		return math.Max(0.15, 1-float64(n-1)/float64(len(tasks)-1))
	}
	names := make([][]spoken, len(list))
	for j, x := range list {
		for _, text := range append([]string{x.Name}, x.Also...) {
			if g := content(text); len(g.pairs) > 0 {
				names[j] = append(names[j], spoken{grams: g, side: sideOf(text)})
			}
		}
	}
	for i := range tasks {
		amounts := amountsIn(tasks[i].Text)
		core := coreOf(tasks[i].Text)
		for j, x := range list {
			c := comparison{
				task: spoken{texts[i], sides[i]}, core: core, weight: weight, whole: whole, objects: objects,
				figure: sameFigure(amounts, x.Target), rate: sameRate(tasks[i].Text, amounts, x.Target), sized: sizes(amounts, x.Target),
			}
			// How content people are does not say that it was done; but it may be
			// how the very thing is measured: 群众安全感满意度.
			c.coreOnly = strings.Contains(x.Name, "满意") && !sides[i].content
			if h, ok := c.match(names[j]); ok {
				h.Indicator = j
				out[i] = append(out[i], h)
			}
		}
		slices.SortStableFunc(out[i], func(a, b Hit) int {
			switch {
			case a.Share > b.Share:
				return -1
			case a.Share < b.Share:
				return 1
			}
			return a.Indicator - b.Indicator
		})
	}
	return out
}

// common words what both texts have: the longest runs of shared pairs, as the task
// has them.
func common(task, text grams, figure string) string {
	var runs []string
	for i := 0; i < len(task.pairs); {
		if !text.has(task.pairs[i]) {
			i++
			continue
		}
		j := i
		for j+1 < len(task.pairs) && task.next[j+1] && text.has(task.pairs[j+1]) {
			j++
		}
		if run := string(task.text[task.at[i]:task.to[j]]); !slices.Contains(runs, run) {
			runs = append(runs, run)
		}
		i = j + 1
	}
	slices.SortStableFunc(runs, func(a, b string) int { return len(b) - len(a) })
	why := "都说到“" + strings.Join(runs[:min(len(runs), 3)], "”“") + "”"
	switch {
	case figure != "" && len(runs) == 0:
		why = "数相同（" + figure + "）"
	case figure != "":
		why += "，数也相同（" + figure + "）"
	}
	return why
}

// grams are the pairs of neighbouring characters of a text's content in order;
// next says that a pair follows the one before without a gap, at and to where it
// stands in the text.
type grams struct {
	text   []rune
	pairs  [][2]rune
	next   []bool
	at, to []int
	set    map[[2]rune]bool
}

func (g *grams) has(p [2]rune) bool { return g.set[p] }

// unique are the pairs, each once, in order.
func (g *grams) unique() [][2]rune {
	seen := make(map[[2]rune]bool, len(g.pairs))
	out := make([][2]rune, 0, len(g.pairs))
	for _, p := range g.pairs {
		if !seen[p] {
			seen[p] = true
			out = append(out, p)
		}
	}
	return out
}

// content reads the pairs of a text: weak words, digits and marks part it, equal
// words are read as one.
func content(text string) grams {
	type char struct {
		r        rune
		from, to int // of the word in the text that it is read from
	}
	w := words()
	s := []rune(text)
	g := grams{text: s, set: map[[2]rune]bool{}}
	var run []char
	flush := func() {
		for i := 1; i < len(run); i++ {
			p := [2]rune{run[i-1].r, run[i].r}
			g.pairs = append(g.pairs, p)
			g.next = append(g.next, i > 1)
			g.at = append(g.at, run[i-1].from)
			g.to = append(g.to, run[i].to)
			g.set[p] = true
		}
		run = run[:0]
	}
	for i := 0; i < len(s); {
		weak, at := w.head("weak", s[i:]), slices.IndexFunc(w.same, func(p pair) bool { return hasPrefix(s[i:], p.from) })
		if weak > 0 && (at < 0 || len(w.same[at].from) <= weak) {
			flush()
			i += weak
			continue
		}
		if at >= 0 {
			n := len(w.same[at].from)
			for _, r := range w.same[at].to {
				run = append(run, char{r, i, i + n})
			}
			i += n
			continue
		}
		if n := figureLen(s[i:]); n > 0 {
			flush()
			i += n
			continue
		}
		if r := s[i]; unicode.IsLetter(r) && !strings.ContainsRune("的和与及对为在了率数", r) {
			run = append(run, char{unicode.ToLower(r), i, i + 1})
		} else {
			flush()
		}
		i++
	}
	flush()
	return g
}

// amountsIn reads the figures with a unit in a text.
func amountsIn(text string) []indicators.Value {
	var out []indicators.Value
	s := []rune(text)
	for i := 0; i < len(s); {
		if !unicode.IsDigit(s[i]) {
			i++
			continue
		}
		v, n := amount(s[i:])
		if v.Unit.Scale != 0 {
			out = append(out, v)
		}
		i += n
	}
	return out
}

// amount reads the figure at the head of s with its unit, the longest that is
// known; n is its length, without a unit that of the digits.
func amount(s []rune) (v indicators.Value, n int) {
	j := 0
	for j < len(s) && (unicode.IsDigit(s[j]) || s[j] == '.') {
		j++
	}
	n = j
	for k := j + 1; k <= min(len(s), j+4); k++ {
		x := indicators.Parse(string(s[:k]))
		if x.Kind == indicators.Number && x.Unit.Name != "" && x.Unit.Dimension != indicators.Unknown && x.Unit.Scale != 0 && x.Unit != v.Unit {
			v, n = x, k // 260名 is the same as 260名辅警, and shorter
		}
	}
	return v, n
}

// figureLen is the length of the figure and unit at the head of s, 0 for none.
func figureLen(s []rune) int {
	if len(s) == 0 || !unicode.IsDigit(s[0]) {
		return 0
	}
	_, n := amount(s)
	return n
}

// sameRate words the sum per head or piece that a task and a target have in
// common: 每生每天5元 and ＝5元/生/天. At least one of what it is counted by must
// be in the task.
func sameRate(text string, amounts []indicators.Value, target indicators.Value) string {
	of, by, ok := strings.Cut(target.Unit.Name, "/")
	if !ok || target.Kind != indicators.Number || !strings.HasSuffix(of, "元") || math.IsInf(target.Low, 0) && math.IsInf(target.High, 0) {
		return ""
	}
	x := target.Low
	if math.IsInf(x, 0) {
		x = target.High
	}
	scale := 1.0
	if u := indicators.Parse("1" + of); u.Unit.Scale > 0 {
		scale = u.Unit.Scale
	}
	for _, a := range amounts {
		y, known := a.Unit.Base(a.Low)
		if a.Unit.Dimension != indicators.Money || !known || math.Abs(y-x*scale) > 1e-9*math.Abs(y) {
			continue
		}
		for _, piece := range strings.FieldsFunc(by, func(r rune) bool { return strings.ContainsRune("/·*.", r) }) {
			if strings.Contains(text, "每"+piece) || strings.Contains(text, piece+"均") || strings.Contains(text, "/"+piece) {
				return a.Raw
			}
		}
	}
	return ""
}

// sameFigure words the figure that a task and a target have in common; "" for
// none. Small counts are common by chance and say nothing.
func sameFigure(amounts []indicators.Value, target indicators.Value) string {
	if target.Kind != indicators.Number {
		return ""
	}
	x := target.Low
	if math.IsInf(x, 0) {
		x = target.High
	}
	for _, a := range amounts {
		y, u := a.Low, target.Unit
		if u.Name == "" {
			u = a.Unit
		}
		if head(a.Unit.Dimension) != head(u.Dimension) || a.Unit.Dimension == indicators.Rate {
			continue
		}
		p, ok1 := a.Unit.Base(y)
		q, ok2 := u.Base(x)
		if ok1 && ok2 && q > 10 && math.Abs(p-q) <= 1e-9*math.Max(math.Abs(p), math.Abs(q)) {
			return a.Raw
		}
	}
	return ""
}

// head is a dimension; people and visits are one, for goals count the one and
// targets the other.
func head(d indicators.Dimension) indicators.Dimension {
	if d == "person_times" {
		return "people"
	}
	return d
}

// Mention is Cover with the lowest bar: any common pair of characters that says
// something, or the same figure. A task without a hit is one that no indicator
// speaks of, as far as words can tell.
func Mention(tasks []Task, list []Indicator) [][]Hit {
	out := make([][]Hit, len(tasks))
	if len(tasks) == 0 {
		return out
	}
	texts := make([][]grams, len(list))
	for j, x := range list {
		for _, s := range append([]string{x.Name}, x.Also...) {
			texts[j] = append(texts[j], content(s))
		}
	}
	for i, t := range tasks {
		task, amounts := content(t.Text), amountsIn(t.Text)
		pairs := task.unique()
		for j, x := range list {
			shared := 0
			for _, c := range texts[j] {
				for _, g := range pairs {
					if c.has(g) {
						shared++
					}
				}
			}
			if shared > 0 || len(pairs) == 0 || sameFigure(amounts, x.Target) != "" {
				out[i] = append(out[i], Hit{Indicator: j, Shared: float64(shared)})
			}
		}
	}
	return out
}
