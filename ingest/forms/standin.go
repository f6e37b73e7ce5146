package forms

import (
	"regexp"
	"strings"
)

// Stand-ins until package indicators has them.
var (
	numbering = regexp.MustCompile(`^\s*(?:(?:指标|目标)\s*\d+\s*[:：.、．]?|[（(]?\d{1,2}[)）]|\d{1,2}\s*[、．]|\d{1,2}\.(?:[^\d])|[①②③④⑤⑥⑦⑧⑨⑩])\s*`)
	template  = regexp.MustCompile(`^((?:指标|目标)\d*[:：.、]?|…+|\.+|。+|/|-+|—+|无|\*+|本项目不适用此指标|不涉及|不适用|该指标不适用本项目)$`)
)

func cleanName(s string) string {
	s = squeeze(s)
	if m := numbering.FindString(s); m != "" && len(m) < len(s) {
		if strings.HasSuffix(strings.TrimRight(m, " "), ".") || !regexp.MustCompile(`\.\D$`).MatchString(m) {
			return strings.TrimSpace(s[len(m):])
		}
		i := strings.IndexByte(m, '.')
		return strings.TrimSpace(s[i+1:])
	}
	return s
}

func isTemplate(s string) bool { return template.MatchString(fold(s)) }
