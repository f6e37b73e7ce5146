package tables

import (
	"unsafe"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
)

// chunk is a run of rows of an extract, as columns of text. An empty cell is
// the empty string. The chunk holds one reference on each column.
type chunk struct {
	rows int
	row  []int32         // row in the file, as a spreadsheet counts: the header is row 1
	cols []*array.String // in the order that was asked for
	bad  []badRow        // rows that are not columns at all
}

func (c *chunk) release() {
	for _, col := range c.cols {
		col.Release()
	}
	c.cols = nil
}

// textBuilder collects one column of text in memory outside the Go heap, so
// that it can be handed to the warehouse without a copy.
type textBuilder struct {
	mem  memory.Allocator
	off  *memory.Buffer
	data *memory.Buffer
	ends []int32 // view of off
	body []byte  // view of data
	n    int
	used int
}

// reserve starts a column with room for rows cells and size bytes.
func (b *textBuilder) reserve(mem memory.Allocator, rows, size int) {
	b.mem = mem
	b.off = memory.NewResizableBuffer(mem)
	b.off.Resize(4 * (rows + 1))
	b.data = memory.NewResizableBuffer(mem)
	b.data.Resize(max(size, 64))
	b.ends = arrow.Int32Traits.CastFromBytes(b.off.Bytes())
	b.body = b.data.Bytes()
	b.ends[0] = 0
	b.n, b.used = 0, 0
}

func (b *textBuilder) add(s []byte) {
	if b.used+len(s) > len(b.body) {
		b.grow(len(s))
	}
	b.used += copy(b.body[b.used:], s)
	b.end()
}

func (b *textBuilder) addString(s string) {
	if b.used+len(s) > len(b.body) {
		b.grow(len(s))
	}
	b.used += copy(b.body[b.used:], s)
	b.end()
}

// addRange adds cells from to to of col.
func (b *textBuilder) addRange(col *array.String, from, to int) {
	off := col.ValueOffsets()
	body := col.ValueBytes()[off[from]-off[0] : off[to]-off[0]]
	if b.used+len(body) > len(b.body) {
		b.grow(len(body))
	}
	for b.n+to-from >= len(b.ends) {
		b.widen()
	}
	shift := int32(b.used) - off[from]
	b.used += copy(b.body[b.used:], body)
	ends := b.ends[b.n+1 : b.n+1+to-from]
	for i, o := range off[from+1 : to+1] {
		ends[i] = o + shift
	}
	b.n += to - from
}

func (b *textBuilder) end() {
	b.n++
	if b.n >= len(b.ends) {
		b.widen()
	}
	b.ends[b.n] = int32(b.used)
}

func (b *textBuilder) widen() {
	b.off.Resize(8 * len(b.ends))
	b.ends = arrow.Int32Traits.CastFromBytes(b.off.Bytes())
}

func (b *textBuilder) grow(more int) {
	b.data.Resize(max(2*len(b.body), b.used+more))
	b.body = b.data.Bytes()
}

// finish returns the column; the caller releases it. The builder is empty
// afterwards.
func (b *textBuilder) finish() *array.String {
	b.off.Resize(4 * (b.n + 1))
	b.data.Resize(b.used)
	d := array.NewData(arrow.BinaryTypes.String, b.n, []*memory.Buffer{nil, b.off, b.data}, nil, 0, 0)
	b.off.Release()
	b.data.Release()
	col := array.NewStringData(d)
	d.Release()
	b.off, b.data, b.ends, b.body = nil, nil, nil, nil
	return col
}

// drop frees a column that was begun and is not wanted.
func (b *textBuilder) drop() {
	if b.off != nil {
		b.off.Release()
		b.data.Release()
		b.off, b.data = nil, nil
	}
}

// numberBuilder collects numbers, some of which are not known.
type numberBuilder[T int32 | float64] struct {
	vals  *memory.Buffer
	known *memory.Buffer
	v     []T
	bits  []byte
	n     int
	nulls int
}

// reserve starts a column of at most rows numbers.
func (b *numberBuilder[T]) reserve(mem memory.Allocator, rows int) {
	b.vals, b.known = memory.NewResizableBuffer(mem), memory.NewResizableBuffer(mem)
	b.vals.Resize(rows * int(unsafe.Sizeof(T(0))))
	b.known.Resize((rows + 7) / 8)
	b.v, b.bits = arrow.GetData[T](b.vals.Bytes()), b.known.Bytes()
	clear(b.bits)
	b.n, b.nulls = 0, 0
}

func (b *numberBuilder[T]) add(x T, known bool) {
	if known {
		b.v[b.n] = x
		b.bits[b.n>>3] |= 1 << (b.n & 7)
	} else {
		b.v[b.n] = 0
		b.nulls++
	}
	b.n++
}

// finish returns the column's data; the builder is empty afterwards.
func (b *numberBuilder[T]) finish(typ arrow.DataType) *array.Data {
	d := array.NewData(typ, b.n, []*memory.Buffer{b.known, b.vals}, nil, b.nulls, 0)
	b.vals.Release()
	b.known.Release()
	b.vals, b.known, b.v, b.bits = nil, nil, nil, nil
	return d
}
