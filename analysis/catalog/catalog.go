// Package catalog says what the filed forms tell about the indicator library:
// whether an indicator tells projects apart, whether its use rises or falls,
// which entries may be one, what to merge, retire, quantify or add, and which
// filed forms are worth imitating. It works on counts that the warehouse made
// and on the entries; its thresholds are rules (rules.csv) with source and
// status. Every verdict can be 判断不了. Start from Rules, Tells, Advise and Judge.
package catalog

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"math"
	"strconv"
	"strings"
)

//go:embed rules.csv
var rulesCSV string

// Rule is one threshold with what it means and where it is from.
type Rule struct {
	Name   string
	Value  float64
	Words  string // in Chinese, for people; {v} stands for the value, {p} for it in percent
	Source string
	Status string // read, reported, recalled, or proposed: this project's own
}

// Say is the rule in words with its value.
func (r Rule) Say() string {
	number := func(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }
	return strings.NewReplacer("{v}", number(r.Value), "{p}", number(math.Round(1000*r.Value)/10)+"%").Replace(r.Words)
}

// Rules are the thresholds by name.
type Rules map[string]Rule

// LoadRules reads the shipped rules. An error can only come from a wrong build.
func LoadRules() (Rules, error) {
	rows, err := csv.NewReader(strings.NewReader(rulesCSV)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("catalog: rules.csv: %w", err)
	}
	out := make(Rules, len(rows))
	for i, r := range rows[1:] {
		v, err := strconv.ParseFloat(r[1], 64)
		if err != nil {
			return nil, fmt.Errorf("catalog: rules.csv:%d: column %q: got %q, want a number", i+2, "value", r[1])
		}
		out[r[0]] = Rule{Name: r[0], Value: v, Words: r[2], Source: r[3], Status: r[4]}
	}
	for _, name := range []string{"tells.full", "tells.least", "trend.least", "trend.sure", "trend.expected", "near.name", "retire.projects", "quantify.share",
		"quantify.least", "names.doubtful", "add.projects", "case.line", "case.lines", "case.numeric", "lift.shrink", "lift.least"} {
		if _, ok := out[name]; !ok {
			return nil, fmt.Errorf("catalog: rules.csv has no %s", name)
		}
	}
	return out, nil
}

func (r Rules) value(name string) float64 { return r[name].Value }

// Verdict is an answer in one word with its reason; Word is Unknown where it
// can't be told.
type Verdict struct {
	Word string
	Why  string
}

// Unknown is the word of a verdict that can't be given.
const Unknown = "判断不了"
