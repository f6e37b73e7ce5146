package tables

import (
	"math"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
)

var nan = math.NaN()

// batchBuilder builds the columns of a batch from the good rows of a chunk.
// Empty text is missing.
type batchBuilder struct {
	t    *transformer
	n    int // good rows
	cols []arrow.Array
}

// text adds a column of computed text; name is the key under which its size is
// remembered for the next chunk.
func (b *batchBuilder) text(name string, at func(i int) string) {
	var col textBuilder
	col.reserve(b.t.mem, b.n, max(b.t.sizes[name], 8*b.n))
	for i := range b.t.c.rows {
		if !b.t.bad[i] {
			col.addString(at(i))
		}
	}
	b.finish(name, &col)
}

func (b *batchBuilder) bytes(name string, at func(i int) []byte) {
	var col textBuilder
	col.reserve(b.t.mem, b.n, max(b.t.sizes[name], 8*b.n))
	for i := range b.t.c.rows {
		if !b.t.bad[i] {
			col.add(at(i))
		}
	}
	b.finish(name, &col)
}

func (b *batchBuilder) finish(name string, col *textBuilder) {
	b.t.sizes[name] = col.used + col.used/8
	done := col.finish()
	b.cols = append(b.cols, emptyAsNull(done, b.t.mem))
	done.Release()
}

// cells adds a column of the extract, as it is if it can be.
func (b *batchBuilder) cells(f field, c cells) {
	if c.col != nil && b.t.nbad == 0 && !padded(c.col) {
		b.cols = append(b.cols, emptyAsNull(c.col, b.t.mem))
		return
	}
	b.text("cells:"+f.String(), func(i int) string { return strings.TrimSpace(c.at(i)) })
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

// ints adds a column of whole numbers; 0 is missing.
func (b *batchBuilder) ints(v []int32) {
	vals, known := memory.NewResizableBuffer(b.t.mem), memory.NewResizableBuffer(b.t.mem)
	vals.Resize(4 * b.n)
	known.Resize((b.n + 7) / 8)
	out, bits := arrow.Int32Traits.CastFromBytes(vals.Bytes()), known.Bytes()
	clear(bits)
	n, nulls := 0, 0
	for i, x := range v {
		if b.t.bad[i] {
			continue
		}
		out[n] = x
		if x != 0 {
			bits[n>>3] |= 1 << (n & 7)
		} else {
			nulls++
		}
		n++
	}
	d := array.NewData(arrow.PrimitiveTypes.Int32, n, []*memory.Buffer{known, vals}, nil, nulls, 0)
	vals.Release()
	known.Release()
	b.cols = append(b.cols, array.NewInt32Data(d))
	d.Release()
}

func (b *batchBuilder) floats(at func(i int) (float64, bool)) {
	var col floatBuilder
	col.reserve(b.t.mem, b.n)
	for i := range b.t.c.rows {
		if !b.t.bad[i] {
			col.add(at(i))
		}
	}
	b.cols = append(b.cols, col.finish())
}
