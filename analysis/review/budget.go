package review

import "yardstick"

// Version of the rules: it changes with every change of what they find.
const Version = "1"

// Total is the form's sum of money in 万元: the year's budget of a target form.
// ok is false where the form shows none.
func Total(form *yardstick.Form) (x float64, ok bool) {
	for _, n := range []yardstick.Number{form.Budget.FullYear, form.Budget.Initial} {
		if n.Known {
			return n.Value, true
		}
	}
	return 0, false
}
