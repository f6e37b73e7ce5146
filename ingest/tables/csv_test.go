package tables

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/apache/arrow-go/v18/arrow/memory"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"yardstick"
)

// readAll reads every column of a text table and returns its cells, row by row,
// and what was rejected. Memory that is not given back fails the test.
func readAll(t testing.TB, in io.Reader, delim byte) (header []string, rows [][]string, bad []badRow, err error) {
	t.Helper()
	mem := memory.NewCheckedAllocator(memory.NewGoAllocator())
	defer mem.AssertSize(t, 0)
	r := newCSVReader(in, delim, mem)
	r.name = "t.csv"
	if header, err = r.header(); err != nil {
		return nil, nil, nil, err
	}
	cols := make([]int, len(header))
	for i := range cols {
		cols[i] = i
	}
	r.choose(cols)
	for {
		c, err := r.next()
		if err == io.EOF {
			return header, rows, bad, nil
		}
		if err != nil {
			return header, rows, bad, err
		}
		for i := range c.rows {
			row := make([]string, len(c.cols))
			for j, col := range c.cols {
				row[j] = strings.Clone(col.Value(i))
			}
			rows = append(rows, row)
		}
		bad = append(bad, c.bad...)
		c.release()
	}
}

func TestCSV(t *testing.T) {
	for name, tt := range map[string]struct {
		in   string
		rows [][]string
		bad  []string // row and reason
	}{
		"plain":            {"a,b\n1,2\n3,4\n", [][]string{{"1", "2"}, {"3", "4"}}, nil},
		"no end of line":   {"a,b\n1,2", [][]string{{"1", "2"}}, nil},
		"windows":          {"a,b\r\n1,2\r\n\"x\",3\r\n", [][]string{{"1", "2"}, {"x", "3"}}, nil},
		"quotes":           {"a,b\n\"x,\"\"y\"\"\",\"l1\nl2\"\n5,6\n", [][]string{{`x,"y"`, "l1\nl2"}, {"5", "6"}}, nil},
		"quote inside":     {"a,b\n3\"管,\"4\"\n", [][]string{{`3"管`, "4"}}, nil},
		"blank lines":      {"\na,b\n\n1,2\n\n\n3,4\n", [][]string{{"1", "2"}, {"3", "4"}}, nil},
		"empty cells":      {"a,b\n,\n", [][]string{{"", ""}}, nil},
		"extra empty":      {"a,b\n1,2,,\n", [][]string{{"1", "2"}}, nil},
		"too few":          {"a,b\n1\n3,4\n", [][]string{{"3", "4"}}, []string{"2 应有 2 列，这一行有 1 列"}},
		"too many":         {"a,b\n1,2,3\n", nil, []string{"2 应有 2 列，这一行有 3 列"}},
		"open quote":       {"a,b\n\"1,2\n3,4\n", [][]string{{"3", "4"}}, []string{"2 引号没有配对"}},
		"open quote twice": {"a,b\n\"1,2\n3,4\n\"5,6\n7,8\n", [][]string{{"3", "4"}, {"7", "8"}}, []string{"2 引号没有配对", "4 引号没有配对"}},
		"after a quote":    {"a,b\n\"1\"x,2\n3,4\n", [][]string{{"3", "4"}}, []string{"2 引号没有配对"}},
		"zero byte":        {"a,b\n1\x00,2\n3,4\n", [][]string{{"3", "4"}}, []string{"2 有认不出的字符（不是 UTF-8，或含空字符）"}},
		"not UTF-8":        {"a,b\n\xff\xfe,2\n3,4\n", [][]string{{"3", "4"}}, []string{"2 有认不出的字符（不是 UTF-8，或含空字符）"}},
		"endless line":     {"a,b\n1,2\n" + strings.Repeat("x", 3<<20) + "\n3,4\n", [][]string{{"1", "2"}, {"3", "4"}}, []string{"3 一行长过 1024 KiB"}},
		"endless last":     {"a,b\n1,2\n" + strings.Repeat("x", 3<<20), [][]string{{"1", "2"}}, []string{"3 一行长过 1024 KiB"}},
	} {
		t.Run(name, func(t *testing.T) {
			header, rows, bad, err := readAll(t, strings.NewReader(tt.in), ',')
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(header, []string{"a", "b"}) {
				t.Errorf("header %q", header)
			}
			if fmt.Sprint(rows) != fmt.Sprint(tt.rows) {
				t.Errorf("rows %q, want %q", rows, tt.rows)
			}
			var got []string
			for _, b := range bad {
				got = append(got, fmt.Sprint(b.row, " ", b.msg))
				if b.code != yardstick.RowColumns {
					t.Errorf("code %s", b.code)
				}
			}
			if !slices.Equal(got, tt.bad) {
				t.Errorf("rejected %q, want %q", got, tt.bad)
			}
		})
	}
}

// TestCSV_chunks reads a table whose records lie across every border of the
// reader's buffer.
func TestCSV_chunks(t *testing.T) {
	var b strings.Builder
	b.WriteString("a,b\n")
	const rows = 120_000
	for i := range rows {
		fmt.Fprintf(&b, "%d,\"%s\"\"中\n文\"\n", i, strings.Repeat("x", i%251))
	}
	_, got, bad, err := readAll(t, iotestReader{strings.NewReader(b.String())}, ',')
	if err != nil || len(bad) != 0 || len(got) != rows {
		t.Fatalf("%d rows, %d rejected, %v; want %d rows", len(got), len(bad), err, rows)
	}
	for i, row := range got {
		if want := strings.Repeat("x", i%251) + "\"中\n文"; row[0] != fmt.Sprint(i) || row[1] != want {
			t.Fatalf("row %d is %q", i, row)
		}
	}
}

// iotestReader returns odd amounts.
type iotestReader struct{ r io.Reader }

func (r iotestReader) Read(p []byte) (int, error) { return r.r.Read(p[:min(len(p), 65537)]) }

func TestSniffEncoding(t *testing.T) {
	text := "年度,项目名称\n2023,农村公路养护\n2024,校舍维修\n"
	gb, _ := simplifiedchinese.GB18030.NewEncoder().String(text)
	le, _ := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewEncoder().String(text)
	be, _ := unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder().String(text)
	for name, tt := range map[string]struct{ in, want string }{
		"utf-8":         {text, "utf-8"},
		"utf-8, cut":    {text[:len(text)-3], "utf-8"},
		"mark":          {"\ufeff" + text, "utf-8"},
		"gb18030":       {gb, "gb18030"},
		"utf-16le":      {le, "utf-16le"},
		"utf-16be mark": {be, "utf-16be"},
		"ascii":         {"a,b\n1,2\n", "utf-8"},
		"picture":       {"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x00" + strings.Repeat("\x00\xff\x01\x00", 99), ""},
	} {
		if got := sniffEncoding([]byte(tt.in)); got != tt.want {
			t.Errorf("%s: got %q, want %q", name, got, tt.want)
		} else if got != "" {
			out, err := io.ReadAll(toUTF8(strings.NewReader(tt.in), got))
			if err != nil || !strings.Contains(string(out), strings.Split(text, ",")[0]) && name != "ascii" {
				t.Errorf("%s: read as %q, %v", name, out, err)
			}
		}
	}
}

func TestSniffDelimiter(t *testing.T) {
	for in, want := range map[string]byte{
		"a,b\n1,2\n":               ',',
		"a\tb,c\td\n1\t2\t3\n":     '\t',
		"a;b;c\n1,5;2,5;3,5\n":     ';',
		"a|b\n\"x,y,z\"|2\n":       '|',
		"one column\nof text\n":    ',',
		"\"a,b,c\";d\n\"e,f\";g\n": ';',
	} {
		if got := sniffDelimiter([]byte(in)); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

// FuzzCSV: no input panics or loses a row, and what encoding/csv can read
// strictly is read the same.
func FuzzCSV(f *testing.F) {
	for _, s := range []string{"a,b\n1,2\n", "a,b\r\n\"x\"\"\",2\n", "a\n\"", "a,b\n\"1\n2\",3\n\n4", "\x00", "a,b\n1\n,,\n"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		_ = sniffDelimiter(data)
		_ = sniffEncoding(data)
		header, rows, bad, err := readAll(t, bytes.NewReader(data), ',')
		if err != nil || len(bad) > 0 || bytes.ContainsRune(data, '\r') {
			return
		}
		std := csv.NewReader(bytes.NewReader(data))
		std.FieldsPerRecord = -1
		want, err := std.ReadAll()
		if err != nil || len(want) == 0 {
			return
		}
		if len(want)-1 != len(rows) {
			t.Fatalf("%d rows of %q, want %d", len(rows), data, len(want)-1)
		}
		for i, row := range rows {
			if !slices.Equal(row, want[i+1][:len(header)]) {
				t.Errorf("row %d of %q is %q, want %q", i+1, data, row, want[i+1])
			}
		}
	})
}

// FuzzValidText holds the fast check to the standard library's.
func FuzzValidText(f *testing.F) {
	f.Add([]byte("年度绩效目标abcdefgh😀\x00\xed\xa0\x80"))
	f.Add([]byte("\xe0\x80\x80aaaaaaaa"))
	f.Fuzz(func(t *testing.T, b []byte) {
		want := strings.ToValidUTF8(string(b), "?!") == string(b) && !bytes.ContainsRune(b, 0)
		if got := validText(b); got != want {
			t.Errorf("%q: got %v, want %v", b, got, want)
		}
	})
}
