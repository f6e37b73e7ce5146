package naming

import (
	"math"
	"strings"

	"yardstick/indicators"
)

// The features of a name and a spelling, in the order of model.csv. Weights of
// characters are 0 to 1 (share kept of weak words × rarity); "left" is the
// weight of characters that the other text does not hold.
const (
	fBias        = iota
	fNameCover   // share of the name's weight that the spelling holds
	fEntryCover  // share of the spelling's weight that the name holds
	fBalance     // harmonic mean of both
	fBothLeft    // geometric mean of what both have left: one word stands for another
	fLeftKnown   // left of the name, known to the library, not in the project's name
	fLeftUnknown // left of the name, unknown to the library, not in the project's name
	fLeftProject // left of the name, in the project's name
	fEntryLeft   // left of the spelling, not in the project's name
	fEntryGiven  // left of the spelling, in the project's name
	fKindSame    // both measure the same
	fKindFamily  // one measures any of the other's family
	fKindOther   // they measure different things
	fClassSame   // same class of level 2
	fClassOther  // another class of level 1
	fUnitSame    // same dimension
	fUnitOther   // dimensions that contradict each other
	fSectorSame  // same functional class
	fSectorOther // another functional class, and the entry is not common
	fSectorFar   // the same, times 1 − balance
	fCommonLeft  // what is left of the name, if the entry is common
	fOrder       // longest common run ÷ the shorter text
	fCoreSame    // the same without weak words, and nothing else is measured
	fTurned      // a word in one turns it around: 不合格, 下降
	fMatched     // weight of what both hold, ln(1 + ·)
	fPlainDice   // Dice coefficient of the unweighted pairs of characters
	fDigits      // one holds a number
	fInside      // nothing of weight is left of the spelling
	fLastSame    // the word before the measure is held by both
	fAliasGap    // share of the weight of the entry's own name that the name does not hold, if an alias is compared
	fGapLeft     // the same, times what is left of the name
	fKindFar     // measures of different families, times 1 − balance
	fEntryThin   // how far the spelling's cover stays below 0.7
	fEntryFull   // how far it is above 0.8
	fNameThin    // how far the name's cover stays below 0.5
	fTailName    // share of the name's last two pairs of characters that the spelling holds
	fTailEntry   // share of the spelling's last two pairs that the name holds
	fStemOther   // both are shares, and the word before 率 in one does not stand in the other: 完工率, 及时完工率
	fStemBoth    // both are shares, and neither's word stands in the other: 参保率, 续保率
	fKindApart   // measures of different families: a share, a sum of money, an area …
	fKindSoft    // one is an effect or a state in words, the other neither that nor a share
	fKindUnsaid  // the name does not say what it measures, and the spelling is a share, money or a date
	fThingOther  // sorts of things of which they name different ones: 药品, 化妆品
	fThingName   // sorts of which only the name names one
	fThingEntry  // sorts of which only the spelling names one, not counting what the project's name holds
	fClassNear   // same class of level 1, another of level 2
	features
)

var featureNames = [features]string{
	"bias", "name_cover", "entry_cover", "balance", "both_left", "left_known", "left_unknown", "left_project",
	"entry_left", "entry_given", "kind_same", "kind_family", "kind_other", "class_same", "class_other", "unit_same",
	"unit_other", "sector_same", "sector_other", "sector_far", "common_left", "order", "core_same", "turned", "matched",
	"plain_dice", "digits", "inside", "last_same", "alias_gap", "gap_left", "kind_far",
	"entry_thin", "entry_full", "name_thin", "tail_name", "tail_entry", "stem_other", "stem_both", "kind_apart", "kind_soft", "kind_unsaid", "thing_other", "thing_name", "thing_entry", "class_near",
}

type vector [features]float64

// query is a Name made ready for comparison.
type query struct {
	text
	key       string
	removed   []string
	level1    string // canonical; "" if unknown
	level2    string
	sector    string
	unit      family
	inProject []bool // per character: it stands in the project's name
}

// context is how the cells around a name agree with a concept.
type context struct {
	classSame, classOther   bool
	classNear               bool
	unitSame, unitOther     bool
	sectorSame, sectorOther bool
}

func (q *query) against(c *concept) (x context) {
	cost := q.level2 == "成本指标" || q.level1 == "成本指标"
	switch {
	case cost:
		x.classSame = c.level1 == "成本指标"
		x.classOther = !x.classSame
	case q.level2 != "":
		x.classSame = q.level2 == c.level2
		x.classOther = q.level1 != c.level1
		x.classNear = !x.classSame && !x.classOther
	case q.level1 != "":
		x.classOther = q.level1 != c.level1
	}
	x.unitSame, x.unitOther = compareUnits(q.unit, c.unit)
	x.sectorSame = q.sector != "" && q.sector == c.sector
	x.sectorOther = q.sector != "" && !c.common && q.sector != c.sector
	return x
}

// compareUnits tells whether two families agree or contradict each other.
// Things counted as pieces, times or units neither agree nor contradict.
func compareUnits(a, b family) (same, other bool) {
	if a == "" || b == "" {
		return false, false
	}
	if a == b {
		return true, false
	}
	ah, _, ac := strings.Cut(string(a), "/")
	bh, _, bc := strings.Cut(string(b), "/")
	if ah == bh && (ac || bc) {
		return false, false
	}
	ca, cb := counts(a), counts(b)
	switch {
	case ca && cb:
		return false, (a == "people" || a == "households") && (b == "times" || b == "person_times" || b == "households") ||
			(b == "people" || b == "households") && (a == "times" || a == "person_times" || a == "households")
	case a == "date" && b == "time" || a == "time" && b == "date", a == "score" || b == "score", a == "plain" || b == "plain":
		return false, false
	}
	return false, true
}

func counts(f family) bool {
	switch f {
	case "count", "units", "times", "households", "people", "person_times", "machine_times", "vehicle_times", "item_times", "book_times":
		return true
	}
	return false
}

// kindOfUnit is what a bare name measures by its unit.
func kindOfUnit(f family) kind {
	switch f {
	case "rate":
		return kind{"", "rate"}
	case "money":
		return kind{"", "money"}
	case "people":
		return kind{"people", "count"}
	case "households":
		return kind{"household", "household"}
	case "person_times":
		return kind{"visit", "visit"}
	case "count", "units", "times":
		return kind{"", "count"}
	case "area", "length", "date":
		return kind{string(f), string(f)}
	}
	return kind{}
}

// compareKinds tells how two measures agree.
func compareKinds(a, b kind) (same, inFamily, other bool) {
	switch {
	case a.family == "" || b.family == "":
		return false, false, false
	case a == b:
		return true, false, false
	case a.family == b.family:
		return false, a.name == "" || b.name == "", a.name != "" && b.name != ""
	case a.family == "quality" || b.family == "quality":
		return false, false, false
	}
	return false, false, true
}

// compare computes the features of q and s, whose context is c. The scratch's
// marks of the query must be set.
func (x *index) compare(sc *scratch, q *query, s *spelling, co *concept, c context) (v vector) {
	sc.epoch++
	mark := sc.epoch
	for _, g := range s.grams {
		sc.gramS[g] = mark
	}
	for _, r := range s.chars {
		sc.charS[r] = mark
	}
	shared := 0
	for _, g := range q.grams {
		if g >= 0 && sc.gramS[g] == mark {
			shared++
		}
	}
	var all, held, known, unknown, project float64
	for i, w := range q.weight {
		cover := 0.0
		if i > 0 && q.grams[i-1] >= 0 && sc.gramS[q.grams[i-1]] == mark || i < len(q.grams) && q.grams[i] >= 0 && sc.gramS[q.grams[i]] == mark {
			cover = 1
		} else if r := q.chars[i]; r >= 0 && sc.charS[r] == mark {
			cover = 0.5
		}
		weight := float64(w)
		all += weight
		held += weight * cover
		left := weight * (1 - cover)
		switch {
		case q.inProject[i]:
			project += left
		case i > 0 && q.grams[i-1] >= 0 || i < len(q.grams) && q.grams[i] >= 0:
			known += left
		default:
			unknown += left
		}
	}
	var sAll, sHeld, given, missing float64
	for i, w := range s.weight {
		cover := 0.0
		inProject := false
		for _, k := range [2]int{i - 1, i} {
			if k < 0 || k >= len(s.grams) {
				continue
			}
			g := s.grams[k]
			if sc.gramQ[g] == sc.query {
				cover = 1
			}
			if sc.gramP[g] == sc.query {
				inProject = true
			}
		}
		if cover == 0 && sc.charQ[s.chars[i]] == sc.query {
			cover = 0.5
		}
		weight := float64(w)
		sAll += weight
		sHeld += weight * cover
		if inProject {
			given += weight * (1 - cover)
		} else {
			missing += weight * (1 - cover)
		}
	}
	v[fBias] = 1
	v[fNameCover] = ratio(held, all)
	v[fEntryCover] = ratio(sHeld, sAll)
	v[fBalance] = ratio(2*v[fNameCover]*v[fEntryCover], v[fNameCover]+v[fEntryCover])
	v[fBothLeft] = math.Sqrt(math.Min(known+unknown+project, 3) * math.Min(missing, 3))
	v[fLeftKnown] = math.Min(known, 4)
	v[fLeftUnknown] = math.Min(unknown, 4)
	v[fLeftProject] = math.Min(project, 4)
	v[fEntryLeft] = math.Min(missing, 3)
	v[fEntryGiven] = math.Min(given, 3)
	same, fam, other := compareKinds(q.kind, s.kind)
	v[fKindSame], v[fKindFamily], v[fKindOther] = bit(same), bit(fam), bit(other)
	v[fClassSame], v[fClassOther] = bit(c.classSame), bit(c.classOther)
	v[fUnitSame], v[fUnitOther] = bit(c.unitSame), bit(c.unitOther)
	v[fSectorSame], v[fSectorOther] = bit(c.sectorSame), bit(c.sectorOther)
	v[fSectorFar] = bit(c.sectorOther) * (1 - v[fBalance])
	if co.common {
		v[fCommonLeft] = math.Min(known+unknown, 4)
	}
	v[fOrder] = ratio(float64(longestRun(q.runes, s.runes)), float64(min(len(q.runes), len(s.runes))))
	v[fCoreSame] = bit(len(q.core) > 0 && string(q.core) == string(s.core) && (same || q.kind.family == "" || s.kind.family == ""))
	v[fTurned] = bit(q.turns != s.turns)
	v[fMatched] = math.Log1p(sHeld)
	v[fPlainDice] = ratio(2*float64(shared), float64(len(q.grams)+len(s.grams)))
	v[fDigits] = bit(q.digits != s.digits)
	v[fInside] = bit(missing+given < 0.15)
	if main := &x.spellings[co.main]; s.alias && main.concept == s.concept {
		v[fAliasGap] = gap(sc, main)
		v[fGapLeft] = v[fAliasGap] * math.Min(known+unknown, 3)
	}
	v[fKindFar] = bit(other) * (1 - v[fBalance])
	if q.kind.family == "rate" && s.kind.family == "rate" && !(same && q.kind.name != "") {
		a, b := stemHeld(&q.text, sc.gramS, mark), stemHeld(&s.text, sc.gramQ, sc.query)
		v[fStemOther], v[fStemBoth] = bit(a != b), bit(!a && !b)
	}
	v[fKindApart] = bit(other && q.kind.family != s.kind.family)
	v[fKindSoft] = bit(soft(q.kind, s.kind) || soft(s.kind, q.kind))
	if q.kind.family == "" {
		v[fKindUnsaid] = bit(s.kind.family == "rate" || s.kind.family == "money" || s.kind.family == "date" || s.kind.family == "satisfaction")
	}
	differ, onlyName, onlyEntry := compareThings(q.things, s.things)
	v[fThingOther], v[fThingName], v[fThingEntry] = float64(min(differ, 2)), float64(min(onlyName, 2)), float64(min(onlyEntry, 2))
	if given > missing {
		v[fThingEntry] = 0
	}
	v[fClassNear] = bit(c.classNear)
	v[fEntryThin] = math.Max(0, 0.7-v[fEntryCover])
	v[fEntryFull] = math.Max(0, v[fEntryCover]-0.8)
	v[fNameThin] = math.Max(0, 0.5-v[fNameCover])
	v[fTailName] = tail(q.grams, sc.gramS, mark)
	v[fTailEntry] = tail(s.grams, sc.gramQ, sc.query)
	v[fLastSame] = bit(lastSame(q, s, sc, mark))
	return v
}

// tail is the share of the last two of grams that are marked.
func tail(grams []int32, marks []uint32, mark uint32) float64 {
	n, held := 0, 0
	for i := len(grams) - 1; i >= 0 && n < 2; i-- {
		n++
		if g := grams[i]; g >= 0 && marks[g] == mark {
			held++
		}
	}
	return ratio(float64(held), float64(n))
}

// soft reports whether a is in words and b neither in words nor a share.
func soft(a, b kind) bool {
	return a.family == "quality" && b.family != "quality" && b.family != "rate" && b.family != ""
}

// stemHeld reports whether the word before the last character of t, the 参保 of
// 参保率, is marked; true if t is too short to have one.
func stemHeld(t *text, marks []uint32, mark uint32) bool {
	k := len(t.grams) - 2
	return k < 0 || t.grams[k] >= 0 && marks[t.grams[k]] == mark
}

// gap is the share of the weight of s that the query does not hold.
func gap(sc *scratch, s *spelling) float64 {
	var all, held float64
	for i, w := range s.weight {
		all += float64(w)
		switch {
		case i > 0 && sc.gramQ[s.grams[i-1]] == sc.query || i < len(s.grams) && sc.gramQ[s.grams[i]] == sc.query:
			held += float64(w)
		case sc.charQ[s.chars[i]] == sc.query:
			held += float64(w) / 2
		}
	}
	return 1 - ratio(held, all)
}

// lastSame reports whether the spelling holds the last character of weight of
// the name: the object of its measure.
func lastSame(q *query, s *spelling, sc *scratch, mark uint32) bool {
	for i := len(q.weight) - 1; i >= 0; i-- {
		if q.weight[i] < 0.3 {
			continue
		}
		return i > 0 && q.grams[i-1] >= 0 && sc.gramS[q.grams[i-1]] == mark
	}
	return false
}

// longestRun is the length of the longest run of characters that a and b share.
func longestRun(a, b []rune) (best int) {
	if len(a) > 40 {
		a = a[:40]
	}
	for i := range a {
		for j := range b {
			if a[i] != b[j] || i > 0 && j > 0 && a[i-1] == b[j-1] {
				continue
			}
			n := 1
			for i+n < len(a) && j+n < len(b) && a[i+n] == b[j+n] {
				n++
			}
			best = max(best, n)
		}
	}
	return best
}

func ratio(a, b float64) float64 {
	if b <= 0 {
		return 0
	}
	return a / b
}

func bit(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// classOf is the canonical class of two cells.
func classOf(level1, level2 string) (l1, l2 string) {
	if level1 == "" && level2 == "" {
		return "", ""
	}
	c, ok := indicators.Classify(level1, level2)
	if !ok {
		return "", ""
	}
	switch c.Level1 {
	case "成本指标", "产出指标", "效益指标", "满意度指标":
		return c.Level1, c.Level2
	}
	return "", ""
}
