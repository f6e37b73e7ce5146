package workspace

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"yardstick"
	"yardstick/indicators"
	"yardstick/indicators/library"
	"yardstick/store"
)

// EditEntry changes fields of an entry, or adds one where edit.ID is "". The
// error is Invalid if a field does not exist or does not take the value, and
// Conflict if the name is another entry's.
func (w *Workspace) EditEntry(ctx context.Context, edit EntryEdit) (Change, error) {
	const op = "workspace.EditEntry"
	w.editing.Lock()
	defer w.editing.Unlock()
	s := w.lib.Load()
	before, known := s.ByID(edit.ID)
	e := before
	action := "edit"
	if edit.ID == "" {
		e, action = newEntry(s), "add"
	} else if !known {
		return Change{}, s.missing(op, edit.ID)
	}
	if err := set(op, &e, edit.Set); err != nil {
		return Change{}, err
	}
	if err := s.usable(op, e); err != nil {
		return Change{}, err
	}
	if known && len(fieldChanges(before, e)) == 0 {
		return Change{}, &yardstick.Error{Kind: yardstick.Invalid, Op: op, Msg: "没有改动：各栏和现在一样。"}
	}
	return w.change(ctx, action, before, e, edit.Source, edit.Note, 0)
}

// set changes columns of e. What an entry can't do without is looked at first,
// so that the message is about the column that is missing.
func set(op string, e *library.Entry, values map[string]string) error {
	for column := range values {
		if library.Label(column) == "" {
			return &yardstick.Error{Kind: yardstick.Invalid, Op: op, Msg: "指标没有“" + column + "”这一栏。"}
		}
	}
	var missing []string
	for _, column := range needed {
		value, ok := values[column]
		if !ok {
			value = e.Get(column)
		}
		if strings.TrimSpace(value) == "" {
			missing = append(missing, "“"+library.Label(column)+"”")
		}
	}
	if len(missing) > 0 {
		return &yardstick.Error{Kind: yardstick.Invalid, Op: op, Msg: strings.Join(missing, "、") + "一栏不能空着。"}
	}
	for _, column := range library.Columns() { // in order: level2 depends on level1
		value, ok := values[column]
		if !ok || column == "id" {
			continue
		}
		if slices.Contains(oneLine, column) {
			value = strings.Join(strings.Fields(value), " ")
		}
		if err := e.Set(column, value); err != nil {
			return refused(op, column, value, err)
		}
	}
	return nil
}

// needed are the columns that no entry can do without.
var needed = []string{"name", "level1", "level2"}

// oneLine are the columns whose text stands on one line: line breaks pasted
// from a table are blanks there. The id is never set.
var oneLine = []string{"name", "unit", "sector", "data_source"}

// newEntry is an entry with the next free number of the bureau's own, and with
// what an indicator needs where nothing is said.
func newEntry(s *libraryState) library.Entry {
	return library.Entry{ID: ownID(lastOwn(s) + 1), Sector: library.Common, SourceStatus: "reported",
		Direction: library.Higher, TemporalType: library.Cumulative, Comparison: indicators.AtLeast}
}

// ownID is a number of the bureau's own entries.
func ownID(n int) string { return fmt.Sprintf("own-%04d", n) }

// lastOwn is the largest n of which ownID was ever in use. What only looks like
// a number of our own (an import may bring any text) does not count.
func lastOwn(s *libraryState) int {
	last := 0
	number := func(id string) {
		digits, ok := strings.CutPrefix(id, "own-")
		if n, err := strconv.Atoi(digits); ok && err == nil && ownID(n) == id {
			last = max(last, n)
		}
	}
	for _, e := range s.Entries() {
		number(e.ID)
	}
	for _, c := range s.changes {
		number(c.Entry)
	}
	return last
}

// usable reports why e can't stand in the library.
func (s *libraryState) usable(op string, e library.Entry) error {
	if err := s.sound(op, e); err != nil {
		return err
	}
	key := indicators.NormalName(e.Name)
	for _, other := range s.Entries() {
		if other.ID != e.ID && other.Sector == e.Sector && indicators.NormalName(other.Name) == key {
			return sameName(op, e, other)
		}
	}
	return nil
}

// sound reports what is wrong with e by itself.
func (s *libraryState) sound(op string, e library.Entry) error {
	if indicators.NormalName(e.Name) == "" {
		return refused(op, "name", e.Name, nil)
	}
	for _, column := range needed {
		if e.Get(column) == "" {
			return refused(op, column, "", nil)
		}
	}
	if err := e.Check(); err != nil {
		return refused(op, "level2", e.Level2, err)
	}
	if !slices.Contains(append(s.Sectors(), library.Common), e.Sector) {
		return &yardstick.Error{Kind: yardstick.Invalid, Op: op,
			Msg: "功能分类“" + e.Sector + "”不在目录里，应为" + strings.Join(append(s.Sectors(), library.Common), "、") + "之一。"}
	}
	return nil
}

func sameName(op string, e, other library.Entry) error {
	return &yardstick.Error{Kind: yardstick.Conflict, Op: op,
		Msg: "“" + e.Name + "”和 " + other.ID + "“" + other.Name + "”（" + other.Sector + "）重名。改名称，或去改那一条。"}
}

// refused words a value that a column does not take. err, where there is one,
// says what it takes.
func refused(op, column, value string, err error) error {
	msg := fmt.Sprintf("“%s”一栏不能写“%s”。", library.Label(column), value)
	if value == "" {
		msg = "“" + library.Label(column) + "”一栏不能空着。"
	}
	if err != nil {
		if _, want, ok := strings.Cut(err.Error(), "want one of "); ok && strings.TrimSpace(want) != "" {
			msg += "应为 " + strings.TrimSpace(want) + " 之一。"
		}
	}
	return &yardstick.Error{Kind: yardstick.Invalid, Op: op, Err: err, Msg: msg}
}

func noEntry(op, id string) error {
	return &yardstick.Error{Kind: yardstick.NotFound, Op: op, Msg: "指标库里没有编号 " + id + "。从指标库重新查找。"}
}

// missing reports an entry that does not stand in the library, and says so if it
// is retired.
func (s *libraryState) missing(op, id string) error {
	if e, retired := s.retired[id]; retired {
		return &yardstick.Error{Kind: yardstick.NotFound, Op: op, Msg: id + "“" + e.Name + "”已经停用。要用它，先恢复。"}
	}
	return noEntry(op, id)
}

// RetireEntry takes an entry out of the library, or puts a retired one back. It
// is kept, dated and can be undone.
func (w *Workspace) RetireEntry(ctx context.Context, id string, retire bool, source, note string) (Change, error) {
	const op = "workspace.RetireEntry"
	w.editing.Lock()
	defer w.editing.Unlock()
	s := w.lib.Load()
	if retire {
		e, ok := s.ByID(id)
		if old, gone := s.retired[id]; gone {
			return Change{}, &yardstick.Error{Kind: yardstick.Conflict, Op: op, Msg: id + "“" + old.Name + "”已经停用。"}
		}
		if !ok {
			return Change{}, s.missing(op, id)
		}
		return w.change(ctx, "retire", e, library.Entry{}, source, note, 0)
	}
	e, ok := s.retired[id]
	if now, there := s.ByID(id); there {
		return Change{}, &yardstick.Error{Kind: yardstick.Conflict, Op: op, Msg: id + "“" + now.Name + "”没有停用，不用恢复。"}
	}
	if !ok {
		return Change{}, s.missing(op, id)
	}
	if err := s.usable(op, e); err != nil {
		return Change{}, err
	}
	return w.change(ctx, "restore", library.Entry{}, e, source, note, 0)
}

// MergeEntries retires an entry and gives its name and aliases to another as
// aliases, as one version.
func (w *Workspace) MergeEntries(ctx context.Context, id, into, source, note string) ([]Change, error) {
	const op = "workspace.MergeEntries"
	w.editing.Lock()
	defer w.editing.Unlock()
	s := w.lib.Load()
	from, ok := s.ByID(id)
	if !ok {
		return nil, s.missing(op, id)
	}
	keep, ok := s.ByID(into)
	if !ok {
		return nil, s.missing(op, into)
	}
	if id == into {
		return nil, &yardstick.Error{Kind: yardstick.Invalid, Op: op, Msg: "一条指标不能和自己合并。"}
	}
	merged := keep
	merged.Aliases = slices.Clone(keep.Aliases)
	for _, a := range append([]string{from.Name}, from.Aliases...) {
		if a != keep.Name && !slices.Contains(merged.Aliases, a) {
			merged.Aliases = append(merged.Aliases, a)
		}
	}
	if note == "" {
		note = "“" + from.Name + "”并入“" + keep.Name + "”"
	}
	return w.changes(ctx, []proposed{{"edit", keep, merged, 0}, {"retire", from, library.Entry{}, 0}}, source, note)
}

// proposed is a change before it is stored. The zero Entry says that there was
// or will be none.
type proposed struct {
	action        string
	before, after library.Entry
	undoes        int64
}

func (w *Workspace) change(ctx context.Context, action string, before, after library.Entry, source, note string, undoes int64) (Change, error) {
	list, err := w.changes(ctx, []proposed{{action, before, after, undoes}}, source, note)
	if err != nil {
		return Change{}, err
	}
	return list[0], nil
}

// changes stores changes as one version and brings the library in force up to
// date. The caller holds editing.
func (w *Workspace) changes(ctx context.Context, list []proposed, source, note string) ([]Change, error) {
	rows, err := unstored(list, source, "", note)
	if err != nil {
		return nil, err
	}
	return w.keep(ctx, rows)
}

// unstored is a list of changes as the store takes them; origin is the file of
// an import.
func unstored(list []proposed, source, origin, note string) ([]store.LibraryChange, error) {
	rows := make([]store.LibraryChange, len(list))
	for i, p := range list {
		c := store.LibraryChange{Source: source, Origin: origin, Action: p.action, Note: note, Undoes: p.undoes}
		for _, side := range []struct {
			e  library.Entry
			to *string
		}{{p.before, &c.Before}, {p.after, &c.After}} {
			if side.e.ID == "" {
				continue
			}
			text, err := encodeEntry(side.e)
			if err != nil {
				return nil, fmt.Errorf("store change of %s: %w", side.e.ID, err)
			}
			*side.to, c.Entry = text, side.e.ID
		}
		rows[i] = c
	}
	return rows, nil
}

// keep is changes for what is ready to be stored.
func (w *Workspace) keep(ctx context.Context, rows []store.LibraryChange) ([]Change, error) {
	if _, err := w.store.PutChanges(ctx, rows); err != nil {
		return nil, err
	}
	// What is stored must be shown, even if whoever asked has gone.
	ctx = context.WithoutCancel(ctx)
	if err := w.loadLibrary(ctx); err != nil {
		return nil, err
	}
	w.followLibrary(ctx, rows)
	out := make([]Change, len(rows))
	for i, r := range rows {
		c, err := changeOf(r, nil)
		if err != nil {
			return nil, err
		}
		out[i] = c
	}
	return out, nil
}

// followLibrary brings what rests on the library up to date after changes: names
// are matched anew when next asked for, and the documents of changed entries go
// into the index at once, with the use that was counted before. As that use may
// change with the names, the index loses its stamp: the next batch or the next
// process builds it anew. So does the next search where it would have to forget
// an entry, or can't follow.
func (w *Workspace) followLibrary(ctx context.Context, changes []store.LibraryChange) {
	counted := w.counted()
	w.forget()
	var entries []library.Entry
	state := w.lib.Load()
	for _, c := range changes {
		e, ok := state.ByID(c.Entry)
		if !ok { // retired
			w.dropIndex()
			return
		}
		entries = append(entries, e)
	}
	w.idxMu.Lock()
	defer w.idxMu.Unlock()
	w.unstamp()
	if w.idx != nil && w.idx.Update(ctx, slices.Values(entryDocs(entries, counted))) != nil {
		w.dropLocked()
	}
}

// changeOf words a stored change. undone holds the changes that were taken back.
func changeOf(r store.LibraryChange, undone map[int64]bool) (Change, error) {
	c := Change{ID: int(r.ID), Version: r.Version, At: r.At, Source: r.Source, Origin: r.Origin, Entry: r.Entry, Action: r.Action,
		Note: r.Note, Undoes: int(r.Undoes), Undone: undone[r.ID], Fields: []FieldChange{}}
	var before, after library.Entry
	var err error
	if r.Before != "" {
		if before, err = decodeEntry(r.Before); err != nil {
			return c, err
		}
		c.Name = before.Name
	}
	if r.After != "" {
		if after, err = decodeEntry(r.After); err != nil {
			return c, err
		}
		c.Name = after.Name
	}
	if r.Before != "" && r.After != "" {
		c.Fields = append(c.Fields, fieldChanges(before, after)...)
	}
	return c, nil
}

// Changes returns the log of the library, or of one entry, latest first. limit
// 0 means all.
func (w *Workspace) Changes(ctx context.Context, entry string, limit, offset int) ([]Change, error) {
	s := w.lib.Load()
	undone := s.undone()
	out := []Change{}
	for _, r := range slices.Backward(s.changes) {
		if entry != "" && r.Entry != entry {
			continue
		}
		if offset > 0 {
			offset--
			continue
		}
		if limit > 0 && len(out) == limit {
			break
		}
		c, err := changeOf(r, undone)
		if err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, ctx.Err()
}
