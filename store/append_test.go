//go:build duckdb_arrow

package store

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"yardstick"
)

const unit = "中江县水利局"

// inForceIDs returns the form_ids in force in the order stored.
func inForceIDs(t testing.TB, s *Store) []string {
	t.Helper()
	var ids []string
	for _, f := range allForms(t, s) {
		ids = append(ids, f.ID)
	}
	return ids
}

// TestCorrection loads second versions of a file and checks what they do to the
// first.
func TestCorrection(t *testing.T) {
	first := func() yardstick.File { return aFile("in/a.xlsx", "h1", aForm("水库建设", unit, 2022, 1, 100)) }
	renamed := func(project, unit string, year int, value float64) yardstick.File {
		return aFile("in/a.xlsx", "h2", aForm(project, unit, year, 1, value))
	}
	otherCounty := renamed("水库建设", "永德县水利局", 2022, 100)
	otherCounty.Forms[0].Department = yardstick.Text{}
	otherLines := renamed("农村饮水", unit, 2022, 7)
	for i := range otherLines.Forms[0].Lines {
		otherLines.Forms[0].Lines[i].Name = txt(fmt.Sprint("饮水指标", i), "")
	}
	otherKind := renamed("水库建设", unit, 2022, 7)
	otherKind.Forms[0].Kind = yardstick.Target
	for _, c := range []struct {
		name       string
		second     yardstick.File
		outcome    string
		superseded int
		inForce    int
	}{
		{"value corrected, same path", renamed("水库建设", unit, 2022, 7), "superseding", 1, 1},
		{"value corrected, other path", aFile("in/b.xlsx", "h2", aForm("水库建设", unit, 2022, 1, 7)), "superseding", 1, 1},
		{"copy under another name", aFile("in/b.xlsx", "h2", aForm("水库建设", unit, 2022, 3, 100)), "unchanged", 0, 1},
		{"saved again, nothing changed", renamed("水库建设", unit, 2022, 100), "unchanged", 0, 1},
		{"project name corrected", renamed("水库建设二期", unit, 2022, 100), "superseding", 1, 1},
		{"unit name corrected", renamed("水库建设", "中江县水务局", 2022, 100), "superseding", 1, 1},
		{"another project in a file of that name", otherLines, "stored", 0, 2},
		{"another county's file of that name", otherCounty, "stored", 0, 2},
		{"next year's file of that name", renamed("水库建设", unit, 2023, 100), "stored", 0, 2},
		{"another form in a file of that name", otherKind, "stored", 0, 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := openTest(t)
			old := appendTest(t, s, first()).Files[0].FormIDs[0]
			out := appendTest(t, s, c.second)
			if out.Files[0].Outcome != c.outcome || out.Superseded != c.superseded {
				t.Errorf("outcome %s, %d superseded, want %s, %d", out.Files[0].Outcome, out.Superseded, c.outcome, c.superseded)
			}
			if n := len(inForceIDs(t, s)); n != c.inForce {
				t.Errorf("%d forms in force, want %d", n, c.inForce)
			}
			kept, err := s.Form(t.Context(), old)
			if err != nil || len(kept.Lines) != 4 {
				t.Fatalf("old version: %v", err)
			}
			want := ""
			if c.superseded > 0 {
				want = out.Files[0].FormIDs[0]
			}
			if kept.SupersededBy != want {
				t.Errorf("old version superseded by %q, want %q", kept.SupersededBy, want)
			}
			v, err := s.Versions(t.Context(), old)
			if err != nil || len(v) != 1+c.superseded {
				t.Errorf("%d versions, %v, want %d", len(v), err, 1+c.superseded)
			}
		})
	}
}

// TestFolderTwice loads a folder that holds a file, its correction and a copy,
// twice; the second time nothing may change.
func TestFolderTwice(t *testing.T) {
	s := openTest(t)
	v1 := aFile("in/v1.xlsx", "h1", aForm("水库建设", unit, 2022, 1, 100))
	v2 := aFile("in/v2.xlsx", "h2", aForm("水库建设", unit, 2022, 1, 7))
	appendTest(t, s, v1)
	appendTest(t, s, v2)
	before := inForceIDs(t, s)
	for range 2 {
		out := appendTest(t, s, v1, v2, aFile("in/v2 copy.xlsx", "h2", aForm("水库建设", unit, 2022, 1, 7)))
		if out.BatchID != "" || out.Forms != 0 {
			t.Errorf("stored again: %+v", out)
		}
	}
	if diff := cmp.Diff(before, inForceIDs(t, s)); diff != "" {
		t.Errorf("in force (-before +after):\n%s", diff)
	}
	// The first version put back under the path of the second is a change.
	out := appendTest(t, s, aFile("in/v2.xlsx", "h1", aForm("水库建设", unit, 2022, 1, 100)))
	if out.Superseded != 1 || out.Files[0].FormIDs[0] == before[0] {
		t.Errorf("old version put back: %+v, want it to supersede under a new id", out)
	}
}

func TestDuplicateInBatch(t *testing.T) {
	s := openTest(t)
	a, b := aForm("水库建设", unit, 2022, 1, 100), aForm("水库建设", unit, 2022, 2, 100)
	out := appendTest(t, s, aFile("a.xlsx", "h1", a, b))
	if out.Forms != 2 || len(out.Files[0].Issues) != 1 || out.Files[0].Issues[0].Code != yardstick.FormDuplicate {
		t.Fatalf("%+v, want both stored and one warning", out)
	}
	issues, err := s.FormIssues(t.Context(), out.Files[0].FormIDs[1])
	if err != nil || len(issues) != 1 || !strings.Contains(issues[0].Message, "水库建设") {
		t.Errorf("issues of the second: %+v, %v", issues, err)
	}
	// Its correction pairs each copy with the one at its place.
	b.Lines[0].Score = num(1, "1", "H94")
	again := appendTest(t, s, aFile("a.xlsx", "h2", a, b))
	if again.Forms != 1 || again.Superseded != 1 || again.Unchanged != 1 || again.Files[0].FormIDs[0] != out.Files[0].FormIDs[0] {
		t.Errorf("correction of the second: %+v", again)
	}
	old, err := s.Form(t.Context(), out.Files[0].FormIDs[1])
	if err != nil || old.SupersededBy != again.Files[0].FormIDs[1] {
		t.Errorf("second form superseded by %q, %v", old.SupersededBy, err)
	}
}

func TestNamelessNeverMerged(t *testing.T) {
	s := openTest(t)
	appendTest(t, s, aFile("a.xlsx", "h1", aForm("", unit, 2022, 1, 100)))
	out := appendTest(t, s, aFile("b.xlsx", "h2", aForm("", unit, 2022, 1, 100)))
	forms := allForms(t, s)
	if out.Forms != 1 || len(forms) != 2 || forms[0].ProjectID == forms[1].ProjectID {
		t.Errorf("%+v: %d in force, want two of two projects", out, len(forms))
	}
}

func TestRejectedFile(t *testing.T) {
	s := openTest(t)
	locked := yardstick.File{Path: "x.xlsx", Hash: "h9", Rejected: []yardstick.Issue{{File: "x.xlsx", Code: yardstick.FileEncrypted, Message: "有密码"}}}
	out := appendTest(t, s, locked)
	if out.BatchID == "" || out.Files[0].Outcome != "rejected" {
		t.Fatalf("%+v, want a batch that shows it", out)
	}
	info, list, err := s.Batch(t.Context(), out.BatchID)
	if err != nil || info.Rejected != 1 || len(list) != 1 || len(list[0].Rejected) != 1 || list[0].Rejected[0].Message != "有密码" {
		t.Errorf("batch: %+v %+v %v", info, list, err)
	}
	if again := appendTest(t, s, locked); again.BatchID != "" || again.Files[0].Outcome != "rejected" {
		t.Errorf("again: %+v, want no batch and still rejected", again)
	}
	if known, err := s.Known(t.Context(), []string{"h9"}); err != nil || len(known) != 0 {
		t.Errorf("known: %v, %v, want to be read again next time", known, err)
	}
}

func TestIssuePlaced(t *testing.T) {
	s := openTest(t)
	f := aFile("a.xlsx", "h1", aForm("水库建设", unit, 2022, 1, 1), aForm("渠道维修", unit, 2022, 2, 1))
	f.Warnings = []yardstick.Issue{
		{Sheet: "自评表", Cell: "E57", Code: yardstick.ValueOCR, Message: "一"}, // a line of the first
		{Sheet: "自评表", Cell: "C90", Code: yardstick.FormYear, Message: "二"}, // below the head of the second
		{Code: yardstick.BudgetUnit, Message: "三"},                          // the whole file
	}
	out := appendTest(t, s, f)
	for i, want := range []string{"一", "二"} {
		got, err := s.FormIssues(t.Context(), out.Files[0].FormIDs[i])
		if err != nil || len(got) != 1 || got[0].Message != want || got[0].File != "a.xlsx" {
			t.Errorf("form %d: %+v, %v, want %s", i, got, err, want)
		}
	}
	page, total, err := s.Forms(t.Context(), FormFilter{Doubt: true})
	if err != nil || total != 2 || page[0].Doubts != 1 {
		t.Errorf("with doubts: %d, %+v, %v", total, page, err)
	}
}

func TestWithdraw(t *testing.T) {
	s := openTest(t)
	a := appendTest(t, s, aFile("a.xlsx", "h1", aForm("水库建设", unit, 2022, 1, 1)))
	b := appendTest(t, s, aFile("a.xlsx", "h2", aForm("水库建设", unit, 2022, 1, 2)))
	c := appendTest(t, s, aFile("a.xlsx", "h3", aForm("水库建设", unit, 2022, 1, 3)))
	withdraw := func(o yardstick.Outcome, want []string) {
		t.Helper()
		if err := s.Withdraw(t.Context(), o.BatchID); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, inForceIDs(t, s)); diff != "" {
			t.Errorf("in force (-want +got):\n%s", diff)
		}
	}
	withdraw(b, c.Files[0].FormIDs) // the middle one: the last stays
	withdraw(c, a.Files[0].FormIDs) // then the first is in force again
	if err := s.Withdraw(t.Context(), c.BatchID); yardstick.KindOf(err) != yardstick.Conflict {
		t.Errorf("twice: %v", err)
	}
	if err := s.Withdraw(t.Context(), "nothing"); yardstick.KindOf(err) != yardstick.NotFound {
		t.Errorf("unknown: %v", err)
	}
	again := appendTest(t, s, aFile("a.xlsx", "h3", aForm("水库建设", unit, 2022, 1, 3)))
	if again.Superseded != 1 || again.Files[0].FormIDs[0] == c.Files[0].FormIDs[0] {
		t.Errorf("loaded again after withdrawal: %+v, want it stored under a new id", again)
	}
	withdraw(a, again.Files[0].FormIDs)
}

// TestNoRoom refuses a batch that does not fit three times, and nothing is left
// of it.
func TestNoRoom(t *testing.T) {
	s := openAt(t, filepath.Join(t.TempDir(), "warehouse.duckdb"))
	s.free = func(string) (uint64, error) { return leastRoom + 1000, nil }
	_, err := s.Append(t.Context(), crashBatch(3))
	if yardstick.KindOf(err) != yardstick.Full {
		t.Errorf("%v, want Full", err)
	}
	if list, err := s.BatchList(t.Context(), 0); err != nil || len(list) != 0 {
		t.Errorf("%d batches, %v", len(list), err)
	}
}

func TestSameBatchID(t *testing.T) {
	s := openTest(t)
	for i := range 2 {
		b := &yardstick.Batch{ID: "b1", Files: []yardstick.File{aFile(fmt.Sprint(i), fmt.Sprint("h", i), aForm(fmt.Sprint(i, "号水库"), unit, 2022, 1, 1))}}
		_, err := s.Append(t.Context(), b)
		if want := []yardstick.Kind{0, yardstick.Conflict}[i]; yardstick.KindOf(err) != want || (err != nil) != (i == 1) {
			t.Errorf("append %d: %v", i, err)
		}
	}
	if n := len(inForceIDs(t, s)); n != 1 {
		t.Errorf("%d forms, want 1", n)
	}
}

// TestOutcomeCounts draws batches of files with colliding names, paths and
// contents, and holds every outcome against the tables.
func TestOutcomeCounts(t *testing.T) {
	set(t, "rapid.checks", "12") // each opens a warehouse
	rapid.Check(t, func(rt *rapid.T) {
		s := openTest(t)
		var forms, lines, superseded int
		for range rapid.IntRange(1, 4).Draw(rt, "batches") {
			var files []yardstick.File
			for range rapid.IntRange(1, 4).Draw(rt, "files") {
				var fs []yardstick.Form
				for i := range rapid.IntRange(0, 3).Draw(rt, "forms") {
					f := aForm(rapid.SampledFrom([]string{"", "水库", "渠道"}).Draw(rt, "project"),
						rapid.SampledFrom([]string{"", unit, "永德县水利局"}).Draw(rt, "unit"),
						rapid.SampledFrom([]int{2022, 2023}).Draw(rt, "year"), i+1, float64(rapid.IntRange(1, 2).Draw(rt, "value")))
					f.Department = yardstick.Text{}
					fs = append(fs, f)
				}
				files = append(files, aFile(rapid.SampledFrom([]string{"a", "b"}).Draw(rt, "path"), rapid.StringMatching(`[a-d]`).Draw(rt, "hash"), fs...))
			}
			out, err := s.Append(rt.Context(), &yardstick.Batch{Files: files})
			if err != nil {
				rt.Fatal(err)
			}
			forms, lines, superseded = forms+out.Forms, lines+out.Lines, superseded+out.Superseded
			if out.BatchID == "" && out.Forms > 0 || len(out.Files) != len(files) {
				rt.Errorf("outcome %+v", out)
			}
			for _, f := range out.Files {
				for _, id := range f.FormIDs {
					if _, err := s.Form(rt.Context(), id); err != nil {
						rt.Errorf("form %q of an outcome: %v", id, err)
					}
				}
			}
		}
		var gotForms, gotLines, gotSuperseded, ids, clashes int
		err := s.db.QueryRowContext(rt.Context(), `SELECT count(*), (SELECT count(*) FROM line), count(superseded_by), count(DISTINCT form_id),
			(SELECT count(*) FROM (SELECT 1 FROM form_current GROUP BY identity, copy HAVING count(*) > 1)) FROM form`).
			Scan(&gotForms, &gotLines, &gotSuperseded, &ids, &clashes)
		if err != nil {
			rt.Fatal(err)
		}
		want := []int{forms, lines, superseded, forms, 0}
		if diff := cmp.Diff(want, []int{gotForms, gotLines, gotSuperseded, ids, clashes}); diff != "" {
			rt.Errorf("forms, lines, superseded, distinct ids, clashing identities (-outcomes +tables):\n%s", diff)
		}
		if faults, err := s.Verify(rt.Context()); err != nil || len(faults) > 0 {
			rt.Errorf("faults %+v, %v", faults, err)
		}
	})
}

// set gives a flag of the test binary another value until the test ends.
func set(t *testing.T, name, value string) {
	t.Helper()
	f := flag.Lookup(name)
	before := f.Value.String()
	if err := f.Value.Set(value); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Value.Set(before) })
}

// TestNumberedTitles stores 第一批 and 第二批, and the projects of two years in one
// year's forms, under one file name each; neither is a correction.
func TestNumberedTitles(t *testing.T) {
	for _, pair := range [][2]string{{"水库建设（第一批）", "水库建设（第二批）"}, {"2021年水库建设", "2022年水库建设"}, {"水库一期", "水库二期"}} {
		s := openTest(t)
		appendTest(t, s, aFile("a.xlsx", "h1", aForm(pair[0], unit, 2022, 1, 100)))
		out := appendTest(t, s, aFile("a.xlsx", "h2", aForm(pair[1], unit, 2022, 1, 100)))
		if out.Superseded != 0 || len(inForceIDs(t, s)) != 2 {
			t.Errorf("%v: %+v, want both in force", pair, out)
		}
	}
}

// TestMigration adds one more migration to a warehouse in use, and one that
// fails, which must leave the file as it was.
func TestMigration(t *testing.T) {
	path := filepath.Join(t.TempDir(), "warehouse.duckdb")
	s := openAt(t, path)
	appendTest(t, s, aFile("a.xlsx", "h1", aForm("水库建设", unit, 2022, 1, 1)))
	s.Close()
	shipped, err := migrations(files)
	if err != nil {
		t.Fatal(err)
	}
	number := fmt.Sprintf("%04d", len(shipped)+1)
	with := func(text string) fstest.MapFS {
		fsys := fstest.MapFS{"migrations/" + number + "_more.sql": {Data: []byte(text)}}
		for _, m := range shipped {
			fsys[fmt.Sprintf("migrations/%04d_shipped.sql", m.version)] = &fstest.MapFile{Data: []byte(m.text)}
		}
		return fsys
	}
	next := with("ALTER TABLE form ADD COLUMN extra INTEGER; UPDATE form SET extra = 7")
	bad := with("ALTER TABLE form ADD COLUMN half INTEGER; SELECT * FROM nowhere")
	open := func(fsys fstest.MapFS) error {
		s := &Store{path: path, log: s.log, now: s.now, free: s.free}
		db, err := s.openFile(t.Context(), Options{MemoryLimit: "512MiB"}, fsys)
		if err != nil {
			return err
		}
		var extra int
		err = db.QueryRowContext(t.Context(), "SELECT extra FROM form").Scan(&extra)
		if err == nil && extra != 7 {
			err = fmt.Errorf("extra %d, want 7", extra)
		}
		return errors.Join(err, db.Close())
	}
	if err := open(bad); err == nil || !strings.Contains(err.Error(), number) {
		t.Errorf("failing migration: %v", err)
	}
	if err := open(next); err != nil {
		t.Errorf("migration: %v", err)
	}
	if _, err := Open(t.Context(), Options{Path: path}); yardstick.KindOf(err) != yardstick.Invalid || !strings.Contains(err.Error(), "升级") {
		t.Errorf("file of a later version: %v", err)
	}
}

func TestNoFilesFromSQL(t *testing.T) {
	s := openAt(t, filepath.Join(t.TempDir(), "warehouse.duckdb"))
	for _, q := range []string{"SELECT * FROM read_csv('/etc/hostname')", "COPY form TO '/tmp/x.csv'", "INSTALL httpfs", "LOAD httpfs",
		"SET enable_external_access = true", "SET threads = 1", "ATTACH '/tmp/other.duckdb'"} {
		if _, err := s.db.ExecContext(t.Context(), q); err == nil {
			t.Errorf("%s: allowed", q)
		}
	}
}

func TestRules(t *testing.T) {
	s := openTest(t)
	r := Rule{Set: "scoring", Version: "2020", Jurisdiction: "全国", Name: "execution_weight", Value: "10", Source: "财预〔2020〕10号", Status: "read"}
	weak := r
	weak.Name, weak.Status, weak.Source = "grade", "recalled", "记忆"
	for range 2 {
		if err := s.PutRules(t.Context(), []Rule{r, weak}); err != nil {
			t.Fatal(err)
		}
	}
	got, err := s.Rules(t.Context(), "scoring", "2020")
	if diff := cmp.Diff([]Rule{r, weak}, got); diff != "" || err != nil {
		t.Errorf("rules (-want +got):\n%s %v", diff, err)
	}
	sets, err := s.RuleSets(t.Context())
	if diff := cmp.Diff([]RuleSet{{"scoring", "2020", "全国", "记忆", "recalled", 2}}, sets); diff != "" || err != nil {
		t.Errorf("sets (-want +got):\n%s %v", diff, err)
	}
	r.Value = "20"
	if err := s.PutRules(t.Context(), []Rule{r}); yardstick.KindOf(err) != yardstick.Conflict {
		t.Errorf("changed rule: %v, want Conflict", err)
	}
}

func TestOverview(t *testing.T) {
	s := openTest(t)
	if o, err := s.Overview(t.Context()); err != nil || o.LoadedAt != nil || o.Money != nil || o.Forms != 0 {
		t.Errorf("empty: %+v, %v", o, err)
	}
	target := aForm("水库建设", unit, 2022, 1, 5)
	target.Kind = yardstick.Target
	target.Budget.FullYear = num(30, "30", "")
	appendTest(t, s, aFile("a.xlsx", "h1", target, aForm("水库建设", unit, 2023, 2, 5), aForm("渠道", unit, 2022, 3, 5)))
	o, err := s.Overview(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if o.Projects != 2 || o.Forms != 3 || o.Lines != 12 || o.Names != 4 || o.Targets != 12 || o.Quantified != 6 || o.MoneyForms != 2 || *o.Money != 2*38.766462 {
		t.Errorf("%+v (money %v)", o, *o.Money)
	}
	want := []Received{{yardstick.Monitoring, 2023, 0, 1}, {yardstick.SelfEvaluation, 2023, 1, 0}, {yardstick.Target, 2023, 0, 1},
		{yardstick.Monitoring, 2022, 0, 2}, {yardstick.SelfEvaluation, 2022, 1, 1}, {yardstick.Target, 2022, 1, 1}}
	if diff := cmp.Diff(want, o.Received); diff != "" {
		t.Errorf("received (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]AgencyCount{{unit, 2, 3, 0}}, o.Agencies); diff != "" {
		t.Errorf("agencies (-want +got):\n%s", diff)
	}
	page, total, err := s.Forms(t.Context(), FormFilter{Text: "水库", Year: 2023, Limit: 10})
	if err != nil || total != 1 || len(page) != 1 || *page[0].FullYear != 38.766462 || page[0].Lines != 4 {
		t.Errorf("forms: %d %+v %v", total, page, err)
	}
	related, err := s.Related(t.Context(), page[0].ID)
	if err != nil || len(related) != 1 || related[0].Kind != yardstick.Target {
		t.Errorf("related: %+v %v", related, err)
	}
	choices, err := s.FormChoices(t.Context())
	if diff := cmp.Diff(Choices{Years: []int{2023, 2022}, Departments: []string{unit}, Sectors: []string{"农林水"}}, choices); diff != "" || err != nil {
		t.Errorf("choices (-want +got):\n%s %v", diff, err)
	}
}

// TestReadWhileStoring reads all forms again and again while others store
// batches: each reading sees whole batches only, and nobody fails.
func TestReadWhileStoring(t *testing.T) {
	s := openAt(t, filepath.Join(t.TempDir(), "warehouse.duckdb"))
	var writers, readers sync.WaitGroup
	stop := make(chan struct{})
	for range 2 {
		readers.Go(func() {
			for {
				got := map[string]int{}
				err := s.AllForms(context.Background(), func(f *Stored) error {
					got[f.BatchID]++
					if len(f.Lines) != 4 {
						return fmt.Errorf("form %s: %d lines", f.ID, len(f.Lines))
					}
					return nil
				})
				if err != nil {
					t.Error(err)
				}
				for id, n := range got {
					var k int
					fmt.Sscanf(id, "batch-%d", &k)
					if want := len(crashBatch(k).Files); n != want {
						t.Errorf("%s: %d forms seen, want %d", id, n, want)
					}
				}
				select {
				case <-stop:
					return
				default:
				}
			}
		})
	}
	for w := range 3 {
		writers.Go(func() {
			for n := range 4 {
				if _, err := s.Append(context.Background(), crashBatch(w*4+n)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	writers.Wait()
	close(stop)
	readers.Wait()
	if list, err := s.BatchList(t.Context(), 0); err != nil || len(list) != 12 {
		t.Errorf("%d batches, %v, want 12", len(list), err)
	}
}
