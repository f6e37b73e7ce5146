package goal

import (
	"math"
	"slices"
	"strings"

	"yardstick/indicators"
)

// spoken is a text as Cover compares it.
type spoken struct {
	grams
	side
}

// side is what a text is about beside its words: whom it is for, what it does
// (the classes of its verbs), and whether it is about money.
type side struct {
	objects, classes []string
	cost, money      bool
	content          bool // it says that people are content
}

func sideOf(text string) side {
	w, s := words(), []rune(text)
	read := reading(s)
	out := side{content: strings.Contains(text, "满意"), objects: w.all("object", read), cost: len(w.all("cost", s)) > 0, money: len(w.all("money", s)) > 0}
	for _, v := range w.all("class", read) {
		out.classes = append(out.classes, w.val["class"+v])
	}
	for _, a := range amountsIn(text) {
		out.money = out.money || a.Unit.Dimension == indicators.Money
	}
	return out
}

// reading is a text with equal words read as one.
func reading(s []rune) []rune {
	w := words()
	var out []rune
	for i := 0; i < len(s); {
		if at := slices.IndexFunc(w.same, func(p pair) bool { return hasPrefix(s[i:], p.from) }); at >= 0 {
			out = append(out, w.same[at].to...)
			i += len(w.same[at].from)
			continue
		}
		out = append(out, s[i])
		i++
	}
	return out
}

// apart reports whether two lists name something and nothing in common; a word
// within another (学生, 困难学生) is common.
func apart(a, b []string) bool {
	for _, x := range a {
		for _, y := range b {
			if strings.Contains(x, y) || strings.Contains(y, x) {
				return false
			}
		}
	}
	return len(a) > 0 && len(b) > 0
}

// coreOf are the pairs of what a task is about without its verbs: 边沟 of 疏通边沟,
// 出水 of 出水达到一级A标准. Empty where verbs and figures are all there is, or what
// is left is in several places.
func coreOf(text string) [][2]rune {
	w, s := words(), []rune(text)
	for i := 2; i < len(s); i++ {
		if w.head("reach", s[i:]) > 0 {
			s = s[:i]
			break
		}
	}
	s = skipLeads(s)
	if n := max(w.head("output", s), w.head("effect", s)); n > 0 && n < len(s) {
		empty := w.head("output", s) == n && w.head("weak", s) == n
		s = s[n:]
		if n := max(w.head("output", s), w.head("effect", s)); n > 0 && empty && len(s) >= n+2 {
			s = s[n:] // 完成修补路面
		}
	}
	g := content(string(s))
	says := false
	for i, p := range g.pairs {
		if i > 0 && !g.next[i] {
			return nil
		}
		says = says || !w.thin[p] && !w.people[p]
	}
	if !says {
		return nil
	}
	return g.pairs
}

// comparison is one task against the texts of one indicator.
type comparison struct {
	task     spoken
	core     [][2]rune
	weight   func([2]rune) float64
	whole    map[[2]rune]bool // pairs of the whole goal
	objects  []string         // what the whole goal is for
	figure   string           // that task and target have in common
	rate     string           // the same for a sum per head or piece
	sized    int              // see sizes
	coreOnly bool
}

// match returns the best of the texts that speak of the task.
func (c *comparison) match(texts []spoken) (best Hit, ok bool) {
	for _, t := range texts {
		if share, shared, yes := c.covers(t); yes && (!ok || share > best.Share) {
			figure := c.figure
			if figure == "" {
				figure = c.rate
			}
			best, ok = Hit{Share: math.Round(share*100) / 100, Shared: shared, Why: common(c.task.grams, t.grams, figure)}, true
		}
	}
	return best, ok
}

// covers judges one text.
func (c *comparison) covers(t spoken) (share, shared float64, ok bool) {
	if apart(c.task.objects, t.objects) || t.cost && !c.task.cost && !c.task.money {
		return 0, 0, false
	}
	var ofTask, ofText, known float64
	for _, g := range c.task.unique() {
		w := c.weight(g)
		ofTask += w
		if t.has(g) {
			shared += w
		}
	}
	for _, g := range t.unique() {
		ofText += c.weight(g)
		if c.whole[g] {
			known += c.weight(g)
		}
	}
	core := len(c.core) > 0 && !slices.ContainsFunc(c.core, func(p [2]rune) bool { return !t.has(p) }) &&
		(len(c.core) > 1 || c.sized >= 0 && !apart(c.task.classes, t.classes))
	switch {
	case c.rate != "":
		return 1, shared, true // 每生每天5元 and ＝5元/生/天: both halves agree
	case core:
		if shared == 0 {
			shared = 1
		}
		return 1, shared, true
	case c.coreOnly || shared == 0 || ofTask == 0 || ofText == 0:
		return 0, 0, false
	}
	share = shared / math.Min(ofTask, ofText)
	switch {
	case c.sized < 0 && shared < manyShared:
		return 0, 0, false // cameras are not counted in square metres
	case shared < minShared && len(t.objects) > 0 && (len(c.objects) == 0 || apart(c.objects, t.objects)):
		return 0, 0, false // 培训 alone does not make it the training of somebody else
	case c.figure != "" && (c.solid(t) || shared >= ofText/2):
		return math.Min(1, share+0.3), shared, share+0.3 >= minShare
	case c.sized > 0 && len(c.task.classes) > 0 && len(t.classes) > 0 && !apart(c.task.classes, t.classes) && known >= leastKnown*ofText:
		return math.Max(share, minShare), shared, true // a part of what the goal as a whole says
	case c.task.content && t.content && share >= minShare:
		return share, shared, true // 市民满意 and 市民满意度
	}
	// One common word is enough for a name that says little else.
	return share, shared, share >= minShare && (shared >= minShared || shared >= 0.99 && shared/ofText >= minOfName)
}

// solid reports whether task and text share a pair that says something.
func (c *comparison) solid(t spoken) bool {
	return slices.ContainsFunc(c.task.pairs, func(p [2]rune) bool { return t.has(p) && !words().thin[p] && !words().people[p] })
}

// sizes compares what is counted: 1 if an amount of the task is an area, a length,
// a weight or a volume, as the target is; -1 if the target is a count or size and
// no amount of the task is of its dimension; else 0.
func sizes(amounts []indicators.Value, target indicators.Value) int {
	d := head(target.Unit.Dimension)
	if target.Kind != indicators.Number || target.Unit.Scale == 0 || len(amounts) == 0 {
		return 0
	}
	same := slices.ContainsFunc(amounts, func(a indicators.Value) bool { return head(a.Unit.Dimension) == d })
	size := d == "area" || d == "length" || d == "mass" || d == "volume"
	switch {
	case same && size:
		return 1
	case !same && (size || d == "count" || d == "times"):
		return -1
	}
	return 0
}
