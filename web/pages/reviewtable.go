package pages

import (
	"strconv"
	"strings"

	"yardstick/workspace"
)

// roundTable is the round's list as it is sent around.
func roundTable(round workspace.ReviewRound) [][]string {
	t := [][]string{{"id", "project", "unit", "department", "year", "sector", "budget", "lines", "points", "grade", "advice", "must", "watch", "marks", "verdict", "note", "file", "sheet", "cell"}}
	for _, it := range round.Items {
		marks := make([]string, 0, len(it.Marks))
		for _, m := range it.Marks {
			marks = append(marks, m.Item+" "+figure(m.Points)+"/"+figure(m.Of)+" "+m.Why)
		}
		verdict, note := "", ""
		if it.Decision != nil {
			verdict, note = verdictShape(it.Decision).Word, it.Decision.Note
		}
		t = append(t, []string{it.ID, it.Project, it.Unit, it.Department, yearText(it.Year), it.Sector, plain(it.Budget), strconv.Itoa(it.Lines), plain(&it.Points), it.Grade, it.Advice,
			strconv.Itoa(it.Must), strconv.Itoa(it.Watch), strings.Join(marks, "；"), verdict, note, it.File, it.Sheet, it.Cell})
	}
	return t
}

// findingTable lists findings one a row, with what names the form.
func findingTable(list []workspace.Review) [][]string {
	t := [][]string{{"form", "project", "unit", "file", "sheet", "cell", "line", "indicator", "field", "raw", "severity", "rule", "title", "why", "do", "n", "source", "source_status"}}
	for _, it := range list {
		for _, f := range it.Findings {
			t = append(t, []string{it.ID, it.Project, it.Unit, it.File, it.Sheet, f.Cell, strconv.Itoa(f.Line), f.Indicator, fieldWords[f.Field], f.Raw, severity(f).Word, f.Rule, f.Title, f.Why, f.Do, strconv.Itoa(f.N), f.Source, f.SourceStatus})
		}
	}
	return t
}

func yearText(y int) string {
	if y == 0 {
		return ""
	}
	return strconv.Itoa(y)
}
