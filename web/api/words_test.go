package api_test

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"yardstick/web/internal/fake"
)

// TestRefusalsInWords sends what does not fit, in each way that a program gets it
// wrong: the answer is a Chinese sentence that names the field and shows nothing
// of the machinery.
func TestRefusalsInWords(t *testing.T) {
	h := newServer(t, fake.Loaded)
	const js = "application/json"
	gbk := "{\"project\":\"\xc5\xa9\xb4\xe5\"}"
	english := regexp.MustCompile(`expected|invalid|json:|Go |struct|limit=|required|bytes|cannot|unmarshal|property|array`)
	for _, c := range []struct {
		name, method, path, body string
		header                   []string
		status                   int
		want                     string
	}{
		{"number for text", "POST", "/suggest", `{"project":"x","unit":5}`, nil, 422, "unit 应为文字，现为 5"},
		{"text for a number", "POST", "/suggest", `{"project":"x","year":"去年"}`, nil, 422, "year 应为整数，现为“去年”"},
		{"fraction for a whole number", "POST", "/suggest", `{"project":"x","year":2025.5}`, nil, 422, "year 应为整数，现为 2025.5"},
		{"number beyond all bounds", "POST", "/suggest", `{"project":"x","year":1e30}`, nil, 422, "year 应为整数"},
		{"budget beyond all bounds", "POST", "/suggest", `{"project":"x","budget":1e999}`, nil, 400, "1e999 超出数的范围"},
		{"unknown field", "POST", "/suggest", `{"project":"x","nmae":1}`, nil, 422, "nmae 是接口没有的字段"},
		{"missing field", "POST", "/suggest", `{}`, nil, 422, "缺少 project"},
		{"null in a list", "POST", "/suggest", `{"project":"x","have":[null]}`, nil, 422, "have[0] 应为文字，现为 null"},
		{"field of a line", "POST", "/reviews/draft", `{"lines":[{"weight":"多"}]}`, nil, 422, "lines[0].weight 应为数，现为“多”"},
		{"null line", "POST", "/reviews/draft", `{"lines":[null]}`, nil, 422, "lines[0] 应为对象"},
		{"null line of a file", "POST", "/drafts/export?format=xlsx", `{"lines":[{"name":"x"},null]}`, nil, 422, "lines[1] 是 null"},
		{"null line of weights", "POST", "/weights", `{"lines":[null]}`, nil, 422, "lines[0] 应为对象"},
		{"parameter", "GET", "/forms?year=x", "", nil, 422, "参数 year 应为整数，现为“x”"},
		{"parameter of a list", "GET", "/search?q=x&type=y", "", nil, 422, "参数 type 应为 indicator, name, case, template 之一，现为“y”"},
		{"parameter beyond its bound", "GET", "/names?limit=10001", "", nil, 422, "参数 limit 不能大于 10000，现为 10001"},
		{"parameter left out", "GET", "/search", "", nil, 422, "参数 q 没有写"},
		{"half a value", "POST", "/suggest", `{"project":"x"`, nil, 400, "JSON 没有写完"},
		{"no JSON", "POST", "/suggest", `{project}`, nil, 400, "第 2 个字节处不是 JSON"},
		{"two values", "POST", "/drafts", `{"text":"x"} {}`, nil, 400, "JSON 之后还有别的内容"},
		{"field of a stream", "POST", "/drafts", `{"body":{"year":"x"}}`, nil, 422, "body.year 应为整数，现为文字"},
		{"unknown field of a stream", "POST", "/drafts", `{"fomr":"x"}`, nil, 422, "没有 fomr 这个字段"},
		{"nothing", "POST", "/suggest", "", nil, 400, "没有内容"},
		{"too long", "POST", "/suggest", `{"project":"` + strings.Repeat("x", 2<<20) + `"}`, nil, 413, "最多 1 MB"},
		{"too long for a stream", "POST", "/values/batch", `["` + strings.Repeat("x", 9<<20) + `"]`, nil, 413, "最多 8 MB"},
		{"of another type", "POST", "/suggest", "<a/>", []string{"Content-Type", "text/xml"}, 415, "application/json"},

		{"GBK", "POST", "/suggest", gbk, nil, 400, "第 15 个字节不是 UTF-8 编码"},
		{"GBK in a stream", "POST", "/drafts", gbk, nil, 400, "不是 UTF-8 编码"},
		{"GBK in a list", "POST", "/values/batch", "[" + gbk + "]", nil, 400, "不是 UTF-8 编码"},
		{"GBK by its header", "POST", "/suggest", `{"project":"x"}`, []string{"Content-Type", "application/json; charset=GBK"}, 400, "编码不是 UTF-8"},
		{"GBK by its header in a stream", "POST", "/drafts", `{"text":"x"}`, []string{"Content-Type", "application/json; charset=gb2312"}, 400, "编码不是 UTF-8"},
		{"compressed", "POST", "/suggest", "\x1f\x8b\x08", []string{"Content-Encoding", "gzip"}, 415, "不压缩再发"},
		{"compressed in a stream", "POST", "/drafts", "\x1f\x8b\x08", []string{"Content-Encoding", "gzip"}, 415, "不压缩再发"},

		{"form id that is no text", "GET", "/forms/%ff", "", nil, 404, "没有找到"},
		{"draft id that is no text", "GET", "/drafts/%c5%a9", "", nil, 404, "没有找到"},
		{"round id that is no text", "DELETE", "/reviews/%ff", "", nil, 404, "没有找到"},
		{"batch id that is no text", "GET", "/batches/%ff", "", nil, 404, "没有找到"},
		{"query that is no text", "GET", "/forms?text=%ff", "", nil, 404, "没有找到"},
	} {
		t.Run(c.name, func(t *testing.T) {
			header := append([]string{"Content-Type", js}, c.header...)
			w := ask(h, c.method, "/api/v1"+c.path, c.body, header...)
			var got struct{ Error struct{ Message string } }
			if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil || w.Code != c.status || !strings.Contains(got.Error.Message, c.want) || !strings.HasSuffix(got.Error.Message, "。") {
				t.Errorf("status %d, want %d with %q: %s", w.Code, c.status, c.want, w.Body)
			}
			if bad := english.FindString(got.Error.Message); bad != "" {
				t.Errorf("the sentence has %q: %s", bad, got.Error.Message)
			}
		})
	}
}

// TestMark holds that the mark at the beginning of files saved by some programs
// does no harm.
func TestMark(t *testing.T) {
	h := newServer(t, fake.Loaded)
	const mark = "\ufeff"
	for path, body := range map[string]string{"/suggest": `{"project":"x"}`, "/values/batch": `[{"name":"x"}]`, "/drafts/export?format=xlsx": `{"project":"x"}`} {
		if w := ask(h, "POST", "/api/v1"+path, mark+body, "Content-Type", "application/json; charset=UTF-8"); w.Code != 200 {
			t.Errorf("%s: status %d: %s", path, w.Code, w.Body)
		}
	}
	if w := ask(h, "POST", "/api/v1/suggest/batch", mark+`{"project":"x"}`+"\n", "Content-Type", "application/x-ndjson"); strings.Contains(w.Body.String(), `"error"`) {
		t.Errorf("a stream with a mark: %s", w.Body)
	}
}

// TestLinesAndItemsInWords holds the same for one line of a stream and one item
// of a list.
func TestLinesAndItemsInWords(t *testing.T) {
	h := newServer(t, fake.Loaded)
	w := ask(h, "POST", "/api/v1/suggest/batch", "{\"project\":5}\n{\"project\":\"\xc5\xa9\xb4\xe5\"}\n{\n", "Content-Type", "application/x-ndjson")
	for _, want := range []string{"第 1 行不是一个推荐请求：project 应为文字，现为数。", "第 2 行不是一个推荐请求：第 15 个字节不是 UTF-8 编码", "第 3 行不是一个推荐请求：JSON 没有写完。"} {
		if !strings.Contains(w.Body.String(), want) {
			t.Errorf("the stream lacks %q: %s", want, w.Body)
		}
	}
	w = ask(h, "POST", "/api/v1/reviews/drafts", `[null,{"year":"x"},{"lines":[null]}]`, "Content-Type", "application/json")
	for _, want := range []string{"这一项是 null。", "year 应为整数，现为文字。", "lines[0] 是 null，列表里不能有空项。"} {
		if w.Code != 200 || !strings.Contains(w.Body.String(), want) {
			t.Errorf("the list lacks %q: %d %s", want, w.Code, w.Body)
		}
	}
}
