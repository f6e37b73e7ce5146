package workspace_test

import (
	"testing"

	"yardstick/workspace"
)

// TestNamesTableContradicts: a name means one entry in its functional class, so
// that two rows of a table can't say two things of it.
func TestNamesTableContradicts(t *testing.T) {
	w, _ := sample(t)
	ctx := t.Context()
	list, err := w.Library(ctx, workspace.LibraryQuery{Limit: 2})
	if err != nil {
		t.Fatal(err)
	}
	a, b := list.Entries[0].ID, list.Entries[1].ID
	rows := table([]string{"填报写法", "功能分类", "处理", "改为指标编号"},
		[]string{"某某数量", "教育", "改为", a},
		[]string{"某某数量", "教育", "改为", b},
		[]string{"某某数量", "教育", "改为", a},
		[]string{"某某数量", "教育", "库里没有", ""},
		[]string{"某某数量", "交通运输", "库里没有", ""})
	got, err := w.ImportNames(ctx, "写法.csv", file(rows), "cli")
	if err != nil {
		t.Fatal(err)
	}
	if got.Taken != 2 || got.Unchanged != 1 || len(got.Rejected) != 2 || got.Rows != 5 {
		t.Errorf("got %+v; want 2 rows taken, 1 the same as above, 2 refused", got)
	}
	all, err := w.Decisions(ctx, 0, 0)
	if err != nil || len(all) != 2 || all[1].Entry != a {
		t.Errorf("decisions %+v, %v; want the first row's", all, err)
	}
}
