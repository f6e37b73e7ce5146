package intake_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"mime/multipart"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"yardstick"
	"yardstick/web/intake"
	"yardstick/workspace"
)

// loader is an Ingester of one function.
type loader func(context.Context, workspace.IngestRequest) (workspace.IngestResult, error)

func (f loader) Ingest(ctx context.Context, r workspace.IngestRequest) (workspace.IngestResult, error) {
	return f(ctx, r)
}

func parcel(t *testing.T, files map[string]string) *multipart.Reader {
	t.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	for name, text := range files {
		part, err := m.CreateFormFile("files", name)
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(part, text)
	}
	m.Close()
	return multipart.NewReader(&b, m.Boundary())
}

// end waits for a run and returns how it ended.
func end(t *testing.T, d *intake.Desk, id string) intake.Status {
	t.Helper()
	var last intake.Status
	if err := d.Watch(t.Context(), id, func(s intake.Status) error { last = s; return nil }); err != nil {
		t.Fatal(err)
	}
	return last
}

func TestReceive(t *testing.T) {
	dir := t.TempDir()
	d := intake.New(loader(nil), intake.Options{Dir: dir, FileBytes: 10, TotalBytes: 15, Files: 2})
	for _, c := range []struct {
		name  string
		files map[string]string
		want  string // part of the message; "" accepts
	}{
		{"folders are kept", map[string]string{"a/b/甲.xlsx": "12345"}, ""},
		{"no file", nil, "没有收到文件"},
		{"too large", map[string]string{"a.xlsx": "12345678901"}, "a.xlsx 超过"},
		{"too large together", map[string]string{"a.xlsx": "1234567890", "b.xlsx": "123456"}, "合计超过"},
		{"too many", map[string]string{"a": "1", "b": "2", "c": "3"}, "最多导入 2 个文件"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, err := d.Receive(parcel(t, c.files))
			if c.want != "" {
				if err == nil || !strings.Contains(err.Error(), c.want) || yardstick.KindOf(err) != yardstick.Invalid {
					t.Errorf("got %v, want an invalid input: %s", err, c.want)
				}
			} else if err != nil {
				t.Fatal(err)
			} else {
				f, err := p.Uploads[0].Open()
				if err != nil {
					t.Fatal(err)
				}
				text, _ := io.ReadAll(f)
				f.Close()
				if p.Uploads[0].Name != "a/b/甲.xlsx" || string(text) != "12345" || p.Bytes != 5 {
					t.Errorf("got %q with %q", p.Uploads[0].Name, text)
				}
				if err := p.Remove(); err != nil {
					t.Error(err)
				}
			}
			if left, err := filepath.Glob(dir + "/*"); err != nil || len(left) != 0 {
				t.Errorf("left behind: %v", left)
			}
		})
	}
	t.Run("a name can't leave the folder", func(t *testing.T) {
		body := "--b\r\nContent-Disposition: form-data; name=\"files\"; filename=\"../../etc/x\\\\..\\\\y.xlsx\"\r\n\r\n1\r\n--b--\r\n"
		p, err := d.Receive(multipart.NewReader(strings.NewReader(body), "b"))
		if err != nil {
			t.Fatal(err)
		}
		defer p.Remove()
		if n := p.Uploads[0].Name; strings.Contains(n, "..") || strings.HasPrefix(n, "/") {
			t.Errorf("the name is %q", n)
		}
	})
	t.Run("cut off", func(t *testing.T) {
		body := "--b\r\nContent-Disposition: form-data; name=\"files\"; filename=\"x\"\r\n\r\n12"
		if _, err := d.Receive(multipart.NewReader(strings.NewReader(body), "b")); err == nil || !strings.Contains(err.Error(), "没有传完整") {
			t.Errorf("got %v", err)
		}
	})
}

// TestDesk_oneAtATime holds that a second batch waits, says so, and runs then.
func TestDesk_oneAtATime(t *testing.T) {
	started, goOn := make(chan string, 2), make(chan struct{})
	d := intake.New(loader(func(_ context.Context, r workspace.IngestRequest) (workspace.IngestResult, error) {
		started <- r.Source
		r.Progress(workspace.Progress{Stage: "读取", Done: 1, Total: 2, Name: "x"})
		<-goOn
		return workspace.IngestResult{Batch: "b-" + r.Source}, nil
	}), intake.Options{Dir: t.TempDir()})
	defer d.Close()
	removed := make(chan struct{})
	first := d.Start(workspace.IngestRequest{Source: "1"}, 1, 0, func() { close(removed) })
	<-started
	second := d.Start(workspace.IngestRequest{Source: "2"}, 1, 0, nil)
	if s, _ := d.Status(second); s.State != intake.Waiting || s.Ahead != 1 {
		t.Errorf("the second is %s with %d ahead, want waiting with 1", s.State, s.Ahead)
	}
	if got := d.Active(); len(got) != 2 || got[0].ID != first || got[0].Done != 1 {
		t.Errorf("active: %+v", got)
	}
	close(goOn)
	if s := end(t, d, first); s.State != intake.Done || s.Result.Batch != "b-1" {
		t.Errorf("the first ended %s", s.State)
	}
	<-removed
	if s := end(t, d, second); s.State != intake.Done || s.Result.Batch != "b-2" {
		t.Errorf("the second ended %s", s.State)
	}
}

func TestDesk_ends(t *testing.T) {
	boom := errors.New("boom")
	for name, c := range map[string]struct {
		load loader
		want intake.State
	}{
		"error": {func(context.Context, workspace.IngestRequest) (workspace.IngestResult, error) {
			return workspace.IngestResult{}, boom
		}, intake.Failed},
		"panic": {func(context.Context, workspace.IngestRequest) (workspace.IngestResult, error) { panic("boom") }, intake.Failed},
		"cancelled": {func(ctx context.Context, _ workspace.IngestRequest) (workspace.IngestResult, error) {
			<-ctx.Done()
			return workspace.IngestResult{}, ctx.Err()
		}, intake.Cancelled},
	} {
		t.Run(name, func(t *testing.T) {
			d := intake.New(c.load, intake.Options{Dir: t.TempDir()})
			id := d.Start(workspace.IngestRequest{}, 1, 0, nil)
			if name == "cancelled" && !d.Cancel(id) {
				t.Error("it could not be cancelled")
			}
			if s := end(t, d, id); s.State != c.want || (s.State == intake.Failed) != (s.Err != nil) {
				t.Errorf("ended %s with %v, want %s", s.State, s.Err, c.want)
			}
			if d.Cancel(id) {
				t.Error("an ended run could be cancelled")
			}
			d.Close()
		})
	}
}

// TestDesk_Close holds that stopping ends what runs and leaves no folder.
func TestDesk_Close(t *testing.T) {
	d := intake.New(loader(func(ctx context.Context, _ workspace.IngestRequest) (workspace.IngestResult, error) {
		<-ctx.Done()
		return workspace.IngestResult{}, ctx.Err()
	}), intake.Options{})
	p, err := d.Receive(parcel(t, map[string]string{"a": "1"}))
	if err != nil {
		t.Fatal(err)
	}
	dir := d.Options().Dir
	id := d.Start(workspace.IngestRequest{Uploads: p.Uploads}, 1, 1, nil)
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	if s, _ := d.Status(id); s.State != intake.Cancelled {
		t.Errorf("the run is %s, want cancelled", s.State)
	}
	if _, err := os.Stat(dir); err == nil {
		t.Errorf("%s is still there", dir)
	}
	if _, err := d.Receive(parcel(t, map[string]string{"a": "1"})); yardstick.KindOf(err) != yardstick.Busy {
		t.Errorf("a closed desk received: %v", err)
	}
}

// TestDesk_keeps holds that old runs are forgotten and running ones are not.
func TestDesk_keeps(t *testing.T) {
	d := intake.New(loader(func(context.Context, workspace.IngestRequest) (workspace.IngestResult, error) {
		return workspace.IngestResult{}, nil
	}), intake.Options{Dir: t.TempDir(), Keep: 2})
	defer d.Close()
	var ids []string
	for range 4 {
		ids = append(ids, d.Start(workspace.IngestRequest{}, 1, 0, nil))
		end(t, d, ids[len(ids)-1])
	}
	if _, ok := d.Status(ids[0]); ok {
		t.Error("the oldest run is still known")
	}
	if _, ok := d.Status(ids[3]); !ok {
		t.Error("the latest run is not known")
	}
}

// reviewer is a Reviewer of one function.
type reviewer func(context.Context, workspace.ReviewRequest) (workspace.ReviewRound, error)

func (f reviewer) ReviewForms(ctx context.Context, r workspace.ReviewRequest) (workspace.ReviewRound, error) {
	return f(ctx, r)
}

// TestStartReview holds that a review runs beside an import, behind another
// review, with progress, and that neither is listed as the other.
func TestStartReview(t *testing.T) {
	hold := make(chan struct{})
	d := intake.New(loader(func(ctx context.Context, _ workspace.IngestRequest) (workspace.IngestResult, error) {
		<-hold
		return workspace.IngestResult{Batch: "b-1"}, nil
	}), intake.Options{Dir: t.TempDir()})
	defer d.Close()
	imported := d.Start(workspace.IngestRequest{}, 1, 1, nil)
	seen := make(chan struct{})
	ws := reviewer(func(ctx context.Context, r workspace.ReviewRequest) (workspace.ReviewRound, error) {
		r.Progress(workspace.Progress{Stage: "审核", Done: 1, Total: 2, Name: "甲"})
		close(seen)
		<-ctx.Done()
		return workspace.ReviewRound{}, ctx.Err()
	})
	first := d.StartReview(ws, workspace.ReviewRequest{}, 2, 1, nil)
	<-seen // it runs although the import does
	second := d.StartReview(reviewer(func(context.Context, workspace.ReviewRequest) (workspace.ReviewRound, error) {
		return workspace.ReviewRound{ID: "v-2"}, nil
	}), workspace.ReviewRequest{}, 1, 1, nil)
	if s, _ := d.Status(first); s.State != intake.Running || s.Done != 1 || s.Name != "甲" {
		t.Errorf("the first review is %+v, want it running at 甲", s)
	}
	if s, _ := d.Status(second); s.State != intake.Waiting || s.Ahead != 1 {
		t.Errorf("the second review is %+v, want it waiting behind one", s)
	}
	if a, r := d.Active(), d.ActiveOf(intake.Review); len(a) != 1 || a[0].ID != imported || len(r) != 2 {
		t.Errorf("active are %d imports and %d reviews, want 1 and 2", len(a), len(r))
	}
	d.Cancel(first)
	if s := end(t, d, first); s.State != intake.Cancelled {
		t.Errorf("the cancelled review ended as %s", s.State)
	}
	if s := end(t, d, second); s.State != intake.Done || s.Round != "v-2" || s.Kind != intake.Review {
		t.Errorf("the second review ended as %+v, want done with its round", s)
	}
	close(hold)
	if s := end(t, d, imported); s.State != intake.Done || s.Result == nil || s.Kind != intake.Import {
		t.Errorf("the import ended as %+v", s)
	}
}
