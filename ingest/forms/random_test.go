package forms_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"yardstick/ingest/forms"
	"yardstick/ingest/grid"
)

// The forms of this test are drawn at random: which columns there are, in which
// order and under which words, how levels are shown, where the head's fields
// stand and how the budget is written. What was put in must be read again.

type made struct {
	l1, l2, name, target, op, value, unit, actual, weight, score string
}

type sheetMaker struct {
	rows   [][]string
	merges []grid.Span
}

func (m *sheetMaker) row(cells ...string) int {
	m.rows = append(m.rows, cells)
	return len(m.rows) - 1
}

// merge spans h rows and w columns from (r, c).
func (m *sheetMaker) merge(r, c, h, w int) {
	if h > 1 || w > 1 {
		m.merges = append(m.merges, grid.Span{Row: r, Col: c, RowSpan: h, ColSpan: w})
	}
}

var headerWords = map[string][]string{
	"l1":     {"一级指标", "一级\n指标", "一级 指标", "指标类型"},
	"l2":     {"二级指标", "二级\n指标", "二级指标（类别）"},
	"name":   {"三级指标", "指标名称", "三级\n指标", "指标内容", "具体指标", "绩效内容"},
	"target": {"年度指标值", "指标值", "目标值", "年初目标值（A）", "预期指标值", "年度\n指标值", "２０２３年目标值", "年度绩效指标值"},
	"actual": {"实际完成值", "全年完成值", "全年实际值", "实际值（B）", "完成值", "实际\n完成值", "全年实际完成情况"},
	"weight": {"分值", "权重", "分 值", "分值权重", "指标权重", "分值（90分）", "标准分值"},
	"score":  {"得分", "得 分", "自评得分", "自评分", "指标得分"},
	"reason": {"偏差原因分析及改进措施", "未完成原因分析", "偏差原因", "未达标原因"},
	"note":   {"备注", "评分标准", "指标解释", "数据来源"},
	"op":     {"指标性质", "符号", "比较符", "运算符号"},
	"unit":   {"度量单位", "计量单位", "单位"},
}

var madeLines = []made{
	{"产出指标", "数量指标", "培训人数", "≥300人次", "≥", "300", "人次", "312人次", "20", "20"},
	{"产出指标", "数量指标", "新建站点数", "=12个", "=", "12", "个", "12个", "10", "10"},
	{"产出指标", "质量指标", "验收合格率", "≥95%", "≥", "95", "%", "98.5%", "10", "9.5"},
	{"产出指标", "时效指标", "完成时限", "12月底前", "定性", "12月底前", "", "12月20日", "10", "10"},
	{"产出指标", "成本指标", "单位成本", "≤2.6万元", "≤", "2.6", "万元", "2.58万元", "5", "5"},
	{"效益指标", "社会效益指标", "受益人数", "≥5200人", "≥", "5200", "人", "5400人", "15", "15"},
	{"效益指标", "可持续影响指标", "管理机制", "健全", "定性", "健全", "", "健全", "10", "8"},
	{"满意度指标", "服务对象满意度指标", "群众满意度", "≥90%", "≥", "90", "%", "93%", "10", "10"},
}

func TestRandomLayouts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g, lines, self, initial, full, executed := drawForm(t)
		res := forms.Read(g)
		if len(res.Forms) != 1 {
			t.Fatalf("%d forms, want 1\n%s", len(res.Forms), show(g))
		}
		f := &res.Forms[0]
		fail := func(what, got, want string) {
			t.Helper()
			if got != want {
				t.Fatalf("%s: got %q, want %q\n%s", what, got, want, show(g))
			}
		}
		fail("project", f.Project.Value, "某某项目")
		fail("unit", f.Unit.Value, "某某中心")
		fail("year", num(f.Year), "2023")
		if full != "" {
			fail("full year", num(f.Budget.FullYear), full)
		}
		if initial != "" {
			fail("initial", num(f.Budget.Initial), initial)
		}
		if executed != "" {
			fail("executed", num(f.Budget.Executed), executed)
		}
		if len(f.Lines) != len(lines) {
			t.Fatalf("%d lines, want %d\n%s", len(f.Lines), len(lines), show(g))
		}
		for i, m := range lines {
			l := &f.Lines[i]
			fail("level 1", l.Level1.Value, m.l1)
			fail("level 2", l.Level2.Value, m.l2)
			fail("name", l.Name.Value, m.name)
			fail("target", strings.ReplaceAll(l.Target.Raw, " ", ""), m.target)
			fail("weight", num(l.Weight), dashIf(m.weight))
			if self {
				fail("actual", l.Actual.Raw, m.actual)
				fail("score", num(l.Score), dashIf(m.score))
			}
		}
		if res.Rows.Read != len(lines) || res.Rows.Rejected != 0 {
			t.Fatalf("tally %+v for %d lines\n%s", res.Rows, len(lines), show(g))
		}
	})
}

func dashIf(s string) string {
	if s == "" {
		return "–"
	}
	return s
}

// drawForm draws a form and what must be read from it.
func drawForm(t *rapid.T) (g *grid.Grid, lines []made, self bool, initial, full, executed string) {
	m := &sheetMaker{}
	self = rapid.Bool().Draw(t, "self")
	split := rapid.Bool().Draw(t, "split")
	cols := []string{"l1", "l2", "name"}
	var rest []string
	if split {
		rest = append(rest, "op target unit")
	} else {
		rest = append(rest, "target")
	}
	rest = append(rest, "weight")
	if self {
		rest = append(rest, "actual", "score", "reason")
	}
	if rapid.Bool().Draw(t, "note") {
		rest = append(rest, "note")
	}
	rest = rapid.Permutation(rest).Draw(t, "order")
	for _, r := range rest {
		cols = append(cols, strings.Fields(r)...)
	}
	side := rapid.Bool().Draw(t, "side")
	if side {
		cols = append([]string{"side"}, cols...)
	} else if rapid.Bool().Draw(t, "seq") {
		cols = append([]string{"seq"}, cols...)
	}
	width := len(cols)
	title := "项目支出绩效目标表"
	if self {
		title = "项目支出绩效自评表"
	}
	for range rapid.IntRange(0, 3).Draw(t, "top") {
		m.row()
	}
	switch rapid.IntRange(0, 2).Draw(t, "title") {
	case 0:
		m.merge(m.row(title), 0, 1, width)
		m.merge(m.row("（2023年度）"), 0, 1, width)
	case 1:
		m.merge(m.row("2023年度"+title), 0, 1, width)
	case 2:
		m.row(title + "（2023年度）")
	}
	drawHead(t, m, width)
	initial, full, executed = drawBudget(t, m, self)
	if rapid.Bool().Draw(t, "goal") {
		r := m.row("年度总体目标", "", "完成任务", "", "")
		m.merge(r, 0, 1, 2)
	}
	lines = drawLines(t, m, cols, side, self)
	if rapid.Bool().Draw(t, "total") {
		r := m.row("总分")
		m.merge(r, 0, 1, 3)
	}
	if rapid.Bool().Draw(t, "foot") {
		m.row("填报人：", "", "联系电话：")
	}
	left := rapid.IntRange(0, 2).Draw(t, "left")
	for i, row := range m.rows {
		m.rows[i] = append(make([]string, left), row...)
	}
	for i := range m.merges {
		m.merges[i].Col += left
	}
	return grid.New("f.xlsx", "S", m.rows, m.merges...), lines, self, initial, full, executed
}

func drawHead(t *rapid.T, m *sheetMaker, width int) {
	unit := rapid.SampledFrom([]string{"实施单位", "项目单位", "资金使用单位", "预算单位", "项目实施单位"}).Draw(t, "unit word")
	project := rapid.SampledFrom([]string{"项目名称", "专项名称", "一、项目名称", "项目 名称"}).Draw(t, "project word")
	switch rapid.IntRange(0, 3).Draw(t, "head") {
	case 0:
		r := m.row(project, "", "某某项目")
		m.merge(r, 0, 1, 2)
		m.merge(r, 2, 1, width-2)
		r = m.row("主管部门", "", "某某局", "", unit, "某某中心")
		m.merge(r, 0, 1, 2)
		m.merge(r, 2, 1, 2)
	case 1:
		m.row(project+"：某某项目", "", "", unit+"：某某中心")
	case 2:
		m.row(project, "某某项目", "主管部门", "某某局")
		m.row(unit, "某某中心", "项目类型", "经常性")
	case 3:
		m.row(project, "某某项目")
		m.row("主管部门", "")
		m.row(unit, "某某中心")
	}
}

func drawBudget(t *rapid.T, m *sheetMaker, self bool) (initial, full, executed string) {
	if !self {
		switch rapid.IntRange(0, 2).Draw(t, "budget") {
		case 0:
			m.row("项目资金（万元）", "年度资金总额", "120.5")
			m.row("", "其中：财政拨款", "120.5")
			m.row("", "其他资金", "")
			return "120.5", "120.5", ""
		case 1:
			m.row("预算金额（元）", "1,205,000.00")
			return "120.5", "120.5", ""
		}
		return "", "", ""
	}
	switch rapid.IntRange(0, 3).Draw(t, "budget") {
	case 0:
		r := m.row("项目资金（万元）", "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分")
		m.row("", "年度资金总额", "100", "120.5", "60.25", "10", "50%", "5")
		m.row("", "其中：财政拨款", "100", "120.5", "60.25", "—", "—", "—")
		m.merge(r, 0, 3, 1)
		return "100", "120.5", "60.25"
	case 1:
		m.row("预算执行情况（元）", "预算数（A）", "执行数（B）", "执行率（B/A）")
		m.row("资金总额", "1205000", "602,500.00", "50.00%")
		return "", "120.5", "60.25"
	case 2:
		m.row("年初预算数", "100万元", "全年预算数", "120.5万元", "全年执行数", "60.25万元")
		return "100", "120.5", "60.25"
	}
	return "", "", ""
}

func drawLines(t *rapid.T, m *sheetMaker, cols []string, side, self bool) []made {
	n := rapid.IntRange(1, len(madeLines)).Draw(t, "lines")
	first := rapid.IntRange(0, len(madeLines)-n).Draw(t, "first")
	lines := append([]made(nil), madeLines[first:first+n]...)
	words := map[string]string{"side": "绩\n效\n指\n标", "seq": "序号"}
	for _, c := range cols {
		if w, ok := headerWords[c]; ok {
			words[c] = rapid.SampledFrom(w).Draw(t, c)
		}
	}
	// A form names its columns by one scheme.
	if words["l1"] == "指标类型" {
		words["l1"] = "一级指标"
	}
	header := make([]string, len(cols))
	for i, c := range cols {
		header[i] = words[c]
	}
	top := m.row(header...)
	style := rapid.SampledFrom([]string{"merged", "repeated", "blank"}).Draw(t, "levels")
	numbered := rapid.SampledFrom([]string{"", "指标%d：", "%d、"}).Draw(t, "numbering")
	points := rapid.Bool().Draw(t, "points")
	templates := rapid.Bool().Draw(t, "templates")
	starts := map[string]int{}
	var prev made
	for i := range lines {
		l := &lines[i]
		l.target = strings.ReplaceAll(l.target, " ", "")
		cells := make([]string, len(cols))
		r := len(m.rows)
		for c, k := range cols {
			switch k {
			case "seq":
				cells[c] = fmt.Sprint(i + 1)
			case "l1":
				if style == "repeated" || l.l1 != prev.l1 {
					cells[c] = l.l1
					if points {
						cells[c] += "（50分）"
					}
				}
			case "l2":
				if style == "repeated" || l.l2 != prev.l2 || l.l1 != prev.l1 {
					cells[c] = l.l2
				}
			case "name":
				cells[c] = l.name
				if numbered != "" {
					cells[c] = fmt.Sprintf(numbered, i+1) + l.name
				}
			case "target":
				cells[c] = l.target
				if has(cols, "op") {
					cells[c] = l.value
				}
			case "op":
				cells[c] = l.op
			case "unit":
				cells[c] = l.unit
			case "weight":
				cells[c] = l.weight
			case "actual":
				cells[c] = l.actual
			case "score":
				cells[c] = l.score
			case "note":
				cells[c] = "按规定"
			}
		}
		m.row(cells...)
		if style == "merged" {
			mergeLevels(m, cols, starts, r, prev, *l)
		}
		prev = *l
	}
	if style == "merged" {
		mergeLevels(m, cols, starts, len(m.rows), prev, made{})
	}
	if templates {
		cells := make([]string, len(cols))
		for c, k := range cols {
			if k == "name" {
				cells[c] = "……"
			}
		}
		m.row(cells...)
	}
	if side {
		m.merge(top, 0, len(m.rows)-top, 1)
	}
	return lines
}

// mergeLevels closes the spans of levels that end before row r.
func mergeLevels(m *sheetMaker, cols []string, starts map[string]int, r int, prev, next made) {
	for c, k := range cols {
		changed := k == "l1" && prev.l1 != next.l1 || k == "l2" && (prev.l2 != next.l2 || prev.l1 != next.l1)
		if !changed {
			continue
		}
		if s, ok := starts[k]; ok {
			m.merge(s, c, r-s, 1)
		}
		starts[k] = r
	}
}

func has(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// show writes a Grid for a failure's message.
func show(g *grid.Grid) string {
	var b strings.Builder
	for r := range g.Rows {
		for c := range g.Cols {
			cell, ok := g.At(r, c)
			switch {
			case ok && cell.Row == r && cell.Col == c:
				b.WriteString(strings.ReplaceAll(cell.Text, "\n", `\n`))
			case ok:
				b.WriteString("~")
			}
			b.WriteByte('|')
		}
		b.WriteByte('\n')
	}
	return b.String()
}
