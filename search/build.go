package search

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"github.com/blevesearch/bleve/v2"
)

// Options configures Build. The zero value is what the product uses.
type Options struct {
	BatchSize int // documents held in memory before bleve writes them; 0 means 6000: the shipped library is one batch and needs no merge
}

// Build writes an index of docs to dir. It builds beside dir and renames, so
// that dir holds the old index or the new one, never half of one; an index
// that is open on dir goes on answering from the old one until it is closed.
// A document without an id is an error; of two with the same id, the last
// stays.
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
	last := make(map[string]Doc)
	for d := range docs {
		if d.ID == "" {
			return fmt.Errorf("document %q has no id", d.Name)
		}
		last[d.ID] = d
	}
	all := byID(last)
	words := derive(all)
	names := make(chan error, 1)
	go func() { // beside bleve's work
		s, err := newSegment(all)
		if err == nil {
			err = writeNames(path, s, words)
		}
		names <- err
	}()
	err := writeWords(path, scratch, all, newAnalyzer(words), opt)
	return errors.Join(err, <-names)
}

// writeNames writes the segment of names and the words that the dictionary
// grew by.
func writeNames(path string, s *segment, words []string) error {
	dir := filepath.Join(path, namesDir)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, firstBase), s.encode(), 0o644); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, wordsFile), []byte(strings.Join(words, "\n")), 0o644)
}

// writeWords writes the bleve index.
func writeWords(path, scratch string, docs []Doc, a *analyzer, opt Options) error {
	m, err := newMapping()
	if err != nil {
		return err
	}
	if len(docs) == 0 { // the builder can't close without a document
		x, err := bleve.New(path, m)
		if err != nil {
			return err
		}
		return x.Close()
	}
	size := opt.BatchSize
	if size <= 0 {
		size = 6000
	}
	b, err := bleve.NewBuilder(path, m, map[string]any{"batchSize": size, "buildPathPrefix": scratch})
	if err != nil {
		return err
	}
	for _, d := range docs {
		if err := b.Index(d.ID, a.fields(d)); err != nil {
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
	const size = 2000
	x.update.Lock()
	defer x.update.Unlock()
	batch := make([]Doc, 0, size)
	flush := func() error {
		if len(batch) == 0 {
			return nil
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := x.add(batch); err != nil {
			return fmt.Errorf("update index: %w", err)
		}
		batch = batch[:0]
		return nil
	}
	for d := range docs {
		if d.ID == "" {
			return fmt.Errorf("update index: document %q has no id", d.Name)
		}
		if batch = append(batch, d); len(batch) == size {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	return flush()
}

// add writes one batch: first the file of names, then, together, the words and
// which file holds. Searches see it from then on.
func (x *Index) add(docs []Doc) error {
	old := x.names.Load()
	fresh, err := old.with(docs)
	if err != nil {
		return err
	}
	st, err := fresh.save(x.dir, old, x.state)
	if err != nil {
		return err
	}
	raw, err := json.Marshal(st)
	if err != nil {
		return err
	}
	b := x.index.NewBatch()
	for _, d := range docs {
		if err := b.Index(d.ID, x.terms.fields(d)); err != nil {
			return fmt.Errorf("document %q: %w", d.ID, err)
		}
	}
	b.SetInternal([]byte(internal), raw)
	if err := x.index.Batch(b); err != nil {
		return err
	}
	x.names.Store(fresh)
	x.state = st
	return sweep(x.dir, st)
}
