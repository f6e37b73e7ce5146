package library_test

import (
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
