//go:build duckdb_arrow

package store

import (
	"encoding/json"
	"math"

	"yardstick"
	"yardstick/indicators"
)

// A cell is what the columns of a row do not hold of a field: where it was read
// and, if it differs from its meaning, what stands there. Value completes a
// measure. The JSON keys are those of docs/data-model.md.
type cell struct {
	Raw   *string `json:"raw,omitempty"` // nil: the same as the value
	Cell  string  `json:"cell,omitempty"`
	Value *value  `json:"value,omitempty"`
}

// value is all of an indicators.Value but its raw text. Bounds that are
// infinite are left out, for JSON has no word for them.
type value struct {
	Raw        string                   `json:"raw,omitempty"` // of items only
	Kind       indicators.Kind          `json:"kind,omitempty"`
	Comparison indicators.Comparison    `json:"comparison,omitempty"`
	Low        *float64                 `json:"low,omitempty"`
	High       *float64                 `json:"high,omitempty"`
	Unit       string                   `json:"unit,omitempty"`
	Dimension  indicators.Dimension     `json:"dimension,omitempty"`
	Scale      float64                  `json:"scale,omitempty"`
	From       *indicators.CalendarDate `json:"from,omitempty"`
	To         *indicators.CalendarDate `json:"to,omitempty"`
	Items      []value                  `json:"items,omitempty"`
	Labels     []string                 `json:"labels,omitempty"`
	Reason     string                   `json:"reason,omitempty"`
	Damage     string                   `json:"damage,omitempty"`
}

// cells are the cells of one row by field.
type cells map[string]cell

func (c cells) text(field string, t yardstick.Text) {
	if t.Raw == "" && t.Cell == "" && t.Value == "" {
		return
	}
	e := cell{Cell: t.Cell}
	if t.Raw != t.Value {
		e.Raw = &t.Raw
	}
	c[field] = e
}

func (c cells) number(field string, n yardstick.Number) {
	if n.Raw == "" && n.Cell == "" {
		return
	}
	c[field] = cell{Raw: &n.Raw, Cell: n.Cell}
}

// measure notes what the columns leave out. whole is set for the measures of
// which only the raw text has a column.
func (c cells) measure(field string, m yardstick.Measure, whole bool) {
	v := pack(m.Value)
	v.Raw = ""
	if !whole {
		v.Kind, v.Comparison, v.Low, v.High, v.Unit = "", "", nil, nil, ""
	}
	e := cell{}
	if whole {
		e.Cell = m.Cell
	}
	if !v.zero() {
		e.Value = &v
	}
	if e != (cell{}) {
		c[field] = e
	}
}

// String returns the JSON, and "" for no cells.
func (c cells) String() string {
	if len(c) == 0 {
		return ""
	}
	text, err := json.Marshal(c) // keys sorted; no kind of value in it can fail
	if err != nil {
		panic("store: " + err.Error())
	}
	return string(text)
}

func parseCells(text string) (cells, error) {
	c := cells{}
	if text == "" {
		return c, nil
	}
	err := json.Unmarshal([]byte(text), &c)
	return c, err
}

// asText completes a value read from a column.
func (c cells) asText(field, v string) yardstick.Text {
	e := c[field]
	t := yardstick.Text{Value: v, Raw: v, Cell: e.Cell}
	if e.Raw != nil {
		t.Raw = *e.Raw
	}
	return t
}

func (c cells) asNumber(field string, v float64, known bool) yardstick.Number {
	e := c[field]
	n := yardstick.Number{Known: known, Cell: e.Cell}
	if known {
		n.Value = v
	}
	if e.Raw != nil {
		n.Raw = *e.Raw
	}
	return n
}

// asMeasure rebuilds a measure of which only the raw text has a column.
func (c cells) asMeasure(field, raw string) yardstick.Measure {
	e := c[field]
	p := value{}
	if e.Value != nil {
		p = *e.Value
	}
	p.Raw = raw
	return yardstick.Measure{Value: unpack(&p), Cell: e.Cell}
}

func (v *value) zero() bool {
	return v.Kind == "" && v.Comparison == "" && v.Low == nil && v.High == nil && v.Unit == "" &&
		v.Dimension == "" && v.Scale == 0 && v.From == nil && v.To == nil && len(v.Items) == 0 &&
		len(v.Labels) == 0 && v.Reason == "" && v.Damage == ""
}

func pack(v indicators.Value) value {
	p := value{Raw: valid(v.Raw), Kind: v.Kind, Comparison: v.Comparison,
		Unit: v.Unit.Name, Dimension: v.Unit.Dimension, Scale: v.Unit.Scale,
		Labels: v.Labels, Reason: v.Reason, Damage: v.Damage}
	if v.Numeric() {
		p.Low, p.High = finite(v.Low), finite(v.High)
	}
	if v.From != (indicators.CalendarDate{}) {
		p.From = &v.From
	}
	if v.To != (indicators.CalendarDate{}) {
		p.To = &v.To
	}
	for _, item := range v.Items {
		p.Items = append(p.Items, pack(item))
	}
	return p
}

func unpack(p *value) indicators.Value {
	v := indicators.Value{Raw: p.Raw, Kind: p.Kind, Comparison: p.Comparison,
		Unit:   indicators.Unit{Name: p.Unit, Dimension: p.Dimension, Scale: p.Scale},
		Labels: p.Labels, Reason: p.Reason, Damage: p.Damage}
	if p.From != nil {
		v.From = *p.From
	}
	if p.To != nil {
		v.To = *p.To
	}
	for i := range p.Items {
		v.Items = append(v.Items, unpack(&p.Items[i]))
	}
	if v.Numeric() {
		v.Low, v.High = open(p.Low, -1), open(p.High, 1)
	}
	return v
}

func finite(f float64) *float64 {
	if math.IsInf(f, 0) || math.IsNaN(f) {
		return nil
	}
	return &f
}

// open returns the bound, or infinity to the given side.
func open(f *float64, side int) float64 {
	if f == nil {
		return math.Inf(side)
	}
	return *f
}

// fields is the JSON of form.fields.
type fields struct {
	Cells cells           `json:"cells"`
	Rows  yardstick.Tally `json:"rows"` // what became of the form's rows
}

func fieldsJSON(c cells, t yardstick.Tally) string {
	text, err := json.Marshal(fields{c, t})
	if err != nil {
		panic("store: " + err.Error())
	}
	return string(text)
}

func (x *fields) parse(text string) error { return json.Unmarshal([]byte(text), x) }
