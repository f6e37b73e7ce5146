package search

import (
	"html"
	"slices"
	"strings"
	"testing"
)

func TestWords(t *testing.T) {
	a := newAnalyzer()
	for in, want := range map[string]string{
		"农村公路养护里程": "农村公路 养护 里程",
		"公交准点率":    "公交 准点率",
		"污水处理厂":    "污水处理厂 污水处理",
		"ＰＭ２．５浓度":  "pm2 5",
		"路":        "",
	} {
		got := a.words(normalize(in))
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

func TestGrams(t *testing.T) {
	for in, want := range map[string]string{
		"养护里程":   "养护 护里 里程",
		"路":      "路",
		"A级、景区":  "a 级 景区",
		"100％合格": "100 合格",
		"":       "",
	} {
		if got := strings.Join(grams(normalize(in)), " "); got != want {
			t.Errorf("grams(%q) = %q, want %q", in, got, want)
		}
	}
}

// FuzzHighlight: without its marks, and with entities read back, a highlighted
// name is the name; nothing of the name gets through as markup.
func FuzzHighlight(f *testing.F) {
	f.Add("<b>公交</b>&准点率", "公交准点")
	f.Add("ＰＭ2.5<mark>", "pm")
	f.Fuzz(func(t *testing.T, name, query string) {
		if !strings.Contains(name, "\ufffd") && strings.ToValidUTF8(name, "") != name {
			return // names are UTF-8; the parsers see to it
		}
		got := highlight(name, distinct(grams(normalize(query))))
		plain := strings.NewReplacer("<mark>", "", "</mark>", "").Replace(got)
		if strings.ContainsAny(plain, "<>") {
			t.Errorf("highlight(%q) lets markup through: %s", name, got)
		}
		if html.UnescapeString(plain) != name {
			t.Errorf("highlight(%q) = %q, which reads %q", name, got, html.UnescapeString(plain))
		}
	})
}
