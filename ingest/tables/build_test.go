package tables

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"yardstick"
)

// counter is a Sink that counts the rows of batches and forgets them.
type counter struct {
	ParquetReader
	rows []int
}

func (c *counter) Known(context.Context, []string) (map[string]string, error) { return nil, nil }

func (c *counter) AppendTable(_ context.Context, _ *yardstick.Batch, begin func(Identify) (Lines, Forms, error)) (yardstick.Outcome, error) {
	lines, _, err := begin(func(f *yardstick.Form) (string, string) { return f.Project.Value, "" })
	if err != nil {
		return yardstick.Outcome{}, err
	}
	for lines.Next() {
		c.rows = append(c.rows, int(lines.RecordBatch().NumRows()))
	}
	return yardstick.Outcome{}, lines.Err()
}

// TestLoad_batches: batches have the rows of a row group of the warehouse however
// the file is cut into chunks and whatever rows are rejected, unless their text
// would take too much memory.
func TestLoad_batches(t *testing.T) {
	for name, tt := range map[string]struct {
		rows int
		note string
		want func([]int) bool
	}{
		"short rows": {250_000, "", func(got []int) bool { return slices.Equal(got, []int{batchRows, batchRows, 3240}) }},
		"long rows": {50_000, strings.Repeat("长", 1000), func(got []int) bool {
			return len(got) >= 2 && slices.Max(got) <= (batchBytes+2*chunkBytes)/3000
		}},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "a.csv")
			f, err := os.Create(path)
			if err != nil {
				t.Fatal(err)
			}
			w := bufio.NewWriter(f)
			fmt.Fprintln(w, "project,name,weight,note")
			for i := range tt.rows {
				fmt.Fprintf(w, "p%d,n,%s,%s\n", i/20, []string{"5", "many"}[min(1, i%250/249)], tt.note) // one in 250 is rejected
			}
			if err := w.Flush(); err != nil {
				t.Fatal(err)
			}
			f.Close()
			m, err := ParseMapping("m.toml", []byte(`
[columns]
project = "project"
name = "name"
weight = "weight"
note = "note"
[defaults]
kind = "target"
`))
			if err != nil {
				t.Fatal(err)
			}
			var c counter
			b := yardstick.Batch{}
			if _, err := Load(t.Context(), &b, path, m, &c, Options{}); err != nil {
				t.Fatal(err)
			}
			sum := 0
			for _, n := range c.rows {
				sum += n
			}
			if tally := b.Files[0].Rows; sum != tt.rows-tt.rows/250 || tally.Clean != sum || tally.Rejected != tt.rows/250 {
				t.Errorf("%d rows in batches, counted %+v", sum, tally)
			}
			if !tt.want(c.rows) {
				t.Errorf("batches of %v rows", c.rows)
			}
		})
	}
}
