package workspace

import (
	"fmt"
	"slices"

	"yardstick"
	"yardstick/indicators/library"
)

// The years that forms can be about; 0 stands for one that is not stated.
const (
	firstYear = 1990
	lastYear  = 2100
)

// checkAsk refuses what no project can have: a year or budget out of bounds. The
// error is of kind Invalid and names the field.
func checkAsk(op string, year int, budget *float64) error {
	if year != 0 && (year < firstYear || year > lastYear) {
		return &yardstick.Error{Kind: yardstick.Invalid, Op: op, Msg: fmt.Sprintf("年度（year）应在 %d 到 %d 之间，现为 %d。", firstYear, lastYear, year)}
	}
	if budget != nil && !(*budget >= 0 && *budget <= maxSum) {
		return &yardstick.Error{Kind: yardstick.Invalid, Op: op, Msg: fmt.Sprintf("预算（budget，万元）应在 0 到 %.0f 之间，现为 %g。", float64(maxSum), *budget)}
	}
	return nil
}

// checkWeights refuses weights that no line can have.
func checkWeights(op string, lines []DraftLine) error {
	for i, l := range lines {
		if l.Weight != nil && !(*l.Weight >= 0 && *l.Weight <= 100) {
			return &yardstick.Error{Kind: yardstick.Invalid, Op: op, Msg: fmt.Sprintf("第 %d 行的权重（lines[%d].weight）应在 0 到 100 之间，现为 %g。", i+1, i, *l.Weight)}
		}
	}
	return nil
}

// unknownTo says in words which functional class and project type the library
// does not have, "" if it has both. A draft may name one that is gone since, so
// this is no error.
func (s *libraryState) unknownTo(sector, typ string) (note string, knownType bool) {
	knownType = true
	if sector != "" && sector != library.Common && !slices.Contains(s.Sectors(), sector) {
		note = fmt.Sprintf("指标库里没有功能分类“%.60s”，按它找不到同类；写类的名称，如“教育”，或留空由名称判断。", sector)
	}
	if _, ok := s.TypeByID(typ); typ != "" && !ok {
		note, knownType = note+fmt.Sprintf("模板库里没有项目类型“%.60s”，没有按它推荐。", typ), false
	}
	return note, knownType
}
