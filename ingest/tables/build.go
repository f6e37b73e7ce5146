package tables

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
)

var nan = math.NaN()

const (
	// batchRows is how many rows a batch has, but for the last: as many as a row
	// group of DuckDB. It stores a whole row group as it comes; smaller ones it first
	// stores, then reads again to put them together, which took three times as long.
	batchRows = 122_880
	// batchBytes of text end a batch early, to bound memory.
	batchBytes = 64 << 20
)

// batchBuilder collects the good rows of chunks in batches. Rows are added
// column by column, in the order of the schema. Empty text is missing.
type batchBuilder struct {
	mem    memory.Allocator
	schema *arrow.Schema
	cols   []column
	rows   int // in the present batch

	order []int32 // the rows of the chunk that are added now
	at    int     // column that is next
}

// column is a column of the batch under way; one of its builders is in use.
type column struct {
	text textBuilder
	int  numberBuilder[int32]
	real numberBuilder[float64]
	size int // bytes of text in the batch before
}

func newBatchBuilder(mem memory.Allocator, schema *arrow.Schema) *batchBuilder {
	return &batchBuilder{mem: mem, schema: schema, cols: make([]column, schema.NumFields())}
}

// begin takes up rows of a chunk.
func (b *batchBuilder) begin(order []int32) {
	if b.rows == 0 {
		for i := range b.cols {
			switch c := &b.cols[i]; b.schema.Field(i).Type.ID() {
			case arrow.STRING:
				c.text.reserve(b.mem, batchRows, max(c.size+c.size/16, 8*batchRows))
			case arrow.INT32:
				c.int.reserve(b.mem, batchRows)
			default:
				c.real.reserve(b.mem, batchRows)
			}
		}
	}
	b.order, b.at = order, 0
	b.rows += len(order)
}

// full reports whether the batch should take no more rows.
func (b *batchBuilder) full() bool {
	if b.rows >= batchRows {
		return true
	}
	size := 0
	for i := range b.cols {
		size += b.cols[i].text.used
	}
	return size >= batchBytes
}

// batch ends the batch under way; nil if it has no rows.
func (b *batchBuilder) batch() arrow.RecordBatch {
	if b.rows == 0 {
		return nil
	}
	cols := make([]arrow.Array, len(b.cols))
	for i := range b.cols {
		switch c := &b.cols[i]; b.schema.Field(i).Type.ID() {
		case arrow.STRING:
			c.size = c.text.used
			text := c.text.finish()
			cols[i] = emptyAsNull(text, b.mem)
			text.Release()
		case arrow.INT32:
			d := c.int.finish(arrow.PrimitiveTypes.Int32)
			cols[i] = array.NewInt32Data(d)
			d.Release()
		default:
			d := c.real.finish(arrow.PrimitiveTypes.Float64)
			cols[i] = array.NewFloat64Data(d)
			d.Release()
		}
	}
	out := array.NewRecordBatch(b.schema, cols, int64(b.rows))
	for _, c := range cols {
		c.Release()
	}
	b.rows = 0
	return out
}

// drop frees the batch under way.
func (b *batchBuilder) drop() {
	if out := b.batch(); out != nil {
		out.Release()
	}
}

// run is a stretch of rows of one form.
type run struct {
	form     *head
	from, to int32
}

// sort returns the good rows of the chunk sorted by region and year. A warehouse
// sorted by region reads one county fast; forms are moved as a whole, so that
// their lines stay in order.
func (t *transformer) sort() []int32 {
	runs := t.runs[:0]
	for i, e := range t.form {
		switch n := len(runs); {
		case t.bad[i]:
		case n > 0 && runs[n-1].form == e && runs[n-1].to == int32(i):
			runs[n-1].to++
		default:
			runs = append(runs, run{e, int32(i), int32(i + 1)})
		}
	}
	byPlace := func(x, y run) int {
		return cmp.Or(strings.Compare(x.form.region, y.form.region), cmp.Compare(x.form.year, y.form.year))
	}
	slices.SortStableFunc(runs, byPlace)
	order := t.order[:0]
	for _, r := range runs {
		for i := r.from; i < r.to; i++ {
			order = append(order, i)
		}
	}
	t.runs, t.order = runs, order
	return order
}

// next returns the column to fill now.
func (b *batchBuilder) next() *column {
	b.at++
	return &b.cols[b.at-1]
}

// text adds computed text.
func (b *batchBuilder) text(at func(i int32) string) {
	col := &b.next().text
	for _, i := range b.order {
		col.addString(at(i))
	}
}

func (b *batchBuilder) bytes(at func(i int32) []byte) {
	col := &b.next().text
	for _, i := range b.order {
		col.add(at(i))
	}
}

// cells adds cells of the extract: whole stretches of rows that follow each other
// there, unless white space must be cut off.
func (b *batchBuilder) cells(c cells) {
	col := &b.next().text
	if c.col == nil || padded(c.col) {
		for _, i := range b.order {
			col.addString(trim(c.at(int(i))))
		}
		return
	}
	for rest := b.order; len(rest) > 0; {
		n := 1
		for n < len(rest) && rest[n] == rest[n-1]+1 {
			n++
		}
		col.addRange(c.col, int(rest[0]), int(rest[0])+n)
		rest = rest[n:]
	}
}

// ints adds whole numbers; 0 is missing.
func (b *batchBuilder) ints(v []int32) {
	col := &b.next().int
	for _, i := range b.order {
		col.add(v[i], v[i] != 0)
	}
}

func (b *batchBuilder) floats(at func(i int32) (float64, bool)) {
	col := &b.next().real
	for _, i := range b.order {
		col.add(at(i))
	}
}

// trim cuts white space off; most cells have none.
func trim(s string) string {
	if n := len(s); n > 0 && s[0] > ' ' && s[0] < 0x80 && s[n-1] > ' ' && s[n-1] < 0x80 {
		return s
	}
	return strings.TrimSpace(s)
}

// padded reports whether a cell begins or ends with what may be white space.
func padded(col *array.String) bool {
	off, body := col.ValueOffsets(), col.ValueBytes()
	if len(off) == 0 {
		return false
	}
	start := off[0]
	for i := range len(off) - 1 {
		from, to := off[i]-start, off[i+1]-start
		if from == to {
			continue
		}
		first, last := body[from], body[to-1]
		if first <= ' ' || last <= ' ' || first == 0xc2 || last == 0x80 && to-from >= 3 && body[to-2] == 0x80 && body[to-3] == 0xe3 ||
			first == 0xe3 && body[from+1] == 0x80 && body[from+2] == 0x80 || last == 0xa0 {
			return true
		}
	}
	return false
}
