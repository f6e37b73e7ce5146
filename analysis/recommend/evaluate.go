package recommend

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// Split says what an answer must not rest on.
type Split string

// The splits. In each the project itself in all years, projects of the same name
// (up to maxNamesakes of them) and projects of the same file (up to as many) are
// left out.
const (
	ByProject    Split = "project"    // everything else is known
	ByYear       Split = "year"       // what was filed for the year or later is not known
	ByDepartment Split = "department" // no project of the department is known
)

// EvaluateOptions configures Evaluate. The zero value leaves one project out at a
// time with an empty draft.
type EvaluateOptions struct {
	Split    Split
	Half     bool   // give every second indicator as the draft and look for the others
	Projects int    // at most this many projects, evenly chosen; 0 is 500
	Draws    int    // of the bootstrap; 0 is 1000
	Seed     uint64 // of the bootstrap
	// Tasks is what the goal says and have does not cover, as Suggest is asked
	// (Request.Tasks, Covers); nil: not asked.
	Tasks func(goal string, have []Named) (tasks []string, covers func(names []string) [][]int)
	Part  func(project string) string // part of which the project is reported as well, "" none; nil: no parts
}

// Evaluation says how well the indicators of filed projects are found.
type Evaluation struct {
	Split      Split
	Half       bool
	Projects   int
	Indicators int
	Hits       []Measured // by SameConcept, then by AlikeName
}

// Measured is an Evaluation with one kind of hit. Ceiling is the recall of an
// endless list: the share of the indicators that history or library have at all;
// CeilingHistory is that of the history alone. Both are −1 where there are too
// many names to compare.
type Measured struct {
	Hit                     Hit
	Ceiling, CeilingHistory float64
	Systems                 []System // the product first
}

// System is one way of suggesting. Coverage is the share of the indicators in use
// that are in any list of 20, LongTail the share of suggestions in lists of 20
// that are not among the most used fifth.
type System struct {
	Name               string
	At                 []At
	Slots              []SlotRecall
	Parts              []PartRecall
	Coverage, LongTail float64
}

// SlotRecall is the recall within lists of 20 of the indicators of one class.
type SlotRecall struct {
	Slot       string
	Indicators int
	Recall     float64
}

// PartRecall is the recall over the projects of one part.
type PartRecall struct {
	Part     string
	Projects int
	Recall   []float64 // by measured
}

// evalCase is a project whose indicators are to be found.
type evalCase struct {
	project, file, agency string // id, file, department
	name                  string
	year                  int
	request               Request
	want                  []Named
	slots                 []int
	bare                  []bareName
	part                  string
}

const listLength = 40

// Evaluate measures Suggest on h beside plain ways of suggesting: every project
// with at least four indicators is answered as if it had not been filed. The
// ranker that orders the product's answer is the shipped one, or, where the
// history is large enough to fit one, one fitted without the projects of the
// same fold. It takes about as long as Build for each year of a split by year.
func Evaluate(h History, lib Library, opt EvaluateOptions) (Evaluation, error) {
	opt.Split, opt.Projects, opt.Draws = cmp.Or(opt.Split, ByProject), cmp.Or(opt.Projects, 500), cmp.Or(opt.Draws, 1000)
	whole, err := Build(h, lib, Options{})
	if err != nil {
		return Evaluation{}, err
	}
	out := Evaluation{Split: opt.Split, Half: opt.Half}
	t := newTally(opt)
	if opt.Split != ByYear {
		cases := whole.cases(opt, 0)
		out.Projects, out.Indicators = count2(cases)
		t.run(whole, cases)
	} else {
		years := map[int]bool{}
		for _, f := range h.forms {
			years[int(f.year)] = f.year > 0
		}
		var list []int
		for y, ok := range years {
			if ok {
				list = append(list, y)
			}
		}
		slices.Sort(list)
		for _, y := range list[min(1, len(list)):] {
			before := make(map[string]bool)
			for _, f := range h.forms {
				before[h.text.str(f.id)] = f.year > 0 && int(f.year) < y
			}
			m, err := Build(h, lib, Options{Exclude: func(id string) bool { return !before[id] }})
			if err != nil {
				return Evaluation{}, err
			}
			cases := whole.cases(opt, y)
			n, of := count2(cases)
			out.Projects, out.Indicators = out.Projects+n, out.Indicators+of
			t.run(m, cases)
		}
	}
	out.Hits = t.measured()
	return out, nil
}

func count2(cases []evalCase) (projects, indicators int) {
	for _, c := range cases {
		indicators += len(c.want)
	}
	return len(cases), indicators
}

// cases are the projects to be answered, by id: with their latest form, or with
// that of a year.
func (m *Model) cases(opt EvaluateOptions, year int) []evalCase {
	lines := make([][]int32, len(m.h.forms))
	for i, f := range m.h.lineForm {
		lines[f] = append(lines[f], int32(i))
	}
	var out []evalCase
	for _, p := range m.projects {
		at := slices.IndexFunc(p.forms, func(f int32) bool { return year == 0 || int(m.h.forms[f].year) == year })
		if at < 0 {
			continue
		}
		f := m.h.form(p.forms[at])
		c := evalCase{project: p.id, file: f.file, name: projectKey(f.project), agency: cmp.Or(f.department, f.unit), year: f.year, request: f.request(p.sector)}
		c.request.Limit = listLength
		seen := make(map[int32]bool)
		for _, l := range lines[p.forms[at]] {
			n := Named{Name: m.h.text.str(m.h.name[l]), Concept: m.h.text.str(m.h.concept[l])}
			if _, ok := m.conceptAt[n.Concept]; !ok {
				n.Concept = ""
			}
			g, b := m.lineGroup(n), bare(n.Name)
			if g < 0 || b.runes == 0 || seen[g] {
				continue
			}
			seen[g] = true
			if opt.Half && len(seen)%2 == 1 {
				c.request.Have = append(c.request.Have, n)
				continue
			}
			level := frame2021(m.h.text.str(m.h.level1[l]), m.h.text.str(m.h.level2[l]))
			c.want, c.bare, c.slots = append(c.want, n), append(c.bare, b), append(c.slots, slotOf(level[0], level[1]))
		}
		if len(seen) < leastIndicators {
			continue
		}
		if opt.Tasks != nil {
			c.request.Tasks, c.request.Covers = opt.Tasks(f.goal, c.request.Have)
		}
		if opt.Part != nil {
			c.part = opt.Part(f.project)
		}
		out = append(out, c)
	}
	if len(out) > opt.Projects {
		step := float64(len(out)) / float64(opt.Projects)
		picked := make([]evalCase, opt.Projects)
		for i := range picked {
			picked[i] = out[int(float64(i)*step)]
		}
		out = picked
	}
	return out
}

// lineGroup is the group of a filed line: its concept's, else that of its
// normalised name; −1 if the model does not have it.
func (m *Model) lineGroup(n Named) int32 {
	if g, ok := m.conceptAt[n.Concept]; ok {
		return g
	}
	return m.looseGroup(looseKey(n.Name))
}

// apart finds what an answer must not rest on.
type apart struct {
	m                        *Model
	split                    Split
	byID                     map[string]int32
	byName, byFile, byAgency map[string][]int32
}

func newApart(m *Model, split Split) *apart {
	a := &apart{m: m, split: split, byID: map[string]int32{}, byName: m.namesakes(), byFile: map[string][]int32{}, byAgency: map[string][]int32{}}
	for i, p := range m.projects {
		a.byID[p.id] = int32(i)
		for _, f := range p.forms {
			form := m.h.form(f)
			for by, key := range map[*map[string][]int32]string{&a.byFile: form.file, &a.byAgency: cmp.Or(form.department, form.unit)} {
				if list := (*by)[key]; key != "" && (len(list) == 0 || list[len(list)-1] != int32(i)) {
					(*by)[key] = append(list, int32(i))
				}
			}
		}
	}
	return a
}

func (a *apart) of(c *evalCase) *left {
	var out []int32
	if p, ok := a.byID[c.project]; ok {
		out = append(out, p)
	}
	out = append(out, a.byName[c.name]...)
	if list := a.byFile[c.file]; len(list) <= maxNamesakes { // an extract of thousands is no page
		out = append(out, list...)
	}
	if a.split == ByDepartment {
		out = append(out, a.byAgency[c.agency]...)
	}
	return a.m.leave(out)
}

// talliedCase is what one system's list for one case came to.
type talliedCase struct {
	scores [2][][4]float64 // by kind of hit, by measured
	found  [2][]bool       // by kind of hit: of want, in a list of 20
	slots  []int
	part   string
}

// evalTally gathers the results of all cases.
type evalTally struct {
	opt          EvaluateOptions
	systems      []string
	cases        map[string][]talliedCase
	shown        map[string]map[string]bool // in lists of 20, by group's name
	tail, listed map[string]int
	inUse        map[string]bool
	ceiling      [2][2]int // by hit: found in all, in the history
	wanted       int
	tooMany      bool
	rankers      []ranker // by fold, for the product; nil: as it ships or fits
	only         bool     // the product alone
}

func newTally(opt EvaluateOptions) *evalTally {
	return &evalTally{opt: opt, cases: map[string][]talliedCase{}, shown: map[string]map[string]bool{}, tail: map[string]int{},
		listed: map[string]int{}, inUse: map[string]bool{}}
}

// run answers cases by every system over m and measures the answers.
func (t *evalTally) run(m *Model, cases []evalCase) {
	if len(cases) == 0 {
		return
	}
	names := make([]bareName, len(m.groups))
	for i := range m.groups {
		names[i] = bare(m.groups[i].name)
		if len(m.groups[i].uses) > 0 {
			t.inUse[m.groups[i].name] = true
		}
	}
	a, head := newApart(m, t.opt.Split), m.head()
	systems := m.systems(t.rankers)
	if t.only {
		systems = systems[:1]
	}
	if len(t.systems) == 0 {
		for _, s := range systems {
			t.systems = append(t.systems, s.name)
			t.shown[s.name] = map[string]bool{}
		}
	}
	t.tooMany = t.tooMany || len(cases)*len(m.groups) > maxCompared
	for i := range cases {
		c := &cases[i]
		q := m.query(c.request, a.of(c))
		groups := make([]int32, len(c.want))
		for w, n := range c.want {
			groups[w] = m.lineGroup(n)
		}
		t.ceilings(q, c, groups, names)
		for _, s := range systems {
			list := s.list(q, c)
			list = list[:min(len(list), listLength)]
			r := talliedCase{slots: c.slots, part: c.part}
			for h := range r.scores {
				hits := make([][]bool, len(list))
				for at, g := range list {
					hits[at] = make([]bool, len(c.want))
					for w := range c.want {
						hits[at][w] = g == groups[w] || h == 1 && alike(&names[g], &c.bare[w])
					}
				}
				relevant, first := places(hits, len(c.want))
				for _, k := range measured() {
					r.scores[h] = append(r.scores[h], score(relevant, first, k))
				}
				for _, at := range first {
					r.found[h] = append(r.found[h], at < 20)
				}
			}
			for _, g := range list[:min(len(list), 20)] {
				t.shown[s.name][m.groups[g].name] = true
				t.listed[s.name]++
				if !head[g] {
					t.tail[s.name]++
				}
			}
			t.cases[s.name] = append(t.cases[s.name], r)
		}
		q.release()
	}
}

// maxCompared is the number of cases times names above which the ceiling is not
// computed: it compares every indicator with every name.
const maxCompared = 20_000_000

func (t *evalTally) ceilings(q *query, c *evalCase, groups []int32, names []bareName) {
	t.wanted += len(c.want)
	if t.tooMany {
		return
	}
	for w, own := range groups {
		var found [2][2]bool
		for g := range q.m.groups {
			used := q.users(int32(g)) > 0
			if !used && q.m.groups[g].concept < 0 {
				continue
			}
			same := int32(g) == own
			if !same && !alike(&names[g], &c.bare[w]) {
				continue
			}
			found[1][0], found[1][1] = true, found[1][1] || used
			if same {
				found[0][0], found[0][1] = true, used
			}
		}
		for h := range found {
			for i, ok := range found[h] {
				if ok {
					t.ceiling[h][i]++
				}
			}
		}
	}
}

// head are the most used fifth of the groups in use.
func (m *Model) head() map[int32]bool {
	var used []found
	for g := range m.groups {
		if n := len(m.groups[g].uses); n > 0 {
			used = append(used, found{int32(g), float64(n)})
		}
	}
	slices.SortFunc(used, byValue)
	out := make(map[int32]bool)
	for _, f := range used[:(len(used)+4)/5] {
		out[f.doc] = true
	}
	return out
}

func (t *evalTally) measured() []Measured {
	var out []Measured
	for h, hit := range []Hit{SameConcept, AlikeName} {
		r := Measured{Hit: hit, Ceiling: -1, CeilingHistory: -1}
		if !t.tooMany && t.wanted > 0 {
			r.Ceiling, r.CeilingHistory = float64(t.ceiling[h][0])/float64(t.wanted), float64(t.ceiling[h][1])/float64(t.wanted)
		}
		for _, name := range t.systems {
			r.Systems = append(r.Systems, t.system(name, h))
		}
		out = append(out, r)
	}
	return out
}

func (t *evalTally) system(name string, h int) System {
	s := System{Name: name}
	cases := t.cases[name]
	for i, k := range measured() {
		at := At{K: k}
		for j, to := range []*Interval{&at.Recall, &at.HitRate, &at.NDCG, &at.MRR} {
			x := make([]float64, len(cases))
			for c := range cases {
				x[c] = cases[c].scores[h][i][j]
			}
			*to = bootstrap(x, t.opt.Draws, t.opt.Seed)
		}
		s.At = append(s.At, at)
	}
	for i, slot := range slots() {
		r := SlotRecall{Slot: slot}
		for _, c := range cases {
			for w, at := range c.slots {
				if at == i {
					r.Indicators++
					r.Recall += is(c.found[h][w])
				}
			}
		}
		if r.Indicators > 0 {
			r.Recall /= float64(r.Indicators)
			s.Slots = append(s.Slots, r)
		}
	}
	parts := map[string]*PartRecall{}
	for _, c := range cases {
		if c.part == "" {
			continue
		}
		p := parts[c.part]
		if p == nil {
			p = &PartRecall{Part: c.part, Recall: make([]float64, len(measured()))}
			parts[c.part] = p
		}
		p.Projects++
		for i := range p.Recall {
			p.Recall[i] += c.scores[h][i][0]
		}
	}
	for _, p := range parts {
		for i := range p.Recall {
			p.Recall[i] /= float64(p.Projects)
		}
		s.Parts = append(s.Parts, *p)
	}
	slices.SortFunc(s.Parts, func(a, b PartRecall) int { return strings.Compare(a.Part, b.Part) })
	used := 0
	for n := range t.shown[name] {
		if t.inUse[n] {
			used++
		}
	}
	if len(t.inUse) > 0 {
		s.Coverage = float64(used) / float64(len(t.inUse))
	}
	if n := t.listed[name]; n > 0 {
		s.LongTail = float64(t.tail[name]) / float64(n)
	}
	return s
}

// String is for messages: "0.312 (0.281–0.345)".
func (i Interval) String() string {
	f := func(x float64) string { return strconv.FormatFloat(x, 'f', 3, 64) }
	return f(i.Value) + " (" + f(i.Low) + "–" + f(i.High) + ")"
}
