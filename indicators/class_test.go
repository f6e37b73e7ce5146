package indicators_test

import (
	"math"
	"testing"

	"yardstick/indicators"
)

func TestParseLevel(t *testing.T) {
	for _, c := range []struct {
		in, name string
		points   float64
		ok       bool
	}{
		{"产出指标(50分)", "产出指标", 50, true},
		{"产出指标\n（50 分）", "产出指标", 50, true},
		{"产出指标40分", "产出指标", 40, true},
		{"效益指标30分)", "效益指标", 30, true},
		{"产出指标(50)\n(50分)", "产出指标", 50, true},
		{"产出指标(50)", "产出指标", 50, true},
		{"成本指标(0-20)分", "成本指标", 0, false},
		{"成本指标（0-20分）", "成本指标", 0, false},
		{"产出指标（权重50%）", "产出指标", 50, true},
		{"数量指标(分值:22.5分)", "数量指标", 22.5, true},
		{"(50分)", "", 50, true},
		{"绩\n效\n指\n标", "绩效指标", 0, false},
		{"数量指标(必填硬性指标)", "数量指标(必填硬性指标)", 0, false},
		{"项目决策2分", "项目决策", 2, true},
		{"", "", 0, false},
	} {
		name, points, ok := indicators.ParseLevel(c.in)
		if name != c.name || points != c.points || ok != c.ok {
			t.Errorf("ParseLevel(%q) = %q, %g, %t, want %q, %g, %t", c.in, name, points, ok, c.name, c.points, c.ok)
		}
	}
}

func TestClassify(t *testing.T) {
	for _, c := range []struct {
		level1, level2 string
		want           indicators.Class
		ok             bool
	}{
		{"项目产出(30分)", "产出数量", indicators.Class{Level1: "产出指标", Level2: "数量指标"}, true},
		{"项目完成指标", "成本指标", indicators.Class{Level1: "产出指标", Level2: "成本指标", Frame: indicators.Frame2013}, true},
		{"成本指标(20分)", "经济成本指标", indicators.Class{Level1: "成本指标", Level2: "经济成本指标", Frame: indicators.Frame2021}, true},
		{"(50分)", "质量指标", indicators.Class{Level1: "产出指标", Level2: "质量指标"}, true},
		{"效益指标", "满意度", indicators.Class{Level1: "效益指标", Level2: "服务对象满意度指标"}, true},
		{"效果指标", "环境效益", indicators.Class{Level1: "效益指标", Level2: "生态效益指标"}, true},
		{"一、产出指标", "（一）数量指标", indicators.Class{Level1: "产出指标", Level2: "数量指标"}, true},
		{"随便", "什么", indicators.Class{}, false},
	} {
		got, ok := indicators.Classify(c.level1, c.level2)
		if got != c.want || ok != c.ok {
			t.Errorf("Classify(%q, %q) = %+v, %t, want %+v, %t", c.level1, c.level2, got, ok, c.want, c.ok)
		}
	}
	for _, c := range []struct {
		level1, level2 string
		frame          indicators.Frame
		want           bool
	}{
		{"产出指标", "成本指标", indicators.Frame2013, true},
		{"产出指标", "成本指标", indicators.Frame2021, false},
		{"成本指标", "经济成本指标", indicators.Frame2021, true},
		{"决策指标", "数量指标", indicators.AnyFrame, false},
		{"产出指标", "产出数量", indicators.AnyFrame, false}, // not a canonical name
	} {
		if got := indicators.Belongs(c.level1, c.level2, c.frame); got != c.want {
			t.Errorf("Belongs(%q, %q, %q) = %t", c.level1, c.level2, c.frame, got)
		}
	}
}

func TestNames(t *testing.T) {
	for in, want := range map[string][2]string{ // CleanName, BareName
		"指标1：学生受资助人数":        {"学生受资助人数", "学生受资助人数"},
		"指标1.培训成本":           {"培训成本", "培训成本"},
		"指标10 培训费":           {"培训费", "培训费"},
		"绩效指标2、合格率":          {"合格率", "合格率"},
		"指标6：★补助鱼塘面积":        {"★补助鱼塘面积", "补助鱼塘面积"},
		"★★★受益人口数(≥**户)":     {"★★★受益人口数(≥**户)", "受益人口数(≥**户)"},
		"其中:独生子女伤残扶助":        {"其中:独生子女伤残扶助", "独生子女伤残扶助"},
		"1.药品抽检批次":           {"1.药品抽检批次", "药品抽检批次"},
		"①药品抽检批次":            {"①药品抽检批次", "药品抽检批次"},
		"（1）药品抽检批次":          {"（1）药品抽检批次", "药品抽检批次"},
		"7 岁以下儿童健康管理率":       {"7 岁以下儿童健康管理率", "7岁以下儿童健康管理率"},
		"0-6 岁儿童眼保健和视力检查覆盖率": {"0-6 岁儿童眼保健和视力检查覆盖率", "0-6岁儿童眼保健和视力检查覆盖率"},
		"404名服务对象发放补助金":      {"404名服务对象发放补助金", "404名服务对象发放补助金"},
		"2020年全年。":           {"2020年全年。", "2020年全年。"},
		"1.5倍放大":             {"1.5倍放大", "1.5倍放大"},
		"指标一致性":              {"指标一致性", "指标一致性"},
		"营养改善\n计划覆盖率":        {"营养改善计划覆盖率", "营养改善计划覆盖率"},
		"一般公共预算":             {"一般公共预算", "一般公共预算"},
	} {
		bare, _ := indicators.BareName(in)
		if got := indicators.CleanName(in); got != want[0] || bare != want[1] {
			t.Errorf("%q: clean %q, bare %q, want %q", in, got, bare, want)
		}
	}
	if name, removed := indicators.SplitName("指标1：学生人数"); name != "学生人数" || removed != "指标1：" {
		t.Errorf("SplitName = %q, %q", name, removed)
	}
	if !indicators.SubRow("指标3：★其中桃树") || indicators.SubRow("集中供水") {
		t.Error("SubRow misjudges")
	}
}

func TestIsTemplate(t *testing.T) {
	for in, want := range map[string]bool{
		"指标2：": true, "……": true, "…": true, "/": true, "无": true, "本项目不适用此指标": true, "该指标不适用本项目": true, "不涉及": true, "": true, " \n": true, "指标": true, "指标 3": true, "指标①：": true, "××××": true,
		"学生人数": false, "指标1：学生人数": false, "无害化处理率": false, "88": false, "15万元。": false, "指标完成率": false, "适用性": false,
	} {
		if got := indicators.IsTemplate(in); got != want {
			t.Errorf("IsTemplate(%q) = %t", in, got)
		}
	}
}

func TestNormalNames(t *testing.T) {
	for _, same := range [][2]string{
		{"指标1：学生受资助人数（人）", "学生受资助人数"},
		{"★苗木成活率(≥**%)", "苗木成活率"},
		{"ＡＢＣ 覆盖率", "abc覆盖率"},
		{"績(jī)效評價完成率", "绩效評價完成率"},
		{"“三公”经费控制率", "三公经费控制率"},
		{"工资发放准确性（%）", "1.工资发放准确性"},
	} {
		if a, b := indicators.NormalName(same[0]), indicators.NormalName(same[1]); a != b {
			t.Errorf("NormalName(%q) = %q, NormalName(%q) = %q", same[0], a, same[1], b)
		}
	}
	if indicators.NormalName("建设项目个数(含续建)") == indicators.NormalName("建设项目个数") {
		t.Error("a remark in brackets was dropped")
	}
	for in, want := range map[string]string{
		"2023年城乡义务教育补助经费":              "城乡义务教育补助经费",
		"2022年度雾炮车购置项目":                "雾炮车购置项目",
		"51000021R000000019951-工资性支出":  "工资性支出",
		"提前下达2019年中央财政困难群众救助补助资金(第二批)": "中央财政困难群众救助补助资金",
		"[201]城市管理":                    "城市管理",
		"2021-2023年农村道路":               "农村道路",
		"2023年":                        "2023年",
		"12345政务热线":                    "12345政务热线",
		"219001-森林防火":                  "森林防火",
	} {
		if got := indicators.NormalProject(in); got != want {
			t.Errorf("NormalProject(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestDirectionOf(t *testing.T) {
	for _, c := range []struct {
		name, target string
		want         indicators.Direction
	}{
		{"培训人数", "≥95人", indicators.Higher},
		{"项目成本", "≤20万元", indicators.Lower},
		{"项目成本", "20万元", indicators.Lower},
		{"安全事故数", "0起", indicators.Lower},
		{"群众投诉率", "5%", indicators.Lower},
		{"投诉处理率", "100%", indicators.Higher},
		{"成本节约率", "5%", indicators.Higher},
		{"缺陷数", "0", indicators.Lower},
		{"年龄", "18-54周岁", indicators.Neutral},
		{"群众满意度", "=95%", indicators.Higher},
		{"是否立项", "是", indicators.Neutral},
	} {
		if got, why := indicators.DirectionOf(c.name, indicators.Parse(c.target)); got != c.want || why == "" {
			t.Errorf("DirectionOf(%q, %q) = %s (%s), want %s", c.name, c.target, got, why, c.want)
		}
	}
}

// TestAttain holds the computed cases of docs/methods.md: positive 90 of 100
// gives .9; a reverse target of 100 with 110, 130, 150, 200, 250 gives 9.09, 7.69,
// 6.67, 5.00, 4.00 of ten points by rule A and 9, 7, 5, 0, 0 by rule B.
func TestAttain(t *testing.T) {
	const tolerance = 0.005 // the cases are printed to two decimals
	a := indicators.Attain(indicators.Parse("≥100"), indicators.Parse("90"), indicators.Higher, indicators.ReverseRatio)
	if math.Abs(10*a.Share-9.00) > tolerance || a.Reached || math.Abs(a.Deviation+.1) > 1e-12 || a.Refused != "" {
		t.Errorf("90 of ≥100 = %+v, want share .9", a)
	}
	for actual, want := range map[string][2]float64{"110": {9.09, 9}, "130": {7.69, 7}, "150": {6.67, 5}, "200": {5, 0}, "250": {4, 0}} {
		for i, rule := range []indicators.ReverseRule{indicators.ReverseRatio, indicators.ReverseLinear} {
			a := indicators.Attain(indicators.Parse("≤100"), indicators.Parse(actual), indicators.Lower, rule)
			if math.Abs(10*a.Share-want[i]) > tolerance || a.Rule != rule || a.Reached || a.Deviation >= 0 {
				t.Errorf("%s of ≤100 by rule %s = %+v, want %g of 10", actual, rule, a, want[i])
			}
		}
	}
}

func TestAttainUnits(t *testing.T) {
	for _, c := range []struct {
		target, actual string
		d              indicators.Direction
		share          float64
		reached        bool
		assumed        bool
	}{
		{"≤20万元", "180000元", indicators.Lower, 1, true, false},
		{"≥2km", "1500米", indicators.Higher, .75, false, false},
		{"≥95%", "100", indicators.Higher, 100.0 / 95, true, true},
		{"≥735人次", "735", indicators.Higher, 1, true, true},
		{"≥100万元", "100万", indicators.Higher, 1, true, true},
		{"≥30%", "0.3倍", indicators.Higher, 1, true, false},
		{">92%", "92%", indicators.Higher, 1, false, false},
		{"=0起", "0起", indicators.Lower, 1, true, false},
		{"=0起", "1起", indicators.Lower, 0, false, false},
		{"0-5%", "3%", indicators.Neutral, 1, true, false},
		{"±3%以内", "-2%", indicators.Neutral, 1, true, false},
		{"≥1000元/人/月", "12000元/人/年", indicators.Higher, 1, true, false},
	} {
		a := indicators.Attain(indicators.Parse(c.target), indicators.Parse(c.actual), c.d, indicators.ReverseRatio)
		if a.Refused != "" || math.Abs(a.Share-c.share) > 1e-9 || a.Reached != c.reached || (a.Assumed != "") != c.assumed {
			t.Errorf("%s against %s = %+v, want share %g, reached %t", c.actual, c.target, a, c.share, c.reached)
		}
	}
}

func TestAttainRefuses(t *testing.T) {
	for _, c := range []struct {
		target, actual string
		d              indicators.Direction
	}{
		{"≥0", "5", indicators.Higher},
		{"≥95%", "效果明显", indicators.Higher},
		{"效果明显", "100%", indicators.Higher},
		{"≥550元", "20套", indicators.Higher},
		{"≥5人", "5人次", indicators.Higher},
		{"≥90%", "≥90%", indicators.Higher},
		{"290%", "90%", indicators.Higher},
		{"≥95%", "0.98", indicators.Higher},
		{"≥95%", "", indicators.Higher},
		{"", "95%", indicators.Higher},
		{"0-5%", "7%", indicators.Neutral},
		{"=5", "6", indicators.Neutral},
		{"≥-5%", "3%", indicators.Higher},
	} {
		if a := indicators.Attain(indicators.Parse(c.target), indicators.Parse(c.actual), c.d, indicators.ReverseRatio); a.Refused == "" {
			t.Errorf("%s against %s = %+v, want a refusal", c.actual, c.target, a)
		}
	}
	if a := indicators.Attain(indicators.Parse("≤5"), indicators.Parse("6"), indicators.Lower, ""); a.Refused == "" {
		t.Error("a missed reverse target was scored without a rule")
	}
}
