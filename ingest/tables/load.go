package tables

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"sync"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"

	"yardstick"
)

// Identify tells what a form is about: identity is what a correction has in
// common with the form that it replaces, region the id under which its lines
// are stored. The form's ID, File, Kind, Year, Region, Department, Unit and
// Project are set.
type Identify = func(f *yardstick.Form) (identity, region string)

// What begin of Sink.AppendTable returns.
type (
	// Lines yields the rows of the table line that the extract fills.
	Lines = array.RecordReader
	// Forms yields forms without lines and the hash of what each says. Forms of
	// one identity follow each other; the last is in force.
	Forms = iter.Seq2[*yardstick.Form, string]
)

// Sink stores extracts.
type Sink interface {
	ParquetReader
	// Known returns, of the given content hashes, those whose files are stored
	// and in force, with the batch that stored them.
	Known(ctx context.Context, hashes []string) (map[string]string, error)
	// AppendTable stores a batch of one file whole or not at all. It calls begin
	// once, reads lines to their end and then forms; Rows, Rejected and Warnings
	// of the batch's file are filled in when lines end. It releases lines.
	AppendTable(ctx context.Context, b *yardstick.Batch, begin func(Identify) (Lines, Forms, error)) (yardstick.Outcome, error)
}

// Options tunes Load. The zero value is what production uses.
type Options struct {
	// Progress is told how many of the file's bytes or rows were read, from one
	// goroutine at a time; total is 0 where it is not known.
	Progress func(rows int)
}

// Load reads the extract at path by m and stores it as the one file of b, whose
// Files are replaced. A file that can't be used as a whole is a rejected file of
// the batch and is not stored; every row of a file that can be used is stored or
// rejected. The error is of kind Invalid if the mapping does not fit the file.
func Load(ctx context.Context, b *yardstick.Batch, path string, m Mapping, sink Sink, opt Options) (yardstick.Outcome, error) {
	f := yardstick.File{Path: path}
	out, err := load(ctx, b, &f, m, sink, opt)
	var fe *fileError
	if errors.As(err, &fe) {
		f.Forms, f.Warnings, f.Rows = nil, nil, yardstick.Tally{}
		f.Rejected = []yardstick.Issue{{File: path, Code: fe.code, Message: fe.msg}}
		b.Files = []yardstick.File{f}
		return yardstick.Outcome{Files: []yardstick.FileOutcome{{Outcome: "rejected"}}}, nil
	}
	return out, err
}

func load(ctx context.Context, b *yardstick.Batch, f *yardstick.File, m Mapping, sink Sink, opt Options) (yardstick.Outcome, error) {
	b.Files = []yardstick.File{*f}
	before, err := os.Stat(f.Path)
	if err != nil {
		return yardstick.Outcome{}, unusable(yardstick.FileMissing, err, "%s 打不开，文件可能已移走，或没有读取权限。确认后重新导入。", base(f.Path))
	}
	if f.Hash, err = hashFile(ctx, f.Path); err != nil {
		return yardstick.Outcome{}, err
	}
	f.Size = before.Size()
	b.Files[0] = *f
	known, err := sink.Known(ctx, []string{f.Hash})
	if err != nil {
		return yardstick.Outcome{}, fmt.Errorf("look up %s: %w", f.Path, err)
	}
	if _, ok := known[f.Hash]; ok {
		return yardstick.Outcome{Unchanged: 1, Files: []yardstick.FileOutcome{{Outcome: "unchanged"}}}, nil
	}
	mem := newPool()
	defer mem.close()
	r, err := openReader(f.Path, m.File, sink, mem)
	if err != nil {
		return yardstick.Outcome{}, err
	}
	defer r.close()
	header, err := r.header()
	if err != nil {
		return yardstick.Outcome{}, err
	}
	p, err := newPlan(&m, f.Path, header)
	if err != nil {
		return yardstick.Outcome{}, err
	}
	r.choose(p.use)
	lookups, err := openLookups(ctx, p, f.Path, sink, mem)
	if err != nil {
		return yardstick.Outcome{}, err
	}
	defer func() {
		for _, l := range lookups {
			l.release()
		}
	}()
	is := newIssues(f.Path, r.sheet())
	var s *stream
	begin := func(identify Identify) (Lines, Forms, error) {
		h := newHeads(f.Path, r.sheet(), identify)
		h.moneyUnit = p.moneyUnit
		t := newTransformer(p, lookups, h, is, mem)
		s = newStream(ctx, r, t, opt)
		s.finish = func() error {
			after, err := os.Stat(f.Path)
			if err != nil || after.Size() != before.Size() || !after.ModTime().Equal(before.ModTime()) {
				return &yardstick.Error{Kind: yardstick.Conflict, Op: "tables.Load", Err: err,
					Msg: base(f.Path) + " 在读取时改变了，没有入库。等它写完后重新导入。"}
			}
			lookupNotes(is, lookups)
			t.values = [fieldCount]*valueParser{} // room for what the sink does next
			mem.trim()
			b.Files[0].Rows, b.Files[0].Rejected, b.Files[0].Warnings = t.tally, is.rejected, is.warnings()
			return nil
		}
		return s, h.forms(), nil
	}
	out, err := sink.AppendTable(ctx, b, begin)
	if s != nil {
		if serr := s.stop(); serr != nil {
			return yardstick.Outcome{}, serr
		}
	}
	return out, err
}

func lookupNotes(is *issues, lookups []*lookupTable) {
	for _, l := range lookups {
		if l.missing > 0 {
			is.note(yardstick.RowMissing, fmt.Sprintf("有 %d 行在对照表 %s 里没有对应的行，从那里来的列是空的。", l.missing, l.name))
		}
		if l.repeats > 0 {
			is.note(yardstick.RowColumns, fmt.Sprintf("的对照表 %s 有 %d 行的键与前面的行重复，用的是先出现的。", l.name, l.repeats))
		}
	}
}

// hashFile returns the SHA-256 of a file, hex.
func hashFile(ctx context.Context, path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", unusable(yardstick.FileMissing, err, "%s 打不开，文件可能已移走，或没有读取权限。确认后重新导入。", base(path))
	}
	defer f.Close()
	h := sha256.New()
	buf := make([]byte, 1<<20)
	for {
		n, err := f.Read(buf)
		h.Write(buf[:n])
		if err == io.EOF {
			return hex.EncodeToString(h.Sum(nil)), nil
		}
		if err != nil {
			return "", unusable(yardstick.FileMissing, err, "%s 读不出来。确认它是文件而不是文件夹，并有读取权限。", base(path))
		}
		if ctx.Err() != nil {
			return "", ctx.Err()
		}
	}
}

// batchesAhead is how many batches are made ready while the sink stores others.
const batchesAhead = 2

// stream is the lines of an extract as a record reader: one goroutine reads
// columns, one makes batches, and the sink takes them.
type stream struct {
	schema *arrow.Schema
	out    chan arrow.RecordBatch
	finish func() error
	cancel context.CancelFunc
	done   sync.WaitGroup

	mu      sync.Mutex
	err     error
	current arrow.RecordBatch
	ended   bool
}

func newStream(ctx context.Context, r reader, t *transformer, opt Options) *stream {
	ctx, cancel := context.WithCancel(ctx)
	s := &stream{schema: t.schema, out: make(chan arrow.RecordBatch, batchesAhead), cancel: cancel}
	chunks := make(chan *chunk, 1)
	s.done.Go(func() {
		defer close(chunks)
		for {
			c, err := r.next()
			if err != nil {
				if err != io.EOF {
					s.fail(err)
				}
				return
			}
			select {
			case chunks <- c:
			case <-ctx.Done():
				c.release()
				s.fail(ctx.Err())
				return
			}
		}
	})
	s.done.Go(func() {
		defer close(s.out)
		defer t.out.drop()
		send := s.send(ctx)
		for c := range chunks {
			if s.failed() == nil {
				s.make(t, c, opt, send)
			}
			c.release()
		}
		if b := t.out.batch(); b != nil && s.failed() == nil {
			send(b)
		} else if b != nil {
			b.Release()
		}
	})
	return s
}

// make turns a chunk into rows of batches.
func (s *stream) make(t *transformer, c *chunk, opt Options, send func(arrow.RecordBatch)) {
	t.run(c, send)
	switch {
	case t.issues.tooMany():
		first := t.issues.rejected[0]
		s.fail(unusable(first.Code, nil, "%s 有 %d 行以上不能入库，映射文件可能不对，整个文件没有入库。第一处：%s",
			base(t.issues.file), mostRejected, first.Message))
	case len(t.heads.all) > mostForms:
		s.fail(unusable(yardstick.FileTooLarge, nil, "%s 里有 %d 份以上的表。按年度或地区拆成几个文件后重新导入。", base(t.issues.file), mostForms))
	}
	if opt.Progress != nil {
		opt.Progress(t.tally.Read)
	}
}

// send returns the function that hands a batch on.
func (s *stream) send(ctx context.Context) func(arrow.RecordBatch) {
	return func(b arrow.RecordBatch) {
		select {
		case s.out <- b:
		case <-ctx.Done():
			b.Release()
			s.fail(ctx.Err())
		}
	}
}

func (s *stream) fail(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err == nil {
		s.err = err
	}
	s.cancel()
}

func (s *stream) failed() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.err
}

// stop ends the goroutines and returns what went wrong in them.
func (s *stream) stop() error {
	ended := s.ended
	s.cancel()
	for b := range s.out {
		b.Release()
	}
	s.done.Wait()
	if s.current != nil {
		s.current.Release()
		s.current = nil
	}
	if err := s.failed(); err != nil && !(ended && errors.Is(err, context.Canceled)) {
		return err
	}
	return nil
}

// Schema is part of array.RecordReader.
func (s *stream) Schema() *arrow.Schema { return s.schema }

// Next is part of array.RecordReader.
func (s *stream) Next() bool {
	if s.current != nil {
		s.current.Release()
		s.current = nil
	}
	b, ok := <-s.out
	if !ok {
		if !s.ended && s.failed() == nil {
			if err := s.finish(); err != nil {
				s.fail(err)
			}
		}
		s.ended = true
		return false
	}
	s.current = b
	return true
}

// RecordBatch is part of array.RecordReader.
func (s *stream) RecordBatch() arrow.RecordBatch { return s.current }

// Record is part of array.RecordReader.
func (s *stream) Record() arrow.RecordBatch { return s.current }

// Err is part of array.RecordReader.
func (s *stream) Err() error { return s.failed() }

// Retain is part of array.RecordReader; Load owns the stream.
func (s *stream) Retain() {}

// Release is part of array.RecordReader; Load owns the stream.
func (s *stream) Release() {}
