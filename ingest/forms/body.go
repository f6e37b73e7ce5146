package forms

import (
	"strings"

	"yardstick/indicators"
)

// body reads the rows of one block.
type body struct {
	*block
	l1, l2  []level
	op      int // index of the part that holds operators, −1 if none
	tiers   []int
	regions []int
	byRole  map[role][]int
	nameAt2 bool // the name column holds level-2 names
	pairs   int  // index of the part that says 目标 or 实际 for each row, −1 if none
}

// newBody looks at the block's content to settle what header words leave open.
func newBody(b *block) *body {
	x := &body{block: b, op: -1, pairs: -1, byRole: map[role][]int{}}
	x.dropStandards()
	x.extend()
	x.choosePairs()
	x.chooseOperator()
	x.chooseRegions()
	for i, p := range b.h.parts {
		x.byRole[p.role] = append(x.byRole[p.role], i)
		if p.role == tier {
			x.tiers = append(x.tiers, i)
		}
	}
	x.chooseLevels()
	x.chooseNames()
	x.chooseLevel1()
	x.chooseWeightLevel()
	x.l1 = b.levels(level1, nil)
	x.l2 = b.levels(level2, x.l1)
	x.readLevelRoles()
	return x
}

// paint writes a part's meaning to its columns.
func (h *header) paint(p *part) {
	for c := p.c0; c < p.c1; c++ {
		h.columns[c-h.c0] = *p
	}
}

// readLevelRoles moves level-2 names that stand in the level-1 column of a form
// with one level column to where they belong.
func (x *body) readLevelRoles() {
	if x.h.indexOf(level2) >= 0 || x.h.indexOf(level1) < 0 {
		return
	}
	for j := range x.rows {
		if a, b, ok := splitLevels(x.l1[j].text.Value); ok {
			x.l2[j] = x.l1[j]
			x.l1[j].text.Value, x.l2[j].text.Value = a, b
			x.l2[j].pointed = false
		}
	}
	pure := false // a name that is a level 2 and nothing else
	for j := range x.rows {
		t := x.l1[j].text.Value
		_, is1 := indicators.CanonicalLevel1(t)
		pure = pure || t != "" && level2Class(t) != "" && !is1
	}
	for j := range x.rows {
		t := x.l1[j].text.Value
		class := level2Class(t)
		if l1, is1 := indicators.CanonicalLevel1(t); is1 && strings.HasPrefix(l1, class) {
			continue // 满意度指标 is a level 1 and the level 2 below it
		}
		if pure && class != "" {
			x.l2[j], x.l1[j] = x.l1[j], level{}
		}
	}
}

// splitLevels parts a cell that holds both levels: 产出指标-数量指标.
func splitLevels(s string) (l1, l2 string, ok bool) {
	i := strings.IndexAny(s, "-—–－/、→>·:：|_ 　\\")
	if i <= 0 {
		return joinedLevels(s)
	}
	l1, l2 = strings.TrimSpace(s[:i]), strings.TrimLeft(s[i:], "-—–－/、→>·:：|_ 　\\")
	return l1, l2, levelPair(l1, l2)
}

// levelPair reports whether two texts are a level 1 and a level 2 below it: one
// of them, at least, has a usual name, and the other ends as levels do.
func levelPair(l1, l2 string) bool {
	_, first1 := indicators.CanonicalLevel1(l1)
	_, second1 := indicators.CanonicalLevel1(l2)
	_, second2 := indicators.CanonicalLevel2(l2)
	other := !first1 && strings.HasSuffix(l1, "指标") && level2Class(l1) == ""
	return second2 && (first1 || other) || second1 && other
}

// joinedLevels parts a cell that holds both levels below each other:
// 产出指标数量指标. A line break is no sign, as it also stands inside of words.
func joinedLevels(s string) (l1, l2 string, ok bool) {
	const word = "指标"
	for i := strings.Index(s, word); i > 0 && i+len(word) < len(s); {
		i += len(word)
		l1, l2 = strings.TrimFunc(s[:i], blank), strings.TrimFunc(s[i:], blank)
		if levelPair(l1, l2) {
			return l1, l2, true
		}
		next := strings.Index(s[i:], word)
		if next < 0 {
			break
		}
		i += next
	}
	return "", "", false
}

// slots returns the distinct cells with content below the columns of a role.
// Values must begin in their own columns; levels and names may be merged from
// the left.
func (x *body) slots(r int, ro role) []slot {
	var out []slot
	for _, i := range x.byRole[ro] {
		out = x.partSlots(out, r, x.h.parts[i])
	}
	return out
}

func (x *body) partSlots(out []slot, r int, p part) []slot {
	for c := p.c0; c < p.c1; {
		s, ok := x.h.at(r, c)
		if !ok {
			c++
			continue
		}
		if s.c0 >= p.c0 || p.role == name && x.h.roleAt(max(s.c0, x.h.c0)) != side {
			if len(out) == 0 || out[len(out)-1].cell != s.cell {
				out = append(out, s)
			}
		}
		c = s.c1
	}
	return out
}

// text joins the texts below the columns of a role.
func (x *body) text(r int, ro role) (text string, at slot, ok bool) {
	ss := x.slots(r, ro)
	if len(ss) == 0 {
		return "", slot{}, false
	}
	if len(ss) == 1 {
		return x.h.text(ss[0]), ss[0], true
	}
	var b strings.Builder
	for i, s := range ss {
		if i > 0 && x.byRole[ro] != nil && ro != name {
			b.WriteByte(' ')
		}
		b.WriteString(x.h.text(s))
	}
	return b.String(), ss[0], true
}
