package target_test

import (
	"slices"
	"testing"

	"yardstick/analysis/target"
)

// TestQuartiles: R 4.4, quantile(c(3, 1, 4, 1, 5), c(.25, .5, .75)) is 1, 3, 4;
// of c(95, 97, 98, 100) 96.5, 97.5, 98.5 (type 7, by hand).
func TestQuartiles(t *testing.T) {
	for _, c := range []struct {
		x    []float64
		want [3]float64
	}{
		{[]float64{3, 1, 4, 1, 5}, [3]float64{1, 3, 4}},
		{[]float64{95, 97, 98, 100}, [3]float64{96.5, 97.5, 98.5}},
		{[]float64{7}, [3]float64{7, 7, 7}},
	} {
		before := slices.Clone(c.x)
		a, b, d := target.Quartiles(c.x)
		if got := [3]float64{a, b, d}; got != c.want {
			t.Errorf("Quartiles(%v) = %v, want %v", c.x, got, c.want)
		}
		if !slices.Equal(before, c.x) {
			t.Errorf("Quartiles changed %v", before)
		}
	}
}

// TestChance: pages show a chance as a whole percent, with < and > at the ends.
func TestChance(t *testing.T) {
	for p, want := range map[float64]string{0.92567: "93%", 0.7749: "77%", 0.004: "< 1%", 0.01: "1%", 0.995: "> 99%", 0.99: "99%", 0: "< 1%", 1: "> 99%"} {
		if got := target.Chance(p); got != want {
			t.Errorf("Chance(%g) = %s, want %s", p, got, want)
		}
	}
}
