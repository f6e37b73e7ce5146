package catalog_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"yardstick"
	"yardstick/indicators/library"
	"yardstick/ingest/catalog"
)

func shipped(t testing.TB) *library.Library {
	t.Helper()
	l, err := library.Load()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// TestRoundTrip writes the shipped library and reads it back as it was, in both
// formats.
func TestRoundTrip(t *testing.T) {
	l := shipped(t)
	for _, format := range []string{catalog.CSV, catalog.XLSX} {
		var b bytes.Buffer
		if err := catalog.Write(&b, format, l.Entries()); err != nil {
			t.Fatal(err)
		}
		got, err := catalog.Read(t.Context(), "library."+format, b.Bytes(), l.Sectors())
		if err != nil {
			t.Fatal(err)
		}
		if len(got.Rejected) > 0 {
			t.Fatalf("%s: rejected %+v", format, got.Rejected[0])
		}
		if len(got.Rows) != l.Len() {
			t.Fatalf("%s: got %d rows, want %d", format, len(got.Rows), l.Len())
		}
		for i, e := range l.Entries() {
			for _, c := range library.Columns() {
				if a, b := e.Get(c), got.Rows[i].Entry.Get(c); a != b {
					t.Errorf("%s: %s %s: got %q, want %q", format, e.ID, c, b, a)
				}
			}
		}
	}
}

// TestRead reads tables as bureaus keep them: old frame, merged classes, no
// ids, no units, a title above the head.
func TestRead(t *testing.T) {
	sectors := shipped(t).Sectors()
	for name, c := range map[string]struct{ table, want string }{
		"old frame, classes once": {
			"某县绩效指标库,,,,\n一级指标,二级指标,三级指标,指标解释,指标值\n产出指标,数量指标,道路养护里程,当年养护的里程,≥100公里\n,,养护次数,,≥4次\n,成本指标,每公里养护成本,,≤0.8万元/公里\n满意度指标,服务对象满意度,群众满意度,,≥90%\n",
			"道路养护里程|产出指标|数量指标|公里|正向|累计|≥; 养护次数|产出指标|数量指标|次|正向|累计|≥; 每公里养护成本|成本指标|经济成本指标|万元/公里|反向|水平|≤; 群众满意度|满意度指标|服务对象满意度指标|%|正向|水平|≥",
		},
		"one class column, signs apart": {
			"指标类型,指标名称,指标性质,计量单位,评分标准\n质量指标,工程验收合格率,＝,%,达到得满分，否则不得分\n社会效益指标,改善出行条件,定性,,\n时效指标,完工时间,≤,日期,\n",
			"工程验收合格率|产出指标|质量指标|%|正向|水平|=; 改善出行条件|效益指标|社会效益指标||正向|定性|; 完工时间|产出指标|时效指标|日期|中性|节点|≤",
		},
		"numbers, a head over three columns, a finer level": {
			"绩效指标,一级指标,二级指标,三级指标,四级指标,度量单位,指标值\n,产出指标,数量指标,1. 大类,（3）培训期数,期,≥4\n,产出指标,数量指标,④ 培训人次,,人次,≥100\n,成本指标,经济成本指标,5、里程造价,,百分比,≤100\n",
			"培训期数|产出指标|数量指标|期|正向|累计|≥; 培训人次|产出指标|数量指标|人次|正向|累计|≥; 里程造价|成本指标|经济成本指标|%|反向|水平|≤",
		},
		"directions in the column of signs": {
			"二级指标,指标名称,指标性质,计量单位,指标值\n数量指标,投诉件数,越少越好,件,5\n数量指标,培训人次,正向,人次,100\n社会效益指标,制度健全性,,,健全\n数量指标,奇怪的数量,乱填,个,3\n",
			"投诉件数|产出指标|数量指标|件|反向|上限|≤; 培训人次|产出指标|数量指标|人次|正向|累计|≥; 制度健全性|效益指标|社会效益指标||正向|定性|; 奇怪的数量|产出指标|数量指标|个|正向|累计|≥",
		},
		"classes above the names, a date": {
			"指标名称,计量单位,指标值\n产出指标,,\n数量指标,,\n甲的数量,个,≥3\n时效指标,,\n乙完成时间,,年底前\n成本指标,,\n丙单价,,800元/台\n",
			"甲的数量|产出指标|数量指标|个|正向|累计|≥; 乙完成时间|产出指标|时效指标|日期|中性|节点|≤; 丙单价|成本指标|经济成本指标|元/台|反向|水平|≤",
		},
		"rows that are no indicators": {
			"一级指标,二级指标,三级指标,单位\n产出指标,数量指标,培训人次,人次\n产出指标,数量指标,,\n备注：以上指标供参考,,,\n",
			"培训人次|产出指标|数量指标|人次|正向|累计|≥",
		},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := catalog.Read(t.Context(), "库.csv", []byte(c.table), sectors)
			if err != nil {
				t.Fatal(err)
			}
			var rows []string
			for _, r := range got.Rows {
				var f []string
				for _, column := range []string{"name", "level1", "level2", "unit", "direction", "temporal_type", "comparison"} {
					f = append(f, r.Entry.Get(column))
				}
				rows = append(rows, strings.Join(f, "|"))
			}
			if s := strings.Join(rows, "; "); s != c.want {
				t.Errorf("got  %s\nwant %s\nrejected %v", s, c.want, got.Rejected)
			}
			if got.Read != len(got.Rows)+len(got.Rejected)+got.Blank {
				t.Errorf("read %d ≠ %d rows + %d rejected + %d blank", got.Read, len(got.Rows), len(got.Rejected), got.Blank)
			}
		})
	}
}

// TestReadRefusesNames: what can't be a name is refused with its cell, what is
// a heading or a sum is passed over; every row is one or the other.
func TestReadRefusesNames(t *testing.T) {
	table := "二级指标,指标名称,计量单位\n数量指标,,个\n数量指标,#REF!,个\n数量指标,12345,个\n数量指标,\"甲的数量\n乙的数量\",\"个\n个\"\n" +
		"数量指标,小计,\n,产出指标,\n数量指标,备注：,\n数量指标,丙的数量,个\n"
	got, err := catalog.Read(t.Context(), "x.csv", []byte(table), shipped(t).Sectors())
	if err != nil {
		t.Fatal(err)
	}
	var cells []string
	for _, r := range got.Rejected {
		cells = append(cells, r.Cell)
		if r.Message == "" {
			t.Errorf("%s: no reason", r.Cell)
		}
	}
	if s := strings.Join(cells, " "); s != "B2 B3 B4 B5" || len(got.Rows) != 1 || got.Blank != 3 || got.Read != 8 {
		t.Errorf("rejected %s, %d rows, %d blank of %d", s, len(got.Rows), got.Blank, got.Read)
	}
}

// TestReadSectors: a functional class is its name, a beginning that only one
// has, or the sheet's name; an unknown one is said to be.
func TestReadSectors(t *testing.T) {
	table := "功能分类,二级指标,指标名称\n214 交通运输支出,数量指标,甲的数量\n卫生,数量指标,乙的数量\n教育、卫生,数量指标,丙的数量\n"
	got, err := catalog.Read(t.Context(), "x.csv", []byte(table), shipped(t).Sectors())
	if err != nil {
		t.Fatal(err)
	}
	var sectors []string
	for _, r := range got.Rows {
		sectors = append(sectors, r.Entry.Sector)
	}
	if s := strings.Join(sectors, " "); s != "交通运输 卫生健康 共性" {
		t.Errorf("got %s", s)
	}
	if !slices.ContainsFunc(got.Warnings, func(i yardstick.Issue) bool { return i.Cell == "A4" }) {
		t.Errorf("no word about A4: %v", got.Warnings)
	}
}

func TestReadRefuses(t *testing.T) {
	sectors := shipped(t).Sectors()
	if _, err := catalog.Read(t.Context(), "x.csv", []byte("姓名,年龄\n甲,3\n"), sectors); yardstick.KindOf(err) != yardstick.Invalid {
		t.Errorf("a table of people: %v, want Invalid", err)
	}
	got, err := catalog.Read(t.Context(), "x.csv", []byte("一级指标,二级指标,三级指标\n产出指标,数量指标,甲的数量\n产出指标,数量指标,甲的数量\n不知道,随便,乙的数量\n产出指标,怪类,丙的数量\n"), sectors)
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Rows) != 1 || len(got.Rejected) != 3 {
		t.Fatalf("got %d rows and %d rejected, want 1 and 3", len(got.Rows), len(got.Rejected))
	}
	if got.Rejected[0].Cell != "C3" || got.Rejected[1].Cell != "B4" || got.Rejected[1].Message == "" {
		t.Errorf("rejected %+v", got.Rejected)
	}
}
