package tables

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/ipc"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"yardstick"
)

// columnar reads files that hold columns already: Parquet and Arrow IPC. Cells
// are copied and checked, because offsets in such files are not to be trusted.
type columnar struct {
	name   string
	mem    memory.Allocator
	closer io.Closer
	schema *arrow.Schema
	open   func(cols []int) (batches, error)
	stop   func()

	cols []int // columns of schema that are read
	from batches
	row  int
	rest arrow.RecordBatch // not yet returned
	at   int               // rows of rest that were returned
}

// batches yields record batches; io.EOF after the last. A batch is the
// caller's to release.
type batches func() (arrow.RecordBatch, error)

func (c *columnar) sheet() string { return "" }

func (c *columnar) header() ([]string, error) {
	names := make([]string, c.schema.NumFields())
	for i := range names {
		names[i] = c.schema.Field(i).Name
	}
	return headers(c.name, names)
}

func (c *columnar) choose(cols []int) { c.cols = cols }

func (c *columnar) close() error {
	if c.rest != nil {
		c.rest.Release()
		c.rest = nil
	}
	if c.stop != nil {
		c.stop()
	}
	return c.closer.Close()
}

func (c *columnar) next() (out *chunk, err error) {
	defer func() {
		if p := recover(); p != nil { // the libraries panic on some damaged files
			out, err = nil, c.broken(fmt.Errorf("%v", p))
		}
	}()
	if c.from == nil {
		if c.from, err = c.open(c.cols); err != nil {
			return nil, c.broken(err)
		}
	}
	for c.rest == nil || c.at >= int(c.rest.NumRows()) {
		if c.rest != nil {
			c.rest.Release()
			c.rest = nil
		}
		if c.rest, err = c.from(); err != nil {
			c.rest = nil
			if err == io.EOF {
				return nil, io.EOF
			}
			return nil, c.broken(err)
		}
		c.at = 0
	}
	n := min(int(c.rest.NumRows())-c.at, chunkRows/4)
	out = &chunk{rows: n, row: make([]int32, n)}
	for i := range out.row {
		out.row[i] = int32(c.row + i + 2)
	}
	for _, col := range c.cols {
		text, err := textColumn(c.rest.Column(col), c.at, n, c.mem)
		if err != nil {
			out.release()
			return nil, unusable(yardstick.FileBroken, err, "%s 的“%s”列读不出来：%v。", c.name, c.schema.Field(col).Name, err)
		}
		out.cols = append(out.cols, text)
	}
	c.at += n
	c.row += n
	return out, nil
}

func (c *columnar) broken(err error) error {
	return unusable(yardstick.FileBroken, err, "%s 已损坏，第 %d 行之后读不出来。", c.name, c.row+1)
}

var errText = errors.New("有认不出的字符")

// textColumn returns cells at to at+n of col as text; a missing value is empty.
func textColumn(col arrow.Array, at, n int, mem memory.Allocator) (*array.String, error) {
	cell, err := cellText(col)
	if err != nil {
		return nil, err
	}
	var b textBuilder
	b.reserve(mem, n, 16*n)
	defer func() { // of a panic in cell
		if b.off != nil {
			b.drop()
		}
	}()
	for i := at; i < at+n; i++ {
		if col.IsNull(i) {
			b.end()
			continue
		}
		s := cell(i)
		if !validText([]byte(s)) {
			return nil, errText
		}
		b.addString(s)
	}
	return b.finish(), nil
}

// cellText returns the function that gives the text of a cell that is not null.
func cellText(col arrow.Array) (func(int) string, error) {
	switch a := col.(type) {
	case *array.String:
		return a.Value, nil
	case *array.LargeString:
		return a.Value, nil
	case *array.Float64:
		return func(i int) string { return strconv.FormatFloat(a.Value(i), 'f', -1, 64) }, nil
	case *array.Float32:
		return func(i int) string { return strconv.FormatFloat(float64(a.Value(i)), 'f', -1, 32) }, nil
	case *array.Dictionary:
		word, err := cellText(a.Dictionary())
		if err != nil {
			return nil, err
		}
		return func(i int) string {
			k := a.GetValueIndex(i)
			if a.Dictionary().IsNull(k) {
				return ""
			}
			return word(k)
		}, nil
	case array.ListLike, *array.Struct, array.Union, array.ExtensionArray, *array.Binary, *array.LargeBinary:
		return nil, fmt.Errorf("类型是 %s，不是文字、数字或日期", col.DataType())
	}
	return col.ValueStr, nil
}

// openParquet opens a Parquet file through rr, which reads it in columns.
func openParquet(f *os.File, name string, open ParquetReader, mem memory.Allocator) (reader, error) {
	if open == nil {
		return nil, unusable(yardstick.FileUnsupported, nil, "%s 是 Parquet 文件，这里读不了。改用 .csv 或 Arrow 文件。", name)
	}
	rr, err := open.ReadParquet(context.Background(), f.Name())
	if err != nil {
		return nil, unusable(yardstick.FileBroken, err, "%s 不是完整的 Parquet 文件。", name)
	}
	return &columnar{name: name, mem: mem, closer: f, schema: rr.Schema(), stop: rr.Release,
		open: func([]int) (batches, error) { return fromReader(rr), nil }}, nil
}

// fromReader adapts a record reader, which keeps its batches.
func fromReader(rr array.RecordReader) batches {
	return func() (arrow.RecordBatch, error) {
		if !rr.Next() {
			if err := rr.Err(); err != nil && err != io.EOF {
				return nil, err
			}
			return nil, io.EOF
		}
		b := rr.RecordBatch()
		b.Retain()
		return b, nil
	}
}

func openArrowStream(f *os.File, name string, mem memory.Allocator) (reader, error) {
	rr, err := ipc.NewReader(f, ipc.WithAllocator(mem), ipc.WithDictionaryDeltas(true))
	if err != nil {
		return nil, unusable(yardstick.FileBroken, err, "%s 不是完整的 Arrow 数据流。", name)
	}
	return &columnar{name: name, mem: mem, closer: f, schema: rr.Schema(), stop: rr.Release,
		open: func([]int) (batches, error) { return fromReader(rr), nil }}, nil
}

func openArrowFile(f *os.File, name string, mem memory.Allocator) (_ reader, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = unusable(yardstick.FileBroken, fmt.Errorf("%v", p), "%s 不是完整的 Arrow 文件。", name)
		}
	}()
	fr, err := ipc.NewFileReader(f, ipc.WithAllocator(mem))
	if err != nil {
		return nil, unusable(yardstick.FileBroken, err, "%s 不是完整的 Arrow 文件。", name)
	}
	i := 0
	next := func() (arrow.RecordBatch, error) {
		if i >= fr.NumRecords() {
			return nil, io.EOF
		}
		i++
		return fr.RecordBatchAt(i - 1)
	}
	return &columnar{name: name, mem: mem, closer: f, schema: fr.Schema(), stop: func() { fr.Close() },
		open: func([]int) (batches, error) { return next, nil }}, nil
}
