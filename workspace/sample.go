package workspace

import (
	"context"
	"io"
	"io/fs"
	"strings"
	"time"

	"yardstick"
	"yardstick/ingest"
)

// LoadSample loads the demonstration forms that are shipped inside the program.
// They are marked as sample data wherever they are shown.
func (w *Workspace) LoadSample(ctx context.Context) (IngestResult, error) {
	var sources []ingest.Source
	err := fs.WalkDir(yardstick.Sample, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		sources = append(sources, ingest.Source{
			Name: strings.TrimPrefix(path, "testdata/"),
			Open: func() (io.ReadCloser, error) { return yardstick.Sample.Open(path) },
		})
		return nil
	})
	if err != nil {
		return IngestResult{}, err
	}
	return w.ingestSources(ctx, IngestRequest{Source: "demo", Sample: true}, sources, time.Now())
}
