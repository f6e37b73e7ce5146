package workspace

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"

	"yardstick/indicators"
	"yardstick/indicators/library"
	"yardstick/search"
	"yardstick/store"
)

// stampFile names, within the workspace, what the index was built from.
const stampFile = "index.stamp"

// indexFormat changes whenever documents or mapping change, so that an index
// of an earlier program is built anew.
const indexFormat = "2"

// withIndex calls f with the open index, which it opens or builds first if
// need be. The index stays open until f returns.
func (w *Workspace) withIndex(ctx context.Context, f func(*search.Index) error) error {
	for {
		if asked, err := w.askIndex(f); asked {
			return err
		}
		// A change of the library may drop the index again before it is asked.
		if err := w.openIndex(ctx); err != nil {
			return err
		}
	}
}

// askIndex calls f if the index is open.
func (w *Workspace) askIndex(f func(*search.Index) error) (asked bool, err error) {
	w.idxMu.RLock()
	defer w.idxMu.RUnlock()
	if w.idx == nil {
		return false, nil
	}
	return true, f(w.idx)
}

// openIndex opens the index, and builds it if it is missing or was built from
// other data.
func (w *Workspace) openIndex(ctx context.Context) error {
	w.idxMu.Lock()
	defer w.idxMu.Unlock()
	if w.idx != nil {
		return nil
	}
	want, err := w.stamp(ctx)
	if err != nil {
		return err
	}
	have, err := os.ReadFile(w.stampPath())
	if err == nil && string(have) == want {
		if w.idx, err = search.Open(filepath.Join(w.dir, indexDir)); err == nil {
			return nil
		}
	}
	return w.buildIndex(ctx, want)
}

// buildIndex builds the whole index and opens it. The caller holds idxMu.
func (w *Workspace) buildIndex(ctx context.Context, stamp string) error {
	docs, err := w.libraryDocs(ctx, nil)
	if err != nil {
		return err
	}
	names, err := w.nameDocs(ctx)
	if err != nil {
		return err
	}
	cases, err := w.caseDocs(ctx)
	if err != nil {
		return err
	}
	docs = append(append(docs, names...), cases...)
	if w.idx != nil {
		if err := w.idx.Close(); err != nil {
			return fmt.Errorf("close index: %w", err)
		}
		w.idx = nil
	}
	dir := filepath.Join(w.dir, indexDir)
	if err := search.Build(dir, slices.Values(docs), search.Options{}); err != nil {
		return err
	}
	if w.idx, err = search.Open(dir); err != nil {
		return err
	}
	return w.writeStamp(stamp)
}

func (w *Workspace) writeStamp(stamp string) error {
	if err := os.WriteFile(w.stampPath(), []byte(stamp), 0o644); err != nil {
		return fmt.Errorf("stamp index: %w", err)
	}
	return nil
}

// closeIndex closes the index, so that the next search opens or builds it.
func (w *Workspace) closeIndex() error {
	w.idxMu.Lock()
	defer w.idxMu.Unlock()
	return w.closeLocked()
}

// closeLocked is closeIndex for a caller that holds idxMu.
func (w *Workspace) closeLocked() error {
	if w.idx == nil {
		return nil
	}
	err := w.idx.Close()
	w.idx = nil
	return err
}

// dropIndex closes the index and takes its stamp away, so that the next search
// builds it anew. It is called when the warehouse has changed already: what
// can't be closed or removed does not undo that, and a search that finds no
// usable index says so itself.
func (w *Workspace) dropIndex() {
	w.idxMu.Lock()
	defer w.idxMu.Unlock()
	w.dropLocked()
}

// dropLocked is dropIndex for a caller that holds idxMu.
func (w *Workspace) dropLocked() {
	_ = w.closeLocked()
	w.unstamp()
}

// unstamp says that the index is behind the warehouse, even if the warehouse
// should come back to what the stamp says (a change that is taken back), and
// even if whoever wrote the stamp read the warehouse after the change and the
// documents before it. The caller holds idxMu.
func (w *Workspace) unstamp() { _ = os.Remove(w.stampPath()) }

// stamped reports whether the index is up to date as far as it was told. The
// caller holds idxMu.
func (w *Workspace) stamped() bool {
	_, err := os.Stat(w.stampPath())
	return err == nil
}

func (w *Workspace) stampPath() string { return filepath.Join(w.dir, stampFile) }

// stamp says what an index of the present data is built from: library, batches
// and decisions. It is read before the documents, which may then be newer than
// it says but never older.
func (w *Workspace) stamp(ctx context.Context) (string, error) {
	h := sha256.New()
	for _, e := range w.lib.Load().Entries() {
		for _, c := range library.Columns() {
			fmt.Fprint(h, e.Get(c), "|")
		}
	}
	batches, err := w.store.BatchList(ctx, 0)
	if err != nil {
		return "", err
	}
	for _, b := range batches {
		fmt.Fprintln(h, b.ID, b.WithdrawnAt != nil)
	}
	decisions, err := w.store.Decisions(ctx)
	if err != nil {
		return "", err
	}
	fmt.Fprintln(h, len(decisions)) // none is ever deleted
	return indexFormat + " " + hex.EncodeToString(h.Sum(nil)[:16]), nil
}

// indexBatch brings the index up to date after a batch: the documents of the
// given forms and of names (normalised) are added or replaced; if forms were
// superseded, or it was behind already, it is built anew.
func (w *Workspace) indexBatch(ctx context.Context, forms, names map[string]bool, rebuild bool) error {
	w.idxMu.Lock()
	defer w.idxMu.Unlock()
	stamp, err := w.stamp(ctx)
	if err != nil {
		return err
	}
	if w.idx == nil || rebuild || !w.stamped() {
		return w.buildIndex(ctx, stamp)
	}
	named, err := w.nameDocs(ctx)
	if err != nil {
		return err
	}
	cases, err := w.caseDocs(ctx)
	if err != nil {
		return err
	}
	used, err := w.entriesOf(ctx, names)
	if err != nil {
		return err
	}
	fresh, err := w.libraryDocs(ctx, used)
	if err != nil {
		return err
	}
	for _, d := range named {
		if names[strings.TrimPrefix(d.ID, namePrefix)] {
			fresh = append(fresh, d)
		}
	}
	for _, d := range cases {
		if forms[d.ID] {
			fresh = append(fresh, d)
		}
	}
	if err := w.idx.Update(ctx, slices.Values(fresh)); err != nil {
		return err
	}
	return w.writeStamp(stamp)
}

// libraryDocs makes the documents of the given entries, or of all entries and
// templates if ids is nil.
func (w *Workspace) libraryDocs(ctx context.Context, ids map[string]bool) ([]search.Doc, error) {
	u, err := w.use(ctx)
	if err != nil {
		return nil, err
	}
	state := w.lib.Load()
	entries := state.Entries()
	if ids != nil {
		entries = slices.DeleteFunc(entries, func(e library.Entry) bool { return !ids[e.ID] })
	}
	docs := entryDocs(entries, u)
	if ids == nil {
		for _, t := range state.Types() {
			docs = append(docs, search.Doc{ID: t.ID, Type: search.Template, Name: t.Name, Sector: t.Sector, Text: t.Goal, Keywords: t.Words})
		}
	}
	return docs, nil
}

// entryDocs makes the documents of entries; u is nil where use does not matter.
func entryDocs(entries []library.Entry, u *usage) []search.Doc {
	docs := make([]search.Doc, 0, len(entries))
	for _, e := range entries {
		var use entryUse
		if u != nil {
			use = u.entries[e.ID]
		}
		docs = append(docs, search.Doc{
			ID: e.ID, Type: search.Indicator, Name: e.Name, Aliases: e.Aliases, Level1: e.Level1, Level2: e.Level2,
			Sector: e.Sector, Unit: e.Unit, Direction: string(e.Direction), TemporalType: string(e.TemporalType),
			Text: e.Meaning, Formula: e.Formula, Keywords: append(slices.Clone(e.Keywords), e.ProjectTypes...), Used: use.Projects > 0, Count: use.Lines,
		})
	}
	return docs
}

// entriesOf are the entries that the given names (normalised) stand for.
func (w *Workspace) entriesOf(ctx context.Context, names map[string]bool) (map[string]bool, error) {
	u, err := w.use(ctx)
	if err != nil {
		return nil, err
	}
	out := map[string]bool{}
	for _, n := range u.names {
		if n.Entry != "" && names[indicators.NormalName(n.Name)] {
			out[n.Entry] = true
		}
	}
	return out, nil
}

// indexEntries brings the documents of entries up to date after decisions. An
// index that is not open, or can't follow, is left to the next search, which
// finds it behind the decisions and builds it anew.
func (w *Workspace) indexEntries(ctx context.Context, ids map[string]bool) {
	w.idxMu.Lock()
	defer w.idxMu.Unlock()
	if w.idx == nil {
		return
	}
	update := func() error {
		stamp, err := w.stamp(ctx)
		if err != nil {
			return err
		}
		docs, err := w.libraryDocs(ctx, ids)
		if err != nil {
			return err
		}
		if err := w.idx.Update(ctx, slices.Values(docs)); err != nil || !w.stamped() {
			return err
		}
		return w.writeStamp(stamp)
	}
	if update() != nil {
		w.dropLocked()
	}
}

// namePrefix begins the ids of names as filed; the normalised name follows.
const namePrefix = "name:"

// nameDocs makes one document per normalised name as filed: its commonest
// spelling with the number of forms that carry it.
func (w *Workspace) nameDocs(ctx context.Context) ([]search.Doc, error) {
	at := map[string]int{}
	most := map[string]int{}
	var docs []search.Doc
	err := w.store.Batches(ctx, store.Names, func(b arrow.RecordBatch) error {
		c := columns{b}
		name, level1, level2 := c.texts("name"), c.texts("level1"), c.texts("level2")
		unit, sector, forms := c.texts("unit"), c.texts("sector"), c.counts("forms")
		for i := range int(b.NumRows()) {
			key := indicators.NormalName(name(i))
			if key == "" {
				continue
			}
			n, ok := at[key]
			if !ok {
				n = len(docs)
				at[strings.Clone(key)] = n
				docs = append(docs, search.Doc{ID: namePrefix + key, Type: search.Name})
			}
			d := &docs[n]
			d.Count += forms(i)
			if forms(i) > most[key] {
				most[strings.Clone(key)] = forms(i)
				d.Name, d.Level1, d.Level2 = strings.Clone(name(i)), strings.Clone(level1(i)), strings.Clone(level2(i))
				d.Unit, d.Sector = strings.Clone(unit(i)), strings.Clone(sector(i))
			}
		}
		return ctx.Err()
	})
	return docs, err
}

// caseDocs makes one document per form in force.
func (w *Workspace) caseDocs(ctx context.Context) ([]search.Doc, error) {
	var docs []search.Doc
	err := w.store.Batches(ctx, store.Cases, func(b arrow.RecordBatch) error {
		c := columns{b}
		id, project, unit, sector, goal := c.texts("form_id"), c.texts("project"), c.texts("unit"), c.texts("sector"), c.texts("goal")
		for i := range int(b.NumRows()) {
			if project(i) == "" {
				continue
			}
			docs = append(docs, search.Doc{
				ID: strings.Clone(id(i)), Type: search.Case, Name: strings.Clone(project(i)), Unit: strings.Clone(unit(i)),
				Sector: strings.Clone(sector(i)), Text: strings.Clone(goal(i)),
			})
		}
		return ctx.Err()
	})
	return docs, err
}
