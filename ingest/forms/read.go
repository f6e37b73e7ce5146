// Package forms finds official budget-performance forms in Grids by what their
// words mean, not by where they stand, and reads them into yardstick.Form:
// target forms, self-evaluations, monitoring forms, and those of a whole
// department. Words and their meanings are data (vocabulary.tsv). What is odd
// becomes an Issue with a code; no row with content is lost without one. Start
// from Read.
package forms

import (
	"fmt"
	"strings"

	"yardstick"
	"yardstick/ingest/grid"
)

// Result is what was read from a Grid or a file.
type Result struct {
	Forms    []yardstick.Form
	Rejected []yardstick.Issue
	Warnings []yardstick.Issue
	Rows     yardstick.Tally
}

// Read finds the forms of one Grid. A Grid without any yields one rejection,
// form.none.
func Read(g *grid.Grid) Result { return ReadFile([]*grid.Grid{g}) }

// ReadFile finds the forms of a file's Grids. A cover sheet's fields hold for
// the sheets behind it, and a table that holds only the head of a form is
// joined with the table that follows. form.none is reported only if no Grid of
// the file has a form.
func ReadFile(grids []*grid.Grid) Result {
	var out Result
	cover := &fields{rank: map[string]float64{}}
	var pending *head
	for _, g := range grids {
		if g == nil {
			continue
		}
		r := &reader{s: newSheet(g), cover: cover, pending: pending, out: &out}
		found := r.read()
		pending = r.pending
		if !found && pending == nil {
			r.remember()
		}
	}
	if len(out.Forms) == 0 && len(out.Rejected) == 0 {
		out.Rejected = append(out.Rejected, none(grids))
	}
	out.findDuplicates()
	return out
}

// findDuplicates warns of a form that stands in the file twice, word for word.
func (out *Result) findDuplicates() {
	seen := map[string]*yardstick.Form{}
	for i := range out.Forms {
		f := &out.Forms[i]
		if len(f.Lines) == 0 {
			continue
		}
		var key strings.Builder
		key.WriteString(string(f.Kind) + "\x00" + f.Project.Raw + "\x00" + f.Unit.Raw + "\x00" + f.Year.Raw + "\x00" + f.Budget.FullYear.Raw)
		for j := range f.Lines {
			l := &f.Lines[j]
			for _, s := range []string{l.Name.Raw, l.Target.Raw, l.Actual.Raw, l.Score.Raw} {
				key.WriteString("\x00" + s)
			}
		}
		if first, ok := seen[key.String()]; ok {
			out.Warnings = append(out.Warnings, yardstick.Issue{File: f.File, Sheet: f.Sheet, Cell: f.Cell, Code: yardstick.FormDuplicate,
				Message: fmt.Sprintf("这张表与“%s”工作表 %s 处的表完全相同，两张都保留", first.Sheet, first.Cell)})
			continue
		}
		seen[key.String()] = f
	}
}

// reader reads one Grid.
type reader struct {
	s       *sheet
	cover   *fields // of sheets before, without a form
	pending *head   // head of a form whose indicators stand in the next table
	out     *Result
	last    *fields // of the form before on the same sheet
	count   int     // forms read from this Grid
}

// head is the head of a form that was read before its indicators.
type head struct {
	f      fields
	budget budgetReader
	sheet  *sheet
}

// read reads the Grid's forms and reports whether there were any.
func (r *reader) read() bool {
	found := false
	for _, v := range r.s.tables() {
		ds := v.drafts()
		for i := range ds {
			r.draft(&ds[i], i)
			found = true
		}
		if len(ds) == 0 {
			found = r.turned(v) || r.tagged(v) || found
		}
	}
	if !found {
		r.keepHead()
	} else {
		r.uncomputed()
	}
	return found
}

// maxUncomputed bounds the warnings about formulas of one sheet.
const maxUncomputed = 50

// uncomputed warns of formulas whose results the file does not hold: their
// cells were read as blank.
func (r *reader) uncomputed() {
	for i, cell := range r.s.g.Uncomputed {
		if i == maxUncomputed {
			break
		}
		r.out.Warnings = append(r.out.Warnings, r.issue(issue{cell, string(yardstick.ValueUnread),
			"这一格是公式，文件里没有存计算结果，按空白读取；用表格软件打开、保存一次再导入", ""}))
	}
}

// keepHead keeps the head of a form that this table holds without indicators.
func (r *reader) keepHead() {
	v := r.s.top()
	h := &head{sheet: r.s}
	h.f.readHeading(r.s.heading())
	v.readHead(&h.f)
	if h.f.project.Value == "" {
		return
	}
	h.budget = budgetReader{v: v, head: h.f.money, year: int(h.f.year.Value)}
	h.budget.read()
	r.pending = h
}

// remember keeps the fields of a sheet without a form for those behind it.
func (r *reader) remember() {
	f := fields{}
	f.readHeading(r.s.heading())
	r.s.top().readHead(&f)
	f.inherit(r.cover)
	*r.cover = f
	r.cover.project, r.cover.title = yardstick.Text{}, yardstick.Text{}
}

// draft reads one form, or each of the forms of a sheet with many projects.
func (r *reader) draft(d *draft, position int) {
	f := fields{}
	if position == 0 {
		f.readHeading(r.s.heading())
	}
	d.head.readHead(&f)
	if d.beside.sheet != nil {
		d.beside.readHead(&f)
	}
	b := budgetReader{v: d.head, head: f.money, year: int(f.year.Value)}
	b.read()
	if d.beside.sheet != nil && !b.used {
		b = budgetReader{v: d.beside, head: f.money, year: int(f.year.Value)}
		b.read()
	}
	if p := r.pending; p != nil && f.project.Value == "" && f.unit.Value == "" && f.department.Value == "" {
		title := f.title
		f = p.f
		if title.Value != "" {
			f.title = title
		}
		if !b.used {
			b = p.budget
		}
	}
	r.pending = nil
	if r.last != nil && f.title.Value == "" {
		// One title stands over several forms.
		f.title = r.last.title
		if !f.year.Known {
			f.year = r.last.year
		}
		if f.money == "" {
			f.money = r.last.money
		}
	}
	r.last = &f
	f.inherit(r.cover)
	f.readFoot(d.foot)
	if !b.used {
		// Some forms state the budget below the indicators.
		foot := budgetReader{v: d.foot, head: f.money, year: int(f.year.Value)}
		if foot.read(); foot.used {
			b = foot
		}
	}
	for i := range d.blocks {
		d.blocks[i].year = int(f.year.Value)
	}
	if d.blocks[0].h.marks.wide {
		r.wide(d, &f)
		return
	}
	fm := &former{r: r, f: f, budget: &b, cell: r.firstCell(d)}
	for i := range d.blocks {
		fm.add(newBody(&d.blocks[i]), 0, len(d.blocks[i].rows))
	}
	fm.finish()
}

// firstCell returns the address of a form's first cell.
func (r *reader) firstCell(d *draft) string {
	for i := d.head.r0; i < d.head.r1; i++ {
		if row := d.head.row(i); len(row) > 0 {
			return r.s.address(row[0])
		}
	}
	h := d.blocks[0].h
	return h.address(h.parts[0].cell)
}
