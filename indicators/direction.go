package indicators

import (
	_ "embed"
	"encoding/csv"
	"strings"
	"sync"
)

// Direction says which way an actual value should lie from its target.
type Direction string

// The directions.
const (
	Higher  Direction = "higher"  // more is better (正向)
	Lower   Direction = "lower"   // less is better (反向)
	Neutral Direction = "neutral" // within a range, or it can't be told
)

//go:embed direction.csv
var directionCSV string

type directionRule struct {
	direction Direction
	suffix    bool
	word      string
}

var directionRules = sync.OnceValue(func() []directionRule {
	rows, err := csv.NewReader(strings.NewReader(directionCSV)).ReadAll()
	if err != nil {
		panic("indicators: direction.csv: " + err.Error()) // a damaged build, not data
	}
	rules := make([]directionRule, 0, len(rows))
	for _, r := range rows[1:] {
		rules = append(rules, directionRule{Direction(r[0]), r[1] == "suffix", r[2]})
	}
	return rules
})

// DirectionOf infers the direction of an indicator and says why, for people.
// The first that applies counts: a comparison in the target (≥ > higher, ≤ <
// lower); a range or tolerance is neutral; the words of direction.csv in the
// name, in the table's order, so that 投诉处理率 is found before 投诉; a target of 0
// is lower; any other number is higher, as the scoring rules treat = like ≥
// (docs/methods.md, Attainment). Text, dates and yes/no are neutral.
func DirectionOf(name string, target Value) (d Direction, why string) {
	switch target.Comparison {
	case AtLeast, Above:
		if target.Kind == Number {
			return Higher, "目标写“" + string(target.Comparison) + "”"
		}
	case AtMost, Below:
		if target.Kind == Number {
			return Lower, "目标写“" + string(target.Comparison) + "”"
		}
	}
	if target.Kind == Range || target.Kind == Tolerance {
		return Neutral, "目标是区间"
	}
	n := fold(name)
	for _, r := range directionRules() {
		if r.suffix && strings.HasSuffix(n, r.word) || !r.suffix && strings.Contains(n, r.word) {
			return r.direction, "指标名称含“" + r.word + "”"
		}
	}
	if target.Kind != Number {
		return Neutral, "目标不是数"
	}
	if target.Low == 0 {
		return Lower, "目标为 0"
	}
	return Higher, "目标是一个数，没有相反的说明"
}
