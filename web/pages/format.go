package pages

import (
	"fmt"
	"html"
	"html/template"
	"math"
	"path"
	"strconv"
	"strings"
	"time"

	"yardstick"
	"yardstick/indicators"
	"yardstick/indicators/scoring"
)

// How pages write words and figures. Each has a golden test.

const (
	minus   = "−" // U+2212
	missing = "—"
)

// count writes a whole number with thousands separators.
func count(n int) string { return group(strconv.Itoa(n)) }

func group(s string) string {
	sign := ""
	if strings.HasPrefix(s, "-") {
		sign, s = minus, s[1:]
	}
	whole, frac, dot := strings.Cut(s, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if dot {
		whole += "." + frac
	}
	return sign + whole
}

// money writes 万元 with two decimals for tables; nil is —.
func money(v *float64) string {
	if v == nil || math.IsNaN(*v) || math.IsInf(*v, 0) {
		return missing
	}
	s := strconv.FormatFloat(*v, 'f', 2, 64)
	if s == "-0.00" {
		s = "0.00"
	}
	return group(s)
}

// moneyText writes 万元, and 亿元 from 1 亿 on, with the unit, for running text.
func moneyText(v *float64) string {
	if v == nil || math.Abs(*v) < 10_000 {
		if v == nil {
			return missing
		}
		return money(v) + " 万元"
	}
	yi := *v / 10_000
	return money(&yi) + " 亿元"
}

// percent writes part of a whole with one decimal; without a whole it is —.
func percent(part, of int) string {
	if of == 0 {
		return missing
	}
	return strconv.FormatFloat(100*float64(part)/float64(of), 'f', 1, 64) + "%"
}

// figure writes a number as short as it can be, with at most two decimals.
func figure(v float64) string {
	s := strconv.FormatFloat(v, 'f', 2, 64)
	s = strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
	if s == "-0" {
		s = "0"
	}
	return group(s)
}

// points writes a weight or score; nil is —.
func points(v *float64) string {
	if v == nil || math.IsNaN(*v) || math.IsInf(*v, 0) {
		return missing
	}
	return figure(*v)
}

// n writes how many values a statistic rests on.
func n(k int) string { return fmt.Sprintf("（n=%s）", count(k)) }

// text is the string, or — if there is none.
func text(s *string) string {
	if s == nil || *s == "" {
		return missing
	}
	return *s
}

func orDash(s string) string {
	if s == "" {
		return missing
	}
	return s
}

// year is the number without separators, or — .
func year(y *int) string {
	if y == nil || *y == 0 {
		return missing
	}
	return strconv.Itoa(*y)
}

// date writes a day for tables.
func (p *Pages) date(t time.Time) string { return t.In(p.opt.Zone).Format("2006-01-02") }

// moment writes day and time for running text; another year is named.
func (p *Pages) moment(t time.Time) string {
	t = t.In(p.opt.Zone)
	if t.Year() != p.opt.Now().In(p.opt.Zone).Year() {
		return t.Format("2006 年 1 月 2 日 15:04")
	}
	return t.Format("1 月 2 日 15:04")
}

// took writes a duration in milliseconds as people say it.
func took(ms int64) string {
	switch {
	case ms < 1000:
		return strconv.FormatInt(ms, 10) + " 毫秒"
	case ms < 60_000:
		return strconv.FormatFloat(float64(ms)/1000, 'f', 1, 64) + " 秒"
	}
	return fmt.Sprintf("%d 分 %d 秒", ms/60_000, ms%60_000/1000)
}

// value writes a parsed value: comparison, number and unit, with the spaces
// that typed text has. What is not a number stays as it was written.
func value(v indicators.Value) string {
	unit := v.Unit.Name
	if unit != "" && unit != "%" && unit != "‰" {
		unit = " " + unit
	}
	cmp := string(v.Comparison)
	if cmp != "" {
		cmp += " "
	}
	switch {
	case !v.Numeric():
		return orDash(v.Raw)
	case v.Kind == indicators.Tolerance:
		return "±" + figure(v.High) + unit
	case math.IsInf(v.High, 0) && !math.IsInf(v.Low, 0), v.Low == v.High:
		return cmp + figure(v.Low) + unit
	case math.IsInf(v.Low, 0) && !math.IsInf(v.High, 0):
		return cmp + figure(v.High) + unit
	case math.IsInf(v.Low, 0) || math.IsNaN(v.Low) || math.IsNaN(v.High):
		return orDash(v.Raw)
	}
	return figure(v.Low) + "–" + figure(v.High) + unit
}

// valueWord says what kind a value without number is, "" for numbers.
func valueWord(v indicators.Value) string {
	return map[indicators.Kind]string{
		indicators.Level: "定性", indicators.Tiers: "分档", indicators.YesNo: "是否", indicators.Placeholder: "没有填数", indicators.List: "多个值",
		indicators.Text: "文字",
	}[v.Kind]
}

// shape is a status: word, shape and colour. Classes are those of .st.
type shape struct{ Class, Word string }

// outcomes are what can become of a file.
var outcomes = map[string]shape{
	"stored":      {"ok", "已入库"},
	"partly":      {"watch", "部分入库"},
	"superseding": {"ok", "已更正"},
	"unchanged":   {"na", "没有变化"},
	"rejected":    {"warn", "未入库"},
}

// refusals tell why a whole file was not stored, in a word.
var refusals = map[yardstick.Code]string{
	yardstick.FileMissing: "找不到", yardstick.FileEmpty: "空文件", yardstick.FileEncrypted: "打不开", yardstick.FileBroken: "不是表格",
	yardstick.FileTooLarge: "太大", yardstick.FileUnsupported: "不认得", yardstick.FileConvert: "要先转换", yardstick.FormNone: "没有表单",
}

// status renders a shape.
func status(s shape) template.HTML {
	return template.HTML(`<span class="st ` + html.EscapeString(s.Class) + `">` + html.EscapeString(s.Word) + `</span>`)
}

// sourceStatus renders how sure we are of a rule's or entry's source.
func sourceStatus(s string) template.HTML {
	class := "watch"
	switch scoring.Status(s) {
	case scoring.Read:
		class = "ok"
	case scoring.Reported, scoring.Recalled, scoring.Proposed:
	default:
		class = "na"
	}
	return status(shape{class, sourceWord(s)})
}

// src renders where a value stands: file › sheet › cell, as far as given. href
// may be "".
func src(href, file, sheet, cell string) template.HTML {
	var parts []string
	if file != "" {
		parts = append(parts, string(base(file)))
	}
	if sheet != "" {
		parts = append(parts, string(breaks(sheet)))
	}
	if cell != "" {
		parts = append(parts, "<b>"+html.EscapeString(cell)+"</b>")
	}
	inner := "<span>" + strings.Join(parts, " › ") + "</span>"
	if href == "" {
		return template.HTML(`<span class="src">` + inner + `</span>`)
	}
	return template.HTML(`<a class="src" href="` + html.EscapeString(href) + `">` + inner + `</a>`)
}

// raw renders text as it stands in a cell, or nothing if there is none.
func raw(s string) template.HTML {
	if s == "" {
		return ""
	}
	return template.HTML(`<span class="raw">` + html.EscapeString(s) + `</span>`)
}

// breaks lets long file names break after _ and before the extension.
func breaks(name string) template.HTML {
	s := html.EscapeString(name)
	s = strings.NewReplacer("_", "_<wbr>", "/", "/<wbr>").Replace(s)
	if i := strings.LastIndex(s, "."); i > 0 {
		s = s[:i] + "<wbr>" + s[i:]
	}
	return template.HTML(s)
}

// base renders a file's name without its folders, which show on pointing.
func base(file string) template.HTML {
	name := path.Base(strings.ReplaceAll(file, `\`, "/"))
	if name == file {
		return breaks(file)
	}
	return template.HTML(`<span title="` + html.EscapeString(file) + `">` + string(breaks(name)) + `</span>`)
}

// marks renders text whose matched parts stand between <mark> and </mark>;
// everything else is escaped, whatever the index wrote.
func marks(s string) template.HTML {
	var b strings.Builder
	open := false
	for s != "" {
		tag := "<mark>"
		if open {
			tag = "</mark>"
		}
		before, after, found := strings.Cut(s, tag)
		b.WriteString(html.EscapeString(html.UnescapeString(before)))
		if !found {
			break
		}
		b.WriteString(tag)
		open, s = !open, after
	}
	if open {
		b.WriteString("</mark>")
	}
	return template.HTML(b.String())
}

// short drops 指标 from the name of a class, as tables write it.
func short(level string) string {
	if t := strings.TrimSuffix(level, "指标"); t != "" {
		return t
	}
	return level
}

// class writes level 1 and 2 in one cell.
func class(level1, level2 string) string {
	switch a, b := short(level1), short(level2); {
	case a == "" && b == "":
		return missing
	case b == "" || a == b || strings.HasPrefix(b, "服务对象") || a == "满意度":
		return orDash(a + map[bool]string{true: b}[a == ""])
	case a == "":
		return b
	default:
		return a + " · " + b
	}
}

// deref is the string, "" for nil.
func deref(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// sub is a − b, for counts that a sentence splits.
func sub(a, b int) int { return a - b }
