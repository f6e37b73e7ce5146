package workspace

import (
	"context"
	"fmt"
	"io"
	"time"

	"yardstick"
	"yardstick/indicators"
	"yardstick/ingest"
)

// maxUploads is how many files one request may hand over; a folder of a
// county's year holds a few thousand.
const maxUploads = 20000

// Ingest loads files as one batch: whole or, if ctx ends or storing fails, not
// at all. With a mapping the paths are extracts with one row per indicator
// line. What could not be read is in the result, file by file.
func (w *Workspace) Ingest(ctx context.Context, req IngestRequest) (IngestResult, error) {
	start := time.Now()
	if req.Mapping != "" {
		return w.ingestTables(ctx, req, start)
	}
	sources, err := ingest.Paths(req.Paths)
	if err != nil {
		return IngestResult{}, err
	}
	for _, u := range req.Uploads {
		sources = append(sources, ingest.Source{Name: u.Name, Open: func() (io.ReadCloser, error) { return u.Open() }})
	}
	return w.ingestSources(ctx, req, sources, start)
}

func (w *Workspace) ingestSources(ctx context.Context, req IngestRequest, sources []ingest.Source, start time.Time) (IngestResult, error) {
	switch {
	case len(sources) == 0:
		return IngestResult{}, &yardstick.Error{Kind: yardstick.Invalid, Op: "workspace.Ingest", Msg: "没有可读的文件：文件夹是空的，或只有隐藏文件。"}
	case len(sources) > maxUploads:
		return IngestResult{}, &yardstick.Error{Kind: yardstick.Invalid, Op: "workspace.Ingest",
			Msg: fmt.Sprintf("一批最多 %d 个文件，现有 %d 个。分几批导入。", maxUploads, len(sources))}
	}
	w.ingest.Lock()
	defer w.ingest.Unlock()
	tell := req.Progress
	if tell == nil {
		tell = func(Progress) {}
	}
	sink := &sink{w: w, begin: func() { tell(Progress{Stage: "入库", Done: 0, Total: 1}) }}
	run, err := ingest.Run(ctx, yardstick.Batch{Source: req.Source, Sample: req.Sample, Started: start}, sources, sink, ingest.Options{
		Label: label(w.lib.Load().Library),
		Progress: func(done, total int, name string) {
			tell(Progress{Stage: "读取", Done: done, Total: total, Name: name})
		},
	})
	if err != nil {
		return IngestResult{}, err
	}
	res := ingestResult(run)
	if run.Outcome.Forms > 0 {
		tell(Progress{Stage: "建索引", Done: 0, Total: 1})
		w.forget()
		forms, names := map[string]bool{}, map[string]bool{}
		for i, f := range run.Outcome.Files {
			for _, id := range f.FormIDs {
				forms[id] = true
			}
			for _, form := range run.Batch.Files[i].Forms {
				for j := range form.Lines {
					names[indicators.NormalName(form.Lines[j].Name.Value)] = true
				}
			}
		}
		// The batch is stored: an index that can't follow is dropped, and the next
		// search builds it anew.
		if err := w.indexBatch(context.WithoutCancel(ctx), forms, names, run.Outcome.Superseded > 0); err != nil {
			w.dropIndex()
		}
		tell(Progress{Stage: "建索引", Done: 1, Total: 1})
	}
	res.TookMS = time.Since(start).Milliseconds()
	return res, nil
}

// sink is the store as ingest sees it.
type sink struct {
	w     *Workspace
	begin func()
}

func (s *sink) Known(ctx context.Context, hashes []string) (map[string]string, error) {
	return s.w.store.Known(ctx, hashes)
}

func (s *sink) Append(ctx context.Context, b *yardstick.Batch) (yardstick.Outcome, error) {
	s.begin()
	return s.w.store.Append(ctx, b)
}

// ingestResult words a run as the contract prints it.
func ingestResult(run ingest.Result) IngestResult {
	out := run.Outcome
	res := IngestResult{
		Batch: out.BatchID, Files: len(run.Batch.Files), Forms: out.Forms, Lines: out.Lines,
		Superseded: out.Superseded, Unchanged: out.Unchanged,
		Rejected: []yardstick.Issue{}, Warnings: []yardstick.Issue{}, PerFile: make([]FileResult, 0, len(run.Batch.Files)),
	}
	for i := range run.Batch.Files {
		f := &run.Batch.Files[i]
		fr := FileResult{
			File: f.Path, Kinds: []string{}, FormIDs: []string{},
			Rejected: append([]yardstick.Issue{}, f.Rejected...), Warnings: append([]yardstick.Issue{}, f.Warnings...),
			Rows: Rows(f.Rows),
		}
		for j := range f.Forms {
			fr.Kinds = append(fr.Kinds, string(f.Forms[j].Kind))
		}
		if i < len(out.Files) {
			o := out.Files[i]
			fr.Outcome, fr.Forms, fr.Lines = o.Outcome, o.Forms, o.Lines
			fr.FormIDs = append(fr.FormIDs, o.FormIDs...)
			fr.Warnings = append(fr.Warnings, o.Issues...)
		}
		if fr.Outcome == "unchanged" { // nothing of it was stored now
			fr.Rows, fr.Rejected, fr.Warnings = Rows{}, []yardstick.Issue{}, []yardstick.Issue{}
		}
		res.Rejected = append(res.Rejected, fr.Rejected...)
		res.Warnings = append(res.Warnings, fr.Warnings...)
		res.Rows.Read += fr.Rows.Read
		res.Rows.Clean += fr.Rows.Clean
		res.Rows.Warned += fr.Rows.Warned
		res.Rows.Rejected += fr.Rows.Rejected
		res.Rows.Unused += fr.Rows.Unused
		res.PerFile = append(res.PerFile, fr)
	}
	return res
}
