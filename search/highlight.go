package search

import (
	"html"
	"strings"
)

// highlight returns name with the parts that any of terms matches between
// <mark> and </mark>; everything else is HTML-escaped. Terms are normalised.
func highlight(name string, terms []string) string {
	original, text := []rune(name), normalize(name)
	marked := make([]bool, len(text))
	for _, t := range terms {
		r := []rune(t)
		for i := 0; i+len(r) <= len(text); i++ {
			if string(text[i:i+len(r)]) == t {
				for k := range r {
					marked[i+k] = true
				}
			}
		}
	}
	var b strings.Builder
	for i := 0; i < len(original); {
		j := i + 1
		for j < len(original) && marked[j] == marked[i] {
			j++
		}
		part := html.EscapeString(string(original[i:j]))
		if marked[i] {
			part = "<mark>" + part + "</mark>"
		}
		b.WriteString(part)
		i = j
	}
	return b.String()
}
