package grid_test

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"context"
	"errors"
	"fmt"
	"image"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"yardstick"
	"yardstick/ingest/grid"
)

// bomb returns a package whose worksheet unpacks to size bytes. It is made
// from one compressed block, repeated: each comes from a fresh writer and
// refers to nothing before it, so the file is built in milliseconds. declared
// is what the directory says.
func bomb(t testing.TB, size int, declared uint64) []byte {
	t.Helper()
	var block, end bytes.Buffer
	const blockSize = 1 << 20
	w, err := flate.NewWriter(&block, flate.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	w.Write(bytes.Repeat([]byte(`<row><c><v>1</v></c></row>      `), blockSize/32))
	w.Flush() // not Close: the stream goes on
	w, err = flate.NewWriter(&end, flate.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	w.Close()
	packed := append(bytes.Repeat(block.Bytes(), size/blockSize), end.Bytes()...)

	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for name, text := range xlsxOf("") {
		if name == "xl/worksheets/sheet1.xml" {
			continue
		}
		f, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		f.Write([]byte(text))
	}
	f, err := z.CreateRaw(&zip.FileHeader{Name: "xl/worksheets/sheet1.xml", Method: zip.Deflate,
		CompressedSize64: uint64(len(packed)), UncompressedSize64: declared})
	if err != nil {
		t.Fatal(err)
	}
	f.Write(packed)
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func entries(t testing.TB, n int) []byte {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for i := range n {
		if _, err := z.CreateHeader(&zip.FileHeader{Name: strconv.Itoa(i)}); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func pngOf(t testing.TB) []byte {
	var out bytes.Buffer
	if err := png.Encode(&out, image.NewGray(image.Rect(0, 0, 8, 8))); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// manySheets makes n sheets that all refer to one part.
func manySheets(n int, sheet string) made {
	var list strings.Builder
	for i := range n {
		fmt.Fprintf(&list, `<sheet name="表%d" r:id="r1"/>`, i)
	}
	return xlsxOf(sheet, "xl/workbook.xml", `<workbook xmlns:r="r"><sheets>`+list.String()+`</sheets></workbook>`)
}

const row1 = `<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="900"><c r="P900"><v>1</v></c></row></sheetData>`

// hostile lists files made to exhaust the reader, and one that is merely as
// large as the limits allow (code ""). name decides nothing but the message.
var hostile = []struct {
	name string
	code yardstick.Code
	make func(t testing.TB) []byte
}{
	{"声明5GB.xlsx", yardstick.FileTooLarge, func(t testing.TB) []byte { return bomb(t, 5<<30, 5<<30) }},
	{"未声明5GB.xlsx", yardstick.FileBroken, func(t testing.TB) []byte { return bomb(t, 5<<30, 100) }},
	{"单元格.xlsx", yardstick.FileTooLarge, func(t testing.TB) []byte {
		return xlsxOf("<sheetData>" + strings.Repeat("<row>"+strings.Repeat("<c><v>1</v></c>", 40)+"</row>", 100_000) + "</sheetData>").zip(t)
	}},
	{"重复引用.xlsx", yardstick.FileTooLarge, func(t testing.TB) []byte {
		return manySheets(1000, strings.Repeat(" ", 60<<20)+row1).zip(t)
	}},
	{"共享文字.xlsx", yardstick.FileTooLarge, func(t testing.TB) []byte {
		return xlsxOf(row1, "xl/sharedStrings.xml", "<sst>"+strings.Repeat("<si><t/></si>", 4_500_000)+"</sst>").zip(t)
	}},
	{"远处.xlsx", yardstick.FileTooLarge, func(t testing.TB) []byte {
		return xlsxOf(`<sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>`).zip(t)
	}},
	{"百万条目.xlsx", yardstick.FileTooLarge, func(t testing.TB) []byte { return entries(t, 500_000) }},
	{"合并相同.xlsx", "", func(t testing.TB) []byte {
		return xlsxOf(row1 + `<mergeCells>` + strings.Repeat(`<mergeCell ref="A1:XFD1048576"/>`, 1_000_000) + `</mergeCells>`).zip(t)
	}},
	{"合并重叠.xlsx", yardstick.FileTooLarge, func(t testing.TB) []byte {
		var b strings.Builder
		const rows, cols = 20, 4000 // all reach into the last column, which is taken
		for r := 1; r < rows; r++ {
			for c := range cols - 1 {
				fmt.Fprintf(&b, `<mergeCell ref="%s:%s"/>`, grid.Address(r, c), grid.Address(r, cols-1))
			}
		}
		last := grid.Address(0, cols-1)
		return xlsxOf(`<sheetData><row><c r="` + last + `"><v>1</v></c></row></sheetData><mergeCells><mergeCell ref="` + last + `:` + grid.Address(rows-1, cols-1) + `"/>` + b.String() + `</mergeCells>`).zip(t)
	}},
	{"实体.xlsx", yardstick.FileBroken, func(t testing.TB) []byte {
		return xlsxOf("", "xl/worksheets/sheet1.xml", `<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><worksheet><sheetData><row><c t="str"><v>&b;</v></c></row></sheetData></worksheet>`).zip(t)
	}},
	{"深层.xlsx", yardstick.FileBroken, func(t testing.TB) []byte {
		return xlsxOf(strings.Repeat("<a>", 5_000_000)).zip(t)
	}},
	{"深层.docx", yardstick.FileTooLarge, func(t testing.TB) []byte {
		return docxOf(strings.Repeat(`<w:tbl><w:tr><w:tc><w:p><w:r><w:t>甲</w:t></w:r></w:p>`, 1000)).zip(t)
	}},
	{"深层文本框.docx", yardstick.FileBroken, func(t testing.TB) []byte {
		return docxOf(strings.Repeat(`<w:txbxContent>`, 1_000_000)).zip(t)
	}},
	{"深层.html", yardstick.FileEmpty, func(testing.TB) []byte { return bytes.Repeat([]byte("<div>"), 12<<20) }},
	{"深表.html", yardstick.FileTooLarge, func(testing.TB) []byte { return bytes.Repeat([]byte("<table><tr><td>甲"), 1<<20) }},
	{"多表.html", yardstick.FileTooLarge, func(testing.TB) []byte { return bytes.Repeat([]byte("<table><tr><td>甲</table>"), 1<<20) }},
	{"巨跨.html", yardstick.FileTooLarge, func(testing.TB) []byte {
		return []byte("<table>" + strings.Repeat("<tr><td rowspan=65534 colspan=1000>甲", 70_000))
	}},
	{"二百万行.csv", yardstick.FileTooLarge, func(testing.TB) []byte {
		return bytes.Repeat([]byte("项目,95%,10\n"), 2_000_000)
	}},
	{"顶格.csv", "", func(testing.TB) []byte {
		return bytes.Repeat([]byte("农村公路养护,按期完成率\n"), 495_000)
	}},
	{"宽行.csv", yardstick.FileTooLarge, func(testing.TB) []byte { return bytes.Repeat([]byte("1,"), 30<<20) }},
	{"引号.csv", yardstick.FileTooLarge, func(testing.TB) []byte { return bytes.Repeat([]byte("\"a\n"), 20<<20) }},
	{"照片.xlsx", yardstick.FileBroken, pngOf},
	{"照片.png", yardstick.FileUnsupported, pngOf},
	{"随机.xls", yardstick.FileBroken, func(testing.TB) []byte { return bytes.Repeat([]byte("\x00\x01\x02\xfe\x07\x8a"), 1000) }},
	{"加密.xlsx", yardstick.FileEncrypted, func(testing.TB) []byte { return oleOf("EncryptedPackage", nil) }},
	{"加密.xls", yardstick.FileEncrypted, func(testing.TB) []byte {
		return oleOf("Workbook", []byte("\x09\x08\x10\x00\x00\x06\x05\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x2f\x00\x06\x00\x00\x00"))
	}},
	{"加密.doc", yardstick.FileEncrypted, func(testing.TB) []byte {
		return oleOf("WordDocument", []byte("\xec\xa5\xc1\x00\x00\x00\x00\x00\x00\x00\x00\x13"))
	}},
	{"压缩包.zip", yardstick.FileUnsupported, func(t testing.TB) []byte { return made{"a.xlsx": "x"}.zip(t) }},
}

// oleOf makes what is looked at of an old binary file: a directory entry's
// name and the first bytes of a stream.
func oleOf(entry string, stream []byte) []byte {
	data := append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), make([]byte, 504)...)
	data = append(append(data, stream...), make([]byte, 512-len(stream))...)
	data = append(data, utf16LE(entry+"\x00")...)
	return append(data, make([]byte, 1024-len(data)%512)...)
}

const childFile = "YARDSTICK_GRID_HOSTILE"

// TestHostile reads each hostile file in a process of its own, to know the
// memory it took, and checks the reason it gives.
func TestHostile(t *testing.T) {
	if path := os.Getenv(childFile); path != "" {
		hostileChild(path)
		return
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range hostile {
		t.Run(h.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), h.name)
			if err := os.WriteFile(path, h.make(t), 0o600); err != nil {
				t.Fatal(err)
			}
			cmd := exec.CommandContext(t.Context(), self, "-test.run=^TestHostile$")
			cmd.Env = append(os.Environ(), childFile+"="+path)
			out, err := cmd.CombinedOutput()
			if err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			m := regexp.MustCompile(`code="([^"]*)" msg="([^"]*)" peak=(\d+)`).FindStringSubmatch(string(out))
			if m == nil {
				t.Fatalf("got %s", out)
			}
			if m[1] != string(h.code) {
				t.Errorf("got code %q (%s), want %q", m[1], m[2], h.code)
			}
			if h.code != "" && (!strings.HasPrefix(m[2], h.name) || !strings.HasSuffix(m[2], "。")) {
				t.Errorf("got message %q", m[2])
			}
			peak, _ := strconv.Atoi(m[3])
			t.Logf("peak %d MiB: %s", peak>>10, m[2])
			if peak > 512<<10 {
				t.Errorf("took %d MiB, want less than 512, so that two fit into 1 GiB", peak>>10)
			}
		})
	}
}

// hostileChild reads one file and prints the outcome and the most memory the
// process ever held, in KiB (0 where the system does not say).
func hostileChild(path string) {
	_, err := grid.Open(context.Background(), path, grid.Options{})
	msg := ""
	if err != nil {
		msg = err.Error()
	}
	peak := "0"
	status, _ := os.ReadFile("/proc/self/status")
	if m := regexp.MustCompile(`VmHWM:\s*(\d+)`).FindSubmatch(status); m != nil {
		peak = string(m[1])
	}
	fmt.Printf("code=\"%s\" msg=\"%s\" peak=%s\n", grid.CodeOf(err), msg, peak)
}

func TestTimeAndCancel(t *testing.T) {
	data := bytes.Repeat([]byte("a,b\n"), 200_000)
	_, err := grid.Read(t.Context(), "慢.csv", data, grid.Options{Timeout: 1})
	if grid.CodeOf(err) != yardstick.FileTooLarge {
		t.Errorf("got %v, want file.too_large after the time is over", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err = grid.Read(ctx, "停.csv", data, grid.Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want the caller's cancellation", err)
	}
}
