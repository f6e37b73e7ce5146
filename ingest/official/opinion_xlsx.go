package official

import (
	"fmt"

	"github.com/xuri/excelize/v2"

	"yardstick"
)

// opinionWidths are the columns of an opinion: 序号 程度 位置 问题 怎么改 (two) 依据
// below 审核内容 (two) 要点 理由 (two) 等次 得分.
var opinionWidths = [...]float64{6, 8, 19, 31, 14, 9, 16}

// OpinionXLSX returns an opinion as a workbook: one page of A4 for up to twelve
// findings, the column names repeated on further pages.
func OpinionXLSX(o Opinion) ([]byte, error) {
	s := o.words()
	b := &listBook{book: newBook(opinionSheet), widths: opinionWidths[:]}
	b.columns()
	b.title(s.Title, s.Mark, "")
	b.facts(s)
	b.span(s.Score, "heading")
	b.marks(s)
	b.findings(s)
	b.foot(s, o.date())
	if s.Tight {
		b.printed("", b.row, len(b.widths))
		one := 1
		b.keep(b.SetPageLayout(b.sheet, &excelize.PageLayoutOptions{FitToHeight: &one}))
	} else {
		b.printed(b.repeat, b.row, len(b.widths))
	}
	data, err := b.bytes(s.Title + " " + line(cleaned(o.Project)))
	if err != nil {
		return nil, &yardstick.Error{Kind: yardstick.Internal, Op: "official.OpinionXLSX", Err: err}
	}
	return data, nil
}

// name is a label over the first two columns.
func name(text string) item { return item{text: text, cols: 2, look: "name"} }

// facts are two to a row where they are short.
func (b *listBook) facts(s sheetOpinion) {
	for i := 0; i < len(s.Facts); i++ {
		f := s.Facts[i]
		if i == 0 || i+1 == len(s.Facts) || textWidth(f[1]) > 48 || textWidth(s.Facts[i+1][1]) > 24 {
			b.cells(name(f[0]), over(5, f[1]))
			continue
		}
		n := s.Facts[i+1]
		b.cells(name(f[0]), over(2, f[1]), item{text: n[0], look: "name"}, over(2, n[1]))
		i++
	}
}

// marks is the review table.
func (b *listBook) marks(s sheetOpinion) {
	if len(s.Marks) == 0 {
		return
	}
	b.span("一、审核表", "heading")
	b.heads(over(2, "审核内容"), cellOf("要点"), over(2, "理由"), cellOf("等次"), cellOf("建议得分 / 满分"))
	for _, m := range s.Marks {
		group := item{text: m.Group, cols: 2, rows: m.Span, look: "middle"}
		if m.Span == 0 {
			group.rows = -1
		}
		b.cells(group, centred(m.Item), over(2, m.Why), centred(m.Grade), centred(m.Points+" / "+m.Of))
	}
	b.cells(item{text: "合计", cols: 6, look: "middle"}, centred(s.Total))
}

// findings is the table of what a reviewer should look at.
func (b *listBook) findings(s sheetOpinion) {
	b.span("二、逐项意见："+s.Count, "heading")
	if len(s.Findings) == 0 {
		return
	}
	b.heads(cellOf("序号"), cellOf("程度"), cellOf("位置"), cellOf("问题"), over(2, "怎么改"), cellOf("依据"))
	b.repeat = fmt.Sprintf("$%d:$%d", b.row, b.row)
	for _, f := range s.Findings {
		look := "middle"
		if f.Must {
			look = "strong"
		}
		b.cells(centred(f.No), item{text: f.Severity, look: look}, cellOf(f.Place), cellOf(f.What), over(2, f.Do), cellOf(f.Basis))
	}
	if s.Legend != "" {
		b.span(s.Legend, "note")
	}
}

// foot says what the opinion rests on and that it is a proposal, and leaves
// room for the decision and the signature.
func (b *listBook) foot(s sheetOpinion, date string) {
	b.span("三、说明和处理", "heading")
	for _, f := range [][2]string{{"没有查的", s.Unchecked}, {"对比依据", s.History}, {"审核规则", s.Rules}, {"生成日期", date}, {"处理意见", s.Verdict}} {
		if f[1] != "" {
			b.cells(name(f[0]), over(5, f[1]))
		}
	}
	b.span(s.Proposal, "note")
	b.cells(item{text: "审核人：", cols: 4, look: "sign"}, item{text: "日期：　　　　年　　月　　日", cols: 3, look: "sign"})
	b.keep(b.SetRowHeight(b.sheet, b.row, 30))
}
