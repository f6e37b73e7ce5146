package official

import (
	"fmt"
	"math"

	"yardstick"
	"yardstick/indicators"
)

// look says how a cell is shown.
type look uint8

const (
	label  look = iota // what a field is called: centred
	value              // text: left
	middle             // text: centred
	number             // a number: centred
	head               // a column's name: centred, grey
)

// box is a cell of the form's table, perhaps merged.
type box struct {
	row, col, rows, cols int
	text                 string
	amount               float64 // for numeric cells
	numeric              bool
	look                 look
}

// sheet is a form as a table on six columns, before it is a file of any kind.
type sheet struct {
	title, year, mark string // above the table; "" is left out
	name              string // of the project, for the document's properties
	boxes             []box  // in row-major order
	rows              int
	header            int // row of the indicators' column names
	notes             []string
}

// The columns of the table and their widths in characters of a workbook: 一级
// 二级 三级 指标值 分值权重 备注. Together they fill the width of A4 upright.
var widths = [...]float64{12, 15, 25, 17, 9.5, 12.5}

const columns = len(widths)

// noLevel stands in a level cell of a line without that level: a blank one
// would be read as “as above”.
const noLevel = "—"

// layOut arranges f on the table.
func layOut(f yardstick.Form, opt Options) *sheet {
	s := &sheet{title: s1(opt.Title, formTitle), name: f.Project.Value}
	if f.Year.Known {
		s.year = fmt.Sprintf("（%s年度）", figure(f.Year.Value))
	}
	if opt.Sample {
		s.mark = sampleMark
	}
	s.title = s.text(s.title, "标题")
	s.fields(&f, opt)
	s.budget(&f)
	s.pair("年度总体目标", s.text(f.Goal.Value, "年度总体目标"), "", "")
	s.lines(&f)
	return s
}

func s1(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

// text makes s fit for a file and notes what was lost.
func (s *sheet) text(text, where string) string {
	text, dropped, cut := clean(text)
	if dropped > 0 {
		s.notes = append(s.notes, fmt.Sprintf("%s里有 %d 个文件不能保存的控制字符，已去掉。", where, dropped))
	}
	if cut {
		s.notes = append(s.notes, fmt.Sprintf("%s超过一个单元格能放的 32,767 个字，后面的没有写入；改短后再导出。", where))
	}
	return text
}

// put adds a cell of one row.
func (s *sheet) put(row, col, cols int, text string, l look) {
	s.boxes = append(s.boxes, box{row: row, col: col, rows: 1, cols: cols, text: text, look: l})
}

// amount adds a number; one that a workbook would round for display is text.
func (s *sheet) amount(row, col, cols int, n yardstick.Number, l look) {
	b := box{row: row, col: col, rows: 1, cols: cols, text: numberText(n), look: l}
	b.amount, b.numeric = n.Value, n.Known && len(b.text) <= 11 && !math.IsInf(n.Value, 0) && !math.IsNaN(n.Value)
	s.boxes = append(s.boxes, b)
}

// pair adds a row with one field over the whole width, or with two.
func (s *sheet) pair(name, text, name2, text2 string) {
	r := s.rows
	s.rows++
	s.put(r, 0, 1, name, label)
	if name2 == "" {
		s.put(r, 1, columns-1, text, value)
		return
	}
	s.put(r, 1, 2, text, value)
	s.put(r, 3, 1, name2, label)
	s.put(r, 4, 2, text2, value)
}

// fields adds what the form states of the project.
func (s *sheet) fields(f *yardstick.Form, opt Options) {
	s.pair("项目名称", s.text(f.Project.Value, "项目名称"), "", "")
	s.pair("主管部门及代码", s.text(f.Department.Value, "主管部门"), "实施单位", s.text(f.Unit.Value, "实施单位"))
	if opt.Attribute != "" || opt.Term != "" {
		s.pair("项目属性", s.text(opt.Attribute, "项目属性"), "项目期", s.text(opt.Term, "项目期"))
	}
}

// budget adds the sums in 万元: the year's total first, with the points for its
// execution, then every other row that the form has.
func (s *sheet) budget(f *yardstick.Form) {
	total := yardstick.Fund{Label: "年度资金总额", FullYear: f.Budget.FullYear}
	if !total.FullYear.Known {
		total.FullYear = f.Budget.Initial
	}
	var rest []yardstick.Fund
	for i, fund := range f.Budget.Funds {
		if i == 0 && isTotal(fund, total.FullYear) {
			total.Label = fund.Label
			continue
		}
		rest = append(rest, fund)
	}
	if len(f.Budget.Funds) == 0 {
		rest = append(rest, yardstick.Fund{Label: "其中：财政拨款"}, yardstick.Fund{Label: "其他资金"})
	}
	top := s.rows
	s.boxes = append(s.boxes, box{row: top, col: 0, rows: 1 + len(rest), cols: 1, text: "项目资金\n（万元）", look: label})
	s.put(top, 1, 1, s.text(total.Label, "资金名称"), label)
	if w := f.Budget.ExecutionWeight; w.Known {
		s.amount(top, 2, 1, total.FullYear, number)
		s.put(top, 3, 1, "执行率分值", label)
		s.amount(top, 4, 2, w, number)
	} else {
		s.amount(top, 2, columns-2, total.FullYear, number)
	}
	for i, fund := range rest {
		n := fund.FullYear
		if !n.Known {
			n = fund.Initial
		}
		s.put(top+1+i, 1, 1, s.text(fund.Label, "资金名称"), label)
		s.amount(top+1+i, 2, columns-2, n, number)
	}
	s.rows = top + 1 + len(rest)
}

// isTotal reports whether the first row of a budget block is its total.
func isTotal(f yardstick.Fund, total yardstick.Number) bool {
	n := f.FullYear
	if !n.Known {
		n = f.Initial
	}
	return n.Known == total.Known && n.Value == total.Value
}

// lines adds the indicators, level cells merged over neighbours that share them.
func (s *sheet) lines(f *yardstick.Form) {
	s.header = s.rows
	for c, name := range [columns]string{"一级指标", "二级指标", "三级指标", "指标值", "分值权重", "备注"} {
		s.put(s.header, c, 1, name, head)
	}
	s.rows++
	class := classPoints(f.Lines)
	level1, level2 := -1, -1 // boxes that the line above stands in
	for i := range f.Lines {
		l := &f.Lines[i]
		where := lineOf(i, l.Name.Value)
		r := s.rows
		s.rows++
		one, two := s.level(l.Level1.Value, where), s.level(l.Level2.Value, where)
		same1 := level1 >= 0 && line(f.Lines[i-1].Level1.Value) == line(l.Level1.Value)
		if same1 {
			s.boxes[level1].rows++
		} else {
			level1, level2 = len(s.boxes), -1
			s.put(r, 0, 1, one+class[line(l.Level1.Value)], middle)
		}
		if level2 >= 0 && line(f.Lines[i-1].Level2.Value) == line(l.Level2.Value) {
			s.boxes[level2].rows++
		} else {
			level2 = len(s.boxes)
			s.put(r, 1, 1, two, middle)
		}
		s.line(r, l, where)
	}
}

// level is the text of a level cell.
func (s *sheet) level(text, where string) string {
	return s1(s.text(line(text), where+"的级别"), noLevel)
}

// line adds the cells of one indicator behind its levels.
func (s *sheet) line(r int, l *yardstick.Line, where string) {
	name := s.text(line(l.Name.Value), where+"的名称")
	if name == "" {
		s.notes = append(s.notes, where+"没有名称，导出的表里这一行读不回来；补上名称后再导出。")
	}
	target, ok := valueText(l.Target.Value)
	if !ok {
		s.notes = append(s.notes, fmt.Sprintf("%s的指标值%s按原文写入，读回时可能理解得不一样；改成常见写法，如 ≥95%%。", where, quoted(target)))
	}
	s.put(r, 2, 1, name, value)
	s.put(r, 3, 1, s.text(target, where+"的指标值"), middle)
	s.amount(r, 4, 1, l.Weight, number)
	s.put(r, 5, 1, s.text(line(l.Note.Value), where+"的备注"), value)
}

// classPoints returns what is written behind the name of each usual level 1
// whose lines all have points: （40分）, on a line of its own.
func classPoints(lines []yardstick.Line) map[string]string {
	sums, open := map[string]float64{}, map[string]bool{}
	for i := range lines {
		name := line(lines[i].Level1.Value)
		sums[name] += lines[i].Weight.Value
		open[name] = open[name] || !lines[i].Weight.Known && !lines[i].SubRow
	}
	out := map[string]string{}
	for name, sum := range sums {
		if _, usual := indicators.CanonicalLevel1(name); usual && !open[name] && sum > 0 {
			out[name] = "\n（" + points(sum) + "分）"
		}
	}
	return out
}
