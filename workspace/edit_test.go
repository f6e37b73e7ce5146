package workspace_test

import (
	"bytes"
	"encoding/csv"
	"slices"
	"strings"
	"testing"

	"yardstick"
	"yardstick/workspace"
)

// says holds that err is of a kind and that its message names what is wrong.
func says(t *testing.T, err error, want yardstick.Kind, words ...string) {
	t.Helper()
	kind(t, err, want)
	if err == nil {
		return
	}
	for _, word := range words {
		if !strings.Contains(err.Error(), word) {
			t.Errorf("%q does not say %q", err, word)
		}
	}
	if strings.Contains(err.Error(), "应为  之一") || strings.Contains(err.Error(), "编号 。") {
		t.Errorf("%q names nothing", err)
	}
}

// TestEditMessages: what is missing or taken is named.
func TestEditMessages(t *testing.T) {
	w := open(t)
	ctx := t.Context()
	list, err := w.Library(ctx, workspace.LibraryQuery{})
	if err != nil {
		t.Fatal(err)
	}
	first := list.Entries[0].Entry
	at := slices.IndexFunc(list.Entries, func(e workspace.LibraryRow) bool { return e.Sector != first.Sector })
	other := list.Entries[at].Entry
	add := func(pairs ...string) workspace.EntryEdit {
		set := map[string]string{}
		for i := 0; i < len(pairs); i += 2 {
			set[pairs[i]] = pairs[i+1]
		}
		return workspace.EntryEdit{Set: set}
	}
	for name, c := range map[string]struct {
		edit workspace.EntryEdit
		kind yardstick.Kind
		want string
	}{
		"nothing":            {add("unit", "个"), yardstick.Invalid, "“指标名称”、“一级指标”、“二级指标”一栏不能空着"},
		"no level 1":         {add("name", "雨水篦子数量", "level2", "数量指标"), yardstick.Invalid, "“一级指标”一栏不能空着"},
		"no level 2":         {add("name", "雨水篦子数量", "level1", "产出指标"), yardstick.Invalid, "“二级指标”一栏不能空着"},
		"empty name":         {add("name", " ", "level1", "产出指标", "level2", "什么"), yardstick.Invalid, "“指标名称”一栏不能空着"},
		"name of signs":      {add("name", "😀", "level1", "产出指标", "level2", "数量指标"), yardstick.Invalid, "“指标名称”一栏不能写“😀”"},
		"level 1":            {add("name", "雨水篦子数量", "level1", "什么", "level2", "数量指标"), yardstick.Invalid, "产出指标"},
		"level 2":            {add("name", "雨水篦子数量", "level1", "产出指标", "level2", "什么"), yardstick.Invalid, "数量指标"},
		"another's name":     {add("name", other.Name, "level1", "产出指标", "level2", "数量指标", "sector", other.Sector), yardstick.Conflict, other.ID},
		"name on two lines":  {add("name", " "+other.Name[:6]+"\n"+other.Name[6:], "level1", "产出指标", "level2", "数量指标", "sector", other.Sector), yardstick.Conflict, other.ID},
		"another's class":    {workspace.EntryEdit{ID: first.ID, Set: map[string]string{"name": other.Name, "sector": other.Sector}}, yardstick.Conflict, other.Name},
		"emptied name":       {workspace.EntryEdit{ID: first.ID, Set: map[string]string{"name": ""}}, yardstick.Invalid, "“指标名称”一栏不能空着"},
		"renamed to another": {workspace.EntryEdit{ID: first.ID, Set: map[string]string{"name": list.Entries[1].Name}}, yardstick.Conflict, list.Entries[1].ID},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := w.EditEntry(ctx, c.edit)
			says(t, err, c.kind, c.want)
		})
	}

	done, err := w.EditEntry(ctx, add("name", " 雨水\r\n篦子　数量\t", "level1", "产出指标", "level2", "数量指标", "unit", "\n个 ", "meaning", "第一行\n第二行", "data_source", "台账\n"))
	if err != nil {
		t.Fatal(err)
	}
	e, err := w.Indicator(ctx, done.Entry)
	if err != nil || e.Name != "雨水 篦子 数量" || e.Unit != "个" || e.DataSource != "台账" || e.Meaning != "第一行\n第二行" {
		t.Errorf("line breaks: %+v, %v", e.Entry, err)
	}

	_, err = w.RetireEntry(ctx, done.Entry, false, "page", "")
	says(t, err, yardstick.Conflict, done.Entry, "没有停用")
	if _, err = w.RetireEntry(ctx, done.Entry, true, "page", ""); err != nil {
		t.Fatal(err)
	}
	_, err = w.RetireEntry(ctx, done.Entry, true, "page", "")
	says(t, err, yardstick.Conflict, done.Entry, "已经停用")
	_, err = w.EditEntry(ctx, workspace.EntryEdit{ID: done.Entry, Set: map[string]string{"unit": "只"}})
	says(t, err, yardstick.NotFound, done.Entry, "已经停用")
	log, err := w.Changes(ctx, done.Entry, 1, 0)
	if err != nil || len(log) != 1 {
		t.Fatal(log, err)
	}
	if _, err := w.UndoChange(ctx, log[0].ID, "page"); err != nil {
		t.Fatal(err)
	}
	_, err = w.UndoChange(ctx, log[0].ID, "page")
	says(t, err, yardstick.Conflict, "已经撤销")
}

// TestUndoVersion takes an import back as a whole, and the taking back too.
func TestUndoVersion(t *testing.T) {
	w := open(t)
	ctx := t.Context()
	list, err := w.Library(ctx, workspace.LibraryQuery{Limit: 2})
	if err != nil {
		t.Fatal(err)
	}
	a, b := list.Entries[0], list.Entries[1]
	table := "编号,功能分类,一级指标,二级指标,三级指标,计量单位\n" +
		a.ID + "," + a.Sector + "," + a.Level1 + "," + a.Level2 + ",甲乙丙的数量," + a.Unit + "\n" +
		"," + b.Sector + ",产出指标,数量指标,校车线路数量,条\n"
	in := workspace.LibraryImport{Name: "本局.csv", Open: file(table), Source: "cli"}
	if done, err := w.ImportLibrary(ctx, in); err != nil || done.Version != 1 || done.Added != 1 || done.Changed != 1 {
		t.Fatalf("import: %+v, %v", done, err)
	}
	differ := func() int {
		t.Helper()
		d, err := w.DiffLibrary(ctx, "", "")
		if err != nil {
			t.Fatal(err)
		}
		return len(d.Added) + len(d.Removed) + len(d.Changed)
	}
	if n := differ(); n != 2 {
		t.Fatalf("after the import %d entries differ from the shipped ones, want 2", n)
	}

	// Another entry takes the name that the version took away.
	edit, err := w.EditEntry(ctx, workspace.EntryEdit{ID: b.ID, Set: map[string]string{"name": a.Name}})
	if err != nil {
		t.Fatal(err)
	}
	_, err = w.UndoVersion(ctx, 1, "page")
	says(t, err, yardstick.Conflict, a.Name, b.ID)
	if _, err := w.UndoVersion(ctx, edit.Version, "page"); err != nil {
		t.Fatal(err)
	}

	// A later change of one of its entries stands in the way.
	later, err := w.EditEntry(ctx, workspace.EntryEdit{ID: "own-0001", Set: map[string]string{"unit": "趟"}})
	if err != nil {
		t.Fatal(err)
	}
	_, err = w.UndoVersion(ctx, 1, "page")
	says(t, err, yardstick.Conflict, "own-0001")
	if n := differ(); n != 2 {
		t.Errorf("after a refused undo %d entries differ, want 2", n)
	}
	if _, err := w.UndoChange(ctx, later.ID, "page"); err != nil {
		t.Fatal(err)
	}

	undo, err := w.UndoVersion(ctx, 1, "page")
	if err != nil || len(undo) != 2 || undo[0].Version != undo[1].Version || undo[0].Undoes == 0 {
		t.Fatalf("undo: %+v, %v", undo, err)
	}
	if n := differ(); n != 0 {
		t.Errorf("after the undo %d entries differ, want none", n)
	}
	_, err = w.UndoVersion(ctx, 1, "page")
	says(t, err, yardstick.Conflict, "第 1 版已经撤销")
	if _, err := w.UndoVersion(ctx, undo[0].Version, "page"); err != nil {
		t.Fatal(err)
	}
	if n := differ(); n != 2 {
		t.Errorf("the undo is taken back, but %d entries differ, want 2", n)
	}
	log, err := w.Changes(ctx, "", 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range log {
		if c.Version == 1 && c.Undone {
			t.Errorf("change %d stands again, but is marked as taken back", c.ID)
		}
	}
}

// TestUndoVersionOfMerge: a merge changes one entry and retires another; both
// are as before.
func TestUndoVersionOfMerge(t *testing.T) {
	w := open(t)
	ctx := t.Context()
	list, err := w.Library(ctx, workspace.LibraryQuery{Limit: 2})
	if err != nil {
		t.Fatal(err)
	}
	merged, err := w.MergeEntries(ctx, list.Entries[1].ID, list.Entries[0].ID, "page", "")
	if err != nil {
		t.Fatal(err)
	}
	if undo, err := w.UndoVersion(ctx, merged[0].Version, "page"); err != nil || len(undo) != 2 {
		t.Fatalf("undo: %+v, %v", undo, err)
	}
	if d, err := w.DiffLibrary(ctx, "", ""); err != nil || len(d.Added)+len(d.Removed)+len(d.Changed) != 0 {
		t.Errorf("the merge is taken back, but the library differs: %+v, %v", d, err)
	}
}

// TestSearchSigns: a text without a letter or digit finds nothing; no text lists
// everything.
func TestSearchSigns(t *testing.T) {
	w := open(t)
	for text, some := range map[string]bool{"😀": false, "/": false, `""`: false, "“”": false, "%": false, " ① ": false, "": true, " ": true, "率": true, "pm2.5": true} {
		r, err := w.Search(t.Context(), workspace.SearchQuery{Text: text, Facets: true})
		if err != nil || (r.Total > 0) != some || (len(r.Hits) > 0) != some || r.Hits == nil {
			t.Errorf("%q: %d found, %v; want some: %v", text, r.Total, err, some)
		}
	}
}

// TestDecisionMessages: a decision that can't be taken says why, in a table with
// the cell.
func TestDecisionMessages(t *testing.T) {
	w := open(t)
	ctx := t.Context()
	list, err := w.Library(ctx, workspace.LibraryQuery{Limit: 2})
	if err != nil {
		t.Fatal(err)
	}
	id, gone := list.Entries[0].ID, list.Entries[1].ID
	if _, err := w.RetireEntry(ctx, gone, true, "page", ""); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		d    workspace.Decision
		kind yardstick.Kind
		want string
	}{
		"sector":   {workspace.Decision{Name: "甲", Sector: "航天", Verdict: "is", Entry: id}, yardstick.Invalid, "交通运输"},
		"no entry": {workspace.Decision{Name: "甲", Verdict: "not"}, yardstick.Invalid, "编号"},
		"retired":  {workspace.Decision{Name: "甲", Verdict: "is", Entry: gone}, yardstick.NotFound, "已经停用"},
	} {
		_, err := w.Decide(ctx, []workspace.Decision{c.d})
		t.Run(name, func(t *testing.T) { says(t, err, c.kind, c.want) })
	}

	table := [][]string{
		{"填报写法", "功能分类", "对应指标编号", "处理", "改为指标编号"},
		{"甲", "", "", "确认", ""},
		{"乙", "", "", "不是", id},
		{"丙", "", id, "改为", ""},
		{"丁", "航天", id, "确认", ""},
		{"戊", "", id, "改为", "999-999"},
		{"", "", id, "确认", ""},
		{"己", "交通运输", id, "确认", ""},
	}
	var b bytes.Buffer
	if err := csv.NewWriter(&b).WriteAll(table); err != nil {
		t.Fatal(err)
	}
	got, err := w.ImportNames(ctx, "写法.csv", file(b.String()), "cli")
	if err != nil || got.Taken != 1 || got.Rows != got.Taken+got.Unchanged+got.Empty+len(got.Rejected) {
		t.Fatalf("%+v, %v", got, err)
	}
	want := []struct{ cell, word string }{{"C2", "“对应指标编号”（C2）"}, {"C3", "“对应指标编号”（C3）"}, {"E4", "“改为指标编号”（E4）"},
		{"B5", "航天"}, {"E6", "999-999"}, {"A7", "没有写指标名称"}}
	if len(got.Rejected) != len(want) {
		t.Fatalf("%d rows rejected, want %d: %+v", len(got.Rejected), len(want), got.Rejected)
	}
	for i, p := range got.Rejected {
		if p.Cell != want[i].cell || !strings.Contains(p.Message, want[i].word) {
			t.Errorf("%s %q, want %s %q", p.Cell, p.Message, want[i].cell, want[i].word)
		}
	}
	got, err = w.ImportNames(ctx, "写法.csv", file("填报写法,处理\n甲,确认\n"), "cli")
	if err != nil || len(got.Rejected) != 1 || !strings.Contains(got.Rejected[0].Message, "没有“对应指标编号”这一列") {
		t.Errorf("a table without the column: %+v, %v", got, err)
	}
}
