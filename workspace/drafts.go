package workspace

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"yardstick"
	"yardstick/journal"
)

// Names within a workspace directory.
const (
	draftsDir     = "drafts"
	quarantineDir = "quarantine"
)

// draftMeta is what a draft's journal keeps beside the bodies.
type draftMeta struct {
	Origin Origin `json:"origin"`
	Sample bool   `json:"sample,omitempty"`
	CopyOf string `json:"copy_of,omitempty"`
}

// draftJournal is where the drafts of the workspace dir are kept (adr/0012).
func draftJournal(dir string) *journal.Journal {
	return journal.Open(filepath.Join(dir, draftsDir), journal.Options{Noun: "草稿", Quarantine: filepath.Join(dir, quarantineDir, draftsDir)})
}

// Drafts lists the drafts, latest change first; deleted asks for those put away
// instead. A draft whose file is damaged is not among them: DamagedDrafts.
func (w *Workspace) Drafts(ctx context.Context, deleted bool) ([]DraftHead, error) {
	docs, err := w.drafts.List()
	if err != nil {
		return nil, err
	}
	out := []DraftHead{}
	for _, doc := range docs {
		if (doc.Away != nil) != deleted {
			continue
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		d, err := draftOf(doc)
		if err != nil {
			return nil, err
		}
		h := DraftHead{ID: d.ID, Project: d.Body.Project, Unit: d.Body.Unit, Year: d.Body.Year, Budget: d.Body.Budget, Lines: len(d.Body.Lines),
			Updated: d.Updated, Revision: d.Revision, Sample: d.Sample, Deleted: d.Deleted != nil, CopyOf: d.CopyOf}
		for _, l := range d.Body.Lines {
			if l.Weight != nil {
				h.Points += *l.Weight
			}
		}
		h.Points = cents(h.Points)
		out = append(out, h)
	}
	return out, nil
}

// cents rounds points to what forms state, so that 0.1 + 0.2 is 0.3.
func cents(x float64) float64 { return float64(int64(x*100+0.5)) / 100 }

// SaveDraft makes a revision of a draft. A body equal to the present one makes
// none. Where the draft has moved on since save.Revision, the body is kept as a
// draft of its own, which is returned together with an error of kind Conflict
// that names it.
func (w *Workspace) SaveDraft(_ context.Context, id string, save DraftSave) (Draft, error) {
	body, err := w.checkBody("workspace.SaveDraft", save.Body)
	if err != nil {
		return Draft{}, err
	}
	raw, err := json.Marshal(body)
	if err != nil {
		return Draft{}, fmt.Errorf("encode draft: %w", err)
	}
	was, err := w.drafts.Get(id)
	if err != nil {
		return Draft{}, err
	}
	if was.Away != nil {
		return Draft{}, &yardstick.Error{Kind: yardstick.Conflict, Op: "workspace.SaveDraft", Msg: "这份草稿已经收起。先恢复它，再改。"}
	}
	if save.Revision < 1 {
		return Draft{}, &yardstick.Error{Kind: yardstick.Invalid, Op: "workspace.SaveDraft", Msg: "没有写 revision：写上这次改动所依据的版本号。"}
	}
	if save.Revision > was.Latest {
		return Draft{}, &yardstick.Error{Kind: yardstick.Invalid, Op: "workspace.SaveDraft",
			Msg: fmt.Sprintf("revision 写的是第 %d 版，这份草稿还没有这一版，现在是第 %d 版。重新打开后再改。", save.Revision, was.Revision)}
	}
	now := time.Now()
	doc, err := w.drafts.Save(id, save.Revision, raw, save.Source, now)
	var moved *journal.ErrMoved
	if errors.As(err, &moved) {
		return w.keepCopy(moved, body, raw, save.Source, now)
	}
	if err != nil {
		return Draft{}, err
	}
	return draftOf(doc)
}

// keepCopy keeps a save that met another one. The copy's id follows from what
// is saved: who repeats the save gets the same copy.
func (w *Workspace) keepCopy(moved *journal.ErrMoved, body DraftBody, raw []byte, source string, now time.Time) (Draft, error) {
	was, err := draftOf(moved.Doc)
	if err != nil {
		return Draft{}, err
	}
	meta := draftMeta{CopyOf: was.ID, Sample: was.Sample, Origin: was.Origin}
	meta.Origin.Note = fmt.Sprintf("是草稿“%s”第 %d 版上的另一次改动，原稿那时已到第 %d 版。", body.Project, moved.On, was.Revision)
	rawMeta, err := json.Marshal(meta)
	if err != nil {
		return Draft{}, fmt.Errorf("encode draft: %w", err)
	}
	id := keyed("c", fmt.Sprintf("%s\n%d\n%s", was.ID, moved.On, raw))
	doc, _, err := w.drafts.Create(id, rawMeta, raw, source, now)
	if err != nil {
		return Draft{}, err
	}
	out, err := draftOf(doc)
	if err != nil {
		return Draft{}, err
	}
	return out, &yardstick.Error{Kind: yardstick.Conflict, Op: "workspace.SaveDraft",
		Msg: "这份草稿刚在另一个窗口改过。你的改动已留作副本，比较两份。副本编号 " + out.ID + "。"}
}

// UndoDraft goes back one revision, or forward again.
func (w *Workspace) UndoDraft(_ context.Context, id string, redo bool) (Draft, error) {
	was, err := w.drafts.Get(id)
	if err != nil {
		return Draft{}, err
	}
	if was.Away != nil {
		return Draft{}, &yardstick.Error{Kind: yardstick.Conflict, Op: "workspace.UndoDraft", Msg: "这份草稿已经收起。先恢复它，再改。"}
	}
	doc, err := w.drafts.Move(id, redo, time.Now())
	if err != nil {
		return Draft{}, err
	}
	return draftOf(doc)
}

// DeleteDraft puts a draft away, or brings it back. Bringing back also makes a
// draft whose file was damaged out of what is left of it.
func (w *Workspace) DeleteDraft(_ context.Context, id string, restore bool) (Draft, error) {
	if restore && journal.ValidID(id) {
		if _, err := w.drafts.Salvage(id); err != nil {
			return Draft{}, err
		}
	}
	doc, err := w.drafts.PutAway(id, !restore, time.Now())
	if err != nil {
		return Draft{}, err
	}
	return draftOf(doc)
}

// DamagedDrafts says which drafts can't be opened because their files are
// damaged, a sentence each. DeleteDraft with restore brings back what is left.
func (w *Workspace) DamagedDrafts(context.Context) ([]string, error) {
	list, err := w.drafts.Damaged()
	if err != nil {
		return nil, err
	}
	out := []string{}
	for _, d := range list {
		out = append(out, d.Message)
	}
	return out, nil
}

// newDraft keeps a new draft.
func (w *Workspace) newDraft(id string, meta draftMeta, body DraftBody, source string) (Draft, error) {
	rawMeta, err := json.Marshal(meta)
	if err != nil {
		return Draft{}, fmt.Errorf("encode draft: %w", err)
	}
	raw, err := json.Marshal(body)
	if err != nil {
		return Draft{}, fmt.Errorf("encode draft: %w", err)
	}
	doc, _, err := w.drafts.Create(id, rawMeta, raw, source, time.Now())
	if err != nil {
		return Draft{}, err
	}
	return draftOf(doc)
}

// draftOf decodes what the journal keeps.
func draftOf(doc journal.Doc) (Draft, error) {
	d := Draft{ID: doc.ID, Revision: doc.Revision, Created: doc.Created, Updated: doc.Updated, Deleted: doc.Away,
		CanUndo: doc.CanUndo, CanRedo: doc.CanRedo}
	var meta draftMeta
	if doc.Meta != nil {
		if err := json.Unmarshal(doc.Meta, &meta); err != nil {
			return Draft{}, fmt.Errorf("draft %s: %w", doc.ID, err)
		}
	}
	d.Origin, d.Sample, d.CopyOf = meta.Origin, meta.Sample, meta.CopyOf
	if err := json.Unmarshal(doc.Body, &d.Body); err != nil {
		return Draft{}, fmt.Errorf("draft %s: %w", doc.ID, err)
	}
	d.Body.Lines = InFormOrder(d.Body.Lines) // also of drafts that were kept before there was an order
	return d, nil
}

// randomID is an id that nobody can guess or has used.
func randomID(kind string) string { return kind + strings.ToLower(rand.Text()[:16]) }

// keyed is the id that belongs to a key.
func keyed(kind, key string) string {
	sum := sha256.Sum256([]byte(key))
	return kind + hex.EncodeToString(sum[:12])
}
