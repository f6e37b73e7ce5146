package tables

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"yardstick"
)

// reader yields an extract in columns of text.
type reader interface {
	header() ([]string, error)
	choose(cols []int)     // which columns next returns, once, after header
	next() (*chunk, error) // io.EOF after the last
	sheet() string         // "" if the file has none
	close() error
}

// ParquetReader reads a Parquet file in columns, and nothing else on the disk.
// The caller releases the reader.
type ParquetReader interface {
	ReadParquet(ctx context.Context, path string) (array.RecordReader, error)
}

// fileError is a file that can't be used as a whole.
type fileError struct {
	code yardstick.Code
	msg  string
	err  error
}

func (e *fileError) Error() string { return e.msg }
func (e *fileError) Unwrap() error { return e.err }

func unusable(code yardstick.Code, err error, format string, args ...any) error {
	return &fileError{code: code, msg: fmt.Sprintf(format, args...), err: err}
}

// openReader opens an extract by what its first bytes say, not by its name.
func openReader(path string, layout Layout, pq ParquetReader, mem memory.Allocator) (reader, error) {
	name := base(path)
	f, err := os.Open(path)
	if err != nil {
		return nil, unusable(yardstick.FileMissing, err, "%s 打不开，文件可能已移走，或没有读取权限。确认后重新导入。", name)
	}
	r, err := sniffReader(f, name, layout, pq, mem)
	if err != nil {
		f.Close()
		return nil, err
	}
	return r, nil
}

func sniffReader(f *os.File, name string, layout Layout, pq ParquetReader, mem memory.Allocator) (reader, error) {
	head := make([]byte, sniffBytes)
	n, err := io.ReadFull(f, head)
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return nil, unusable(yardstick.FileMissing, err, "%s 读不出来。确认它是文件而不是文件夹，并有读取权限。", name)
	}
	head = head[:n]
	if len(bytes.TrimSpace(head)) == 0 && n < sniffBytes {
		return nil, unusable(yardstick.FileEmpty, nil, "%s 是空文件。", name)
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return nil, unusable(yardstick.FileBroken, err, "%s 读不出来。", name)
	}
	switch {
	case bytes.HasPrefix(head, []byte("PAR1")):
		return openParquet(f, name, pq, mem)
	case bytes.HasPrefix(head, []byte("ARROW1")):
		return openArrowFile(f, name, mem)
	case bytes.HasPrefix(head, []byte("\xff\xff\xff\xff")):
		return openArrowStream(f, name, mem)
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return openWorkbook(f, name, layout, mem)
	case bytes.HasPrefix(head, []byte("\xd0\xcf\x11\xe0")):
		return nil, unusable(yardstick.FileUnsupported, nil,
			"%s 是旧版 .xls，或有打开密码的工作簿。另存为 .xlsx 或 .csv（不设密码）后重新导入。", name)
	case bytes.HasPrefix(head, []byte("\x1f\x8b")):
		z, err := gzip.NewReader(bufio.NewReaderSize(f, 1<<20))
		if err != nil {
			return nil, unusable(yardstick.FileBroken, err, "%s 是损坏的 gzip 文件。", name)
		}
		return openText(z, f, name, layout, mem)
	}
	return openText(f, f, name, layout, mem)
}

// textFile is delimited text.
type textFile struct {
	*csvReader
	file io.Closer
}

func (t *textFile) close() error  { return t.file.Close() }
func (t *textFile) sheet() string { return "" }

// openText opens delimited text that in yields; file is closed in the end.
func openText(in io.Reader, file io.Closer, name string, layout Layout, mem memory.Allocator) (reader, error) {
	buf := bufio.NewReaderSize(in, sniffBytes)
	head, err := buf.Peek(sniffBytes)
	if err != nil && err != io.EOF {
		return nil, unusable(yardstick.FileBroken, err, "%s 已损坏，读到一半就断了。", name)
	}
	if len(head) == 0 {
		return nil, unusable(yardstick.FileEmpty, nil, "%s 是空文件。", name)
	}
	encoding := layout.Encoding
	if encoding == "" {
		if encoding = sniffEncoding(head); encoding == "" {
			return nil, unusable(yardstick.FileBroken, nil, "%s 不是表格：它不是文本，也不是 .xlsx、.parquet 或 Arrow 文件。", name)
		}
	}
	text, err := io.ReadAll(toUTF8(bytes.NewReader(head), encoding))
	if err != nil {
		return nil, unusable(yardstick.FileBroken, err, "%s 的文字编码认不出来。用 UTF-8 重新保存后导入。", name)
	}
	delim := sniffDelimiter(text)
	if layout.Delimiter != "" {
		delim = layout.Delimiter[0]
	}
	r := newCSVReader(toUTF8(buf, encoding), delim, mem)
	r.headerRow = layout.HeaderRow
	r.name = name
	return &textFile{r, file}, nil
}

// headers cleans the names of columns for messages and checks that there are
// some.
func headers(name string, names []string) ([]string, error) {
	if len(names) > 0 {
		names[0] = strings.TrimPrefix(names[0], "\ufeff")
	}
	seen := false
	for i, n := range names {
		if !validText([]byte(n)) {
			return nil, unusable(yardstick.FileBroken, nil, "%s 的表头有认不出的字符，可能不是文本表格，或编码不对。", name)
		}
		names[i] = strings.TrimSpace(n)
		seen = seen || names[i] != ""
	}
	if !seen {
		return nil, unusable(yardstick.FileEmpty, nil, "%s 没有表头。第一行要写列名。", name)
	}
	return names, nil
}
