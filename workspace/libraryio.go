package workspace

import (
	"context"
	"io"
	"path/filepath"
	"slices"

	"yardstick"
	"yardstick/indicators"
	"yardstick/indicators/library"
	"yardstick/ingest/catalog"
)

// maxLibraryFile bounds a table of indicators: a hundred thousand rows.
const maxLibraryFile = 64 << 20

// ExportLibrary writes the library in force, or another version of it, as a
// table (csv or xlsx) that ImportLibrary reads back.
func (w *Workspace) ExportLibrary(ctx context.Context, format string, version int, to io.Writer) error {
	const op = "workspace.ExportLibrary"
	if format != catalog.CSV && format != catalog.XLSX {
		return &yardstick.Error{Kind: yardstick.Invalid, Op: op, Msg: "导出的格式只能是 csv 或 xlsx，现为 " + format + "。"}
	}
	state, err := w.at(op, version)
	if err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return catalog.Write(to, format, state.Entries())
}

// ImportLibrary takes over a bureau's own table of indicators as one new
// version, whole or not at all. A row with a known number changes that entry, a
// row with the name of an entry of its functional class changes that one, any
// other row adds one. Columns that the table does not have stay as they are, and
// so do those whose cell is empty, except in rows with a number: there an
// emptied cell empties the field. With Replace, entries that the table does not
// have are retired. Rows that can't be taken are in the result.
func (w *Workspace) ImportLibrary(ctx context.Context, in LibraryImport) (LibraryImported, error) {
	data, err := readLimited(in)
	if err != nil {
		return LibraryImported{}, err
	}
	w.editing.Lock()
	defer w.editing.Unlock()
	state := w.lib.Load()
	table, err := catalog.Read(ctx, in.Name, data, state.Sectors())
	if err != nil {
		return LibraryImported{}, err
	}
	if len(table.Rows)+len(table.Rejected) == 0 {
		return LibraryImported{}, &yardstick.Error{Kind: yardstick.Invalid, Op: "workspace.ImportLibrary", Msg: in.Name + " 的表头下面没有指标。"}
	}
	out := LibraryImported{DryRun: in.DryRun, Rows: len(table.Rows) + len(table.Rejected), Blank: table.Blank, Columns: list(table.Columns),
		Rejected: problems(table.Rejected), Warnings: problems(table.Warnings)}
	file := filepath.Base(in.Name) // the log is no place for the folders of a machine
	changes, err := unstored(state.plan(table, in, &out), in.Source, file, in.Note)
	if err != nil {
		return LibraryImported{}, err
	}
	after, err := newLibraryState(w.shipped, slices.Concat(state.changes, changes))
	if err != nil {
		return LibraryImported{}, err
	}
	out.Diff = diff(state, after)
	out.Diff.From, out.Diff.To = "现行", file
	if in.DryRun || len(changes) == 0 {
		return out, nil
	}
	stored, err := w.keep(ctx, changes)
	if err != nil {
		return LibraryImported{}, err
	}
	out.Version = stored[0].Version
	return out, nil
}

func readLimited(in LibraryImport) ([]byte, error) {
	const op = "workspace.ImportLibrary"
	r, err := in.Open()
	if err != nil {
		return nil, &yardstick.Error{Kind: yardstick.NotFound, Op: op, Err: err, Msg: in.Name + " 打不开。核对路径后重试。"}
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, maxLibraryFile+1))
	if err != nil { // a folder opens, but can't be read
		return nil, &yardstick.Error{Kind: yardstick.Invalid, Op: op, Err: err, Msg: in.Name + " 读不了：是文件夹，或读到一半断了。"}
	}
	if len(data) > maxLibraryFile {
		return nil, &yardstick.Error{Kind: yardstick.Invalid, Op: op, Msg: in.Name + " 超过 64 MB。指标表不会这么大，核对一下是不是选错了文件。"}
	}
	return data, nil
}

// plan turns the rows of a table into changes and counts them in out.
func (s *libraryState) plan(table *catalog.Table, in LibraryImport, out *LibraryImported) []proposed {
	named := map[string]string{}    // functional class and name → id
	anywhere := map[string]string{} // name → id; "" where several have it
	alias := map[string]string{}    // functional class and alias → id; "" where several have it
	once := func(m map[string]string, key, id string) {
		if other, twice := m[key]; twice && other != id {
			id = ""
		}
		m[key] = id
	}
	for _, e := range s.Entries() {
		named[nameKey(e)] = e.ID
		once(anywhere, indicators.NormalName(e.Name), e.ID)
		for _, a := range e.Aliases {
			once(alias, e.Sector+"|"+indicators.NormalName(a), e.ID)
		}
	}
	next := numbers(s, table)
	taken := map[string]bool{}
	left := slices.Clone(table.Left)
	var plan []proposed
	for _, r := range table.Rows {
		reject := func(msg string) {
			left = append(left, r.Entry)
			out.Rejected = append(out.Rejected, LibraryProblem{File: in.Name, Sheet: r.Sheet, Cell: r.Cell, Code: "library.conflict", Message: msg, Raw: r.Entry.Name})
		}
		id, own := r.Entry.ID, r.Entry.ID != ""
		place := r.Entry
		if !own && !r.Given["sector"] { // the table names no class: whatever class has the name
			id = anywhere[indicators.NormalName(place.Name)]
		}
		if e, known := s.ByID(id); known && !r.Given["sector"] {
			place.Sector = e.Sector // Read fills in 共性
		}
		key := nameKey(place)
		if other, ok := named[key]; ok && own && other != id {
			reject("“" + r.Entry.Name + "”已是 " + other + " 的名称，没有收。")
			continue
		} else if ok {
			id = other
		}
		if known := alias[key]; id == "" && known != "" && !taken[known] {
			e, _ := s.ByID(known)
			out.Warnings = append(out.Warnings, LibraryProblem{File: in.Name, Sheet: r.Sheet, Cell: r.Cell, Code: "library.alias",
				Message: "“" + r.Entry.Name + "”是 " + known + "“" + e.Name + "”的别名，收到那一条里，名称不变。", Raw: r.Entry.Name})
			id = known
			r.Given["name"] = false
		}
		if taken[id] && id != "" {
			reject("编号 " + id + " 在表里出现了不止一次，只收第一行。")
			continue
		}
		before, known := s.ByID(id)
		if !known {
			action, e := "add", r.Entry
			if old, gone := s.retired[id]; gone {
				action, e = "restore", laidOver(old, r, own)
			} else if !own {
				e.ID = next()
			}
			taken[e.ID], named[key] = true, e.ID
			plan = append(plan, proposed{action: action, after: e})
			out.Added++
			continue
		}
		taken[id] = true
		after := laidOver(before, r, own)
		if len(fieldChanges(before, after)) == 0 {
			out.Unchanged++
			continue
		}
		named[nameKey(after)] = id // no later row takes the new name
		plan = append(plan, proposed{action: "edit", before: before, after: after})
		out.Changed++
	}
	if in.Replace {
		retired := s.absent(taken, left)
		out.Retired = len(retired)
		plan = append(plan, retired...)
	}
	return plan
}

// nameKey is what no two entries share: functional class and name.
func nameKey(e library.Entry) string { return e.Sector + "|" + indicators.NormalName(e.Name) }

// absent proposes to retire the entries that a table does not have: neither
// among the rows taken, nor, by number or name, among those left out. A row with
// a mistake says that its entry is wanted.
func (s *libraryState) absent(taken map[string]bool, left []library.Entry) []proposed {
	there := map[string]bool{}
	for _, e := range left {
		there[e.ID] = true
		there[indicators.NormalName(e.Name)] = true
	}
	delete(there, "")
	var out []proposed
	for _, e := range s.Entries() {
		if !taken[e.ID] && !there[e.ID] && !there[indicators.NormalName(e.Name)] {
			out = append(out, proposed{action: "retire", before: e})
		}
	}
	return out
}

// laidOver is an entry with the columns that the table gives. Classes go
// together; what was inferred does not overwrite what is known.
func laidOver(before library.Entry, r catalog.Row, own bool) library.Entry {
	after := before
	for _, column := range library.Columns() {
		value := r.Entry.Get(column)
		if column == "id" || !r.Given[column] || value == "" && !own {
			continue
		}
		if err := after.Set(column, value); err != nil {
			return before // level 2 of another level 1, where the table gives one column of classes only
		}
	}
	if after.Check() != nil {
		after.Level1, after.Level2 = before.Level1, before.Level2
	}
	return after
}

// numbers hands out numbers of the bureau's own that neither the library nor the
// table has.
func numbers(state *libraryState, table *catalog.Table) func() string {
	used := map[string]bool{}
	for _, r := range table.Rows {
		used[r.Entry.ID] = true
	}
	n := lastOwn(state)
	return func() string {
		for {
			n++
			if id := ownID(n); !used[id] {
				return id
			}
		}
	}
}

func problems(list []yardstick.Issue) []LibraryProblem {
	out := make([]LibraryProblem, 0, len(list))
	for _, i := range list {
		out = append(out, LibraryProblem{File: i.File, Sheet: i.Sheet, Cell: i.Cell, Code: string(i.Code), Message: i.Message, Raw: i.Raw})
	}
	return slices.Clip(out)
}
