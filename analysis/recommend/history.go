package recommend

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"yardstick/indicators"
)

// History is what was filed, in columns without pointers: texts by number,
// numbers that are not known as NaN. Add fills it; the zero History is empty.
type History struct {
	text   *texts
	forms  []filedForm
	byForm map[textID]int32

	lineForm                          []int32
	level1, level2, name, concept     []textID
	raw, comparison, unitText, actual []textID
	low, high                         []float64 // of the target; NaN: open or no number
	kind                              []uint8   // of the target, see kinds
	actualLow, actualHigh             []float64 // NaN: open or no number
	actualUnit                        []textID
	weight                            []float64 // NaN: none
}

// filedForm is a form as it is kept.
type filedForm struct {
	id, projectID, file                             textID
	project, unit, department, sector, region, goal textID
	year                                            int32
	budget                                          float64 // 万元, NaN if not known
}

// form is a form as it is read.
type form struct {
	id, projectID, file                             string
	project, unit, department, sector, region, goal string
	year                                            int
	budget                                          *float64
}

// Add appends one line. It copies the strings that it keeps, each once, so that r
// may point into memory that is used again.
func (h *History) Add(r Row) {
	if h.text == nil {
		h.text = &texts{}
		h.byForm = make(map[textID]int32)
	}
	id := h.text.one(r.FormID)
	f, ok := h.byForm[id]
	if !ok {
		f = int32(len(h.forms))
		h.byForm[id] = f
		h.forms = append(h.forms, filedForm{
			id: id, projectID: h.text.one(r.ProjectID), project: h.text.one(r.Project), unit: h.text.one(r.Unit),
			department: h.text.one(r.Department), sector: h.text.one(r.Sector), region: h.text.one(r.Region), file: h.text.one(r.File),
			goal: h.text.one(r.Goal), year: int32(r.Year), budget: known(r.Budget),
		})
	}
	h.lineForm = append(h.lineForm, f)
	h.level1 = append(h.level1, h.text.one(r.Level1))
	h.level2 = append(h.level2, h.text.one(r.Level2))
	h.name = append(h.name, h.text.one(r.Name))
	h.concept = append(h.concept, h.text.one(r.Concept))
	h.raw = append(h.raw, h.text.one(r.Target.Raw))
	h.comparison = append(h.comparison, h.text.one(string(r.Target.Comparison)))
	h.unitText = append(h.unitText, h.text.one(r.Target.Unit))
	h.low = append(h.low, known(r.Target.Low))
	h.high = append(h.high, known(r.Target.High))
	h.kind = append(h.kind, uint8(max(slices.Index(kinds(), r.Target.Kind), 0)))
	h.actual = append(h.actual, h.text.one(r.Actual))
	h.actualLow = append(h.actualLow, known(r.ActualLow))
	h.actualHigh = append(h.actualHigh, known(r.ActualHigh))
	h.actualUnit = append(h.actualUnit, h.text.one(r.ActualUnit))
	h.weight = append(h.weight, known(r.Weight))
}

// kinds are the kinds of targets by the number under which they are kept; the
// first stands for all that are not stated.
func kinds() []indicators.Kind {
	return []indicators.Kind{"", indicators.Number, indicators.Range, indicators.Tolerance, indicators.Date, indicators.Period, indicators.Level,
		indicators.Tiers, indicators.YesNo, indicators.List, indicators.Placeholder, indicators.Text, indicators.Empty}
}

// known is a number that may be missing, NaN if it is, or if it is no finite
// number: an open side may come as nil or as an infinity.
func known(x *float64) float64 {
	if x == nil || math.IsInf(*x, 0) {
		return math.NaN()
	}
	return *x
}

// pointer is the inverse of known.
func pointer(x float64) *float64 {
	if math.IsNaN(x) {
		return nil
	}
	return &x
}

// Len is the number of lines.
func (h *History) Len() int { return len(h.name) }

// closed is h for reading only, without what Add needs.
func (h *History) closed() History {
	out := *h
	out.byForm = nil
	if out.text == nil {
		out.text = &texts{}
	}
	out.text = out.text.closed()
	return out
}

// form returns form f.
func (h *History) form(f int32) form {
	r, s := &h.forms[f], h.text.str
	return form{
		id: s(r.id), projectID: s(r.projectID), file: s(r.file), project: s(r.project), unit: s(r.unit), department: s(r.department),
		sector: s(r.sector), region: s(r.region), goal: s(r.goal), year: int(r.year), budget: pointer(r.budget),
	}
}

// line returns line i with its form, as it was added.
func (h *History) line(i int32) Row {
	f, s := h.form(h.lineForm[i]), h.text.str
	return Row{
		ProjectID: f.projectID, Project: f.project, Unit: f.unit, Department: f.department, Sector: f.sector, Region: f.region,
		Goal: f.goal, Year: f.year, FormID: f.id, File: f.file, Budget: f.budget,
		Level1: s(h.level1[i]), Level2: s(h.level2[i]), Name: s(h.name[i]), Concept: s(h.concept[i]),
		Target: Target{Raw: h.rawOf(i), Comparison: indicators.Comparison(h.signOf(i)), Low: pointer(h.low[i]), High: pointer(h.high[i]), Unit: h.unitOf(i),
			Kind: kinds()[h.kind[i]]},
		Actual: s(h.actual[i]), ActualLow: pointer(h.actualLow[i]), ActualHigh: pointer(h.actualHigh[i]), ActualUnit: s(h.actualUnit[i]),
		Weight: pointer(h.weight[i]),
	}
}

// What a line's target says, without the pointers of a Target.

func (h *History) rawOf(line int32) string  { return h.text.str(h.raw[line]) }
func (h *History) unitOf(line int32) string { return h.text.str(h.unitText[line]) }
func (h *History) signOf(line int32) string { return h.text.str(h.comparison[line]) }

// project is a project over its forms; what is shown is that of the latest form.
type project struct {
	id     string
	forms  []int32 // latest first
	sector string
	budget float64 // of the latest form, NaN if not known
	class  int32   // number of the sector, −1 if not known
	typ    int32   // project type by the words, −1 if none is sure
	level  int8    // of government, see levelOf
}

// projects groups the forms by project, in the order of project ids. A form
// without a project id is a project of its own.
func (h *History) projects() []project {
	keys, order := make([]string, len(h.forms)), make([]int32, len(h.forms))
	for i, f := range h.forms {
		order[i], keys[i] = int32(i), h.text.str(f.projectID)
		if keys[i] == "" {
			keys[i] = "\x00" + h.text.str(f.id)
		}
	}
	slices.SortFunc(order, func(a, b int32) int {
		return cmp.Or(strings.Compare(keys[a], keys[b]), cmp.Compare(h.forms[b].year, h.forms[a].year),
			strings.Compare(h.text.str(h.forms[a].id), h.text.str(h.forms[b].id)))
	})
	var out []project
	for from := 0; from < len(order); {
		to := from + 1
		for to < len(order) && keys[order[to]] == keys[order[from]] {
			to++
		}
		p := project{id: keys[order[from]], forms: order[from:to:to], budget: h.forms[order[from]].budget}
		for _, f := range p.forms {
			if p.sector == "" {
				p.sector = h.text.str(h.forms[f].sector)
			}
		}
		out = append(out, p)
		from = to
	}
	return out
}
