package tables

import (
	"math"
	"slices"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/zeebo/xxh3"

	"yardstick"
	"yardstick/indicators"
)

// cacheValues is how many distinct values are remembered between chunks.
// Extracts repeat their targets; beyond this the memory is better spent elsewhere.
const cacheValues = 1 << 18

// value is what a line keeps of an indicators.Value. Words are numbers in
// valueParser.words, so that a million values hold no pointers.
type value struct {
	low, high              float64
	kind, comparison, unit uint32
	raw                    uint32 // 0: the key is the raw text
	lowKnown, highKnown    bool
	doubt                  uint8 // 1 + index in doubtCodes; 0 for none
}

// doubtCodes are the warnings that a value can have.
var doubtCodes = [...]yardstick.Code{yardstick.ValueOCR, yardstick.ValueMasked, yardstick.ValueUnread}

// valueParser parses the distinct values of one column. It is a hash table from
// text to value with open addressing.
type valueParser struct {
	slots  []uint32 // 1 + index in values, or 0
	hashes []uint64 // per value
	ends   []uint32 // per value, of its key in keys
	keys   []byte
	values []value

	words  []string
	wordAt map[string]uint32
	key    []byte
}

// begin makes room for the values of another chunk. Indexes that parse returned
// before are void afterwards.
func (p *valueParser) begin() {
	if p.slots != nil && len(p.values) < cacheValues {
		return
	}
	*p = valueParser{slots: make([]uint32, 1<<16), words: []string{""}, wordAt: map[string]uint32{"": 0}, key: p.key}
}

// parse returns the index of the meaning of s in p.values.
func (p *valueParser) parse(s string) uint32 {
	h := xxh3.HashString(s)
	i, ok := p.find(h, s)
	if ok {
		return p.slots[i] - 1
	}
	return p.put(i, h, s, indicators.Parse(strings.Clone(s)), false) // the cell's memory is freed with its chunk
}

// parseParts returns the index of the meaning of a value written in three cells.
func (p *valueParser) parseParts(comparison, number, unit string) uint32 {
	p.key = append(p.key[:0], comparison...)
	p.key = append(p.key, 0)
	p.key = append(p.key, number...)
	p.key = append(p.key, 0)
	p.key = append(p.key, unit...)
	h := xxh3.Hash(p.key)
	i, ok := p.find(h, string(p.key))
	if ok {
		return p.slots[i] - 1
	}
	v := indicators.ParseParts(strings.Clone(comparison), strings.Clone(number), strings.Clone(unit))
	return p.put(i, h, string(p.key), v, true)
}

// find returns the slot of a key, or the free one where it belongs.
func (p *valueParser) find(h uint64, key string) (slot uint64, ok bool) {
	mask := uint64(len(p.slots) - 1)
	for i := h & mask; ; i = (i + 1) & mask {
		n := p.slots[i]
		if n == 0 {
			return i, false
		}
		if p.hashes[n-1] != h {
			continue
		}
		from := uint32(0)
		if n > 1 {
			from = p.ends[n-2]
		}
		if string(p.keys[from:p.ends[n-1]]) == key {
			return i, true
		}
	}
}

func (p *valueParser) put(slot, h uint64, key string, v indicators.Value, keepRaw bool) uint32 {
	out := value{kind: p.word(string(v.Kind)), comparison: p.word(string(v.Comparison)), unit: p.word(v.Unit.Name)}
	if keepRaw {
		out.raw = p.word(v.Raw)
	}
	if v.Numeric() {
		out.low, out.lowKnown = v.Low, finite(v.Low)
		out.high, out.highKnown = v.High, finite(v.High)
	}
	if d := doubtOf(v); d != "" {
		out.doubt = uint8(1 + slices.Index(doubtCodes[:], d))
	}
	if len(p.values) == cap(p.values) { // doubled: append grows large slices in many small steps
		n := max(len(p.values), 1<<12)
		p.ends, p.hashes, p.values = slices.Grow(p.ends, n), slices.Grow(p.hashes, n), slices.Grow(p.values, n)
	}
	if len(p.keys)+len(key) > cap(p.keys) {
		p.keys = slices.Grow(p.keys, len(p.keys)+len(key))
	}
	p.keys = append(p.keys, key...)
	p.ends = append(p.ends, uint32(len(p.keys)))
	p.hashes = append(p.hashes, h)
	p.values = append(p.values, out)
	p.slots[slot] = uint32(len(p.values))
	if 2*len(p.values) > len(p.slots) {
		p.rehash()
	}
	return uint32(len(p.values) - 1)
}

// rehash doubles the slots.
func (p *valueParser) rehash() {
	p.slots = make([]uint32, 2*len(p.slots))
	mask := uint64(len(p.slots) - 1)
	for n, h := range p.hashes {
		i := h & mask
		for p.slots[i] != 0 {
			i = (i + 1) & mask
		}
		p.slots[i] = uint32(n + 1)
	}
}

func (p *valueParser) word(s string) uint32 {
	if n, ok := p.wordAt[s]; ok {
		return n
	}
	n := uint32(len(p.words))
	s = strings.Clone(s)
	p.words = append(p.words, s)
	p.wordAt[s] = n
	return n
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
