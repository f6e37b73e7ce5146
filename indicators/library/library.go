// Package library is the indicator library that ships with the program: the
// embedded tables of indicators (entries/*.csv, one file per functional class
// of the government budget), of project types with their templates (types/ and
// templates/), of the functional classes themselves (functions.csv) and of the
// words by which a class is told (sectors.csv). It reads and checks these
// tables, lints them and looks entries up; it does not search, rank or store.
// Start from Load.
package library

import (
	"slices"
	"strings"

	"yardstick/indicators"
)

// Direction says which way an indicator improves.
type Direction string

// The directions as the tables write them.
const (
	Higher  Direction = "正向" // more is better, or the value is at least what was planned
	Lower   Direction = "反向" // less is better: cost, accidents, complaints
	Neutral Direction = "中性" // neither way is better in itself: a date, a prescribed value
)

// TemporalType says how an indicator's value moves through the year, which
// decides how a value at a monitoring node is held against the annual target
// (docs/methods.md).
type TemporalType string

// The temporal types as the tables write them.
const (
	Cumulative  TemporalType = "累计" // adds up over the year: counts, money raised
	Level       TemporalType = "水平" // a rate or state that can be read at any time
	Milestone   TemporalType = "节点" // a date by which something is done
	Ceiling     TemporalType = "上限" // an allowance that is used up: cost, accidents
	Qualitative TemporalType = "定性" // graded in words
)

// Common is the sector of entries that fit every functional class.
const Common = "共性"

// Entry is one indicator of the library. Levels are those of the frame of
// 2021, in which 成本指标 is a class of its own; OldFrame tells the older one.
type Entry struct {
	ID           string
	Name         string
	Aliases      []string
	Level1       string
	Level2       string
	Sector       string   // functional class (类), or Common
	Function     []string // codes of functional classes, 类 or 款 (functions.csv); empty for Common
	ProjectTypes []string // names of the project types (types/*.csv) that it fits, those whose template holds it included
	Meaning      string
	Formula      string // "" where the value is counted or read off directly
	Unit         string // "" for qualitative entries
	Direction    Direction
	TemporalType TemporalType
	Comparison   indicators.Comparison // usual comparison of the target; None for qualitative entries
	Weight       Weight                // usual points of 100; zero where nothing usual is known
	DataSource   string                // where the actual value comes from
	Taking       string                // how the actual is taken (取值方式), one of Takings
	Scoring      string                // scoring rule, one of Scorings, with ：and a remark where it needs one
	Evidence     string                // what to keep as proof (佐证资料)
	Keywords     []string              // words of projects that this indicator fits
	Note         string                // traps, and how it differs from its neighbours
	SourceStatus string                // read, reported or recalled: how sure we are
}

// Weight is a usual range of points in a form of 100 points.
type Weight struct{ Low, High float64 }

// OldFrame are the classes of e in the frame before 2021, in which cost stood
// below output (财预〔2021〕101号, recalled; docs/methods.md, Classes).
func (e Entry) OldFrame() (level1, level2 string) {
	if e.Level1 == "成本指标" {
		return "产出指标", "成本指标"
	}
	return e.Level1, e.Level2
}

// Takings are the ways in which an actual value is taken, and Scorings the
// rules by which it is scored, as 财预〔2021〕101号 names them (docs/methods.md).
func Takings() []string {
	return []string{"直接证明法", "情况统计法", "情况说明法", "问卷调查法", "趋势判断法"}
}

// Scorings are the rules by which an indicator is scored.
func Scorings() []string {
	return []string{"直接赋分", "按完成比例赋分", "按评判等级赋分", "满意度赋分"}
}

// Quantitative reports whether the value of e is a number or a date.
func (e Entry) Quantitative() bool { return e.TemporalType != Qualitative }

// Library is the whole of the entries. It is not changed after Load and safe
// for concurrent use.
type Library struct {
	entries []Entry // by id
	byID    map[string]int
	sectors []sectorWord

	functions []Function // by code
	types     []Type     // by id
	typeNamed map[string]int
}

// Entries returns all entries, ordered by id. The slice is the caller's; what
// its entries point to is shared and must not be changed.
func (l *Library) Entries() []Entry { return slices.Clone(l.entries) }

// Len is the number of entries.
func (l *Library) Len() int { return len(l.entries) }

// ByID returns the entry with that id.
func (l *Library) ByID(id string) (Entry, bool) {
	i, ok := l.byID[id]
	if !ok {
		return Entry{}, false
	}
	return l.entries[i], true
}

// Sectors returns the functional classes that have entries, Common excluded,
// in the order of their class codes.
func (l *Library) Sectors() []string {
	var out []string
	for _, e := range l.entries {
		if e.Sector != Common && !slices.Contains(out, e.Sector) {
			out = append(out, e.Sector)
		}
	}
	return out
}

// splitList splits a list cell; people write ； and ; alike.
func splitList(s string) []string {
	var out []string
	for _, p := range strings.FieldsFunc(s, func(r rune) bool { return r == ';' || r == '；' }) {
		if p = strings.TrimSpace(p); p != "" {
			out = append(out, p)
		}
	}
	return out
}
