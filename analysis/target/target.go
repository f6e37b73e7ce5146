// Package target proposes target values and weights for the indicators of a
// project, and judges whether a given target is too easy or too hard
// (docs/methods/targets.md): from the unit's own past (历史标准), from what
// comparable projects filed (行业标准), or not at all where the number is the plan
// itself (计划标准). No number is proposed without its n, and where there is too
// little to go by it says so in words. It is pure: what was filed goes in, advice
// with its evidence comes out. Start from LoadRules, Ask, Propose, Judge and Weigh.
package target

import (
	"cmp"

	"yardstick/indicators"
	"yardstick/indicators/library"
)

// Indicator is what is known of the indicator itself. Zero fields are told from
// the others and from what was filed.
type Indicator struct {
	Name       string
	Level1     string
	Level2     string
	Direction  indicators.Direction // "" not known
	Temporal   library.TemporalType // "" not known
	Comparison indicators.Comparison
	Unit       string // usual unit of measure, "" not known
}

// Ask is a question for the target value of one indicator in one project.
type Ask struct {
	Indicator
	Budget float64 // of the project in 万元, 0 not known
	Year   int     // of the draft, 0 not known; Own holds only earlier years then
	Own    []Past  // what the unit itself filed, in any order
	Peers  Peers   // what comparable projects filed; see Rules.Gather
}

// Past is what the unit filed for the indicator on one form.
type Past struct {
	Year           int // 0 not known: such a value is shown and not counted
	Target, Actual indicators.Value
	Budget         float64 // 万元, 0 not known
	FormID         string
	Project        string
	Same           bool // the same project, not another one of the unit
}

// Peer is what one comparable project filed, with its latest form.
type Peer struct {
	Target, Actual indicators.Value
	Budget         float64 // 万元, 0 not known
}

// The bases of a target value (设定依据) as 财预〔2021〕101号 names them.
const (
	History = "历史标准"
	Trade   = "行业标准"
	Plan    = "计划标准"
	Other   = "其他" // what all projects filed, of whatever class: no trade's standard
)

// Advice is a proposed target value and what it rests on. The zero value of
// Value means that none is proposed; Note then says why.
type Advice struct {
	Text           string // "≥95%", "" if nothing is proposed
	Comparison     indicators.Comparison
	Value          *float64 // in Unit
	Unit           string
	Median, Q1, Q3 *float64  // of Values, nil for fewer than least.values
	N              int       // peers' values that count
	Values         []float64 // of peers, sorted, at most maxValues; scaled if Scaled is set
	From           string    // whose values: 相似项目, “教育”类项目, 全部项目
	Basis          string    // History, Trade, Plan or Other; "" if nothing is proposed
	BasisWhy       string
	Note           string
	Evaluated      int   // of the peers, those whose actual value can be held against their target
	Reached        int   // of these, those that reached it
	Own            []Own // the unit's own past, latest first
	Scaled         *Scaling
	Tightness      Tightness // of the proposal
}

// Own is one form of the unit's own past as shown.
type Own struct {
	Year    int
	Target  string
	Actual  string
	Value   *float64 // the actual value, else the target, in the advice's unit; nil if neither is a number
	FormID  string
	Project string
}

// Scaling says how values of other sizes were brought to the project's.
type Scaling struct {
	By     string  // 预算
	Factor float64 // of this project, 万元
	N      int
	Note   string
}

// Tightness says how hard a target is to reach.
type Tightness struct {
	Word        string   // Loose, Fair, Tight, Unknown; "" nothing to judge
	Chance      *float64 // probability of reaching it, from the own past
	ChanceN     int
	Percentile  *float64 // share of peers with an easier target, 0 to 100; equals count half
	PercentileN int
	Signals     []Signal
	Why         string
}

// The words of a Tightness.
const (
	Loose   = "偏松"
	Fair    = "适中"
	Tight   = "偏紧"
	Unknown = "判断不了"
)

// Signal is one rule of tightness that fires; Rule is its name in rules.csv.
type Signal struct{ Rule, Why string }

// direction is which way the indicator improves: as stated, else by name and
// comparison.
func (i Indicator) direction(c indicators.Comparison) indicators.Direction {
	if i.Direction != "" {
		return i.Direction
	}
	d, _ := indicators.DirectionOf(i.Name, indicators.Value{Kind: indicators.Number, Comparison: cmp.Or(i.Comparison, c), Low: 1, High: 1})
	return d
}
