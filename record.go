// Package yardstick holds the records that the rest of the project passes
// around (Form, Line, Budget, Batch, Issue) and the one error type with its
// closed list of kinds. It knows no SQL, no HTTP and no files. Start from Form.
package yardstick

import (
	"encoding/json"
	"time"

	"yardstick/indicators"
)

// FormKind says which official form a Form is.
type FormKind string

// The kinds of official forms.
const (
	Target                   FormKind = "target"                     // 项目支出绩效目标(申报)表
	Monitoring               FormKind = "monitoring"                 // 绩效运行监控表
	SelfEvaluation           FormKind = "self_evaluation"            // 项目支出绩效自评表
	DepartmentTarget         FormKind = "department_target"          // 部门(单位)整体支出绩效目标表
	DepartmentSelfEvaluation FormKind = "department_self_evaluation" // 部门(单位)整体支出绩效自评表
)

// Title is the Chinese name of the kind as pages show it.
func (k FormKind) Title() string {
	switch k {
	case Target:
		return "项目绩效目标"
	case Monitoring:
		return "绩效运行监控"
	case SelfEvaluation:
		return "项目绩效自评"
	case DepartmentTarget:
		return "部门整体绩效目标"
	case DepartmentSelfEvaluation:
		return "部门整体绩效自评"
	}
	return string(k)
}

// Text is a field as read: Value is what it means, Raw the characters that
// stand in the cell, Cell its address ("B7"). The zero Text is a field that the
// form does not show.
type Text struct {
	Value string
	Raw   string
	Cell  string
}

// MarshalJSON writes the meaning, and null where the form shows nothing.
func (t Text) MarshalJSON() ([]byte, error) {
	if t.Value == "" {
		return []byte("null"), nil
	}
	return json.Marshal(t.Value)
}

// Number is a numeric field as read. Known is false where the form shows
// nothing or something that is not a number; Value is then 0 and means nothing.
type Number struct {
	Value float64
	Known bool
	Raw   string
	Cell  string
}

// MarshalJSON writes the number, and null where it is not known.
func (n Number) MarshalJSON() ([]byte, error) {
	if !n.Known {
		return []byte("null"), nil
	}
	return json.Marshal(n.Value)
}

// Measure is a target or actual value of a line: the parsed value, which keeps
// its raw text, and the cell that it was read from. Where operator, value and
// unit stand in cells of their own, Cell is that of the value.
type Measure struct {
	indicators.Value
	Cell string
}

// Fund is one row of a form's budget block, in 万元.
type Fund struct {
	Label    string // 年度资金总额, 其中：当年财政拨款, 上年结转资金, 其他资金 …
	Initial  Number // 年初预算数
	FullYear Number // 全年(调整后)预算数
	Executed Number // 全年执行数
}

// Budget is a form's budget block. All sums are in 万元 whatever the form's
// unit; Raw fields keep what stands there.
type Budget struct {
	Unit            string // the unit the form states or implies: 元, 万元, 亿元
	Initial         Number // 年初预算数; on a target form the year's sum
	FullYear        Number // 全年预算数 (adjusted); on a target form equal to Initial
	Executed        Number // 全年执行数
	ExecutionRate   Number // 执行率 as printed, in percent (0 to 100 and above)
	ExecutionWeight Number // points for execution, such as 10 or 20
	ExecutionScore  Number // points given for execution
	Funds           []Fund // every row of the block, in order, the total included
}

// Line is one indicator of a form.
type Line struct {
	Seq      int      // position in the form, from 1
	Level1   Text     // 一级指标 without its points
	Level2   Text     // 二级指标 without its points
	Name     Text     // 三级指标 without its numbering
	Target   Measure  // 年度指标值
	LongTerm Measure  // 中长期指标值, on forms with twin sets
	Actual   Measure  // 实际完成值; on a monitoring form the value at the node
	Expected Measure  // 全年预计完成值, on a monitoring form
	Weight   Number   // 分值, points
	Score    Number   // 得分, points
	Reason   Text     // 偏差原因分析及改进措施
	Note     Text     // 指标解释, 绩效标准, 备注: whatever else the row says
	SubRow   bool     // an 其中 row below another line; carries no weight of its own
	Cell     string   // address of the name's cell
	Doubts   []string // codes of the warnings on this line
}

// Form is one official form as read from a sheet.
type Form struct {
	ID         string // stable: derived from file content, sheet and position
	File       string // path as given
	Sheet      string // "" where the file has no named sheets
	Position   int    // ordinal of the form within its sheet, from 1
	Cell       string // address of the form's first cell
	Kind       FormKind
	Layout     string // how it was recognised, for people: "标准自评表，分值在后"
	Title      Text
	Year       Number
	Region     Text // 地区 as written
	Department Text // 主管部门
	Unit       Text // 实施单位, 单位名称
	Project    Text
	Sector     string // functional class, inferred (see SectorWhy); "" if it can't be told
	SectorWhy  string
	Goal       Text // 年度总体目标
	GoalActual Text // 年度总体目标完成情况
	Budget     Budget
	TotalScore Number
	Grade      Text
	Lines      []Line
	Rows       Tally
}

// Tally says what became of every indicator row of a form or file:
// Read == Clean + Warned + Rejected. Rows between the indicators that state none
// are counted apart, so that nothing disappears: template rows (指标2：, ……),
// headings of sections, subtotals, sums of columns, the row of budget execution
// (its points go to the Budget) and further rows of a merged name.
type Tally struct {
	Read     int // rows that state an indicator
	Clean    int // stored without a doubt
	Warned   int // stored with at least one warning
	Rejected int // not stored; each has an Issue with its cell
	Unused   int // rows that state no indicator: see above
}

// Add adds u to t.
func (t *Tally) Add(u Tally) {
	t.Read += u.Read
	t.Clean += u.Clean
	t.Warned += u.Warned
	t.Rejected += u.Rejected
	t.Unused += u.Unused
}

// Issue is a doubt about, or the rejection of, one place in a file. Code is
// from the closed list in codes.go; Message is a Chinese sentence for people
// that says what is there, and what was expected or assumed.
type Issue struct {
	File    string `json:"file"`
	Sheet   string `json:"sheet"`
	Cell    string `json:"cell"`
	Code    Code   `json:"code"`
	Message string `json:"message"`
	Raw     string `json:"-"` // what stands in the cell
}

// File is one input of a batch with what was read from it.
type File struct {
	Path     string // as given
	Hash     string // SHA-256 of the content, hex
	Size     int64
	Forms    []Form
	Rejected []Issue // cells or whole files that were not stored
	Warnings []Issue
	Rows     Tally
}

// Batch is what is stored whole or not at all.
type Batch struct {
	ID      string
	Source  string    // "cli", "page", "api", "demo"
	Sample  bool      // made-up or demonstration data, shown as 示例数据
	Started time.Time // when reading began; zero: when storing began
	Files   []File
}

// Outcome says what a sink did with a Batch.
type Outcome struct {
	BatchID    string // "" if nothing was stored
	Forms      int    // stored
	Lines      int    // stored
	Superseded int    // forms replaced by a correction in this batch
	Unchanged  int    // files or forms that were stored already
	Files      []FileOutcome
}

// FileOutcome is what became of the file at the same position in Batch.Files.
type FileOutcome struct {
	Outcome string // stored, partly, superseding, unchanged, rejected
	Forms   int
	Lines   int
	FormIDs []string
	Issues  []Issue // warnings that only the sink can give, such as FormDuplicate
}
