package official

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"yardstick"
)

// Summary is the list of the forms that were reviewed together.
type Summary struct {
	Title  string    // of the round, "" for none
	Rows   []Opinion // worst first, as the review ranks them: the order is kept
	Unread []string  // files and forms that were not reviewed, in words
	Date   time.Time
	Sample bool
}

const (
	summaryTitle  = "绩效目标审核汇总"
	findingsTitle = "逐项意见"
)

// The columns of the two sheets of a list.
var (
	summaryWidths = [...]float64{6, 30, 22, 8, 14, 8, 9, 7, 14, 7, 7, 14, 26}
	summaryHeads  = []string{"序号", "项目名称", "实施单位", "年度", "年度资金（万元）", "指标", "建议得分", "等次", "建议", "必改", "注意", "处理", "文件"}

	findingsWidths = [...]float64{6, 26, 18, 8, 22, 10, 40, 30, 22}
	findingsHeads  = []string{"序号", "项目名称", "实施单位", "程度", "指标", "单元格", "问题", "怎么改", "依据"}
)

// SummaryXLSX returns a workbook with one row for each reviewed form on its first
// sheet, in the given order, and all findings on the second.
func SummaryXLSX(s Summary) ([]byte, error) {
	b := &listBook{book: newBook("汇总"), widths: summaryWidths[:]}
	mark := ""
	if s.Sample {
		mark = sampleMark
	}
	under := fmt.Sprintf("%d 份", len(s.Rows))
	if s.Title != "" {
		under = s.Title + "，" + under
	}
	if !s.Date.IsZero() {
		under += "，" + s.Date.Format("2006-01-02")
	}
	b.columns()
	b.title(summaryTitle, mark, under)
	b.table(summaryHeads, len(s.Rows), func(i int) []any { return summaryRow(i, s.Rows[i]) })
	for _, u := range s.Unread {
		b.span(u, "note")
	}
	b.span(proposal, "note")
	b.wide()

	_, err := b.NewSheet(findingsTitle)
	b.keep(err)
	f := &listBook{book: b.book, widths: findingsWidths[:]}
	f.sheet = findingsTitle
	f.columns()
	f.title(findingsTitle, mark, under)
	var rows [][]any
	for i, o := range s.Rows {
		for _, x := range o.Findings {
			rows = append(rows, findingCells(i, o, x))
		}
	}
	f.table(findingsHeads, len(rows), func(i int) []any { return rows[i] })
	f.wide()
	b.SetActiveSheet(0)
	data, err := b.bytes(summaryTitle)
	if err != nil {
		return nil, &yardstick.Error{Kind: yardstick.Internal, Op: "official.SummaryXLSX", Err: err}
	}
	return data, nil
}

func summaryRow(i int, o Opinion) []any {
	must := 0
	for _, f := range o.Findings {
		if f.Severity == Must {
			must++
		}
	}
	var year, budget any = "", ""
	if o.Year > 0 {
		year = o.Year
	}
	if o.Budget != nil {
		budget = *o.Budget
	}
	verdict := ""
	if o.Verdict != nil {
		verdict = o.verdict()
	}
	file := o.File
	if o.Sheet != "" {
		file += " › " + o.Sheet
	}
	return []any{i + 1, o.Project, o.Unit, year, budget, o.Lines, o.Points, o.Grade, o.Advice, must, len(o.Findings) - must, verdict, file}
}

// findingCells is one row of the second sheet; the number is that of the form
// on the first.
func findingCells(i int, o Opinion, f Finding) []any {
	r := f.row(0)
	place := f.Indicator
	if place == "" {
		place = strings.TrimSuffix(r.Place, "（"+f.Cell+"）")
	}
	return []any{i + 1, o.Project, o.Unit, r.Severity, place, f.Cell, r.What, r.Do, r.Basis}
}

// table writes column names, rows that can be filtered, and keeps the names in
// sight.
func (b *listBook) table(heads []string, n int, row func(i int) []any) {
	b.cells(heads, "head", nil)
	top := b.row
	for i := range n {
		cells := row(i)
		texts := make([]string, len(cells))
		for c, x := range cells {
			if s, ok := x.(string); ok {
				texts[c] = s
			}
		}
		b.cells(texts, "row", nil)
		for c, x := range cells {
			if _, ok := x.(string); ok {
				continue
			}
			cell, err := excelize.CoordinatesToCellName(c+1, b.row)
			b.keep(err)
			switch x := x.(type) {
			case int:
				b.keep(b.SetCellInt(b.sheet, cell, int64(x)))
			case float64:
				b.keep(b.SetCellFloat(b.sheet, cell, x, -1, 64))
			}
		}
	}
	last, err := excelize.CoordinatesToCellName(len(heads), max(b.row, top+1))
	b.keep(err)
	b.keep(b.AutoFilter(b.sheet, "A"+strconv.Itoa(top)+":"+last, nil))
	b.keep(b.SetPanes(b.sheet, &excelize.Panes{Freeze: true, YSplit: top, TopLeftCell: "A" + strconv.Itoa(top+1), ActivePane: "bottomLeft"}))
	b.repeat = fmt.Sprintf("$%d:$%d", top, top)
}

// wide sets the page for lists: A4 on its side.
func (b *listBook) wide() {
	b.printed(b.repeat, b.row, len(b.widths))
	side := "landscape"
	b.keep(b.SetPageLayout(b.sheet, &excelize.PageLayoutOptions{Orientation: &side}))
}
