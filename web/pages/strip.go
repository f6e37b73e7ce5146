package pages

import (
	"fmt"
	"html"
	"html/template"
	"math"
	"slices"
	"strings"
)

// strip is a value distribution on a ruler: peers' values as ticks, quartile
// box, median, own past as circles and the proposal as a triangle. Q1, Median
// and Q3 come from the workspace; nothing is estimated here.
type strip struct {
	Values         []float64 // of peers; may be fewer than N, or none
	Q1, Median, Q3 *float64
	Prop           *float64
	N              int
	Unit           string
	Own            []float64 // the unit's own past
	Of             string    // what is counted: 同类项目
	Mark           string    // what the triangle is: 建议
	Tiny           bool      // 20 px, without labels
}

// SVG renders the strip by how much there is: from 8 values all of it,
// from 4 ticks only, below that the values in words.
func (s strip) SVG() template.HTML {
	vals := slices.DeleteFunc(slices.Clone(s.Values), func(v float64) bool { return math.IsNaN(v) || math.IsInf(v, 0) })
	slices.Sort(vals)
	box := s.N >= 8 && s.Q1 != nil && s.Median != nil && s.Q3 != nil
	if s.N <= 3 || !box && len(vals) < 4 {
		return s.words(vals)
	}
	all := slices.Clone(vals)
	if box {
		all = append(all, *s.Q1, *s.Median, *s.Q3)
	}
	all = append(all, s.own()...)
	if s.Prop != nil {
		all = append(all, *s.Prop)
	}
	low, high := slices.Min(all), slices.Max(all)
	if low == high {
		return template.HTML(fmt.Sprintf(`<span class="tight">都是 %s%s</span>`, html.EscapeString(withUnit(low, s.Unit)), n(s.N)))
	}
	if len(vals) == 0 { // a box alone needs room to be seen as one
		w := *s.Q3 - *s.Q1
		if low >= 0 {
			low = math.Max(0, low-w)
		} else {
			low -= w
		}
		if high += w; s.Unit == "%" && *s.Q3 <= 100 {
			high = math.Min(high, 100)
		}
	}
	lo, hi := ruler(low, high, s.Unit)
	return s.draw(vals, box, lo, hi)
}

// drawn reports whether SVG is a plot and not words.
func (s strip) drawn() bool {
	finite := 0
	for _, v := range s.Values {
		if v-v == 0 {
			finite++
		}
	}
	return s.N > 3 && (s.N >= 8 && s.Q1 != nil && s.Median != nil && s.Q3 != nil || finite >= 4)
}

// own are the finite values of the own past.
func (s strip) own() []float64 {
	return slices.DeleteFunc(slices.Clone(s.Own), func(v float64) bool { return v-v != 0 })
}

// draw places marks in percent of the width, so that the plot fills its cell
// and its text keeps its size.
func (s strip) draw(vals []float64, box bool, lo, hi float64) template.HTML {
	y, h, class := 12, 36, "strip"
	if s.Tiny {
		y, h, class = 7, 20, "strip tiny"
	}
	x := func(v float64) string { return fmt.Sprintf("%.2f%%", 100*(v-lo)/(hi-lo)) }
	var b strings.Builder
	line := func(v float64, y1, y2 int, class string) {
		fmt.Fprintf(&b, `<line x1="%[1]s" x2="%[1]s" y1="%d" y2="%d" class="%s"/>`, x(v), y1, y2, class)
	}
	fmt.Fprintf(&b, `<svg class="%s" height="%d" width="100%%" role="img" aria-label="%s">`, class, h, html.EscapeString(s.alt(vals, box)))
	if box {
		fmt.Fprintf(&b, `<rect x="%s" y="%d" width="%.2f%%" height="12" class="band2"/>`, x(*s.Q1), y-6, 100*(*s.Q3-*s.Q1)/(hi-lo))
	}
	fmt.Fprintf(&b, `<line x1="0" x2="100%%" y1="%[1]d" y2="%[1]d" class="ax"/>`, y+6)
	for i := 0; i <= 10; i++ {
		end := y + 9
		if i%5 == 0 {
			end = y + 11
		}
		line(lo+(hi-lo)*float64(i)/10, y+6, end, "ax")
	}
	last := math.Inf(-1)
	for _, v := range vals { // marks that would fall on each other are drawn once
		if at := math.Round(100 * (v - lo) / (hi - lo)); at != last {
			line(v, y-3, y+3, "tick")
			last = at
		}
	}
	if box {
		line(*s.Median, y-8, y+6, "med")
	}
	for _, v := range s.own() {
		r := "3.5"
		if s.Tiny {
			r = "3"
		}
		fmt.Fprintf(&b, `<circle cx="%s" cy="%d" r="%s" class="own"/>`, x(v), y, r)
	}
	if s.Prop != nil {
		at := y + 7
		if s.Tiny {
			at = y + 5
		}
		fmt.Fprintf(&b, `<svg x="%s" overflow="visible"><path d="M-5 %dh10l-5 -8z" class="prop"/></svg>`, x(*s.Prop), at+8)
	}
	if !s.Tiny {
		fmt.Fprintf(&b, `<text x="0" y="%d" class="m">%s</text><text x="100%%" y="%d" class="m" text-anchor="end">%s</text>`,
			y+23, html.EscapeString(figure(lo)), y+23, html.EscapeString(withUnit(hi, s.Unit)))
	}
	b.WriteString(`</svg>`)
	return template.HTML(b.String())
}

// words stands in for a plot that too few values would make look like more.
func (s strip) words(vals []float64) template.HTML {
	if s.N == 0 {
		return `<span class="tight">没有项目用过</span>`
	}
	if len(vals) == 0 || len(vals) < s.N {
		return template.HTML(fmt.Sprintf(`<span class="tight">n=%s，太少不画</span>`, count(s.N)))
	}
	list := make([]string, 0, len(vals))
	for _, v := range vals {
		list = append(list, figure(v))
	}
	unit := s.Unit
	if unit != "" && unit != "%" {
		unit = " " + unit
	}
	return template.HTML(fmt.Sprintf(`<span class="tight">%s%s（n=%d，太少不画）</span>`, html.EscapeString(strings.Join(list, "、")), html.EscapeString(unit), s.N))
}

// alt says what is drawn, for those who can't see it.
func (s strip) alt(vals []float64, box bool) string {
	of := s.Of
	if of == "" {
		of = "同类项目"
	}
	b := fmt.Sprintf("%s %s 个", of, count(s.N))
	if box {
		b += fmt.Sprintf("：四分位 %s–%s，中位 %s", figure(*s.Q1), figure(*s.Q3), withUnit(*s.Median, s.Unit))
	} else {
		b += fmt.Sprintf("：%s–%s", figure(vals[0]), withUnit(vals[len(vals)-1], s.Unit))
	}
	if own := s.own(); len(own) > 0 {
		b += fmt.Sprintf("；本单位 %s–%s（%d 年）", figure(slices.Min(own)), withUnit(slices.Max(own), s.Unit), len(own))
	}
	if s.Prop != nil {
		mark := s.Mark
		if mark == "" {
			mark = "建议"
		}
		b += "；" + mark + " " + withUnit(*s.Prop, s.Unit)
	}
	return b
}

// ruler widens low…high to round ends. A share never reads beyond 100 %.
func ruler(low, high float64, unit string) (lo, hi float64) {
	step := math.Pow(10, math.Floor(math.Log10((high-low)/2)))
	for _, m := range []float64{1, 2, 5, 10} {
		if (high-low)/(m*step) <= 8 {
			step *= m
			break
		}
	}
	lo, hi = math.Floor(low/step)*step, math.Ceil(high/step)*step
	if low >= 0 && lo < 0 {
		lo = 0
	}
	if unit == "%" && high <= 100 && hi > 100 {
		hi = 100
	}
	return lo, hi
}

func withUnit(v float64, unit string) string {
	if unit == "" {
		return figure(v)
	}
	if unit == "%" || unit == "‰" {
		return figure(v) + unit
	}
	return figure(v) + " " + unit
}
