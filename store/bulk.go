//go:build duckdb_arrow

package store

import (
	"cmp"
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"iter"
	"strconv"
	"strings"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	duckdb "github.com/duckdb/duckdb-go/v2"

	"yardstick"
)

// AppendTable stores a batch of one file that is an extract with one row per
// line, whole or not at all. It calls begin once with the function that tells a
// form's identity and region; begin returns the lines, columns of the table
// line in any number but with form_id, seq, kind and name, and the forms
// without lines, each with a hash of what it says. Lines are read to their end
// first; batches of 122,880, a row group, are stored fastest, because DuckDB puts
// smaller ones together by storing them twice. Forms of one identity must follow
// each other; the last is the one in force, those before it are kept as earlier
// versions. b's file may be completed while lines are read. AppendTable releases
// lines.
//
// By the rules of Append, a form that is stored already changes nothing, and one
// with the identity of a form in force and another content supersedes it.
func (s *Store) AppendTable(ctx context.Context, b *yardstick.Batch,
	begin func(identify func(*yardstick.Form) (identity, region string)) (array.RecordReader, iter.Seq2[*yardstick.Form, string], error),
) (_ yardstick.Outcome, err error) {
	if len(b.Files) != 1 {
		return yardstick.Outcome{}, fmt.Errorf("store.AppendTable: %d files in the batch, want 1", len(b.Files))
	}
	s.write.Lock()
	defer s.write.Unlock()
	if err := s.room(uint64(b.Files[0].Size)); err != nil {
		return yardstick.Outcome{}, err
	}
	start := s.now().UTC()
	g, err := s.places()
	if err != nil {
		return yardstick.Outcome{}, err
	}
	t := &tableLoad{store: s, b: b, g: g, start: start, id: cmp.Or(b.ID, newBatchID(start)), st: newStaged(), ids: map[string]identity{}, named: map[string]identity{}}
	defer t.st.release()
	t.places = newPlaces(t.st, g)
	if t.lines, t.forms, err = begin(t.identify); err != nil {
		return yardstick.Outcome{}, err
	}
	defer t.lines.Release()
	out, err := t.run(ctx)
	if err != nil {
		if own := t.lines.Err(); own != nil { // what stopped the lines says more than what DuckDB makes of it
			err = own
		}
		return yardstick.Outcome{}, s.fault("store.AppendTable", err)
	}
	s.log.InfoContext(ctx, "table stored", "batch", out.BatchID, "file", b.Files[0].Path, "rows", out.Lines,
		"rejected", b.Files[0].Rows.Rejected, "took", s.now().Sub(start))
	return out, nil
}

// tableLoad is an AppendTable under way.
type tableLoad struct {
	store  *Store
	b      *yardstick.Batch
	g      *gazetteer
	id     string
	start  time.Time
	lines  array.RecordReader
	group  *groupReader
	forms  iter.Seq2[*yardstick.Form, string]
	st     *staged
	drop   *rows // form_ids whose lines are not kept
	places *places
	ids    map[string]identity // by form_id
	named  map[string]identity // by what names the form, but for the year
	out    yardstick.Outcome
	file   yardstick.FileOutcome
	order  int
}

// identify tells what a form is about. Of all that names a form only the year
// changes often, so what follows from the rest is remembered.
func (t *tableLoad) identify(f *yardstick.Form) (base, region string) {
	names := strings.Join([]string{string(f.Kind), f.Region.Value, f.Department.Value, f.Unit.Value, f.Project.Value}, "\x00")
	id, ok := t.named[names]
	if ok && f.Year.Known {
		head := string(f.Kind) + "|"
		_, rest, _ := strings.Cut(strings.TrimPrefix(id.base, head), "|")
		id.base = head + strconv.Itoa(int(f.Year.Value)) + "|" + rest
	} else {
		id = identify(t.g, f, t.b.Files[0].Hash)
		if f.Year.Known && id.agency != "" && id.project != "" {
			t.named[names] = id
		}
	}
	t.ids[f.ID] = id
	return id.base, id.region
}

// run stores everything in one transaction, lines first: what the forms say is
// known only after the last line.
func (t *tableLoad) run(ctx context.Context) (out yardstick.Outcome, err error) {
	s := t.store
	conn, err := s.db.Conn(ctx)
	if err != nil {
		return out, err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	t.drop = newRows("form_id text")
	defer t.drop.release()
	drop, err := t.stage(ctx, conn)
	defer func() { err = errors.Join(err, drop()) }()
	if err != nil {
		return out, err
	}
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return out, err
	}
	if err := t.write(ctx, tx); err != nil {
		return out, errors.Join(err, tx.Rollback())
	}
	if t.out.BatchID == "" {
		return t.out, tx.Rollback()
	}
	if err := tx.Commit(); err != nil {
		return out, fmt.Errorf("commit: %w", err)
	}
	s.checkpoint(ctx, conn)
	return t.out, nil
}

func (t *tableLoad) write(ctx context.Context, tx *sql.Tx) error {
	if err := t.writeLines(ctx, tx); err != nil {
		return err
	}
	t.finish()
	if t.out.BatchID == "" {
		return nil
	}
	for _, table := range t.st.tables() {
		if table.rows.total == 0 || table.name == "line" {
			continue
		}
		if _, err := tx.ExecContext(ctx, statement("append_"+table.name)); err != nil {
			if table.name == "batch" && isDuplicate(err) {
				err = &yardstick.Error{Kind: yardstick.Conflict, Op: "store.AppendTable", Err: err,
					Msg: "同一批次号已经存在，没有重复导入。"}
			}
			return fmt.Errorf("append %s: %w", table.name, err)
		}
	}
	if t.drop.total > 0 {
		if _, err := tx.ExecContext(ctx, statement("bulk_unchanged")); err != nil {
			return fmt.Errorf("drop unchanged lines: %w", err)
		}
	}
	return nil
}

// rowGroup is how many rows DuckDB stores, and compresses, as one.
const rowGroup = 122_880

// writeLines stores the lines in groups of a row group for each of DuckDB's
// threads, and decides about the forms while the last group is stored. One INSERT
// over the whole stream would do, but while DuckDB waits for rows its threads
// spin, on the very cores that are to make them.
func (t *tableLoad) writeLines(ctx context.Context, tx *sql.Tx) error {
	defer t.group.Release()
	planned := make(chan error, 1)
	for more := true; more; {
		for rows := 0; rows < t.store.threads*rowGroup; {
			if more = t.lines.Next(); !more {
				break
			}
			b := t.lines.RecordBatch()
			b.Retain()
			t.group.ready = append(t.group.ready, b)
			rows += int(b.NumRows())
		}
		if err := t.lines.Err(); err != nil {
			return err
		}
		if !more {
			go func() { planned <- t.plan(ctx) }()
		}
		if len(t.group.ready) == 0 {
			break
		}
		if _, err := tx.ExecContext(ctx, statement("bulk_line")); err != nil {
			if !more {
				<-planned
			}
			return fmt.Errorf("append lines: %w", err)
		}
	}
	return <-planned
}

// groupReader yields the batches that are ready, and may be read again when
// there are more.
type groupReader struct {
	schema  *arrow.Schema
	ready   []arrow.RecordBatch
	current arrow.RecordBatch
}

func (g *groupReader) Retain() {}

func (g *groupReader) Release() {
	for g.Next() {
	}
}

func (g *groupReader) Schema() *arrow.Schema { return g.schema }

func (g *groupReader) Next() bool {
	if g.current != nil {
		g.current.Release()
		g.current = nil
	}
	if len(g.ready) == 0 {
		return false
	}
	g.current, g.ready = g.ready[0], g.ready[1:]
	return true
}

func (g *groupReader) RecordBatch() arrow.RecordBatch { return g.current }

func (g *groupReader) Record() arrow.RecordBatch { return g.current }

func (g *groupReader) Err() error { return nil }

// planForms is how many forms are held against the warehouse at a time.
const planForms = 8192

// plan decides what becomes of each form and writes the rows of those that are
// stored.
func (t *tableLoad) plan(ctx context.Context) error {
	var part []*placement
	for f, content := range t.forms {
		id, ok := t.ids[f.ID]
		if !ok {
			return fmt.Errorf("form %s was not identified", f.ID)
		}
		if len(part) >= planForms && part[len(part)-1].id.base != id.base {
			if err := t.planPart(ctx, part); err != nil {
				return err
			}
			part = part[:0]
		}
		part = append(part, &placement{form: f, id: id, content: content, formID: f.ID, copy: 1})
	}
	return t.planPart(ctx, part)
}

// stored is a form in the warehouse with the identity of one to be stored.
type storedForm struct {
	formID, content string
	copy            int
	inForce         bool
}

func (t *tableLoad) planPart(ctx context.Context, part []*placement) error {
	if len(part) == 0 {
		return nil
	}
	bases := make([]string, 0, len(part))
	for i, p := range part {
		if i == 0 || p.id.base != part[i-1].id.base {
			bases = append(bases, p.id.base)
		}
	}
	have := map[string][]storedForm{}
	err := t.store.each(ctx, "bulk_same_identity", func(r *sql.Rows) error {
		var base string
		var f storedForm
		if err := r.Scan(&base, &f.formID, &f.content, &f.copy, &f.inForce); err != nil {
			return err
		}
		have[base] = append(have[base], f)
		return nil
	}, sql.Named("identities", bases))
	if err != nil {
		return err
	}
	for from := 0; from < len(part); {
		to := from + 1
		for to < len(part) && part[to].id.base == part[from].id.base {
			to++
		}
		t.versions(part[from:to], have[part[from].id.base])
		from = to
	}
	return nil
}

// versions decides about the editions of one form, oldest first. Earlier ones
// are stored unless the warehouse has ever held the same; the last is stored
// unless it is in force.
func (t *tableLoad) versions(editions []*placement, have []storedForm) {
	var force *storedForm // the form in force that is corrected: the first copy
	for i := range have {
		if h := &have[i]; h.inForce && (force == nil || h.copy < force.copy) {
			force = h
		}
	}
	last := editions[len(editions)-1]
	for i := range have {
		if h := &have[i]; h.inForce && h.content == last.content {
			last.unchanged, force = true, h
		}
	}
	if last.unchanged {
		last.formID = force.formID
	}
	var stored []*placement
	for _, p := range editions {
		for _, h := range have {
			if p != last && h.content == p.content {
				p.unchanged = true
			}
		}
		if p.unchanged {
			t.out.Unchanged++
			t.drop.text(p.form.ID)
			t.drop.end()
			continue
		}
		p.stored = true
		stored = append(stored, p)
	}
	for i, p := range stored {
		if force != nil {
			p.copy = force.copy
		}
		t.place(p)
		switch {
		case p == last && force != nil:
			p.supersedes = force.formID
			t.correct(force.formID, p.formID)
		case p != last: // an earlier version is superseded by the next one, in the end by the last
			next := last.formID
			if i+1 < len(stored) {
				next = stored[i+1].formID
			}
			t.correct(p.formID, next)
		}
	}
}

func (t *tableLoad) correct(old, by string) {
	t.out.Superseded++
	r := t.st.corrected
	r.text(old)
	r.text(by)
	r.end()
}

// place writes the rows of a form that is stored.
func (t *tableLoad) place(p *placement) {
	t.order++
	t.places.add(p)
	encodeForm(t.st.form, p, t.id, t.fileID(), t.order, 0)
	encodeBudget(t.st.budget, p.formID, &p.form.Budget)
	t.file.Forms++
	t.file.Lines += lineCount(p.form)
}

func (t *tableLoad) fileID() string { return t.id + "/1" }

// lineCount is the number of lines that a form has: those that it carries, or,
// for a form whose lines were streamed, those that were counted.
func lineCount(f *yardstick.Form) int { return max(len(f.Lines), f.Rows.Clean+f.Rows.Warned) }

// finish writes the rows of the file, its issues and the batch, if there is
// anything new.
func (t *tableLoad) finish() {
	f, fo := &t.b.Files[0], &t.file
	switch {
	case fo.Forms > 0 && len(f.Rejected) > 0:
		fo.Outcome = "partly"
	case fo.Forms > 0 && t.out.Superseded > 0:
		fo.Outcome = "superseding"
	case fo.Forms > 0:
		fo.Outcome = "stored"
	case t.out.Unchanged > 0:
		fo.Outcome = "unchanged"
	default:
		fo.Outcome = "rejected"
	}
	t.out.Files = []yardstick.FileOutcome{*fo}
	t.out.Forms, t.out.Lines = fo.Forms, fo.Lines
	if fo.Outcome == "unchanged" {
		return
	}
	t.out.BatchID = t.id
	issues := t.st.issues(t.id, t.fileID(), f, *fo, nil)
	r := t.st.file
	r.text(t.fileID())
	r.text(t.id)
	r.int(1)
	r.text(f.Path)
	r.text(f.Hash)
	r.big(f.Size)
	r.text(fo.Outcome)
	r.int(fo.Forms)
	for _, n := range []int{f.Rows.Read, f.Rows.Clean, f.Rows.Warned, f.Rows.Rejected, f.Rows.Unused} {
		r.big(int64(n))
	}
	r.int(len(issues))
	r.end()
	r = t.st.batch
	r.text(t.id)
	r.text(cmp.Or(t.b.Source, "table"))
	r.flag(t.b.Sample)
	r.time(t.start)
	r.big(t.store.now().Sub(t.start).Milliseconds())
	r.int(1)
	r.int(fo.Forms)
	r.big(int64(fo.Lines))
	r.end()
}

// stage registers the lines as staging.main.bulk_line_in and, under the names
// that the statements of Append read, the rows that are only written later: a
// view in that database can't be made within the transaction.
func (t *tableLoad) stage(ctx context.Context, conn *sql.Conn) (drop func() error, err error) {
	var release []func()
	drop = func() error {
		ctx := context.WithoutCancel(ctx)
		_, err := conn.ExecContext(ctx, statement("bulk_unstage"))
		_, err2 := conn.ExecContext(ctx, statement("unstage"))
		for _, r := range release {
			r()
		}
		return errors.Join(err, err2)
	}
	if _, err := conn.ExecContext(ctx, statement("use_staging")); err != nil {
		return drop, err
	}
	err = conn.Raw(func(dc any) error {
		a, err := duckdb.NewArrowFromConn(dc.(driver.Conn))
		if err != nil {
			return err
		}
		register := func(r array.RecordReader, name string) error {
			done, err := a.RegisterView(r, name)
			if err != nil {
				return fmt.Errorf("stage %s: %w", name, err)
			}
			release = append(release, done)
			return nil
		}
		t.group = &groupReader{schema: t.lines.Schema()}
		if err := register(t.group, "bulk_line_in"); err != nil {
			return err
		}
		if err := register(&lateReader{rows: t.drop}, "bulk_unchanged_in"); err != nil {
			return err
		}
		for _, table := range t.st.tables() {
			if err := register(&lateReader{rows: table.rows}, table.name+"_in"); err != nil {
				return err
			}
		}
		return nil
	})
	_, back := conn.ExecContext(context.WithoutCancel(ctx), "USE "+t.store.name)
	return drop, errors.Join(err, back)
}

// lateReader reads rows that are written after it was registered.
type lateReader struct {
	rows *rows
	in   array.RecordReader
	err  error
}

func (l *lateReader) Retain() {}

func (l *lateReader) Release() {
	if l.in != nil {
		l.in.Release()
		l.in = nil
	}
}

func (l *lateReader) Schema() *arrow.Schema { return l.rows.schema }

func (l *lateReader) Next() bool {
	if l.in == nil {
		if l.in, l.err = l.rows.reader(); l.err != nil {
			return false
		}
	}
	return l.in.Next()
}

func (l *lateReader) RecordBatch() arrow.RecordBatch { return l.in.RecordBatch() }

func (l *lateReader) Record() arrow.RecordBatch { return l.in.RecordBatch() }

func (l *lateReader) Err() error {
	if l.err != nil || l.in == nil {
		return l.err
	}
	return l.in.Err()
}
