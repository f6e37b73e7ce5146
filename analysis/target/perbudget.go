package target

import "slices"

// PerBudget returns what one of the unit cost the peers: budget in 万元 ÷ target
// value, sorted, of those that state both and a value above 0; at most 400 of them.
// n is how many there were.
func (p Peers) PerBudget() (costs []float64, n int) {
	for _, r := range p.ratios.values {
		if r > 0 && finite(r) {
			costs = append(costs, 1/r)
		}
	}
	slices.Sort(costs)
	return costs, p.ratios.n
}
