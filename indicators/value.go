// Package indicators is the vocabulary of performance indicators: their class
// in the three-level frame, target values and their grammar, units, direction
// and attainment. It imports only the standard library. Start from Value.
package indicators

import (
	"encoding/json"
	"fmt"
	"math"
)

// Kind says what a Value is.
type Kind string

// The kinds of values. A Value is never a wrong number: what can't be read is
// Text with a Reason.
const (
	Empty       Kind = "empty"       // nothing is written: "", "/", "—", "无"
	Number      Kind = "number"      // one number with a comparison
	Range       Kind = "range"       // from Low to High
	Tolerance   Kind = "tolerance"   // ±3%: within High of the plan, Low = −High
	Date        Kind = "date"        // a day, month or year by which, or in which
	Period      Kind = "period"      // from one date to another
	Level       Kind = "level"       // a qualitative level: 效果明显, 优良
	Tiers       Kind = "tiers"       // thresholds for 优 良 中 差
	YesNo       Kind = "yes_no"      // 是, 否
	List        Kind = "list"        // several values in one cell
	Placeholder Kind = "placeholder" // a template's or a masked value: ≥**人
	Text        Kind = "text"        // a sentence, or unreadable: see Reason
)

// Comparison is how an actual value is held against the number.
type Comparison string

// The comparisons. None means that the text states none.
const (
	None    Comparison = ""
	AtLeast Comparison = "≥"
	AtMost  Comparison = "≤"
	Above   Comparison = ">"
	Below   Comparison = "<"
	Equal   Comparison = "="
)

// Value is a target or actual value as people write it. The zero Value is
// Empty. Low and High are in Unit, as written: 16.3万亩 is 16.3 with the unit
// 万亩; Unit.Base converts.
type Value struct {
	Raw        string
	Kind       Kind
	Comparison Comparison
	// Low and High bound the values that count as reaching the target; an open
	// side is ±Inf. For Number with Equal or None both are the number.
	// They mean nothing for kinds without numbers.
	Low, High float64
	Unit      Unit
	From, To  CalendarDate // for Date (To only, or both equal) and Period
	Items     []Value      // for List and Tiers
	Labels    []string     // for Tiers: 优 良 中 差; for a List of named values their names
	Reason    string       // for Text and Placeholder: why it is not a number, for people
	Damage    string       // suspected OCR damage and what was probably meant; "" if none
}

// CalendarDate is a date of which the month or day may be unknown (0).
type CalendarDate struct{ Year, Month, Day int }

type valueJSON struct {
	Raw        string   `json:"raw"`
	Kind       Kind     `json:"kind"`
	Comparison *string  `json:"comparison"`
	Low        *float64 `json:"low"`
	High       *float64 `json:"high"`
	Unit       *string  `json:"unit"`
}

// MarshalJSON writes raw, kind, comparison, low, high and unit; open bounds and
// what is not stated are null, and an Empty value without raw text is null.
func (v Value) MarshalJSON() ([]byte, error) {
	if v.Raw == "" && (v.Kind == Empty || v.Kind == "") {
		return []byte("null"), nil
	}
	j := valueJSON{Raw: v.Raw, Kind: v.Kind}
	if v.Comparison != None {
		c := string(v.Comparison)
		j.Comparison = &c
	}
	if v.Unit.Name != "" {
		j.Unit = &v.Unit.Name
	}
	if v.Numeric() {
		if !isInf(v.Low) {
			j.Low = &v.Low
		}
		if !isInf(v.High) {
			j.High = &v.High
		}
	}
	return json.Marshal(j)
}

// Numeric reports whether Low and High mean something.
func (v Value) Numeric() bool {
	return v.Kind == Number || v.Kind == Range || v.Kind == Tolerance
}

// UnmarshalJSON reads what MarshalJSON wrote. What the JSON does not hold (dates,
// items, reasons) is parsed from raw again if that agrees with the rest.
func (v *Value) UnmarshalJSON(data []byte) error {
	if string(data) == "null" {
		*v = Value{Kind: Empty}
		return nil
	}
	var j valueJSON
	if err := json.Unmarshal(data, &j); err != nil {
		return fmt.Errorf("read value: %w", err)
	}
	w := Value{Raw: j.Raw, Kind: j.Kind}
	if j.Comparison != nil {
		w.Comparison = Comparison(*j.Comparison)
	}
	if j.Unit != nil {
		w.Unit = UnitOf(*j.Unit)
	}
	if w.Numeric() {
		w.Low, w.High = math.Inf(-1), math.Inf(1)
		if j.Low != nil {
			w.Low = *j.Low
		}
		if j.High != nil {
			w.High = *j.High
		}
	}
	again := Parse(j.Raw)
	if again.Kind == w.Kind && again.Comparison == w.Comparison && again.Unit == w.Unit &&
		(!w.Numeric() || again.Low == w.Low && again.High == w.High) {
		w = again
	}
	*v = w
	return nil
}

func isInf(f float64) bool { return f-f != 0 }

// Unit is a unit of measure as written, with its dimension.
type Unit struct {
	Name      string    // normalised spelling: %, 万元, 人次, 元/人/月
	Dimension Dimension // what it measures; Unknown if not in the table
	Scale     float64   // one of it in the dimension's base unit; 0 if unknown
}

// Dimension is what a unit measures.
type Dimension string
