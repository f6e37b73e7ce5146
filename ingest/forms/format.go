package forms

import "strconv"

// trimFloat writes a number without needless zeros.
func trimFloat(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
