package workspace_test

import (
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"yardstick"
	"yardstick/workspace"
)

// TestConcurrentUse searches, decides, edits, loads and reads at once. Run with
// -race; without it, it holds that nothing blocks for ever and that, in the end,
// every question sees every change.
func TestConcurrentUse(t *testing.T) {
	w, _ := sample(t)
	ctx := t.Context()
	const rounds = 6
	names, err := w.Names(ctx, workspace.NameQuery{State: "matched", Limit: rounds})
	if err != nil || len(names.Names) < rounds {
		t.Fatalf("%d matched names, %v; want %d", len(names.Names), err, rounds)
	}
	folder := t.TempDir()
	form := func(i int) string {
		name := filepath.Join(folder, fmt.Sprintf("%d.csv", i))
		text := fmt.Sprintf("项目支出绩效目标表\n项目名称,第%d号琉璃瓦修缮工程\n一级指标,二级指标,三级指标,指标值,分值\n产出指标,数量指标,琉璃瓦更换片数,≥300片,50\n", i)
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Error(err)
		}
		return name
	}
	var wg sync.WaitGroup
	for what, f := range map[string]func(i int) error{
		"search": func(int) error {
			_, err := w.Search(ctx, workspace.SearchQuery{Text: "公路", Facets: true})
			return err
		},
		"complete": func(int) error {
			_, err := w.Complete(ctx, "gl", 5)
			return err
		},
		"decide": func(i int) error {
			n := names.Names[i]
			done, err := w.Decide(ctx, []workspace.Decision{{Name: n.Name, Sector: n.Sector, Verdict: "is", Entry: n.Entry}})
			if err != nil {
				return err
			}
			return w.UndoDecision(ctx, done[0].ID, "page")
		},
		"edit": func(i int) error {
			_, err := w.EditEntry(ctx, workspace.EntryEdit{Set: map[string]string{"name": fmt.Sprintf("琉璃瓦第%d种数量", i),
				"level1": "产出指标", "level2": "数量指标", "unit": "片"}})
			return err
		},
		"retire": func(i int) error {
			_, err := w.RetireEntry(ctx, names.Names[0].Entry, i%2 == 0, "page", "")
			return err
		},
		"ingest": func(i int) error {
			_, err := w.Ingest(ctx, workspace.IngestRequest{Paths: []string{form(i)}, Source: "cli"})
			return err
		},
		"read": func(int) error {
			if _, err := w.Health(ctx, workspace.HealthQuery{}); err != nil {
				return err
			}
			return w.EachForm(ctx, workspace.FormQuery{}, func(workspace.Form) error { return nil })
		},
	} {
		wg.Go(func() {
			for i := range rounds {
				// A decision about an entry that is retired just then is refused.
				if err := f(i); err != nil && !(what == "decide" && yardstick.KindOf(err) == yardstick.NotFound) {
					t.Errorf("%s %d: %v", what, i, err)
				}
			}
		})
	}
	wg.Wait()

	for i := range rounds {
		entry := fmt.Sprintf("琉璃瓦第%d种数量", i)
		r, err := w.Search(ctx, workspace.SearchQuery{Text: entry, Type: "indicator", Limit: 1})
		if err != nil || len(r.Hits) == 0 || r.Hits[0].Name != entry {
			t.Errorf("search for %s: %+v, %v", entry, r.Hits, err)
		}
		project := fmt.Sprintf("第%d号琉璃瓦修缮工程", i)
		r, err = w.Search(ctx, workspace.SearchQuery{Text: project, Type: "case", Limit: 1})
		if err != nil || len(r.Hits) == 0 || r.Hits[0].Name != project {
			t.Errorf("search for %s: %+v, %v", project, r.Hits, err)
		}
	}
	all, err := w.Names(ctx, workspace.NameQuery{Text: "琉璃瓦更换片数"})
	if err != nil || len(all.Names) == 0 {
		t.Fatalf("the loaded name is not there: %v", err)
	}
	forms := 0
	for _, n := range all.Names {
		forms += n.Forms
	}
	if forms != rounds {
		t.Errorf("琉璃瓦更换片数 stands on %d forms, want %d", forms, rounds)
	}
}
