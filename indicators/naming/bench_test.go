package naming_test

import (
	"fmt"
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
