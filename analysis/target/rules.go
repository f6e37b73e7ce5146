package target

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"strings"

	"yardstick/indicators/scoring"
)

//go:embed rules.csv
var rulesCSV string

//go:embed dimensions.csv
var dimensionsCSV string

// Rule is one threshold with what it means and where it is from.
type Rule = scoring.Threshold

// Rules are the thresholds by name and the dimensions of measure that grow with
// a project. They are not changed after LoadRules and safe for concurrent use.
type Rules struct {
	List  []Rule // as shipped
	value map[string]float64
	size  map[string]bool // by dimension
}

// LoadRules reads the shipped rules. An error can only come from a wrong build.
func LoadRules() (*Rules, error) {
	list, err := scoring.Thresholds("target", rulesCSV, "least.values", "least.years", "least.percentile", "own.recent", "own.misscaled", "chance.low", "chance.high",
		"loose.chance", "tight.chance", "loose.percentile", "tight.percentile", "unchanged.years", "scale.spread", "scale.same", "signal.own_min",
		"signal.chance", "signal.last", "signal.peers", "signal.round", "signal.unchanged", "weight.max")
	if err != nil {
		return nil, err
	}
	r := &Rules{List: list, value: make(map[string]float64, len(list)), size: make(map[string]bool)}
	for _, t := range list {
		r.value[t.Name] = t.Value
	}
	rows, err := csv.NewReader(strings.NewReader(dimensionsCSV)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("target: dimensions.csv: %w", err)
	}
	for _, row := range rows[1:] {
		r.size[row[0]] = row[1] == "size"
	}
	return r, nil
}

func (r *Rules) count(name string) int { return int(r.value[name]) }
