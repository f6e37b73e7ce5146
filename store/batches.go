//go:build duckdb_arrow

package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"yardstick"
)

// BatchInfo is one batch in a list.
type BatchInfo struct {
	ID, Source  string
	Sample      bool
	LoadedAt    time.Time // UTC
	Took        time.Duration
	WithdrawnAt *time.Time // UTC; nil while the batch counts
	Files       int
	Forms       int // stored by it
	Lines       int // stored by it
	Superseded  int // forms of earlier batches that it corrected
	Rejected    int // issues that kept something out
	Warnings    int
}

// BatchFile is one file of a batch with what became of it.
type BatchFile struct {
	Path, Hash string
	Size       int64
	Outcome    string // stored, partly, superseding, unchanged, rejected
	Kinds      []string
	FormIDs    []string
	Lines      int
	Rows       yardstick.Tally
	Rejected   []yardstick.Issue
	Warnings   []yardstick.Issue
}

// BatchList returns the batches, latest first, at most limit of them (0 means
// all).
func (s *Store) BatchList(ctx context.Context, limit int) ([]BatchInfo, error) {
	list, err := s.batchInfos(ctx, "", limit)
	if err != nil {
		return nil, fmt.Errorf("store.BatchList: %w", err)
	}
	return list, nil
}

// Batch returns one batch with its files in their order. The error is NotFound
// if there is none of that ID.
func (s *Store) Batch(ctx context.Context, batchID string) (BatchInfo, []BatchFile, error) {
	if !utf8.ValidString(batchID) { // DuckDB refuses other text, and no batch has such an id
		return BatchInfo{}, nil, noBatch("store.Batch", strings.ToValidUTF8(batchID, "�"))
	}
	list, err := s.batchInfos(ctx, batchID, 0)
	if err != nil {
		return BatchInfo{}, nil, fmt.Errorf("store.Batch: %w", err)
	}
	if len(list) == 0 {
		return BatchInfo{}, nil, noBatch("store.Batch", batchID)
	}
	out, err := s.batchFiles(ctx, batchID)
	if err != nil {
		return BatchInfo{}, nil, fmt.Errorf("store.Batch: %w", err)
	}
	return list[0], out, nil
}

func noBatch(op, id string) error {
	return &yardstick.Error{Kind: yardstick.NotFound, Op: op, Msg: "没有批次 " + id + "。"}
}

func (s *Store) batchInfos(ctx context.Context, id string, limit int) ([]BatchInfo, error) {
	if limit <= 0 {
		limit = 1 << 30
	}
	var list []BatchInfo
	err := s.each(ctx, "batch_list", func(r *sql.Rows) error {
		var b BatchInfo
		var took int64
		err := r.Scan(&b.ID, &b.Source, &b.Sample, &b.LoadedAt, &took, &b.WithdrawnAt, &b.Files, &b.Forms, &b.Lines,
			&b.Superseded, &b.Rejected, &b.Warnings)
		b.Took = time.Duration(took) * time.Millisecond
		list = append(list, b)
		return err
	}, named("batch_id", id), named("limit", limit))
	return list, err
}

func (s *Store) batchFiles(ctx context.Context, batchID string) ([]BatchFile, error) {
	var out []BatchFile
	at := map[string]int{} // by file_id
	err := s.each(ctx, "batch_files", func(r *sql.Rows) error {
		var id string
		var f BatchFile
		err := r.Scan(&id, &f.Path, &f.Hash, &f.Size, &f.Outcome, &f.Rows.Read, &f.Rows.Clean, &f.Rows.Warned,
			&f.Rows.Rejected, &f.Rows.Unused)
		at[id] = len(out)
		out = append(out, f)
		return err
	}, named("batch_id", batchID))
	if err != nil {
		return nil, err
	}
	err = s.each(ctx, "batch_forms", func(r *sql.Rows) error {
		var fileID, formID, kind string
		var lines int
		err := r.Scan(&fileID, &formID, &kind, &lines)
		f := &out[at[fileID]]
		f.FormIDs, f.Kinds = append(f.FormIDs, formID), append(f.Kinds, kind)
		f.Lines += lines
		return err
	}, named("batch_id", batchID))
	if err != nil {
		return nil, err
	}
	err = s.each(ctx, "batch_issues", func(r *sql.Rows) error {
		var fileID string
		var rejected bool
		var is yardstick.Issue
		err := r.Scan(&fileID, &rejected, &is.Sheet, &is.Cell, &is.Code, &is.Message, &is.Raw)
		f := &out[at[fileID]]
		is.File = f.Path
		if rejected {
			f.Rejected = append(f.Rejected, is)
		} else {
			f.Warnings = append(f.Warnings, is)
		}
		return err
	}, named("batch_id", batchID))
	return out, err
}

// Withdraw takes a batch back as a whole: its forms no longer count, and those
// that they superseded are in force again, unless a later batch corrected them
// too. Nothing is deleted. The error is NotFound if there is no such batch and
// Conflict if it was withdrawn before.
func (s *Store) Withdraw(ctx context.Context, batchID string) error {
	s.write.Lock()
	defer s.write.Unlock()
	list, err := s.batchInfos(ctx, batchID, 0)
	switch {
	case err != nil:
		return fmt.Errorf("store.Withdraw: %w", err)
	case len(list) == 0:
		return noBatch("store.Withdraw", batchID)
	case list[0].WithdrawnAt != nil:
		return &yardstick.Error{Kind: yardstick.Conflict, Op: "store.Withdraw", Msg: "批次 " + batchID + " 已经撤回过。"}
	}
	conn, err := s.db.Conn(ctx)
	if err != nil {
		return fmt.Errorf("store.Withdraw: %w", err)
	}
	defer conn.Close()
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("store.Withdraw: %w", err)
	}
	for _, step := range []struct {
		name string
		args []any
	}{
		{"withdraw_restore", []any{named("batch_id", batchID)}},
		{"withdraw_forms", []any{named("batch_id", batchID)}},
		{"withdraw_batch", []any{named("batch_id", batchID), named("at", s.now().UTC())}},
	} {
		if _, err := tx.ExecContext(ctx, statement(step.name), step.args...); err != nil {
			return s.fault("store.Withdraw", errors.Join(fmt.Errorf("%s: %w", step.name, err), tx.Rollback()))
		}
	}
	if err := tx.Commit(); err != nil {
		return s.fault("store.Withdraw", err)
	}
	s.checkpoint(ctx, conn)
	return nil
}
