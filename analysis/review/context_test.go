package review

import (
	"slices"
	"strings"
	"testing"

	"yardstick"
	"yardstick/analysis/target"
	"yardstick/indicators"
	"yardstick/indicators/library"
)

func targetRules(t *testing.T) *target.Rules {
	t.Helper()
	r, err := target.LoadRules()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// only returns the findings of a rule.
func only(o Opinion, id string) []Finding {
	return slices.DeleteFunc(slices.Clone(o.Findings), func(f Finding) bool { return f.Rule.ID != id })
}

// TestOwnPast: 92 94 95 97 in four years, and a target of 90, of 95 and of 99
// (statistics.md §11: 90 is reached with a chance of 0.926).
func TestOwnPast(t *testing.T) {
	rules, judge := rulesFor(t), targetRules(t)
	ask := target.Ask{Indicator: target.Indicator{Name: "农村公路优良中等路率", Unit: "%", Direction: indicators.Higher, Comparison: indicators.AtLeast}, Year: 2025}
	for i, actual := range []string{"92%", "94%", "95%", "97%"} {
		ask.Own = append(ask.Own, target.Past{Year: 2021 + i, Target: indicators.Parse("≥90%"), Actual: indicators.Parse(actual), Same: true})
	}
	lines := make([]LineContext, len(good))
	lines[4].Ask = &ask
	for _, c := range []struct {
		goal, want string
	}{{"≥90%", "偏松"}, {"≥95%", ""}, {"≥99%", "偏紧"}} {
		o := rules.Review(formOf(change(4, "效益|社会|农村公路优良中等路率|"+c.goal+"|20")...), Context{Target: judge, Lines: lines})
		got := only(o, "D-04")
		switch {
		case c.want == "" && len(got) > 0:
			t.Errorf("%s: %s", c.goal, got[0].Why)
		case c.want != "" && (len(got) != 1 || !strings.Contains(got[0].Why, c.want) || got[0].N != 4):
			t.Errorf("%s: %+v, want one finding %s with n=4", c.goal, got, c.want)
		}
	}
}

// peersOf are projects that filed a length with their budget.
func peersOf(t *testing.T, list ...target.Peer) target.Peers {
	t.Helper()
	return targetRules(t).Gather(target.Indicator{Name: "农村公路列养里程", Unit: "公里"}, "相似项目", list)
}

// TestPeersCost: six roads at 0.7 to 0.9 万元 a kilometre, and ours.
func TestPeersCost(t *testing.T) {
	rules := rulesFor(t)
	var list []target.Peer
	for i, km := range []string{"≥100公里", "≥200公里", "≥300公里", "≥400公里", "≥500公里", "≥600公里"} {
		list = append(list, target.Peer{Target: indicators.Parse(km), Budget: float64(i+1) * 80})
	}
	lines := make([]LineContext, len(good))
	lines[1].Ask = &target.Ask{Peers: peersOf(t, list...)}
	for _, c := range []struct {
		km   string
		want int
	}{{"≥386公里", 0}, {"≥100公里", 1}, {"≥200公里", 0}} { // 0.81, 3.12 and 1.56: the last is not twice the median
		o := rules.Review(formOf(change(1, "产出|数量|农村公路列养里程|"+c.km+"|15")...), Context{Lines: lines})
		got := only(o, "D-07")
		if len(got) != c.want || c.want == 1 && (got[0].N != 6 || !strings.Contains(got[0].Why, "6 个项目")) {
			t.Errorf("%s: %+v, want %d", c.km, got, c.want)
		}
	}
	lines[1].Ask = &target.Ask{Peers: peersOf(t, list[:4]...)}
	if got := only(rules.Review(formOf(change(1, "产出|数量|农村公路列养里程|≥100公里|15")...), Context{Lines: lines}), "D-07"); len(got) > 0 {
		t.Errorf("four peers are too few to say %s", got[0].Why)
	}
}

// TestAlien: an indicator of another trade fires only when nothing ties it to the
// project.
func TestAlien(t *testing.T) {
	rules := rulesFor(t)
	bed := &library.Entry{ID: "210-1", Name: "新增床位数", Sector: "卫生健康", Unit: "张"}
	for _, c := range []struct {
		name string
		ctx  LineContext
		goal string
		want int
	}{
		{"nothing ties it", LineContext{Entry: bed, Sure: 1, Exact: true}, "", 1},
		{"a template has it", LineContext{Entry: bed, Sure: 1, Exact: true, Known: true}, "", 0},
		{"a weak word is in common", LineContext{Entry: bed, Sure: 1, Exact: true}, "对农村公路386公里开展日常养护，新增护栏。", 0},
		{"the name only resembles it", LineContext{Entry: bed, Sure: 1}, "", 0},
		{"the goal speaks of beds", LineContext{Entry: bed, Sure: 1, Exact: true}, "对农村公路386公里开展日常养护，配置养护工棚床位。", 0},
	} {
		lines := make([]LineContext, len(good))
		lines[1] = c.ctx
		f := formOf(change(1, "产出|数量|新增床位数|≥20张|15")...)
		if c.goal != "" {
			f.Goal = text(c.goal)
		}
		if got := only(rules.Review(f, Context{Sector: "交通运输", Lines: lines}), "D-15"); len(got) != c.want {
			t.Errorf("%s: %+v, want %d", c.name, got, c.want)
		}
	}
	lines := make([]LineContext, len(good))
	lines[5] = LineContext{Entry: &library.Entry{ID: "210-2", Name: "患者满意度", Sector: "卫生健康", Unit: "%"}, Sure: 1, Exact: true}
	if got := only(rules.Review(formOf(change(5, "满意|对象|患者满意度|≥90%|10")...), Context{Sector: "交通运输", Lines: lines}), "D-15"); len(got) > 0 {
		t.Errorf("satisfaction is asked of many: %+v", got)
	}
	if o := rules.Review(formOf(good...), Context{}); !slices.ContainsFunc(o.Checks, func(c Check) bool { return c.Rule.ID == "D-15" && c.Answer == Unchecked }) {
		t.Error("D-15 is checked without a functional class")
	}
}

// TestBetter: a vague target gets the library's wording, where there is one.
func TestBetter(t *testing.T) {
	lines := make([]LineContext, len(good))
	lines[4].Better = &library.Entry{Name: "农村公路优良中等路率", Comparison: indicators.AtLeast, Unit: "%"}
	o := rulesFor(t).Review(formOf(change(4, "效益|社会|农村公路通行能力|有效提升|20")...), Context{Lines: lines})
	if got := only(o, "D-08"); len(got) != 1 || !strings.Contains(got[0].Do, "农村公路优良中等路率 ≥") {
		t.Errorf("%+v", got)
	}
}

// TestServed: who is asked for satisfaction, by the project's name and by what
// stands under 满意度.
func TestServed(t *testing.T) {
	rules := rulesFor(t)
	for _, c := range []struct {
		project, line string
		want          int
	}{
		{"机关业务培训", "", 1},
		{"中小学校园安防设施建设", "", 1},
		{"办公楼消防改造", "", 0},
		{"机关在职人员工资性支出", "", 0},
		{"办公楼消防改造", "满意|对象|住户投诉率|≤2%|10", 1},
		{"办公楼消防改造", "满意|对象|住户满意度|≥90%|10", 0},
	} {
		f := formOf(change(5, c.line)...)
		f.Project, f.Goal = text(c.project), text("完成年度任务。")
		f.Lines = slices.DeleteFunc(f.Lines, func(l yardstick.Line) bool { return strings.Contains(l.Name.Value, "群众") })
		if got := only(rules.Review(f, Context{}), "D-11"); len(got) != c.want {
			t.Errorf("%s, %q: %+v, want %d", c.project, c.line, got, c.want)
		}
	}
}

// TestBeside: what a goal says beside its tasks, and what only sounds like it.
func TestBeside(t *testing.T) {
	v := &reviewer{Rules: rulesFor(t)}
	for task, want := range map[string]bool{
		"每生每年300元": true, "为每个村配备清扫车": false, "维护困难群众合法权益": true, "维护监控设备30套": false, "总工期180天": true,
		"落实安全责任制": true, "召开协调会": true, "召开代表大会": false, "人均补助500元": true, "拨付资金": true,
	} {
		if got := v.beside(task); got != want {
			t.Errorf("%s: got %v", task, got)
		}
	}
}
