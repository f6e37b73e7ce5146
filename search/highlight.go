package search

import (
	"html"
	"strings"
)

// highlight returns name with its marked characters between <mark> and
// </mark>; everything else is HTML-escaped. marks may be shorter than name.
func highlight(name string, marks []bool) string {
	r := []rune(name)
	marked := func(i int) bool { return i < len(marks) && marks[i] }
	var b strings.Builder
	for i := 0; i < len(r); {
		j := i + 1
		for j < len(r) && marked(j) == marked(i) {
			j++
		}
		part := html.EscapeString(string(r[i:j]))
		if marked(i) {
			part = "<mark>" + part + "</mark>"
		}
		b.WriteString(part)
		i = j
	}
	return b.String()
}
