package official_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"yardstick"
	"yardstick/indicators"
	"yardstick/ingest/official"
)

func text(s string) yardstick.Text { return yardstick.Text{Value: s, Raw: s} }

func sum(x float64) yardstick.Number { return yardstick.Number{Value: x, Known: true, Raw: trim(x)} }

// usual is a form as the drafting page makes it.
func usual() yardstick.Form {
	f := yardstick.Form{
		Kind: yardstick.Target, Project: text("示例县农村公路养护"), Department: text("示例县交通运输局"), Unit: text("示例县公路管理站"), Year: sum(2026),
		Goal: text("一、完成120公里农村公路日常养护。\n二、修复破损路面，改善出行条件。"),
		Budget: yardstick.Budget{Unit: "万元", Initial: sum(356.8), FullYear: sum(356.8), ExecutionWeight: sum(10), Funds: []yardstick.Fund{
			{Label: "年度资金总额", Initial: sum(356.8), FullYear: sum(356.8)},
			{Label: "其中：财政拨款", Initial: sum(300), FullYear: sum(300)}, {Label: "其他资金", Initial: sum(56.8), FullYear: sum(56.8)}}},
	}
	for i, l := range [][6]string{
		{"成本指标", "经济成本指标", "每公里养护成本", "≤3万元", "20", ""},
		{"产出指标", "数量指标", "养护里程", "≥120公里", "15", "以交工验收报告为准"},
		{"产出指标", "数量指标", "修复破损路面面积", "≥1.2万平方米", "10", ""},
		{"产出指标", "质量指标", "养护工程验收合格率", "100%", "10", ""},
		{"产出指标", "时效指标", "养护任务完成时间", "2026年11月底前", "5", ""},
		{"效益指标", "社会效益指标", "群众出行条件", "明显改善", "20", ""},
		{"满意度指标", "服务对象满意度指标", "沿线群众满意度", "≥90%", "10", ""},
	} {
		w := indicators.Parse(l[4]).Low
		f.Lines = append(f.Lines, yardstick.Line{Seq: i + 1, Level1: text(l[0]), Level2: text(l[1]), Name: text(l[2]),
			Target: yardstick.Measure{Value: indicators.Parse(l[3])}, Weight: sum(w), Note: text(l[5])})
	}
	return f
}

func TestUsualFormReadsBack(t *testing.T) {
	f := usual()
	for kind, write := range writers {
		t.Run(kind, func(t *testing.T) {
			data, err := write(f, official.Options{Sample: true, Attribute: "延续项目", Term: "1年"})
			if err != nil {
				t.Fatal(err)
			}
			got := readBack(t, "form."+kind, data)
			if diff := cmp.Diff(outline(f), outline(got)); diff != "" {
				t.Errorf("written and read again (-want +got):\n%s", diff)
			}
		})
	}
}
