package workspace

import (
	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
)

// columns gives the columns of a record batch by name, each as its Go type.
// A column that is missing or of another type reads as empty: the store's
// tests hold the statements to their columns.
type columns struct {
	batch arrow.RecordBatch
}

func (c columns) index(name string) int {
	at := c.batch.Schema().FieldIndices(name)
	if len(at) == 0 {
		return -1
	}
	return at[0]
}

// texts returns a reader of a string column.
func (c columns) texts(name string) func(row int) string {
	if i := c.index(name); i >= 0 {
		if a, ok := c.batch.Column(i).(*array.String); ok {
			return func(row int) string {
				if a.IsNull(row) {
					return ""
				}
				return a.Value(row)
			}
		}
	}
	return func(int) string { return "" }
}

// numbers returns a reader of a DOUBLE column, nil where it is NULL.
func (c columns) numbers(name string) func(row int) *float64 {
	if i := c.index(name); i >= 0 {
		if a, ok := c.batch.Column(i).(*array.Float64); ok {
			return func(row int) *float64 {
				if a.IsNull(row) {
					return nil
				}
				v := a.Value(row)
				return &v
			}
		}
	}
	return func(int) *float64 { return nil }
}

// counts returns a reader of an INTEGER or BIGINT column, 0 where it is NULL.
func (c columns) counts(name string) func(row int) int {
	if i := c.index(name); i >= 0 {
		switch a := c.batch.Column(i).(type) {
		case *array.Int32:
			return func(row int) int { return int(a.Value(row)) }
		case *array.Int64:
			return func(row int) int { return int(a.Value(row)) }
		}
	}
	return func(int) int { return 0 }
}

// bools returns a reader of a BOOLEAN column, false where it is NULL.
func (c columns) bools(name string) func(row int) bool {
	if i := c.index(name); i >= 0 {
		if a, ok := c.batch.Column(i).(*array.Boolean); ok {
			return func(row int) bool { return !a.IsNull(row) && a.Value(row) }
		}
	}
	return func(int) bool { return false }
}
