package pages

import (
	"fmt"
	"html"
	"html/template"
	"math"
	"slices"
	"strings"
)

// plot shows the values of a strip with room: from 8 values on as stacked dots,
// a dot per project, with the quartile band and the median; fewer as the strip
// does.
type plot struct{ strip }

// Stacks of a plot, in pixels.
const (
	plotHeight = 118 // at most, for dots
	plotLow    = 45  // at least
	plotDot    = 9   // largest distance of dots
	plotBins   = 40  // most columns
)

// column is a stack of dots.
type column struct {
	At float64
	N  int
}

// binned sorts the values into columns over lo…hi and says how many lie outside.
func (s plot) binned() (columns []column, lo, hi float64, outside []float64) {
	vals := slices.DeleteFunc(slices.Clone(s.Values), func(v float64) bool { return math.IsNaN(v) || math.IsInf(v, 0) })
	slices.Sort(vals)
	if s.N < 8 || len(vals) < 8 || s.Q1 == nil || s.Median == nil || s.Q3 == nil || vals[0] == vals[len(vals)-1] {
		return nil, 0, 0, nil
	}
	// a project that counts in another unit would squeeze all others into one
	// column: what lies far out is said in words
	if reach := 6 * (*s.Q3 - *s.Q1); reach > 0 {
		vals = slices.DeleteFunc(vals, func(v float64) bool {
			out := v < *s.Q1-reach || v > *s.Q3+reach
			if out {
				outside = append(outside, v)
			}
			return out
		})
	}
	lo, hi = ruler(vals[0], vals[len(vals)-1], s.Unit)
	if lo == hi {
		return nil, 0, 0, nil
	}
	bins := math.Min(plotBins, math.Ceil(3*math.Sqrt(float64(len(vals))))) // about as tall as stacks are many
	width := (hi - lo) / bins
	for _, v := range vals {
		at := lo + (math.Min(math.Floor((v-lo)/width), bins-1)+0.5)*width
		if k := len(columns) - 1; k >= 0 && columns[k].At == at {
			columns[k].N++
		} else {
			columns = append(columns, column{at, 1})
		}
	}
	return columns, lo, hi, outside
}

// SVG draws the dots, or what the strip draws where there are too few.
func (s plot) SVG() template.HTML {
	columns, lo, hi, outside := s.binned()
	if columns == nil {
		return s.strip.SVG()
	}
	most := 0
	for _, c := range columns {
		most = max(most, c.N)
	}
	gap := math.Min(plotDot, float64(plotHeight)/float64(most))
	tall := int(math.Min(plotHeight, math.Max(plotLow, gap*float64(most)+8)))
	x := func(v float64) string { return fmt.Sprintf("%.2f%%", 100*(math.Max(lo, math.Min(hi, v))-lo)/(hi-lo)) }
	var b strings.Builder
	fmt.Fprintf(&b, `<svg class="hist" height="%d" width="100%%" role="img" aria-label="%s">`, tall+40, html.EscapeString(s.alt(s.sorted(), true)))
	fmt.Fprintf(&b, `<rect x="%s" y="14" width="%.2f%%" height="%d" class="band"/>`, x(*s.Q1), 100*(math.Min(hi, *s.Q3)-math.Max(lo, *s.Q1))/(hi-lo), tall-4)
	base := tall + 10
	fmt.Fprintf(&b, `<line x1="%[1]s" x2="%[1]s" y1="14" y2="%[2]d" class="med"/><text x="%[1]s" y="10" text-anchor="%[4]s">中位 %[3]s</text>`, x(*s.Median), base, html.EscapeString(withUnit(*s.Median, s.Unit)), anchor(*s.Median, lo, hi))
	for _, c := range columns {
		for k := range c.N {
			fmt.Fprintf(&b, `<circle cx="%s" cy="%.1f" r="%.1f" class="dot"/>`, x(c.At), float64(base)-gap*(float64(k)+0.5), math.Max(0.8, gap*0.42))
		}
	}
	fmt.Fprintf(&b, `<line x1="0" x2="100%%" y1="%[1]d" y2="%[1]d" class="ax"/>`, base)
	for i := 0; i <= 4; i++ {
		v := lo + (hi-lo)*float64(i)/4
		label, at := figure(v), "middle"
		switch i {
		case 0:
			at = "start"
		case 4:
			label, at = withUnit(v, s.Unit), "end"
		}
		fmt.Fprintf(&b, `<line x1="%[1]s" x2="%[1]s" y1="%[2]d" y2="%[3]d" class="ax"/><text x="%[1]s" y="%[4]d" class="m" text-anchor="%[5]s">%[6]s</text>`, x(v), base, base+5, base+20, at, html.EscapeString(label))
	}
	b.WriteString(`</svg>`)
	if len(outside) > 0 {
		fmt.Fprintf(&b, `<p class="meta">另有 %s 个离得太远，没有画：%s。</p>`, count(len(outside)), html.EscapeString(someFigures(outside)))
	}
	return template.HTML(b.String())
}

func anchor(v, lo, hi float64) string {
	switch at := (v - lo) / (hi - lo); {
	case at < 0.15:
		return "start"
	case at > 0.85:
		return "end"
	}
	return "middle"
}

func (s plot) sorted() []float64 {
	vals := slices.Clone(s.Values)
	slices.Sort(vals)
	return vals
}

// someFigures writes the first few values.
func someFigures(vals []float64) string {
	const shown = 5
	list := make([]string, 0, shown)
	for _, v := range vals[:min(len(vals), shown)] {
		list = append(list, figure(v))
	}
	more := ""
	if len(vals) > shown {
		more = " 等"
	}
	return strings.Join(list, "、") + more
}

// Drawn says what a dot is, "" where there are none.
func (s plot) Drawn() string {
	if columns, _, _, _ := s.binned(); columns != nil {
		return "每点一份表单的目标值，灰带为四分位"
	}
	if len(s.Values) > 3 {
		return "每根竖线一份表单的目标值"
	}
	return ""
}

// Twin is the plot as a table: each value with how many have it.
func (s plot) Twin() []column {
	var out []column
	if len(s.Values) < 4 {
		return nil
	}
	for _, v := range s.sorted() {
		if k := len(out) - 1; k >= 0 && out[k].At == v {
			out[k].N++
		} else {
			out = append(out, column{v, 1})
		}
	}
	return out
}

// Text is the column's value.
func (c column) Text() string { return figure(c.At) }

// bar is a small bar: a part of the longest.
type bar struct{ N, Of int }

// SVG draws the bar; it says nothing that its figure does not.
func (b bar) SVG() template.HTML {
	if b.Of == 0 {
		return ""
	}
	return template.HTML(fmt.Sprintf(`<svg class="minibar" width="88" height="8" aria-hidden="true"><rect width="%.1f" height="8" class="own-bar"/></svg>`, 88*float64(b.N)/float64(b.Of)))
}
