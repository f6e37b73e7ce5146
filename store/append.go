//go:build duckdb_arrow

package store

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"time"

	"yardstick"
)

// Known returns, of the given content hashes, those whose files are stored and
// in force, with the batch that stored them last.
func (s *Store) Known(ctx context.Context, hashes []string) (map[string]string, error) {
	rows, err := s.db.QueryContext(ctx, statement("known"), named("hashes", hashes))
	if err != nil {
		return nil, fmt.Errorf("store.Known: %w", err)
	}
	defer rows.Close()
	known := map[string]string{}
	for rows.Next() {
		var hash, batch string
		if err := rows.Scan(&hash, &batch); err != nil {
			return nil, fmt.Errorf("store.Known: %w", err)
		}
		known[hash] = batch
	}
	return known, rows.Err()
}

// Append stores b whole or not at all and says what became of each file. A file
// or form that is stored already changes nothing; a corrected form supersedes
// the one in force, which is kept. If there is nothing new, no batch is made and
// the outcome's BatchID is "". b is not changed; an empty b.ID gets one here.
//
// The error is Conflict if a batch of that ID exists, Full if the disk has no
// room for it.
func (s *Store) Append(ctx context.Context, b *yardstick.Batch) (yardstick.Outcome, error) {
	s.write.Lock()
	defer s.write.Unlock()
	start := s.now().UTC()
	id := b.ID
	if id == "" {
		id = newBatchID(start)
	}
	g, err := s.places()
	if err != nil {
		return yardstick.Outcome{}, err
	}
	p, err := s.plan(ctx, b, id, g)
	if err != nil {
		return yardstick.Outcome{}, fmt.Errorf("store.Append: %w", err)
	}
	out := p.outcome(b)
	if out.BatchID == "" {
		return out, nil
	}
	st := newStaged()
	defer st.release()
	st.fill(b, p, out, g, start, s.now().Sub(began(b, start)))
	if err := s.insert(ctx, st); err != nil {
		return yardstick.Outcome{}, s.fault("store.Append", err)
	}
	s.log.InfoContext(ctx, "batch stored", "batch", id, "files", len(b.Files), "forms", out.Forms,
		"rows", out.Lines, "took", s.now().Sub(began(b, start)))
	return out, nil
}

// newBatchID returns an ID that sorts by time; two batches of one microsecond
// differ in the random end.
func newBatchID(t time.Time) string {
	var r [3]byte
	rand.Read(r[:])
	return "b" + t.Format("20060102-150405.000000")[:15] + t.Format(".000000")[1:] + "-" + hex.EncodeToString(r[:])
}

// outcome says what the plan makes of b. Its BatchID is "" if nothing is new.
func (p *plan) outcome(b *yardstick.Batch) yardstick.Outcome {
	out := yardstick.Outcome{Files: make([]yardstick.FileOutcome, len(b.Files))}
	superseding := make([]int, len(b.Files))
	news := false
	for _, f := range p.forms {
		fo := &out.Files[f.file]
		fo.FormIDs = append(fo.FormIDs, f.formID)
		if !f.stored {
			out.Unchanged++
			continue
		}
		news = true
		fo.Forms++
		fo.Lines += len(f.form.Lines)
		out.Forms++
		out.Lines += len(f.form.Lines)
		if f.supersedes != "" {
			superseding[f.file]++
			out.Superseded++
		}
		if f.warning != nil {
			fo.Issues = append(fo.Issues, *f.warning)
		}
	}
	for i := range b.Files {
		fo, fp := &out.Files[i], p.files[i]
		switch {
		case fp.isKnown:
			fo.Outcome = "unchanged"
			fo.FormIDs = fp.known
			if fp.twin > 0 {
				fo.FormIDs = out.Files[fp.twin-1].FormIDs
			}
			out.Unchanged++
		case fo.Forms > 0 && len(b.Files[i].Rejected) > 0:
			fo.Outcome = "partly"
		case fo.Forms > 0 && superseding[i] > 0:
			fo.Outcome = "superseding"
		case fo.Forms > 0:
			fo.Outcome = "stored"
		case len(b.Files[i].Forms) > 0:
			fo.Outcome = "unchanged"
		default:
			fo.Outcome = "rejected"
			news = news || !fp.repeated
		}
	}
	if news {
		out.BatchID = p.batchID
	}
	return out
}

// staged holds the rows of one batch, a set per table.
type staged struct {
	batch, file, region, agency, project, form, budget, line, issue, corrected *rows
}

func newStaged() *staged {
	return &staged{newRows(batchColumns), newRows(fileColumns), newRows(regionColumns), newRows(agencyColumns),
		newRows(projectColumns), newRows(formColumns), newRows(budgetColumns), newRows(lineColumns),
		newRows(issueColumns), newRows(correctedColumns)}
}

// tables lists the sets with the names that the statements know them by.
func (st *staged) tables() []stagedTable {
	return []stagedTable{{"batch", st.batch}, {"file", st.file}, {"region", st.region}, {"agency", st.agency},
		{"project", st.project}, {"form", st.form}, {"budget", st.budget}, {"line", st.line},
		{"issue", st.issue}, {"corrected", st.corrected}}
}

type stagedTable struct {
	name string
	rows *rows
}

func (st *staged) release() {
	for _, t := range st.tables() {
		t.rows.release()
	}
}

func (st *staged) size() uint64 {
	var n uint64
	for _, t := range st.tables() {
		n += t.rows.size()
	}
	return n
}

// fill writes the rows that the plan stores.
func (st *staged) fill(b *yardstick.Batch, p *plan, out yardstick.Outcome, g *gazetteer, at time.Time, took time.Duration) {
	byFile := make([][]*placement, len(b.Files))
	for _, f := range p.forms {
		if f.stored {
			byFile[f.file] = append(byFile[f.file], f)
		}
	}
	places := newPlaces(st, g)
	ordinal := 0
	for i := range b.Files {
		f := &b.Files[i]
		fileID := fmt.Sprintf("%s/%d", p.batchID, i+1)
		issues := st.issues(p.batchID, fileID, f, out.Files[i], byFile[i])
		doubts := map[string]int{}
		for _, is := range issues {
			if !is.rejected {
				doubts[is.formID]++
			}
		}
		for _, pl := range byFile[i] {
			ordinal++
			places.add(pl)
			encodeForm(st.form, pl, p.batchID, fileID, ordinal, doubts[pl.formID])
			encodeBudget(st.budget, pl.formID, &pl.form.Budget)
			encodeLines(st.line, pl)
			if pl.supersedes != "" {
				st.corrected.text(pl.supersedes)
				st.corrected.text(pl.formID)
				st.corrected.end()
			}
		}
		r := st.file
		r.text(fileID)
		r.text(p.batchID)
		r.int(i + 1)
		r.text(f.Path)
		r.text(f.Hash)
		r.big(f.Size)
		r.text(out.Files[i].Outcome)
		r.int(len(byFile[i]))
		for _, n := range []int{f.Rows.Read, f.Rows.Clean, f.Rows.Warned, f.Rows.Rejected, f.Rows.Unused} {
			r.big(int64(n))
		}
		r.int(len(issues))
		r.end()
	}
	r := st.batch
	r.text(p.batchID)
	r.text(cmp.Or(b.Source, "cli"))
	r.flag(b.Sample)
	r.time(at)
	r.big(took.Milliseconds())
	r.int(len(b.Files))
	r.int(out.Forms)
	r.big(int64(out.Lines))
	r.end()
}

// began is when work on a batch began, reading included.
func began(b *yardstick.Batch, stored time.Time) time.Time {
	if b.Started.IsZero() {
		return stored
	}
	return b.Started
}
