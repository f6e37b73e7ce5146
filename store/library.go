//go:build duckdb_arrow

package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"time"

	duckdb "github.com/duckdb/duckdb-go/v2"
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
// that version. ID, Version and At of each are set. A table of twenty thousand
// rows is one call, so they go in by the appender.
func (s *Store) PutChanges(ctx context.Context, changes []LibraryChange) (version int, err error) {
	err = s.writeTx(ctx, "store.PutChanges", func(conn *sql.Conn, tx *sql.Tx) error {
		var last int64
		if err := tx.QueryRowContext(ctx, statement("change_last")).Scan(&last, &version); err != nil {
			return err
		}
		version++
		at := s.now().UTC()
		for i := range changes {
			changes[i].ID, changes[i].Version, changes[i].At = last+int64(i)+1, version, at
		}
		return appendRows(conn, "library_change", len(changes), func(i int) []driver.Value {
			c := changes[i]
			return []driver.Value{c.ID, int32(c.Version), c.At, c.Source, c.Origin, c.Entry, c.Action, null(c.Before), null(c.After), c.Note, nullID(c.Undoes)}
		})
	})
	return version, err
}

// null is s as a value of a column, NULL for "".
func null(s string) driver.Value {
	if s == "" {
		return nil
	}
	return s
}

// nullID is a number that refers to a row, NULL for 0.
func nullID(n int64) driver.Value {
	if n == 0 {
		return nil
	}
	return n
}

// appendRows adds n rows to a table with the appender, which writes on the
// connection and so within its transaction.
func appendRows(conn *sql.Conn, table string, n int, row func(i int) []driver.Value) error {
	return conn.Raw(func(dc any) (err error) {
		a, err := duckdb.NewAppenderFromConn(dc.(driver.Conn), "", table)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, a.Close()) }()
		for i := range n {
			if err := a.AppendRow(row(i)...); err != nil {
				return err
			}
		}
		return nil
	})
}

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
