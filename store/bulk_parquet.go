//go:build duckdb_arrow

package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"

	"github.com/apache/arrow-go/v18/arrow/array"
	duckdb "github.com/duckdb/duckdb-go/v2"
)

// ReadParquet reads a Parquet file in columns. It does so in a DuckDB of its
// own, in memory, that may open this one file and nothing else, so that the
// warehouse never has access to files. The caller releases the reader.
func (s *Store) ReadParquet(ctx context.Context, path string) (array.RecordReader, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	db, err := connect("", Options{MemoryLimit: "256MiB", Threads: 1})
	if err != nil {
		return nil, err
	}
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	p := &parquet{db: db, conn: conn}
	if err := p.open(ctx, path); err != nil {
		return nil, errors.Join(fmt.Errorf("store.ReadParquet: %w", err), p.close())
	}
	return p, nil
}

// parquet is a reader that closes its database with itself.
type parquet struct {
	array.RecordReader
	db   *sql.DB
	conn *sql.Conn
	once sync.Once
}

func (p *parquet) open(ctx context.Context, path string) error {
	// A setting can't be a parameter; the path is quoted as a literal.
	allow := "SET allowed_paths = ['" + strings.ReplaceAll(path, "'", "''") + "']"
	if _, err := p.conn.ExecContext(ctx, allow); err != nil {
		return err
	}
	if _, err := p.conn.ExecContext(ctx, statement("bulk_lock")); err != nil {
		return err
	}
	return p.conn.Raw(func(dc any) error {
		a, err := duckdb.NewArrowFromConn(dc.(driver.Conn))
		if err != nil {
			return err
		}
		p.RecordReader, err = a.QueryContext(ctx, statement("bulk_parquet"), path)
		return err
	})
}

func (p *parquet) close() error { return errors.Join(p.conn.Close(), p.db.Close()) }

// Release ends the reading. It may be called again.
func (p *parquet) Release() {
	p.once.Do(func() {
		p.RecordReader.Release()
		p.close()
	})
}
