package scoring_test

import (
	"math"
	"testing"
	"time"

	"yardstick/indicators"
	"yardstick/indicators/scoring"
)

// TestRulesLint checks that every rule has a source with a known status, that
// no rule is said twice and that points add up to 100.
func TestRulesLint(t *testing.T) {
	points := []string{scoring.ExecutionPoints, scoring.CostPoints, scoring.OutputPoints, scoring.BenefitPoints, scoring.SatisfactionPoints, scoring.IndicatorPoints}
	sets := map[string]bool{}
	for _, s := range scoring.RuleSets() {
		key := s.Name + " " + s.Version
		if sets[key] || s.Jurisdiction == "" || s.Version == "" {
			t.Errorf("rule set %q is repeated or lacks a jurisdiction or version", key)
		}
		sets[key] = true
		seen := map[string]bool{}
		for _, r := range s.Rules {
			if r.SourceDoc == "" {
				t.Errorf("%s: %s has no source", key, r.Name)
			}
			switch r.SourceStatus {
			case scoring.Read, scoring.Reported, scoring.Recalled:
			default:
				t.Errorf("%s: %s has the status %q", key, r.Name, r.SourceStatus)
			}
			if seen[r.Name] {
				t.Errorf("%s: %s is said twice", key, r.Name)
			}
			seen[r.Name] = true
			if r.Name == scoring.ReverseRule {
				if rule := s.Reverse(); rule != indicators.ReverseRatio && rule != indicators.ReverseLinear {
					t.Errorf("%s: unknown reverse rule %q", key, rule)
				}
			} else if _, ok := s.Points(r.Name); !ok {
				t.Errorf("%s: %s is not a number: %q", key, r.Name, r.Value)
			}
		}
		sum := 0.0
		for _, name := range points {
			x, _ := s.Points(name)
			sum += x
		}
		if sum != 100 {
			t.Errorf("%s: points add up to %g, want 100", key, sum)
		}
	}
	if len(sets) == 0 {
		t.Error("there are no rule sets")
	}
}

// TestExecutionScore holds the known answers of docs/methods.md: 37.24
// of 43.20 gives 8.62 of 10; in the 20-point layout 20 % gives 4.
func TestExecutionScore(t *testing.T) {
	today := time.Date(2023, 1, 1, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		set                string
		executed, fullYear float64
		want               float64
	}{
		{"mof-2020", 37.24, 43.20, 8.62},
		{"mof-2020", 89.974, 89.974, 10},
		{"mof-2020", 120, 100, 10},
		{"mof-2020", 0, 100, 0},
		{"hubei-20-80", 100, 100, 20},
		{"yunnan-20-80", 10, 50, 4},
	} {
		s, ok := scoring.Lookup(c.set, "", today)
		if !ok {
			t.Fatalf("no rule set %s", c.set)
		}
		got, refused := s.ExecutionScore(c.executed, c.fullYear)
		if refused != "" || math.Abs(got-c.want) > 0.005 { // printed to two decimals
			t.Errorf("%s: %g of %g = %g (%s), want %g", c.set, c.executed, c.fullYear, got, refused, c.want)
		}
	}
	s, _ := scoring.Lookup("mof-2020", "1", today)
	for _, c := range [][2]float64{{5, 0}, {5, math.NaN()}, {-1, 5}} {
		if _, refused := s.ExecutionScore(c[0], c[1]); refused == "" {
			t.Errorf("%g of %g was scored", c[0], c[1])
		}
	}
	if _, refused := (scoring.RuleSet{}).ExecutionScore(1, 2); refused == "" {
		t.Error("a set without execution points scored")
	}
}

func TestLookup(t *testing.T) {
	if _, ok := scoring.Lookup("mof-2020", "", time.Date(2019, 1, 1, 0, 0, 0, 0, time.UTC)); ok {
		t.Error("a rule set was found before it was valid")
	}
	if _, ok := scoring.Lookup("mof-2020", "9", time.Date(2021, 1, 1, 0, 0, 0, 0, time.UTC)); ok {
		t.Error("a version that does not exist was found")
	}
	sets := scoring.RuleSets()
	sets[0].Rules[0].Value = "changed"
	if scoring.RuleSets()[0].Rules[0].Value == "changed" {
		t.Error("RuleSets hands out its own memory")
	}
}
