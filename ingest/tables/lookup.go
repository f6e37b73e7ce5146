package tables

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"yardstick"
)

// mostLookup is the most text that a lookup table may hold: it is kept in
// memory while the extract is read.
const mostLookup = 128 << 20

// lookupTable is a table beside the extract, by key.
type lookupTable struct {
	name    string
	at      map[string]int32
	cols    []*array.String
	repeats int // rows whose key an earlier row has
	missing int // rows of the extract whose key is not there
	key     []byte
}

// openLookups reads the lookup tables of a plan; they stand beside the extract.
func openLookups(ctx context.Context, p *plan, extract string, pq ParquetReader, mem memory.Allocator) ([]*lookupTable, error) {
	var out []*lookupTable
	for i := range p.lookups {
		l, err := openLookup(ctx, &p.lookups[i], filepath.Join(filepath.Dir(extract), p.lookups[i].File), pq, mem)
		if err != nil {
			for _, l := range out {
				l.release()
			}
			return nil, err
		}
		out = append(out, l)
	}
	return out, nil
}

func openLookup(ctx context.Context, p *lookupPlan, path string, pq ParquetReader, mem memory.Allocator) (*lookupTable, error) {
	r, err := openReader(path, Layout{}, pq, mem)
	if err != nil {
		return nil, err
	}
	defer r.close()
	header, err := r.header()
	if err != nil {
		return nil, err
	}
	var cols []int // without repeats, as choose wants them
	place := func(h string) (int, error) {
		i := slices.IndexFunc(header, func(x string) bool { return cleanHeader(x) == cleanHeader(h) })
		if i < 0 {
			msg := fmt.Sprintf("映射第 %d 行：对照表 %s 没有“%s”这一列。", p.line, base(path), h)
			if near := nearest(h, header); near != "" {
				msg += "相近的是“" + near + "”。"
			}
			return 0, &yardstick.Error{Kind: yardstick.Invalid, Op: "tables.Load", Msg: msg}
		}
		if j := slices.Index(cols, i); j >= 0 {
			return j, nil
		}
		cols = append(cols, i)
		return len(cols) - 1, nil
	}
	var key, take []int
	for _, h := range p.Key {
		i, err := place(h)
		if err != nil {
			return nil, err
		}
		key = append(key, i)
	}
	for _, h := range p.take {
		i, err := place(h)
		if err != nil {
			return nil, err
		}
		take = append(take, i)
	}
	r.choose(cols)
	t := &lookupTable{name: p.Name, at: map[string]int32{}}
	if err := t.fill(ctx, r, path, key, take, mem); err != nil {
		return nil, err
	}
	return t, nil
}

func (t *lookupTable) fill(ctx context.Context, r reader, path string, key, take []int, mem memory.Allocator) (err error) {
	out := make([]textBuilder, len(take))
	for i := range out {
		out[i].reserve(mem, 1<<14, 1<<18)
	}
	defer func() {
		for i := range out {
			if err != nil {
				out[i].drop()
			} else {
				t.cols = append(t.cols, out[i].finish())
			}
		}
	}()
	size, n := 0, int32(0)
	for {
		c, err := r.next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if err := ctx.Err(); err != nil {
			c.release()
			return err
		}
		for i := range c.rows {
			k := t.keyOf(c, key, i)
			if _, ok := t.at[string(k)]; ok {
				t.repeats++
				continue
			}
			t.at[string(k)] = n
			n++
			size += len(k) + 64
			for j, col := range take {
				s := c.cols[col].Value(i)
				size += len(s)
				out[j].addString(s)
			}
		}
		c.release()
		if size > mostLookup {
			return unusable(yardstick.FileTooLarge, nil, "对照表 %s 的内容大过 %d MiB，先在数据库里和主表对好再导出。", base(path), mostLookup>>20)
		}
	}
}

// keyOf joins the key cells of row i; it is valid until the next call.
func (t *lookupTable) keyOf(c *chunk, key []int, i int) []byte {
	t.key = t.key[:0]
	for _, k := range key {
		t.key = append(t.key, strings.TrimSpace(c.cols[k].Value(i))...)
		t.key = append(t.key, 0)
	}
	return t.key
}

// rows finds the row of the table for each row of c.
func (t *lookupTable) rows(c *chunk, key []int) []int32 {
	out := make([]int32, c.rows)
	for i := range out {
		row, ok := t.at[string(t.keyOf(c, key, i))]
		if !ok {
			row = -1
			t.missing++
		}
		out[i] = row
	}
	return out
}

func (t *lookupTable) release() {
	for _, c := range t.cols {
		c.Release()
	}
	t.cols = nil
}
