package review

import (
	"os"
	"strings"
	"testing"
)

// TestDocs holds docs/methods/review.md to the tables.
func TestDocs(t *testing.T) {
	b, err := os.ReadFile("../../docs/methods/review.md")
	if err != nil {
		t.Fatal(err)
	}
	page := string(b)
	rules := rulesFor(t)
	for _, r := range rules.All() {
		row := strings.Join([]string{"", r.ID, r.Title, r.Item, string(r.Severity), r.Words, r.Source, r.Status, ""}, " | ")
		if !strings.Contains(page, strings.TrimSpace(row)) {
			t.Errorf("%s is not on the page as rules.csv has it", r.ID)
		}
	}
	for _, v := range rules.Values() {
		row := strings.Join([]string{"", v.Name, plain(v.Value), v.Say(), v.Source, v.Status, ""}, " | ")
		if !strings.Contains(page, strings.TrimSpace(row)) {
			t.Errorf("%s is not on the page as values.csv has it", v.Name)
		}
	}
}
