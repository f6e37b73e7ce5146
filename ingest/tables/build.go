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

// batchBuilder builds the columns of a batch from the good rows of a chunk,
// sorted by region and year. Empty text is missing.
type batchBuilder struct {
	t     *transformer
	order []int32 // good rows of the chunk in the order of the batch
	plain bool    // order is that of the chunk, and no row is left out
	cols  []arrow.Array
}

// run is a stretch of rows of one form.
type run struct {
	form     *head
	from, to int32
}

// sort fills order. A warehouse sorted by region reads one county fast; forms
// are moved as a whole, so that their lines stay in order.
func (b *batchBuilder) sort() {
	runs := b.t.runs[:0]
	for i, e := range b.t.form {
		switch n := len(runs); {
		case b.t.bad[i]:
		case n > 0 && runs[n-1].form == e && runs[n-1].to == int32(i):
			runs[n-1].to++
		default:
			runs = append(runs, run{e, int32(i), int32(i + 1)})
		}
	}
	byPlace := func(x, y run) int {
		return cmp.Or(strings.Compare(x.form.region, y.form.region), cmp.Compare(x.form.year, y.form.year))
	}
	b.plain = b.t.nbad == 0 && slices.IsSortedFunc(runs, byPlace)
	slices.SortStableFunc(runs, byPlace)
	b.order = b.t.order[:0]
	for _, r := range runs {
		for i := r.from; i < r.to; i++ {
			b.order = append(b.order, i)
		}
	}
	b.t.runs, b.t.order = runs, b.order
}

// text adds a column of computed text; name is the key under which its size is
// remembered for the next chunk.
func (b *batchBuilder) text(name string, at func(i int) string) {
	var col textBuilder
	col.reserve(b.t.mem, len(b.order), max(b.t.sizes[name], 8*len(b.order)))
	for _, i := range b.order {
		col.addString(at(int(i)))
	}
	b.finish(name, &col)
}

func (b *batchBuilder) bytes(name string, at func(i int) []byte) {
	var col textBuilder
	col.reserve(b.t.mem, len(b.order), max(b.t.sizes[name], 8*len(b.order)))
	for _, i := range b.order {
		col.add(at(int(i)))
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
	if c.col != nil && b.plain && !padded(c.col) {
		b.cols = append(b.cols, emptyAsNull(c.col, b.t.mem))
		return
	}
	b.text("cells:"+f.String(), func(i int) string { return trim(c.at(i)) })
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

// ints adds a column of whole numbers; 0 is missing.
func (b *batchBuilder) ints(v []int32) {
	vals, known := memory.NewResizableBuffer(b.t.mem), memory.NewResizableBuffer(b.t.mem)
	vals.Resize(4 * len(b.order))
	known.Resize((len(b.order) + 7) / 8)
	out, bits := arrow.Int32Traits.CastFromBytes(vals.Bytes()), known.Bytes()
	clear(bits)
	n, nulls := 0, 0
	for _, i := range b.order {
		x := v[i]
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
	col.reserve(b.t.mem, len(b.order))
	for _, i := range b.order {
		col.add(at(int(i)))
	}
	b.cols = append(b.cols, col.finish())
}
