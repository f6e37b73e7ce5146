package naming_test

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"testing"

	"yardstick/indicators/library"
	"yardstick/indicators/naming"
)

// entries returns n entries with five spellings each: the shipped ones, and
// made-up ones whose words are combined from theirs.
func entries(tb testing.TB, n int) []library.Entry {
	tb.Helper()
	lib, err := library.Load()
	if err != nil {
		tb.Fatal(err)
	}
	list := lib.Entries()
	out := make([]library.Entry, 0, n)
	for i := range n {
		e := list[i%len(list)]
		if i >= len(list) {
			other := []rune(list[(i*7+3)%len(list)].Name)
			e.ID = fmt.Sprintf("%s-x%d", e.ID, i)
			e.Name = string(other[:len(other)/2]) + e.Name
		}
		e.Aliases = append([]string(nil), e.Aliases...)
		for k := 0; len(e.Aliases) < 5; k++ {
			other := []rune(list[(i*13+k*5)%len(list)].Name)
			e.Aliases = append(e.Aliases, string(other[:len(other)/2])+e.Name)
		}
		out = append(out, e)
	}
	return out
}

func BenchmarkMatch(b *testing.B) {
	list := entries(b, 3000)
	m, err := naming.New(list, naming.Options{})
	if err != nil {
		b.Fatal(err)
	}
	names := []naming.Name{
		{Text: "指标1：2023年某某镇农村公路养护里程（公里）", Level1: "产出指标", Level2: "数量指标", Sector: "交通运输", Unit: "公里", Project: "某某镇农村公路养护"},
		{Text: "受益群众满意度", Level1: "满意度指标", Sector: "农林水", Unit: "%"},
		{Text: "提高基本公共卫生服务均等化水平，保障居民健康", Level1: "效益指标", Level2: "社会效益指标", Sector: "卫生健康"},
		{Text: "设备采购及时完成率", Level1: "产出指标", Level2: "时效指标", Sector: "教育", Unit: "%", Project: "教学设备采购项目"},
		{Text: "与任何条目都无关的一句话"},
	}
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		m.Match(names[i%len(names)])
		i++
	}
}

func BenchmarkNew(b *testing.B) {
	list := entries(b, 3000)
	for b.Loop() {
		if _, err := naming.New(list, naming.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

// madeUp returns n distinct names of the kinds that are filed: combinations of
// words of the library with places, years and amounts, and some junk.
func madeUp(tb testing.TB, n int) []naming.Counted {
	tb.Helper()
	lib, err := library.Load()
	if err != nil {
		tb.Fatal(err)
	}
	list := lib.Entries()
	r := rand.New(rand.NewPCG(7, 7))
	pick := func() []rune { return []rune(list[r.IntN(len(list))].Name) }
	places := []string{"", "", "清河镇", "大石围村", "永德县", "云雾乡", "2023年", "本年度", "完成", "開展", "プロジェクト"}
	seen := make(map[string]bool)
	var out []naming.Counted
	for len(out) < n {
		a, b := pick(), pick()
		text := places[r.IntN(len(places))]
		switch r.IntN(10) {
		case 0:
			text += string(a) + strconv.Itoa(r.IntN(1000)) + "个"
		case 1:
			junk := make([]rune, 3+r.IntN(20))
			for i := range junk {
				junk[i] = rune(0x3040 + r.IntN(0x6000))
			}
			text += string(junk)
		default:
			text += string(a[:1+r.IntN(len(a))]) + string(b[r.IntN(len(b)):])
		}
		if seen[text] {
			continue
		}
		seen[text] = true
		e := list[r.IntN(len(list))]
		out = append(out, naming.Counted{Name: naming.Name{Text: text, Level1: e.Level1, Level2: e.Level2, Sector: e.Sector, Unit: e.Unit},
			Projects: 1 + r.IntN(3), Forms: 1 + r.IntN(5)})
	}
	return out
}

func BenchmarkCluster(b *testing.B) {
	for _, n := range []int{20_000, 200_000} {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			names := madeUp(b, n)
			b.ReportAllocs()
			for b.Loop() {
				naming.Cluster(names, naming.ClusterOptions{})
			}
		})
	}
}
