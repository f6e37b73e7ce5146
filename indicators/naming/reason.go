package naming

import (
	"fmt"
	"strings"
)

// reasonSame says why an entry with the name's key was chosen.
func reasonSame(q *query, x *index, s same) string {
	sp := &x.spellings[s.spelling]
	co := &x.concepts[sp.concept]
	var b strings.Builder
	if sp.alias {
		b.WriteString("是“" + co.name + "”的别名")
	} else {
		b.WriteString("与名称一致")
	}
	b.WriteString(agreement(q, co, s.context))
	return b.String()
}

// reasonFuzzy says why an entry was chosen that only resembles the name.
func reasonFuzzy(q *query, x *index, f found) string {
	s := &x.spellings[f.spelling]
	co := &x.concepts[s.concept]
	var b strings.Builder
	if len(q.removed) > 0 {
		b.WriteString("去掉")
		for i, r := range q.removed {
			if i == 4 {
				b.WriteString("等")
				break
			}
			b.WriteString("“" + shorten(r) + "”")
		}
		b.WriteString("后")
	}
	what := "“" + s.raw + "”"
	if s.alias {
		what = "别名“" + s.raw + "”"
	}
	switch {
	case f.vector[fCoreSame] == 1:
		b.WriteString("与" + what + "只差说明性的字")
	case f.vector[fInside] == 1 && co.common:
		b.WriteString("属于通用指标" + what)
	case f.vector[fInside] == 1:
		b.WriteString("包含" + what)
	default:
		fmt.Fprintf(&b, "与%s相近（%.2f）", what, f.vector[fBalance])
	}
	b.WriteString(agreement(q, co, f.context))
	return b.String()
}

// reasonNone says why nothing was chosen.
func reasonNone(q *query, x *index, list []found) string {
	s := &x.spellings[list[0].spelling]
	first := x.concepts[s.concept].name
	if len(list) > 1 && list[0].logit-list[1].logit < 0.5 && list[1].logit > 0 {
		return "“" + first + "”和“" + x.concepts[list[1].concept].name + "”都有可能，不能确定"
	}
	return "最近的是“" + first + "”，但把握不够"
}

// agreement says how the cells around the name agree with the entry.
func agreement(q *query, co *concept, c context) string {
	var yes, no []string
	for _, p := range []struct {
		same, other bool
		word        string
	}{{c.classSame, c.classOther, "类别"}, {c.unitSame, c.unitOther, "单位"}, {c.sectorSame, c.sectorOther, "功能分类"}} {
		switch {
		case p.same:
			yes = append(yes, p.word)
		case p.other:
			no = append(no, p.word)
		}
	}
	var b strings.Builder
	if len(yes) > 0 {
		b.WriteString("，" + strings.Join(yes, "、") + "一致")
	}
	if len(no) > 0 {
		b.WriteString("，" + strings.Join(no, "、") + "不一致")
	}
	return b.String()
}

// shorten keeps a reason readable.
func shorten(s string) string {
	r := []rune(s)
	if len(r) <= 12 {
		return s
	}
	return string(r[:10]) + "…"
}
