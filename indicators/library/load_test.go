package library

import (
	"strings"
	"testing"
	"testing/fstest"
)

func TestLoad_errors(t *testing.T) {
	head := strings.Join(Columns(), ",") + "\n"
	good := "1,名称,,产出指标,数量指标,共性,,,含义,,个,正向,累计,≥,,,,,,词,,recalled\n"
	sectors := "sector,word,agency,project,goal\n教育,学校,8,,\n"
	for name, c := range map[string]struct{ entries, sectors, want string }{
		"header":     {strings.Replace(head, "meaning", "means", 1), sectors, "a.csv:1: want the header"},
		"double id":  {head + good + good, sectors, `a.csv:3: column "id": got "1", which a.csv:2 has already`},
		"level2":     {head + strings.Replace(good, "数量指标", "经济成本指标", 1), sectors, `a.csv:2: column "level2"`},
		"direction":  {head + strings.Replace(good, "正向", "up", 1), sectors, `column "direction": got "up"`},
		"comparison": {head + strings.Replace(good, "≥", ">=", 1), sectors, `column "comparison"`},
		"no name":    {head + strings.Replace(good, "名称", " ", 1), sectors, `column "name": got nothing`},
		"columns":    {head + "1,名称\n", sectors, "wrong number of fields"},
		"weight":     {head + good, "sector,word,agency,project,goal\n教育,学校,x,,\n", `sectors.csv:2: column "agency": got "x", want 0 to 10`},
		"weight NaN": {head + good, "sector,word,agency,project,goal\n教育,学校,,NaN,\n", `column "project": got "NaN"`},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := load(fstest.MapFS{
				"entries/a.csv": {Data: []byte(c.entries)},
				"sectors.csv":   {Data: []byte(c.sectors)},
				"functions.csv": {Data: []byte("code,name\n205,教育\n")},
			})
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want an error with %q", err, c.want)
			}
		})
	}
}

func TestLoadStripsByteOrderMark(t *testing.T) {
	l, err := load(fstest.MapFS{
		"entries/a.csv": {Data: []byte("\ufeff" + strings.Join(Columns(), ",") + "\n1,名称,别名一;别名二；,产出指标,数量指标,共性,,,含义,,个,正向,累计,≥,,,,,,词,,recalled\n")},
		"sectors.csv":   {Data: []byte("sector,word,agency,project,goal\n")},
		"functions.csv": {Data: []byte("code,name\n")},
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := l.Entries()[0].Aliases; len(got) != 2 || got[1] != "别名二" {
		t.Errorf("got aliases %q, want 别名一 and 别名二", got)
	}
}
