package official_test

import (
	"context"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"yardstick"
	"yardstick/ingest/forms"
	"yardstick/ingest/grid"
	"yardstick/ingest/official"
)

// writers are the two file kinds of the form.
var writers = map[string]func(yardstick.Form, official.Options) ([]byte, error){
	"xlsx": official.WriteXLSX, "docx": official.WriteDOCX,
}

// plain is what must survive a trip through a file.
type plain struct {
	Kind                            yardstick.FormKind
	Project, Department, Unit, Goal string
	Year, Budget, Execution         string
	Funds                           []plainFund
	Lines                           []plainLine
}

type plainFund struct{ Label, Sum string }

type plainLine struct{ Level1, Level2, Name, Target, Weight, Note string }

func known(n yardstick.Number) string {
	if !n.Known {
		return ""
	}
	return trim(n.Value)
}

// flat is a text as the reader takes it off a cell: one line, with a blank for a
// line break between Latin letters only.
func flat(s string) string {
	lines := strings.FieldsFunc(strings.TrimFunc(s, unicode.IsSpace), func(r rune) bool { return r == '\n' || r == '\r' || r == '\t' })
	out := ""
	for _, l := range lines {
		before, _ := utf8.DecodeLastRuneInString(out)
		after, _ := utf8.DecodeRuneInString(l)
		if out != "" && before < utf8.RuneSelf && after < utf8.RuneSelf && before != ' ' && after != ' ' {
			out += " "
		}
		out += l
	}
	return out
}

func outline(f yardstick.Form) plain {
	p := plain{Kind: f.Kind, Project: f.Project.Value, Department: f.Department.Value, Unit: f.Unit.Value, Goal: flat(f.Goal.Value),
		Year: known(f.Year), Budget: known(f.Budget.FullYear), Execution: known(f.Budget.ExecutionWeight)}
	for _, x := range f.Budget.Funds {
		p.Funds = append(p.Funds, plainFund{x.Label, known(x.FullYear)})
	}
	for _, l := range f.Lines {
		p.Lines = append(p.Lines, plainLine{l.Level1.Value, l.Level2.Value, l.Name.Value, l.Target.Value.String(), known(l.Weight), l.Note.Value})
	}
	return p
}

// readBack reads a written form with our own reader.
func readBack(t interface {
	Helper()
	Fatalf(string, ...any)
}, name string, data []byte) yardstick.Form {
	t.Helper()
	grids, err := grid.Read(context.Background(), name, data, grid.Options{})
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	r := forms.ReadFile(grids)
	if len(r.Forms) != 1 || len(r.Rejected) > 0 {
		t.Fatalf("%s: %d forms, rejected %+v", name, len(r.Forms), r.Rejected)
	}
	return r.Forms[0]
}

func trim(x float64) string { return strings.TrimSuffix(strconv.FormatFloat(x, 'f', -1, 64), ".0") }
