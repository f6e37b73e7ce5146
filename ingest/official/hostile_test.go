package official_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/xuri/excelize/v2"

	"yardstick"
	"yardstick/ingest/grid"
	"yardstick/ingest/official"
)

// FuzzAnnotate feeds damaged and made-up files: the copy reads as the file does,
// or the error is for people.
func FuzzAnnotate(f *testing.F) {
	form := usual()
	x, err := official.WriteXLSX(form, official.Options{})
	if err != nil {
		f.Fatal(err)
	}
	d, err := official.WriteDOCX(form, official.Options{})
	if err != nil {
		f.Fatal(err)
	}
	noted, _, err := official.Annotate(f.Context(), "a.xlsx", x, []official.Comment{{Sheet: "绩效目标申报表", Cell: "C9", Title: "一", Text: "二"}})
	if err != nil {
		f.Fatal(err)
	}
	f.Add("a.xlsx", x, "B3", "绩效目标申报表", "题", "文")
	f.Add("a.docx", d, "C7", "", "题", "文")
	f.Add("a.xlsx", noted, "C9", "绩效目标申报表", "题", "文")
	f.Add("a.csv", []byte("一级指标,三级指标,指标值\n产出指标,数量,5\n"), "C2", "", "题", "文")
	f.Add("a.html", []byte("<table><tr><td rowspan=2>甲<td>乙<tr><td>丙</table>"), "A1", "", "\x00", "]]>&\ud7ff")
	f.Add("a.xlsx", []byte("PK\x03\x04"), "XFD1048576", "", "", "")
	f.Fuzz(func(t *testing.T, name string, data []byte, cell, sheet, title, text string) {
		if len(data) > 1<<17 || len(name) > 64 || len(text) > 4096 || old(data) {
			return
		}
		out, outName, err := official.Annotate(t.Context(), name, data, []official.Comment{
			{Sheet: sheet, Cell: cell, Title: title, Text: text, Severity: official.Must}, {Cell: cell, Title: title, Text: text}, {Title: title, Text: text}})
		if err != nil {
			var e *yardstick.Error
			if !errors.As(err, &e) || e.Kind != yardstick.Invalid || strings.IndexFunc(e.Msg, func(r rune) bool { return unicode.Is(unicode.Han, r) }) < 0 {
				t.Fatalf("%q: not an error for people: %v", name, err)
			}
			return
		}
		want, err := grid.Read(t.Context(), name, data, grid.Options{})
		if err != nil {
			t.Fatalf("annotated what can't be read: %v", err)
		}
		got, err := grid.Read(t.Context(), outName, out, grid.Options{})
		if err != nil {
			t.Fatalf("the copy of %q can't be read: %v", name, err)
		}
		cells := 0
		for _, g := range want {
			cells += len(g.Cells)
		}
		copied := 0
		for _, g := range got {
			copied += len(g.Cells)
		}
		if copied < cells-blanks(want) {
			t.Fatalf("%q: %d cells of %d are in the copy", name, copied, cells)
		}
	})
}

// blanks counts cells without text, which a new workbook need not have.
func blanks(grids []*grid.Grid) int {
	n := 0
	for _, g := range grids {
		for _, c := range g.Cells {
			if strings.TrimSpace(strings.Map(func(r rune) rune {
				if r < ' ' || r == '\ufffe' || r == '\uffff' {
					return -1
				}
				return r
			}, c.Text)) == "" {
				n++
			}
		}
	}
	return n
}

// old reports whether a file needs the converter, which is too slow to fuzz.
func old(data []byte) bool {
	return bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0")) || bytes.HasPrefix(data, []byte(`{\rtf`))
}

// TestExistingComments keeps what a reviewer wrote before, adds ours to it, and
// leaves other sheets' comments where they are.
func TestExistingComments(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	_, err := f.NewSheet("别的表")
	must(err)
	must(f.SetCellStr("Sheet1", "A1", "甲"))
	must(f.SetCellStr("Sheet1", "B2", "乙"))
	must(f.MergeCell("Sheet1", "B2", "D4"))
	must(f.SetCellStr("别的表", "A1", "丙"))
	must(f.AddComment("Sheet1", excelize.Comment{Cell: "A1", Author: "处长", Text: "先看这里"}))
	must(f.AddComment("别的表", excelize.Comment{Cell: "A1", Author: "处长", Text: "另一张"}))
	var buf bytes.Buffer
	_, err = f.WriteTo(&buf)
	must(err)
	list := []official.Comment{
		{Sheet: "Sheet1", Cell: "A1", Severity: official.Watch, Title: "偏松", Text: "原因 <a> & “b”"},
		{Sheet: "Sheet1", Cell: "A1", Severity: official.Must, Title: "相反", Text: "原因二"},
		{Sheet: "Sheet1", Cell: "C3", Title: "合并格", Text: "在左上角"},
		{Sheet: "没有的表", Cell: "A1", Title: "找不到", Text: "放到意见表"},
		{Title: "整张表", Text: "=1+1"},
	}
	out, name, err := official.Annotate(t.Context(), "老 表.xlsx", buf.Bytes(), list)
	must(err)
	if again, _, err := official.Annotate(t.Context(), "老 表.xlsx", buf.Bytes(), list); err != nil || !bytes.Equal(out, again) {
		t.Errorf("the second copy differs: %v", err)
	}
	if name != "老 表_批注.xlsx" {
		t.Errorf("the copy is called %q", name)
	}
	g, err := excelize.OpenReader(bytes.NewReader(out))
	must(err)
	defer g.Close()
	said := map[string]string{}
	for _, sheet := range g.GetSheetList() {
		list, err := g.GetComments(sheet)
		must(err)
		for _, c := range list {
			s := c.Text
			for _, r := range c.Paragraph {
				s += r.Text
			}
			said[sheet+"!"+c.Cell] += c.Author + "|" + s
		}
	}
	for cell, want := range map[string][]string{
		"Sheet1!A1": {"处长|先看这里\n绩尺：\n1. 【必改】相反\n原因二\n2. 【注意】偏松\n原因 <a> & “b”"},
		"Sheet1!B2": {"绩尺|绩尺：\n【注意】合并格\n在左上角"},
		"别的表!A1":    {"处长|另一张"},
	} {
		for _, w := range want {
			if said[cell] != w {
				t.Errorf("%s: comment\n%q, want\n%q", cell, said[cell], w)
			}
		}
	}
	if len(said) != 3 {
		t.Errorf("comments on %d cells, want 3: %v", len(said), said)
	}
	opinion := sheetText(t, out, "审核意见")
	for _, w := range []string{"没有的表 › A1：放到意见表", "【注意】整张表", "=1+1"} {
		if !strings.Contains(opinion, w) {
			t.Errorf("the opinion sheet lacks %q:\n%s", w, opinion)
		}
	}
	// Boxes for the notes: one each, in the drawing of their sheet.
	shapes := 0
	for part, text := range parts(t, out) {
		if strings.HasSuffix(part, ".vml") {
			shapes += strings.Count(text, `ObjectType="Note"`)
		}
	}
	if shapes != 3 {
		t.Errorf("%d boxes for 3 notes", shapes)
	}
}

// TestOtherKinds writes the annotated copy of files that can't hold comments as
// a new workbook, which says so.
func TestOtherKinds(t *testing.T) {
	for name, data := range map[string]string{
		"表.csv":  "项目名称,甲项目,,\n一级指标,二级指标,三级指标,指标值\n产出指标,数量指标,=HYPERLINK(1),≥5个\n",
		"表.html": "<p>项目绩效目标表（2026年度）</p><table><tr><td>一级指标<td>二级指标<td>三级指标<td>指标值</tr><tr><td rowspan=2>产出指标<td>数量指标<td>=HYPERLINK(1)<td>≥5个</tr><tr><td>质量指标<td>合格率<td>≥95%</table>",
	} {
		want, err := grid.Read(t.Context(), name, []byte(data), grid.Options{})
		if err != nil {
			t.Fatal(err)
		}
		out, outName, err := official.Annotate(t.Context(), name, []byte(data), []official.Comment{{Cell: "C2", Raw: "=HYPERLINK(1)", Title: "名称", Text: "不清楚"}})
		if err != nil {
			t.Fatal(err)
		}
		if outName != "表_"+strings.TrimPrefix(name, "表.")+"_批注.xlsx" { // the copies of both in one folder are two

			t.Errorf("%s: the copy is called %s", name, outName)
		}
		got, err := grid.Read(t.Context(), outName, out, grid.Options{})
		if err != nil || len(got) != len(want)+1 {
			t.Fatalf("%s: %d tables, want %d: %v", name, len(got), len(want)+1, err)
		}
		for i, c := range want[0].Cells {
			if c.Text != "" && got[0].Text(c.Row, c.Col) != c.Text || got[0].Cells[i].RowSpan != c.RowSpan {
				t.Errorf("%s: %s reads %q, want %q", name, grid.Address(c.Row, c.Col), got[0].Text(c.Row, c.Col), c.Text)
			}
		}
		if text := sheetText(t, out, "审核意见"); !strings.Contains(text, "按其内容新做的工作簿") {
			t.Errorf("%s: the copy does not say that it is new: %s", name, text)
		}
		all := parts(t, out)
		if joined := strings.Join([]string{all["xl/worksheets/sheet1.xml"]}, ""); strings.Contains(joined, "<f>") {
			t.Errorf("%s: a text became a formula", name)
		}
	}
}

// TestDamagedStructure falls back to a new workbook where a part that holds
// styles or relations is not as the standard has it.
func TestDamagedStructure(t *testing.T) {
	data, err := official.WriteXLSX(usual(), official.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for part, text := range map[string]string{
		"xl/styles.xml": "<styleSheet/>", "[Content_Types].xml": "<x/>",
		"xl/worksheets/_rels/sheet1.xml.rels": "<Relationships", "docProps/core.xml": "",
	} {
		var buf bytes.Buffer
		w := zip.NewWriter(&buf)
		all := parts(t, data)
		all[part] = text
		for name, body := range all {
			p, err := w.Create(name)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := p.Write([]byte(body)); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		out, name, err := official.Annotate(t.Context(), "a.xlsx", buf.Bytes(), []official.Comment{{Sheet: "绩效目标申报表", Cell: "C9", Title: "一", Text: "二"}})
		if err != nil || name != "a_批注.xlsx" {
			t.Errorf("%s: %s, %v", part, name, err)
			continue
		}
		if _, err := grid.Read(t.Context(), name, out, grid.Options{}); err != nil {
			t.Errorf("%s: the copy can't be read: %v", part, err)
		}
	}
}

func TestUnreadable(t *testing.T) {
	for _, data := range []string{"", "PK\x03\x04", "%PDF-1.7", "\x89PNG\r\n", "PK\x05\x06" + strings.Repeat("\x00", 18)} {
		_, _, err := official.Annotate(t.Context(), "照片.xlsx", []byte(data), nil)
		if yardstick.KindOf(err) != yardstick.Invalid || !strings.Contains(err.Error(), "照片.xlsx") {
			t.Errorf("%q: %v", data, err)
		}
	}
}

func BenchmarkWriteXLSX(b *testing.B) {
	f := usual()
	for b.Loop() {
		if _, err := official.WriteXLSX(f, official.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkWriteDOCX(b *testing.B) {
	f := usual()
	for b.Loop() {
		if _, err := official.WriteDOCX(f, official.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkAnnotate(b *testing.B) {
	for _, name := range []string{"mengcheng-2024-gonggongweisheng.xlsx", "yuanzhou-forest-2022-target.docx"} {
		b.Run(filepath.Ext(name), func(b *testing.B) {
			data, err := os.ReadFile(filepath.Join(sharedForms, name))
			if err != nil {
				b.Skipf("shared forms are not there: %v", err)
			}
			sheet := ""
			if grids, err := grid.Read(b.Context(), name, data, grid.Options{}); err == nil {
				sheet = grids[0].Sheet
			}
			var list []official.Comment
			for _, cell := range []string{"B3", "C9", "C10", "D11", "C12", "D13", ""} {
				list = append(list, official.Comment{Sheet: sheet, Cell: cell, Title: "偏松", Text: "目标值 80.0% 低于本单位近 5 年最低值 84.8%。", Severity: official.Must})
			}
			for b.Loop() {
				if _, _, err := official.Annotate(b.Context(), name, data, list); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkOpinion(b *testing.B) {
	o := opinion(12)
	b.Run("xlsx", func(b *testing.B) {
		for b.Loop() {
			if _, err := official.OpinionXLSX(o); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("html", func(b *testing.B) {
		for b.Loop() {
			if _, err := official.OpinionHTML(o, ""); err != nil {
				b.Fatal(err)
			}
		}
	})
}
