package naming_test

import (
	"math"
	"strings"
	"testing"

	"yardstick/indicators/naming"
)

func TestEvaluate(t *testing.T) {
	m := shelfMatcher(t, naming.Options{})
	label := func(text, half string, concepts ...string) naming.Label {
		return naming.Label{Name: naming.Name{Text: text}, Half: half, Concepts: concepts}
	}
	r := naming.Evaluate([]naming.Label{
		label("资金到位率", "A", "c03"),
		label("资金支付及时率", "A", "c03", "c02"),
		label("家长满意度", "B", "e01"), // wrong by this label
		label("学生满意度", "B"),        // wrong: the label says there is none
		label("望新点胸艮必具", "B", "c01"),
		label("望新点胸艮必", "B"),
	}, m)
	if q := r.All; q.Names != 6 || q.Have != 4 || q.Matched != 4 || q.Right != 2 ||
		q.Precision.Value != 0.5 || q.Recall.Value != 0.5 || math.Abs(q.Coverage.Value-4.0/6) > 1e-12 {
		t.Errorf("all: got %+v", q)
	}
	if len(r.ByHalf) != 2 || r.ByHalf[0].Name != "A" || r.ByHalf[0].Precision.Value != 1 || r.ByHalf[1].Right != 0 || r.ByHalf[1].Matched != 2 {
		t.Errorf("halves: got %+v", r.ByHalf)
	}
	if len(r.ByMethod) != 3 || r.ByMethod[0].Name != naming.Exact || r.ByMethod[0].Matched != 3 || r.ByMethod[0].Coverage.Value != 0.5 {
		t.Errorf("methods: got %+v", r.ByMethod)
	}
	var wrong []string
	for _, w := range r.Mistakes {
		wrong = append(wrong, w.Label.Name.Text)
	}
	if got := strings.Join(wrong, " "); got != "家长满意度 学生满意度 望新点胸艮必具" {
		t.Errorf("mistakes: got %s", got)
	}
	for i, p := range r.Curve {
		if i > 0 && (p.Matched > r.Curve[i-1].Matched || p.Threshold <= r.Curve[i-1].Threshold) {
			t.Errorf("curve: %+v after %+v", p, r.Curve[i-1])
		}
	}
	if empty := naming.Evaluate(nil, m); !math.IsNaN(empty.All.Precision.Value) || len(empty.Mistakes) != 0 {
		t.Errorf("no labels: got %+v", empty.All)
	}
}

// TestWilson takes its values from Newcombe (1998), Statistics in Medicine 17,
// table I: 81/263 → 0.2553 to 0.3662, 0/20 → 0 to 0.1611, 1/29 → 0.0061 to 0.1718.
func TestWilson(t *testing.T) {
	for _, c := range []struct {
		k, n      int
		low, high float64
	}{{81, 263, 0.2553, 0.3662}, {0, 20, 0, 0.1611}, {1, 29, 0.0061, 0.1718}} {
		got := naming.Wilson(c.k, c.n)
		if math.Abs(got.Low-c.low) > 5e-5 || math.Abs(got.High-c.high) > 5e-5 || got.Of != c.n { // printed to four digits
			t.Errorf("Wilson(%d, %d): got %+v, want %g to %g", c.k, c.n, got, c.low, c.high)
		}
	}
}

func TestParseLabels(t *testing.T) {
	const head = "name,level1,level2,sector,unit,project,form,half,concepts,note\n"
	got, err := naming.ParseLabels("l.csv", []byte("\ufeff"+head+"甲率,产出指标,质量指标,教育,%,项目,f1,A,000-001；000-002,\n乙,,,,,,f1,B,-,没有\n"))
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 2 || len(got[0].Concepts) != 2 || got[0].Concepts[1] != "000-002" || got[0].Name.Unit != "%" || got[1].Concepts != nil || got[1].Note != "没有" {
		t.Errorf("got %+v", got)
	}
	for table, want := range map[string]string{
		"a,b\n":                          "l.csv",
		head + "甲,,,,,,f,A,,\n":          `l.csv:2: column "concepts": got nothing`,
		head + "甲,,,,,,f,A,-；000-001,\n": `l.csv:2: column "concepts": got "-；000-001"`,
		head + ",,,,,,f,A,-,\n":          `l.csv:2: column "name"`,
	} {
		if _, err := naming.ParseLabels("l.csv", []byte(table)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want an error with %q", table, err, want)
		}
	}
	if _, err := naming.Labels(); err != nil {
		t.Errorf("shipped labels: %v", err)
	}
}

func TestElsewhere(t *testing.T) {
	project := func(id, group string, indicators ...naming.Filed) naming.Project {
		return naming.Project{ID: id, Group: group, Indicators: indicators}
	}
	f := func(text, entry string) naming.Filed { return naming.Filed{Text: text, Entry: entry} }
	s := naming.Elsewhere([]naming.Project{
		project("a", "page", f("资金到位率", "c03"), f("学生家长满意度", "e02")),
		project("b", "page", f("资金到位率", "c03")), // the same page: does not count for a
		project("c", "", f("学生家长的满意度", "e02"), f("……", "")),
		project("d", "", f("1.资金 到位率（%）", ""), f("独有的指标", "")),
	})
	// Key: a1, b1 and d1 of six. Similar: a2 and c1 too (bigrams 学生 生家 家长 长满 满意 意度 and
	// 学生 生家 家长 长的 的满 满意 意度: 2·5/13 = 0.77). Concept: a1 and b1 stand
	// on one page and d1 is unmatched, so a2 and c1 by concept, d1 by key.
	if s.Projects != 4 || s.Indicators != 6 || s.Exact.Indicators != 3 || s.Similar.Indicators != 5 || s.Concept.Indicators != 3 {
		t.Errorf("got %+v", s)
	}
	if math.Abs(s.Exact.PerProject-(0.5+1+0+0.5)/4) > 1e-12 || s.Exact.AnyProjects != 3 {
		t.Errorf("exact: got %+v", s.Exact)
	}
	if empty := naming.Elsewhere(nil); empty.Indicators != 0 || !math.IsNaN(empty.Exact.PerProject) {
		t.Errorf("no projects: got %+v", empty)
	}
}
