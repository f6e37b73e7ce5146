// Package official writes what leaves the house as files: the Ministry's
// target form (项目支出绩效目标申报表) as a workbook or a Word document that our
// own reader reads back in unchanged, a copy of a filed form with findings as
// comments in its cells, the one-page opinion on a form, and the list of a
// whole folder. The same input gives the same bytes. Start from WriteXLSX,
// Annotate and OpinionXLSX. docs/official-form.md describes the layouts.
package official

import (
	"yardstick"
)

// MIME types of the documents.
const (
	TypeXLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	TypeDOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	TypeHTML = "text/html; charset=utf-8"
)

// Author is who comments and document properties name.
const Author = "绩尺"

// formTitle is the name of the Ministry's form.
const formTitle = "项目支出绩效目标申报表"

// sampleMark is what every document made of 示例数据 shows.
const sampleMark = "示例数据，不是真实项目"

// Options says what a target form shows beside its yardstick.Form. The zero
// value writes the plain form.
type Options struct {
	Title     string // "" means 项目支出绩效目标申报表
	Attribute string // 项目属性, such as 新增项目 or 延续项目; "" leaves the row out if Term is empty too
	Term      string // 项目期, such as 3年
	Sample    bool   // marks the form 示例数据
}

// WriteXLSX returns f as a workbook with the Ministry's target form on its only
// sheet, ready to print on A4. ingest/forms reads the same project, unit,
// department, year, budget, goal and lines from it; Notes names what it cannot.
// Points for budget execution are shown where f.Budget.ExecutionWeight is known,
// the sum of a class's points beside its name where all its lines have them.
// It fails only if the workbook cannot be put together (Internal).
func WriteXLSX(f yardstick.Form, opt Options) ([]byte, error) {
	data, err := writeSheet(layOut(f, opt))
	if err != nil {
		return nil, &yardstick.Error{Kind: yardstick.Internal, Op: "official.WriteXLSX", Err: err}
	}
	return data, nil
}

// WriteDOCX is WriteXLSX for a Word document: title and year are paragraphs, the
// form is one table.
func WriteDOCX(f yardstick.Form, opt Options) ([]byte, error) {
	data, err := writeDocument(layOut(f, opt))
	if err != nil {
		return nil, &yardstick.Error{Kind: yardstick.Internal, Op: "official.WriteDOCX", Err: err}
	}
	return data, nil
}

// Notes says in sentences what the written form cannot show as f has it:
// characters that no file can hold, texts cut at a cell's limit, lines without
// a name. None is the usual answer.
func Notes(f yardstick.Form, opt Options) []string { return layOut(f, opt).notes }
