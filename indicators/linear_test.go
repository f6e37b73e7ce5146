package indicators_test

import (
	"strings"
	"testing"

	"yardstick/indicators"
)

// BenchmarkParseHostile measures inputs that would make a careless grammar
// slow; each is as long as is analysed.
func BenchmarkParseHostile(b *testing.B) {
	for _, part := range []string{"1", "1-", "优", "优1", "1;", "完成", "≥", "*", "每亩", "1年", "a", "(", "至", "一", "1个", "已", "元/", "·", "1 "} {
		s := strings.Repeat(part, 1200/len(part))
		b.Run(part, func(b *testing.B) {
			for b.Loop() {
				indicators.Parse(s)
			}
		})
	}
}
