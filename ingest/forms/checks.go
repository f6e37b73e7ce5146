package forms

import (
	"fmt"
	"math"
	"strings"

	"yardstick"
	"yardstick/indicators"
)

// doubts are the warnings on one line.
type doubts []issue

func (d *doubts) add(cell string, code yardstick.Code, message, raw string) {
	*d = append(*d, issue{cell, string(code), message, raw})
}

// check compares the parts of a line with each other and says what is odd.
func (d *doubts) check(ln *yardstick.Line) {
	n := clip(ln.Name.Value)
	for _, m := range []struct {
		v    *yardstick.Measure
		what string
	}{{&ln.Target, "指标值"}, {&ln.Actual, "完成值"}, {&ln.Expected, "全年预计值"}} {
		v := m.v
		switch {
		case v.Damage != "":
			d.add(v.Cell, yardstick.ValueOCR, fmt.Sprintf("“%s”的%s“%s”像是识别有误（%s），照原样保留，没有改动", n, m.what, clip(v.Raw), v.Damage), v.Raw)
		case v.Kind == indicators.Placeholder:
			d.add(v.Cell, yardstick.ValueMasked, fmt.Sprintf("“%s”的%s“%s”是模板或打码，没有数值", n, m.what, clip(v.Raw)), v.Raw)
		case v.Kind == indicators.Text && meantNumber(v.Raw):
			d.add(v.Cell, yardstick.ValueUnread, fmt.Sprintf("“%s”的%s“%s”读不成数：%s；照原文保留", n, m.what, clip(v.Raw), v.Reason), v.Raw)
		}
	}
	d.copied(ln)
	d.rateOver(ln)
	if ln.Score.Known && ln.Weight.Known && ln.Score.Value > ln.Weight.Value+1e-9 {
		d.add(ln.Score.Cell, yardstick.LineScore, fmt.Sprintf("“%s”得分 %s 超过分值 %s", n, trimFloat(ln.Score.Value), trimFloat(ln.Weight.Value)), ln.Score.Raw)
	}
}

// meantNumber reports whether a number was plainly meant: a short text that
// opens with a comparison or a digit, or that is mostly digits.
func meantNumber(s string) bool {
	k := fold(s)
	if k == "" || runes(k) > 12 {
		return false
	}
	digits := 0
	for _, r := range k {
		if r >= '0' && r <= '9' {
			digits++
		}
	}
	return digits > 0 && (strings.ContainsRune("≥≤><=≧≦", firstRune(k)) || digits*2 >= runes(k))
}

// copied finds an actual that repeats the target with its operator.
func (d *doubts) copied(ln *yardstick.Line) {
	a, t := fold(ln.Actual.Raw), fold(ln.Target.Raw)
	if a == "" || a != t || ln.Actual.Comparison == indicators.None || ln.Actual.Comparison == indicators.Equal || !ln.Actual.Numeric() {
		return
	}
	d.add(ln.Actual.Cell, yardstick.ValueCopied, fmt.Sprintf("“%s”的完成值“%s”照抄指标值，没有实际数", clip(ln.Name.Value), clip(ln.Actual.Raw)), ln.Actual.Raw)
}

// rateOver finds rates above 100 % that can't be: an actual, or a target, in
// percent on a name that states a part of a whole.
func (d *doubts) rateOver(ln *yardstick.Line) {
	whole := false
	for _, w := range []string{"合格率", "覆盖率", "满意度", "及时率", "到位率", "达标率", "发放率", "满意率", "知晓率", "拨付率"} {
		whole = whole || strings.HasSuffix(ln.Name.Value, w)
	}
	if !whole {
		return
	}
	for _, v := range []*yardstick.Measure{&ln.Target, &ln.Actual} {
		if v.Kind == indicators.Number && v.Unit.Name == "%" && v.Damage == "" && !math.IsInf(v.Low, 0) && v.Low > 100 {
			d.add(v.Cell, yardstick.ValueRateOver, fmt.Sprintf("“%s”是部分占全部的比率，写作“%s”，超过 100%%", clip(ln.Name.Value), clip(v.Raw)), v.Raw)
		}
	}
}
