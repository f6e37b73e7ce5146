// Package scoring holds the scoring rules of the trade as data: rule sets by
// jurisdiction, version and validity, each rule with its source and how sure
// that is. Nothing in it is a constant, because thresholds and weights differ
// between the centre, provinces and vendors. Start from RuleSets.
package scoring

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"yardstick/indicators"
)

// Status says how a rule's source is known.
type Status string

// The statuses, surest first.
const (
	Read     Status = "read"     // the primary text was read
	Reported Status = "reported" // a page, form or script that states it was read
	Recalled Status = "recalled" // from general knowledge; to be checked against the original
	Proposed Status = "proposed" // this project's own
)

// Words is the status as people are told it, "" for none that is known.
func (s Status) Words() string {
	switch s {
	case Read:
		return "已读原文"
	case Reported:
		return "转述"
	case Recalled:
		return "凭记忆，待核"
	case Proposed:
		return "本系统的建议，待核"
	}
	return ""
}

// The names of rules. Points are of a total of 100; bounds of tiers are percent
// of an indicator's weight and bounds of grades are points; bounds are included.
const (
	ExecutionPoints    = "execution_points"
	CostPoints         = "cost_points"
	OutputPoints       = "output_points"
	BenefitPoints      = "benefit_points"
	SatisfactionPoints = "satisfaction_points"
	IndicatorPoints    = "indicator_points" // all indicators together, where classes are not fixed
	// SatisfactionToBenefit is 1 where a project without service recipients moves
	// the points of 满意度 to 效益.
	SatisfactionToBenefit = "satisfaction_to_benefit"
	ReverseRule           = "reverse_rule" // A or B: indicators.ReverseRule
	TierReachedFrom       = "tier_reached_from"
	TierPartlyFrom        = "tier_partly_from"
	ExcellentFrom         = "grade_excellent_from"
	GoodFrom              = "grade_good_from"
	FairFrom              = "grade_fair_from"
)

// Rule is one value with its source.
type Rule struct {
	Name, Value  string
	SourceDoc    string
	SourceStatus Status
}

// RuleSet is the rules of a jurisdiction in one version. From and To bound its
// validity; the zero time is open.
type RuleSet struct {
	Name, Version, Jurisdiction string
	From, To                    time.Time
	Rules                       []Rule
}

//go:embed rules.csv
var rulesCSV string

// load reads the embedded rules once; a damaged file is a damaged build.
var load = sync.OnceValue(func() []RuleSet {
	sets, err := parse(rulesCSV)
	if err != nil {
		panic("scoring: rules.csv: " + err.Error())
	}
	return sets
})

// RuleSets returns a copy of all rule sets, in the order of rules.csv.
func RuleSets() []RuleSet {
	sets := slices.Clone(load())
	for i := range sets {
		sets[i].Rules = slices.Clone(sets[i].Rules)
	}
	return sets
}

// Lookup returns the set of a name and version that is valid on day; an empty
// version means any.
func Lookup(name, version string, day time.Time) (RuleSet, bool) {
	for _, s := range RuleSets() {
		if s.Name == name && (version == "" || s.Version == version) && s.Valid(day) {
			return s, true
		}
	}
	return RuleSet{}, false
}

// Valid reports whether the set is in force on day.
func (s RuleSet) Valid(day time.Time) bool {
	return !day.Before(s.From) && (s.To.IsZero() || !day.After(s.To))
}

// Rule returns the rule of a name; ok is false if the set does not have it.
func (s RuleSet) Rule(name string) (r Rule, ok bool) {
	for _, r := range s.Rules {
		if r.Name == name {
			return r, true
		}
	}
	return Rule{}, false
}

// Points returns a numeric rule.
func (s RuleSet) Points(name string) (x float64, ok bool) {
	r, ok := s.Rule(name)
	if !ok {
		return 0, false
	}
	x, err := strconv.ParseFloat(r.Value, 64)
	return x, err == nil
}

// Reverse returns the set's rule for lower-is-better indicators that missed
// their target; "" if the set has none.
func (s RuleSet) Reverse() indicators.ReverseRule {
	r, _ := s.Rule(ReverseRule)
	return indicators.ReverseRule(r.Value)
}

// ExecutionScore computes min(W, W × executed ÷ fullYear), where W is the set's
// execution points and fullYear the adjusted budget in the same unit, never the
// initial one (docs/methods.md, Execution score). refused says, for people, why there is none:
// no points in the set, a budget of 0, a negative sum.
func (s RuleSet) ExecutionScore(executed, fullYear float64) (score float64, refused string) {
	w, ok := s.Points(ExecutionPoints)
	switch {
	case !ok:
		return 0, "规则集“" + s.Name + "”没有预算执行的分值"
	case !(fullYear > 0):
		return 0, "全年预算数为 0 或没有填，不计预算执行得分"
	case !(executed >= 0):
		return 0, "全年执行数没有填或为负，不计预算执行得分"
	}
	return min(w, w*executed/fullYear), ""
}

// parse reads the rules and groups them by set and version.
func parse(text string) ([]RuleSet, error) {
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		return nil, err
	}
	var sets []RuleSet
	for i, r := range rows {
		if i == 0 {
			continue
		}
		from, err := day(r[3])
		if err != nil {
			return nil, fmt.Errorf("line %d: valid_from: %w", i+1, err)
		}
		to, err := day(r[4])
		if err != nil {
			return nil, fmt.Errorf("line %d: valid_to: %w", i+1, err)
		}
		at := slices.IndexFunc(sets, func(s RuleSet) bool { return s.Name == r[0] && s.Version == r[1] })
		if at < 0 {
			at = len(sets)
			sets = append(sets, RuleSet{Name: r[0], Version: r[1], Jurisdiction: r[2], From: from, To: to})
		}
		if s := sets[at]; s.Jurisdiction != r[2] || !s.From.Equal(from) || !s.To.Equal(to) {
			return nil, fmt.Errorf("line %d: rule set %s has another jurisdiction or validity above", i+1, r[0])
		}
		sets[at].Rules = append(sets[at].Rules, Rule{Name: r[5], Value: r[6], SourceDoc: r[7], SourceStatus: Status(r[8])})
	}
	return sets, nil
}

func day(s string) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	return time.Parse(time.DateOnly, s)
}
