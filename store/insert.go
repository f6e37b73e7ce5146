//go:build duckdb_arrow

package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"

	duckdb "github.com/duckdb/duckdb-go/v2"

	"yardstick"
)

// insert moves the staged rows into the warehouse in one transaction and then
// checkpoints. The caller holds the write lock.
func (s *Store) insert(ctx context.Context, st *staged) (err error) {
	if err := s.room(st.size()); err != nil {
		return err
	}
	conn, err := s.db.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	drop, err := s.stage(ctx, conn, st)
	defer func() { err = errors.Join(err, drop()) }()
	if err != nil {
		return err
	}
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	for _, t := range st.tables() {
		if t.rows.total == 0 {
			continue
		}
		if _, err := tx.ExecContext(ctx, statement("append_"+t.name)); err != nil {
			if t.name == "batch" && isDuplicate(err) {
				err = &yardstick.Error{Kind: yardstick.Conflict, Op: "store.Append", Err: err,
					Msg: "同一批次号已经存在，没有重复导入。"}
			}
			return errors.Join(fmt.Errorf("append %s: %w", t.name, err), tx.Rollback())
		}
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	s.checkpoint(ctx, conn)
	return nil
}

// checkpoint moves the log into the file. If readers are in its way the log
// simply stays until the next batch or Close; what it holds is safe.
func (s *Store) checkpoint(ctx context.Context, conn *sql.Conn) {
	if s.logOnly {
		return
	}
	if _, err := conn.ExecContext(context.WithoutCancel(ctx), statement("checkpoint")); err != nil {
		s.log.WarnContext(ctx, "checkpoint put off", "op", "store.Append", "err", err)
	}
}

func isDuplicate(err error) bool {
	var de *duckdb.Error
	return errors.As(err, &de) && de.Type == duckdb.ErrorTypeConstraint
}

// stage registers each set of rows as the view staging.main.<table>_in. drop
// removes the views again and must be called in any case, after the
// transaction that reads them.
func (s *Store) stage(ctx context.Context, conn *sql.Conn, st *staged) (drop func() error, err error) {
	var release []func()
	drop = func() error {
		ctx := context.WithoutCancel(ctx)
		_, err := conn.ExecContext(ctx, statement("unstage"))
		for _, r := range release {
			r()
		}
		return err
	}
	if _, err := conn.ExecContext(ctx, statement("use_staging")); err != nil {
		return drop, err
	}
	err = conn.Raw(func(dc any) error {
		a, err := duckdb.NewArrowFromConn(dc.(driver.Conn))
		if err != nil {
			return err
		}
		for _, t := range st.tables() {
			reader, err := t.rows.reader()
			if err != nil {
				return err
			}
			defer reader.Release()
			r, err := a.RegisterView(reader, t.name+"_in")
			if err != nil {
				return fmt.Errorf("stage %s: %w", t.name, err)
			}
			release = append(release, r)
		}
		return nil
	})
	// A catalog can't be a parameter, so this is the one statement that is put
	// together; the name is quoted and was given by DuckDB itself.
	_, back := conn.ExecContext(context.WithoutCancel(ctx), "USE "+s.name)
	return drop, errors.Join(err, back)
}

func named(name string, v any) sql.NamedArg { return sql.Named(name, v) }
