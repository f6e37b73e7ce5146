// Package catalog says what the filed forms tell about the indicator library:
// whether an indicator tells projects apart, whether its use rises or falls,
// which entries may be one, what to merge, retire, quantify or add, and which
// filed forms are worth imitating. It works on counts that the warehouse made
// and on the entries; its thresholds are rules (rules.csv) with source and
// status. Every verdict can be 判断不了. Start from Rules, Tells, Advise and Judge.
package catalog

import (
	_ "embed"

	"yardstick/indicators/scoring"
)

//go:embed rules.csv
var rulesCSV string

// Rule is one threshold with what it means and where it is from.
type Rule = scoring.Threshold

// Rules are the thresholds by name.
type Rules map[string]Rule

// LoadRules reads the shipped rules. An error can only come from a wrong build.
func LoadRules() (Rules, error) {
	list, err := scoring.Thresholds("catalog", rulesCSV, "tells.full", "tells.least", "trend.least", "trend.sure", "trend.expected", "near.name", "retire.projects", "quantify.share",
		"quantify.least", "names.doubtful", "add.projects", "case.line", "case.lines", "case.numeric", "lift.shrink", "lift.least")
	if err != nil {
		return nil, err
	}
	out := make(Rules, len(list))
	for _, r := range list {
		out[r.Name] = r
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
