package recommend

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// minTypeScore is a word of two characters in the project's name, or three such
// in its goal; maxTypes how many types a project may be taken for.
const (
	minTypeScore = 6
	maxTypes     = 3
)

// phrases finds words in a text and says to what they belong.
type phrases struct {
	of      map[string][]int32
	lengths []int           // of the words in characters, each once
	begin   map[rune]uint64 // by first character: bit i for a word of lengths[i], the last bit for those beyond
}

func newPhrases() *phrases {
	return &phrases{of: make(map[string][]int32), begin: make(map[rune]uint64)}
}

// bit is that of lengths[i] in begin.
func bit(i int) uint64 { return 1 << min(i, 63) }

func (w *phrases) add(word string, to int32) {
	n := len([]rune(word))
	if n == 0 || slices.Contains(w.of[word], to) {
		return
	}
	w.of[word] = append(w.of[word], to)
	i := slices.Index(w.lengths, n)
	if i < 0 {
		i = len(w.lengths)
		w.lengths = append(w.lengths, n)
	}
	first, _ := utf8.DecodeRuneInString(word)
	w.begin[first] |= bit(i)
}

// find calls f once for every word that a project's name or goal holds.
func (w *phrases) find(name, goal string, f func(word string, inName bool, to []int32)) {
	seen := make(map[string]bool)
	at := make([]int, 0, max(len(name), len(goal))/2+1) // where characters begin
	for i, text := range [...]string{name, goal} {
		at = at[:0]
		for b := range text {
			at = append(at, b)
		}
		at = append(at, len(text))
		for from := range at[:len(at)-1] {
			first, _ := utf8.DecodeRuneInString(text[at[from]:])
			begin := w.begin[first]
			if begin == 0 {
				continue
			}
			for j, n := range w.lengths {
				if begin&bit(j) == 0 || from+n >= len(at) {
					continue
				}
				word := text[at[from]:at[from+n]]
				if to := w.of[word]; len(to) > 0 && !seen[word] {
					seen[word] = true
					f(word, i == 0, to)
				}
			}
		}
	}
}

// typeWords tells a project's type by its words.
type typeWords struct {
	*phrases
	types       []Type
	kinds       kindWords
	kind        []string // by type
	tail, cross float64  // type.tail, type.kind
}

func newTypeWords(types []Type, kinds kindWords, param parameters) *typeWords {
	w := &typeWords{newPhrases(), types, kinds, make([]string, len(types)), param["type.tail"], param["type.kind"]}
	for i, t := range types {
		w.kind[i] = kinds.of(t.Name)
		for _, word := range append([]string{t.Name}, t.Words...) {
			w.add(word, int32(i))
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
// another functional class half. Where only the tail of a type's name is found, and
// what distinguishes it from others (退役士兵 of 退役士兵教育培训) is not, it counts
// type.tail; a type of operation for a project of building, or the other way round,
// type.kind. sure is false if two types have equal right to be the first.
func (w *typeWords) match(name, goal, sector string) (out []match, sure bool) {
	score, whole := make(map[int32]int), make(map[int32]bool)
	w.find(name, goal, func(word string, inName bool, to []int32) {
		n := utf8.RuneCountInString(word)
		for _, t := range to {
			if !tailOf(w.types[t].Name, word) {
				whole[t] = true
			}
			points := 2 * n
			if s := w.types[t].Sector; sector != "" && s != sector && s != common {
				points = n
			}
			if inName {
				points *= 3
			}
			score[t] += points
		}
	})
	kind := w.kinds.of(name)
	for t, s := range score {
		points := float64(s)
		if !whole[t] {
			points *= w.tail
		}
		if opposed(kind, w.kind[t]) {
			points *= w.cross
		}
		if points >= 2*minTypeScore {
			out = append(out, match{t, points})
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

// tailOf reports whether word is how a type's name ends, after what distinguishes
// the type: three characters or more, as fewer (业务培训, 学生营养改善) tell little.
func tailOf(name, word string) bool {
	head, ok := strings.CutSuffix(name, word)
	return ok && utf8.RuneCountInString(head) > 2
}

// putFirst makes a type the best match.
func putFirst(in []match, typ int32) []match {
	out := []match{{typ, 1}}
	for _, t := range in {
		if t.typ != typ && len(out) < maxTypes {
			out = append(out, t)
		}
	}
	return out
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

// readKeywords reads by which words of projects concepts are told to fit, and
// which concepts fit a type.
func (m *Model) readKeywords() {
	m.keywords = newPhrases()
	typeAt := make(map[string]int, len(m.lib.Types))
	for i, t := range m.lib.Types {
		typeAt[t.Name] = i
	}
	m.fits = make([][]int32, len(m.lib.Types))
	for i, c := range m.lib.Concepts {
		for _, k := range c.Keywords {
			m.keywords.add(k, int32(i))
		}
		for _, name := range c.Types {
			if t, ok := typeAt[name]; ok {
				m.fits[t] = append(m.fits[t], int32(i))
			}
		}
	}
}

// levelOf is the level of government: 1 province, 2 city, 3 county, 4 town, 0 if
// not known. A region's code says it, else the words of the agency's name.
func levelOf(region, agency string) int8 {
	if len(region) >= 6 && strings.Trim(region, "0123456789") == "" {
		switch {
		case strings.Trim(region[6:], "0") != "":
			return 4
		case region[4:6] != "00":
			return 3
		case region[2:4] != "00":
			return 2
		}
		return 1
	}
	agency = strings.ReplaceAll(agency, "自治区", "省")
	has := func(words ...string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(agency, w) })
	}
	switch {
	case has("镇人民政府", "乡人民政府", "街道办", "镇政府", "乡政府"):
		return 4
	case has("县", "区", "旗"):
		return 3
	case has("省"):
		return 1
	}
	return 0
}
