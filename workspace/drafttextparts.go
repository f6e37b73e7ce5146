package workspace

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"yardstick/analysis/goal"
)

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

// maxHeading is the length of a heading that says more than a label, in characters.
const maxHeading = 14

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
				if !ok && (own == len(numbering) || len([]rune(rest)) > maxHeading || !strings.Contains(rest, word) || strings.ContainsAny(rest, "，。：:；0123456789")) {
					continue // a numbered heading may say more: 主要任务和建设内容
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

// isLabelled reports whether the words of a field are labels; those of the others
// are parts of names and sentences.
func isLabelled(field string) bool {
	switch field {
	case "project", "unit", "department", "year", "budget", "fiscal", "other", "goal", "tasks", "stop":
		return true
	}
	return false
}

// before reports whether a sentence is about a year before that of the paper.
func (p *paper) before(s string) bool {
	m := yearText.FindStringSubmatch(s)
	if m == nil {
		return false
	}
	y, _ := strconv.Atoi(m[1]) // four digits
	return y < p.year()
}

// plans are the sentences of running text that say what will be done, with a
// figure; what was done is left out. Titles, labels and greetings are none.
func (p *paper) plans() string {
	var out []string
	for at, line := range p.lines {
		if at == 0 && !strings.Contains(line, "。") || p.isField(line) {
			continue
		}
		for _, s := range strings.SplitAfter(line, "。") {
			s = strings.TrimSpace(s)
			past := slices.ContainsFunc(p.words["past"], func(w string) bool { return strings.Contains(s, w) }) || p.before(s)
			states := slices.ContainsFunc(goal.Split(s), func(t goal.Task) bool {
				return t.Kind == goal.Output && strings.ContainsAny(t.Text, "0123456789")
			})
			sum := slices.ContainsFunc(p.words["budget"], func(w string) bool { return strings.HasPrefix(s, w) && !strings.Contains(s, "，") })
			if states && !past && !sum {
				out = append(out, s)
			}
		}
	}
	return strings.Join(out, "\n")
}

// isField reports whether a line begins with a label and a colon: another field.
func (p *paper) isField(line string) bool {
	if strings.Contains(line, "\t") {
		return true
	}
	rest := cutNumber(line)
	for field, words := range p.words {
		if !isLabelled(field) {
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
