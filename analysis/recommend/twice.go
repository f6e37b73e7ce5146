package recommend

import (
	"hash/fnv"
	"slices"
	"strings"

	"yardstick/indicators"
)

// A project that was loaded twice, as a dated and an undated copy or as target and
// self-evaluation under slightly different names, is two projects of the store but
// one witness. Twins are told by the name without years and brackets and by the
// unit, or where one of them states no unit by the same lines with the same
// targets. What the store takes for one project is its own affair.

// readTwins finds for every project the twin that stands for all: the one with the
// latest form.
func (m *Model) readTwins() {
	m.twin = make([]int32, len(m.projects))
	first := m.firstLines()
	byName := make(map[string][]int32)
	for p := range m.projects {
		m.twin[p] = int32(p)
		if p%256 == 0 && m.stopped() {
			return
		}
		name, remark := plainName(m.h.form(m.projects[p].forms[0]).project)
		byName[name] = append(byName[name], int32(p))
		if remark != "" { // beside the name without it
			byName[remark] = append(byName[remark], int32(p))
		}
	}
	for name, list := range byName {
		if name == "" || len(list) < 2 || len(list) > maxNamesakes {
			continue
		}
		for i, p := range list {
			for _, other := range list[:i] {
				if m.sameFiling(p, other, first) {
					m.join(p, other)
				}
			}
		}
	}
	for p := range m.twin {
		m.twin[p] = m.stands(int32(p))
		m.twins = m.twins || m.twin[p] != int32(p)
	}
}

// plainName is a project's name without years, batch and the marks of brackets,
// and the same without what stands in them, "" if that is no other name.
func plainName(project string) (name, without string) {
	name = indicators.NormalProject(project)
	var kept strings.Builder
	depth := 0
	for _, r := range name {
		switch r {
		case '(', '（', '【', '[', '〔':
			depth++
			continue
		case ')', '）', '】', ']', '〕':
			depth = max(0, depth-1)
			continue
		}
		if depth == 0 {
			kept.WriteRune(r)
		}
	}
	bare := han(name)
	if w := han(kept.String()); w != bare && len([]rune(w)) >= leastName {
		return bare, w
	}
	return bare, ""
}

// leastName is how many characters a name without its remark must have to tell a
// project.
const leastName = 4

// sameFiling reports whether two projects of one name are one. Where the names
// differ in a remark, one of them must do without any.
func (m *Model) sameFiling(a, b int32, first []int32) bool {
	fa, fb := m.h.form(m.projects[a].forms[0]), m.h.form(m.projects[b].forms[0])
	nameA, remarkA := plainName(fa.project)
	nameB, remarkB := plainName(fb.project)
	if nameA != nameB && remarkA != "" && remarkB != "" {
		return false
	}
	if fa.unit != "" && fb.unit != "" {
		return unitKey(fa.unit) == unitKey(fb.unit) && m.h.forms[m.projects[a].forms[0]].region == m.h.forms[m.projects[b].forms[0]].region
	}
	x := m.filed(a, first)
	return x != 0 && x == m.filed(b, first)
}

// filed stands for the lines of a project's latest form with their targets, 0 for
// none.
func (m *Model) filed(p int32, first []int32) uint64 {
	f := m.projects[p].forms[0]
	var lines []string
	for l := first[f]; int(l) < len(m.h.lineForm) && m.h.lineForm[l] == f; l++ {
		lines = append(lines, han(m.h.text.str(m.h.name[l]))+"\x00"+targetKey(m.h.rawOf(l)))
	}
	if len(lines) == 0 {
		return 0
	}
	slices.Sort(lines)
	h := fnv.New64a()
	for _, s := range slices.Compact(lines) {
		_, _ = h.Write([]byte(s))
		_, _ = h.Write([]byte{1})
	}
	return h.Sum64()
}

// targetKey is a target as filed without signs, which self-evaluations often drop.
func targetKey(raw string) string { return strings.Trim(raw, " ≥≤＞＜>=<＝") }

// firstLines is the first line of every form.
func (m *Model) firstLines() []int32 {
	out := make([]int32, len(m.h.forms))
	for i := len(m.h.lineForm) - 1; i >= 0; i-- {
		out[m.h.lineForm[i]] = int32(i)
	}
	return out
}

func (m *Model) stands(p int32) int32 {
	for m.twin[p] != p {
		p = m.twin[p]
	}
	return p
}

// join makes the later filed of two projects' stand-ins stand for both, of equals
// the first.
func (m *Model) join(a, b int32) {
	a, b = m.stands(a), m.stands(b)
	ya, yb := m.h.forms[m.projects[a].forms[0]].year, m.h.forms[m.projects[b].forms[0]].year
	if ya > yb || ya == yb && a < b {
		a, b = b, a
	}
	m.twin[a] = b
}

// once are the uses with one of each project filed twice: that of its stand-in, if
// it has one, in the order of the first.
func (m *Model) once(uses []use) []use {
	if !m.twins || !slices.ContainsFunc(uses, func(u use) bool { return m.twin[u.project] != u.project }) {
		return uses
	}
	at := make(map[int32]int, len(uses))
	out := make([]use, 0, len(uses))
	for _, u := range uses {
		t := m.twin[u.project]
		if i, seen := at[t]; !seen {
			at[t] = len(out)
			out = append(out, u)
		} else if u.project == t {
			out[i] = u
		}
	}
	return out
}

// distinct drops of similar projects those filed twice: the more alike stays.
func (m *Model) distinct(in []neighbour) []neighbour {
	if !m.twins {
		return in
	}
	seen := make(map[int32]bool, len(in))
	out := in[:0]
	for _, n := range in {
		if t := m.twin[n.project]; !seen[t] {
			seen[t] = true
			out = append(out, n)
			if len(out) == neighbours {
				break
			}
		}
	}
	return out
}
