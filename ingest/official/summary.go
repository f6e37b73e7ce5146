package official

import (
	"fmt"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"yardstick"
	"yardstick/ingest/grid"
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
	b.table(summaryHeads, len(s.Rows), func(i int) []item { return summaryRow(i, s.Rows[i]) })
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
	var rows [][]item
	for i, o := range s.Rows {
		for _, x := range o.Findings {
			rows = append(rows, findingCells(i, o, x))
		}
	}
	f.table(findingsHeads, len(rows), func(i int) []item { return rows[i] })
	var all []Finding
	for _, o := range s.Rows {
		all = append(all, o.Findings...)
	}
	if l := legend(all); l != "" {
		f.span(l, "note")
	}
	f.wide()
	b.SetActiveSheet(0)
	data, err := b.bytes(summaryTitle)
	if err != nil {
		return nil, &yardstick.Error{Kind: yardstick.Internal, Op: "official.SummaryXLSX", Err: err}
	}
	return data, nil
}

func summaryRow(i int, o Opinion) []item {
	must := 0
	for _, f := range o.Findings {
		if f.Severity == Must {
			must++
		}
	}
	year, budget := centred(""), item{look: "money"}
	if o.Year > 0 {
		year.number = o.Year
	}
	if o.Budget != nil {
		budget.number = *o.Budget
	}
	verdict := ""
	if o.Verdict != nil {
		verdict = o.verdict()
	}
	file := o.File
	if o.Sheet != "" {
		file += " › " + o.Sheet
	}
	return []item{count(i + 1), cellOf(o.Project), cellOf(o.Unit), year, budget, count(o.Lines), {number: o.Points, look: "middle"}, centred(o.Grade), centred(o.Advice),
		count(must), count(len(o.Findings) - must), cellOf(verdict), cellOf(file)}
}

func count(n int) item { return item{number: n, look: "middle"} }

// findingCells is one row of the second sheet; the number is that of the form
// on the first.
func findingCells(i int, o Opinion, f Finding) []item {
	r := f.row(0)
	place := f.Indicator
	if place == "" {
		place = strings.TrimSuffix(r.Place, "（"+f.Cell+"）")
	}
	look := "middle"
	if r.Must {
		look = "strong"
	}
	return []item{count(i + 1), cellOf(o.Project), cellOf(o.Unit), {text: r.Severity, look: look}, cellOf(place), centred(f.Cell), cellOf(r.What), cellOf(r.Do), cellOf(r.Basis)}
}

// table writes column names, rows that can be filtered, and keeps the names in
// sight.
func (b *listBook) table(heads []string, n int, row func(i int) []item) {
	names := make([]item, len(heads))
	for i, h := range heads {
		names[i].text = h
	}
	b.heads(names...)
	top := b.row
	for i := range n {
		b.cells(row(i)...)
	}
	b.keep(b.AutoFilter(b.sheet, grid.Address(top-1, 0)+":"+grid.Address(max(b.row, top+1)-1, len(heads)-1), nil))
	b.keep(b.SetPanes(b.sheet, &excelize.Panes{Freeze: true, YSplit: top, TopLeftCell: grid.Address(top, 0), ActivePane: "bottomLeft"}))
	b.repeat = fmt.Sprintf("$%d:$%d", top, top)
}

// wide sets the page for lists: A4 on its side.
func (b *listBook) wide() {
	b.printed(b.repeat, b.row, len(b.widths))
	side := "landscape"
	b.keep(b.SetPageLayout(b.sheet, &excelize.PageLayoutOptions{Orientation: &side}))
}
