package grid_test

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"

	"yardstick"
	"yardstick/ingest/grid"
)

// made is a file made by a test: the parts of a package.
type made map[string]string

func (m made) zip(t testing.TB) []byte {
	t.Helper()
	var buf bytes.Buffer
	w := zip.NewWriter(&buf)
	for name, text := range m {
		f, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

const (
	relNS   = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	sheetNS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
)

// xlsxOf makes a workbook of one sheet from the XML inside its worksheet element.
func xlsxOf(sheet string, more ...string) made {
	m := made{
		"_rels/.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="` + relNS + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"[Content_Types].xml": `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
			`<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`,
		"xl/workbook.xml": `<workbook xmlns="` + sheetNS + `" xmlns:r="` + relNS + `"><sheets><sheet name="表一" sheetId="1" r:id="r1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="` + relNS + `/worksheet" Target="worksheets/sheet1.xml"/>` +
			`<Relationship Id="r2" Type="` + relNS + `/styles" Target="styles.xml"/><Relationship Id="r3" Type="` + relNS + `/sharedStrings" Target="/xl/sharedStrings.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml": `<?xml version="1.0"?><worksheet xmlns="` + sheetNS + `">` + sheet + `</worksheet>`,
	}
	for i := 0; i+1 < len(more); i += 2 {
		m[more[i]] = more[i+1]
	}
	return m
}

// docxOf makes a document from the XML inside its body.
func docxOf(body string) made {
	return made{
		"_rels/.rels":       `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="` + relNS + `/officeDocument" Target="word/document.xml"/></Relationships>`,
		"word/document.xml": `<w:document xmlns:w="w" xmlns:mc="mc"><w:body>` + body + `</w:body></w:document>`,
	}
}

func mustRead(t testing.TB, name string, data []byte) []*grid.Grid {
	t.Helper()
	grids, err := grid.Read(context.Background(), name, data, grid.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return grids
}

// wantCode reads a file that can't be read and checks why; the message must
// begin with the file's name and end as a sentence.
func wantCode(t *testing.T, name string, data []byte, code yardstick.Code) error {
	t.Helper()
	_, err := grid.Read(context.Background(), name, data, grid.Options{})
	if got := grid.CodeOf(err); got != code {
		t.Fatalf("got code %q (%v), want %q", got, err, code)
	}
	if msg := err.Error(); !strings.HasPrefix(msg, name) || !strings.HasSuffix(msg, "。") {
		t.Errorf("got message %q, want a sentence that starts with the file's name", msg)
	}
	return err
}

// picture writes a grid as text: a line per row, cells as A1=text, with their
// size if they are merged.
func picture(g *grid.Grid) string {
	var b strings.Builder
	row := 0
	for i, c := range g.Cells {
		switch {
		case i > 0 && c.Row != row:
			b.WriteByte('\n')
		case i > 0:
			b.WriteByte(' ')
		}
		row = c.Row
		b.WriteString(grid.Address(c.Row, c.Col))
		if c.RowSpan > 1 || c.ColSpan > 1 {
			fmt.Fprintf(&b, "[%dx%d]", c.RowSpan, c.ColSpan)
		}
		fmt.Fprintf(&b, "=%s", strings.ReplaceAll(c.Text, "\n", "/"))
	}
	return b.String()
}

func wantPicture(t *testing.T, g *grid.Grid, want string) {
	t.Helper()
	if got := picture(g); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
