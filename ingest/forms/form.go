package forms

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"

	"yardstick"
	"yardstick/ingest/grid"
)

// former puts one form together.
type former struct {
	r      *reader
	f      fields
	budget *budgetReader
	cell   string
	bodies []*body
	lr     lineReader
	extra  []issue
}

// add reads rows i up to j of a block.
func (m *former) add(x *body, i, j int) {
	known := false
	for _, b := range m.bodies {
		known = known || b == x
	}
	if !known {
		m.bodies = append(m.bodies, x)
	}
	m.lr.x = x
	m.lr.read(i, j)
}

// finish checks the form as a whole and appends it to the result.
func (m *former) finish() {
	g := m.r.s.g
	if m.lr.execute != nil {
		if a := &m.budget.alone; !a.score.Known {
			a.score, a.weight = m.lr.execute.score, m.lr.execute.weight
		}
	}
	k, doubt := kind(&m.f, m.bodies, m.budget.used)
	plan := k == yardstick.Target || k == yardstick.DepartmentTarget
	form := yardstick.Form{
		File: g.File, Sheet: g.Sheet, Position: m.r.count + 1, Cell: m.cell, Kind: k,
		Title: m.f.title, Year: m.f.year, Region: m.f.region, Department: m.f.department, Unit: m.f.unit,
		Project: m.f.project, Goal: m.f.goal, GoalActual: m.f.goalActual,
		Budget: m.budget.result(plan), Grade: m.lr.grade,
		Lines: m.lr.lines, Rows: m.lr.rows,
	}
	m.lr.settleTotal(form.Budget.ExecutionScore)
	form.TotalScore = m.lr.total
	if form.Goal.Value == "" {
		form.Goal = m.f.goalLong
	}
	if !form.TotalScore.Known {
		form.TotalScore = m.f.total
	}
	if form.Grade.Value == "" {
		form.Grade = m.f.grade
	}
	form.Layout = layout(m.bodies)
	form.ID = m.id(&form)
	if doubt != "" {
		m.extra = append(m.extra, issue{first(m.f.title.Cell, m.cell), string(yardstick.FormKindDoubt), doubt, m.f.title.Raw})
	}
	if m.r.s.simple != nil {
		m.extra = append(m.extra, issue{m.cell, string(yardstick.ValueOCR), "文字是转抄网站的繁体注音版，已去掉注音、转回简体后读取", ""})
	}
	m.longOnly(&form)
	m.checkHead(&form)
	m.checkWeights(&form)
	m.publish(&form)
}

// id derives a stable name from the form's content, sheet and position.
func (m *former) id(f *yardstick.Form) string {
	h := sha256.New()
	for _, s := range []string{f.Sheet, strconv.Itoa(m.r.s.g.Index), strconv.Itoa(f.Position), f.Cell, string(f.Kind), f.Project.Raw,
		f.Unit.Raw, f.Year.Raw, f.Budget.FullYear.Raw, f.Budget.Executed.Raw} {
		h.Write([]byte(s))
		h.Write([]byte{0})
	}
	for i := range f.Lines {
		l := &f.Lines[i]
		for _, s := range []string{l.Level1.Raw, l.Level2.Raw, l.Name.Raw, l.Target.Raw, l.Actual.Raw, l.Weight.Raw, l.Score.Raw, l.Cell} {
			h.Write([]byte(s))
			h.Write([]byte{0})
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// longOnly takes long-term values for targets on a form whose annual side is
// blank throughout.
func (m *former) longOnly(f *yardstick.Form) {
	long := 0
	for i := range f.Lines {
		if f.Lines[i].Target.Raw != "" {
			return
		}
		if f.Lines[i].LongTerm.Raw != "" {
			long++
		}
	}
	if long == 0 {
		return
	}
	for i := range f.Lines {
		f.Lines[i].Target = f.Lines[i].LongTerm
	}
	m.extra = append(m.extra, issue{f.Lines[0].Cell, string(yardstick.RowShifted),
		"年度指标值一栏全部空白，中长期一栏有值；取中长期的值作指标值", ""})
}

// checkHead doubts a form without project, year or lines.
func (m *former) checkHead(f *yardstick.Form) {
	department := f.Kind == yardstick.DepartmentTarget || f.Kind == yardstick.DepartmentSelfEvaluation || whole(fold(f.Title.Value))
	switch {
	case f.Project.Value != "":
	case !department:
		m.extra = append(m.extra, issue{m.cell, string(yardstick.FormProject), "没有找到项目名称；表已收入，项目名称留空", ""})
	case f.Unit.Value == "" && f.Department.Value == "":
		m.extra = append(m.extra, issue{m.cell, string(yardstick.FormProject), "部门整体的表上没有找到部门或单位名称；表已收入，名称留空", ""})
	}
	if !f.Year.Known {
		if g := titleYearPattern.FindStringSubmatch(fold(f.Project.Value)); g != nil {
			y, _ := strconv.Atoi(g[1])
			f.Year = number(float64(y), true, f.Project.Raw, f.Project.Cell)
			m.extra = append(m.extra, issue{f.Project.Cell, string(yardstick.FormYear),
				fmt.Sprintf("表上没有写明年度，取项目名称里的 %d 年", y), f.Project.Raw})
		} else {
			m.extra = append(m.extra, issue{m.cell, string(yardstick.FormYear), "表上没有写明年度；年度留空", ""})
		}
	}
	for _, y := range m.f.years {
		if f.Year.Known && float64(y) != f.Year.Value {
			m.extra = append(m.extra, issue{f.Year.Cell, string(yardstick.FormYear),
				fmt.Sprintf("年度前后不一：%d 和 %s；取 %s", y, trimFloat(f.Year.Value), trimFloat(f.Year.Value)), f.Year.Raw})
			break
		}
	}
	if len(f.Lines) == 0 {
		m.extra = append(m.extra, issue{m.cell, string(yardstick.FormNoLines), "找到了表头而没有一条指标；表已收入，没有指标", ""})
	}
}

// checkWeights compares the weights of a level with the points stated for it,
// and their sum with what forms add up to.
func (m *former) checkWeights(f *yardstick.Form) {
	sum, known := 0.0, 0
	type group struct{ sum, want float64 }
	var order []string
	groups := map[string]*group{}
	complete := true
	for i := range f.Lines {
		l := &f.Lines[i]
		if !l.Weight.Known {
			complete = complete && l.SubRow
			continue
		}
		known++
		sum += l.Weight.Value
		if _, p, ok := splitPoints(l.Level1.Raw); ok {
			g := groups[l.Level1.Raw]
			if g == nil {
				g = &group{want: p}
				groups[l.Level1.Raw] = g
				order = append(order, l.Level1.Raw)
			}
			g.sum += l.Weight.Value
		}
	}
	if known == 0 || !complete {
		return // weights that are not all there can't be checked
	}
	for _, key := range order {
		if g := groups[key]; !near(g.sum, g.want) {
			m.extra = append(m.extra, issue{m.cell, string(yardstick.WeightSum),
				fmt.Sprintf("“%s”写明 %s 分，各指标分值之和是 %s 分", clip(key), trimFloat(g.want), trimFloat(g.sum)), ""})
		}
	}
	exec := 0.0
	if f.Budget.ExecutionWeight.Known {
		exec = f.Budget.ExecutionWeight.Value
	}
	if len(order) == 0 && !near(sum, 100) && !near(sum+exec, 100) && !near(sum, 90) && !near(sum, 80) {
		m.extra = append(m.extra, issue{m.cell, string(yardstick.WeightSum),
			fmt.Sprintf("各指标分值之和是 %s 分，加预算执行 %s 分不等于 100 分", trimFloat(sum), trimFloat(exec)), ""})
	}
}

// publish appends the form and its issues to the result.
func (m *former) publish(f *yardstick.Form) {
	out := m.r.out
	issues := append(m.extra, m.budget.issues...)
	for _, i := range append(issues, m.lr.issues...) {
		out.Warnings = append(out.Warnings, m.r.issue(i))
	}
	for _, i := range m.lr.rejects {
		out.Rejected = append(out.Rejected, m.r.issue(i))
	}
	out.Rows.Add(f.Rows)
	out.Forms = append(out.Forms, *f)
	m.r.count++
}

func (r *reader) issue(i issue) yardstick.Issue {
	return yardstick.Issue{File: r.s.g.File, Sheet: r.s.g.Sheet, Cell: i.cell, Code: yardstick.Code(i.code), Message: i.message, Raw: i.raw}
}

// layout says in words how the form was recognised.
func layout(bodies []*body) string {
	var parts []string
	seen := map[string]bool{}
	for _, b := range bodies {
		for _, p := range b.h.parts {
			if p.role == note || p.role == side || p.role == unknown || seen[p.text] {
				continue
			}
			seen[p.text] = true
			parts = append(parts, p.text)
		}
	}
	return strings.Join(parts, " / ")
}

// none says that a file holds no form, and what it holds instead.
func none(grids []*grid.Grid) yardstick.Issue {
	var g *grid.Grid
	prose, cells := 0, 0
	for _, x := range grids {
		if x == nil {
			continue
		}
		g = x
		cells += len(x.Cells)
		for _, p := range append(x.Heading, x.Tail...) {
			prose += runes(p)
		}
	}
	if g == nil {
		g = &grid.Grid{}
	}
	msg := "没有找到绩效表：表格里没有“一级指标、二级指标、三级指标、指标值”之类的表头"
	if prose > 200 && cells < 40 {
		msg = "没有找到绩效表：文件是文字报告，没有指标表格；文字里的指标需先填入目标表或自评表"
	}
	return yardstick.Issue{File: g.File, Sheet: "", Cell: "", Code: yardstick.FormNone, Message: msg}
}
