package search

import (
	"strings"
	"testing"
)

// TestSynonyms: every group has at least two words, and no word stands twice.
func TestSynonyms(t *testing.T) {
	seen := map[string]int{}
	groups := 0
	n := 0
	for line := range strings.Lines(synonymList) {
		n++
		if strings.HasPrefix(line, "#") {
			continue
		}
		words := strings.Fields(line)
		if len(words) < 2 {
			t.Errorf("synonyms.txt:%d: got %q, want two words or more", n, strings.TrimSpace(line))
		}
		groups++
		for _, w := range words {
			f := fold(w)
			if before := seen[f.key()]; before > 0 {
				t.Errorf("synonyms.txt:%d: %s stands in line %d already", n, w, before)
			}
			seen[f.key()] = n
		}
	}
	if groups < 250 {
		t.Errorf("%d groups, want 250 or more", groups)
	}
}

// TestReadings: the words of readings.txt have a known syllable for each
// character, and one of them is not what the tables say without it.
func TestReadings(t *testing.T) {
	p := pinyin()
	known := map[string]bool{}
	for _, s := range p.syllables {
		known[s] = true
	}
	n := 0
	for line := range strings.Lines(readingsText) {
		n++
		f := strings.Fields(line)
		if len(f) == 0 || f[0] == "#" {
			continue
		}
		if len([]rune(f[0])) != len(f)-1 {
			t.Errorf("readings.txt:%d: %s has %d readings", n, f[0], len(f)-1)
		}
		for _, s := range f[1:] {
			if !known[s] {
				t.Errorf("readings.txt:%d: %s is no syllable", n, s)
			}
		}
	}
}

func TestLetters(t *testing.T) {
	for in, want := range map[string]string{
		"公交准点率":   "gongjiaozhundianlv gjzdl",
		"银行重点":    "yinhangzhongdian yhzd",
		"会计重复":    "kuaijichongfu kjcf",
		"行业增长调整":  "hangyezengzhangtiaozheng hyzztz",
		"PM2.5浓度": "pm25nongdu pm25nd",
		"女职工绿化":   "nvzhigonglvhua nzglh",
	} {
		full, initials := Spell(in)
		if got := full + " " + initials; got != want {
			t.Errorf("Spell(%q) = %s, want %s", in, got, want)
		}
	}
}

// TestAlign: what was typed lies on a name at the cost of its differences.
func TestAlign(t *testing.T) {
	var a aligner
	for _, c := range []struct {
		asked, named string
		slips        bool
		cost         float32
		ok           bool
	}{
		{"公交准点率", "公交准点率", false, 0, true},
		{"准点", "公交准点率", false, 0, true},
		{"gongjiao", "城市公交准点率", false, 0, true},
		{"gongjia", "公交准点率", false, costRest, true},
		{"lu", "率", false, costTone, true},
		{"shuai", "率", false, costTone, true},
		{"gjzdl", "公交准点率", false, 5 * costInitial, true},
		{"公交zdl", "公交准点率", false, 3 * costInitial, true},
		{"公交准典率", "公交准点率", false, costSound, true},
		{"公交大点率", "公交准点率", false, costWrong, true},
		{"公准交点率", "公交准点率", false, costSwapped, true},
		{"公交点率", "公交准点率", false, costMissing, true},
		{"公交准准点率", "公交准点率", false, costWrong, true},
		{"gongjiao lv", "公交准点率", false, 2 * costGap, true}, // parts of a name, typed apart
		{"公交 率", "公交准点率", false, 2 * costGap, true},
		{"gongjioa", "公交", false, 0, false},
		{"gongjioa", "公交", true, costSlip, true},
		{"gngjiao", "公交", true, costSlip, true},
		{"xyz", "公交准点率", true, 0, false},
		{"公交", "", true, 0, false},
		{strings.Repeat("长", maxAsked+1), "长", true, 0, false},
	} {
		asked, named := fold(c.asked), fold(c.named)
		r, ok := a.align(asked.runes, asked.gap, named.runes, c.slips, costWrong)
		if ok != c.ok || ok && (r.cost-c.cost > 1e-5 || c.cost-r.cost > 1e-5) {
			t.Errorf("%s on %s: got %v %v, want %v %v", c.asked, c.named, r.cost, ok, c.cost, c.ok)
		}
	}
}

// FuzzDecodeSegment: whatever stands in a file of names, reading it fails or
// gives a segment; it never panics.
func FuzzDecodeSegment(f *testing.F) {
	s, err := newSegment([]Doc{
		{ID: "1", Type: Indicator, Name: "公交准点率", Aliases: []string{"正点率"}, Keywords: []string{"公交"}, Text: "准点班次占比"},
		{ID: "2", Type: Name, Name: "农村（公路）养护里程", Count: 300},
	})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(s.encode()))
	f.Add(segmentMagic)
	f.Fuzz(func(t *testing.T, b string) {
		s, err := decodeSegment(b)
		if err != nil {
			return
		}
		shelf := newShelf(s, nil)
		for n := range uint32(s.n) {
			_ = s.doc(n)
		}
		tally := newTally(shelf.n)
		for _, g := range s.features {
			tally.add(shelf, g, 1, true)
		}
		tally.best(shelf, 3, func(uint32) bool { return true })
		tally.free()
		s.prefixed(s.byChars, "公", byChars)
	})
}
