package tables

import (
	"math"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"yardstick"
	"yardstick/indicators"
)

// cacheValues is how many distinct values are remembered. Extracts repeat
// their targets; beyond this the memory is better spent elsewhere.
const cacheValues = 1 << 18

// value is what a line keeps of an indicators.Value.
type value struct {
	raw, kind, comparison, unit string
	low, high                   float64
	lowKnown, highKnown         bool
	doubt                       yardstick.Code
}

// valueParser parses the distinct values of one column.
type valueParser struct {
	seen map[string]*value
	key  []byte
}

// parse returns the meaning of s.
func (p *valueParser) parse(s string) *value {
	if v, ok := p.seen[s]; ok {
		return v
	}
	s = strings.Clone(s) // the cell's memory is freed with its chunk
	return p.keep(s, indicators.Parse(s))
}

// parseParts returns the meaning of a value written in three cells.
func (p *valueParser) parseParts(comparison, number, unit string) *value {
	p.key = append(p.key[:0], comparison...)
	p.key = append(p.key, 0)
	p.key = append(p.key, number...)
	p.key = append(p.key, 0)
	p.key = append(p.key, unit...)
	if v, ok := p.seen[string(p.key)]; ok {
		return v
	}
	return p.keep(string(p.key), indicators.ParseParts(strings.Clone(comparison), strings.Clone(number), strings.Clone(unit)))
}

func (p *valueParser) keep(key string, v indicators.Value) *value {
	out := &value{raw: v.Raw, kind: string(v.Kind), comparison: string(v.Comparison), unit: v.Unit.Name, doubt: doubtOf(v)}
	if v.Numeric() {
		out.low, out.lowKnown = v.Low, finite(v.Low)
		out.high, out.highKnown = v.High, finite(v.High)
	}
	if p.seen == nil || len(p.seen) >= cacheValues {
		p.seen = make(map[string]*value, 1<<12)
	}
	p.seen[key] = out
	return out
}

func finite(f float64) bool { return !math.IsInf(f, 0) && !math.IsNaN(f) }

// doubtOf is the warning that a value deserves, "" for none.
func doubtOf(v indicators.Value) yardstick.Code {
	switch {
	case v.Damage != "":
		return yardstick.ValueOCR
	case v.Kind == indicators.Placeholder:
		return yardstick.ValueMasked
	case v.Kind == indicators.Text && v.Reason != "":
		return yardstick.ValueUnread
	}
	return ""
}

// valueColumns are the columns of a target or actual value.
type valueColumns struct {
	raw, kind, comparison, unit textBuilder
	low, high                   floatBuilder
}

// floatBuilder collects numbers, some of which are not known.
type floatBuilder struct {
	vals  *memory.Buffer
	known *memory.Buffer
	v     []float64
	bits  []byte
	n     int
	nulls int
}

func (b *floatBuilder) reserve(mem memory.Allocator, rows int) {
	b.vals, b.known = memory.NewResizableBuffer(mem), memory.NewResizableBuffer(mem)
	b.vals.Resize(8 * rows)
	b.known.Resize((rows + 7) / 8)
	b.v, b.bits = arrow.Float64Traits.CastFromBytes(b.vals.Bytes()), b.known.Bytes()
	clear(b.bits)
	b.n, b.nulls = 0, 0
}

func (b *floatBuilder) add(f float64, known bool) {
	if known {
		b.v[b.n] = f
		b.bits[b.n>>3] |= 1 << (b.n & 7)
	} else {
		b.v[b.n] = 0
		b.nulls++
	}
	b.n++
}

func (b *floatBuilder) finish() arrow.Array {
	d := array.NewData(arrow.PrimitiveTypes.Float64, b.n, []*memory.Buffer{b.known, b.vals}, nil, b.nulls, 0)
	b.vals.Release()
	b.known.Release()
	a := array.NewFloat64Data(d)
	d.Release()
	return a
}

// emptyAsNull returns col with empty cells as missing ones. It shares the text.
func emptyAsNull(col *array.String, mem memory.Allocator) arrow.Array {
	off := col.ValueOffsets()
	n, nulls := col.Len(), 0
	for i := range n {
		if off[i] == off[i+1] {
			nulls++
		}
	}
	if nulls == 0 {
		col.Retain()
		return col
	}
	bits := memory.NewResizableBuffer(mem)
	bits.Resize((n + 7) / 8)
	b := bits.Bytes()
	clear(b)
	for i := range n {
		if off[i] != off[i+1] {
			b[i>>3] |= 1 << (i & 7)
		}
	}
	d := array.NewData(arrow.BinaryTypes.String, n, []*memory.Buffer{bits, col.Data().Buffers()[1], col.Data().Buffers()[2]}, nil, nulls, 0)
	bits.Release()
	out := array.NewStringData(d)
	d.Release()
	return out
}
