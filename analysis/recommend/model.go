package recommend

import (
	"cmp"
	"slices"
	"strings"
)

// How much the words of a field count when texts are compared: a project's name
// says most about what it needs, the agency's name least.
const (
	weightProject = 1.0
	weightGoal    = 0.5
	weightAgency  = 0.4
	weightMeaning = 0.3 // of a concept's meaning and keywords beside its name
)

// Model answers Suggest. It is not changed after Build and safe for concurrent
// use.
type Model struct {
	h        History
	lib      []Concept
	projects []project
	groups   []group
	byKey    func(name, sector string) (int, bool) // group of a name, if there is one

	alike   *index    // over projects
	text    *index    // over groups
	used    [][]int32 // project → groups, sorted
	sectors map[string]*sector
	classes map[string][]ranked // functional class → its concepts, then the common ones
	popular []ranked            // groups by number of projects, most first
	forms   int
}

// sector is what is usual in a functional class.
type sector struct {
	projects int
	groups   []ranked // by number of projects of the class, most first
}

// Build fits a model of history and library. h must not be added to
// afterwards; lib is not changed.
func Build(h History, lib []Concept, opt Options) (*Model, error) {
	if opt.Exclude != nil {
		h = h.without(opt.Exclude)
	}
	m := &Model{h: h, lib: lib, projects: h.projects(), forms: len(h.forms), sectors: make(map[string]*sector)}
	m.group()
	m.indexProjects()
	m.indexGroups()
	m.count()
	return m, nil
}

// without returns the lines of h whose form is not excluded.
func (h *History) without(exclude func(formID string) bool) History {
	var out History
	for i, f := range h.lineForm {
		if g := h.forms[f]; !exclude(g.id) {
			out.Add(Row{
				ProjectID: g.projectID, Project: g.project, Unit: g.unit, Department: g.department, Sector: g.sector,
				Goal: g.goal, Year: g.year, FormID: g.id, Budget: g.budget,
				Level1: h.level1[i], Level2: h.level2[i], Name: h.name[i],
				Target: h.target[i], Actual: h.actual[i], Weight: h.weight[i],
			})
		}
	}
	return out
}

// group assigns every line to a group of names.
func (m *Model) group() {
	g := newGrouper(m.lib)
	projectOf, rank := make([]int32, len(m.h.forms)), make([]int, len(m.h.forms))
	for p, pr := range m.projects {
		for i, f := range pr.forms {
			projectOf[f], rank[f] = int32(p), i
		}
	}
	// Names in the order of how often they are filed, so that the usual
	// spelling leads its group; all else by name, so that the order of the
	// lines does not matter.
	keys, count := make([]string, len(m.h.name)), make(map[string]int)
	for i, n := range m.h.name {
		keys[i] = nameKey(n)
		count[keys[i]]++
	}
	order := make([]int, 0, len(keys))
	for i := range keys {
		if keys[i] != "" {
			order = append(order, i)
		}
	}
	slices.SortFunc(order, func(a, b int) int {
		fa, fb := m.h.lineForm[a], m.h.lineForm[b]
		return cmp.Or(cmp.Compare(count[keys[b]], count[keys[a]]), strings.Compare(keys[a], keys[b]),
			strings.Compare(m.h.name[a], m.h.name[b]), cmp.Compare(projectOf[fa], projectOf[fb]),
			cmp.Compare(rank[fa], rank[fb]), cmp.Compare(a, b))
	})
	names := make(map[int]map[string]int)
	m.used = make([][]int32, len(m.projects))
	for _, i := range order {
		f := m.h.lineForm[i]
		p := projectOf[f]
		id := g.of(keys[i], m.h.name[i], m.projects[p].sector)
		gr := &g.groups[id]
		if gr.levels == nil {
			gr.levels, gr.sectors = make(map[[2]string]int), make(map[string]int)
			names[id] = make(map[string]int)
		}
		gr.levels[frame2021(m.h.level1[i], m.h.level2[i])]++
		names[id][displayName(m.h.name[i])]++
		gr.uses = append(gr.uses, use{p, int32(i)})
	}
	for id := range g.groups {
		gr := &g.groups[id]
		// One use per project: that of its latest form, then the first line.
		slices.SortStableFunc(gr.uses, func(a, b use) int {
			return cmp.Or(cmp.Compare(a.project, b.project), cmp.Compare(rank[m.h.lineForm[a.line]], rank[m.h.lineForm[b.line]]))
		})
		gr.uses = slices.CompactFunc(gr.uses, func(a, b use) bool { return a.project == b.project })
		for _, u := range gr.uses {
			m.used[u.project] = append(m.used[u.project], int32(id))
			if s := m.projects[u.project].sector; s != "" {
				gr.sectors[s]++
			}
		}
	}
	g.label(names)
	m.groups = g.groups
	m.byKey = func(name, sector string) (int, bool) {
		k := nameKey(name)
		if cs, ok := g.byKey[k]; ok {
			return g.byConcept[g.choose(cs, sector)], true
		}
		id, ok := g.byName[k]
		if id < 0 {
			return g.byConcept[g.choose(g.byKey[g.keys[-1-id]], sector)], true
		}
		return id, ok
	}
}

// frame2021 moves the cost class to where the frame of 2021 has it; before it
// was a second-level class of 产出指标 (docs/methods.md, Classes).
func frame2021(level1, level2 string) [2]string {
	if level2 == "成本指标" && level1 != "成本指标" {
		return [2]string{"成本指标", "经济成本指标"}
	}
	return [2]string{level1, level2}
}

// displayName is a filed name without its numbering and signs.
func displayName(name string) string {
	name = numbering.ReplaceAllString(strings.TrimLeft(strings.TrimSpace(name), "★*☆●· "), "")
	if bare := strings.TrimSpace(asides.ReplaceAllString(name, "")); han(bare) != "" {
		return bare
	}
	return name
}

// projectText is what is known in words of a project, as filed or as asked for.
func projectText(name, agency, goal string) weighted {
	name = subject(withoutPlaces(name))
	return weighted(nil).field(name, weightProject).field(goal, weightGoal).field(agency, weightAgency)
}

// agencies joins the names of department and unit without their regions; the
// same name is taken once.
func agencies(names ...string) string {
	var out []string
	for _, n := range names {
		if n = withoutPlaces(n); !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	return strings.Join(out, " ")
}

func (m *Model) indexProjects() {
	m.alike = newIndex()
	for _, p := range m.projects {
		f := m.h.forms[p.forms[0]]
		m.alike.add(projectText(f.project, agencies(f.department, f.unit), f.goal))
	}
	m.alike.finish()
}

func (m *Model) indexGroups() {
	m.text = newIndex()
	for _, g := range m.groups {
		t := weighted(nil).field(g.name, 1)
		if g.concept >= 0 {
			c := m.lib[g.concept]
			t = t.field(strings.Join(c.Aliases, " "), 1).field(c.Text, weightMeaning)
		}
		m.text.add(t)
	}
	m.text.finish()
}

// count ranks groups by use, overall and in every functional class.
func (m *Model) count() {
	for _, p := range m.projects {
		if p.sector != "" {
			s := m.sectors[p.sector]
			if s == nil {
				s = &sector{}
				m.sectors[p.sector] = s
			}
			s.projects++
		}
	}
	m.classes = make(map[string][]ranked)
	for _, c := range m.lib {
		if m.classes[c.Sector] == nil {
			m.classes[c.Sector] = m.conceptsFor(c.Sector)
		}
	}
	m.classes[""] = m.conceptsFor("")
	var used []int32
	for id, g := range m.groups {
		if len(g.uses) > 0 {
			used = append(used, int32(id))
		}
	}
	all := func(g int32) float64 { return float64(len(m.groups[g].uses)) / float64(len(m.projects)) }
	m.popular = m.rank(slices.Clone(used), all)
	for name, s := range m.sectors {
		s.groups = m.rank(slices.Clone(used), func(g int32) float64 {
			return (float64(m.groups[g].sectors[name]) + sectorPrior*all(g)) / (float64(s.projects) + sectorPrior)
		})
	}
}

// conceptsFor ranks the concepts of a functional class before the common ones.
func (m *Model) conceptsFor(sector string) []ranked {
	var groups []int32
	for id, g := range m.groups {
		if g.concept >= 0 && (m.lib[g.concept].Sector == sector || m.lib[g.concept].Sector == common) {
			groups = append(groups, int32(id))
		}
	}
	return m.rank(groups, func(g int32) float64 {
		if m.lib[m.groups[g].concept].Sector == sector {
			return 1
		}
		return 0
	})
}

// sectorPrior is the number of projects' worth of overall frequency that a
// class's own is mixed with: in a class with few projects what is usual
// everywhere says more than what one of them happened to write.
const sectorPrior = 10

// byName orders groups by name, and equal names by number.
func (m *Model) byName(a, b int32) int {
	return cmp.Or(strings.Compare(m.groups[a].name, m.groups[b].name), cmp.Compare(a, b))
}
