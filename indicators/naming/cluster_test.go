package naming_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"yardstick/indicators/naming"
)

func counted(text string, projects int, cells ...string) naming.Counted {
	c := naming.Counted{Name: naming.Name{Text: text}, Projects: projects, Forms: projects}
	for i, to := range []*string{&c.Level1, &c.Level2, &c.Sector, &c.Unit} {
		if i < len(cells) {
			*to = cells[i]
		}
	}
	return c
}

// unmatched are names as they stay behind.
func unmatched() []naming.Counted {
	return []naming.Counted{
		counted("负氧离子监测点数量", 3, "产出指标", "数量指标", "农林水", "个"),
		counted("2.负氧离子监测点（个）", 1, "产出指标", "数量指标", "农林水", "个"),
		counted("2023年负氧离子监测点数", 1, "产出指标", "数量指标", "节能环保", "个"),
		counted("负氧离子监测点完好率", 2, "产出指标", "质量指标", "农林水", "%"),
		counted("饲料库建设面积", 2, "产出指标", "数量指标", "农林水", "平方米"),
		counted("饲料库的建设面积120平方米", 1, "产出指标", "数量指标", "农林水", "平方米"),
		counted("马铃薯种薯繁育基地亩均成本", 1, "产出指标", "成本指标", "农林水", "元/亩"),
		counted("プロジェクトの数", 1),
		counted("望新点胸艮必具", 1),
		counted("88", 4),
		counted("……", 9),
	}
}

func TestCluster(t *testing.T) {
	got := naming.Cluster(unmatched(), naming.ClusterOptions{})
	type row struct {
		Name, Level1, Level2, Sector, Unit string
		Projects                           int
		Members                            []string
	}
	var rows []row
	for _, p := range got {
		r := row{p.Name, p.Level1, p.Level2, p.Sector, p.Unit, p.Projects, nil}
		for _, m := range p.Members {
			r.Members = append(r.Members, m.Text)
		}
		rows = append(rows, r)
	}
	want := []row{
		{"负氧离子监测点数量", "产出指标", "数量指标", "农林水", "个", 5, []string{"负氧离子监测点数量", "2.负氧离子监测点（个）", "2023年负氧离子监测点数"}},
		{"饲料库建设面积", "产出指标", "数量指标", "农林水", "平方米", 3, []string{"饲料库建设面积", "饲料库的建设面积120平方米"}},
		{"负氧离子监测点完好率", "产出指标", "质量指标", "农林水", "%", 2, []string{"负氧离子监测点完好率"}},
		{"プロジェクトの数", "", "", "", "", 1, []string{"プロジェクトの数"}},
		{"望新点胸艮必具", "", "", "", "", 1, []string{"望新点胸艮必具"}},
		{"马铃薯种薯繁育基地亩均成本", "成本指标", "经济成本指标", "农林水", "元/亩", 1, []string{"马铃薯种薯繁育基地亩均成本"}},
	}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Errorf("Cluster (-want +got):\n%s", diff)
	}
	if got := naming.Cluster(unmatched(), naming.ClusterOptions{MinProjects: 3}); len(got) != 2 {
		t.Errorf("at least 3 projects: got %d proposals, want 2", len(got))
	}
	if got := naming.Cluster(nil, naming.ClusterOptions{}); len(got) != 0 {
		t.Errorf("no names: got %v", got)
	}
}

// TestClusterLaws checks that the order of the names means nothing and that no
// name is lost or doubled.
func TestClusterLaws(t *testing.T) {
	base := madeUp(t, 400)
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, len(base)).Draw(t, "n")
		names := slices.Clone(base[:n])
		shuffled := rapid.Permutation(names).Draw(t, "order")
		a, b := naming.Cluster(names, naming.ClusterOptions{}), naming.Cluster(shuffled, naming.ClusterOptions{})
		if diff := cmp.Diff(a, b); diff != "" {
			t.Fatalf("another order (-first +second):\n%s", diff)
		}
		total, projects := 0, 0
		for i, p := range a {
			total += len(p.Members)
			projects += p.Projects
			if i > 0 && (a[i-1].Projects < p.Projects || a[i-1].Projects == p.Projects && a[i-1].Name > p.Name) {
				t.Fatalf("proposal %d: %d %s comes after %d %s", i, p.Projects, p.Name, a[i-1].Projects, a[i-1].Name)
			}
		}
		want := 0
		for _, c := range names {
			want += c.Projects
		}
		if total != n || projects != want {
			t.Fatalf("got %d names of %d projects, want %d of %d", total, projects, n, want)
		}
	})
}

func FuzzCluster(f *testing.F) {
	f.Add("负氧离子监测点数量\n负氧离子监测点\nプロジェクト\n\xff\n(((\n年2023年")
	f.Fuzz(func(t *testing.T, text string) {
		var names []naming.Counted
		for i, line := range strings.Split(text, "\n") {
			names = append(names, counted(line, i%3, "产出指标", line, line, line))
		}
		for _, p := range naming.Cluster(names, naming.ClusterOptions{Similarity: 0.5}) {
			if len(p.Members) == 0 || p.Name == "" {
				t.Errorf("got %+v, want a name and members", p)
			}
		}
	})
}
