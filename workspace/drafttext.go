package workspace

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"regexp"
	"slices"
	"strconv"
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
	for line := range strings.SplitSeq(strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u3000", " ", "\u00a0", " ").Replace(text), "\n") {
		if line = strings.TrimSpace(line); line != "" {
			p.lines = append(p.lines, line)
		}
	}
	return p
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
	b.Year = p.year()
	b.Budget, b.Fiscal = p.sum("budget"), p.sum("fiscal")
	b.Goal = p.section("goal")
	fromTasks := false
	if b.Goal == "" {
		b.Goal = p.section("tasks")
		fromTasks = b.Goal != ""
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
	note("年度总体目标", b.Goal != "")
	return b, found, missing
}

// labelled returns what stands behind a label of a field: on its line after a
// colon or a tab, or in brackets' company: 项目预算（万元）：312. unit is what
// the brackets hold. A label counts where a line or a cell begins, after its
// number.
func (p *paper) labelled(field string) (out []labelled) {
	for at, line := range p.lines {
		cells := strings.Split(line, "\t")
		for i, cell := range cells {
			rest := cutNumber(strings.TrimSpace(cell))
			for _, word := range p.words[field] {
				after, ok := cutLabel(rest, word)
				if !ok {
					continue
				}
				value, inside := after.value, after.inside
				if value == "" {
					if !after.colon && i+1 >= len(cells) {
						break // a heading, or a line that only begins alike
					}
					for _, next := range cells[i+1:] {
						if value = strings.TrimSpace(next); value != "" {
							break
						}
					}
				}
				out = append(out, labelled{line: at, value: value, inside: inside})
				break
			}
		}
	}
	return out
}

type labelled struct {
	line   int
	value  string
	inside string // of the brackets behind the label
	colon  bool
}

var brackets = regexp.MustCompile(`^[（(]([^）)]*)[）)]`)

// cutLabel takes a label off the beginning of s: what follows must be the end,
// a colon, or brackets and one of these.
func cutLabel(s, word string) (labelled, bool) {
	rest, ok := strings.CutPrefix(s, word)
	if !ok {
		return labelled{}, false
	}
	rest = strings.TrimSpace(rest)
	var out labelled
	if m := brackets.FindStringSubmatch(rest); m != nil {
		out.inside, rest = m[1], strings.TrimSpace(rest[len(m[0]):])
	}
	for _, colon := range []string{"：", ":"} {
		if v, ok := strings.CutPrefix(rest, colon); ok {
			out.value, out.colon = strings.TrimSpace(v), true
			return out, true
		}
	}
	return out, strings.Trim(rest, "。；") == ""
}

// short is the first value of a field that fits on a line.
func (p *paper) short(field string) string {
	for _, l := range p.labelled(field) {
		value := strings.Trim(l.value, "。；;，,")
		if n := len([]rune(value)); n > 1 && n <= maxShort && !p.isLabel(value) {
			return value
		}
	}
	return ""
}

// isLabel reports whether s is itself a label: the cell behind an empty field.
func (p *paper) isLabel(s string) bool {
	for _, words := range p.words {
		for _, word := range words {
			if after, ok := cutLabel(s, word); ok && after.value == "" {
				return true
			}
		}
	}
	return false
}

// title is the name of the project out of one of the first lines: 关于 … 的请示,
// … 项目实施方案.
func (p *paper) title() string {
	for _, line := range p.lines[:min(len(p.lines), 6)] {
		s := bare(strings.TrimLeft(line, "# "))
		if n := len([]rune(s)); n < 5 || n > 80 || strings.ContainsAny(s, "。：:；") {
			continue
		}
		for _, ending := range p.words["paper"] {
			name, ok := strings.CutSuffix(s, ending)
			if !ok {
				continue
			}
			for _, opening := range p.words["opening"] {
				if after, ok := strings.CutPrefix(name, opening); ok {
					name = after
					break
				}
			}
			name = bare(strings.TrimSuffix(bare(name), "的"))
			if len([]rune(name)) >= 4 {
				return name
			}
		}
	}
	return ""
}

// bare takes quotation marks off that enclose all of s.
func bare(s string) string {
	s = strings.TrimSpace(s)
	for _, q := range [][2]string{{"《", "》"}, {"“", "”"}, {"\"", "\""}} {
		inner, ok := strings.CutPrefix(s, q[0])
		if inner, shut := strings.CutSuffix(inner, q[1]); ok && shut && !strings.Contains(inner, q[1]) {
			return strings.TrimSpace(inner)
		}
	}
	return s
}

var yearText = regexp.MustCompile(`(20[0-9]{2})\s*年`)

// year is the labelled year, else the one of the title.
func (p *paper) year() int {
	for _, l := range p.labelled("year") {
		for _, digits := range regexp.MustCompile(`20[0-9]{2}`).FindAllString(l.value, 1) {
			y, _ := strconv.Atoi(digits) // four digits
			return y
		}
	}
	for _, line := range p.lines[:min(len(p.lines), 6)] {
		if m := yearText.FindStringSubmatch(line); m != nil {
			y, _ := strconv.Atoi(m[1])
			return y
		}
	}
	return 0
}

var moneyText = regexp.MustCompile(`([0-9][0-9,，]*(?:\.[0-9]+)?)\s*(亿元|万元|元|亿|万)?`)

// inWan is one of the unit in 万元.
var inWan = map[string]float64{"亿元": 10000, "亿": 10000, "万元": 1, "万": 1, "元": 0.0001}

// sum is the labelled sum in 万元: with its unit behind it, in the brackets of the
// label, or none. A figure without a unit is not a sum. Without a label the first
// 预算 … 万元 of running text counts.
func (p *paper) sum(field string) *float64 {
	read := func(text, unit string) *float64 {
		m := moneyText.FindStringSubmatch(text)
		if m == nil {
			return nil
		}
		if m[2] != "" {
			unit = m[2]
		}
		scale, ok := inWan[strings.TrimPrefix(strings.TrimSpace(unit), "单位：")]
		x, err := strconv.ParseFloat(strings.NewReplacer(",", "", "，", "").Replace(m[1]), 64)
		if !ok || err != nil {
			return nil
		}
		x = float64(int64(x*scale*1e6+0.5)) / 1e6
		return &x
	}
	for _, l := range p.labelled(field) {
		if x := read(l.value, l.inside); x != nil {
			return x
		}
	}
	for _, line := range p.lines {
		for _, word := range p.words[field] {
			if i := strings.Index(line, word); i >= 0 {
				rest := []rune(line[i+len(word):])
				head := string(rest[:min(len(rest), 24)])
				if m := moneyText.FindStringSubmatch(head); m != nil && m[2] != "" {
					return read(m[0], "")
				}
			}
		}
	}
	return nil
}

// numbering is the number of a heading, by its level.
var numbering = []*regexp.Regexp{
	regexp.MustCompile(`^第[一二三四五六七八九十]+[章节部分]+\s*`),
	regexp.MustCompile(`^[一二三四五六七八九十]+[、．.]\s*`),
	regexp.MustCompile(`^[（(][一二三四五六七八九十]+[）)]\s*`),
	regexp.MustCompile(`^[0-9]+(\.[0-9]+)*[、．.\s]\s*`),
	regexp.MustCompile(`^[（(][0-9]+[）)]\s*`),
}

// cutNumber takes the number of a heading off.
func cutNumber(s string) string {
	for _, re := range numbering {
		if m := re.FindString(s); m != "" {
			return strings.TrimSpace(s[len(m):])
		}
	}
	return s
}

// level is the level of a numbered line, 0 the highest; len(numbering) if it has
// no number.
func level(s string) int {
	for i, re := range numbering {
		if re.MatchString(s) {
			return i
		}
	}
	return len(numbering)
}

// section is the text behind a heading or label of a field, up to the next
// heading of its level, or, without a number, to the next line that is a label or
// has a number of the highest levels.
func (p *paper) section(field string) string {
	for at, line := range p.lines {
		cells := strings.Split(line, "\t")
		for i, cell := range cells {
			cell = strings.TrimSpace(cell)
			own := level(cell)
			rest := cutNumber(cell)
			for _, word := range p.words[field] {
				after, ok := cutLabel(rest, word)
				if !ok {
					continue
				}
				parts := []string{}
				for _, s := range append([]string{after.value}, cells[i+1:]...) {
					if s = strings.TrimSpace(s); s != "" && !p.isLabel(s) {
						parts = append(parts, s)
					}
				}
				if len(cells) == 1 {
					parts = append(parts, p.until(at+1, own)...)
				}
				if text := strings.Join(parts, "\n"); len([]rune(text)) >= 5 {
					return text
				}
			}
		}
	}
	return ""
}

// until are the lines from at to the end of a section whose heading has that
// level.
func (p *paper) until(at, own int) []string {
	var out []string
	for _, line := range p.lines[at:] {
		l := level(line)
		if own < len(numbering) && l <= own || own == len(numbering) && l <= 1 || p.isField(line) {
			break
		}
		out = append(out, line)
	}
	return out
}

// isField reports whether a line begins with a label and a colon: another field.
func (p *paper) isField(line string) bool {
	if strings.Contains(line, "\t") {
		return true
	}
	rest := cutNumber(line)
	for field, words := range p.words {
		if field == "paper" || field == "opening" {
			continue
		}
		for _, word := range words {
			if after, ok := cutLabel(rest, word); ok && after.colon {
				return true
			}
		}
	}
	return false
}
