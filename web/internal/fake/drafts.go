package fake

import (
	"context"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"
	"sync"
	"time"

	"yardstick"
	"yardstick/workspace"
)

// kept is what the fake remembers: drafts and rounds, started from what its
// state shows.
type kept struct {
	mu     sync.Mutex
	of     State
	drafts []*draft // in the order they were made
	keys   map[string]string
	rounds []*workspace.ReviewRound
	clock  int // changes so far: each moves the clock by a minute
}

// draft is one draft with its revisions; now is the one in force. As in a
// workspace, undoing brings an earlier number back and a number is given once.
type draft struct {
	workspace.Draft
	bodies []workspace.DraftBody
	revs   []int
	now    int
	last   int // number given last
}

func (d *draft) view() workspace.Draft {
	out := d.Draft
	out.Body, out.Revision = clone(d.bodies[d.now]), d.revs[d.now]
	out.CanUndo, out.CanRedo = d.now > 0, d.now < len(d.bodies)-1
	return out
}

func clone(b workspace.DraftBody) workspace.DraftBody {
	b.Lines, b.Dismissed = slices.Clone(b.Lines), slices.Clone(b.Dismissed)
	if b.Lines == nil {
		b.Lines = []workspace.DraftLine{}
	}
	return b
}

// open locks what is kept and fills it for the present state. The caller unlocks.
func (w *Workspace) open() *kept {
	k := &w.kept
	k.mu.Lock()
	if k.of == w.State {
		return k
	}
	k.of = w.State
	if k.keys == nil {
		k.keys = map[string]string{}
	}
	switch w.State {
	case Loaded:
		d := k.add(sampleBody(), workspace.Origin{Kind: "form", Ref: "f-0001", Note: "取自 2024 年申报表：8 个指标，权重照抄；目标值和年度要改。"}, true)
		first := clone(d.bodies[0])
		first.Lines = first.Lines[:7]
		d.bodies, d.revs, d.now, d.last = []workspace.DraftBody{first, d.bodies[0]}, []int{11, 12}, 1, 12
		k.add(workspace.DraftBody{Project: "中小学校舍安全工程", Department: "县教育体育局", Unit: "县教育体育局", Year: 2025, Sector: "教育", Budget: ptr(862.5), Lines: sampleBody().Lines[7:]},
			workspace.Origin{Kind: "template", Ref: "T-205-01"}, true)
		k.add(sampleBody(), workspace.Origin{Kind: "empty", Note: "两处同时改了同一份草稿，这是后保存的那一份。"}, true).CopyOf = d.ID
		k.add(workspace.DraftBody{Project: "灌区节水改造", Unit: "县水利局", Year: 2025}, workspace.Origin{Kind: "empty"}, true).Deleted = ptr(at)
		k.rounds = append(k.rounds, round(false))
	case Refused:
		k.add(workspace.DraftBody{Project: "深海采矿环境基线调查", Unit: "县自然资源局", Year: 2025, Goal: "完成基线调查，编制调查报告。", Lines: sampleBody().Lines[5:]}, workspace.Origin{Kind: "empty"}, true)
	case Long:
		k.add(longBody(), workspace.Origin{Kind: "file", Ref: strings.Repeat("2025年部门项目支出绩效目标申报表_", 4) + ".xlsx", Note: strings.Repeat("没有读到预算。", 20)}, true)
		for i := range 120 {
			k.add(workspace.DraftBody{Project: fmt.Sprintf("第 %d 号项目", i), Unit: "县公路养护中心", Year: 2025, Budget: ptr(1234567890123.45)}, workspace.Origin{Kind: "empty"}, true)
		}
		k.rounds = append(k.rounds, round(true))
	}
	return k
}

func (k *kept) tick() time.Time {
	k.clock++
	return at.Add(time.Duration(k.clock) * time.Minute)
}

func (k *kept) add(body workspace.DraftBody, from workspace.Origin, sample bool) *draft {
	now := k.tick()
	d := &draft{revs: []int{1}, last: 1, Draft: workspace.Draft{ID: fmt.Sprintf("d-%04d", len(k.drafts)+1), Created: now, Updated: now, Origin: from, Sample: sample}, bodies: []workspace.DraftBody{clone(body)}}
	k.drafts = append(k.drafts, d)
	return d
}

func (k *kept) draft(id string) (*draft, error) {
	for _, d := range k.drafts {
		if d.ID == id {
			return d, nil
		}
	}
	return nil, &yardstick.Error{Kind: yardstick.NotFound, Op: "fake", Msg: "没有找到这份草稿。从“目标编制”的列表里重新打开。"}
}

// Drafts lists the drafts, latest first; with deleted those that were put away.
func (w *Workspace) Drafts(_ context.Context, deleted bool) ([]workspace.DraftHead, error) {
	if err := w.trouble(); err != nil {
		return nil, err
	}
	k := w.open()
	defer k.mu.Unlock()
	out := []workspace.DraftHead{}
	for _, d := range slices.Backward(k.drafts) {
		if (d.Deleted != nil) != deleted {
			continue
		}
		b := d.bodies[d.now]
		h := workspace.DraftHead{ID: d.ID, Project: b.Project, Unit: b.Unit, Year: b.Year, Budget: b.Budget, Lines: len(b.Lines), Updated: d.Updated, Revision: d.revs[d.now], Sample: d.Sample, Deleted: deleted, CopyOf: d.CopyOf}
		for _, l := range b.Lines {
			if l.Weight != nil {
				h.Points += *l.Weight
			}
		}
		out = append(out, h)
	}
	slices.SortStableFunc(out, func(a, b workspace.DraftHead) int { return b.Updated.Compare(a.Updated) })
	return out, nil
}

// StartDraft starts from the sample body where a form, template or file is named,
// and reads the first line of a text as the project.
func (w *Workspace) StartDraft(_ context.Context, start workspace.DraftStart) (workspace.Draft, error) {
	if err := w.trouble(); err != nil {
		return workspace.Draft{}, err
	}
	body, from := start.Body, workspace.Origin{Kind: "empty"}
	take := func(o workspace.Origin) {
		from = o
		sample := sampleBody()
		if body.Project == "" {
			body.Project, body.Unit, body.Goal, body.Budget = sample.Project, sample.Unit, sample.Goal, sample.Budget
		}
		if len(body.Lines) == 0 {
			body.Lines = sample.Lines
		}
	}
	switch {
	case start.Form != "":
		if !slices.ContainsFunc(formHeads(w.State == Long), func(h workspace.FormHead) bool { return h.ID == start.Form }) || w.State == Empty {
			return workspace.Draft{}, missing("这份表单")
		}
		take(workspace.Origin{Kind: "form", Ref: start.Form, Note: "取自 2024 年申报表：8 个指标，权重照抄；目标值和年度要改。"})
	case start.Template != "":
		if start.Template != template().ID {
			return workspace.Draft{}, missing("这个模板")
		}
		take(workspace.Origin{Kind: "template", Ref: start.Template, Note: "取了 5 个核心指标，目标值空着。"})
	case start.File != nil:
		f, err := start.File.Open()
		if err != nil {
			return workspace.Draft{}, err
		}
		n, err := io.Copy(io.Discard, f)
		_ = f.Close()
		if err != nil {
			return workspace.Draft{}, err
		}
		if n == 0 {
			return workspace.Draft{}, invalid(start.File.Name + " 是空文件。")
		}
		take(workspace.Origin{Kind: "file", Ref: start.File.Name, Note: "读到项目名称、预算和总体目标，8 个指标。"})
	case start.Text != "":
		from = workspace.Origin{Kind: "text", Note: "第一行作项目名称，其余作总体目标；没有读到预算。"}
		first, rest, _ := strings.Cut(strings.TrimSpace(start.Text), "\n")
		if body.Project == "" {
			body.Project = strings.TrimSpace(first)
		}
		if body.Goal == "" {
			body.Goal = strings.TrimSpace(rest)
		}
	}
	k := w.open()
	defer k.mu.Unlock()
	if id := k.keys[start.Key]; start.Key != "" && id != "" {
		d, err := k.draft(id)
		if err != nil {
			return workspace.Draft{}, err
		}
		return d.view(), nil
	}
	d := k.add(body, from, w.State != Empty)
	if start.Key != "" {
		k.keys[start.Key] = d.ID
	}
	return d.view(), nil
}

// Draft answers with a draft and everything beside it.
func (w *Workspace) Draft(_ context.Context, id string) (workspace.DraftView, error) {
	if err := w.trouble(); err != nil {
		return workspace.DraftView{}, err
	}
	k := w.open()
	defer k.mu.Unlock()
	d, err := k.draft(id)
	if err != nil {
		return workspace.DraftView{}, err
	}
	v := workspace.DraftView{Draft: d.view(), Frames: frames(), Values: []workspace.ValueResult{}, LastYear: []workspace.FormHead{}}
	v.Frame, v.Tasks, v.Review = frameOf(v.Body.RuleSet), tasks(v.Body), review(v.Body, w.State)
	v.Review.ID = id
	v.Sums, v.Total = sums(v.Frame, v.Body.Lines)
	for _, l := range v.Body.Lines {
		v.Values = append(v.Values, valueOf(l.Name, l.Value(), w.State))
	}
	if w.State == Loaded || w.State == Long {
		h := formHeads(false)[0]
		h.Kind = yardstick.Target
		v.LastYear = append(v.LastYear, h)
	}
	return v, nil
}

// SaveDraft replaces the body; a save on an earlier revision becomes a copy,
// which is returned with the error.
func (w *Workspace) SaveDraft(_ context.Context, id string, save workspace.DraftSave) (workspace.Draft, error) {
	if err := w.trouble(); err != nil {
		return workspace.Draft{}, err
	}
	k := w.open()
	defer k.mu.Unlock()
	d, err := k.draft(id)
	if err != nil {
		return workspace.Draft{}, err
	}
	if reflect.DeepEqual(clone(save.Body), d.bodies[d.now]) {
		return d.view(), nil
	}
	if save.Revision != d.revs[d.now] {
		c := k.add(save.Body, workspace.Origin{Kind: "empty", Note: "两处同时改了同一份草稿，这是后保存的那一份。"}, d.Sample)
		c.CopyOf = d.ID
		return c.view(), &yardstick.Error{Kind: yardstick.Conflict, Op: "fake", Msg: "这份草稿刚在另一个窗口改过。你的改动已留作副本，比较两份。副本编号 " + c.ID + "。"}
	}
	d.last++
	d.bodies, d.revs = append(d.bodies[:d.now+1], clone(save.Body)), append(d.revs[:d.now+1], d.last)
	d.now++
	d.Updated = k.tick()
	return d.view(), nil
}

// UndoDraft goes one body back, or with redo forward again.
func (w *Workspace) UndoDraft(_ context.Context, id string, redo bool) (workspace.Draft, error) {
	if err := w.trouble(); err != nil {
		return workspace.Draft{}, err
	}
	k := w.open()
	defer k.mu.Unlock()
	d, err := k.draft(id)
	if err != nil {
		return workspace.Draft{}, err
	}
	step, nothing := -1, "没有可以撤销的改动。"
	if redo {
		step, nothing = 1, "没有可以重做的改动。"
	}
	if d.now+step < 0 || d.now+step >= len(d.bodies) {
		return workspace.Draft{}, &yardstick.Error{Kind: yardstick.Conflict, Op: "fake", Msg: nothing}
	}
	d.now += step
	d.Updated = k.tick()
	return d.view(), nil
}

// DeleteDraft puts a draft away, or with restore back on the list.
func (w *Workspace) DeleteDraft(_ context.Context, id string, restore bool) (workspace.Draft, error) {
	if err := w.trouble(); err != nil {
		return workspace.Draft{}, err
	}
	k := w.open()
	defer k.mu.Unlock()
	d, err := k.draft(id)
	if err != nil {
		return workspace.Draft{}, err
	}
	if restore {
		d.Deleted = nil
	} else if d.Deleted == nil {
		d.Deleted = ptr(k.tick())
	}
	return d.view(), nil
}

// ExportDraft answers with a made-up file.
func (w *Workspace) ExportDraft(ctx context.Context, id, format string) (workspace.Document, error) {
	if err := w.trouble(); err != nil {
		return workspace.Document{}, err
	}
	v, err := w.Draft(ctx, id)
	if err != nil {
		return workspace.Document{}, err
	}
	return w.ExportBody(ctx, v.Body, format)
}
