package naming

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"yardstick/indicators"
)

// Counted is an unmatched name with how often it is filed.
type Counted struct {
	Name
	Projects int // projects that file it
	Forms    int // forms that file it
}

// Proposal is a proposed new concept: names that say the same and match no
// entry. Class, unit and sector are the most frequent ones of the members
// (by projects), "" where none is known.
type Proposal struct {
	Name           string // the commonest clean spelling
	Level1, Level2 string // canonical, in the frame of 2021
	Sector         string
	Unit           string
	Projects       int // summed over members
	Forms          int // summed over members
	Members        []Counted
}

// ClusterOptions configures Cluster. The zero value is what the pages use.
type ClusterOptions struct {
	Similarity  float64 // least similarity of two names of one proposal, 0 to 1; 0 is 0.75
	MinProjects int     // proposals of fewer projects are left out; 0 keeps all
}

// Caps of Cluster; a name is never compared with all others.
const (
	defaultSimilarity = 0.75
	maxLeaders        = 400 // names read below one pair of characters
)

// Cluster groups unmatched names into proposals, ordered by projects (most
// first), then by name. It is deterministic and does not depend on the order of
// names. Names without a letter, and rows of the template, are left out.
//
// Names that are equal without weak words, years, amounts and remarks belong
// together. Of what is left the most frequent names lead; another one follows
// the leader that is most like it (Dice coefficient of pairs of characters
// weighted by rarity, at least Similarity), measures the same of the same
// thing and does not turn it around. Leaders are found by the rarest pairs of a name, as many as a
// name of that similarity must share one of (prefix filter), at most maxLeaders
// below a pair.
func Cluster(names []Counted, opt ClusterOptions) []Proposal {
	if opt.Similarity <= 0 || opt.Similarity > 1 {
		opt.Similarity = defaultSimilarity
	}
	groups := groupNames(names)
	leaders := lead(groups, opt.Similarity)
	members := make([][]Counted, len(groups))
	for i, l := range leaders {
		members[l] = append(members[l], groups[i].members...)
	}
	var out []Proposal
	for _, list := range members {
		if len(list) == 0 {
			continue
		}
		if p := propose(list); p.Projects >= opt.MinProjects {
			out = append(out, p)
		}
	}
	slices.SortFunc(out, func(a, b Proposal) int {
		return cmp.Or(cmp.Compare(b.Projects, a.Projects), cmp.Compare(a.Name, b.Name), cmp.Compare(b.Forms, a.Forms),
			cmp.Compare(a.Members[0].Text, b.Members[0].Text), compareCounted(a.Members[0], b.Members[0]))
	})
	return out
}

// group are names that are equal without what is weak.
type group struct {
	core     string
	kind     kind
	turns    uint8
	things   []uint16
	projects int
	forms    int
	members  []Counted
	grams    []int32 // distinct, the rarest first
	weight   float64
}

// groupNames joins equal names; the most frequent group comes first.
func groupNames(names []Counted) []group {
	l := words()
	at := make(map[string]int, len(names))
	var out []group
	var factors []float32
	var rewritten, core []rune
	for _, n := range names {
		if indicators.IsTemplate(limit(n.Text)) || !hasLetter(n.Text) {
			continue
		}
		c := clean(n.Text, nil)
		if len(c.text) == 0 {
			continue
		}
		if len(c.text) > maxRunes {
			c.text = c.text[:maxRunes]
		}
		rewritten = l.rewrite(rewritten[:0], c.text)
		factors = l.factors(factors[:0], rewritten)
		core = core[:0]
		for i, f := range factors {
			if f >= 0.4 {
				core = append(core, rewritten[i])
			}
		}
		if len(core) < 2 {
			core = append(core[:0], rewritten...)
		}
		g := group{core: string(core), kind: l.kindOf(rewritten), turns: l.opposites(string(rewritten)),
			things: l.things(nil, rewritten)}
		if g.kind.family == "" {
			g.kind = kindOfUnit(familyOf(n.Unit))
		}
		key := g.core + "\x00" + g.kind.name + "\x00" + g.kind.family
		k, ok := at[key]
		if !ok {
			k = len(out)
			at[key] = k
			out = append(out, g)
		}
		out[k].projects += n.Projects
		out[k].forms += n.Forms
		out[k].members = append(out[k].members, n)
	}
	slices.SortFunc(out, func(a, b group) int {
		return cmp.Or(cmp.Compare(b.projects, a.projects), cmp.Compare(b.forms, a.forms), cmp.Compare(a.core, b.core),
			cmp.Compare(a.kind.name, b.kind.name), cmp.Compare(a.kind.family, b.kind.family))
	})
	return out
}

// lead returns for each group the number of its leader, which may be itself.
func lead(groups []group, similarity float64) []int32 {
	rarity := gramsOf(groups)
	leaders := make([]int32, len(groups))
	below := make([][]int32, len(rarity)) // per pair: the leaders that may be found by it
	seen := make([]int32, len(groups))
	mark := make([]int32, len(rarity)) // per pair: held by the group at hand
	need := similarity / (2 - similarity)
	for i := range groups {
		g := &groups[i]
		for _, k := range g.grams {
			mark[k] = int32(i + 1)
		}
		best, at := 0.0, int32(i)
		prefix := prefixOf(g, rarity, need)
		for _, k := range g.grams[:prefix] {
			for _, j := range below[k] {
				if seen[j] == int32(i+1) {
					continue
				}
				seen[j] = int32(i + 1)
				o := &groups[j]
				if 2*math.Min(g.weight, o.weight) < similarity*(g.weight+o.weight) || !sameMeaning(g, o) {
					continue
				}
				shared := 0.0
				for _, h := range o.grams {
					if mark[h] == int32(i+1) {
						shared += rarity[h]
					}
				}
				if s := 2 * shared / (g.weight + o.weight); s >= similarity && s > best {
					best, at = s, j
				}
			}
		}
		leaders[i] = at
		if at != int32(i) {
			continue
		}
		for _, k := range g.grams[:prefix] {
			if len(below[k]) < maxLeaders {
				below[k] = append(below[k], int32(i))
			}
		}
	}
	return leaders
}

// gramsOf numbers the pairs of characters of all groups, sets each group's
// (rarest first) and weight, and returns the rarity of each pair.
func gramsOf(groups []group) []float64 {
	number := make(map[[2]rune]int32)
	var count []int32
	for i := range groups {
		g := &groups[i]
		last := rune(-1) // the edge of the name counts as a character
		for _, r := range g.core + "\x00" {
			p := [2]rune{last, r}
			last = r
			k, ok := number[p]
			if !ok {
				k = int32(len(count))
				number[p] = k
				count = append(count, 0)
			}
			if !slices.Contains(g.grams, k) {
				g.grams = append(g.grams, k)
				count[k]++
			}
		}
	}
	rarity := make([]float64, len(count))
	for k, n := range count {
		rarity[k] = math.Log(1 + float64(len(groups))/float64(n))
	}
	for i := range groups {
		g := &groups[i]
		slices.SortFunc(g.grams, func(a, b int32) int { return cmp.Or(cmp.Compare(count[a], count[b]), cmp.Compare(a, b)) })
		for _, k := range g.grams {
			g.weight += rarity[k]
		}
	}
	return rarity
}

// prefixOf is how many of the rarest pairs of g another group of the wanted
// similarity must share one of: what stays behind them weighs less than the
// overlap that is needed.
func prefixOf(g *group, rarity []float64, need float64) int {
	left := g.weight
	for n, k := range g.grams {
		if left < need*g.weight {
			return n
		}
		left -= rarity[k]
	}
	return len(g.grams)
}

// sameMeaning reports whether two groups may be one concept.
func sameMeaning(a, b *group) bool {
	_, _, other := compareKinds(a.kind, b.kind)
	differ, _, _ := compareThings(a.things, b.things)
	return !other && differ == 0 && a.turns == b.turns
}

func compareCounted(a, b Counted) int {
	return cmp.Or(cmp.Compare(b.Projects, a.Projects), cmp.Compare(b.Forms, a.Forms), cmp.Compare(a.Text, b.Text),
		cmp.Compare(a.Level1, b.Level1), cmp.Compare(a.Level2, b.Level2), cmp.Compare(a.Sector, b.Sector),
		cmp.Compare(a.Unit, b.Unit), cmp.Compare(a.Project, b.Project))
}

func propose(members []Counted) Proposal {
	slices.SortFunc(members, compareCounted)
	p := Proposal{Members: members}
	var names, classes, sectors, units votes
	for _, m := range members {
		p.Projects += m.Projects
		p.Forms += m.Forms
		names.add(spellingOf(m.Text), m)
		if l1, l2 := classOf(m.Level1, m.Level2); l1 != "" {
			if l2 == "成本指标" {
				l1, l2 = "成本指标", "经济成本指标"
			}
			classes.add(l1+"\x00"+l2, m)
		}
		sectors.add(m.Sector, m)
		units.add(strings.TrimSpace(m.Unit), m)
	}
	p.Name, p.Sector, p.Unit = names.most(), sectors.most(), units.most()
	p.Level1, p.Level2, _ = strings.Cut(classes.most(), "\x00")
	return p
}

// spellingOf is a name as it can stand in a library: without numbering, marks,
// years and a unit in brackets.
func spellingOf(text string) string {
	bare, _ := indicators.BareName(limit(text))
	if t := strings.Trim(dropYears(bare), ",.、;:。 "); t != "" {
		bare = t
	}
	if open := strings.LastIndexByte(bare, '('); open > 0 && strings.HasSuffix(bare, ")") {
		if Key(bare) == Key(bare[:open]) {
			bare = bare[:open]
		}
	}
	return bare
}

// votes counts what members say, by projects and then forms.
type votes struct {
	texts []string
	count []int
}

func (v *votes) add(text string, m Counted) {
	if text == "" {
		return
	}
	n := 1000*m.Projects + m.Forms + 1
	if i := slices.Index(v.texts, text); i >= 0 {
		v.count[i] += n
		return
	}
	if len(v.texts) < 200 { // members come the most frequent first
		v.texts, v.count = append(v.texts, text), append(v.count, n)
	}
}

// most is the commonest text; of equal ones the shorter, then the first.
func (v *votes) most() string {
	best := -1
	for i, t := range v.texts {
		if best < 0 || v.count[i] > v.count[best] || v.count[i] == v.count[best] &&
			(len(t) < len(v.texts[best]) || len(t) == len(v.texts[best]) && t < v.texts[best]) {
			best = i
		}
	}
	if best < 0 {
		return ""
	}
	return v.texts[best]
}
