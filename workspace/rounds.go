package workspace

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"yardstick"
	"yardstick/ingest"
)

// maxRoundForms bounds a round: a county's whole year has a few thousand forms.
const maxRoundForms = 20000

// reviewable reports whether forms of a kind are reviewed: those that state
// targets before the year.
func reviewable(k yardstick.FormKind) bool {
	return k == yardstick.Target || k == yardstick.DepartmentTarget
}

// candidate is a form to review: a file's, or one of the warehouse.
type candidate struct {
	form yardstick.Form
	file int // index of the kept file, -1 for forms of the warehouse
}

// ReviewForms reviews target forms out of files, or those of the warehouse that
// a query finds, and keeps the opinions as a round, worst first. Files that can't
// be read and forms that are no target forms are listed, not refused. If ctx
// ends or keeping fails, nothing of the round is kept. A request whose key has
// made a round gets that round.
func (w *Workspace) ReviewForms(ctx context.Context, req ReviewRequest) (ReviewRound, error) {
	const op = "workspace.ReviewForms"
	began := time.Now()
	if req.Forms != nil && len(req.Paths)+len(req.Uploads) > 0 || req.Forms == nil && len(req.Only) > 0 {
		return ReviewRound{}, &yardstick.Error{Kind: yardstick.Invalid, Op: op, Msg: "文件和库里的表分两轮审核，一轮只选一种。"}
	}
	if n := len([]rune(req.Title)); n > maxShort {
		return ReviewRound{}, &yardstick.Error{Kind: yardstick.Invalid, Op: op, Msg: fmt.Sprintf("这一轮的名称有 %d 个字，最多 %d 个。", n, maxShort)}
	}
	var mu sync.Mutex // one call of Progress at a time
	tell := func(stage string, done, total int, name string) {
		if req.Progress != nil {
			mu.Lock()
			defer mu.Unlock()
			req.Progress(Progress{Stage: stage, Done: done, Total: total, Name: name})
		}
	}
	id, made, err := w.roundOf(req.Key)
	if err != nil {
		return ReviewRound{}, err
	}
	if made != nil {
		return *made, nil
	}
	folder, err := w.rounds.begin()
	if err != nil {
		return ReviewRound{}, err
	}
	defer folder.abandon()
	round := ReviewRound{ID: id, At: began.UTC().Round(time.Millisecond), Title: req.Title, Source: req.Source,
		Items: []Review{}, Unread: []yardstick.Issue{}, Skips: []string{}}
	var list []candidate
	if req.Forms != nil {
		list, err = w.warehouseForms(ctx, req, &round)
	} else {
		list, err = w.uploadedForms(ctx, req, folder, &round, tell)
	}
	if err != nil {
		return ReviewRound{}, err
	}
	if req.Forms != nil && len(list) == 0 {
		return ReviewRound{}, nothingFound(op, &round)
	}
	if len(list) > maxRoundForms {
		return ReviewRound{}, &yardstick.Error{Kind: yardstick.Invalid, Op: op,
			Msg: fmt.Sprintf("一轮最多审核 %d 张表，现有 %d 张。分几轮审核。", maxRoundForms, len(list))}
	}
	round.Items, err = w.reviewAll(ctx, list, tell)
	if err != nil {
		return ReviewRound{}, err
	}
	files := map[string]int{}
	for i := range round.Items {
		if list[i].file >= 0 {
			files[round.Items[i].ID] = list[i].file
		}
	}
	slices.SortStableFunc(round.Items, worstFirst)
	if round.Title == "" {
		round.Title = roundTitle(&round, req)
	}
	round.TookMS = float64(time.Since(began).Milliseconds())
	if err := folder.keep(&round, files); err != nil {
		if _, made, _ := w.roundOf(req.Key); made != nil { // another request with the key was first
			return *made, nil
		}
		return ReviewRound{}, err
	}
	return round, nil
}

// nothingFound refuses a round of the warehouse without a form to review: there is
// nothing that it could keep.
func nothingFound(op string, round *ReviewRound) error {
	e := &yardstick.Error{Kind: yardstick.NotFound, Op: op, Msg: "库里没有符合条件的目标表，没有可审核的。放宽条件，或先导入目标表。"}
	if n := len(round.Skips); n > 0 {
		e.Msg = fmt.Sprintf("符合条件的 %d 张表里没有目标表，没有可审核的：%s", n, round.Skips[0])
	}
	return e
}

// roundOf is the id of the round that belongs to a key, and the round if it was
// made already. Without a key every round is a new one.
func (w *Workspace) roundOf(key string) (string, *ReviewRound, error) {
	if key == "" {
		return randomID("r"), nil, nil
	}
	id := keyed("r", key)
	k, err := w.rounds.get(id)
	switch {
	case err == nil:
		made := k.decided()
		return id, &made, nil
	case yardstick.KindOf(err) == yardstick.NotFound:
		return id, nil, nil
	}
	return id, nil, err
}

// worstFirst orders reviews by what must be changed, points, budget, and then
// so that the order is always the same.
func worstFirst(a, b Review) int {
	money := func(r Review) float64 {
		if r.Budget == nil {
			return -1
		}
		return *r.Budget
	}
	return cmp.Or(cmp.Compare(b.Must, a.Must), cmp.Compare(a.Points, b.Points), cmp.Compare(money(b), money(a)), cmp.Compare(a.Project, b.Project), cmp.Compare(a.ID, b.ID))
}

func roundTitle(round *ReviewRound, req ReviewRequest) string {
	if req.Forms != nil {
		return fmt.Sprintf("库里的目标表 %d 张", len(round.Items))
	}
	if round.Files == 1 && len(req.Uploads) == 1 {
		return fileBase(req.Uploads[0].Name)
	}
	return fmt.Sprintf("%d 个文件", round.Files)
}

func fileBase(name string) string { return name[strings.LastIndexByte(filepath.ToSlash(name), '/')+1:] }

// warehouseForms are the target forms in force that the request finds.
func (w *Workspace) warehouseForms(ctx context.Context, req ReviewRequest, round *ReviewRound) ([]candidate, error) {
	if err := checkKind(req.Forms.Kind); err != nil {
		return nil, err
	}
	q := *req.Forms
	q.Limit, q.Offset = maxRoundForms+1, 0
	heads, err := w.formHeads(ctx, q)
	if err != nil {
		return nil, err
	}
	only, seen, found := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, id := range req.Only {
		only[id] = true
	}
	for _, h := range heads {
		if seen[h.ID] = true; len(only) > 0 && !only[h.ID] {
			continue
		}
		if !reviewable(h.Kind) {
			round.Skips = append(round.Skips, skipped(h.File, h.Sheet, h.Project, h.Kind))
			continue
		}
		found[h.ID] = true
		round.Sample = round.Sample || h.Sample
	}
	for _, id := range req.Only {
		if !seen[id] {
			round.Skips = append(round.Skips, "编号 "+id+" 的表不在库里，或已被更正、撤回。")
		}
	}
	return w.wholeForms(ctx, found)
}

func skipped(file, sheet, project string, kind yardstick.FormKind) string {
	at := fileBase(file)
	if sheet != "" {
		at += " › " + sheet
	}
	if project != "" {
		at += "“" + project + "”"
	}
	return at + "是" + kind.Title() + "表，不是目标表，没有审核。"
}

// uploadedForms copies the files into the round's folder and reads the copies,
// so that what is annotated later is what was reviewed.
func (w *Workspace) uploadedForms(ctx context.Context, req ReviewRequest, folder *roundFolder, round *ReviewRound, tell func(string, int, int, string)) ([]candidate, error) {
	sources, err := ingest.Paths(req.Paths)
	if err != nil {
		return nil, err
	}
	for _, u := range req.Uploads {
		sources = append(sources, ingest.Source{Name: u.Name, Open: u.Open})
	}
	switch {
	case len(sources) == 0:
		return nil, &yardstick.Error{Kind: yardstick.Invalid, Op: "workspace.ReviewForms", Msg: "没有可读的文件：文件夹是空的，或只有隐藏文件。"}
	case len(sources) > maxUploads:
		return nil, &yardstick.Error{Kind: yardstick.Invalid, Op: "workspace.ReviewForms",
			Msg: fmt.Sprintf("一轮最多 %d 个文件，现有 %d 个。分几轮审核。", maxUploads, len(sources))}
	}
	round.Files = len(sources)
	for i, s := range sources {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		tell("收文件", i+1, len(sources), fileBase(s.Name))
		if err := folder.take(s); err != nil {
			return nil, err
		}
		sources[i] = folder.source(i)
	}
	read, err := ingest.Read(ctx, sources, nil, ingest.Options{Label: label(w.lib.Load().Library), Progress: func(done, total int, name string) {
		tell("读取", done, total, fileBase(name))
	}})
	if err != nil {
		return nil, err
	}
	var out []candidate
	used := map[string]bool{}
	for i := range read {
		round.Unread = append(round.Unread, read[i].Rejected...)
		kept := false
		for j := range read[i].Forms {
			f := &read[i].Forms[j]
			if !reviewable(f.Kind) {
				round.Skips = append(round.Skips, skipped(f.File, f.Sheet, f.Project.Value, f.Kind))
				continue
			}
			if len(f.Lines) > maxReviewLines {
				round.Skips = append(round.Skips, fmt.Sprintf("%s › %s 的表有 %d 个指标，超过 %d 个，没有审核。核对是不是把几张表连在了一起。",
					fileBase(f.File), f.Sheet, len(f.Lines), maxReviewLines))
				continue
			}
			// The same file twice is two forms with one id.
			id := f.ID
			for n := 2; used[f.ID]; n++ {
				f.ID = fmt.Sprintf("%s-%d", id, n)
			}
			used[f.ID], kept = true, true
			out = append(out, candidate{form: *f, file: i})
		}
		if !kept {
			folder.drop(i)
		}
	}
	return out, nil
}

// maxReviewLines is how many indicators a form that is reviewed has at most: some
// rules compare each with each. Real ones have below a hundred.
const maxReviewLines = 2000

// reviewAll reviews every candidate on all cores, in the order of list.
func (w *Workspace) reviewAll(ctx context.Context, list []candidate, tell func(string, int, int, string)) ([]Review, error) {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	out := make([]Review, len(list))
	var mu sync.Mutex // guards next and done
	next, done := 0, 0
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(list)) {
		wg.Go(func() {
			for {
				mu.Lock()
				i := next
				next++
				mu.Unlock()
				if i >= len(list) || ctx.Err() != nil {
					return
				}
				r, err := w.reviewForm(ctx, list[i].form, "", "")
				if err != nil {
					stop(fmt.Errorf("review %s: %w", list[i].form.File, err))
					return
				}
				out[i] = r
				mu.Lock()
				done++
				n := done
				mu.Unlock()
				tell("审核", n, len(list), r.Project)
			}
		})
	}
	wg.Wait()
	return out, context.Cause(ctx)
}

// Round returns a round, worst form first, with what people decided on it.
func (w *Workspace) Round(_ context.Context, id string) (ReviewRound, error) {
	k, err := w.rounds.get(id)
	if err != nil {
		return ReviewRound{}, err
	}
	return k.decided(), nil
}

// Rounds lists the rounds, latest first.
func (w *Workspace) Rounds(ctx context.Context) ([]RoundHead, error) { return w.rounds.heads(ctx) }

// DeleteRound removes a round with its files.
func (w *Workspace) DeleteRound(_ context.Context, id string) error { return w.rounds.remove(id) }

// Verdict notes what a person decided on a form of a round. A later decision
// takes the place of an earlier one.
func (w *Workspace) Verdict(_ context.Context, round, form string, v ReviewVerdict) (Review, error) {
	const op = "workspace.Verdict"
	if v.Verdict != "return" && v.Verdict != "pass" {
		return Review{}, &yardstick.Error{Kind: yardstick.Invalid, Op: op, Msg: "处理意见只有 return（退回修改）和 pass（通过）。"}
	}
	if n := len([]rune(v.Note)); n > maxLong {
		return Review{}, &yardstick.Error{Kind: yardstick.Invalid, Op: op, Msg: fmt.Sprintf("处理意见有 %d 个字，最多 %d 个。缩短后再保存。", n, maxLong)}
	}
	v.At = time.Now().UTC().Round(time.Millisecond)
	return w.rounds.decide(round, form, v)
}

// item is one form of a round.
func (w *Workspace) item(round, form string) (*keptRound, Review, error) {
	k, err := w.rounds.get(round)
	if err != nil {
		return nil, Review{}, err
	}
	r, ok := k.item(form)
	if !ok {
		return nil, Review{}, &yardstick.Error{Kind: yardstick.NotFound, Op: "workspace.Round", Msg: "这一轮里没有编号为 " + form + " 的表。从这一轮的列表重新打开。"}
	}
	return k, r, nil
}

// Annotated returns the copy of a form's file with the findings as comments.
func (w *Workspace) Annotated(ctx context.Context, round, form string) (Document, error) {
	k, r, err := w.item(round, form)
	if err != nil {
		return Document{}, err
	}
	at, ok := k.Files[form]
	if !ok {
		return Document{}, &yardstick.Error{Kind: yardstick.NotFound, Op: "workspace.Annotated",
			Msg: "“" + r.Project + "”是库里的表，手头没有它的原文件，做不了批注表。看审核意见，或上传原文件再审一次。"}
	}
	data, err := os.ReadFile(k.fileName(at))
	if err != nil {
		return Document{}, fmt.Errorf("annotate %s: %w", r.File, err)
	}
	return w.annotate(ctx, r, k.sameFile(at), data)
}

// Opinion returns the one-page opinion on a form; format is xlsx or html.
func (w *Workspace) Opinion(ctx context.Context, round, form, format string) (Document, error) {
	k, r, err := w.item(round, form)
	if err != nil {
		return Document{}, err
	}
	return w.opinion(ctx, &k.Round, r, format)
}
