package workspace

import (
	"context"
	"fmt"
	"os"
	"time"

	"yardstick"
	"yardstick/ingest"
	"yardstick/ingest/tables"
)

// ingestTables loads extracts with one row per indicator line. Each extract is
// a batch of its own, whole or absent; the result adds them up and names the
// last one that stored something.
func (w *Workspace) ingestTables(ctx context.Context, req IngestRequest, start time.Time) (IngestResult, error) {
	if len(req.Uploads) > 0 {
		return IngestResult{}, &yardstick.Error{Kind: yardstick.Invalid, Op: "workspace.Ingest", Msg: "批量导入只接受服务器上的路径，用命令行导入。"}
	}
	text, err := os.ReadFile(req.Mapping)
	if err != nil {
		return IngestResult{}, &yardstick.Error{Kind: yardstick.NotFound, Op: "workspace.Ingest", Err: err, Msg: "对照文件 " + req.Mapping + " 打不开。核对路径后重试。"}
	}
	m, err := tables.ParseMapping(req.Mapping, text)
	if err != nil {
		return IngestResult{}, err
	}
	sources, err := ingest.Paths(req.Paths)
	if err != nil {
		return IngestResult{}, err
	}
	w.ingest.Lock()
	defer w.ingest.Unlock()
	sum := IngestResult{Rejected: []yardstick.Issue{}, Warnings: []yardstick.Issue{}, PerFile: []FileResult{}}
	defer func() { // the extracts before one that fails are stored, too
		if sum.Forms > 0 {
			w.forget()
			w.dropIndex() // an extract may hold a million names: the next search builds the index
		}
	}()
	for i, src := range sources {
		batch := yardstick.Batch{Source: "table", Sample: req.Sample, Started: time.Now()}
		opt := tables.Options{}
		if req.Progress != nil {
			opt.Progress = func(rows int) {
				req.Progress(Progress{Stage: "读取", Done: i, Total: len(sources), Name: fmt.Sprintf("%s 第 %d 行", src.Name, rows)})
			}
		}
		out, err := tables.Load(ctx, &batch, src.Name, m, w.store, opt)
		if err != nil {
			return IngestResult{}, err
		}
		part := ingestResult(ingest.Result{Batch: &batch, Outcome: out})
		if part.Batch != "" {
			sum.Batch = part.Batch
		}
		sum.Files += part.Files
		sum.Forms += part.Forms
		sum.Lines += part.Lines
		sum.Superseded += part.Superseded
		sum.Unchanged += part.Unchanged
		sum.Rejected = append(sum.Rejected, part.Rejected...)
		sum.Warnings = append(sum.Warnings, part.Warnings...)
		sum.PerFile = append(sum.PerFile, part.PerFile...)
		sum.Rows.Read += part.Rows.Read
		sum.Rows.Clean += part.Rows.Clean
		sum.Rows.Warned += part.Rows.Warned
		sum.Rows.Rejected += part.Rows.Rejected
	}
	sum.TookMS = time.Since(start).Milliseconds()
	return sum, nil
}
