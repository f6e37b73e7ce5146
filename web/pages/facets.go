package pages

import (
	"slices"
	"strings"

	"yardstick/indicators/library"
	"yardstick/workspace"
)

// facet is one group of filters beside a list: each value leads to the same
// view with or without it.
type facet struct {
	Title  string
	Values []facetValue
	More   []facetValue // folded
}

type facetValue struct {
	Word    string
	N       int
	Href    string
	Current bool
	Sub     bool // below the value before it
}

// facetTitles are the fields of a search that filter, in order.
var facetTitles = []struct{ field, title string }{
	{"sector", "功能分类"}, {"unit", "单位"}, {"direction", "方向"}, {"temporal_type", "时间类型"}, {"used", "使用"},
}

var usedWords = map[string]string{"yes": "表上用过", "no": "还没用过"}

// facetOpen is how many values of a field are shown before the rest is folded.
const facetOpen = 8

// searchFacets puts the counts of a search beside it.
func searchFacets(q *asked, list []workspace.Facet) []facet {
	by := map[string][]workspace.FacetValue{}
	for _, f := range list {
		by[f.Field] = f.Values
	}
	var classes []workspace.ClassCount
	for _, c := range library.Classes() {
		for _, v := range by["level2"] {
			if v.Value == c[1] {
				classes = append(classes, workspace.ClassCount{Level1: c[0], Level2: c[1], Count: v.Count})
			}
		}
	}
	counts := map[string]int{}
	for _, v := range by["level1"] {
		counts[v.Value] = v.Count
	}
	out := []facet{classFacet(q, counts, classes)}
	for _, t := range facetTitles {
		f := facet{Title: t.title}
		chosen := q.query.Get(t.field)
		for _, v := range by[t.field] {
			if v.Value == "" || v.Count == 0 && v.Value != chosen {
				continue
			}
			f.add(facetValue{Word: facetWord(t.field, v.Value), N: v.Count, Href: q.toggle(t.field, v.Value), Current: v.Value == chosen})
		}
		out = append(out, f)
	}
	return slices.DeleteFunc(out, func(f facet) bool { return len(f.Values) == 0 })
}

// add keeps the chosen value in sight.
func (f *facet) add(v facetValue) {
	if len(f.Values) < facetOpen || v.Current {
		f.Values = append(f.Values, v)
		return
	}
	f.More = append(f.More, v)
}

func facetWord(field, value string) string {
	if field == "used" {
		return usedWords[value]
	}
	return value
}

// classFacet is level 1 with level 2 below it.
func classFacet(q *asked, level1 map[string]int, classes []workspace.ClassCount) facet {
	f := facet{Title: "类别（2021 版）"}
	one, two := q.query.Get("level1"), q.query.Get("level2")
	for _, l := range levels {
		if level1[l] == 0 && one != l {
			continue
		}
		f.Values = append(f.Values, facetValue{Word: short(l), N: level1[l], Href: q.toggle("level1", l, "level2"), Current: one == l && two == ""})
		for _, c := range classes {
			if c.Level1 == l && short(c.Level2) != short(l) && !strings.HasPrefix(c.Level2, "服务对象") {
				f.Values = append(f.Values, facetValue{Word: short(c.Level2), N: c.Count, Href: q.toggle("level2", c.Level2, "level1"), Current: two == c.Level2, Sub: true})
			}
		}
	}
	return f
}

// toggle is the address with a filter set, or removed if it is set to that
// already; the filters of clear go.
func (q *asked) toggle(field, value string, clear ...string) string {
	set := value
	if q.query.Get(field) == value && !slices.ContainsFunc(clear, func(c string) bool { return q.query.Get(c) != "" }) {
		set = ""
	}
	pairs := []string{field, set}
	for _, c := range clear {
		pairs = append(pairs, c, "")
	}
	return q.with(pairs...)
}

// browseFacets are the filters of the library without a query: the classes of
// what is listed, the tree of functional classes, use and origin.
func browseFacets(q *asked, l workspace.LibraryList) []facet {
	level1 := map[string]int{}
	for _, c := range l.Classes {
		level1[c.Level1] += c.Count
	}
	tree := facet{Title: "功能分类（全部）"}
	sector, function := q.query.Get("sector"), q.query.Get("function")
	for _, s := range l.Sectors {
		on := s.Name == sector
		tree.Values = append(tree.Values, facetValue{Word: s.Name, N: s.Count, Href: q.toggle("sector", s.Name, "function"), Current: on && function == ""})
		if !on {
			continue
		}
		for _, k := range s.Functions {
			tree.Values = append(tree.Values, facetValue{Word: k.Name, N: k.Count, Href: q.toggle("function", k.Code), Current: function == k.Code, Sub: true})
		}
	}
	out := []facet{tree, classFacet(q, level1, l.Classes)}
	for _, f := range []struct {
		title, field string
		values       []choice
	}{
		{"使用", "used", []choice{{Word: usedWords["yes"], Value: "yes"}, {Word: usedWords["no"], Value: "no"}}},
		{"来历", "origin", []choice{{Word: origins["shipped"], Value: "shipped"}, {Word: origins["edited"], Value: "edited"}, {Word: origins["own"], Value: "own"}}},
		{"停用", "retired", []choice{{Word: "已停用的", Value: "1"}}},
	} {
		g := facet{Title: f.title}
		for _, v := range f.values {
			g.Values = append(g.Values, facetValue{Word: v.Word, N: -1, Href: q.toggle(f.field, v.Value), Current: q.query.Get(f.field) == v.Value})
		}
		out = append(out, g)
	}
	return out
}

// origins say where an entry comes from.
var origins = map[string]string{"shipped": "随软件发布", "edited": "本局改过", "own": "本局自建"}

// filter is one filter of the library's pages: where it holds and how a chosen
// value is said.
type filter struct {
	field          string
	search, browse bool
	word           func(value string, l workspace.LibraryList) string
}

func itself(v string, _ workspace.LibraryList) string    { return v }
func shortened(v string, _ workspace.LibraryList) string { return short(v) }

var filters = []filter{
	{"level1", true, true, shortened},
	{"level2", true, true, shortened},
	{"sector", true, true, itself},
	{"function", false, true, func(v string, l workspace.LibraryList) string {
		for _, s := range l.Sectors {
			for _, f := range s.Functions {
				if f.Code == v {
					return f.Name
				}
			}
		}
		return v
	}},
	{"unit", true, false, func(v string, _ workspace.LibraryList) string { return "单位 " + v }},
	{"direction", true, false, itself},
	{"temporal_type", true, false, itself},
	{"used", true, true, func(v string, _ workspace.LibraryList) string { return usedWords[v] }},
	{"origin", false, true, func(v string, _ workspace.LibraryList) string { return origins[v] }},
	{"retired", false, true, func(string, workspace.LibraryList) string { return "已停用的" }},
	{"ptype", false, true, func(v string, _ workspace.LibraryList) string { return "项目类型 " + v }},
}

// chosen are the active filters, each with the address without it. list is nil
// for a search.
func chosen(q *asked, list *workspace.LibraryList) []choice {
	var out []choice
	for _, f := range filters {
		v := q.query.Get(f.field)
		if v == "" || list == nil && !f.search || list != nil && !f.browse {
			continue
		}
		var l workspace.LibraryList
		if list != nil {
			l = *list
		}
		if word := f.word(v, l); word != "" {
			out = append(out, choice{Word: word, Value: v, Href: q.with(f.field, "")})
		}
	}
	return out
}
