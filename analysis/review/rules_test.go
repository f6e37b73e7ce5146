package review

import (
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"yardstick"
	"yardstick/indicators"
	"yardstick/indicators/library"
)

var shortLevels = map[string]string{"产出": "产出指标", "效益": "效益指标", "满意": "满意度指标", "成本": "成本指标",
	"数量": "数量指标", "质量": "质量指标", "时效": "时效指标", "旧成本": "成本指标", "经济成本": "经济成本指标", "社会": "社会效益指标", "经济": "经济效益指标", "对象": "服务对象满意度指标"}

// formOf makes a form: each line is level1|level2|name|target|weight, the last two
// may be left out.
func formOf(lines ...string) yardstick.Form {
	n := func(x float64) yardstick.Number { return yardstick.Number{Value: x, Known: true, Raw: figure(x)} }
	f := yardstick.Form{Kind: yardstick.Target, Project: text("农村公路日常养护"), Unit: text("某县公路中心"), Year: n(2025),
		Goal: text("对农村公路386公里开展日常养护。"), Budget: yardstick.Budget{Unit: "万元", FullYear: n(312), Initial: n(312)}}
	for i, s := range lines {
		p := append(strings.Split(s, "|"), "", "", "")
		l := yardstick.Line{Seq: i + 1, Level1: text(shortLevels[p[0]]), Level2: text(shortLevels[p[1]]), Name: text(p[2]),
			Target: yardstick.Measure{Value: indicators.Parse(p[3])}}
		if p[1] == "时效" {
			l.Target.Value = indicators.ParseTimed(p[3])
		}
		if w, err := strconv.ParseFloat(p[4], 64); err == nil {
			l.Weight = n(w)
		}
		f.Lines = append(f.Lines, l)
	}
	return f
}

func rulesFor(t testing.TB) *Rules {
	t.Helper()
	r, err := LoadRules()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestLines: one line at a time, what fires on it and, more important, what does
// not. want lists the rules that speak of the line.
func TestLines(t *testing.T) {
	rules := rulesFor(t)
	for _, c := range []struct{ line, want string }{
		// D-01: the sign against the name.
		{"效益|社会|群众投诉率|≥5%", "D-01"},
		{"效益|社会|群众投诉率|≤5%", ""},
		{"效益|社会|投诉处理率|≥95%", ""},
		{"效益|社会|减少投诉率|≥5%", ""},
		{"产出|质量|事故处理及时率|≥95%", "D-06"}, // of time, but no accident to keep low
		{"满意|对象|沿线群众满意度|≤90%", "D-01"},
		{"产出|质量|不合格率|≤2%", ""},
		{"产出|质量|产品合格率|≤98%", "D-01"},
		{"产出|数量|新建公厕数量|≤5座", "D-01"},
		{"产出|数量|公务用车购置数量|≤2辆", ""},
		{"产出|数量|办公会议次数|≤12次", ""},
		{"成本|经济成本|防疫室建设成本|≥1050元", "D-01"},
		{"成本|经济成本|补助标准|≥1000元/人", ""},
		{"成本|经济成本|成本节约额|≥3万元", ""},
		{"成本|经济成本|项目总成本|≤300万元", ""},
		// D-01: a verb turns a bad thing around only where it governs it.
		{"效益|社会|安全生产责任事故起数|≥2起", "D-01"},
		{"效益|社会|减少安全事故起数|≥2起", ""},
		{"效益|社会|处理交通事故起数|≥20起", ""},
		{"效益|社会|排查化解纠纷数|≥20件", ""},
		{"产出|质量|补助资金差错率|≥1%", "D-01"},
		{"产出|质量|防治药品损耗率|≥2%", "D-01"},
		{"产出|质量|处理设施故障率|≥5%", "D-01"},
		{"产出|质量|投诉处理差错率|≥2%", "D-01"},
		{"产出|质量|产品检出不合格率|≥2%", ""},
		{"产出|质量|无差错率|≥98%", ""},
		{"产出|质量|错保漏保率|≥2%", "D-01"},
		{"产出|时效|故障修复时限|≥24小时", "D-01"},
		{"效益|社会|因病致贫户数下降率|≥5%", ""},
		{"产出|质量|重复参保率|≤1%", ""},
		{"产出|质量|重复参保率|≥1%", "D-01"},
		{"产出|质量|违规通过率|≤2%", ""},
		{"产出|质量|违法案件办结率|≥95%", ""},
		{"产出|质量|养老保险参保率|≤95%", "D-01"},
		{"产出|质量|经费支出完成率|≤100%", ""},
		// D-02: shares above 100 %.
		{"产出|质量|公路养护覆盖率|≥105%", "D-02"},
		{"产出|数量|任务完成率|≥105%", ""},
		{"效益|经济|旅游收入增长率|≥120%", ""},
		{"产出|质量|工程验收合格率|≥100%", "D-02"},
		{"产出|质量|工程验收合格率|=100%", ""},
		{"产出|质量|工程验收合格率|292%", "D-02"},
		{"产出|质量|小学毛入学率|≥103%", ""},
		{"产出|质量|病床使用率|≥105%", ""},
		{"产出|质量|设备使用率|≥105%", "D-02"},
		// D-03: units.
		{"产出|质量|公路技术状况指数MQI|≥85", ""},
		{"产出|数量|培训人数|200", "D-03"},
		{"产出|数量|培训人数|200人", ""},
		{"产出|数量|造林面积（亩）|200", ""},
		{"产出|质量|苗木成活率|≥85人", "D-03"},
		{"产出|数量|受资助学生人数|100%", "D-03"},
		{"产出|数量|受益人口数|≥10户", "D-03"},
		{"产出|数量|受助户数|≥10家", ""},
		{"成本|经济成本|培训费|320人/天", "D-03"},
		{"成本|经济成本|培训费|≤320元/人/天", ""},
		{"效益|社会|营商环境指数|≥80", ""},
		{"效益|社会|重大事故发生起数|0", ""},
		{"产出|数量|人均月保障标准|=320万元", "D-03"},
		{"产出|数量|接待游客人次|≥300万", "D-03"},
		{"产出|数量|接待游客人次|≥300万人次", ""},
		{"产出|数量|亩均产值|≥0.3万元", ""},
		{"效益|社会|农产品质量安全事件|≤2%", "D-03"},
		{"效益|社会|农产品质量安全事件|=0起", ""},
		{"成本|经济成本|社会成本|不产生", ""},
		{"产出|数量|召开工作部署会议次数|≥4次", "D-05"},
		// D-04 without a history: only satisfaction below the usual.
		{"满意|对象|群众满意度|≥50%", "D-04"},
		{"满意|对象|群众满意度|≥85%", ""},
		// D-05: inputs as outputs.
		{"产出|数量|项目支出资金|=12万元", "D-05"},
		{"产出|数量|创业担保贷款发放额|≥4000万元", ""},
		{"产出|数量|雾炮车风炮射程|80米", "D-05"},
		{"产出|质量|数据备份成功率|=100%", ""},
		{"产出|时效|资金到位率|=100%", "D-05"},
		{"产出|数量|太阳能发电装机功率|≥200千瓦", ""},
		{"产出|数量|争取上级资金|≥5000万元", ""},
		{"产出|数量|召开工作部署会议|≥4次", "D-05"},
		{"产出|数量|召开村民代表大会次数|≥4次", ""},
		{"产出|数量|购买办公用品|≥50次", "D-05"},
		{"产出|数量|印发宣传手册数量|≥500份", ""},
		// D-06: classes.
		{"产出|质量|工程按期完工率|=100%", "D-06"},
		{"产出|时效|工程造价控制率|≤100%", "D-06"},
		{"产出|质量|项目总投资|≤100万元", "D-06"},
		{"效益|经济|项目成本|≤100万元", "D-06"},
		{"效益|经济|节约成本|≥100万元", ""},
		{"效益|社会|培训场次|≥5场", "D-06"},
		{"效益|社会|建设公厕数量|≥5座", "D-06"},
		{"效益|社会|新增学位数量|≥50个", ""},
		{"效益|社会|工程完工及时率|=100%", "D-06"},
		{"效益|社会|出警及时率|=100%", ""},
		{"产出|质量|服务对象满意度|≥90%", "D-06"},
		{"产出|数量|满意度问卷份数|≥200份", ""},
		{"产出|数量|补贴发放及时率|=100%", "D-06"},
		{"产出|时效|工程验收合格率|=100%", "D-06"},
		{"产出|质量|服务周期内空气质量|优良", "D-06"},
		{"效益|社会|空气质量优良天数|≥300天", ""},
		// D-08 and D-21: words and percentages without a measure.
		{"效益|社会|提升通行能力|有效提升", "D-08"},
		{"效益|社会|全县低保对象|应保尽保", ""},
		{"产出|质量|路面质量|合格", ""},
		{"成本|经济成本|项目成本|控制在预算内", "D-08"},
		{"效益|社会|促进社会和谐稳定|≥95%", "D-21"},
		{"效益|社会|政策知晓率|≥95%", ""},
		{"效益|经济|促进农民收入增长|≥5%", ""},
		{"产出|质量|系统安全等级|达到网络安全等级保护三级标准要求", ""},
		{"产出|质量|工程质量标准|符合《公路工程质量检验评定标准》合格要求", ""},
		{"产出|时效|资金拨付时间|2025年6月30日前、2025年12月20日前", ""},
		{"产出|时效|每轮检查时间|2025年第一、三、四季度末前", ""},
		{"效益|社会|管理制度|优：有制度有专人有考核；良：具备其中两项；差：具备一项及以下", ""},
		{"效益|社会|运行状况|正常运行，无重大故障记录，设备完好可用", ""},
		{"效益|社会|运行状况|通过项目的实施使设备运行状况得到明显的改善和提高", "D-08"},
		{"产出|时效|完成时间|按时完成", "D-08"},
		{"产出|时效|完成时间|年底前按时完成", ""},
		{"产出|质量|资料归档|及时", ""},
		// D-10, D-19 and D-20.
		{"效益|社会|卫生厕所普及率|不低于≤85%", "D-19"},
		{"效益|社会|卫生厕所普及率|不低于85%", ""},
		{"产出|数量|测试|≥5个", "D-20"},
		{"产出|数量|测试样品数量|≥5个", ""},
		{"产出|质量|是否严格按照文物修缮方案进行施工并且做到不改变原状|是", "D-20"},
		{"产出|质量|是否验收|是", ""},
		// D-13: no room.
		{"满意|对象|社会满意度|100%", "D-13"},
		{"产出|时效|补贴发放及时率|=100%", ""},
		// D-16: nothing filled in.
		{"产出|数量|新建公厕数量|", "D-16"},
		{"产出|数量|新建公厕数量|≥**座", "D-16"},
		{"效益|社会|食品安全状况|高中低", "D-16"},
		{"效益|社会|机制健全性|优良中差", "D-16"},
		{"效益|社会|机制健全性|优", ""},
		{"产出|质量|规章制度|建立与否", "D-16"},
		// D-18: dates. The form is of 2025.
		{"产出|时效|项目完成时间|2024年12月31日前", "D-18"},
		{"产出|时效|项目完成时间|2025年11月底前", ""},
		{"产出|时效|项目完成时间|2026年6月", "D-18"},
		{"产出|时效|项目完成时间|12月底前", ""},
		{"产出|时效|资金清算时间|2026年1月31日前", ""},
		{"产出|时效|设备安装时间|2026年1月31日前", "D-18"},
		{"产出|时效|项目完成时间|2025年13月31日前", "D-18"},
		{"产出|时效|项目完成时间|2025年2月29日前", "D-18"},
		{"产出|时效|项目完成时间|2月29日前", ""},
		{"产出|时效|前期工作完成时间|12月31日后", "D-18"},
		{"产出|时效|资金下达时间|收到文件后30日内", ""},
		// D-19: contradictions.
		{"产出|质量|优秀比例不超过20%|≥20%", "D-19"},
		{"产出|质量|响应时间不超过30分钟的比例|≥95%", ""},
		{"产出|质量|工程质量达标率100%|≥98%", "D-19"},
		{"产出|数量|村组干部230人|=230个", "D-19"},
		{"成本|旧成本|围墙300米|300元/米", ""},
		{"产出|质量|0-6岁儿童健康管理率|≥90%", ""},
		{"满意|对象|救助对象满意度|优85% 良80% 中70% 差70%", "D-19"},
		{"满意|对象|救助对象满意度|优90% 良80% 中70% 差60%", ""},
		{"产出|数量|飞机增雨作业|暂定量按15次作业且总航时不少于30小时测算", "D-08"},
		// D-20: names.
		{"产出|数量|88|100", "D-20"},
		{"产出|数量|数量指标|100个", "D-20"},
		{"效益|社会|增加就业机会,提高农民收入。|", "D-20"},
		{"产出|质量|免疫率、屠宰检疫率|=100%", "D-20"},
		{"产出|数量|新建水泥路1条|=2公里", "D-20"},
		{"产出|数量|购置音响、灯光、道具数量|=30套", ""},
		// D-22: shares and costs without a sign.
		{"满意|对象|群众满意度|90%", "D-22"},
		{"产出|质量|工程验收合格率|100%", ""},
		{"产出|数量|新建公厕数量|5座", ""},
	} {
		var got []string
		for _, f := range rules.Review(formOf(c.line), Context{}).Findings {
			if (f.Line == 1 || f.Rule.ID == "D-22") && !slices.Contains(got, f.Rule.ID) {
				got = append(got, f.Rule.ID)
			}
			if f.Why == "" || f.Do == "" {
				t.Errorf("%s: %s without a reason or a way out", c.line, f.Rule.ID)
			}
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s: got %q, want %q", c.line, s, c.want)
		}
	}
}

var good = []string{
	"成本|经济成本|公里日常养护成本|≤0.81万元/公里|20",
	"产出|数量|农村公路列养里程|≥386公里|15",
	"产出|质量|农村公路养护验收合格率|≥95%|10",
	"产出|时效|路面病害处治及时率|≥95%|15",
	"效益|社会|农村公路优良中等路率|≥85%|20",
	"满意|对象|沿线群众满意度|≥90%|10",
}

// TestGood: a form as it should be is passed.
func TestGood(t *testing.T) {
	o := rulesFor(t).Review(formOf(good...), Context{})
	if len(o.Findings) > 0 || o.Points != 100 || o.Grade != "优" || o.Advice != "通过" {
		t.Errorf("points %g %s %s, findings %+v", o.Points, o.Grade, o.Advice, o.Findings)
	}
	if len(o.Checks) != len(rulesFor(t).All()) {
		t.Errorf("%d checks for %d rules", len(o.Checks), len(rulesFor(t).All()))
	}
	for _, c := range o.Checks {
		if c.Answer == Unchecked && c.Why == "" || c.Answer == Found {
			t.Errorf("%s: %s without a reason", c.Rule.ID, c.Answer)
		}
	}
}

// change returns good with the line i put in place of the one there; an empty
// line drops it.
func change(i int, line string) []string {
	out := slices.Clone(good)
	if line == "" {
		return slices.Delete(out, i, i+1)
	}
	out[i] = line
	return out
}

// TestForms: what is about the form as a whole.
func TestForms(t *testing.T) {
	rules := rulesFor(t)
	last := formOf(good...)
	last.Year.Value = 2024
	last.Goal = text("2024年对全县县道乡道三百八十六公里农村公路开展日常养护和小修保养。")
	sameGoal := func(f *yardstick.Form) {
		f.Goal = text("2025年对全县县道乡道三百八十六公里农村公路开展日常养护和小修保养。")
	}
	for _, c := range []struct {
		name  string
		lines []string
		edit  func(*yardstick.Form)
		ctx   Context
		want  string // rules with severity's first letter
	}{
		{name: "as it should be", lines: good},
		{name: "weights add up to 85", lines: change(0, "成本|经济成本|公里日常养护成本|≤0.81万元/公里|15"), want: "D-09m"},
		{name: "a weight is missing", lines: change(0, "成本|经济成本|公里日常养护成本|≤0.81万元/公里"), want: "D-09m"},
		{name: "one weighs 40", lines: []string{good[0], "产出|数量|农村公路列养里程|≥386公里|40", "产出|质量|农村公路养护验收合格率|≥95%|0", "产出|时效|路面病害处治及时率|≥95%|0", good[4], good[5]}, want: "D-09w D-09w D-09w"},
		{name: "no weights at all", lines: []string{"成本|经济成本|公里日常养护成本|≤0.81万元/公里", "产出|数量|农村公路列养里程|≥386公里", "产出|质量|养护验收合格率|≥95%", "产出|时效|病害处治及时率|≥95%", "效益|社会|优良中等路率|≥85%", "满意|对象|沿线群众满意度|≥90%"}},
		{name: "the frame says 90 with other classes", lines: good, ctx: Context{Frame: &Frame{Classes: map[string]float64{"成本指标": 20, "产出指标": 50, "效益指标": 10, "满意度指标": 10}, Total: 90}}, want: "D-09w D-09w"},
		{name: "weights of each class add up to 100", lines: []string{"产出|数量|农村公路列养里程|≥386公里|30", "产出|质量|农村公路养护验收合格率|≥95%|30", "产出|时效|路面病害处治及时率|≥95%|30",
			"产出|旧成本|公里日常养护成本|≤0.81万元/公里|10", "效益|社会|农村公路优良中等路率|≥85%|100", "满意|对象|沿线群众满意度|≥90%|100"}},
		{name: "the budget is a sentence", lines: good, edit: func(f *yardstick.Form) {
			f.Budget = yardstick.Budget{FullYear: yardstick.Number{Raw: "约300万元（含上年结转）"}}
		}, want: "D-17w"},
		{name: "twice the same", lines: append(slices.Clone(good[:5]), "产出|质量|农村公路养护验收合格率|≥95%|10"), want: "D-10w"},
		{name: "twice the same but for the word of counting", lines: append(slices.Clone(good[:5]), good[5], "产出|数量|农村公路列养里程数量|≥400公里"), edit: func(f *yardstick.Form) {
			for i := range f.Lines {
				f.Lines[i].Weight = yardstick.Number{}
			}
		}, want: "D-10w"},
		{name: "no effect", lines: change(4, "产出|数量|农村公路保洁里程|≥386公里|20"), want: "D-11m"},
		{name: "no quality", lines: change(2, "产出|数量|小修保养面积|≥386平方米|10"), want: "D-11w"},
		{name: "no satisfaction, nobody served", lines: change(5, "产出|数量|小修保养面积|≥386平方米|10")},
		{name: "no satisfaction, people served", lines: change(5, "产出|数量|小修保养面积|≥386平方米|10"),
			edit: func(f *yardstick.Form) {
				f.Goal = text("对农村公路386公里开展日常养护，方便群众出行。")
			}, want: "D-11w"},
		{name: "no satisfaction, the type has no recipients", lines: change(5, "产出|数量|小修保养面积|≥386平方米|10"),
			edit: func(f *yardstick.Form) {
				f.Goal = text("对农村公路386公里开展日常养护，方便群众出行。")
			}, ctx: Context{Type: &library.Type{Name: "公路养护"}}},
		{name: "three indicators", lines: []string{"产出|数量|列养里程|≥386公里", "产出|时效|处治及时率|≥95%", "效益|社会|优良路率|≥85%"}, want: "D-11w"},
		{name: "no indicator", lines: nil, want: "D-11m"},
		{name: "unit cost over the year's budget", lines: change(0, "成本|经济成本|公里日常养护成本|≤1.81万元/公里|20"), want: "D-07m"},
		{name: "unit cost a year over the year's budget", lines: change(0, "成本|经济成本|公里日常养护成本|≤1.81万元/公里/年|20"), want: "D-07m"},
		{name: "unit cost a year within it", lines: change(0, "成本|经济成本|公里日常养护成本|≤0.8万元/公里/年|20")},
		{name: "unit cost a month can't be told for a year", lines: change(0, "成本|经济成本|公里日常养护成本|≤1.81万元/公里/月|20")},
		{name: "unit cost over it in a project of years", lines: change(0, "成本|经济成本|公里日常养护成本|≤1.81万元/公里|20"),
			edit: func(f *yardstick.Form) { f.Goal = text("2025—2027年对农村公路386公里开展养护。") }},
		{name: "ten times the money in a project of years", lines: change(0, "成本|经济成本|公里日常养护成本|≤9.81万元/公里|20"),
			edit: func(f *yardstick.Form) { f.Goal = text("2025—2027年对农村公路386公里开展养护。") }, want: "D-07m"},
		{name: "the year in which the goal says it ends", lines: change(3, "产出|时效|养护工程竣工时间|2027年8月31日前|15"),
			edit: func(f *yardstick.Form) { f.Goal = text("2025—2027年对农村公路386公里开展养护。") }},
		{name: "unit cost in the wrong unit", lines: change(0, "成本|经济成本|公里日常养护成本|≤0.81元/公里|20"), want: "D-07w"},
		{name: "unit cost of a part", lines: change(0, "成本|经济成本|公里日常养护成本|≤0.1万元/公里|20")},
		{name: "treasury and others add up to more", lines: good, edit: func(f *yardstick.Form) {
			f.Budget.Funds = []yardstick.Fund{{Label: "年度资金总额", FullYear: f.Budget.FullYear}, {Label: "其中：财政拨款", FullYear: yardstick.Number{Value: 300, Known: true}}, {Label: "其他资金", FullYear: yardstick.Number{Value: 50, Known: true}}}
		}, want: "D-17m"},
		{name: "treasury and others add up", lines: good, edit: func(f *yardstick.Form) {
			f.Budget.Funds = []yardstick.Fund{{Label: "年度资金总额", FullYear: f.Budget.FullYear}, {Label: "其中：财政拨款", FullYear: yardstick.Number{Value: 300, Known: true}}, {Label: "其他资金", FullYear: yardstick.Number{Value: 12, Known: true}}}
		}},
		{name: "no goal", lines: good, edit: func(f *yardstick.Form) { f.Goal = yardstick.Text{} }, want: "D-14m"},
		{name: "a slogan", lines: good, edit: func(f *yardstick.Form) { f.Goal = text("深入贯彻会议精神，坚持以人民为中心。") }, want: "D-14w"},
		{name: "slogans with verbs", lines: good, edit: func(f *yardstick.Form) {
			f.Goal = text("加强公路服务能力建设，不断提升公路服务水平，推动交通事业高质量发展。")
		}, want: "D-14w"},
		{name: "an effect with a figure", lines: good, edit: func(f *yardstick.Form) { f.Goal = text("提升农村公路386公里通行能力。") }, want: ""},
		{name: "a placeholder", lines: good, edit: func(f *yardstick.Form) { f.Goal = text("（请填写项目实施后预期达到的总体目标）") }, want: "D-14m"},
		{name: "an old year", lines: good, edit: func(f *yardstick.Form) { f.Goal = text("2023年对农村公路386公里开展日常养护。") }, want: "D-14w"},
		{name: "a year to compare with", lines: good, edit: func(f *yardstick.Form) {
			f.Goal = text("对农村公路386公里开展日常养护，好路率较2023年提高。")
		}, want: ""},
		{name: "a project of several years", lines: good, edit: func(f *yardstick.Form) {
			f.Goal = text("2023年至2026年对农村公路386公里开展日常养护。")
		}, want: ""},
		{name: "a standard, an effect and management", lines: good, edit: func(f *yardstick.Form) {
			f.Goal = text("对农村公路386公里开展日常养护，每人每年补助300元，总工期180天，维护村民合法权益，落实安全责任制，召开协调会。")
		}, want: ""},
		{name: "an effect that is no slogan", lines: good, edit: func(f *yardstick.Form) { f.Goal = text("保障公路日常通行运转。") }, want: ""},
		{name: "a task without an indicator", lines: good, edit: func(f *yardstick.Form) { f.Goal = text("对农村公路386公里开展列养，疏通边沟。") }, want: "D-14w"},
		{name: "goal in other words", lines: good, edit: func(f *yardstick.Form) { f.Goal = text("修剪行道树。") }},
		{name: "no budget", lines: good, edit: func(f *yardstick.Form) { f.Budget = yardstick.Budget{} }, want: "D-17m"},
		{name: "a part above the sum", lines: good, edit: func(f *yardstick.Form) {
			f.Budget.Funds = []yardstick.Fund{{Label: "年度资金总额", FullYear: f.Budget.FullYear}, {Label: "其中：财政拨款", FullYear: yardstick.Number{Value: 400, Known: true}}}
		}, want: "D-17m"},
		{name: "parts below the sum", lines: good, edit: func(f *yardstick.Form) {
			f.Budget.Funds = []yardstick.Fund{{Label: "年度资金总额", FullYear: f.Budget.FullYear}, {Label: "其中：财政拨款", FullYear: yardstick.Number{Value: 200, Known: true}}, {Label: "其他资金", FullYear: yardstick.Number{Value: 100, Known: true}}}
		}, want: "D-17w"},
		{name: "parts within parts", lines: good, edit: func(f *yardstick.Form) {
			f.Budget.Funds = []yardstick.Fund{{Label: "年度资金总额", FullYear: f.Budget.FullYear}, {Label: "其中：财政拨款", FullYear: yardstick.Number{Value: 312, Known: true}}, {Label: "中央补助", FullYear: yardstick.Number{Value: 112, Known: true}}}
		}},
		{name: "cost above the budget", lines: change(0, "成本|经济成本|项目总成本|≤400万元|20"), want: "D-07m"},
		{name: "price times quantity above the budget", lines: change(0, "成本|经济成本|公里日常养护成本|≤0.9万元/公里|20"), want: "D-07m"},
		{name: "as last year", lines: good, edit: sameGoal, ctx: Context{Last: &last}, want: "D-12w D-12w"},
		{name: "as last year but for a value", lines: change(2, "产出|质量|农村公路养护验收合格率|≥96%|10"), edit: sameGoal, ctx: Context{Last: &last}, want: "D-12w"},
		{name: "all targets empty", lines: []string{"产出|数量|列养里程|", "产出|时效|处治及时率|", "效益|社会|优良路率|", "产出|质量|验收合格率|"}, want: "D-11w D-16m"},
	} {
		f := formOf(c.lines...)
		if c.edit != nil {
			c.edit(&f)
		}
		o := rules.Review(f, c.ctx)
		var got []string
		for _, x := range o.Findings {
			got = append(got, x.Rule.ID+string(x.Severity[0]))
		}
		slices.Sort(got)
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s: got %q, want %q", c.name, s, c.want)
			for _, x := range o.Findings {
				t.Logf("   %s %s", x.Rule.ID, x.Why)
			}
		}
		if c.want == "" != (o.Points == 100) && len(c.lines) > 3 {
			t.Errorf("%s: %g points", c.name, o.Points)
		}
	}
}

// TestOpinion: the opinion follows the findings.
func TestOpinion(t *testing.T) {
	rules := rulesFor(t)
	nonsense := make([]string, 9)
	for i := range nonsense {
		nonsense[i] = "产出|数量|88|100"
	}
	for _, c := range []struct {
		lines         []string
		grade, advice string
	}{
		{good, "优", "通过"},
		{change(5, "满意|对象|沿线群众满意度|≤90%|10"), "良", "完善后通过"}, // one thing that must be put right
		{[]string{"成本|经济成本|成本|合理|20", good[1], "产出|质量|养护质量|较好|10", "产出|时效|完成时间|及时|15", "效益|社会|通行能力|有效提升|20", "满意|对象|沿线群众满意度|较高|10"}, "良", "修改后再报"},
		{[]string{good[0], good[1], good[2], good[3], "效益|社会|通行能力|有效提升|20", good[5]}, "优", "通过"}, // one of six
		{change(0, "成本|经济成本|公里日常养护成本|≤1.62万元/公里|20"), "良", "修改后再报"},                              // twice the money
		{change(0, "成本|经济成本|公里日常养护成本|≤0.97万元/公里|20"), "良", "完善后通过"},
		{nonsense, "差", "不予通过"},
		{nil, "差", "不予通过"},
	} {
		o := rules.Review(formOf(c.lines...), Context{})
		if o.Grade != c.grade || o.Advice != c.advice {
			t.Errorf("%q: %g %s %s, want %s %s", c.lines, o.Points, o.Grade, o.Advice, c.grade, c.advice)
		}
	}
}

// TestMarks: points are those of the items, and more findings never give more.
func TestMarks(t *testing.T) {
	rules := rulesFor(t)
	bad := []string{"效益|社会|群众投诉率|≥5%", "产出|数量|培训人数|200", "满意|对象|社会满意度|100%", "产出|质量|公路养护覆盖率|≥105%", "效益|社会|提升通行能力|有效提升", "产出|数量|88|100"}
	rapid.Check(t, func(t *rapid.T) {
		lines := slices.Clone(good)
		for _, at := range rapid.SliceOfN(rapid.IntRange(0, 5), 0, 6).Draw(t, "bad") {
			lines[at] = bad[at] + "|" + strings.Split(good[at], "|")[4]
		}
		o := rules.Review(formOf(lines...), Context{})
		sum := 0.0
		for _, m := range o.Marks {
			sum += m.Points
			if m.Points > m.Item.Points || m.Grade == "" || m.Why == "" {
				t.Fatalf("mark %+v", m)
			}
		}
		if sum-o.Points > 0.051 || o.Points-sum > 0.051 {
			t.Fatalf("marks add up to %g, points %g", sum, o.Points)
		}
		if o.Points == 100 != (len(o.Findings) == 0) {
			t.Fatalf("%g points with %d findings", o.Points, len(o.Findings))
		}
		again := rules.Review(formOf(lines...), Context{})
		if !reflect.DeepEqual(again, o) {
			t.Fatal("the same form gives another opinion")
		}
	})
}
