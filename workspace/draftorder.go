package workspace

import (
	"cmp"
	"slices"
	"strings"

	"yardstick/indicators/library"
)

// CompareClasses orders lines by their classes as the official form has them:
// 成本 产出 效益 满意度, within them 数量 质量 时效 and so on, then classes that are
// not of the frame, each kept together, and last what has no class yet. It is 0
// for lines of one class.
func CompareClasses(a, b DraftLine) int {
	return cmp.Or(
		compareClass(a.Level1, b.Level1, ""),
		compareClass(a.Level2, b.Level2, bareClass(a.Level1)))
}

// InFormOrder returns lines in the order of the form. Lines of one class keep
// theirs; lines is not changed.
func InFormOrder(lines []DraftLine) []DraftLine {
	out := append([]DraftLine{}, lines...)
	slices.SortStableFunc(out, CompareClasses)
	return out
}

// compareClass orders classes below parent, "" for those of level 1. Classes of
// one place that are written differently (产出, 产出指标) stand beside each other
// and not among each other, or the form would name them again and again.
func compareClass(a, b, parent string) int {
	return cmp.Or(cmp.Compare(classPlace(a, parent), classPlace(b, parent)), strings.Compare(a, b))
}

// classPlace is the place of a class of the frame; above all of them for other
// classes, and highest for none.
func classPlace(class, parent string) int {
	const other, none = 100, 101 // more than there are classes
	bare := bareClass(class)
	if bare == "" {
		return none
	}
	for i, c := range library.Classes() {
		if parent == "" && bareClass(c[0]) == bare || parent != "" && bareClass(c[0]) == parent && bareClass(c[1]) == bare {
			return i
		}
	}
	return other
}

func bareClass(s string) string { return strings.TrimSuffix(strings.TrimSpace(s), "指标") }
