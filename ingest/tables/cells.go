package tables

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
)

// cells are the cells of one field in a chunk: a column, or a constant.
type cells struct {
	col   *array.String // nil: constant
	fixed string
}

func (c cells) at(i int) string {
	if c.col == nil {
		return c.fixed
	}
	return c.col.Value(i)
}

func (c cells) release() {
	if c.col != nil {
		c.col.Release()
	}
}

// blank reports whether a cell holds nothing but white space.
func blank(s string) bool {
	if s == "" {
		return true
	}
	if c := s[0]; c > ' ' && c < 0x80 {
		return false
	}
	if r, _ := utf8.DecodeRuneInString(s); !unicode.IsSpace(r) && r != '\ufeff' && r >= ' ' {
		return false
	}
	return cleanCell(s) == ""
}

// resolver makes the cells of fields from those of a chunk.
type resolver struct {
	plan    *plan
	lookups []*lookupTable
	mem     memory.Allocator
	c       *chunk
	found   [][]int32 // per lookup table: its row for each row of the chunk, −1 for none
	scratch []byte
	sizes   map[*recipe]int
}

// begin takes up the next chunk and finds its rows in the lookup tables.
func (r *resolver) begin(c *chunk) {
	r.c = c
	r.found = r.found[:0]
	for i, l := range r.lookups {
		r.found = append(r.found, l.rows(c, r.plan.lookups[i].key))
	}
}

// cells returns the cells of a field; the caller releases them. reject is
// called for each row whose value the mapping does not translate.
func (r *resolver) cells(p *recipe, reject func(row int, msg, raw string)) cells {
	if len(p.cells) == 0 && p.values == nil {
		return cells{fixed: p.def}
	}
	if len(p.cells) == 1 && p.cells[0].lookup < 0 && p.def == "" && p.values == nil {
		col := r.c.cols[p.cells[0].col]
		col.Retain()
		return cells{col: col}
	}
	var b textBuilder
	b.reserve(r.mem, r.c.rows, max(r.sizes[p], 4*r.c.rows))
	from, to, known := "", "", false // the translation made last
	for i := range r.c.rows {
		s := r.join(p, i)
		if p.values == nil {
			b.addString(s)
			continue
		}
		if !known || s != from {
			var ok bool
			if to, ok = translate(p.values, s); !ok {
				reject(i, fmt.Sprintf("映射文件没有写“%s”是什么", shorten(cleanCell(s), 40)), strings.Clone(s))
			}
			from, known = strings.Clone(s), ok
		}
		b.addString(to)
	}
	if r.sizes == nil {
		r.sizes = map[*recipe]int{}
	}
	r.sizes[p] = b.used + b.used/8
	return cells{col: b.finish()}
}

// translate returns the meaning of s by a mapping's table. An empty cell that
// the table does not name stays empty.
func translate(values map[string]string, s string) (string, bool) {
	clean := cleanCell(s)
	if v, ok := values[clean]; ok {
		return v, true
	}
	if clean == "" {
		return "", true
	}
	v, ok := values["*"]
	return v, ok
}

// join returns the text of a field in row i before translation. It is valid
// until the next call.
func (r *resolver) join(p *recipe, i int) string {
	s := ""
	if len(p.cells) == 1 {
		s = r.one(p.cells[0], i)
	} else if len(p.cells) > 1 {
		r.scratch = r.scratch[:0]
		for _, c := range p.cells {
			part := r.one(c, i)
			if blank(part) {
				continue
			}
			if len(r.scratch) > 0 {
				r.scratch = append(r.scratch, p.with...)
			}
			r.scratch = append(r.scratch, part...)
		}
		s = string(r.scratch)
	}
	if p.def != "" && blank(s) {
		return p.def
	}
	return s
}

func (r *resolver) one(c cellRef, i int) string {
	if c.lookup < 0 {
		return r.c.cols[c.col].Value(i)
	}
	row := r.found[c.lookup][i]
	if row < 0 {
		return ""
	}
	return r.lookups[c.lookup].cols[c.col].Value(int(row))
}
