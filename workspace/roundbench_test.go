package workspace_test

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"yardstick/workspace"
)

// BenchmarkDraftView answers for a draft of 15 lines over the sample, as the
// page asks at each pause of typing: after a change of one character.
func BenchmarkDraftView(b *testing.B) {
	w := demo(b)
	weight := 6.0
	body := workspace.DraftBody{Project: "农村公路日常养护", Unit: "县公路养护中心", Year: 2026, Budget: &weight,
		Goal: "完成386.4公里农村公路日常养护，及时清扫保洁、修补路面病害、疏通边沟，保持路况优良中等路率稳定，保障群众安全便捷出行。"}
	for i := range 15 {
		body.Lines = append(body.Lines, workspace.DraftLine{Level1: "产出指标", Level2: "数量指标", Name: fmt.Sprintf("农村公路第%d段养护里程", i), Comparison: "≥", Target: "386.4", Unit: "公里", Weight: &weight})
	}
	d, err := w.StartDraft(b.Context(), workspace.DraftStart{Body: body})
	if err != nil {
		b.Fatal(err)
	}
	if _, err := w.Draft(b.Context(), d.ID); err != nil { // fits the model
		b.Fatal(err)
	}
	for n := 0; b.Loop(); n++ {
		b.StopTimer()
		body.Goal = fmt.Sprint("完成", n, body.Goal[6:])
		if d, err = w.SaveDraft(b.Context(), d.ID, workspace.DraftSave{Revision: d.Revision, Body: body}); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
		if _, err := w.Draft(b.Context(), d.ID); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkSaveDraft saves a changed draft.
func BenchmarkSaveDraft(b *testing.B) {
	w := demo(b)
	d, err := w.StartDraft(b.Context(), workspace.DraftStart{Body: workspace.DraftBody{Project: "甲", Goal: strings.Repeat("目标", 500), Lines: make([]workspace.DraftLine, 20)}})
	if err != nil {
		b.Fatal(err)
	}
	for n := 0; b.Loop(); n++ {
		d.Body.Unit = fmt.Sprint(n)
		if d, err = w.SaveDraft(b.Context(), d.ID, workspace.DraftSave{Revision: d.Revision, Body: d.Body}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkRound reviews a thousand workbooks in one round: the shared real
// target forms, again and again.
func BenchmarkRound(b *testing.B) {
	var books [][]byte
	paths, _ := filepath.Glob("../../shared/data/forms/*.xlsx")
	for _, p := range paths {
		data, err := os.ReadFile(p)
		if err != nil {
			b.Fatal(err)
		}
		books = append(books, data)
	}
	if len(books) == 0 {
		b.Skip("the shared forms are not beside the repository")
	}
	w := demo(b)
	const files = 1000
	var uploads []workspace.Upload
	for i := range files {
		uploads = append(uploads, workspace.Upload{Name: fmt.Sprintf("%d/表.xlsx", i), Open: func() (io.ReadCloser, error) {
			return io.NopCloser(strings.NewReader(string(books[i%len(books)]))), nil
		}})
	}
	if _, err := w.ReviewForms(b.Context(), workspace.ReviewRequest{Uploads: uploads[:1]}); err != nil { // fits the model
		b.Fatal(err)
	}
	forms := 0
	for b.Loop() {
		round, err := w.ReviewForms(b.Context(), workspace.ReviewRequest{Uploads: uploads})
		if err != nil {
			b.Fatal(err)
		}
		forms += len(round.Items)
	}
	b.ReportMetric(float64(forms)/b.Elapsed().Seconds(), "forms/s")
	b.ReportMetric(b.Elapsed().Seconds()*1000/float64(b.N*files), "ms/file")
}
