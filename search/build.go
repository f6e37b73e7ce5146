package search

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"

	"github.com/blevesearch/bleve/v2"
)

// Options configures Build. The zero value is what the product uses.
type Options struct {
	BatchSize int // documents held in memory before they are written; 0 means 2000
}

// Build writes an index of docs to dir. It builds beside dir and renames, so
// that dir holds the old index or the new one, never half of one; an index
// that is open on dir goes on answering from the old one until it is closed.
// A document without an id is an error; of two with the same id, both stay, so
// callers keep ids unique.
func Build(dir string, docs iter.Seq[Doc], opt Options) (err error) {
	dir = filepath.Clean(dir)
	if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
		return fmt.Errorf("build index: %w", err)
	}
	tmp, err := os.MkdirTemp(filepath.Dir(dir), filepath.Base(dir)+".new-")
	if err != nil {
		return fmt.Errorf("build index: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(tmp)) }()
	fresh := filepath.Join(tmp, "index")
	if err := write(fresh, tmp, docs, opt); err != nil {
		return fmt.Errorf("build index: %w", err)
	}
	return swap(dir, fresh)
}

func write(path, scratch string, docs iter.Seq[Doc], opt Options) error {
	m, err := newMapping()
	if err != nil {
		return err
	}
	size := opt.BatchSize
	if size <= 0 {
		size = 2000
	}
	next, stop := iter.Pull(docs)
	defer stop()
	d, ok := next()
	if !ok { // the builder can't close without a document
		x, err := bleve.New(path, m)
		if err != nil {
			return err
		}
		return x.Close()
	}
	b, err := bleve.NewBuilder(path, m, map[string]any{"batchSize": size, "buildPathPrefix": scratch})
	if err != nil {
		return err
	}
	a := newAnalyzer()
	for ; ok; d, ok = next() {
		f, err := a.fields(d)
		if err == nil {
			err = b.Index(d.ID, f)
		}
		if err != nil {
			// The builder stays unclosed: closing writes an index that nobody wants,
			// and panics if the first document failed.
			return fmt.Errorf("document %q: %w", d.ID, err)
		}
	}
	return b.Close()
}

// swap puts fresh in the place of dir. Between the two renames dir is missing
// and dir.old is whole; Open puts that back if the process died there.
func swap(dir, fresh string) error {
	old := dir + ".old"
	if err := os.RemoveAll(old); err != nil {
		return fmt.Errorf("replace index: %w", err)
	}
	if err := os.Rename(dir, old); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("replace index: %w", err)
	}
	if err := os.Rename(fresh, dir); err != nil {
		return fmt.Errorf("replace index: %w", err)
	}
	if err := os.RemoveAll(old); err != nil {
		return fmt.Errorf("replace index: %w", err)
	}
	return nil
}

// Update adds docs, replacing those with the same id. It may run beside
// searches. It checks ctx between batches; what was written before it stops
// stays.
func (x *Index) Update(ctx context.Context, docs iter.Seq[Doc]) error {
	const size = 500
	batch := x.index.NewBatch()
	flush := func() error {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := x.index.Batch(batch); err != nil {
			return fmt.Errorf("update index: %w", err)
		}
		batch.Reset()
		return nil
	}
	for d := range docs {
		f, err := x.terms.fields(d)
		if err == nil {
			err = batch.Index(d.ID, f)
		}
		if err != nil {
			return fmt.Errorf("update index: document %q: %w", d.ID, err)
		}
		if batch.Size() >= size {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	return flush()
}
