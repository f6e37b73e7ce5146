package official

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"yardstick/indicators/scoring"
)

// Opinion is what is said of one target form: points by the review table, the
// findings, and what they rest on. The points are a proposal; Verdict is what a
// person decided, if so.
type Opinion struct {
	File       string // of the form, for people
	Sheet      string
	Project    string
	Unit       string
	Department string
	Year       int
	Budget     *float64 // 万元
	Lines      int      // indicators on the form
	Points     float64  // of 100
	Grade      string   // 优 良 中 差
	Advice     string   // 通过, 完善后通过, 修改后再报, 不予通过
	Marks      []Mark
	Findings   []Finding
	Unchecked  []string // rules that could not be checked, and why
	Rules      Rules
	History    string // what it was compared with, in words with n
	Date       time.Time
	Sample     bool
	Verdict    *Verdict
}

// Mark is one line of the review table.
type Mark struct {
	Group  string // 完整性 相关性 适当性 可行性
	Item   string
	Points float64
	Of     float64
	Grade  string
	Why    string
}

// Finding is one thing that a reviewer should look at.
type Finding struct {
	Severity     string // Must or Watch
	Title        string
	Line         int // of the form, from 1; 0: the form as a whole
	Indicator    string
	Cell         string
	Why          string
	Do           string
	Rule         string // D-01
	Source       string
	SourceStatus string // read, reported, recalled, proposed
}

// Rules are the rules that a review went by.
type Rules struct {
	Title  string // id and version, or a name
	Source string
	Status string // read, reported, recalled, proposed
}

// Verdict is what a person decided.
type Verdict struct {
	Verdict string // return or pass
	Note    string
	At      time.Time
}

const (
	opinionTitle = "绩效目标审核意见"
	// proposal stands on every opinion and list.
	proposal = "得分、等次和建议由规则算出，供审核时参考；是否通过由人决定。"
	// onePage is how many findings still fit on one page.
	onePage = 12
)

// sourceWord says how sure we are of the source of a rule, as pages do.
func sourceWord(status string) string {
	return cmp.Or(scoring.Status(status).Words(), "来源未写")
}

// sourceMark stands behind a source that was not read, and in the legend below
// the findings: one sign for each status, so that its words are said once.
func sourceMark(status string) string {
	switch status {
	case "read":
		return ""
	case "reported":
		return "▲"
	case "recalled":
		return "●"
	case "proposed":
		return "◆"
	}
	return "○"
}

// legend says what the marks on the findings stand for, "" if there are none.
func legend(findings []Finding) string {
	var out []string
	for _, status := range []string{"reported", "recalled", "proposed", ""} { // "" for what is not written
		if slices.ContainsFunc(findings, func(f Finding) bool { return f.Source != "" && sourceMark(f.SourceStatus) == sourceMark(status) }) {
			out = append(out, sourceMark(status)+" "+sourceWord(status))
		}
	}
	if len(out) == 0 {
		return ""
	}
	return "依据的出处：" + strings.Join(out, "；") + "；没有记号的已读原文。"
}

// sheetOpinion is an opinion in words: what both kinds of files show.
type sheetOpinion struct {
	Title, Mark string
	Facts       [][2]string // label and text
	Score       string
	Marks       []markRow
	Total       string
	Findings    []findingRow
	Count       string
	Legend      string // of the marks on the findings' sources
	Unchecked   string
	History     string
	Rules       string
	Proposal    string
	Verdict     string
	Tight       bool // fits on one page
}

type markRow struct {
	Group string
	Span  int // rows that the group stands over; 0: it began above
	Item, Of, Points,
	Grade, Why string
}

type findingRow struct {
	No       string
	Must     bool
	Severity string
	Place    string
	What     string // title and why
	Title    string
	Why      string
	Do       string
	Basis    string
}

// words puts an opinion into words.
func (o Opinion) words() sheetOpinion {
	s := sheetOpinion{Title: opinionTitle, Proposal: proposal, Tight: len(o.Findings) <= onePage}
	if o.Sample {
		s.Mark = sampleMark
	}
	budget, year := "没有填写", "没有写明"
	if o.Budget != nil {
		budget = money(*o.Budget) + " 万元"
	}
	if o.Year > 0 {
		year = strconv.Itoa(o.Year)
	}
	s.Facts = [][2]string{{"项目名称", orNone(o.Project)}, {"实施单位", orNone(o.Unit)}, {"主管部门", orNone(o.Department)}, {"年度", year},
		{"年度资金", budget}, {"指标", fmt.Sprintf("%d 条", o.Lines)}}
	if o.File != "" {
		place := o.File
		if o.Sheet != "" {
			place += " › " + o.Sheet
		}
		s.Facts = append(s.Facts, [2]string{"所审文件", place})
	}
	s.Score = fmt.Sprintf("建议得分 %s 分", points(o.Points))
	if o.Grade != "" {
		s.Score += "，等次 " + o.Grade
	}
	if o.Advice != "" {
		s.Score += "，建议" + o.Advice
	}
	s.Marks, s.Total = markRows(o.Marks), totalMarks(o.Marks)
	must := 0
	for i, f := range o.Findings {
		if f.Severity == Must {
			must++
		}
		s.Findings = append(s.Findings, f.row(i+1))
	}
	s.Count = fmt.Sprintf("必改 %d 处，注意 %d 处", must, len(o.Findings)-must)
	if len(o.Findings) == 0 {
		s.Count = "没有发现问题（不等于没有问题）"
	}
	s.Legend = legend(o.Findings)
	s.Unchecked = strings.Join(o.Unchecked, "；")
	s.History = o.History
	s.Rules = o.Rules.words()
	s.Verdict = o.verdict()
	return s
}

func orNone(s string) string {
	if s = line(s); s == "" {
		return "没有填写"
	}
	return s
}

// words names the rules with their source and how sure we are of it.
func (r Rules) words() string {
	if r.Title == "" && r.Source == "" {
		return ""
	}
	out := r.Title
	if r.Source != "" {
		out += "，来源：" + r.Source
	}
	return out + "（" + sourceWord(r.Status) + "）"
}

// markRows are the lines of the review table, neighbours of one group under
// one heading.
func markRows(marks []Mark) []markRow {
	var out []markRow
	first := 0
	for i, m := range marks {
		r := markRow{Group: m.Group, Item: m.Item, Of: points(m.Of), Points: points(m.Points), Grade: m.Grade, Why: m.Why}
		if i > 0 && m.Group == marks[i-1].Group {
			out[first].Span++
		} else {
			first, r.Span = i, 1
		}
		out = append(out, r)
	}
	return out
}

// totalMarks is the sum of the review table: 86.5 / 100.
func totalMarks(marks []Mark) string {
	sum, of := 0.0, 0.0
	for _, m := range marks {
		sum, of = sum+m.Points, of+m.Of
	}
	return points(sum) + " / " + points(of)
}

func (f Finding) row(no int) findingRow {
	r := findingRow{No: strconv.Itoa(no), Must: f.Severity == Must, Severity: word(f.Severity), Title: f.Title, Why: f.Why, Do: f.Do}
	switch {
	case f.Indicator != "":
		r.Place = f.Indicator
	case f.Line > 0:
		r.Place = fmt.Sprintf("第 %d 条指标", f.Line)
	default:
		r.Place = "整张表"
	}
	if f.Cell != "" {
		r.Place += "（" + f.Cell + "）"
	}
	r.What = f.Title
	if f.Why != "" && f.Title != "" {
		r.What += "：" + f.Why
	} else if f.Title == "" {
		r.What = f.Why
	}
	r.Basis = f.Rule
	if f.Source != "" {
		r.Basis = strings.TrimSpace(r.Basis + " " + f.Source)
	}
	if f.Source != "" {
		r.Basis += sourceMark(f.SourceStatus)
	}
	return r
}

// verdict is the person's decision, or two boxes to tick.
func (o Opinion) verdict() string {
	if o.Verdict == nil {
		return "☐ 通过　☐ 退回修改"
	}
	out := map[string]string{"pass": "通过", "return": "退回修改"}[o.Verdict.Verdict]
	if out == "" {
		out = o.Verdict.Verdict
	}
	if !o.Verdict.At.IsZero() {
		out += "（" + o.Verdict.At.Format("2006-01-02") + "）"
	}
	if note := strings.TrimSpace(o.Verdict.Note); note != "" {
		out += "。意见：" + note
	}
	return out
}

// date is the day of the opinion, "" if none is given.
func (o Opinion) date() string {
	if o.Date.IsZero() {
		return ""
	}
	return o.Date.Format("2006-01-02")
}

// money writes a sum with two decimals and thousands separators, as tables do.
func money(x float64) string {
	s := strconv.FormatFloat(x, 'f', 2, 64)
	sign := ""
	if strings.HasPrefix(s, "-") {
		sign, s = "−", s[1:]
	}
	for i := strings.IndexByte(s, '.') - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return sign + s
}
