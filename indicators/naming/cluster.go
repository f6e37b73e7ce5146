package naming

import (
	"cmp"
	"slices"
)

// Counted is an unmatched name with how often it is filed.
type Counted struct {
	Name
	Projects int // projects that file it
	Forms    int // forms that file it
}

// Proposal is a proposed new concept: names that say the same and match no
// entry. Class, unit and sector are the most frequent ones of the members, ""
// where none is known.
type Proposal struct {
	Name           string // the commonest clean spelling
	Level1, Level2 string // canonical, where known
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

// Cluster groups unmatched names into proposals, ordered by projects (most
// first), then by name. It is deterministic and does not depend on the order of
// names.
func Cluster(names []Counted, opt ClusterOptions) []Proposal {
	byKey := make(map[string][]Counted)
	for _, n := range names {
		k := Key(n.Text)
		byKey[k] = append(byKey[k], n)
	}
	var out []Proposal
	for _, members := range byKey {
		p := propose(members)
		if p.Projects >= opt.MinProjects {
			out = append(out, p)
		}
	}
	slices.SortFunc(out, func(a, b Proposal) int {
		return cmp.Or(cmp.Compare(b.Projects, a.Projects), cmp.Compare(a.Name, b.Name))
	})
	return out
}

func propose(members []Counted) Proposal {
	slices.SortFunc(members, func(a, b Counted) int {
		return cmp.Or(cmp.Compare(b.Projects, a.Projects), cmp.Compare(b.Forms, a.Forms), cmp.Compare(a.Text, b.Text))
	})
	p := Proposal{Name: members[0].Text, Level1: members[0].Level1, Level2: members[0].Level2,
		Sector: members[0].Sector, Unit: members[0].Unit, Members: members}
	for _, m := range members {
		p.Projects += m.Projects
		p.Forms += m.Forms
	}
	return p
}
