package tables

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"yardstick"
)

const (
	chunkBytes  = 4 << 20 // read and split at a time
	chunkRows   = 1 << 16 // at most in a chunk
	recordBytes = 1 << 20 // longest record that is read; a line of a form has a few hundred bytes
	widestTable = 2048    // columns
)

// badRow is a row that could not be taken apart into columns or not be
// understood.
type badRow struct {
	row  int
	col  int // 0-based column in the file; −1 if the whole row is meant
	code yardstick.Code
	msg  string
	raw  string
}

// csvReader splits delimited text into columns. It reads RFC 4180 with any
// one-byte delimiter; text is UTF-8 by then. A broken record costs one row:
// reading goes on at the next line.
type csvReader struct {
	in     io.Reader
	mem    memory.Allocator
	delim  byte
	width  int   // columns of the header
	pick   []int // column of the file → column wanted, or −1
	wanted int

	name      string // of the file, for messages
	headerRow int    // 0: the first record that is not blank

	buf    []byte
	lo, hi int
	eof    bool
	row    int // rows seen so far

	spans []span // of the present record
	cell  []byte // scratch for cells with doubled quotes
	out   []textBuilder
	sizes []int // bytes of each column in the chunk before
}

// span is a cell of the present record in csvReader.buf, relative to its
// beginning. A cell with doubled quotes is in csvReader.cell instead.
type span struct {
	from, to int
	inCell   bool
}

func newCSVReader(in io.Reader, delim byte, mem memory.Allocator) *csvReader {
	return &csvReader{in: in, mem: mem, delim: delim, buf: make([]byte, chunkBytes+recordBytes)}
}

var (
	errMore    = errors.New("record goes on")
	errQuote   = errors.New("unbalanced quote")
	errTooLong = errors.New("record too long")
)

// header reads the record that names the columns.
func (r *csvReader) header() ([]string, error) {
	for {
		n, err := r.record()
		switch {
		case err == io.EOF:
			return nil, unusable(yardstick.FileEmpty, nil, "%s 没有表头。第一行要写列名。", r.name)
		case err == errQuote:
			return nil, unusable(yardstick.FileBroken, nil, "%s 第 %d 行（表头）的引号没有配对。", r.name, r.row)
		case err == errTooLong:
			return nil, unusable(yardstick.FileBroken, nil, "%s 第 %d 行长过 %d KiB，不像表格。", r.name, r.row, recordBytes>>10)
		case err != nil:
			return nil, r.broken(err)
		}
		if len(r.spans) == 0 || r.row < r.headerRow {
			r.lo += n
			continue
		}
		if len(r.spans) == widestTable {
			return nil, unusable(yardstick.FileTooLarge, nil, "%s 的表头有 %d 列以上，不像表格。", r.name, widestTable)
		}
		names := make([]string, len(r.spans))
		for i, s := range r.spans {
			names[i] = string(r.text(s))
		}
		r.lo += n
		r.width = len(names)
		return headers(r.name, names)
	}
}

func (r *csvReader) broken(err error) error {
	return unusable(yardstick.FileBroken, err, "%s 已损坏，读到第 %d 行就断了。", r.name, r.row+1)
}

// choose says which columns next returns, by position in the header.
func (r *csvReader) choose(cols []int) {
	r.pick = make([]int, r.width)
	for i := range r.pick {
		r.pick[i] = -1
	}
	for i, c := range cols {
		r.pick[c] = i
	}
	r.wanted = len(cols)
	r.out = make([]textBuilder, len(cols))
	r.sizes = make([]int, len(cols))
}

// next returns the next rows; io.EOF after the last.
func (r *csvReader) next() (*chunk, error) {
	for i := range r.out {
		r.out[i].reserve(r.mem, chunkRows, r.sizes[i]+r.sizes[i]/8)
	}
	c := &chunk{row: make([]int32, 0, chunkRows)}
	read := 0
	for read < chunkBytes && len(c.row) < chunkRows && len(c.bad) < chunkRows {
		n, err := r.record()
		if err == io.EOF {
			break
		}
		var reject string
		switch {
		case err == errQuote:
			reject = "引号没有配对"
		case err == errTooLong:
			reject = fmt.Sprintf("一行长过 %d KiB", recordBytes>>10)
		case err != nil:
			r.drop()
			return nil, r.broken(err)
		case len(r.spans) == 0:
		case len(r.spans) != r.width && !r.padded():
			reject = rowTooWide(r.width, len(r.spans))
		case !validText(r.buf[r.lo : r.lo+n]):
			reject = "有认不出的字符（不是 UTF-8，或含空字符）"
		default:
			for i, s := range r.spans[:r.width] {
				if p := r.pick[i]; p >= 0 {
					r.out[p].add(r.text(s))
				}
			}
			c.row = append(c.row, int32(r.row))
		}
		if reject != "" {
			c.bad = append(c.bad, badRow{row: r.row, col: -1, code: yardstick.RowColumns, msg: reject,
				raw: excerpt(r.buf[r.lo : r.lo+n])})
		}
		if err == errTooLong {
			m, err := r.skipLine()
			if err != nil {
				r.drop()
				return nil, r.broken(err)
			}
			n = m
		}
		r.lo += n
		read += n
	}
	if len(c.row) == 0 && len(c.bad) == 0 {
		r.drop()
		return nil, io.EOF
	}
	c.rows = len(c.row)
	c.cols = make([]*array.String, len(r.out))
	for i := range r.out {
		r.sizes[i] = r.out[i].used
		c.cols[i] = r.out[i].finish()
	}
	return c, nil
}

func (r *csvReader) drop() {
	for i := range r.out {
		r.out[i].drop()
	}
}

// padded reports whether the record has only empty cells beyond the header.
func (r *csvReader) padded() bool {
	if len(r.spans) < r.width {
		return false
	}
	for _, s := range r.spans[r.width:] {
		if s.from != s.to {
			return false
		}
	}
	return true
}

func (r *csvReader) text(s span) []byte {
	if s.inCell {
		return r.cell[s.from:s.to]
	}
	return r.buf[r.lo+s.from : r.lo+s.to]
}

// record finds the next record at buf[lo:] and its cells, and returns its
// length with its line end. Of a blank line no cells are found. After errQuote
// the length is that of the first line. errTooLong says that there is no line
// end within recordBytes.
func (r *csvReader) record() (int, error) {
	for {
		rest := r.buf[r.lo:r.hi]
		end := bytes.IndexByte(rest, '\n')
		if end < 0 && !r.eof {
			if len(rest) >= recordBytes {
				r.row++
				return min(len(rest), 256), errTooLong
			}
			if err := r.fill(); err != nil {
				return 0, err
			}
			continue
		}
		n := end + 1
		if end < 0 {
			if len(rest) == 0 {
				return 0, io.EOF
			}
			end, n = len(rest), len(rest)
		}
		if end >= recordBytes {
			r.row++
			return min(n, 256), errTooLong
		}
		line := rest[:end]
		if len(line) > 0 && line[len(line)-1] == '\r' {
			line = line[:len(line)-1]
		}
		r.spans, r.cell = r.spans[:0], r.cell[:0]
		if bytes.IndexByte(line, '"') < 0 {
			r.row++
			if len(line) > 0 {
				r.plain(line)
			}
			return n, nil
		}
		m, err := r.quoted(rest)
		if err == errMore && !r.eof && len(rest) < recordBytes {
			if err := r.fill(); err != nil {
				return 0, err
			}
			continue
		}
		r.row++
		if err != nil {
			return n, errQuote
		}
		return m, nil
	}
}

// plain splits a line without quotes.
func (r *csvReader) plain(line []byte) {
	at := 0
	for {
		i := bytes.IndexByte(line[at:], r.delim)
		if i < 0 || len(r.spans) == widestTable {
			r.spans = append(r.spans, span{from: at, to: len(line)})
			return
		}
		r.spans = append(r.spans, span{from: at, to: at + i})
		at += i + 1
	}
}

// quoted splits the record at the beginning of rest, which may go on over
// several lines, and returns its length. errMore means that rest ends within a
// quoted cell.
func (r *csvReader) quoted(rest []byte) (int, error) {
	at := 0
	for {
		if at < len(rest) && rest[at] == '"' {
			to, s, err := r.quotedCell(rest, at+1)
			if err != nil {
				return 0, err
			}
			r.spans = append(r.spans, s)
			at = to
		} else {
			to := at
			for to < len(rest) && rest[to] != r.delim && rest[to] != '\n' {
				to++
			}
			s := span{from: at, to: to}
			if to > at && (to == len(rest) || rest[to] == '\n') && rest[to-1] == '\r' {
				s.to--
			}
			r.spans = append(r.spans, s)
			at = to
		}
		switch {
		case at >= len(rest):
			return len(rest), nil
		case rest[at] == '\n':
			return at + 1, nil
		case rest[at] == '\r' && at+1 == len(rest):
			return at + 1, nil
		case rest[at] == '\r' && rest[at+1] == '\n':
			return at + 2, nil
		case rest[at] != r.delim || len(r.spans) == widestTable:
			return 0, errQuote
		}
		at++
	}
}

// quotedCell reads a quoted cell whose content begins at from, and returns the
// position after the closing quote.
func (r *csvReader) quotedCell(rest []byte, from int) (int, span, error) {
	start, at := len(r.cell), from
	for {
		i := bytes.IndexByte(rest[at:min(len(rest), at+recordBytes)], '"')
		if i < 0 {
			return 0, span{}, errMore
		}
		i += at
		if i+1 == len(rest) && !r.eof {
			return 0, span{}, errMore // a second quote may follow
		}
		if i+1 < len(rest) && rest[i+1] == '"' {
			r.cell = append(r.cell, rest[at:i+1]...)
			at = i + 2
			continue
		}
		if len(r.cell) == start {
			return i + 1, span{from: from, to: i}, nil
		}
		r.cell = append(r.cell, rest[at:i]...)
		return i + 1, span{from: start, to: len(r.cell), inCell: true}, nil
	}
}

// fill reads more behind buf[lo:hi], which it moves to the front first.
func (r *csvReader) fill() error {
	if r.lo > 0 {
		r.hi = copy(r.buf, r.buf[r.lo:r.hi])
		r.lo = 0
	}
	for tries := 0; tries < 100; tries++ {
		n, err := r.in.Read(r.buf[r.hi:])
		r.hi += n
		if err == io.EOF {
			r.eof = true
			return nil
		}
		if err != nil {
			return err
		}
		if n > 0 {
			return nil
		}
	}
	return io.ErrNoProgress
}

// skipLine passes over an endless line and returns the length of what is left
// of it in buf.
func (r *csvReader) skipLine() (int, error) {
	for {
		if i := bytes.IndexByte(r.buf[r.lo:r.hi], '\n'); i >= 0 {
			return i + 1, nil
		}
		r.lo = r.hi
		if r.eof {
			return 0, nil
		}
		if err := r.fill(); err != nil {
			return 0, err
		}
	}
}

// excerpt is the beginning of a broken record, safe to store.
func excerpt(b []byte) string {
	const most = 200
	if i := bytes.IndexByte(b, '\n'); i >= 0 {
		b = b[:i]
	}
	if len(b) > most {
		b = b[:most]
	}
	b = bytes.ReplaceAll(bytes.ToValidUTF8(b, []byte("\uFFFD")), []byte{0}, []byte("␀"))
	return string(bytes.TrimRight(b, "\r\n"))
}

// rowTooWide words a row that does not have the columns of the header.
func rowTooWide(want, got int) string {
	return fmt.Sprintf("应有 %d 列，这一行有 %d 列", want, got)
}
