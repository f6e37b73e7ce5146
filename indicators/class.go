package indicators

import (
	_ "embed"
	"encoding/csv"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"
)

// Frame is a version of the three-level frame of indicators.
type Frame string

// The frames. AnyFrame is a class that both have.
const (
	AnyFrame  Frame = ""
	Frame2013 Frame = "2013" // 成本指标 is a level 2 of 产出指标 (财预〔2013〕53号 and the tables up to 2021)
	Frame2021 Frame = "2021" // 成本指标 is a level 1 (财预〔2021〕101号)
)

// Class is an indicator's place in the frame by canonical names. Level1 or
// Level2 is "" where it is neither written nor implied.
type Class struct {
	Level1, Level2 string
	Frame          Frame
}

//go:embed classes.csv
var classesCSV string

type classRow struct {
	name, parent string
	frame        Frame
}

// classTable holds both levels by folded spelling.
var classTable = sync.OnceValue(func() [3]map[string]classRow {
	rows, err := csv.NewReader(strings.NewReader(classesCSV)).ReadAll()
	if err != nil {
		panic("indicators: classes.csv: " + err.Error()) // a damaged build, not data
	}
	table := [3]map[string]classRow{1: {}, 2: {}}
	for _, r := range rows[1:] {
		level := int(r[0][0] - '0')
		row := classRow{name: r[2], parent: r[3], frame: Frame(r[1])}
		table[level][row.name] = row
		for _, also := range strings.Fields(r[4]) {
			table[level][also] = row
		}
	}
	return table
})

// ParseLevel reads a level cell: the name without its points, blanks, line
// breaks and numbering, and the points. 产出指标(50分), 产出指标40分, 效益指标30分) and
// 产出指标(50)⏎(50分) give their points; ok is false where none are written or
// where they are a range, (0-20)分.
func ParseLevel(s string) (name string, points float64, ok bool) {
	t := strings.ReplaceAll(fold(s), " ", "")
	for {
		rest, p, stripped, known := cutPoints(t)
		if !stripped {
			return t, points, ok
		}
		t = rest
		if known && !ok {
			points, ok = p, true
		}
	}
}

// cutPoints takes one statement of points off the end of t.
func cutPoints(t string) (rest string, points float64, stripped, known bool) {
	body := strings.TrimRight(t, ")")
	body, marked := strings.CutSuffix(body, "分")
	body = strings.TrimRight(body, ")")
	i := len(body)
	for i > 0 && (isDigit(body[i-1]) || strings.IndexByte(".-~%", body[i-1]) >= 0) {
		i--
	}
	figures := strings.TrimRight(body[i:], "%")
	bracket := i > 0 && body[i-1] == '('
	head := body[:i]
	if trimmed, ok := cutAnySuffix(strings.TrimRight(head, ":"), "权重", "分值", "占比"); ok {
		head, marked, bracket = trimmed, true, strings.HasSuffix(trimmed, "(")
	}
	if figures == "" || !marked && !(bracket && len(body) < len(t)) {
		return t, 0, false, false
	}
	points, err := strconv.ParseFloat(figures, 64)
	return strings.TrimSuffix(head, "("), points, true, err == nil && points >= 0
}

func cutAnySuffix(t string, suffixes ...string) (string, bool) {
	for _, s := range suffixes {
		if rest, ok := strings.CutSuffix(t, s); ok {
			return rest, true
		}
	}
	return t, false
}

// CanonicalLevel1 returns the canonical level-1 class of a level cell, with or
// without points; ok is false if the name is not in the table.
func CanonicalLevel1(s string) (name string, ok bool) {
	r, ok := canonical(s, 1)
	return r.name, ok
}

// CanonicalLevel2 is CanonicalLevel1 for level 2.
func CanonicalLevel2(s string) (name string, ok bool) {
	r, ok := canonical(s, 2)
	return r.name, ok
}

func canonical(s string, level int) (classRow, bool) {
	t, _, _ := ParseLevel(s)
	t, _ = cutMarks(t)
	r, ok := classTable()[level][t]
	return r, ok
}

// Classify places a pair of level cells in the frame. A missing or unknown
// level 1 is taken from level 2. ok is false if neither is known. The
// Frame is set where the pair exists in one frame only: 成本指标 as a level 1 is
// of 2021, as a level 2 of 产出指标 of 2013.
func Classify(level1, level2 string) (c Class, ok bool) {
	r1, ok1 := canonical(level1, 1)
	r2, ok2 := canonical(level2, 2)
	if ok1 {
		c.Level1, c.Frame = r1.name, r1.frame
	}
	if ok2 {
		c.Level2 = r2.name
		if !ok1 {
			c.Level1 = r2.parent
		}
		if r2.frame == Frame2021 || r2.frame == Frame2013 && c.Level1 == r2.parent {
			c.Frame = r2.frame
		}
	}
	return c, ok1 || ok2
}

// Belongs reports whether a canonical level 2 is a child of a canonical level 1
// in the frame; AnyFrame accepts either.
func Belongs(level1, level2 string, frame Frame) bool {
	r, ok := classTable()[2][level2]
	if !ok || r.name != level2 {
		return false
	}
	return r.parent == level1 && (frame == AnyFrame || r.frame == AnyFrame || r.frame == frame)
}

// circled reports whether r is a numbering sign: ① to ⑳, ⑴, ⒈, ㈠.
func circled(r rune) bool {
	return r >= '①' && r <= '⒛' || r >= '⓪' && r <= '⓿' || r >= '❶' && r <= '➓' || r >= '㈠' && r <= '㈩' || r >= '㊀' && r <= '㊉'
}

// cutMarks takes one or more list marks off the head of t: 1. 1、 (1) （一） 一、 ①.
func cutMarks(t string) (rest, removed string) {
	rest = t
	for rest != "" {
		r, n := utf8.DecodeRuneInString(rest)
		if circled(r) {
			rest = strings.TrimLeft(rest[n:], ".、:")
			continue
		}
		body, open := strings.CutPrefix(rest, "(")
		k := 0
		for k < len(body) && isDigit(body[k]) {
			k++
		}
		if k == 0 {
			for _, c := range body {
				if !strings.ContainsRune("一二三四五六七八九十", c) {
					break
				}
				k += utf8.RuneLen(c)
			}
		}
		if k == 0 || k > 9 || isDigit(body[0]) && k > 2 {
			break
		}
		after := body[k:]
		if open {
			a, closed := strings.CutPrefix(after, ")")
			if !closed {
				break
			}
			after = a
		} else {
			a, ok := cutAny(after, "、", ".", ")")
			if !ok || startsDigit(a) {
				break
			}
			after = a
		}
		rest = strings.TrimLeft(after, ".、: ")
	}
	return rest, t[:len(t)-len(rest)]
}
