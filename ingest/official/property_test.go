package official_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"yardstick"
	"yardstick/indicators"
	"yardstick/ingest/official"
)

// words of which names and sentences are made: those of the trade, brackets,
// signs, and words that forms use for other things.
var pieces = []string{
	"培训", "学生", "人数", "覆盖率", "满意度", "资金", "绩效", "目标", "表", "名称", "编制", "报送", "及时", "公里", "（含村道）", "(一期)", "【重点】", "《规划》", "“双随机”", "、", "，", "-", "—",
	"/", "&", "<", ">", "=", "+", "@", "%", "‰", "A", "b", "3", "12", "2026年", "预算", "执行率", "指标", "单位", "实施", "补助", "标准", "㎡", "㏊", "𠮷", "é", "_x000D_", "_x0041_", "'", `"`, "；", "。", "？", "★",
	"合格", "小计", "说明", "审核", "完成", "情况", " ", "　",
}

// phrase draws a text of 1 to n pieces that begins with a word.
func phrase(n int) *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		head := rapid.SampledFrom([]string{"农村公路", "困难学生", "设备", "环境卫生", "基层医疗", "防汛物资", "Wi-Fi", "“三农”", "（新建）泵站", "=SUM(A1)", "+86热线", "@平台", "-5℃冷库", "5G基站"}).Draw(t, "head")
		return strings.TrimSpace(head + strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, n).Draw(t, "pieces"), ""))
	})
}

// agency draws the name of an office. One that ends like a label of the form
// (绩效目标) stands beside another label and can't be told from one.
func agency(t *rapid.T, name string) string {
	s := phrase(3).Draw(t, name)
	if strings.HasSuffix(s, "目标") {
		s += "办公室"
	}
	return s
}

var values = []string{
	"≥95%", "≤3万元", "=100%", "120公里", "63", "0起", "≥1.2万平方米", "100%", "0.9‰", "2026年12月31日前", "2026年11月底前", "12月底前100%到位", "2026年1月-12月", "18—54周岁", "±3%以内", "0-5%",
	"效果明显", "显著提升", "优良", "是", "否", "优100% 良90% 中85% 差85%", "困难台胞432人、高龄台胞1792人", "470人/天", "1600元/亩", "每月20日前", "<24小时", "≥**批次", "全年", "长期", "严格按照预算标准1000元/人发放",
	"不少于12种", "95%以上", "控制在0.9‰以内", "1次/月", "30,223,400", "", "≥4", "=0", "@平台上线", "-5%-0", "+3",
}

var levels = [][2]string{
	{"成本指标", "经济成本指标"}, {"成本指标", "社会成本指标"}, {"产出指标", "数量指标"}, {"产出指标", "质量指标"}, {"产出指标", "时效指标"}, {"产出指标", "成本指标"},
	{"效益指标", "经济效益指标"}, {"效益指标", "社会效益指标"}, {"效益指标", "生态效益指标"}, {"效益指标", "可持续影响指标"},
	{"满意度指标", "服务对象满意度指标"}, {"满意度指标", "满意度指标"}, {"项目完成指标", "数量指标"}, {"产出指标", "自定义指标"}, {"产出指标", ""}, {"", "数量指标"}, {"", ""},
}

// amounts are sums in 万元 and points.
func number(t *rapid.T, name string, max int, places float64) yardstick.Number {
	return sum(float64(rapid.IntRange(0, max).Draw(t, name)) / places)
}

func drawLine(t *rapid.T, i int) yardstick.Line {
	l := rapid.SampledFrom(levels).Draw(t, "level")
	ln := yardstick.Line{Seq: i + 1, Level1: text(l[0]), Level2: text(l[1])}
	ln.Name = text(phrase(6).Draw(t, "name"))
	switch rapid.IntRange(0, 9).Draw(t, "shape of the name") {
	case 0:
		ln.Name = text(strings.Repeat(ln.Name.Value, 12))
	case 1:
		ln.Name = text("其中：" + ln.Name.Value)
	case 2:
		ln.Name = text("★" + ln.Name.Value)
	}
	ln.Target.Value = indicators.Parse(rapid.SampledFrom(values).Draw(t, "value"))
	if rapid.Bool().Draw(t, "in parts") {
		ln.Target.Value = indicators.ParseParts(rapid.SampledFrom([]string{"≥", "≤", "=", ">", ""}).Draw(t, "comparison"), fmt.Sprint(rapid.IntRange(0, 99999).Draw(t, "number")),
			rapid.SampledFrom([]string{"%", "人", "万元", "公里", "人次", "", "元/人·月", "平方米"}).Draw(t, "unit"))
	}
	if rapid.IntRange(0, 4).Draw(t, "weighed") > 0 {
		ln.Weight = number(t, "weight", 400, 10)
	}
	if rapid.IntRange(0, 3).Draw(t, "noted") == 0 {
		ln.Note = text(phrase(5).Draw(t, "note"))
	}
	return ln
}

// drawForm draws a form with up to n lines: in the order of classes or mixed,
// names that repeat, parts that are missing.
func drawForm(t *rapid.T, n int) yardstick.Form {
	f := yardstick.Form{Kind: yardstick.Target, Project: text(phrase(4).Draw(t, "project")), Year: sum(float64(rapid.IntRange(2015, 2035).Draw(t, "year")))}
	if rapid.Bool().Draw(t, "has a unit") {
		f.Unit = text(agency(t, "unit"))
	}
	if rapid.Bool().Draw(t, "has a department") {
		f.Department = text(agency(t, "department"))
	}
	if rapid.IntRange(0, 5).Draw(t, "has a goal") > 0 {
		f.Goal = text(strings.Join(rapid.SliceOfN(phrase(12), 1, 8).Draw(t, "goal"), "\n"))
	}
	fiscal, other := number(t, "fiscal", 99_999_999, 1e4), number(t, "other", 9_999_999, 100)
	total := sum(float64(int64(fiscal.Value*1e4+other.Value*1e4+0.5)) / 1e4)
	f.Budget = yardstick.Budget{Unit: "万元", Initial: total, FullYear: total, Funds: []yardstick.Fund{{Label: "年度资金总额", Initial: total, FullYear: total}}}
	if rapid.Bool().Draw(t, "in parts") {
		f.Budget.Funds = append(f.Budget.Funds, yardstick.Fund{Label: "其中：财政拨款", Initial: fiscal, FullYear: fiscal}, yardstick.Fund{Label: "其他资金", Initial: other, FullYear: other})
	}
	if rapid.Bool().Draw(t, "execution counts") {
		f.Budget.ExecutionWeight = sum(rapid.SampledFrom([]float64{10, 20, 5, 12.5}).Draw(t, "execution"))
	}
	for i := range rapid.IntRange(1, n).Draw(t, "lines") {
		f.Lines = append(f.Lines, drawLine(t, i))
	}
	if len(f.Lines) > 1 && rapid.Bool().Draw(t, "a name twice") {
		f.Lines[len(f.Lines)-1].Name = f.Lines[0].Name
	}
	return f
}

// TestFormsReadBack writes random forms and reads them again: everything that a
// form states must be the same, in both kinds of files.
func TestFormsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := drawForm(t, 12)
		if rapid.IntRange(0, 19).Draw(t, "a long form") == 0 {
			for i := len(f.Lines); i < 70; i++ {
				f.Lines = append(f.Lines, drawLine(t, i))
			}
		}
		opt := official.Options{Sample: rapid.Bool().Draw(t, "sample")}
		for kind, write := range writers {
			data, err := write(f, opt)
			if err != nil {
				t.Fatalf("%s: %v", kind, err)
			}
			got := readBack(t, "form."+kind, data)
			if diff := cmp.Diff(outline(f), outline(got)); diff != "" {
				t.Fatalf("%s: written and read again (-want +got):\n%s", kind, diff)
			}
			for i := range got.Lines {
				if !got.Lines[i].Target.Equal(f.Lines[i].Target.Value) {
					t.Fatalf("%s: line %d: target %q read as %+v, want %+v", kind, i+1, f.Lines[i].Target.Raw, got.Lines[i].Target.Value, f.Lines[i].Target.Value)
				}
			}
			again, err := write(f, opt)
			if err != nil || !bytes.Equal(data, again) {
				t.Fatalf("%s: the second file differs: %v", kind, err)
			}
		}
		if notes := official.Notes(f, opt); len(notes) > 0 {
			t.Fatalf("notes on a form that reads back: %q", notes)
		}
	})
}
