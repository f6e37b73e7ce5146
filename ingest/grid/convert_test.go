//go:build unix

package grid_test

import (
	"bytes"
	"errors"
	"github.com/xuri/excelize/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"yardstick"
	"yardstick/ingest/grid"
)

// office writes a program that stands in for LibreOffice: it is called with
// the same arguments.
func office(t *testing.T, script string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "soffice")
	if err := os.WriteFile(path, []byte("#!/bin/sh\nset -e\n"+script), 0o700); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestConvert(t *testing.T) {
	dir := t.TempDir()
	made := filepath.Join(dir, "made.xlsx")
	if err := os.WriteFile(made, xlsxOf(`<sheetData><row><c t="str"><v>甲</v></c></row></sheetData>`).zip(t), 0o600); err != nil {
		t.Fatal(err)
	}
	// $8 is the folder for the result, $9 the input.
	soffice := office(t, `test "$5" != "" && mkdir -p "$9" && test -f "${10}" && printf '%s\n' "$@" >`+dir+`/args && cp `+made+` "$9/in.xlsx"`)
	xls := oleOf("Workbook", nil)
	grids, err := grid.Read(t.Context(), "旧.et", xls, grid.Options{Soffice: soffice})
	if err != nil {
		t.Fatal(err)
	}
	wantPicture(t, grids[0], "A1=甲")
	if grids[0].File != "旧.et" {
		t.Errorf("got file %q, want the name of the original", grids[0].File)
	}
	args, err := os.ReadFile(filepath.Join(dir, "args"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"--headless", "-env:UserInstallation=file:///", "--convert-to\nxlsx\n"} {
		if !strings.Contains(string(args), want) {
			t.Errorf("called with\n%s\nwithout %q", args, want)
		}
	}
	lines := strings.Fields(string(args))
	if _, err := os.Stat(filepath.Dir(lines[len(lines)-1])); !os.IsNotExist(err) {
		t.Errorf("the working folder is still there: %v", err)
	}
}

func TestConvertRefused(t *testing.T) {
	for name, tt := range map[string]struct {
		file    string
		data    []byte
		soffice string
		want    string
	}{
		"no program":  {"旧.xls", oleOf("Workbook", nil), filepath.Join(t.TempDir(), "none"), "另存为 .xlsx"},
		"a document":  {"旧.wps", oleOf("WordDocument", nil), filepath.Join(t.TempDir(), "none"), "另存为 .docx"},
		"rich text":   {"旧.doc", []byte(`{\rtf1 x}`), filepath.Join(t.TempDir(), "none"), "另存为 .docx"},
		"it fails":    {"坏.xls", oleOf("Workbook", nil), office(t, "exit 1"), "另存为 .xlsx"},
		"no result":   {"坏.xls", oleOf("Workbook", nil), office(t, "exit 0"), "另存为 .xlsx"},
		"odd result":  {"坏.xls", oleOf("Workbook", nil), office(t, `mkdir -p "$9"; echo x >"$9/in.xlsx"`), "另存为 .xlsx"},
		"calc format": {"a.ods", made{"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>"}.zip(t), filepath.Join(t.TempDir(), "none"), "另存为 .xlsx"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := grid.Read(t.Context(), tt.file, tt.data, grid.Options{Soffice: tt.soffice})
			if grid.CodeOf(err) != yardstick.FileConvert || !strings.HasPrefix(err.Error(), tt.file) || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %q (%v), want file.convert and %q", grid.CodeOf(err), err, tt.want)
			}
		})
	}
}

// TestConvertKilled checks that the program and what it started are gone when
// the time is over.
func TestConvertKilled(t *testing.T) {
	fifo := filepath.Join(t.TempDir(), "alive")
	if err := syscall.Mkfifo(fifo, 0o600); err != nil {
		t.Fatal(err)
	}
	// The child holds the pipe open for writing as long as it lives.
	soffice := office(t, `sh -c 'exec 3>`+fifo+`; echo up >&3; sleep 1000' & wait`)
	closed := make(chan error, 1)
	go func() {
		_, err := os.ReadFile(fifo) // ends when the last writer is gone
		closed <- err
	}()
	_, err := grid.Read(t.Context(), "卡住.doc", oleOf("WordDocument", nil), grid.Options{Soffice: soffice, Timeout: 500 * time.Millisecond})
	if grid.CodeOf(err) != yardstick.FileConvert {
		t.Errorf("got %v, want file.convert", err)
	}
	if err := <-closed; err != nil {
		t.Error(err)
	}
}

// TestLibreOffice goes through the real program where there is one: a workbook
// and a document are turned into old formats by it and read again.
func TestLibreOffice(t *testing.T) {
	soffice, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("LibreOffice is not installed")
	}
	book := xlsxOf(`<sheetData><row r="1"><c r="A1" t="str"><v>项目支出绩效自评表</v></c></row><row r="2"><c r="A2" t="str"><v>一
二</v></c><c r="C2" s="1"><v>0.95</v></c></row></sheetData><mergeCells><mergeCell ref="A1:C1"/><mergeCell ref="A2:B3"/></mergeCells>`,
		"xl/styles.xml", `<styleSheet xmlns="`+sheetNS+`"><cellXfs><xf numFmtId="0"/><xf numFmtId="9"/></cellXfs></styleSheet>`)
	f := excelize.NewFile()
	defer f.Close()
	for _, c := range []struct {
		at    string
		value any
	}{{"A1", "项目支出绩效自评表"}, {"A2", "一\n二"}, {"C2", 0.95}} {
		if err := f.SetCellValue("Sheet1", c.at, c.value); err != nil {
			t.Fatal(err)
		}
	}
	percent, err := f.NewStyle(&excelize.Style{NumFmt: 9})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(f.SetCellStyle("Sheet1", "C2", "C2", percent), f.MergeCell("Sheet1", "A1", "C1"), f.MergeCell("Sheet1", "A2", "B3")); err != nil {
		t.Fatal(err)
	}
	var full bytes.Buffer
	if err := f.Write(&full); err != nil {
		t.Fatal(err)
	}
	want := picture(mustRead(t, "原.xlsx", book.zip(t))[0])
	for _, ext := range []string{"xls", "ods"} {
		g := mustRead(t, "旧."+ext, oldFormat(t, soffice, "xlsx", ext, full.Bytes()))
		wantPicture(t, g[0], want)
	}
	page := []byte("<html><meta charset=utf-8><body><p>标题</p><table border=1><tr><td colspan=2>甲</td></tr><tr><td>乙</td><td>丙</td></tr></table></body></html>")
	for _, ext := range []string{"doc", "rtf", "odt"} {
		g := mustRead(t, "旧."+ext, oldFormat(t, soffice, "html", ext, page))
		wantPicture(t, g[0], "A1[1x2]=甲\nA2=乙 B2=丙")
	}
}

// oldFormat has LibreOffice write data in another format.
func oldFormat(t *testing.T, soffice, from, to string, data []byte) []byte {
	t.Helper()
	dir := t.TempDir()
	in := filepath.Join(dir, "in."+from)
	if err := os.WriteFile(in, data, 0o600); err != nil {
		t.Fatal(err)
	}
	args := []string{"--headless", "-env:UserInstallation=file://" + dir + "/profile", "--convert-to", to, "--outdir", dir, in}
	if from == "html" {
		args = append([]string{"--infilter=HTML (StarWriter)"}, args...)
	}
	if out, err := exec.CommandContext(t.Context(), soffice, args...).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	made, err := os.ReadFile(filepath.Join(dir, "in."+to))
	if err != nil {
		t.Fatal(err)
	}
	return made
}
