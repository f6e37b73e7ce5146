package store

import (
	"testing"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
)

// TestHistoryColumns holds the history to what the recommender reads by name: a
// column that is missing would read as empty there, without an error. A name that
// name_match has carries its entry, the others none.
func TestHistoryColumns(t *testing.T) {
	s := openTest(t)
	appendTest(t, s, aFile("a.xlsx", "h1", aForm("水库建设", "中江县水利局", 2022, 1, 100)))
	names, err := s.PendingNames(t.Context())
	if err != nil || len(names) == 0 {
		t.Fatalf("pending names %v, %v", names, err)
	}
	if err := s.PutMatches(t.Context(), []NameMatch{{FiledName: names[0], Key: names[0].Name, Entry: "213-001", Confidence: 1, Method: "exact", Alternatives: "[]"}}, "one"); err != nil {
		t.Fatal(err)
	}
	matched, rows := 0, 0
	err = s.Batches(t.Context(), History, func(b arrow.RecordBatch) error {
		text := func(column string, row int) string {
			at := b.Schema().FieldIndices(column)
			if len(at) == 0 {
				t.Fatalf("no column %s", column)
			}
			a, ok := b.Column(at[0]).(*array.String)
			if !ok {
				t.Fatalf("%s is %s, want text", column, b.Column(at[0]).DataType())
			}
			return a.Value(row)
		}
		for i := range int(b.NumRows()) {
			rows++
			for _, column := range []string{"form_id", "project_id", "file_id", "kind", "department", "unit", "region_id", "target_raw", "actual_raw"} {
				text(column, i)
			}
			if got := text("goal", i); got != "完成建设。\n保障供水" {
				t.Errorf("goal %q", got)
			}
			want := ""
			if text("name", i) == names[0].Name && text("level2", i) == names[0].Level2 {
				want = "213-001"
				matched++
			}
			if got := text("entry_id", i); got != want {
				t.Errorf("%s stands for %q, want %q", text("name", i), got, want)
			}
		}
		return nil
	})
	if err != nil || rows != 4 || matched == 0 {
		t.Errorf("%d rows, %d matched, %v; want 4 and at least 1", rows, matched, err)
	}
}
