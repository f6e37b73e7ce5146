//go:build unix

package grid_test

import (
	"os"
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
