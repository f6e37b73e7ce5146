//go:build duckdb_arrow

package store

import (
	"context"
	"fmt"
	"io/fs"
	"math"
	"path/filepath"
	"strings"
	"testing"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/google/go-cmp/cmp"

	"yardstick"
	"yardstick/indicators"
)

// openTest opens a warehouse in memory, migrated, closed at the end of the test.
func openTest(t testing.TB) *Store { return openAt(t, "") }

func openAt(t testing.TB, path string) *Store {
	t.Helper()
	s, err := Open(t.Context(), Options{Path: path})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func txt(s, cell string) yardstick.Text { return yardstick.Text{Value: s, Raw: s, Cell: cell} }

func num(v float64, raw, cell string) yardstick.Number {
	return yardstick.Number{Value: v, Known: true, Raw: raw, Cell: cell}
}

// aForm is an evaluation of a project with lines of every kind of value.
func aForm(project, unit string, year, position int, value float64) yardstick.Form {
	number := indicators.Value{Raw: fmt.Sprint("≥", value, "公里"), Kind: indicators.Number, Comparison: indicators.AtLeast,
		Low: value, High: math.Inf(1), Unit: indicators.Unit{Name: "公里", Dimension: "length", Scale: 1000}}
	date := indicators.Value{Raw: "2022年12月底前", Kind: indicators.Date,
		From: indicators.CalendarDate{Year: 2022, Month: 12}, To: indicators.CalendarDate{Year: 2022, Month: 12}}
	tiers := indicators.Value{Raw: "优≥95%，良≥85%", Kind: indicators.Tiers, Labels: []string{"优", "良"}, Items: []indicators.Value{
		{Raw: "≥95%", Kind: indicators.Number, Comparison: indicators.AtLeast, Low: 95, High: math.Inf(1), Unit: indicators.Unit{Name: "%"}},
		{Raw: "≥85%", Kind: indicators.Number, Comparison: indicators.AtLeast, Low: 85, High: math.Inf(1), Unit: indicators.Unit{Name: "%"}}}}
	unread := indicators.Value{Raw: "290%", Kind: indicators.Text, Reason: "读不出", Damage: "可能是 ≥90%"}
	f := yardstick.Form{File: "a.xlsx", Sheet: "自评表", Position: position, Cell: fmt.Sprintf("A%d", position*40), Kind: yardstick.SelfEvaluation,
		Layout: "标准自评表", Title: txt("项目支出绩效自评表", "A1"), Year: num(float64(year), fmt.Sprint(year, "年度"), "A2"),
		Department: txt("中江县水利局", "C5"), Unit: yardstick.Text{Value: unit, Raw: "219001-" + unit, Cell: "F5"},
		Project: txt(project, "C4"), Sector: "农林水", SectorWhy: "“水利”",
		Goal: txt("完成建设。\n保障供水", "B12"), TotalScore: num(96.5, "96.5", "H40"), Grade: txt("优", "H41"),
		Budget: yardstick.Budget{Unit: "元", Initial: yardstick.Number{Raw: "/", Cell: "D8"}, FullYear: num(38.766462, "387,664.62", "E8"),
			Executed: num(38.766462, "387664.62", "F8"), ExecutionRate: num(100, "100%", "H8"), ExecutionWeight: num(10, "10", "G8"),
			ExecutionScore: num(10, "10", "I8"), Funds: []yardstick.Fund{
				{Label: "年度资金总额", FullYear: num(38.766462, "387,664.62", "E8"), Executed: num(38.766462, "387664.62", "F8")},
				{Label: "其中：当年财政拨款", FullYear: num(38.766462, "387,664.62", "E9")}}},
		Rows: yardstick.Tally{Read: 4, Clean: 3, Warned: 1, Unused: 2},
	}
	at := func(col string, i int) string { return fmt.Sprintf("%s%d", col, position*40+14+i) }
	for i, l := range []yardstick.Line{
		{Level1: yardstick.Text{Value: "产出指标", Raw: "产出指标(50分)", Cell: at("B", 0)}, Level2: txt("数量指标", at("C", 0)),
			Name: yardstick.Text{Value: "建设里程", Raw: "指标1：建设里程", Cell: at("D", 0)}, Target: yardstick.Measure{Value: number, Cell: at("E", 0)},
			Actual: yardstick.Measure{Value: indicators.Value{Raw: "100", Kind: indicators.Number, Low: 100, High: 100}, Cell: at("F", 0)},
			Weight: num(20, "20", at("G", 0)), Score: num(20, "20", at("H", 0))},
		{Level1: txt("产出指标", at("B", 0)), Name: txt("完成时间", at("D", 1)), Target: yardstick.Measure{Value: date, Cell: at("E", 1)},
			LongTerm: yardstick.Measure{Value: number, Cell: at("J", 1)}, Weight: num(22.5, "22.5", at("G", 1)), Reason: txt("无", at("I", 1))},
		{Name: txt("质量", at("D", 2)), Target: yardstick.Measure{Value: tiers, Cell: at("E", 2)}, Note: txt("说明", at("K", 2)), SubRow: true},
		{Name: txt("满意度", at("D", 3)), Target: yardstick.Measure{Value: unread, Cell: at("E", 3)}, Doubts: []string{"value.ocr"},
			Expected: yardstick.Measure{Value: date, Cell: at("L", 3)}, Weight: yardstick.Number{Raw: "十", Cell: at("G", 3)}},
	} {
		l.Seq, l.Cell = i+1, l.Name.Cell
		f.Lines = append(f.Lines, l)
	}
	return f
}

// aFile wraps forms into a file whose content hash is its label.
func aFile(path, hash string, forms ...yardstick.Form) yardstick.File {
	f := yardstick.File{Path: path, Hash: hash, Size: 1000, Forms: forms}
	for i := range forms {
		f.Forms[i].File = path
		f.Rows.Add(forms[i].Rows)
	}
	return f
}

func appendTest(t testing.TB, s *Store, files ...yardstick.File) yardstick.Outcome {
	t.Helper()
	out, err := s.Append(t.Context(), &yardstick.Batch{Source: "cli", Files: files})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func allForms(t testing.TB, s *Store) []*Stored {
	t.Helper()
	var all []*Stored
	if err := s.AllForms(t.Context(), func(f *Stored) error { all = append(all, f); return nil }); err != nil {
		t.Fatal(err)
	}
	return all
}

func TestQueriesPrepare(t *testing.T) {
	s := openTest(t)
	conn, err := s.db.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	st := newStaged()
	defer st.release()
	drop, err := s.stage(t.Context(), conn, st)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := drop(); err != nil {
			t.Error(err)
		}
		conn.Close()
	}()
	names, err := fs.Glob(files, "sql/*.sql")
	if err != nil || len(names) == 0 {
		t.Fatal("no statements", err)
	}
	for _, name := range names {
		text, err := files.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		switch base := filepath.Base(name); {
		case base == "lock.sql", base == "unstage.sql":
			continue // several statements; run by every test that opens and appends
		case strings.HasPrefix(base, "bulk_"):
			continue // read views of their own; run by the tests of AppendTable
		}
		stmt, err := conn.PrepareContext(t.Context(), string(text))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		stmt.Close()
	}
}

func TestRoundTrip(t *testing.T) {
	s := openTest(t)
	want := []yardstick.Form{aForm("水库建设", "中江县水利局", 2022, 1, 100), aForm("渠道维修", "中江县水利局", 2022, 2, 7.25)}
	out := appendTest(t, s, aFile("a.xlsx", "h1", want...))
	var got []yardstick.Form
	for i, f := range allForms(t, s) {
		if f.ID != out.Files[0].FormIDs[i] {
			t.Errorf("form %d: ID %s, want %s as the outcome says", i, f.ID, out.Files[0].FormIDs[i])
		}
		if c := contentHash(&f.Form); c != f.Content {
			t.Errorf("form %d: content %s after reading, want %s", i, c, f.Content)
		}
		f.ID = ""
		got = append(got, f.Form)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("forms after a round trip (-want +got):\n%s", diff)
	}
}

func TestSameFileTwice(t *testing.T) {
	s := openTest(t)
	f := aFile("a.xlsx", "h1", aForm("水库建设", "中江县水利局", 2022, 1, 100))
	first := appendTest(t, s, f)
	again := appendTest(t, s, f)
	if again.BatchID != "" || again.Unchanged != 1 || again.Forms != 0 || again.Files[0].Outcome != "unchanged" {
		t.Errorf("second time: %+v, want nothing stored", again)
	}
	if diff := cmp.Diff(first.Files[0].FormIDs, again.Files[0].FormIDs); diff != "" {
		t.Errorf("form ids (-first +again):\n%s", diff)
	}
	known, err := s.Known(t.Context(), []string{"h1", "h2"})
	if diff := cmp.Diff(map[string]string{"h1": first.BatchID}, known); diff != "" || err != nil {
		t.Errorf("known (-want +got):\n%s %v", diff, err)
	}
}

func TestBatchesHistory(t *testing.T) {
	s := openTest(t)
	appendTest(t, s, aFile("a.xlsx", "h1", aForm("水库建设", "中江县水利局", 2022, 1, 100)))
	for _, q := range []Query{History, Names, Cases} {
		var n int64
		err := s.Batches(context.Background(), q, func(b arrow.RecordBatch) error { n += b.NumRows(); return nil })
		want := map[Query]int64{History: 4, Names: 4, Cases: 1}[q]
		if err != nil || n != want {
			t.Errorf("%s: %d rows, %v, want %d", q, n, err, want)
		}
	}
}
