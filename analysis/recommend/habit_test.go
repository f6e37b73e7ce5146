package recommend

import (
	"slices"
	"strings"
	"testing"
)

// What the unit filed for the same project last year leads, however odd; and it
// doesn't for another unit or when that form is left out.
func TestOwnPastLeads(t *testing.T) {
	var h History
	odd := []string{"桥头值守次数", "夜班补给箱数", "旧桩号复核处数", "雾天引导车次"}
	add := func(id, project, unit string, names []string) {
		for _, n := range names {
			h.Add(Row{ProjectID: id, Project: project, Unit: unit, Department: unit, Sector: "交通运输", Year: 2023, Kind: "target", FormID: "f" + id, File: id,
				Level1: "产出指标", Level2: "数量指标", Name: n})
		}
	}
	add("1", "跨江大桥看护", "甲县公路段", odd)
	for _, id := range []string{"2", "3", "4", "5"} {
		add(id, "跨江大桥看护和养护"+id, "乙县公路段"+id, []string{"大桥养护里程", "大桥检测次数", "养护人员数量", "巡查次数"})
	}
	m, err := Build(h, Library{}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	first := func(r Request) (names []string, why string) {
		a := m.Suggest(r)
		for _, s := range a.Suggestions[:min(4, len(a.Suggestions))] {
			names = append(names, s.Name)
		}
		slices.Sort(names)
		return names, a.Suggestions[0].Why.Sentence
	}
	slices.Sort(odd)
	got, why := first(Request{Project: "2024年跨江大桥看护", Unit: "甲县公路段", Sector: "交通运输"})
	if !slices.Equal(got, odd) {
		t.Errorf("the unit's own past: got %q, want %q", got, odd)
	}
	if !strings.HasPrefix(why, "本单位这个项目2023年用过") {
		t.Errorf("evidence: got %q", why)
	}
	if got, why := first(Request{Project: "跨江大桥看护和养护", Unit: "丙县公路段", Sector: "交通运输"}); slices.Equal(got, odd) || strings.Contains(why, "本单位") {
		t.Errorf("another unit: got %q (%s)", got, why)
	}
}
