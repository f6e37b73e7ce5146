package workspace

import (
	"cmp"
	"context"
	"strings"
	"time"

	"github.com/apache/arrow-go/v18/arrow"

	"yardstick/analysis/recommend"
	"yardstick/indicators"
	"yardstick/indicators/naming"
	"yardstick/store"
)

// fitted is what suggestions are made with: the model of what is loaded now, and
// the matcher of names that a draft has.
type fitted struct {
	*recommend.Model
	lib     *libraryState
	matcher *remembered
	edition uint64    // of what is loaded; 0: nothing of it is known
	quick   bool      // of the library alone
	asOf    time.Time // when the forms were read
}

// quickFrom is the number of loaded lines from which a model of the library alone
// answers until the first real one is there: below it that takes a few seconds.
const quickFrom = 50_000

// fit makes the model of a run.
func (w *Workspace) fit(ctx context.Context, run *fit) (*fitted, error) {
	out := &fitted{lib: w.lib.Load(), edition: run.edition, asOf: time.Now()}
	if run.quick {
		many, err := w.holds(ctx, w.fits.quickFrom)
		if err != nil {
			return nil, err
		}
		out.quick = many
	}
	decisions, err := w.store.Decisions(ctx)
	if err != nil {
		return nil, err
	}
	matcher, err := naming.New(out.lib.Entries(), naming.Options{Decisions: inForce(decisions)})
	if err != nil {
		return nil, err
	}
	out.matcher = &remembered{matcher: matcher}
	var h recommend.History
	if out.quick {
		out.edition = 0
	} else if h, err = w.history(ctx); err != nil {
		return nil, err
	}
	if out.Model, err = w.build(ctx, h, out.lib.forRecommending()); err != nil {
		return nil, err
	}
	return out, nil
}

// holds reports whether at least so many lines were loaded.
func (w *Workspace) holds(ctx context.Context, lines int) (bool, error) {
	list, err := w.store.BatchList(ctx, 0)
	if err != nil {
		return false, err
	}
	for _, b := range list {
		lines -= b.Lines
	}
	return lines <= 0, nil
}

// named says which concepts the names of a draft stand for.
func (f *fitted) named(names []string, sector, project string) []recommend.Named {
	out := make([]recommend.Named, len(names))
	for i, n := range names {
		out[i] = recommend.Named{Name: n, Concept: f.matcher.Match(naming.Name{Text: n, Sector: sector, Project: project}).Entry}
	}
	return out
}

// history reads every indicator line in force with its concept out of the
// warehouse, in Arrow batches.
func (w *Workspace) history(ctx context.Context) (recommend.History, error) {
	var h recommend.History
	if err := w.matchNow(ctx); err != nil {
		return h, err
	}
	err := w.store.Batches(ctx, store.History, func(b arrow.RecordBatch) error {
		c := columns{b}
		form, project, name, unit, department := c.texts("form_id"), c.texts("project_id"), c.texts("project"), c.texts("unit"), c.texts("department")
		sector, goal, kind := c.texts("sector"), c.texts("goal"), c.texts("kind")
		level1, level2, line, entry := c.texts("level1"), c.texts("level2"), c.texts("name"), c.texts("entry_id")
		region, file := c.texts("region_id"), c.texts("file_id")
		raw, comparison, targetUnit := c.texts("target_raw"), c.texts("target_comparison"), c.texts("target_unit")
		low, high, weight, budget := c.numbers("target_low"), c.numbers("target_high"), c.numbers("weight"), c.numbers("full_year")
		year, sub, actual, targetKind := c.counts("year"), c.bools("sub_row"), c.texts("actual_raw"), c.texts("target_kind")
		actualLow, actualHigh, actualUnit := c.numbers("actual_low"), c.numbers("actual_high"), c.texts("actual_unit")
		for i := range int(b.NumRows()) {
			if sub(i) {
				continue
			}
			// Arrow's memory ends with the batch: Add copies what it keeps.
			h.Add(recommend.Row{
				ProjectID: project(i), Project: name(i), Unit: cmp.Or(unit(i), department(i)),
				Department: department(i), Sector: sector(i), Region: region(i), Goal: goal(i),
				Year: year(i), Kind: kind(i), FormID: form(i), File: file(i), Budget: budget(i),
				Level1: level1(i), Level2: level2(i), Name: line(i), Concept: entry(i),
				Target: recommend.Target{Raw: raw(i), Kind: indicators.Kind(targetKind(i)), Comparison: indicators.Comparison(comparison(i)),
					Low: low(i), High: high(i), Unit: targetUnit(i)},
				Actual: actual(i), ActualLow: actualLow(i), ActualHigh: actualHigh(i), ActualUnit: actualUnit(i), Weight: weight(i),
			})
		}
		return ctx.Err()
	})
	return h, err
}

// matchNow brings name_match up to date, without counting anything.
func (w *Workspace) matchNow(ctx context.Context) error {
	w.matching.Lock()
	defer w.matching.Unlock()
	return w.match(ctx)
}

// forRecommending hands the library to the recommender.
func (s *libraryState) forRecommending() recommend.Library {
	var out recommend.Library
	for _, e := range s.Entries() {
		out.Concepts = append(out.Concepts, recommend.Concept{
			ID: e.ID, Name: e.Name, Aliases: e.Aliases, Level1: e.Level1, Level2: e.Level2, Sector: e.Sector,
			Text: strings.Join(append([]string{e.Meaning}, e.Keywords...), " "), Comparison: e.Comparison, Unit: e.Unit,
			Keywords: e.Keywords, Types: e.ProjectTypes, Direction: e.Direction, Temporal: e.TemporalType,
			Points: libraryPoints(e),
		})
	}
	for _, t := range s.Types() {
		typ := recommend.Type{ID: t.ID, Name: t.Name, Sector: t.Sector, Words: t.Words}
		for _, it := range t.Items {
			typ.Items = append(typ.Items, recommend.Item{Concept: it.Indicator, Points: it.Points, Core: it.Core})
		}
		out.Types = append(out.Types, typ)
	}
	return out
}
