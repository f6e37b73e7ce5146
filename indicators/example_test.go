package indicators_test

import (
	"fmt"
	"strings"

	"yardstick/indicators"
)

func ExampleParse() {
	for _, s := range []string{"≧ 95 ％", "控制在100万元以内", "2021年底前", "290%", "每亩300"} {
		v := indicators.Parse(s)
		fmt.Println(strings.TrimSpace(fmt.Sprintf("%s: %s %s %s", s, v.Kind, v, v.Reason)))
	}
	// Output:
	// ≧ 95 ％: number ≥95%
	// 控制在100万元以内: number ≤100万元
	// 2021年底前: date 2021年12月31日前
	// 290%: text 290% 可能是扫描识别有误，没有当作数值
	// 每亩300: text 每亩300 没有写清单位，没有当作数值
}

func ExampleParseNamed() {
	v, taken := indicators.ParseNamed("苗木成活率(≥**%)", "85")
	fmt.Println(v, taken)
	// Output: ≥85% 比较和单位取自指标名称：≥**%
}

func ExampleAttain() {
	target, actual := indicators.Parse("≤100万元"), indicators.Parse("1300000元")
	for _, rule := range []indicators.ReverseRule{indicators.ReverseRatio, indicators.ReverseLinear} {
		a := indicators.Attain(target, actual, indicators.Lower, rule)
		fmt.Printf("rule %s: %.4f of the weight, deviation %.0f%%\n", a.Rule, a.Share, 100*a.Deviation)
	}
	// Output:
	// rule A: 0.7692 of the weight, deviation -30%
	// rule B: 0.7000 of the weight, deviation -30%
}
