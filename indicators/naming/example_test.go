package naming_test

import (
	"fmt"

	"yardstick/indicators/library"
	"yardstick/indicators/naming"
)

func ExampleMatcher_Match() {
	m, err := naming.New([]library.Entry{
		{ID: "t01", Name: "农村公路养护里程", Level1: "产出指标", Level2: "数量指标", Sector: "交通运输", Unit: "公里"},
		{ID: "t02", Name: "公交准点率", Level1: "产出指标", Level2: "时效指标", Sector: "交通运输", Unit: "%"},
	}, naming.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, text := range []string{"指标1：公交准点率（%）", "清河镇2023年农村公路养护里程", "会议次数"} {
		a := m.Match(naming.Name{Text: text, Level2: "数量指标"})
		fmt.Printf("%s → %q %s %s\n", text, a.Entry, a.Method, a.Reason)
	}
	// Output:
	// 指标1：公交准点率（%） → "t02" exact 与名称一致
	// 清河镇2023年农村公路养护里程 → "t01" fuzzy 去掉“2023年”“清河镇”后与“农村公路养护里程”只差说明性的字，类别一致
	// 会议次数 → "" none 指标库里没有相近的指标
}

func ExampleCluster() {
	for _, p := range naming.Cluster([]naming.Counted{
		{Name: naming.Name{Text: "负氧离子监测点数量"}, Projects: 2, Forms: 2},
		{Name: naming.Name{Text: "3.2024年负氧离子监测点数（个）"}, Projects: 1, Forms: 1},
		{Name: naming.Name{Text: "负氧离子监测点完好率"}, Projects: 1, Forms: 1},
	}, naming.ClusterOptions{}) {
		fmt.Println(p.Name, p.Projects, len(p.Members))
	}
	// Output:
	// 负氧离子监测点数量 3 2
	// 负氧离子监测点完好率 1 1
}
