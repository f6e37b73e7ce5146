package naming

import (
	"encoding/csv"
	"strings"
	"testing"
)

// TestWords checks what words.csv must keep: no row twice, no spelling that is
// read as another spelling's spelling (one round of rewriting must do), and no
// word that rewriting hides.
func TestWords(t *testing.T) {
	r := csv.NewReader(strings.NewReader(wordsCSV))
	r.Comment = '#'
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	l := words()
	seen := make(map[string]bool)
	for _, row := range rows[1:] {
		what, word := row[0], row[1]
		if seen[what+" "+word] {
			t.Errorf("%s %s stands twice", what, word)
		}
		seen[what+" "+word] = true
		again := string(l.rewrite(nil, []rune(word)))
		switch what {
		case "same":
			if row[1] == row[2] {
				continue // guards a longer word against a row for its head
			}
			if to := string(l.rewrite(nil, []rune(row[2]))); to != row[2] {
				t.Errorf("same %s: %s is itself read as %s", word, row[2], to)
			}
		case "weak", "measure", "effect", "contrast":
			if again != word {
				t.Errorf("%s %s is never found: it is read as %s", what, word, again)
			}
		}
	}
}

func TestCompareThings(t *testing.T) {
	l := words()
	for _, c := range []struct {
		a, b                 string
		differ, onlyA, onlyB int
	}{
		{"学生满意度", "家长满意度", 1, 0, 0},
		{"学生满意度", "学生、家长满意度", 0, 0, 0},
		{"学生满意度", "满意度", 0, 1, 0},
		{"满意度", "药品购置数", 0, 0, 2},
		{"药品不良反应", "化妆品不良反应", 1, 0, 0},
		{"", "", 0, 0, 0},
	} {
		differ, onlyA, onlyB := compareThings(l.things(nil, []rune(c.a)), l.things(nil, []rune(c.b)))
		if differ != c.differ || onlyA != c.onlyA || onlyB != c.onlyB {
			t.Errorf("%s, %s: got %d %d %d, want %d %d %d", c.a, c.b, differ, onlyA, onlyB, c.differ, c.onlyA, c.onlyB)
		}
	}
}

func TestClean(t *testing.T) {
	known := func(a, b rune) bool {
		return strings.Contains("行政村数量小区改造养护里程道路示范村建设城市污水处理率储备粮", string([]rune{a, b}))
	}
	for _, c := range []struct{ text, want, removed string }{
		{"清河镇养护里程", "养护里程", "清河镇"},
		{"云南省临沧市永德县道路养护里程", "道路养护里程", "云南省 临沧市 永德县"},
		{"大石围小区改造户数", "改造户数", "大石围小区"},
		{"行政村数量", "行政村数量", ""},
		{"示范村建设数量", "示范村建设数量", ""},
		{"城市污水处理率", "城市污水处理率", ""},
		{"2022-2024年养护里程（含续建）12.5公里", "养护里程", "2022-2024年 (含续建) 12.5公里"},
		{"12345热线办结率", "12345热线办结率", ""},
		{"PM2.5平均浓度", "pm25平均浓度", ""},
		{"第2批储备粮5000吨", "储备粮", "2批 5000吨"},
		{"（道路）", "道路", ""},
	} {
		got := clean(c.text, known)
		if string(got.text) != c.want || strings.Join(got.removed, " ") != c.removed {
			t.Errorf("clean(%q): got %q without %q, want %q without %q", c.text, string(got.text), got.removed, c.want, c.removed)
		}
	}
}

func TestKindOf(t *testing.T) {
	l := words()
	for text, want := range map[string]kind{
		"学生满意度": {"satisfaction", "satisfaction"}, "参保率": {"", "rate"}, "发放及时率": {"timely", "rate"}, "改造户数": {"household", "household"},
		"养护里程": {"length", "length"}, "提升服务能力": {"", "quality"}, "购置单价": {"cost", "money"}, "保洁": {},
	} {
		if got := l.kindOf([]rune(text)); got != want {
			t.Errorf("kindOf(%s): got %+v, want %+v", text, got, want)
		}
	}
}

func TestModel(t *testing.T) {
	if _, wrong := parseModel(modelCSV); wrong != "" {
		t.Fatal(wrong)
	}
	for table, want := range map[string]string{
		modelCSV + "pair,bias,1,again\n":                          "unknown or doubled row pair/bias",
		strings.Replace(modelCSV, "pair,balance", "pair,ball", 1): "unknown or doubled row pair/ball",
		"part,name,value,source\npair,bias,NaN,x\n":               "value of bias: got NaN, want a number",
		"part,name,value,source\n":                                "no row",
	} {
		if _, wrong := parseModel(table); !strings.Contains(wrong, want) {
			t.Errorf("got %q, want %q", wrong, want)
		}
	}
}
