package api

import (
	"fmt"
	"net/http"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"github.com/danielgtaylor/huma/v2"
)

// typeWord says what a Go type takes from JSON.
func typeWord(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Pointer:
		return typeWord(t.Elem())
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64, reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return "整数"
	case reflect.Float32, reflect.Float64:
		return "数"
	case reflect.Bool:
		return " true 或 false"
	case reflect.Slice, reflect.Array:
		return "列表"
	case reflect.String:
		return "文字"
	}
	return "对象"
}

// humaWords are huma's messages about a request and the words for them. $1 is what the
// expression has in brackets.
var humaWords = []struct {
	message *regexp.Regexp
	words   string
}{
	{regexp.MustCompile(`^unexpected property$`), "是接口没有的字段"},
	{regexp.MustCompile(`^expected required property (.+) to be present$`), "缺少 $1"},
	{regexp.MustCompile(`^required \w+ parameter is missing$`), "没有写"},
	{regexp.MustCompile(`^(?:expected|invalid) boolean$`), "应为 true 或 false"},
	{regexp.MustCompile(`^(?:expected|invalid) integer$`), "应为整数"},
	{regexp.MustCompile(`^(?:expected number|invalid float(?:ing value)?)$`), "应为数"},
	{regexp.MustCompile(`^expected string$`), "应为文字"},
	{regexp.MustCompile(`^expected array$`), "应为列表"},
	{regexp.MustCompile(`^expected object$`), "应为对象"},
	{regexp.MustCompile(`^expected value to be one of "(.*)"$`), "应为 $1 之一"},
	{regexp.MustCompile(`^expected number >= (.+)$`), "不能小于 $1"},
	{regexp.MustCompile(`^expected number <= (.+)$`), "不能大于 $1"},
	{regexp.MustCompile(`^expected length >= (\d+)$`), "至少要 $1 个字"},
	{regexp.MustCompile(`^expected length <= (\d+)$`), "最多 $1 个字"},
	{regexp.MustCompile(`^expected array length >= (\d+)$`), "至少要 $1 项"},
	{regexp.MustCompile(`^expected array length <= (\d+)$`), "最多 $1 项"},
}

// detail is one thing that huma found, in Chinese: where and what.
func detail(d *huma.ErrorDetail) string {
	at := place(d.Location)
	for _, w := range humaWords {
		if m := w.message.FindStringSubmatchIndex(d.Message); m != nil {
			out := at + " " + string(w.message.ExpandString(nil, w.words, d.Message, m))
			if strings.HasPrefix(w.words, "应为") || strings.HasPrefix(w.words, "不能") {
				out += now(d.Value)
			}
			return out
		}
	}
	if strings.ContainsFunc(d.Message, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
		return d.Message // of decode
	}
	return at + " 的值不合要求"
}

// place names a field by its path, apart from what carries it.
func place(location string) string {
	carrier, field, _ := strings.Cut(location, ".")
	switch {
	case carrier == "query":
		return "参数 " + field
	case carrier == "path":
		return "地址里的 " + field
	case carrier == "header":
		return "请求头 " + field
	case carrier == "body" && field != "":
		return field
	case strings.HasPrefix(carrier, "body["):
		return strings.TrimPrefix(location, "body")
	}
	return "请求"
}

// now shows a short value that does not fit.
func now(v any) string {
	const longest = 40
	s := ""
	switch v := v.(type) {
	case string:
		s = "“" + v + "”"
	case float64:
		s = " " + strconv.FormatFloat(v, 'g', -1, 64)
	case bool, int, int64:
		s = fmt.Sprintf(" %v", v)
	case nil:
		s = " null"
	}
	if s == "" || len([]rune(s)) > longest {
		return ""
	}
	return "，现为" + s
}

// sentence says why huma refused a request.
func sentence(m *huma.ErrorModel) string {
	switch m.Status {
	case http.StatusRequestEntityTooLarge:
		if _, limit, ok := strings.Cut(m.Detail, "limit="); ok {
			if n, err := strconv.ParseInt(strings.TrimSuffix(limit, " bytes"), 10, 64); err == nil {
				return tooLong(n)
			}
		}
		return "请求太长。"
	case http.StatusUnsupportedMediaType:
		return "请求体的类型不对，这里收 application/json。"
	case http.StatusRequestTimeout:
		return "请求没有在时限内传完。再试一次。"
	case http.StatusNotAcceptable:
		return "这里只能答 application/json。"
	}
	var why []string
	for _, d := range m.Errors {
		why = append(why, detail(d))
	}
	switch {
	case len(why) == 0 && m.Detail == "request body is required":
		return "请求没有内容，这里要 JSON。"
	case len(why) == 0:
		return "请求与接口说明不符。"
	case m.Status == http.StatusBadRequest:
		return "请求读不出来：" + strings.Join(why, "；") + "。"
	}
	return "请求与接口说明不符：" + strings.Join(why, "；") + "。"
}
