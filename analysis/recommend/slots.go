package recommend

import (
	"math"
	"slices"
	"strings"

	"yardstick/indicators/naming"
)

const numSlots = 7

// slots are the classes that a list covers: those of the frame of 2021, with 产出
// in its parts, and the rest.
func slots() []string {
	return []string{"数量", "质量", "时效", "成本", "效益", "满意", "其他"}
}

// required is how many of slots the frame asks for: all but the last.
const required = numSlots - 1

func slotOf(level1, level2 string) int {
	all := slots()
	for i, s := range all[:required] {
		if strings.Contains(level2, s) || strings.Contains(level1, s) {
			return i
		}
	}
	if strings.Contains(level2, "影响") { // 可持续影响指标, 社会影响
		return 4
	}
	return required
}

// shares say how a list is spread over the slots: cap is the share that a slot may
// not exceed while others wait, floor the one that it gets first.
type shares struct{ cap, floor [numSlots]float64 }

// slotUse counts, over some projects, the indicators of each slot and the
// projects that have any of it.
type slotUse struct {
	projects     float64
	lines, users [numSlots]float64
	all          float64
}

func (u *slotUse) add(slotsOf [numSlots]int) {
	u.projects++
	for s, n := range slotsOf {
		u.lines[s] += float64(n)
		u.all += float64(n)
		if n > 0 {
			u.users[s]++
		}
	}
}

// mixed is the share of lines and of projects in slot s, drawn towards those of
// wider with frequencyPrior projects' worth.
func (u *slotUse) mixed(s int, line, user float64, perProject float64) (lines, users float64) {
	k := float64(frequencyPrior)
	return (u.lines[s] + k*perProject*line) / (u.all + k*perProject), (u.users[s] + k*user) / (u.projects + k)
}

// spread computes the shares of every functional class, and of requests without
// one (last). The shipped shares follow the frame's points; as the history grows
// they give way to how its projects really spread their indicators: where
// nobody files indicators of cost, a tenth of each list must not go to them. The
// frame still gets one of each class: see fill.
func (m *Model) spread() {
	all, by := slotUse{}, make([]slotUse, len(m.sectors))
	for p := range m.projects {
		var n [numSlots]int
		for _, g := range m.used.of(p) {
			n[m.groups[g].slot]++
		}
		all.add(n)
		if c := m.projects[p].class; c >= 0 {
			by[c].add(n)
		}
	}
	m.shares = make([]shares, len(by)+1)
	prior, n := m.param["slot.prior"], all.projects
	for i := range m.shares {
		for s, name := range slots() {
			cap, floor := m.param["slot."+name], m.param["slot.floor"]
			if all.all > 0 {
				line, user := all.lines[s]/all.all, all.users[s]/all.projects
				if i < len(by) {
					line, user = by[i].mixed(s, line, user, all.all/all.projects)
				}
				cap = (prior*cap + n*math.Min(1, m.param["slot.margin"]*line)) / (prior + n)
				floor *= (prior + n*math.Min(1, user/m.param["slot.common"])) / (prior + n)
			}
			m.shares[i].cap[s] = cap
			if s < required {
				m.shares[i].floor[s] = floor
			}
		}
	}
}

// sharesOf are the shares of a functional class, −1 for none.
func (m *Model) sharesOf(class int32) *shares {
	if class < 0 {
		return &m.shares[len(m.shares)-1]
	}
	return &m.shares[class]
}

// fill picks limit candidates, first lead, then in the order of their scores, but
// passes over
// those whose class has had its share so far, and leaves out what have or an
// earlier pick says already. A class below its floor comes first, and by the end of
// the list every class of the frame has one, if there is any.
func (q *query) fill(in, lead []scored, have []Named, limit int) []scored {
	m := q.m
	known := make(map[int32]bool)
	said := make([][]int32, 0, len(have)+limit)
	for _, n := range have {
		said = append(said, m.text.numbered(bigrams(naming.Key(n.Name))))
	}
	for _, g := range q.have {
		known[g] = true
	}
	share := m.sharesOf(q.class)
	var filled [numSlots]int
	rest := q.work.rest // what is left of each class, best first
	for s := range rest {
		rest[s] = rest[s][:0]
	}
	for _, c := range in {
		s := m.groups[c.group].slot
		rest[s] = append(rest[s], c)
	}
	q.work.rest = rest
	var out []scored
	repeats := func(g int32) bool {
		return known[g] || slices.ContainsFunc(said, func(h []int32) bool { return dice(h, m.groups[g].grams) >= sameName })
	}
	take := func(c scored) {
		g := &m.groups[c.group]
		said = append(said, g.grams)
		known[c.group] = true
		filled[g.slot]++
		out = append(out, c)
	}
	for _, c := range lead {
		if len(out) < limit && !repeats(c.group) {
			take(c)
		}
	}
	for len(out) < limit {
		missing := 0 // classes of the frame that have none yet
		for s := range rest {
			for len(rest[s]) > 0 {
				if !repeats(rest[s][0].group) {
					break
				}
				rest[s] = rest[s][1:]
			}
			if s < required && filled[s] == 0 && len(rest[s]) > 0 {
				missing++
			}
		}
		pick, tier := -1, 0
		for s := range rest {
			if len(rest[s]) == 0 {
				continue
			}
			t := 1 // has had its share
			switch {
			case s < required && filled[s] == 0 && limit-len(out) <= missing:
				t = 4
			case filled[s] < int(share.floor[s]*float64(len(out)+1)+0.5):
				t = 3
			case float64(filled[s]) < math.Ceil(share.cap[s]*float64(len(out)+2)):
				t = 2
			}
			if t > tier || t == tier && better(rest[s][0], rest[pick][0]) {
				pick, tier = s, t
			}
		}
		if pick < 0 {
			break
		}
		c := rest[pick][0]
		rest[pick] = rest[pick][1:]
		take(c)
	}
	return out
}

func better(a, b scored) bool {
	return a.score > b.score || a.score == b.score && a.group < b.group
}
