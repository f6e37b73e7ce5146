package naming

import (
	"cmp"
	"slices"
)

// Project is a project with its indicators, for Elsewhere.
type Project struct {
	ID         string
	Group      string // page or file it was published on; projects of one group don't count for each other; "" is a group of its own
	Indicators []Filed
}

// Filed is an indicator of a Project and the concept that it was matched to.
type Filed struct {
	Text  string
	Entry string // "" if unmatched
}

// Shares are the shares of indicators that exist in any project of another
// group. Names without a letter are left out.
type Shares struct {
	Projects   int // with an indicator
	Indicators int
	Exact      Share // same Key
	Similar    Share // Dice coefficient of the keys' pairs of characters ≥ SimilarDice
	Concept    Share // same concept; same Key where the indicator is unmatched
}

// Share is a leave-one-project-out share.
type Share struct {
	Of          Ratio   // over all indicators
	PerProject  float64 // mean over projects of a project's share; NaN without projects
	Indicators  int     // that exist elsewhere
	AnyProjects int     // projects with at least one
}

// SimilarDice is the least Dice coefficient of character bigrams at which two
// names count as similar (statistics.md §3: on the collected forms 10.5 % of a
// project's indicators exist elsewhere exactly, 25.2 % so).
const SimilarDice = 0.6

// Elsewhere computes Shares. It is deterministic and does not compare all names
// with all: similar ones are found by their rarest pairs of characters.
func Elsewhere(projects []Project) Shares {
	keys, group := keysOf(projects)
	byEntry := make(map[string]spread)
	for i, p := range projects {
		for _, f := range p.Indicators {
			if f.Entry != "" {
				byEntry[f.Entry] = byEntry[f.Entry].with(group[i])
			}
		}
	}
	similar := similarElsewhere(keys)
	at := make(map[string]int, len(keys))
	for i, k := range keys {
		at[k.text] = i
	}
	var s Shares
	var exact, alike, concept tally
	for i, p := range projects {
		n := [4]int{}
		for _, f := range p.Indicators {
			k, ok := at[Key(f.Text)]
			if !ok {
				continue
			}
			n[0]++
			same := keys[k].groups.beside(group[i])
			n[1] += whole(same)
			n[2] += whole(same || similar(k, group[i]))
			if f.Entry != "" {
				n[3] += whole(byEntry[f.Entry].beside(group[i]))
			} else {
				n[3] += whole(same)
			}
		}
		if n[0] == 0 {
			continue
		}
		s.Projects++
		s.Indicators += n[0]
		exact.add(n[1], n[0])
		alike.add(n[2], n[0])
		concept.add(n[3], n[0])
	}
	s.Exact, s.Similar, s.Concept = exact.share(), alike.share(), concept.share()
	return s
}

// tally sums a share over projects.
type tally struct {
	hits, of, projects, any int
	shares                  float64
}

func (t *tally) add(hits, of int) {
	t.hits += hits
	t.of += of
	t.projects++
	t.any += whole(hits > 0)
	t.shares += float64(hits) / float64(of)
}

func (t *tally) share() Share {
	return Share{Of: Wilson(t.hits, t.of), PerProject: t.shares / float64(t.projects), Indicators: t.hits, AnyProjects: t.any}
}

// spread is the set of groups in which something occurs, as far as it matters:
// one of them, and whether there are others. The zero spread is empty.
type spread struct {
	first int32 // number of a group, from 1
	more  bool
}

func (s spread) with(g int32) spread {
	switch {
	case s.first == 0:
		s.first = g
	case s.first != g:
		s.more = true
	}
	return s
}

// beside reports whether there is a group other than g.
func (s spread) beside(g int32) bool { return s.more || s.first != 0 && s.first != g }

// keyed is a distinct key with its groups and pairs of characters.
type keyed struct {
	text   string
	groups spread
	grams  []int32 // distinct, the rarest first
}

// keysOf returns the distinct keys in order, and the group of each project,
// numbered from 1.
func keysOf(projects []Project) ([]keyed, []int32) {
	type place struct {
		named bool
		name  string
	}
	number := make(map[place]int32)
	group := make([]int32, len(projects))
	at := make(map[string]int)
	var keys []keyed
	for i, p := range projects {
		g := place{true, p.Group}
		if p.Group == "" {
			g = place{false, p.ID}
		}
		if number[g] == 0 {
			number[g] = int32(len(number) + 1)
		}
		group[i] = number[g]
		for _, f := range p.Indicators {
			key := Key(f.Text)
			if key == "" {
				continue
			}
			k, ok := at[key]
			if !ok {
				k = len(keys)
				at[key] = k
				keys = append(keys, keyed{text: key})
			}
			keys[k].groups = keys[k].groups.with(group[i])
		}
	}
	slices.SortFunc(keys, func(a, b keyed) int { return cmp.Compare(a.text, b.text) })
	return keys, group
}

// similarElsewhere returns a function that tells whether a key similar to
// key k occurs in a group other than g.
func similarElsewhere(keys []keyed) func(k int, g int32) bool {
	number := make(map[[2]rune]int32)
	var count []int32
	for i := range keys {
		k := &keys[i]
		var last rune
		for j, r := range []rune(k.text) {
			if j > 0 {
				p := [2]rune{last, r}
				n, ok := number[p]
				if !ok {
					n = int32(len(count))
					number[p] = n
					count = append(count, 0)
				}
				if !slices.Contains(k.grams, n) {
					k.grams = append(k.grams, n)
					count[n]++
				}
			}
			last = r
		}
	}
	below := make([][]int32, len(count))
	for i := range keys {
		k := &keys[i]
		slices.SortFunc(k.grams, func(a, b int32) int { return cmp.Or(cmp.Compare(count[a], count[b]), cmp.Compare(a, b)) })
		for _, n := range k.grams[:prefix(len(k.grams))] {
			below[n] = append(below[n], int32(i))
		}
	}
	seen := make([]uint32, len(keys))
	mark := make([]uint32, len(count))
	epoch := uint32(0)
	return func(at int, g int32) bool {
		epoch++
		k := &keys[at]
		for _, n := range k.grams {
			mark[n] = epoch
		}
		for _, n := range k.grams[:prefix(len(k.grams))] {
			for _, j := range below[n] {
				o := &keys[j]
				if seen[j] == epoch || !o.groups.beside(g) {
					continue
				}
				seen[j] = epoch
				shared := 0
				for _, h := range o.grams {
					shared += whole(mark[h] == epoch)
				}
				if 2*float64(shared) >= SimilarDice*float64(len(k.grams)+len(o.grams)) {
					return true
				}
			}
		}
		return false
	}
}

// prefix is how many of the rarest of n pairs two keys with the Dice
// coefficient SimilarDice share at least one of: n − ⌈n·d/(2−d)⌉ + 1.
func prefix(n int) int {
	if n == 0 {
		return 0
	}
	need := int(float64(n)*SimilarDice/(2-SimilarDice) + 0.999999)
	return min(n, n-need+1)
}
