package workspace

import (
	"context"
	"fmt"

	"yardstick"
	"yardstick/store"
)

// shownSources is how many of the latest batches the overview lists.
const shownSources = 5

// Overview says what the workspace holds, from where, and what is missing.
func (w *Workspace) Overview(ctx context.Context) (Overview, error) {
	o, err := w.store.Overview(ctx)
	if err != nil {
		return Overview{}, err
	}
	sets, err := w.store.RuleSets(ctx)
	if err != nil {
		return Overview{}, err
	}
	batches, err := w.store.BatchList(ctx, shownSources)
	if err != nil {
		return Overview{}, err
	}
	out := Overview{
		Empty: o.Forms == 0, Sample: o.Sample, LoadedAt: o.LoadedAt, Projects: o.Projects, Forms: o.Forms, Lines: o.Lines,
		Money: o.Money, MoneyForms: o.MoneyForms, Names: o.Names, Quantified: Share{Part: o.Quantified, Of: o.Targets},
		Library: w.lib.Load().Len(), RuleSets: []RuleSet{}, Received: []Received{}, Agencies: []AgencyCount{}, Sectors: []SectorCount{},
		Sources: []BatchSummary{}, Todo: []Todo{},
	}
	for _, s := range sets {
		out.RuleSets = append(out.RuleSets, RuleSet{ID: s.Set, Version: s.Version, Place: s.Jurisdiction, Source: s.Source, Status: s.Status, Rules: s.Rules})
	}
	for _, r := range o.Received {
		out.Received = append(out.Received, Received(r))
	}
	for _, a := range o.Agencies {
		out.Agencies = append(out.Agencies, AgencyCount(a))
	}
	for _, s := range o.Sectors {
		out.Sectors = append(out.Sectors, SectorCount{Sector: s.Sector, Projects: s.Projects})
	}
	for _, b := range batches {
		out.Sources = append(out.Sources, batchSummary(b))
		if b.Rejected > 0 {
			out.Todo = append(out.Todo, Todo{Matter: "有没入库的文件或格，看原因后改好重新导入", Count: b.Rejected, Link: "/ingest/" + b.ID + "?show=rejected"})
		}
	}
	kept, err := w.keptTodo(ctx)
	if err != nil {
		return Overview{}, err
	}
	out.Todo = append(out.Todo, kept[:min(len(kept), max(0, maxTodo-len(out.Todo)))]...)
	for _, i := range o.Issues {
		if matter, ok := todoMatters[i.Code]; ok && len(out.Todo) < maxTodo {
			out.Todo = append(out.Todo, Todo{Matter: matter, Count: i.Forms, Link: "/forms?doubt=1"})
		}
	}
	if n, from, to := missingEvaluations(o.Received); n > 0 && len(out.Todo) < maxTodo {
		years := fmt.Sprintf("%d", from)
		if to > from {
			years = fmt.Sprintf("%d–%d", from, to)
		}
		out.Todo = append(out.Todo, Todo{Matter: years + " 年有目标表、没有自评表的项目", Count: n,
			Link: fmt.Sprintf("/forms?form=%s&year=%d", yardstick.Target, to)})
	}
	return out, nil
}

// keptTodo says what is to be done about reviews and drafts.
func (w *Workspace) keptTodo(ctx context.Context) ([]Todo, error) {
	var out []Todo
	rounds, err := w.Rounds(ctx)
	if err != nil {
		return nil, err
	}
	open, latest := 0, ""
	for _, h := range rounds {
		if h.Open > 0 && latest == "" {
			latest = h.ID
		}
		open += h.Open
	}
	if open > 0 {
		out = append(out, Todo{Matter: "审核了、还没有处理意见的表", Count: open, Link: "/reviews/" + latest})
	}
	lost, err := w.DamagedDrafts(ctx)
	if err != nil {
		return nil, err
	}
	if len(lost) > 0 {
		out = append(out, Todo{Matter: "文件损坏、打不开的草稿，可以恢复没有损坏的部分", Count: len(lost), Link: "/drafts"})
	}
	return out, nil
}

// missingEvaluations counts the projects that filed a form but no
// self-evaluation in a year before the latest one loaded: that year's may not
// be due yet. It returns the first and last year concerned.
func missingEvaluations(received []store.Received) (n, from, to int) {
	latest := 0
	for _, r := range received {
		latest = max(latest, r.Year)
	}
	for _, r := range received {
		if r.Kind != yardstick.SelfEvaluation || r.Missing == 0 || r.Year >= latest {
			continue
		}
		n += r.Missing
		if from == 0 || r.Year < from {
			from = r.Year
		}
		to = max(to, r.Year)
	}
	return n, from, to
}

// maxTodo is how many matters the overview lists (pages design §5).
const maxTodo = 7

// todoMatters words the doubts that a person should settle first.
var todoMatters = map[yardstick.Code]string{
	yardstick.ValueOCR:      "疑为识别错误的数字，对照原表改正",
	yardstick.BudgetUnit:    "金额单位不清的表，确认是元还是万元",
	yardstick.BudgetTotal:   "合计为零、明细有数的预算，补填合计",
	yardstick.WeightSum:     "分值加总与应有总分不符的表",
	yardstick.LineScore:     "得分高于分值的行",
	yardstick.FormProject:   "没有项目名称的表，连不到其他年度",
	yardstick.FormKindDoubt: "表名与内容不一致的表",
}
