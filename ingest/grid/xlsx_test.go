package grid_test

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/xuri/excelize/v2"

	"yardstick"
	"yardstick/ingest/grid"
)

// TestXLSXMadeUp builds workbooks with excelize and compares the two readers.
func TestXLSXMadeUp(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	try := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	formats := []string{"General", "0", "0.00", "#,##0", "#,##0.00", "0%", "0.00%", "0.0", "yyyy-mm-dd", `yyyy"年"m"月"d"日"`,
		"yyyy/m/d", "#,##0.00;-#,##0.00", `0.0"万元"`, "h:mm:ss", "0.00E+00", `"¥"#,##0.00`, "@", "000", "yyyy-mm-dd hh:mm"}
	values := []float64{0, 1, 0.95, 0.956, -12.5, 1234567.891, 44926, 44926.75, 100, 0.1 + 0.2, 98.7654321}
	for i, code := range formats {
		style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &code})
		try(err)
		for k, v := range values {
			if v < 0 && (i >= 8 && i <= 10 || code == "h:mm:ss" || code == "yyyy-mm-dd hh:mm") {
				continue // no day; Excel shows ####
			}
			cell := grid.Address(k, i)
			try(f.SetCellFloat("Sheet1", cell, v, -1, 64))
			try(f.SetCellStyle("Sheet1", cell, cell, style))
		}
	}
	try(f.MergeCell("Sheet1", "A20", "C22"))
	try(f.SetCellStr("Sheet1", "A20", "合并\n两行 "))
	try(f.SetCellRichText("Sheet1", "D20", []excelize.RichTextRun{{Text: "富"}, {Text: "文本", Font: &excelize.Font{Bold: true}}}))
	try(f.SetCellBool("Sheet1", "E20", true))
	try(f.SetRowVisible("Sheet1", 20, false))
	_, err := f.NewSheet("隐藏")
	try(err)
	try(f.SetCellStr("隐藏", "B2", "看得到"))
	try(f.SetSheetVisible("隐藏", false))
	var buf bytes.Buffer
	try(f.Write(&buf))
	compareWithExcelize(t, "made.xlsx", buf.Bytes())

	grids := mustRead(t, "made.xlsx", buf.Bytes())
	if len(grids) != 2 || grids[0].Hidden || !grids[1].Hidden || grids[1].Index != 1 {
		t.Fatalf("got %d sheets, want a visible and a hidden one", len(grids))
	}
	c, _ := grids[0].At(20, 1)
	if c.Text != "合并\n两行 " || c.RowSpan != 3 || c.ColSpan != 3 {
		t.Errorf("got %+v, want the merged cell with its line break and blank", c)
	}
	if c, _ := grids[0].At(2, 5); c.Text != "95%" || !c.IsNumber || c.Number != 0.95 {
		t.Errorf("got %+v, want 95%% stored as 0.95", c)
	}
	if c, _ := grids[0].At(6, 8); c.Text != "2022-12-31" || !c.IsDate || c.Number != 44926 {
		t.Errorf("got %+v, want a date", c)
	}
}

// TestXLSXDialects reads what other programs than Excel write.
func TestXLSXDialects(t *testing.T) {
	for name, tt := range map[string]struct {
		file made
		want string
	}{
		"no addresses": {xlsxOf(`<sheetData><row><c t="inlineStr"><is><t>甲</t></is></c><c><v>2</v></c></row><row><c/><c t="str"><v>丙</v></c></row></sheetData>`),
			"A1=甲 B1=2\nB2=丙"},
		"prefixed": {made{
			"xl/workbook.xml":            `<x:workbook xmlns:x="` + sheetNS + `" xmlns:r="` + relNS + `"><x:sheets><x:sheet name="S" r:id="q"/></x:sheets></x:workbook>`,
			`xl\_rels\workbook.xml.rels`: `<Relationships><Relationship Id="q" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/worksheet" Target="WorkSheets/S.xml"/></Relationships>`,
			`xl\worksheets\s.xml`:        `<x:worksheet xmlns:x="` + sheetNS + `"><x:sheetData><x:row r="2"><x:c r="B2"><x:v>7</x:v></x:c></x:row></x:sheetData></x:worksheet>`},
			"B2=7"},
		"shared strings with hints and escapes": {xlsxOf(`<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>99</v></c></row></sheetData>`,
			"xl/sharedStrings.xml", `<sst><si><r><t>绩</t></r><r><t xml:space="preserve">效 </t></r><rPh><t>jixiao</t></rPh></si><si><t>a&amp;b&#10;c_x000D_&lt;<![CDATA[<d>]]></t></si></sst>`),
			"A1=绩效  B1=a&b/c/<<d>"},
		"cached results": {xlsxOf(`<sheetData><row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>A1&amp;"个"</f><v>2个</v></c><c r="C1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="D1" t="b"><v>1</v></c></row></sheetData>`),
			"A1=2 B1=2个 C1=#DIV/0! D1=TRUE"},
		"1904 and iso dates": {xlsxOf(`<sheetData><row r="1"><c r="A1" s="1"><v>43464</v></c><c r="B1" t="d"><v>2022-12-31T00:00:00</v></c></row></sheetData>`,
			"xl/workbook.xml", `<workbook xmlns:r="r"><workbookPr date1904="1"/><sheets><sheet name="表" r:id="r1"/></sheets></workbook>`,
			"xl/styles.xml", `<styleSheet><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`),
			"A1=2022/12/31 B1=2022/12/31"},
		"text under a merged cell": {xlsxOf(`<sheetData><row r="1"><c r="A1" t="str"><v>上</v></c><c r="B1" t="str"><v>不显示</v></c></row><row r="2"><c r="D2" t="str"><v>末</v></c></row></sheetData><mergeCells><mergeCell ref="A1:C1"/><mergeCell ref="A2:B2"/><mergeCell ref="F9:G10"/></mergeCells>`),
			"A1[1x3]=上\nA2[1x2]= D2=末"},
		"title over all columns": {xlsxOf(`<sheetData><row r="1"><c r="A1" t="str"><v>标题</v></c></row><row r="2"><c r="C2" t="str"><v>末</v></c></row></sheetData><mergeCells><mergeCell ref="A1:XFD1"/></mergeCells>`),
			"A1[1x3]=标题\nC2=末"},
		"utf-16 part": {xlsxOf("", "xl/worksheets/sheet1.xml", utf16LE("\ufeff<worksheet><sheetData><row><c t=\"str\"><v>宽</v></c></row></sheetData></worksheet>")), "A1=宽"},
	} {
		t.Run(name, func(t *testing.T) {
			wantPicture(t, mustRead(t, "方言.xlsx", tt.file.zip(t))[0], tt.want)
		})
	}
}

func TestXLSXUncomputed(t *testing.T) {
	g := mustRead(t, "公式.xlsx", xlsxOf(`<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="B1"><f>A1*2</f></c><c r="C1"><f>A1*3</f><v></v></c></row></sheetData>`).zip(t))[0]
	if got := fmt.Sprint(g.Uncomputed); got != "[B1]" {
		t.Errorf("got %s, want the one cell whose result is not in the file", got)
	}
}

func TestXLSXBroken(t *testing.T) {
	good := xlsxOf(`<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>`).zip(t)
	wantCode(t, "截断.xlsx", good[:len(good)/2], yardstick.FileBroken)
	wantCode(t, "半截.xlsx", xlsxOf("", "xl/worksheets/sheet1.xml", `<worksheet><sheetData><row r="1"><c r="A1"><v>1</v>`).zip(t), yardstick.FileBroken)
	wantCode(t, "行号.xlsx", xlsxOf(`<sheetData><row r="2147483647"><c r="A2147483647"><v>1</v></c></row></sheetData>`).zip(t), yardstick.FileBroken)
	wantCode(t, "行号2.xlsx", xlsxOf(`<sheetData><row r="2147483647"><c><v>1</v></c></row></sheetData>`).zip(t), yardstick.FileTooLarge)
	wantCode(t, "空表.xlsx", xlsxOf(`<sheetData><row r="1"><c r="A1"/><c r="B1" t="str"><v>  </v></c></row></sheetData>`).zip(t), yardstick.FileEmpty)
	missing := xlsxOf("")
	delete(missing, "xl/worksheets/sheet1.xml")
	wantCode(t, "缺表.xlsx", missing.zip(t), yardstick.FileBroken)
}

// TestNumberFormats lists formats as Chinese forms use them; the right column
// is what Excel shows.
func TestNumberFormats(t *testing.T) {
	for _, tt := range []struct{ code, value, want string }{
		{"", "0.1", "0.1"}, {"", "0.30000000000000004", "0.3"}, {"", "1E+20", "1E+20"}, {"", "0.333333333333333", "0.333333333"}, {"", "1234.5678912345", "1234.567891"}, {"", "-66.666666666666671", "-66.66666667"},
		{"yyyy/m/d", "0", "1900/1/0"}, {"h:mm", "0.5", "12:00"}, {"#.##", "0", "0"}, {"#", "0", ""}, {"[Red]0.0", "1", "1.0"},
		{"yyyy/m/d", "-5", "-5"}, {"yyyy/m/d", "99999999", "99999999"}, {"", "123456789012", "123456789012"},
		{"0.00", "1.005", "1.01"}, {"0.00", "0.125", "0.13"}, {"0", "2.5", "3"}, {"0", "-2.5", "-3"},
		{"0.0%", "0.9565", "95.7%"}, {"0%", "1", "100%"}, {"#,##0", "1234567", "1,234,567"}, {"#,##0.00", "999.995", "1,000.00"},
		{"#.##", "0.5", ".5"}, {"0.##", "3", "3"}, {"00000", "42", "00042"}, {"#,##0,", "1234567", "1,235"},
		{`#,##0.00_ ;[Red]\-#,##0.00\ `, "-1234.5", "-1,234.50 "}, {`0;;`, "0", ""}, {`0.00;(0.00)`, "-3", "(3.00)"},
		{`_ * #,##0.00_ ;_ * \-#,##0.00_ ;_ * "-"??_ ;_ @_ `, "1234.5", "1,234.50"}, {`_ * #,##0.00_ ;_ * \-#,##0.00_ ;_ * "-"??_ ;_ @_ `, "0", "-"},
		{`[$¥-804]#,##0.00`, "12", "¥12.00"}, {`0"人"`, "735", "735人"}, {`≥0`, "5", "≥5"}, {`"≥"0%`, "0.9", "≥90%"}, {`General"元"`, "1.5", "1.5元"},
		{"yyyy/m/d", "44926", "2022/12/31"}, {`yyyy"年"m"月"d"日"`, "44926", "2022年12月31日"}, {`[$-804]yyyy"年"m"月"`, "44896", "2022年12月"},
		{"[$-F800]dddd, mmmm dd, yyyy", "44926", "2022年12月31日"}, {"m月d日", "44926", "12月31日"}, {"yyyy-mm-dd hh:mm", "44926.75", "2022-12-31 18:00"},
		{"mm:ss", "0.0021", "03:01"}, {"[h]:mm", "1.5", "36:00"}, {"h:mm AM/PM", "0.75", "6:00 PM"}, {"aaaa", "44926", "星期六"}, {"yyyy/m/d", "60", "1900/2/29"},
		{"0.00E+00", "12345", "1.23E+04"}, {"0.00E+00", "99999", "1.00E+05"}, {"0.0E-0", "0.00012", "1.2E-4"}, {"@", "12", "12"},
		{"# ?/?", "1.5", "1 1/2"}, // through excelize
	} {
		t.Run(tt.code+" "+tt.value, func(t *testing.T) {
			file := xlsxOf(`<sheetData><row r="1"><c r="A1" s="1"><v>`+tt.value+`</v></c><c r="B1" t="str"><v>x</v></c></row></sheetData>`,
				"xl/styles.xml", `<styleSheet xmlns="`+sheetNS+`"><numFmts><numFmt numFmtId="170" formatCode="`+attr(tt.code)+`"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="170"/></cellXfs></styleSheet>`)
			got := mustRead(t, "a.xlsx", file.zip(t))[0].Text(0, 0)
			if got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func attr(s string) string {
	return string(bytes.ReplaceAll([]byte(s), []byte(`"`), []byte("&quot;")))
}

func TestXLSXPassword(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	var buf bytes.Buffer
	if err := f.Write(&buf, excelize.Options{Password: "1"}); err != nil {
		t.Fatal(err)
	}
	wantCode(t, "密.xlsx", buf.Bytes(), yardstick.FileEncrypted)
}
