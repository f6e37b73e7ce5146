package goal

import (
	"testing"

	"yardstick/indicators"
)

// TestPlan: the figure of a task becomes the target of the indicator that it is
// about and of no other.
func TestPlan(t *testing.T) {
	goal := "对县道、乡道386.4公里开展日常养护，优良中等路率保持80%以上，为8600名学生提供营养餐，每生每天5元，项目验收合格率98%，系统故障4小时内响应，新建高标准农田2.4万亩，完成主体工程70%，食品安全事故为零，改造桥梁3座和涵洞5座。"
	for _, c := range []struct{ name, form, want string }{
		{"农村公路养护里程", "=1公里", "=386.4公里"},
		{"农村公路养护里程", "≥1米", "≥386400米"},
		{"农村公路优良中等路率", "≥1%", "≥80%"},
		{"营养餐受益学生人数", "≥1人", "≥8600人"},
		{"学生营养膳食补助标准", "=1元/生/天", "=5元/生/天"},
		{"学生营养膳食补助标准", "=1元/生/年", ""},
		{"项目验收合格率", "≥1%", "≥98%"},
		{"系统故障响应时间", "≤1小时", "≤4小时"},
		{"高标准农田建设面积", "≥1亩", "≥24000亩"},
		{"高标准农田建设亩均投资", "≤1元/亩", ""},
		{"主体工程完成比例", "≥1%", "≥70%"},
		{"主体工程合格率", "≥1%", ""},
		{"食品安全事故发生数", "=1起", "=0起"},
		{"桥梁改造数量", "≥1座", ""}, // two figures of one kind: which one is not said
		{"残疾人就业人数", "≥1人", ""},
		{"农村公路养护合格率", "≥1%", ""},
	} {
		got := ""
		if p := Plan(Split(goal), []Indicator{{Name: c.name, Target: indicators.Parse(c.form)}})[0]; p != nil {
			got = p.Value.Raw
		}
		if got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

// TestPlanOfOne: of several names that a task speaks of only the nearest takes its
// figure, and a day's figure is not the year's.
func TestPlanOfOne(t *testing.T) {
	list := []Indicator{
		{Name: "新建高标准农田面积", Target: indicators.Parse("≥1亩")}, {Name: "损毁高标准农田修复面积", Target: indicators.Parse("≥1亩")},
		{Name: "生活垃圾清运量", Target: indicators.Parse("≥1吨")}, {Name: "生活垃圾日清运量", Target: indicators.Parse("≥1吨")},
	}
	got := Plan(Split("新建高标准农田2.4万亩，日清运生活垃圾120吨。"), list)
	for i, want := range []string{"≥24000亩", "", "", "≥120吨"} {
		text := ""
		if got[i] != nil {
			text = got[i].Value.Raw
		}
		if text != want {
			t.Errorf("%s: got %q, want %q", list[i].Name, text, want)
		}
	}
	if got := Plan(Split("日清运生活垃圾120吨"), list[2:3])[0]; got != nil {
		t.Errorf("a day's amount as the year's: %+v", got)
	}
}
