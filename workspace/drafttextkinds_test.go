package workspace

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestKindsOfDocuments are made-up documents of the kinds that units start from,
// with what a reader finds in each.
func TestKindsOfDocuments(t *testing.T) {
	w, err := Open(t.Context(), Options{Dir: t.TempDir(), Create: true})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	for _, c := range []struct {
		name, text string
		want       facts
	}{
		{"request with a signature", "关于申请2025年高龄津贴资金的报告\n县财政局：\n我局拟为全县7200名80周岁以上老年人发放高龄津贴，每人每月50元，全年需资金432万元。2024年实际发放6980人。\n某县民政局\n2024年10月12日",
			facts{"2025年高龄津贴", "某县民政局", "", 2025, 432, 0, "我局拟为全县7200名80周岁以上老年人发放高龄津贴，每人每月50元，全年需资金432万元。"}},
		{"summary of a feasibility study", "某县污水处理厂扩建工程可行性研究报告（摘要）\n项目业主：某县住房和城乡建设局。建设地点：城东。总投资1.2亿元，其中财政资金4000万元。建设内容：新增污水处理能力2万吨/日，新建管网12.6公里。",
			facts{"某县污水处理厂扩建工程", "某县住房和城乡建设局", "", 0, 12000, 4000, "新增污水处理能力2万吨/日，新建管网12.6公里。"}},
		{"one paragraph", "2025年全县森林防火项目，预算120万元。年度目标：巡护林区30万亩，开展防火宣传40场。",
			facts{"2025年全县森林防火项目", "", "", 2025, 120, 0, "巡护林区30万亩，开展防火宣传40场。"}},
		{"plan with numbered parts", "2026年农村人居环境整治项目实施方案\n一、总体要求\n以习惯养成为重点。\n二、年度目标\n清运垃圾5000吨，改造户厕800座。\n三、资金概算\n资金概算650万元，其中申请财政资金500万元，自筹资金150万元。\n四、组织实施\n承办单位：某县农业农村局",
			facts{"2026年农村人居环境整治项目", "某县农业农村局", "", 2026, 650, 500, "清运垃圾5000吨，改造户厕800座。"}},
		{"parts in brackets", "某镇小型水利设施维修项目可研\n（一）工作目标\n维修水渠12公里。\n（二）资金\n安排资金86万元。",
			facts{"某镇小型水利设施维修项目", "", "", 0, 86, 0, "维修水渠12公里。"}},
		{"labels in one line", "项目名称：智慧校园建设；实施主体：某市第三中学；所需资金：75万元；绩效目标：建成智慧教室12间。",
			facts{"智慧校园建设", "某市第三中学", "", 0, 75, 0, "建成智慧教室12间。"}},
		{"heading that says more", "关于实施老旧小区改造项目的请示\n市财政局：\n一、项目背景\n小区年久失修。\n二、主要任务和建设内容\n改造老旧小区6个，惠及居民1200户。\n三、资金\n总投资3000万元。\n某区住房保障中心 2025年3月1日",
			facts{"老旧小区改造项目", "某区住房保障中心", "", 0, 3000, 0, "改造老旧小区6个，惠及居民1200户。"}},
		{"notice", "关于下达2025年职业技能提升行动计划的通知\n各乡镇：\n为做好培训工作，现通知如下。\n一、目标任务\n培训农民工2000人次。\n二、保障措施\n加强领导。\n某县人力资源和社会保障局\n二〇二五年三月五日",
			facts{"2025年职业技能提升行动计划", "某县人力资源和社会保障局", "", 2025, 0, 0, "培训农民工2000人次。"}},
		{"no signature without a date behind it", "关于开展河道清淤项目的申请\n一、工作目标\n清淤河道8公里。\n抄送：某县财政局",
			facts{"河道清淤项目", "", "", 0, 0, 0, "清淤河道8公里。"}},
		{"the one addressed is not the unit", "关于申请食堂改造经费的请示\n县财政局：\n需资金40万元，用于改造食堂1个。\n某县第一小学\n2025年6月",
			facts{"食堂改造", "某县第一小学", "", 0, 40, 0, "需资金40万元，用于改造食堂1个。"}},
		{"cells", "项目名称\t残疾人托养服务\n项目单位\t某县残疾人联合会\n年度\t2025\n资金概算（万元）\t66\n其他资金（万元）\t6\n年度绩效目标\t为120名残疾人提供托养服务。",
			facts{"残疾人托养服务", "某县残疾人联合会", "", 2025, 66, 0, "为120名残疾人提供托养服务。"}},
		{"a sum per head is not the budget", "关于申请学生餐补资金的报告\n每生每天5元，受益学生8600名。\n全年需资金860万元。",
			facts{"学生餐补", "", "", 0, 860, 0, "每生每天5元，受益学生8600名。"}},
		{"last year's figures are no goal", "关于申请2025年图书馆免费开放资金的报告\n2024年接待读者11万人次。\n今年计划接待读者12万人次。",
			facts{"2025年图书馆免费开放", "", "", 2025, 0, 0, "今年计划接待读者12万人次。"}},
		{"a letter without a project", "某县财政局：\n来函收悉。经研究，同意你单位意见。\n某县教育局\n2025年1月2日", facts{Unit: "某县教育局"}},
		{"a sentence with 项目 is no name", "我们认为这个项目，意义重大。", facts{}},
		{"a goal within prose", "某市公共自行车运维项目申报书\n申报单位：某市城市管理局\n本项目总投资260万元。工作目标：运维自行车5000辆，车辆完好率95%以上。\n联系电话：略",
			facts{"某市公共自行车运维项目", "某市城市管理局", "", 0, 260, 0, "运维自行车5000辆，车辆完好率95%以上。"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			out, err := w.fromText(c.text)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, factsOf(out.body)); diff != "" {
				t.Errorf("(-want +got):\n%s\n%s", diff, out.origin.Note)
			}
			if c.want.Goal != "" && !strings.Contains(out.origin.Note, "没有取指标") {
				t.Errorf("note %q does not say that no lines were taken", out.origin.Note)
			}
		})
	}
}

// TestDocumentFiles: the same in documents of paragraphs and tables that are no
// target form.
func TestDocumentFiles(t *testing.T) {
	w, err := Open(t.Context(), Options{Dir: t.TempDir(), Create: true})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	para := func(s string) string { return "<w:p><w:r><w:t>" + s + "</w:t></w:r></w:p>" }
	row := func(cells ...string) string {
		out := "<w:tr>"
		for _, c := range cells {
			out += "<w:tc>" + para(c) + "</w:tc>"
		}
		return out + "</w:tr>"
	}
	docx := func(body string) []byte {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		for _, part := range [][2]string{
			{"[Content_Types].xml", `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`},
			{"_rels/.rels", `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`},
			{"word/document.xml", `<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>` + body + `</w:body></w:document>`},
		} {
			f, err := z.Create(part[0])
			if err != nil {
				t.Fatal(err)
			}
			if _, err := io.WriteString(f, part[1]); err != nil {
				t.Fatal(err)
			}
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	for name, c := range map[string]struct {
		data []byte
		want facts
	}{
		"方案.docx": {docx(para("2025年某县危桥改造项目实施方案") + para("一、年度目标") + para("改造危桥3座。") + para("二、资金") + para("总投资540万元。") + para("某县交通运输局") + para("2025年1月8日")),
			facts{"2025年某县危桥改造项目", "某县交通运输局", "", 2025, 540, 0, "改造危桥3座。"}},
		"申报.docx": {docx(para("项目申报说明") + "<w:tbl>" + row("项目名称", "村级卫生室建设") + row("建设单位", "某县卫生健康局") + row("总投资", "96万元") + row("建设内容", "新建村级卫生室12个。") + "</w:tbl>"),
			facts{"村级卫生室建设", "某县卫生健康局", "", 0, 96, 0, "新建村级卫生室12个。"}},
		"通知.html": {[]byte("<html><meta charset=utf-8><body><h1>关于做好2025年春季植树项目的通知</h1><p>各乡镇：</p><h2>一、目标任务</h2><p>植树5000株。</p><h2>二、要求</h2><p>按时完成。</p><p>某县林业局</p><p>2025年2月20日</p></body></html>"),
			facts{"2025年春季植树项目", "某县林业局", "", 2025, 0, 0, "植树5000株。"}},
	} {
		d, err := w.StartDraft(t.Context(), DraftStart{File: &Upload{Name: name, Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(c.data)), nil }}})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if diff := cmp.Diff(c.want, factsOf(d.Body)); diff != "" {
			t.Errorf("%s (-want +got):\n%s\n%s", name, diff, d.Origin.Note)
		}
	}
}
