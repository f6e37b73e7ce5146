package pages

import (
	"fmt"
	"html/template"
	"strings"
)

// segment is one class of the bar of weights.
type segment struct {
	Key      string
	Due, Sum float64
}

// weightBar draws the classes beside each other, as wide as their due points
// and filled as far as their lines reach; the execution's points come last and
// are always there. It is drawn in percent, so that it needs no inline style.
func weightBar(segs []segment, execution float64) template.HTML {
	total := execution
	for _, s := range segs {
		total += max(s.Due, 0)
	}
	if total <= 0 {
		return ""
	}
	const gap = .4 // percent between two classes
	var b strings.Builder
	b.WriteString(`<svg class="wbar" width="100%" height="8" aria-hidden="true">`)
	x := 0.0
	draw := func(key, class string, due, fill float64) {
		w := 100*due/total - gap
		if w <= 0 {
			return
		}
		fmt.Fprintf(&b, `<rect x="%.2f%%" width="%.2f%%" height="8" class="room"/><rect x="%.2f%%" width="%.2f%%" height="8" class="%s"`, x, w, x, w*min(max(fill, 0), 1), class)
		if key != "" {
			fmt.Fprintf(&b, ` data-bar="%s" data-w="%.2f"`, template.HTMLEscapeString(key), w)
		}
		b.WriteString(`/>`)
		x += w + gap
	}
	for _, s := range segs {
		if s.Due <= 0 {
			continue
		}
		class := "fill"
		if gapWord(s.Due-s.Sum) != "✓" {
			class = "fill short"
		}
		draw(s.Key, class, s.Due, s.Sum/s.Due)
	}
	draw("", "fill", execution, 1)
	b.WriteString(`</svg>`)
	return template.HTML(b.String())
}
