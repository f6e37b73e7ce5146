package workspace

import (
	"regexp"
	"strings"
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
