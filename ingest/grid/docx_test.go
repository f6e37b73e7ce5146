package grid_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func para(texts ...string) string {
	return `<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>` + strings.Join(texts, `</w:t></w:r><w:r><w:t xml:space="preserve">`) + `</w:t></w:r></w:p>`
}

func tc(props, content string) string {
	if !strings.HasPrefix(content, "<") {
		content = para(content)
	}
	return `<w:tc><w:tcPr>` + props + `</w:tcPr>` + content + `</w:tc>`
}

func tr(cells ...string) string { return `<w:tr>` + strings.Join(cells, "") + `</w:tr>` }

func tbl(rows ...string) string { return `<w:tbl><w:tblPr/>` + strings.Join(rows, "") + `</w:tbl>` }

func TestDOCX(t *testing.T) {
	const wide2, restart, goOn = `<w:gridSpan w:val="2"/>`, `<w:vMerge w:val="restart"/>`, `<w:vMerge/>`
	for name, tt := range map[string]struct{ body, want string }{
		"spans": {tbl(tr(tc(wide2, "甲"), tc(restart, "乙")), tr(tc("", "一"), tc("", "二"), tc(goOn, "")), tr(tc("", "三"), tc("", "四"), tc(goOn, ""))),
			"A1[1x2]=甲 C1[3x1]=乙\nA2=一 B2=二\nA3=三 B3=四"},
		"goes on without a start":    {tbl(tr(tc(goOn, "甲"), tc("", "1")), tr(tc(goOn, ""), tc("", "2"))), "A1[2x1]=甲 B1=1\nB2=2"},
		"goes on with another width": {tbl(tr(tc(restart, "甲"), tc("", "1")), tr(tc(goOn+wide2, "乙"))), "A1=甲 B1=1\nA2[1x2]=乙"},
		"a new start":                {tbl(tr(tc(restart, "甲")), tr(tc(goOn, "")), tr(tc(restart, "乙")), tr(tc(goOn, ""))), "A1[2x1]=甲\nA3[2x1]=乙"},
		"nothing between":            {tbl(tr(tc(restart, "甲"), tc("", "1")), tr(tc("", "乙"), tc("", "2")), tr(tc(goOn, "丙"), tc("", "3"))), "A1=甲 B1=1\nA2=乙 B2=2\nA3=丙 B3=3"},
		"old row merge":              {tbl(tr(tc(`<w:hMerge w:val="restart"/>`, "甲"), tc(`<w:hMerge/>`, ""), tc("", "乙"))), "A1[1x2]=甲 C1=乙"},
		"skipped columns":            {tbl(tr(tc("", "1"), tc("", "2")), `<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>`+tc("", "3")+`</w:tr>`), "A1=1 B1=2\nB2=3"},
		"lines and tabs": {tbl(tr(tc("", para("一")+`<w:p><w:r><w:t>二</w:t><w:br/><w:t>三</w:t><w:tab/><w:t>四</w:t></w:r></w:p>`+"<w:p/>"))),
			"A1=一/二/三\t四"},
		"empty line inside": {tbl(tr(tc("", para("一")+"<w:p/>"+para("二")))), "A1=一//二"},
		"tracked changes": {tbl(tr(tc("", `<w:p><w:r><w:t>留</w:t></w:r><w:del><w:r><w:delText>删</w:delText></w:r></w:del><w:ins><w:r><w:t>增</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>移</w:t></w:r></w:moveFrom></w:p>`)),
			`<w:tr><w:trPr><w:del w:id="1"/></w:trPr>`+tc("", "删行")+`</w:tr>`, tr(tc("", "末"))), "A1=留增\nA2=末"},
		"content controls": {tbl(`<w:sdt><w:sdtPr><w:t>属性</w:t></w:sdtPr><w:sdtContent>` + tr(`<w:sdt><w:sdtContent>`+tc("", `<w:sdt><w:sdtContent>`+para("甲")+`</w:sdtContent></w:sdt>`)+`</w:sdtContent></w:sdt>`, tc("", `<w:p><w:sdt><w:sdtContent><w:r><w:t>乙</w:t></w:r></w:sdtContent></w:sdt></w:p>`)) + `</w:sdtContent></w:sdt>`),
			"A1=甲 B1=乙"},
		"text box":         {tbl(tr(tc("", `<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent>`+para("框")+`</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>`+para("框")+`</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>`))), "A1=框"},
		"ticks and fields": {tbl(tr(tc("", `<w:p><w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:t>是</w:t><w:instrText>PAGE</w:instrText></w:r></w:p>`))), "A1=☑是"},
	} {
		t.Run(name, func(t *testing.T) {
			wantPicture(t, mustRead(t, "文档.docx", docxOf(tt.body).zip(t))[0], tt.want)
		})
	}
}

func TestDOCXHeadings(t *testing.T) {
	body := para("附件2") + para("项目支出", "绩效自评表") + `<w:p/>` + para("（2022年度）") + tbl(tr(tc("", "甲"))) +
		para("单位：万元") + tbl(tr(tc("", ""))) + para("续") + tbl(tr(tc("", "乙"))) + para("注：说明") + `<w:sectPr/>`
	grids := mustRead(t, "文档.docx", docxOf(body).zip(t))
	var got [][]string
	for _, g := range grids {
		got = append(got, g.Heading, g.Tail)
	}
	want := [][]string{{"附件2", "项目支出绩效自评表", "（2022年度）"}, nil, {"单位：万元", "续"}, {"注：说明"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("headings and tails (-want +got):\n%s", diff)
	}
}

func TestDOCXNested(t *testing.T) {
	inner := tbl(tr(tc("", "内一"), tc("", "内二")))
	grids := mustRead(t, "文档.docx", docxOf(tbl(tr(tc("", "外"), tc("", para("内表：")+inner+"<w:p/>")), tr(tc("", "下"), tc("", "末")))).zip(t))
	if len(grids) != 2 {
		t.Fatalf("got %d tables, want 2", len(grids))
	}
	wantPicture(t, grids[0], "A1=外 B1=内表：/内一/内二\nA2=下 B2=末")
	wantPicture(t, grids[1], "A1=内一 B1=内二")
	if grids[1].Inside != "B1" || grids[0].Inside != "" || grids[1].Heading[0] != "内表：" {
		t.Errorf("got a table inside %q with heading %q", grids[1].Inside, grids[1].Heading)
	}
}
