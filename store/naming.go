//go:build duckdb_arrow

package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
)

// FiledName is a name as filed, in its class and functional class. Texts are ""
// where the form states none.
type FiledName struct {
	Name, Level1, Level2, Sector string
	Unit                         string // the commonest of its targets
	Project                      string // one that uses it
}

// NameMatch says which entry of the library a filed name stands for.
type NameMatch struct {
	FiledName
	Key          string
	Entry        string // "" for none
	Confidence   float64
	Method       string
	Reason       string
	Best         float64 // score of the best alternative, 0 for none
	Alternatives string  // JSON
}

// MatchStamp returns the stamp under which the matches were stored, "" if there
// are none.
func (s *Store) MatchStamp(ctx context.Context) (string, error) {
	var stamp string
	err := s.db.QueryRowContext(ctx, statement("match_stamp")).Scan(&stamp)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return "", s.fault("store.MatchStamp", err)
	}
	return stamp, nil
}

// PendingNames returns the filed names in force that have no match yet, by
// name, classes and functional class.
func (s *Store) PendingNames(ctx context.Context) ([]FiledName, error) {
	var out []FiledName
	err := s.each(ctx, "match_pending", func(r *sql.Rows) error {
		var n FiledName
		err := r.Scan(&n.Name, &n.Level1, &n.Level2, &n.Sector, &n.Unit, &n.Project)
		out = append(out, n)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("store.PendingNames: %w", err)
	}
	return out, nil
}

// ClearMatches forgets all matches.
func (s *Store) ClearMatches(ctx context.Context) error {
	return s.writeTx(ctx, "store.ClearMatches", func(_ *sql.Conn, tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, statement("match_clear")); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, statement("match_stamp_clear"))
		return err
	})
}

// ForgetMatches forgets the matches of the names with these keys and keeps a
// new stamp for the rest.
func (s *Store) ForgetMatches(ctx context.Context, keys []string, stamp string) error {
	return s.writeTx(ctx, "store.ForgetMatches", func(_ *sql.Conn, tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, statement("match_forget"), named("keys", keys)); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, statement("match_stamp_clear")); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, statement("match_stamp_put"), named("stamp", stamp))
		return err
	})
}

// PutMatches adds matches to those that are there and keeps the stamp, all or
// nothing.
func (s *Store) PutMatches(ctx context.Context, matches []NameMatch, stamp string) error {
	return s.writeTx(ctx, "store.PutMatches", func(conn *sql.Conn, tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, statement("match_stamp_clear")); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, statement("match_stamp_put"), named("stamp", stamp)); err != nil {
			return err
		}
		return appendRows(conn, "name_match", len(matches), func(i int) []driver.Value {
			m := matches[i]
			return []driver.Value{m.Name, m.Level1, m.Level2, m.Sector, m.Unit, m.Key, null(m.Entry), m.Confidence, m.Method, m.Reason, m.Best, m.Alternatives}
		})
	})
}
