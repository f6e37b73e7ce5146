package naming

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
// group, over all indicators (docs/methods.md; statistics.md §3).
type Shares struct {
	Projects   int
	Indicators int
	Exact      Ratio // same Key
	Similar    Ratio // same Key or bigram Dice ≥ SimilarDice
	Concept    Ratio // same concept, or same Key where unmatched
}

// SimilarDice is the least Dice coefficient of character bigrams at which two
// names count as similar (statistics.md §3).
const SimilarDice = 0.6

// Elsewhere computes Shares.
func Elsewhere(projects []Project) Shares {
	s := Shares{Projects: len(projects)}
	groups := make(map[string]map[int]bool)
	group := make([]int, len(projects))
	ids := make(map[string]int)
	for i, p := range projects {
		g := "g" + p.Group
		if p.Group == "" {
			g = "p" + p.ID
		}
		if _, ok := ids[g]; !ok {
			ids[g] = len(ids)
		}
		group[i] = ids[g]
		for _, f := range p.Indicators {
			k := Key(f.Text)
			if groups[k] == nil {
				groups[k] = make(map[int]bool)
			}
			groups[k][group[i]] = true
		}
	}
	exact := 0
	for _, p := range projects {
		for _, f := range p.Indicators {
			s.Indicators++
			if len(groups[Key(f.Text)]) > 1 {
				exact++
			}
		}
	}
	s.Exact = Wilson(exact, s.Indicators)
	return s
}
