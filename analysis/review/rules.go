package review

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"yardstick/analysis/target"
	"yardstick/indicators/scoring"
)

//go:embed rules.csv
var rulesCSV string

//go:embed values.csv
var valuesCSV string

//go:embed items.csv
var itemsCSV string

//go:embed words.csv
var wordsCSV string

// Severity says whether a finding must be put right.
type Severity string

// The severities.
const (
	Must  Severity = "must"  // 必改
	Watch Severity = "watch" // 注意
)

// Rule is one thing that a reviewer looks at.
type Rule struct {
	ID       string // D-01; never given to another rule
	Title    string
	Item     string   // line of the review table that its findings count for
	Severity Severity // of its findings unless the rule says otherwise
	Words    string   // what it looks at, for people
	Source   string
	Status   string // read, reported, recalled, proposed
}

// Value is one parameter of the rules.
type Value struct {
	Name   string
	Value  float64
	Words  string // {v} stands for the value, {p} for it in percent
	Source string
	Status string
}

// Say is the parameter in words with its value.
func (v Value) Say() string {
	number := func(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }
	return strings.NewReplacer("{v}", number(v.Value), "{p}", number(math.Round(1000*v.Value)/10)+"%").Replace(v.Words)
}

// Item is one line of the review table of 财预〔2015〕88号.
type Item struct {
	Group, Name string
	Points      float64
	Judged      bool   // by rules; otherwise Note says how it is counted
	Lines       bool   // it is judged by the lines: none can be where these say nothing
	Note        string // for people
}

// Rules are the rules with their parameters, the review table and the words of
// names. They are not changed after LoadRules and safe for concurrent use.
type Rules struct {
	rules  []Rule
	at     map[string]int
	values []Value
	value  map[string]float64
	sums   []float64 // what weights may add up to
	items  []Item
	words  map[string][]word
}

// word is a word of names; ends and begins bind it to an end of the name. value is
// what the kind of word says with it, such as a unit.
type word struct {
	text, value  string
	ends, begins bool
}

// LoadRules reads the shipped rules. An error can only come from a wrong build.
func LoadRules() (*Rules, error) {
	r := &Rules{at: map[string]int{}, value: map[string]float64{}, words: map[string][]word{}}
	for _, step := range []func() error{r.readRules, r.readValues, r.readItems, r.readWords} {
		if err := step(); err != nil {
			return nil, fmt.Errorf("review: %w", err)
		}
	}
	for _, id := range ids() {
		if _, ok := r.at[id]; !ok {
			return nil, fmt.Errorf("review: rules.csv has no %s", id)
		}
	}
	for _, rule := range r.rules {
		if !slices.Contains(ids(), rule.ID) {
			return nil, fmt.Errorf("review: rules.csv has %s, which no check answers", rule.ID)
		}
		if !slices.ContainsFunc(r.items, func(i Item) bool { return i.Name == rule.Item }) {
			return nil, fmt.Errorf("review: rules.csv: %s counts for %q, which items.csv has not", rule.ID, rule.Item)
		}
	}
	return r, nil
}

// table reads an embedded table and checks its header.
func table(name, text string, header ...string) ([][]string, error) {
	c := csv.NewReader(strings.NewReader(text))
	c.Comment = '#'
	rows, err := c.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if len(rows) == 0 || !slices.Equal(rows[0], header) {
		return nil, fmt.Errorf("%s: want the columns %v", name, header)
	}
	return rows[1:], nil
}

func (r *Rules) readRules() error {
	rows, err := table("rules.csv", rulesCSV, "id", "title", "item", "severity", "words", "source", "status")
	for i, row := range rows {
		if s := Severity(row[3]); s != Must && s != Watch {
			return fmt.Errorf("rules.csv:%d: column %q: got %q, want must or watch", i+2, "severity", row[3])
		}
		if _, twice := r.at[row[0]]; twice {
			return fmt.Errorf("rules.csv:%d: %s is there twice", i+2, row[0])
		}
		r.at[row[0]] = len(r.rules)
		r.rules = append(r.rules, Rule{ID: row[0], Title: row[1], Item: row[2], Severity: Severity(row[3]), Words: row[4], Source: row[5], Status: row[6]})
	}
	return err
}

func (r *Rules) readValues() error {
	rows, err := table("values.csv", valuesCSV, "name", "value", "words", "source", "status")
	for i, row := range rows {
		x, err := strconv.ParseFloat(row[1], 64)
		if err != nil {
			return fmt.Errorf("values.csv:%d: column %q: got %q, want a number", i+2, "value", row[1])
		}
		if row[0] == "weight.sums" {
			r.sums = append(r.sums, x)
		}
		r.value[row[0]] = x
		r.values = append(r.values, Value{row[0], x, row[2], row[3], row[4]})
	}
	return err
}

func (r *Rules) readItems() error {
	rows, err := table("items.csv", itemsCSV, "group", "item", "points", "judged", "lines", "note")
	for i, row := range rows {
		p, err := strconv.ParseFloat(row[2], 64)
		if err != nil {
			return fmt.Errorf("items.csv:%d: column %q: got %q, want a number", i+2, "points", row[2])
		}
		r.items = append(r.items, Item{Group: row[0], Name: row[1], Points: p, Judged: row[3] == "yes", Lines: row[4] == "yes", Note: row[5]})
	}
	return err
}

func (r *Rules) readWords() error {
	rows, err := table("words.csv", wordsCSV, "kind", "word", "value")
	for _, row := range rows {
		w := word{text: row[1], value: row[2]}
		w.text, w.ends = strings.CutSuffix(w.text, "$")
		w.text, w.begins = strings.CutPrefix(w.text, "^")
		r.words[row[0]] = append(r.words[row[0]], w)
	}
	for _, list := range r.words {
		slices.SortStableFunc(list, func(a, b word) int { return utf8.RuneCountInString(b.text) - utf8.RuneCountInString(a.text) })
	}
	return err
}

// All are the rules in the order of rules.csv, and Values their parameters.
func (r *Rules) All() []Rule     { return slices.Clone(r.rules) }
func (r *Rules) Values() []Value { return slices.Clone(r.values) }

// has returns the word of a kind that the text holds, the longest first; "" for none.
func (r *Rules) has(kind, text string) string {
	w, _ := r.word(kind, text)
	return w.text
}

func (r *Rules) word(kind, text string) (word, bool) {
	for _, w := range r.words[kind] {
		switch {
		case w.ends && w.begins && text == w.text,
			w.ends && !w.begins && strings.HasSuffix(text, w.text),
			w.begins && !w.ends && strings.HasPrefix(text, w.text),
			!w.ends && !w.begins && strings.Contains(text, w.text):
			return w, true
		}
	}
	return word{}, false
}

// Frame is how a rule set spreads the points of a form.
type Frame struct {
	RuleSet string
	Classes map[string]float64 // points by level-1 class
	To      map[string]string  // by class that may be left out: the class that gets its points then
	Total   float64            // of all indicators
}

// FrameOf is the frame of a rule set as weights are spread by it; ok is false if
// the set spreads no points.
func FrameOf(s scoring.RuleSet) (f Frame, ok bool) {
	of, ok := target.FrameOf(s)
	f = Frame{RuleSet: of.RuleSet, Classes: map[string]float64{}, To: map[string]string{}, Total: of.Total}
	for _, c := range of.Classes {
		f.Classes[c.Level1] = c.Points
		if c.To != "" {
			f.To[c.Level1] = c.To
		}
	}
	return f, ok
}
