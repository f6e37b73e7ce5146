package recommend_test

import (
	"slices"
	"testing"

	"yardstick/analysis/recommend"
)

// TestTasks: what the goal says and nothing covers leads the list, with its task
// named; without tasks the order is what it was, and what covers refuses does not
// lead.
func TestTasks(t *testing.T) {
	m := build(t, roads(), recommend.ShippedLibrary(t).Concepts)
	r := recommend.Request{Project: "某县综合事务", Sector: "农林水", Limit: 20}
	plain := m.Suggest(r)
	if slices.ContainsFunc(plain.Suggestions, func(s recommend.Suggestion) bool { return s.Task != "" }) {
		t.Error("a task is named though none was given")
	}
	r.Tasks = []string{"营造林8万亩", "加强文物安全巡查", "修建作业道30公里"}
	a := m.Suggest(r)
	want := []string{"营造林面积", "林区作业道建设长度"} // of other classes than 农林水 none leads
	for i, name := range want {
		if s := a.Suggestions[i]; s.Name != name || s.Task != []string{r.Tasks[0], r.Tasks[2]}[i] {
			t.Errorf("place %d is %s for %q, want %s", i+1, s.Name, s.Task, name)
		}
	}
	if len(a.Suggestions) != 20 {
		t.Errorf("got %d suggestions, want 20", len(a.Suggestions))
	}
	r.Covers = func([]string) [][]int { return make([][]int, len(r.Tasks)) }
	for i, s := range m.Suggest(r).Suggestions {
		if s.Task != "" || s.Name != plain.Suggestions[i].Name {
			t.Errorf("place %d is %s for %q though nothing covers a task, want %s", i+1, s.Name, s.Task, plain.Suggestions[i].Name)
		}
	}
}

// TestTypeStated: a stated project type counts before what the words tell.
func TestTypeStated(t *testing.T) {
	lib := recommend.ShippedLibrary(t)
	m, err := recommend.Build(roads(), lib, recommend.Options{})
	if err != nil {
		t.Fatal(err)
	}
	told := m.Suggest(recommend.Request{Project: "农村公路养护", Sector: "交通运输"}).Basis.Type
	for _, typ := range lib.Types {
		if typ.Name == told {
			continue
		}
		if got := m.Suggest(recommend.Request{Project: "农村公路养护", Sector: "交通运输", Type: typ.ID}).Basis.Type; got != typ.Name {
			t.Errorf("stated %s, taken for %s", typ.Name, got)
		}
		return
	}
}
