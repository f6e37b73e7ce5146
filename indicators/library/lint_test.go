package library_test

import (
	"slices"
	"strings"
	"testing"

	"yardstick/indicators/library"
)

func load(t testing.TB) *library.Library {
	t.Helper()
	l, err := library.Load()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// TestLint holds the shipped tables to the rules that a reviewer would apply;
// one subtest per table of entries, so that -run 'Lint/213' asks for one.
func TestLint(t *testing.T) {
	l := load(t)
	found := make(map[string][]library.Finding)
	for _, f := range library.Lint(l.Entries(), true) {
		class, _, _ := strings.Cut(f.ID, "-")
		found[class] = append(found[class], f)
	}
	for _, f := range l.LintTypes() {
		found[f.ID[1:4]] = append(found[f.ID[1:4]], f)
	}
	count := make(map[string]int)
	for _, e := range l.Entries() {
		class, _, _ := strings.Cut(e.ID, "-")
		count[class]++
	}
	for class, n := range count {
		t.Run(class, func(t *testing.T) {
			t.Logf("%d entries", n)
			for _, f := range found[class] {
				t.Error(f)
			}
		})
	}
}

func TestSectorsHaveEveryClass(t *testing.T) {
	l := load(t)
	classes := []string{"产出指标", "效益指标", "满意度指标"}
	have := make(map[string]bool)
	for _, e := range l.Entries() {
		have[e.Sector+e.Level1] = true
	}
	for _, c := range append(classes, "成本指标") {
		if !have[library.Common+c] {
			t.Errorf("共性 has no %s", c)
		}
	}
	for _, s := range l.Sectors() {
		if !have[s+"产出指标"] || !have[s+"效益指标"] {
			t.Errorf("%s has no 产出指标 or no 效益指标", s)
		}
	}
}

func TestByID(t *testing.T) {
	l := load(t)
	for _, e := range l.Entries() {
		got, ok := l.ByID(e.ID)
		if !ok || got.Name != e.Name {
			t.Errorf("ByID(%q) = %q, %v; want %q", e.ID, got.Name, ok, e.Name)
		}
	}
	if _, ok := l.ByID("no such id"); ok {
		t.Error("ByID of an unknown id is ok")
	}
}

// TestCounts holds the size of the library: entries, functional classes,
// project types with a template, and depth where a county spends most.
func TestCounts(t *testing.T) {
	l := load(t)
	if l.Len() < 2500 {
		t.Errorf("%d entries, want at least 2500", l.Len())
	}
	if n := len(l.Types()); n < 80 {
		t.Errorf("%d project types, want at least 80", n)
	}
	want := []string{"一般公共服务", "公共安全", "教育", "科学技术", "文化旅游体育与传媒", "社会保障和就业", "卫生健康", "节能环保", "城乡社区", "农林水",
		"交通运输", "资源勘探工业信息", "商业服务业", "自然资源海洋气象", "住房保障", "粮油物资储备", "灾害防治及应急管理"}
	sectors := l.Sectors()
	for _, s := range want {
		if !slices.Contains(sectors, s) {
			t.Errorf("no entries for %s", s)
		}
	}
	deep := map[string]int{"公交": 30, "轨道": 30, "博物馆": 25, "污水": 30, "养护": 40, "环卫": 20, "养老": 30, "义务教育": 20, "基层": 20,
		"高标准农田": 15, "运维": 12, "物业": 12, "培训": 25, "会议": 10, "设备": 20, "修缮": 12}
	for word, least := range deep {
		n := 0
		for _, e := range l.Entries() {
			if strings.Contains(e.Name+strings.Join(e.Keywords, "")+strings.Join(e.ProjectTypes, ""), word) {
				n++
			}
		}
		t.Logf("%s: %d entries", word, n)
		if n < least {
			t.Errorf("%s: %d entries, want at least %d", word, n, least)
		}
	}
	t.Logf("%d entries in %d classes and %s, %d project types", l.Len(), len(sectors), library.Common, len(l.Types()))
}
