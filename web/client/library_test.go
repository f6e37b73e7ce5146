package client_test

import (
	"bytes"
	"context"
	"io"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yardstick"
	"yardstick/web/api"
	"yardstick/web/client"
	"yardstick/web/intake"
	"yardstick/workspace"
)

// pair is a workspace with the demo forms and a client of a server over it.
func pair(t *testing.T) (*workspace.Workspace, *client.Client) {
	t.Helper()
	ws, err := workspace.Open(t.Context(), workspace.Options{Dir: filepath.Join(t.TempDir(), "ws"), Create: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ws.Close() })
	if _, err := ws.LoadSample(t.Context()); err != nil {
		t.Fatal(err)
	}
	desk := intake.New(ws, intake.Options{})
	t.Cleanup(func() { _ = desk.Close() })
	a, err := api.New(ws, desk, api.Options{})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(a)
	t.Cleanup(server.Close)
	c, err := client.Dial(t.Context(), server.URL)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	return ws, c
}

// asked is what both sides answer.
type asked interface {
	workspace.Catalog
	Indicator(ctx context.Context, id string) (workspace.IndicatorView, error)
	Search(ctx context.Context, q workspace.SearchQuery) (workspace.SearchResult, error)
}

// TestSameAnswers asks the workspace and the server over it the same
// questions.
func TestSameAnswers(t *testing.T) {
	ws, c := pair(t)
	ctx := t.Context()
	for name, ask := range map[string]func(s asked) (any, error){
		"library": func(s asked) (any, error) {
			return s.Library(ctx, workspace.LibraryQuery{Sector: "交通运输", Level1: "产出指标", Used: "no", Limit: 20, Offset: 3})
		},
		"version":   func(s asked) (any, error) { return s.Library(ctx, workspace.LibraryQuery{Version: -1, Text: "公交"}) },
		"indicator": func(s asked) (any, error) { return s.Indicator(ctx, "000-001") },
		"diff":      func(s asked) (any, error) { return s.DiffLibrary(ctx, "shipped", "current") },
		"diff from": func(s asked) (any, error) { return s.DiffLibrary(ctx, "", "") },
		"changes":   func(s asked) (any, error) { return s.Changes(ctx, "", 10, 0) },
		"health":    func(s asked) (any, error) { return s.Health(ctx, workspace.HealthQuery{Kind: "quantify", Limit: 5}) },
		"templates": func(s asked) (any, error) {
			return s.Templates(ctx, workspace.TemplateQuery{Sector: "教育", Text: "学生"})
		},
		"template": func(s asked) (any, error) { return s.Template(ctx, "T205-01") },
		"cases":    func(s asked) (any, error) { return s.Cases(ctx, workspace.CaseQuery{All: true, Limit: 5}) },
		"names": func(s asked) (any, error) {
			return s.Names(ctx, workspace.NameQuery{State: "matched", Limit: 7, Offset: 2})
		},
		"proposals": func(s asked) (any, error) { return s.Proposals(ctx, "", 3) },
		"decisions": func(s asked) (any, error) { return s.Decisions(ctx, 3, 0) },
		"search": func(s asked) (any, error) {
			r, err := s.Search(ctx, workspace.SearchQuery{Text: "gongjiao", Type: "indicator", Level1: "产出指标", Direction: "正向", Facets: true})
			r.TookMS = 0
			return r, err
		},
		"export": func(s asked) (any, error) {
			var b bytes.Buffer
			err := s.ExportLibrary(ctx, "csv", 0, &b)
			return b.String(), err
		},
		"names table": func(s asked) (any, error) {
			var b bytes.Buffer
			err := s.ExportNames(ctx, workspace.NameQuery{State: "unmatched"}, &b)
			return b.String(), err
		},
	} {
		t.Run(name, func(t *testing.T) {
			want, err := ask(ws)
			if err != nil {
				t.Fatal(err)
			}
			got, err := ask(c)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-workspace +server)\n%s", diff)
			}
		})
	}
}

// TestChangesThroughTheServer changes library and names through the client and
// reads the changes from the workspace.
func TestChangesThroughTheServer(t *testing.T) {
	ws, c := pair(t)
	ctx := t.Context()
	table := "一级指标,二级指标,三级指标,计量单位\n产出指标,数量指标,校车线路数量,条\n什么,哪类,说不清的指标,\n"
	in := workspace.LibraryImport{Name: "dir/本局.csv", Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(table)), nil }, DryRun: true}
	if res, err := c.ImportLibrary(ctx, in); err != nil || res.Added != 1 || len(res.Rejected) != 1 || res.Version != 0 {
		t.Fatalf("dry run %+v, %v", res, err)
	}
	in.DryRun = false
	if res, err := c.ImportLibrary(ctx, in); err != nil || res.Version != 1 {
		t.Fatalf("import %+v, %v", res, err)
	}
	edit, err := c.EditEntry(ctx, workspace.EntryEdit{ID: "own-0001", Set: map[string]string{"meaning": "当年实际开行的校车线路条数"}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.EditEntry(ctx, workspace.EntryEdit{Set: map[string]string{"name": "校车趟次", "level1": "产出指标", "level2": "数量指标", "unit": "趟"}}); err != nil {
		t.Fatal(err)
	}
	if _, err := c.MergeEntries(ctx, "own-0002", "own-0001", "", "同一件事"); err != nil {
		t.Fatal(err)
	}
	if _, err := c.RetireEntry(ctx, "own-0001", true, "", ""); err != nil {
		t.Fatal(err)
	}
	if _, err := c.RetireEntry(ctx, "own-0001", false, "", ""); err != nil {
		t.Fatal(err)
	}
	v, err := ws.Indicator(ctx, "own-0001")
	if err != nil || v.Meaning != "当年实际开行的校车线路条数" || len(v.Aliases) != 1 || v.Aliases[0] != "校车趟次" || len(v.Changes) != 5 || v.Changes[0].Source != "api" {
		t.Errorf("entry %+v, changes %+v, %v", v.Entry, v.Changes, err)
	}
	if _, err := c.UndoChange(ctx, edit.ID, ""); yardstick.KindOf(err) != yardstick.Conflict {
		t.Errorf("undo of an overtaken change: %v, want Conflict", err)
	}
	taken, err := c.UndoVersion(ctx, v.Changes[0].Version, "")
	if err != nil || len(taken) != 1 || taken[0].Undoes != v.Changes[0].ID || taken[0].Action != "retire" {
		t.Fatalf("undo of a version: %+v, %v", taken, err)
	}
	if _, err := c.UndoVersion(ctx, taken[0].Version, ""); err != nil {
		t.Fatal(err)
	}
	done, err := c.Decide(ctx, []workspace.Decision{{Name: "自编的怪指标", Verdict: "is", Entry: "own-0001"}})
	if err != nil || len(done) != 1 {
		t.Fatal(done, err)
	}
	if err := c.UndoDecision(ctx, done[0].ID, ""); err != nil {
		t.Fatal(err)
	}
	if err := c.UndoDecision(ctx, done[0].ID, ""); yardstick.KindOf(err) != yardstick.NotFound {
		t.Errorf("undo twice: %v, want NotFound", err)
	}
	filled := "填报写法,处理\n自编的怪指标,库里没有\n"
	res, err := c.ImportNames(ctx, "写法.csv", func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(filled)), nil }, "")
	if err != nil || res.Taken != 1 {
		t.Errorf("filled table %+v, %v", res, err)
	}
}
