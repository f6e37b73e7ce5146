package forms

import (
	"strings"
	"testing"
)

// TestVocabulary checks that every line of vocabulary.tsv is read, and that its
// words are written as they are looked up.
func TestVocabulary(t *testing.T) {
	n := 0
	seen := map[string]bool{}
	for line := range strings.Lines(vocabularyText) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if len(f) != 6 {
			t.Errorf("%q: %d fields, want 6", line, len(f))
			continue
		}
		n++
		// A label with brackets stands for more than the word without them: 部门(单位).
		_, narrower := words().label[bare(f[2])]
		if f[2] != fold(f[2]) || f[2] != bare(f[2]) && !(f[0] == "label" && narrower) {
			t.Errorf("%s: not as it is looked up: %s", f[2], bare(fold(f[2])))
		}
		if k := f[0] + f[2]; f[0] != "mark" && seen[k] {
			t.Errorf("%s %s stands twice", f[0], f[2])
		} else {
			seen[k] = true
		}
		if f[5] == "" {
			t.Errorf("%s: says not where it was seen", f[2])
		}
	}
	v := words()
	if got := len(v.column) + len(v.label) + len(v.budget) + len(v.total) + len(v.subtotal) + len(v.foot); got != n {
		t.Errorf("%d words read of %d", got, n)
	}
}

// TestBare checks what is dropped from header words.
func TestBare(t *testing.T) {
	for in, want := range map[string]string{
		"年度\n指标值":         "年度指标值",
		"分 值":             "分值",
		"实际值（B）":          "实际值",
		"得分（100分）":        "得分",
		"一、项目名称：":         "项目名称",
		"（二）绩效目标":         "绩效目标",
		"2023年目标值":        "目标值",
		"２０２３年度目标值":       "目标值",
		"1—7月执行数":         "执行数",
		"2024年1-6月完成情况":   "完成情况",
		"截至7月底完成值":        "完成值",
		"执行率（C=B/A×100%）": "执行率",
		"（50分）":           "50分",
		"年度":              "年度",
	} {
		if got := bare(fold(in)); got != want {
			t.Errorf("bare(%q) = %q, want %q", in, got, want)
		}
	}
}

// TestSpans checks how levels in the middle of their spans are resolved.
func TestSpans(t *testing.T) {
	none := func(int, int) bool { return false }
	for _, tc := range []struct {
		at   []int
		n    int
		want []int
	}{
		{[]int{1, 4, 7}, 9, []int{3, 6, 9}},
		{[]int{4}, 9, []int{9}},
		{[]int{3}, 8, []int{8}},
		{[]int{2}, 9, nil},
	} {
		got := spans(tc.at, tc.n, none)
		if len(got) != len(tc.want) {
			t.Errorf("spans(%v, %d) = %v, want %v", tc.at, tc.n, got, tc.want)
			continue
		}
		for i := range got {
			if got[i] != tc.want[i] {
				t.Errorf("spans(%v, %d) = %v, want %v", tc.at, tc.n, got, tc.want)
				break
			}
		}
	}
}

// TestAmount checks sums of money with and without units.
func TestAmount(t *testing.T) {
	for _, tc := range []struct {
		text, unit  string
		want        float64
		known, read bool
	}{
		{"330,000.00", "元", 33, true, true},
		{"620.82万元", "元", 620.82, true, true},
		{"2.6亿元", "万元", 26000, true, true},
		{"—", "万元", 0, false, true},
		{"", "万元", 0, false, true},
		{"见附件", "万元", 0, false, false},
		{"１２．５", "万元", 12.5, true, true},
		{"-3", "", -3, true, true},
		{"5个", "万元", 0, false, false},
	} {
		v, _, known, read := amount(tc.text, tc.unit)
		if v != tc.want || known != tc.known || read != tc.read {
			t.Errorf("amount(%q, %q) = %v %v %v, want %v %v %v", tc.text, tc.unit, v, known, read, tc.want, tc.known, tc.read)
		}
	}
}
