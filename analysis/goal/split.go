package goal

import (
	"strings"
	"unicode"
)

// maxRunes and maxTasks bound what is read; the longest published goals have about
// 2,000 characters and 30 tasks.
const (
	maxRunes = 6000
	maxTasks = 200
)

// Split returns what the goal states, in the order of the text; the tasks do not
// overlap. Items under numbers (1. ① （一） 一是 目标1：) and the clauses between
// full stops are cut at commas and enumeration commas wherever a clause with a
// verb, or with a figure, begins. What gives only a reason, a rule or a slogan is left
// out. Split never fails: a text without a task gives none.
func Split(text string) []Task {
	s := []rune(text)
	if len(s) > maxRunes {
		s = s[:maxRunes]
	}
	var out []Task
	for _, it := range items(s) {
		out = append(out, clauses(s, it)...)
		if len(out) >= maxTasks {
			return out[:maxTasks]
		}
	}
	return out
}

// span is a part of the text.
type span struct {
	from, to int
	numbered bool
}

// items cuts s at full stops, semicolons, line ends and numbers of items.
func items(s []rune) []span {
	var out []span
	from, numbered := 0, false
	flush := func(to int) {
		if sp := (span{from, to, numbered}); trim(s, &sp) {
			out = append(out, sp)
		}
	}
	for i := 0; i < len(s); {
		if n := number(s, i); n > 0 {
			flush(i)
			i += n
			from, numbered = i, true
			continue
		}
		switch s[i] {
		case '。', '；', ';', '\n', '\r', '！', '!', '？', '?':
			flush(i)
			if s[i] != '；' && s[i] != ';' {
				numbered = false
			}
			from = i + 1
		}
		i++
	}
	flush(len(s))
	return out
}

// number is the length of an item's number that begins at i, with what belongs
// to it: 1. 1、 （1） ① 一、 (二) 一是 目标1：; 0 if there is none.
func number(s []rune, i int) int {
	start := i == 0 || strings.ContainsRune("。；;：:，,、\n\r \t　", s[i-1])
	r := s[i]
	switch {
	case r >= '①' && r <= '⒛', r >= '❶' && r <= '➓':
		n := 1
		if i+n < len(s) && strings.ContainsRune(".、．,，", s[i+n]) {
			n++
		}
		return n
	case r == '(' || r == '（':
		n := digits(s[i+1:])
		if n > 0 && i+1+n < len(s) && (s[i+1+n] == ')' || s[i+1+n] == '）') {
			return n + 2
		}
		return 0
	case start && r == '目' && i+2 < len(s) && s[i+1] == '标':
		if n := digits(s[i+2:]); n > 0 && i+2+n < len(s) && strings.ContainsRune(":：.、", s[i+2+n]) {
			return n + 3
		}
		return 0
	}
	if i > 0 && (unicode.IsDigit(s[i-1]) || s[i-1] == '.') {
		return 0
	}
	n := digits(s[i:])
	if n == 0 || n > 2 || i+n >= len(s) {
		return 0
	}
	latin := s[i] >= '0' && s[i] <= '9'
	switch next := s[i+n]; {
	case next == '是' && !latin && n == 1 && start:
		return n + 1 // 一是
	case next == '、' && start:
		return n + 1
	case (next == '.' || next == '．' || next == ')' || next == '）') && latin:
		if i+n+1 < len(s) && unicode.IsDigit(s[i+n+1]) || !start && next != '.' && next != '．' || !start && i > 0 && !unicode.Is(unicode.Han, s[i-1]) {
			return 0
		}
		return n + 1
	}
	return 0
}

// digits is how many characters at the head of s are digits, Latin or Chinese,
// of one kind.
func digits(s []rune) int {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	if n > 0 {
		return n
	}
	for n < len(s) && strings.ContainsRune("一二三四五六七八九十", s[n]) {
		n++
	}
	return n
}

// trim takes blanks and marks off both ends; false if nothing is left.
func trim(s []rune, sp *span) bool {
	mark := func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune("，,、。；;：:.．·-—*★", r)
	}
	for sp.from < sp.to && mark(s[sp.from]) {
		sp.from++
	}
	for sp.to > sp.from && mark(s[sp.to-1]) {
		sp.to--
	}
	return sp.to > sp.from
}

// clauses reads the tasks of one item.
func clauses(s []rune, item span) []Task {
	var out []Task
	open := -1 // the task that a clause without a verb of its own belongs to
	for _, p := range pieces(s, item) {
		kind, ok := kindOf(s[p.from:p.to])
		switch {
		case ok:
			out = append(out, Task{From: p.from, To: p.to, Kind: kind, Numbered: item.numbered})
			open = len(out) - 1
		case open >= 0 && p.joined:
			out[open].To = p.to
		default:
			open = -1
		}
	}
	for i := range out {
		out[i].Text = string(s[out[i].From:out[i].To])
	}
	return out
}

// piece is a clause; joined says that an enumeration comma stands before it.
type piece struct {
	span
	joined bool
}

// pieces cuts an item at commas, at enumeration commas before a verb with an
// object, and at joining words before a verb. Brackets are not cut.
func pieces(s []rune, item span) []piece {
	var out []piece
	from, joined, depth := item.from, false, 0 // from: where the clause begins
	flush := func(to int, next bool) {
		p := piece{span{from, to, item.numbered}, joined}
		if trim(s, &p.span) {
			out = append(out, p)
		}
		from, joined = to, next
	}
	for i := item.from; i < item.to; i++ {
		switch s[i] {
		case '(', '（', '“', '《', '【':
			depth++
		case ')', '）', '”', '》', '】':
			depth = max(0, depth-1)
		}
		if depth > 0 {
			continue
		}
		rest := s[i+1 : item.to]
		switch s[i] {
		case '，', ',', '：', ':':
			if i > item.from && i+1 < item.to && unicode.IsDigit(s[i-1]) && unicode.IsDigit(s[i+1]) {
				continue // 1,200
			}
			flush(i, false)
		case '、', '/':
			if bare(s[from:i]) || !verbFirst(rest) && !alike(s[from:i], next(rest)) {
				continue
			}
			flush(i, true)
		case '和', '与', '及':
			if left, right := s[from:i], next(rest); len(left) >= 4 && len(right) >= 4 && action(left) && action(right) && words().head("join", s[i:item.to]) == 0 {
				flush(i, true)
				from = i + 1
			}
		default:
			if n := words().head("join", s[i:item.to]); n > 0 && i > from+1 && verbFirst(s[i+n:item.to]) && !bare(s[from:i]) {
				flush(i, true)
				i += n - 1 // the word itself belongs to neither
				from = i + 1
			}
		}
	}
	flush(item.to, false)
	return out
}

// next is what stands before the next mark or joining character.
func next(s []rune) []rune {
	for i, r := range s {
		if i > 0 && strings.ContainsRune("，,、和与及；;。：:", r) {
			return s[:i]
		}
	}
	return s
}

// alike reports whether two neighbours of a list are tasks of one kind: both with a
// figure (造林1.2万亩、森林经营16.3万亩), or both ending with a verb (法治宣传、法律援助).
func alike(a, b []rune) bool {
	_, x := figures(a)
	_, y := figures(b)
	return x && y || len(a) >= 4 && len(b) >= 4 && action(a) && action(b)
}

// action reports whether a clause ends with a verb that stands for the doing.
func action(s []rune) bool { return words().tail("output", s) > 0 }

// bare reports whether a clause is a verb without an object (新建、改建农村公路): it
// belongs to what follows.
func bare(s []rune) bool {
	s = skipLeads(s)
	w := words()
	n := w.head("output", s)
	if n == 0 {
		n = w.head("effect", s)
	}
	return n > 0 && n == len(s)
}

// verbFirst reports whether s begins with a verb that has an object, or that is
// followed by another (清扫保洁).
func verbFirst(s []rune) bool {
	for i, r := range s {
		if strings.ContainsRune("，,、：:", r) {
			s = s[:i]
			break
		}
	}
	s = skipLeads(s)
	w := words()
	n := max(w.head("output", s), w.head("effect", s))
	return n > 0 && len(s) > n
}

// skipLeads passes over words that may stand before a verb, but not over all of s.
func skipLeads(s []rune) []rune {
	w := words()
	for {
		n := w.head("lead", s)
		if n == 0 || n >= len(s) || w.head("output", s) > n || w.head("effect", s) > n {
			return s
		}
		s = s[n:]
	}
}

// kindOf says what a clause states; ok is false where it states nothing to do.
func kindOf(s []rune) (kind Kind, ok bool) {
	w := words()
	if len(s) < 3 || w.head("slogan", s) > 0 {
		return "", false
	}
	percent, figure := figures(s)
	if percent {
		if i := measure(s); i > 0 && w.tail("level", s[:i]) > 0 {
			return Level, true
		}
	}
	body := skipLeads(s)
	out, eff := w.head("output", body), w.head("effect", body)
	switch {
	case out > 0 && len(body) > out:
		return Output, true
	case w.head("effect", s) > 0 && len(s) > w.head("effect", s):
		if at, n := w.find("output", body); figure && at >= 0 && n > 0 && !percent {
			return Output, true // 确保完成造林 8 万亩
		}
		return Effect, true
	case eff > 0 && len(body) > eff:
		return Effect, true
	}
	if at, _ := w.find("output", s); at > 0 {
		if e, _ := w.find("effect", s); e < 0 || at < e || figure {
			return Output, true
		}
		return Effect, true
	}
	if at, _ := w.find("effect", s); at > 0 {
		return Effect, true
	}
	if figure && !percent && len(s) > 4 {
		return Output, true
	}
	if n := w.tail("state", s); n > 0 && n < len(s) {
		return Kind(w.val["state"+string(s[len(s)-n:])]), true // 市民满意, 安全事故为零
	}
	return "", false
}

// measure is where the measure of a level ends: before 达到, ≥, 不低于 or the figure.
func measure(s []rune) int {
	for i := range s {
		switch {
		case unicode.IsDigit(s[i]) || strings.ContainsRune("≥≤>＞=＝<＜", s[i]):
			return i
		}
		for _, w := range []string{"达到", "达", "不低于", "不少于", "不超过", "控制在", "保持在", "为", "在", "超过", "大于", "小于", "高于", "低于"} {
			if i > 0 && hasPrefix(s[i:], []rune(w)) {
				return i
			}
		}
	}
	return -1
}

// figures reports whether s holds a share in percent, and any other figure that
// is not a year.
func figures(s []rune) (percent, figure bool) {
	for i := 0; i < len(s); i++ {
		if !unicode.IsDigit(s[i]) || i > 0 && unicode.IsLetter(s[i-1]) && s[i-1] < 128 {
			continue
		}
		j := i
		for j < len(s) && (unicode.IsDigit(s[j]) || s[j] == '.' || s[j] == ',') {
			j++
		}
		switch {
		case j < len(s) && (s[j] == '%' || s[j] == '％'):
			percent = true
		case j-i == 4 && j < len(s) && (s[j] == '年' || s[j] == '-' || s[j] == '—'), j < len(s) && (s[j] == '月' || s[j] == '日' || s[j] == '号'):
		case j < len(s) && unicode.Is(unicode.Han, s[j]):
			figure = true
		}
		i = j
	}
	return percent, figure
}
