package official_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"yardstick/ingest/official"
)

// opinion is an opinion with n findings.
func opinion(n int) official.Opinion {
	budget := 1356.8
	o := official.Opinion{
		File: "公路养护申报表.xlsx", Sheet: "绩效目标申报表", Project: "示例县农村公路养护 <一期> & 其他", Unit: "示例县公路管理站", Department: "示例县交通运输局", Year: 2026,
		Budget: &budget, Lines: 12, Points: 76.5, Grade: "中", Advice: "修改后再报", Sample: true, Date: time.Date(2026, 9, 12, 0, 0, 0, 0, time.UTC),
		History: "同类项目 41 个，本单位以前年度 5 年（n=23 条指标）", Unchecked: []string{"单位成本没有查：指标里没有数量"},
		Rules: official.Rules{Title: "mof-88 第 1 版", Source: "财预〔2015〕88号", Status: "recalled"},
	}
	for _, m := range [][4]any{{"完整性", "规范完整", 8.0, 10.0}, {"完整性", "明确清晰", 6.0, 10.0}, {"相关性", "目标相关", 12.0, 15.0}, {"相关性", "指标科学", 10.5, 15.0},
		{"适当性", "绩效合理", 12.0, 15.0}, {"适当性", "资金匹配", 12.0, 15.0}, {"可行性", "实现可能", 8.0, 10.0}, {"可行性", "条件充分", 8.0, 10.0}} {
		o.Marks = append(o.Marks, official.Mark{Group: m[0].(string), Item: m[1].(string), Points: m[2].(float64), Of: m[3].(float64), Grade: "良",
			Why: "指标名称里有 2 处用词不明确，目标值有 1 处没有写单位"})
	}
	for i := range n {
		f := official.Finding{Severity: official.Watch, Title: "目标值偏低", Line: i + 1, Indicator: fmt.Sprintf("群众对养护工作的满意度 %d", i+1), Cell: fmt.Sprintf("D%d", 10+i),
			Why: "目标值 80.0% 低于本单位近 5 年最低值 84.8%，几乎必然完成", Do: "可改为 ≥ 85.0%（把握 77%）", Rule: "T-01", Source: "财预〔2015〕88号", SourceStatus: "recalled"}
		if i%3 == 0 {
			f.Severity, f.Title, f.Why, f.Do, f.SourceStatus = official.Must, "性质与名称相反", "“投诉率”越低越好，性质应为 ≤，现为 ≥", "改为 ≤ 5.0%", "proposed"
		}
		o.Findings = append(o.Findings, f)
	}
	return o
}

func TestOpinionHTML(t *testing.T) {
	page, err := official.OpinionHTML(opinion(3), "")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"绩效目标审核意见", "示例数据", "示例县农村公路养护 &lt;一期&gt; &amp; 其他", "建议得分 76.5 分，等次 中，建议修改后再报", "必改 1 处，注意 2 处", "凭记忆，待核",
		"由人决定", "审核人：", "☐ 通过", "1,356.80 万元", "@page", "76.5 / 100", `rowspan="2"`} {
		if !strings.Contains(string(page), want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	linked, err := official.OpinionHTML(opinion(3), "/assets/opinion.css")
	if err != nil {
		t.Fatal(err)
	}
	// A policy of style-src 'self' drops inline styles of either kind, and scripts.
	for _, never := range []string{"<style", " style=", "<script"} {
		if strings.Contains(string(linked), never) {
			t.Errorf("the linked page has %q", never)
		}
	}
	if !strings.Contains(string(linked), `href="/assets/opinion.css"`) || !strings.Contains(official.OpinionStyle(), "@page") {
		t.Error("the linked page does not name its style sheet")
	}
}

// TestOpinion_legend holds that the status of sources is said once, by marks, and
// only for the marks that are there.
func TestOpinion_legend(t *testing.T) {
	o := opinion(6)
	o.Rules = official.Rules{Title: "绩效目标审核规则，第 1 版", Source: "财预〔2015〕88号", Status: "read"}
	o.Findings[1].SourceStatus = "read"
	page, err := official.OpinionHTML(o, "")
	if err != nil {
		t.Fatal(err)
	}
	book, err := official.OpinionXLSX(o)
	if err != nil {
		t.Fatal(err)
	}
	list, err := official.SummaryXLSX(official.Summary{Rows: []official.Opinion{o, o}})
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"page": string(page), "workbook": sheetText(t, book, "审核意见"), "list": sheetText(t, list, "逐项意见")} {
		for _, words := range []string{"● 凭记忆，待核", "◆ 本系统的建议，待核", "没有记号的已读原文"} {
			if n := strings.Count(text, words); n != 1 {
				t.Errorf("%s: %q stands %d times, want 1", name, words, n)
			}
		}
		if strings.Contains(text, "▲") || strings.Contains(text, "转述") {
			t.Errorf("%s: a legend of what is not there", name)
		}
		if !strings.Contains(text, "T-01 财预〔2015〕88号●") || !strings.Contains(text, "T-01 财预〔2015〕88号◆") {
			t.Errorf("%s: sources without their marks", name)
		}
	}
	for i := range o.Findings {
		o.Findings[i].SourceStatus = "read"
	}
	if page, err = official.OpinionHTML(o, ""); err != nil || strings.Contains(string(page), "依据的出处") {
		t.Errorf("a legend without marks, %v", err)
	}
}

func TestOpinionXLSX(t *testing.T) {
	for _, n := range []int{0, 12, 30} {
		o := opinion(n)
		o.Findings = o.Findings[:n]
		data, err := official.OpinionXLSX(o)
		if err != nil {
			t.Fatal(err)
		}
		text := sheetText(t, data, "审核意见")
		for _, want := range []string{"绩效目标审核意见", "示例数据", o.Project, "建议得分 76.5 分", "凭记忆，待核", "审核人：", "由人决定", "76.5 / 100"} {
			if !strings.Contains(text, want) {
				t.Errorf("%d findings: the sheet lacks %q", n, want)
			}
		}
		if got := strings.Count(text, "T-01") + strings.Count(text, "\n5.0"); n > 0 && got < n {
			t.Errorf("%d findings, %d shown", n, got)
		}
		again, err := official.OpinionXLSX(o)
		if err != nil || !bytes.Equal(data, again) {
			t.Errorf("%d findings: the second file differs: %v", n, err)
		}
	}
}

func TestSummary(t *testing.T) {
	a, b := opinion(2), opinion(4)
	b.Project, b.Points, b.Budget, b.Sample = "=HYPERLINK(1)", 88, nil, false
	data, err := official.SummaryXLSX(official.Summary{Title: "2026 年申报", Rows: []official.Opinion{a, b}, Unread: []string{"现场照片.xlsx 是图片，里面没有表格。"}, Sample: true, Date: a.Date})
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows("汇总")
	if err != nil {
		t.Fatal(err)
	}
	var first []string
	for _, r := range rows {
		if len(r) > 1 && r[0] == "1" {
			first = r
		}
	}
	want := []string{"1", a.Project, a.Unit, "2026", "1,356.80", "12", "76.5", "中", "修改后再报", "1", "1", "", "公路养护申报表.xlsx › 绩效目标申报表"}
	if fmt.Sprint(first) != fmt.Sprint(want) {
		t.Errorf("first row\ngot  %q\nwant %q", first, want)
	}
	if n := strings.Count(sheetText(t, data, "逐项意见"), "T-01"); n != 6 {
		t.Errorf("second sheet shows %d findings, want 6", n)
	}
	for _, sheet := range f.GetSheetList() {
		grid, err := f.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for r, row := range grid {
			for c := range row {
				cell, _ := excelize.CoordinatesToCellName(c+1, r+1)
				if formula, _ := f.GetCellFormula(sheet, cell); formula != "" {
					t.Errorf("%s!%s is a formula: %s", sheet, cell, formula)
				}
			}
		}
	}
}

// sheetText is all text of a sheet.
func sheetText(t *testing.T, data []byte, sheet string) string {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, r := range rows {
		b.WriteString(strings.Join(r, "\t") + "\n")
	}
	return b.String()
}
