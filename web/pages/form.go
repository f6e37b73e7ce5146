package pages

import (
	"net/http"
	"slices"
	"strconv"

	"yardstick"
	"yardstick/indicators"
	"yardstick/workspace"
)

// formPage is one form as it was read: main of form.tmpl.
type formPage struct {
	shell
	F       workspace.FormView
	Name    string // project, or unit for a department's form
	Kind    string
	Year    string
	Tiles   []tile
	Lines   []lineRow
	Fields  []workspace.Field
	Funds   []fundRow
	Related []formRow
	Doubts  int // on lines and on the form
	Monitor bool
	Long    bool // has twin long-term targets
	// Reviewable is a target form that 目标审核 takes: the version in use.
	Reviewable bool
}

// tile is one figure of the form's head.
type tile struct {
	Label, Figure, Unit string
	Note                string
	Raw, Cell           string
}

// lineRow is one indicator beside its raw text and cells.
type lineRow struct {
	workspace.LineView
	Class                              string
	Target, Actual, LongTerm, Expected valueCell
	Weight, Score                      plainCell
	NameAt                             workspace.Field
	Anchors                            map[string]string // column → id of its cell on the page
	Reason                             string
	Doubted                            bool
}

// valueCell is a parsed value beside what stands in the cell.
type valueCell struct {
	Text, Word, Raw, Cell, Reason string
}

type plainCell struct{ Text, Cell string }

// fundRow is one row of the budget block.
type fundRow struct {
	Label                       string
	Initial, FullYear, Executed plainCell
	Rate, Score                 string // score with its weight
}

func (p *Pages) form(r *http.Request, q *asked) (answer, error) {
	f, err := p.ws.Form(r.Context(), q.id(r))
	if err != nil {
		return answer{}, err
	}
	pg := &formPage{F: f, Kind: f.Kind.Title(), Year: year(f.Year), Monitor: f.Kind == yardstick.Monitoring, Related: formRows(f.Related)}
	pg.Name = deref(f.Project)
	for _, s := range []*string{f.Unit, f.Department} {
		if pg.Name == "" {
			pg.Name = deref(s)
		}
	}
	if pg.Name == "" {
		pg.Name = "（没有写项目名称）"
	}
	pg.Title, pg.Sample = pg.Name, f.Sample
	pg.Reviewable = slices.Contains(targetKinds, f.Kind) && f.Superseded == nil
	pg.Tiles = tiles(f)
	anchors := map[string]bool{} // a merged cell belongs to several lines: its first is linked to
	for _, l := range f.View {
		row := lineOf(l)
		row.Anchors = map[string]string{}
		for column, cell := range map[string]string{"target": row.Target.Cell, "weight": row.Weight.Cell} {
			if cell != "" && cell != row.NameAt.Cell && !anchors[cell] {
				row.Anchors[column], anchors[cell] = "c-"+cell, true
			}
		}
		pg.Long = pg.Long || l.LongTerm.Raw != ""
		pg.Doubts += len(l.Doubts)
		pg.Lines = append(pg.Lines, row)
	}
	pg.Doubts += len(f.Issues)
	for _, fd := range f.Fields {
		if fd.Value != "" || fd.Raw != "" {
			pg.Fields = append(pg.Fields, fd)
		}
	}
	for _, m := range f.Money {
		pg.Funds = append(pg.Funds, fundOf(m))
	}
	return answer{value: f, table: func() [][]string { return lineTable(f) }, tmpl: p.tmpl["form"], page: pg}, nil
}

func tiles(f workspace.FormView) []tile {
	var total workspace.Fund
	if len(f.Money) > 0 {
		total = f.Money[0]
	}
	cell := func(column string) (c workspace.Field) {
		for _, fd := range total.Cells {
			if fd.Label == column {
				c = fd
			}
		}
		return c
	}
	unit := ""
	if f.MoneyUnit != "" && f.MoneyUnit != "万元" {
		unit = " " + f.MoneyUnit
	}
	sum := func(label string, v *float64, column string) tile {
		c := cell(column)
		t := tile{Label: label, Figure: money(v), Unit: "万元", Raw: c.Raw, Cell: c.Cell}
		if c.Raw != "" && unit != "" {
			t.Raw += unit
		}
		if v == nil {
			t.Unit, t.Note = "", "表上没有写"
		}
		return t
	}
	out := []tile{sum("年初预算", f.Budget.Initial, "年初预算"), sum("全年预算", f.Budget.FullYear, "全年预算")}
	if f.Kind == yardstick.Target || f.Kind == yardstick.DepartmentTarget {
		return out[1:]
	}
	executed := sum("全年执行", f.Budget.Executed, "执行数")
	if total.Rate != nil {
		executed.Note = "表上写的执行率 " + figure(*total.Rate) + "%"
	}
	out = append(out, executed)
	if f.Budget.ExecutionScore != nil {
		t := tile{Label: "执行得分", Figure: points(f.Budget.ExecutionScore), Cell: cell("得分").Cell}
		if total.Weight != nil {
			t.Unit = "/ " + points(total.Weight)
		}
		out = append(out, t)
	}
	if f.TotalScore != nil {
		out = append(out, tile{Label: "总分（表上所写）", Figure: points(f.TotalScore), Unit: deref(f.Grade)})
	}
	return out
}

func lineOf(l workspace.LineView) lineRow {
	cell := func(name string) workspace.Field { return l.Cells[name] }
	r := lineRow{LineView: l, Class: class(deref(l.Level1), deref(l.Level2)), Reason: deref(l.Reason), Doubted: len(l.Doubts) > 0, NameAt: cell("name")}
	if r.NameAt.Cell == "" {
		r.NameAt.Cell = l.Cell
	}
	r.Target = valueCellOf(l.Line.Target, cell("target"))
	r.Actual = valueCellOf(l.Line.Actual, cell("actual"))
	r.LongTerm = valueCellOf(l.LongTerm, cell("long_term"))
	r.Expected = valueCellOf(l.Expected, cell("expected"))
	r.Weight = plainCell{points(l.Line.Weight), cell("weight").Cell}
	r.Score = plainCell{points(l.Line.Score), cell("score").Cell}
	return r
}

// valueCellOf puts the parsed value beside its raw text, which is left out where
// the two are the same.
func valueCellOf(v indicators.Value, at workspace.Field) valueCell {
	c := valueCell{value(v), valueWord(v), v.Raw, at.Cell, v.Reason}
	if c.Text == c.Raw {
		c.Raw = ""
	}
	return c
}

func fundOf(m workspace.Fund) fundRow {
	at := map[string]string{}
	for _, c := range m.Cells {
		at[c.Label] = c.Cell
	}
	row := fundRow{Label: m.Label, Initial: plainCell{money(m.Initial), at["年初预算"]}, FullYear: plainCell{money(m.FullYear), at["全年预算"]},
		Executed: plainCell{money(m.Executed), at["执行数"]}, Rate: missing, Score: missing}
	if m.Rate != nil {
		row.Rate = figure(*m.Rate) + "%"
	}
	if m.Score != nil || m.Weight != nil {
		row.Score = points(m.Score) + " / " + points(m.Weight)
	}
	return row
}

// lineTable is the form's lines with raw text and cells.
func lineTable(f workspace.FormView) [][]string {
	t := [][]string{{"seq", "level1", "level2", "name", "target", "target_raw", "target_cell", "actual", "actual_raw", "actual_cell", "weight", "score", "reason", "doubts"}}
	for _, l := range f.View {
		doubts := ""
		for i, d := range l.Doubts {
			if i > 0 {
				doubts += "；"
			}
			doubts += d.Message
		}
		t = append(t, []string{strconv.Itoa(l.Seq), deref(l.Level1), deref(l.Level2), l.Name, value(l.Line.Target), l.Line.Target.Raw, l.Cells["target"].Cell,
			value(l.Line.Actual), l.Line.Actual.Raw, l.Cells["actual"].Cell, plain(l.Line.Weight), plain(l.Line.Score), deref(l.Reason), doubts})
	}
	return t
}
