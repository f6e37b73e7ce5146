package pages

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"yardstick/workspace"
)

// indicatorPage is one entry of the library: main of indicator.tmpl.
type indicatorPage struct {
	shell
	I         workspace.IndicatorView
	Class     string
	Facts     []fact
	Dir       dirn
	Origin    string
	Plot      plot
	Weight    string
	Uses      []useRow
	Used      bool
	Full      string // how often all points were given
	Tells     shape
	Trend     shape
	Years     []yearRow
	Spellings []spellingRow
	Partners  []partnerRow
	Changes   []changeRow
	Templates []workspace.TemplateRef
	MoreIn    []workspace.TemplateRef // templates that are folded
	Back      string
}

// templatesShown is how many templates stand on an entry's page before the rest
// is folded: common entries are in dozens.
const templatesShown = 6

// fact is one line of a definition.
type fact struct{ Label, Text string }

type useRow struct {
	workspace.Use
	Year           string
	Target, Actual string
	Href           string // the form, at the cell
}

// yearRow is the use in one year.
type yearRow struct {
	workspace.YearUse
	Year, Share string
	Bar         bar
	Attained    string
}

// spellingRow is a name as filed with how sure it is.
type spellingRow struct {
	workspace.Spelling
	Sure    string
	Decided bool
}

// partnerRow is an entry on the same forms, in words.
type partnerRow struct {
	workspace.Partner
	Expected, Lift string
	Word           string
}

// verdicts give a verdict its shape; what can't be told is –.
var verdicts = map[string]string{"能区分": "ok", "区分度低": "watch", "上升": "ahead", "下降": "watch", "平稳": "ok", "判断不了": "na"}

func verdict(word string) shape {
	class, ok := verdicts[word]
	if !ok {
		class = "na"
	}
	return shape{class, orDash(word)}
}

func (p *Pages) indicator(r *http.Request, q *asked) (answer, error) {
	i, err := p.ws.Indicator(r.Context(), q.id(r))
	if err != nil {
		return answer{}, err
	}
	pg := &indicatorPage{I: i, Class: class(i.Level1, i.Level2), Used: i.Projects > 0, Dir: direction(i.Direction), Origin: origins[i.Origin], Back: q.path}
	pg.Title, pg.Tab = i.Name+" · 指标库", "library"
	pg.define()
	pg.Weight = weightText(i.Weight)
	for _, u := range i.Uses {
		pg.Sample = pg.Sample || u.Sample
		pg.Uses = append(pg.Uses, useRow{u, year(u.FormHead.Year), value(u.Line.Target), value(u.Line.Actual), "/forms/" + u.ID + "#c-" + u.Line.Cell})
	}
	t := i.Target
	pg.Plot = plot{strip{Values: t.Values, Q1: t.Q1, Median: t.Median, Q3: t.Q3, N: t.N, Unit: t.Unit, Of: "用过它的项目"}}
	pg.use()
	for _, s := range i.Spellings {
		pg.Spellings = append(pg.Spellings, spellingRow{s, sureness(s.Method, s.Confidence), s.Method == "decided"})
	}
	for _, o := range i.Partners {
		word := "常配套"
		if o.Lift < 1 {
			word = "少见同用"
		}
		pg.Partners = append(pg.Partners, partnerRow{o, strconv.FormatFloat(o.Expected, 'f', 1, 64), strconv.FormatFloat(o.Lift, 'f', 2, 64), word})
	}
	pg.Changes = changeRows(i.Changes)
	shown := min(len(i.Templates), templatesShown)
	pg.Templates, pg.MoreIn = i.Templates[:shown], i.Templates[shown:]
	table := func() [][]string {
		t := [][]string{{"form_id", "project", "unit", "year", "target", "target_raw", "actual", "actual_raw", "weight", "score", "file", "sheet", "cell"}}
		for _, u := range i.Uses {
			t = append(t, []string{u.ID, u.Project, u.FormHead.Unit, plainInt(u.FormHead.Year), value(u.Line.Target), u.Line.Target.Raw, value(u.Line.Actual), u.Line.Actual.Raw,
				plain(u.Line.Weight), plain(u.Line.Score), u.File, u.Sheet, u.Line.Cell})
		}
		return t
	}
	return answer{value: i, table: table, tmpl: p.tmpl["indicator"], page: pg}, nil
}

// define lists the entry's columns that say something.
func (pg *indicatorPage) define() {
	i := pg.I
	old := ""
	if i.OldLevel1 != "" && (i.OldLevel1 != i.Level1 || i.OldLevel2 != i.Level2) {
		old = "；2021 年以前的表：" + class(i.OldLevel1, i.OldLevel2)
	} else if i.OldLevel1 != "" {
		old = "；2021 年以前的表相同"
	}
	sector := i.Sector
	if len(i.FunctionNames) > 0 {
		sector += " · " + strings.Join(i.FunctionNames, "、")
	}
	comparison := i.Comparison
	if comparison != "" {
		comparison += " 目标值"
	}
	weight := ""
	if i.WeightRange != "" {
		weight = strings.ReplaceAll(i.WeightRange, "-", "–") + " 分（满分 100）"
	}
	for _, f := range []fact{{"含义", i.Meaning}, {"公式", i.Formula}, {"单位", i.Unit}, {"时间类型", i.TemporalType}, {"指标性质", comparison}, {"类别", pg.Class + old}, {"功能分类", sector},
		{"适用项目", some(i.ProjectTypes, 8, "种")}, {"数据来源", i.DataSource}, {"取值方式", i.Taking}, {"佐证资料", i.Evidence}, {"评分规则", i.Scoring}, {"权重参考", weight},
		{"关键词", strings.Join(i.Keywords, "、")}, {"备注", i.Note}} {
		if f.Text != "" && f.Text != missing {
			pg.Facts = append(pg.Facts, f)
		}
	}
}

// some joins the first few of a list and says how many there are.
func some(list []string, shown int, unit string) string {
	if len(list) <= shown {
		return strings.Join(list, "、")
	}
	return strings.Join(list[:shown], "、") + " 等 " + count(len(list)) + " " + unit
}

// use words what the loaded forms say.
func (pg *indicatorPage) use() {
	u := pg.I.Usage
	pg.Tells, pg.Trend = verdict(u.Tells), verdict(u.Trend)
	if u.Scored > 0 {
		pg.Full = fmt.Sprintf("%s / %s（%s", count(u.Full), count(u.Scored), percent(u.Full, u.Scored))
		if u.FullLow != nil && u.FullHigh != nil {
			pg.Full += fmt.Sprintf("，95%% 区间 %.1f–%.1f%%", *u.FullLow, *u.FullHigh)
		}
		pg.Full += "）"
	}
	most := 0
	for _, y := range u.Years {
		most = max(most, y.Projects)
	}
	for _, y := range u.Years {
		row := yearRow{YearUse: y, Year: strconv.Itoa(y.Year), Share: percent(y.Projects, y.All), Bar: bar{y.Projects, most}, Attained: missing}
		if y.Year == 0 {
			row.Year = "没写年度"
		}
		if y.Evaluated > 0 {
			row.Attained = count(y.Reached) + " / " + count(y.Evaluated)
		}
		pg.Years = append(pg.Years, row)
	}
}

// sureness says how sure a match is; the figure stands beside it.
func sureness(method string, confidence float64) string {
	switch {
	case method == "decided":
		return "人工定的"
	case method == "exact":
		return "名称相同"
	case method == "alias":
		return "别名相同"
	case confidence >= 0.9:
		return "很有把握"
	case confidence >= 0.75:
		return "较有把握"
	}
	return "拿不准"
}
