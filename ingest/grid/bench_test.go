package grid_test

import (
	"bytes"
	"context"
	"os"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/xuri/excelize/v2"

	"yardstick/ingest/grid"
)

// benchForms runs read over the real workbooks on two goroutines, as the
// pipeline does on two cores, and reports workbooks a second.
func benchForms(b *testing.B, ext string, read func(name string, data []byte) error) {
	var files [][]byte
	names := sharedForms(b, ext)
	for _, path := range names {
		data, err := os.ReadFile(path)
		if err != nil {
			b.Fatal(err)
		}
		files = append(files, data)
	}
	b.ReportAllocs()
	rounds := 0
	for b.Loop() {
		rounds++
		var next atomic.Int64
		var wg sync.WaitGroup
		for range 2 {
			wg.Go(func() {
				for {
					i := int(next.Add(1)) - 1
					if i >= len(files) {
						return
					}
					if err := read(names[i], files[i]); err != nil {
						b.Error(err)
						return
					}
				}
			})
		}
		wg.Wait()
	}
	b.ReportMetric(float64(rounds*len(files))/b.Elapsed().Seconds(), "files/s")
}

func readGrid(name string, data []byte) error {
	_, err := grid.Read(context.Background(), name, data, grid.Options{})
	return err
}

func BenchmarkXLSX(b *testing.B) { benchForms(b, ".xlsx", readGrid) }

func BenchmarkDOCX(b *testing.B) { benchForms(b, ".docx", readGrid) }

// BenchmarkExcelize is what the same content costs through excelize: the
// reason for reading workbooks directly.
func BenchmarkExcelize(b *testing.B) {
	benchForms(b, ".xlsx", func(_ string, data []byte) error {
		f, err := excelize.OpenReader(bytes.NewReader(data))
		if err != nil {
			return err
		}
		defer f.Close()
		for _, sheet := range f.GetSheetList() {
			rows, err := f.Rows(sheet)
			if err != nil {
				return err
			}
			for rows.Next() {
				if _, err := rows.Columns(); err != nil {
					return err
				}
			}
			rows.Close()
			if _, err := f.GetMergeCells(sheet); err != nil {
				return err
			}
		}
		return nil
	})
}
