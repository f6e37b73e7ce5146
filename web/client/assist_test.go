package client_test

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"yardstick"
	"yardstick/web/api"
	"yardstick/web/client"
	"yardstick/web/intake"
	"yardstick/web/internal/fake"
	"yardstick/workspace"
)

// made is a client of a server over made-up answers.
func made(t *testing.T, ws *fake.Workspace) *client.Client {
	t.Helper()
	desk := intake.New(ws, intake.Options{Dir: t.TempDir()})
	t.Cleanup(func() { _ = desk.Close() })
	a, err := api.New(ws, desk, api.Options{Local: func(*http.Request) bool { return true }})
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
	return c
}

func file(name, text string) workspace.Upload {
	return workspace.Upload{Name: name, Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader([]byte(text))), nil }}
}

// TestAssistant does the same things to a workspace and, through a server, to
// another one, and holds the answers to each other.
func TestAssistant(t *testing.T) {
	for _, state := range []fake.State{fake.Loaded, fake.Empty, fake.Refused} {
		ws, other := fake.New(state), fake.New(state)
		c := made(t, other)
		body := workspace.DraftBody{Project: "农村公路日常养护", Year: 2025, Budget: new(312.0), Dismissed: []string{"边沟"}, Lines: []workspace.DraftLine{
			{Level1: "成本指标", Level2: "经济成本指标", Name: "公里日常养护成本", Comparison: "≤", Target: "0.80", Unit: "万元/公里", Weight: new(20.0), Basis: "历史标准", Note: "按列养里程", Entry: "JT-0001"},
			{Level1: "效益指标", Name: "群众投诉率", Comparison: "≥", Target: "5", Unit: "%"}}}
		up := file("申报/2025 目标.docx", "made up")
		ctx := t.Context()
		var id, round, formID string
		for _, step := range []struct {
			name string
			do   func(a workspace.Assistant) (any, error)
		}{
			{"value", func(a workspace.Assistant) (any, error) {
				return a.Value(ctx, workspace.ValueRequest{Name: "农村公路优良中等路率", Target: "≥80%", Year: 2025, Unit: "县公路养护中心"})
			}},
			{"value of nothing", func(a workspace.Assistant) (any, error) { return a.Value(ctx, workspace.ValueRequest{}) }},
			{"weigh", func(a workspace.Assistant) (any, error) {
				return a.Weigh(ctx, workspace.WeighRequest{Lines: body.Lines, Keep: true})
			}},
			{"review of a body", func(a workspace.Assistant) (any, error) { return a.ReviewDraft(ctx, body) }},
			{"export of a body", func(a workspace.Assistant) (any, error) { return a.ExportBody(ctx, body, "docx") }},
			{"export of no kind", func(a workspace.Assistant) (any, error) { return a.ExportBody(ctx, body, "pdf") }},
			{"drafts", func(a workspace.Assistant) (any, error) { return a.Drafts(ctx, false) }},
			{"start", func(a workspace.Assistant) (any, error) {
				d, err := a.StartDraft(ctx, workspace.DraftStart{Key: "k", Body: body})
				id = d.ID
				return d, err
			}},
			{"start again", func(a workspace.Assistant) (any, error) {
				return a.StartDraft(ctx, workspace.DraftStart{Key: "k", Body: body})
			}},
			{"start from a file", func(a workspace.Assistant) (any, error) {
				return a.StartDraft(ctx, workspace.DraftStart{File: &up, Body: workspace.DraftBody{Year: 2026}})
			}},
			{"start from text", func(a workspace.Assistant) (any, error) {
				return a.StartDraft(ctx, workspace.DraftStart{Text: "甲项目\n做一件事"})
			}},
			{"start from nothing known", func(a workspace.Assistant) (any, error) {
				return a.StartDraft(ctx, workspace.DraftStart{Template: "nothing"})
			}},
			{"draft", func(a workspace.Assistant) (any, error) { return a.Draft(ctx, id) }},
			{"save", func(a workspace.Assistant) (any, error) {
				b := body
				b.Lines = nil
				return a.SaveDraft(ctx, id, workspace.DraftSave{Revision: 1, Body: b})
			}},
			{"stale save", func(a workspace.Assistant) (any, error) {
				b := body
				b.Goal = "别的"
				return a.SaveDraft(ctx, id, workspace.DraftSave{Revision: 1, Body: b})
			}},
			{"undo", func(a workspace.Assistant) (any, error) { return a.UndoDraft(ctx, id, false) }},
			{"undo of nothing", func(a workspace.Assistant) (any, error) { return a.UndoDraft(ctx, id, false) }},
			{"redo", func(a workspace.Assistant) (any, error) { return a.UndoDraft(ctx, id, true) }},
			{"delete", func(a workspace.Assistant) (any, error) { return a.DeleteDraft(ctx, id, false) }},
			{"deleted", func(a workspace.Assistant) (any, error) { return a.Drafts(ctx, true) }},
			{"restore", func(a workspace.Assistant) (any, error) { return a.DeleteDraft(ctx, id, true) }},
			{"export", func(a workspace.Assistant) (any, error) { return a.ExportDraft(ctx, id, "xlsx") }},
			{"no such draft", func(a workspace.Assistant) (any, error) { return a.Draft(ctx, "a/b") }},
			{"review", func(a workspace.Assistant) (any, error) {
				r, err := a.ReviewForms(ctx, workspace.ReviewRequest{Uploads: []workspace.Upload{up, file("坏.xlsx", "x")}, Title: "一轮", Source: "api", Key: "k"})
				if err == nil {
					round, formID = r.ID, r.Items[0].ID
				}
				return r, err
			}},
			{"review again", func(a workspace.Assistant) (any, error) {
				return a.ReviewForms(ctx, workspace.ReviewRequest{Uploads: []workspace.Upload{up}, Key: "k"})
			}},
			{"review of forms", func(a workspace.Assistant) (any, error) {
				return a.ReviewForms(ctx, workspace.ReviewRequest{Forms: &workspace.FormQuery{Year: 2025, Kind: yardstick.Target}, Source: "api"})
			}},
			{"review of some forms", func(a workspace.Assistant) (any, error) {
				return a.ReviewForms(ctx, workspace.ReviewRequest{Forms: &workspace.FormQuery{}, Only: []string{"f-0103", "f-0104"}, Source: "api"})
			}},
			{"rounds", func(a workspace.Assistant) (any, error) { return a.Rounds(ctx) }},
			{"round", func(a workspace.Assistant) (any, error) { return a.Round(ctx, round) }},
			{"verdict", func(a workspace.Assistant) (any, error) {
				return a.Verdict(ctx, round, formID, workspace.ReviewVerdict{Verdict: "return", Note: "补数量", Source: "api"})
			}},
			{"annotated", func(a workspace.Assistant) (any, error) { return a.Annotated(ctx, round, formID) }},
			{"opinion", func(a workspace.Assistant) (any, error) { return a.Opinion(ctx, round, formID, "html") }},
			{"delete round", func(a workspace.Assistant) (any, error) { return nil, a.DeleteRound(ctx, round) }},
			{"delete it again", func(a workspace.Assistant) (any, error) { return nil, a.DeleteRound(ctx, round) }},
		} {
			t.Run(string(state)+" "+step.name, func(t *testing.T) {
				want, werr := step.do(ws)
				got, err := step.do(c)
				if (err == nil) != (werr == nil) || err != nil && yardstick.KindOf(err) != yardstick.KindOf(werr) {
					t.Fatalf("server: %v; workspace: %v", err, werr)
				}
				if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
					t.Errorf("(-workspace +server)\n%s", diff)
				}
			})
		}
	}
}

// TestReviewPaths holds that files are named in the answer as they were given.
func TestReviewPaths(t *testing.T) {
	c := made(t, fake.New(fake.Loaded))
	t.Chdir(t.TempDir())
	var seen []string
	r, err := c.ReviewForms(t.Context(), workspace.ReviewRequest{Paths: []string{filepath.Join("目标", "a.xlsx"), "坏.xlsx"}, Progress: func(p workspace.Progress) { seen = append(seen, p.Name) }})
	if err != nil || len(r.Items) != 1 || r.Items[0].File != filepath.Join("目标", "a.xlsx") || len(r.Unread) != 1 || r.Unread[0].File != "坏.xlsx" || len(seen) == 0 {
		t.Errorf("%+v, seen %q, %v", r, seen, err)
	}
}

// TestBrokenUpload holds that a file that can't be read is an error and no
// shorter upload.
func TestBrokenUpload(t *testing.T) {
	c := made(t, fake.New(fake.Loaded))
	gone := workspace.Upload{Name: "a.xlsx", Open: func() (io.ReadCloser, error) { return nil, os.ErrNotExist }}
	if r, err := c.ReviewForms(t.Context(), workspace.ReviewRequest{Uploads: []workspace.Upload{file("b.xlsx", "x"), gone}}); err == nil {
		t.Errorf("reviewed %+v", r)
	}
	if heads, err := c.Rounds(t.Context()); err != nil || len(heads) != 1 {
		t.Errorf("%d rounds, %v; want none new", len(heads), err)
	}
}

// TestCancelledReview holds that leaving stops the round.
func TestCancelledReview(t *testing.T) {
	ws := fake.New(fake.Loaded)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	ws.Step = func(ctx context.Context, _ int) error {
		cancel()
		<-ctx.Done()
		ended <- ctx.Err()
		return ctx.Err()
	}
	c := made(t, ws)
	if _, err := c.ReviewForms(ctx, workspace.ReviewRequest{Paths: []string{"a.xlsx"}}); err == nil {
		t.Error("a cancelled review answers")
	}
	if err := <-ended; err == nil {
		t.Error("the server went on")
	}
	if heads, err := c.Rounds(t.Context()); err != nil || len(heads) != 1 {
		t.Errorf("%d rounds, %v; want none new", len(heads), err)
	}
}
