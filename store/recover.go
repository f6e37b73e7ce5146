//go:build duckdb_arrow

package store

import (
	"context"
	"database/sql"
)

// Recovery says what was done to a warehouse whose log had been cut off.
type Recovery struct{}

func (s *Store) openOrRepair(ctx context.Context, o Options) (*sql.DB, *Recovery, error) {
	db, err := connect(s.path, o)
	if err != nil {
		return nil, nil, openError(s.path, err)
	}
	return db, nil, nil
}

func (s *Store) finishRecovery(ctx context.Context) error { return nil }
