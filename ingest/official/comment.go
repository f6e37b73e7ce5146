package official

import (
	"fmt"
	"slices"
	"strings"

	"yardstick/ingest/grid"
)

// Severities of a Comment.
const (
	Must  = "must"  // 必改
	Watch = "watch" // 注意
)

// Comment is one finding on a file, to be shown at a cell. Comments without a
// cell, or with one that the file does not have, are about the form as a whole.
type Comment struct {
	Sheet    string // "" where the file has no named sheets
	Cell     string // address such as B7; a merged cell may be named by any of its places
	Raw      string // what stands there, if known: tells the tables of a document apart
	Severity string // Must or Watch
	Title    string // 性质与名称相反
	Text     string // why, and what to do
}

// word is the severity as pages say it.
func word(severity string) string {
	if severity == Must {
		return "必改"
	}
	return "注意"
}

// pin is where the comments of one cell go.
type pin struct {
	table    int // index into the grids
	row, col int
	list     []Comment
}

// must reports whether one of the pin's comments must be acted on.
func (p *pin) must() bool {
	return slices.ContainsFunc(p.list, func(c Comment) bool { return c.Severity == Must })
}

// address is the name of the pin's cell.
func (p *pin) address() string { return grid.Address(p.row, p.col) }

// pins finds the cell of each comment, the top left one of merged cells. Pins
// are ordered by table, row and column; whole are the comments without a cell.
func pins(grids []*grid.Grid, comments []Comment) (at []*pin, whole []Comment) {
	byCell := map[[3]int]*pin{}
	votes := tally(grids, comments)
	for _, c := range comments {
		t, row, col, ok := locate(grids, c, votes)
		if !ok {
			if c.Cell != "" {
				c.Text = place(c) + c.Text
			}
			whole = append(whole, c)
			continue
		}
		key := [3]int{t, row, col}
		if byCell[key] == nil {
			byCell[key] = &pin{table: t, row: row, col: col}
			at = append(at, byCell[key])
		}
		byCell[key].list = append(byCell[key].list, c)
	}
	slices.SortFunc(at, func(a, b *pin) int {
		return slices.Compare([]int{a.table, a.row, a.col}, []int{b.table, b.row, b.col})
	})
	for _, p := range at {
		p.list = ranked(p.list)
	}
	return at, ranked(whole)
}

// ranked puts what must be changed first and keeps the order otherwise.
func ranked(list []Comment) []Comment {
	slices.SortStableFunc(list, func(a, b Comment) int {
		return rank(a.Severity) - rank(b.Severity)
	})
	return list
}

func rank(severity string) int {
	if severity == Must {
		return 0
	}
	return 1
}

// place is the cell that a comment names, for where it can't stand there.
func place(c Comment) string {
	if c.Sheet == "" {
		return c.Cell + "："
	}
	return c.Sheet + " › " + c.Cell + "："
}

// tally counts for each table how many comments find their text in it: the
// tables of a document have no names.
func tally(grids []*grid.Grid, comments []Comment) []int {
	votes := make([]int, len(grids))
	for _, c := range comments {
		row, col, ok := grid.ParseAddress(c.Cell)
		if !ok || line(c.Raw) == "" {
			continue
		}
		for i, g := range grids {
			if g.Sheet == c.Sheet && alike(g.Text(row, col), c.Raw) {
				votes[i]++
			}
		}
	}
	return votes
}

// locate finds the table and the cell of a comment.
func locate(grids []*grid.Grid, c Comment, votes []int) (table, row, col int, ok bool) {
	row, col, ok = grid.ParseAddress(c.Cell)
	if !ok {
		return 0, 0, 0, false
	}
	best, score := -1, -1
	for i, g := range grids {
		if g.Sheet != c.Sheet || row >= g.Rows || col >= g.Cols {
			continue
		}
		s := votes[i]
		if line(c.Raw) != "" && alike(g.Text(row, col), c.Raw) {
			s += len(votes) * len(votes) * 1000
		}
		if s > score {
			best, score = i, s
		}
	}
	if best < 0 {
		return 0, 0, 0, false
	}
	if at, covered := grids[best].At(row, col); covered {
		row, col = at.Row, at.Col
	}
	return best, row, col, true
}

// alike reports whether a cell's text is the one that a comment quotes; a value
// read from several cells quotes more than each of them holds.
func alike(cell, raw string) bool {
	cell, raw = squash(cell), squash(raw)
	return cell != "" && (strings.Contains(cell, raw) || strings.Contains(raw, cell))
}

// squash removes blanks.
func squash(s string) string { return strings.Join(strings.Fields(s), "") }

// paragraphs are the lines of a comment on one cell: a heading and a text for
// each finding, numbered if there are several.
func (p *pin) paragraphs() []note { return paragraphs(p.list) }

// note is one finding as it is written: Head in bold, Text below it.
type note struct{ Head, Text string }

func paragraphs(list []Comment) []note {
	var out []note
	for i, c := range list {
		head := "【" + word(c.Severity) + "】" + line(cleaned(c.Title))
		if len(list) > 1 {
			head = fmt.Sprintf("%d. %s", i+1, head)
		}
		out = append(out, note{head, strings.TrimSpace(cleaned(c.Text))})
	}
	return out
}
