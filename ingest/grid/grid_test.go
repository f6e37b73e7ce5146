package grid_test

import (
	"errors"
	"io/fs"
	"path/filepath"
	"testing"

	"pgregory.net/rapid"

	"yardstick"
	"yardstick/ingest/grid"
)

func TestAddress(t *testing.T) {
	for _, tt := range []struct {
		row, col int
		want     string
	}{{0, 0, "A1"}, {6, 1, "B7"}, {0, 25, "Z1"}, {9, 26, "AA10"}, {0, 701, "ZZ1"}, {1<<20 - 1, 1<<14 - 1, "XFD1048576"}, {-1, 0, ""}} {
		if got := grid.Address(tt.row, tt.col); got != tt.want {
			t.Errorf("Address(%d, %d) = %q, want %q", tt.row, tt.col, got, tt.want)
		}
	}
	for _, s := range []string{"", "A", "1", "A0", "A01", "XFE1", "A1048577", "A2147483647", "AAAAA1", "A1B", "A-1", "Ａ1"} {
		if r, c, ok := grid.ParseAddress(s); ok {
			t.Errorf("ParseAddress(%q) = %d, %d, want none", s, r, c)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		row, col := rapid.IntRange(0, 1<<20-1).Draw(t, "row"), rapid.IntRange(0, 1<<14-1).Draw(t, "col")
		r, c, ok := grid.ParseAddress(grid.Address(row, col))
		if !ok || r != row || c != col {
			t.Errorf("%s parses as %d, %d, %v", grid.Address(row, col), r, c, ok)
		}
	})
}

func TestNew(t *testing.T) {
	g := grid.New("a.xlsx", "表", [][]string{{"标题", "", ""}, {"甲", "乙", " "}, {"", "丙"}, {"", "  "}},
		grid.Span{Row: 0, Col: 0, RowSpan: 1, ColSpan: 3}, grid.Span{Row: 1, Col: 0, RowSpan: 2, ColSpan: 1},
		grid.Span{Row: 0, Col: 1, RowSpan: 2, ColSpan: 1}) // overlaps: not counted
	wantPicture(t, g, "A1[1x3]=标题\nA2[2x1]=甲 B2=乙 C2= \nB3=丙")
	if g.Rows != 3 || g.Cols != 3 {
		t.Errorf("got %d × %d, want 3 × 3", g.Rows, g.Cols)
	}
	if got := g.Text(0, 2) + g.Text(2, 0) + g.Text(2, 2) + g.Text(9, 9); got != "标题甲" {
		t.Errorf("got %q through spans and gaps", got)
	}
	if _, ok := g.At(2, 2); ok {
		t.Error("At(2, 2) has a cell where nothing is")
	}
}

// TestLayoutLaws checks what must hold for every grid however cells and merged
// ranges lie: places are covered by the cell whose rectangle they are in, no
// two cells overlap, and no unmerged text outside of ranges is lost.
func TestLayoutLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.SliceOfN(rapid.SliceOfN(rapid.SampledFrom([]string{"", " ", "x", "长"}), 0, 6), 0, 6).Draw(t, "rows")
		n := rapid.IntRange(-1, 7)
		spans := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) grid.Span {
			return grid.Span{Row: n.Draw(t, "r"), Col: n.Draw(t, "c"), RowSpan: n.Draw(t, "h"), ColSpan: n.Draw(t, "w")}
		}), 0, 5).Draw(t, "spans")
		g := grid.New("f", "s", rows, spans...)
		seen := map[[2]int]bool{}
		for i, c := range g.Cells {
			if i > 0 && !(g.Cells[i-1].Row < c.Row || g.Cells[i-1].Row == c.Row && g.Cells[i-1].Col < c.Col) {
				t.Fatalf("cells %d and %d are out of order", i-1, i)
			}
			for r := c.Row; r < c.Row+c.RowSpan; r++ {
				for k := c.Col; k < c.Col+c.ColSpan; k++ {
					if at, ok := g.At(r, k); !ok || at != c {
						t.Fatalf("At(%d, %d) = %+v, want %+v", r, k, at, c)
					}
					if seen[[2]int{r, k}] {
						t.Fatalf("%d, %d is covered twice", r, k)
					}
					seen[[2]int{r, k}] = true
				}
			}
		}
		for r, row := range rows {
			for k, text := range row {
				if (text == "x" || text == "长") && !inside(spans, r, k) && g.Text(r, k) != text {
					t.Fatalf("%q at %s became %q", text, grid.Address(r, k), g.Text(r, k))
				}
			}
		}
	})
}

func inside(spans []grid.Span, row, col int) bool {
	for _, s := range spans {
		if row >= s.Row && row < s.Row+s.RowSpan && col >= s.Col && col < s.Col+s.ColSpan {
			return true
		}
	}
	return false
}

func TestProblem(t *testing.T) {
	_, err := grid.Open(t.Context(), filepath.Join(t.TempDir(), "没有.xlsx"), grid.Options{})
	var e *yardstick.Error
	if !errors.As(err, &e) || e.Kind != yardstick.NotFound || e.Msg == "" {
		t.Errorf("got %#v, want a *yardstick.Error of kind not_found", e)
	}
	if !errors.Is(err, fs.ErrNotExist) || grid.CodeOf(err) != yardstick.FileMissing {
		t.Errorf("got %v with code %q", err, grid.CodeOf(err))
	}
	err = wantCode(t, "空.xlsx", nil, yardstick.FileEmpty)
	if yardstick.KindOf(err) != yardstick.Invalid {
		t.Errorf("got kind %v, want invalid", yardstick.KindOf(err))
	}
}
