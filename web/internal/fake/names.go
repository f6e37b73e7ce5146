package fake

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"strings"

	"yardstick"
	"yardstick/workspace"
)

func nameRows() []workspace.NameRow {
	list := entries()
	candidate := func(i int, score float64, why string) workspace.NameCandidate {
		return workspace.NameCandidate{ID: list[i].ID, Name: list[i].Name, Score: score, Reason: why}
	}
	row := func(name, state string, entry int, confidence float64, method, reason string, alternatives ...workspace.NameCandidate) workspace.NameRow {
		n := workspace.NameRow{Name: name, Key: name, Level1: "产出指标", Level2: "质量指标", Sector: "交通运输", Unit: "%", Forms: 9, Projects: 7, Lines: 9, State: state,
			Confidence: confidence, Method: method, Reason: reason, Alternatives: alternatives}
		if n.Alternatives == nil {
			n.Alternatives = []workspace.NameCandidate{}
		}
		if entry >= 0 {
			n.Entry, n.EntryName = list[entry].ID, list[entry].Name
		}
		return n
	}
	decided := row("優良中等路率", "decided", 0, 1, "decided", "已由人确认")
	decided.Decision = &workspace.Decision{ID: 1, At: at, Source: "page", Name: decided.Name, Key: decided.Key, Verdict: "is", Entry: decided.Entry, EntryName: decided.EntryName}
	return []workspace.NameRow{
		row("农村公路优良中等路率（%）", "matched", 0, 1, "exact", "去掉括号里的单位后与名称相同"),
		row("县乡道 PQI 优良率", "doubtful", -1, 0.61, "", "最近的“农村公路优良中等路率”只有 0.61", candidate(0, 0.61, "字面 0.58，类别和单位都相同"), candidate(1, 0.52, "字面 0.50，单位不同"), candidate(3, 0.44, "字面 0.41")),
		row("养护废旧料回收利用率", "unmatched", -1, 0.31, "", "最近的“农村公路养护验收合格率”只有 0.31", candidate(2, 0.31, "字面 0.28")),
		decided,
	}
}

// Names answers with one name of each state.
func (w *Workspace) Names(_ context.Context, q workspace.NameQuery) (workspace.NameList, error) {
	list := workspace.NameList{States: []workspace.NameCount{{State: "matched", Label: "对上了"}, {State: "doubtful", Label: "拿不准"}, {State: "unmatched", Label: "没对上"}, {State: "decided", Label: "已定"}}, Names: []workspace.NameRow{}}
	if err := w.trouble(); err != nil || w.State == Empty {
		return list, err
	}
	for i := range list.States {
		list.States[i].Names, list.States[i].Lines = 1, 9
	}
	for _, n := range nameRows() {
		if (q.State == "" || q.State == n.State) && strings.Contains(n.Name+n.EntryName, q.Text) && (q.Sector == "" || q.Sector == n.Sector) && (q.Entry == "" || q.Entry == n.Entry) {
			if w.State == Long {
				n.Name = strings.Repeat("城乡环境综合整治与生活垃圾分类", 4) + n.Name
			}
			list.Names = append(list.Names, n)
		}
	}
	list.Total = len(list.Names)
	return list, nil
}

// Proposals answers with one cluster.
func (w *Workspace) Proposals(_ context.Context, sector string, _ int) ([]workspace.NameProposal, error) {
	if err := w.trouble(); err != nil || w.State == Empty || sector != "" && sector != "交通运输" {
		return []workspace.NameProposal{}, err
	}
	return []workspace.NameProposal{{Name: "养护废旧料回收利用率", Level1: "效益指标", Level2: "生态效益指标", Sector: "交通运输", Unit: "%", Projects: 6, Forms: 8,
		Members: []string{"养护废旧料回收利用率", "废旧沥青回收率", "旧料利用率（%）"}, Reason: "3 种写法意思相近，6 个项目用过，库里没有。"}}, nil
}

// Decide takes what has a name, a known verdict and, for is, a known entry.
func (w *Workspace) Decide(_ context.Context, list []workspace.Decision) ([]workspace.Decision, error) {
	if err := w.trouble(); err != nil {
		return nil, err
	}
	out := make([]workspace.Decision, 0, len(list))
	for i, d := range list {
		if d.Name == "" {
			return nil, &yardstick.Error{Kind: yardstick.Invalid, Op: "fake", Msg: "没有写指标名称。"}
		}
		if d.Verdict != "is" && d.Verdict != "not" && d.Verdict != "none" {
			return nil, &yardstick.Error{Kind: yardstick.Invalid, Op: "fake", Msg: "verdict 只能是 is、not 或 none，现为 “" + d.Verdict + "”。"}
		}
		if d.Verdict != "none" {
			e, err := entry(d.Entry)
			if err != nil {
				return nil, err
			}
			d.EntryName = e.Name
		}
		d.ID, d.At, d.Key = 2+i, at, d.Name
		out = append(out, d)
	}
	return out, nil
}

// Decisions answers with one that stands and one that was undone.
func (w *Workspace) Decisions(_ context.Context, limit, offset int) ([]workspace.Decision, error) {
	out := []workspace.Decision{}
	if err := w.trouble(); err != nil || w.State == Empty {
		return out, err
	}
	e := entries()[0]
	out = append(out, workspace.Decision{ID: 2, At: at, Source: "cli", Name: "旧料利用率（%）", Key: "旧料利用率", Verdict: "none", Undone: true},
		workspace.Decision{ID: 1, At: at, Source: "page", Name: "優良中等路率", Key: "优良中等路率", Verdict: "is", Entry: e.ID, EntryName: e.Name})
	out = out[min(offset, len(out)):]
	if limit > 0 {
		out = out[:min(limit, len(out))]
	}
	return out, nil
}

// UndoDecision knows the decisions up to 9.
func (w *Workspace) UndoDecision(_ context.Context, id int, _ string) error {
	if err := w.trouble(); err != nil {
		return err
	}
	if id < 1 || id > 9 {
		return &yardstick.Error{Kind: yardstick.NotFound, Op: "fake", Msg: fmt.Sprintf("没有第 %d 个决定，或它已经撤销。", id)}
	}
	return nil
}

// ExportNames writes the names with an empty column for the decision.
func (w *Workspace) ExportNames(ctx context.Context, q workspace.NameQuery, to io.Writer) error {
	list, err := w.Names(ctx, q)
	if err != nil {
		return err
	}
	rows := [][]string{{"写法", "对到", "决定"}}
	for _, n := range list.Names {
		rows = append(rows, []string{n.Name, n.Entry, ""})
	}
	return csv.NewWriter(to).WriteAll(rows)
}

// ImportNames reads the file to its end and answers as if it had held four
// rows.
func (w *Workspace) ImportNames(_ context.Context, name string, open func() (io.ReadCloser, error), _ string) (workspace.DecisionsImported, error) {
	if err := w.trouble(); err != nil {
		return workspace.DecisionsImported{}, err
	}
	f, err := open()
	if err != nil {
		return workspace.DecisionsImported{}, err
	}
	defer f.Close()
	if _, err := io.Copy(io.Discard, f); err != nil {
		return workspace.DecisionsImported{}, err
	}
	return workspace.DecisionsImported{Rows: 4, Taken: 1, Unchanged: 1, Empty: 1, Rejected: []workspace.LibraryProblem{
		{File: name, Cell: "C4", Code: "row.unknown_value", Message: "决定只能是 是、不是 或 没有，现为“也许”。", Raw: "也许"}}}, nil
}
