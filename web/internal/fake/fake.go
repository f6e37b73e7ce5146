// Package fake is a workspace with made-up answers (示例数据) for the tests of
// web and for the storybook. It computes next to nothing: each state is a set of
// fixed answers, and drafts and rounds are remembered. Start from New.
package fake

import (
	"context"
	"fmt"
	"strings"
	"time"

	"yardstick"
	"yardstick/workspace"
)

// State names a set of answers.
type State string

// The states that pages have to stand.
const (
	Loaded  State = "loaded"  // an ordinary workspace
	Empty   State = "empty"   // nothing was imported yet
	Refused State = "refused" // too little data for any advice
	Long    State = "long"    // longest names, largest sums, many rows
	Broken  State = "broken"  // every question ends in an internal error
	Busy    State = "busy"    // the warehouse is taken
	Panics  State = "panics"  // every question panics
)

// States lists them all.
var States = []State{Loaded, Empty, Refused, Long, Broken, Busy, Panics}

// Workspace answers from its state.
type Workspace struct {
	State State
	// Step, if not nil, is called between the steps of an import, so that a
	// test decides when it goes on.
	Step func(ctx context.Context, done int) error
	kept kept
}

// New returns a workspace in state s.
func New(s State) *Workspace { return &Workspace{State: s} }

// at is the moment that all made-up times are counted from.
var at = time.Date(2024, 9, 6, 8, 20, 0, 0, time.UTC)

func ptr[T any](v T) *T { return &v }

// trouble is the error or panic of states that have one.
func (w *Workspace) trouble() error {
	switch w.State {
	case Broken:
		return fmt.Errorf("fake: table line does not exist")
	case Busy:
		return &yardstick.Error{Kind: yardstick.Busy, Op: "fake", Msg: "数据库正被导入占用，约 20 秒后再试。"}
	case Panics:
		panic("fake: made to panic")
	}
	return nil
}

func missing(what string) error {
	return &yardstick.Error{Kind: yardstick.NotFound, Op: "fake", Msg: "没有找到" + what + "。它可能已被更正，从列表里重新打开。"}
}

// Overview answers 总览.
func (w *Workspace) Overview(context.Context) (workspace.Overview, error) {
	if err := w.trouble(); err != nil {
		return workspace.Overview{}, err
	}
	if w.State == Empty {
		return workspace.Overview{Empty: true, Library: 214, RuleSets: ruleSets}, nil
	}
	return overview(w.batches()), nil
}

// Batches answers the list of batches.
func (w *Workspace) Batches(context.Context) ([]workspace.BatchSummary, error) {
	return w.batches(), w.trouble()
}

func (w *Workspace) batches() []workspace.BatchSummary {
	if w.State == Empty {
		return nil
	}
	return []workspace.BatchSummary{
		{ID: "b-0003", Source: "page", Sample: true, LoadedAt: at, TookMS: 1400, Files: 8, Forms: 129, Lines: 757, Rejected: 6, Warnings: 8},
		{ID: "b-0002", Source: "cli", Sample: true, LoadedAt: at.AddDate(0, 0, -2), TookMS: 3120, Files: 301, Forms: 412, Lines: 4872, Warnings: 31},
		{ID: "b-0001", Source: "demo", Sample: true, LoadedAt: at.AddDate(0, 0, -10), TookMS: 310, Files: 6, Forms: 6, Lines: 58, Warnings: 2},
	}
}

// Batch answers one batch.
func (w *Workspace) Batch(_ context.Context, id string) (workspace.BatchDetail, error) {
	if err := w.trouble(); err != nil {
		return workspace.BatchDetail{}, err
	}
	for _, b := range w.batches() {
		if b.ID == id {
			return detail(b, w.State == Long), nil
		}
	}
	return workspace.BatchDetail{}, missing("这一批")
}

// Forms answers the list of forms; it filters by text, year, kind and doubt.
func (w *Workspace) Forms(_ context.Context, q workspace.FormQuery) (workspace.FormList, error) {
	if err := w.trouble(); err != nil {
		return workspace.FormList{}, err
	}
	if w.State == Empty {
		return workspace.FormList{}, nil
	}
	heads := formHeads(w.State == Long)
	list := workspace.FormList{Years: []int{2024, 2023, 2022}, Departments: departments, Sectors: []string{"交通运输", "教育", "农林水"}, Sample: true}
	for _, h := range heads {
		if q.Year != 0 && (h.Year == nil || *h.Year != q.Year) || q.Kind != "" && h.Kind != q.Kind || q.Doubt && h.Doubts == 0 ||
			q.Sector != "" && h.Sector != q.Sector || q.Department != "" && h.Department != q.Department && h.Unit != q.Department ||
			!strings.Contains(h.Project+h.Unit+h.Department, q.Text) {
			continue
		}
		list.Forms = append(list.Forms, h)
	}
	list.Total = len(list.Forms)
	limit := q.Limit
	if limit == 0 {
		limit = 50
	}
	from := min(q.Offset, list.Total)
	list.Forms = list.Forms[from:min(from+limit, list.Total)]
	return list, nil
}

// EachForm streams the one whole form that the fake has.
func (w *Workspace) EachForm(_ context.Context, _ workspace.FormQuery, see func(workspace.Form) error) error {
	if err := w.trouble(); err != nil || w.State == Empty {
		return err
	}
	return see(formView(false).Form)
}

// Form answers one form; every listed id shows the same one.
func (w *Workspace) Form(_ context.Context, id string) (workspace.FormView, error) {
	if err := w.trouble(); err != nil {
		return workspace.FormView{}, err
	}
	for _, h := range formHeads(w.State == Long) {
		if h.ID == id && w.State != Empty {
			v := formView(w.State == Long)
			v.ID = id
			return v, nil
		}
	}
	return workspace.FormView{}, missing("这份表单")
}

// Search finds library entries whose name contains a word of the query.
func (w *Workspace) Search(_ context.Context, q workspace.SearchQuery) (workspace.SearchResult, error) {
	res := workspace.SearchResult{Query: q.Text, TookMS: 6.4}
	if err := w.trouble(); err != nil {
		return res, err
	}
	types := map[string]int{}
	for _, h := range hits() {
		words := strings.Fields(q.Text)
		if len(words) == 0 {
			continue
		}
		found := q.Text == "gjzdl" && h.Name == "公交准点率"
		if found {
			h.Why = "首字母"
		}
		for _, word := range words {
			if strings.Contains(h.Name, word) && !found {
				found = true
				h.Highlight = strings.ReplaceAll(h.Highlight, word, "<mark>"+word+"</mark>")
			}
		}
		if found {
			types[h.Type]++
		}
		if found && (q.Type == "" || h.Type == q.Type) && (q.Level1 == "" || h.Level1 == q.Level1) && (q.Level2 == "" || h.Level2 == q.Level2) && (q.Sector == "" || h.Sector == q.Sector) &&
			(q.Unit == "" || h.Unit == q.Unit) && (q.Direction == "" || h.Direction == q.Direction) && (q.Temporal == "" || h.Temporal == q.Temporal) && (q.Used == "" || h.Used == (q.Used == "yes")) {
			res.Hits = append(res.Hits, h)
		}
	}
	res.Total = len(res.Hits)
	if q.Facets {
		res.Facets = facets(res.Hits, types)
	}
	from := min(q.Offset, len(res.Hits))
	res.Hits = res.Hits[from:]
	if q.Limit > 0 {
		res.Hits = res.Hits[:min(q.Limit, len(res.Hits))]
	}
	return res, nil
}

// Complete completes from the names of the library, by their first character.
func (w *Workspace) Complete(_ context.Context, prefix string, n int) ([]workspace.Completion, error) {
	if err := w.trouble(); err != nil {
		return nil, err
	}
	var out []workspace.Completion
	for _, h := range hits() {
		if r := []rune(prefix); len(r) > 0 && strings.HasPrefix(h.Name, string(r[0])) && len(out) < n {
			out = append(out, workspace.Completion{Text: h.Name, Type: h.Type, ID: h.ID})
		}
	}
	return out, nil
}

// Indicator answers one library entry.
func (w *Workspace) Indicator(_ context.Context, id string) (workspace.IndicatorView, error) {
	if err := w.trouble(); err != nil {
		return workspace.IndicatorView{}, err
	}
	for _, h := range hits() {
		if h.ID == id && h.Type == "indicator" {
			return indicatorView(h, w.State), nil
		}
	}
	return workspace.IndicatorView{}, missing("这条指标")
}

// Suggest answers with the same suggestions for every project, less those that
// the draft has.
func (w *Workspace) Suggest(_ context.Context, req workspace.SuggestRequest) (workspace.SuggestResult, error) {
	if err := w.trouble(); err != nil {
		return workspace.SuggestResult{}, err
	}
	return suggestions(req, w.State), nil
}

// Ingest pretends to load the uploads in steps.
func (w *Workspace) Ingest(ctx context.Context, req workspace.IngestRequest) (workspace.IngestResult, error) {
	if err := w.trouble(); err != nil {
		return workspace.IngestResult{}, err
	}
	n := len(req.Uploads) + len(req.Paths)
	for i := range n {
		name := ""
		if i < len(req.Uploads) {
			name = req.Uploads[i].Name
			f, err := req.Uploads[i].Open()
			if err != nil {
				return workspace.IngestResult{}, err
			}
			f.Close()
		}
		if req.Progress != nil {
			req.Progress(workspace.Progress{Stage: "读取", Done: i + 1, Total: n, Name: name})
		}
		if w.Step != nil {
			if err := w.Step(ctx, i+1); err != nil {
				return workspace.IngestResult{}, err
			}
		}
		if err := ctx.Err(); err != nil {
			return workspace.IngestResult{}, err
		}
	}
	d := detail(w.batches0(), false)
	return workspace.IngestResult{Batch: d.ID, Files: n, Forms: d.Forms, Lines: d.Lines, TookMS: d.TookMS, Rows: d.Rows, PerFile: d.PerFile}, nil
}

func (w *Workspace) batches0() workspace.BatchSummary { return New(Loaded).batches()[0] }

// LoadSample pretends to load the demonstration data.
func (w *Workspace) LoadSample(context.Context) (workspace.IngestResult, error) {
	if err := w.trouble(); err != nil {
		return workspace.IngestResult{}, err
	}
	w.State = Loaded
	return workspace.IngestResult{Batch: "b-0001"}, nil
}
