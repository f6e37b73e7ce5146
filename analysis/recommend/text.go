package recommend

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// asides are remarks in brackets: （计算方法为：…）, (≥**万元).
var asides = regexp.MustCompile(`[（(\[【〔][^（()）\]】〕]*[)）\]】〕]`)

// numbering is what stands before a name on a form: 指标1：, 其中：, ★.
var numbering = regexp.MustCompile(`^(指标\s*[0-9０-９一二三四五六七八九十]+\s*[:：.、]?|其中\s*[:：]?)`)

// place is a region's name at the beginning of an agency or project: 某某市,
// 某某县. A 区 within 小区, 社区, 校区, 灌区, 园区, 景区, 林区, 库区 and a 市 of 市场
// are no regions.
var place = regexp.MustCompile(`^[\p{Han}]{1,6}?(自治州|自治区|自治县|省|市|县|州|旗|区|镇|乡)`)

// han keeps letters only, lower case.
func han(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// withoutPlaces strips the regions that s begins with, so that two agencies of
// one county are not alike for that.
func withoutPlaces(s string) string {
	s = strings.TrimLeftFunc(s, func(r rune) bool { return !unicode.Is(unicode.Han, r) })
	for range 4 {
		m := place.FindStringIndex(s)
		if m == nil {
			return s
		}
		head, rest := s[:m[1]], s[m[1]:]
		if len([]rune(rest)) < 2 || strings.HasPrefix(rest, "场") || strings.HasPrefix(rest, "政") || strings.HasPrefix(rest, "域") || compound(head) {
			return s
		}
		s = rest
	}
	return s
}

// compound reports whether head ends in a word of which 区, 州, 旗 … is a part.
func compound(head string) bool {
	for _, w := range []string{"小区", "社区", "校区", "灌区", "园区", "景区", "林区", "库区", "地区", "开发区", "城市", "城镇", "城乡", "乡镇", "村镇", "一镇"} {
		if strings.HasSuffix(head, w) {
			return true
		}
	}
	return false
}

// boilerplate is what names of projects say about money and paperwork, not
// about what is done; two projects are not alike for it.
var boilerplate = regexp.MustCompile(`(19|20)\d\d年?度?|第[一二三四五六七八九十]+批|提前下达|预算指标|转移支付|专项资金|补助资金|工作经费|专项经费|项目资金|中央|省级|市级|县级|区级|地方|专项|资金|经费|补助|项目|工程|配套|年度|预算`)

// subject is a project's name without boilerplate, or the whole name where
// nothing else is in it.
func subject(name string) string {
	if s := boilerplate.ReplaceAllString(name, " "); han(s) != "" {
		return s
	}
	return name
}

// gram is two letters that follow one another, or a letter that stands alone. Grams
// are ordered as their texts are.
type gram uint64

// bigrams returns the character bigrams of every stretch of letters in s,
// each once, sorted; a stretch of one letter is itself.
func bigrams(s string) []gram {
	out := make([]gram, 0, len(s)/3+1)
	last, letters := rune(0), 0 // of the stretch
	end := func() {
		if letters == 1 {
			out = append(out, gram(last)<<32)
		}
		letters = 0
	}
	for _, r := range s {
		if !unicode.IsLetter(r) {
			end()
			continue
		}
		r = unicode.ToLower(r)
		if letters++; letters > 1 {
			out = append(out, gram(last)<<32|gram(r))
		}
		last = r
	}
	end()
	slices.Sort(out)
	return slices.Compact(out)
}

// dice is 2·|a∩b| ÷ (|a|+|b|) of two sorted sets without repeats, 0 if both
// are empty (docs/methods.md, Similar projects).
func dice[T cmp.Ordered](a, b []T) float64 {
	if len(a)+len(b) == 0 {
		return 0
	}
	return 2 * float64(shared(a, b)) / float64(len(a)+len(b))
}

func shared[T cmp.Ordered](a, b []T) int {
	n := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch c := cmp.Compare(a[i], b[j]); {
		case c < 0:
			i++
		case c > 0:
			j++
		default:
			n, i, j = n+1, i+1, j+1
		}
	}
	return n
}
