package workspace

import (
	"context"
	"fmt"
	"io"
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
	out := LibraryImported{DryRun: in.DryRun, Rows: len(table.Rows) + len(table.Rejected), Columns: list(table.Columns),
		Rejected: problems(table.Rejected), Warnings: problems(table.Warnings)}
	plan := w.plan(state, table, in, &out)
	after, err := newLibraryState(w.shipped, state.changes)
	if err != nil {
		return LibraryImported{}, err
	}
	after = after.laid(plan)
	out.Diff = diff(state, after)
	out.Diff.From, out.Diff.To = "现行", in.Name
	if in.DryRun || len(plan) == 0 {
		return out, nil
	}
	changes, err := w.changes(ctx, plan, in.Source, in.Name, in.Note)
	if err != nil {
		return LibraryImported{}, err
	}
	out.Version = changes[0].Version
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
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", in.Name, err)
	}
	if len(data) > maxLibraryFile {
		return nil, &yardstick.Error{Kind: yardstick.Invalid, Op: op, Msg: in.Name + " 超过 64 MB。指标表不会这么大，核对一下是不是选错了文件。"}
	}
	return data, nil
}

// plan turns the rows of a table into changes and counts them in out.
func (w *Workspace) plan(state *libraryState, table *catalog.Table, in LibraryImport, out *LibraryImported) []proposed {
	named := map[string]string{} // functional class and name → id
	for _, e := range state.Entries() {
		named[e.Sector+"|"+indicators.NormalName(e.Name)] = e.ID
	}
	next := numbers(state)
	taken := map[string]bool{}
	var plan []proposed
	for _, r := range table.Rows {
		reject := func(msg string) {
			out.Rejected = append(out.Rejected, LibraryProblem{File: in.Name, Sheet: r.Sheet, Cell: r.Cell, Code: "library.conflict", Message: msg, Raw: r.Entry.Name})
		}
		id, own := r.Entry.ID, r.Entry.ID != ""
		key := r.Entry.Sector + "|" + indicators.NormalName(r.Entry.Name)
		if other, ok := named[key]; ok && own && other != id {
			reject("“" + r.Entry.Name + "”已是 " + other + " 的名称，没有收。")
			continue
		} else if ok {
			id = other
		}
		if taken[id] && id != "" {
			reject("编号 " + id + " 在表里出现了不止一次，只收第一行。")
			continue
		}
		before, known := state.ByID(id)
		if !known {
			e := r.Entry
			if e.ID == "" {
				e.ID = next()
			}
			taken[e.ID], named[key] = true, e.ID
			action := "add"
			if _, gone := state.retired[e.ID]; gone {
				action = "restore"
			}
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
		plan = append(plan, proposed{action: "edit", before: before, after: after})
		out.Changed++
	}
	if in.Replace {
		for _, e := range state.Entries() {
			if !taken[e.ID] {
				plan = append(plan, proposed{action: "retire", before: e})
				out.Retired++
			}
		}
	}
	return plan
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

// numbers hands out numbers of the bureau's own that are free.
func numbers(state *libraryState) func() string {
	first := newEntry(state).ID
	n := 0
	if _, err := fmt.Sscanf(first, "own-%d", &n); err != nil {
		n = 1 // newEntry writes no other form
	}
	return func() string {
		id := fmt.Sprintf("own-%04d", n)
		n++
		return id
	}
}

// laid is the state after a plan, before it is stored.
func (s *libraryState) laid(plan []proposed) *libraryState {
	var own []library.Entry
	var gone []string
	for _, p := range plan {
		if p.after.ID == "" {
			gone = append(gone, p.before.ID)
		} else {
			own = append(own, p.after)
		}
	}
	out := *s
	out.Library = s.Library.With(own, gone)
	return &out
}

func problems(list []yardstick.Issue) []LibraryProblem {
	out := make([]LibraryProblem, 0, len(list))
	for _, i := range list {
		out = append(out, LibraryProblem{File: i.File, Sheet: i.Sheet, Cell: i.Cell, Code: string(i.Code), Message: i.Message, Raw: i.Raw})
	}
	return slices.Clip(out)
}
