package official

import (
	"fmt"
	"math"

	"github.com/xuri/excelize/v2"

	"yardstick"
	"yardstick/ingest/grid"
)

// opinionWidths are the columns of an opinion: 序号 程度 位置 问题 怎么改 依据.
var opinionWidths = [...]float64{6, 8, 19, 31, 23, 16}

// listBook writes rows of texts below each other.
type listBook struct {
	*book
	widths []float64
	row    int
	repeat string // rows at the top of every page
}

// OpinionXLSX returns an opinion as a workbook: one page of A4 for up to twelve
// findings, the column names repeated on further pages.
func OpinionXLSX(o Opinion) ([]byte, error) {
	s := o.words()
	b := &listBook{book: newBook(opinionSheet), widths: opinionWidths[:]}
	b.columns()
	b.title(s.Title, s.Mark, "")
	b.facts(s)
	b.span(s.Score, "lead")
	b.heading("一、审核表")
	b.cells([]string{"审核内容", "", "要点", "理由", "等次", "建议得分 / 满分"}, "head", [][2]int{{0, 2}})
	for _, m := range s.Marks {
		b.cells([]string{m.Group, "", m.Item, m.Why, m.Grade, m.Points + " / " + m.Of}, "row", [][2]int{{0, 2}})
	}
	if len(s.Marks) > 0 {
		b.cells([]string{"合计", "", "", "", "", s.Total}, "row", [][2]int{{0, 5}})
	}
	b.heading("二、逐项意见：" + s.Count)
	repeat := ""
	if len(s.Findings) > 0 {
		b.cells([]string{"序号", "程度", "位置", "问题", "怎么改", "依据"}, "head", nil)
		repeat = fmt.Sprintf("$%d:$%d", b.row, b.row)
	}
	for _, f := range s.Findings {
		b.cells([]string{f.No, f.Severity, f.Place, f.What, f.Do, f.Basis}, b.severity(f), nil)
	}
	b.foot(s, o.date())
	if s.Tight {
		b.printed("", b.row, len(b.widths))
		one := 1
		b.keep(b.SetPageLayout(b.sheet, &excelize.PageLayoutOptions{FitToHeight: &one}))
	} else {
		b.printed(repeat, b.row, len(b.widths))
	}
	data, err := b.bytes(s.Title + " " + line(cleaned(o.Project)))
	if err != nil {
		return nil, &yardstick.Error{Kind: yardstick.Internal, Op: "official.OpinionXLSX", Err: err}
	}
	return data, nil
}

// severity is the look of a finding's row.
func (b *listBook) severity(f findingRow) string {
	if f.Must {
		return "must"
	}
	return "row"
}

// facts are two to a row.
func (b *listBook) facts(s sheetOpinion) {
	for i := 0; i < len(s.Facts); i++ {
		f := s.Facts[i]
		if i == 0 || i+1 == len(s.Facts) || textWidth(f[1]) > 30 || textWidth(s.Facts[i+1][1]) > 30 {
			b.cells([]string{f[0], "", f[1]}, "fact", [][2]int{{0, 2}, {2, 6}})
			continue
		}
		n := s.Facts[i+1]
		b.cells([]string{f[0], "", f[1], "", n[0], n[1]}, "fact", [][2]int{{0, 2}, {2, 4}})
		i++
	}
}

// foot says what the opinion rests on, that it is a proposal, and leaves room
// for the decision and the signature.
func (b *listBook) foot(s sheetOpinion, date string) {
	b.heading("三、说明和处理")
	for _, f := range [][2]string{{"没有查的", s.Unchecked}, {"对比依据", s.History}, {"审核规则", s.Rules}, {"生成日期", date}, {"处理意见", s.Verdict}} {
		if f[1] != "" {
			b.cells([]string{f[0], "", f[1]}, "fact", [][2]int{{0, 2}, {2, 6}})
		}
	}
	b.span(s.Proposal, "note")
	b.row++
	b.keep(b.SetRowHeight(b.sheet, b.row, 30))
	for _, c := range []struct {
		col, cols int
		text      string
	}{{0, 4, "审核人："}, {4, 2, "日期：　　　　年　　月　　日"}} {
		cell := b.merge(b.row-1, c.col, 1, c.cols, b.listStyle("sign"))
		b.keep(b.SetCellStr(b.sheet, cell, c.text))
	}
}

func (b *listBook) columns() {
	for c, w := range b.widths {
		name := grid.Address(0, c)
		name = name[:len(name)-1]
		b.keep(b.SetColWidth(b.sheet, name, name, w))
	}
}

// title writes the lines above everything.
func (b *listBook) title(text, mark, under string) {
	for _, t := range []struct {
		text  string
		style int
		high  float64
	}{{text, b.titleStyle(), 32}, {under, b.underTitle("center"), 18}, {mark, b.underTitle("right"), 17}} {
		if t.text == "" {
			continue
		}
		b.row++
		cell := b.merge(b.row-1, 0, 1, len(b.widths), t.style)
		b.keep(b.SetCellStr(b.sheet, cell, cleaned(t.text)))
		b.keep(b.SetRowHeight(b.sheet, b.row, t.high))
	}
}

func (b *listBook) heading(text string) { b.span(text, "heading") }

// span writes one text over the whole width.
func (b *listBook) span(text, look string) {
	b.cells([]string{text}, look, [][2]int{{0, len(b.widths)}})
}

// cells writes one row; merged are ranges of its columns.
func (b *listBook) cells(texts []string, look string, merged [][2]int) {
	r := b.row
	b.row++
	high := 1
	ends := map[int]int{}
	for _, m := range merged {
		ends[m[0]] = m[1]
	}
	for c := 0; c < len(b.widths); {
		end := max(ends[c], c+1)
		w := 0.0
		for _, x := range b.widths[c:end] {
			w += x
		}
		text := ""
		if c < len(texts) {
			text = cleaned(texts[c])
		}
		cell := b.merge(r, c, 1, end-c, b.listStyle(cellLook(look, c, end, len(b.widths))))
		if text != "" {
			b.keep(b.SetCellStr(b.sheet, cell, text))
			high = max(high, wrapped(text, w*1.08))
		}
		c = end
	}
	b.keep(b.SetRowHeight(b.sheet, r+1, math.Min(maxRow, float64(high)*13.5+6)))
}

// cellLook centres short columns of rows.
func cellLook(look string, c, end, n int) string {
	switch look {
	case "row", "must":
		if c <= 1 && end-c <= 2 || c == n-1 && end-c == 1 && look == "row" && n == 6 {
			return look + " middle"
		}
	case "fact":
		if c == 0 || c == 4 {
			return "fact name"
		}
	}
	return look
}

// listStyle is the style of a cell of a list.
func (b *listBook) listStyle(look string) int {
	s := &excelize.Style{Font: &excelize.Font{Family: fontText, Size: 10},
		Alignment: &excelize.Alignment{Horizontal: "left", Vertical: "center", WrapText: true}, Border: borders}
	switch look {
	case "head", "fact name":
		s.Font.Family, s.Alignment.Horizontal = fontTitle, "center"
		s.Font.Bold = look == "head"
		s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"F2F2F2"}}
	case "row middle", "must middle":
		s.Alignment.Horizontal = "center"
		s.Font.Bold = look == "must middle"
	case "heading", "lead":
		s.Font.Family, s.Font.Bold, s.Font.Size, s.Border = fontTitle, true, 11, nil
	case "note", "sign":
		s.Border = nil
	}
	return b.style("list "+look, s)
}
