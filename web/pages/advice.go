package pages

import (
	"fmt"
	"net/url"

	"yardstick/workspace"
)

func queryEscape(s string) string { return url.QueryEscape(s) }

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
