package forms

import "strings"

// settle decides between columns that claim one role, and fills columns.
func (h *header) settle() {
	h.settleEdge()
	h.settleWide()
	h.settleYears()
	h.settleSets()
	for _, r := range []role{name, level1, level2, target, longTarget, actual, expected, converted, reason} {
		h.settleOne(r)
	}
	h.settleScores()
	h.settleWeights()
	h.settleUnits()
	h.settleTargetValue()
	for _, p := range h.parts {
		if p.exact {
			h.marks.exact++
		}
		for c := p.c0; c < p.c1; c++ {
			h.columns[c-h.c0] = p
		}
	}
}

// settleEdge takes the word down the left edge of the block, such as
// 年度绩效指标完成情况, for what it is: it heads no column of its own.
func (h *header) settleEdge() {
	if len(h.parts) < 2 {
		return
	}
	c := &h.g.Cells[h.parts[0].cell.cell]
	next := h.parts[1].role
	if next == seq && len(h.parts) > 2 {
		next = h.parts[2].role
	}
	if next != level1 && c.Row+c.RowSpan <= h.r1 {
		return
	}
	switch p := &h.parts[0]; p.role {
	case actual, target, name, rate, score, weight, longTarget, groupYear, groupLong:
		p.role = side
	}
}

// settleWide finds columns that repeat a form's head fields: they stand to the
// left of the indicator's name, or anywhere if they name the project.
func (h *header) settleWide() {
	wide := false
	for i := range h.parts {
		if e, ok := words().labelOf(h.parts[i].word); ok && e.role == "project" {
			wide = true
		}
	}
	if !wide {
		return
	}
	h.marks.wide = true
	for i := range h.parts {
		p := &h.parts[i]
		if e, ok := words().labelOf(p.word); ok {
			switch e.role {
			case "project":
				p.role = wideProject
			case "unit":
				p.role = wideUnit
			case "department":
				p.role = wideDepartment
			case "year":
				p.role = wideYear
			case "goal":
				p.role = wideGoal
			}
			continue
		}
		e, ok := words().budgetOf(p.word)
		if !ok || i > h.indexOf(name) && h.indexOf(name) >= 0 && p.role != unknown {
			continue
		}
		switch e.role {
		case "detail", "weight", "score":
		default:
			p.role, p.other = wideBudget, e.role
		}
	}
}

// settleSets tells the long-term set of columns from the annual one where the
// name column or the value column stands twice without a word that says which.
func (h *header) settleSets() {
	anyLong := false
	for i := range h.parts {
		p := &h.parts[i]
		if p.long {
			anyLong = true
			switch p.role {
			case name:
				p.role = longName
			case target, targetValue:
				p.role = longTarget
			case level2, operator, unit, level1, weight, explanation:
				p.role = longOther
			}
		}
	}
	if anyLong {
		h.marks.longSet = true
		return
	}
	var names, targets []int
	for i, p := range h.parts {
		switch {
		case p.role == name && p.weight >= 0.7:
			names = append(names, i)
		case p.role == target && p.weight >= 0.9:
			targets = append(targets, i)
		}
	}
	if len(names) != 2 || len(targets) != 2 || h.parts[names[0]].word != h.parts[names[1]].word {
		return
	}
	// The long-term set stands on the left of the annual one in all templates.
	h.marks.longSet = true
	for i := range h.parts {
		p := &h.parts[i]
		if i >= names[1] || i > targets[0] {
			continue
		}
		switch p.role {
		case name:
			if p.word == h.parts[names[0]].word {
				p.role, p.long = longName, true
			}
		case target:
			p.role, p.long = longTarget, true
		case level2, operator, unit:
			if h.has(p.role, i+1) {
				p.role, p.long = longOther, true
			}
		}
	}
}

// has reports whether a part from index i on has role r.
func (h *header) has(r role, i int) bool {
	for ; i < len(h.parts); i++ {
		if h.parts[i].role == r {
			return true
		}
	}
	return false
}

// settleOne leaves one header cell with role r: that of the greatest weight,
// the first of equals. The others take the role that the vocabulary names.
func (h *header) settleOne(r role) {
	if i := h.indexOf(level1); r == name && i > 0 {
		// 绩效指标 written down the left edge is no name.
		for j := range h.parts[:i] {
			if p := &h.parts[j]; p.role == name && p.other == side {
				p.role = side
			}
		}
	}
	best := -1
	for i, p := range h.parts {
		if p.role == r && (best < 0 || p.weight > h.parts[best].weight) {
			best = i
		}
	}
	for i := range h.parts {
		p := &h.parts[i]
		if p.role != r || i == best {
			continue
		}
		// Cells of one parent (op, number and unit below 目标值) stay together.
		if r == target && h.sameParent(i, best) {
			continue
		}
		p.role = p.other
		if p.role == unknown || p.role == r {
			p.role = note
		}
		if p.role == level2 && h.has(level2, 0) && h.countRole(level2) > 1 {
			p.role = note
		}
		if p.role == side && i > best {
			p.role = note
		}
	}
}

func (h *header) countRole(r role) int {
	n := 0
	for _, p := range h.parts {
		if p.role == r {
			n++
		}
	}
	return n
}

// sameParent reports whether two header cells stand below one cell.
func (h *header) sameParent(i, j int) bool {
	a, b := h.parts[i].path, h.parts[j].path
	x, y := strings.LastIndexByte(a, '|'), strings.LastIndexByte(b, '|')
	return x > 0 && y > 0 && a[:x] == b[:y]
}

// settleScores keeps one score column: the first; a second one is that of a
// review. Where every level has a score of its own the last is the line's.
func (h *header) settleScores() {
	var at []int
	for i, p := range h.parts {
		if p.role == score {
			at = append(at, i)
		}
	}
	if len(at) < 2 {
		return
	}
	n := h.indexOf(name)
	keep := at[0]
	if n >= 0 && at[0] < n {
		keep = at[len(at)-1]
	}
	for _, i := range at {
		switch {
		case i == keep:
		case i < keep:
			h.parts[i].role = upperScore
		default:
			h.parts[i].role = review
		}
	}
}

func (h *header) indexOf(r role) int {
	for i, p := range h.parts {
		if p.role == r {
			return i
		}
	}
	return -1
}

// settleWeights gives each of several weight columns the level that stands
// before it: points repeat at three levels on some forms, and only those of the
// lowest level may be added up.
func (h *header) settleWeights() {
	if h.countRole(weight) < 2 {
		return
	}
	before := unknown
	for i := range h.parts {
		p := &h.parts[i]
		switch p.role {
		case level1, level2, name:
			before = p.role
		case weight:
			switch before {
			case level1:
				p.role = weight1
			case level2:
				p.role = weight2
			}
		}
	}
	switch h.countRole(weight) {
	case 0:
		for _, r := range []role{weight2, weight1} {
			if i := h.indexOf(r); i >= 0 {
				h.parts[i].role = weight
				return
			}
		}
	case 1:
	default:
		h.settleOne(weight)
	}
}

// settleUnits gives a second unit column to the value that stands before it.
func (h *header) settleUnits() {
	seen := false
	last := unknown
	for i := range h.parts {
		p := &h.parts[i]
		switch p.role {
		case target, targetValue, actual:
			last = p.role
		case unit:
			if last == actual && (seen || h.countRole(unit) > 1) {
				p.role = actualUnit
			} else if seen {
				p.role = note
			}
			seen = true
		case operator:
			if last == actual {
				// A sign behind the actual says how it compares; it is not the target's.
				if h.indexOf(target) < i && h.countRole(operator) > 1 {
					p.role = note
				}
			}
		}
	}
	best := -1
	for i, p := range h.parts {
		if p.role == operator && (best < 0 || p.weight > h.parts[best].weight) {
			best = i
		}
	}
	for i := range h.parts {
		if h.parts[i].role == operator && i != best {
			h.parts[i].role = likelyOperator
		}
	}
}

// likelyOperator is a second column that may hold the operator: 指标方向 beside
// 指标性质. The body's content decides (see body.go).
const likelyOperator role = "likely_operator"

// settleTargetValue makes a column of bare numbers the target if none has the
// whole value.
func (h *header) settleTargetValue() {
	i, j := h.indexOf(targetValue), h.indexOf(target)
	if i < 0 || j >= 0 && (h.parts[j].weight > 0.6 || h.sameParent(i, j)) {
		return
	}
	if j >= 0 {
		h.parts[j].role = h.parts[j].other // 绩效标准 beside 性质 | 值 | 单位
	}
	h.parts[i].role = target
}

// plausible reports whether the parts make an indicator header: a name or two
// levels, and a column for what is measured.
func (h *header) plausible() bool {
	l1, l2, nm := h.indexOf(level1) >= 0, h.indexOf(level2) >= 0, h.indexOf(name) >= 0
	values := 0
	for _, r := range []role{target, longTarget, actual, expected, score, converted, weight, tier, region, operator} {
		if h.indexOf(r) >= 0 {
			values++
		}
	}
	known := 0
	for _, p := range h.parts {
		if p.role != unknown {
			known++
		}
	}
	switch {
	case l1 && l2 && nm:
		// Whatever else stands there are region columns.
		return values > 0 || len(h.parts)-known >= 1
	case nm && (l1 || l2), l1 && l2:
		return values > 0 && known*2 >= len(h.parts)
	case nm:
		return values >= 2 && known*2 > len(h.parts) || h.marks.wide && values > 0
	}
	return false
}
