package indicators

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// CleanName returns an indicator's name as a form shows it, without the
// form's own numbering (指标1：, 指标1., 绩效指标2：), line breaks and outer blanks. Marks
// that belong to the name on the forms stay: ★, *, 其中:, and list numbers such as
// 1. and ①, which the published lists of names keep; BareName drops them too.
func CleanName(s string) string {
	name, _ := SplitName(s)
	return name
}

// SplitName is CleanName and says what it removed from the head.
func SplitName(s string) (name, removed string) {
	s = unwrap(s)
	rest := s
	for {
		cut := cutNumbering(rest)
		if cut == rest {
			break
		}
		rest = cut
	}
	return rest, strings.TrimSpace(s[:len(s)-len(rest)])
}

// unwrap removes line breaks and outer blanks; between letters or digits a
// break becomes a blank.
func unwrap(s string) string {
	s = strings.TrimFunc(s, blank)
	if !strings.ContainsAny(s, "\r\n\t\v") {
		return s
	}
	var b strings.Builder
	var last rune
	gap := false
	for _, r := range s {
		if r == '\r' || r == '\n' || r == '\t' || r == '\v' {
			gap = true
			continue
		}
		if gap && latin(last) && latin(r) {
			b.WriteByte(' ')
		}
		gap = false
		b.WriteRune(r)
		last = r
	}
	return b.String()
}

func latin(r rune) bool { return r < 0x250 && (unicode.IsLetter(r) || unicode.IsDigit(r)) }

// cutNumbering removes 指标1： and its kin from the head of s.
func cutNumbering(s string) string {
	rest, ok := cutAny(s, "绩效指标", "三级指标", "指标")
	if !ok {
		return s
	}
	rest = strings.TrimLeftFunc(rest, blank)
	n := 0
	for i, r := range rest {
		if w := foldRune(r); !(w >= '0' && w <= '9') && !circled(r) && !strings.ContainsRune("一二三四五六七八九十", r) {
			break
		}
		n = i + utf8.RuneLen(r)
	}
	if n == 0 || n > 12 {
		return s
	}
	number, rest := rest[:n], strings.TrimLeftFunc(rest[n:], blank)
	if after, ok := cutAny(rest, "：", ":", "．", ".", "、", "，", ",", "。", ")", "）"); ok {
		if startsDigit(after) && (rest[0] == '.' || rest[0] == ',') {
			return s // 指标1.5
		}
		return strings.TrimLeftFunc(after, blank)
	}
	r, _ := utf8.DecodeRuneInString(rest)
	if w := foldRune([]rune(number)[0]); rest != "" && (!(w >= '0' && w <= '9') && !circled([]rune(number)[0]) || !unicode.Is(unicode.Han, r) || strings.ContainsRune("个项类条", r)) {
		return s // 指标一致性, 指标3个
	}
	return rest
}

// SubRow reports whether a name is a part of the row above it: 其中:…
func SubRow(s string) bool {
	name, _ := cutStars(fold(CleanName(s)))
	return strings.HasPrefix(name, "其中")
}

// BareName returns a name without any mark that only orders or stresses it:
// 指标1：, 1., ①, （1）, ★, *, ※, 其中:. removed is what was taken off the head, folded.
func BareName(s string) (name, removed string) {
	t := fold(s)
	rest := t
	for {
		cut, _ := cutStars(cutNumbering(rest))
		cut, _ = cutMarks(cut)
		if body, ok := cutAny(cut, "其中:", "其中,", "其中"); ok && body != "" {
			cut = body
		}
		if cut == rest {
			break
		}
		rest = cut
	}
	return rest, t[:len(t)-len(rest)]
}

func cutStars(t string) (rest, removed string) {
	rest = strings.TrimLeft(t, "★☆*※▲△●◆■□√ ")
	return rest, t[:len(t)-len(rest)]
}

// IsTemplate reports whether a name cell is an unused row of the template or
// says that the indicator does not apply: 指标2：, ……, /, 无, 本项目不适用此指标.
func IsTemplate(s string) bool {
	t, _ := BareName(s)
	if nothing(t) || t == "指标" || t == "指标名称" || strings.Trim(t, "*xX×_()%:") == "" {
		return true
	}
	if body, ok := strings.CutPrefix(t, "指标"); ok && strings.Trim(body, "0123456789:.…、一二三四五六七八九十") == "" {
		return true
	}
	if utf8.RuneCountInString(t) > 20 {
		return false
	}
	for _, w := range [...]string{"不适用", "不涉及", "未涉及", "无此指标", "无此项"} {
		if strings.Contains(t, w) {
			return true
		}
	}
	return false
}

// NormalName is the key under which names are compared: width, brackets and
// blanks unified, marks and numbering dropped, a unit or template in trailing
// brackets ((%), (≥**个)) dropped, letters lower, punctuation dropped,
// traditional characters and pinyin in brackets (績(jī)效) brought back to
// simplified ones where the small table holds them. It is not for display.
func NormalName(s string) string {
	t, _ := BareName(s)
	for {
		open := strings.LastIndexByte(t, '(')
		if open <= 0 || !strings.HasSuffix(t, ")") {
			break
		}
		_, body := scanComparison(t[open+1 : len(t)-1])
		if at, n := masked(body); at == 0 {
			body = body[n:]
		}
		if _, ok := lookupUnit(body); !ok && body != "" {
			break
		}
		t = t[:open]
	}
	t = dropPinyin(t)
	var b strings.Builder
	b.Grow(len(t))
	for _, r := range t {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			b.WriteRune(simplified(unicode.ToLower(r)))
		case strings.ContainsRune("%‰≥≤<>=±", r):
			b.WriteRune(r)
		case r == '-' || r == '.' || r == '(' || r == ')':
			b.WriteRune(r) // 0-6岁, 2.5, brackets with a remark
		}
	}
	return b.String()
}

// dropPinyin removes a reading in brackets behind a Chinese character, which
// some mirror sites add: 績(jī)效.
func dropPinyin(t string) string {
	for i := 1; i < len(t); i++ {
		if t[i] != '(' || t[i-1] < utf8.RuneSelf {
			continue
		}
		end := strings.IndexByte(t[i:], ')')
		if end < 3 || end > 12 || !pinyin(t[i+1:i+end]) {
			continue
		}
		t = t[:i] + t[i+end+1:]
	}
	return t
}

// pinyin reports whether s is a reading: small letters with a tone mark.
func pinyin(s string) bool {
	tone := false
	for _, r := range s {
		switch {
		case strings.ContainsRune("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ", r):
			tone = true
		case r < 'a' || r > 'z':
			return false
		}
	}
	return tone
}

// traditional and simple are pairs of characters that occur in names of
// indicators and projects; the table is small on purpose.
const (
	traditional = "績數質時標產業對務動員發開關經濟環護實際習農區縣鄉鎮個項萬億廠場車電話網絡設備購買資補貼費達準確規範監測檢驗審計執劃預決過問題眾滿響續長術學課師醫療衛險勞創興擴寬戶總統議組織類書館節約減災態淨處與為國隊級條體製"
	simple      = "绩数质时标产业对务动员发开关经济环护实际习农区县乡镇个项万亿厂场车电话网络设备购买资补贴费达准确规范监测检验审计执划预决过问题众满响续长术学课师医疗卫险劳创兴扩宽户总统议组织类书馆节约减灾态净处与为国队级条体制"
)

func simplified(r rune) rune {
	if i := strings.IndexRune(traditional, r); i >= 0 {
		s, _ := utf8.DecodeRuneInString(simple[i:]) // both strings hold three bytes a character
		return s
	}
	return r
}

// NormalProject is the key under which a project is found again over the years
// and over its forms: NormalName without years (2023年, 2022-2024年度), system codes
// (51000021R000000019951-, 219001-, [201]) and words for a batch of funds (第二批,
// 提前下达). Where nothing else is left it is NormalName.
func NormalProject(s string) string {
	t := cutSystemCode(fold(s))
	t = dropYears(t)
	for _, w := range [...]string{"提前下达", "提前批", "首批", "批次资金"} {
		t = strings.ReplaceAll(t, w, "")
	}
	t = dropBatch(t)
	t = strings.ReplaceAll(t, "()", "")
	if n := NormalName(strings.Trim(t, "-_·.、")); n != "" {
		return n
	}
	return NormalName(s)
}

// cutSystemCode removes a budget system's code and the dash behind it.
func cutSystemCode(t string) string {
	n := 0
	for n < len(t) && (isDigit(t[n]) || t[n] >= 'A' && t[n] <= 'Z' || t[n] == '(' && n == 0 || t[n] == ')') {
		n++
	}
	if n >= 3 && strings.ContainsAny(t[:n], "0123456789") && n < len(t) {
		if t[n] == '-' || t[n] == '_' {
			return t[n+1:]
		}
		if t[0] == '(' && t[n-1] == ')' {
			return t[n:]
		}
	}
	return t
}

// dropYears removes years from 1990 to 2059 with 年, 年度 or a dash between two.
func dropYears(t string) string {
	var b strings.Builder
	for i := 0; i < len(t); {
		if y := yearAt(t, i); y > 0 {
			j := i + 4
			if j+5 <= len(t) && (t[j] == '-' || t[j] == '~') && yearAt(t, j+1) > 0 {
				j += 5
			}
			rest := t[j:]
			if cut, ok := cutAny(rest, "年度", "年"); ok {
				rest = cut
			}
			i = len(t) - len(rest)
			continue
		}
		b.WriteByte(t[i])
		i++
	}
	return b.String()
}

// yearAt reads a year that stands alone at i; 0 if there is none.
func yearAt(t string, i int) int {
	if i+4 > len(t) || i > 0 && isDigit(t[i-1]) || i+4 < len(t) && isDigit(t[i+4]) {
		return 0
	}
	if y := whole(t[i : i+4]); y >= 1990 && y < 2060 {
		return y
	}
	return 0
}

// dropBatch removes 第二批, 第3批次 and (第一批).
func dropBatch(t string) string {
	for {
		at := strings.Index(t, "第")
		if at < 0 {
			return t
		}
		rest := t[at+len("第"):]
		body := strings.TrimLeft(rest, "0123456789一二三四五六七八九十")
		after, ok := cutAny(body, "批次", "批")
		if !ok || len(body) == len(rest) {
			return t
		}
		t = t[:at] + after
	}
}
