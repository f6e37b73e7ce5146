package tables

import (
	"strings"

	"golang.org/x/text/width"
)

// cleanCell is s without blanks around it and without the differences of
// typing that people don't see: full-width forms, no-break and full-width blanks, a
// byte-order mark.
func cleanCell(s string) string {
	if plainASCII(s) {
		return strings.TrimSpace(s)
	}
	return strings.TrimSpace(strings.TrimPrefix(width.Fold.String(s), "\ufeff"))
}

func plainASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// cleanHeader is a header as it is compared: without any blanks, in lower case.
func cleanHeader(s string) string {
	return strings.ToLower(strings.Join(strings.Fields(cleanCell(s)), ""))
}

// nearest returns the name in known that is spelt most like s, or "" if none is
// close.
func nearest(s string, known []string) string {
	want := []rune(cleanHeader(s))
	if len(want) > 100 {
		return ""
	}
	best, at := len(want)/2+1, ""
	for _, k := range known {
		have := []rune(cleanHeader(k))
		if len(have) > 100 {
			continue
		}
		if d := distance(want, have); d < best && d < max(len(have), 2) {
			best, at = d, k
		}
	}
	return at
}

// distance is the Levenshtein distance of a and b.
func distance(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i, x := range a {
		diag := row[0]
		row[0] = i + 1
		for j, y := range b {
			cost := diag
			if x != y {
				cost++
			}
			diag = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
