package naming

import (
	_ "embed"
	"encoding/csv"
	"math"
	"strconv"
	"strings"
	"sync"
)

//go:embed model.csv
var modelCSV string

// linear is a logistic model.
type linear []float64

func (l linear) logit(v []float64) (sum float64) {
	for i, w := range l {
		sum += w * v[i]
	}
	return sum
}

// model is model.csv. It has two logistic stages: pair says how likely a
// spelling is right by its features, sure how likely the best concept is right
// by its own logit and its lead over the second one.
type model struct {
	pair linear // by feature
	sure linear // by sureNames

	exact, alias float64 // confidence of an equal key where nothing speaks against it
	otherSector  float64 // factors where something does
	otherUnit    float64
	otherClass   float64
	shared       float64 // several concepts have the key and the cells around it decide
	tied         float64 // several concepts have the key and nothing decides

	threshold float64 // least confidence of a match
	show      float64 // least confidence of an alternative
}

// sureNames are the features of the second stage: the logit of the best
// concept, its lead over the second one (at most maxLead either way), and those
// of its features that say how the match came about.
var sureNames = [...]string{"bias", "logit", "lead", "both_left", "matched", "balance", "inside", "core_same", "left_known",
	"entry_left", "alias_gap", "kind_same", "thing_other", "thing_name", "stem_both", "tail_name", "kind_apart"}

const maxLead = 4

// noSecond is the logit of a second concept where there is none, or a worse one.
const noSecond = -3

// leadOf is how far a logit is ahead of another concept's.
func leadOf(logit, second float64) float64 { return logit - math.Max(second, noSecond) }

// scalars are the single figures of model.csv.
func (m *model) scalars() map[string]*float64 {
	return map[string]*float64{
		"exact": &m.exact, "alias": &m.alias, "other_sector": &m.otherSector, "other_unit": &m.otherUnit,
		"other_class": &m.otherClass, "shared": &m.shared, "tied": &m.tied, "threshold": &m.threshold, "show": &m.show,
	}
}

// shipped is model.csv, read once.
var shipped = sync.OnceValue(func() model {
	m, err := parseModel(modelCSV)
	if err != "" {
		panic("naming: model.csv: " + err) // a damaged build, not data
	}
	return m
})

// parseModel reads a model; what is wrong is said in wrong.
func parseModel(table string) (m model, wrong string) {
	r := csv.NewReader(strings.NewReader(table))
	r.Comment = '#'
	r.FieldsPerRecord = 4
	rows, err := r.ReadAll()
	if err != nil {
		return m, err.Error()
	}
	m.pair, m.sure = make(linear, features), make(linear, len(sureNames))
	at := make(map[string]*float64)
	for i, name := range featureNames {
		at["pair/"+name] = &m.pair[i]
	}
	for i, name := range sureNames {
		at["sure/"+name] = &m.sure[i]
	}
	for name, p := range m.scalars() {
		at["rule/"+name] = p
	}
	for _, row := range rows[1:] {
		p, ok := at[row[0]+"/"+row[1]]
		if !ok {
			return m, "unknown or doubled row " + row[0] + "/" + row[1]
		}
		if *p, err = strconv.ParseFloat(row[2], 64); err != nil || math.IsNaN(*p) || math.IsInf(*p, 0) {
			return m, "value of " + row[1] + ": got " + row[2] + ", want a number"
		}
		delete(at, row[0]+"/"+row[1])
	}
	for name := range at {
		return m, "no row " + name
	}
	return m, ""
}

// confidence is the probability that the concept at k of a list found for a
// name, the best first, is right.
func (m *model) confidence(list []found, k int) float64 {
	second := math.Inf(-1)
	if k > 0 {
		second = list[0].logit
	} else if len(list) > 1 {
		second = list[1].logit
	}
	s := sureVector(list[k].logit, leadOf(list[k].logit, second), list[k].vector[:])
	return sigmoid(m.sure.logit(s[:]))
}

func sureVector(logit, lead float64, v []float64) [len(sureNames)]float64 {
	return [...]float64{1, math.Max(-8, math.Min(8, logit)), math.Max(-maxLead, math.Min(maxLead, lead)), v[fBothLeft], v[fMatched],
		v[fBalance], v[fInside], v[fCoreSame], v[fLeftKnown], v[fEntryLeft], v[fAliasGap], v[fKindSame], v[fThingOther], v[fThingName],
		v[fStemBoth], v[fTailName], v[fKindApart]}
}

// same is the confidence of a concept that has the name's key.
func (m *model) same(one same, all []same, alias bool) float64 {
	c := m.exact
	if alias {
		c = m.alias
	}
	if one.context.sectorOther {
		c *= m.otherSector
	}
	if one.context.unitOther {
		c *= m.otherUnit
	}
	if one.context.classOther {
		c *= m.otherClass
	}
	for _, other := range all {
		switch {
		case other.spelling == one.spelling:
		case other.points >= one.points:
			return c * m.tied
		case other.points > one.points-3:
			c = math.Min(c, m.shared)
		}
	}
	return c
}

func sigmoid(x float64) float64 { return 1 / (1 + math.Exp(-x)) }
