package indicators

import (
	"slices"
	"strconv"
	"strings"
)

// String writes v in one spelling: ≥95%, 18~54岁, ±3%, 2021年12月31日前. Kinds whose
// meaning is the text come back as they were written. Parse reads it back.
func (v Value) String() string {
	switch v.Kind {
	case Number:
		return string(v.Comparison) + figure(v.number(), v) + v.Unit.Name
	case Range:
		return figure(v.Low, v) + "~" + figure(v.High, v) + v.Unit.Name
	case Tolerance:
		return "±" + figure(v.High, v) + v.Unit.Name
	case Date:
		if v.Comparison == AtMost {
			return v.To.String() + "前"
		}
		return string(v.Comparison) + v.To.String()
	case Period:
		return string(v.Comparison) + v.From.String() + "至" + v.To.String()
	case Placeholder:
		if v.Comparison != None || v.Unit.Name != "" {
			return string(v.Comparison) + "**" + v.Unit.Name
		}
	case List, Tiers:
		var b strings.Builder
		for i, item := range v.Items {
			if i > 0 {
				b.WriteString("；")
			}
			if i < len(v.Labels) {
				b.WriteString(v.Labels[i])
			}
			b.WriteString(item.String())
		}
		return b.String()
	case Empty, "":
		return ""
	}
	return v.Raw
}

// number is the figure of a Number: the bound that is not open.
func (v Value) number() float64 {
	if v.Comparison == AtMost || v.Comparison == Below {
		return v.High
	}
	return v.Low
}

// Amount returns the figure that a Number states, whatever its comparison; ok
// is false for other kinds.
func (v Value) Amount() (x float64, ok bool) {
	if v.Kind != Number {
		return 0, false
	}
	return v.number(), true
}

// figure writes x so that Parse reads the same number from it: thousands
// separators where bare digits would look run together, a decimal where a rate
// would look misread.
func figure(x float64, v Value) string {
	s := strconv.FormatFloat(x, 'f', -1, 64)
	whole := !strings.Contains(s, ".")
	switch {
	case whole && v.Kind == Number && v.Unit.Name == "" && runTogether(s):
		return grouped(s)
	case whole && v.Kind == Number && suspectRate(v.Comparison, x, v.Unit, s):
		return s + ".0"
	}
	return s
}

func grouped(s string) string {
	var b strings.Builder
	for i := range len(s) {
		if i > 0 && (len(s)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// Equal reports whether v and w mean the same. Raw is compared, blanks and
// width apart, only for the kinds whose meaning is their text.
func (v Value) Equal(w Value) bool {
	if v.kind() != w.kind() || v.Comparison != w.Comparison || v.Unit != w.Unit || v.From != w.From || v.To != w.To ||
		v.Reason != w.Reason || v.Damage != w.Damage || !slices.Equal(v.Labels, w.Labels) {
		return false
	}
	if v.Numeric() && (v.Low != w.Low || v.High != w.High) {
		return false
	}
	switch v.Kind {
	case Level, YesNo, Text:
		if fold(v.Raw) != fold(w.Raw) {
			return false
		}
	}
	return slices.EqualFunc(v.Items, w.Items, Value.Equal)
}

func (v Value) kind() Kind {
	if v.Kind == "" {
		return Empty
	}
	return v.Kind
}
