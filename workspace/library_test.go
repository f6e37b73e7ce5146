package workspace_test

import (
	"bytes"
	"io"
	"slices"
	"strings"
	"testing"

	"yardstick"
	"yardstick/workspace"
)

// openAt opens a workspace in dir, which a test may open again.
func openAt(t *testing.T, dir string) *workspace.Workspace {
	t.Helper()
	w, err := workspace.Open(t.Context(), workspace.Options{Dir: dir, Create: true})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func file(text string) func() (io.ReadCloser, error) {
	return func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil }
}

func kind(t *testing.T, err error, want yardstick.Kind) {
	t.Helper()
	if yardstick.KindOf(err) != want || err == nil {
		t.Errorf("got %v, want %v", err, want)
	}
}

// TestLibraryAtOnce: a new workspace has the shipped library.
func TestLibraryAtOnce(t *testing.T) {
	w := open(t)
	list, err := w.Library(t.Context(), workspace.LibraryQuery{})
	if err != nil {
		t.Fatal(err)
	}
	if list.Total < 2500 || len(list.Entries) != list.Total || list.Version != 0 {
		t.Errorf("got %d entries in version %d, want at least 2500 in version 0", list.Total, list.Version)
	}
	sum := 0
	for _, c := range list.Classes {
		sum += c.Count
	}
	if sum != list.Total {
		t.Errorf("classes sum to %d, want %d", sum, list.Total)
	}
	bus, err := w.Library(t.Context(), workspace.LibraryQuery{Sector: "交通运输", Level1: "产出指标", Text: "公交"})
	if err != nil || bus.Total == 0 {
		t.Fatalf("got %d entries, %v", bus.Total, err)
	}
	for _, e := range bus.Entries {
		if e.Sector != "交通运输" || e.Level1 != "产出指标" {
			t.Errorf("%s %s passed the filter", e.ID, e.Name)
		}
	}
}

// TestEditUndo changes, adds, retires and merges, and takes each back.
func TestEditUndo(t *testing.T) {
	dir := t.TempDir()
	w := openAt(t, dir)
	ctx := t.Context()
	first, err := w.Library(ctx, workspace.LibraryQuery{Limit: 2})
	if err != nil {
		t.Fatal(err)
	}
	a, b := first.Entries[0].Entry, first.Entries[1].Entry

	edit, err := w.EditEntry(ctx, workspace.EntryEdit{ID: a.ID, Set: map[string]string{"meaning": "改过的含义，写得更清楚"}, Note: "试", Source: "page"})
	if err != nil {
		t.Fatal(err)
	}
	if len(edit.Fields) != 1 || edit.Fields[0].From != a.Meaning || edit.Version != 1 {
		t.Errorf("edit %+v", edit)
	}
	add, err := w.EditEntry(ctx, workspace.EntryEdit{Set: map[string]string{"name": "自行车停放点数量", "level1": "产出指标", "level2": "数量指标", "unit": "个"}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.EditEntry(ctx, workspace.EntryEdit{Set: map[string]string{"name": "自行车停放点数量", "level1": "产出指标", "level2": "数量指标"}}); err == nil {
		t.Error("a second entry of that name was taken")
	}
	merged, err := w.MergeEntries(ctx, b.ID, a.ID, "page", "")
	if err != nil || len(merged) != 2 {
		t.Fatalf("merge: %+v, %v", merged, err)
	}
	now, err := w.Indicator(ctx, a.ID)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Contains(now.Aliases, b.Name) || now.Origin != "edited" || now.Meaning == a.Meaning || len(now.Changes) != 2 {
		t.Errorf("after the merge: %+v", now.Entry)
	}
	gone, err := w.Indicator(ctx, b.ID)
	if err != nil || !gone.Retired {
		t.Errorf("the merged entry: %+v, %v", gone.Entry, err)
	}
	if r, err := w.Search(ctx, workspace.SearchQuery{Text: "自行车停放点数量"}); err != nil || len(r.Hits) == 0 || r.Hits[0].ID != add.Entry {
		t.Errorf("search for the new entry: %+v, %v", r.Hits, err)
	}

	_, err = w.UndoChange(ctx, edit.ID, "page")
	kind(t, err, yardstick.Conflict) // changed again by the merge
	for _, c := range []int{merged[1].ID, merged[0].ID, add.ID, edit.ID} {
		if _, err := w.UndoChange(ctx, c, "page"); err != nil {
			t.Fatalf("undo %d: %v", c, err)
		}
	}
	d, err := w.DiffLibrary(ctx, "shipped", "current")
	if err != nil || len(d.Added)+len(d.Removed)+len(d.Changed) != 0 {
		t.Errorf("all undone, but the library differs: %+v, %v", d, err)
	}
	d, err = w.DiffLibrary(ctx, "shipped", "3")
	if err != nil || len(d.Added) != 1 || len(d.Removed) != 1 || len(d.Changed) != 1 {
		t.Errorf("version 3: %d added, %d removed, %d changed, %v", len(d.Added), len(d.Removed), len(d.Changed), err)
	}
	log, err := w.Changes(ctx, "", 0, 0)
	if err != nil || len(log) != 8 || log[0].Undoes == 0 || !log[7].Undone {
		t.Errorf("the log has %d changes: %+v, %v", len(log), log, err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	w = openAt(t, dir) // everything is kept
	defer w.Close()
	if again, err := w.Changes(ctx, "", 0, 0); err != nil || len(again) != 8 {
		t.Errorf("after opening again: %d changes, %v", len(again), err)
	}
}

func TestEditRefuses(t *testing.T) {
	w := open(t)
	ctx := t.Context()
	list, err := w.Library(ctx, workspace.LibraryQuery{Limit: 2})
	if err != nil {
		t.Fatal(err)
	}
	id := list.Entries[0].ID
	for name, c := range map[string]struct {
		edit workspace.EntryEdit
		want yardstick.Kind
	}{
		"no such entry": {workspace.EntryEdit{ID: "999-999", Set: map[string]string{"unit": "个"}}, yardstick.NotFound},
		"no such field": {workspace.EntryEdit{ID: id, Set: map[string]string{"colour": "red"}}, yardstick.Invalid},
		"direction":     {workspace.EntryEdit{ID: id, Set: map[string]string{"direction": "up"}}, yardstick.Invalid},
		"level 2":       {workspace.EntryEdit{ID: id, Set: map[string]string{"level1": "满意度指标", "level2": "数量指标"}}, yardstick.Invalid},
		"no name":       {workspace.EntryEdit{ID: id, Set: map[string]string{"name": " "}}, yardstick.Invalid},
		"sector":        {workspace.EntryEdit{ID: id, Set: map[string]string{"sector": "航天"}}, yardstick.Invalid},
		"nothing new":   {workspace.EntryEdit{ID: id, Set: map[string]string{"name": list.Entries[0].Name}}, yardstick.Invalid},
		"other's name":  {workspace.EntryEdit{ID: id, Set: map[string]string{"name": list.Entries[1].Name}}, yardstick.Conflict},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := w.EditEntry(ctx, c.edit)
			kind(t, err, c.want)
		})
	}
	_, err = w.RetireEntry(ctx, "999-999", true, "page", "")
	kind(t, err, yardstick.NotFound)
	_, err = w.RetireEntry(ctx, id, false, "page", "")
	kind(t, err, yardstick.Conflict) // it is not retired
	_, err = w.UndoVersion(ctx, 7, "page")
	kind(t, err, yardstick.NotFound)
	_, err = w.UndoVersion(ctx, 0, "page")
	kind(t, err, yardstick.NotFound)
	_, err = w.UndoChange(ctx, 7, "page")
	kind(t, err, yardstick.NotFound)
	_, err = w.DiffLibrary(ctx, "shipped", "7")
	kind(t, err, yardstick.NotFound)
	_, err = w.DiffLibrary(ctx, "shipped", "x")
	kind(t, err, yardstick.Invalid)
}

// TestImportExport takes a bureau's own table over, and reads an export back
// without a change.
func TestImportExport(t *testing.T) {
	w := open(t)
	ctx := t.Context()
	list, err := w.Library(ctx, workspace.LibraryQuery{Sector: "交通运输", Text: "公交", Limit: 1})
	if err != nil || len(list.Entries) == 0 {
		t.Fatal("no entry on buses", err)
	}
	known := list.Entries[0]
	table := "功能分类,一级指标,二级指标,三级指标,指标解释,计量单位\n" +
		"交通运输," + known.Level1 + "," + known.Level2 + "," + known.Name + ",本局自己的解释，以年报为准,\n" +
		"交通运输,产出指标,数量指标,校车线路数量,当年开行的校车线路条数,条\n" +
		"交通运输,什么,哪类,说不清的指标,,\n"
	in := workspace.LibraryImport{Name: "本局指标库.csv", Open: file(table), Source: "cli", DryRun: true}
	dry, err := w.ImportLibrary(ctx, in)
	if err != nil {
		t.Fatal(err)
	}
	if dry.Added != 1 || dry.Changed != 1 || len(dry.Rejected) != 1 || dry.Version != 0 || len(dry.Diff.Added) != 1 || len(dry.Diff.Changed) != 1 {
		t.Errorf("dry run: %+v", dry)
	}
	if dry.Rows != dry.Added+dry.Changed+dry.Unchanged+len(dry.Rejected) {
		t.Errorf("rows do not add up: %+v", dry)
	}
	if log, err := w.Changes(ctx, "", 0, 0); err != nil || len(log) != 0 {
		t.Fatalf("the dry run stored %d changes, %v", len(log), err)
	}
	in.DryRun = false
	if done, err := w.ImportLibrary(ctx, in); err != nil || done.Version != 1 {
		t.Fatalf("import: %+v, %v", done, err)
	}
	e, err := w.Indicator(ctx, known.ID)
	if err != nil || e.Meaning != "本局自己的解释，以年报为准" || e.Unit != known.Unit || e.Formula != known.Formula {
		t.Errorf("the known entry: %+v, %v", e.Entry, err)
	}
	if again, err := w.ImportLibrary(ctx, in); err != nil || again.Version != 0 || again.Unchanged != 2 {
		t.Errorf("the same table again: %+v, %v", again, err)
	}
	for _, format := range []string{"csv", "xlsx"} {
		var b bytes.Buffer
		if err := w.ExportLibrary(ctx, format, 0, &b); err != nil {
			t.Fatal(err)
		}
		back, err := w.ImportLibrary(ctx, workspace.LibraryImport{Name: "导出." + format, Open: file(b.String()), Replace: true})
		if err != nil || back.Version != 0 || len(back.Rejected) != 0 || back.Retired != 0 {
			t.Errorf("%s read back: version %d, %d changed, %d retired, rejected %+v, %v", format, back.Version, back.Changed, back.Retired, back.Rejected, err)
		}
	}
	_, err = w.ImportLibrary(ctx, workspace.LibraryImport{Name: "空.csv", Open: file("")})
	kind(t, err, yardstick.Invalid)
}

// TestNames decides on names, by hand and by table, and takes it back.
func TestNames(t *testing.T) {
	w, _ := sample(t)
	ctx := t.Context()
	all, err := w.Names(ctx, workspace.NameQuery{Limit: 1000})
	if err != nil {
		t.Fatal(err)
	}
	sum := 0
	for _, s := range all.States {
		sum += s.Names
	}
	if all.Total == 0 || sum != all.Total || len(all.Names) != min(all.Total, 1000) {
		t.Fatalf("%d names, states sum to %d, %d on the page", all.Total, sum, len(all.Names))
	}
	at := slices.IndexFunc(all.Names, func(n workspace.NameRow) bool { return n.State == "matched" && n.Method == "fuzzy" })
	if at < 0 {
		t.Fatal("no fuzzy match in the demo")
	}
	name := all.Names[at]
	to := all.Names[slices.IndexFunc(all.Names, func(n workspace.NameRow) bool { return n.Entry != "" && n.Entry != name.Entry })].Entry
	find := func() workspace.NameRow {
		t.Helper()
		got, err := w.Names(ctx, workspace.NameQuery{Text: name.Name, Limit: 1000})
		if err != nil {
			t.Fatal(err)
		}
		i := slices.IndexFunc(got.Names, func(n workspace.NameRow) bool {
			return n.Name == name.Name && n.Sector == name.Sector && n.Level2 == name.Level2
		})
		if i < 0 {
			t.Fatalf("%q is gone", name.Name)
		}
		return got.Names[i]
	}
	done, err := w.Decide(ctx, []workspace.Decision{{Name: name.Name, Sector: name.Sector, Verdict: "is", Entry: to, Source: "page"}})
	if err != nil {
		t.Fatal(err)
	}
	if n := find(); n.Entry != to || n.State != "decided" || n.Confidence != 1 || n.Decision == nil || n.Decision.ID != done[0].ID {
		t.Errorf("after the decision: %+v", n)
	}
	if err := w.UndoDecision(ctx, done[0].ID, "page"); err != nil {
		t.Fatal(err)
	}
	if n := find(); n.Entry != name.Entry || n.State != name.State {
		t.Errorf("after taking it back: %+v, want %+v", n, name)
	}
	kind(t, w.UndoDecision(ctx, done[0].ID, "page"), yardstick.NotFound)
	if _, err := w.Decide(ctx, []workspace.Decision{{Name: name.Name, Verdict: "none"}}); err != nil {
		t.Fatal(err)
	}
	if n := find(); n.Entry != "" || n.State != "decided" {
		t.Errorf("declared to be in no library: %+v", n)
	}
	for _, bad := range []workspace.Decision{{Name: "甲", Verdict: "is", Entry: "999"}, {Name: "", Verdict: "none"}, {Name: "甲", Verdict: "perhaps"}} {
		if _, err := w.Decide(ctx, []workspace.Decision{bad}); err == nil {
			t.Errorf("%+v was taken", bad)
		}
	}

	var table bytes.Buffer
	if err := w.ExportNames(ctx, workspace.NameQuery{State: "matched"}, &table); err != nil {
		t.Fatal(err)
	}
	empty, err := w.ImportNames(ctx, "写法.csv", file(table.String()), "cli")
	if err != nil || empty.Taken != 0 || empty.Rows != empty.Empty {
		t.Errorf("an untouched table: %+v, %v", empty, err)
	}
	rows := strings.Split(strings.TrimSpace(table.String()), "\n")
	rows[1] = strings.TrimSuffix(strings.TrimRight(rows[1], "\r"), ",,,") + ",确认,,看过"
	rows[2] = strings.TrimSuffix(strings.TrimRight(rows[2], "\r"), ",,,") + ",随便,,"
	got, err := w.ImportNames(ctx, "写法.csv", file(strings.Join(rows[:4], "\n")), "cli")
	if err != nil || got.Taken != 1 || len(got.Rejected) != 1 || got.Rows != got.Taken+got.Unchanged+got.Empty+len(got.Rejected) {
		t.Errorf("a filled table: %+v, %v", got, err)
	}
	if again, err := w.ImportNames(ctx, "写法.csv", file(strings.Join(rows[:2], "\n")), "cli"); err != nil || again.Unchanged != 1 || again.Taken != 0 {
		t.Errorf("the same table again: %+v, %v", again, err)
	}
}

// TestUse holds the counts of an indicator to the forms themselves.
func TestUse(t *testing.T) {
	w, _ := sample(t)
	ctx := t.Context()
	list, err := w.Library(ctx, workspace.LibraryQuery{Used: "yes"})
	if err != nil || list.Total < 20 {
		t.Fatalf("%d entries in use, %v", list.Total, err)
	}
	best := slices.MaxFunc(list.Entries, func(a, b workspace.LibraryRow) int { return a.Projects - b.Projects })
	v, err := w.Indicator(ctx, best.ID)
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	for _, s := range v.Spellings {
		names[s.Name] = true
	}
	forms, lines := map[string]bool{}, 0
	err = w.EachForm(ctx, workspace.FormQuery{}, func(f workspace.Form) error {
		for _, l := range f.Lines {
			if names[l.Name] {
				forms[f.ID] = true
				lines++
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	// A spelling may stand for another entry in another class, so the forms that
	// carry one are an upper bound; each use must be among them.
	if v.Usage.Forms == 0 || v.Usage.Forms > len(forms) || v.Usage.Projects > v.Usage.Forms || v.Usage.Numeric.Of > lines {
		t.Errorf("usage %+v, but %d forms carry a spelling in %d lines", v.Usage, len(forms), lines)
	}
	for _, u := range v.Uses {
		if !forms[u.ID] || !names[u.Line.Name] {
			t.Errorf("use %s on form %s is no spelling", u.Line.Name, u.ID)
		}
	}
	if v.Target.N > 0 && v.Target.N < 3 && v.Target.Median != nil {
		t.Errorf("a median of %d values", v.Target.N)
	}
	h, err := w.Health(ctx, workspace.HealthQuery{})
	if err != nil {
		t.Fatal(err)
	}
	if h.Used != list.Total || h.Matched.Of == 0 || h.Lines.Part > h.Lines.Of {
		t.Errorf("health %+v", h)
	}
	for _, a := range h.Advice {
		if a.Reason == "" || a.Action == "" || a.Name == "" {
			t.Errorf("advice %+v lacks something", a)
		}
	}
}

func TestTemplatesAndCases(t *testing.T) {
	w, _ := sample(t)
	ctx := t.Context()
	all, err := w.Templates(ctx, workspace.TemplateQuery{})
	if err != nil || len(all) < 80 {
		t.Fatalf("%d templates, %v; want at least 80", len(all), err)
	}
	for _, x := range all {
		if x.Points != 90 {
			t.Errorf("%s %s: %v points, want 90", x.ID, x.Name, x.Points)
		}
	}
	if _, err := w.Template(ctx, all[0].ID); err != nil {
		t.Error(err)
	}
	_, err = w.Template(ctx, "T999-99")
	kind(t, err, yardstick.NotFound)
	cases, err := w.Cases(ctx, workspace.CaseQuery{All: true})
	if err != nil || cases.Judged == 0 || cases.Total != cases.Judged {
		t.Fatalf("cases %+v, %v", cases, err)
	}
	if !slices.IsSortedFunc(cases.Cases, func(a, b workspace.Case) int { return int(10 * (b.Quality - a.Quality)) }) {
		t.Error("cases are not best first")
	}
	good, err := w.Cases(ctx, workspace.CaseQuery{})
	if err != nil || good.Total > cases.Total {
		t.Fatal(err)
	}
	for _, c := range good.Cases {
		if c.Quality < good.Line || c.ID == "" {
			t.Errorf("case %s of %v points", c.ID, c.Quality)
		}
	}
}
