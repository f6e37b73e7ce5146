package target_test

import (
	"compress/gzip"
	"encoding/csv"
	"errors"
	"io"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"yardstick/analysis/target"
	"yardstick/indicators"
	"yardstick/indicators/library"
)

// judgit reads a table of the Japanese reviews row by row.
func judgit(t *testing.T, name string, each func(row map[string]string)) {
	t.Helper()
	f, err := os.Open(filepath.Join("..", "..", "..", "shared", "data", "judgit-japan", name))
	if err != nil {
		t.Skip("the shared reviews are not here: ", err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	r := csv.NewReader(z)
	head, err := r.Read()
	if err != nil {
		t.Fatal(err)
	}
	head = slices.Clone(head)
	for {
		rec, err := r.Read()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		row := make(map[string]string, len(head))
		for i, h := range head {
			row[h] = rec[i]
		}
		each(row)
	}
}

// series of the Japanese reviews: one indicator of one project over the years.
func series(t *testing.T) map[string]map[int]float64 {
	project, text := map[string]string{}, map[string]string{}
	judgit(t, "projects_meta_2015_2023.csv.gz", func(r map[string]string) { project[r["sheet_id"]] = r["ministry"] + "|" + r["name"] })
	judgit(t, "indicators_2015_2022.csv.gz", func(r map[string]string) {
		if r["indicator"] != "" {
			text[r["sheet_id"]+r["kind"]+r["seq"]] = r["kind"] + "|" + strings.Join(strings.Fields(r["indicator"]), "") + "|" + r["unit"]
		}
	})
	out := map[string]map[int]float64{}
	judgit(t, "indicator_values_2015_2022.csv.gz", func(r map[string]string) {
		p, i := project[r["sheet_id"]], text[r["sheet_id"]+r["kind"]+r["seq"]]
		y, err1 := strconv.Atoi(r["fiscal_year"])
		x, err2 := strconv.ParseFloat(r["actual"], 64)
		if p == "" || i == "" || err1 != nil || err2 != nil {
			return
		}
		if out[p+"|"+i] == nil {
			out[p+"|"+i] = map[int]float64{}
		}
		out[p+"|"+i][y] = x // of several editions the latest in the table
	})
	return out
}

// TestCalibration asks on the Japanese reviews how often the next year reached what
// would have been proposed from the years before: about as often as the chance says
// where the proposal has the chance that it aims at. (A proposal that the worst of
// three recent years holds higher is reached more often than its chance: most such
// series rise. Which way is better does not matter here.)
func TestCalibration(t *testing.T) {
	r := rules(t)
	aimed, held := [2]float64{}, [2]float64{}
	said := 0.0
	for _, years := range series(t) {
		list := slices.Sorted(maps.Keys(years))
		for k := 3; k < len(list); k++ {
			if list[k] != list[k-1]+1 {
				continue
			}
			a := target.Ask{Indicator: target.Indicator{Name: "指标", Direction: indicators.Higher, Unit: "分", Temporal: library.Level}, Year: list[k]}
			for _, y := range list[:k] {
				a.Own = append(a.Own, target.Past{Year: y, Actual: indicators.Value{Kind: indicators.Number, Low: years[y], High: years[y], Unit: indicators.UnitOf("分")}, Same: true})
			}
			p := r.Propose(a)
			if p.Value == nil || p.Tightness.Chance == nil {
				continue
			}
			count := &held
			if c := *p.Tightness.Chance; c >= 0.6 && c <= 0.8 {
				count, said = &aimed, said+c
			}
			count[0]++
			if years[list[k]] >= *p.Value-1e-9 {
				count[1]++
			}
		}
	}
	chance, reached := said/aimed[0], aimed[1]/aimed[0]
	t.Logf("as aimed at: n=%.0f, chance %.3f, reached %.3f; held by the worst recent year: n=%.0f, reached %.3f", aimed[0], chance, reached, held[0], held[1]/held[0])
	if aimed[0] < 10_000 || math.Abs(chance-reached) > 0.05 {
		t.Errorf("of %.0f proposals with a mean chance of %.3f, %.3f were reached", aimed[0], chance, reached)
	}
}
