package forms

import (
	"strings"

	"yardstick"
)

// wide reads a sheet with many projects: one indicator a row, with project,
// unit, budget and goal in columns on the left, merged or repeated.
func (r *reader) wide(d *draft, f *fields) {
	for bi := range d.blocks {
		x := newBody(&d.blocks[bi])
		for i := 0; i < len(x.rows); {
			j := x.groupEnd(i)
			if r.wideForm(d, x, f, i, j) {
				i = j
				continue
			}
			i = j
		}
	}
}

// groupEnd returns the index behind the last row of the project of row i: the
// project's cell covers it, or is blank there, or repeats the name.
func (x *body) groupEnd(i int) int {
	p := x.h.parts[x.h.indexOf(wideProject)]
	cur, ok := x.partSlot(x.rows[i].r, p)
	unitOf := x.wideText(x.rows[i].r, wideUnit)
	j := i + 1
	for ; j < len(x.rows); j++ {
		if x.rows[j].kind == totalRow {
			break
		}
		s, here := x.partSlot(x.rows[j].r, p)
		if !here {
			continue
		}
		if !ok || s.cell != cur.cell && (x.h.key(s) != x.h.key(cur) || x.h.text(s) != x.h.text(cur)) {
			break
		}
		if u := x.wideText(x.rows[j].r, wideUnit); u != "" && unitOf != "" && u != unitOf {
			break
		}
	}
	return j
}

func (x *body) wideText(r int, ro role) string {
	t, _, _ := x.text(r, ro)
	return t
}

// wideForm reads rows i up to j as one form.
func (r *reader) wideForm(d *draft, x *body, f *fields, i, j int) bool {
	lines := false
	for k := i; k < j; k++ {
		lines = lines || x.rows[k].kind == lineRow
	}
	if !lines {
		return false
	}
	own := *f
	own.rank = map[string]float64{}
	b := budgetReader{head: f.money}
	set := func(ro role, to *yardstick.Text) {
		for k := i; k < j; k++ {
			if t, s, ok := x.text(x.rows[k].r, ro); ok && !dash(t) && x.rows[k].kind == lineRow {
				*to = yardstick.Text{Value: t, Raw: t, Cell: x.h.address(s)}
				return
			}
		}
	}
	set(wideProject, &own.project)
	set(wideUnit, &own.unit)
	set(wideDepartment, &own.department)
	set(wideGoal, &own.goal)
	var year yardstick.Text
	set(wideYear, &year)
	if m := yearPattern.FindStringSubmatch(year.Value); m != nil {
		own.noteYear(m[1], year.Raw, year.Cell, 2)
	}
	x.wideBudget(&b, i, j)
	fm := &former{r: r, f: own, budget: &b, cell: own.project.Cell}
	if fm.cell == "" {
		fm.cell = x.h.address(x.h.parts[0].cell)
	}
	fm.add(x, i, j)
	fm.finish()
	return true
}

// wideBudget reads the budget columns of rows i up to j; the first row with a
// sum counts.
func (x *body) wideBudget(b *budgetReader, i, j int) {
	f := fund{}
	for _, p := range x.h.parts {
		if p.role != wideBudget {
			continue
		}
		for k := i; k < j; k++ {
			s, ok := x.partSlot(x.rows[k].r, p)
			if !ok || x.rows[k].kind != lineRow {
				continue
			}
			c := budgetColumn{role: p.other, unit: moneyUnit(p.word)}
			plain := c.role == "total"
			if plain {
				c.role = "full_year"
			}
			if strings.TrimSpace(x.h.text(s)) != "" && b.take(&f, c, x.h.text(s), x.h.address(s)) {
				if plain {
					f.Initial, f.hasInitial = f.FullYear, true
				}
				b.used = true
				break
			}
		}
	}
	if b.used {
		f.role, f.Label = "total", "预算数"
		b.funds = append(b.funds, f)
	}
}
