// Package ingest turns files and uploads into batches of records: it finds the
// files, reads them side by side into grids and forms, counts every row, and
// hands one whole batch to a Sink. What a form looks like is decided in
// ingest/forms, what a file holds in ingest/grid, where records are kept by the
// Sink. Start from Run.
package ingest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"sync"

	"yardstick"
	"yardstick/ingest/forms"
	"yardstick/ingest/grid"
)

// Sink stores batches. Append stores a batch whole or not at all.
type Sink interface {
	// Known returns, of the given content hashes, those whose files are stored
	// and in force, with the batch that stored them.
	Known(ctx context.Context, hashes []string) (map[string]string, error)
	Append(ctx context.Context, b *yardstick.Batch) (yardstick.Outcome, error)
}

// Source is one file to read.
type Source struct {
	Name string                        // as given; shown in results and kept as provenance
	Open func() (io.ReadCloser, error) // called twice: to tell whether it is known, and to read it
}

// Options configures Run. The zero value reads with all cores and the grid
// reader's own limits.
type Options struct {
	Workers  int          // files read at once; 0 means one per core
	MaxBytes int64        // per file; 0 means 256 MiB
	Grid     grid.Options // limits of the grid reader
	// Label completes a form before it is stored, for what the form itself does
	// not say, such as its functional class; nil leaves forms as read.
	Label func(*yardstick.Form)
	// Progress is told after each file, from one goroutine at a time.
	Progress func(done, total int, name string)
}

const maxBytes = 256 << 20

// Result is a batch as read, with what the sink made of it.
type Result struct {
	Batch   *yardstick.Batch
	Outcome yardstick.Outcome
}

// Run reads every source and appends one batch to sink. Sources that can't be
// used become rejected files of the batch; an error is returned only if ctx
// ends or the sink fails, and then nothing is stored.
func Run(ctx context.Context, batch yardstick.Batch, sources []Source, sink Sink, opt Options) (Result, error) {
	files, err := Read(ctx, sources, sink, opt)
	if err != nil {
		return Result{}, err
	}
	batch.Files = files
	out, err := sink.Append(ctx, &batch)
	if err != nil {
		return Result{}, fmt.Errorf("append batch: %w", err)
	}
	return Result{Batch: &batch, Outcome: out}, nil
}

// Read reads every source into a File, in the order of sources. Files whose
// content sink knows already keep only path and hash; a nil sink knows none.
func Read(ctx context.Context, sources []Source, sink Sink, opt Options) ([]yardstick.File, error) {
	if opt.Workers <= 0 {
		opt.Workers = runtime.GOMAXPROCS(0)
	}
	if opt.MaxBytes <= 0 {
		opt.MaxBytes = maxBytes
	}
	known, err := stored(ctx, sources, sink, opt)
	if err != nil {
		return nil, err
	}
	files := make([]yardstick.File, len(sources))
	var mu sync.Mutex // guards done and the call of Progress
	done := 0
	err = each(ctx, len(sources), opt.Workers, func(ctx context.Context, i int) error {
		f, err := readFile(ctx, sources[i], known, opt)
		files[i] = f
		mu.Lock()
		defer mu.Unlock()
		done++
		if opt.Progress != nil && err == nil {
			opt.Progress(done, len(sources), sources[i].Name)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return files, nil
}

// each calls do for 0 … n−1 from workers goroutines, in order of starting. It
// stops at the first error, or when ctx ends, and returns it.
func each(ctx context.Context, n, workers int, do func(ctx context.Context, i int) error) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	next := make(chan int)
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for i := range next {
				if err := do(ctx, i); err != nil {
					stop(err)
				}
			}
		})
	}
feed:
	for i := range n {
		select {
		case next <- i:
		case <-ctx.Done():
			break feed
		}
	}
	close(next)
	wg.Wait()
	return context.Cause(ctx)
}

// stored returns the hashes of those sources that sink holds already: one
// question for the whole batch, because each costs more than reading a file.
// Sources that can't be read are passed over; they are reported when they are
// read.
func stored(ctx context.Context, sources []Source, sink Sink, opt Options) (map[string]string, error) {
	if sink == nil {
		return nil, nil
	}
	hashes := make([]string, len(sources))
	err := each(ctx, len(sources), opt.Workers, func(ctx context.Context, i int) error {
		r, err := sources[i].Open()
		if err != nil {
			return ctx.Err()
		}
		defer r.Close()
		h := sha256.New()
		if n, err := io.Copy(h, io.LimitReader(r, opt.MaxBytes+1)); err == nil && n <= opt.MaxBytes {
			hashes[i] = hex.EncodeToString(h.Sum(nil))
		}
		return ctx.Err()
	})
	if err != nil {
		return nil, err
	}
	known, err := sink.Known(ctx, slices.DeleteFunc(hashes, func(h string) bool { return h == "" }))
	if err != nil {
		return nil, fmt.Errorf("look up the files: %w", err)
	}
	return known, nil
}

// readFile reads one source. Its error is the context's.
func readFile(ctx context.Context, src Source, known map[string]string, opt Options) (yardstick.File, error) {
	f := yardstick.File{Path: src.Name}
	data, err := load(src, opt.MaxBytes)
	if err != nil {
		f.Rejected = append(f.Rejected, rejection(src.Name, err))
		return f, ctx.Err()
	}
	sum := sha256.Sum256(data)
	f.Hash, f.Size = hex.EncodeToString(sum[:]), int64(len(data))
	if _, ok := known[f.Hash]; ok {
		return f, ctx.Err()
	}
	grids, err := grid.Read(ctx, src.Name, data, opt.Grid)
	if ctx.Err() != nil {
		return f, ctx.Err()
	}
	if err != nil {
		f.Rejected = append(f.Rejected, rejection(src.Name, err))
		return f, nil
	}
	r := forms.ReadFile(grids)
	f.Forms, f.Rejected, f.Warnings, f.Rows = r.Forms, r.Rejected, r.Warnings, r.Rows
	for i := range f.Forms {
		f.Forms[i].File = src.Name
		if opt.Label != nil {
			opt.Label(&f.Forms[i])
		}
	}
	for i := range f.Rejected {
		f.Rejected[i].File = src.Name
	}
	for i := range f.Warnings {
		f.Warnings[i].File = src.Name
	}
	return f, nil
}

// errTooLarge is a file beyond Options.MaxBytes.
var errTooLarge = errors.New("file too large")

func load(src Source, limit int64) ([]byte, error) {
	r, err := src.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err != nil {
		return nil, err
	}
	if int64(len(data)) > limit {
		return nil, errTooLarge
	}
	return data, nil
}

// rejection words the failure of a whole file.
func rejection(name string, err error) yardstick.Issue {
	base := name[strings.LastIndexByte(name, '/')+1:]
	issue := yardstick.Issue{File: name}
	var ge *grid.Problem
	switch {
	case errors.As(err, &ge):
		issue.Code, issue.Sheet, issue.Cell, issue.Message = ge.Code, ge.Sheet, ge.Cell, ge.Msg
	case errors.Is(err, errTooLarge):
		issue.Code = yardstick.FileTooLarge
		issue.Message = base + " 太大。拆成几个文件后重新导入；大量数据走批量导入（见 docs/mapping.md）。"
	default:
		issue.Code = yardstick.FileMissing
		issue.Message = base + " 打不开，文件可能已移走，或没有读取权限。确认后重新导入。"
	}
	return issue
}
