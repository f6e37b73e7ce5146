package target_test

import (
	"fmt"
	"math"
	"testing"

	"yardstick/analysis/target"
	"yardstick/indicators"
)

func rules(t *testing.T) *target.Rules {
	t.Helper()
	r, err := target.LoadRules()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// past is a unit's own past of one project, oldest first, up to 2024.
func past(unit string, actual ...float64) (out []target.Past) {
	for i, x := range actual {
		y := 2025 - len(actual) + i
		out = append(out, target.Past{Year: y, Actual: indicators.Parse(fmt.Sprint(x, unit)), FormID: fmt.Sprint("f", y), Same: true})
	}
	return out
}

// TestKnownAnswer is the known answer of statistics.md §11.
func TestKnownAnswer(t *testing.T) {
	a := target.Ask{Indicator: target.Indicator{Name: "验收合格率", Direction: indicators.Higher, Unit: "%"}, Own: past("%", 92, 94, 95, 97)}
	got := rules(t).Judge(indicators.Parse("≥90%"), a)
	if got.Chance == nil || math.Abs(*got.Chance-0.92567) > 5e-6 || got.ChanceN != 4 {
		t.Fatalf("chance %v of n=%d, want 0.92567 of n=4", got.Chance, got.ChanceN)
	}
	if got.Word != target.Loose {
		t.Errorf("got %s (%s), want %s", got.Word, got.Why, target.Loose)
	}
}
