package workspace

import (
	"cmp"
	"context"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"

	"yardstick/analysis/recommend"
	"yardstick/indicators"
	"yardstick/store"
)

// model returns the recommender over what is loaded now. It is built at the
// first question after a load and kept; whoever asks meanwhile waits for it.
func (w *Workspace) model(ctx context.Context) (*recommend.Model, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.fitted != nil {
		return w.fitted, nil
	}
	h, err := w.history(ctx)
	if err != nil {
		return nil, err
	}
	m, err := recommend.Build(h, w.concepts(), recommend.Options{})
	if err != nil {
		return nil, err
	}
	w.fitted = m
	return m, nil
}

// history reads every indicator line in force out of the warehouse, in Arrow
// batches.
func (w *Workspace) history(ctx context.Context) (recommend.History, error) {
	var h recommend.History
	err := w.store.Batches(ctx, store.History, func(b arrow.RecordBatch) error {
		c := columns{b}
		form, project, name, unit, department := c.texts("form_id"), c.texts("project_id"), c.texts("project"), c.texts("unit"), c.texts("department")
		sector, goal, kind := c.texts("sector"), c.texts("goal"), c.texts("kind")
		level1, level2, line := c.texts("level1"), c.texts("level2"), c.texts("name")
		raw, comparison, targetUnit := c.texts("target_raw"), c.texts("target_comparison"), c.texts("target_unit")
		low, high, weight, budget := c.numbers("target_low"), c.numbers("target_high"), c.numbers("weight"), c.numbers("full_year")
		year, sub, actual := c.counts("year"), c.bools("sub_row"), c.texts("actual_raw")
		for i := range int(b.NumRows()) {
			if sub(i) {
				continue
			}
			// Arrow's memory ends with the batch: Add copies what it keeps.
			h.Add(recommend.Row{
				ProjectID: project(i), Project: name(i), Unit: cmp.Or(unit(i), department(i)),
				Department: department(i), Sector: sector(i), Goal: goal(i),
				Year: year(i), Kind: kind(i), FormID: form(i), Budget: budget(i),
				Level1: level1(i), Level2: level2(i), Name: line(i),
				Target: recommend.Target{Raw: raw(i), Comparison: indicators.Comparison(comparison(i)),
					Low: low(i), High: high(i), Unit: targetUnit(i)},
				Actual: actual(i), Weight: weight(i),
			})
		}
		return ctx.Err()
	})
	return h, err
}

// concepts hands the library to the recommender.
func (w *Workspace) concepts() []recommend.Concept {
	entries := w.lib.Load().Entries()
	out := make([]recommend.Concept, 0, len(entries))
	for _, e := range entries {
		out = append(out, recommend.Concept{
			ID: e.ID, Name: e.Name, Aliases: e.Aliases, Level1: e.Level1, Level2: e.Level2, Sector: e.Sector,
			Text: strings.Join(append([]string{e.Meaning}, e.Keywords...), " "), Comparison: e.Comparison, Unit: e.Unit,
		})
	}
	return out
}
