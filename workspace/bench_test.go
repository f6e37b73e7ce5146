package workspace_test

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"yardstick/workspace"
)

// clients is how many ask at once in the latency benchmarks.
const clients = 16

// workbooks writes n workbooks made from the project's own forms, each with a
// project name of its own, and returns their folder.
func workbooks(b *testing.B, n int) string {
	b.Helper()
	var names []string
	_ = filepath.WalkDir("../testdata/demo", func(p string, d fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(p, ".xlsx") {
			names = append(names, p)
		}
		return nil
	})
	if len(names) == 0 {
		b.Skip("no workbooks in testdata/demo")
	}
	dir := b.TempDir()
	for i := range n {
		data, err := os.ReadFile(names[i%len(names)])
		if err != nil {
			b.Fatal(err)
		}
		name := filepath.Join(dir, fmt.Sprintf("%04d.xlsx", i))
		if err := os.WriteFile(name, renamed(b, data, i), 0o644); err != nil {
			b.Fatal(err)
		}
	}
	return dir
}

// renamed returns a workbook in which the last text of the third row, where the
// shipped forms name the project, ends with the number i, so that no two
// workbooks hold the same form.
func renamed(b *testing.B, data []byte, i int) []byte {
	b.Helper()
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		b.Fatal(err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range r.File {
		in, err := f.Open()
		if err != nil {
			b.Fatal(err)
		}
		body, err := io.ReadAll(in)
		in.Close()
		if err != nil {
			b.Fatal(err)
		}
		if strings.HasSuffix(f.Name, ".xml") {
			body = number(body, i)
		}
		o, err := w.Create(f.Name)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := o.Write(body); err != nil {
			b.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		b.Fatal(err)
	}
	return out.Bytes()
}

func number(sheet []byte, i int) []byte {
	from := bytes.Index(sheet, []byte(`<row r="3"`))
	if from < 0 {
		return sheet
	}
	to := bytes.Index(sheet[from:], []byte("</row>"))
	if to < 0 {
		return sheet
	}
	at := bytes.LastIndex(sheet[:from+to], []byte("</t>"))
	if at < from {
		return sheet
	}
	return slices.Concat(sheet[:at], fmt.Appendf(nil, " N%d", i), sheet[at:])
}

// BenchmarkIngest loads 600 small workbooks from a folder into a new workspace:
// reading, parsing, warehouse and index.
func BenchmarkIngest(b *testing.B) {
	const n = 600
	dir := workbooks(b, n)
	var spent time.Duration
	var forms int
	for b.Loop() {
		b.StopTimer()
		ws, err := workspace.Open(context.Background(), workspace.Options{Dir: filepath.Join(b.TempDir(), "ws"), Create: true})
		if err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
		start := time.Now()
		res, err := ws.Ingest(context.Background(), workspace.IngestRequest{Paths: []string{dir}, Source: "cli"})
		spent += time.Since(start)
		if err != nil {
			b.Fatal(err)
		}
		forms += res.Forms
		b.StopTimer()
		ws.Close()
		b.StartTimer()
	}
	b.ReportMetric(float64(n*b.N)/spent.Seconds(), "workbooks/s")
	b.ReportMetric(float64(forms)/float64(b.N), "forms")
}

// demo opens a workspace with the shipped sample.
func demo(b *testing.B) *workspace.Workspace {
	b.Helper()
	ws, err := workspace.Open(context.Background(), workspace.Options{Dir: filepath.Join(b.TempDir(), "ws"), Create: true})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { ws.Close() })
	if _, err := ws.LoadSample(context.Background()); err != nil {
		b.Fatal(err)
	}
	return ws
}

// latency asks from several clients at once and reports the 99th percentile.
func latency(b *testing.B, ask func(i int) error) {
	b.Helper()
	if err := ask(0); err != nil {
		b.Fatal(err)
	}
	var mu sync.Mutex
	var took []time.Duration
	for b.Loop() {
		var wg sync.WaitGroup
		for c := range clients {
			wg.Add(1)
			go func() {
				defer wg.Done()
				mine := make([]time.Duration, 0, 50)
				for i := range 50 {
					start := time.Now()
					if err := ask(c*50 + i); err != nil {
						b.Error(err)
						return
					}
					mine = append(mine, time.Since(start))
				}
				mu.Lock()
				took = append(took, mine...)
				mu.Unlock()
			}()
		}
		wg.Wait()
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(len(took)), "requests")
}

var queries = []string{"满意度", "公路养护", "验收合格率", "资金拨付及时率", "学生", "补助标准达标率", "污水", "培训人次", "森林防火", "困难群众救助"}

var projects = []string{"农村公路日常养护", "义务教育营养改善计划", "城市公交运营补贴", "高标准农田建设", "困难群众救助补助", "博物馆免费开放", "老旧小区改造", "森林防火物资购置", "基层医疗卫生服务", "司法救助"}

func BenchmarkSearch(b *testing.B) {
	ws := demo(b)
	latency(b, func(i int) error {
		_, err := ws.Search(context.Background(), workspace.SearchQuery{Text: queries[i%len(queries)]})
		return err
	})
}

func BenchmarkComplete(b *testing.B) {
	ws := demo(b)
	latency(b, func(i int) error {
		q := []rune(queries[i%len(queries)])
		_, err := ws.Complete(context.Background(), string(q[:1+i%len(q)]), 10)
		return err
	})
}

func BenchmarkSuggest(b *testing.B) {
	ws := demo(b)
	latency(b, func(i int) error {
		_, err := ws.Suggest(context.Background(), workspace.SuggestRequest{Project: projects[i%len(projects)]})
		return err
	})
}
