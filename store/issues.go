//go:build duckdb_arrow

package store

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"yardstick"
)

// placedIssue is an issue with the form that it is about, "" for none.
type placedIssue struct {
	formID   string
	rejected bool
}

// issues writes the issues of one file and says which forms they are about.
// Those of a file of which nothing new was stored were written when it was.
func (st *staged) issues(batchID, fileID string, f *yardstick.File, fo yardstick.FileOutcome, forms []*placement) []placedIssue {
	if fo.Outcome == "unchanged" {
		return nil
	}
	var out []placedIssue
	write := func(is yardstick.Issue, rejected bool) {
		formID := formOf(forms, is)
		out = append(out, placedIssue{formID, rejected})
		r := st.issue
		r.text(batchID)
		r.text(fileID)
		r.some(formID)
		r.int(len(out))
		r.flag(rejected)
		r.text(is.Sheet)
		r.text(is.Cell)
		r.text(string(is.Code))
		r.text(is.Message)
		r.some(is.Raw)
		r.end()
	}
	for _, is := range f.Rejected {
		write(is, true)
	}
	for _, is := range f.Warnings {
		write(is, false)
	}
	for _, is := range fo.Issues {
		write(is, false)
	}
	return out
}

// formOf returns the form_id of the form on the issue's sheet that its cell
// lies in: one that was read from that very cell, else the last that begins
// above or left of it. It is "" for an issue about the file or about a form that
// is not stored.
func formOf(forms []*placement, is yardstick.Issue) string {
	var on []*placement
	for _, p := range forms {
		if p.form.Sheet == is.Sheet {
			on = append(on, p)
		}
	}
	row, col, ok := address(is.Cell)
	switch {
	case len(on) == 0:
		return ""
	case len(on) == 1:
		return on[0].formID
	case !ok:
		return ""
	}
	for _, p := range on {
		if slices.ContainsFunc(p.form.Lines, func(l yardstick.Line) bool {
			return slices.Contains([]string{l.Cell, l.Target.Cell, l.Actual.Cell, l.Weight.Cell, l.Score.Cell}, is.Cell)
		}) || p.form.Cell == is.Cell {
			return p.formID
		}
	}
	slices.SortStableFunc(on, func(a, b *placement) int {
		ar, ac, _ := address(a.form.Cell)
		br, bc, _ := address(b.form.Cell)
		return cmp.Or(cmp.Compare(ar, br), cmp.Compare(ac, bc))
	})
	best := on[0]
	for _, p := range on {
		if r, c, _ := address(p.form.Cell); r < row || r == row && c <= col {
			best = p
		}
	}
	return best.formID
}

// address splits "B7" or "$B$7" into row 7 and column 2.
func address(cell string) (row, col int, ok bool) {
	s := strings.ToUpper(strings.ReplaceAll(cell, "$", ""))
	i := 0
	for ; i < len(s) && i < 4 && s[i] >= 'A' && s[i] <= 'Z'; i++ {
		col = col*26 + int(s[i]-'A') + 1
	}
	row, err := strconv.Atoi(s[i:])
	return row, col, err == nil && col > 0
}
