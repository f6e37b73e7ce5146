package workspace

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"yardstick"
	"yardstick/indicators/library"
)

// shippedVersion asks for the library as it came with the program.
const shippedVersion = -1

// at returns the library after a version: 0 the one in force, -1 the shipped one.
func (w *Workspace) at(op string, version int) (*libraryState, error) {
	s := w.lib.Load()
	switch {
	case version == 0 || version == s.version:
		return s, nil
	case version < shippedVersion || version > s.version:
		return nil, &yardstick.Error{Kind: yardstick.NotFound, Op: op,
			Msg: fmt.Sprintf("没有第 %d 版指标库，现行的是第 %d 版。", version, s.version)}
	}
	n := 0
	for n < len(s.changes) && s.changes[n].Version <= version {
		n++
	}
	return newLibraryState(w.shipped, s.changes[:n])
}

// Library lists the entries that pass the filters, by id, and how they spread
// over the classes.
func (w *Workspace) Library(ctx context.Context, q LibraryQuery) (LibraryList, error) {
	const op = "workspace.Library"
	if q.Limit < 0 || q.Offset < 0 {
		return LibraryList{}, &yardstick.Error{Kind: yardstick.Invalid, Op: op, Msg: "limit 和 offset 不小于 0。"}
	}
	for _, c := range []struct {
		name, got string
		want      []string
	}{{"used", q.Used, []string{"", "yes", "no"}}, {"origin", q.Origin, []string{"", "shipped", "edited", "own"}}} {
		if !slices.Contains(c.want, c.got) {
			return LibraryList{}, &yardstick.Error{Kind: yardstick.Invalid, Op: op, Msg: c.name + " 只能是 " + strings.Join(c.want[1:], "、") + "，现为 " + c.got + "。"}
		}
	}
	state, err := w.at(op, q.Version)
	if err != nil {
		return LibraryList{}, err
	}
	u, err := w.use(ctx)
	if err != nil {
		return LibraryList{}, err
	}
	entries := state.Entries()
	if q.Retired {
		entries = entries[:0]
		for _, e := range state.retired {
			entries = append(entries, e)
		}
		slices.SortFunc(entries, func(a, b library.Entry) int { return strings.Compare(a.ID, b.ID) })
	}
	out := LibraryList{Version: max(state.version, 0), Entries: []LibraryRow{}, Classes: []ClassCount{}, Sectors: sectorTree(state)}
	classes := map[[2]string]int{}
	for _, e := range entries {
		row := LibraryRow{Entry: state.entry(e), Projects: u.entries[e.ID].Projects}
		if !q.admits(row) {
			continue
		}
		classes[[2]string{e.Level1, e.Level2}]++
		out.Total++
		if out.Total > q.Offset && (q.Limit == 0 || len(out.Entries) < q.Limit) {
			out.Entries = append(out.Entries, row)
		}
	}
	for _, c := range library.Classes() {
		if n := classes[c]; n > 0 {
			out.Classes = append(out.Classes, ClassCount{c[0], c[1], n})
		}
	}
	return out, ctx.Err()
}

func (q LibraryQuery) admits(r LibraryRow) bool {
	for _, c := range []struct{ want, got string }{{q.Sector, r.Sector}, {q.Level1, r.Level1}, {q.Level2, r.Level2}, {q.Origin, r.Origin}} {
		if c.want != "" && c.want != c.got {
			return false
		}
	}
	if q.Function != "" && !slices.ContainsFunc(r.Function, func(f string) bool { return strings.HasPrefix(f, q.Function) }) {
		return false
	}
	if q.Type != "" && !slices.Contains(r.ProjectTypes, q.Type) {
		return false
	}
	if q.Used == "yes" && r.Projects == 0 || q.Used == "no" && r.Projects > 0 {
		return false
	}
	if t := strings.TrimSpace(q.Text); t != "" {
		return slices.ContainsFunc(append([]string{r.ID, r.Name}, r.Aliases...), func(s string) bool { return strings.Contains(s, t) })
	}
	return true
}

// sectorTree is the functional classes that have entries, with their 款.
func sectorTree(state *libraryState) []SectorNode {
	count, codes := map[string]int{}, map[string]int{}
	for _, e := range state.Entries() {
		count[e.Sector]++
		for _, f := range e.Function {
			codes[f]++
		}
	}
	nodes := []SectorNode{{Name: library.Common, Count: count[library.Common], Functions: []FunctionNode{}}}
	seen := map[string]bool{library.Common: true}
	for _, f := range state.Functions() {
		if len(f.Code) == 3 && count[f.Name] > 0 {
			nodes = append(nodes, SectorNode{Code: f.Code, Name: f.Name, Count: count[f.Name], Functions: []FunctionNode{}})
			seen[f.Name] = true
			continue
		}
		if last := &nodes[len(nodes)-1]; codes[f.Code] > 0 && last.Code != "" && strings.HasPrefix(f.Code, last.Code) {
			last.Functions = append(last.Functions, FunctionNode{f.Code, f.Name, codes[f.Code]})
		}
	}
	for _, s := range state.Sectors() {
		if !seen[s] {
			nodes = append(nodes, SectorNode{Name: s, Count: count[s], Functions: []FunctionNode{}})
		}
	}
	return nodes
}

// DiffLibrary compares two states of the library: "shipped", "current" or a
// version's number. Left out, from is shipped and to is current.
func (w *Workspace) DiffLibrary(ctx context.Context, from, to string) (LibraryDiff, error) {
	from, to = cmp.Or(from, "shipped"), cmp.Or(to, "current")
	a, err := w.named(from)
	if err != nil {
		return LibraryDiff{}, err
	}
	b, err := w.named(to)
	if err != nil {
		return LibraryDiff{}, err
	}
	d := diff(a, b)
	d.From, d.To = stateName(from), stateName(to)
	return d, ctx.Err()
}

// named is a state of the library by its name.
func (w *Workspace) named(name string) (*libraryState, error) {
	const op = "workspace.DiffLibrary"
	switch name {
	case "shipped":
		return w.at(op, shippedVersion)
	case "current":
		return w.at(op, 0)
	}
	n, err := strconv.Atoi(name)
	if err != nil || n < 0 {
		return nil, &yardstick.Error{Kind: yardstick.Invalid, Op: op, Msg: "“" + name + "”不是指标库的版本：写 shipped、current 或版本号。"}
	}
	if n == 0 {
		n = shippedVersion
	}
	return w.at(op, n)
}

func stateName(name string) string {
	switch name {
	case "shipped", "0":
		return "随软件发布"
	case "current":
		return "现行"
	}
	return "第 " + name + " 版"
}

func diff(a, b *libraryState) LibraryDiff {
	out := LibraryDiff{Added: []Entry{}, Removed: []Entry{}, Changed: []EntryDiff{}}
	for _, e := range a.Entries() {
		after, ok := b.ByID(e.ID)
		if !ok {
			out.Removed = append(out.Removed, a.entry(e))
		} else if fields := fieldChanges(e, after); len(fields) > 0 {
			out.Changed = append(out.Changed, EntryDiff{ID: e.ID, Name: after.Name, Fields: fields})
		}
	}
	for _, e := range b.Entries() {
		if _, ok := a.ByID(e.ID); !ok {
			out.Added = append(out.Added, b.entry(e))
		}
	}
	return out
}
