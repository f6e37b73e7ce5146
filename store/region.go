//go:build duckdb_arrow

package store

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"yardstick"
)

// regionsGz lists provinces, prefectures and counties with their six-digit
// codes: National Bureau of Statistics, edition of 2023, as collected on GitHub
// in modood/Administrative-divisions-of-China at commit 57a0aa9 (WTFPL).
//
//go:embed regions.csv.gz
var regionsGz []byte

// region is a province, prefecture or county.
type region struct{ code, name string }

func (r region) level() string {
	switch {
	case strings.HasSuffix(r.code, "0000"):
		return "省"
	case strings.HasSuffix(r.code, "00"):
		return "市"
	}
	return "县"
}

// parent returns the code of the next higher level, "" for a province.
func (r region) parent() string {
	switch r.level() {
	case "县":
		return r.code[:4] + "00"
	case "市":
		return r.code[:2] + "0000"
	}
	return ""
}

// stem is the part of a code that all regions within share.
func stem(code string) string {
	return strings.TrimSuffix(strings.TrimSuffix(code, "00"), "00")
}

// gazetteer finds regions in the names of agencies and in addresses.
type gazetteer struct {
	byCode map[string]region
	byName map[string][]string // codes; full names and the usual short ones
	longer int                 // runes of the longest name
}

func newGazetteer() (*gazetteer, error) {
	z, err := gzip.NewReader(bytes.NewReader(regionsGz))
	if err != nil {
		return nil, fmt.Errorf("store: regions: %w", err)
	}
	rows, err := csv.NewReader(z).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("store: regions: %w", err)
	}
	g := &gazetteer{byCode: map[string]region{}, byName: map[string][]string{}}
	for _, row := range rows[1:] {
		r := region{row[0], row[1]}
		g.byCode[r.code] = r
		if r.name == "市辖区" || r.name == "县" || strings.Contains(r.name, "直辖县级") {
			continue // a heading of the list, not a place
		}
		for _, n := range names(r) {
			g.byName[n] = append(g.byName[n], r.code)
			g.longer = max(g.longer, utf8.RuneCountInString(n))
		}
	}
	return g, nil
}

// peoples are the names that autonomous places carry, longest first where one
// begins with another. Taking them out gives the usual short form: 甘孜州, 峨边县.
var peoples = strings.Fields(`蒙古族 回族 藏族 维吾尔 苗族 彝族 壮族 布依族 朝鲜族 满族 侗族 瑶族 白族 土家族 哈尼族
	哈萨克族 哈萨克 傣族 黎族 傈僳族 佤族 畲族 拉祜族 水族 东乡族 纳西族 景颇族 柯尔克孜 土族 达斡尔族 仫佬族 羌族 布朗族
	撒拉族 毛南族 仡佬族 锡伯族 阿昌族 普米族 塔吉克 怒族 俄罗斯族 鄂温克族 德昂族 保安族 裕固族 独龙族 鄂伦春 赫哲族
	门巴族 珞巴族 基诺族 各族 蒙古`)

// names returns the full name of a region and the short forms that can't be
// mistaken: provinces without 省, autonomous places without their peoples.
func names(r region) []string {
	out := []string{r.name}
	short := r.name
	for _, p := range peoples {
		if i := strings.Index(short, p); i > 0 {
			short = short[:i] + short[i+len(p):]
		}
	}
	short = strings.NewReplacer("自治州", "州", "自治县", "县").Replace(short)
	if r.level() == "省" {
		for _, end := range []string{"省", "市", "自治区", "壮族自治区", "回族自治区", "维吾尔自治区"} {
			short = strings.TrimSuffix(short, end)
		}
	}
	if short != r.name && utf8.RuneCountInString(short) >= 2 {
		out = append(out, short)
	}
	return out
}

// regionOf infers where a form was filed from its region, department and unit,
// in this order of trust. It returns a six-digit code, 'x:' and the name where
// the form names a region that is not in the list, or "".
func (g *gazetteer) regionOf(f *yardstick.Form) string {
	written, _ := g.resolve(fold(f.Region.Value), "")
	dept, _ := g.resolve(agencyName(f.Department.Value), written)
	unit, _ := g.resolve(agencyName(f.Unit.Value), written)
	if written == "" && dept != "" && unit == "" {
		// The department says the city, the unit only its own district.
		unit, _ = g.resolve(agencyName(f.Unit.Value), dept)
	}
	best := written
	for _, c := range []string{dept, unit} {
		switch {
		case c == "":
		case best == "" || strings.HasPrefix(c, stem(best)):
			best = c
		case strings.HasPrefix(best, stem(c)): // the coarser of the two
		case written == "":
			return "" // department and unit name different places
		}
	}
	if best == "" && f.Region.Value != "" {
		return "x:" + fold(f.Region.Value)
	}
	return best
}

// resolve returns the code of the one finest region that text names, within the
// region of the code within ("" anywhere). ok is false if it names none, or one
// of several of the same name.
func (g *gazetteer) resolve(text, within string) (code string, ok bool) {
	runes := []rune(text)
	found := []string(nil)
	scope := stem(within)
	named := within != "" // short names count only after a place was named
	for i := 0; i < len(runes); {
		codes, n := g.at(runes[i:], scope, i == 0 || named)
		if n == 0 {
			if len(found) > 0 {
				break // what follows a place name is the agency or the village
			}
			i++
			continue
		}
		found, named = codes, true
		i += n
		if len(codes) == 1 {
			scope = stem(codes[0])
			if len(scope) == 6 {
				break
			}
		} else {
			break
		}
	}
	if len(found) != 1 {
		return within, false
	}
	return found[0], true
}

// at returns the regions below scope whose name stands at the start of text,
// the longest name first, and its length in runes. Names of two characters
// (城区, 南县) and those in the middle of a text are weak: two characters count
// only where strong is set.
func (g *gazetteer) at(text []rune, scope string, strong bool) (codes []string, n int) {
	for n = min(len(text), g.longer); n >= 2; n-- {
		if n == 2 && !strong {
			break
		}
		for _, c := range g.byName[string(text[:n])] {
			if strings.HasPrefix(c, scope) && stem(c) != scope {
				codes = append(codes, c)
			}
		}
		if len(codes) > 0 {
			return slices.Compact(codes), n
		}
	}
	return nil, 0
}
