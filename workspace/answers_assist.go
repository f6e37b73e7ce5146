package workspace

import (
	"io"
	"time"

	"yardstick"
	"yardstick/indicators"
)

// The answers about target values and weights, drafts and reviews. Like
// answers.go a contract.

// ValueRequest asks for the target value of one indicator of a project, and for
// a judgement of Target where one is given.
type ValueRequest struct {
	Project    string   `json:"project,omitempty"`
	Unit       string   `json:"unit,omitempty"` // 实施单位: whose own past counts
	Department string   `json:"department,omitempty"`
	Sector     string   `json:"sector,omitempty"`
	Goal       string   `json:"goal,omitempty"`
	Budget     *float64 `json:"budget,omitempty"` // 万元
	Year       int      `json:"year,omitempty"`   // of the draft: only earlier years count as past
	Name       string   `json:"name"`             // of the indicator
	Level1     string   `json:"level1,omitempty"`
	Level2     string   `json:"level2,omitempty"`
	Target     string   `json:"target,omitempty"` // as on the draft, "≥ 95 %"; judged if given
}

// ValueResult proposes a value and judges the given one.
type ValueResult struct {
	Name      string           `json:"name"`
	Entry     string           `json:"entry"` // library entry that the name stands for, ""
	EntryName string           `json:"entry_name"`
	Given     indicators.Value `json:"given"`     // the request's Target as read
	Proposed  TargetAdvice     `json:"proposed"`  // with n, basis and tightness of the proposal
	Tightness Tightness        `json:"tightness"` // of the given value; Word "" if none was given
	Weight    WeightAdvice     `json:"weight"`
}

// Tightness says how hard a target is to reach (docs/methods.md, Tightness).
type Tightness struct {
	Word        string   `json:"word"`                 // 偏松 适中 偏紧 判断不了, "" nothing to judge
	Chance      *float64 `json:"chance,omitempty"`     // probability of reaching it, 0 to 1, from the own past
	ChanceN     int      `json:"chance_n"`             // own years that it rests on
	Percentile  *float64 `json:"percentile,omitempty"` // share of peers with an easier target, 0 to 100
	PercentileN int      `json:"percentile_n"`
	Signals     []Signal `json:"signals"` // rules that fire
	Why         string   `json:"why"`     // sentence
}

// Signal is one rule of tightness that fires.
type Signal struct {
	Rule string `json:"rule"`
	Why  string `json:"why"`
}

// OwnValue is what the unit itself filed for the indicator in a year.
type OwnValue struct {
	Year   int    `json:"year"`
	Target string `json:"target"`
	Actual string `json:"actual"`
	// Value is the actual value, else the target, as a number in the advice's unit.
	Value   *float64 `json:"value"`
	FormID  string   `json:"form_id"`
	Project string   `json:"project"`
}

// Scaling says how peers' values were brought to the size of the project.
type Scaling struct {
	By     string  `json:"by"`     // 预算
	Factor float64 `json:"factor"` // of this project, in 万元
	PerN   int     `json:"n"`
	Note   string  `json:"note"`
}

// Frame is how a rule set spreads 100 points. Classes are in the order of the
// form; Execution is not a class of indicators.
type Frame struct {
	RuleSet   string       `json:"rule_set"`
	Version   string       `json:"version"`
	Title     string       `json:"title"` // 10 + 90：成本 20、产出 40、效益 20、满意度 10
	Source    string       `json:"source"`
	Status    string       `json:"status"` // read, reported, recalled
	Execution float64      `json:"execution"`
	Classes   []ClassPoint `json:"classes"`
	Total     float64      `json:"total"` // of the indicators, 90
}

// ClassPoint is one level-1 class with its points.
type ClassPoint struct {
	Level1 string  `json:"level1"`
	Points float64 `json:"points"`
	// Optional: a project without service recipients may leave it out (满意度), its
	// points then go to To.
	Optional bool   `json:"optional,omitempty"`
	To       string `json:"to,omitempty"`
}

// WeighRequest asks to spread the points of a frame over lines.
type WeighRequest struct {
	RuleSet    string      `json:"rule_set,omitempty"` // "" the one in force
	Sector     string      `json:"sector,omitempty"`
	Project    string      `json:"project,omitempty"`
	Department string      `json:"department,omitempty"`
	Goal       string      `json:"goal,omitempty"`
	Lines      []DraftLine `json:"lines"`
	// Keep holds weights that are there; only empty ones are filled.
	Keep bool `json:"keep,omitempty"`
}

// WeighResult is the weight of each line, in the order of the request. Σ is the
// frame's total, class by class; where that cannot be, Note says why.
type WeighResult struct {
	Frame   Frame        `json:"frame"`
	Weights []LineWeight `json:"weights"`
	Sums    []ClassSum   `json:"sums"`
	Total   float64      `json:"total"`
	Note    string       `json:"note"`
}

// LineWeight is the proposed weight of a line.
type LineWeight struct {
	Points float64 `json:"points"`
	Why    string  `json:"why"`
	N      int     `json:"n"` // filed weights that it rests on; 0: spread evenly
}

// ClassSum is what the lines of a class add up to, beside what they should.
type ClassSum struct {
	Level1 string  `json:"level1"`
	Lines  int     `json:"lines"`
	Sum    float64 `json:"sum"`
	Due    float64 `json:"due"`
	Note   string  `json:"note"` // "" it fits
}

// DraftBody is what a person writes into a draft of a target form. The API
// takes it by itself too: for a review or an export without a kept draft.
type DraftBody struct {
	Project    string      `json:"project"`
	Department string      `json:"department,omitempty"` // 主管部门
	Unit       string      `json:"unit,omitempty"`       // 实施单位
	Region     string      `json:"region,omitempty"`
	Year       int         `json:"year,omitempty"`
	Sector     string      `json:"sector,omitempty"` // functional class (类)
	Function   string      `json:"function,omitempty"`
	Type       string      `json:"type,omitempty"`   // id of a template
	Budget     *float64    `json:"budget,omitempty"` // 万元
	Fiscal     *float64    `json:"fiscal,omitempty"` // of it 财政拨款, 万元
	Other      *float64    `json:"other,omitempty"`  // of it 其他资金, 万元
	Goal       string      `json:"goal,omitempty"`
	RuleSet    string      `json:"rule_set,omitempty"` // "" the one in force
	Lines      []DraftLine `json:"lines"`
	Dismissed  []string    `json:"dismissed,omitempty"` // suggestions not to be shown again
}

// DraftLine is one indicator of a draft.
type DraftLine struct {
	Level1     string   `json:"level1"`
	Level2     string   `json:"level2"`
	Name       string   `json:"name"`
	Comparison string   `json:"comparison,omitempty"` // ≥ ≤ = > <, or 定性
	Target     string   `json:"target,omitempty"`     // number or words, without comparison and unit
	Unit       string   `json:"unit,omitempty"`
	Weight     *float64 `json:"weight,omitempty"`
	Basis      string   `json:"basis,omitempty"` // 设定依据: 历史标准 行业标准 计划标准 其他
	Note       string   `json:"note,omitempty"`  // 指标解释、评分标准
	Entry      string   `json:"entry,omitempty"` // library entry it was taken from
}

// Draft is a kept draft. Every save makes a revision; undo goes back to an
// earlier one. The last hundred revisions are kept (adr/0012). Revision is the
// number of the body: undo gives the earlier one's, and none is given twice.
type Draft struct {
	ID       string     `json:"id"`
	Revision int        `json:"revision"`
	Created  time.Time  `json:"created"`
	Updated  time.Time  `json:"updated"`
	Origin   Origin     `json:"origin"`
	Sample   bool       `json:"sample"`            // started from 示例数据
	Deleted  *time.Time `json:"deleted,omitempty"` // put away; can be brought back
	CopyOf   string     `json:"copy_of,omitempty"` // a save that met another one was kept as this copy
	Body     DraftBody  `json:"body"`
	CanUndo  bool       `json:"can_undo"`
	CanRedo  bool       `json:"can_redo"`
}

// Origin says what a draft was started from.
type Origin struct {
	Kind string `json:"kind"`           // empty, form (last year's), template, case, text, file
	Ref  string `json:"ref,omitempty"`  // form or template id, file name
	Note string `json:"note,omitempty"` // what was taken over and what was not, for people
}

// DraftHead is one row of the list of drafts, latest first.
type DraftHead struct {
	ID       string    `json:"id"`
	Project  string    `json:"project"`
	Unit     string    `json:"unit"`
	Year     int       `json:"year"`
	Budget   *float64  `json:"budget"`
	Lines    int       `json:"lines"`
	Points   float64   `json:"points"` // of the weights
	Updated  time.Time `json:"updated"`
	Revision int       `json:"revision"`
	Sample   bool      `json:"sample"`
	Deleted  bool      `json:"deleted,omitempty"`
	CopyOf   string    `json:"copy_of,omitempty"`
}

// DraftStart says what to start a draft from; all fields empty: an empty draft
// with what Body holds.
type DraftStart struct {
	Key      string    `json:"key,omitempty"`      // chosen by the caller: the same key gives the same draft again
	Form     string    `json:"form,omitempty"`     // id of a filed form (last year's, or a case)
	Template string    `json:"template,omitempty"` // id of a template
	Text     string    `json:"text,omitempty"`     // text of a document: project, budget, goal are looked for in it
	File     *Upload   `json:"-"`                  // a document (docx, xlsx, html, txt): read as Text, or as a form if it is one
	Body     DraftBody `json:"body"`               // what is stated here wins
}

// DraftSave replaces the body of a draft. Revision is the one that the change
// was made on; where the draft has moved on since, the save is kept as a copy and
// the error is of kind Conflict with the copy's id in the message.
type DraftSave struct {
	Revision int       `json:"revision"`
	Body     DraftBody `json:"body"`
	Source   string    `json:"source,omitempty"`
}

// DraftView is a draft with everything that the page shows beside it.
type DraftView struct {
	Draft
	Frame    Frame         `json:"frame"`
	Frames   []Frame       `json:"frames"` // to choose from
	Sums     []ClassSum    `json:"sums"`
	Total    float64       `json:"total"` // of the weights
	Tasks    []GoalTask    `json:"tasks"`
	Values   []ValueResult `json:"values"` // by line: where the target stands among peers
	Review   Review        `json:"review"`
	LastYear []FormHead    `json:"last_year"` // filed forms of this project to start from or compare with, latest first
}

// GoalTask is one thing that the goal says will be done. From and To are
// character (rune) offsets in the goal.
type GoalTask struct {
	Text  string `json:"text"`
	From  int    `json:"from"`
	To    int    `json:"to"`
	Lines []int  `json:"lines"` // indexes of the lines that cover it, from 0; none: not covered yet
	Why   string `json:"why"`
}

// Review is the opinion on one target form or draft.
type Review struct {
	ID         string         `json:"id"` // of the form, or of the draft
	File       string         `json:"file,omitempty"`
	Sheet      string         `json:"sheet,omitempty"`
	Cell       string         `json:"cell,omitempty"`
	Kind       string         `json:"form"`
	Project    string         `json:"project"`
	Unit       string         `json:"unit"`
	Department string         `json:"department"`
	Year       int            `json:"year"`
	Sector     string         `json:"sector"`
	Budget     *float64       `json:"budget"` // 万元
	Lines      int            `json:"lines"`
	Points     float64        `json:"points"` // proposal, of 100
	Grade      string         `json:"grade"`  // 优 良 中 差
	Advice     string         `json:"advice"` // 通过, 完善后通过, 修改后再报, 不予通过
	Must       int            `json:"must"`   // findings 必改
	Watch      int            `json:"watch"`  // findings 注意
	Marks      []ReviewMark   `json:"marks"`
	Findings   []Finding      `json:"findings"` // 必改 first, then by the form's order
	Checks     []ReviewCheck  `json:"checks"`   // every rule with its answer
	Rules      RuleSet        `json:"rules"`
	History    string         `json:"history"` // what it was compared with, in words with n
	TookMS     float64        `json:"took_ms"`
	Decision   *ReviewVerdict `json:"decision,omitempty"`
}

// ReviewMark is one line of the review table.
type ReviewMark struct {
	Group  string  `json:"group"` // 完整性 相关性 适当性 可行性
	Item   string  `json:"item"`  // 规范完整 …
	Points float64 `json:"points"`
	Of     float64 `json:"of"`
	Grade  string  `json:"grade"` // 优 良 中 差
	Why    string  `json:"why"`
}

// Finding is one thing that a reviewer should look at.
type Finding struct {
	Rule         string `json:"rule"`     // D-01
	Title        string `json:"title"`    // 性质与名称相反
	Severity     string `json:"severity"` // must (必改), watch (注意)
	Item         string `json:"item"`     // line of the review table that it counts for
	Line         int    `json:"line"`     // of the form, from 1; 0: the form as a whole
	Indicator    string `json:"indicator,omitempty"`
	Field        string `json:"field"` // name, comparison, target, unit, weight, level1, level2, goal, budget, project, form
	Cell         string `json:"cell"`  // "" on a draft
	Raw          string `json:"raw"`
	Why          string `json:"why"`
	Do           string `json:"do"`
	Fix          *Fix   `json:"fix,omitempty"` // what one press can do
	Source       string `json:"source"`
	SourceStatus string `json:"source_status"` // read, reported, recalled, proposed
	N            int    `json:"n,omitempty"`   // projects that a comparison rests on
}

// Fix changes fields of the finding's line: name, comparison, target, unit,
// weight, level1, level2; "delete" removes the line.
type Fix struct {
	Label string            `json:"label"` // 改为 ≤ 5.0%
	Set   map[string]string `json:"set"`
}

// ReviewCheck is a rule's answer on one form.
type ReviewCheck struct {
	Rule   string `json:"rule"`
	Title  string `json:"title"`
	Answer string `json:"answer"` // found, ok, unchecked
	Why    string `json:"why"`    // why it could not be checked
	Count  int    `json:"count"`  // findings
}

// ReviewVerdict is what a person decided.
type ReviewVerdict struct {
	Verdict string    `json:"verdict"` // return (退回修改), pass (通过)
	Note    string    `json:"note,omitempty"`
	At      time.Time `json:"at"`
	Source  string    `json:"source"`
}

// ReviewRequest names what to review: files (paths or uploads) or the target
// forms of the workspace that a query finds.
type ReviewRequest struct {
	Key      string // chosen by the caller: the same key gives the same round again, whatever else is asked; "" a new one
	Paths    []string
	Uploads  []Upload
	Forms    *FormQuery
	Only     []string // of the forms that Forms finds only those with these ids; empty: all
	Title    string
	Source   string
	Progress func(Progress)
}

// ReviewRound is a set of forms reviewed together, worst first, kept with its
// files until it is deleted.
type ReviewRound struct {
	ID     string            `json:"id"`
	At     time.Time         `json:"at"`
	Title  string            `json:"title"`
	Source string            `json:"source"` // upload, forms, cli, api
	Sample bool              `json:"sample"`
	Files  int               `json:"files"`
	Items  []Review          `json:"items"`
	Unread []yardstick.Issue `json:"unread"` // files and rows that could not be read
	Skips  []string          `json:"skips"`  // forms that are no target forms, in words
	TookMS float64           `json:"took_ms"`
}

// RoundHead is one row of the list of rounds, latest first.
type RoundHead struct {
	ID     string    `json:"id"`
	At     time.Time `json:"at"`
	Title  string    `json:"title"`
	Source string    `json:"source"`
	Sample bool      `json:"sample"`
	Forms  int       `json:"forms"`
	Must   int       `json:"must"`
	Open   int       `json:"open"` // without a decision
}

// Document is a file that a use case wrote.
type Document struct {
	Name string // to offer as file name
	Type string // MIME type
	Data []byte
}

// WriteTo writes the document.
func (d Document) WriteTo(w io.Writer) (int64, error) {
	n, err := w.Write(d.Data)
	return int64(n), err
}
