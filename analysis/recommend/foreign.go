package recommend

import (
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"yardstick/indicators/naming"
)

// Some names say for whom or what they are: 退役军人满意度, 校舍维修单位成本. Where
// the project says nothing of it, they belong to other projects. The words are the
// library's own: whom its entries ask for satisfaction, and those of an entry's
// keywords and project types that stand in its name.

// object is such a word with the strength of what it says: 1 for people, how
// rare it is among the library's names for a word that tells a type of project, and
// a part of that for other keywords.
type object struct {
	grams    []int32 // bigrams as terms of the text index; −1 unknown
	strength float64
}

// rareObject is the rarity (ln N/df ÷ ln N) below which a thing's word is common:
// 培训, 建设.
const rareObject = 0.5

// keywordObject is what a keyword that tells no type counts: many stand for the
// same thing (种植, 特色种养).
const keywordObject = 0.3

// readObjects lists the words and which groups bear them.
func (m *Model) readObjects() {
	type word struct {
		people, typed bool
		df            int
	}
	words := make(map[string]*word)
	add := func(s string, people, typed bool) {
		if utf8.RuneCountInString(s) < 2 || m.words.kinds.of(s) != "" {
			return
		}
		if words[s] == nil {
			words[s] = new(word)
		}
		words[s].people, words[s].typed = words[s].people || people, words[s].typed || typed
	}
	typeAt := make(map[string]int, len(m.lib.Types))
	for i, t := range m.lib.Types {
		typeAt[t.Name] = i
	}
	everybody := make(map[string]bool) // whom common entries ask
	for i := range m.lib.Concepts {
		c := &m.lib.Concepts[i]
		if who, ok := strings.CutSuffix(c.Name, "满意度"); ok {
			for _, one := range append(strings.FieldsFunc(who, func(r rune) bool { return strings.ContainsRune("及和与、（）其", r) }), who) {
				if c.Sector == common {
					everybody[one] = true
				} else {
					add(one, true, false)
				}
			}
		}
		if c.Sector == common {
			continue
		}
		for _, k := range c.Keywords {
			if strings.Contains(c.Name, k) {
				add(k, false, false)
			}
		}
		for _, t := range c.Types {
			if at, ok := typeAt[t]; ok {
				for _, k := range m.lib.Types[at].Words {
					if strings.Contains(c.Name, k) {
						add(k, false, true)
					}
				}
			}
		}
	}
	find := newPhrases()
	var list []string
	for w := range words {
		if !everybody[w] {
			list = append(list, w)
		}
	}
	slices.Sort(list)
	for i, w := range list {
		find.add(w, int32(i))
	}
	in := make([][]int32, len(m.groups))
	for i := range m.groups {
		if i%256 == 0 && m.stopped() {
			return
		}
		if c := m.groups[i].concept; c >= 0 && m.lib.Concepts[c].Sector == common {
			continue
		}
		find.find(m.groups[i].name, "", func(_ string, _ bool, to []int32) {
			in[i] = append(in[i], to...)
			if m.groups[i].concept >= 0 {
				words[list[to[0]]].df++
			}
		})
	}
	all := math.Log(float64(len(m.lib.Concepts) + 1))
	m.objects = make([]object, len(list))
	for i, w := range list {
		o := object{strength: math.Log(float64(len(m.lib.Concepts)+1)/float64(max(1, words[w].df))) / all}
		switch {
		case words[w].people:
			o.strength = 1
		case o.strength < rareObject:
			o.strength = 0
		case !words[w].typed:
			o.strength *= keywordObject
		}
		for _, g := range bigrams(naming.Key(w)) {
			t, ok := m.text.ids[g]
			if !ok {
				t = -1
			}
			o.grams = append(o.grams, t)
		}
		m.objects[i] = o
	}
	var objects flat[int32]
	for i := range in {
		objects.add(slices.DeleteFunc(in[i], func(o int32) bool { return m.objects[o].strength == 0 }))
	}
	objects.clip()
	for i := range m.groups {
		m.groups[i].objects = objects.of(i)
	}
}

// usualInClass is the number of projects of the functional class from which an
// indicator that they use belongs there, whatever its words.
const usualInClass = 2

// foreign is the strongest object of a group that neither the project's words nor
// those of its type and class name: at least half of the object's bigrams must be
// there (老年人 in 老年). An object that they do name counts against it: a name
// half of which is the project's own is no stranger.
func (q *query) foreign(g *group) float64 {
	absent, present := 0.0, 0.0
	for _, i := range g.objects {
		o := &q.m.objects[i]
		there := 0
		for _, t := range o.grams {
			if t >= 0 && (q.work.inText[t] || q.work.inHome[t]) {
				there++
			}
		}
		if 2*there < len(o.grams) {
			absent = max(absent, o.strength)
		} else {
			present = max(present, o.strength)
		}
	}
	return max(0, absent-present)
}
