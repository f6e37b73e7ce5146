package workspace

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"sync"

	"yardstick"
)

// draftWordsCSV are the labels and headings by which a document says what it
// is about.
//
//go:embed draftwords.csv
var draftWordsCSV string

// draftWords are the words of a field, longest first.
var draftWords = sync.OnceValues(func() (map[string][]string, error) {
	rows, err := csv.NewReader(strings.NewReader(draftWordsCSV)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("draftwords.csv: %w", err)
	}
	out := map[string][]string{}
	for _, r := range rows[1:] {
		words := strings.Split(r[1], "|")
		slices.SortStableFunc(words, func(a, b string) int { return len(b) - len(a) })
		out[r[0]] = words
	}
	return out, nil
})

// maxText bounds the text that a draft is started from, in bytes.
const maxText = 2 << 20

// fromText starts from the text of a document: name, units, year, sums and goal
// are looked for by their labels, in headings and in the title. What is not
// found stays empty, and the note says so.
func (w *Workspace) fromText(text string) (started, error) {
	if len(text) > maxText {
		return started{}, &yardstick.Error{Kind: yardstick.Invalid, Op: "workspace.StartDraft", Msg: "文字太长（超过 2 MB）。只留下项目的部分。"}
	}
	if strings.TrimSpace(text) == "" {
		return started{}, &yardstick.Error{Kind: yardstick.Invalid, Op: "workspace.StartDraft", Msg: "没有文字。粘贴项目的申报文字，或上传文件。"}
	}
	words, err := draftWords()
	if err != nil {
		return started{}, err
	}
	p := newPaper(text, words)
	body, found, missing := p.body()
	out := started{body: body, origin: Origin{Kind: "text"}}
	var note []string
	if len(found) > 0 {
		note = append(note, "从文字里找到"+strings.Join(found, "、"))
	}
	if len(missing) > 0 {
		note = append(note, "没有找到"+strings.Join(missing, "、")+"，自己填")
	}
	note = append(note, p.remarks...)
	out.origin.Note = strings.Join(note, "；") + "。"
	return out, nil
}

// paper is a document as lines without blanks around them.
type paper struct {
	lines   []string
	words   map[string][]string
	remarks []string
}

func newPaper(text string, words map[string][]string) *paper {
	p := &paper{words: words}
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u3000", " ", "\u00a0", " ").Replace(text)
	// Documents hold page breaks and the like, which a draft refuses.
	text = strings.Map(func(r rune) rune {
		if control(r) {
			return -1
		}
		return r
	}, text)
	for line := range strings.SplitSeq(text, "\n") {
		for _, part := range p.apart(line) {
			if part = strings.TrimSpace(part); part != "" {
				p.lines = append(p.lines, part)
			}
		}
	}
	return p
}

// apart cuts running text where a label with a colon stands behind a mark: a line
// may say several fields. Rows of a table stay whole.
func (p *paper) apart(line string) []string {
	if strings.Contains(line, "\t") {
		return []string{line}
	}
	var out []string
	from := 0
	for i, r := range line {
		if !strings.ContainsRune("。；;，,", r) {
			continue
		}
		next := i + len(string(r))
		if p.isField(strings.TrimSpace(line[next:])) {
			out = append(out, line[from:next])
			from = next
		}
	}
	return append(out, line[from:])
}

// body collects what the paper says. found and missing are the names of the
// fields.
func (p *paper) body() (b DraftBody, found, missing []string) {
	note := func(name string, ok bool) {
		if ok {
			found = append(found, name)
		} else {
			missing = append(missing, name)
		}
	}
	if b.Project = p.short("project"); b.Project == "" {
		b.Project = p.title()
	}
	b.Unit, b.Department = p.short("unit"), p.short("department")
	signed, foot := p.signature()
	if b.Unit == "" {
		b.Unit = signed
	}
	p.lines = p.lines[:foot] // what is signed is no goal
	b.Year = p.year()
	b.Budget, b.Fiscal, b.Other = p.sum("budget"), p.sum("fiscal"), p.sum("other")
	b.Goal = p.section("goal")
	fromTasks := false
	if b.Goal == "" {
		b.Goal = p.section("tasks")
		fromTasks = b.Goal != ""
	}
	if b.Goal == "" {
		if b.Goal = p.plans(); b.Goal != "" {
			p.remarks = append(p.remarks, "没有写目标的段落，年度总体目标取自正文里说要做的句子，核对后改")
		}
	}
	if b.Goal != "" {
		p.remarks = append(p.remarks, "没有取指标，指标按目标里的任务推荐")
	}
	if r := []rune(b.Goal); len(r) > maxLong {
		b.Goal = string(r[:maxLong])
		p.remarks = append(p.remarks, fmt.Sprintf("目标有 %d 个字，取了前 %d 个", len(r), maxLong))
	}
	if fromTasks {
		p.remarks = append(p.remarks, "没有写目标的段落，年度总体目标取自工作内容，改成目标的说法")
	}
	note("项目名称", b.Project != "")
	note("实施单位", b.Unit != "")
	if b.Department != "" {
		note("主管部门", true)
	}
	note("年度", b.Year != 0)
	note("预算", b.Budget != nil)
	if b.Fiscal != nil {
		note("财政拨款", true)
	}
	if b.Other != nil {
		note("其他资金", true)
	}
	note("年度总体目标", b.Goal != "")
	return b, found, missing
}
