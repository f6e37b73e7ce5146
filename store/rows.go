//go:build duckdb_arrow

package store

import (
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/decimal128"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"yardstick"
)

// batchRows is the size at which a record batch is closed. Arrow's text columns
// hold at most 2 GiB per batch; so many rows stay far below.
const batchRows = 1 << 16

// rows collects records column by column as Arrow record batches. Each row is
// written with one call per column, in the order of the columns, and end.
type rows struct {
	schema  *arrow.Schema
	b       *array.RecordBuilder
	col     int
	n       int // rows in b
	total   int
	batches []arrow.RecordBatch
}

// newRows takes the columns as "name type, name type …" with the types text,
// int, big, real, money, flag and time.
func newRows(columns string) *rows {
	var fields []arrow.Field
	for c := range strings.SplitSeq(columns, ",") {
		name, kind, _ := strings.Cut(strings.TrimSpace(c), " ")
		var t arrow.DataType
		switch kind {
		case "text":
			t = arrow.BinaryTypes.String
		case "int":
			t = arrow.PrimitiveTypes.Int32
		case "big":
			t = arrow.PrimitiveTypes.Int64
		case "real":
			t = arrow.PrimitiveTypes.Float64
		case "money":
			t = &arrow.Decimal128Type{Precision: 18, Scale: 6}
		case "flag":
			t = arrow.FixedWidthTypes.Boolean
		case "time":
			t = &arrow.TimestampType{Unit: arrow.Microsecond}
		default:
			panic("store: column " + c)
		}
		fields = append(fields, arrow.Field{Name: name, Type: t, Nullable: true})
	}
	schema := arrow.NewSchema(fields, nil)
	return &rows{schema: schema, b: array.NewRecordBuilder(memory.DefaultAllocator, schema)}
}

func (r *rows) next() array.Builder {
	f := r.b.Field(r.col)
	r.col++
	return f
}

// text writes s, also if it is empty.
func (r *rows) text(s string) { r.next().(*array.StringBuilder).Append(valid(s)) }

// some writes s, or NULL if it is empty.
func (r *rows) some(s string) {
	if s == "" {
		r.next().AppendNull()
		return
	}
	r.text(s)
}

func (r *rows) int(n int)   { r.next().(*array.Int32Builder).Append(int32(n)) }
func (r *rows) big(n int64) { r.next().(*array.Int64Builder).Append(n) }
func (r *rows) flag(v bool) { r.next().(*array.BooleanBuilder).Append(v) }

func (r *rows) time(t time.Time) {
	r.next().(*array.TimestampBuilder).Append(arrow.Timestamp(t.UTC().UnixMicro()))
}

// year writes a whole number, or NULL.
func (r *rows) year(n yardstick.Number) {
	if !n.Known || n.Value != math.Trunc(n.Value) || math.Abs(n.Value) > math.MaxInt32 {
		r.next().AppendNull()
		return
	}
	r.int(int(n.Value))
}

// real writes v, or NULL if it is not known or not finite.
func (r *rows) real(v float64, known bool) {
	if !known || math.IsNaN(v) || math.IsInf(v, 0) {
		r.next().AppendNull()
		return
	}
	r.next().(*array.Float64Builder).Append(v)
}

func (r *rows) number(n yardstick.Number) { r.real(n.Value, n.Known) }

// money writes a sum of 万元 to the fen, or NULL.
func (r *rows) money(n yardstick.Number) {
	if !n.Known || !storable(n.Value) {
		r.next().AppendNull()
		return
	}
	r.next().(*array.Decimal128Builder).Append(decimal128.FromI64(fen(n.Value)))
}

// storable reports whether a sum of 万元 fits into DECIMAL(18,6).
func storable(v float64) bool { return math.Abs(v) < 1e12 }

// fen returns a sum of 万元 in fen, rounded.
func fen(v float64) int64 { return int64(math.Round(v * 1e6)) }

// end closes a row.
func (r *rows) end() {
	if r.col != r.schema.NumFields() {
		panic(fmt.Sprintf("store: %d of %d columns written", r.col, r.schema.NumFields()))
	}
	r.col = 0
	r.n++
	r.total++
	if r.n == batchRows {
		r.flush()
	}
}

func (r *rows) flush() {
	r.batches = append(r.batches, r.b.NewRecordBatch())
	r.n = 0
}

// reader returns what was collected. The caller releases it.
func (r *rows) reader() (array.RecordReader, error) {
	if r.n > 0 {
		r.flush()
	}
	return array.NewRecordReader(r.schema, r.batches)
}

// size returns the bytes that the rows take in memory.
func (r *rows) size() uint64 {
	if r.n > 0 {
		r.flush()
	}
	var n uint64
	for _, b := range r.batches {
		for _, c := range b.Columns() {
			n += c.Data().SizeInBytes()
		}
	}
	return n
}

func (r *rows) release() {
	for _, b := range r.batches {
		b.Release()
	}
	r.b.Release()
}

// valid returns s with what is not UTF-8 replaced, for DuckDB takes no other.
func valid(s string) string { return strings.ToValidUTF8(s, "\uFFFD") }
