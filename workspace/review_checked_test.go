package workspace

import (
	"crypto/sha256"
	"encoding/csv"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"yardstick"
)

const (
	checkedRows  = 100 // findings judged by hand
	checkedRight = 90  // of them judged right and still made, at least
	checkedGone  = 5   // percent of them no longer made as judged, at most
)

// knownWrong lists findings judged wrong that are kept all the same, by their
// place and text, with the reason.
var knownWrong = map[checkedKey]string{}

// checkedKey finds a judged finding again. Text stands for the words that were
// judged: a finding that says something else has to be judged anew.
type checkedKey struct {
	form, rule, cell string
	line             int
	text             string
}

type checkedFinding struct {
	checkedKey
	verdict, why string
}

// TestReviewChecked holds the review to the verdicts of a reviewer on a sample of
// its findings; testdata/README.md says who judged and how the sample was drawn.
func TestReviewChecked(t *testing.T) {
	rows := checkedFindings(t)
	w, forms := sharedForms(t)
	made := map[checkedKey]bool{}
	for _, f := range forms {
		if f.Kind != yardstick.Target {
			continue
		}
		r, err := w.reviewForm(t.Context(), f, "", "")
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range r.Findings {
			made[keyOfFinding(f, x)] = true
		}
	}
	verdicts, still, byRule := map[string]int{}, map[string]int{}, map[string]map[string]int{}
	for _, c := range rows {
		verdicts[c.verdict]++
		if byRule[c.rule] == nil {
			byRule[c.rule] = map[string]int{}
		}
		byRule[c.rule][c.verdict]++
		if !made[c.checkedKey] {
			t.Logf("no longer made as judged: %s line %d %s %s %s (%s)", c.form, c.line, c.rule, c.cell, c.text, c.verdict)
			continue
		}
		still[c.verdict]++
		if c.verdict == "wrong" && knownWrong[c.checkedKey] == "" {
			t.Errorf("judged wrong and still made: %s line %d %s: %s", c.form, c.line, c.rule, c.why)
		}
	}
	gone := len(rows) - still["right"] - still["arguable"] - still["wrong"]
	t.Logf("judged %v, still made as judged %v, no longer %d", verdicts, still, gone)
	for _, rule := range slices.Sorted(maps.Keys(byRule)) {
		t.Logf("%s %v", rule, byRule[rule])
	}
	if gone*100 > checkedGone*len(rows) {
		t.Errorf("%d of %d judged findings are no longer made as judged, at most %d %% may be: judge them anew", gone, len(rows), checkedGone)
	}
	if still["right"] < checkedRight {
		t.Errorf("%d of %d findings are judged right and still made, want %d", still["right"], len(rows), checkedRight)
	}
}

// keyOfFinding names a form by its record, or by file, sheet and first cell, and a
// finding by its place and the first 40 bits of the SHA-256 of what it says.
func keyOfFinding(f yardstick.Form, x Finding) checkedKey {
	form := strings.Join(slices.DeleteFunc([]string{f.File, f.Sheet, f.Cell}, func(s string) bool { return s == "" }), "!")
	said := []string{x.Severity, x.Why, x.Do}
	if x.Fix != nil {
		said = append(said, fmt.Sprint(x.Fix.Label, x.Fix.Set))
	}
	sum := sha256.Sum256([]byte(strings.Join(said, "\n")))
	return checkedKey{form: form, rule: x.Rule, cell: x.Cell, line: x.Line, text: fmt.Sprintf("%x", sum[:5])}
}

// checkedFindings reads testdata/review-checked.csv and holds its shape.
func checkedFindings(t *testing.T) []checkedFinding {
	t.Helper()
	file, err := os.Open(filepath.Join("testdata", "review-checked.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	records, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"form", "rule", "cell", "line", "verdict", "why", "text"}; !slices.Equal(records[0], want) {
		t.Fatalf("review-checked.csv has the columns %v, want %v", records[0], want)
	}
	var out []checkedFinding
	seen := map[checkedKey]bool{}
	for i, r := range records[1:] {
		line, err := strconv.Atoi(r[3])
		if err != nil {
			t.Fatalf("review-checked.csv:%d: %v", i+2, err)
		}
		c := checkedFinding{checkedKey{r[0], r[1], r[2], line, r[6]}, r[4], r[5]}
		if !slices.Contains([]string{"right", "arguable", "wrong"}, c.verdict) || (c.verdict == "right") != (c.why == "") {
			t.Errorf("review-checked.csv:%d: verdict %q with the reason %q", i+2, c.verdict, c.why)
		}
		if seen[c.checkedKey] {
			t.Errorf("review-checked.csv:%d: judged twice", i+2)
		}
		seen[c.checkedKey] = true
		out = append(out, c)
	}
	if len(out) != checkedRows {
		t.Fatalf("review-checked.csv has %d rows, want %d", len(out), checkedRows)
	}
	return out
}
