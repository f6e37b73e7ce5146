package workspace

import (
	"context"
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"yardstick/ingest/forms"
	"yardstick/ingest/grid"
)

// someBody draws a body as a careful person writes it: what the official form
// shows and nothing else.
func someBody(t *rapid.T) DraftBody {
	words := func(name string, of ...string) string { return rapid.SampledFrom(of).Draw(t, name) }
	number := func(name string) *float64 {
		x := float64(rapid.IntRange(0, 2_000_000).Draw(t, name)) / 100
		return &x
	}
	b := DraftBody{
		Project: words("project", "农村公路日常养护", "校园安全（二期）项目", "2024年危桥改造"), Department: words("department", "县交通运输局", ""),
		Unit: words("unit", "县公路养护中心", "第一中学"), Year: rapid.IntRange(2015, 2030).Draw(t, "year"), Goal: words("goal", "完成386.4公里日常养护，保障出行。", "改造危桥3座。"),
		Budget: number("budget"), Lines: []DraftLine{},
	}
	if rapid.Bool().Draw(t, "funds") {
		b.Fiscal, b.Other = number("fiscal"), number("other")
		*b.Budget = (math.Round(*b.Fiscal*100) + math.Round(*b.Other*100)) / 100
	}
	classes := [][2]string{{"成本指标", "经济成本指标"}, {"产出指标", "数量指标"}, {"产出指标", "质量指标"}, {"产出指标", "时效指标"}, {"效益指标", "社会效益指标"}, {"满意度指标", "服务对象满意度指标"}}
	for i := range rapid.IntRange(0, 8).Draw(t, "lines") {
		class := classes[rapid.IntRange(0, len(classes)-1).Draw(t, "class")]
		l := DraftLine{Level1: class[0], Level2: class[1], Name: words("name", "养护里程", "工程验收合格率", "投诉处理办结率", "资金支付及时率") + "之" + string(rune('甲'+i))}
		l.Comparison, l.Target, l.Unit = someTarget(t)
		w := float64(rapid.IntRange(1, 80).Draw(t, "weight")) / 2
		l.Weight = &w
		l.Note = words("note", "", "以验收报告为准")
		b.Lines = append(b.Lines, l)
	}
	return b
}

// someTarget draws a target of every kind.
func someTarget(t *rapid.T) (comparison, target, unit string) {
	figure := strconv.FormatFloat(float64(rapid.IntRange(1, 99999).Draw(t, "figure"))/100, 'f', -1, 64)
	whole := strconv.Itoa(rapid.IntRange(1, 9999).Draw(t, "whole"))
	switch rapid.SampledFrom([]string{"number", "share", "range", "tolerance", "date", "level", "yes", "nothing"}).Draw(t, "kind") {
	case "number":
		return rapid.SampledFrom([]string{"≥", "≤", "=", ">", "<"}).Draw(t, "comparison"), figure, rapid.SampledFrom([]string{"公里", "万元", "人次", "元/人"}).Draw(t, "unit")
	case "share":
		return rapid.SampledFrom([]string{"≥", "≤", "="}).Draw(t, "comparison"), strconv.Itoa(rapid.IntRange(1, 100).Draw(t, "percent")), "%"
	case "range":
		return "", whole + "~1" + whole, "人"
	case "tolerance":
		return "", "±" + strconv.Itoa(rapid.IntRange(1, 20).Draw(t, "within")), "%"
	case "date":
		return "", strconv.Itoa(rapid.IntRange(2020, 2030).Draw(t, "year")) + "年" + strconv.Itoa(rapid.IntRange(1, 12).Draw(t, "month")) + "月底前", ""
	case "level":
		return qualitative, rapid.SampledFrom([]string{"明显提升", "有效改善", "良好", "优良"}).Draw(t, "level"), ""
	case "yes":
		return qualitative, "是", ""
	}
	return "", "", ""
}

// TestBodyAndFormAreInverse holds that a form gives the body back that made it.
func TestBodyAndFormAreInverse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := someBody(t)
		f := b.Form()
		got, sub := bodyOf(&f)
		if diff := cmp.Diff(b, got); diff != "" || sub != 0 {
			t.Errorf("body → form → body, %d rows lost (-want +got):\n%s", sub, diff)
		}
	})
}

// TestAnyTargetSettles holds that whatever stands in the three cells means the
// same after a trip through a form, and does not change on the next.
func TestAnyTargetSettles(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := DraftLine{Comparison: rapid.SampledFrom(comparisons).Draw(t, "comparison"),
			Target: rapid.OneOf(rapid.StringMatching(`[0-9≥≤~±%万元年月日底前是否优良,.，、/*]{0,8}`), rapid.String()).Draw(t, "target"),
			Unit:   rapid.SampledFrom([]string{"", "%", "公里", "万元", "个"}).Draw(t, "unit")}
		once := draftTarget(l.Value())
		if once.Target == "" {
			return // a unit or comparison by itself is no target yet
		}
		if twice := draftTarget(once.Value()); twice != once {
			t.Errorf("%+v became %+v, then %+v", l, once, twice)
		}
	})
}

// TestExportReadsBack holds that the reader of filed forms takes the draft from
// the exported form as it was.
func TestExportReadsBack(t *testing.T) {
	w, err := Open(t.Context(), Options{Dir: t.TempDir(), Create: true})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	rapid.Check(t, func(rt *rapid.T) {
		b := someBody(rt)
		if len(b.Lines) == 0 {
			return // a form without an indicator is no form
		}
		for _, format := range []string{"xlsx", "docx"} {
			doc, err := w.ExportBody(context.Background(), b, format)
			if err != nil {
				rt.Fatal(err)
			}
			grids, err := grid.Read(context.Background(), doc.Name, doc.Data, grid.Options{})
			if err != nil {
				rt.Fatal(err)
			}
			read := forms.ReadFile(grids)
			if len(read.Forms) != 1 || len(read.Rejected) > 0 {
				rt.Fatalf("%s: %d forms, rejected %+v", doc.Name, len(read.Forms), read.Rejected)
			}
			got, _ := bodyOf(&read.Forms[0])
			want := b
			want.Lines = InFormOrder(b.Lines)
			if diff := cmp.Diff(want, got); diff != "" {
				rt.Errorf("%s read back (-want +got):\n%s", format, diff)
			}
		}
	})
}

func TestExportNames(t *testing.T) {
	for _, c := range []struct {
		year            int
		project, format string
		want            string
	}{
		{2026, "农村公路养护", "xlsx", "2026年度_农村公路养护_绩效目标申报表.xlsx"},
		{0, "a/b:..\\c\"", "docx", "a_b_.._c__绩效目标申报表.docx"},
		{2026, " .. ", "xlsx", "2026年度_未命名项目_绩效目标申报表.xlsx"},
		{2026, strings.Repeat("长", 90), "xlsx", "2026年度_" + strings.Repeat("长", 60) + "_绩效目标申报表.xlsx"},
	} {
		if got := formFile(c.year, c.project, c.format); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}
