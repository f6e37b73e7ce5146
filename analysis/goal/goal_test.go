package goal

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"yardstick/indicators"
)

// TestSplit are made-up goals of the kinds that units file, with the tasks that a
// person marks in them: > output, ^ effect, = level.
func TestSplit(t *testing.T) {
	for _, c := range []struct{ goal, want string }{
		{"", ""},
		{"保障机关运转", "^保障机关运转"},
		{"对全县县道、乡道386.4公里开展日常养护，及时清扫保洁、修补路面病害、疏通边沟，保持路况稳定，保障群众安全便捷出行。",
			">对全县县道、乡道386.4公里开展日常养护 >及时清扫保洁 >修补路面病害 >疏通边沟 ^保持路况稳定 ^保障群众安全便捷出行"},
		{"1.新建村级卫生室12个；2.采购彩超3台；3.培训村医200人次。", ">新建村级卫生室12个 >采购彩超3台 >培训村医200人次"},
		{"目标1：完成造林1.2万亩。目标2：森林抚育3万亩。", ">完成造林1.2万亩 >森林抚育3万亩"},
		{"一是开展普法宣传30场；二是办理法律援助案件500件，提升群众法治意识。", ">开展普法宣传30场 >办理法律援助案件500件 ^提升群众法治意识"},
		{"①硬化道路4公里 ②安装路灯60盏", ">硬化道路4公里 >安装路灯60盏"},
		{"（1）发放高龄津贴；（2）慰问困难老人。", ">发放高龄津贴 >慰问困难老人"},
		{"深入贯彻上级会议精神，坚持以人民为中心，为推动高质量发展，按照有关要求。", ""},
		{"造林1.2万亩、森林经营16.3万亩、病虫害防治3.45万亩", ">造林1.2万亩 >森林经营16.3万亩 >病虫害防治3.45万亩"},
		{"新建、改建农村公路20公里", ">新建、改建农村公路20公里"},
		{"法治宣传、法律援助与司法所装备建设", ">法治宣传 >法律援助 >司法所装备建设"},
		{"全区林场营造林8万亩并修建作业道30公里", ">全区林场营造林8万亩 >修建作业道30公里"},
		{"资金拨付及时率达到100%，群众满意度≥95%", "=资金拨付及时率达到100% =群众满意度≥95%"},
		{"购置音响、灯光、道具等设备30套", ">购置音响、灯光、道具等设备30套"},
		{"服务对象满意", "^服务对象满意"},
		{"食品安全事故为零，市民满意。", "=食品安全事故为零 ^市民满意"},
		{"为零，满意", ""},
		{"投资1,200万元建设厂房3座", ">投资1,200万元建设厂房3座"},
	} {
		var got []string
		for _, task := range Split(c.goal) {
			got = append(got, map[Kind]string{Output: ">", Effect: "^", Level: "="}[task.Kind]+task.Text)
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.goal, s, c.want)
		}
	}
}

// TestSplitOffsets: tasks lie in the text, in order, apart, and say what stands
// there; whatever the text is.
func TestSplitOffsets(t *testing.T) {
	words := rapid.SampledFrom([]string{"完成", "新建", "道路", "3公里", "，", "、", "。", "；", "并", "和", "1.", "（2）", "一是", "①", "提升", "达到", "95%", " ", "\n", "满意度", "根据", "x", "（", "）", "，，"})
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOf(words).Draw(t, "words"), "")
		checkOffsets(t, text)
	})
}

type fataler interface {
	Fatalf(format string, args ...any)
}

func checkOffsets(t fataler, text string) {
	r := []rune(text)
	last := 0
	for _, task := range Split(text) {
		if task.From < last || task.To > len(r) || task.From >= task.To {
			t.Fatalf("%q: task %d to %d after %d, text has %d", text, task.From, task.To, last, len(r))
		}
		if got := string(r[task.From:task.To]); got != task.Text {
			t.Fatalf("%q: %d to %d is %q, task says %q", text, task.From, task.To, got, task.Text)
		}
		last = task.To
	}
}

func FuzzSplit(f *testing.F) {
	f.Add("1.新建村级卫生室12个；2.采购彩超3台，提升能力。")
	f.Fuzz(func(t *testing.T, text string) { checkOffsets(t, strings.ToValidUTF8(text, "")) })
}

// TestCover: which names speak of which task, and which do not.
func TestCover(t *testing.T) {
	tasks := Split("对农村公路386公里开展日常养护，清扫保洁、修补路面病害、疏通边沟，配备路政人员，为全县老人发放高龄津贴6840人。")
	names := []string{"农村公路养护里程", "路面病害处治及时率", "高龄津贴发放人数", "群众满意度", "项目验收合格率", "路政人员数量"}
	want := map[string]string{
		"对农村公路386公里开展日常养护": "农村公路养护里程", "清扫保洁": "", "修补路面病害": "路面病害处治及时率", "疏通边沟": "", "配备路政人员": "路政人员数量",
		"为全县老人发放高龄津贴6840人": "高龄津贴发放人数",
	}
	list := make([]Indicator, len(names))
	for i, n := range names {
		list[i].Name = n
	}
	for i, hits := range Cover(tasks, list) {
		got := ""
		if len(hits) > 0 {
			got = names[hits[0].Indicator]
			if hits[0].Why == "" || hits[0].Share <= 0 {
				t.Errorf("%s: %+v", tasks[i].Text, hits[0])
			}
		}
		if w, ok := want[tasks[i].Text]; !ok || got != w {
			t.Errorf("%s: covered by %q, want %q", tasks[i].Text, got, w)
		}
	}
}

// TestCoverByFigure: the same figure in task and target is a common word.
func TestCoverByFigure(t *testing.T) {
	tasks := Split("接待游客6万人次")
	list := []Indicator{{Name: "乡村旅游开发景点游客接待数量规模", Target: indicators.Parse(">=60000人")}}
	hits := Cover(tasks, list)
	if len(hits[0]) != 1 || !strings.Contains(hits[0][0].Why, "6万人次") {
		t.Errorf("got %+v, want the figure named", hits)
	}
	list[0].Target = indicators.Parse(">=50000人")
	if hits := Cover(tasks, list); len(hits[0]) > 0 && strings.Contains(hits[0][0].Why, "数也相同") {
		t.Errorf("another figure counts as the same: %+v", hits)
	}
}

// TestMention: no common word at all is what makes a task unspoken of.
func TestMention(t *testing.T) {
	tasks := Split("疏通边沟，采购扫路车2台")
	got := Mention(tasks, []Indicator{{Name: "扫路车数量"}, {Name: "项目完成及时率"}})
	if len(got[0]) != 0 || len(got[1]) != 1 {
		t.Errorf("got %+v, want none for the ditch and one for the sweeper", got)
	}
}
