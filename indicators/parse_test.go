package indicators_test

import (
	"encoding/json"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"yardstick/indicators"
)

// FuzzParse checks that Parse takes anything without panicking, that String is
// its inverse but for Raw, that no number is made of text without digits, and
// that the JSON form can be written and read back.
func FuzzParse(f *testing.F) {
	for _, s := range []string{
		"≥95%", "004 >= 20 次", "100%1000件", "每亩300", "2021.1.1-12.31", "-5%-0", "1;1;1;1;1;1;1", "2810810", "44,561",
		"优100% 良90% 中85% 差85%", "困难台胞432人、高龄台胞1792人", "≥**人", "290%", "3M.8万元", "5=50%", "±3%以内", "20xx年",
		"控制在0.9‰以内", "每生每年补助500元", "百分之九十五", "两百零五个", "400元/人、天", "≥80%且≤90%", "1e9999", "NaN", "\xff\xfe", "９５％",
		"12月底前100%到位", "2019年元月至2019年12月", "故障发生后一周内", "(≥**株)>=17600株", "≥10万件(册)", "/", "=/年", "1-1-1", "0001年",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		v := indicators.Parse(s)
		if v.Raw != s {
			t.Fatalf("Parse(%q).Raw = %q", s, v.Raw)
		}
		if again := indicators.Parse(v.String()); !again.Equal(v) {
			t.Fatalf("Parse(%q) = %s; its String %q parses as %s", s, describe(v), v, describe(again))
		}
		if v.Numeric() {
			if math.IsNaN(v.Low) || math.IsNaN(v.High) || v.Low > v.High {
				t.Fatalf("Parse(%q) has bounds %g to %g", s, v.Low, v.High)
			}
			if !strings.ContainsAny(s, "0123456789０１２３４５６７８９一二两三四五六七八九十百") {
				t.Fatalf("Parse(%q) made a number of a text without digits: %s", s, describe(v))
			}
		}
		data, err := json.Marshal(v)
		if err != nil {
			t.Fatalf("marshal %q: %v", s, err)
		}
		var back indicators.Value
		if err := json.Unmarshal(data, &back); err != nil {
			t.Fatalf("unmarshal %s: %v", data, err)
		}
		indicators.ParseTimed(s)
		indicators.ParseNamed(s, s)
		indicators.ParseParts(s, s, s)
	})
}

// TestParseInverse checks on random well-formed values that Parse reads back
// what String writes, figures and units included.
func TestParseInverse(t *testing.T) {
	comparisons := []indicators.Comparison{indicators.None, indicators.AtLeast, indicators.AtMost, indicators.Above, indicators.Below, indicators.Equal}
	units := []string{"", "%", "‰", "人", "万元", "亿元", "元/人/月", "次/10万公顷", "平方米", "个月", "年", "户", "个", "倍", "hm", "种次"}
	rapid.Check(t, func(t *rapid.T) {
		c := rapid.SampledFrom(comparisons).Draw(t, "comparison")
		x := math.Round(rapid.Float64Range(-1e9, 1e12).Draw(t, "x")*1e4) / 1e4
		if x == 0 {
			x = 0 // no negative zero
		}
		u := indicators.UnitOf(rapid.SampledFrom(units).Draw(t, "unit"))
		v := indicators.Value{Kind: indicators.Number, Comparison: c, Low: x, High: x, Unit: u}
		switch c {
		case indicators.AtLeast, indicators.Above:
			v.High = math.Inf(1)
		case indicators.AtMost, indicators.Below:
			v.Low = math.Inf(-1)
		}
		got := indicators.Parse(v.String())
		if got.Kind == indicators.Date && u.Name == "年" {
			return // 2021年 is a date by its own rule
		}
		got.Damage = "" // hm is flagged on reading
		if !got.Equal(v) {
			t.Fatalf("Parse(%q) = %s, want %s", v, describe(got), describe(v))
		}
	})
}

// TestParse holds the spellings of published forms and others of their kind that
// the collected forms lack.
func TestParse(t *testing.T) {
	for raw, want := range map[string]string{ // canonical spelling and kind
		"≥９５％":                "≥95% number",
		"大于或等于 95 ％":          "≥95% number",
		"不少于12种":              "≥12种 number",
		"》=95%":               "≥95% number",
		"=>95%":               "≥95% number",
		"＝＝3个":                "=3个 number",
		"8个以上":                "≥8个 number",
		"100人（含）以上":           "≥100人 number",
		"5%（含）以下":             "≤5% number",
		"95%及以上人员":            "≥95% number",
		"控制在100万元以内":          "≤100万元 number",
		"严格控制在100万元":          "≤100万元 number",
		"保持在95%以上":            "≥95% number",
		"至少全年完成2次宣传":          "≥2次 number",
		"=100百分比":             "=100% number",
		"30,223,400":          "30223400 number",
		"330，000.00元":         "330000元 number",
		"1 000元":              "1 000元 text",
		"250万":                "250万 number",
		"≤620万/月":             "≤620万/月 number",
		"530元/人*月":            "530元/人/月 number",
		"500元每人每月":            "500元/人/月 number",
		"10320/年":             "10320/年 number",
		"每年2次":                "2次/年 number",
		"每季度不少于1次":            "≥1次/季度 number",
		"每亩补助300元":            "300元/亩 number",
		"每亩300":               "每亩300 text",
		"-5%-0":               "-5~0% range",
		"10万-20万元":            "10~20万元 range",
		"80%～90%":             "80~90% range",
		"≥80%且≤90%":           "80~90% range",
		"90-80%":              "90-80% text",
		"5至10人":               "5~10人 range",
		"误差±5%以内":             "±5% tolerance",
		"偏差控制在±5%以内":          "±5% tolerance",
		"三个":                  "3个 number",
		"两次以上":                "≥2次 number",
		"一百零五人":               "105人 number",
		"两百五":                 "两百五 text",
		"一般":                  "一般 level",
		"百分之九十五":              "95% number",
		"百分之百":                "100% number",
		"故障发生后一周内":            "≤1周 number",
		"10个工作日内":             "≤10个工作日 number",
		"<24小时":               "<24小时 number",
		"5个月":                 "5个月 number",
		"≤6月":                 "≤6个月 number",
		"5月":                  "5月 date",
		"12月底前100%到位":         "12月31日前；100% list",
		"年底前":                 "12月31日前 date",
		"2025年年底前":            "2025年12月31日前 date",
		"2021-12-31":          "2021年12月31日 date",
		"2021/6/30前":          "2021年6月30日前 date",
		"20211231":            "2021年12月31日 date",
		"2021-12":             "2021年12月 date",
		"2021.12":             "2021.12 number",
		"2021年2月30日":          "2021年2月30日 text",
		"2020年1月--2020年11月":   "2020年1月至2020年11月 period",
		"2023.07-2024.01":     "2023年7月至2024年1月 period",
		"2020.1.1-2020.12.31": "2020年1月1日至2020年12月31日 period",
		"2023年1-12月":          "2023年1月至2023年12月 period",
		"1-12月":               "1月至12月 period",
		"2021-2023年":          "2021年至2023年 period",
		"2023年上半年":            "2023年1月1日至2023年6月30日 period",
		"3-6":                 "3~6 range",
		"1;1;1;1;1;1;1":       "1；1；1；1；1；1；1 list",
		"建筑面积2.6万平方米,展示面积1万平方米": "建筑面积2.6万平方米；展示面积1万平方米 list",
		"困难台胞432人、高龄台胞1792人":    "困难台胞432人；高龄台胞1792人 list",
		"100%\n1000件":           "100%；1000件 list",
		"5 10 15":               "5 10 15 text",
		"已完成100%":               "100% number",
		"提高到95%":                "95% number",
		"满意度≥95%":               "≥95% number",
		"成本节约率≥5%":              "≥5% number",
		"不合格率≤1%":               "≤1% number",
		"增长5%":                  "增长5% text",
		"较上年减少5个":               "较上年减少5个 text",
		"其中残疾人5人":               "其中残疾人5人 text",
		"约100人":                 "约100人 text",
		"100人左右":                "100人左右 text",
		"20余人":                  "20余人 text",
		"100多人":                 "100多人 text",
		"预计完成100人":              "预计完成100人 text",
		"3个未完成":                 "3个未完成 text",
		"≤95%以上":                "≤95%以上 text",
		"第3名":                   "第3名 text",
		"1:3":                   "1:3 text",
		"1.2.3":                 "1.2.3 text",
		"A级3个":                  "3个 number",
		"20xx年":                 "20xx年 placeholder",
		"****年**月底":             "****年**月底 placeholder",
		"≥**批次":                 "≥**批 placeholder",
		"≧ %":                   "≥**% placeholder",
		"公里":                    "**公里 placeholder",
		"★…(≥**株)>=17600株":      "≥17600株 number",
		"":                      " empty",
		" — ":                   " empty",
		"……":                    " empty",
		"否":                     "否 yes_no",
		"优良":                    "优良 level",
		"应改尽改":                  "应改尽改 level",
		"≥5000人·天":              "≥5000人·天 number",
		"2023-01-01至2023-12-31": "2023年1月1日至2023年12月31日 period",
		"2023年度":                "2023年1月1日至2023年12月31日 period",
		"6月份":                   "6月 date",
		"2022年、2023年":           "2022年、2023年 text",
		"2023年春季":               "2023年春季 text",
		"1.100%":                "1.100% text",
		"3/5个":                  "3/5个 text",
		"100%/95%":              "100%/95% text",
		"5期/200人":               "5期/200人 text",
		"三级甲等":                  "三级甲等 text",
		"1、完成3个；2、完成5个":         "1、完成3个；2、完成5个 text",
		"误差不超过5%":               "≤5% number",
		"12,34":                 "12,34 text",
		"9 5%":                  "9 5% text",
		"10Gbps":                "10Gbps number",
		"1季度":                   "1季度 text",
		"≥1季度":                  "≥1个季度 number",
		"人均100元":                "100元/人 number",
		"合同签订后30日内":             "≤30天 number",
		"☑是□否":                  "☑是□否 yes_no",
		"优(90-100)良(80-90)中(60-80)差(60以下)": "优90~100；良80~90；中60~80；差≤60 tiers",
		"达标/不达标":        "达标/不达标 level",
		"100O":          "100O text",
		"#DIV/0!":       "#DIV/0! text",
		"null":          " empty",
		"≥80%或提升≥5个百分点": "≥80%或提升≥5个百分点 text",
		"20人（其中女10人）":   "20人（其中女10人） text",
		"7×24小时":        "7×24小时 text",
		"≥95%（含）":       "≥95% number",
		"1年半":           "1年半 text",
		"一次性":           "一次性 text",
		"一类":            "一类 text",
		"GB/T 19001":    "GB/T 19001 text",
		"满意度95":         "95 number",
		"每年12月底前":       "12月31日前 date",
		"≥1200人、≤1500人": "1200~1500人 range",
		"2810810":       "2810810 text",
		"2312222":       "2312222 text",
		"工5%":           "工5% text",
		"二100":          "二100 text",
		"%=99百分比":       "%=99百分比 text",
		"290$":          "290$ text",
		"^80%":          "^80% text",
		"5=50%":         "5=50% text",
		"1O0%":          "1O0% text",
		"≥290%":         "≥290% number",
		"129.5%":        "129.5% number",
		"200%":          "200% number",
		"nan":           "nan text",
		"0x10":          "0x10 text",
		"1e5":           "1e5 text",
	} {
		v := indicators.Parse(raw)
		if got := v.String() + " " + string(v.Kind); got != want {
			t.Errorf("Parse(%q) = %s, want %s\n%s", raw, got, want, describe(v))
		}
		if v.Kind == indicators.Text && v.Reason == "" {
			t.Errorf("Parse(%q) is text without a reason", raw)
		}
	}
}

func TestParseDamage(t *testing.T) {
	for raw, want := range map[string]string{
		"290%": "≥90%", "292%": "≥92%", "工5%": "≥5%", "二100": "=100", "5=50%": "≥50%", "^80%": "≥80%",
		"%=99百分比": "识别错误", "3M.8万元": "识别错误", "290$": "识别错误", "9O%": "识别错误",
	} {
		v := indicators.Parse(raw)
		if v.Kind != indicators.Text || !strings.Contains(v.Damage, want) {
			t.Errorf("Parse(%q) = %s, want text with damage %q", raw, describe(v), want)
		}
	}
	if v := indicators.ParseParts("=", "292", "%"); v.Kind != indicators.Text || v.Damage == "" || v.Raw != "=292%" {
		t.Errorf("ParseParts(=, 292, %%) = %s, want flagged text", describe(v))
	}
}

func TestParseParts(t *testing.T) {
	for _, c := range []struct{ op, number, unit, raw, want string }{
		{"≥", "95", "%", "≥95%", "≥95% number"},
		{"004 >=", "20", "次", "004 >=20次", "≥20次 number"},
		{"=", "100", "%达标", "=100%达标", "=100% number"},
		{"=", "11", "月底之前", "=11月底之前", "11月30日前 date"},
		{"=", "2019", "年元月至2019年12月", "=2019年元月至2019年12月", "=2019年1月至2019年12月 period"},
		{"定性", "有效提升", "", "有效提升", "有效提升 level"},
		{"定性", "大于等于98%", "", "大于等于98%", "≥98% number"},
		{"定性", "", "", "", " empty"},
		{"定性", "优良中低差", "", "优良中低差", "优良中低差 level"},
		{"≥", "95%", "%", "≥95%%", "≥95% number"},
		{"≥", "≥95", "%", "≥≥95%", "≥95% number"},
		{"≤", "20万", "元", "≤20万元", "≤20万元 number"},
		{"=", "1", "元/人", "=1元/人", "=1元/人 number"},
		{"≥", "100", "百分比", "≥100百分比", "≥100% number"},
		{"大于等于", "3", "个", "大于等于3个", "≥3个 number"},
		{"≤", "2023年12月", "年月", "≤2023年12月年月", "2023年12月前 date"},
		{"=", "合格", "级", "=合格级", "合格 level"},
		{"", "", "公里", "公里", " empty"},
		{"≥", "", "人", "≥人", "≥**人 placeholder"},
		{"≥", "2810810", "元", "≥2810810元", "≥2810810元 number"},
		{"", "", "", "", " empty"},
	} {
		v := indicators.ParseParts(c.op, c.number, c.unit)
		if got := v.String() + " " + string(v.Kind); v.Raw != c.raw || !(got == c.want || v.Kind == indicators.Level && strings.HasSuffix(c.want, "level")) {
			t.Errorf("ParseParts(%q, %q, %q) = raw %q, %s, want raw %q, %s", c.op, c.number, c.unit, v.Raw, describe(v), c.raw, c.want)
		}
	}
}

func TestParseNamed(t *testing.T) {
	for _, c := range []struct {
		name, target, want string
		taken              bool
	}{
		{"贫困地区旅游景点开发数量( ≥**个 )", ">=4个", "≥4个", false},
		{"苗木成活率(≥**%)", ">=85", "≥85%", true},
		{"苗木成活率(≥**%)", "85", "≥85%", true},
		{"游客满意度≥**%", "85", "≥85%", true},
		{"人员经费(单位：万元)", "85.5", "85.5万元", true},
		{"单位成本(万美元)", "20000", "20000万美元", true},
		{"保障在职职工人数(人)", "63", "63人", true},
		{"工资发放准确性(%)", "100", "100%", true},
		{"优秀比例不超过20%", "", "≤20%", true},
		{"质量达标率100%", "/", "100%", true},
		{"建设项目个数(含续建)", "3", "3", false},
		{"培训人次", "", "", false},
		{"2020年任务完成情况", "", "", false},
		{"农产品抽检数量(批次)", "2810810", "2810810批", true},
		{"满意度(%)", "290", "290", true},
	} {
		v, taken := indicators.ParseNamed(c.name, c.target)
		if v.String() != c.want || (taken != "") != c.taken || v.Raw != c.target {
			t.Errorf("ParseNamed(%q, %q) = %s (raw %q), taken %q, want %q, %t", c.name, c.target, describe(v), v.Raw, taken, c.want, c.taken)
		}
	}
}

func TestParseTimed(t *testing.T) {
	for raw, want := range map[string]string{
		"44,561": "2021年12月31日", "44561": "2021年12月31日", "2021.12": "2021年12月", "202112": "2021年12月", "100%": "100%", "12": "12", "44561元": "44561元",
	} {
		if v := indicators.ParseTimed(raw); v.String() != want {
			t.Errorf("ParseTimed(%q) = %s, want %s", raw, v, want)
		}
	}
	if v := indicators.ParseSerial("12/31/21", 44561); v.To != (indicators.CalendarDate{Year: 2021, Month: 12, Day: 31}) {
		t.Errorf("ParseSerial(44561) = %s, want 2021-12-31", v)
	}
}

// TestParseLong checks that a very long cell is not analysed.
func TestParseLong(t *testing.T) {
	if v := indicators.Parse(strings.Repeat("100%1000件", 1000)); v.Kind != indicators.Text {
		t.Errorf("a cell of prose is %s, want text", v.Kind)
	}
}

func BenchmarkParse(b *testing.B) {
	for _, s := range []string{"≥95%", "100%", "12个", "20万元", "≥ 95 %", "2021年12月底前", "效果明显", "困难台胞432人、高龄台胞1792人", "严格按照预算标准1000元/人给补助对象兑付补助"} {
		b.Run(s, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				indicators.Parse(s)
			}
		})
	}
}

func TestYes(t *testing.T) {
	for raw, want := range map[string][2]bool{"是": {true, true}, "否": {false, true}, "□是 ☑否": {false, true}, "建立与否": {false, false}, "好": {false, false}} {
		if yes, ok := indicators.Parse(raw).Yes(); yes != want[0] || ok != want[1] {
			t.Errorf("Parse(%q).Yes() = %t, %t, want %v", raw, yes, ok, want)
		}
	}
}

func TestUnitOf(t *testing.T) {
	for name, want := range map[string]indicators.Unit{
		"百分比":     {Name: "%", Dimension: "rate", Scale: 0.01},
		"万元":      {Name: "万元", Dimension: "money", Scale: 1e4},
		"元/人*月":   {Name: "元/人/月", Dimension: "money/people/months", Scale: 1},
		"次/10万公顷": {Name: "次/10万公顷", Dimension: "times/area", Scale: 1e-9},
		"㎡":       {Name: "平方米", Dimension: "area", Scale: 1},
		"hm":      {Name: "hm", Dimension: indicators.Unknown},
		"":        {},
	} {
		got := indicators.UnitOf(name)
		if got.Name != want.Name || got.Dimension != want.Dimension || math.Abs(got.Scale-want.Scale) > 1e-12*want.Scale {
			t.Errorf("UnitOf(%q) = %+v, want %+v", name, got, want)
		}
	}
}

func TestValueJSON(t *testing.T) {
	for raw, want := range map[string]string{
		"≥95%":   `{"raw":"≥95%","kind":"number","comparison":"≥","low":95,"high":null,"unit":"%"}`,
		"0-5%":   `{"raw":"0-5%","kind":"range","comparison":null,"low":0,"high":5,"unit":"%"}`,
		"效果明显":   `{"raw":"效果明显","kind":"level","comparison":null,"low":null,"high":null,"unit":null}`,
		"2021年底": `{"raw":"2021年底","kind":"date","comparison":null,"low":null,"high":null,"unit":null}`,
		"/":      `{"raw":"/","kind":"empty","comparison":null,"low":null,"high":null,"unit":null}`,
		"":       `null`,
	} {
		v := indicators.Parse(raw)
		data, err := json.Marshal(v)
		if err != nil || !strings.Contains(strings.ReplaceAll(strings.ReplaceAll(string(data), "\u003c", "<"), "\u003e", ">"), want) {
			t.Errorf("json of %q = %s, %v, want %s", raw, data, err, want)
		}
		var back indicators.Value
		if err := json.Unmarshal(data, &back); err != nil || !back.Equal(v) || back.Raw != raw {
			t.Errorf("json of %q came back as %s, %v", raw, describe(back), err)
		}
	}
}

func BenchmarkParseParts(b *testing.B) {
	for _, p := range [][3]string{{"≥", "95", "%"}, {"=", "20", "万元"}, {"定性", "有效提升", ""}} {
		b.Run(strings.Join(p[:], ""), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				indicators.ParseParts(p[0], p[1], p[2])
			}
		})
	}
}
