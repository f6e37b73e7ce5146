package catalog_test

import (
	"bytes"
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
			"工程验收合格率|产出指标|质量指标|%|正向|水平|=; 改善出行条件|效益指标|社会效益指标||正向|定性|; 完工时间|产出指标|时效指标|日期|正向|节点|≤",
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
