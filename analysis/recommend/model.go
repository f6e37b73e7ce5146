package recommend

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"yardstick/analysis/target"
	"yardstick/indicators/naming"
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
	lib      Library
	param    parameters
	rank     ranker
	projects []project
	groups   []group
	fieldAt  map[string]int32 // number of a functional class among those of the entries
	shares   []shares         // of each functional class, then of requests without one

	conceptAt map[string]int32   // id of an entry → its group, which is its place in lib
	byKey     map[string][]int32 // key of a concept's name or alias → groups
	looseKeys []textID           // keys of unmatched names, sorted: their groups follow the concepts
	loose     int                // the first of these groups
	own       *texts             // keys and names that are not in the history's texts

	alike    *index      // over projects
	text     *index      // over groups
	tasks    *index      // over the library's names
	said     [][]saying  // of an entry: its names
	used     flat[int32] // project → groups, sorted
	words    *typeWords
	items    [][]templateItem // by type
	fits     [][]int32        // by type: the concepts that fit it
	keywords *phrases         // of the concepts
	objects  []object         // see foreign
	twin     []int32          // of a project: that which stands for it where it was filed twice
	twins    bool             // any was
	partners flat[partner]    // by group, sorted
	usual    map[usualKey]advice
	past     past // what target values are told by

	sectorAt map[string]int32 // functional class → sectors
	sectors  []tally          // by functional class
	types    []tally          // by project type
	popular  []int32          // the groups that most projects use
	classes  map[string][]int32
	spare    sync.Pool    // *scratch
	pause    func() error // Options.Pause, while the model is built
	ended    error        // what it said
	forms    int
}

// tally is what is usual in a functional class or project type.
type tally struct {
	projects int32
	groups   []int32 // the groups that most of its projects use, at most perList
	users    []int32 // of a functional class: by group, how many of its projects use it
}

// Build fits a model of history and library. h must not be added to
// afterwards; lib is not changed.
func Build(h History, lib Library, opt Options) (*Model, error) {
	param, err := shippedParameters()
	if err != nil {
		return nil, err
	}
	if opt.Exclude != nil {
		h = h.without(opt.Exclude)
	}
	rules, err := target.LoadRules()
	if err != nil {
		return nil, err
	}
	kinds, err := shippedKinds()
	if err != nil {
		return nil, err
	}
	m := &Model{past: past{rules: rules}, h: h.closed(), lib: lib, param: param, rank: param.ranker(), forms: len(h.forms), words: newTypeWords(lib.Types, kinds, param), own: &texts{}, pause: opt.Pause}
	m.projects = h.projects()
	for _, step := range []func(){m.describeProjects, m.group, m.readPast, m.readTwins, m.templates, m.readKeywords, m.indexProjects, m.indexGroups, m.indexTasks, m.readObjects,
		m.count, m.spread, m.associate, m.precompute, m.fit} {
		if step(); m.stopped() {
			return nil, m.ended
		}
	}
	if err := m.readProcess(); err != nil {
		return nil, err
	}
	for i := range m.lib.Concepts {
		m.groups[i].kind = m.conceptKind(&m.lib.Concepts[i])
	}
	m.pause = nil
	return m, nil
}

// stopped lets other work go first (Options.Pause) and reports whether the building
// is to end. Loops over much ask it now and then.
func (m *Model) stopped() bool {
	if m.pause != nil && m.ended == nil {
		m.ended = m.pause()
	}
	return m.ended != nil
}

// without returns the lines of h whose form is not excluded.
func (h *History) without(exclude func(formID string) bool) History {
	var out History
	for i, f := range h.lineForm {
		if !exclude(h.text.str(h.forms[f].id)) {
			out.Add(h.line(int32(i)))
		}
	}
	return out
}

// describeProjects tells class, type and level of every project.
func (m *Model) describeProjects() {
	m.sectorAt = make(map[string]int32)
	for i := range m.projects {
		if i%64 == 0 && m.stopped() {
			return
		}
		p := &m.projects[i]
		f := m.h.form(p.forms[0])
		p.class, p.typ, p.level = -1, -1, levelOf(f.region, f.department+f.unit)
		if p.sector != "" {
			at, ok := m.sectorAt[p.sector]
			if !ok {
				at = int32(len(m.sectors))
				m.sectorAt[p.sector] = at
				m.sectors = append(m.sectors, tally{})
			}
			p.class = at
		}
		if types, sure := m.words.match(f.project, f.goal, p.sector); sure {
			p.typ = types[0].typ
		}
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
	for i, p := range m.projects {
		if i%64 == 0 && m.stopped() {
			return
		}
		f := m.h.form(p.forms[0])
		m.alike.add(projectText(f.project, agencies(f.department, f.unit), f.goal))
	}
	m.alike.finish()
}

func (m *Model) indexGroups() {
	m.text = newIndex()
	for i, g := range m.groups {
		if i%256 == 0 && m.stopped() {
			return
		}
		t := weighted(nil).field(g.name, 1)
		if g.concept >= 0 {
			c := m.lib.Concepts[g.concept]
			t = t.field(strings.Join(c.Aliases, " "), 1).field(c.Text, weightMeaning)
		}
		m.text.add(t)
	}
	m.text.finish()
	var grams flat[int32]
	for i := range m.groups {
		if i%256 == 0 && m.stopped() {
			return
		}
		g := &m.groups[i]
		terms := m.text.numbered(bigrams(naming.Key(g.name)))
		for _, t := range terms {
			g.rarity += m.text.rarityOf(t)
		}
		grams.add(terms)
	}
	grams.clip()
	for i := range m.groups {
		m.groups[i].grams = grams.of(i)
	}
}

// count counts projects by class and type, and lists what most of them use.
func (m *Model) count() {
	m.types = make([]tally, len(m.lib.Types))
	for _, p := range m.projects {
		if p.class >= 0 {
			m.sectors[p.class].projects++
		}
		if p.typ >= 0 {
			m.types[p.typ].projects++
		}
	}
	space, counts := make([]int32, max(len(m.sectors), len(m.types))), []count(nil)
	var bySector, byType flat[count]
	sectors, types := make([]heap, len(m.sectors)), make([]heap, len(m.types))
	var all heap
	for id := range m.groups {
		if id%256 == 0 && m.stopped() {
			return
		}
		g := &m.groups[id]
		counts = countUses(g.uses, func(p int32) int32 { return m.projects[p].class }, space, counts)
		bySector.add(counts)
		for _, c := range counts {
			if m.sectors[c.at].users == nil {
				m.sectors[c.at].users = make([]int32, len(m.groups))
			}
			m.sectors[c.at].users[id] = c.n
			sectors[c.at].offer(found{int32(id), float64(c.n)}, perList)
		}
		counts = countUses(g.uses, func(p int32) int32 { return m.projects[p].typ }, space, counts)
		byType.add(counts)
		for _, c := range counts {
			types[c.at].offer(found{int32(id), float64(c.n)}, perList)
		}
		if n := len(g.uses); n > 0 {
			all.offer(found{int32(id), float64(n)}, perList)
		}
	}
	bySector.clip()
	byType.clip()
	for id := range m.groups {
		m.groups[id].sectors, m.groups[id].types = bySector.of(id), byType.of(id)
	}
	m.popular = numbers(all)
	for i, h := range sectors {
		m.sectors[i].groups = numbers(h)
	}
	for i, h := range types {
		m.types[i].groups = numbers(h)
	}
	// What the library has for a class: the most used of each slot, so that none
	// stays empty.
	m.classes = make(map[string][]int32)
	slots := make(map[string]*[numSlots]heap)
	for i, c := range m.lib.Concepts {
		if slots[c.Sector] == nil {
			slots[c.Sector] = new([numSlots]heap)
		}
		slots[c.Sector][m.groups[i].slot].offer(found{int32(i), float64(len(m.groups[i].uses))}, perSlot)
	}
	for class, list := range slots {
		for _, h := range list {
			m.classes[class] = append(m.classes[class], numbers(h)...)
		}
	}
}

// numbers are the documents of h, best first.
func numbers(h heap) []int32 {
	list := slices.SortedFunc(slices.Values(h), byValue)
	out := make([]int32, len(list))
	for i, f := range list {
		out[i] = f.doc
	}
	return out
}

// partner is a group that projects use together with another one.
type partner struct{ group, together int32 }

// maxPartners is how many partners of a group are kept: the strongest.
const maxPartners = 60

// associate counts which groups are used together. A pair that fewer than
// leastTogether projects use is no association (statistics: shrunk lift).
func (m *Model) associate() {
	together := make([]int32, len(m.groups))
	var seen []int32
	var list []partner
	for id := range m.groups {
		if id%64 == 0 && m.stopped() {
			return
		}
		g := &m.groups[id]
		if len(g.uses) < leastTogether {
			m.partners.add(nil)
			continue
		}
		for _, u := range g.uses {
			for _, o := range m.used.of(int(u.project)) {
				if together[o]++; together[o] == 1 {
					seen = append(seen, o)
				}
			}
		}
		var best heap
		for _, o := range seen {
			if n := together[o]; n >= leastTogether && o != int32(id) {
				best.offer(found{o, lift(float64(n), len(g.uses), len(m.groups[o].uses), len(m.projects))}, maxPartners)
			}
		}
		list = list[:0]
		for _, f := range best {
			list = append(list, partner{f.doc, together[f.doc]})
		}
		slices.SortFunc(list, func(a, b partner) int { return cmp.Compare(a.group, b.group) })
		m.partners.add(list)
		for _, o := range seen {
			together[o] = 0
		}
		seen = seen[:0]
	}
	m.partners.clip()
}

// leastTogether is the number of projects below which two indicators are not
// called associated, liftPrior the strength of the prior mean 1 of lift: seen
// together twice is no lift of 400.
const (
	leastTogether = 3
	liftPrior     = 10
)

// lift is the shrunk lift (n + k)/(E + k) with E = a·b/N, the posterior mean of a
// gamma–Poisson model with prior mean 1; known answers in docs/methods.md.
func lift(together float64, a, b, projects int) float64 {
	return (together + liftPrior) / (float64(a)*float64(b)/float64(projects) + liftPrior)
}
