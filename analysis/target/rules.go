package target

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

//go:embed dimensions.csv
var dimensionsCSV string

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
	return strings.NewReplacer("{v}", number(r.Value), "{p}", number(math.Round(1000*r.Value)/10)+"%").Replace(r.Words)
}

// Rules are the thresholds by name and the dimensions of measure that grow with
// a project. They are not changed after LoadRules and safe for concurrent use.
type Rules struct {
	List  []Rule // as shipped
	value map[string]float64
	size  map[string]bool // by dimension
}

// LoadRules reads the shipped rules. An error can only come from a wrong build.
func LoadRules() (*Rules, error) {
	rows, err := csv.NewReader(strings.NewReader(rulesCSV)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("target: rules.csv: %w", err)
	}
	r := &Rules{value: make(map[string]float64, len(rows)), size: make(map[string]bool)}
	for i, row := range rows[1:] {
		v, err := strconv.ParseFloat(row[1], 64)
		if err != nil {
			return nil, fmt.Errorf("target: rules.csv:%d: column %q: got %q, want a number", i+2, "value", row[1])
		}
		r.List = append(r.List, Rule{Name: row[0], Value: v, Words: row[2], Source: row[3], Status: row[4]})
		r.value[row[0]] = v
	}
	for _, name := range []string{"least.values", "least.years", "least.percentile", "own.recent", "own.misscaled", "chance.low", "chance.high",
		"loose.chance", "tight.chance", "loose.percentile", "tight.percentile", "unchanged.years", "scale.spread", "scale.same", "signal.own_min",
		"signal.chance", "signal.last", "signal.peers", "signal.round", "signal.unchanged", "weight.max"} {
		if _, ok := r.value[name]; !ok {
			return nil, fmt.Errorf("target: rules.csv has no %s", name)
		}
	}
	if rows, err = csv.NewReader(strings.NewReader(dimensionsCSV)).ReadAll(); err != nil {
		return nil, fmt.Errorf("target: dimensions.csv: %w", err)
	}
	for _, row := range rows[1:] {
		r.size[row[0]] = row[1] == "size"
	}
	return r, nil
}

func (r *Rules) count(name string) int { return int(r.value[name]) }
