package grid_test

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"yardstick"
	"yardstick/ingest/grid"
)

// small are limits that keep a fuzzing process small and fast.
var small = grid.Options{MaxFile: 1 << 20, MaxPart: 1 << 20, MaxUnpack: 4 << 20, MaxCells: 20_000, MaxArea: 100_000, MaxText: 1 << 20,
	Timeout: 10 * time.Second, Soffice: "/nonexistent"}

// FuzzRead: any bytes end in grids that are consistent or in a Problem with a
// code and a message.
func FuzzRead(f *testing.F) {
	f.Add("a.xlsx", xlsxOf(`<sheetData><row r="1"><c r="A1" s="1" t="n"><v>0.5</v></c><c r="B1" t="inlineStr"><is><t>甲</t></is></c></row></sheetData><mergeCells><mergeCell ref="B1:C2"/></mergeCells>`,
		"xl/styles.xml", `<styleSheet><numFmts><numFmt numFmtId="170" formatCode="yyyy/m/d h:mm;[Red]0.0%"/></numFmts><cellXfs><xf/><xf numFmtId="170"/></cellXfs></styleSheet>`).zip(f))
	f.Add("a.docx", docxOf(para("题")+tbl(tr(tc(`<w:gridSpan w:val="2"/><w:vMerge/>`, "甲")))).zip(f))
	f.Add("a.html", []byte(`<h1>题</h1><table><tr><td rowspan=2 x:num="1">甲<table><tr><th colspan=3>&ge;</table><td>乙</table>`))
	f.Add("a.csv", []byte("甲,\"乙\n\"\n1;2\t3"))
	f.Add("a.xls", []byte(`<?xml version="1.0"?><Workbook><Worksheet ss:Name="a"><Table><Row ss:Index="2"><Cell ss:MergeDown="1"><Data ss:Type="Number">1</Data></Cell></Row></Table></Worksheet></Workbook>`))
	f.Add("a.doc", []byte(`<?xml version="1.0"?><w:wordDocument><w:tbl><w:tr><w:tc><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:wordDocument>`))
	f.Add("b.xls", oleOf("Workbook", nil))
	f.Add("c.csv", []byte(utf16LE("a,b\n1,2\n")))
	f.Fuzz(checkRead)
}

// FuzzParts is FuzzRead behind the zip, whose checksums keep most changes of a
// package's bytes from reaching the XML.
func FuzzParts(f *testing.F) {
	const sheet = `<sheetData><row r="1"><c r="A1" s="1" t="n"><f>B1</f><v>0.5</v></c><c r="B1" t="s"><v>0</v></c><c t="d"><v>2022-12-31</v></c></row></sheetData><mergeCells><mergeCell ref="B1:C2"/></mergeCells>`
	const styles = `<styleSheet><numFmts><numFmt numFmtId="170" formatCode="#,##0.0#;[Red]\-0.0E+0;&quot;-&quot;;@"/></numFmts><cellXfs><xf/><xf numFmtId="170"/></cellXfs></styleSheet>`
	const strs = `<sst><si><r><t>甲_x000D_</t></r><rPh><t>x</t></rPh></si></sst>`
	f.Add(sheet, styles, strs, para("题")+tbl(tr(tc(`<w:gridSpan w:val="2"/><w:vMerge/>`, "甲"), tc("", tbl(tr(tc("", "内")))))))
	f.Add(strings.ReplaceAll(sheet, "0.5", "-44926.75"), strings.ReplaceAll(styles, "#,##0.0#", "[$-804]yyyy&quot;年&quot;m/d h:mm:ss.0 AM/PM"), strs,
		tbl(`<w:tr><w:trPr><w:gridBefore w:val="3"/><w:del/></w:trPr>`+tc("<w:hMerge/>", "")+`</w:tr>`, tr(tc("", `<w:p><w:del><w:t/></w:del><w:txbxContent>`+para("框")+`</w:txbxContent></w:p>`))))
	f.Fuzz(func(t *testing.T, sheet, styles, strs, body string) {
		checkRead(t, "a.xlsx", xlsxOf(sheet, "xl/styles.xml", styles, "xl/sharedStrings.xml", strs).zip(t))
		checkRead(t, "a.docx", docxOf(body).zip(t))
	})
}

// checkRead reads a file and checks what must hold for all.
func checkRead(t *testing.T, name string, data []byte) {
	grids, err := grid.Read(context.Background(), name, data, small)
	if err != nil {
		var e *yardstick.Error
		if grid.CodeOf(err) == "" || !errors.As(err, &e) || !strings.HasSuffix(e.Msg, "。") {
			t.Fatalf("got error %#v", err)
		}
		return
	}
	for _, g := range grids {
		if len(grids) == 1 && g.Rows == 0 && g.Cols == 0 && len(g.Cells) == 0 && strings.TrimSpace(strings.Join(g.Heading, "")) != "" {
			continue // a document of prose
		}
		if g.Rows < 1 || g.Cols < 1 || len(g.Cells) == 0 {
			t.Fatalf("a grid of %d × %d with %d cells", g.Rows, g.Cols, len(g.Cells))
		}
		covered := 0
		for _, c := range g.Cells {
			covered += c.RowSpan * c.ColSpan
			for _, at := range [][2]int{{c.Row, c.Col}, {c.Row + c.RowSpan - 1, c.Col + c.ColSpan - 1}} {
				// A NaN would not equal itself; numbers are finite.
				if got, ok := g.At(at[0], at[1]); !ok || got != c {
					t.Fatalf("At(%d, %d) = %+v, want %+v", at[0], at[1], got, c)
				}
			}
		}
		if covered > g.Rows*g.Cols {
			t.Fatalf("%d places covered of %d × %d", covered, g.Rows, g.Cols)
		}
	}
}

// FuzzCSV: what is read from separated text and written again, every field in
// quotes, reads as the same.
func FuzzCSV(f *testing.F) {
	for _, s := range []string{"a,b\n\"c\"\"d\",e\n", "甲\t乙\n\n丙", "a;b\r\n1;2\r\n", "\"x\ny\",z", "=\"01\",2", "sep=|\na|b", "\"open\n\"", "a|\"b;c\"|d"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		first, err := grid.Read(context.Background(), "a.csv", data, small)
		if err != nil || len(first) != 1 || len(first[0].Heading) > 0 || looksMarkedUp(data) {
			return
		}
		g := first[0]
		var out bytes.Buffer
		out.WriteString("\ufeff")
		for r := range g.Rows {
			for c := range g.Cols {
				if c > 0 {
					out.WriteByte(',')
				}
				out.WriteString(`"` + strings.ReplaceAll(g.Text(r, c), `"`, `""`) + `"`)
			}
			out.WriteString("\r\n")
		}
		again, err := grid.Read(context.Background(), "a.csv", out.Bytes(), grid.Options{})
		if err != nil {
			t.Fatalf("%q: %v", out.String(), err)
		}
		if a, b := picture(g), picture(again[0]); a != b {
			t.Errorf("got\n%q\nafter writing\n%q", b, a)
		}
	})
}

// looksMarkedUp leaves out what is read as something else than separated text,
// and control characters, whose share decides whether a file is text.
func looksMarkedUp(data []byte) bool {
	return bytes.ContainsFunc(data, func(r rune) bool { return r < ' ' && r != '\t' && r != '\r' && r != '\n' }) ||
		bytes.ContainsAny(data, "<{") || bytes.HasPrefix(data, []byte("PK")) || bytes.HasPrefix(data, []byte("\xd0\xcf"))
}
