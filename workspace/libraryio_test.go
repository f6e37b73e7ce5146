package workspace_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"yardstick/workspace"
)

// table is a CSV table of indicators.
func table(rows ...[]string) string {
	var b strings.Builder
	for _, r := range rows {
		b.WriteString(strings.Join(r, ",") + "\n")
	}
	return b.String()
}

// TestImportAddsUp holds the plan of any table to its counts and to what the
// library would be afterwards: no two rows may share a number or a name.
func TestImportAddsUp(t *testing.T) {
	w := open(t)
	ctx := t.Context()
	list, err := w.Library(ctx, workspace.LibraryQuery{Limit: 3})
	if err != nil {
		t.Fatal(err)
	}
	ids := []string{"", "", "own-0001", "own-0002", "own-0003", "own-2", "本局-7"}
	names := []string{"琉璃瓦数量", "青瓦数量", "灰瓦 数量", "瓦", ""}
	for _, e := range list.Entries {
		ids, names = append(ids, e.ID), append(names, e.Name)
	}
	for _, c := range []map[string]string{{"name": "琉璃瓦数量"}, {"name": "白瓦数量"}} { // one in force, one retired
		c["level1"], c["level2"] = "产出指标", "数量指标"
		added, err := w.EditEntry(ctx, workspace.EntryEdit{Set: c})
		if err != nil {
			t.Fatal(err)
		}
		if c["name"] == "白瓦数量" {
			if _, err := w.RetireEntry(ctx, added.Entry, true, "page", ""); err != nil {
				t.Fatal(err)
			}
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		column := func(name string, of []string) string { return rapid.SampledFrom(of).Draw(t, name) }
		head := []string{"编号", "指标名称", "一级指标", "二级指标", "计量单位"}
		sectors := rapid.Bool().Draw(t, "sectors")
		if sectors {
			head = append(head, "功能分类")
		}
		rows := [][]string{head}
		for range rapid.IntRange(1, 8).Draw(t, "rows") {
			row := []string{column("id", ids), column("name", names), column("level1", []string{"产出指标", "效益指标", "哪一类"}),
				column("level2", []string{"数量指标", "质量指标", "社会效益指标", ""}), column("unit", []string{"个", "", "%"})}
			if sectors {
				row = append(row, column("sector", []string{"", "共性", "教育", list.Entries[0].Sector}))
			}
			rows = append(rows, row)
		}
		last := []string{"", "总在表里的数量", "产出指标", "数量指标", "个"} // a table without any indicator is refused
		if sectors {
			last = append(last, "")
		}
		rows = append(rows, last)
		replace := rapid.Bool().Draw(t, "replace")
		got, err := w.ImportLibrary(ctx, workspace.LibraryImport{Name: "表.csv", Open: file(table(rows...)), Replace: replace, DryRun: true})
		if err != nil {
			t.Fatal(err)
		}
		if got.Rows+got.Blank != len(rows)-1 {
			t.Errorf("%d rows and %d passed over of %d", got.Rows, got.Blank, len(rows)-1)
		}
		if got.Rows != got.Added+got.Changed+got.Unchanged+len(got.Rejected) {
			t.Errorf("%d rows ≠ %d added + %d changed + %d unchanged + %d rejected", got.Rows, got.Added, got.Changed, got.Unchanged, len(got.Rejected))
		}
		if d := got.Diff; len(d.Added) != got.Added || len(d.Changed) != got.Changed || len(d.Removed) != got.Retired {
			t.Errorf("counted %d added, %d changed, %d retired; the library differs by %d, %d and %d",
				got.Added, got.Changed, got.Retired, len(d.Added), len(d.Changed), len(d.Removed))
		}
		if !replace && got.Retired > 0 {
			t.Errorf("%d entries retired without being asked", got.Retired)
		}
		for _, p := range got.Rejected {
			if p.File != "表.csv" || p.Cell == "" || p.Message == "" {
				t.Errorf("rejected without a place or a reason: %+v", p)
			}
		}
	})
}

// TestImportNumbers: rows without a number never get one that another row has.
func TestImportNumbers(t *testing.T) {
	w := open(t)
	in := workspace.LibraryImport{Name: "某处/旧库.csv", Source: "cli", Open: file(table(
		[]string{"编号", "指标名称", "一级指标", "二级指标"},
		[]string{"", "琉璃瓦数量", "产出指标", "数量指标"},
		[]string{"own-0001", "青瓦数量", "产出指标", "数量指标"},
		[]string{"", "灰瓦数量", "产出指标", "数量指标"}))}
	got, err := w.ImportLibrary(t.Context(), in)
	if err != nil || got.Added != 3 || len(got.Rejected) != 0 {
		t.Fatalf("%d added, rejected %v, %v; want 3 added", got.Added, got.Rejected, err)
	}
	own, err := w.Library(t.Context(), workspace.LibraryQuery{Origin: "own"})
	if err != nil {
		t.Fatal(err)
	}
	var have []string
	for _, e := range own.Entries {
		have = append(have, e.ID+" "+e.Name)
	}
	if s, want := strings.Join(have, "; "), "own-0001 青瓦数量; own-0002 琉璃瓦数量; own-0003 灰瓦数量"; s != want {
		t.Errorf("got %s, want %s", s, want)
	}
	if log, err := w.Changes(t.Context(), "own-0001", 0, 0); err != nil || len(log) != 1 || log[0].Origin != "旧库.csv" {
		t.Errorf("log %+v, %v; want one change from 旧库.csv", log, err)
	}
}

// TestImportReplaceKeepsRejected: a row with a mistake is no reason to retire
// its entry.
func TestImportReplaceKeepsRejected(t *testing.T) {
	w := open(t)
	ctx := t.Context()
	list, err := w.Library(ctx, workspace.LibraryQuery{Limit: 4})
	if err != nil {
		t.Fatal(err)
	}
	a, b, c, d := list.Entries[0], list.Entries[1], list.Entries[2], list.Entries[3]
	got, err := w.ImportLibrary(ctx, workspace.LibraryImport{Name: "表.csv", Replace: true, DryRun: true, Open: file(table(
		[]string{"编号", "指标名称", "一级指标", "二级指标", "功能分类"},
		[]string{a.ID, a.Name, a.Level1, a.Level2, a.Sector},
		[]string{b.ID, b.Name, "产出指标", "数目指标", b.Sector}, // a class that does not exist
		[]string{"", c.Name, "哪一类", "", c.Sector},        // by name
		[]string{d.ID, a.Name, d.Level1, d.Level2, a.Sector},
	))})
	if err != nil || len(got.Rejected) != 3 {
		t.Fatalf("rejected %+v, %v; want 3 rows", got.Rejected, err)
	}
	for _, e := range got.Diff.Removed {
		if e.ID == b.ID || e.ID == c.ID || e.ID == d.ID {
			t.Errorf("%s %s would be retired, though the table has it", e.ID, e.Name)
		}
	}
	if got.Retired == 0 {
		t.Error("nothing is retired")
	}
}

// TestImportWithoutSector: a table without functional classes leaves those of
// numbered entries as they are.
func TestImportWithoutSector(t *testing.T) {
	w := open(t)
	ctx := t.Context()
	list, err := w.Library(ctx, workspace.LibraryQuery{Sector: "教育", Limit: 1})
	if err != nil || len(list.Entries) == 0 {
		t.Fatal("no entry on 教育", err)
	}
	e := list.Entries[0]
	common, err := w.EditEntry(ctx, workspace.EntryEdit{Set: map[string]string{"name": e.Name, "level1": e.Level1, "level2": e.Level2}})
	if err != nil {
		t.Fatal(err)
	}
	got, err := w.ImportLibrary(ctx, workspace.LibraryImport{Name: "表.csv", Open: file(table(
		[]string{"编号", "指标名称", "一级指标", "二级指标", "备注", "时间类型", "指标性质"},
		[]string{e.ID, e.Name, e.Level1, e.Level2, "本局说明", "", ""},
	))})
	if err != nil || got.Changed != 1 || len(got.Rejected) != 0 {
		t.Fatalf("%+v, %v; want one change: %s of 共性 has the same name", got, err, common.Entry)
	}
	now, err := w.Indicator(ctx, e.ID)
	if err != nil {
		t.Fatal(err)
	}
	if now.Note != "本局说明" || now.Sector != "教育" || now.TemporalType != e.TemporalType || now.Comparison != e.Comparison {
		t.Errorf("note %q, %s, %s, %s; want only the note to differ from %s, %s, %s", now.Note, now.Sector, now.TemporalType, now.Comparison,
			e.Sector, e.TemporalType, e.Comparison)
	}
}
