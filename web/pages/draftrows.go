package pages

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"yardstick/indicators"
	"yardstick/workspace"
)

// lines groups the lines by class; each class of the frame has its group, so
// that what is lacking shows.
func (pg *draftPage) lines(in draftPost, done draftDone) {
	d := pg.D
	rows := echoed(d.Body.Lines, in)
	if done.New != "" { // an empty row for those without script
		level1, level2, _ := strings.Cut(done.New, "|")
		rows = append(rows, draftRow{Key: "new", Line: workspace.DraftLine{Level1: level1, Level2: level2, Comparison: "≥"}})
		done.Key, done.Focus = "new", true
	}
	at := make([]int, len(rows)) // index in the body, −1 for blank rows
	for i, k := 0, 0; i < len(rows); i++ {
		if at[i] = -1; !rows[i].blank() && rows[i].Key != "new" {
			at[i], k = k, k+1
		}
	}
	classes := frameClasses(d.Frame)
	for _, c := range d.Frame.Classes {
		first := c.Level1 + "|"
		if i := slices.IndexFunc(classes, func(x [2]string) bool { return x[0] == c.Level1 }); i >= 0 {
			first = classValue(classes[i][0], classes[i][1])
		}
		pg.Groups = append(pg.Groups, draftGroup{Level1: c.Level1, Title: c.Level1, Add: doing(url.Values{"op": {"new"}, "a": {first}})})
	}
	perm := sortedRows(rows)
	for _, i := range perm {
		row := rows[i]
		g := slices.IndexFunc(pg.Groups, func(g draftGroup) bool { return g.Level1 == row.Line.Level1 })
		if g < 0 {
			g = len(pg.Groups)
			pg.Groups = append(pg.Groups, draftGroup{Level1: row.Line.Level1, Title: orDash(row.Line.Level1)})
		}
		line := pg.row(row, at[i], classes, g)
		line.New, line.Focus = row.Key == done.Key && done.Key != "", row.Key == done.Key && done.Focus
		pg.Groups[g].Rows = append(pg.Groups[g].Rows, line)
		pg.Lines++
		if row.Line.Weight == nil {
			pg.Empty++
		}
	}
	for g := range pg.Groups {
		gr := &pg.Groups[g]
		gr.ID = "g" + strconv.Itoa(g)
		gr.Note = count(len(gr.Rows)) + " 项"
		if len(gr.Rows) == 0 {
			gr.Note = "还没有指标"
		}
		if s := slices.IndexFunc(d.Sums, func(s workspace.ClassSum) bool { return s.Level1 == gr.Level1 }); s >= 0 && d.Sums[s].Due > 0 {
			gr.Note += " · 应 " + figure(d.Sums[s].Due) + " 分"
		}
	}
}

// sortedRows is the order in which rows stand on the page.
func sortedRows(rows []draftRow) []int {
	perm := make([]int, len(rows))
	for i := range perm {
		perm[i] = i
	}
	slices.SortStableFunc(perm, func(a, b int) int { return workspace.CompareClasses(rows[a].Line, rows[b].Line) })
	return perm
}

// echoed are the rows of the draft under the keys that they were sent with, and
// the blank ones between them.
func echoed(lines []workspace.DraftLine, in draftPost) []draftRow {
	filled := 0
	for _, r := range in.Rows {
		if !r.blank() {
			filled++
		}
	}
	var out []draftRow
	if filled != len(lines) {
		for i, l := range lines {
			out = append(out, draftRow{Key: "l" + strconv.Itoa(i), Line: l})
		}
		return out
	}
	k := 0
	for _, r := range in.Rows {
		if !r.blank() {
			r.Line = lines[k]
			k++
		}
		out = append(out, r)
	}
	return out
}

var comparisons = []string{"≥", "≤", "=", ">", "<", qualitativeWord, ""}

const qualitativeWord = "定性"

var bases = []string{"", "历史标准", "行业标准", "计划标准", "其他"}

// row dresses one line; at is its index in the body, −1 if it is not kept yet.
func (pg *draftPage) row(r draftRow, at int, classes [][2]string, group int) draftLine {
	l := r.Line
	out := draftLine{draftRow: r, Weight: r.Bad, BadWeight: r.Bad != "", Words: l.Comparison == qualitativeWord, Sum: "g" + strconv.Itoa(group), Tall: 1 + (len([]rune(l.Name))-1)/13, Missing: l.Target == "", Bad: map[string]bool{}}
	if l.Weight != nil {
		out.Weight = typed(*l.Weight)
	}
	now, known := classValue(l.Level1, l.Level2), false
	var opts []option
	for _, c := range classes {
		o := option{Group: c[0], Value: classValue(c[0], c[1]), Word: level2Word(c[1]), Chosen: classValue(c[0], c[1]) == now}
		known = known || o.Chosen
		opts = append(opts, o)
	}
	if !known {
		opts = append([]option{{Group: orDash(l.Level1), Value: now, Word: orDash(level2Word(l.Level2)), Chosen: true}}, opts...)
	}
	out.Classes = field{Options: opts}.Groups()
	for _, c := range comparisons {
		out.Compares = append(out.Compares, option{Value: c, Word: orDash(c), Chosen: c == l.Comparison})
	}
	list := bases
	if !slices.Contains(list, l.Basis) {
		list = append(slices.Clone(list), l.Basis)
	}
	for _, b := range list {
		word := b
		if b == "" {
			word = "（不写）"
		}
		out.Bases = append(out.Bases, option{Value: b, Word: word, Chosen: b == l.Basis})
	}
	if at < 0 {
		return out
	}
	if at < len(pg.D.Values) {
		out.Place = placeOf(pg.D.Values[at], l)
	}
	for i, f := range pg.D.Review.Findings {
		if f.Line != at+1 {
			continue
		}
		if empty := emptyCell(f, l); empty != "" { // an empty cell says the rest itself
			f.Why, f.Do = empty+"还没有填。", ""
			if pg.unfilled(f.Field) >= manyEmpty {
				out.Bad[f.Field] = true
				continue
			}
		}
		out.Findings = append(out.Findings, finding(f, r.Key, i))
		out.Bad[f.Field] = out.Bad[f.Field] || f.Severity == "must"
	}
	return out
}

// manyEmpty is from how many empty cells of a column on one sentence over the
// table stands for the notes under their rows.
const manyEmpty = 3

// emptyCell names the cell that a finding is about if that is empty, else "".
func emptyCell(f workspace.Finding, l workspace.DraftLine) string {
	switch {
	case f.Field == "target" && l.Target == "":
		return "目标值"
	case f.Field == "weight" && l.Weight == nil:
		return "权重"
	}
	return ""
}

// unfilled counts the findings on empty cells of a column.
func (pg *draftPage) unfilled(column string) (k int) {
	for _, f := range pg.D.Review.Findings {
		if f.Line > 0 && f.Line <= len(pg.D.Body.Lines) && f.Field == column && emptyCell(f, pg.D.Body.Lines[f.Line-1]) != "" {
			k++
		}
	}
	return k
}

// level2Word is the class as the narrow column writes it.
func level2Word(level2 string) string {
	if strings.HasPrefix(level2, "服务对象") {
		return "服务对象"
	}
	if level2 == "生态环境成本指标" {
		return "生态成本"
	}
	if level2 == "可持续影响指标" {
		return "可持续"
	}
	return short(level2)
}

// placeOf draws where the given target stands, or says why it can't be told.
func placeOf(v workspace.ValueResult, l workspace.DraftLine) place {
	adv, t := v.Proposed, v.Tightness
	pl := place{Word: t.Word, Bold: t.Word != "" && t.Word != "适中", Why: t.Why}
	numeric := v.Given.Numeric()
	s := strip{Values: adv.Values, Q1: adv.Q1, Median: adv.Median, Q3: adv.Q3, N: adv.N, Unit: adv.Unit, Own: ownValues(adv.Own), Tiny: true, Mark: "本表"}
	if numeric && (v.Given.Unit.Name == adv.Unit || adv.Unit == "") {
		s.Prop = boundOf(v.Given)
	}
	if s.Prop != nil && s.drawn() {
		pl.Plot = s.SVG()
	}
	if t.Percentile != nil {
		pl.Rank = "第 " + strconv.Itoa(int(*t.Percentile+.5)) + " 百分位"
		pl.N = "n=" + count(t.PercentileN)
	} else if t.Chance != nil {
		pl.Rank = "把握 " + chance(*t.Chance)
		pl.N = "n=" + count(t.ChanceN)
	}
	if t.Word == "" || t.Word == "判断不了" {
		pl.Bold = false
		switch {
		case l.Target == "":
			pl.Word = "还没有目标值"
		case l.Comparison == qualitativeWord || !numeric:
			pl.Word = "无法比较（不可量化）"
		case adv.N == 0:
			pl.Word = "没有同类可比"
		default:
			pl.Word = "判断不了"
			if pl.N == "" {
				pl.N = "n=" + count(adv.N)
			}
		}
	}
	return pl
}

// boundOf is the number of a target that the ruler marks, nil for a range.
func boundOf(v indicators.Value) *float64 {
	inf := func(x float64) bool { return x-x != 0 }
	switch {
	case v.Kind != indicators.Number:
		return nil
	case !inf(v.Low):
		return &v.Low
	case !inf(v.High):
		return &v.High
	}
	return nil
}

// chance writes a probability as a whole percent.
func chance(p float64) string {
	switch {
	case p < .01:
		return "< 1%"
	case p > .99:
		return "> 99%"
	}
	return strconv.Itoa(int(100*p+.5)) + "%"
}

func ownValues(own []workspace.OwnValue) []float64 {
	var out []float64
	for _, o := range own {
		if o.Value != nil {
			out = append(out, *o.Value)
		}
	}
	return out
}

// severities are the words of a finding.
var severities = map[string]shape{"must": {"warn", "必改"}, "watch": {"watch", "注意"}}

// finding dresses one; i tells those of a row apart.
func finding(f workspace.Finding, key string, i int) draftFinding {
	out := draftFinding{Finding: f, ID: key + "-" + f.Rule + "-" + strconv.Itoa(i), Shape: severities[f.Severity], Source: sourceWord(f.SourceStatus), Advice: f.Do}
	if f.Fix != nil && key != "" {
		v := url.Values{"op": {"fix"}, "k": {key}}
		for k, s := range f.Fix.Set {
			v.Set(k, s)
		}
		out.Do, out.Label, out.Advice = doing(v), f.Fix.Label, ""
	}
	return out
}
