package tables_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"yardstick"
	"yardstick/ingest/tables"
)

const least = `
[columns]
name = "指标"
project = "项目"
[defaults]
kind = "target"
`

// TestParseMapping_errors holds mistakes to the line and the hint that a person
// needs to mend them.
func TestParseMapping_errors(t *testing.T) {
	for name, tt := range map[string]struct{ in, want string }{
		"syntax":           {"name = \n", "第 1 行：不合 TOML"},
		"repeated key":     {"name = \"a\"\nname = \"b\"\n", "不合 TOML"},
		"no columns":       {"name = \"x\"\n", "没有 [columns]"},
		"unknown section":  {least + "[colums]\n", "第 7 行：顶层 里没有“colums”这个名字。你要写的是 columns 吗？"},
		"unknown column":   {"[columns]\nname = \"a\"\nprojct = \"b\"\n", "第 3 行：[columns] 里没有“projct”这个名字。你要写的是 project 吗？"},
		"far from any":     {least + "[defaults.xxxxxxxxxxxx]\n", "可写 kind"},
		"no name":          {"[columns]\nproject = \"a\"\n[defaults]\nkind = \"target\"\n", "第 1 行：没有写 name"},
		"no kind":          {"[columns]\nname = \"a\"\nproject = \"b\"\n", "没有写 kind"},
		"number as column": {"[columns]\nname = 3\n", "第 2 行：列名要写成"},
		"empty list":       {"[columns]\nname = []\n", "第 2 行：列名 要写成文字或文字的列表"},
		"money, no unit":   {least + "[columns2]\n" + "", "columns2"},
		"unit of a text":   {least + "[units]\nname = \"元\"\n", "第 8 行：name 不是金额"},
		"unknown unit":     {strings.Replace(least, "[defaults]", "budget_initial = \"c\"\n[units]\nbudget_initial = \"两\"\n[defaults]", 1), "不认识单位“两”"},
		"missing unit":     {strings.Replace(least, "[defaults]", "budget_initial = \"c\"\n[defaults]", 1), "第 5 行：budget_initial 是金额"},
		"no such lookup":   {strings.Replace(least, `"指标"`, `{ lookup = "a", column = "b" }`, 1), "没有 [lookup.a]"},
		"lookup, no key":   {least + "[lookup.a]\nfile = \"x.csv\"\n", "没有写 key"},
		"lookup elsewhere": {least + "[lookup.a]\nfile = \"../x.csv\"\nkey = \"k\"\n", "第 8 行：file 只写文件名"},
		"uneven keys":      {least + "[lookup.a]\nfile = \"x.csv\"\nkey = [\"k\", \"l\"]\nmain = \"k\"\n", "key 有 2 列，main 有 1 列"},
		"unit, no number":  {strings.Replace(least, "[defaults]", "target = { unit = \"u\" }\n[defaults]", 1), "还要写 number"},
		"parts of a text":  {strings.Replace(least, `"指标"`, `{ number = "b" }`, 1), "没有“number”这个名字"},
		"encoding":         {least + "[file]\nencoding = \"big5\"\n", "不认识编码“big5”"},
		"delimiter":        {least + "[file]\ndelimiter = \"，\"\n", "一个半角字符"},
		"header row":       {least + "[file]\nheader_row = 0\n", "1 到 1000"},
		"too large":        {strings.Repeat("#", 300<<10), "大过 256 KiB"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := tables.ParseMapping("dir/m.toml", []byte(tt.in))
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Fatalf("got %v, want a message with %q", err, tt.want)
			}
			if k := yardstick.KindOf(err); k != yardstick.Invalid {
				t.Errorf("kind %v, want invalid", k)
			}
			if !strings.Contains(err.Error(), "m.toml") || strings.Contains(err.Error(), "dir/") {
				t.Errorf("%v does not name the file alone", err)
			}
		})
	}
}

// TestParseMapping_examples keeps the mappings in testdata readable.
func TestParseMapping_examples(t *testing.T) {
	paths, err := filepath.Glob("../../testdata/mappings/*.toml")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no example mappings: %v", err)
	}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := tables.ParseMapping(path, data); err != nil {
			t.Errorf("%s: %v", path, err)
		}
	}
}

// FuzzParseMapping: whatever is in the file, the answer is a mapping that has
// what Load needs, or an error for people.
func FuzzParseMapping(f *testing.F) {
	for _, path := range []string{"judgit-japan.toml", "integrated-system.toml"} {
		data, err := os.ReadFile("../../testdata/mappings/" + path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add([]byte(least))
	f.Add([]byte("[columns]\nname = {join=[\"a\",\"b\"], with=1}\n[[lookup]]\n[lookup.a]\nkey=[1]"))
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := tables.ParseMapping("m.toml", data)
		if err != nil {
			var ye *yardstick.Error
			if !errors.As(err, &ye) || ye.Kind != yardstick.Invalid || ye.Msg == "" {
				t.Fatalf("%v is not an error of kind invalid", err)
			}
			return
		}
		for _, c := range []string{"name", "kind", "project"} {
			if _, ok := m.Columns[c]; !ok {
				t.Errorf("accepted without %s", c)
			}
		}
	})
}
