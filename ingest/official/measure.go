package official

import (
	"math"
	"strings"
	"unicode/utf8"
)

// Heights in points. A row of a workbook can't be higher than maxRow.
const (
	lineHeight = 16.0
	rowPadding = 8.0
	minRow     = 26.0
	maxRow     = 400.0
)

// textWidth is how many narrow characters a text takes.
func textWidth(s string) int {
	n := 0
	for _, r := range s {
		if r < utf8.RuneSelf {
			n++
		} else {
			n += 2
		}
	}
	return n
}

// wrapped is how many lines a text takes in a cell of the given width.
func wrapped(s string, width float64) int {
	room := math.Max(2, width-1.5) // the cell's margins
	n := 0
	for l := range strings.SplitSeq(s, "\n") {
		n += max(1, int(math.Ceil(float64(textWidth(l))/room)))
	}
	return n
}

// height is the room that a box needs.
func (b *box) height() float64 {
	w := 0.0
	for c := b.col; c < b.col+b.cols; c++ {
		w += widths[c]
	}
	return float64(wrapped(b.text, w))*lineHeight + rowPadding
}

// heights returns the height of each row of the table, so that every text is
// seen; what merged cells need more is given to the last of their rows.
func (s *sheet) heights() []float64 {
	out := make([]float64, s.rows)
	for i := range out {
		out[i] = minRow
	}
	for i := range s.boxes {
		if b := &s.boxes[i]; b.rows == 1 {
			out[b.row] = math.Max(out[b.row], b.height())
		}
	}
	for i := range s.boxes {
		b := &s.boxes[i]
		if b.rows == 1 {
			continue
		}
		sum := 0.0
		for r := b.row; r < b.row+b.rows; r++ {
			sum += out[r]
		}
		if need := b.height() - sum; need > 0 {
			for r := b.row; r < b.row+b.rows; r++ {
				out[r] += need / float64(b.rows)
			}
		}
	}
	return out
}
