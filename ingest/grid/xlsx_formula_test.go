package grid

import "testing"

func TestTypedAsText(t *testing.T) {
	for formula, want := range map[string]bool{
		"116人": true, "100%": true, "6万立方米": true, "95 %": true,
		"SUM(A1:A3)": false, "B7": false, "Sheet2!C4": false, "$A$1+1": false, "": false,
	} {
		if got := typedAsText([]byte(formula)); got != want {
			t.Errorf("typedAsText(%q) = %v, want %v", formula, got, want)
		}
	}
}
