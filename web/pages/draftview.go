package pages

import (
	"cmp"
	"html/template"
	"slices"
	"strconv"
	"strings"
	"time"

	"yardstick/indicators/library"
	"yardstick/indicators/scoring"
	"yardstick/workspace"
)

// draftPage is 目标编制: main of draft.tmpl.
type draftPage struct {
	shell
	ID       string
	Revision int
	D        workspace.DraftView
	Path     string
	Heading  string
	Nth, Of  int // among the kept drafts
	Saved    string
	Said     string // what a button did
	Undoable bool   // and that it can be taken back
	Copy     *copyNote
	Origin   string
	Basis    []string // what the suggestions rest on
	Rules    ruleNote
	Show     string // pane that narrow windows start with

	Year, Budget, Fiscal, Other string // as typed
	Bad                         map[string]string
	Sector                      string // given, else told by the name
	Sectors                     []choice
	Types                       []optionGroup
	Frames                      []choice
	Goal                        []goalPart
	Tasks, Uncovered            int
	Lacking                     []taskLink
	Similar                     []similarRow
	LastYear                    []startRow

	Groups  []draftGroup
	Lines   int
	Empty   int // weights that are not filled in
	Whole   []draftFinding
	Sums    []classSum
	Bar     template.HTML
	Points  string // with those of the execution
	Full    string
	Rest    string
	Exec    string
	Grand   float64 // of the indicators
	MustNow int

	Sugs     []sugGroup
	SugCount int
	Skipped  []skipped
	Note     string // why there is nothing to compare with
	Find     string
	Found    []foundRow
	Ask      string // format of the export that is asked about
}

// copyNote stands over a draft that is the copy of another one.
type copyNote struct{ Of, Compare string }

// ruleNote is the rule set in force with how sure we are of it.
type ruleNote struct{ Title, Status, Source string }

// draftGroup are the lines of one class.
type draftGroup struct {
	ID     string
	Level1 string
	Title  string
	Note   string
	Add    string // value of the button that adds a line here
	Rows   []draftLine
}

// draftLine is one line of the table.
type draftLine struct {
	draftRow
	Weight    string
	Words     bool // the target is words, without a unit
	Classes   []optionGroup
	Compares  []option
	Bases     []option
	Tall      int // lines that the name takes
	Sum       string
	Place     place
	Findings  []draftFinding
	Bad       map[string]bool // fields with a finding 必改
	BadWeight bool            // what stands there is no number
	New       bool            // just added
	Focus     bool
	Missing   bool // has no target yet
}

// place says where a target stands among its peers.
type place struct {
	Plot template.HTML
	Word string // 偏松 适中 偏紧, or why not
	Bold bool
	Rank string // · 第 17 百分位
	N    string
	Why  string // all of it, for the unfolded row
}

// draftFinding is a finding with the button that does what it says.
type draftFinding struct {
	workspace.Finding
	ID     string
	Shape  shape
	Source string
	Do     string // value of the button, "" if there is none
	Label  string
	Advice string // what to do, where no button does it
}

// classSum is the weight of one class beside what it should be.
type classSum struct {
	Key, Title, Sum, Due, Word string
	Note                       string
	Fits                       bool
}

// goalPart is a piece of the goal: a task with or without an indicator, or what
// stands between.
type goalPart struct {
	Text  string
	Class string // "" between tasks, cov, unc
	Why   string
}

type taskLink struct{ Text, Href string }

// startRow is a filed form to start from.
type startRow struct{ Word, Href, Form string }

// skipped is a suggestion that was dismissed.
type skipped struct{ Name, Back string }

func (p *Pages) draftView(a draftAnswer, in draftPost, done draftDone) *draftPage {
	d := a.Draft
	pg := &draftPage{ID: d.ID, Revision: d.Revision, D: d, Path: draftPath(d.ID), Heading: d.Body.Project, Said: done.Said, Undoable: done.Undoable, Show: "form", Find: in.Find, Ask: done.Ask, Bad: in.Bad, MustNow: d.Review.Must}
	if pg.Heading == "" {
		pg.Heading = "没有写名称的草稿"
	}
	pg.Title, pg.Rail = pg.Heading+" · 目标编制", true
	pg.Sample = d.Sample
	pg.Saved = p.clock(d.Updated)
	pg.Origin = originWords(d.Origin)
	if d.CopyOf != "" {
		pg.Copy = &copyNote{draftPath(d.CopyOf), draftPath(d.ID) + "/compare"}
	}
	pg.Rules = ruleNote{d.Frame.Title, sourceWord(d.Frame.Status), d.Frame.Source}
	pg.Frames = []choice{{Word: "现行的", Current: d.Body.RuleSet == ""}}
	for _, f := range d.Frames {
		pg.Frames = append(pg.Frames, choice{Word: f.Title, Value: f.RuleSet, Current: f.RuleSet == d.Body.RuleSet})
	}
	pg.facts(in)
	pg.goal()
	pg.lines(in, done)
	pg.sums()
	pg.whole()
	pg.suggest(a.Suggest, in)
	pg.basis(a)
	if len(d.Body.Lines) == 0 && d.Body.Project == "" {
		pg.Show = "facts"
	}
	for _, h := range d.LastYear {
		pg.LastYear = append(pg.LastYear, startRow{strings.TrimPrefix(year(h.Year)+" ", missing+" ") + h.Kind.Title(), "/drafts/new?form=" + queryEscape(h.ID), h.ID})
	}
	return pg
}

// clock writes the time of a save: of today only the time.
func (p *Pages) clock(t time.Time) string {
	now := p.opt.Now().In(p.opt.Zone)
	if t = t.In(p.opt.Zone); t.Format("20060102") != now.Format("20060102") {
		return p.moment(t)
	}
	return t.Format("15:04")
}

// sourceWord says how sure we are of the source of a rule.
func sourceWord(status string) string {
	return cmp.Or(scoring.Status(status).Words(), "来源未写")
}

func originWords(o workspace.Origin) string {
	word := map[string]string{"form": "从申报表开始", "template": "从模板开始", "case": "从案例开始", "text": "从一段文字开始", "file": "从文档开始"}[o.Kind]
	if o.Kind == "file" && o.Ref != "" {
		word += " " + o.Ref
	}
	said := strings.Trim(strings.TrimSpace(word+"。"+o.Note), "。")
	if said == "" {
		return ""
	}
	return said + "。"
}

// facts shows what was typed, also where it is no number.
func (pg *draftPage) facts(in draftPost) {
	b := pg.D.Body
	text := func(name string, v *float64) string {
		if bad, ok := in.Bad[name]; ok {
			return bad
		}
		if v == nil {
			return ""
		}
		return typed(*v)
	}
	pg.Budget, pg.Fiscal, pg.Other = text("budget", b.Budget), text("fiscal", b.Fiscal), text("other", b.Other)
	if pg.Year = in.Bad["year"]; pg.Year == "" && b.Year != 0 {
		pg.Year = strconv.Itoa(b.Year)
	}
}

// goal cuts the goal at the bounds of its tasks.
func (pg *draftPage) goal() {
	goal, at := []rune(pg.D.Body.Goal), 0
	tasks := slices.Clone(pg.D.Tasks)
	slices.SortFunc(tasks, func(a, b workspace.GoalTask) int { return a.From - b.From })
	for _, t := range tasks {
		if t.From < at || t.To > len(goal) || t.From >= t.To { // overlaps the one before, or is of another goal
			continue
		}
		if t.From > at {
			pg.Goal = append(pg.Goal, goalPart{Text: string(goal[at:t.From])})
		}
		part := goalPart{Text: string(goal[t.From:t.To]), Class: "cov", Why: t.Why}
		pg.Tasks++
		if len(t.Lines) == 0 {
			part.Class = "unc"
			pg.Uncovered++
			pg.Lacking = append(pg.Lacking, taskLink{Text: t.Text})
		}
		pg.Goal = append(pg.Goal, part)
		at = t.To
	}
	if at < len(goal) {
		pg.Goal = append(pg.Goal, goalPart{Text: string(goal[at:])})
	}
}

// frameClasses are the classes that a line can have under the rule set: those
// of the frame of 2021, and 产出 · 成本 where 成本 is no class of its own.
func frameClasses(f workspace.Frame) [][2]string {
	var out [][2]string
	has := func(level1 string) bool {
		return len(f.Classes) == 0 || slices.ContainsFunc(f.Classes, func(c workspace.ClassPoint) bool { return c.Level1 == level1 })
	}
	for _, c := range library.Classes() {
		if has(c[0]) {
			out = append(out, c)
		}
	}
	if !has("成本指标") {
		at := slices.IndexFunc(out, func(c [2]string) bool { return order(c[0]) > order("产出指标") })
		if at < 0 {
			at = len(out)
		}
		out = slices.Insert(out, at, [2]string{"产出指标", "成本指标"})
	}
	return out
}

// sums puts each class beside its due points.
func (pg *draftPage) sums() {
	f := pg.D.Frame
	key := func(level1 string) string {
		return "g" + strconv.Itoa(slices.IndexFunc(pg.Groups, func(g draftGroup) bool { return g.Level1 == level1 }))
	}
	var segs []segment
	for _, s := range pg.D.Sums {
		c := classSum{Key: key(s.Level1), Title: short(s.Level1), Sum: figure(s.Sum), Due: figure(s.Due), Word: gapWord(s.Due - s.Sum), Note: s.Note}
		c.Fits = c.Word == "✓"
		pg.Sums = append(pg.Sums, c)
		segs = append(segs, segment{Key: c.Key, Due: s.Due, Sum: s.Sum})
	}
	pg.Grand = f.Total
	full := f.Total + f.Execution
	if full == 0 {
		full = 100
	}
	pg.Points, pg.Full, pg.Exec = figure(pg.D.Total+f.Execution), figure(full), figure(f.Execution)
	pg.Rest = gapWord(full - pg.D.Total - f.Execution)
	pg.Bar = weightBar(segs, f.Execution)
}

// gapWord says how far a sum is from what it should be.
func gapWord(gap float64) string {
	switch {
	case gap > -.005 && gap < .005:
		return "✓"
	case gap > 0:
		return "还差 " + figure(gap)
	}
	return "多 " + figure(-gap)
}

// whole are the findings on the form as a whole. A draft without lines has none
// of them said: that it is empty shows.
func (pg *draftPage) whole() {
	if pg.Lines == 0 {
		return
	}
	said := map[string]bool{}
	for i, f := range pg.D.Review.Findings {
		if f.Line == 0 {
			pg.Whole = append(pg.Whole, finding(f, "", i))
		}
		if f.Line < 1 || f.Line > len(pg.D.Body.Lines) || said[f.Field] {
			continue
		}
		cell := emptyCell(f, pg.D.Body.Lines[f.Line-1])
		if k := pg.unfilled(f.Field); cell != "" && k >= manyEmpty {
			said[f.Field] = true
			f.Why, f.Do, f.Fix = count(k)+" 个指标的"+cell+"还没有填。", "", nil
			one := finding(f, "", i)
			if f.Field == "weight" {
				one.Do, one.Label = "keep=1&op=weigh", "按惯例补上"
			}
			pg.Whole = append(pg.Whole, one)
		}
	}
}
