package recommend

import (
	"cmp"
	"hash/fnv"
	"math"
	"slices"

	"yardstick/analysis/target"
	"yardstick/indicators"
)

// past is what target values are told by, beside the uses of groups: here every
// year counts, where a use is a project's latest form.
type past struct {
	rules     *target.Rules
	groupOf   []int32                    // of a line; −1 none
	projectOf []int32                    // of a form
	first     []int32                    // of a form: its first line; those of a form follow one another
	byUnit    map[string]unitForms       // by key of a unit's name
	nameOf    []uint64                   // of a form: hash of its project's name, without years and codes
	units     map[textID]indicators.Unit // units of measure as filed
}

// unitForms are the forms of one unit, latest first. shared says that units of
// several regions bear the name.
type unitForms struct {
	forms  []int32
	region textID
	shared bool
}

// readPast lists the forms of every unit and reads the units of measure.
func (m *Model) readPast() {
	p := &m.past
	p.byUnit, p.units = make(map[string]unitForms), make(map[textID]indicators.Unit)
	p.nameOf = make([]uint64, len(m.h.forms))
	keys := make(map[textID]string)
	for i := range m.h.forms {
		if i%64 == 0 && m.stopped() {
			return
		}
		f := &m.h.forms[i]
		p.nameOf[i] = nameHash(m.h.text.str(f.project))
		k, ok := keys[f.unit]
		if !ok {
			k = unitKey(m.h.text.str(f.unit))
			keys[f.unit] = k
		}
		if k == "" {
			continue
		}
		u := p.byUnit[k]
		u.shared = u.shared || u.region != 0 && f.region != 0 && u.region != f.region
		u.region = cmp.Or(u.region, f.region)
		u.forms = append(u.forms, int32(i))
		p.byUnit[k] = u
	}
	for _, u := range p.byUnit {
		slices.SortStableFunc(u.forms, func(a, b int32) int { return cmp.Compare(m.h.forms[b].year, m.h.forms[a].year) })
	}
	p.first = make([]int32, len(m.h.forms))
	for i := len(m.h.lineForm) - 1; i >= 0; i-- {
		p.first[m.h.lineForm[i]] = int32(i)
	}
	for _, column := range [][]textID{m.h.unitText, m.h.actualUnit} {
		for _, id := range column {
			if _, ok := p.units[id]; !ok {
				p.units[id] = indicators.UnitOf(m.h.text.str(id))
			}
		}
	}
}

// nameHash stands for the name of a project without years and codes.
func nameHash(project string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(indicators.NormalProject(project)))
	return h.Sum64()
}

// unitKey is the name under which a unit's forms are found again.
func unitKey(name string) string { return indicators.NormalName(name) }

// maxDates is how many dates of one gathering are read for their month: more
// don't tell more.
const maxDates = 60

// targetOf is the target of a line as a value. Dates are read again, as only
// their text is kept, as long as dates allows.
func (m *Model) targetOf(line int32, dates *int) indicators.Value {
	kind := kinds()[m.h.kind[line]]
	if kind == indicators.Date || kind == indicators.Period {
		if *dates > 0 {
			*dates--
			return indicators.ParseTimed(m.h.rawOf(line))
		}
		return indicators.Value{Kind: kind}
	}
	v := m.value(m.h.low[line], m.h.high[line], m.h.unitText[line])
	v.Raw, v.Comparison = m.h.rawOf(line), indicators.Comparison(m.h.signOf(line))
	switch {
	case kind != "":
		v.Kind = kind
	case v.Kind == "" && worded(v.Raw):
		v.Kind = indicators.Text
	}
	return v
}

// actualOf is the actual value of a line.
func (m *Model) actualOf(line int32) indicators.Value {
	v := m.value(m.h.actualLow[line], m.h.actualHigh[line], m.h.actualUnit[line])
	v.Raw = m.h.text.str(m.h.actual[line])
	switch {
	case v.Kind != indicators.Number:
	case math.IsInf(v.High, 1): // an actual that is itself a bound
		v.Comparison = indicators.AtLeast
	case math.IsInf(v.Low, -1):
		v.Comparison = indicators.AtMost
	}
	return v
}

// value is a number with its bounds; its kind is "" where neither is known.
func (m *Model) value(low, high float64, unit textID) indicators.Value {
	v := indicators.Value{Low: low, High: high, Unit: m.past.units[unit]}
	switch knownLow, knownHigh := low == low, high == high; {
	case knownLow && knownHigh && low != high:
		v.Kind = indicators.Range
	case knownLow && knownHigh:
		v.Kind = indicators.Number
	case knownLow:
		v.Kind, v.High = indicators.Number, math.Inf(1)
	case knownHigh:
		v.Kind, v.Low = indicators.Number, math.Inf(-1)
	default:
		v.Low, v.High = 0, 0
	}
	return v
}

// own is the past of the unit that asks.
type own struct {
	forms    []int32
	same     []bool  // by forms: the same project
	projects []int32 // the draft's own project under earlier names and ids, sorted
}

// maxOwn is how many forms of a unit are looked through: the latest.
const maxOwn = 1000

// ownOf finds the past of a request's unit. A name that units of several regions
// bear is nobody's: its forms are not the asking unit's past.
func (m *Model) ownOf(r *Request) (o own) {
	if r.Unit == "" {
		return o
	}
	u := m.past.byUnit[unitKey(r.Unit)]
	if len(u.forms) == 0 || u.shared {
		return o
	}
	o.forms = u.forms[:min(len(u.forms), maxOwn)]
	key := nameHash(r.Project)
	o.same = make([]bool, len(o.forms))
	for i, f := range o.forms {
		if o.same[i] = m.past.nameOf[f] == key; o.same[i] {
			o.projects = append(o.projects, m.past.projectOf[f])
		}
	}
	slices.Sort(o.projects)
	o.projects = slices.Compact(o.projects)
	return o
}

// leaves reports whether a project is the draft's own, whose values are no peers'.
func (o *own) leaves(project int32) bool {
	if len(o.projects) == 0 {
		return false
	}
	_, ok := slices.BinarySearch(o.projects, project)
	return ok
}

// maxPast is how many lines of one indicator an answer shows and rests on.
const maxPast = 60

// pastOf is what the unit filed for a group before the draft's year.
func (m *Model) pastOf(o *own, g int32, before int) (out []target.Past) {
	for i, f := range o.forms {
		form := &m.h.forms[f]
		if before > 0 && int(form.year) >= before {
			continue
		}
		for l := m.past.first[f]; int(l) < len(m.h.lineForm) && m.h.lineForm[l] == f; l++ {
			if m.past.groupOf[l] != g || len(out) == maxPast {
				continue
			}
			dates := 0
			p := target.Past{Year: int(form.year), Target: m.targetOf(l, &dates), Actual: m.actualOf(l), FormID: m.h.text.str(form.id),
				Project: m.h.text.str(form.project), Same: o.same[i]}
			if p.Target.Raw == "" {
				p.Target.Raw = m.h.rawOf(l)
			}
			if b := form.budget; b > 0 {
				p.Budget = b
			}
			out = append(out, p)
		}
	}
	return out
}
