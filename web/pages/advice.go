package pages

import (
	"fmt"
	"math"
	"net/url"

	"yardstick/indicators"
	"yardstick/workspace"
)

func queryEscape(s string) string { return url.QueryEscape(s) }

// bound is the number that a target sets: its finite side. A range sets none.
func bound(v indicators.Value) (float64, bool) {
	if !v.Numeric() || v.Kind == indicators.Tolerance {
		return 0, false
	}
	lo, hi := !math.IsInf(v.Low, 0) && !math.IsNaN(v.Low), !math.IsInf(v.High, 0) && !math.IsNaN(v.High)
	switch {
	case lo && hi && v.Low != v.High, !lo && !hi:
		return 0, false
	case lo:
		return v.Low, true
	}
	return v.High, true
}

// weightText says the usual weight with its quartiles and n, or why there is
// none.
func weightText(w workspace.WeightAdvice) string {
	switch {
	case w.Median == nil && w.Note != "":
		return w.Note
	case w.Median == nil:
		return "没有项目写过"
	case w.Q1 != nil && w.Q3 != nil:
		return fmt.Sprintf("中位 %s 分，四分位 %s–%s 分%s", figure(*w.Median), figure(*w.Q1), figure(*w.Q3), n(w.N))
	}
	return fmt.Sprintf("中位 %s 分%s", figure(*w.Median), n(w.N))
}
