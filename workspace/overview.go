package workspace

import (
	"context"
	"fmt"

	"yardstick"
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
		Library: w.lib.Len(), RuleSets: []RuleSet{}, Received: []Received{}, Agencies: []AgencyCount{}, Sectors: []SectorCount{},
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
	for _, i := range o.Issues {
		if matter, ok := todoMatters[i.Code]; ok && len(out.Todo) < maxTodo {
			out.Todo = append(out.Todo, Todo{Matter: matter, Count: i.Forms, Link: "/forms?doubt=1"})
		}
	}
	for _, r := range o.Received {
		if r.Missing > 0 && len(out.Todo) < maxTodo {
			out.Todo = append(out.Todo, Todo{
				Matter: fmt.Sprintf("%d 年有别的表、缺%s的项目", r.Year, r.Kind.Title()), Count: r.Missing,
				Link: fmt.Sprintf("/forms?year=%d", r.Year),
			})
		}
	}
	return out, nil
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
