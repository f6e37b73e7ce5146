//go:build duckdb_arrow

package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"

	"yardstick"
)

// migration is one file of migrations/, named NNNN_what.sql.
type migration struct {
	version int
	text    string
}

func migrations(files fs.FS) ([]migration, error) {
	names, err := fs.Glob(files, "migrations/*.sql") // in lexical order
	if err != nil {
		return nil, err
	}
	var out []migration
	for i, name := range names {
		base := filepath.Base(name)
		v, err := strconv.Atoi(base[:4])
		if err != nil || v != i+1 {
			return nil, fmt.Errorf("store: migration %s: want number %04d", base, i+1)
		}
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		out = append(out, migration{v, string(text)})
	}
	return out, nil
}

// migrate brings db to the newest version, one transaction per migration, and
// checkpoints after each.
func migrate(ctx context.Context, db *sql.DB) error { return migrateFrom(ctx, db, files) }

func migrateFrom(ctx context.Context, db *sql.DB, files fs.FS) error {
	all, err := migrations(files)
	if err != nil {
		return err
	}
	have, err := version(ctx, db)
	if err != nil {
		return err
	}
	if have == 0 {
		if _, err := db.ExecContext(ctx, statement("version_table")); err != nil {
			return err
		}
	}
	for _, m := range all[min(have, len(all)):] {
		tx, err := db.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, m.text)
		if err == nil {
			_, err = tx.ExecContext(ctx, statement("set_version"), sql.Named("version", m.version))
		}
		if err != nil {
			return errors.Join(fmt.Errorf("migration %04d: %w", m.version, err), tx.Rollback())
		}
		if err := tx.Commit(); err != nil {
			return fmt.Errorf("migration %04d: %w", m.version, err)
		}
		if _, err := db.ExecContext(ctx, statement("checkpoint")); err != nil {
			return fmt.Errorf("migration %04d: %w", m.version, err)
		}
	}
	return nil
}

// version returns the number of migrations that db has seen, 0 for a new one.
func version(ctx context.Context, db *sql.DB) (int, error) {
	var v int
	err := db.QueryRowContext(ctx, statement("has_version")).Scan(&v)
	if err != nil || v == 0 {
		return 0, err
	}
	err = db.QueryRowContext(ctx, statement("version")).Scan(&v)
	return v, err
}

// openFile opens the warehouse at s.path, which it makes if there is none,
// repairs what a power cut left, and brings it to the newest version of files.
func (s *Store) openFile(ctx context.Context, o Options, files fs.FS) (*sql.DB, error) {
	next := s.path + ".next"
	for _, left := range []string{next, next + ".wal"} { // of a migration that was cut off
		if err := os.Remove(left); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, openError(s.path, err)
		}
	}
	_, err := os.Stat(s.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		err = migrateFile(ctx, next, o, files)
		if err == nil {
			err = replace(next, s.path)
		}
	case err == nil:
		var db *sql.DB
		if db, err = s.openMigrated(ctx, o, files); db != nil {
			return db, nil
		}
	}
	if err != nil {
		return nil, openError(s.path, err)
	}
	db, err := connect(s.path, o)
	if err != nil {
		return nil, openError(s.path, err)
	}
	return db, nil
}

// openMigrated opens an existing file. If its version is an earlier one, it
// puts a migrated copy in its place and returns nil.
func (s *Store) openMigrated(ctx context.Context, o Options, files fs.FS) (*sql.DB, error) {
	all, err := migrations(files)
	if err != nil {
		return nil, err
	}
	db, err := s.openOrRepair(ctx, o)
	if err != nil {
		return nil, err
	}
	have, err := version(ctx, db)
	switch {
	case err != nil:
		return nil, errors.Join(err, db.Close())
	case have == len(all):
		return db, nil
	case have > len(all):
		return nil, errors.Join(&yardstick.Error{Kind: yardstick.Invalid, Op: "store.Open",
			Msg: fmt.Sprintf("数据仓库是更新版本的绩尺建立的（结构版本 %d，本程序认识到 %d）。升级本程序后再打开。", have, len(all))}, db.Close())
	}
	// The file alone must hold everything before it is copied.
	_, err = db.ExecContext(ctx, statement("checkpoint"))
	if err := errors.Join(err, db.Close()); err != nil {
		return nil, err
	}
	next := s.path + ".next"
	if err := copyFile(s, s.path, next); err != nil {
		return nil, err
	}
	if err := migrateFile(ctx, next, o, files); err != nil {
		return nil, err
	}
	s.log.InfoContext(ctx, "warehouse migrated", "file", s.path, "from", have, "to", len(all))
	return nil, replace(next, s.path)
}

func migrateFile(ctx context.Context, path string, o Options, files fs.FS) error {
	db, err := connect(path, o)
	if err != nil {
		return err
	}
	return errors.Join(migrateFrom(ctx, db, files), db.Close())
}

// replace puts the finished file from in the place of to, and makes the rename
// last through a power cut.
func replace(from, to string) error {
	if err := os.Rename(from, to); err != nil {
		return openError(to, err)
	}
	dir, err := os.Open(filepath.Dir(to))
	if err != nil {
		return openError(to, err)
	}
	dir.Sync() // not every file system can; the rename itself has happened
	return dir.Close()
}

// copyFile copies from to to if there is room for it. No database may be open
// on from: closing any descriptor of a file gives up the process's lock on it.
func copyFile(s *Store, from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return openError(from, err)
	}
	defer in.Close()
	info, err := in.Stat()
	if err != nil {
		return openError(from, err)
	}
	if err := s.room(uint64(info.Size())); err != nil {
		return err
	}
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return openError(from, err)
	}
	_, err = io.Copy(out, in)
	if err == nil {
		err = out.Sync()
	}
	return errors.Join(err, out.Close())
}
