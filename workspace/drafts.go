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
	"slices"
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
	d.Body.Lines = append([]DraftLine{}, d.Body.Lines...)
	return d, nil
}

// randomID is an id that nobody can guess or has used.
func randomID(kind string) string { return kind + strings.ToLower(rand.Text()[:16]) }

// keyed is the id that belongs to a key.
func keyed(kind, key string) string {
	sum := sha256.Sum256([]byte(key))
	return kind + hex.EncodeToString(sum[:12])
}

// sizes of a draft. They bound what one revision takes on the disk, and are far
// above what the official form has room for.
const (
	maxDraftLines = 200
	maxLong       = 4000 // characters: goal, notes
	maxShort      = 200  // characters: names and other single lines
	maxDismissed  = 500
	maxSum        = 1e9 // 万元: ten times the country's yearly spending
)

var comparisons = []string{"", "≥", "≤", "=", ">", "<", qualitative}

// spellings are other ways of writing a comparison that keyboards and systems
// have.
var spellings = strings.NewReplacer(">=", "≥", "<=", "≤", "＞=", "≥", "＜=", "≤", "＞", ">", "＜", "<", "＝", "=", "==", "=", "≧", "≥", "≦", "≤")

// checkBody returns body with comparisons in one spelling, or an error of kind
// Invalid that names the field which is out of bounds.
func (w *Workspace) checkBody(op string, body DraftBody) (DraftBody, error) {
	var bad *yardstick.Error
	refuse := func(format string, args ...any) {
		if bad == nil {
			bad = &yardstick.Error{Kind: yardstick.Invalid, Op: op, Msg: fmt.Sprintf(format, args...)}
		}
	}
	text := func(field, s string, most int) {
		if n := len([]rune(s)); n > most {
			refuse("%s有 %d 个字，最多 %d 个。缩短后再保存。", field, n, most)
		}
		if strings.ContainsFunc(s, func(r rune) bool { return r < ' ' && r != '\n' && r != '\t' && r != '\r' || r == 0x7f }) {
			refuse("%s里有看不见的控制字符。删掉后再保存。", field)
		}
	}
	sum := func(field string, x *float64, most float64) {
		if x != nil && !(*x >= 0 && *x <= most) {
			refuse("%s应在 0 到 %.0f 之间，现为 %g。", field, most, *x)
		}
	}
	for _, f := range []struct{ field, s string }{{"项目名称", body.Project}, {"主管部门", body.Department}, {"实施单位", body.Unit}, {"地区", body.Region},
		{"功能分类", body.Sector}, {"功能分类科目", body.Function}, {"规则集", body.RuleSet}} {
		text(f.field, f.s, maxShort)
	}
	text("年度总体目标", body.Goal, maxLong)
	sum("预算", body.Budget, maxSum)
	sum("财政拨款", body.Fiscal, maxSum)
	sum("其他资金", body.Other, maxSum)
	if body.Year != 0 && (body.Year < 1990 || body.Year > 2100) {
		refuse("年度应在 1990 到 2100 之间，现为 %d。", body.Year)
	}
	if _, ok := w.lib.Load().TypeByID(body.Type); body.Type != "" && !ok {
		refuse("项目类型：模板库里没有编号 %.40s。", body.Type)
	}
	if _, err := w.frame(body.RuleSet); body.RuleSet != "" && err != nil {
		refuse("没有规则集“%.40s”，或它不规定分值。看规则页上有哪些。", body.RuleSet)
	}
	if len(body.Lines) > maxDraftLines {
		refuse("指标有 %d 行，最多 %d 行。", len(body.Lines), maxDraftLines)
	}
	if len(body.Dismissed) > maxDismissed {
		refuse("不再推荐的名称有 %d 个，最多 %d 个。", len(body.Dismissed), maxDismissed)
	}
	for _, s := range body.Dismissed {
		text("不再推荐的名称", s, maxShort)
	}
	if bad != nil {
		return DraftBody{}, bad
	}
	body.Lines = append([]DraftLine{}, body.Lines...)
	for i := range body.Lines {
		l := &body.Lines[i]
		at := func(field string) string { return fmt.Sprintf("第 %d 行的%s", i+1, field) }
		l.Comparison = spellings.Replace(strings.TrimSpace(l.Comparison))
		if !slices.Contains(comparisons, l.Comparison) {
			refuse("%s应为 ≥ ≤ = > < 或 定性，现为“%.20s”。", at("指标性质"), l.Comparison)
		}
		for _, f := range []struct{ field, s string }{{"一级指标", l.Level1}, {"二级指标", l.Level2}, {"三级指标", l.Name}, {"单位", l.Unit},
			{"设定依据", l.Basis}, {"指标库编号", l.Entry}} {
			text(at(f.field), f.s, maxShort)
		}
		text(at("目标值"), l.Target, maxLong)
		text(at("说明"), l.Note, maxLong)
		sum(at("权重"), l.Weight, 100)
	}
	if bad != nil {
		return DraftBody{}, bad
	}
	return body, nil
}
