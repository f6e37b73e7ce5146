package workspace

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// held is a workspace whose fits wait at their beginning until they are let go.
type held struct {
	*Workspace
	t      *testing.T
	begun  chan struct{} // one for each fit that has begun
	let    chan struct{} // one lets one fit go on; closed: all
	folder string
	loads  int
}

func hold(t *testing.T) *held {
	t.Helper()
	ws, err := Open(t.Context(), Options{Dir: filepath.Join(t.TempDir(), "ws"), Create: true})
	if err != nil {
		t.Fatal(err)
	}
	h := &held{Workspace: ws, t: t, begun: make(chan struct{}, 100), let: make(chan struct{}), folder: t.TempDir()}
	ws.fits.begun = func() {
		h.begun <- struct{}{}
		select {
		case <-h.let:
		case <-ws.fits.ctx.Done():
		}
	}
	return h
}

// load stores one more project with an indicator of its own.
func (h *held) load() (indicator string) {
	h.t.Helper()
	h.loads++
	indicator = []string{"琉璃瓦更换片数", "宫墙粉刷面积", "彩画修复幅数", "匾额保养块数", "碑刻拓印张数"}[h.loads-1] // not alike
	name := filepath.Join(h.folder, fmt.Sprintf("%d.csv", h.loads))
	text := fmt.Sprintf("项目支出绩效目标表\n项目名称,第%d号琉璃瓦修缮工程\n一级指标,二级指标,三级指标,指标值,分值\n产出指标,数量指标,%s,≥300片,50\n", h.loads, indicator)
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		h.t.Fatal(err)
	}
	res, err := h.Ingest(h.t.Context(), IngestRequest{Paths: []string{name}, Source: "cli"})
	if err != nil || res.Forms != 1 {
		h.t.Fatalf("%d forms, %v", res.Forms, err)
	}
	return indicator
}

func (h *held) suggest(fresh bool) SuggestResult {
	h.t.Helper()
	a, err := h.Suggest(h.t.Context(), SuggestRequest{Project: "琉璃瓦修缮工程", Limit: 100, Fresh: fresh})
	if err != nil {
		h.t.Fatal(err)
	}
	return a
}

func suggests(a SuggestResult, name string) bool {
	for _, s := range a.Suggestions {
		if s.Name == name {
			return true
		}
	}
	return false
}

// TestWarmAnswersWhileFitting: with a fit that never goes on, questions are
// answered from the model before it and say so; let go, one more fit knows every
// load that came meanwhile.
func TestWarmAnswersWhileFitting(t *testing.T) {
	h := hold(t)
	t.Cleanup(func() { h.Close() })
	first := h.load()
	h.Warm()
	<-h.begun
	h.let <- struct{}{}
	if a := h.suggest(false); a.Basis.Behind != "" || !suggests(a, first) { // no model at all: it waits
		t.Fatalf("the first answer: behind %q, %s suggested: %v", a.Basis.Behind, first, suggests(a, first))
	}
	second := h.load()
	<-h.begun // and stands
	var last string
	for range 3 {
		last = h.load()
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			a := h.suggest(false)
			if !strings.Contains(a.Basis.Behind, "正在计入") || !suggests(a, first) || suggests(a, second) {
				t.Errorf("while fitting: behind %q, old %v, new %v; want the old model", a.Basis.Behind, suggests(a, first), suggests(a, second))
			}
		})
	}
	wg.Wait()
	if err := h.UndoDecision(t.Context(), 99, "page"); err == nil { // edits are not blocked either
		t.Error("a decision that is not there was taken back")
	}
	close(h.let)
	a := h.suggest(true)
	if a.Basis.Behind != "" || !suggests(a, second) || !suggests(a, last) {
		t.Errorf("after it: behind %q, %v %v; want all loads", a.Basis.Behind, suggests(a, second), suggests(a, last))
	}
	// The one that stood may have read everything; then the last is for nothing new.
	if n := len(h.begun); n > 1 {
		t.Errorf("%d more fits for three loads, want at most 1", n)
	}
}

// TestWarmFollowsDecisionsAndEdits: a change of library or decisions makes the
// model stale like a load.
func TestWarmFollowsDecisionsAndEdits(t *testing.T) {
	h := hold(t)
	t.Cleanup(func() { h.Close() })
	close(h.let)
	name := h.load()
	h.Warm()
	h.suggest(true)
	e, err := h.EditEntry(t.Context(), EntryEdit{Set: map[string]string{"name": "琉璃瓦养护面积", "level1": "产出指标", "level2": "数量指标", "unit": "片"}})
	if err != nil {
		t.Fatal(err)
	}
	if a := h.suggest(true); !suggests(a, "琉璃瓦养护面积") {
		t.Error("a new entry is not suggested")
	}
	if _, err := h.Decide(t.Context(), []Decision{{Name: name, Verdict: "is", Entry: e.Entry}}); err != nil {
		t.Fatal(err)
	}
	a := h.suggest(true)
	for _, s := range a.Suggestions {
		if s.Name == name {
			t.Errorf("%s is suggested beside the entry that it was said to be", name)
		}
		if s.Name == "琉璃瓦养护面积" && s.Why.UsedProjects != 1 {
			t.Errorf("the entry is used by %d projects, want 1", s.Why.UsedProjects)
		}
	}
}

// TestColdWaits: without Warm a question waits for what was loaded before it, and
// whoever stops waiting doesn't stop the fit.
func TestColdWaits(t *testing.T) {
	h := hold(t)
	t.Cleanup(func() { h.Close() })
	h.load()
	ctx, cancel := context.WithCancel(t.Context())
	gone := make(chan error)
	go func() {
		_, err := h.Suggest(ctx, SuggestRequest{Project: "琉璃瓦修缮工程"})
		gone <- err
	}()
	<-h.begun
	cancel()
	if err := <-gone; err != context.Canceled {
		t.Errorf("who went away got %v, want %v", err, context.Canceled)
	}
	name := h.load()
	close(h.let)
	if a := h.suggest(false); a.Basis.Behind != "" || !suggests(a, name) {
		t.Errorf("behind %q, %s suggested: %v; want all loads", a.Basis.Behind, name, suggests(a, name))
	}
}

// TestCloseEndsFit: Close returns while a fit stands, and whoever waits for it gets
// an error.
func TestCloseEndsFit(t *testing.T) {
	h := hold(t)
	h.load()
	h.Warm()
	<-h.begun
	asked := make(chan error)
	go func() {
		_, err := h.Suggest(context.Background(), SuggestRequest{Project: "琉璃瓦修缮工程"})
		asked <- err
	}()
	if err := h.Close(); err != nil {
		t.Fatal(err)
	}
	if err := <-asked; err == nil {
		t.Error("an answer came from a closed workspace")
	}
	if len(h.begun) != 0 {
		t.Error("a fit began after Close")
	}
}

// TestQuickModel: before a long first fit the library alone answers.
func TestQuickModel(t *testing.T) {
	h := hold(t)
	t.Cleanup(func() { h.Close() })
	name := h.load()
	h.fits.quickFrom = 1
	h.Warm()
	<-h.begun
	h.let <- struct{}{}
	<-h.begun // the real one stands
	a := h.suggest(false)
	if !strings.Contains(a.Basis.Behind, "指标库") || suggests(a, name) || a.Basis.Forms != 0 || len(a.Suggestions) == 0 {
		t.Errorf("behind %q, %d forms, %d suggestions; want the library alone", a.Basis.Behind, a.Basis.Forms, len(a.Suggestions))
	}
	close(h.let)
	if a = h.suggest(true); a.Basis.Behind != "" || !suggests(a, name) {
		t.Errorf("behind %q; want the real model", a.Basis.Behind)
	}
}
