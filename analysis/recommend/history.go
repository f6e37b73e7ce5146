package recommend

import (
	"cmp"
	"slices"
	"strings"

	"yardstick/indicators"
)

// History is what was filed, in columns. Add fills it; the zero History is
// empty.
type History struct {
	forms  []form
	byForm map[string]int32
	text   map[string]string // one copy of each string, however often it is filed

	lineForm                      []int32
	level1, level2, name, concept []string
	target                        []Target
	actual                        []string
	weight                        []*float64
}

type form struct {
	id, projectID, file                             string
	project, unit, department, sector, region, goal string
	year                                            int
	budget                                          *float64
}

// Add appends one line. It copies the strings that it keeps, each once, so that r
// may point into memory that is used again.
func (h *History) Add(r Row) {
	if h.byForm == nil {
		h.byForm = make(map[string]int32)
		h.text = make(map[string]string)
	}
	f, ok := h.byForm[r.FormID]
	if !ok {
		f = int32(len(h.forms))
		r.FormID = strings.Clone(r.FormID)
		h.byForm[r.FormID] = f
		h.forms = append(h.forms, form{
			id: r.FormID, projectID: h.one(r.ProjectID), project: h.one(r.Project), unit: h.one(r.Unit), department: h.one(r.Department),
			sector: h.one(r.Sector), region: h.one(r.Region), file: h.one(r.File), goal: h.one(r.Goal), year: r.Year, budget: r.Budget,
		})
	}
	r.Target.Raw, r.Target.Unit = h.one(r.Target.Raw), h.one(r.Target.Unit)
	r.Target.Comparison = indicators.Comparison(h.one(string(r.Target.Comparison)))
	h.lineForm = append(h.lineForm, f)
	h.level1 = append(h.level1, h.one(r.Level1))
	h.level2 = append(h.level2, h.one(r.Level2))
	h.name = append(h.name, h.one(r.Name))
	h.concept = append(h.concept, h.one(r.Concept))
	h.target = append(h.target, r.Target)
	h.actual = append(h.actual, h.one(r.Actual))
	h.weight = append(h.weight, r.Weight)
}

func (h *History) one(s string) string {
	if t, ok := h.text[s]; ok {
		return t
	}
	s = strings.Clone(s)
	h.text[s] = s
	return s
}

// Len is the number of lines.
func (h *History) Len() int { return len(h.name) }

// project is a project over its forms; what is shown is that of the latest form.
type project struct {
	id     string
	forms  []int32 // latest first
	sector string
	class  int32 // number of the sector, −1 if not known
	typ    int32 // project type by the words, −1 if none is sure
	level  int8  // of government, see levelOf
}

// projects groups the forms by project, in the order of project ids. A form
// without a project id is a project of its own.
func (h *History) projects() []project {
	byID := make(map[string][]int32)
	for i, f := range h.forms {
		byID[cmp.Or(f.projectID, "\x00"+f.id)] = append(byID[cmp.Or(f.projectID, "\x00"+f.id)], int32(i))
	}
	out := make([]project, 0, len(byID))
	for id, forms := range byID {
		slices.SortFunc(forms, func(a, b int32) int {
			return cmp.Or(cmp.Compare(h.forms[b].year, h.forms[a].year), strings.Compare(h.forms[a].id, h.forms[b].id))
		})
		p := project{id: id, forms: forms}
		for _, f := range forms {
			if p.sector == "" {
				p.sector = h.forms[f].sector
			}
		}
		out = append(out, p)
	}
	slices.SortFunc(out, func(a, b project) int { return strings.Compare(a.id, b.id) })
	return out
}
