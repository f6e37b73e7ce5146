package naming

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
)

// Label is a filed name with the entries that a person accepts for it, by the
// rule in README.md.
type Label struct {
	Name     Name
	Form     string   // id of the form
	Half     string   // A: seen while the matcher was built; B: held back
	Concepts []string // acceptable entries; empty if the library has none
	Note     string
}

//go:embed labels.csv
var labelsCSV []byte

var labelColumns = []string{"name", "level1", "level2", "sector", "unit", "project", "form", "half", "concepts", "note"}

// Labels returns the labelled names that ship with the program.
func Labels() ([]Label, error) { return ParseLabels("labels.csv", labelsCSV) }

// ParseLabels reads a table of labels (CSV in UTF-8, with or without a byte
// order mark). An error names file, line and column.
func ParseLabels(file string, table []byte) ([]Label, error) {
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(table, []byte("\ufeff"))))
	r.FieldsPerRecord = len(labelColumns)
	rows, err := r.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	if len(rows) == 0 || !slices.Equal(rows[0], labelColumns) {
		return nil, fmt.Errorf("%s:1: want the header %s", file, strings.Join(labelColumns, ","))
	}
	out := make([]Label, 0, len(rows)-1)
	for i, row := range rows[1:] {
		l := Label{
			Name: Name{Text: row[0], Level1: row[1], Level2: row[2], Sector: row[3], Unit: row[4], Project: row[5]},
			Form: row[6], Half: row[7], Note: row[9],
		}
		if l.Name.Text == "" {
			return nil, fmt.Errorf("%s:%d: column %q: got nothing, want a name", file, i+2, "name")
		}
		ids := strings.FieldsFunc(row[8], func(r rune) bool { return r == '；' || r == ';' })
		switch {
		case len(ids) == 0:
			return nil, fmt.Errorf("%s:%d: column %q: got nothing, want ids, or - for none", file, i+2, "concepts")
		case slices.Equal(ids, []string{"-"}):
		case slices.Contains(ids, "-"):
			return nil, fmt.Errorf("%s:%d: column %q: got %q, want ids or -, not both", file, i+2, "concepts", row[8])
		default:
			l.Concepts = ids
		}
		out = append(out, l)
	}
	return out, nil
}
