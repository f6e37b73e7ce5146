//go:build duckdb_arrow

package store_test

import (
	"bufio"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/ipc"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"yardstick"
	"yardstick/ingest/tables"
	"yardstick/store"
)

var _ tables.Sink = (*store.Store)(nil)

// bulkStore is a warehouse on disk whose tables a test can read once it is closed.
type bulkStore struct {
	*store.Store
	path string
}

func openBulk(t *testing.T) *bulkStore {
	t.Helper()
	b := &bulkStore{path: filepath.Join(t.TempDir(), "w.duckdb")}
	b.open(t)
	t.Cleanup(func() { b.Close() })
	return b
}

func (b *bulkStore) open(t *testing.T) {
	t.Helper()
	var err error
	if b.Store, err = store.Open(t.Context(), store.Options{Path: b.path}); err != nil {
		t.Fatal(err)
	}
}

// query closes the warehouse, runs q and opens it again.
func (b *bulkStore) query(t *testing.T, q string) []string {
	t.Helper()
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	defer b.open(t)
	db, err := sql.Open("duckdb", b.path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	rows, err := db.QueryContext(t.Context(), q)
	if err != nil {
		t.Fatalf("%s: %v", q, err)
	}
	defer rows.Close()
	cols, _ := rows.Columns()
	var out []string
	for rows.Next() {
		cells := make([]any, len(cols))
		for i := range cells {
			cells[i] = new(any)
		}
		if err := rows.Scan(cells...); err != nil {
			t.Fatal(err)
		}
		var line []string
		for _, c := range cells {
			line = append(line, fmt.Sprint(*c.(*any)))
		}
		out = append(out, strings.Join(line, " | "))
	}
	return out
}

func (b *bulkStore) load(t *testing.T, path, mapping string) (yardstick.Outcome, yardstick.File) {
	t.Helper()
	m, err := tables.ParseMapping("m.toml", []byte(mapping))
	if err != nil {
		t.Fatal(err)
	}
	batch := yardstick.Batch{Source: "table"}
	out, err := tables.Load(t.Context(), &batch, path, m, b, tables.Options{})
	if err != nil {
		t.Fatal(err)
	}
	f := batch.Files[0]
	if f.Rows.Read != f.Rows.Clean+f.Rows.Warned+f.Rows.Rejected || f.Rows.Rejected != len(f.Rejected) && f.Rows.Read > 0 {
		t.Errorf("rows do not add up: %+v, %d issues", f.Rows, len(f.Rejected))
	}
	return out, f
}

func write(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestAppendTable_example loads the example extract and looks at every table
// that it fills.
func TestAppendTable_example(t *testing.T) {
	mapping, err := os.ReadFile("../testdata/mappings/integrated-system.toml")
	if err != nil {
		t.Fatal(err)
	}
	b := openBulk(t)
	out, f := b.load(t, "../testdata/tables/integrated-system.csv", string(mapping))
	if out.Forms != 2 || out.Lines != 7 || f.Rows.Read != 10 || out.Files[0].Outcome != "partly" {
		t.Errorf("outcome %+v of %+v, want 2 forms with 7 lines of 10 rows", out, f.Rows)
	}
	for query, want := range map[string][]string{
		"SELECT kind, year, unit, project, sector, line_count FROM form_current ORDER BY year": {
			"self_evaluation | 2023 | 示例县公路养护中心 | 农村公路日常养护（示例数据） | 2140106 | 4",
			"target | 2024 | 示例县第一中学 | 校舍维修（示例数据） | 2050204 | 3",
		},
		"SELECT unit, initial, full_year, executed FROM budget b JOIN form f USING (form_id) ORDER BY year": nil, // below
		"SELECT seq, name, target_raw, target_kind, target_comparison, target_low, target_unit, actual_raw, weight, score, note, cell FROM line WHERE year = 2023 ORDER BY seq": {
			"1 | 养护里程 | ≥320公里 | number | ≥ | 320 | 公里 | 326公里 | 15 | 15 | 示例数据；养护台账 | K2",
			"2 | 优良路率 | ≥85% | number | ≥ | 85 | % | 83.6% | 15 | 14.75 | 检测报告 | K3",
			"3 | 每公里养护成本 | ≤4000元/公里 | number | ≤ | <nil> | 元/公里 | 3815元/公里 | 20 | 20 | 示例数据 | K4",
			"4 | 沿线群众满意度 | ≥90% | number | ≥ | 90 | % | 92% | 10 | 10 | 问卷 | K5",
		},
		"SELECT cell, code, rejected FROM issue WHERE rejected ORDER BY seq": {
			"A9 | row.unknown_value | true", "F10 | row.missing | true", "B11 | row.number | true",
		},
		"SELECT rows_read, rows_clean + rows_warned, rows_rejected FROM file": {"10 | 7 | 3"},
		"SELECT count(*) FROM line WHERE region_id IS NULL OR kind IS NULL":   {"0"},
	} {
		if want == nil {
			continue
		}
		if diff := cmp.Diff(want, b.query(t, query)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", query, diff)
		}
	}
	sums := b.query(t, "SELECT CAST(initial AS VARCHAR) || ' ' || CAST(full_year AS VARCHAR) || ' ' || coalesce(CAST(executed AS VARCHAR), '-') FROM budget b JOIN form f USING (form_id) ORDER BY year")
	if diff := cmp.Diff([]string{"128.000000 125.000000 124.370050", "96.000000 96.000000 -"}, sums); diff != "" {
		t.Errorf("sums in 万元 (-want +got):\n%s", diff)
	}
}

const plainMapping = `
required = ["project", "unit", "year"]
[columns]
year = "年度"
unit = "单位"
project = "项目"
name = "指标"
target = "目标"
weight = "分值"
[defaults]
kind = "self_evaluation"
`

const plainTable = `年度,单位,项目,指标,目标,分值
2023,甲县教育局,校舍维修,维修面积,≥1200平方米,20
2023,甲县教育局,校舍维修,合格率,100%,20
2023,甲县水利局,水库除险,除险座数,3座,30
`

// TestAppendTable_again: the same file twice changes nothing, another file with
// the same content changes nothing, and a corrected file supersedes what it
// corrects and only that.
func TestAppendTable_again(t *testing.T) {
	b := openBulk(t)
	path := write(t, "a.csv", plainTable)
	if out, _ := b.load(t, path, plainMapping); out.Forms != 2 || out.Lines != 3 || out.Superseded != 0 {
		t.Fatalf("first: %+v", out)
	}
	if out, _ := b.load(t, path, plainMapping); out.BatchID != "" || out.Unchanged != 1 || out.Forms != 0 {
		t.Errorf("the same file: %+v, want nothing stored", out)
	}
	rows := strings.Split(strings.TrimSpace(plainTable), "\n")
	turned := rows[0] + "\n" + rows[3] + "\n" + rows[2] + "\n" + rows[1] + "\n"
	if out, _ := b.load(t, write(t, "b.csv", turned), plainMapping); out.BatchID != "" || out.Unchanged != 2 || out.Forms != 0 {
		t.Errorf("the same rows in another order: %+v, want nothing stored", out)
	}
	fixed := strings.Replace(plainTable, "1200平方米", "1250平方米", 1)
	if out, _ := b.load(t, write(t, "c.csv", fixed), plainMapping); out.Forms != 1 || out.Lines != 2 || out.Superseded != 1 || out.Unchanged != 1 {
		t.Errorf("a correction: %+v, want one form superseded and one unchanged", out)
	}
	want := []string{"合格率 | 100% | 1", "维修面积 | ≥1200平方米 | 0", "维修面积 | ≥1250平方米 | 1", "合格率 | 100% | 0", "除险座数 | 3座 | 1"}
	got := b.query(t, "SELECT name, target_raw, CAST(form_id IN (SELECT form_id FROM form_current) AS INTEGER) AS now FROM line")
	if diff := cmp.Diff(sorted(want), sorted(got)); diff != "" {
		t.Errorf("lines and whether they are in force (-want +got):\n%s", diff)
	}
}

func sorted(s []string) []string {
	out := append([]string(nil), s...)
	for i := range out {
		for j := i; j > 0 && out[j] < out[j-1]; j-- {
			out[j], out[j-1] = out[j-1], out[j]
		}
	}
	return out
}

// TestAppendTable_editions: of several editions of a form the latest is in
// force and the others are kept, in whatever order they stand in the file.
func TestAppendTable_editions(t *testing.T) {
	b := openBulk(t)
	mapping := strings.Replace(plainMapping, "[columns]", "[columns]\nedition = \"版次\"", 1)
	table := "版次,年度,单位,项目,指标,目标,分值\n" +
		"2025,2023,甲县教育局,校舍维修,维修面积,≥3平方米,20\n" +
		"2024,2023,甲县教育局,校舍维修,维修面积,≥2平方米,20\n" +
		"2026,2023,甲县教育局,校舍维修,维修面积,≥4平方米,20\n"
	if out, _ := b.load(t, write(t, "a.csv", table), mapping); out.Forms != 3 || out.Superseded != 2 {
		t.Errorf("%+v, want 3 forms of which 2 are superseded", out)
	}
	next := "版次,年度,单位,项目,指标,目标,分值\n" +
		"2026,2023,甲县教育局,校舍维修,维修面积,≥4平方米,20\n" +
		"2027,2023,甲县教育局,校舍维修,维修面积,≥5平方米,20\n"
	if out, _ := b.load(t, write(t, "b.csv", next), mapping); out.Forms != 1 || out.Superseded != 1 || out.Unchanged != 1 {
		t.Errorf("%+v, want the new edition to supersede the last one", out)
	}
	got := b.query(t, "SELECT target_raw FROM line_current")
	if diff := cmp.Diff([]string{"≥5平方米"}, got); diff != "" {
		t.Error(diff)
	}
	if got := b.query(t, "SELECT count(*), count(DISTINCT form_id) FROM line"); got[0] != "4 | 4" {
		t.Errorf("%s lines and forms kept, want 4 of each", got)
	}
}

// TestAppendTable_formats loads one table in every kind of file.
func TestAppendTable_formats(t *testing.T) {
	gb, _ := simplifiedchinese.GB18030.NewEncoder().String(plainTable)
	utf16, _ := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(plainTable)
	rows := [][]string{}
	for _, line := range strings.Split(strings.TrimSpace(plainTable), "\n") {
		rows = append(rows, strings.Split(line, ","))
	}
	dir := t.TempDir()
	for name, make := range map[string]func(path string) error{
		"a.csv":     func(p string) error { return os.WriteFile(p, []byte("\ufeff"+plainTable), 0o600) },
		"gb.csv":    func(p string) error { return os.WriteFile(p, []byte(gb), 0o600) },
		"utf16.csv": func(p string) error { return os.WriteFile(p, []byte(utf16), 0o600) },
		"tabs.txt":  func(p string) error { return os.WriteFile(p, []byte(strings.ReplaceAll(plainTable, ",", "\t")), 0o600) },
		"a.xlsx":    func(p string) error { return writeWorkbook(p, rows) },
		"a.arrow":   func(p string) error { return writeArrow(p, rows, false) },
		"a.arrows":  func(p string) error { return writeArrow(p, rows, true) },
		"a.parquet": func(p string) error { return writeParquet(t.Context(), p, rows) },
		"it's.parquet": func(p string) error {
			if err := writeParquet(t.Context(), filepath.Join(dir, "x"), rows); err != nil {
				return err
			}
			return os.Rename(filepath.Join(dir, "x"), p)
		},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(dir, name)
			if err := make(path); err != nil {
				t.Fatal(err)
			}
			b := openBulk(t)
			if out, f := b.load(t, path, plainMapping); out.Lines != 3 || out.Forms != 2 {
				t.Fatalf("%+v, %+v, want 3 lines in 2 forms", out, f)
			}
			want := []string{"2023 | 合格率 | 100 | % | 20", "2023 | 维修面积 | 1200 | 平方米 | 20", "2023 | 除险座数 | 3 | 座 | 30"}
			got := b.query(t, "SELECT year, name, target_low, target_unit, weight FROM line")
			if diff := cmp.Diff(sorted(want), sorted(got)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func writeWorkbook(path string, rows [][]string) error {
	f := excelize.NewFile()
	for i, row := range rows {
		for j, s := range row {
			cell, _ := excelize.CoordinatesToCellName(j+1, i+1)
			if err := f.SetCellValue("Sheet1", cell, s); err != nil {
				return err
			}
		}
	}
	return f.SaveAs(path)
}

func writeArrow(path string, rows [][]string, stream bool) error {
	var fields []arrow.Field
	for _, name := range rows[0] {
		typ := arrow.DataType(arrow.BinaryTypes.String)
		switch name {
		case "年度":
			typ = arrow.PrimitiveTypes.Int64
		case "单位":
			typ = &arrow.DictionaryType{IndexType: arrow.PrimitiveTypes.Int8, ValueType: arrow.BinaryTypes.String}
		}
		fields = append(fields, arrow.Field{Name: name, Type: typ})
	}
	schema := arrow.NewSchema(fields, nil)
	b := array.NewRecordBuilder(memory.DefaultAllocator, schema)
	defer b.Release()
	for _, row := range rows[1:] {
		for j, s := range row {
			if err := b.Field(j).AppendValueFromString(s); err != nil {
				return err
			}
		}
	}
	rec := b.NewRecordBatch()
	defer rec.Release()
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close()
	if stream {
		w := ipc.NewWriter(f, ipc.WithSchema(schema))
		if err := w.Write(rec); err != nil {
			return err
		}
		return w.Close()
	}
	w, err := ipc.NewFileWriter(f, ipc.WithSchema(schema))
	if err != nil {
		return err
	}
	if err := w.Write(rec); err != nil {
		return err
	}
	return w.Close()
}

func writeParquet(ctx context.Context, path string, rows [][]string) error {
	db, err := sql.Open("duckdb", "")
	if err != nil {
		return err
	}
	defer db.Close()
	q := "COPY (SELECT * FROM (VALUES "
	for i, row := range rows[1:] {
		if i > 0 {
			q += ", "
		}
		q += fmt.Sprintf("(%s, '%s')", row[0], strings.Join(row[1:], "', '"))
	}
	q += `) t("` + strings.Join(rows[0], `", "`) + `")) TO '` + path + `' (FORMAT parquet)`
	_, err = db.ExecContext(ctx, q)
	return err
}

// TestAppendTable_hostile: files that are broken, or not what they seem, end in
// a message, store nothing, and leave the warehouse usable.
func TestAppendTable_hostile(t *testing.T) {
	head := "年度,单位,项目,指标,目标,分值\n"
	noise := make([]byte, 200_000)
	r := rand.NewChaCha8([32]byte{1})
	r.Read(noise)
	b := openBulk(t)
	for name, tt := range map[string]struct {
		content string
		code    yardstick.Code
	}{
		"empty.csv":      {"", yardstick.FileEmpty},
		"blank.csv":      {"\n \n", yardstick.FileEmpty},
		"photo.csv":      {"\x89PNG\r\n\x1a\n" + string(noise), yardstick.FileBroken},
		"zeros.csv":      {strings.Repeat("\x00", 100_000), yardstick.FileBroken},
		"line.csv":       {strings.Repeat("x", 20<<20), yardstick.FileBroken},
		"broken.parquet": {"PAR1" + string(noise[:1000]) + "PAR1", yardstick.FileBroken},
		"broken.arrow":   {"ARROW1\x00\x00" + string(noise[:1000]) + "ARROW1", yardstick.FileBroken},
		"stream.arrow":   {"\xff\xff\xff\xff" + string(noise[:1000]), yardstick.FileBroken},
		"zip.xlsx":       {"PK\x03\x04" + string(noise[:1000]), yardstick.FileBroken},
		"old.xls":        {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + string(noise[:1000]), yardstick.FileUnsupported},
		"half.csv.gz":    {"\x1f\x8b\x08\x00" + string(noise[:1000]), yardstick.FileBroken},
		"no-rows.csv":    {head, ""},
		"one-quote.csv":  {head + "\"2023,a,b,c,1,2\n", ""},
		"quotes.csv":     {head + strings.Repeat("\"a\"b,\"\n", 5000), ""},
	} {
		t.Run(name, func(t *testing.T) {
			out, f := b.load(t, write(t, name, tt.content), plainMapping)
			if out.Lines != 0 || out.Files[0].Outcome != "rejected" {
				t.Errorf("%+v, want nothing stored", out)
			}
			if tt.code == "" {
				return
			}
			if len(f.Rejected) != 1 || f.Rejected[0].Code != tt.code || f.Rejected[0].Message == "" {
				t.Errorf("got %+v, want one rejection %s", f.Rejected, tt.code)
			}
		})
	}
	if out, _ := b.load(t, write(t, "good.csv", plainTable), plainMapping); out.Lines != 3 {
		t.Errorf("afterwards: %+v", out)
	}
}

// TestAppendTable_whole: a load that ends in the middle leaves nothing behind.
func TestAppendTable_whole(t *testing.T) {
	b := openBulk(t)
	path := filepath.Join(t.TempDir(), "big.csv")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprint(f, strings.SplitAfter(plainTable, "\n")[0])
	for i := range 200_000 {
		fmt.Fprintf(f, "2023,甲县第%d小学,项目%d,指标,≥%d个,5\n", i/40, i/20, i)
	}
	f.Close()
	m, err := tables.ParseMapping("m.toml", []byte(plainMapping))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	_, err = tables.Load(ctx, &yardstick.Batch{}, path, m, b, tables.Options{Progress: func(rows int) {
		if rows > 100_000 {
			cancel()
		}
	}})
	if err == nil {
		t.Fatal("a cancelled load went through")
	}
	if got := b.query(t, "SELECT (SELECT count(*) FROM line) + (SELECT count(*) FROM form) + (SELECT count(*) FROM batch)"); got[0] != "0" {
		t.Errorf("%s rows were left behind", got[0])
	}
	if out, _ := b.load(t, path, plainMapping); out.Lines != 200_000 || out.Forms != 10_000 {
		t.Errorf("loaded again: %+v", out.Lines)
	}
}

// TestAppendTable_batches: rows that are rejected, are trimmed or cross from one
// batch to the next don't shift any column.
func TestAppendTable_batches(t *testing.T) {
	b := openBulk(t)
	path := filepath.Join(t.TempDir(), "long.csv")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	w := bufio.NewWriter(f)
	fmt.Fprint(w, strings.SplitAfter(plainTable, "\n")[0])
	const lines, every = 250_000, 1000
	for i := range lines {
		weight := strconv.Itoa(i)
		if i%every == 7 {
			weight = "many"
		}
		name := fmt.Sprintf("指标%d", i)
		if i%3 == 0 {
			name = " " + name
		}
		fmt.Fprintf(w, "2023,甲县第%d小学,项目%d,%s,≥%d个,%s\n", i/40%7, i/20, name, i, weight)
	}
	if err := errors.Join(w.Flush(), f.Close()); err != nil {
		t.Fatal(err)
	}
	out, file := b.load(t, path, plainMapping)
	if want := lines - lines/every; out.Lines != want || file.Rows.Rejected != lines/every {
		t.Fatalf("stored %d lines and rejected %d, want %d and %d", out.Lines, file.Rows.Rejected, want, lines/every)
	}
	shifted := b.query(t, `SELECT count(*) FROM line WHERE name <> '指标' || CAST(weight AS INTEGER)
		OR target_raw <> '≥' || CAST(weight AS INTEGER) || '个' OR target_low <> weight OR target_unit <> '个'
		OR cell <> 'D' || (CAST(weight AS INTEGER) + 2)`)
	if shifted[0] != "0" {
		t.Errorf("%s lines mix cells of several rows", shifted[0])
	}
}

// TestLoad_header: a header that is not there is named with its nearest
// spelling and the line of the mapping.
func TestLoad_header(t *testing.T) {
	b := openBulk(t)
	m, err := tables.ParseMapping("m.toml", []byte(plainMapping))
	if err != nil {
		t.Fatal(err)
	}
	path := write(t, "a.csv", strings.Replace(plainTable, "项目,", "项目名,", 1))
	_, err = tables.Load(t.Context(), &yardstick.Batch{}, path, m, b, tables.Options{})
	if err == nil || yardstick.KindOf(err) != yardstick.Invalid || !strings.Contains(err.Error(), "映射第 6 行：没有“项目”这一列。表头里相近的是“项目名”") {
		t.Errorf("got %v", err)
	}
}

// TestReadParquet_alone: the reader of Parquet files opens the file that it was
// given and no other.
func TestReadParquet_alone(t *testing.T) {
	b := openBulk(t)
	dir := t.TempDir()
	if err := writeParquet(t.Context(), filepath.Join(dir, "a.parquet"), [][]string{{"a", "b"}, {"1", "2"}}); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{filepath.Join(dir, "*.parquet"), filepath.Join(dir, "b.parquet"), dir} {
		if r, err := b.ReadParquet(t.Context(), path); err == nil {
			r.Release()
			t.Errorf("%s was read", path)
		}
	}
}

// TestAppendTable_japan loads the Japanese review data with the example mapping.
func TestAppendTable_japan(t *testing.T) {
	const dir = "../../shared/data/judgit-japan"
	path := filepath.Join(dir, "indicator_values_2015_2022.csv.gz")
	if _, err := os.Stat(path); err != nil {
		t.Skip("needs ../shared/data/judgit-japan: ", err)
	}
	mapping, err := os.ReadFile("../testdata/mappings/judgit-japan.toml")
	if err != nil {
		t.Fatal(err)
	}
	b := openBulk(t)
	out, f := b.load(t, path, string(mapping))
	if f.Rows.Read != 234_705 { // SOURCE.md of the data set
		t.Errorf("read %d rows, want 234705", f.Rows.Read)
	}
	if out.Lines+f.Rows.Rejected != f.Rows.Read {
		t.Errorf("%d stored and %d rejected of %d", out.Lines, f.Rows.Rejected, f.Rows.Read)
	}
	t.Logf("%d forms, %d superseded, %d lines, %+v", out.Forms, out.Superseded, out.Lines, f.Rows)
	for _, w := range f.Warnings {
		t.Log(w.Code, w.Message)
	}
	for _, q := range []string{
		"SELECT code, count(*) FROM issue WHERE rejected GROUP BY 1",
		"SELECT 'stored lines', count(*) FROM line",
		"SELECT 'in force', count(*) FROM line_current",
		"SELECT target_kind, count(*) FROM line GROUP BY 1 ORDER BY 2 DESC",
	} {
		t.Log(strings.Join(b.query(t, q), "; "))
	}
	if got := b.query(t, "SELECT count(*) FROM line"); got[0] != fmt.Sprint(out.Lines) {
		t.Errorf("%s lines in the warehouse, want %d", got[0], out.Lines)
	}
}
