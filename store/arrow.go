//go:build duckdb_arrow

package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	duckdb "github.com/duckdb/duckdb-go/v2"
)

// Query names a statement whose rows Batches hands out.
type Query string

// The queries for analysis and indexing. Their columns stand in the header of
// the file of the same name in sql/.
const (
	History Query = "history" // every indicator line in force with its form and project
	Names   Query = "names"   // every distinct indicator name with how often it is used
	Cases   Query = "cases"   // every form in force in one row, for the index of cases
)

// Batches runs q and calls f with each record batch of its result, in order. It
// releases the batch when f returns; f must not keep it. An error of f ends
// the query and is returned.
func (s *Store) Batches(ctx context.Context, q Query, f func(arrow.RecordBatch) error) error {
	conn, err := s.db.Conn(ctx)
	if err != nil {
		return fmt.Errorf("store.Batches %s: %w", q, err)
	}
	err = queryArrow(ctx, conn, statement(string(q)), f)
	if err := errors.Join(err, conn.Close()); err != nil {
		return s.fault("store.Batches "+string(q), err)
	}
	return nil
}

// queryArrow runs a statement on conn, which no one else may use meanwhile.
// Arguments are bound by position: $1, $2 …
func queryArrow(ctx context.Context, conn *sql.Conn, text string, f func(arrow.RecordBatch) error, args ...any) error {
	return conn.Raw(func(dc any) error {
		a, err := duckdb.NewArrowFromConn(dc.(driver.Conn))
		if err != nil {
			return err
		}
		r, err := a.QueryContext(ctx, text, args...)
		if err != nil {
			return err
		}
		defer r.Release()
		for r.Next() {
			if err := f(r.RecordBatch()); err != nil {
				return err
			}
		}
		return r.Err()
	})
}

// record reads one row of a record batch by column name. The first type that a
// column does not have is kept in err.
type record struct {
	columns map[string]arrow.Array
	row     int
}

// eachRecord calls f for every row of a statement's result. The strings that it
// reads are copies.
func eachRecord(ctx context.Context, conn *sql.Conn, text string, f func(record) error, args ...any) error {
	return queryArrow(ctx, conn, text, func(b arrow.RecordBatch) error {
		columns := make(map[string]arrow.Array, b.NumCols())
		for i, c := range b.Columns() {
			columns[b.ColumnName(i)] = c
		}
		for i := range int(b.NumRows()) {
			if err := f(record{columns, i}); err != nil {
				return err
			}
		}
		return nil
	}, args...)
}

// text returns a VARCHAR, "" for NULL.
func (r record) text(name string) string {
	c := r.columns[name].(*array.String)
	if c.IsNull(r.row) {
		return ""
	}
	return strings.Clone(c.Value(r.row)) // the batch's memory is DuckDB's
}

// whole returns an INTEGER; ok is false for NULL.
func (r record) whole(name string) (n int, ok bool) {
	c := r.columns[name].(*array.Int32)
	return int(c.Value(r.row)), c.IsValid(r.row)
}

// real returns a DOUBLE; ok is false for NULL.
func (r record) real(name string) (v float64, ok bool) {
	c := r.columns[name].(*array.Float64)
	return c.Value(r.row), c.IsValid(r.row)
}

// bound returns a DOUBLE, nil for NULL.
func (r record) bound(name string) *float64 {
	v, ok := r.real(name)
	if !ok {
		return nil
	}
	return &v
}

// money returns a DECIMAL(18,6) of 万元; ok is false for NULL. The result is the
// double nearest to the sum.
func (r record) money(name string) (v float64, ok bool) {
	c := r.columns[name].(*array.Decimal128)
	if c.IsNull(r.row) {
		return 0, false
	}
	return float64(int64(c.Value(r.row).LowBits())) / 1e6, true
}

func (r record) flag(name string) bool {
	return r.columns[name].(*array.Boolean).Value(r.row)
}
