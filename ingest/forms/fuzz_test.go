package forms_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"yardstick/ingest/forms"
	"yardstick/ingest/grid"
)

// decodeGrid makes a Grid from bytes: a size, merged ranges, then cells of
// words of forms and of free text.
func decodeGrid(data []byte) *grid.Grid {
	vocabulary := []string{"", "项目名称", "一级指标", "二级指标", "三级指标", "指标值", "年度指标值", "实际完成值", "分值", "得分", "总分",
		"产出指标（50分）", "数量指标", "指标1：甲", "……", "≥5个", "100%", "10", "—", "年初预算数", "全年预算数", "全年执行数", "执行率",
		"年度资金总额", "其中：财政拨款", "120.5万元", "（2023年度）", "项目支出绩效自评表", "主管部门：甲局", "填报人：", "优", "良", "中", "差",
		"年度目标", "长期目标", "指标性质", "度量单位", "定性", "【产出指标-数量指标】甲（≥5个）；乙≥6", "绩\n效\n指\n标", "甲乡", "乙乡", "合计"}
	next := func() byte {
		if len(data) == 0 {
			return 0
		}
		b := data[0]
		data = data[1:]
		return b
	}
	nr, nc := int(next())%24+1, int(next())%16+1
	var merges []grid.Span
	for range int(next()) % 12 {
		merges = append(merges, grid.Span{Row: int(next()) % nr, Col: int(next()) % nc, RowSpan: int(next())%6 + 1, ColSpan: int(next())%6 + 1})
	}
	rows := make([][]string, nr)
	for r := range rows {
		rows[r] = make([]string, nc)
		for c := range rows[r] {
			switch b := next(); {
			case int(b) < len(vocabulary):
				rows[r][c] = vocabulary[b]
			case b > 240:
				n := min(int(b)-240, len(data))
				rows[r][c] = string(data[:n])
				data = data[n:]
			}
		}
	}
	return grid.New("f.xlsx", "S", rows, merges...)
}

func FuzzRead(f *testing.F) {
	f.Add([]byte{10, 8, 2, 0, 0, 1, 7, 1, 2, 3, 4, 5, 6, 7, 8, 9})
	f.Add([]byte("\x05\x05\x00\x01\x02\x03\x04\x05\x02\x03\x04\x05\x08\x0b\x0c\x0d\x0f\x11"))
	f.Fuzz(func(t *testing.T, data []byte) {
		g := decodeGrid(data)
		res := forms.Read(g)
		checkTally(t, res)
		if len(res.Forms) == 0 && len(res.Rejected) == 0 {
			t.Error("neither a form nor a reason")
		}
		for _, i := range append(res.Rejected, res.Warnings...) {
			if i.Code == "" || i.Message == "" || i.File == "" {
				t.Errorf("issue without code, message or file: %+v", i)
			}
		}
		again := forms.Read(g)
		if len(again.Forms) != len(res.Forms) {
			t.Error("reading twice gives another result")
		}
		for i := range res.Forms {
			if res.Forms[i].ID != again.Forms[i].ID || res.Forms[i].ID == "" {
				t.Error("the ID is not stable")
			}
		}
	})
}

// TestLinear reads a sheet of many stacked forms: time is not checked, but work
// that grows with the square would not end.
func TestLinear(t *testing.T) {
	var b strings.Builder
	for range 4000 {
		b.WriteString("项目支出绩效自评表\n项目名称|某项目||\n一级指标|二级指标|三级指标|指标值|实际完成值|分值|得分\n")
		b.WriteString("产出指标|数量指标|甲数|≥3个|4个|10|10\n|质量指标|乙率|95%|96%|10|10\n总分|||||20|20\n\n")
	}
	res := forms.Read(table(b.String()))
	if len(res.Forms) != 4000 || res.Rows.Read != 8000 {
		t.Errorf("%d forms, %d rows", len(res.Forms), res.Rows.Read)
	}
}

// TestLinearWide does the same for a list of many projects, and for a sheet of
// many blank columns.
func TestLinearWide(t *testing.T) {
	var b strings.Builder
	b.WriteString("绩效目标汇总表\n项目名称|预算数（万元）|一级指标|二级指标|三级指标|指标值|得分\n")
	for i := range 3000 {
		b.WriteString("项目" + strings.Repeat("甲", i%7+1) + strings.Repeat("乙", i%5+1) + "|10|产出指标|数量指标|甲数|≥3个|\n||产出指标|质量指标|乙率|95%|\n")
	}
	if res := forms.Read(table(b.String())); len(res.Forms) == 0 || res.Rows.Read != 6000 {
		t.Errorf("%d forms, %d rows", len(res.Forms), res.Rows.Read)
	}
	row := strings.Repeat("甲||", 300)
	if res := forms.Read(table(strings.Repeat(row+"\n", 500))); len(res.Forms) != 0 {
		t.Errorf("%d forms in a table of another kind", len(res.Forms))
	}
}

func BenchmarkRead(b *testing.B) {
	dir := filepath.Join(root(b), "testdata", "forms")
	entries, err := os.ReadDir(dir)
	if err != nil {
		b.Skipf("forms folder is not there: %v", err)
	}
	var files [][]*grid.Grid
	n := 0
	for _, e := range entries {
		gs, err := grid.Open(context.Background(), filepath.Join(dir, e.Name()), grid.Options{})
		if err == nil {
			files = append(files, gs)
			n += len(forms.ReadFile(gs).Forms)
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		for _, gs := range files {
			forms.ReadFile(gs)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*n), "µs/form")
}
