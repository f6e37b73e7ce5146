package grid_test

import (
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"

	"yardstick"
)

func utf16LE(s string) string {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = append(b, byte(u), byte(u>>8))
	}
	return string(b)
}

func utf16BE(s string) string {
	b := []byte(utf16LE(s))
	for i := 0; i+1 < len(b); i += 2 {
		b[i], b[i+1] = b[i+1], b[i]
	}
	return string(b)
}

func gb18030(t testing.TB, s string) string {
	t.Helper()
	out, err := simplifiedchinese.GB18030.NewEncoder().String(s)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestCSVEncodings(t *testing.T) {
	const text = "项目名称,目标值,备注\r\n农村公路养护,≥95%,𠮷\r\n"
	const want = "A1=项目名称 B1=目标值 C1=备注\nA2=农村公路养护 B2=≥95% C2=𠮷"
	for name, data := range map[string]string{
		"utf-8":              text,
		"utf-8 with mark":    "\ufeff" + text,
		"utf-16le with mark": utf16LE("\ufeff" + text),
		"utf-16be with mark": utf16BE("\ufeff" + text),
		"utf-16le":           utf16LE(text),
		"utf-16be":           utf16BE(text),
		"gb18030":            gb18030(t, text),
	} {
		t.Run(name, func(t *testing.T) {
			wantPicture(t, mustRead(t, "a.csv", []byte(data))[0], want)
		})
	}
}

func TestCSV(t *testing.T) {
	for name, tt := range map[string]struct{ file, data, want string }{
		"quotes":           {"a.csv", "a,\"b\nc\",\"d\"\"e\"\n,\"\",f", "A1=a B1=b/c C1=d\"e\nC2=f"},
		"ragged":           {"a.csv", "a\nb,c,d\n\ne,f\n", "A1=a\nA2=b B2=c C2=d\nA4=e B4=f"},
		"tabs":             {"a.txt", "甲\t乙，丙,丁\n1\t2", "A1=甲 B1=乙，丙,丁\nA2=1 B2=2"},
		"semicolons":       {"a.csv", "甲;1,5;2\n乙;2,5;3\n", "A1=甲 B1=1,5 C1=2\nA2=乙 B2=2,5 C2=3"},
		"bars":             {"a.txt", "甲|乙\n1|2\n", "A1=甲 B1=乙\nA2=1 B2=2"},
		"named separator":  {"a.csv", "sep=;\na;b,c\n", "A1=a B1=b,c"},
		"one column":       {"a.csv", "甲\n乙\n", "A1=甲\nA2=乙"},
		"commas in quotes": {"a.tsv", "a\t\"1,2\"\nb\t\"3,4\"", "A1=a B1=1,2\nA2=b B2=3,4"},
		"quote not closed": {"a.csv", "a,\"b\nc,d\n", "A1=a B1=\"b\nA2=c B2=d"},
		"quote inside":     {"a.csv", "5\" 管,\"a\" b,c\n", "A1=5\" 管 B1=\"a\" b C1=c"},
		"leading zeros":    {"a.csv", "=\"0012\",x\n", "A1=0012 B1=x"},
		"bars in quotes":   {"a.csv", "\"\",\"||\"\n", "B1=||"},
		"old mac":          {"a.csv", "a,b\rc,d\r", "A1=a B1=b\nA2=c B2=d"},
	} {
		t.Run(name, func(t *testing.T) {
			wantPicture(t, mustRead(t, tt.file, []byte(tt.data))[0], tt.want)
		})
	}
}

func TestHTML(t *testing.T) {
	for name, tt := range map[string]struct{ page, want string }{
		"spans":       {`<table><tr><td rowspan=2>甲<td colspan="2">乙<tr><td>丙<td>丁</table>`, "A1[2x1]=甲 B1[1x2]=乙\nB2=丙 C2=丁"},
		"line breaks": {"<table><tr><td>一<br>二<p>三</p>四</td><td> a \n b&nbsp;c </td><td>绩效\n   自评</td></tr></table>", "A1=一/二/三/四 B1=a b c C1=绩效自评"},
		"groups":      {`<table><thead><tr><th rowspan=0>头<th>1</thead><tbody><tr><td>2<td>3</tbody></table>`, "A1=头 B1=1\nA2=2 B2=3"},
		"group end":   {`<table><tbody><tr><td rowspan=9>甲<td>1<tr><td>2</tbody><tbody><tr><td>3</table>`, "A1[2x1]=甲 B1=1\nB2=2\nA3=3"},
		"absurd":      {`<table><tr><td rowspan=99999999999 colspan=-3>甲<td>乙<tr><td>丙</table>`, "A1=甲 B1=乙\nA2=丙"},
		"tall":        {`<table><tr><td rowspan=60000>甲<td>乙<tr><td>丙</table>`, "A1[2x1]=甲 B1=乙\nB2=丙"},
		"overlap":     {`<table><tr><td>1<td rowspan=2>2<tr><td colspan=2>3</table>`, "A1=1 B1[2x1]=2\nA2=3"},
		"script":      {`<style>td{}</style><script>"<table>"</script><table><tr><td>甲<script>var a="<td>"</script></td></tr></table>`, "A1=甲"},
		"entities":    {`<table><tr><td>&ge;90%&amp;&#8364;</td></tr></table>`, "A1=≥90%&€"},
		"no end":      {`<table><tr><td>甲<td>乙`, "A1=甲 B1=乙"},
	} {
		t.Run(name, func(t *testing.T) {
			wantPicture(t, mustRead(t, "a.html", []byte(tt.page))[0], tt.want)
		})
	}
}

func TestHTMLAsXLS(t *testing.T) {
	page := `<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"></head>
	<body><h3>项目支出绩效目标表</h3><div>（2023年度）</div><table><caption>单位：万元</caption><tr><td x:num="0.95">95%</td><td x:num>12</td></tr></table><p>注：甲</p></body></html>`
	g := mustRead(t, "导出.xls", []byte(gb18030(t, page)))[0]
	if c, _ := g.At(0, 0); c.Text != "95%" || c.Number != 0.95 || !c.IsNumber {
		t.Errorf("got %+v, want 95%% stored as 0.95", c)
	}
	if diff := cmp.Diff([]string{"项目支出绩效目标表", "（2023年度）", "单位：万元"}, g.Heading); diff != "" {
		t.Errorf("heading (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"注：甲"}, g.Tail); diff != "" {
		t.Errorf("tail (-want +got):\n%s", diff)
	}
	big5, err := traditionalchinese.Big5.NewEncoder().String(`<meta charset="big5"><table><tr><td>預算執行</td></tr></table>`)
	if err != nil {
		t.Fatal(err)
	}
	wantPicture(t, mustRead(t, "a.htm", []byte(big5))[0], "A1=預算執行")
}

func TestHTMLNested(t *testing.T) {
	grids := mustRead(t, "a.html", []byte(`<table><tr><td>外<table><tr><td>内</td></tr></table></td><td>右</td></tr></table><table><tr><td> </td></tr></table>`))
	if len(grids) != 2 {
		t.Fatalf("got %d tables, want 2", len(grids))
	}
	wantPicture(t, grids[0], "A1=外/内 B1=右")
	wantPicture(t, grids[1], "A1=内")
	if grids[1].Inside != "A1" || grids[1].Heading[0] != "外" {
		t.Errorf("got a table inside %q with heading %q", grids[1].Inside, grids[1].Heading)
	}
}

func TestXML2003(t *testing.T) {
	book := `<?xml version="1.0" encoding="GB2312"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Styles><Style ss:ID="p"><NumberFormat ss:Format="Percent"/></Style><Style ss:ID="d"><NumberFormat ss:Format="yyyy\-mm\-dd"/></Style></Styles>
<Worksheet ss:Name="自评"><Table><Row><Cell ss:MergeAcross="2"><Data ss:Type="String">标题</Data></Cell><Cell><Data ss:Type="Number">3</Data></Cell></Row>
<Row ss:Index="3"><Cell ss:StyleID="p"><Data ss:Type="Number">0.95</Data></Cell><Cell ss:Index="3" ss:StyleID="d"><Data ss:Type="DateTime">2022-12-31T00:00:00.000</Data></Cell>
<Cell><ss:Data ss:Type="String">富<B>文</B>本</ss:Data><Comment><ss:Data>批注</ss:Data></Comment></Cell></Row></Table></Worksheet></Workbook>`
	g := mustRead(t, "导出.xls", []byte(gb18030(t, book)))[0]
	wantPicture(t, g, "A1[1x3]=标题 D1=3\nA3=95.00% C3=2022-12-31 D3=富文本")
	if g.Sheet != "自评" {
		t.Errorf("got sheet %q", g.Sheet)
	}
	word := `<?xml version="1.0"?><w:wordDocument xmlns:w="w"><w:body>` + para("标题") + tbl(tr(tc(`<w:vmerge w:val="restart"/>`, "甲"), tc("", "1")), tr(tc(`<w:vmerge/>`, ""), tc("", "2"))) + `</w:body></w:wordDocument>`
	wantPicture(t, mustRead(t, "老.doc", []byte(word))[0], "A1[2x1]=甲 B1=1\nB2=2")
	wantCode(t, "数据.xml", []byte(`<?xml version="1.0"?><rows><row/></rows>`), yardstick.FileUnsupported)
	wantCode(t, "半截.xls", []byte(book[:strings.Index(book, "</Row>")]), yardstick.FileBroken)
}
