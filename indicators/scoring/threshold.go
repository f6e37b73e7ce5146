package scoring

import (
	"encoding/csv"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Threshold is one number of a method with what it means and where it is from: a
// row of a package's rules.csv, name,value,words,source,status.
type Threshold struct {
	Name   string
	Value  float64
	Words  string // in Chinese, for people; {v} stands for the value, {p} for it in percent
	Source string
	Status string // read, reported, recalled, or proposed: this project's own
}

// Say is the threshold in words with its value.
func (t Threshold) Say() string {
	number := func(x float64) string { return strconv.FormatFloat(math.Round(x*1e9)/1e9, 'f', -1, 64) }
	return strings.NewReplacer("{v}", number(t.Value), "{p}", number(math.Round(1000*t.Value)/10)+"%").Replace(t.Words)
}

// Thresholds reads the rules.csv of the package owner, in its order; every name in
// required must be there. An error can only come from a wrong build.
func Thresholds(owner, text string, required ...string) ([]Threshold, error) {
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: rules.csv: %w", owner, err)
	}
	out, have := make([]Threshold, 0, len(rows)), make(map[string]bool, len(rows))
	for i, r := range rows[1:] {
		v, err := strconv.ParseFloat(r[1], 64)
		if err != nil {
			return nil, fmt.Errorf("%s: rules.csv:%d: column %q: got %q, want a number", owner, i+2, "value", r[1])
		}
		out, have[r[0]] = append(out, Threshold{Name: r[0], Value: v, Words: r[2], Source: r[3], Status: r[4]}), true
	}
	for _, name := range required {
		if !have[name] {
			return nil, fmt.Errorf("%s: rules.csv has no %s", owner, name)
		}
	}
	return out, nil
}
