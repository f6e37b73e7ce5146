package workspace

import (
	"cmp"
	"context"
	"math"
	"slices"

	"yardstick"
	"yardstick/analysis/catalog"
	"yardstick/indicators/library"
)

// adviceKinds are the kinds of advice in the order in which they are shown.
var adviceKinds = []AdviceKind{
	{Kind: catalog.Merge, Label: "合并"}, {Kind: catalog.Retire, Label: "停用"},
	{Kind: catalog.Quantify, Label: "量化"}, {Kind: catalog.Add, Label: "补充"},
}

// weakest is the less certain of two source statuses.
func weakest(a, b string) string {
	order := []string{"proposed", "recalled", "reported", "read"}
	if a == "" || slices.Index(order, b) < slices.Index(order, a) {
		return b
	}
	return a
}

// adviceRules names the rules behind each kind.
var adviceRules = map[string][]string{
	catalog.Merge: {"near.name"}, catalog.Retire: {"retire.projects", "tells.full", "tells.least"},
	catalog.Quantify: {"quantify.share", "quantify.least"}, catalog.Add: {"add.projects"},
}

// maxMoving is how many rising and falling entries are shown.
const maxMoving = 10

// Health says what the loaded forms advise to do with the library: what to
// merge, retire, quantify and add, each with its reason.
func (w *Workspace) Health(ctx context.Context, q HealthQuery) (LibraryHealth, error) {
	if q.Kind != "" && !slices.ContainsFunc(adviceKinds, func(k AdviceKind) bool { return k.Kind == q.Kind }) || q.Limit < 0 || q.Offset < 0 {
		return LibraryHealth{}, &yardstick.Error{Kind: yardstick.Invalid, Op: "workspace.Health", Msg: "kind 只能是 merge、retire、quantify 或 add；limit 和 offset 不小于 0。"}
	}
	u, err := w.use(ctx)
	if err != nil {
		return LibraryHealth{}, err
	}
	state := w.lib.Load()
	out := LibraryHealth{Entries: state.Len(), Projects: u.all, Kinds: slices.Clone(adviceKinds), Advice: []Advice{}, Rising: []Moving{}, Falling: []Moving{}}
	for _, n := range u.names {
		out.Names++
		out.Lines.Of += n.Lines
		if n.Entry != "" {
			out.Matched.Part++
			out.Lines.Part += n.Lines
		}
	}
	out.Matched.Of = out.Names
	all, err := w.advice(ctx, u, q.Sector)
	if err != nil {
		return LibraryHealth{}, err
	}
	limit := cmp.Or(q.Limit, 50)
	for i := range out.Kinds {
		k := &out.Kinds[i]
		for _, name := range adviceRules[k.Kind] {
			r := u.rules[name]
			k.Rule += r.Say() + "。"
			k.Status = weakest(k.Status, r.Status)
		}
		for _, a := range all {
			if a.Kind != k.Kind {
				continue
			}
			k.Total++
			if (q.Kind == "" || q.Kind == k.Kind) && k.Total > q.Offset && k.Total <= q.Offset+limit {
				out.Advice = append(out.Advice, a)
			}
		}
	}
	for _, e := range state.Entries() {
		if u.entries[e.ID].Projects > 0 {
			out.Used++
		}
	}
	out.Rising, out.Falling = u.moving(state)
	if u.all == 0 {
		out.Note = "还没有导入表单：用得多少、有没有区分度都判断不了，只能看库里有没有重复。"
	}
	return out, nil
}

// advice is all advice, by kind.
func (w *Workspace) advice(ctx context.Context, u *usage, sector string) ([]Advice, error) {
	entries := u.catalog
	var out []Advice
	for _, a := range u.rules.Advise(entries, u.pairs()) {
		e := entries[a.Entry]
		if sector != "" && e.Sector != sector {
			continue
		}
		adv := Advice{Kind: a.Kind, ID: e.ID, Name: e.Name, Sector: e.Sector, Level2: e.Level2, Unit: e.Unit, Projects: e.Use.Projects, Reason: a.Reason}
		switch a.Kind {
		case catalog.Merge:
			adv.Other, adv.OtherName = entries[a.Other].ID, entries[a.Other].Name
			adv.Action = "并入“" + adv.OtherName + "”"
		case catalog.Retire:
			adv.Action = "停用"
		case catalog.Quantify:
			adv.Action = "改成定量"
		}
		out = append(out, adv)
	}
	proposals, err := w.proposals(ctx, sector)
	if err != nil {
		return nil, err
	}
	for _, p := range proposals {
		if p.Projects < int(u.rules["add.projects"].Value) {
			break // most projects first
		}
		out = append(out, Advice{Kind: catalog.Add, Name: p.Name, Sector: p.Sector, Level2: p.Level2, Unit: p.Unit, Projects: p.Projects,
			Reason: p.Reason, Action: "加入指标库", Names: p.Members})
	}
	return out, ctx.Err()
}

// catalogEntries hands the library with its use to the analysis.
func catalogEntries(state *libraryState, u *usage) []catalog.Entry {
	list := state.Entries()
	out := make([]catalog.Entry, 0, len(list))
	for _, e := range list {
		c := catalog.Entry{ID: e.ID, Name: e.Name, Aliases: e.Aliases, Level2: e.Level2, Sector: e.Sector, Unit: e.Unit,
			Quantitative: e.Quantitative(), Common: e.Sector == library.Common, Use: u.entries[e.ID].Use, SectorProjects: u.sectors[e.Sector]}
		if c.Common {
			c.SectorProjects = u.all
		}
		out = append(out, c)
	}
	return out
}

// moving are the entries whose share of projects rose and fell most.
func (u *usage) moving(state *libraryState) (rising, falling []Moving) {
	rising, falling = []Moving{}, []Moving{}
	share := func(y YearUse) float64 { return float64(y.Projects) / math.Max(1, float64(y.All)) }
	for _, e := range state.Entries() {
		v, early, late := u.rules.Trend(u.years[e.ID])
		m := Moving{ID: e.ID, Name: e.Name, From: YearUse{Year: early.Year, Projects: early.Projects, All: early.All},
			To: YearUse{Year: late.Year, Projects: late.Projects, All: late.All}, Why: v.Why}
		switch v.Word {
		case "上升":
			rising = append(rising, m)
		case "下降":
			falling = append(falling, m)
		}
	}
	most := func(a, b Moving) int {
		return cmp.Or(cmp.Compare(math.Abs(share(b.To)-share(b.From)), math.Abs(share(a.To)-share(a.From))), cmp.Compare(a.ID, b.ID))
	}
	slices.SortFunc(rising, most)
	slices.SortFunc(falling, most)
	return rising[:min(maxMoving, len(rising))], falling[:min(maxMoving, len(falling))]
}

// near are the entries that may be the same as one.
func (u *usage) near(id string) []NearEntry {
	entries := u.catalog
	out := []NearEntry{}
	for _, p := range u.pairs() {
		other := -1
		switch id {
		case entries[p.A].ID:
			other = p.B
		case entries[p.B].ID:
			other = p.A
		default:
			continue
		}
		e := entries[other]
		out = append(out, NearEntry{ID: e.ID, Name: e.Name, Sector: e.Sector, Level2: e.Level2, Unit: e.Unit, Score: math.Round(100*p.Score) / 100, Why: p.Why})
	}
	return out
}
