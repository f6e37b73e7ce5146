package workspace

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"yardstick"
	"yardstick/indicators/naming"
	"yardstick/store"
)

// The states of a name as filed.
const (
	nameMatched   = "matched"   // points to an entry
	nameDoubtful  = "doubtful"  // unmatched, but entries come near
	nameUnmatched = "unmatched" // nothing in the library comes near
	nameDecided   = "decided"   // a person said so
)

var nameLabels = []NameCount{
	{State: nameMatched, Label: "已对上"}, {State: nameDoubtful, Label: "拿不准"},
	{State: nameUnmatched, Label: "指标库里没有"}, {State: nameDecided, Label: "人工定的"},
}

// maxNames bounds a page of names. ExportNames writes all of them.
const maxNames = 10000

// nameState is the state of a name by its match; doubtful is the score from
// which the best alternative of an unmatched name is worth a look.
func nameState(n NameRow, best, doubtful float64) string {
	switch {
	case n.Method == "decided":
		return nameDecided
	case n.Entry != "":
		return nameMatched
	case best >= doubtful:
		return nameDoubtful
	}
	return nameUnmatched
}

// Names returns one page of the names as filed with what they stand for, most
// used first. The counts by state are those of the other filters.
func (w *Workspace) Names(ctx context.Context, q NameQuery) (NameList, error) {
	if q.Limit < 0 || q.Limit > maxNames || q.Offset < 0 {
		return NameList{}, &yardstick.Error{Kind: yardstick.Invalid, Op: "workspace.Names", Msg: fmt.Sprintf("limit 应在 0 到 %d 之间，offset 不小于 0。", maxNames)}
	}
	if q.Limit == 0 {
		q.Limit = 50
	}
	out := NameList{States: slices.Clone(nameLabels), Names: []NameRow{}}
	if q.State != "" && !slices.ContainsFunc(out.States, func(c NameCount) bool { return c.State == q.State }) {
		return NameList{}, &yardstick.Error{Kind: yardstick.Invalid, Op: "workspace.Names",
			Msg: "state 只能是 matched、doubtful、unmatched 或 decided，现为 " + q.State + "。"}
	}
	err := w.eachName(ctx, q, func(n NameRow, alternatives string) error {
		at := slices.IndexFunc(out.States, func(c NameCount) bool { return c.State == n.State })
		out.States[at].Names++
		out.States[at].Lines += n.Lines
		if q.State != "" && n.State != q.State {
			return nil
		}
		out.Total++
		if out.Total > q.Offset && len(out.Names) < q.Limit {
			if err := w.showAlternatives(&n, alternatives); err != nil {
				return err
			}
			out.Names = append(out.Names, n)
		}
		return nil
	})
	if err != nil {
		return NameList{}, err
	}
	return out, w.showDecisions(ctx, out.Names)
}

// eachName calls f for every name that passes the filters of q other than its
// state.
func (w *Workspace) eachName(ctx context.Context, q NameQuery, f func(n NameRow, alternatives string) error) error {
	u, err := w.use(ctx)
	if err != nil {
		return err
	}
	text := strings.TrimSpace(q.Text)
	for _, n := range u.names {
		if q.Sector != "" && n.Sector != q.Sector || q.Entry != "" && n.Entry != q.Entry ||
			text != "" && !strings.Contains(n.Name, text) && !strings.Contains(n.EntryName, text) {
			continue
		}
		if err := f(n.NameRow, n.alternatives); err != nil {
			return err
		}
	}
	return ctx.Err()
}

func (w *Workspace) showAlternatives(n *NameRow, text string) error {
	state := w.lib.Load()
	if err := json.Unmarshal([]byte(text), &n.Alternatives); err != nil {
		return fmt.Errorf("read alternatives of %s: %w", n.Name, err)
	}
	for i := range n.Alternatives {
		e, _ := state.ByID(n.Alternatives[i].ID)
		n.Alternatives[i].Name = e.Name
	}
	return nil
}

// showDecisions puts to each name the decision that holds for it.
func (w *Workspace) showDecisions(ctx context.Context, names []NameRow) error {
	list, err := w.store.Decisions(ctx)
	if err != nil {
		return err
	}
	by := map[[2]string]Decision{}
	for _, d := range standing(list) {
		by[[2]string{d.Key, d.Sector}] = w.decision(d, false)
	}
	for i := range names {
		for _, sector := range []string{names[i].Sector, ""} {
			if d, ok := by[[2]string{names[i].Key, sector}]; ok {
				names[i].Decision = &d
				break
			}
		}
	}
	return nil
}

// decision words a stored decision.
func (w *Workspace) decision(d store.NameDecision, undone bool) Decision {
	e, _ := w.lib.Load().ByID(d.Entry)
	return Decision{ID: int(d.ID), At: d.At, Source: d.Source, Name: d.Name, Key: d.Key, Sector: d.Sector, Verdict: d.Verdict,
		Entry: d.Entry, EntryName: e.Name, Note: d.Note, Undone: undone}
}

// Decisions returns the decisions about names, latest first, those taken back
// too. limit 0 means all.
func (w *Workspace) Decisions(ctx context.Context, limit, offset int) ([]Decision, error) {
	list, err := w.store.Decisions(ctx)
	if err != nil {
		return nil, err
	}
	undone := map[int64]bool{}
	for _, d := range list {
		undone[d.Undoes] = true
	}
	out := []Decision{}
	for _, d := range slices.Backward(list) {
		switch {
		case d.Verdict == "undo":
			continue
		case offset > 0:
			offset--
			continue
		case limit > 0 && len(out) == limit:
			return out, nil
		}
		out = append(out, w.decision(d, undone[d.ID]))
	}
	return out, nil
}

// Decide keeps what a person said about names, all or nothing, and applies it
// at once. The error is Invalid if a verdict or functional class is not known, and
// NotFound if an entry is not.
func (w *Workspace) Decide(ctx context.Context, list []Decision) ([]Decision, error) {
	w.editing.Lock()
	defer w.editing.Unlock()
	rows := make([]store.NameDecision, 0, len(list))
	for _, d := range list {
		row, _, err := w.checkDecision(ctx, d)
		if err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
	if len(rows) == 0 {
		return []Decision{}, nil
	}
	if err := w.decide(ctx, rows); err != nil {
		return nil, err
	}
	out := make([]Decision, len(rows))
	for i, r := range rows {
		out[i] = w.decision(r, false)
	}
	return out, nil
}

// part is what of a decision can be wrong.
type part int

const (
	partName part = iota
	partSector
	partVerdict
	partEntry
)

// checkDecision turns d into what is stored, or says which part of it is wrong.
func (w *Workspace) checkDecision(ctx context.Context, d Decision) (store.NameDecision, part, error) {
	const op = "workspace.Decide"
	bad := func(msg string) error { return &yardstick.Error{Kind: yardstick.Invalid, Op: op, Msg: msg} }
	row := store.NameDecision{Source: d.Source, Name: strings.TrimSpace(d.Name), Key: naming.Key(d.Name), Sector: d.Sector,
		Verdict: d.Verdict, Entry: d.Entry, Note: d.Note}
	if row.Key == "" {
		return row, partName, bad("没有写指标名称。")
	}
	state := w.lib.Load()
	if known, err := w.knownSector(ctx, state, d.Sector); err != nil {
		return row, partSector, err
	} else if !known {
		return row, partSector, bad("没有“" + d.Sector + "”这个功能分类，应为" + strings.Join(state.Sectors(), "、") + "之一；空着就是不分功能分类。")
	}
	switch d.Verdict {
	case "is", "not":
		if d.Entry == "" {
			return row, partEntry, bad("没有写“" + row.Name + "”说的是哪条指标的编号。")
		}
		if _, ok := state.ByID(d.Entry); !ok {
			return row, partEntry, state.missing(op, d.Entry)
		}
	case "none":
		if d.Entry != "" {
			return row, partEntry, bad("“" + row.Name + "”定为指标库里没有，就不写指标编号。")
		}
	default:
		return row, partVerdict, bad("verdict 只能是 is、not 或 none，现为“" + d.Verdict + "”。")
	}
	return row, 0, nil
}

// knownSector reports whether names can stand on forms of a functional class:
// one of the library, or another that an extract stated. "" is every class.
func (w *Workspace) knownSector(ctx context.Context, state *libraryState, sector string) (bool, error) {
	if sector == "" || slices.Contains(state.Sectors(), sector) {
		return true, nil
	}
	u, err := w.use(ctx)
	if err != nil {
		return false, err
	}
	return u.sectors[sector] > 0, nil
}

// decide stores decisions and shows what changed by them: the names and, in the
// index, the entries that they stood for and stand for now. The caller holds
// editing.
func (w *Workspace) decide(ctx context.Context, rows []store.NameDecision) error {
	keys := map[string]bool{}
	for _, r := range rows {
		keys[r.Key] = true
	}
	ids := map[string]bool{}
	collect := func(ctx context.Context) error {
		u, err := w.use(ctx)
		if err != nil {
			return err
		}
		for _, n := range u.names {
			if n.Entry != "" && keys[n.Key] {
				ids[n.Entry] = true
			}
		}
		return nil
	}
	if err := collect(ctx); err != nil {
		return err
	}
	if err := w.putDecisions(ctx, rows); err != nil {
		return err
	}
	ctx = context.WithoutCancel(ctx)
	if err := collect(ctx); err != nil {
		return err
	}
	w.indexEntries(ctx, ids)
	return nil
}

// putDecisions stores decisions and matches anew the names that they are about.
func (w *Workspace) putDecisions(ctx context.Context, rows []store.NameDecision) error {
	w.matching.Lock()
	defer w.matching.Unlock()
	// What is up to date before stays so but for the names decided on.
	if err := w.match(ctx); err != nil {
		return err
	}
	if err := w.store.PutDecisions(ctx, rows); err != nil {
		return err
	}
	w.forget()                       // whatever comes, what was counted no longer holds
	ctx = context.WithoutCancel(ctx) // stored, so shown
	all, err := w.store.Decisions(ctx)
	if err != nil {
		return err
	}
	keys := make([]string, 0, len(rows))
	for _, r := range rows {
		keys = append(keys, r.Key)
	}
	if err := w.store.ForgetMatches(ctx, keys, matchStamp(w.lib.Load(), all)); err != nil {
		return err
	}
	return w.match(ctx)
}

// UndoDecision takes a decision back; the name is matched as before it.
func (w *Workspace) UndoDecision(ctx context.Context, id int, source string) error {
	w.editing.Lock()
	defer w.editing.Unlock()
	list, err := w.store.Decisions(ctx)
	if err != nil {
		return err
	}
	for _, d := range standing(list) {
		if d.ID != int64(id) {
			continue
		}
		return w.decide(ctx, []store.NameDecision{{Source: source, Name: d.Name, Key: d.Key, Sector: d.Sector, Verdict: "undo", Undoes: d.ID,
			Note: fmt.Sprintf("撤销第 %d 个决定", d.ID)}})
	}
	return &yardstick.Error{Kind: yardstick.NotFound, Op: "workspace.UndoDecision", Msg: fmt.Sprintf("没有第 %d 个决定，或它已经撤销。", id)}
}

// Proposals are the clusters of unmatched names: concepts that the library may
// lack, most projects first. limit 0 means 50.
func (w *Workspace) Proposals(ctx context.Context, sector string, limit int) ([]NameProposal, error) {
	if limit <= 0 {
		limit = 50
	}
	list, err := w.proposals(ctx, sector)
	if err != nil {
		return nil, err
	}
	return list[:min(limit, len(list))], nil
}

func (w *Workspace) proposals(ctx context.Context, sector string) ([]NameProposal, error) {
	u, err := w.use(ctx)
	if err != nil {
		return nil, err
	}
	all := u.proposals()
	if sector == "" {
		return all, nil
	}
	out := []NameProposal{}
	for _, p := range all {
		if p.Sector == sector {
			out = append(out, p)
		}
	}
	return out, nil
}

// clusterNames groups the unmatched names.
func clusterNames(names []nameUse) []NameProposal {
	var unmatched []naming.Counted
	for _, n := range names {
		if n.Entry == "" {
			unmatched = append(unmatched, naming.Counted{Projects: n.Projects, Forms: n.Forms,
				Name: naming.Name{Text: n.Name, Level1: n.Level1, Level2: n.Level2, Sector: n.Sector, Unit: n.Unit}})
		}
	}
	out := []NameProposal{}
	for _, p := range naming.Cluster(unmatched, naming.ClusterOptions{}) {
		np := NameProposal{Name: p.Name, Level1: p.Level1, Level2: p.Level2, Sector: p.Sector, Unit: p.Unit, Projects: p.Projects,
			Forms: p.Forms, Members: []string{}}
		seen := map[string]bool{}
		for _, m := range p.Members {
			if !seen[m.Text] {
				seen[m.Text] = true
				np.Members = append(np.Members, m.Text)
			}
		}
		np.Reason = fmt.Sprintf("%d 个项目用了 %d 种写法，指标库里没有对应的指标", np.Projects, len(np.Members))
		out = append(out, np)
	}
	return out
}
