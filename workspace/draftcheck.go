package workspace

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"yardstick"
)

// Sizes of a draft. They bound what one revision takes on the disk, and are far
// above what the official form has room for.
const (
	MaxDraftLines = 200 // lines of a draft
	MaxDismissed  = 500 // suggestions that are not to be shown again

	maxLong  = 4000 // characters: goal, notes
	maxShort = 200  // characters: names and other single lines
	maxSum   = 1e9  // 万元: ten times the country's yearly spending
)

var comparisons = []string{"", "≥", "≤", "=", ">", "<", qualitative}

// spellings are other ways of writing a comparison that keyboards and systems
// have.
var spellings = strings.NewReplacer(">=", "≥", "<=", "≤", "＞=", "≥", "＜=", "≤", "＞", ">", "＜", "<", "＝", "=", "==", "=", "≧", "≥", "≦", "≤")

// checkBody returns body with its lines in the order of the form and comparisons
// in one spelling, or an error of kind Invalid that names the field which is out
// of bounds.
func (w *Workspace) checkBody(op string, body DraftBody) (DraftBody, error) {
	var bad *yardstick.Error
	refuse := func(format string, args ...any) {
		if bad == nil {
			bad = &yardstick.Error{Kind: yardstick.Invalid, Op: op, Msg: fmt.Sprintf(format, args...)}
		}
	}
	text := func(field, s string, most int) {
		if n := len([]rune(s)); n > most {
			refuse("%s有 %d 个字，最多 %d 个。缩短后再保存。", field, n, most)
		}
		if !utf8.ValidString(s) {
			refuse("%s不是 UTF-8 编码的文字。换成 UTF-8 再保存。", field)
		}
		if strings.ContainsFunc(s, control) {
			refuse("%s里有看不见的控制字符。删掉后再保存。", field)
		}
	}
	sum := func(field string, x *float64, most float64) {
		if x != nil && !(*x >= 0 && *x <= most) {
			refuse("%s应在 0 到 %.0f 之间，现为 %g。", field, most, *x)
		}
	}
	for _, f := range []struct{ field, s string }{{"项目名称", body.Project}, {"主管部门", body.Department}, {"实施单位", body.Unit}, {"地区", body.Region},
		{"功能分类", body.Sector}, {"功能分类科目", body.Function}, {"规则集", body.RuleSet}} {
		text(f.field, f.s, maxShort)
	}
	text("年度总体目标", body.Goal, maxLong)
	sum("预算", body.Budget, maxSum)
	sum("财政拨款", body.Fiscal, maxSum)
	sum("其他资金", body.Other, maxSum)
	if body.Year != 0 && (body.Year < firstYear || body.Year > lastYear) {
		refuse("年度应在 %d 到 %d 之间，现为 %d。", firstYear, lastYear, body.Year)
	}
	if _, ok := w.lib.Load().TypeByID(body.Type); body.Type != "" && !ok {
		refuse("项目类型：模板库里没有编号 %.40s。", body.Type)
	}
	if _, err := w.frame(body.RuleSet); body.RuleSet != "" && err != nil {
		refuse("没有规则集“%.40s”，或它不规定分值。看规则页上有哪些。", body.RuleSet)
	}
	if err := fewLines(op, body.Lines); err != nil {
		refuse("%s", err.Msg)
	}
	if len(body.Dismissed) > MaxDismissed {
		refuse("不再推荐的名称有 %d 个，最多 %d 个。", len(body.Dismissed), MaxDismissed)
	}
	for _, s := range body.Dismissed {
		text("不再推荐的名称", s, maxShort)
	}
	if bad != nil {
		return DraftBody{}, bad
	}
	body.Lines = append([]DraftLine{}, body.Lines...)
	for i := range body.Lines {
		l := &body.Lines[i]
		at := func(field string) string { return fmt.Sprintf("第 %d 行的%s", i+1, field) }
		l.Comparison = spellings.Replace(strings.TrimSpace(l.Comparison))
		if !slices.Contains(comparisons, l.Comparison) {
			refuse("%s应为 ≥ ≤ = > < 或 定性，现为“%.20s”。", at("指标性质"), l.Comparison)
		}
		for _, f := range []struct{ field, s string }{{"一级指标", l.Level1}, {"二级指标", l.Level2}, {"三级指标", l.Name}, {"单位", l.Unit},
			{"设定依据", l.Basis}, {"指标库编号", l.Entry}} {
			text(at(f.field), f.s, maxShort)
		}
		text(at("目标值"), l.Target, maxLong)
		text(at("说明"), l.Note, maxLong)
		sum(at("权重"), l.Weight, 100)
	}
	if bad != nil {
		return DraftBody{}, bad
	}
	body.Lines = InFormOrder(body.Lines) // after the checks, which name lines as they were sent
	return body, nil
}

// control reports whether r is a character that nobody sees and no file of an
// export can hold.
func control(r rune) bool { return r < ' ' && r != '\n' && r != '\t' && r != '\r' || r == 0x7f }

// fewLines refuses more lines than a draft can have. What is computed of a body
// that is not kept grows with their square.
func fewLines(op string, lines []DraftLine) *yardstick.Error {
	if len(lines) <= MaxDraftLines {
		return nil
	}
	return &yardstick.Error{Kind: yardstick.Invalid, Op: op, Msg: fmt.Sprintf("指标有 %d 行，最多 %d 行。", len(lines), MaxDraftLines)}
}
