package workspace

import (
	"context"

	"yardstick"
	"yardstick/store"
)

// Batches lists what was loaded, latest first.
func (w *Workspace) Batches(ctx context.Context) ([]BatchSummary, error) {
	list, err := w.store.BatchList(ctx, 0)
	if err != nil {
		return nil, err
	}
	out := make([]BatchSummary, 0, len(list))
	for _, b := range list {
		out = append(out, batchSummary(b))
	}
	return out, nil
}

// Batch returns one batch with what became of each of its files.
func (w *Workspace) Batch(ctx context.Context, id string) (BatchDetail, error) {
	b, files, err := w.store.Batch(ctx, id)
	if err != nil {
		return BatchDetail{}, err
	}
	out := BatchDetail{BatchSummary: batchSummary(b), Superseded: b.Superseded, PerFile: make([]FileResult, 0, len(files))}
	var sum yardstick.Tally
	for _, f := range files {
		sum.Add(f.Rows)
		out.PerFile = append(out.PerFile, FileResult{
			File: f.Path, Outcome: f.Outcome, Kinds: append([]string{}, f.Kinds...), Forms: len(f.FormIDs), Lines: f.Lines,
			Rows: Rows(f.Rows), Rejected: append([]yardstick.Issue{}, f.Rejected...),
			Warnings: append([]yardstick.Issue{}, f.Warnings...), FormIDs: append([]string{}, f.FormIDs...),
		})
	}
	out.Rows = Rows(sum)
	return out, nil
}

func batchSummary(b store.BatchInfo) BatchSummary {
	return BatchSummary{
		ID: b.ID, Source: b.Source, Sample: b.Sample, LoadedAt: b.LoadedAt, TookMS: b.Took.Milliseconds(),
		Files: b.Files, Forms: b.Forms, Lines: b.Lines, Rejected: b.Rejected, Warnings: b.Warnings,
	}
}
