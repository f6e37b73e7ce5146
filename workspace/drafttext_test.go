package workspace

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/simplifiedchinese"
	"pgregory.net/rapid"

	"yardstick"
)

// facts is what a document may say.
type facts struct {
	Project, Unit, Department string
	Year                      int
	Budget, Fiscal            float64
	Goal                      string
}

func factsOf(b DraftBody) facts {
	f := facts{Project: b.Project, Unit: b.Unit, Department: b.Department, Year: b.Year, Goal: b.Goal}
	if b.Budget != nil {
		f.Budget = *b.Budget
	}
	if b.Fiscal != nil {
		f.Fiscal = *b.Fiscal
	}
	return f
}

func TestFromText(t *testing.T) {
	w, err := Open(t.Context(), Options{Dir: t.TempDir(), Create: true})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	for _, c := range []struct {
		name, text string
		want       facts
		note       []string // parts of it
	}{
		{"labels", "项目名称：农村公路日常养护\n实施单位：县公路养护中心\n主管部门: 县交通运输局\n预算年度：2026年\n项目预算（万元）：312.5\n其中：财政拨款：300万元\n年度总体目标：完成386.4公里养护。\n二、其他\n无",
			facts{"农村公路日常养护", "县公路养护中心", "县交通运输局", 2026, 312.5, 300, "完成386.4公里养护。"}, []string{"从文字里找到项目名称、实施单位、主管部门、年度、预算、财政拨款、年度总体目标"}},
		{"a plan with headings", "关于申请2026年校园安全提升项目的请示\n县财政局：\n一、项目背景\n近年来校园安全形势严峻。\n二、绩效目标\n1. 为12所学校安装一键报警装置。\n2. 保安配备率达到100%。\n三、资金安排\n项目总投资1,200,000元，申请财政资金80万元。\n",
			facts{"2026年校园安全提升项目", "", "", 2026, 120, 80, "1. 为12所学校安装一键报警装置。\n2. 保安配备率达到100%。"}, []string{"没有找到实施单位"}},
		{"tasks instead of a goal", "“智慧水务”平台建设实施方案\n一、建设内容\n（一）建设监测站20座。\n（二）开发平台1套。\n二、保障措施\n加强领导。",
			facts{"“智慧水务”平台建设", "", "", 0, 0, 0, "（一）建设监测站20座。\n（二）开发平台1套。"}, []string{"没有写目标的段落", "预算"}},
		{"cells of a table", "项目名称\t危桥改造\t实施单位\t县公路局\n资金总额\t5000000元\n总体目标\t改造危桥3座，消除隐患。",
			facts{"危桥改造", "县公路局", "", 0, 500, 0, "改造危桥3座，消除隐患。"}, nil},
		{"empty cells hold no neighbours", "项目名称\t实施单位\t县公路局\n主管部门\t\n", facts{Unit: "县公路局"}, []string{"没有找到项目名称"}},
		{"a figure without a unit is no sum", "项目名称：危桥改造\n项目预算：312", facts{Project: "危桥改造"}, []string{"没有找到实施单位、年度、预算"}},
		{"digits run together are no sum", "项目名称：危桥改造\n项目预算：99999999999999999亿元", facts{Project: "危桥改造"}, []string{"没有找到实施单位、年度、预算"}},
		{"signs that nobody sees", "项目名称：危\v桥改造\f\n实施单位：县\x01公路局", facts{Project: "危桥改造", Unit: "县公路局"}, nil},
		{"nothing", "今天天气很好。", facts{}, []string{"没有找到项目名称、实施单位、年度、预算、年度总体目标"}},
		{"hundred million", "项目名称：环城高速\n总投资：1.25亿元", facts{Project: "环城高速", Budget: 12500}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			out, err := w.fromText(c.text)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, factsOf(out.body)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			for _, part := range c.note {
				if !strings.Contains(out.origin.Note, part) {
					t.Errorf("note %q does not say %q", out.origin.Note, part)
				}
			}
		})
	}
	for _, text := range []string{" \n", strings.Repeat("长", maxText)} {
		if _, err := w.fromText(text); yardstick.KindOf(err) != yardstick.Invalid {
			t.Errorf("text of %d bytes: %v", len(text), err)
		}
	}
}

// TestAnyTextMakesADraft holds that whatever is pasted, the draft can be kept.
func TestAnyTextMakesADraft(t *testing.T) {
	w, err := Open(t.Context(), Options{Dir: t.TempDir(), Create: true})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.RuneFrom([]rune("项目名称目标预算：:\n\t\v\f一二三、（）1.09万元亿2026年请示关于 实施单位")), 1, 200, -1).Draw(t, "text")
		out, err := w.fromText(text)
		if err != nil {
			if strings.TrimSpace(text) != "" {
				t.Errorf("%q: %v", text, err)
			}
			return
		}
		if _, err := w.checkBody("test", out.body); err != nil {
			t.Errorf("%q: %v", text, err)
		}
	})
}

func TestFromFile(t *testing.T) {
	w, err := Open(t.Context(), Options{Dir: t.TempDir(), Create: true})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	up := func(name string, data []byte) *Upload {
		return &Upload{Name: name, Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(data)), nil }}
	}
	text := "项目名称：农村公路日常养护\n实施单位：县公路养护中心\n绩效目标：完成386.4公里,保障出行。"
	gb, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	want := facts{Project: "农村公路日常养护", Unit: "县公路养护中心", Goal: "完成386.4公里,保障出行。"}
	for name, data := range map[string][]byte{
		"说明.txt": []byte(text), "国标.txt": gb,
		"说明.html": []byte("<html><meta charset=utf-8><body><p>项目名称：农村公路日常养护</p><table><tr><td>实施单位</td><td>县公路养护中心</td></tr></table><h2>绩效目标</h2><p>完成386.4公里,保障出行。</p></body></html>"),
	} {
		d, err := w.StartDraft(t.Context(), DraftStart{File: up("夹/"+name, data)})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if diff := cmp.Diff(want, factsOf(d.Body)); diff != "" || d.Origin.Kind != "file" || d.Origin.Ref != name {
			t.Errorf("%s, origin %+v (-want +got):\n%s", name, d.Origin, diff)
		}
	}

	weight := 90.0
	body := DraftBody{Project: "危桥改造", Unit: "县公路局", Year: 2026, Goal: "改造危桥3座。", Budget: &weight,
		Lines: []DraftLine{{Level1: "产出指标", Level2: "数量指标", Name: "改造座数", Comparison: "≥", Target: "3", Unit: "座", Weight: &weight}}}
	for _, format := range []string{"xlsx", "docx"} {
		doc, err := w.ExportBody(t.Context(), body, format)
		if err != nil {
			t.Fatal(err)
		}
		d, err := w.StartDraft(t.Context(), DraftStart{File: up(doc.Name, doc.Data), Body: DraftBody{RuleSet: "mof-2020"}})
		if err != nil {
			t.Fatal(err)
		}
		want := body
		want.RuleSet, want.Sector = "mof-2020", d.Body.Sector // inferred
		if diff := cmp.Diff(want, d.Body); diff != "" {
			t.Errorf("%s taken as a form (-want +got):\n%s", format, diff)
		}
	}
	for name, data := range map[string][]byte{"图.xlsx": []byte("\x89PNG\r\n\x1a\n0000"), "数据.txt": {0, 1, 2, 3}} {
		if _, err := w.StartDraft(t.Context(), DraftStart{File: up(name, data)}); yardstick.KindOf(err) != yardstick.Invalid || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
