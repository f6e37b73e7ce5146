package goal

import (
	"encoding/csv"
	"os"
	"testing"

	"yardstick/indicators"
)

// TestCoverTable counts how many of the labelled pairs Cover gets right. Each pair
// stands by itself: its task is the only one of its goal, or has one beside it. The
// words were chosen on cover.csv; heldout.csv was written afterwards.
func TestCoverTable(t *testing.T) {
	for _, c := range []struct {
		file              string
		precision, recall float64
	}{{"cover.csv", 0.95, 0.9}, {"heldout.csv", 0.95, 0.75}} {
		precision, recall, n := coverTable(t, c.file)
		t.Logf("%s, %d pairs: precision %.3f, recall %.3f", c.file, n, precision, recall)
		if precision < c.precision || recall < c.recall {
			t.Errorf("%s: precision %.3f, recall %.3f; want %g and %g", c.file, precision, recall, c.precision, c.recall)
		}
	}
}

func coverTable(t *testing.T, file string) (precision, recall float64, n int) {
	f, err := os.Open("testdata/" + file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.Comment = '#'
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var hit, wrong, missed float64
	for _, row := range rows[1:] {
		tasks := []Task{{Text: row[0], Kind: Output}}
		if row[2] != "" {
			tasks = append(tasks, Task{Text: row[2], Kind: Output})
		}
		got := len(Cover(tasks, []Indicator{{Name: row[1], Target: indicators.Parse(row[3])}})[0]) > 0
		switch want := row[4] == "1"; {
		case got && want:
			hit++
		case got:
			wrong++
			t.Logf("covers, should not: %s | %s %s", row[0], row[1], row[3])
		case want:
			missed++
			t.Logf("misses: %s | %s %s", row[0], row[1], row[3])
		}
	}
	return hit / (hit + wrong), hit / (hit + missed), len(rows) - 1
}
