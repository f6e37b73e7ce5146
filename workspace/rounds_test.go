package workspace_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"yardstick"
	"yardstick/workspace"
)

// targetCSV is a small target form.
func targetCSV(project string, target string) string {
	return "项目支出绩效目标表\n项目名称," + project + "\n实施单位,示例县公路管理站\n年度资金总额,100万元\n年度总体目标,完成养护120公里。\n" +
		"一级指标,二级指标,三级指标,指标值,分值\n产出指标,数量指标,养护里程," + target + ",50\n效益指标,社会效益指标,群众投诉率,≤5%,30\n满意度指标,服务对象满意度指标,群众满意度,≥90%,10\n"
}

func upload(name, content string) workspace.Upload {
	return workspace.Upload{Name: name, Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(content)), nil }}
}

func TestRound(t *testing.T) {
	dir := t.TempDir()
	w := openAt(t, dir)
	same := targetCSV("农村公路养护", "≥120公里")
	evaluation := strings.Replace(strings.Replace(same, "绩效目标表", "绩效自评表", 1), "指标值,分值", "年度指标值,实际完成值,分值,得分", 1)
	evaluation = strings.NewReplacer("≥120公里,50", "≥120公里,121公里,50,50", "≤5%,30", "≤5%,4%,30,30", "≥90%,10", "≥90%,92%,10,10").Replace(evaluation)
	broken := workspace.Upload{Name: "没了.xlsx", Open: func() (io.ReadCloser, error) { return nil, errors.New("gone") }}
	var stages []string
	round, err := w.ReviewForms(t.Context(), workspace.ReviewRequest{Title: "九月申报", Source: "page", Uploads: []workspace.Upload{
		upload("a/养护.csv", same), upload("b/养护.csv", same), upload("空.csv", targetCSV("什么也没写", "")), upload("自评.csv", evaluation),
		upload("照片.xlsx", "不是表格"), broken,
	}, Progress: func(p workspace.Progress) {
		if !slices.Contains(stages, p.Stage) {
			stages = append(stages, p.Stage)
		}
	}})
	if err != nil {
		t.Fatal(err)
	}
	if len(round.Items) != 3 || round.Files != 6 || len(round.Skips) != 1 || !strings.Contains(round.Skips[0], "自评.csv") {
		t.Fatalf("%d items of %d files, skips %q, unread %+v", len(round.Items), round.Files, round.Skips, round.Unread)
	}
	unread := map[string]bool{}
	for _, is := range round.Unread {
		unread[is.File] = true
	}
	if !unread["照片.xlsx"] || !unread["没了.xlsx"] {
		t.Errorf("unread %+v, want both files that can't be read", round.Unread)
	}
	if !slices.Equal(stages, []string{"收文件", "读取", "审核"}) {
		t.Errorf("stages %q", stages)
	}
	ids := map[string]bool{}
	for i, r := range round.Items {
		ids[r.ID] = true
		if i > 0 && (r.Must > round.Items[i-1].Must || r.Must == round.Items[i-1].Must && r.Points < round.Items[i-1].Points) {
			t.Errorf("item %d is worse than the one before: %d must, %g points", i, r.Must, r.Points)
		}
	}
	if len(ids) != 3 {
		t.Errorf("ids %v: the same file twice must be two forms", ids)
	}
	form := round.Items[1].ID
	for _, v := range []string{"return", "pass"} {
		r, err := w.Verdict(t.Context(), round.ID, form, workspace.ReviewVerdict{Verdict: v, Note: "看过", Source: "page"})
		if err != nil || r.Decision == nil || r.Decision.Verdict != v || r.Decision.At.IsZero() {
			t.Errorf("verdict %s: %+v, %v", v, r.Decision, err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}

	// What a crash left in the middle of a round and of a deletion.
	left := filepath.Join(dir, "rounds", ".new-x", "files")
	if err := os.MkdirAll(left, 0o755); err != nil {
		t.Fatal(err)
	}
	w = openAt(t, dir)
	defer w.Close()
	heads, err := w.Rounds(t.Context())
	if err != nil || len(heads) != 1 {
		t.Fatalf("rounds %+v, %v", heads, err)
	}
	if h := heads[0]; h.ID != round.ID || h.Title != "九月申报" || h.Forms != 3 || h.Open != 2 {
		t.Errorf("head %+v", h)
	}
	if _, err := os.Stat(left); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("what a crash left is still there: %v", err)
	}
	again, err := w.Round(t.Context(), round.ID)
	if err != nil || len(again.Items) != 3 || again.Items[1].Decision == nil || again.Items[1].Decision.Verdict != "pass" || again.Items[0].Decision != nil {
		t.Errorf("after reopening: %v", err)
	}
	if _, err := w.Verdict(t.Context(), round.ID, form, workspace.ReviewVerdict{Verdict: "maybe"}); yardstick.KindOf(err) != yardstick.Invalid {
		t.Errorf("unknown verdict: %v", err)
	}
	for _, id := range []string{"../" + filepath.Base(dir), "..", ".", "", "x/y", "rnothere", ".new-x"} {
		_, err := w.Round(t.Context(), id)
		kind(t, err, yardstick.NotFound)
		kind(t, w.DeleteRound(t.Context(), id), yardstick.NotFound)
	}
	if err := w.DeleteRound(t.Context(), round.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Round(t.Context(), round.ID); yardstick.KindOf(err) != yardstick.NotFound {
		t.Errorf("a deleted round: %v", err)
	}
	if names, _ := os.ReadDir(filepath.Join(dir, "rounds")); len(names) != 0 {
		t.Errorf("a deleted round leaves %v", names)
	}
}

// TestRoundOfWarehouse reviews the loaded forms.
func TestRoundOfWarehouse(t *testing.T) {
	w, _ := sample(t)
	round, err := w.ReviewForms(t.Context(), workspace.ReviewRequest{Forms: &workspace.FormQuery{}, Source: "forms"})
	if err != nil {
		t.Fatal(err)
	}
	list, err := w.Forms(t.Context(), workspace.FormQuery{Limit: 1000})
	if err != nil {
		t.Fatal(err)
	}
	targets := 0
	for _, f := range list.Forms {
		if f.Kind == yardstick.Target || f.Kind == yardstick.DepartmentTarget {
			targets++
		}
	}
	if len(round.Items) != targets || targets == 0 || len(round.Skips) != list.Total-targets || !round.Sample {
		t.Errorf("%d items, %d skips, sample %t; want %d and %d", len(round.Items), len(round.Skips), round.Sample, targets, list.Total-targets)
	}
	one := round.Items[0].ID
	before, err := w.Rounds(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range []workspace.FormQuery{{Year: 1900}, {Kind: yardstick.SelfEvaluation}} {
		_, err := w.ReviewForms(t.Context(), workspace.ReviewRequest{Forms: &q})
		kind(t, err, yardstick.NotFound)
	}
	if after, err := w.Rounds(t.Context()); err != nil || len(after) != len(before) {
		t.Errorf("nothing to review: %d rounds after %d, %v", len(after), len(before), err)
	}
	single, err := w.ReviewForms(t.Context(), workspace.ReviewRequest{Forms: &workspace.FormQuery{}, Only: []string{one, "nosuch"}})
	if err != nil || len(single.Items) != 1 || single.Items[0].ID != one || len(single.Skips) != 1 {
		t.Errorf("one form: %d items, skips %q, %v", len(single.Items), single.Skips, err)
	}
	_, err = w.Annotated(t.Context(), round.ID, one)
	kind(t, err, yardstick.NotFound)
}

// TestRoundCancelled holds that nothing of a cancelled round stays.
func TestRoundCancelled(t *testing.T) {
	dir := t.TempDir()
	w := openAt(t, dir)
	defer w.Close()
	for _, stage := range []string{"收文件", "读取", "审核"} {
		ctx, stop := context.WithCancel(t.Context())
		_, err := w.ReviewForms(ctx, workspace.ReviewRequest{Uploads: []workspace.Upload{upload("a.csv", targetCSV("甲", "≥1个")), upload("b.csv", targetCSV("乙", "≥1个"))},
			Progress: func(p workspace.Progress) {
				if p.Stage == stage && p.Done == 1 {
					stop()
				}
			}})
		stop()
		if !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled at %s: %v", stage, err)
		}
	}
	if names, _ := os.ReadDir(filepath.Join(dir, "rounds")); len(names) != 0 {
		t.Errorf("cancelled rounds left %v", names)
	}
}

// TestRoundsTogether makes, reads, decides and deletes rounds at once.
func TestRoundsTogether(t *testing.T) {
	w := open(t)
	var wg sync.WaitGroup
	for i := range 4 {
		wg.Go(func() {
			round, err := w.ReviewForms(t.Context(), workspace.ReviewRequest{Uploads: []workspace.Upload{upload("同名.csv", targetCSV(fmt.Sprint("项目", i), "≥1个"))}})
			if err != nil || len(round.Items) != 1 {
				t.Errorf("round %d: %d items, %v", i, len(round.Items), err)
				return
			}
			var inner sync.WaitGroup
			for k := range 8 {
				inner.Go(func() {
					if _, err := w.Verdict(t.Context(), round.ID, round.Items[0].ID, workspace.ReviewVerdict{Verdict: "return", Note: fmt.Sprint(k)}); err != nil {
						t.Error(err)
					}
					if r, err := w.Round(t.Context(), round.ID); err != nil || r.Items[0].Project != fmt.Sprint("项目", i) {
						t.Errorf("%+v, %v", r.Items, err)
					}
				})
			}
			inner.Wait()
			if i%2 == 0 {
				if err := w.DeleteRound(t.Context(), round.ID); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	heads, err := w.Rounds(t.Context())
	if err != nil || len(heads) != 2 {
		t.Errorf("%d rounds left, %v, want 2", len(heads), err)
	}
}

// TestRoundKeepsWhatWasReviewed holds that the file of an annotated copy is the
// one that was reviewed, not what stands at its path later.
func TestRoundKeepsWhatWasReviewed(t *testing.T) {
	dir := t.TempDir()
	w := openAt(t, dir)
	defer w.Close()
	path := filepath.Join(t.TempDir(), "表.csv")
	first := []byte(targetCSV("甲", "≥1个"))
	if err := os.WriteFile(path, first, 0o644); err != nil {
		t.Fatal(err)
	}
	round, err := w.ReviewForms(t.Context(), workspace.ReviewRequest{Paths: []string{path}})
	if err != nil || len(round.Items) != 1 {
		t.Fatalf("%+v, %v", round, err)
	}
	if err := os.WriteFile(path, []byte("改过"), 0o644); err != nil {
		t.Fatal(err)
	}
	kept, err := os.ReadFile(filepath.Join(dir, "rounds", round.ID, "files", "000000"))
	if err != nil || !bytes.Equal(kept, first) {
		t.Errorf("kept %q, %v", kept, err)
	}
}

// TestRoundPapers annotates the files of a round and writes opinions.
func TestRoundPapers(t *testing.T) {
	w := open(t)
	weight := 50.0
	body := workspace.DraftBody{Project: "农村公路/养护", Unit: "县公路局", Year: 2026, Goal: "完成养护120公里。", Budget: &weight, Lines: []workspace.DraftLine{
		{Level1: "产出指标", Level2: "数量指标", Name: "养护里程", Comparison: "≥", Target: "120", Unit: "公里", Weight: &weight},
		{Level1: "效益指标", Level2: "社会效益指标", Name: "群众投诉率", Comparison: "≥", Target: "5", Unit: "%", Weight: &weight}}}
	var uploads []workspace.Upload
	for _, format := range []string{"xlsx", "docx"} {
		doc, err := w.ExportBody(t.Context(), body, format)
		if err != nil {
			t.Fatal(err)
		}
		uploads = append(uploads, upload(doc.Name, string(doc.Data)))
	}
	uploads = append(uploads, upload("表.csv", targetCSV("甲", "≥1个")))
	round, err := w.ReviewForms(t.Context(), workspace.ReviewRequest{Uploads: uploads})
	if err != nil || len(round.Items) != 3 {
		t.Fatalf("%d items, %v, unread %+v", len(round.Items), err, round.Unread)
	}
	for _, r := range round.Items {
		doc, err := w.Annotated(t.Context(), round.ID, r.ID)
		if err != nil || len(doc.Data) == 0 || !strings.Contains(doc.Name, "_批注.") {
			t.Errorf("%s annotated: %s, %d bytes, %v", r.File, doc.Name, len(doc.Data), err)
		}
		for _, format := range []string{"xlsx", "html"} {
			doc, err := w.Opinion(t.Context(), round.ID, r.ID, format)
			if err != nil || len(doc.Data) == 0 || !strings.HasSuffix(doc.Name, "_审核意见."+format) || strings.Contains(doc.Name, "/") {
				t.Errorf("%s opinion: %s, %d bytes, %v", r.File, doc.Name, len(doc.Data), err)
			}
			if format == "html" && !strings.Contains(string(doc.Data), r.Project) {
				t.Errorf("the opinion on %s does not name it", r.Project)
			}
		}
		_, err = w.Opinion(t.Context(), round.ID, r.ID, "pdf")
		kind(t, err, yardstick.Invalid)
	}
	_, err = w.Annotated(t.Context(), round.ID, "../../x")
	kind(t, err, yardstick.NotFound)
	o, err := w.Overview(t.Context())
	if err != nil || !slices.ContainsFunc(o.Todo, func(d workspace.Todo) bool { return d.Count == 3 && d.Link == "/reviews/"+round.ID }) {
		t.Errorf("todo %+v, %v, want the three forms without a decision", o.Todo, err)
	}
}

// TestReviewLongForm holds that a form of thousands of indicators is said, not
// compared line with line.
func TestReviewLongForm(t *testing.T) {
	w := open(t)
	var b strings.Builder
	b.WriteString("项目支出绩效目标申报表\n项目名称,大表\n一级指标,二级指标,三级指标,指标值\n")
	for i := range 2001 {
		fmt.Fprintf(&b, "产出指标,数量指标,第%d号渠道清淤长度,≥%d米\n", i, i+10)
	}
	round, err := w.ReviewForms(t.Context(), workspace.ReviewRequest{Source: "cli", Uploads: []workspace.Upload{{Name: "大表.csv", Open: func() (io.ReadCloser, error) {
		return io.NopCloser(strings.NewReader(b.String())), nil
	}}}})
	if err != nil {
		t.Fatal(err)
	}
	if len(round.Items) != 0 || len(round.Skips) != 1 || !strings.Contains(round.Skips[0], "超过 2000 个") {
		t.Errorf("items %d, skips %q", len(round.Items), round.Skips)
	}
}
