package search

import (
	"html"
	"slices"
	"strings"
	"testing"
)

func TestWords(t *testing.T) {
	a := newAnalyzer([]string{"厢式"})
	for in, want := range map[string]string{
		"农村公路养护里程": "农村公路 养护 里程",
		"公交准点率":    "公交 准点率",
		"污水处理厂":    "污水处理厂 污水处理",
		"ＰＭ２．５浓度":  "pm2 5",
		"厢式车辆的数量":  "厢式 车辆 数量",
		"路":        "",
	} {
		f := fold(in)
		got := a.words(&f)
		for _, w := range strings.Fields(want) {
			if !slices.Contains(got, w) {
				t.Errorf("words(%q) = %q, want %s among them", in, got, w)
			}
		}
		if want == "" && len(got) > 0 {
			t.Errorf("words(%q) = %q, want none", in, got)
		}
	}
}

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"公交准点率":        "公交准点率",
		"績效 目標":        "绩效目标",
		"績(jī)效（xiào）": "绩效",
		"绩（ji）效":       "绩效",
		"系统（it）":       "系统it", // not how 统 is read
		"ＰＭ２．５ 浓度":     "pm25浓度",
		"gōng jiāo":    "gongjiao",
		"lǜ lü":        "lvlv",
		"苗木成活（保存）率":    "苗木成活保存率",
		"":             "",
		"（）":           "",
	} {
		f := fold(in)
		if got := f.key(); got != want {
			t.Errorf("fold(%q) = %q, want %q", in, got, want)
		}
		for i, r := range f.runes {
			if o := []rune(in)[f.at[i]]; foldRune(o) != r {
				t.Errorf("fold(%q): rune %d is %c, but stands for %c", in, i, r, o)
			}
		}
	}
	var f folded
	f.fold("苗木成活（保存）率", true)
	if got := f.key(); got != "苗木成活率" {
		t.Errorf("without brackets: got %q", got)
	}
}

func TestCore(t *testing.T) {
	a := newAnalyzer(nil)
	for in, want := range map[string]string{
		"公交的准点率情况": "公交准点率",
		"道路及管网":    "道路管网",
		"及格率":      "及格率",
		"学生及格率":    "学生及格率",
		"情况":       "情况",
		"污水处理厂":    "污水处理厂",
	} {
		f := fold(in)
		if got := string(a.core(&f).runes); got != want {
			t.Errorf("core(%q) = %q, want %q", in, got, want)
		}
	}
}

// FuzzHighlight: without its marks, and with entities read back, a highlighted
// name is the name; nothing of the name gets through as markup.
func FuzzHighlight(f *testing.F) {
	f.Add("<b>公交</b>&准点率", uint64(0b110))
	f.Add("ＰＭ2.5<mark>", uint64(3))
	f.Fuzz(func(t *testing.T, name string, bits uint64) {
		if strings.ToValidUTF8(name, "") != name {
			return // names are UTF-8; the parsers see to it
		}
		marks := make([]bool, 64)
		for i := range marks {
			marks[i] = bits&(1<<i) != 0
		}
		got := highlight(name, marks)
		plain := strings.NewReplacer("<mark>", "", "</mark>", "").Replace(got)
		if strings.ContainsAny(plain, "<>") {
			t.Errorf("highlight(%q) lets markup through: %s", name, got)
		}
		if html.UnescapeString(plain) != name {
			t.Errorf("highlight(%q) = %q, which reads %q", name, got, html.UnescapeString(plain))
		}
	})
}
