package recommend

import (
	"math"
	"slices"
	"strings"

	"yardstick/analysis/target"
)

// scratch is what an answer is worked out on, kept for the next one: marks all
// zero between two.
type scratch struct {
	inText []bool  // by term of the text index: the project's name or goal holds it
	marked []int32 // terms that are
	inHome []bool  // by term: the names of its units, type and class hold it
	home   []int32 // terms that are
	at     []int32 // by group: its place among the candidates, from 1
	list   []candidate
	order  []scored
	rest   [numSlots][]scored
}

// scored is a candidate's place in a list with what it is ordered by.
type scored struct {
	score     float64
	group, at int32
}

func (m *Model) scratch() *scratch {
	if s, ok := m.spare.Get().(*scratch); ok {
		return s
	}
	return &scratch{inText: make([]bool, len(m.text.uses)), inHome: make([]bool, len(m.text.uses)), at: make([]int32, len(m.groups))}
}

// release ends a query: its candidates are used no more.
func (q *query) release() {
	for _, t := range q.work.marked {
		q.work.inText[t] = false
	}
	for _, t := range q.work.home {
		q.work.inHome[t] = false
	}
	q.work.marked, q.work.home = q.work.marked[:0], q.work.home[:0]
	q.m.spare.Put(q.work)
	q.work = nil
}

// query is a request as the model sees it, with what was found for it. It must be
// released.
type query struct {
	m       *Model
	left    *left
	words   weighted
	work    *scratch
	name    string
	goal    string
	sector  string
	field   int32 // number of the sector among the entries' classes, −1 if no entry has it
	class   int32
	types   []match
	typ     int32
	kind    string // 建设, 购置, 运行; see kindWords
	level   int8
	budget  *float64
	have    []int32 // groups of the draft
	similar []neighbour
	note    string // why similar must not vote, "" if they may

	own         own // past of the unit that asks
	year        int
	frame       target.Frame
	haveWeights map[int32]WeightAdvice
	tasks       []task
}

// money is the budget in 万元, 0 if it is not known.
func (q *query) money() float64 {
	if q.budget == nil {
		return 0
	}
	return *q.budget
}

func (m *Model) query(r Request, leave *left) *query {
	q := &query{
		m: m, left: leave, name: r.Project, goal: r.Goal, sector: r.Sector, class: -1, typ: -1, budget: r.Budget, level: levelOf("", r.Department),
		words: projectText(r.Project, agencies(strings.Fields(r.Department)...), r.Goal),
		work:  m.scratch(),
		own:   m.ownOf(&r), year: r.Year, frame: r.Frame,
	}
	for _, text := range [...]string{r.Project, r.Goal} {
		for _, g := range bigrams(text) {
			if t, ok := m.text.ids[g]; ok && !q.work.inText[t] {
				q.work.inText[t] = true
				q.work.marked = append(q.work.marked, t)
			}
		}
	}
	q.field = -1
	if f, ok := m.fieldAt[r.Sector]; ok {
		q.field = f
	}
	if c, ok := m.sectorAt[r.Sector]; ok {
		q.class = c
	}
	var sure bool
	q.types, sure = m.words.match(r.Project, r.Goal, r.Sector)
	if stated := slices.IndexFunc(m.lib.Types, func(t Type) bool { return t.ID == r.Type }); stated >= 0 {
		q.types, sure = putFirst(q.types, int32(stated)), true
	}
	if sure {
		q.typ = q.types[0].typ
	}
	home := []string{r.Department, r.Unit, r.Sector}
	if q.typ >= 0 {
		home = append(append(home, m.lib.Types[q.typ].Name), m.lib.Types[q.typ].Words...)
	}
	for _, text := range home {
		for _, g := range bigrams(text) {
			if t, ok := m.text.ids[g]; ok && !q.work.inHome[t] {
				q.work.inHome[t] = true
				q.work.home = append(q.work.home, t)
			}
		}
	}
	q.kind = m.words.kinds.of(r.Project)
	for _, n := range r.Have {
		if g := m.groupOf(n, r.Sector); g >= 0 {
			q.have = append(q.have, g)
		}
	}
	q.readTasks(&r)
	q.similar = m.near(q)
	q.note = m.refusal(q)
	return q
}

// voters are the similar projects that an answer rests on: none if there are
// too few.
func (q *query) voters() []neighbour {
	if q.note != "" {
		return nil
	}
	return q.similar
}

const (
	perList = 150 // candidates taken from each list
	perSlot = 30  // of the library's entries of the functional class, for each slot
	// A keyword that more entries have says too little.
	maxKeyword = 300
)

// The features of a candidate, all from 0 to 1 or little above. Their weights
// are in weights.csv.
const (
	bySimilar  = iota // Σ likeness of the similar projects that use it ÷ Σ of all
	byClosest         // likeness of the most alike project that uses it
	byClass           // frequency in the functional class, shrunk to the overall one
	byType            // frequency in the project type, shrunk to that of the class
	byAll             // frequency overall
	byTemplate        // points in the template of a matching type ÷ 20, times how well it matches
	byCore            // core item of such a template, times how well it matches
	byPartner         // ln of the shrunk lift with what the draft has, the largest
	byTogether        // item cosine n_ij ÷ √(n_i n_j) with what the draft has, the mean over it
	byText            // BM25 of name, aliases and meaning against the project's words ÷ the best one's
	byName            // share of the name's bigrams, by rarity, that the project's name and goal hold
	byKeyword         // rarity of the entry's keywords in the project's name (in the goal half), at most 2
	bySuited          // the entry is said to fit a matching type, times how well it matches
	byFit             // entry of the functional class 1, common or not known 0.5, other 0
	byLibrary         // is an entry of the library
	numFeatures
)

func featureNames() [numFeatures]string {
	return [...]string{"similar", "closest", "class", "type", "all", "template", "core", "partner", "together", "text", "name", "keyword", "suited", "fit", "library"}
}

type features [numFeatures]float64

// candidate is a group with what speaks for it.
type candidate struct {
	group int32
	x     features
	bonus float64 // see habits
	score float64
}

// frequencyPrior is the number of projects' worth of the wider frequency that a
// narrower one is mixed with: in a class with few projects what is usual
// everywhere says more than what one of them happened to write.
const frequencyPrior = 10

// often brings a share onto a scale on which one project in a hundred still
// differs from none: ln(1 + 100 share) ÷ ln 101.
func often(share float64) float64 { return math.Log1p(100*math.Max(share, 0)) / math.Log(101) }

// candidates gathers everything that may be suggested, with its features, in the
// order in which it was found. They stand until the next call or release.
func (q *query) candidates() []candidate {
	m := q.m
	at, out := q.work.at, q.work.list[:0]
	get := func(g int32) *candidate {
		if at[g] == 0 {
			out = append(out, candidate{group: g})
			at[g] = int32(len(out))
		}
		return &out[at[g]-1]
	}
	total := 0.0
	for _, n := range q.voters() {
		total += n.likeness
		for _, g := range m.used.of(int(n.project)) {
			c := get(g)
			c.x[bySimilar] += n.likeness
			c.x[byClosest] = math.Max(c.x[byClosest], n.likeness)
		}
	}
	for i := range out {
		out[i].x[bySimilar] /= total
	}
	for _, t := range q.types {
		for _, it := range m.items[t.typ] {
			c := get(it.group)
			c.x[byTemplate] = math.Max(c.x[byTemplate], t.share*it.points/20)
			if it.core {
				c.x[byCore] = math.Max(c.x[byCore], t.share)
			}
		}
	}
	for _, t := range q.types {
		for _, g := range m.fits[t.typ] {
			c := get(g)
			c.x[bySuited] = math.Max(c.x[bySuited], t.share)
		}
	}
	rarest := math.Log1p(float64(len(m.lib.Concepts)))
	q.m.keywords.find(q.name, q.goal, func(_ string, inName bool, to []int32) {
		if len(to) > maxKeyword {
			return
		}
		points := math.Log(float64(len(m.lib.Concepts)+1)/float64(len(to))) / rarest
		if !inName {
			points /= 2
		}
		for _, g := range to {
			c := get(g)
			c.x[byKeyword] = math.Min(2, c.x[byKeyword]+points)
		}
	})
	for _, h := range q.have {
		for _, p := range m.partners.of(int(h)) {
			if l := q.lift(h, p.group); l > 1 {
				c := get(p.group)
				c.x[byPartner] = math.Max(c.x[byPartner], math.Log(l))
			}
		}
	}
	for _, h := range q.have {
		q.alongside(h, func(g int32, cosine float64) { get(g).x[byTogether] += cosine / float64(len(q.have)) })
	}
	past, bonus := q.habits()
	for _, s := range q.habitual(past) {
		get(s.group).bonus = bonus * s.of
	}
	for _, t := range q.tasks {
		for _, h := range t.hits {
			get(h.group)
		}
	}
	match := m.text.bm25(q.words, pooled)
	for _, f := range match[:min(len(match), perList)] {
		get(f.doc).x[byText] = f.value / match[0].value
	}
	if q.class >= 0 {
		for _, g := range m.sectors[q.class].groups {
			get(g)
		}
	} else {
		for _, g := range m.popular {
			get(g)
		}
	}
	if q.typ >= 0 {
		for _, g := range m.types[q.typ].groups {
			get(g)
		}
	}
	for _, class := range []string{q.sector, common} {
		for _, g := range m.classes[class] {
			get(g)
		}
	}
	q.work.list = out
	kept := out[:0]
	for i := range out {
		c := &out[i]
		at[c.group] = 0
		if m.groups[c.group].concept < 0 && q.users(c.group) <= 0 {
			continue // filed by nobody but those left out
		}
		if m.groups[c.group].process == never {
			continue
		}
		q.frequencies(c)
		q.against(c)
		kept = append(kept, *c)
	}
	return kept
}

// against takes from a candidate's bonus what speaks against it, unless similar
// projects or the project's own past use it: how money was handled, and what
// belongs to other projects by its object or kind, where no template of the
// project's type has it. What several projects of the class use is no stranger.
func (q *query) against(c *candidate) {
	if c.x[bySimilar] > 0 || c.bonus > 0 {
		return
	}
	m, g := q.m, &q.m.groups[c.group]
	if max(c.x[byTemplate], c.x[bySuited]) > 0 {
		return
	}
	usual, _ := q.sectorUsers(c.group)
	if g.process == backward && usual < usualInClass {
		c.bonus += m.param["rank.process"]
	}
	if q.otherKind(g) {
		c.bonus += m.param["rank.kind"]
	}
	if len(g.objects) > 0 && usual < usualInClass {
		c.bonus += m.param["rank.foreign"] * q.foreign(g)
	}
}

// otherKind reports whether the project builds and g is for operation, or the
// other way round.
func (q *query) otherKind(g *group) bool {
	return q.kind == buildingKind && g.kind == operationKind || q.kind == operationKind && g.kind == buildingKind
}

// frequencies fills in how often the candidate is used, and what its text says.
func (q *query) frequencies(c *candidate) {
	g := &q.m.groups[c.group]
	all := 0.0
	if n := q.projects(); n > 0 {
		all = q.users(c.group) / n
	}
	n, of := q.sectorUsers(c.group)
	class := (n + frequencyPrior*all) / (of + frequencyPrior)
	n, of = q.typeUsers(c.group)
	kind := (n + frequencyPrior*class) / (of + frequencyPrior)
	c.x[byAll], c.x[byClass], c.x[byType] = often(all), often(class), often(kind)
	if g.rarity > 0 {
		shared := 0.0
		for _, t := range g.grams {
			if t >= 0 && q.work.inText[t] {
				shared += q.m.text.rarity[t]
			}
		}
		c.x[byName] = shared / g.rarity
	}
	c.x[byFit] = 0.5
	if g.concept >= 0 {
		c.x[byLibrary] = 1
		if q.sector != "" && g.field >= 0 {
			c.x[byFit] = is(g.field == q.field)
		}
	}
}

// lift is the shrunk lift of two groups, 0 where it is refused.
func (q *query) lift(a, b int32) float64 {
	n := q.together(a, b)
	if n == 0 {
		return 0
	}
	return (n + liftPrior) / (q.users(a)*q.users(b)/q.projects() + liftPrior)
}

// sharedBy is how many projects that use an indicator of the draft are looked
// through for what else they use, evenly chosen: it bounds the work. An
// indicator that more use says little by itself.
const sharedBy = 200

// alongside calls see with what projects that use h use besides, and the item
// cosine of one such project: 1 ÷ √(n_h n_g).
func (q *query) alongside(h int32, see func(g int32, cosine float64)) {
	uses := q.m.groups[h].uses
	step := max(1, (len(uses)+sharedBy-1)/sharedBy)
	all := q.users(h)
	for i := 0; i < len(uses); i += step {
		p := uses[i].project
		if q.left.has(p) {
			continue
		}
		for _, g := range q.m.used.of(int(p)) {
			if g != h {
				see(g, float64(step)/math.Sqrt(all*q.users(g)))
			}
		}
	}
}
