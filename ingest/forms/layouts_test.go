package forms_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yardstick"
	"yardstick/ingest/forms"
	"yardstick/ingest/grid"
)

// table makes a Grid of rows of cells parted by |, a line break being written
// \n. A cell “^” belongs to the merged cell above it, “<” to the one on its left.
func table(text string) *grid.Grid {
	var rows [][]string
	for line := range strings.Lines(strings.Trim(text, "\n")) {
		cells := strings.Split(strings.TrimRight(line, "\n"), "|")
		for i, c := range cells {
			cells[i] = strings.ReplaceAll(strings.TrimSpace(c), `\n`, "\n")
		}
		rows = append(rows, cells)
	}
	var merges []grid.Span
	at := func(r, c int) string {
		if r < len(rows) && c < len(rows[r]) {
			return rows[r][c]
		}
		return ""
	}
	for r := range rows {
		for c := range rows[r] {
			if t := at(r, c); t == "^" || t == "<" {
				continue
			}
			h, w := 1, 1
			for at(r+h, c) == "^" {
				h++
			}
			for at(r, c+w) == "<" {
				w++
			}
			if h > 1 || w > 1 {
				merges = append(merges, grid.Span{Row: r, Col: c, RowSpan: h, ColSpan: w})
			}
		}
	}
	for r := range rows {
		for c := range rows[r] {
			if rows[r][c] == "^" || rows[r][c] == "<" {
				rows[r][c] = ""
			}
		}
	}
	return grid.New("表.xlsx", "Sheet1", rows, merges...)
}

// summary writes a form as lines of text: kind, project and budget, then each
// line as level 1/level 2/name|target|actual|weight|score.
func summary(f *yardstick.Form) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s %s", f.Kind, f.Project.Value, num(f.Year))
	fmt.Fprintf(&b, " budget %s/%s/%s", num(f.Budget.Initial), num(f.Budget.FullYear), num(f.Budget.Executed))
	if f.Budget.ExecutionScore.Known {
		fmt.Fprintf(&b, " score %s", num(f.Budget.ExecutionScore))
	}
	if f.TotalScore.Known {
		fmt.Fprintf(&b, " total %s", num(f.TotalScore))
	}
	for i := range f.Lines {
		l := &f.Lines[i]
		fmt.Fprintf(&b, "\n%s/%s/%s|%s|%s|%s|%s", l.Level1.Value, l.Level2.Value, l.Name.Value, l.Target.Raw, l.Actual.Raw, num(l.Weight), num(l.Score))
		if l.LongTerm.Raw != "" {
			fmt.Fprintf(&b, "|long %s", l.LongTerm.Raw)
		}
		if l.Expected.Raw != "" {
			fmt.Fprintf(&b, "|expected %s", l.Expected.Raw)
		}
		if l.Target.Comparison != "" {
			fmt.Fprintf(&b, "|%s", l.Target.Comparison)
		}
	}
	return b.String()
}

func num(n yardstick.Number) string {
	if !n.Known {
		return "–"
	}
	return fmt.Sprintf("%.10g", n.Value)
}

func TestLayouts(t *testing.T) {
	for _, tc := range slices.Concat(layoutCases, wordCases) {
		t.Run(tc.name, func(t *testing.T) {
			res := forms.Read(table(tc.in))
			var got []string
			for i := range res.Forms {
				got = append(got, summary(&res.Forms[i]))
			}
			want := strings.TrimSpace(tc.want)
			if diff := cmp.Diff(want, strings.Join(got, "\n\n")); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			checkTally(t, res)
		})
	}
}

// checkTally checks the identity of the tally and its agreement with the forms.
func checkTally(t *testing.T, res forms.Result) {
	t.Helper()
	lines, rejected := 0, 0
	for i := range res.Forms {
		f := &res.Forms[i]
		lines += len(f.Lines)
		if f.Rows.Read != f.Rows.Clean+f.Rows.Warned+f.Rows.Rejected {
			t.Errorf("%s: tally does not add up: %+v", f.Project.Value, f.Rows)
		}
		if f.Rows.Clean+f.Rows.Warned != len(f.Lines) {
			t.Errorf("%s: %d lines, tally %+v", f.Project.Value, len(f.Lines), f.Rows)
		}
	}
	for _, i := range res.Rejected {
		if i.Code == yardstick.LineName {
			rejected++
		}
	}
	if res.Rows.Clean+res.Rows.Warned != lines || res.Rows.Rejected != rejected {
		t.Errorf("result: %d lines, %d rejected, tally %+v", lines, rejected, res.Rows)
	}
}
