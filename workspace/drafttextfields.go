package workspace

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

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
		value, _, _ := strings.Cut(l.value, "。")
		value = strings.Trim(value, "。；;，,")
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

// remark in brackets behind a title: （摘要）, （送审稿）.
var behindTitle = regexp.MustCompile(`[（(][^（()）]{1,8}[）)]$`)

// title is the name of the project out of one of the first lines: 关于 … 的请示,
// … 项目实施方案. Where sums are asked for, the name is what they are for.
func (p *paper) title() string {
	for _, line := range p.lines[:min(len(p.lines), 6)] {
		s := bare(strings.TrimLeft(line, "# "))
		s = bare(strings.TrimSpace(behindTitle.ReplaceAllString(s, "")))
		if n := len([]rune(s)); n < 5 || n > 80 || strings.ContainsAny(s, "。：:；") {
			continue
		}
		for _, ending := range p.words["paper"] {
			name, ok := strings.CutSuffix(s, ending)
			if !ok {
				continue
			}
			name = p.opened(bare(strings.TrimSuffix(bare(name), "的")))
			if len([]rune(name)) >= 4 {
				return name
			}
		}
	}
	return p.firstClause()
}

// opened takes the opening of a title off, and what only says that money is asked
// for.
func (p *paper) opened(name string) string {
	for _, opening := range p.words["opening"] {
		after, ok := strings.CutPrefix(name, opening)
		if !ok {
			continue
		}
		name = bare(after)
		if slices.ContainsFunc(p.words["sums"], func(w string) bool { return strings.Contains(opening, w) }) {
			for _, purse := range p.words["purse"] {
				if short, ok := strings.CutSuffix(name, purse); ok && len([]rune(short)) >= 4 {
					return short
				}
			}
		}
		return name
	}
	return name
}

// firstClause is the name of a project that a text begins with: 2025年全县森林防火项目，预算 ….
func (p *paper) firstClause() string {
	if len(p.lines) == 0 {
		return ""
	}
	at := strings.IndexAny(p.lines[0], "，,。；")
	if at < 0 {
		return ""
	}
	name := bare(p.lines[0][:at])
	n := len([]rune(name))
	if n < 6 || n > 40 || strings.ContainsAny(name, "：:\t") || slices.ContainsFunc(p.words["pronoun"], func(w string) bool { return strings.HasPrefix(name, w) }) {
		return ""
	}
	if slices.ContainsFunc(p.words["thing"], func(w string) bool { return strings.HasSuffix(name, w) }) {
		return name
	}
	return ""
}

var dated = regexp.MustCompile(`^(20[0-9]{2}|二[〇○0零][一二三四五六七八九〇○零]{2})\s*年\s*[0-9一二三四五六七八九十]{1,3}\s*月(\s*[0-9一二三四五六七八九十]{1,3}\s*日)?$`)

// signature is the organisation that signs: a line at the foot that is only its
// name, with a date behind it or on the next line; at is that line, len(lines) for none.
func (p *paper) signature() (name string, at int) {
	for i := len(p.lines) - 1; i >= max(1, len(p.lines)-6); i-- {
		line := p.lines[i]
		if f := strings.Fields(line); len(f) > 1 && dated.MatchString(strings.Join(f[1:], "")) && p.organisation(f[0]) {
			return f[0], i
		}
		if i+1 < len(p.lines) && dated.MatchString(p.lines[i+1]) && p.organisation(line) {
			return line, i
		}
	}
	return "", len(p.lines)
}

func (p *paper) organisation(s string) bool {
	n := len([]rune(s))
	return n >= 4 && n <= 40 && !strings.ContainsAny(s, "，。；：:、\t 0123456789") &&
		slices.ContainsFunc(p.words["org"], func(w string) bool { return strings.HasSuffix(s, w) })
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

var (
	yearText   = regexp.MustCompile(`(20[0-9]{2})\s*年`)
	yearFigure = regexp.MustCompile(`20[0-9]{2}`)
)

// year is the labelled year, else the one of the title or of the first sentence.
func (p *paper) year() int {
	for _, l := range p.labelled("year") {
		if digits := yearFigure.FindString(l.value); digits != "" {
			y, _ := strconv.Atoi(digits) // four digits
			return y
		}
	}
	for at, line := range p.lines[:min(len(p.lines), 6)] {
		if at > 0 && strings.Contains(line, "。") || dated.MatchString(line) {
			continue // a sentence may be about another year
		}
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
// label, or none. A figure without a unit, or beyond maxSum, is not a sum. Without a label the first
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
		if x = math.Round(x*scale*1e6) / 1e6; x > maxSum {
			return nil // digits run together: no sum that a draft can have
		}
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
