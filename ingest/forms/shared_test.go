package forms_test

import (
	"bufio"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"yardstick"
	"yardstick/indicators"
	"yardstick/ingest/forms"
	"yardstick/ingest/grid"
)

// contractForm is a form as `yardstick forms --format json` prints it
// (workspace.Form), so far as the comparison needs it.
type contractForm struct {
	File       string             `json:"file"`
	Sheet      string             `json:"sheet"`
	Kind       yardstick.FormKind `json:"form"`
	Year       yardstick.Number   `json:"year"`
	Region     yardstick.Text     `json:"region"`
	Department yardstick.Text     `json:"department"`
	Unit       yardstick.Text     `json:"unit"`
	Project    yardstick.Text     `json:"project"`
	Goal       yardstick.Text     `json:"goal"`
	Budget     contractBudget     `json:"budget"`
	TotalScore yardstick.Number   `json:"total_score"`
	Grade      yardstick.Text     `json:"grade"`
	Lines      []contractLine     `json:"lines"`
}

type contractBudget struct {
	Initial        yardstick.Number `json:"initial"`
	FullYear       yardstick.Number `json:"full_year"`
	Executed       yardstick.Number `json:"executed"`
	ExecutionScore yardstick.Number `json:"execution_score"`
}

type contractLine struct {
	Level1 yardstick.Text   `json:"level1"`
	Level2 yardstick.Text   `json:"level2"`
	Name   yardstick.Text   `json:"name"`
	Target indicators.Value `json:"target"`
	Actual indicators.Value `json:"actual"`
	Weight yardstick.Number `json:"weight"`
	Score  yardstick.Number `json:"score"`
	Reason yardstick.Text   `json:"reason"`
	Cell   string           `json:"cell"`
}

func contract(f *yardstick.Form) contractForm {
	out := contractForm{File: filepath.Base(f.File), Sheet: f.Sheet, Kind: f.Kind, Year: f.Year, Region: f.Region,
		Department: f.Department, Unit: f.Unit, Project: f.Project, Goal: f.Goal, TotalScore: f.TotalScore, Grade: f.Grade,
		Budget: contractBudget{f.Budget.Initial, f.Budget.FullYear, f.Budget.Executed, f.Budget.ExecutionScore}}
	for i := range f.Lines {
		l := &f.Lines[i]
		out.Lines = append(out.Lines, contractLine{l.Level1, l.Level2, l.Name, l.Target.Value, l.Actual.Value, l.Weight, l.Score, l.Reason, l.Cell})
	}
	return out
}

// openAll reads every file of a folder that is a form.
func openAll(t testing.TB, dir string) map[string][]*grid.Grid {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Skipf("forms folder is not there: %v", err)
	}
	out := map[string][]*grid.Grid{}
	for _, e := range entries {
		switch strings.ToLower(filepath.Ext(e.Name())) {
		case ".xlsx", ".docx", ".html", ".htm", ".csv", ".tsv":
		default:
			continue
		}
		gs, err := grid.Open(context.Background(), filepath.Join(dir, e.Name()), grid.Options{})
		if err != nil {
			t.Logf("%s: %v", e.Name(), err)
		}
		out[e.Name()] = gs
	}
	return out
}

// TestDump writes what is read from the folder in FORMS_DIR to FORMS_OUT, for
// tools that compare it.
func TestDump(t *testing.T) {
	dir, name := os.Getenv("FORMS_DIR"), os.Getenv("FORMS_OUT")
	if dir == "" || name == "" {
		t.Skip("FORMS_DIR and FORMS_OUT are not set")
	}
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	w := bufio.NewWriter(f)
	defer w.Flush()
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for file, gs := range openAll(t, dir) {
		res := forms.ReadFile(gs)
		for i := range res.Forms {
			if err := enc.Encode(contract(&res.Forms[i])); err != nil {
				t.Fatal(err)
			}
		}
		for _, i := range append(res.Rejected, res.Warnings...) {
			t.Logf("%s %s %s %s", file, i.Cell, i.Code, i.Message)
		}
	}
}
