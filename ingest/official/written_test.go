package official_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"yardstick"
	"yardstick/indicators"
	"yardstick/ingest/forms"
	"yardstick/ingest/grid"
	"yardstick/ingest/official"
)

// TestSharedTargetsReadBack writes every target form among the real ones in the
// Ministry's layout and reads it again: whatever layout it came in, project,
// unit, department, year, goal, the year's sum and all lines stay.
func TestSharedTargetsReadBack(t *testing.T) {
	entries, err := os.ReadDir(sharedForms)
	if err != nil {
		t.Skipf("shared forms are not there: %v", err)
	}
	seen, lines := 0, 0
	for _, e := range entries {
		data, err := os.ReadFile(filepath.Join(sharedForms, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		grids, err := grid.Read(t.Context(), e.Name(), data, grid.Options{})
		if err != nil {
			continue
		}
		for _, f := range forms.ReadFile(grids).Forms {
			if f.Kind != yardstick.Target || len(f.Lines) == 0 {
				continue
			}
			seen++
			lines += len(f.Lines)
			for kind, write := range writers {
				out, err := write(f, official.Options{})
				if err != nil {
					t.Errorf("%s: %v", e.Name(), err)
					continue
				}
				want, got := outline(f), outline(readBack(t, e.Name()+"."+kind, out))
				if len(official.Notes(f, official.Options{})) > 0 {
					t.Logf("%s: %q", e.Name(), official.Notes(f, official.Options{}))
				}
				// Rows of the budget block have names of their own on some layouts.
				want.Funds, got.Funds = nil, nil
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("%s %s as %s (-form +copy):\n%s", e.Name(), f.Sheet, kind, diff)
				}
			}
		}
	}
	t.Logf("%d target forms with %d lines", seen, lines)
}

// TestNothingBecomesAFormula writes texts that spreadsheets take for formulas
// where they are typed.
func TestNothingBecomesAFormula(t *testing.T) {
	f := usual()
	for i, s := range []string{"=1+1", "+86热线接通率", "-5℃冷库数量", "@平台上线数", `=HYPERLINK("x")`, "\t=1", "'=1"} {
		f.Lines[i].Name, f.Lines[i].Note = text(s), text(s)
	}
	f.Project, f.Goal = text("=cmd|' /C calc'!A0"), text("=SUM(A1:A9)")
	data, err := official.WriteXLSX(f, official.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if sheet := parts(t, data)["xl/worksheets/sheet1.xml"]; strings.Contains(sheet, "<f>") || strings.Contains(sheet, "<f ") {
		t.Error("the sheet holds a formula")
	}
	got := readBack(t, "form.xlsx", data)
	if got.Project.Value != f.Project.Value || got.Goal.Value != f.Goal.Value || got.Lines[0].Name.Value != "=1+1" {
		t.Errorf("read %q, %q, %q", got.Project.Value, got.Goal.Value, got.Lines[0].Name.Value)
	}
}

// TestWhatCannotBeWritten is said in notes: characters that XML can't hold, texts
// beyond a cell, lines without a name.
func TestWhatCannotBeWritten(t *testing.T) {
	f := usual()
	f.Project = text("甲\x00乙\x1f\ufffe\xff项目")
	f.Goal = text(strings.Repeat("目标", 20_000))
	f.Lines[1].Name = text("")
	f.Lines[2].Target.Value = indicators.Value{Raw: "63", Kind: indicators.Level} // a level that reads as a number
	notes := strings.Join(official.Notes(f, official.Options{}), "\n")
	for _, want := range []string{"项目名称里有 4 个", "年度总体目标超过", "第 2 条指标没有名称", "第 3 条指标“修复破损路面面积”的指标值"} {
		if !strings.Contains(notes, want) {
			t.Errorf("the notes lack %q:\n%s", want, notes)
		}
	}
	for kind, write := range writers {
		data, err := write(f, official.Options{})
		if err != nil {
			t.Fatal(err)
		}
		grids, err := grid.Read(t.Context(), "form."+kind, data, grid.Options{})
		if err != nil {
			t.Fatalf("%s: %v", kind, err)
		}
		got := forms.ReadFile(grids).Forms[0]
		if got.Project.Value != "甲乙项目" || len([]rune(got.Goal.Value)) != 32767 || len(got.Lines) != len(f.Lines)-1 {
			t.Errorf("%s: read %q, %d characters of the goal, %d lines", kind, got.Project.Value, len([]rune(got.Goal.Value)), len(got.Lines))
		}
	}
}

// TestReadyToPrint holds the page to A4 upright, one page wide, the column names
// repeated, and every row high enough for its text.
func TestReadyToPrint(t *testing.T) {
	f := usual()
	f.Goal = text(strings.Repeat("完成农村公路养护任务，改善群众出行条件。\n", 60))
	f.Lines[3].Name = text(strings.Repeat("养护工程一次交工验收", 12))
	data, err := official.WriteXLSX(f, official.Options{Sample: true})
	if err != nil {
		t.Fatal(err)
	}
	x, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	sheet := x.GetSheetName(0)
	page, err := x.GetPageLayout(sheet)
	if err != nil || *page.Size != 9 || *page.Orientation != "portrait" || *page.FitToWidth != 1 || *page.FitToHeight != 0 {
		t.Errorf("page %+v, %v", page, err)
	}
	var names []string
	for _, n := range x.GetDefinedName() {
		names = append(names, n.Name+" "+n.RefersTo)
	}
	if joined := strings.Join(names, "\n"); !strings.Contains(joined, "Print_Titles") || !strings.Contains(joined, "Print_Area") {
		t.Errorf("names %q", joined)
	}
	rows, err := x.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	for r, row := range rows {
		high, err := x.GetRowHeight(sheet, r+1)
		if err != nil || high > 409 {
			t.Errorf("row %d is %g high: %v", r+1, high, err)
		}
		for _, s := range row {
			// The widest column has 25 characters, 12 of them Chinese, at 14 points a line.
			if strings.HasPrefix(s, "养护工程一次") && high < float64(len([]rune(s))/12*14) {
				t.Errorf("row %d is %g high for %d characters", r+1, high, len([]rune(s)))
			}
		}
	}
	if got := readBack(t, "form.xlsx", data); outline(got).Goal != outline(f).Goal {
		t.Error("a goal over several rows reads differently")
	}
}
