package catalog

import (
	"cmp"
	"fmt"
	"slices"
)

// The kinds of advice.
const (
	Merge    = "merge"
	Retire   = "retire"
	Quantify = "quantify"
	Add      = "add"
)

// Advice is one thing to do with the library.
type Advice struct {
	Kind   string
	Entry  int // position in the list given; −1 for an addition
	Other  int // of a merge: the entry to keep; −1 otherwise
	Reason string
}

// Advise says what to merge, retire and quantify among entries, by the rules;
// pairs are those of Near. Merging keeps the entry that more projects use, of
// equals the first. Most used first within a kind, then by id.
func (r Rules) Advise(entries []Entry, pairs []Pair) []Advice {
	var out []Advice
	for _, p := range pairs {
		from, into := p.B, p.A
		if entries[p.B].Use.Projects > entries[p.A].Use.Projects {
			from, into = p.A, p.B
		}
		out = append(out, Advice{Merge, from, into, fmt.Sprintf("%s；%d 个项目用“%s”，%d 个用“%s”",
			p.Why, entries[into].Use.Projects, entries[into].Name, entries[from].Use.Projects, entries[from].Name)})
	}
	unused, least := int(r.value("retire.projects")), int(r.value("quantify.least"))
	for i, e := range entries {
		u := e.Use
		switch v := r.Tells(u.Full, u.Scored); {
		case u.Projects == 0 && e.SectorProjects >= unused:
			where := e.Sector
			if e.Common {
				where = "全部功能分类"
			}
			out = append(out, Advice{Retire, i, -1, fmt.Sprintf("%s已导入 %d 个项目，没有一个用过", where, e.SectorProjects)})
		case v.Word == "区分度低":
			out = append(out, Advice{Retire, i, -1, v.Why + "，分不出项目的好坏"})
		}
		if u.Projects < least {
			continue
		}
		switch share := float64(u.Numeric) / float64(max(u.Lines, 1)); {
		case !e.Quantitative:
			out = append(out, Advice{Quantify, i, -1, fmt.Sprintf("定性指标，%d 个项目在用：换成能数、能量的指标，或写明分档标准", u.Projects)})
		case share < r.value("quantify.share"):
			out = append(out, Advice{Quantify, i, -1, fmt.Sprintf("定量指标，%d 行里只有 %d 行写成了数字（%.0f%%）", u.Lines, u.Numeric, 100*share)})
		}
	}
	order := []string{Merge, Retire, Quantify}
	slices.SortStableFunc(out, func(a, b Advice) int {
		return cmp.Or(slices.Index(order, a.Kind)-slices.Index(order, b.Kind),
			cmp.Compare(entries[b.Entry].Use.Projects, entries[a.Entry].Use.Projects), cmp.Compare(entries[a.Entry].ID, entries[b.Entry].ID))
	})
	return out
}
