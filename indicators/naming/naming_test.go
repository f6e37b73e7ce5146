package naming_test

import (
	"math"
	"slices"
	"strings"
	"testing"
	"testing/quick"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"yardstick/indicators/library"
	"yardstick/indicators/naming"
)

// shelf is a small library whose neighbours are easily confused.
func shelf() []library.Entry {
	e := func(id, name, aliases, l1, l2, sector, unit string) library.Entry {
		one := library.Entry{ID: id, Name: name, Level1: l1, Level2: l2, Sector: sector, Unit: unit}
		if aliases != "" {
			one.Aliases = strings.Split(aliases, "；")
		}
		return one
	}
	const out, eff, sat, cost = "产出指标", "效益指标", "满意度指标", "成本指标"
	return []library.Entry{
		e("c01", "服务对象满意度", "受益对象满意度", sat, "服务对象满意度指标", "共性", "%"),
		e("c02", "资金拨付及时率", "资金支付及时率；资金到位及时率", out, "时效指标", "共性", "%"),
		e("c03", "资金到位率", "资金落实率", out, "时效指标", "共性", "%"),
		e("c04", "项目（工程）验收合格率", "验收合格率；工程验收合格率", out, "质量指标", "共性", "%"),
		e("c05", "项目总成本", "项目成本；总投资", cost, "经济成本指标", "共性", "万元"),
		e("c06", "培训人次", "培训人数", out, "数量指标", "共性", "人次"),
		e("c07", "培训班次", "举办培训班期数；培训次数", out, "数量指标", "共性", "期"),
		e("c08", "设备购置数量", "购置设备数量；设备采购数量", out, "数量指标", "共性", "台（套）"),
		e("c09", "设备验收合格率", "购置设备验收合格率", out, "质量指标", "共性", "%"),
		e("c10", "政策知晓率", "群众知晓率", eff, "社会效益指标", "共性", "%"),
		e("e01", "学生满意度", "", sat, "服务对象满意度指标", "教育", "%"),
		e("e02", "家长满意度", "学生家长满意度", sat, "服务对象满意度指标", "教育", "%"),
		e("e03", "受资助学生人数", "学生资助人数", out, "数量指标", "教育", "人"),
		e("t01", "农村公路养护里程", "道路养护里程；养护里程", out, "数量指标", "交通运输", "公里"),
		e("t02", "新建（改建）公路里程", "道路建设里程", out, "数量指标", "交通运输", "公里"),
		e("t03", "公交准点率", "公交正点率", out, "时效指标", "交通运输", "%"),
		e("a01", "苗木成活率", "种植作物成活率", out, "质量指标", "农林水", "%"),
		e("a02", "造林成活率", "苗木成活率", out, "质量指标", "城乡社区", "%"),
		e("a03", "农村自来水普及率", "自来水普及率", eff, "社会效益指标", "农林水", "%"),
		e("h01", "老旧小区改造户数", "小区改造户数", out, "数量指标", "住房保障", "户"),
		e("h02", "老旧小区改造小区数", "改造小区数量", out, "数量指标", "住房保障", "个"),
	}
}

func shelfMatcher(tb testing.TB, opt naming.Options) *naming.Matcher {
	tb.Helper()
	m, err := naming.New(shelf(), opt)
	if err != nil {
		tb.Fatal(err)
	}
	return m
}

func TestMatch(t *testing.T) {
	m := shelfMatcher(t, naming.Options{})
	for _, c := range []struct {
		name         naming.Name
		want, method string
	}{
		{naming.Name{Text: "指标1：资金到位率（%）"}, "c03", naming.Exact},
		{naming.Name{Text: "資金(zī)到位率"}, "c03", naming.Exact},
		{naming.Name{Text: "资金支付及时率"}, "c02", naming.Alias},
		{naming.Name{Text: "2023年资金到位率"}, "c03", naming.Exact},
		{naming.Name{Text: "★资金到位率(≥**%)"}, "c03", naming.Exact},
		// the same measure of another object is another concept
		{naming.Name{Text: "家长满意度", Sector: "教育"}, "e02", naming.Exact},
		{naming.Name{Text: "学生满意程度", Sector: "教育", Level1: "满意度指标", Unit: "%"}, "e01", naming.Fuzzy},
		// another measure of the same object is another concept
		{naming.Name{Text: "学生覆盖率", Sector: "教育", Unit: "%"}, "", naming.None},
		{naming.Name{Text: "自来水及时率", Sector: "农林水", Unit: "%"}, "", naming.None},
		{naming.Name{Text: "公路养护成本", Level2: "成本指标", Sector: "交通运输", Unit: "万元"}, "", naming.None},
		{naming.Name{Text: "资金利用率", Unit: "%"}, "", naming.None},
		{naming.Name{Text: "公路养护工人人数", Sector: "交通运输", Unit: "人"}, "", naming.None},
		// a general entry stands for a name that has none of its own
		{naming.Name{Text: "会议室音响设备验收合格率", Level2: "质量指标", Sector: "一般公共服务", Unit: "%"}, "c09", naming.Fuzzy},
		{naming.Name{Text: "工程质量验收合格率", Level2: "质量指标", Sector: "城乡社区", Unit: "%"}, "c04", naming.Fuzzy},
		// words of the form around the name
		{naming.Name{Text: "清河镇2023年农村公路养护里程12公里", Level2: "数量指标", Sector: "交通运输", Unit: "公里"}, "t01", naming.Fuzzy},
		{naming.Name{Text: "大石围小区老旧小区改造改造户数", Level2: "数量指标", Sector: "住房保障", Unit: "户"}, "h01", naming.Fuzzy},
		{naming.Name{Text: "完成设备采购数量", Level2: "数量指标", Unit: "台"}, "c08", naming.Fuzzy},
		// one spelling of two concepts: the sector decides
		{naming.Name{Text: "苗木成活率", Sector: "城乡社区", Unit: "%"}, "a02", naming.Alias},
		{naming.Name{Text: "苗木成活率", Sector: "农林水", Unit: "%"}, "a01", naming.Exact},
		// no names
		{naming.Name{Text: "质量指标"}, "", naming.None},
		{naming.Name{Text: "指标2：……"}, "", naming.None},
		{naming.Name{Text: "88"}, "", naming.None},
		{naming.Name{}, "", naming.None},
		{naming.Name{Text: "望新点胸艮必具"}, "", naming.None},
		{naming.Name{Text: "日本語プロジェクトの数"}, "", naming.None},
		{naming.Name{Text: strings.Repeat("资金", 10_000)}, "", naming.None},
	} {
		got := m.Match(c.name)
		if got.Entry != c.want || got.Method != c.method {
			t.Errorf("Match(%.60q): got %s %s (%.2f, %s; %v), want %s %s", c.name.Text, got.Entry, got.Method, got.Confidence, got.Reason, got.Alternatives, c.want, c.method)
		}
		for i, a := range got.Alternatives {
			if a.Entry == got.Entry || a.Reason == "" || i > 0 && a.Score > got.Alternatives[i-1].Score {
				t.Errorf("Match(%.60q): got alternative %+v after %+v", c.name.Text, a, got.Alternatives[:i])
			}
		}
		if got.Reason == "" {
			t.Errorf("Match(%.60q): got no reason", c.name.Text)
		}
		if got.Entry == "" && got.Confidence != 0 {
			t.Errorf("Match(%.60q): got confidence %g without an entry, want 0", c.name.Text, got.Confidence)
		}
	}
}

func TestMatchReason(t *testing.T) {
	m := shelfMatcher(t, naming.Options{})
	for _, c := range []struct {
		name naming.Name
		want string
	}{
		{naming.Name{Text: "资金到位率", Level2: "时效指标", Unit: "%"}, "与名称一致，类别、单位一致"},
		{naming.Name{Text: "资金落实率", Level2: "数量指标", Level1: "产出指标"}, "是“资金到位率”的别名"},
		{naming.Name{Text: "清河镇农村公路养护里程12公里", Level2: "数量指标", Sector: "交通运输", Unit: "公里"}, "去掉“12公里”“清河镇”后与“农村公路养护里程”只差说明性的字，类别、单位、功能分类一致"},
		{naming.Name{Text: "质量指标"}, "只写了指标的类别，没有写指标"},
		{naming.Name{Text: "望新点胸艮必具"}, "指标库里没有相近的指标"},
	} {
		if got := m.Match(c.name).Reason; got != c.want {
			t.Errorf("Match(%q): got reason %q, want %q", c.name.Text, got, c.want)
		}
	}
}

func TestNewErrors(t *testing.T) {
	for name, list := range map[string][]library.Entry{
		"no id":   {{Name: "甲率"}},
		"no name": {{ID: "1"}},
		"double":  {{ID: "1", Name: "甲率"}, {ID: "1", Name: "乙率"}},
	} {
		if _, err := naming.New(list, naming.Options{}); err == nil {
			t.Errorf("%s: got no error", name)
		}
	}
	m, err := naming.New(nil, naming.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got := m.Match(naming.Name{Text: "资金到位率"}); got.Method != naming.None {
		t.Errorf("empty library: got %+v, want none", got)
	}
}

func TestDecisions(t *testing.T) {
	m := shelfMatcher(t, naming.Options{})
	name := naming.Name{Text: "3.养护里程", Sector: "农林水"}
	if got := m.Match(name); got.Entry != "t01" {
		t.Fatalf("before: got %+v, want t01", got)
	}
	for _, c := range []struct {
		title        string
		list         naming.Decisions
		want, method string
	}{
		{"confirmed for every sector", naming.Decisions{{Key: "养护里程", Entry: "t02"}}, "t02", naming.Decided},
		{"confirmed for another sector", naming.Decisions{{Key: "养护里程", Sector: "教育", Entry: "t02"}}, "t01", naming.Alias},
		{"the sector's own wins", naming.Decisions{{Key: "养护里程", Sector: "农林水", Entry: "c01"}, {Key: "养护里程", Entry: "t02"}}, "c01", naming.Decided},
		{"the later wins", naming.Decisions{{Key: "养护里程", Entry: "c01"}, {Key: "养护里程", Entry: "t02"}}, "t02", naming.Decided},
		{"none of the library", naming.Decisions{{Key: "养护里程"}}, "", naming.Decided},
		{"any spelling of the key", naming.Decisions{{Key: "指标1：养护里程（公里）", Entry: "t02"}}, "t02", naming.Decided},
		{"an entry that is gone", naming.Decisions{{Key: "养护里程", Entry: "x99"}}, "t01", naming.Alias},
		{"rejected elsewhere", naming.Decisions{{Key: "养护里程", Sector: "教育", Entry: "t01", Rejected: true}}, "t01", naming.Alias},
		{"rejected, then confirmed", naming.Decisions{{Key: "养护里程", Entry: "t01", Rejected: true}, {Key: "养护里程", Entry: "t01"}}, "t01", naming.Decided},
	} {
		got := m.With(c.list).Match(name)
		if got.Entry != c.want || got.Method != c.method {
			t.Errorf("%s: got %s %s, want %s %s", c.title, got.Entry, got.Method, c.want, c.method)
		}
		if c.method == naming.Decided && got.Confidence != 1 {
			t.Errorf("%s: got confidence %g, want 1", c.title, got.Confidence)
		}
	}
	got := m.With(naming.Decisions{{Key: "养护里程", Entry: "t01", Rejected: true}}).Match(name)
	if got.Entry == "t01" || slices.ContainsFunc(got.Alternatives, func(c naming.Candidate) bool { return c.Entry == "t01" }) {
		t.Errorf("rejected: got %+v, want t01 nowhere", got)
	}
	if got := m.Match(name); got.Entry != "t01" {
		t.Errorf("With changed its Matcher: got %+v", got)
	}
}

func TestKey(t *testing.T) {
	for text, want := range map[string]string{
		"指标1：资金到位率（%）":        "资金到位率",
		"2023年度 资金 到位率":       "资金到位率",
		"2022-2024年资金到位率":     "资金到位率",
		"績(jī)效目標完成率":         "绩效目标完成率",
		"★★受益人数（≥**人）":        "受益人数",
		"项目（工程）验收合格率":         "项目工程验收合格率",
		"ＰＭ2.5浓度":             "pm25浓度",
		"":                    "",
		"……":                  "",
		"2023年":               "2023年",
		"项目 （工程）验收\n合格率":      "项目工程验收合格率",
		"森林火灾24小时扑灭率":         "森林火灾24小时扑灭率",
		"其中：新造林面积（亩）":         "新造林面积",
		"《傈僳语新闻》播出条数":         "傈僳语新闻播出条数",
		"师生对仪器购置的满意度(≥95%)":   "师生对仪器购置的满意度95%",
		"三级指标2、残疾人就业人数（人次/年）": "残疾人就业人数",
	} {
		if got := naming.Key(text); got != want {
			t.Errorf("Key(%q): got %q, want %q", text, got, want)
		}
	}
}

func TestKeyIdempotent(t *testing.T) {
	twice := func(s string) bool { k := naming.Key(s); return naming.Key(k) == k }
	if err := quick.Check(twice, &quick.Config{MaxCount: 20_000}); err != nil {
		t.Error(err)
	}
	parts := rapid.SliceOf(rapid.SampledFrom([]string{"指标", "1", "：", "（", "）", "2023", "年", "度", "其中", "★", "资金", "%", "≥", ".", "、", "一", "績", "jī", "(", ")", "-", " ", "个", "第", "批"}))
	rapid.Check(t, func(t *rapid.T) {
		s := strings.Join(parts.Draw(t, "parts"), "")
		if k := naming.Key(s); naming.Key(k) != k {
			t.Fatalf("Key(%q): got %q, and of that %q", s, k, naming.Key(k))
		}
	})
}

// TestShippedNamesMatchThemselves checks that every name of the library is its
// own concept, and every alias one that has it.
func TestShippedNamesMatchThemselves(t *testing.T) {
	list := shipped(t)
	m, err := naming.New(list, naming.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range list {
		n := naming.Name{Text: e.Name, Level1: e.Level1, Level2: e.Level2, Sector: e.Sector, Unit: e.Unit}
		if got := m.Match(n); got.Entry != e.ID || got.Confidence < 0.99 || got.Method != naming.Exact {
			t.Errorf("%s %s: got %s %s (%.3f, %s)", e.ID, e.Name, got.Entry, got.Method, got.Confidence, got.Reason)
		}
	}
}

// TestUnrelatedEntry checks that an entry that shares nothing with a name does
// not change what the name means.
func TestUnrelatedEntry(t *testing.T) {
	list := shipped(t)
	m, err := naming.New(list, naming.Options{})
	if err != nil {
		t.Fatal(err)
	}
	more, err := naming.New(append([]library.Entry{{ID: "000-000", Name: "ゑびすヱビス", Aliases: []string{"ヰタ"}, Level1: "产出指标", Level2: "数量指标", Sector: "教育"}}, list...), naming.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range list[:min(len(list), 400)] {
		r := []rune(e.Name)
		n := naming.Name{Text: "完成" + string(r[len(r)/3:]) + "情况", Level1: e.Level1, Level2: e.Level2, Unit: e.Unit}
		a, b := m.Match(n), more.Match(n)
		if a.Entry != b.Entry && math.Abs(a.Confidence-b.Confidence) > 0.01 && a.Confidence*b.Confidence > 0 {
			t.Errorf("%s: got %s (%.4f), with an unrelated entry %s (%.4f)", n.Text, a.Entry, a.Confidence, b.Entry, b.Confidence)
		}
	}
}

// TestMatchDeterministic checks that neither the order of the entries nor
// earlier or concurrent calls change an answer.
func TestMatchDeterministic(t *testing.T) {
	list := shipped(t)
	m, err := naming.New(list, naming.Options{})
	if err != nil {
		t.Fatal(err)
	}
	back := slices.Clone(list)
	slices.Reverse(back)
	other, err := naming.New(back, naming.Options{})
	if err != nil {
		t.Fatal(err)
	}
	labels := names(list)
	want := make([]naming.Match, len(labels))
	for i, n := range labels {
		want[i] = m.Match(n)
	}
	t.Run("order", func(t *testing.T) {
		t.Parallel()
		for i, n := range labels {
			if diff := cmp.Diff(want[i], other.Match(n)); diff != "" {
				t.Fatalf("%s (-want +got):\n%s", n.Text, diff)
			}
		}
	})
	for range 2 {
		t.Run("concurrent", func(t *testing.T) {
			t.Parallel()
			for i := range labels {
				k := len(labels) - 1 - i
				if diff := cmp.Diff(want[k], m.Match(labels[k])); diff != "" {
					t.Fatalf("%s (-want +got):\n%s", labels[k].Text, diff)
				}
			}
		})
	}
}

// names are names as forms may write them, made from those of the library.
func names(list []library.Entry) []naming.Name {
	var out []naming.Name
	for i, e := range list {
		r := []rune(e.Name)
		out = append(out,
			naming.Name{Text: e.Name},
			naming.Name{Text: "2023年" + string(r[len(r)/2:]), Level2: e.Level2, Sector: list[(i*7)%len(list)].Sector, Unit: e.Unit, Project: e.Name + "项目"})
	}
	return out
}

func shipped(tb testing.TB) []library.Entry {
	tb.Helper()
	lib, err := library.Load()
	if err != nil {
		tb.Fatal(err)
	}
	return lib.Entries()
}

func FuzzMatch(f *testing.F) {
	m := shelfMatcher(f, naming.Options{Decisions: naming.Decisions{{Key: "养护里程", Entry: "t01", Rejected: true}}})
	for _, s := range []string{"资金到位率", "指标1：2023年某某县道路养护里程（公里）", "(((", "5000吨稻谷、500吨成品粮储备到位率", "プロジェクト", "\xff资金", "第第第批", "年2023年"} {
		f.Add(s, "产出指标", "数量指标", "教育", "台（套", "道路养护项目")
	}
	f.Fuzz(func(t *testing.T, text, l1, l2, sector, unit, project string) {
		n := naming.Name{Text: text, Level1: l1, Level2: l2, Sector: sector, Unit: unit, Project: project}
		a := m.Match(n)
		if !(a.Confidence >= 0 && a.Confidence <= 1) || len(a.Alternatives) > 5 || a.Reason == "" || !utf8.ValidString(a.Reason) && utf8.ValidString(text) {
			t.Errorf("Match(%q): got %+v", text, a)
		}
		if diff := cmp.Diff(a, m.Match(n)); diff != "" {
			t.Errorf("Match(%q) twice (-first +second):\n%s", text, diff)
		}
		if k := naming.Key(text); naming.Key(k) != k {
			t.Errorf("Key(%q): got %q, and of that %q", text, k, naming.Key(k))
		}
	})
}
