//go:build duckdb_arrow

package store

import (
	"strings"
	"testing"

	"yardstick"
)

func TestAgencyName(t *testing.T) {
	for in, want := range map[string]string{
		"219001-池州市贵池区棠溪镇人民政府": "池州市贵池区棠溪镇人民政府",
		"[015001]武汉市青山区教育局":    "武汉市青山区教育局",
		"【201】县农业农村局":          "县农业农村局",
		"207101天津市河北区人民法院":     "天津市河北区人民法院",
		"湘潭市城市管理和综合执法局 308001": "湘潭市城市管理和综合执法局",
		"韶关市教育局（市级主管部门）":       "韶关市教育局",
		"（盖章）中江县　水利局":          "中江县水利局",
		"309医院":                "309医院", // a name, not a code
		"—":                    "",
		"/":                    "",
	} {
		if got := agencyName(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestRegion(t *testing.T) {
	g, err := newGazetteer()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ region, department, unit, want string }{
		{"云南省临沧市永德县", "永德县教育体育局", "永德县明朗中学", "530923"},
		{"", "中江县水利局", "", "510623"},            // one county of that name
		{"", "青山区教育局", "", ""},                  // one in 武汉, one in 包头
		{"", "[015001]武汉市青山区教育局", "", "420107"}, // the city tells which
		{"湖北省武汉市", "", "青山区教育局", "420107"},      // so does the form's region
		{"", "武汉市教育局", "青山区教育局", "420107"},      // or the department
		{"重庆市奉节县云雾土家族乡", "县民宗委", "", "500236"},  // a village is not in the list
		{"", "324-甘孜州市场监督管理部门", "", "513300"},   // short form of an autonomous prefecture
		{"", "", "776001-扎赉特旗人民检察院", "152223"},  // a banner
		{"云南省", "云南省应急管理厅", "", "530000"},       // province only
		{"", "天津市河北区人民法院", "", "120105"},        // a district called like a province
		{"", "国家税务总局中江县税务局", "", "510623"},      // not at the start
		{"", "县农业农村局", "", ""},                  // no place at all
		{"", "中江县水利局", "广水市交通运输局", ""},          // two places: no one knows
		{"某开发区", "", "", "x:某开发区"},              // written, but not in the list
		{"", "市中区教育局", "", ""},                  // several
		{"四川省乐山市", "", "市中区教育局", "511102"},      // within its city only one
		{"", "提高县级财政保障能力办公室", "", ""},           // 高县 is in there, but not meant
		{"", "峨边县水务局", "", "511132"},            // 峨边彝族自治县
		{"内蒙古自治区兴安盟扎赉特旗", "", "", "152223"},     // full chain
		{"", "新疆伊犁州财政局", "", "654000"},          // short names in a chain
		{"", "四川大英经济开发区管理委员会", "", "510000"},    // only the province is certain
	} {
		f := yardstick.Form{Region: txt(c.region, ""), Department: txt(c.department, ""), Unit: txt(c.unit, "")}
		if got := g.regionOf(&f); got != c.want {
			t.Errorf("%q %q %q: got %q (%s), want %q", c.region, c.department, c.unit, got, g.byCode[got].name, c.want)
		}
	}
}

// TestProjectOverYears joins the forms of one project over years and kinds, and
// keeps apart what only looks alike.
func TestProjectOverYears(t *testing.T) {
	g, err := newGazetteer()
	if err != nil {
		t.Fatal(err)
	}
	id := func(kind yardstick.FormKind, region, dept, unit, project string, year int) identity {
		f := yardstick.Form{Kind: kind, Region: txt(region, ""), Department: txt(dept, ""), Unit: txt(unit, ""), Project: txt(project, "")}
		if year > 0 {
			f.Year = num(float64(year), "", "")
		}
		return identify(g, &f, "hash-"+project+unit)
	}
	base := id(yardstick.Target, "", "", "219001-中江县水利局", "2022年水库建设", 2022)
	for _, c := range []struct {
		name string
		got  identity
		same bool // project
		why  string
	}{
		{"next year", id(yardstick.Target, "", "", "中江县水利局", "2023年度水库建设", 2023), true, "去掉年份后相同"},
		{"evaluation", id(yardstick.SelfEvaluation, "", "", "中江县水利局", "水库建设", 2022), true, "同一单位，项目名称相同"},
		{"by department", id(yardstick.Target, "", "中江县水利局", "", "水库建设", 2022), true, "没有单位，按主管部门"},
		{"other unit", id(yardstick.Target, "", "", "永德县水利局", "水库建设", 2022), false, "同一单位"},
		{"other project", id(yardstick.Target, "", "", "中江县水利局", "渠道建设", 2022), false, "同一单位"},
		{"whole department", id(yardstick.DepartmentTarget, "", "", "中江县水利局", "水库建设", 2022), false, "部门整体表"},
		{"nobody", id(yardstick.Target, "", "", "", "水库建设", 2022), false, "没有单位和主管部门"},
		{"nameless", id(yardstick.Target, "", "", "中江县水利局", "", 2022), false, "没有项目名称"},
	} {
		if same := c.got.projectID == base.projectID; same != c.same || !strings.Contains(c.got.why, c.why) {
			t.Errorf("%s: same project %v (%s), want %v (%s)", c.name, same, c.got.why, c.same, c.why)
		}
		if c.got.base == base.base && c.name != "by department" {
			t.Errorf("%s: same identity %s", c.name, c.got.base)
		}
	}
	a := id(yardstick.Target, "四川省德阳市中江县", "", "县农业农村局", "高标准农田", 2022)
	b := id(yardstick.Target, "云南省临沧市永德县", "", "县农业农村局", "高标准农田", 2022)
	if a.projectID == b.projectID || a.base == b.base || a.agencyID() == b.agencyID() {
		t.Errorf("the bureaus of two counties are one: %+v %+v", a, b)
	}
	if y := id(yardstick.Target, "", "", "中江县水利局", "水库建设", 0); y.base == id(yardstick.Target, "", "", "中江县水利局 ", "水库建设 2", 0).base {
		t.Error("forms without a year share an identity")
	}
}
