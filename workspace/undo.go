package workspace

import (
	"context"
	"fmt"
	"slices"

	"yardstick"
	"yardstick/indicators/library"
	"yardstick/store"
)

// UndoChange takes a change of the library back: the entry is again what it
// was before. The error is Conflict if the entry was changed again since, or if
// the change is taken back already.
func (w *Workspace) UndoChange(ctx context.Context, id int, source string) (Change, error) {
	const op = "workspace.UndoChange"
	w.editing.Lock()
	defer w.editing.Unlock()
	s := w.lib.Load()
	at := slices.IndexFunc(s.changes, func(c store.LibraryChange) bool { return c.ID == int64(id) })
	if at < 0 {
		return Change{}, &yardstick.Error{Kind: yardstick.NotFound, Op: op, Msg: fmt.Sprintf("没有第 %d 次改动。", id)}
	}
	done, err := w.takeBack(ctx, op, s, s.changes[at:at+1], source, fmt.Sprintf("撤销第 %d 次改动", id))
	if err != nil {
		return Change{}, err
	}
	return done[0], nil
}

// UndoVersion takes all changes of a version back, as one new version. The
// error is Conflict if an entry is no longer as the version left it.
func (w *Workspace) UndoVersion(ctx context.Context, version int, source string) ([]Change, error) {
	const op = "workspace.UndoVersion"
	w.editing.Lock()
	defer w.editing.Unlock()
	s := w.lib.Load()
	undone := s.undone()
	var list []store.LibraryChange
	left := false
	for _, c := range s.changes {
		if c.Version == version {
			list = append(list, c)
			left = left || !undone[c.ID]
		}
	}
	if len(list) == 0 {
		return nil, &yardstick.Error{Kind: yardstick.NotFound, Op: op, Msg: fmt.Sprintf("没有第 %d 版。", version)}
	}
	if !left {
		return nil, &yardstick.Error{Kind: yardstick.Conflict, Op: op, Msg: fmt.Sprintf("第 %d 版已经撤销过了。", version)}
	}
	return w.takeBack(ctx, op, s, list, source, fmt.Sprintf("撤销第 %d 版", version))
}

// takeBack stores what takes a list of changes back, all or nothing. The caller
// holds editing; s is the library in force.
func (w *Workspace) takeBack(ctx context.Context, op string, s *libraryState, list []store.LibraryChange, source, note string) ([]Change, error) {
	undone := s.undone()
	plan := make([]proposed, 0, len(list))
	for _, c := range list {
		if undone[c.ID] {
			return nil, &yardstick.Error{Kind: yardstick.Conflict, Op: op, Msg: fmt.Sprintf("第 %d 次改动（%s）已经撤销过了。", c.ID, c.Entry)}
		}
		if err := s.still(op, c); err != nil {
			return nil, err
		}
		p, err := opposite(c)
		if err != nil {
			return nil, err
		}
		plan = append(plan, p)
	}
	rows, err := unstored(plan, source, "", note)
	if err != nil {
		return nil, err
	}
	after, err := newLibraryState(w.shipped, slices.Concat(s.changes, rows))
	if err != nil {
		return nil, err
	}
	if err := after.admits(op, plan); err != nil {
		return nil, err
	}
	return w.keep(ctx, rows)
}

// undone holds the changes that are taken back. An undo that was itself taken
// back undoes nothing.
func (s *libraryState) undone() map[int64]bool {
	undone := map[int64]bool{}
	for _, c := range slices.Backward(s.changes) {
		if c.Undoes != 0 && !undone[c.ID] {
			undone[c.Undoes] = true
		}
	}
	return undone
}

// opposite is what takes c back.
func opposite(c store.LibraryChange) (p proposed, err error) {
	p = proposed{action: "edit", undoes: c.ID}
	if c.After == "" { // retired
		p.action = "restore"
	} else if p.before, err = decodeEntry(c.After); err != nil {
		return p, err
	}
	if c.Before == "" { // added or restored
		p.action = "retire"
	} else if p.after, err = decodeEntry(c.Before); err != nil {
		return p, err
	}
	return p, nil
}

// admits reports an entry that the plan puts into s and that can't stand there:
// another one may have taken its name meanwhile. s is the library after the
// plan, as entries of one version may swap names.
func (s *libraryState) admits(op string, plan []proposed) error {
	renamed := map[string]bool{} // entries that come with another name
	for _, p := range plan {
		if p.after.ID == "" {
			continue
		}
		if err := s.sound(op, p.after); err != nil {
			return err
		}
		renamed[p.after.ID] = p.before.Name != p.after.Name || p.before.Sector != p.after.Sector
	}
	named := map[string]library.Entry{}
	for _, e := range s.Entries() {
		key := nameKey(e)
		other, taken := named[key]
		switch {
		case taken && renamed[e.ID]:
			return sameName(op, e, other)
		case taken && renamed[other.ID]:
			return sameName(op, other, e)
		}
		named[key] = e
	}
	return nil
}

// still reports an entry that is no longer as change c left it: what came
// later must be taken back first.
func (s *libraryState) still(op string, c store.LibraryChange) error {
	now := ""
	if e, ok := s.ByID(c.Entry); ok {
		var err error
		if now, err = encodeEntry(e); err != nil {
			return err
		}
	}
	if now == c.After {
		return nil
	}
	return &yardstick.Error{Kind: yardstick.Conflict, Op: op, Msg: fmt.Sprintf("%s 在第 %d 次改动以后又改过，先撤销后面的。", c.Entry, c.ID)}
}
