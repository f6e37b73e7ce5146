package recommend

import (
	"cmp"
	"slices"
	"strings"
)

// minTypeScore is a word of two characters in the project's name, or three such
// in its goal; maxTypes how many types a project may be taken for.
const (
	minTypeScore = 6
	maxTypes     = 3
)

// typeWords tells a project's type by its words.
type typeWords struct {
	of      map[string][]int32 // word → types
	lengths []int              // of the words in characters, each once
	types   []Type
}

func newTypeWords(types []Type) *typeWords {
	w := &typeWords{of: make(map[string][]int32), types: types}
	for i, t := range types {
		for _, word := range append([]string{t.Name}, t.Words...) {
			if n := len([]rune(word)); n > 0 && !slices.Contains(w.of[word], int32(i)) {
				w.of[word] = append(w.of[word], int32(i))
				if !slices.Contains(w.lengths, n) {
					w.lengths = append(w.lengths, n)
				}
			}
		}
	}
	return w
}

// match is a type with how sure it is, 1 for the best.
type match struct {
	typ   int32
	share float64
}

// match returns the types whose words are in name and goal, best first: a word in
// the name counts three times one in the goal, longer words more, and a type of
// another functional class half. sure is false if two types have equal right to be
// the first.
func (w *typeWords) match(name, goal, sector string) (out []match, sure bool) {
	score := make(map[int32]int)
	seen := make(map[string]bool)
	for i, text := range []string{name, goal} {
		var at []int // where characters begin
		for b := range text {
			at = append(at, b)
		}
		at = append(at, len(text))
		for from := range at {
			for _, n := range w.lengths {
				if from+n >= len(at) {
					continue
				}
				word := text[at[from]:at[from+n]]
				types := w.of[word]
				if len(types) == 0 || seen[word] {
					continue
				}
				seen[word] = true
				for _, t := range types {
					points := 2 * n
					if s := w.types[t].Sector; sector != "" && s != sector && s != common {
						points = n
					}
					if i == 0 {
						points *= 3
					}
					score[t] += points
				}
			}
		}
	}
	for t, s := range score {
		if s >= 2*minTypeScore {
			out = append(out, match{t, float64(s)})
		}
	}
	slices.SortFunc(out, func(a, b match) int {
		return cmp.Or(cmp.Compare(b.share, a.share), strings.Compare(w.types[a.typ].ID, w.types[b.typ].ID))
	})
	sure = len(out) == 1 || len(out) > 1 && out[0].share > out[1].share
	out = out[:min(len(out), maxTypes)]
	for i := len(out) - 1; i >= 0; i-- {
		out[i].share /= out[0].share
	}
	return out, sure
}

// templateItem is an indicator of a template as a group.
type templateItem struct {
	group  int32
	points float64
	core   bool
}

// templates resolves the items of every type; what the library does not have is
// left out.
func (m *Model) templates() {
	m.items = make([][]templateItem, len(m.lib.Types))
	for i, t := range m.lib.Types {
		for _, it := range t.Items {
			if g, ok := m.conceptAt[it.Concept]; ok {
				m.items[i] = append(m.items[i], templateItem{g, it.Points, it.Core})
			}
		}
	}
}

// levelOf is the level of government: 1 province, 2 city, 3 county, 4 town, 0 if
// not known. A region's code says it, else the words of the agency's name.
func levelOf(region, agency string) int8 {
	switch {
	case len(region) > 6 && strings.Trim(region[6:], "0") != "":
		return 4
	case len(region) >= 6 && region[4:6] != "00":
		return 3
	case len(region) >= 6 && region[2:4] != "00":
		return 2
	case len(region) >= 6:
		return 1
	}
	for _, l := range []struct {
		words []string
		level int8
	}{{[]string{"镇人民政府", "乡人民政府", "街道办", "镇政府", "乡政府"}, 4}, {[]string{"县", "区", "旗"}, 3}, {[]string{"省", "自治区"}, 1}} {
		for _, w := range l.words {
			if strings.Contains(agency, w) && !strings.Contains(agency, "自治区") || w == "自治区" && strings.Contains(agency, w) {
				return l.level
			}
		}
	}
	return 0
}
