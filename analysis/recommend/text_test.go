package recommend

import (
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// Known answers of docs/methods.md, Similar projects, computed there apart from this code; the
// figures are printed to six or seven digits.
const printed = 5e-7

func TestDice(t *testing.T) {
	a, b := bigrams("公交运营补贴"), bigrams("城市公交运营补贴项目")
	if len(a) != 5 || len(b) != 9 || shared(a, b) != 5 {
		t.Fatalf("got %d, %d bigrams and %d shared; want 5, 9 and 5", len(a), len(b), shared(a, b))
	}
	if got := dice(a, b); math.Abs(got-0.714286) > printed {
		t.Errorf("Dice %v, want .714286", got)
	}
}

func byDoc(in []found) map[int32]float64 {
	out := make(map[int32]float64)
	for _, f := range in {
		out[f.doc] = f.value
	}
	return out
}

func TestBM25(t *testing.T) {
	x := newIndex()
	number := map[string]gram{}
	words := func(s string) (out weighted) {
		for _, w := range strings.Fields(s) {
			if number[w] == 0 {
				number[w] = gram(len(number) + 1)
			}
			out = append(out, weightedTerm{number[w], 1})
		}
		return out
	}
	for _, d := range []string{"公交 补贴", "公交 公交 运营 成本", "博物馆 运行"} {
		// The index takes sets: a repeated word counts by its weight.
		var text weighted
		for _, w := range words(d) {
			if i := slices.IndexFunc(text, func(t weightedTerm) bool { return t.term == w.term }); i >= 0 {
				text[i].weight++
				continue
			}
			text = append(text, w)
		}
		x.add(text)
	}
	x.finish()
	for df, want := range map[int]float64{2: .470004, 1: .980829} {
		if got := x.idf(df); math.Abs(got-want) > printed {
			t.Errorf("idf of df %d is %v, want %v", df, got, want)
		}
	}
	got := byDoc(x.bm25(words("公交 补贴"), 10))
	for i, want := range []float64{1.616118, .566580, 0} {
		if math.Abs(got[int32(i)]-want) > printed {
			t.Errorf("score of document %d is %v, want %v", i, got[int32(i)], want)
		}
	}
}

func TestWithoutPlaces(t *testing.T) {
	for in, want := range map[string]string{
		"雅安市名山区林业局":        "林业局",
		"207101天津市河北区人民法院": "人民法院",
		"区卫生健康局":           "区卫生健康局",
		"甘孜藏族自治州市场监督管理局机关": "市场监督管理局机关",
		"市场监督管理局":          "市场监督管理局",
		"老旧小区改造":           "老旧小区改造",
		"灌区节水改造":           "灌区节水改造",
		"井研县马踏镇人民政府":       "人民政府",
		"岳阳县":              "岳阳县",
	} {
		if got := withoutPlaces(in); got != want {
			t.Errorf("withoutPlaces(%q) = %q, want %q", in, got, want)
		}
	}
}

// TestLikeness: between 0 and 1, 1 for a text with itself, the same both ways.
func TestLikeness(t *testing.T) {
	letters := []rune("甲乙丙丁戊己庚辛")
	rapid.Check(t, func(t *rapid.T) {
		draw := rapid.SliceOfN(rapid.SampledFrom(letters), 2, 9)
		a := weighted(nil).field(string(draw.Draw(t, "a")), 1).field(string(draw.Draw(t, "goal")), .5)
		b := weighted(nil).field(string(draw.Draw(t, "b")), 1)
		x := newIndex()
		x.add(a)
		x.add(b)
		x.finish()
		la, lb := byDoc(x.likeness(a, 10)), byDoc(x.likeness(b, 10))
		const eps = 1e-6 // weights are kept as float32
		if math.Abs(la[0]-1) > eps || math.Abs(lb[1]-1) > eps {
			t.Fatalf("a text is %v, %v like itself", la[0], lb[1])
		}
		if math.Abs(la[1]-lb[0]) > eps || la[1] < 0 || la[1] > 1+eps {
			t.Fatalf("likeness %v one way, %v the other", la[1], lb[0])
		}
	})
}

func TestWorded(t *testing.T) {
	for raw, want := range map[string]bool{"效果明显": true, "/": false, "": false, "无": false, "≥**人": false, "12月底前": true} {
		if got := worded(raw); got != want {
			t.Errorf("worded(%q) = %v, want %v", raw, got, want)
		}
	}
}
