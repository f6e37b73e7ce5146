package tables

import (
	"fmt"
	"slices"
	"strings"

	"yardstick"
)

// plan is a Mapping held against the header of one file: which of its columns
// are read, and how each field is made from them.
type plan struct {
	header   []string
	use      []int // columns of the file that are read, in the order of chunk.cols
	fields   [fieldCount]*recipe
	lookups  []lookupPlan
	required []field
	// moneyUnit is the unit of the first sum, as the mapping states it.
	moneyUnit string
}

// recipe says how the cells of a field are made.
type recipe struct {
	cells  []cellRef // none: the default is a constant
	with   string
	def    string
	values map[string]string
	scale  int        // of sums: the power of ten that leads to 万元
	parts  [3]*recipe // comparison, number and unit of a value; parts[1] is set if any is
	column int        // in the file, for messages; −1 if none
}

// cellRef is a column of the extract or of a lookup table.
type cellRef struct {
	lookup int // −1: the extract itself
	col    int // of chunk.cols, or of the lookup's columns
}

// lookupPlan is what is taken from one lookup table.
type lookupPlan struct {
	Lookup
	key  []int    // of chunk.cols: the key in the extract
	take []string // headers of the columns that are taken
}

// newPlan matches m with the header of the file called name. The error is of
// kind Invalid and names every header that is not there, with the nearest
// spelling.
func newPlan(m *Mapping, name string, header []string) (*plan, error) {
	p := &planner{plan: &plan{header: header}, at: map[string]int{}, m: m, name: name}
	for i, h := range header {
		clean := cleanHeader(h)
		if _, ok := p.at[clean]; !ok {
			p.at[clean] = i
		}
	}
	for _, l := range m.Lookups {
		lp := lookupPlan{Lookup: l}
		for _, h := range l.Main {
			if i, ok := p.find(h, l.line); ok {
				lp.key = append(lp.key, p.read(i))
			}
		}
		p.lookups = append(p.lookups, lp)
	}
	for f := range fieldCount {
		c, ok := m.Columns[f.String()]
		if !ok {
			continue
		}
		p.optional = slices.Contains(m.Optional, f.String())
		r := p.recipe(&c)
		if r == nil {
			continue
		}
		r.scale = moneyUnits[c.MoneyUnit]
		p.fields[f] = r
		if p.moneyUnit == "" {
			p.moneyUnit = c.MoneyUnit
		}
	}
	for _, s := range m.Required {
		if f, ok := fieldNamed(s); ok {
			p.required = append(p.required, f)
		}
	}
	for _, f := range []field{fName, fKind} {
		if !slices.Contains(p.required, f) {
			p.required = append(p.required, f)
		}
	}
	for _, f := range p.required {
		if p.fields[f] == nil && len(p.faults) == 0 {
			p.faults = append(p.faults, fault{0, fmt.Sprintf("必需的 %s（%s）在文件里没有对应的列。", f, fieldTable[f].title)})
		}
	}
	if len(p.faults) > 0 {
		return nil, p.error()
	}
	return p.plan, nil
}

type planner struct {
	*plan
	m        *Mapping
	name     string
	at       map[string]int // clean header → column
	optional bool           // the present field may lack its header
	faults   []fault
}

func (p *planner) error() error {
	slices.SortStableFunc(p.faults, func(a, b fault) int { return a.line - b.line })
	var b strings.Builder
	fmt.Fprintf(&b, "%s 和映射文件 %s 对不上。", base(p.name), base(p.m.Path))
	for i, f := range p.faults {
		if i == 5 {
			fmt.Fprintf(&b, "另有 %d 处。", len(p.faults)-i)
			break
		}
		if f.line > 0 {
			fmt.Fprintf(&b, "映射第 %d 行：", f.line)
		}
		b.WriteString(f.msg)
	}
	return &yardstick.Error{Kind: yardstick.Invalid, Op: "tables.Load", Msg: b.String()}
}

// read returns the place of a column of the file among those that are read.
func (p *planner) read(col int) int {
	if i := slices.Index(p.use, col); i >= 0 {
		return i
	}
	p.use = append(p.use, col)
	return len(p.use) - 1
}

// find returns the column with a header; it is a fault if there is none.
func (p *planner) find(header string, line int) (int, bool) {
	i, ok := p.at[cleanHeader(header)]
	if !ok {
		p.missing([]string{header}, line)
	}
	return i, ok
}

func (p *planner) missing(headers []string, line int) {
	if p.optional {
		return
	}
	msg := "没有“" + strings.Join(headers, "”或“") + "”这一列。"
	if near := nearest(headers[0], p.header); near != "" {
		msg += "表头里相近的是“" + strings.TrimSpace(near) + "”。"
	} else {
		msg += "表头是：" + shorten(strings.Join(p.header, "、"), 200) + "。"
	}
	p.faults = append(p.faults, fault{line, msg})
}

// recipe returns nil if the field has no column in the file and no default.
func (p *planner) recipe(c *Column) *recipe {
	r := &recipe{def: c.Default, values: c.Values, column: -1}
	if c.Number != nil {
		for i, part := range []*Column{c.Comparison, c.Number, c.Unit} {
			if part != nil {
				r.parts[i] = p.recipe(part)
			}
		}
		if r.parts[1] == nil {
			return nil
		}
		if r.parts[0] != nil {
			r.parts[0].values = c.Values // what is coded is the comparison
		}
		r.column = r.parts[1].column
		return r
	}
	if len(c.Headers) == 0 {
		return r
	}
	if c.Lookup != "" {
		p.lookupCells(r, c)
		return r
	}
	for _, h := range c.Headers {
		i, ok := p.at[cleanHeader(h)]
		if !ok && c.Join {
			p.missing([]string{h}, c.line)
			continue
		}
		if !ok {
			continue
		}
		r.cells = append(r.cells, cellRef{-1, p.read(i)})
		if r.column < 0 {
			r.column = i
		}
		if !c.Join {
			break
		}
	}
	r.with = c.With
	if len(r.cells) == 0 {
		if !c.Join {
			p.missing(c.Headers, c.line)
		}
		if r.def == "" {
			return nil
		}
	}
	return r
}

// lookupCells takes all headers of a lookup column; which of them are there is
// seen when the lookup table is read.
func (p *planner) lookupCells(r *recipe, c *Column) {
	i := slices.IndexFunc(p.lookups, func(l lookupPlan) bool { return l.Name == c.Lookup })
	if i < 0 {
		return // ParseMapping has seen to it
	}
	l := &p.lookups[i]
	headers := c.Headers
	if !c.Join {
		headers = headers[:1]
	}
	for _, h := range headers {
		at := slices.Index(l.take, h)
		if at < 0 {
			l.take = append(l.take, h)
			at = len(l.take) - 1
		}
		r.cells = append(r.cells, cellRef{i, at})
	}
	r.with = c.With
}

// shorten cuts s to at most n characters.
func shorten(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return string(r[:n]) + "……"
}
