package indicators

import (
	_ "embed"
	"encoding/csv"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// Unknown is the dimension of a unit that the table does not hold. Two units of
// unknown dimension can be compared only if their names agree.
const Unknown Dimension = "unknown"

// Plain is the dimension of a bare multiplier: 24亿, 100万, of which the unit
// itself was left out.
const Plain Dimension = "plain"

// Rate is the dimension of shares: %, ‰, 倍, 比例.
const Rate Dimension = "rate"

// Money is the dimension of sums in 元 and its multiples.
const Money Dimension = "money"

//go:embed units.csv
var unitsCSV string

// unitTable maps every spelling to its unit. It is read once from units.csv,
// a vocabulary compiled from the published forms and the
// metric system; 1 亩 is 1/15 hectare.
var unitTable = sync.OnceValue(func() map[string]Unit {
	rows, err := csv.NewReader(strings.NewReader(unitsCSV)).ReadAll()
	if err != nil {
		panic("indicators: units.csv: " + err.Error()) // a damaged build, not data
	}
	table := make(map[string]Unit, 4*len(rows))
	for _, r := range rows[1:] {
		scale, err := strconv.ParseFloat(r[2], 64)
		if err != nil {
			panic("indicators: units.csv: " + err.Error())
		}
		u := Unit{Name: r[0], Dimension: Dimension(r[1]), Scale: scale}
		table[r[0]] = u
		for _, also := range strings.Fields(r[3]) {
			table[also] = u
		}
	}
	// The multiples of money, people, area and so on that nearly every form
	// uses are entered whole, so that the common case is one look-up.
	for _, m := range multipliers {
		table[m.name] = Unit{Name: m.name, Dimension: Plain, Scale: m.scale}
		for _, base := range [...]string{"元", "人", "亩", "户", "平方米", "人次", "件", "株", "公里", "吨", "次", "美元"} {
			u := table[base]
			u.Name, u.Scale = m.name+base, u.Scale*m.scale
			table[u.Name] = u
		}
	}
	return table
})

type multiplier struct {
	name  string
	scale float64
}

// multipliers are what may stand between a number and its unit, longest first.
var multipliers = [...]multiplier{
	{"万亿", 1e12}, {"千亿", 1e11}, {"百亿", 1e10}, {"十亿", 1e9}, {"千万", 1e7}, {"百万", 1e6}, {"十万", 1e5},
	{"亿", 1e8}, {"万", 1e4}, {"千", 1e3}, {"百", 1e2},
}

// UnitOf returns the unit that a unit cell or a unit's name states: 万元, 人次,
// 百分比, 元/人*月. A name that the table does not hold keeps its spelling, with
// the dimension Unknown; "" gives the zero Unit.
func UnitOf(name string) Unit {
	name = fold(name)
	if name == "" {
		return Unit{}
	}
	if u, ok := lookupUnit(name); ok {
		return u
	}
	return Unit{Name: name, Dimension: Unknown}
}

// Base converts x from u to the base unit of u's dimension (元, 平方米, 米, 千克,
// 天, 个月, a share of 1 for rates); ok is false if the scale is not known.
func (u Unit) Base(x float64) (base float64, ok bool) {
	if u.Scale == 0 {
		return 0, false
	}
	return x * u.Scale, true
}

// lookupUnit finds a unit by its whole, folded name: as it stands, behind a
// multiplier, with an alternative in brackets (件(册)), in brackets ((万人)),
// doubled (%(百分比)) or composed (元/人·月).
func lookupUnit(name string) (Unit, bool) {
	if len(name) > 64 {
		return Unit{}, false
	}
	table := unitTable()
	if u, ok := table[name]; ok {
		return u, true
	}
	if u, ok := multiple(name); ok {
		return u, true
	}
	if strings.HasPrefix(name, "(") && strings.HasSuffix(name, ")") && len(name) > 2 {
		return lookupUnit(name[1 : len(name)-1])
	}
	if i := strings.IndexByte(name, '('); i > 0 && strings.HasSuffix(name, ")") && strings.IndexByte(name, '/') < 0 {
		u, ok := lookupUnit(name[:i])
		if !ok {
			return Unit{}, false
		}
		if v, same := lookupUnit(name[i+1 : len(name)-1]); same && v == u {
			return u, true
		}
		if alt := name[i+1 : len(name)-1]; !plausibleUnit(alt) || u.Dimension == Rate || strings.Contains(alt, "含") {
			return Unit{}, false // a remark: 12个(含续建), 95%(含)
		}
		u.Name += name[i:]
		return u, true
	}
	return composed(name)
}

// multiple finds 万平方米, 千瓦 and the like.
func multiple(name string) (Unit, bool) {
	for _, m := range multipliers {
		base, ok := strings.CutPrefix(name, m.name)
		if !ok {
			continue
		}
		if u, ok := unitTable()[base]; ok && u.Dimension != Rate && u.Dimension != Plain {
			return Unit{Name: m.name + u.Name, Dimension: u.Dimension, Scale: u.Scale * m.scale}, true
		}
	}
	return Unit{}, false
}

// composed finds per-unit rates: 元/人/月, 元/人*月, 元/人、天, 次/10万公顷, 元每亩.
// The name always comes out as 元/人/月. A part that is not known makes the
// dimension Unknown; no known part at all is not a unit.
func composed(name string) (Unit, bool) {
	parts := strings.FieldsFunc(name, func(r rune) bool { return r == '/' || r == '每' })
	first := strings.IndexAny(name, "/每")
	if first < 0 || len(parts) == 0 {
		return Unit{}, false
	}
	out := Unit{Scale: 1}
	known := 0
	if first > 0 {
		head, ok := lookupUnit(parts[0])
		if !ok {
			return Unit{}, false
		}
		out, parts, known = head, parts[1:], 1
	}
	if len(parts) == 0 {
		return Unit{}, false
	}
	for _, part := range parts {
		for _, p := range strings.FieldsFunc(part, func(r rune) bool { return r == '*' || r == '·' || r == '、' || r == '.' }) {
			p = strings.TrimSuffix(strings.TrimPrefix(p, "("), ")")
			n, used := leadingDigits(p)
			if used > 0 && (first == 0 || !powerOfTen(n)) || startsDigit(p[used:]) {
				return Unit{}, false // 3/5个, 5期/200人: not a rate
			}
			u, ok := lookupUnit(p[used:])
			if ok && u.Dimension == Rate {
				return Unit{}, false
			}
			if !ok && !plausibleUnit(p[used:]) {
				return Unit{}, false
			}
			if !ok {
				u = Unit{Name: p[used:], Dimension: Unknown}
			}
			known++
			out.Name += "/" + p[:used] + perName(u.Name)
			if out.Dimension == Unknown || u.Dimension == Unknown || first == 0 || u.Scale == 0 {
				out.Dimension, out.Scale = Unknown, 0
				continue
			}
			out.Dimension += "/" + u.Dimension
			out.Scale /= n * u.Scale
		}
	}
	return out, known > 0
}

// perName is how a unit is written below the stroke: 月 for 个月.
func perName(name string) string {
	if short, ok := strings.CutPrefix(name, "个"); ok && short != "" {
		return short
	}
	return name
}

// powerOfTen reports whether n is 10, 100 …: the 10 of 次/10万公顷.
func powerOfTen(n float64) bool {
	for n >= 10 {
		n /= 10
	}
	return n == 1
}

// leadingDigits reads the whole number that p begins with: the 10 of 10万公顷;
// 1 if there is none.
func leadingDigits(p string) (n float64, used int) {
	for used < len(p) && used < 9 && p[used] >= '0' && p[used] <= '9' {
		n = n*10 + float64(p[used]-'0')
		used++
	}
	if used == 0 || n == 0 {
		return 1, 0
	}
	return n, used
}

// plausibleUnit reports whether s can be a unit that the table lacks: at most
// four letters or Han characters, none of which belongs to a sentence.
func plausibleUnit(s string) bool {
	n := utf8.RuneCountInString(s)
	if n == 0 || n > 4 {
		return false
	}
	for _, r := range s {
		if !unicode.IsLetter(r) && r != '²' && r != '³' && r != '°' || strings.ContainsRune(notInUnits, r) {
			return false
		}
	}
	return true
}

// splitUnit takes the unit off the head of rest, which follows a number. tail is
// what remains: a remark such as 达标, or a comparison such as 以上. A unit that
// the table lacks is taken only if it is all of rest.
func splitUnit(rest string) (u Unit, tail string, ok bool) {
	if rest == "" {
		return Unit{}, "", true
	}
	if u, ok := lookupUnit(rest); ok {
		return u, "", true
	}
	body, c := cutAfter(rest)
	if c != None {
		if body == "" {
			return Unit{}, rest, true
		}
		if u, ok := lookupUnit(body); ok {
			return u, rest[len(body):], true
		}
	}
	ends := make([]int, 0, 16)
	for i := range rest {
		if i > 0 {
			ends = append(ends, i)
		}
		if len(ends) == cap(ends) {
			break
		}
	}
	for k := len(ends) - 1; k >= 0; k-- {
		u, ok := lookupUnit(rest[:ends[k]])
		if !ok || u.Dimension == Plain && ends[k] < len(rest) && plausibleUnit(rest[ends[k]:]) && u.Scale < 1e8 && u.Scale != 1e4 {
			continue
		}
		tail := rest[ends[k]:]
		if latinAt(rest[ends[k]-1]) && latinAt(tail[0]) {
			continue // not inside a word: Gbps
		}
		if strings.HasPrefix(tail, "·") || tail[0] == '*' || tail[0] == '/' {
			return product(body, rest) // 人·天
		}
		if compound(u, tail) && plausibleUnit(body) {
			return Unit{Name: body, Dimension: Unknown}, rest[len(body):], true
		}
		return u, tail, true
	}
	if plausibleUnit(body) {
		return Unit{Name: body, Dimension: Unknown}, rest[len(body):], true
	}
	return Unit{}, rest, false
}

// product takes 人·天 and other products as one unit that the table lacks.
func product(body, rest string) (u Unit, tail string, ok bool) {
	for _, part := range strings.FieldsFunc(body, func(r rune) bool { return r == '·' || r == '*' || r == '/' }) {
		if _, known := lookupUnit(part); !known && !plausibleUnit(part) {
			return Unit{}, rest, false
		}
	}
	return Unit{Name: body, Dimension: Unknown}, rest[len(body):], true
}

func latinAt(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

// compound reports whether u and what follows are one unit that the table
// lacks (种次, 人天), not a unit with its noun (个项目).
func compound(u Unit, tail string) bool {
	if u.Name == "个" || u.Dimension == Rate || u.Dimension == Money {
		return false
	}
	tail, _ = cutAfter(tail)
	_, known := unitTable()[tail]
	return known || u.Dimension == Plain && plausibleUnit(tail)
}

// notInUnits are characters that mark a remark rather than a unit.
const notInUnits = "未不没无的了是否已完成达到标以上下内外前后前余多约左右近逾超增减降升提高低与和或及全每应尽底始止率度合格优良差好工二三四五六七八九十零〇"
