//go:build duckdb_arrow

package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// LibraryChange is one dated change of the bureau's library. Entries are JSON
// texts that only the caller understands.
type LibraryChange struct {
	ID            int64 // 0 before it is stored
	Version       int   // changes made at once share one
	At            time.Time
	Source        string // import, page, cli, api
	Origin        string // file name of an import, or ""
	Entry         string // id
	Action        string // add, edit, retire, restore
	Before, After string // "": there was none; retired
	Note          string
	Undoes        int64 // the change that this one takes back; 0: none
}

// Changes returns every change of the library, in the order in which they were
// made.
func (s *Store) Changes(ctx context.Context) ([]LibraryChange, error) {
	var out []LibraryChange
	err := s.each(ctx, "change_list", func(r *sql.Rows) error {
		var c LibraryChange
		var before, after sql.NullString
		var undoes sql.NullInt64
		err := r.Scan(&c.ID, &c.Version, &c.At, &c.Source, &c.Origin, &c.Entry, &c.Action, &before, &after, &c.Note, &undoes)
		c.Before, c.After, c.Undoes = before.String, after.String, undoes.Int64
		out = append(out, c)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("store.Changes: %w", err)
	}
	return out, nil
}

// PutChanges stores changes under one new version, all or none, and returns
// that version. ID, Version and At of each are set.
func (s *Store) PutChanges(ctx context.Context, changes []LibraryChange) (version int, err error) {
	err = s.writeTx(ctx, "store.PutChanges", func(conn *sql.Conn, tx *sql.Tx) error {
		if err := tx.QueryRowContext(ctx, statement("change_version")).Scan(&version); err != nil {
			return err
		}
		version++
		at := s.now().UTC()
		for i := range changes {
			c := &changes[i]
			c.Version, c.At = version, at
			err := tx.QueryRowContext(ctx, statement("change_put"), named("version", version), named("at", at),
				named("source", c.Source), named("origin", c.Origin), named("entry_id", c.Entry), named("action", c.Action),
				named("before_entry", text(c.Before)), named("after_entry", text(c.After)), named("note", c.Note),
				named("undoes", sql.NullInt64{Int64: c.Undoes, Valid: c.Undoes != 0})).Scan(&c.ID)
			if err != nil {
				return fmt.Errorf("change of %s: %w", c.Entry, err)
			}
		}
		return nil
	})
	return version, err
}

// text returns s as a parameter, NULL for "".
func text(s string) sql.NullString { return sql.NullString{String: s, Valid: s != ""} }

// NameDecision is what a person said about a name.
type NameDecision struct {
	ID      int64 // 0 before it is stored
	At      time.Time
	Source  string // page, cli, api
	Name    string // as the person saw it
	Key     string
	Sector  string // "": everywhere
	Verdict string // is, not, none, undo
	Entry   string
	Note    string
	Undoes  int64 // of an undo
}

// Decisions returns every decision about names, undone ones and undos too, in
// the order in which they were taken.
func (s *Store) Decisions(ctx context.Context) ([]NameDecision, error) {
	var out []NameDecision
	err := s.each(ctx, "decision_list", func(r *sql.Rows) error {
		var d NameDecision
		err := r.Scan(&d.ID, &d.At, &d.Source, &d.Name, &d.Key, &d.Sector, &d.Verdict, &d.Entry, &d.Note, &d.Undoes)
		out = append(out, d)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("store.Decisions: %w", err)
	}
	return out, nil
}

// PutDecisions stores decisions, all or none. ID and At of each are set.
func (s *Store) PutDecisions(ctx context.Context, decisions []NameDecision) error {
	return s.writeTx(ctx, "store.PutDecisions", func(conn *sql.Conn, tx *sql.Tx) error {
		at := s.now().UTC()
		for i := range decisions {
			d := &decisions[i]
			d.At = at
			err := tx.QueryRowContext(ctx, statement("decision_put"), named("at", at), named("source", d.Source), named("name", d.Name),
				named("name_key", d.Key), named("sector", d.Sector), named("verdict", d.Verdict), named("entry_id", d.Entry),
				named("note", d.Note), named("undoes", d.Undoes)).Scan(&d.ID)
			if err != nil {
				return fmt.Errorf("decision on %s: %w", d.Name, err)
			}
		}
		return nil
	})
}

// writeTx runs f in one transaction under the write lock and checkpoints.
func (s *Store) writeTx(ctx context.Context, op string, f func(*sql.Conn, *sql.Tx) error) (err error) {
	s.write.Lock()
	defer s.write.Unlock()
	conn, err := s.db.Conn(ctx)
	if err != nil {
		return fmt.Errorf("%s: %w", op, err)
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("%s: %w", op, err)
	}
	if err := f(conn, tx); err != nil {
		return s.fault(op, errors.Join(err, tx.Rollback()))
	}
	if err := tx.Commit(); err != nil {
		return s.fault(op, err)
	}
	s.checkpoint(ctx, conn)
	return nil
}
