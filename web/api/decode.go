package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strings"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"

	"yardstick"
	"yardstick/web/fault"
)

// jsonFormat reads and writes JSON for huma. Its errors are sentences, which huma
// hands on.
func jsonFormat() huma.Format {
	f := huma.DefaultJSONFormat
	f.Unmarshal = func(data []byte, v any) error { return decode(data, v, false) }
	return f
}

// refuseBody refuses a request whose body is compressed or of another encoding
// than UTF-8, by what its headers say.
func refuseBody(r *http.Request) *fault.Fault {
	if enc := strings.ToLower(strings.TrimSpace(r.Header.Get("Content-Encoding"))); enc != "" && enc != "identity" {
		return fault.New(http.StatusUnsupportedMediaType, yardstick.Invalid, "请求体是压缩过的（Content-Encoding 不是 identity），接口不解压。不压缩再发。")
	}
	kind, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if set := params["charset"]; err == nil && set != "" && strings.Contains(kind, "json") && !strings.EqualFold(set, "utf-8") && !strings.EqualFold(set, "utf8") {
		return fault.New(http.StatusBadRequest, yardstick.Invalid, "Content-Type 里写的编码不是 UTF-8。JSON 用 UTF-8 编码再发。")
	}
	return nil
}

// errText is a body that is no JSON at all, in a sentence without full stop.
type errText string

func (e errText) Error() string { return string(e) }

// errValue is JSON that does not fit what it is read into.
type errValue string

func (e errValue) Error() string { return string(e) }

// decode reads one JSON value. A byte order mark is skipped; text that is not
// UTF-8 is refused, for encoding/json would put U+FFFD in its place. strict
// refuses keys that v does not have and nulls in lists. The errors are errText or
// errValue.
func decode(data []byte, v any, strict bool) error {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if !utf8.Valid(data) {
		return errText(fmt.Sprintf("第 %d 个字节不是 UTF-8 编码。用 UTF-8 编码再发，GBK 的先转换", broken(data)+1))
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	if strict {
		dec.DisallowUnknownFields()
	}
	if err := dec.Decode(v); err != nil {
		return inWords(err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return errText("JSON 之后还有别的内容")
	}
	if _, items := v.(*[]json.RawMessage); strict && !items { // items are read one by one later
		var all any
		if err := json.Unmarshal(data, &all); err == nil { // it was read before
			if at, ok := nullIn(all, ""); ok {
				return errValue(at + " 是 null，列表里不能有空项")
			}
		}
	}
	return nil
}

// broken is where data stops being UTF-8.
func broken(data []byte) int {
	at := 0
	for at < len(data) {
		r, n := utf8.DecodeRune(data[at:])
		if r == utf8.RuneError && n == 1 {
			break
		}
		at += n
	}
	return at
}

// nullIn finds a null among the items of a list in v, by its path.
func nullIn(v any, at string) (string, bool) {
	switch v := v.(type) {
	case []any:
		for i, x := range v {
			here := fmt.Sprintf("%s[%d]", at, i)
			if x == nil {
				return here, true
			}
			if p, ok := nullIn(x, here); ok {
				return p, true
			}
		}
	case map[string]any:
		for k, x := range v {
			if p, ok := nullIn(x, strings.TrimPrefix(at+"."+k, ".")); ok {
				return p, true
			}
		}
	}
	return "", false
}

// inWords says what encoding/json found.
func inWords(err error) error {
	var syntax *json.SyntaxError
	var wrong *json.UnmarshalTypeError
	switch {
	case errors.As(err, &wrong):
		return errValue(wrongValue(wrong))
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.As(err, &syntax) && strings.HasPrefix(syntax.Error(), "unexpected end"):
		return errText("JSON 没有写完")
	case errors.As(err, &syntax):
		return errText(fmt.Sprintf("第 %d 个字节处不是 JSON", syntax.Offset))
	}
	if _, key, ok := strings.Cut(err.Error(), "unknown field "); ok { // encoding/json has no type for it
		return errValue("没有 " + strings.Trim(key, `"`) + " 这个字段")
	}
	return errValue("有一个字段的值读不出来")
}

// wrongValue names the field, what it takes and what it has.
func wrongValue(e *json.UnmarshalTypeError) string {
	if number, ok := strings.CutPrefix(e.Value, "number "); ok && e.Field == "" {
		return number + " 超出数的范围"
	}
	have := map[string]string{"string": "文字", "number": "数", "bool": "true 或 false", "array": "列表", "object": "对象"}[e.Value]
	if have == "" {
		have = " " + strings.TrimPrefix(e.Value, "number ")
	}
	field := "请求"
	if e.Field != "" {
		field = e.Field
	}
	return fmt.Sprintf("%s 应为%s，现为%s", field, typeWord(e.Type), have)
}

// readJSON reads a body of at most most bytes into v; keys that v does not have
// are refused.
func readJSON(w http.ResponseWriter, r *http.Request, most int64, v any) error {
	data, err := io.ReadAll(http.MaxBytesReader(w, r.Body, most))
	var long *http.MaxBytesError
	if errors.As(err, &long) {
		return fault.New(http.StatusRequestEntityTooLarge, yardstick.Invalid, tooLong(most))
	}
	if err != nil {
		return fault.New(http.StatusBadRequest, yardstick.Invalid, "请求没有传完。")
	}
	return asFault(decode(data, v, true))
}

// asFault is an error of decode as an answer.
func asFault(err error) error {
	var text errText
	switch {
	case err == nil:
		return nil
	case errors.As(err, &text):
		return fault.New(http.StatusBadRequest, yardstick.Invalid, "请求读不出来："+text.Error()+"。")
	}
	return fault.New(http.StatusUnprocessableEntity, yardstick.Invalid, "请求与接口说明不符："+err.Error()+"。")
}

func tooLong(most int64) string { return fmt.Sprintf("请求太长，最多 %d MB。", most>>20) }
