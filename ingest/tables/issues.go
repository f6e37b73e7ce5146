package tables

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"yardstick"
)

// mostRejected is how many quarantined rows one file may have. Beyond it the
// mapping does not fit, and nothing is stored.
const mostRejected = 100_000

// issues collects what is wrong with a file: every rejected row, and for each
// kind of doubt how many rows have it.
type issues struct {
	file, sheet string
	rejected    []yardstick.Issue
	warned      map[yardstick.Code]*warning
	notes       []yardstick.Issue
}

type warning struct {
	rows, first int
}

func newIssues(file, sheet string) *issues {
	return &issues{file: file, sheet: sheet, warned: map[yardstick.Code]*warning{}}
}

// reject adds a rejected row.
func (is *issues) reject(b badRow) {
	cell := strconv.Itoa(b.row)
	if b.col >= 0 {
		cell = letters(b.col) + cell
	}
	if len(is.rejected) > mostRejected {
		return
	}
	is.rejected = append(is.rejected, yardstick.Issue{File: is.file, Sheet: is.sheet, Cell: cell, Code: b.code,
		Message: fmt.Sprintf("%s 第 %d 行：%s。这一行未入库。", base(is.file), b.row, b.msg), Raw: b.raw})
}

// tooMany reports whether so much was rejected that the mapping can't be right.
func (is *issues) tooMany() bool { return len(is.rejected) > mostRejected }

// warn counts a row with a doubt. The row's code is stored with the line; the
// file gets one warning per code.
func (is *issues) warn(code yardstick.Code, row int) {
	w := is.warned[code]
	if w == nil {
		w = &warning{first: row}
		is.warned[code] = w
	}
	w.rows++
}

func (is *issues) note(code yardstick.Code, msg string) {
	is.notes = append(is.notes, yardstick.Issue{File: is.file, Sheet: is.sheet, Code: code, Message: base(is.file) + " " + msg})
}

var warnings = map[yardstick.Code]string{
	yardstick.ValueOCR:      "的值疑有识别错误，按原文保存",
	yardstick.ValueMasked:   "的值是占位符或被遮住，按原文保存",
	yardstick.ValueUnread:   "的值读不成数值，按文字保存",
	yardstick.FormDuplicate: "与同一份表前面的行说法不一（预算、总分或目标），以先出现的为准",
}

// warnings returns one warning for each code that rows have, and the notes.
func (is *issues) warnings() []yardstick.Issue {
	out := slices.Clone(is.notes)
	for code, w := range is.warned {
		out = append(out, yardstick.Issue{File: is.file, Sheet: is.sheet, Cell: strconv.Itoa(w.first), Code: code,
			Message: fmt.Sprintf("%s 第 %d 行起，共 %d 处%s。", base(is.file), w.first, w.rows, warnings[code])})
	}
	slices.SortFunc(out, func(a, b yardstick.Issue) int {
		return cmp.Or(cmp.Compare(a.Code, b.Code), cmp.Compare(a.Message, b.Message))
	})
	return out
}
